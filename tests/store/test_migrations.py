"""Migrations run on a copy: the file changes only when every step and every check has passed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TextIO

import duckdb
import pytest

from store.connection import connect
from store.database import Database, utc_now
from store.errors import Conflict, Invalid, Unavailable, XilftenError
from store.migrations import MIGRATIONS, applied_migrations, migrate, read_migrations

ROOT = Path(__file__).parents[2]
NEWEST = len(read_migrations())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The program's migrations, to add to."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))


@pytest.fixture
def filled(file: Path) -> Path:
    """A library with a title and what hangs on it."""
    db = Database(file)
    with db.write("test") as write:
        film = write.insert("media", {"title": "The Matrix", "media_type": "movie", "tmdb_id": 603})
        genre = write.insert("genres", {"name": "Sci-fi", "slug": "sci-fi"})
        write.insert("media_genres", {"media_id": film["id"], "genre_id": genre["id"]})
        write.insert("user_reviews", {"media_id": film["id"], "rating": 9})
    db.close()
    return file


def add_migration(folder: Path, up: str, down: str = "SELECT 1;", number: int = NEWEST + 1) -> str:
    name = f"{number:03d}_trial"
    (folder / f"{name}.up.sql").write_text(up)
    (folder / f"{name}.down.sql").write_text(down)
    return name


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def everything(path: Path) -> dict[str, list[str]]:
    tables = ("media", "genres", "media_genres", "user_reviews")
    return {table: sorted(map(str, rows(path, f"SELECT * FROM {table}"))) for table in tables}


def names_beside(path: Path) -> set[str]:
    return {other.name for other in path.parent.iterdir() if other.name.startswith(path.name)}


class TestRunning:
    def test_a_missing_file_is_made(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "xilften.duckdb"
        done = migrate(path)
        assert done == [f"up {m.number:03d}_{m.name}" for m in read_migrations()]
        assert names_beside(path) == {path.name}

    def test_a_current_file_is_left_alone(self, filled: Path) -> None:
        before = filled.read_bytes()
        assert migrate(filled) == []
        assert filled.read_bytes() == before

    def test_up_down_and_up_again_keeps_the_rows(self, filled: Path) -> None:
        before = everything(filled)
        schema = (
            "SELECT table_name, sql FROM duckdb_tables() "
            "UNION SELECT index_name, sql FROM duckdb_indexes() ORDER BY 1"
        )
        shape = rows(filled, schema)
        for number in (4, 2, 1):
            migrate(filled, target=number)
            assert everything(filled) == before
        migrate(filled)
        assert everything(filled) == before
        assert rows(filled, schema) == shape

    def test_all_the_way_down_leaves_only_the_record(self, file: Path) -> None:
        steps = [f"down {m.number:03d}_{m.name}" for m in reversed(read_migrations())]
        assert migrate(file, target=0)[:-1] == steps
        assert rows(file, "SELECT table_name FROM duckdb_tables() WHERE NOT internal") == [
            ("schema_migrations",)
        ]
        assert rows(file, "SELECT sequence_name FROM duckdb_sequences()") == []
        assert len(migrate(file)) == NEWEST

    def test_what_ran_is_recorded(self, file: Path) -> None:
        connection = connect(file)
        applied = applied_migrations(connection)
        connection.close()
        assert [(a.number, a.name) for a in applied] == [(m.number, m.name) for m in read_migrations()]
        for record, migration in zip(applied, read_migrations(), strict=True):
            content = f"{migration.up}\0{migration.down}"
            assert record.checksum == hashlib.sha256(content.encode()).hexdigest()
            assert timedelta(0) <= utc_now() - record.applied_at < timedelta(hours=1)

    def test_a_new_migration_keeps_the_rows(self, filled: Path, folder: Path) -> None:
        before = everything(filled)
        name = add_migration(
            folder,
            "CREATE TABLE shelf (id INTEGER); INSERT INTO shelf VALUES (1);",
            "DROP TABLE shelf;",
        )
        assert migrate(filled, folder=folder) == [f"up {name}"]
        assert everything(filled) == before
        assert rows(filled, "SELECT * FROM shelf") == [(1,)]
        down, kept = migrate(filled, folder=folder, target=NEWEST)
        assert down == f"down {name}" and everything(filled) == before
        backup = Path(kept.removeprefix("the library as it was is kept as "))
        assert rows(backup, "SELECT * FROM shelf") == [(1,)] and backup.parent == filled.parent

    @pytest.mark.parametrize("target", [-1, NEWEST + 1])
    def test_a_target_that_does_not_exist(self, file: Path, target: int) -> None:
        with pytest.raises(Invalid, match=f"0 to {NEWEST}"):
            migrate(file, target=target)


class TestRefused:
    def refuse(self, path: Path, folder: Path, kind: type[XilftenError], match: str) -> None:
        before = path.read_bytes()
        with pytest.raises(kind, match=match):
            migrate(path, folder=folder)
        assert path.read_bytes() == before
        assert names_beside(path) == {path.name}

    def test_a_changed_migration(self, filled: Path, folder: Path) -> None:
        changed = folder / "002_indexes.up.sql"
        changed.write_text(changed.read_text() + "\n-- a thought")
        self.refuse(filled, folder, Conflict, "002_indexes was changed after it ran")

    def test_a_changed_way_back(self, filled: Path, folder: Path) -> None:
        changed = folder / "002_indexes.down.sql"
        changed.write_text("SELECT 1;")
        self.refuse(filled, folder, Conflict, "002_indexes was changed after it ran")

    def test_a_file_newer_than_the_program(self, filled: Path, folder: Path, tmp_path: Path) -> None:
        older = Path(shutil.copytree(folder, tmp_path / "older"))
        add_migration(folder, "CREATE TABLE shelf (id INTEGER);", "DROP TABLE shelf;")
        migrate(filled, folder=folder)
        self.refuse(filled, older, Conflict, f"newer XILFTEN .schema {NEWEST + 1}; this program knows {NEWEST}")

    @pytest.mark.parametrize(
        ("up", "match"),
        [
            ("CREATE TABLE shelf (id INTEGER); SELEKT 1;", "syntax error"),
            ("CREATE TABLE shelf (id INTEGER); INSERT INTO shelf VALUES ('x');", "x"),
            ("UPDATE media SET media_type = 'film';", "CHECK"),
            ("DELETE FROM user_reviews;", "user_reviews had 1 rows and has 0"),
            ("INSERT INTO genres (name, slug) VALUES ('a', 'a');", "genres had 1 rows and has 2"),
            ("DROP TABLE user_reviews;", "user_reviews had 1 rows and has 0"),
            (
                "UPDATE media_genres SET genre_id = gen_random_uuid();",
                "1 rows of media_genres name a missing row of genres",
            ),
            (
                "UPDATE user_reviews SET media_id = gen_random_uuid();",
                "1 rows of user_reviews name a missing row of media",
            ),
        ],
    )
    def test_a_migration_that_fails_or_loses(self, filled: Path, folder: Path, up: str, match: str) -> None:
        add_migration(folder, up)
        self.refuse(filled, folder, XilftenError, match)
        assert migrate(filled) == []

    def test_a_failing_step_takes_back_those_before_it(self, filled: Path, folder: Path) -> None:
        add_migration(folder, "CREATE TABLE shelf (id INTEGER);", "DROP TABLE shelf;")
        add_migration(folder, "SELEKT 1;", number=NEWEST + 2)
        self.refuse(filled, folder, XilftenError, f"{NEWEST + 2:03d}_trial failed")

    def test_a_row_that_breaks_a_check_is_found(self, filled: Path, folder: Path) -> None:
        add_migration(
            folder,
            "CREATE TABLE strict (rating DECIMAL(3, 1) CHECK (rating < 9)); "
            "INSERT INTO strict SELECT rating FROM user_reviews;",
        )
        self.refuse(filled, folder, XilftenError, "CHECK")

    def test_a_new_file_is_not_left_behind(self, tmp_path: Path, folder: Path) -> None:
        add_migration(folder, "SELEKT 1;")
        path = tmp_path / "xilften.duckdb"
        with pytest.raises(XilftenError):
            migrate(path, folder=folder)
        assert names_beside(path) == set()

    def test_gaps_in_the_numbers(self, file: Path, folder: Path) -> None:
        add_migration(folder, "SELECT 1;", number=NEWEST + 2)
        self.refuse(file, folder, Conflict, "without gaps")

    def test_a_number_given_twice(self, file: Path, folder: Path) -> None:
        add_migration(folder, "SELECT 1;", number=NEWEST)
        self.refuse(file, folder, Conflict, "without gaps")

    def test_no_way_back(self, file: Path, folder: Path) -> None:
        (folder / f"{add_migration(folder, 'SELECT 1;')}.down.sql").unlink()
        self.refuse(file, folder, Conflict, f"{NEWEST + 1:03d}_trial.down.sql beside it")

    def test_a_name_without_a_number(self, file: Path, folder: Path) -> None:
        (folder / "shelf.up.sql").write_text("SELECT 1;")
        (folder / "shelf.down.sql").write_text("SELECT 1;")
        self.refuse(file, folder, Conflict, "NNN_name")

    @pytest.mark.parametrize(
        "sql",
        [
            "CREATE TABLE wine (name VARCHAR)",
            "CREATE VIEW wine AS SELECT 1",
            "CREATE TABLE schema_migrations (version BIGINT)",
        ],
    )
    def test_a_file_of_another_program(self, tmp_path: Path, folder: Path, sql: str) -> None:
        path = tmp_path / "wine.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(sql)
        self.refuse(path, folder, Conflict, "is no XILFTEN library")

    def test_a_database_without_a_table_is_as_good_as_a_new_one(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.duckdb"
        duckdb.connect(str(path)).close()
        assert len(migrate(path)) == NEWEST


class TestLinks:
    def test_the_file_behind_a_link_is_migrated(self, filled: Path, folder: Path, tmp_path: Path) -> None:
        link = tmp_path / "elsewhere" / "xilften.duckdb"
        link.parent.mkdir()
        link.symlink_to(filled)
        add_migration(folder, "CREATE TABLE shelf (id INTEGER);", "DROP TABLE shelf;")
        migrate(link, folder=folder)
        assert link.is_symlink()
        assert rows(filled, "SELECT * FROM shelf") == []
        assert names_beside(link) == {link.name}

    def test_a_link_to_nothing_becomes_a_library_there(self, tmp_path: Path) -> None:
        link = tmp_path / "xilften.duckdb"
        link.symlink_to(tmp_path / "disk" / "real.duckdb")
        migrate(link)
        assert link.is_symlink() and (tmp_path / "disk" / "real.duckdb").stat().st_size

    def test_the_log_of_a_crash_is_found_with_and_without_the_link(self, filled: Path, tmp_path: Path) -> None:
        link = tmp_path / "elsewhere" / "xilften.duckdb"
        link.parent.mkdir()
        link.symlink_to(filled)
        script = (
            "import os; from pathlib import Path; from store.connection import connect\n"
            f"connect(Path({str(link)!r})).execute(\"UPDATE media SET title = 'Matrix'\"); os._exit(9)"
        )
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        assert rows(filled, "SELECT title FROM media") == [("Matrix",)]


class TestLock:
    def test_an_open_library_is_not_migrated(self, file: Path) -> None:
        db = Database(file)
        script = f"from pathlib import Path; from store.migrations import migrate; migrate(Path({str(file)!r}))"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
        db.close()
        assert "is open in another XILFTEN" in done.stderr

    def test_nobody_opens_the_file_while_it_is_migrated(self, filled: Path, slow: Path) -> None:
        """Reading the file for the copy must not give up DuckDB's lock: what another program wrote into the
        original meanwhile would be lost with it."""
        migrating = start_migration(filled, slow)
        try:
            with open_for_writing(slow / "pipe") as pipe:
                with pytest.raises(Unavailable, match=f"process {migrating.pid}"):
                    Database(filled)
                pipe.write("a,b\n1,2\n")
            out, err = migrating.communicate(timeout=60)
            assert "trial" in out, err
        finally:
            migrating.kill()
            migrating.wait()

    def test_a_killed_migration_changes_nothing_and_can_be_begun_again(self, filled: Path, slow: Path) -> None:
        before = filled.read_bytes()
        migrating = start_migration(filled, slow)
        with open_for_writing(slow / "pipe"):
            migrating.kill()
            migrating.wait()
        assert filled.read_bytes() == before
        assert f"{filled.name}.migrating" in names_beside(filled)
        (filled.parent / f"{filled.name}.migrating.wal").write_bytes(b"what another attempt left behind")
        (slow / "pipe").unlink()
        (slow / "pipe").write_text("a,b\n1,2\n")
        migrate(filled, folder=slow)
        assert rows(filled, "SELECT * FROM shelf") == [(1, 2)]
        assert names_beside(filled) == {filled.name}


@pytest.fixture
def slow(folder: Path) -> Path:
    """The program's migrations and one more, which waits for a named pipe in the folder to be written."""
    add_migration(folder, f"CREATE TABLE shelf AS SELECT * FROM read_csv('{folder / 'pipe'}');")
    os.mkfifo(folder / "pipe")
    return folder


def start_migration(path: Path, folder: Path) -> "subprocess.Popen[str]":
    script = (
        "import sys; from pathlib import Path; from store.migrations import migrate\n"
        "print(migrate(Path(sys.argv[1]), folder=Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", script, str(path), str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def open_for_writing(pipe: Path) -> TextIO:
    """Open a named pipe as soon as somebody reads it."""
    for _ in range(600):
        try:
            return os.fdopen(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "w")
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(pipe)


def test_files_of_the_oldest_schema_come_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "xilften.duckdb"
    migrate(path, target=1)
    connection = connect(path)
    connection.execute("INSERT INTO media (title, media_type) VALUES ('A', 'movie')")
    connection.close()
    migrate(path)
    assert rows(path, "SELECT title FROM media") == [("A",)]


def test_the_engine_is_the_pinned_one() -> None:
    assert duckdb.__version__ == "2.0.0"
