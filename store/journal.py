"""Taking acts back: the journal holds every row before and after, so the inverse needs no code per tool."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Database, Row, Write, encode_row, utc_now
from store.errors import Conflict, NotFound
from store.integrity import key_of

_ACTS = """
SELECT act, any_value(tool) AS tool, any_value(label) AS label, min(acted_at) AS acted_at,
    any_value(undone_at) AS undone_at, count(*) AS changes
FROM journal GROUP BY act ORDER BY max(seq) DESC LIMIT ?
"""
_NEWEST = """
SELECT act, tool, label, acted_at, table_name, before, after FROM journal
WHERE act = (SELECT act FROM journal WHERE undone_at IS NULL ORDER BY seq DESC LIMIT 1) ORDER BY seq DESC
"""


@dataclass(frozen=True)
class Act:
    """One act of the journal: what a tool did in one transaction."""

    act: UUID
    tool: str
    label: str
    acted_at: datetime
    undone_at: datetime | None
    changes: int


def recent_acts(database: Database, limit: int = 10) -> list[Act]:
    """The newest acts first, undone ones among them."""
    return [Act(**row) for row in database.read(_ACTS, [limit])]


def undo_last(database: Database) -> Act:
    """Take back the newest act that still stands, whole.

    Returns:
        The act that was undone.

    Raises:
        NotFound: nothing is left to undo.
        Conflict: a row was changed since by something that is not in the journal; nothing was undone.
    """
    with database.write("undo", undoable=False) as write:
        changes = write.read(_NEWEST)
        if not changes:
            raise NotFound("There is nothing to undo.")
        newest = changes[0]
        act = Act(newest["act"], newest["tool"], newest["label"], newest["acted_at"], None, len(changes))
        write.restoring = True
        for change in changes:
            _invert(
                write,
                change["table_name"],
                json.loads(change["before"]) if change["before"] else None,
                json.loads(change["after"]) if change["after"] else None,
            )
        write.execute("UPDATE journal SET undone_at = ? WHERE act = ?", [utc_now(), act.act])
    return act


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
    return Conflict(
        f"That cannot be undone: {table.replace('_', ' ')} was changed since by something else. "
        "Nothing was changed."
    )


# Derived by the write path, so they may differ from the image without harm.
_DERIVED = {"people": {"overall_rating", "total_works", "updated_at"}, "recommendation_criteria": {"use_count"}}


def _same(table: str, now: Row | None, then: Row | None) -> bool:
    if now is None or then is None:
        return now is None and then is None
    current = json.loads(encode_row(now) or "{}")
    ignored = _DERIVED.get(table, set())
    return all(current.get(column) == value for column, value in then.items() if column not in ignored)
