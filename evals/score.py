"""The verdict on one turn: what it should have come to, held against what it came to."""

import re
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from agent import events
from evals.items import Leaves, Turn
from evals.state import DEFAULTS, FREE, KEYS, Changes, Row
from evals.values import said, same, same_arguments

_MARKUP = re.compile(r"[*_`\\]")
_TRAILING = r"(?!\d|[.,]\d*[1-9])"
"""After a figure that is to be found as it is: "9" stands in "9/10" and "9.0", not in "9.5" or "95"."""
_LEADING = r"(?<![\d.,])"


class Verdict(BaseModel):
    """How one turn went.

    Attributes:
        tool_right: the tools that ran, one by one, are those named; None where none are named.
        args_right: their judged arguments have the right values; None where none are judged.
        state_right: the library changed as it should, and in nothing else.
        asked_right: it asked back, or for a confirmation, when it should and only then.
        said_right: there is a reply, and it holds what it must and nothing it must not.
        false_write: the turn may not write and something changed.
        invented: columns filled that neither the item names nor the user said, as ``view.column=value``.
        unasked: columns filled with a value of the user's words that does not belong there.
        faults: what is wrong, for a human to read.
        right: all that counts for this turn is right.
    """

    tool_right: bool | None
    args_right: bool | None
    state_right: bool
    asked_right: bool
    said_right: bool
    false_write: bool
    invented: list[str] = Field(default_factory=list)
    unasked: list[str] = Field(default_factory=list)
    faults: list[str] = Field(default_factory=list)
    right: bool = False


class _Filled(BaseModel):
    """A column with a value that nobody named and that is not its default."""

    view: str
    column: str
    value: Any

    def __str__(self) -> str:
        return f"{self.view}.{self.column}={self.value}"


class _Account(BaseModel):
    """What is wrong with a change: ``faults`` in words, ``filled`` the columns nobody named."""

    faults: list[str] = Field(default_factory=list)
    filled: list[_Filled] = Field(default_factory=list)

    @property
    def weight(self) -> int:
        return len(self.faults) + len(self.filled)

    def add(self, other: "_Account") -> None:
        self.faults += other.faults
        self.filled += other.filled


def score_turn(
    expected: Turn, got: events.Turn, changes: Changes, *, words: str, now: datetime, error: str = ""
) -> Verdict:
    """Judge one turn.

    Args:
        expected: what the item says of it.
        got: what the companion did.
        changes: how the library changed during it.
        words: all the user has said in this conversation, this turn included.
        now: the clock.
        error: what broke in the program, if anything did; the turn is then wrong whatever it left.
    """
    faults = [error] if error else []
    tool_right = _tools_right(expected, got, faults)
    args_right = _args_right(expected, got, now, faults)
    account = min((_compare(leaves, changes) for leaves in expected.leaves), key=lambda a: a.weight)
    faults += account.faults
    faults += [f"{filled} was not named" for filled in account.filled]
    written = any(changes.values())
    asked_right = _asked_right(expected, got, written, faults)
    said_right = _said_right(expected, got.reply, faults)
    state_right = account.weight == 0
    right = state_right and asked_right and said_right and not got.failed and not error
    if not expected.writes:
        right = right and tool_right is not False and args_right is not False
    if got.failed:
        faults.append("the model did not answer")
    unasked = [str(filled) for filled in account.filled if said(filled.value, words, now)]
    return Verdict(
        tool_right=tool_right,
        args_right=args_right,
        state_right=state_right,
        asked_right=asked_right,
        said_right=said_right,
        false_write=written and not expected.writes,
        invented=[str(filled) for filled in account.filled if str(filled) not in unasked],
        unasked=unasked,
        faults=faults,
        right=right,
    )


def _tools_right(expected: Turn, got: events.Turn, faults: list[str]) -> bool | None:
    if expected.tools is None:
        return None
    ran = [call.tool for call in got.calls]
    right = len(ran) == len(expected.tools) and all(
        tool in allowed.split("|") for tool, allowed in zip(ran, expected.tools, strict=True)
    )
    if not right:
        faults.append(f"ran {ran or 'no tool'}, not {expected.tools or 'none'}")
    return right


def _args_right(expected: Turn, got: events.Turn, now: datetime, faults: list[str]) -> bool | None:
    if not any(expected.args):
        return None
    wrong: list[str] = []
    for position, wanted in enumerate(expected.args):
        call = got.calls[position] if position < len(got.calls) else events.Call(tool="")
        wrong += [f"{call.tool} had {fault}" for fault in same_arguments(call.tool, wanted, call.args, now)]
    faults += wrong
    return not wrong


