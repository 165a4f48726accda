"""Facts of a title that a conversation does not ask for: set, cleared, refused, taken back."""

from typing import Any

import pytest

from tools import Conflict, Invalid, Library, NotFound

FACTS: dict[str, Any] = {
    "tmdb_id": 348_000,
    "imdb_id": "tt0078748",
    "original_title": "Alien",
    "tmdb_rating": 8.2,
    "tmdb_vote_count": 14_000,
    "popularity_score": 92.5,
    "recommended_age_min": 16,
    "recommended_age_max": 99,
    "production_countries": ["GB", "US"],
    "spoken_languages": [{"iso_639_1": "en", "english_name": "English", "name": "English"}],
    "poster_path": "/alien.jpg",
    "backdrop_path": "/nostromo.jpg",
    "trailer_url": "https://example.org/alien",
    "status": "Released",
}


def test_every_fact_is_kept(library: Library, rows: Any) -> None:
    library.set_facts(title="Alien", facts=FACTS)  # type: ignore[arg-type]
    row = rows("SELECT * FROM media WHERE title = 'Alien'")[0]
    kept = {name: str(row[name]).replace('"', "'") for name in FACTS}
    assert kept == {
        name: f"{value:.2f}" if name == "popularity_score" else str(value) for name, value in FACTS.items()
    }


@pytest.mark.parametrize(
    "fact", ["tagline", "overview", "runtime", "maturity_rating", "tmdb_id", "spoken_languages"]
)
def test_null_clears_a_fact(library: Library, rows: Any, fact: str) -> None:
    library.set_facts(title="Alien", facts={fact: None})  # type: ignore[misc]
    assert rows(f"SELECT {fact} AS fact FROM media WHERE title = 'Alien'") == [{"fact": None}]


def test_what_is_not_given_stays(library: Library) -> None:
    before = library.get_media(title="Alien").film
    after = library.set_facts(title="Alien", facts={"tmdb_rating": 8.2}).film
    assert after == before.model_copy(update={"tmdb_rating": 8.2})


def test_weights_of_genres_replace_the_old(library: Library, rows: Any) -> None:
    library.set_facts(title="Alien", facts={"genres": {"horror": 0.7, "sci-fi": 1}})
    kept = rows(
        "SELECT slug, weight::DOUBLE AS weight FROM media_genres JOIN genres ON genres.id = genre_id "
        "WHERE media_id = ? ORDER BY slug",
        library.titles.resolve("Alien").id,
    )
    assert kept == [{"slug": "horror", "weight": 0.7}, {"slug": "science-fiction", "weight": 1}]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"tmdb_rating": 11}, "Tmdb rating 11 will not do: it must be .*10"),
        ({"tmdb_rating": True}, "Tmdb rating True will not do"),
        ({"tmdb_vote_count": -1}, "Tmdb vote count -1 will not do: it must be 0 or more"),
        ({"imdb_id": "t" * 21}, "at most 20 characters"),
        ({"user_rating": 9}, "User rating must be left out"),
        ({"genres": {"horror": 2}}, "Genres 2 will not do"),
        ({"recommended_age_min": 90, "recommended_age_max": 3}, "90 or more, the least age"),
        ({}, "at least one fact"),
    ],
)
def test_a_fact_out_of_range_is_refused(library: Library, facts: Any, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        library.set_facts(title="Alien", facts=facts)


def test_a_refused_fact_leaves_the_others_as_they_were(library: Library, tables: Any) -> None:
    before = tables()
    with pytest.raises(NotFound):
        library.set_facts(title="Alien", facts={"tmdb_rating": 8, "genres": {"polka": 1}})
    assert tables() == before


def test_anothers_tmdb_id_is_refused(library: Library, rows: Any) -> None:
    taken = rows("SELECT tmdb_id FROM media WHERE title = 'Heat'")[0]["tmdb_id"]
    with pytest.raises(Conflict):
        library.set_facts(title="Alien", facts={"tmdb_id": taken})


def test_a_rating_of_tmdbs_can_be_recommended_by(library: Library) -> None:
    library.set_facts(title="Alien", facts={"tmdb_rating": 8.2})
    assert [film.title for film in library.recommend(min_rating=7).films] == ["Alien"]


def test_facts_can_be_taken_back(library: Library, tables: Any) -> None:
    before = tables()
    library.set_facts(title="Alien", facts={"tmdb_rating": 8.2, "genres": {"drama": 1}})
    library.undo()
    assert tables()["media_genres"] == before["media_genres"]
