"""What was changed, and taking it back."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

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

    Of several, one that cannot be taken back is passed over and named.

    Args:
        store: the library.
        count: how many acts, 1 to 50.

    Raises:
        NotFound: nothing is left to undo.
        Conflict: something else changed a row since, so that none of them can be undone; nothing was changed.
    """
    acts = undo_last(store.db, count)
    changes = [
        Change(tool=act.tool, label=act.label, acted_at=act.acted_at, undone=not act.obstacle) for act in acts
    ]
    undone = [change.label for change in changes if change.undone]
    if len(undone) == 1:
        summary = f"Undone: {undone[0]}"
    else:
        last = "the last " if len(undone) == len(acts) else ""
        summary = f"Undone, {last}{len(undone)}:\n{numbered(undone)}"
    for act in acts:
        if act.obstacle:
            summary += f"\nNot undone: {act.label} The reason: {act.obstacle}."
    return Changes(summary=summary, changes=changes)


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
