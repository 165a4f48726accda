"""What was changed, and taking it back."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from store.errors import NotFound
from store.journal import recent_acts, undo_last
from store.store import Store
from tools.films import numbered
from tools.tool import Result, tool


class Change(BaseModel):
    """One act of the journal; times are UTC."""

    tool: str
    label: str
    acted_at: datetime
    undone: bool


class Changes(Result):
    """Acts, newest first."""

    changes: list[Change]


@tool("write")
def undo(store: Store, *, count: Annotated[int, Field(ge=1, le=50)] = 1) -> Changes:
    """Take back the last change, or the last few.

    Args:
        store: the library.
        count: how many acts, 1 to 50.

    Raises:
        NotFound: nothing is left to undo.
        Conflict: something else changed a row since; acts undone before it stay undone.
    """
    changes: list[Change] = []
    for _ in range(count):
        try:
            act = undo_last(store.db)
        except NotFound:
            if not changes:
                raise
            break
        changes.append(Change(tool=act.tool, label=act.label, acted_at=act.acted_at, undone=True))
    if len(changes) == 1:
        return Changes(summary=f"Undone: {changes[0].label}", changes=changes)
    lines = numbered([change.label for change in changes])
    return Changes(summary=f"Undone, the last {len(changes)}:\n{lines}", changes=changes)


@tool("read")
def list_changes(store: Store, *, limit: Annotated[int, Field(ge=1, le=100)] = 10) -> Changes:
    """Show what was changed lately, newest first.

    Args:
        store: the library.
        limit: how many acts at most, 1 to 100.

    Raises:
        Invalid: the limit is outside its range.
    """
    changes = [
        Change(tool=act.tool, label=act.label, acted_at=act.acted_at, undone=act.undone_at is not None)
        for act in recent_acts(store.db, limit)
    ]
    if not changes:
        return Changes(summary="Nothing has been changed yet.", changes=[])
    lines = [f"{change.label}{' (undone)' if change.undone else ''}" for change in changes]
    return Changes(summary=numbered(lines), changes=changes)
