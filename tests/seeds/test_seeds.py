"""The seeds: the document's taxonomy to the number, and 100 titles whose facts hold against TMDB's."""

import csv
import gzip
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seeds.load import load_seeds, read_genres, read_titles
from store.database import Database
from store.journal import recent_acts, undo_last
from store.settings import Settings
from store.store import Store

GENRES = {genre["slug"]: genre for genre in read_genres()}
TITLES = read_titles()
LABELS = [f"{title['title']} ({title['release_date'][:4]})" for title in TITLES]
every_title = pytest.mark.parametrize("title", TITLES, ids=LABELS)


class TestTaxonomy:
    def test_counts_are_the_documents(self) -> None:
        counts = Counter((genre["parent"], genre["category"]) for genre in GENRES.values() if genre["parent"])
        hybrids = counts.pop(("multi-genre", "multi-genre"))
        assert counts == {
            ("film-noir", "film-noir"): 6,
            ("science-fiction", "sci-fi"): 9,
            ("documentary", "documentary"): 6,
            ("comedy", "comedy"): 8,
            ("anime", "anime-demographic"): 5,
            ("anime", "anime-theme"): 8,
            ("action", "action"): 8,
            ("iranian-cinema", "iranian-cinema"): 4,
        }
        assert hybrids >= 4

    def test_documentary_has_the_six_modes(self) -> None:
        modes = {
            slug.removesuffix("-documentary") for slug in GENRES if GENRES[slug]["parent"] == "documentary"
        }
        assert modes == {"poetic", "expository", "observational", "participatory", "reflexive", "performative"}

    def test_anime_has_the_five_demographics(self) -> None:
        demographics = {slug for slug in GENRES if GENRES[slug]["category"] == "anime-demographic"}
        assert demographics == {"shonen", "shojo", "seinen", "josei", "kodomo"}

    def test_parents_exist_and_are_no_sub_genres_themselves(self) -> None:
        for genre in GENRES.values():
            if genre["parent"]:
                assert GENRES[genre["parent"]]["parent"] is None, genre["slug"]

    def test_a_sub_genre_shares_its_parents_category(self) -> None:
        for genre in GENRES.values():
            if genre["parent"] and genre["parent"] != "anime":
                assert genre["category"] == GENRES[genre["parent"]]["category"], genre["slug"]

    @pytest.mark.parametrize("slug", GENRES)
    def test_slug_and_description(self, slug: str) -> None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert GENRES[slug]["name"] and GENRES[slug]["category"]
        assert 60 <= len(GENRES[slug]["description"]) <= 600
        assert GENRES[slug]["description"].endswith(".")

    def test_nothing_is_there_twice(self) -> None:
        assert len(GENRES) == len(read_genres())
        for key in ("name", "description", "tmdb_genre_id"):
            values = [genre[key] for genre in GENRES.values() if genre[key] is not None]
            assert len(values) == len(set(values)), key

    def test_every_genre_is_used_by_itself_or_through_a_sub_genre(self) -> None:
        used = {genre["slug"] for title in TITLES for genre in title["genres"]}
        used |= {GENRES[slug]["parent"] for slug in used}
        assert set(GENRES) - used == set()


