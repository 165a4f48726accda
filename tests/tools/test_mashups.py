"""Mashups: kept, listed, found by meaning, rated, deleted."""

import json
from typing import Any

import pytest

from tools import Ambiguous, Invalid, Library, NotFound
from tools.mashups import newest_mashup, takes_made

MASHUP: dict[str, Any] = {
    "sources": ["blade runner", "his girl friday"],
    "title": "Neon Deadline",
    "logline": "A replicant reporter has one night to file the story of her own retirement.",
    "plot_points": ["A scoop", "A chase through the rain", "A confession over the wire"],
    "contributions": [
        {"title": "Blade Runner", "takes": "the rain"},
        {"title": "His Girl Friday", "takes": "the talk"},
    ],
    "tone": "fast and melancholy",
    "user_query": "mash up Blade Runner and His Girl Friday",
    "model_used": "ollama/qwen2.5:3b",
}


@pytest.fixture
def mashed(library: Library) -> Library:
    library.create_mashup(**MASHUP)
    library.create_mashup(
        sources=["Alien", "Up"],
        title="House of the Xenomorph",
        logline="A widower's floating house has a stowaway from space.",
        plot_points=["Balloons", "Something in the attic", "Acid on the carpet"],
    )
    return library


def metadata(library: Library, mashup_id: Any) -> dict[str, Any]:
    library.vectors.catch_up()
    found = library.vectors._open("mashup_concepts")._collection.get(
        ids=[str(mashup_id)], include=["metadatas"]
    )
    return dict(found["metadatas"][0]) if found["metadatas"] else {}


def test_a_mashup_is_kept_whole(library: Library, rows: Any) -> None:
    library.create_mashup(**MASHUP)
    row = rows("SELECT title, logline, plot_points, contributions, tone, user_query, model_used FROM mashups")[
        0
    ]
    kept = {name: json.loads(v) if name in ("plot_points", "contributions") else v for name, v in row.items()}
    assert kept == {name: value for name, value in MASHUP.items() if name != "sources"}


def test_a_mashup_names_its_sources(library: Library) -> None:
    assert library.create_mashup(**MASHUP).summary == (
        "Saved the mashup Neon Deadline of Blade Runner (1982) and His Girl Friday (1940)."
    )


def test_the_collection_has_the_documents_metadata(library: Library, rows: Any) -> None:
    mashup = library.create_mashup(**MASHUP).mashup
    kept = metadata(library, mashup.id)
    assert {**kept, "generated_at": None} == {
        "mashup_id": str(mashup.id),
        "source_media_ids": [str(media_id) for media_id in mashup.source_media_ids],
        "user_query": MASHUP["user_query"],
        "generated_at": None,
        "model_used": "ollama/qwen2.5:3b",
        "user_rating": -1.0,
    }


def test_a_rating_reaches_the_collection(mashed: Library) -> None:
    rated = mashed.rate_mashup(title="Neon Deadline", rating=7.5).mashup
    assert metadata(mashed, rated.id)["user_rating"] == 7.5


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"sources": ["Alien"]}, Invalid),
        ({"sources": ["Alien", "Up", "Her", "Heat", "Se7en", "Akira"]}, Invalid),
        ({"sources": ["Alien", "alien (1979)"]}, Invalid),
        ({"sources": ["Alien", "Zzyzx Road"]}, NotFound),
        ({"sources": ["Alien", "Blade"]}, Ambiguous),
        ({"plot_points": ["one", "two"]}, Invalid),
        ({"plot_points": ["one", "two", " "]}, Invalid),
        ({"title": " "}, Invalid),
        ({"logline": ""}, Invalid),
    ],
)
def test_an_unfinished_mashup_is_refused(
    library: Library, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        library.create_mashup(**(MASHUP | change))


def test_mashups_are_listed_newest_first(mashed: Library) -> None:
    assert [m.title for m in mashed.list_mashups().mashups] == ["House of the Xenomorph", "Neon Deadline"]


def test_mashups_are_listed_by_source(mashed: Library) -> None:
    assert [m.title for m in mashed.list_mashups(title="blade runner").mashups] == ["Neon Deadline"]


def test_no_mashup_of_a_source_is_said(mashed: Library) -> None:
    assert mashed.list_mashups(title="Heat").summary == "No mashup is made from Heat (1995) yet."


def test_no_mashups_yet(library: Library) -> None:
    assert library.list_mashups().summary.startswith("There are no mashups yet.")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("a journalist who is an android", "Neon Deadline"),
        ("monster in a flying home", "House of the Xenomorph"),
    ],
)
def test_a_mashup_is_found_by_meaning(mashed: Library, query: str, title: str) -> None:
    assert mashed.find_mashups(query=query).mashups[0].title == title


