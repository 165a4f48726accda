"""The one way in to DuckDB: reads on cursors of their own, writes in one locked, journaled transaction."""

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb

from store.connection import connect
from store.errors import Conflict, Invalid, NotFound
from store.integrity import REFERENCES, key_of
from store.ranking import mark_seen, refresh_people, refresh_ranking, refresh_scores, refresh_seen

Row = dict[str, Any]
Clock = Callable[[], datetime]

_UPDATED_AT = {
    "media",
    "people",
    "user_reviews",
    "calendar_events",
    "recommendation_criteria",
    "custom_fields_schema",
    "mashups",
}
_RANKED = {"media", "media_genres", "media_credits"}
_SEEN = {"user_reviews", "watch_history"}
_SCORED = re.compile(r"\b(people|media_ranking)\b")
_NAMING = {"title", "original_title", "release_date", "media_type", "popularity_score"}
_EMBEDDED = {"media", "media_genres", "user_reviews"}


# DuckDB writes a column that is also a keyword in quotes: length("name").
_UNQUOTED = re.compile(r'(?<=[.(])"(\w+)"')

_TYPE_WORDS = {
    "JSON": "valid JSON",
    "DATE": "a date such as 2025-11-26",
    "TIME": "a time such as 20:15",
    "TIMESTAMP": "a moment such as 2025-11-26 20:15",
    "UUID": "the id of a row",
    "BOOLEAN": "true or false",
    "VARCHAR": "text",
    "INTEGER": "a whole number of at most 2147483647",
}


def utc_now() -> datetime:
    """The moment as the naive UTC timestamp that the tables keep."""
    return datetime.now(UTC).replace(tzinfo=None)