class TestTitles:
    def test_a_hundred_of_all_types(self) -> None:
        types = Counter(title["media_type"] for title in TITLES)
        assert sum(types.values()) == 100
        assert set(types) == {"movie", "tv", "anime", "documentary"}
        assert min(types.values()) >= 8

    @pytest.mark.parametrize(
        ("label", "genres"),
        [
            ("The Matrix (1999)", {"science-fiction", "sci-fi-action"}),
            ("Blade Runner (1982)", {"tech-noir", "science-fiction"}),
            ("Spirited Away (2001)", {"anime", "fantasy"}),
            ("A Separation (2011)", {"iranian-cinema", "drama"}),
            ("His Girl Friday (1940)", {"screwball-comedy"}),
            ("Game of Thrones (2011)", {"fantasy", "drama"}),
        ],
    )
    def test_the_documents_examples(self, label: str, genres: set[str]) -> None:
        title = TITLES[LABELS.index(label)]
        assert genres <= {genre["slug"] for genre in title["genres"]}
        assert (title["media_type"] == "tv") == (label == "Game of Thrones (2011)")

    @pytest.mark.parametrize("key", ["tmdb_id", "imdb_id", "overview"])
    def test_ids_and_overviews_are_unique(self, key: str) -> None:
        # TMDB numbers films and shows apart, but the document's tmdb_id is unique over both.
        values = [title[key] for title in TITLES if title[key] is not None]
        assert len(values) == len(set(values))
        assert len(values) >= 95

    def test_no_label_twice(self) -> None:
        assert len(set(LABELS)) == 100

    @every_title
    def test_facts_are_of_the_right_kind(self, title: dict[str, Any]) -> None:
        assert date(1900, 1, 1) < date.fromisoformat(title["release_date"]) < date(2025, 1, 1)
        assert 15 <= title["runtime"] <= 250
        assert title["imdb_id"] is None or re.fullmatch(r"tt\d{7,8}", title["imdb_id"])
        assert title["tmdb_id"] is None or title["tmdb_id"] > 0
        assert re.fullmatch(r"[a-z]{2}", title["original_language"])
        assert title["production_countries"]
        assert all(re.fullmatch(r"[A-Z]{2}", country) for country in title["production_countries"])
        assert all(set(lang) == {"iso_639_1", "english_name", "name"} for lang in title["spoken_languages"])
        ratings = {"G", "PG", "PG-13", "R", "NC-17", "NR", "TV-Y7", "TV-PG", "TV-14", "TV-MA", None}
        assert title["maturity_rating"] in ratings
        assert 0 <= title["recommended_age_min"] <= 18

    @every_title
    def test_there_is_enough_to_find_it_by(self, title: dict[str, Any]) -> None:
        assert len(title["overview"]) >= 150
        assert title["tagline"] is None or 3 < len(title["tagline"]) <= 200
        assert title["directors"] or title["media_type"] in ("tv", "anime")
        assert title["writers"] or title["media_type"] == "documentary"
        assert len(title["cast"]) >= 3 or title["media_type"] == "documentary"
        assert all(actor["name"] and actor["character"] for actor in title["cast"])

    @every_title
    def test_genres_exist_and_are_weighted(self, title: dict[str, Any]) -> None:
        weights = {genre["slug"]: genre["weight"] for genre in title["genres"]}
        assert set(weights) <= set(GENRES)
        assert len(weights) == len(title["genres"]) >= 2
        assert max(weights.values()) == 1.0
        assert min(weights.values()) > 0

    @every_title
    def test_anime_and_documentary_carry_their_genre(self, title: dict[str, Any]) -> None:
        slugs = {genre["slug"] for genre in title["genres"]}
        if title["media_type"] in ("anime", "documentary"):
            assert title["media_type"] in slugs
        if title["media_type"] == "documentary":
            assert any(GENRES[slug]["parent"] == "documentary" for slug in slugs), "a mode"
        if title["media_type"] == "anime":
            assert title["original_language"] == "ja"

    def test_people_are_spelt_alike(self) -> None:
        """One person under two spellings would be two rows."""
        names = {person for title in TITLES for person in credited(title)}
        plain = Counter(re.sub(r"\W", "", name).casefold() for name in names)
        assert [name for name, count in plain.items() if count > 1] == []


def credited(title: dict[str, Any]) -> list[str]:
    return [*title["directors"], *(person["name"] for person in title["writers"] + title["cast"])]


