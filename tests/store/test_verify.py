"""Verify sees what is wrong in a library, derives anew what can be, and says what to do about the rest."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store.settings import Settings
from tools import Library, open_library

NOW = datetime(2025, 11, 26, 19, 30)


@pytest.fixture(scope="module")
def used_home(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a review, a viewing, an event, a preset and fields in it."""
    home = tmp_path_factory.mktemp("used") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        library.log_review(title="Heat", rating=9, watched="yesterday", text="Two men and a city.")
        library.log_review(title="Alien", rating=8)
        library.schedule(title="Up", when="Friday at 8pm")
        library.save_preset(name="Short sci-fi", genres=["sci-fi"], max_runtime=100)
        library.define_field(label="Scares", field_type="number", minimum=0, maximum=10)
        library.define_field(label="Mood", field_type="select", options=["cosy", "bleak"])
        library.define_field(label="With", field_type="multi-select", options=["Ann", "Bob"], maximum=1)
        library.define_field(label="Seen on", field_type="date")
        library.define_field(label="Shelf", pattern="^[A-Z]\\d$")
        library.define_field(label="Owned", field_type="boolean")
        values = {"Scares": 7, "Mood": "bleak", "With": ["Ann"], "Seen on": "2025-11-01", "Shelf": "B4"}
        for field, value in (values | {"Owned": True}).items():
            library.set_field(title="Alien", field=field, value=value)
        library.vectors.catch_up()
    return home


@pytest.fixture
def library(used_home: Path, tmp_path: Path) -> Iterator[Library]:
    """That library, open."""
    home = tmp_path / "home"
    shutil.copytree(used_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as opened:
        yield opened


def harm(library: Library, sql: str) -> None:
    """A change that goes around the write path."""
    with library.db.write("harm", undoable=False) as write:
        write.execute(sql)


def raw(library: Library, collection: Any) -> Any:
    return library.vectors._open(collection)._collection


def test_a_sound_library(library: Library) -> None:
    assert library.verify() == []


def test_a_library_is_sound_after_undoing_everything(library: Library) -> None:
    library.undo(count=50)
    assert library.verify() == []


WRONG_AVERAGE = "the averages of 1 people were wrong"
DERIVED = {
    "UPDATE media_ranking SET seen = NOT seen": "the ranking of 100 titles was out of step",
    "UPDATE media_ranking SET director_score = 1 WHERE seen": "the ranking of 2 titles was out of step",
    "UPDATE media_ranking SET genre_slugs = ['musical']": "the ranking of 100 titles was out of step",
    "DELETE FROM media_ranking WHERE NOT seen": "the ranking of 98 titles was out of step",
    "INSERT INTO media_ranking SELECT * FROM media_ranking LIMIT 1": "the ranking of 1 titles was out of step",
    "UPDATE people SET overall_rating = 1 WHERE name = 'Michael Mann'": WRONG_AVERAGE,
    "UPDATE people SET overall_rating = NULL WHERE name = 'Michael Mann'": WRONG_AVERAGE,
    "UPDATE people SET total_works = 70 WHERE name = 'Michael Mann'": WRONG_AVERAGE,
}


@pytest.mark.parametrize("sql", DERIVED)
def test_wrong_derived_rows_are_found_and_derived_anew(library: Library, sql: str) -> None:
    tables = (
        "SELECT * FROM media_ranking ORDER BY ALL",
        "SELECT id, overall_rating, total_works FROM people ORDER BY id",
    )
    before = [library.db.read(table) for table in tables]
    harm(library, sql)
    assert library.verify(repair=False)[0].startswith(DERIVED[sql])
    assert library.verify()[0].endswith("; they were derived anew")
    assert [library.db.read(table) for table in tables] == before
    assert library.verify() == []


def test_scores_that_wait_are_not_wrong(library: Library) -> None:
    library.log_review(title="Heat", rating=2)
    assert library.verify(repair=False) == []


VECTORS = {
    "lacks": "media_embeddings lacks 3, has 0 too many and 0 out of date",
    "too many": "media_embeddings lacks 0, has 1 too many and 0 out of date",
    "text": "media_embeddings lacks 0, has 0 too many and 1 out of date",
    "metadata": "media_embeddings lacks 0, has 0 too many and 1 out of date",
}


@pytest.mark.parametrize("kind", VECTORS)
def test_drift_of_the_index_is_found_and_repaired(library: Library, kind: str) -> None:
    collection = raw(library, "media_embeddings")
    if kind == "lacks":
        collection.delete(ids=collection.get(limit=3, include=[])["ids"])
    elif kind == "too many":
        collection.add(ids=["stranger"], embeddings=[[0.0] * 383 + [1.0]], documents=["x"])
    elif kind == "text":
        harm(library, "UPDATE media SET overview = 'Bees.' WHERE title = 'Heat'")
    else:
        harm(library, "UPDATE media SET title = 'Warmth' WHERE title = 'Heat'")
    assert library.verify(repair=False) == [VECTORS[kind]]
    assert library.verify() == [f"{VECTORS[kind]}; the index was rebuilt"]
    assert library.verify() == []
    assert raw(library, "media_embeddings").count() == 100


def test_a_lost_index_is_built_again(used_home: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    shutil.copytree(used_home, settings.home)
    shutil.rmtree(settings.chroma)
    with Library(settings) as library:
        assert library.verify() == []
        assert raw(library, "media_embeddings").count() == 100


FAULTS = {
    "INSERT INTO watch_history (media_id) VALUES (gen_random_uuid()), (gen_random_uuid())": (
        "2 rows of watch_history name a missing row of media: restore a backup or correct them"
    ),
    "UPDATE media SET user_rating = 1 WHERE title = 'Heat'": (
        "your rating of 1 titles is that of none of their reviews (“Heat”): save the review of each again"
    ),
    "UPDATE media SET user_rating = NULL WHERE title = 'Heat'": "your rating of 1 titles is that of none",
    "UPDATE media SET user_rating = 1 WHERE title = 'Her'": "your rating of 1 titles is that of none",
    "UPDATE calendar_events SET event_date = '1900-01-01'": (
        "1 calendar events lie more than 5 years back (“1900-01-01”): move or cancel them"
    ),
    "UPDATE recommendation_criteria SET criteria_config = '[1,2]'": (
        "the criteria of the preset Short sci-fi cannot be read: save it anew or delete it"
    ),
    "UPDATE recommendation_criteria SET criteria_config = '{}'": "the criteria of the preset Short sci-fi",
    'UPDATE recommendation_criteria SET criteria_config = \'{"genre": {"weight": 7}}\'': "the criteria of the",
    "UPDATE user_reviews SET tags = '7' WHERE rating = 9": (
        "1 rows of user_reviews hold no JSON array in tags: set it anew"
    ),
    "UPDATE media SET custom_fields = '[]' WHERE title = 'Heat'": (
        "1 rows of media hold no JSON object in custom_fields: set it anew"
    ),
    "UPDATE media SET custom_fields = '{\"color\": 1}' WHERE title = 'Heat'": (
        "Heat has a value of color, which is no field: define it, then delete it"
    ),
    "UPDATE custom_fields_schema SET validation_rules = '{\"pattern\": \"(\"}' WHERE field_name = 'shelf'": (
        'Alien has "B4" as shelf, against its rules: set it anew'
    ),
}


@pytest.mark.parametrize("sql", FAULTS)
def test_what_cannot_be_derived_is_named_with_what_to_do(library: Library, sql: str) -> None:
    harm(library, sql)
    for repair in (True, False):
        found = [finding for finding in library.verify(repair=repair) if "derived anew" not in finding]
        assert len(found) == 1 and found[0].startswith(FAULTS[sql])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scares", "11"),
        ("scares", "true"),
        ("scares", '"7"'),
        ("mood", '"happy"'),
        ("with", '"Ann"'),
        ("with", '["Cid"]'),
        ("with", '["Ann", "Bob"]'),
        ("seen_on", '"yesterday"'),
        ("shelf", '"b4"'),
        ("shelf", "4"),
        ("owned", '"yes"'),
        ("owned", "null"),
    ],
)
def test_a_value_against_its_fields_rules_is_named(library: Library, field: str, value: str) -> None:
    harm(library, f"UPDATE media SET custom_fields = '{{\"{field}\": {value}}}' WHERE title = 'Heat'")
    assert library.verify() == [f"Heat has {value} as {field}, against its rules: set it anew"]


