"""Wishes that no title can ever fulfil are refused, and names are read as the library spells them."""

from typing import Any

import pytest

from tools import Invalid, Library


@pytest.fixture
def fields(library: Library) -> Library:
    library.define_field(label="Mood", field_type="select", options=["cosy", "bleak"])
    library.define_field(label="Places", field_type="multi-select", options=["sea", "city", "moor"], minimum=2)
    library.define_field(label="Owned", field_type="boolean")
    library.define_field(label="Scare", field_type="number", maximum=10)
    library.define_field(label="Lent on", field_type="date")
    library.set_field(title="Heat", field="Mood", value="bleak")
    library.set_field(title="Heat", field="Places", value=["sea", "city"])
    library.set_field(title="Heat", field="Owned", value=True)
    library.set_field(title="Heat", field="Scare", value=5)
    library.set_field(title="Heat", field="Lent on", value="2025-03-01")
    return library


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ({"media_type": "film"}, "one of movie, tv, anime, documentary"),
        ({"min_rating": {"value": 70}}, "from 0 to 10"),
        ({"director_score": {"min": 11}}, "from 0 to 10"),
        ({"screenwriter_score": {"max": -1}}, "from 0 to 10"),
        ({"runtime": {"min": -5}}, "0 or more"),
        ({"runtime": {"value": 200, "max": 100}}, "at most the max, 100"),
        ({"runtime": {"value": 90, "min": 80}}, "not both"),
        ({"runtime": {"min": True}}, "a number"),
        ({"runtime": {"max": 90, "weight": True}}, "a number"),
        ({"runtime": {"min": "2025-01-01"}}, "a number"),
        ({"genre": {"values": ["drama"], "min": 3}}, "a list of values"),
        ({"language": "Klingon"}, "your library holds .*en.*fa"),
        ({"country": "Ruritania"}, "your library holds .*GB.*US"),
        ({"maturity_rating": ["XXX"]}, "one of G, .*NR"),
        ({"custom_field_mood": "odd"}, "one of cosy, bleak"),
        ({"mood": {"min": 3}}, "has no least and greatest"),
        ({"places": ["sea", "odd"]}, "one of sea, city, moor"),
        ({"owned": "perhaps"}, "yes or no"),
        ({"scare": "much"}, "a number"),
        ({"scare": 11}, "10 or less"),
        ({"scare": {"min": "2025-01-01"}}, "a number"),
        ({"scare": {"min": 1, "value": 3}}, "not both"),
        ({"lent_on": {"min": 3}}, "a date such as"),
        ({"lent_on": {"min": "2025-01-01", "max": 3}}, "of one kind"),
        ({"lent_on": {"min": "2025-02-01", "max": "2025-01-01"}}, "not above its max"),
        ({"lent_on": "Friday"}, "a date such as"),
    ],
)
@pytest.mark.parametrize("tool", ["save_preset", "recommend"])
def test_a_wish_that_nothing_can_fulfil_is_refused(
    fields: Library, tool: str, criteria: dict[str, Any], message: str
) -> None:
    name = {"name": "Wrong"} if tool == "save_preset" else {}
    with pytest.raises(Invalid, match=message):
        fields.call(tool, {**name, "criteria": criteria})


@pytest.mark.parametrize(
    "criteria",
    [
        {"custom_field_mood": "BLEAK"},
        {"mood": ["cosy", "bleak"]},
        {"places": ["city"]},
        {"owned": "yes"},
        {"owned": True},
        {"scare": "5.0"},
        {"scare": {"min": 4, "max": 6}},
        {"custom_field_lent_on": {"min": "2025-01-01"}},
        {"lent_on": {"min": "2025-02-01", "max": "2025-04-01"}},
        {"lent_on": {"max": "2025-03-01"}},
        {"lent_on": "2025-03-01"},
    ],
)
def test_a_field_is_wished_for_as_it_is_set(fields: Library, criteria: dict[str, Any]) -> None:
    films = fields.recommend(criteria=criteria, required=list(criteria)).films
    assert [film.title for film in films] == ["Heat"]


@pytest.mark.parametrize("bounds", [{"min": "2025-03-02"}, {"max": "2025-02-28"}])
def test_a_date_outside_the_bounds_is_left_out(fields: Library, bounds: dict[str, Any]) -> None:
    assert fields.recommend(criteria={"lent_on": bounds | {"required": True}}).films == []


def test_a_date_counts_less_the_farther_it_lies_outside(fields: Library) -> None:
    film = fields.recommend(criteria={"lent_on": {"min": "2025-05-30"}}).films[0]
    assert film.score == pytest.approx(0.5, abs=0.01)


def test_a_wish_for_dates_is_described(fields: Library) -> None:
    saved = fields.save_preset(name="Lent", criteria={"lent_on": {"min": "2025-01-01"}})
    assert saved.summary == "Saved the preset Lent: lent on 2025-01-01 or later."


@pytest.mark.parametrize(
    ("wish", "like"),
    [({"language": "Japanese"}, {"language": "ja"}), ({"country": "uk"}, {"country": "GB"})],
)
def test_a_name_is_read_as_its_code(library: Library, wish: dict[str, Any], like: dict[str, Any]) -> None:
    named, coded = (library.recommend(**wishes, limit=50).films for wishes in (wish, like))
    assert named and [film.id for film in named] == [film.id for film in coded]


def test_a_language_of_which_there_is_nothing_is_no_mistake(library: Library) -> None:
    assert "Nothing in your library fits language ko" in library.recommend(language="ko").summary


@pytest.mark.parametrize("said", ["NR", "nr", "unrated", "Not Rated"])
def test_unrated_titles_can_be_wished_for(library: Library, said: str) -> None:
    ratings = {film.maturity_rating for film in library.recommend(maturity_ratings=[said], limit=50).films}
    assert ratings == {"NR"}


def test_a_rating_of_the_users_own_library_can_be_wished_for(library: Library) -> None:
    library.update_media(title="Heat", maturity_rating="FSK 16")
    assert [film.title for film in library.recommend(maturity_ratings=["fsk 16"]).films] == ["Heat"]


def test_an_unrated_title_cannot_be_judged_by_a_step(library: Library) -> None:
    films = library.recommend(criteria={"maturity_rating": ["PG"], "genre": ["film noir"]}, limit=50).films
    degrees = {c.degree for f in films if f.maturity_rating == "NR" for c in f.contributions[:1]}
    assert degrees == {None}


def test_what_is_recorded_of_no_title_is_named(library: Library) -> None:
    assert library.recommend(min_rating=7).summary == (
        "Nothing in your library fits rating 7 or more: no rating is known of the titles you have not seen. "
        "Leave that out. Say “also what I have seen” to widen the search."
    )


def test_what_is_known_but_does_not_fit_is_not_called_unknown(library: Library) -> None:
    assert " known " not in library.recommend(min_runtime=2000).summary