def shared_csv(name: str) -> Iterator[dict[str, str]]:
    shared = Path(os.environ.get("XILFTEN_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set XILFTEN_SHARED to the folder that holds data/{name}")
    csv.field_size_limit(10**8)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@pytest.fixture(scope="module")
def overlap() -> list[tuple[dict[str, Any], dict[str, str], set[str]]]:
    """Seeded films that tmdb_5000 has too, with its row and its directors."""
    movies = {int(row["id"]): row for row in shared_csv("tmdb_5000_movies.csv.gz")}
    crews = {int(row["movie_id"]): json.loads(row["crew"]) for row in shared_csv("tmdb_5000_credits.csv.gz")}
    return [
        (
            title,
            movies[title["tmdb_id"]],
            {person["name"] for person in crews[title["tmdb_id"]] if person["job"] == "Director"},
        )
        for title in TITLES
        if title["media_type"] in ("movie", "anime", "documentary") and title["tmdb_id"] in movies
    ]


class TestAgainstTmdb:
    def test_half_of_them_overlap(self, overlap: list[Any]) -> None:
        assert len(overlap) >= 50

    def test_title_and_year_are_equal(self, overlap: list[Any]) -> None:
        ours = [(title["title"], title["release_date"][:4]) for title, _, _ in overlap]
        assert ours == [(row["title"], row["release_date"][:4]) for _, row, _ in overlap]

    def test_runtime_is_within_five_minutes(self, overlap: list[Any]) -> None:
        assert [t["title"] for t, row, _ in overlap if abs(t["runtime"] - float(row["runtime"])) > 5] == []

    def test_a_director_in_common(self, overlap: list[Any]) -> None:
        assert [t["title"] for t, _, directors in overlap if not directors & set(t["directors"])] == []

    def test_original_language(self, overlap: list[Any]) -> None:
        ours = [title["original_language"] for title, _, _ in overlap]
        assert ours == [row["original_language"] for _, row, _ in overlap]

    def test_overviews_are_our_own_words(self, overlap: list[Any]) -> None:
        """TMDB's texts are under TMDB's terms, so no run of eight words may be theirs."""
        for title, row, _ in overlap:
            ours, theirs = (
                re.findall(r"\w+", text.casefold()) for text in (title["overview"], row["overview"])
            )
            runs = {tuple(theirs[i : i + 8]) for i in range(len(theirs) - 7)}
            assert not [ours[i : i + 8] for i in range(len(ours) - 7) if tuple(ours[i : i + 8]) in runs]

    def test_no_film_of_that_name_and_year_under_another_id(self, overlap: list[Any]) -> None:
        ours = {(t["title"], t["release_date"][:4]): t["tmdb_id"] for t in TITLES if t["media_type"] != "tv"}
        for row in shared_csv("tmdb_5000_movies.csv.gz"):
            key = (row["title"], row["release_date"][:4])
            assert ours.get(key, int(row["id"])) == int(row["id"]), key


@pytest.fixture
def store(seeded_home: Path, tmp_path: Path) -> Iterator[Store]:
    """The seeded library, opened without tools; its index stays as it is."""
    home = tmp_path / "home"
    shutil.copytree(seeded_home, home)
    store = Store(Settings(home=home))
    yield store
    store.db.close()


def content(db: Database) -> dict[str, int]:
    tables = (
        "media",
        "genres",
        "media_genres",
        "people",
        "media_credits",
        "media_ranking",
        "journal",
        "outbox",
    )
    return {table: int(db.read(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in tables}


class TestLoading:
    def test_what_is_in_the_data_is_in_the_library(self, store: Store) -> None:
        found = content(store.db)
        assert found["media"] == found["media_ranking"] == 100
        assert found["genres"] == len(GENRES)
        assert found["media_genres"] == sum(len(title["genres"]) for title in TITLES)
        assert found["people"] == len({name for title in TITLES for name in credited(title)})

    def test_loading_again_changes_nothing(self, store: Store) -> None:
        before = content(store.db)
        assert load_seeds(store) == (0, 0)
        assert content(store.db) == before

    def test_seeds_are_not_undoable(self, store: Store) -> None:
        assert recent_acts(store.db) == []

    def test_what_is_missing_comes_back_and_nothing_else(self, store: Store) -> None:
        before = content(store.db)
        with store.db.write("elsewhere", undoable=False) as write:
            write.delete("media", store.titles.resolve("The Matrix").id)
        assert load_seeds(store) == (0, 1)
        assert content(store.db) | {"outbox": 0} == before | {"outbox": 0}

    def test_what_the_user_deleted_stays_deleted(self, store: Store) -> None:
        with store.db.write("delete") as write:
            write.delete("media", store.titles.resolve("The Matrix").id)
            write.delete("media", store.titles.resolve("The Thing").id)
            write.delete("genres", write.read("SELECT id FROM genres WHERE slug = 'heist'")[0]["id"])
        assert load_seeds(store) == (0, 0)
        undo_last(store.db)
        assert content(store.db)["media"] == 100

    def test_what_was_deleted_and_taken_back_is_known(self, store: Store) -> None:
        with store.db.write("delete") as write:
            write.delete("media", store.titles.resolve("The Matrix").id)
        undo_last(store.db)
        assert load_seeds(store) == (0, 0)

    def test_a_missing_title_goes_without_the_genre_that_the_user_deleted(self, store: Store) -> None:
        with store.db.write("delete") as write:
            write.delete("genres", write.read("SELECT id FROM genres WHERE slug = 'cyberpunk'")[0]["id"])
        with store.db.write("elsewhere", undoable=False) as write:
            write.delete("media", store.titles.resolve("The Matrix").id)
        assert load_seeds(store) == (0, 1)
        assert store.titles.resolve("The Matrix").year == 1999

    def test_a_title_that_the_user_renamed_is_not_added_again(self, store: Store) -> None:
        with store.db.write("update_media") as write:
            write.update("media", store.titles.resolve("Star Wars").id, {"title": "Star Wars: A New Hope"})
        assert load_seeds(store) == (0, 0)
        assert content(store.db)["media"] == 100

    def test_values_arrive_as_they_are_in_the_data(self, store: Store) -> None:
        row = store.db.read("SELECT * FROM media WHERE title = 'Spirited Away'")[0]
        seed = TITLES[LABELS.index("Spirited Away (2001)")]
        for column in ("title", "original_title", "media_type", "runtime", "overview", "tagline", "imdb_id"):
            assert row[column] == seed[column], column
        assert row["release_date"].isoformat() == seed["release_date"]
        assert json.loads(row["production_countries"]) == seed["production_countries"]
        assert json.loads(row["spoken_languages"]) == seed["spoken_languages"]
        assert row["user_rating"] is None and row["tmdb_rating"] is None

    def test_credits_arrive_in_billing_order(self, store: Store) -> None:
        cast = store.db.read(
            "SELECT person.name, character_name FROM media_credits credit "
            "JOIN people person ON person.id = person_id JOIN media ON media.id = media_id "
            "WHERE media.title = 'Die Hard' AND credit_type = 'cast' ORDER BY order_position"
        )
        seed = TITLES[LABELS.index("Die Hard (1988)")]["cast"]
        assert [tuple(row.values()) for row in cast] == [(a["name"], a["character"]) for a in seed]

    def test_the_library_is_whole(self, store: Store) -> None:
        assert store.verify() == []
