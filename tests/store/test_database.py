"""The one write path: whole or not at all, the document's cascades, threads and processes kept apart."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import duckdb
import pytest

from store.database import Database, Row, Write, utc_now
from store.errors import Conflict, Invalid, NotFound, Unavailable
from store.integrity import check_integrity

ROOT = Path(__file__).parents[2]


def counts(db: Database) -> dict[str, int]:
    tables = ("media", "genres", "media_genres", "people", "media_credits", "user_reviews", "calendar_events")
    more = ("watch_history", "media_ranking", "journal", "outbox")
    return {table: int(db.read(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in tables + more}


def add_everything(write: Write, title: str) -> dict[str, UUID]:
    """A title with one row in every table that refers to it."""
    film = write.insert("media", {"title": title, "media_type": "movie", "user_rating": 8})["id"]
    genre = write.insert("genres", {"name": title, "slug": title})["id"]
    person = write.insert("people", {"name": f"Director of {title}"})["id"]
    write.insert("media_genres", {"media_id": film, "genre_id": genre})
    write.insert(
        "media_credits",
        {"media_id": film, "person_id": person, "credit_type": "crew", "department": "Directing"},
    )
    write.insert("user_reviews", {"media_id": film, "rating": 8})
    write.insert("calendar_events", {"media_id": film, "event_type": "watch", "event_date": date(2025, 12, 1)})
    write.insert("watch_history", {"media_id": film})
    return {"media": film, "genres": genre, "people": person}


@pytest.fixture
def full(db: Database) -> dict[str, UUID]:
    """The ids of a title, its genre and its director; a second title with the same beside it."""
    with db.write("test") as write:
        add_everything(write, "other")
        return add_everything(write, "film")


class TestTransaction:
    def test_an_exception_takes_back_rows_journal_and_outbox(self, db: Database) -> None:
        before = counts(db)
        with pytest.raises(RuntimeError), db.write("test") as write:
            add_everything(write, "film")
            raise RuntimeError
        assert counts(db) == before == dict.fromkeys(before, 0)

    def test_a_refused_row_takes_back_those_before_it(self, db: Database) -> None:
        with pytest.raises(NotFound), db.write("test") as write:
            add_everything(write, "film")
            write.insert("watch_history", {"media_id": uuid4()})
        assert counts(db)["media"] == 0

    def test_a_refusal_that_was_swallowed_does_not_keep_half(self, db: Database) -> None:
        with pytest.raises(duckdb.Error), db.write("test") as write:
            write.insert("media", {"title": "A", "media_type": "movie"})
            with suppress(Invalid):
                write.insert("media", {"title": "B", "media_type": "film"})
        assert counts(db)["media"] == 0

    def test_the_cause_of_a_failure_is_what_is_raised(self, db: Database) -> None:
        with pytest.raises(ZeroDivisionError), db.write("test") as write:
            write.execute("ROLLBACK")  # as after a COMMIT that failed
            _ = 1 / 0
        with db.write("test") as write:
            write.insert("people", {"name": "A"})

    def test_reads_of_the_writing_thread_see_what_was_written(self, db: Database) -> None:
        with db.write("test") as write:
            write.insert("people", {"name": "A"})
            assert db.one("SELECT name FROM people") == {"name": "A"}

    def test_other_threads_see_it_after_the_commit(self, db: Database) -> None:
        seen: list[int] = []

        def look() -> None:
            seen.append(counts(db)["people"])

        with db.write("test") as write:
            write.insert("people", {"name": "A"})
            thread = threading.Thread(target=look)
            thread.start()
            thread.join(10)
        look()
        assert seen == [0, 1]

    def test_a_nested_write_shares_the_act(self, db: Database) -> None:
        with db.write("outer") as outer:
            outer.insert("people", {"name": "A"})
            with db.write("inner") as inner:
                inner.insert("people", {"name": "B"})
        acts = db.read("SELECT DISTINCT act, tool FROM journal")
        assert [(row["act"], row["tool"]) for row in acts] == [(outer.act, "outer")]

    def test_a_failure_after_a_nested_write_takes_that_back_too(self, db: Database) -> None:
        with pytest.raises(RuntimeError), db.write("outer"):
            with db.write("inner") as inner:
                inner.insert("people", {"name": "B"})
            raise RuntimeError
        assert counts(db)["people"] == 0

    def test_the_version_grows_with_rows_and_not_with_bookkeeping(self, db: Database) -> None:
        versions = [db.version]
        with db.write("test") as write:
            write.insert("people", {"name": "A"})
        versions.append(db.version)
        with db.write("index", undoable=False) as write:
            write.execute("DELETE FROM outbox")
        versions.append(db.version)
        assert versions == [0, 1, 1]


class TestRows:
    def test_an_update_sets_updated_at(self, db: Database, film: Row) -> None:
        with db.write("test") as write:
            after = write.update("media", film["id"], {"runtime": 136})
        assert film["updated_at"] < after["updated_at"] <= utc_now()
        assert after["created_at"] == film["created_at"]

    @pytest.mark.parametrize(
        "table",
        ["people", "user_reviews", "calendar_events", "recommendation_criteria", "custom_fields_schema"],
    )
    def test_every_table_with_updated_at_keeps_it(self, db: Database, film: Row, table: str) -> None:
        rows: dict[str, tuple[Row, Row]] = {
            "people": ({"name": "A"}, {"name": "B"}),
            "user_reviews": ({"media_id": film["id"], "rating": 1}, {"rating": 2}),
            "calendar_events": (
                {"event_type": "watch", "event_date": date(2025, 12, 1)},
                {"event_date": date(2025, 12, 2)},
            ),
            "recommendation_criteria": ({"name": "A", "criteria_config": "{}"}, {"name": "B"}),
            "custom_fields_schema": (
                {"field_name": "a", "field_label": "A", "field_type": "text"},
                {"field_label": "B"},
            ),
        }
        old, new = rows[table]
        with db.write("test") as write:
            before = write.insert(table, old)
        with db.write("test") as write:
            assert write.update(table, before["id"], new)["updated_at"] > before["updated_at"]

    def test_an_update_that_changes_nothing_is_not_an_act(self, db: Database, film: Row) -> None:
        with db.write("test") as write:
            assert write.update("media", film["id"], {"title": "The Matrix"}) == film
        assert counts(db)["journal"] == 1

    def test_timestamps_are_utc(self, db: Database, film: Row) -> None:
        assert abs(film["created_at"] - utc_now()) < timedelta(minutes=5)

    @pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
    def test_watched_at_is_the_users_wall_clock(self, file: Path, zone: str) -> None:
        script = (
            "import sys; from pathlib import Path; from store.database import *\n"
            "with (db := Database(Path(sys.argv[1]))).write('test') as write:\n"
            "    film = write.insert('media', {'title': 'A', 'media_type': 'movie'})\n"
            "    seen = write.insert('watch_history', {'media_id': film['id']})\n"
            "print(abs((seen['watched_at'] - datetime.now()).total_seconds()) < 60)\n"
            "print(abs((seen['created_at'] - utc_now()).total_seconds()) < 60)\n"
        )
        env = os.environ | {"TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", script, str(file)], cwd=ROOT, env=env, capture_output=True, text=True
        )
        assert done.stdout.split() == ["True", "True"], done.stderr

    def test_the_same_row_may_change_often_in_one_act(self, db: Database) -> None:
        with db.write("test") as write:
            film = write.insert("media", {"title": "A", "media_type": "movie", "tmdb_id": 1})["id"]
            write.update("media", film, {"tmdb_id": 2, "media_type": "tv"})
            write.update("media", film, {"tmdb_id": 1})
            write.delete("media", film)
            write.insert("media", {"id": film, "title": "A", "media_type": "movie", "tmdb_id": 1})
        assert db.one("SELECT id, tmdb_id FROM media") == {"id": film, "tmdb_id": 1}

    def test_a_row_may_come_back_while_a_reader_still_sees_the_old_one(self, db: Database, film: Row) -> None:
        reader = db.cursor()
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM media").fetchall()
        with db.write("test") as write:
            write.delete("media", film["id"])
        with db.write("test") as write:
            write.insert("media", film)
        assert reader.execute("SELECT title FROM media").fetchall() == [("The Matrix",)]
        reader.close()

    @pytest.mark.parametrize("act", ["get", "update", "delete"])
    def test_a_missing_row_is_not_found(self, db: Database, act: str) -> None:
        with pytest.raises(NotFound), db.write("test") as write:
            getattr(write, act)("media", uuid4(), *([{"title": "A"}] if act == "update" else []))


class TestCascades:
    def test_deleting_a_title(self, db: Database, full: dict[str, UUID]) -> None:
        with db.write("delete_media") as write:
            write.delete("media", full["media"])
        after = counts(db)
        assert (
            after.items()
            >= dict.fromkeys(
                ("media", "media_genres", "media_credits", "user_reviews", "calendar_events"), 1
            ).items()
        )
        assert after.items() >= {"watch_history": 1, "media_ranking": 1, "people": 2, "genres": 2}.items()

    def test_deleting_a_person(self, db: Database, full: dict[str, UUID]) -> None:
        before = counts(db)
        with db.write("delete_person") as write:
            write.delete("people", full["people"])
        changed = {"people": 1, "media_credits": 1, "journal": before["journal"] + 2}
        assert counts(db) == before | changed

    def test_deleting_a_genre(self, db: Database, full: dict[str, UUID]) -> None:
        before = counts(db)
        with db.write("delete_genre") as write:
            write.delete("genres", full["genres"])
        changed = {"genres": 1, "media_genres": 1, "journal": before["journal"] + 2}
        assert counts(db) == before | changed | {"outbox": before["outbox"] + 1}

    def test_a_genre_with_sub_genres_is_kept_whole(self, db: Database, full: dict[str, UUID]) -> None:
        with db.write("test") as write:
            write.insert("genres", {"name": "Sub", "slug": "sub", "parent_genre_id": full["genres"]})
        before = counts(db)
        with db.write("test") as write, pytest.raises(Conflict, match="1 rows of genres below it"):
            write.delete("genres", full["genres"])
        assert counts(db) == before

    def test_nothing_is_orphaned(self, db: Database, full: dict[str, UUID]) -> None:
        for table in ("genres", "people", "media"):
            with db.write("test") as write:
                write.delete(table, full[table])
        cursor = db.cursor()
        assert check_integrity(cursor) == []
        cursor.close()

    def test_a_media_genre_row_is_deleted_by_its_pair(self, db: Database, full: dict[str, UUID]) -> None:
        with db.write("test") as write:
            write.delete("media_genres", {"media_id": full["media"], "genre_id": full["genres"]})
        assert counts(db)["media_genres"] == 1

    def test_the_outbox_follows_a_deleted_title(self, db: Database, full: dict[str, UUID]) -> None:
        with db.write("test") as write:
            write.execute("DELETE FROM outbox")
            write.delete("media", full["media"])
        assert db.read("SELECT collection, item_id FROM outbox") == [
            {"collection": "media_embeddings", "item_id": full["media"]}
        ]


class TestDerived:
    def ranking(self, db: Database, media_id: UUID) -> Row:
        return db.read("SELECT * FROM media_ranking WHERE media_id = ?", [media_id])[0]

    def test_the_ranking_row_says_what_the_tables_say(self, db: Database, full: dict[str, UUID]) -> None:
        row = self.ranking(db, full["media"])
        assert row["genre_slugs"] == ["film"]
        assert (row["director_score"], row["screenwriter_score"], row["seen"]) == (8.0, None, True)

    def test_a_title_is_unseen_again_without_viewing_and_review(
        self, db: Database, full: dict[str, UUID]
    ) -> None:
        for table in ("user_reviews", "watch_history"):
            with db.write("test") as write:
                row = write.read(f"SELECT id FROM {table} WHERE media_id = ?", [full["media"]])[0]
                write.delete(table, row["id"])
        assert self.ranking(db, full["media"])["seen"] is False

    def test_a_rating_reaches_the_people_and_their_other_titles(
        self, db: Database, full: dict[str, UUID]
    ) -> None:
        with db.write("test") as write:
            second = write.insert("media", {"title": "Second", "media_type": "movie", "user_rating": 4})["id"]
            write.insert(
                "media_credits",
                {
                    "media_id": second,
                    "person_id": full["people"],
                    "credit_type": "crew",
                    "department": "Writing",
                },
            )
        assert self.ranking(db, full["media"])["director_score"] == 6.0
        assert self.ranking(db, second)["screenwriter_score"] == 6.0

    def test_a_work_counts_once_however_often_one_is_credited(
        self, db: Database, full: dict[str, UUID]
    ) -> None:
        with db.write("test") as write:
            for department in ("Writing", "Acting"):
                write.insert(
                    "media_credits",
                    {
                        "media_id": full["media"],
                        "person_id": full["people"],
                        "credit_type": "crew",
                        "department": department,
                    },
                )
            second = write.insert("media", {"title": "Second", "media_type": "movie", "user_rating": 4})["id"]
            write.insert(
                "media_credits",
                {
                    "media_id": second,
                    "person_id": full["people"],
                    "credit_type": "cast",
                    "department": "Acting",
                },
            )
        person = db.one("SELECT overall_rating, total_works FROM people WHERE id = ?", [full["people"]])
        assert person == {"overall_rating": Decimal("6.0"), "total_works": 2}

    def test_a_renamed_genre_reaches_ranking_and_index(self, db: Database, full: dict[str, UUID]) -> None:
        with db.write("test") as write:
            write.execute("DELETE FROM outbox")
            write.update("genres", full["genres"], {"slug": "cinema"})
        assert self.ranking(db, full["media"])["genre_slugs"] == ["cinema"]
        assert [row["item_id"] for row in db.read("SELECT item_id FROM outbox")] == [full["media"]]


class TestThreads:
    def test_two_threads_writing_lose_nothing(self, db: Database, film: Row) -> None:
        failures: list[BaseException] = []

        def add() -> None:
            try:
                for _ in range(25):
                    with db.write("test") as write:
                        runtime = write.get("media", film["id"])["runtime"] or 0
                        write.update("media", film["id"], {"runtime": runtime + 1})
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failures == []
        assert db.one("SELECT runtime FROM media") == {"runtime": 50}
        assert counts(db)["journal"] == 51

    def test_readers_are_not_disturbed_by_a_writer(self, db: Database, film: Row) -> None:
        failures: list[BaseException] = []
        stop = threading.Event()

        def look() -> None:
            try:
                while not stop.is_set():
                    # Every act writes as many people as titles, so a reader never sees one without the other.
                    row = db.read(
                        "SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM media) AS media"
                    )[0]
                    assert row["people"] + 1 == row["media"]
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(40):
            with db.write("test") as write:
                write.insert("people", {"name": str(number)})
                write.insert("media", {"title": str(number), "media_type": "movie"})
        stop.set()
        for thread in threads:
            thread.join(10)
        assert failures == []


WRITER = """
import sys
from pathlib import Path
from store.database import Database
db = Database(Path(sys.argv[1]))
print("open", flush=True)
number = 0
while True:
    with db.write("test") as write:
        person = write.insert("people", {"name": f"P{number}"})
        film = write.insert("media", {"title": f"M{number}", "media_type": "movie"})
        credit = {"media_id": film["id"], "person_id": person["id"], "credit_type": "cast"}
        write.insert("media_credits", credit)
    print(number, flush=True)
    number += 1