def test_an_event_that_grew_old_by_itself_is_no_fault(library: Library) -> None:
    harm(library, "UPDATE calendar_events SET event_date = '2015-03-01', created_at = '2016-03-01 12:00'")
    assert library.verify() == []


ADDED = "(SELECT seq FROM journal WHERE tool = 'add_media')"


@pytest.mark.parametrize(
    "sql",
    [
        f"DELETE FROM journal WHERE seq = (SELECT min(seq) + 1 FROM journal WHERE seq IN {ADDED})",
        f"UPDATE journal SET undone_at = now() WHERE seq = (SELECT min(seq) FROM journal WHERE seq IN {ADDED})",
        "UPDATE journal SET before = NULL, after = NULL WHERE seq = (SELECT max(seq) FROM journal)",
    ],
)
def test_an_act_that_is_not_whole_is_found(library: Library, sql: str) -> None:
    library.add_media(title="Bees", genres=["comedy"], directors=["Ann"])
    harm(library, sql)
    (found,) = library.verify()
    assert found.startswith("1 acts of the journal are not whole, so they cannot be undone: “Added Bees")


@pytest.mark.parametrize("newest", [True, False])
def test_the_lost_end_of_an_act_is_found(library: Library, newest: bool) -> None:
    library.add_media(title="Bees", genres=["comedy"], directors=["Ann"])
    if not newest:
        library.log_review(title="Bees", rating=7)
    harm(library, f"DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal WHERE seq IN {ADDED})")
    (found,) = library.verify()
    assert found.startswith("rows of the journal are missing after “Added Bees")
