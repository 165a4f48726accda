"""Numbered SQL migrations: tried on a copy, checked, then put in the original's place.

A migration is a pair ``NNN_name.up.sql`` and ``NNN_name.down.sql``. What ran is recorded with its checksum
in the table ``schema_migrations``.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

import duckdb

from store.connection import connect
from store.errors import Conflict, Invalid, XilftenError
from store.integrity import check_integrity, count_rows

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

_RECORD = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, checksum VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
)
"""


@dataclass(frozen=True)
class Migration:
    """One step of the schema with its way back."""

    number: int
    name: str
    up: str
    down: str

    @property
    def checksum(self) -> str:
        """sha256 of both directions."""
        return hashlib.sha256(f"{self.up}\0{self.down}".encode()).hexdigest()


@dataclass(frozen=True)
class Applied:
    """A migration the file says it has had."""

    number: int
    name: str
    checksum: str
    applied_at: datetime


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """The migrations of a folder in order.

    Raises:
        Conflict: a number is missing or doubled, or a way back is missing.
    """
    found = []
    for path in sorted(folder.glob("*.up.sql")):
        match = re.fullmatch(r"(\d{3})_(\w+)\.up\.sql", path.name)
        back = path.with_name(path.name.replace(".up.sql", ".down.sql"))
        if not match or not back.exists():
            raise Conflict(f"{path.name} needs the form NNN_name.up.sql and a {back.name} beside it.")
        found.append(Migration(int(match[1]), match[2], path.read_text("utf-8"), back.read_text("utf-8")))
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise Conflict(f"The migrations in {folder} are not numbered 001, 002, … without gaps.")
    return found


def applied_migrations(connection: duckdb.DuckDBPyConnection) -> list[Applied]:
    """What the open file has had, oldest first; nothing is written.

    Raises:
        Conflict: the file holds tables, but they are not a library's.
    """
    found = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    tables = {name for (name,) in found}
    if not tables:
        return []
    try:
        rows = connection.execute(
            "SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY number"
        ).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise Conflict(
            f"This DuckDB file is no XILFTEN library: it holds {', '.join(sorted(tables)[:5])}. "
            "Move it away, or point XILFTEN_HOME to another folder; nothing was changed."
        ) from error
    return [Applied(*row) for row in rows]


def check_applied(applied: Sequence[Applied], known: Sequence[Migration]) -> None:
    """Refuse a file whose history this program does not know.

    Raises:
        Conflict: the file is newer than the program, or a migration that ran was changed afterwards.
    """
    if len(applied) > len(known):
        raise Conflict(
            f"This library was written by a newer XILFTEN (schema {applied[-1].number}; this program knows "
            f"{len(known)}). Update the program, then open it again; nothing was changed."
        )
    for done, migration in zip(applied, known, strict=False):
        if done.checksum != migration.checksum:
            raise Conflict(
                f"Migration {migration.number:03d}_{migration.name} was changed after it ran on this library "
                f"({done.applied_at:%Y-%m-%d}). Put the file back as it was and add a new migration instead."
            )


def migrate(path: Path, *, folder: Path = MIGRATIONS, target: int | None = None) -> list[str]:
    """Bring the file at ``path`` to a schema number, creating it where there is none.

    The work is done on a copy that replaces the original only when every step and every check has passed.

    Args:
        path: the DuckDB file.
        folder: where the migrations are.
        target: the number to stop at, from 0 to the newest (the default); one below the file's own steps back.

    Returns:
        What was done, such as ``up 001_document_tables``, and where a step back kept the file as it was; empty
        when there was nothing to do.

    Raises:
        Conflict: see check_applied, applied_migrations and read_migrations.
        Invalid: the target does not exist.
        XilftenError: a step or a check failed; the original is untouched.
    """
    known = read_migrations(folder)
    goal = len(known) if target is None else target
    if not 0 <= goal <= len(known):
        raise Invalid("target", goal, f"a schema number from 0 to {len(known)}")
    path = path.resolve()  # of a link the file behind it is replaced, not the link
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    trial = path.with_name(f"{path.name}.migrating")
    trial_log = path.with_name(f"{trial.name}.wal")
    original = connect(path)  # a new file too: its lock keeps a second program out until the copy is in place
    try:
        applied = applied_migrations(original)
        check_applied(applied, known)
        if len(applied) == goal:
            return []
        original.execute("CHECKPOINT")
        trial_log.unlink(missing_ok=True)  # a migration that was killed may have left one
        # Closing any handle of a file gives up the process's POSIX locks on it: this one stays open to the end.
        with path.open("rb") as source:
            with trial.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            shutil.copymode(path, trial)
            done = _run(trial, known, goal)
            if goal < len(applied):  # going back drops what the newer schema held
                done.append(f"the library as it was is kept as {_keep(path, len(applied))}")
            os.replace(trial, path)
        return done
    except BaseException:
        if fresh:
            path.unlink()
        raise
    finally:
        original.close()
        trial.unlink(missing_ok=True)
        trial_log.unlink(missing_ok=True)


def _keep(path: Path, schema: int) -> Path:
    """Another name for the file, which outlives its replacement."""
    names = (path.with_name(f"{path.stem}.schema{schema}{'' if n == 1 else f'-{n}'}.duckdb") for n in count(1))
    kept = next(name for name in names if not name.exists())
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    return kept


def _run(trial: Path, known: Sequence[Migration], goal: int) -> list[str]:
    connection = connect(trial)
    try:
        current = len(applied_migrations(connection))
        connection.execute(_RECORD)
        going_up = goal > current
        steps = known[current:goal] if going_up else list(reversed(known[goal:current]))
        before = count_rows(connection)
        done = []
        for step in steps:
            try:
                _step(connection, step, going_up)
            except duckdb.Error as error:
                raise XilftenError(
                    f"Migration {step.number:03d}_{step.name} failed: {error} The library was left as it was."
                ) from error
            done.append(f"{'up' if going_up else 'down'} {step.number:03d}_{step.name}")
        after = count_rows(connection)
        problems = check_integrity(connection)
        problems += [
            f"{table} had {rows} rows and has {after.get(table, 0)}"
            for table, rows in before.items()
            if after.get(table, 0) != rows and (table in after or going_up) and table != "schema_migrations"
        ]
        if problems:
            raise XilftenError(
                f"After migrating, {'; '.join(problems)}. The library was left as it was; report this."
            )
        connection.execute("CHECKPOINT")
        return done
    finally:
        connection.close()


def _step(connection: duckdb.DuckDBPyConnection, step: Migration, up: bool) -> None:
    connection.execute("BEGIN")
    connection.execute(step.up if up else step.down)
    if up:
        connection.execute(
            "INSERT INTO schema_migrations VALUES (?, ?, ?, now() AT TIME ZONE 'UTC')",
            [step.number, step.name, step.checksum],
        )
    else:
        connection.execute("DELETE FROM schema_migrations WHERE number = ?", [step.number])
    connection.execute("COMMIT")
