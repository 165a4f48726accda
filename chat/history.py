"""The page's history: conversations as they were shown, in one SQLite file.

Chainlit's own SQLite layer needs SQLAlchemy and loses every step whose fields its schema does not know. Here a
step is kept whole, as the JSON the page sent, beside the few columns that are searched.
"""

import asyncio
import json
import sqlite3
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from chainlit.context import context
from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.element import Element, ElementDict
from chainlit.step import StepDict
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from chainlit.user import PersistedUser, User
from chainlit.utils import utc_now

from store.errors import Conflict, NotFound, Unavailable

T = TypeVar("T")

_NAME_LENGTH = 80
_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    identifier TEXT NOT NULL UNIQUE,
    display_name TEXT,
    metadata TEXT NOT NULL DEFAULT '{}',
    created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS threads (
    id TEXT PRIMARY KEY,
    user_id TEXT REFERENCES users ON DELETE CASCADE,
    name TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    metadata TEXT NOT NULL DEFAULT '{}',
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS threads_by_user ON threads (user_id, updated_at);
CREATE TABLE IF NOT EXISTS steps (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS steps_by_thread ON steps (thread_id, created_at);
CREATE TABLE IF NOT EXISTS elements (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads ON DELETE CASCADE,
    step_id TEXT,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS elements_by_thread ON elements (thread_id);
"""


class History(BaseDataLayer):  # type: ignore[misc]
    """Chainlit's data layer on SQLite.

    All statements run one after the other in one thread, so what the page sends in order is kept in order.

    Args:
        file: the SQLite file, made when missing.
    """

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
        self._database = self._thread.submit(_open, file).result()

    async def get_user(self, identifier: str) -> PersistedUser | None:
        """The user of that name, if they have been here."""
        row = await self._one("SELECT * FROM users WHERE identifier = ?", identifier)
        if row is None:
            return None
        return PersistedUser(
            id=row["id"],
            identifier=row["identifier"],
            display_name=row["display_name"],
            metadata=json.loads(row["metadata"]),
            createdAt=row["created_at"],
        )

    async def create_user(self, user: User) -> PersistedUser | None:
        """Remember a user, or what is new about them."""
        await self._write(
            "INSERT INTO users (id, identifier, display_name, metadata, created_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (identifier) DO UPDATE SET"
            " display_name = excluded.display_name, metadata = excluded.metadata",
            str(uuid.uuid4()),
            user.identifier,
            user.display_name,
            json.dumps(user.metadata),
            utc_now(),
        )
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        """The name of the user a conversation belongs to."""
        row = await self._one(
            "SELECT identifier FROM threads JOIN users ON users.id = user_id WHERE threads.id = ?", thread_id
        )
        if row is None:
            raise NotFound("That conversation is not in the history.")
        return str(row["identifier"])

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """One conversation with everything that was shown in it."""
        row = await self._one(_THREAD + " WHERE threads.id = ?", thread_id)
        if row is None:
            return None
        thread = _thread(row)
        steps = await self._all(
            "SELECT body FROM steps WHERE thread_id = ? ORDER BY created_at, rowid", thread_id
        )
        elements = await self._all("SELECT body FROM elements WHERE thread_id = ? ORDER BY rowid", thread_id)
        thread["steps"] = [cast(StepDict, json.loads(step["body"])) for step in steps]
        thread["elements"] = [cast(ElementDict, json.loads(element["body"])) for element in elements]
        return thread

    async def list_threads(
        self, pagination: Pagination, filters: ThreadFilter
    ) -> PaginatedResponse[ThreadDict]:
        """A user's conversations, the latest first, without what was said in them."""
        where, values = ["threads.user_id = ?"], [filters.userId]
        if filters.search:
            where.append(f"(instr(lower(threads.name), lower(?)) OR {_SAID})")
            values += [filters.search, filters.search]
        if pagination.cursor:
            where.append("(threads.updated_at, threads.id) < (SELECT updated_at, id FROM threads WHERE id = ?)")
            values.append(pagination.cursor)
        rows = await self._all(
            f"{_THREAD} WHERE {' AND '.join(where)} ORDER BY threads.updated_at DESC, threads.id DESC LIMIT ?",
            *values,
            pagination.first + 1,
        )
        threads = [_thread(row) for row in rows[: pagination.first]]
        return PaginatedResponse(
            pageInfo=PageInfo(
                hasNextPage=len(rows) > pagination.first,
                startCursor=threads[0]["id"] if threads else None,
                endCursor=threads[-1]["id"] if threads else None,
            ),
            data=threads,
        )

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Name a conversation, give it to its user, or change what is noted about it."""

        def update(database: sqlite3.Connection) -> None:
            if user_id is not None:
                _claim(database, thread_id, user_id)
            row = database.execute("SELECT metadata FROM threads WHERE id = ?", (thread_id,)).fetchone()
            # Chainlit notes the session when the page disconnects; that must not bring back a conversation
            # that was deleted meanwhile.
            if row is None:
                return
            merged = {**json.loads(row["metadata"]), **(metadata or {})}
            database.execute(
                "UPDATE threads SET name = coalesce(?, name), tags = coalesce(?, tags), metadata = ?"
                " WHERE id = ?",
                (
                    " ".join(name.split())[:_NAME_LENGTH] if name else None,
                    json.dumps(tags) if tags is not None else None,
                    json.dumps({key: value for key, value in merged.items() if value is not None}),
                    thread_id,
                ),
            )

        await self._transact(update)

    async def delete_thread(self, thread_id: str) -> None:
        """Forget a conversation and all that was shown in it."""
        await self._write("DELETE FROM threads WHERE id = ?", thread_id)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def create_step(self, step_dict: StepDict) -> None:
        """Keep a message or a step; a second time it replaces the first."""
        owner = _owner()
        step = {**step_dict, "streaming": False}
        created = step.get("createdAt") or utc_now()

        def put(database: sqlite3.Connection) -> None:
            _claim(database, step["threadId"], owner)
            _same_thread(database, "steps", step["id"], step["threadId"])
            database.execute(
                "INSERT INTO steps (id, thread_id, created_at, body) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at, body = excluded.body",
                (step["id"], step["threadId"], created, json.dumps(step)),
            )
            database.execute("UPDATE threads SET updated_at = ? WHERE id = ?", (utc_now(), step["threadId"]))

        await self._transact(put)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def update_step(self, step_dict: StepDict) -> None:
        """Replace a message or a step."""
        await self.create_step(step_dict)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def delete_step(self, step_id: str) -> None:
        """Forget a message or a step with what hangs on it."""

        def delete(database: sqlite3.Connection) -> None:
            database.execute("DELETE FROM elements WHERE step_id = ?", (step_id,))
            database.execute("DELETE FROM steps WHERE id = ?", (step_id,))

        await self._transact(delete)

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def create_element(self, element: Element) -> None:
        """Keep an element by its description; contents that live in a file are not kept."""
        owner = _owner()
        body = element.to_dict()
        thread_id = body["threadId"] or context.session.thread_id

        def put(database: sqlite3.Connection) -> None:
            _claim(database, thread_id, owner)
            _same_thread(database, "elements", body["id"], thread_id)
            database.execute(
                "INSERT INTO elements (id, thread_id, step_id, body) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET step_id = excluded.step_id, body = excluded.body",
                (body["id"], thread_id, body.get("forId"), json.dumps(body)),
            )

        await self._transact(put)

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """One element of a conversation."""
        row = await self._one("SELECT body FROM elements WHERE thread_id = ? AND id = ?", thread_id, element_id)
        return cast(ElementDict, json.loads(row["body"])) if row else None

    @queue_until_user_message()  # type: ignore[untyped-decorator]
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """Forget an element."""
        thread = thread_id or context.session.thread_id
        await self._write("DELETE FROM elements WHERE id = ? AND thread_id = ?", element_id, thread)

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """None: the page offers no favourites."""
        return []

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Refused: a thumb beside a film would look like a rating of the film."""
        raise Unavailable("XILFTEN keeps no thumbs; rate a film by telling it.")

    async def delete_feedback(self, feedback_id: str) -> bool:
        """False: there is no feedback."""
        return False

    async def build_debug_url(self) -> str:
        """Empty: there is no debugger."""
        return ""

    async def close(self) -> None:
        """Close the file."""
        await self._run(lambda: self._database.close())
        self._thread.shutdown(wait=False)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _one(self, query: str, *values: object) -> sqlite3.Row | None:
        return cast(
            sqlite3.Row | None, await self._run(lambda: self._database.execute(query, values).fetchone())
        )

    async def _all(self, query: str, *values: object) -> list[sqlite3.Row]:
        return await self._run(lambda: self._database.execute(query, values).fetchall())

    async def _write(self, statement: str, *values: object) -> None:
        await self._transact(lambda database: database.execute(statement, values))

    async def _transact(self, work: Callable[[sqlite3.Connection], object]) -> None:
        def transaction() -> None:
            with self._database:
                work(self._database)

        await self._run(transaction)


_SAID = (
    "EXISTS (SELECT 1 FROM steps WHERE thread_id = threads.id"
    " AND instr(lower(coalesce(json_extract(body, '$.output'), '')), lower(?)))"
)
_THREAD = "SELECT threads.*, users.identifier FROM threads LEFT JOIN users ON users.id = threads.user_id"


def _open(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=10)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(_SCHEMA)
    file.chmod(0o600)
    return database


def _owner() -> str | None:
    user = context.session.user
    return user.id if isinstance(user, PersistedUser) else None


def _claim(database: sqlite3.Connection, thread_id: str, owner: str | None) -> None:
    """Make sure the conversation exists and is the owner's; the page names ids freely, so this is checked."""
    now = utc_now()
    database.execute(
        "INSERT OR IGNORE INTO threads (id, user_id, created_at, updated_at) VALUES (?, ?, ?, ?)",
        (thread_id, owner, now, now),
    )
    if owner is None:
        return
    database.execute("UPDATE threads SET user_id = ? WHERE id = ? AND user_id IS NULL", (owner, thread_id))
    row = database.execute("SELECT user_id FROM threads WHERE id = ?", (thread_id,)).fetchone()
    if row["user_id"] != owner:
        raise Conflict("That conversation belongs to someone else.")


def _same_thread(database: sqlite3.Connection, table: str, row_id: str, thread_id: str) -> None:
    row = database.execute(f"SELECT thread_id FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if row is not None and row["thread_id"] != thread_id:
        raise Conflict("That belongs to another conversation.")


def _thread(row: sqlite3.Row) -> ThreadDict:
    return ThreadDict(
        id=row["id"],
        createdAt=row["created_at"],
        name=row["name"],
        userId=row["user_id"],
        userIdentifier=row["identifier"],
        tags=json.loads(row["tags"]),
        metadata=json.loads(row["metadata"]),
        steps=[],
        elements=[],
    )