def test_no_mashups_are_found_where_there_are_none(library: Library) -> None:
    assert library.find_mashups(query="anything").mashups == []


def test_a_deleted_mashup_is_not_found(mashed: Library, confirmed: Any) -> None:
    confirmed("delete_mashup", title="Neon Deadline")
    assert [m.title for m in mashed.find_mashups(query="a journalist who is an android").mashups] == [
        "House of the Xenomorph"
    ]


def test_without_a_title_the_newest_is_rated(mashed: Library, rows: Any) -> None:
    mashed.rate_mashup(rating=8)
    assert rows("SELECT title FROM mashups WHERE user_rating = 8") == [{"title": "House of the Xenomorph"}]


@pytest.mark.parametrize("said", ["Neon Deadline", "neon dedline", "deadline"])
def test_a_mashup_is_rated_by_its_title(mashed: Library, said: str) -> None:
    assert mashed.rate_mashup(title=said, rating=8).summary == "Rated the mashup Neon Deadline 8/10."


@pytest.mark.parametrize("rating", [0, 10])
def test_a_rating_at_the_bounds_is_kept(mashed: Library, rating: float) -> None:
    assert mashed.rate_mashup(rating=rating).mashup.user_rating == rating


@pytest.mark.parametrize("rating", [-0.1, 10.1])
def test_a_rating_outside_the_bounds_is_refused(mashed: Library, rating: float) -> None:
    with pytest.raises(Invalid):
        mashed.rate_mashup(rating=rating)


def test_the_summary_says_the_rating_that_was_kept(mashed: Library) -> None:
    assert mashed.rate_mashup(rating=8.26).summary.endswith("8.3/10.")


def test_rating_without_a_mashup_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="no mashups yet"):
        library.rate_mashup(rating=8)


def test_an_unknown_mashup_names_the_newest(mashed: Library) -> None:
    with pytest.raises(NotFound, match="The newest: House of the Xenomorph, Neon Deadline"):
        mashed.rate_mashup(title="Space Llamas", rating=8)


def test_takes_of_the_same_titles_are_counted_in_any_order(mashed: Library) -> None:
    ids = [mashed.titles.resolve(title).id for title in ("His Girl Friday", "Blade Runner")]
    assert takes_made(mashed, ids) == 1
    mashed.create_mashup(**MASHUP | {"title": "Second Edition"})
    assert takes_made(mashed, ids) == 2


def test_an_undone_take_counts_as_well(mashed: Library) -> None:
    ids = [mashed.titles.resolve(title).id for title in ("Alien", "Up")]
    mashed.undo()
    assert [m.title for m in mashed.list_mashups().mashups] == ["Neon Deadline"]
    assert takes_made(mashed, ids) == 1


@pytest.mark.parametrize("titles", [["Alien"], ["Alien", "Heat"], ["Alien", "Up", "Heat"]])
def test_takes_of_other_titles_are_not_counted(mashed: Library, titles: list[str]) -> None:
    assert takes_made(mashed, [mashed.titles.resolve(title).id for title in titles]) == 0


def test_the_newest_mashup_comes_with_its_sources(mashed: Library) -> None:
    newest = newest_mashup(mashed)
    assert (
        newest and newest.title == "House of the Xenomorph" and newest.sources == ["Alien (1979)", "Up (2009)"]
    )


def test_where_there_is_no_mashup_there_is_no_newest(library: Library) -> None:
    assert newest_mashup(library) is None