"""


def start_writer(file: Path) -> "subprocess.Popen[str]":
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout and writer.stdout.readline() == "open\n"
    return writer


class TestProcesses:
    def test_a_second_process_is_told_who_holds_the_file(self, file: Path) -> None:
        writer = start_writer(file)
        try:
            with pytest.raises(Unavailable, match=rf"process {writer.pid}\b"):
                Database(file)
        finally:
            writer.kill()
            writer.wait()

    @pytest.mark.parametrize("seconds", [0.1, 0.35, 0.8])
    def test_kill_loses_no_committed_row_and_leaves_no_half(self, file: Path, seconds: float) -> None:
        writer = start_writer(file)
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        assert writer.stdout
        committed = len(writer.stdout.read().split())
        writer.wait()
        db = Database(file)
        found = counts(db)
        # The last commit may have come through without its line.
        assert committed <= found["people"] <= committed + 1
        assert found["people"] == found["media"] == found["media_credits"] == found["media_ranking"]
        assert found["journal"] == 3 * found["people"]
        assert found["outbox"] == found["media"]
        cursor = db.cursor()
        assert check_integrity(cursor) == []
        cursor.close()
        with db.write("test") as write:
            write.insert("people", {"name": "after"})
        db.close()

    @pytest.mark.parametrize("content", [b"", b"x", b"not a database " * 2000])
    def test_a_file_that_is_no_library_is_unavailable(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "xilften.duckdb"
        path.write_bytes(content)
        with pytest.raises(Unavailable, match="cannot be opened"):
            Database(path)
        assert path.read_bytes() == content

    def test_a_damaged_library_is_unavailable(self, file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[4096:12288] = b"\0" * 8192
        file.write_bytes(content)
        with pytest.raises(Unavailable, match="cannot be opened"):
            Database(file)


def test_the_clock_is_the_callers(file: Path) -> None:
    db = Database(file, clock=lambda: datetime(1999, 12, 31))
    assert db.clock() == datetime(1999, 12, 31)
    db.close()
