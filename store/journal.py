"""Taking acts back: the journal holds every row before and after, so the inverse needs no code per tool."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from store.database import Database, Row, Write, encode_row, utc_now
from store.errors import Conflict, Invalid, NotFound
from store.integrity import key_of

_ACTS = """
SELECT act, any_value(tool) AS tool, any_value(label) AS label, min(acted_at) AS acted_at,
    any_value(undone_at) AS undone_at, count(*) AS changes
FROM journal GROUP BY act HAVING {which} ORDER BY max(seq) DESC LIMIT ?
"""
_CHANGES = """
SELECT seq, table_name, before, after FROM journal WHERE act = ? AND undone_at IS NULL ORDER BY seq DESC
"""


@dataclass(frozen=True)
class Act:
    """One act of the journal: what a tool did in one transaction; ``obstacle`` is why undoing it failed."""

    act: UUID
    tool: str
    label: str
    acted_at: datetime
    undone_at: datetime | None
    changes: int
    obstacle: str = ""


def recent_acts(database: Database, limit: int = 10) -> list[Act]:
    """The newest acts first, undone ones among them."""
    return _acts(database, "TRUE", limit)


def _acts(database: Database, which: str, limit: int) -> list[Act]:
    return [Act(**row) for row in database.read(_ACTS.format(which=which), [limit])]


def undo_last(database: Database, count: int = 1) -> list[Act]:
    """Take back the newest acts that still stand, each whole and in a transaction of its own.

    One that cannot be undone is passed over, so that it does not block the older ones for good. Each is held
    against the rows as they are, so what rests on a blocked one is blocked too.

    Args:
        database: the library.
        count: how many acts to try.

    Returns:
        The acts tried, newest first; those with an ``obstacle`` still stand.

    Raises:
        NotFound: nothing is left to undo.
        Conflict: none of them can be undone; nothing was changed.
    """
    standing = _acts(database, "count(undone_at) = 0", count + 1)
    if not standing:
        raise NotFound("There is nothing to undo.")
    tried = []
    for act in standing[:count]:
        try:
            _undo(database, act)
            tried.append(act)
        except (Conflict, Invalid, NotFound) as error:
            tried.append(replace(act, obstacle=str(error).rstrip(".")))
    newest = tried[0]
    if all(act.obstacle for act in tried):
        past = f" To go past it, undo the last {count + 1} changes." if len(standing) > count else ""
        raise Conflict(
            f"“{newest.label.rstrip('.')}” cannot be undone: {newest.obstacle}. Nothing was changed.{past}"
        )
    return tried


def _undo(database: Database, act: Act) -> None:
    with database.write("undo", undoable=False) as write:
        changes = write.read(_CHANGES, [act.act])
        gaps = not changes or changes[0]["seq"] - changes[-1]["seq"] + 1 != len(changes)
        if gaps or not all(change["before"] or change["after"] for change in changes):
            raise Conflict("its record in the journal is not whole")
        write.restoring = True
        for change in changes:
            before, after = (json.loads(change[side]) if change[side] else None for side in ("before", "after"))
            _invert(write, change["table_name"], before, after)
        write.execute("UPDATE journal SET undone_at = ? WHERE act = ?", [utc_now(), act.act])


def _invert(write: Write, table: str, before: Row | None, after: Row | None) -> None:
    image = after or before or {}
    key = {column: image[column] for column in key_of(table)}
    now = write.find(table, key)
    if not _same(table, now, after):
        raise _changed_since(table)
    if before is None:
        write.delete(table, UUID(key["id"]) if "id" in key else key)
    elif after is None:
        try:
            write.insert(table, before)
        except NotFound as error:
            raise _changed_since(table) from error
    else:
        changes = {column: value for column, value in before.items() if value != after[column]}
        write.update(table, UUID(before["id"]), changes)


def _changed_since(table: str) -> Conflict:
    return Conflict(f"{table.replace('_', ' ')} was changed since by something else")


# Derived by the write path, so they may differ from the image without harm.
_DERIVED = {"people": {"overall_rating", "total_works", "updated_at"}, "recommendation_criteria": {"use_count"}}


def _same(table: str, now: Row | None, then: Row | None) -> bool:
    if now is None or then is None:
        return now is None and then is None
    current = json.loads(encode_row(now) or "{}")
    ignored = _DERIVED.get(table, set())
    return all(current.get(column) == value for column, value in then.items() if column not in ignored)
