"""Undo: the journal puts every row back, whole acts at a time, or nothing at all."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from store.database import Database, Row
from store.errors import Conflict, NotFound
from store.journal import recent_acts, undo_last

TABLES = (
    "media",
    "genres",
    "media_genres",
    "people",
    "media_credits",
    "user_reviews",
    "calendar_events",
    "recommendation_criteria",
    "custom_fields_schema",
    "watch_history",
    "mashups",
    "media_ranking",
)


def content(db: Database) -> dict[str, list[str]]:
    """All rows of all tables but the bookkeeping."""
    found = {}
    for table in TABLES:
        rows = db.read(f"SELECT * FROM {table}")
        for row in rows:
            if table == "people":  # overall_rating is derived, and so is its moment
                row.pop("updated_at")
        found[table] = sorted(str(row) for row in rows)
    return found


@pytest.fixture
def full(db: Database, film: Row) -> Row:
    """A title with every column filled in and a row in every table."""
    with db.write("test") as write:
        film = write.update(
            "media",
            film["id"],
            {
                "original_title": "Матрица “quoted” 'single' \\ \n",
                "release_date": date(1999, 3, 31),
                "runtime": 136,
                "user_rating": 8.7,
                "popularity_score": 79.25,
                "production_countries": '["US", "AU"]',
                "custom_fields": '{"mood": "dark", "scares": 2, "note": null}',
                "last_synced_tmdb": datetime(2025, 1, 2, 3, 4, 5, 678901),
            },
        )
        media = {"media_id": film["id"]}
        genre = write.insert("genres", {"name": "Sci-fi", "slug": "sci-fi"})
        person = write.insert("people", {"name": "Lana Wachowski", "birthday": date(1965, 6, 21)})
        write.insert("media_genres", media | {"genre_id": genre["id"], "weight": 0.75})
        credit = {"credit_type": "crew", "department": "Directing", "job": "Director"}
        write.insert("media_credits", media | {"person_id": person["id"]} | credit)
        write.insert("user_reviews", media | {"rating": 8.5, "tags": '["a", "b"]', "review_text": "So."})
        write.insert(
            "calendar_events",
            media | {"event_type": "watch", "event_date": date(2025, 12, 1), "event_time": time(20, 15)},
        )
        write.insert("watch_history", media | {"watched_at": datetime(2025, 11, 25, 21, 0)})
        write.insert(
            "recommendation_criteria", {"name": "Short", "criteria_config": '{"genre": {"weight": 1}}'}
        )
    return film


def outside(db: Database, sql: str) -> None:
    """A change that goes around the journal."""
    with db.write("outside", undoable=False) as write:
        write.execute(sql)


ACTS: dict[str, Callable[[Any, Row], object]] = {
    "insert": lambda write, film: write.insert(
        "media", {"title": "Alien", "media_type": "movie", "tmdb_id": 348}
    ),
    "update": lambda write, film: write.update("media", film["id"], {"title": "Matrix", "user_rating": None}),
    "update of JSON": lambda write, film: write.update("media", film["id"], {"custom_fields": "{}"}),
    "delete a title with all that hangs on it": lambda write, film: write.delete("media", film["id"]),
    "delete a person": lambda write, film: write.delete("people", write.read("SELECT id FROM people")[0]["id"]),
    "delete a genre": lambda write, film: write.delete("genres", write.read("SELECT id FROM genres")[0]["id"]),
    "new title with a review": lambda write, film: write.insert(
        "user_reviews",
        {"media_id": write.insert("media", {"title": "Alien", "media_type": "movie"})["id"], "rating": 9},
    ),
    "the same row over and over": lambda write, film: [
        write.update("media", film["id"], {"tmdb_id": 1}),
        write.update("media", film["id"], {"tmdb_id": 2, "media_type": "tv"}),
        write.delete("media", film["id"]),
        write.insert("media", {"id": film["id"], "title": "Again", "media_type": "anime", "tmdb_id": 603}),
        write.update("media", film["id"], {"title": "And again"}),
    ],
}


@pytest.mark.parametrize("act", ACTS)
def test_undo_leaves_everything_as_it_was(db: Database, full: Row, act: str) -> None:
    before = content(db)
    with db.write(act) as write:
        write.label = f"did: {act}"
        ACTS[act](write, full)
    assert content(db) != before
    (undone,) = undo_last(db)
    assert content(db) == before
    assert (undone.tool, undone.label) == (act, f"did: {act}")


@pytest.mark.parametrize("act", ACTS)
def test_undo_works_after_reopening(file: Path, db: Database, full: Row, act: str) -> None:
    before = content(db)
    with db.write(act) as write:
        ACTS[act](write, full)
    db.close()
    again = Database(file)
    undo_last(again)
    assert content(again) == before
    again.close()


def test_acts_are_undone_newest_first_down_to_nothing(db: Database) -> None:
    states = []
    for number in range(4):
        states.append(content(db))
        with db.write(f"act {number}") as write:
            film = write.insert("media", {"title": f"Film {number}", "media_type": "movie"})
            write.insert("watch_history", {"media_id": film["id"]})
    for number in reversed(range(4)):
        assert undo_last(db)[0].tool == f"act {number}"
        assert content(db) == states[number]
    with pytest.raises(NotFound, match="nothing to undo"):
        undo_last(db)


def test_undo_is_not_an_act_itself(db: Database, film: Row) -> None:
    undo_last(db)
    acts = recent_acts(db)
    assert [(act.tool, act.undone_at is not None) for act in acts] == [("add_media", True)]
    assert [act for act in recent_acts(db) if act.undone_at is None] == []


def test_acts_after_an_undo_are_undone_in_their_turn(db: Database, film: Row) -> None:
    with db.write("rename") as write:
        write.update("media", film["id"], {"title": "Matrix"})
    undo_last(db)
    with db.write("rename again") as write:
        write.update("media", film["id"], {"title": "The Matrix!"})
    assert [undo_last(db)[0].tool for _ in range(2)] == ["rename again", "add_media"]
    assert content(db)["media"] == []


def test_an_old_event_comes_back_although_it_could_not_be_made_today(file: Path) -> None:
    now = datetime(2025, 11, 26)
    db = Database(file, clock=lambda: now)
    with db.write("schedule") as write:
        event = write.insert("calendar_events", {"event_type": "watch", "event_date": date(2020, 12, 1)})
    with db.write("cancel") as write:
        write.delete("calendar_events", event["id"])
    now = datetime(2026, 11, 26)
    undo_last(db)
    assert db.one("SELECT * FROM calendar_events") == event
    db.close()


def test_index_and_ranking_follow_an_undo(db: Database, full: Row) -> None:
    with db.write("delete") as write:
        write.delete("media", full["id"])
    outside(db, "DELETE FROM outbox")
    undo_last(db)
    assert db.read("SELECT item_id FROM outbox") == [{"item_id": full["id"]}]
    assert db.one("SELECT director_score, seen FROM media_ranking") == {"director_score": 8.7, "seen": True}


@pytest.mark.parametrize(
    ("act", "meanwhile"),
    [
        ("update", "UPDATE media SET runtime = 1"),
        ("update", "DELETE FROM media"),
        ("insert", "UPDATE media SET runtime = 1"),
        ("insert", "INSERT INTO watch_history (media_id) SELECT id FROM media WHERE title = 'Alien'"),
        (
            "delete a title with all that hangs on it",
            "INSERT INTO media (title, media_type, tmdb_id) VALUES ('B', 'tv', 603)",
        ),
        ("delete a person", "DELETE FROM media"),
        ("delete a genre", "DELETE FROM media"),
    ],
)
def test_a_row_changed_outside_is_a_conflict_and_nothing_changes(
    db: Database, full: Row, act: str, meanwhile: str
) -> None:
    with db.write(act) as write:
        ACTS[act](write, full)
    outside(db, meanwhile)
    before = content(db)
    with pytest.raises(Conflict):
        undo_last(db)
    assert content(db) == before
    assert len([act for act in recent_acts(db) if act.undone_at is None]) == 3


@pytest.fixture
def blocked(db: Database, film: Row) -> Row:
    """An addition that can be undone, below a deletion that cannot: the TMDB id is taken again."""
    with db.write("add") as write:
        other = write.insert("media", {"title": "Alien", "media_type": "movie", "tmdb_id": 348})
        write.label = "Added Alien."
    with db.write("delete") as write:
        write.delete("media", film["id"])
        write.label = "Deleted The Matrix."
    outside(db, "INSERT INTO media (title, media_type, tmdb_id) VALUES ('The Matrix', 'movie', 603)")
    return other


def test_an_act_that_cannot_be_undone_says_how_to_go_past_it(db: Database, blocked: Row) -> None:
    before = content(db)
    with pytest.raises(Conflict) as caught:
        undo_last(db)
    assert str(caught.value) == (
        "“Deleted The Matrix” cannot be undone: media already has an entry with tmdb_id: 603. "
        "Nothing was changed. To go past it, undo the last 2 changes."
    )
    assert content(db) == before


def test_an_act_that_cannot_be_undone_does_not_block_the_older_ones(db: Database, blocked: Row) -> None:
    tried = undo_last(db, 2)
    assert [(act.label, act.obstacle) for act in tried] == [
        ("Deleted The Matrix.", "media already has an entry with tmdb_id: 603"),
        ("Added Alien.", ""),
    ]
    assert db.read("SELECT title FROM media") == [{"title": "The Matrix"}]
    assert [act.label for act in recent_acts(db) if act.undone_at is None] == ["Deleted The Matrix.", ""]


def test_what_rests_on_a_blocked_act_is_blocked_too(db: Database, blocked: Row) -> None:
    undo_last(db, 2)
    with pytest.raises(Conflict, match=r"Nothing was changed\.$"):
        undo_last(db, 2)


def test_a_blocked_act_is_undone_when_nothing_is_in_its_way_any_more(db: Database, blocked: Row) -> None:
    undo_last(db, 2)
    outside(db, "DELETE FROM media")
    assert [act.label for act in undo_last(db)] == ["Deleted The Matrix."]


@pytest.mark.parametrize("harm", ["DELETE FROM journal", "UPDATE journal SET before = NULL, after = NULL"])
def test_an_act_whose_record_is_not_whole_is_not_undone(db: Database, full: Row, harm: str) -> None:
    with db.write("delete") as write:
        write.delete("media", full["id"])
    outside(db, f"{harm} WHERE seq = (SELECT max(seq) - 1 FROM journal)")
    before = content(db)
    with pytest.raises(Conflict, match="not whole"):
        undo_last(db)
    assert content(db) == before


def test_what_the_write_path_derives_is_no_conflict(db: Database, full: Row) -> None:
    with db.write("rename") as write:
        person = write.read("SELECT id FROM people")[0]["id"]
        write.update("people", person, {"name": "L. Wachowski"})
    with db.write("rate") as write:
        write.update("media", full["id"], {"user_rating": 1})
    outside(db, "UPDATE recommendation_criteria SET use_count = use_count + 1")
    for _ in range(3):
        undo_last(db)
    assert content(db)["people"] == []


def test_the_journal_holds_before_and_after(db: Database, film: Row) -> None:
    with db.write("update_media") as write:
        write.label = "runtime of The Matrix"
        write.update("media", film["id"], {"runtime": 136})
    with db.write("delete_media") as write:
        write.delete("media", film["id"])
    rows = db.read("SELECT * FROM journal ORDER BY seq")
    images = [[row[side] and json.loads(row[side]) for side in ("before", "after")] for row in rows]
    assert [row["table_name"] for row in rows] == ["media"] * 3
    assert [[image and image["runtime"] for image in pair] for pair in images] == [
        [None, None],
        [None, 136],
        [136, None],
    ]
    assert images[0][0] is None and images[2][1] is None
    assert images[0][1]["title"] == images[2][0]["title"] == "The Matrix"
    assert rows[1]["label"] == "runtime of The Matrix"
    assert rows[0]["acted_at"] <= rows[1]["acted_at"] <= rows[2]["acted_at"]


def test_a_cascade_is_journaled_children_first(db: Database, full: Row) -> None:
    with db.write("delete_media") as write:
        write.delete("media", full["id"])
    tables = [
        row["table_name"]
        for row in db.read("SELECT table_name FROM journal WHERE tool = 'delete_media' ORDER BY seq")
    ]
    assert tables[-1] == "media"
    assert set(tables[:-1]) == {
        "media_genres",
        "media_credits",
        "user_reviews",
        "calendar_events",
        "watch_history",
    }


def test_what_is_not_undoable_leaves_no_trace(db: Database) -> None:
    with db.write("seed", undoable=False) as write:
        write.insert("genres", {"name": "Drama", "slug": "drama"})
    assert recent_acts(db) == []
    with pytest.raises(NotFound):
        undo_last(db)


def test_a_large_act_is_undone_whole_and_in_order(db: Database) -> None:
    with db.write("import") as write:
        for number in range(150):
            film = write.insert("media", {"title": str(number), "media_type": "movie"})
            write.insert("watch_history", {"media_id": film["id"]})
    assert recent_acts(db)[0].changes == 300
    undo_last(db)
    assert not any(content(db).values())