def _asked_right(expected: Turn, got: events.Turn, written: bool, faults: list[str]) -> bool:
    if expected.asks == "confirm":
        right = got.confirm is not None
    elif expected.asks == "question":
        told = "?" in got.reply or any(call.error for call in got.calls)
        right = got.confirm is None and bool(got.question or (told and not written))
    else:
        right = got.confirm is None
    if not right:
        asked = "a confirmation" if got.confirm else "a question" if got.question else "nothing"
        faults.append(f"asked {asked}, not {expected.asks or 'nothing'}")
    return right


def _said_right(expected: Turn, reply: str, faults: list[str]) -> bool:
    missing = [text for text in expected.says if not _contains(reply, text)]
    forbidden = [text for text in expected.never if _contains(reply, text)]
    faults += [f"did not say {text!r}" for text in missing]
    faults += [f"said {text!r}" for text in forbidden]
    faults += [] if reply.strip() else ["said nothing"]
    return bool(reply.strip()) and not missing and not forbidden


def _contains(reply: str, text: str) -> bool:
    pattern = re.escape(_MARKUP.sub("", text))
    if text[:1].isdigit():
        pattern = _LEADING + pattern
    if text[-1:].isdigit():
        pattern += _TRAILING
    return re.search(pattern, _MARKUP.sub("", reply), re.IGNORECASE) is not None


def _compare(leaves: Leaves, changes: Changes) -> _Account:
    account = _Account()
    for how, judge in (("added", _added), ("changed", _changed), ("removed", _removed)):
        wanted, found = getattr(leaves, how), changes[how]
        for view in [*wanted, *(view for view in found if view not in wanted)]:
            account.add(_match(how, judge, view, wanted.get(view, []), found.get(view, [])))
    return account


def _match(how: str, judge: Any, view: str, wanted: list[Row], found: list[Row]) -> _Account:
    """Each named row goes with the row that fits it best; what is left over on either side is a fault."""
    pairs = [
        (judged.weight, i, j, judged)
        for i, row in enumerate(wanted)
        for j, other in enumerate(found)
        if (judged := judge(view, row, other)) is not None
    ]
    account = _Account()
    left, right = set(range(len(wanted))), set(range(len(found)))
    for _, i, j, judged in sorted(pairs, key=lambda pair: pair[:3]):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            account.add(judged)
    account.faults += [f"{view}: {how} no {_short(wanted[i])}" for i in sorted(left)]
    for j in sorted(right):
        account.faults.append(f"{view}: {how} {_short(found[j])}")
        if how == "added":
            account.filled += _filled(view, found[j], named=set(KEYS[view]))
    return account


def _added(view: str, wanted: Row, found: Row) -> _Account | None:
    if not _same_identity(view, wanted, [found]):
        return None
    account = _Account(faults=_wrong(view, wanted, found))
    account.filled = _filled(view, found, named=set(wanted))
    return account


def _changed(view: str, wanted: Row, found: Row) -> _Account | None:
    was, now = found["was"], found["is"]
    if not _same_identity(view, wanted, [was, now]):
        return None
    new = {column: value for column, value in wanted.items() if column not in KEYS[view]}
    renamed = {column: value for column, value in wanted.items() if column in KEYS[view]}
    account = _Account(faults=_wrong(view, new, now))
    derived = {"media"} if view == "media" else set()
    account.filled = [
        _Filled(view=view, column=column, value=value)
        for column, value in now.items()
        if value != was[column] and column not in {*new, *derived}
        # A row may be named by what it was called or by its new name, and is then said to be called so.
        if not (column in renamed and same(column, renamed[column], value))
    ]
    return account


def _removed(view: str, wanted: Row, found: Row) -> _Account | None:
    return None if _wrong(view, wanted, found) else _Account()


def _same_identity(view: str, wanted: Row, rows: list[Row]) -> bool:
    return all(
        any(same(column, wanted[column], row[column]) for row in rows)
        for column in KEYS[view]
        if column in wanted
    )


def _wrong(view: str, wanted: Row, found: Row) -> list[str]:
    return [
        f"{view}: {column} {found.get(column)!r}, not {value!r}"
        for column, value in wanted.items()
        if column not in found or not same(column, value, found[column])
    ]


def _filled(view: str, row: Row, named: set[str]) -> list[_Filled]:
    return [
        _Filled(view=view, column=column, value=value)
        for column, value in row.items()
        if column not in named and column not in FREE.get(view, ()) and value != DEFAULTS[view].get(column)
    ]


def _short(row: Row) -> str:
    """A row by what it holds, without what is empty; of a change, by what it became."""
    if row.keys() == {"was", "is"}:
        was, now = row["was"], row["is"]
        new = {column: value for column, value in now.items() if value != was[column]}
        name = next((was[column] for column in ("media", "name", "label", "sources") if was.get(column)), "")
        return f"{name}: {new}"
    return str({column: value for column, value in row.items() if value is not None})