class Database:
    """An open library file.

    Args:
        path: the DuckDB file, already migrated.
        event_past_years: how many years back a calendar event may lie (integrity rule 3).
        clock: tells the user's local time.
    """

    def __init__(self, path: Path, event_past_years: int = 5, clock: Clock = datetime.now) -> None:
        self.path = path
        self.clock = clock
        self.event_past_years = event_past_years
        self.version = 0
        """Grows with every act that touched rows, so that what is derived in memory knows when it is stale."""
        self.names_version = 0
        """The same for what titles are called."""
        self._connection = connect(path)
        self._writer = threading.RLock()
        self._current: Write | None = None
        self._scores_wait = True

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the open file; close it."""
        return self._connection.cursor()

    def close(self) -> None:
        """Derive what waits and release the file."""
        with self._writer:
            with suppress(duckdb.Error):  # what waits is derived at the next read
                self.derive_scores()
            self._connection.close()

    def read(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """Rows of a query as dicts; inside a write of the same thread it sees what was written so far."""
        current = self._current  # another thread may end its write between two looks
        if current is not None and current.thread == threading.get_ident():
            return current.read(sql, parameters)
        # Without waiting for another thread's write, which may itself wait for what this reader holds.
        if self._scores_wait and _SCORED.search(sql) and self._writer.acquire(blocking=False):
            try:
                self.derive_scores()
            finally:
                self._writer.release()
        cursor = self.cursor()
        try:
            return rows(cursor.execute(sql, parameters))
        finally:
            cursor.close()

    def derive_scores(self) -> None:
        """Recompute people's averages, and the ranking that rests on them, where ratings changed.

        Deriving takes longer than the write itself, so it waits until somebody reads people or ranking.
        """
        with self.write("derive", undoable=False) as write:
            self._scores_wait = False
            rated = write.read("SELECT DISTINCT item_id FROM outbox WHERE collection = 'people_scores'")
            if rated:
                write.derive(row["item_id"] for row in rated)
                write.execute("DELETE FROM outbox WHERE collection = 'people_scores'")

    @property
    def writing(self) -> bool:
        """Whether this thread is inside a write that is not committed yet."""
        current = self._current
        return current is not None and current.thread == threading.get_ident()

    def one(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.read(sql, parameters)
        return found[0] if found else None

    @contextmanager
    def write(self, tool: str, *, undoable: bool = True) -> "Iterator[Write]":
        """One transaction under the writer lock: all of it is kept, or none.

        Args:
            tool: the name of the tool that writes, for the journal.
            undoable: whether the act goes into the journal.

        Raises:
            Invalid, Conflict, NotFound: a rule of the data model refuses a row; nothing was written.
        """
        with self._writer:
            if self._current is not None:
                yield self._current  # a tool that calls another one shares its transaction and its undo
                return
            cursor = self.cursor()
            cursor.execute("BEGIN")
            write = Write(self, cursor, tool, undoable)
            self._current = write
            try:
                yield write
                write.finish()
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):  # a failed COMMIT has rolled back by itself
                    cursor.execute("ROLLBACK")
                raise
            finally:
                self._current = None
                cursor.close()
                # After a rollback too: this thread may have derived something from rows that are gone again.
                self.version += write.touched
                self.names_version += write.renames
                self._scores_wait |= write.rates


class Write:
    """What may be done inside a write transaction; every row change is checked, cascaded and journaled."""

    def __init__(
        self, database: Database, cursor: duckdb.DuckDBPyConnection, tool: str, undoable: bool
    ) -> None:
        self.label = ""
        """What the act did, in the user's words; the journal shows it."""
        self.restoring = False
        """Whether rows become what they once were (undo): nothing cascades, and today's date is no rule."""
        self.renames = False
        """Whether a title came, went or is called otherwise."""
        self.thread = threading.get_ident()
        self.act = uuid4()
        self._database = database
        self._cursor = cursor
        self._tool = tool
        self._undoable = undoable
        self._journal: list[tuple[str, Row | None, Row | None]] = []
        self._ranked: set[UUID] = set()
        self._seen: dict[UUID, bool] = {}
        """Titles whose being seen may have changed; true where this act only added to it."""
        self._parents: set[tuple[str, object]] = set()
        self._people: set[UUID] = set()
        self._outbox: dict[tuple[str, UUID], None] = {}

    @property
    def rates(self) -> bool:
        """Whether a title's rating changed, so that scores must follow."""
        return any(what == "people_scores" for what, _ in self._outbox)

    @property
    def touched(self) -> bool:
        """Whether any row was changed."""
        return bool(self._journal)

    def read(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """Rows of a query as dicts, as this transaction sees them."""
        return rows(self._cursor.execute(sql, parameters))

    def insert(self, table: str, values: Row) -> Row:
        """Add a row; what is not given takes its default.

        Returns:
            The whole row as stored.
        """
        self._check(table, values)
        columns = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        row = self._execute(
            table,
            values,
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING *",
            list(values.values()),
        )
        self._changed(table, None, row)
        return row

    def update(self, table: str, row_id: UUID, changes: Row) -> Row:
        """Change columns of the row with that id and set ``updated_at``.

        Returns:
            The whole row as stored.

        Raises:
            NotFound: there is no such row.
        """
        before = self.get(table, row_id)
        changed = {column: value for column, value in changes.items() if before[column] != value}
        if not changed:
            return before
        self._check(table, changed)
        if table in _UPDATED_AT:
            changed.setdefault("updated_at", utc_now())
        assignments = ", ".join(f"{column} = ?" for column in changed)
        after = self._execute(
            table,
            changed,
            f"UPDATE {table} SET {assignments} WHERE id = ? RETURNING *",
            [*changed.values(), row_id],
        )
        self._changed(table, before, after, set(changed))
        return after

    def delete(self, table: str, key: UUID | Mapping[str, object]) -> Row:
        """Remove a row and all that cascades from it.

        Raises:
            NotFound: there is no such row.
            Conflict: a row that does not cascade still refers to it.
        """
        before = self.get(table, key)
        # What refuses the deletion comes first, before anything has cascaded.
        for reference in sorted(REFERENCES, key=lambda r: r.cascade):
            if reference.parent != table:
                continue
            children = self.read(
                f"SELECT * FROM {reference.table} WHERE {reference.column} = ?", [before["id"]]
            )
            # Undo has taken away what the act itself put below the row, so the rest came from elsewhere.
            if children and (self.restoring or not reference.cascade):
                raise Conflict(
                    f"{before.get('name') or before.get('title', table)} still has {len(children)} rows of "
                    f"{reference.table} below it. Move or delete those first."
                )
            for child in children:
                self.delete(reference.table, {column: child[column] for column in key_of(reference.table)})
        where = " AND ".join(f"{column} = ?" for column in key_of(table))
        self._cursor.execute(f"DELETE FROM {table} WHERE {where}", [before[column] for column in key_of(table)])
        self._parents.discard((table, before.get("id")))
        self._changed(table, before, None)
        return before

    def get(self, table: str, key: UUID | Mapping[str, object]) -> Row:
        """The row with that primary key.

        Raises:
            NotFound: there is none.
        """
        found = self.find(table, key)
        if found is None:
            raise NotFound(f"There is no such row in {table} any more.")
        return found

    def find(self, table: str, key: UUID | Mapping[str, object]) -> Row | None:
        """The row with that primary key, or None."""
        where = key if isinstance(key, Mapping) else {"id": key}
        found = self.read(
            f"SELECT * FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in where)}",
            list(where.values()),
        )
        return found[0] if found else None

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement on derived or bookkeeping tables, which are not journaled."""
        self._cursor.execute(sql, parameters)

    def derive(self, media_ids: Iterable[UUID]) -> None:
        """Recompute the averages of everybody credited in these titles, and the scores that rest on them."""
        refresh_scores(self._cursor, refresh_people(self._cursor, media_ids, ()))

    def follow(self, what: str, item_id: UUID) -> None:
        """Have something derived follow this item after the commit: a vector collection, or people_scores."""
        self._outbox[what, item_id] = None

    def finish(self) -> None:
        """Bring what is derived in step and write the journal; the transaction commits after this."""
        people = refresh_people(self._cursor, (), self._people)
        refresh_ranking(self._cursor, self._ranked)
        refresh_scores(self._cursor, people)
        seen = {title: sure for title, sure in self._seen.items() if title not in self._ranked}
        refresh_seen(self._cursor, [t for t, sure in seen.items() if not sure])
        mark_seen(self._cursor, [t for t, sure in seen.items() if sure])
        if self._outbox:
            self._cursor.execute(
                f"INSERT INTO outbox (collection, item_id) VALUES {', '.join('(?, ?)' for _ in self._outbox)}",
                [value for pair in self._outbox for value in pair],
            )
        if self._undoable and self._journal:
            now = utc_now()
            self._cursor.execute(
                "INSERT INTO journal (act, acted_at, tool, label, table_name, before, after) VALUES "
                + ", ".join("(?, ?, ?, ?, ?, ?, ?)" for _ in self._journal),
                [
                    value
                    for table, before, after in self._journal
                    for value in (
                        self.act,
                        now,
                        self._tool,
                        self.label,
                        table,
                        encode_row(before),
                        encode_row(after),
                    )
                ],
            )

    def _execute(self, table: str, values: Row, sql: str, parameters: Sequence[object]) -> Row:
        try:
            return self.read(sql, parameters)[0]
        except duckdb.ConstraintException as error:
            raise _explain(table, values, str(error)) from error
        except (duckdb.DataError, duckdb.InvalidInputException) as error:
            raise self._misfit(table, values, error) from error

    def _misfit(self, table: str, values: Row, error: duckdb.Error) -> Invalid:
        # The transaction is aborted by now, so another cursor finds out which value its column does not take.
        cursor = self._database.cursor()
        columns = cursor.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]
        ).fetchall()
        checks = cursor.execute(
            "SELECT constraint_column_names[1], expression FROM duckdb_constraints() "
            "WHERE table_name = ? AND constraint_type = 'CHECK'",
            [table],
        ).fetchall()
        try:
            for column, kind in columns:
                try:
                    cursor.execute(f"SELECT CAST(? AS {kind})", [values.get(column)])
                except duckdb.Error:
                    rule = dict(checks).get(column)
                    if rule and kind not in _TYPE_WORDS:
                        return _explain_check(values, rule)
                    return Invalid(column, values[column], _TYPE_WORDS.get(kind, f"a value of type {kind}"))
        finally:
            cursor.close()
        return Invalid(table, str(values), f"of the columns' types ({error})")

    def _check(self, table: str, values: Row) -> None:
        for reference in REFERENCES:
            parent_id = values.get(reference.column) if reference.table == table else None
            if parent_id is None or (reference.parent, parent_id) in self._parents:
                continue
            if not self.read(f"SELECT 1 FROM {reference.parent} WHERE id = TRY_CAST(? AS UUID)", [parent_id]):
                raise NotFound(f"{table} names a row of {reference.parent} that does not exist.")
            self._parents.add((reference.parent, parent_id))
        if table == "calendar_events" and values.get("event_date") is not None and not self.restoring:
            day = self.read("SELECT TRY_CAST(? AS DATE) AS day", [values["event_date"]])[0]["day"]
            years = self._database.event_past_years
            if day is not None and day < _years_before(self._database.clock().date(), years):
                raise Invalid(
                    "event_date",
                    day.isoformat(),
                    f"at most {years} years back (XILFTEN_EVENT_PAST_YEARS sets this)",
                )

    def _changed(
        self, table: str, before: Row | None, after: Row | None, columns: set[str] | None = None
    ) -> None:
        self._journal.append((table, before, after))
        row = after or before or {}
        media_id = row.get("id") if table == "media" else row.get("media_id")
        if media_id is not None:
            if table in _RANKED and columns is None:
                self._ranked.add(media_id)
            if table in _SEEN:
                added = before is None and row.get("completed", True)
                self._seen[media_id] = self._seen.get(media_id, True) and added
        if table == "media" and (columns is None or columns & _NAMING):
            self.renames = True
        if table in _EMBEDDED and columns != {"user_rating", "updated_at"} and media_id is not None:
            self.follow("media_embeddings", media_id)
        if table == "genres" and columns is not None:  # renamed, moved or switched off: its titles follow
            for title in self.read("SELECT media_id FROM media_genres WHERE genre_id = ?", [row["id"]]):
                self._ranked.add(title["media_id"])
                self.follow("media_embeddings", title["media_id"])
        if table == "mashups":
            self.follow("mashup_concepts", row["id"])
        if table == "media_credits":
            self._people.add(row["person_id"])
        ratings = {"user_rating", "tmdb_rating"}
        if table == "media" and media_id is not None and columns and columns & ratings:
            self.follow("people_scores", media_id)


def rows(result: duckdb.DuckDBPyConnection) -> list[Row]:
    """All rows of an executed query as dicts."""
    if result.description is None:
        return []
    names = [column[0] for column in result.description]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def encode_row(row: Row | None) -> str | None:
    """A row as JSON text; DuckDB casts the strings back when they are inserted again."""
    return None if row is None else json.dumps(row, default=str, ensure_ascii=False)


def _years_before(day: date, years: int) -> date:
    if day.year <= years:
        return date.min
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def _explain(table: str, values: Row, message: str) -> Invalid | Conflict:
    """Turn DuckDB's complaint into a sentence that names the field and what it takes."""
    message = _UNQUOTED.sub(r"\1", message)
    missing = re.search(r"NOT NULL constraint failed: \w+\.(\w+)", message)
    if missing:
        return Invalid(missing[1], values.get(missing[1]), "given")
    rule = re.search(r"CHECK\s*\((.*)\)", message)
    if rule:
        return _explain_check(values, rule[1])
    duplicate = re.search(r'duplicate key "(.*)" violates', message, re.IGNORECASE | re.DOTALL)
    return Conflict(
        f"{table.replace('_', ' ')} already has an entry with {duplicate[1] if duplicate else 'that key'}."
    )


def _explain_check(values: Row, rule: str) -> Invalid:
    rule = _UNQUOTED.sub(r"\1", rule)
    length = re.search(r"length\((\w+)\) <= (\d+)", rule)
    if length:
        return Invalid(length[1], f"{str(values.get(length[1]))[:40]}…", f"at most {length[2]} characters long")
    choice = re.search(r"\(?(\w+) IN \((.*?)\)", rule)
    if choice:
        return Invalid(choice[1], values.get(choice[1]), f"one of {choice[2]}")
    bounds = re.search(r"\(?(\w+) BETWEEN (\d+) AND (\d+)", rule)
    if bounds:
        return Invalid(bounds[1], values.get(bounds[1]), f"from {bounds[2]} to {bounds[3]}")
    least = re.search(r"\(?(\w+) >= (\d+)", rule)
    if least:
        return Invalid(least[1], values.get(least[1]), f"{least[2]} or more")
    pattern = re.search(r"regexp_full_match\((\w+), '(.*?)'", rule)
    field = pattern[1] if pattern else "value"
    words = {"field_name": "letters, digits and underscores only", "color": "a colour such as #1A2B3C"}
    return Invalid(field, values.get(field), words.get(field, rule))
