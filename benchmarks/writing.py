"""The ordinary write tools in one process, each beside a bare INSERT into the same table."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import uuid4

import duckdb
from figures import Figure

from store.settings import Settings
from tools import Library, open_library

_RUNS = 200
_TARGET = 10
_FIELD = "Mood"
_TABLES = ("user_reviews", "watch_history", "calendar_events", "recommendation_criteria", "media", "journal")
Row = Mapping[str, object]


def writing(home: Path) -> Iterator[Figure]:
    """Milliseconds a call of each tool, with a bare one-row INSERT and its commit in turn with it."""
    with open_library(Settings(home=home)) as library:
        library.define_field(label=_FIELD)
        bare = _plain_file(library, home / "bare.duckdb")
        try:
            for name, table, act, row in _acts(library):
                ours, theirs = _in_turn(act, partial(_insert, bare, table, row))
                yield Figure(name, ours, "ms", _TARGET, median(theirs), f"bare INSERT into {table}")
        finally:
            bare.close()


def _acts(library: Library) -> Iterator[tuple[str, str, Callable[[int], object], Row]]:
    """Name, table, the call of the n-th run, and a row as plain SQL would insert it."""
    titles = [title.label for title in library.titles.all()]
    title = titles[0]
    media = {"media_id": uuid4()}

    def name(run: int) -> str:
        return titles[run % len(titles)]

    def day(run: int) -> date:
        return date.today() - timedelta(1 + run // len(titles))

    yield (
        "log_viewing",
        "watch_history",
        lambda run: library.log_viewing(title=name(run), watched=day(run), source="Netflix"),
        {**media, "watched_at": date.today(), "watch_source": "Netflix"},
    )
    yield (
        "schedule",
        "calendar_events",
        lambda run: library.schedule(title=name(run), when="Friday at 8pm"),
        {**media, "event_type": "watch", "event_date": date.today()},
    )
    yield (
        "save_preset",
        "recommendation_criteria",
        lambda run: library.save_preset(name=f"Preset {run}", genres=["science fiction"], max_runtime=120),
        {"name": "Preset", "criteria_config": '{"runtime": {"max": 120}}'},
    )
    yield (
        "set_field",
        "media",
        lambda run: library.set_field(title=name(run), field=_FIELD, value=f"mood {run}"),
        {"title": title, "media_type": "movie", "custom_fields": '{"mood": "mood"}'},
    )
    yield (
        "log_review (with a date: review, viewing and rating)",
        "user_reviews",
        lambda run: library.log_review(title=name(run), rating=run % 19 / 2, watched=day(run), text="Tense."),
        {**media, "rating": 8, "review_text": "Tense.", "watched_date": date.today()},
    )
    yield (
        "undo (of those reviews)",
        "journal",
        lambda run: library.undo(),
        {"act": uuid4(), "acted_at": date.today(), "tool": "t", "label": "l", "table_name": "media"},
    )


def _in_turn(act: Callable[[int], object], bare: Callable[[], object]) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    for run in range(_RUNS):
        started = time.perf_counter()
        act(run)
        between = time.perf_counter()
        bare()
        ended = time.perf_counter()
        ours.append(1000 * (between - started))
        theirs.append(1000 * (ended - between))
    return ours, theirs


def _plain_file(library: Library, path: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB file with the library's own tables, empty, and nothing else."""
    bare = duckdb.connect(str(path))
    bare.execute("CREATE SEQUENCE journal_seq")
    for table in _TABLES:
        found = library.db.one("SELECT sql FROM duckdb_tables() WHERE table_name = ?", [table])
        assert found, table
        bare.execute(found["sql"])
    return bare


def _insert(bare: duckdb.DuckDBPyConnection, table: str, row: Row) -> None:
    marks = ", ".join("?" for _ in row)
    bare.execute("BEGIN")
    bare.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    bare.execute("COMMIT")
