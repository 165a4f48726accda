"""Fixtures of the storage tests: an empty migrated file, and a title in it."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store.database import Database, Row
from store.migrations import migrate

NOW = datetime(2025, 11, 26, 19, 30)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated library file without a row; copy it, do not open it."""
    path = tmp_path_factory.mktemp("empty") / "xilften.duckdb"
    migrate(path)
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A library file of one's own."""
    return Path(shutil.copy(empty_file, tmp_path / "xilften.duckdb"))


@pytest.fixture
def db(file: Path) -> Iterator[Database]:
    """An open empty library on the evening of NOW."""
    database = Database(file, clock=lambda: NOW)
    yield database
    database.close()


@pytest.fixture
def film(db: Database) -> Row:
    """The Matrix, with nothing around it."""
    with db.write("add_media") as write:
        return write.insert("media", {"title": "The Matrix", "media_type": "movie", "tmdb_id": 603})


def shared_file(name: str) -> Path:
    """A file of the shared data, or a skip that says what is missing."""
    shared = Path(os.environ.get("XILFTEN_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set XILFTEN_SHARED to the folder that holds data/{name}")
    return path


@pytest.fixture(scope="session")
def tmdb_5000(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A library of the 4,803 films of tmdb_5000: titles, dates, popularity."""
    movies = shared_file("tmdb_5000_movies.csv.gz")
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("tmdb") / "xilften.duckdb"))
    database = Database(path, clock=lambda: NOW)
    with database.write("import", undoable=False) as write:
        write.execute(
            "INSERT INTO media (title, original_title, media_type, release_date, popularity_score, tmdb_id) "
            "SELECT title, original_title, 'movie', try_cast(release_date AS DATE), popularity, id "
            "FROM read_csv(?, header = true, all_varchar = true, quote = '\"', escape = '\"')",
            [str(movies)],
        )
    yield database
    database.close()
