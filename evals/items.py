"""The conversations as data: what is said, and what each turn must do, leave, ask and say.

``docs/agent.md`` explains how to write one.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from store.errors import Unavailable

FOLDER = Path(__file__).resolve().parent
Part = Literal["development", "reporting"]
PARTS: tuple[Part, ...] = ("development", "reporting")
Rows = dict[str, list[dict[str, Any]]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ToolCall(_Strict):
    """A tool call that prepares a library."""

    tool: str
    args: dict[str, Any] = Field(default_factory=dict)


class Leaves(_Strict):
    """How a turn must change the library: rows by view of ``evals.state``; what is not named must not change.

    A row names its columns; an added row's others must be at their defaults, and a changed row names what
    tells which it is and all that is new.
    """

    added: Rows = Field(default_factory=dict)
    changed: Rows = Field(default_factory=dict)
    removed: Rows = Field(default_factory=dict)


class Turn(_Strict):
    """One message and what it must come to.

    Attributes:
        say: the user's words.
        tools: the tools that must run, in order; ``a|b`` allows either; None where it does not matter.
        args: for each of these, arguments it must have been called with; others are not judged.
        asks: whether the reply must be a question back, a confirmation, or neither.
        leaves: the change it makes, or several of which any will do.
        says: what the reply must contain, whatever the case.
        never: what it must not contain.
    """

    say: str
    tools: list[str] | None = None
    args: list[dict[str, Any]] = Field(default_factory=list)
    asks: Literal["question", "confirm"] | None = None
    leaves: list[Leaves] = Field(default_factory=lambda: [Leaves()])
    says: list[str] = Field(default_factory=list)
    never: list[str] = Field(default_factory=list)

    @field_validator("leaves", mode="before")
    @classmethod
    def _any_of(cls, value: Any) -> Any:
        return value if isinstance(value, list) else [value]

    @model_validator(mode="after")
    def _aligned(self) -> "Turn":
        if len(self.args) > len(self.tools or []):
            raise ValueError("args go with tools: name the tools, in order")
        return self

    @property
    def writes(self) -> bool:
        """Whether it may change the library at all."""
        return any(leaves != Leaves() for leaves in self.leaves)


class Item(_Strict):
    """A conversation.

    Attributes:
        id: unique, such as ``ratings-07``.
        now: the clock; the library's own by default.
        given: calls that prepare the library further.
        turns: one for a single turn, two to six for a dialogue.
        category: the file it stands in.
        part: development, or reporting, which is run for the figures alone and never tuned on.
        intent: for a paraphrase, the id of what it says in other words.
    """

    id: str
    now: datetime | None = None
    given: list[ToolCall] = Field(default_factory=list)
    turns: list[Turn] = Field(min_length=1, max_length=6)
    category: str = ""
    part: Part = "development"
    intent: str | None = None

    @property
    def kind(self) -> Literal["single", "dialogue", "paraphrase"]:
        """What it counts as in the table."""
        if self.intent:
            return "paraphrase"
        return "single" if len(self.turns) == 1 else "dialogue"


class StartingLibrary(_Strict):
    """What ``library.yaml`` holds."""

    clock: datetime
    calls: list[ToolCall]


@cache
def starting_library() -> StartingLibrary:
    """The library and the moment every conversation starts from."""
    return StartingLibrary.model_validate(_read(FOLDER / "library.yaml"))


@cache
def read_items() -> tuple[Item, ...]:
    """All conversations of both parts.

    Raises:
        Unavailable: there are none.
        ValueError: a file is not as it should be, or an id is used twice.
    """
    items: list[Item] = []
    for part in PARTS:
        for path in sorted((FOLDER / part).glob("*.yaml")):
            for entry in _read(path) or []:
                items += _items(entry, {"category": path.stem, "part": part})
    ids = [item.id for item in items]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise ValueError(f"used twice as an id: {', '.join(twice)}")
    if not items:
        raise Unavailable(f"There are no conversations in {FOLDER}. They come with a checkout of the program.")
    return tuple(items)


class Subset(_Strict):
    """What ``subset.yaml`` holds: the conversations that every change is held against.

    Attributes:
        recorded: the share of them that was right when it was last measured.
        items: their ids.
    """

    recorded: float = Field(ge=0, le=1)
    items: list[str]


def read_subset() -> Subset:
    """The conversations that every change is held against."""
    return Subset.model_validate(_read(FOLDER / "subset.yaml"))


def choose_items(
    all_items: Iterable[Item],
    *,
    part: Part = "development",
    categories: Iterable[str] = (),
    ids: Iterable[str] = (),
    kind: str | None = None,
    among: Iterable[str] | None = None,
) -> list[Item]:
    """The conversations that fit all that is asked.

    Args:
        all_items: to choose from.
        part: development or reporting.
        categories: only these.
        ids: only those whose id begins with one of these.
        kind: only single, dialogue or paraphrase.
        among: only these ids.
    """
    categories, ids = tuple(categories), tuple(ids)
    known = None if among is None else set(among)
    return [
        item
        for item in all_items
        if item.part == part
        and (not categories or item.category in categories)
        and (not ids or item.id.startswith(ids))
        and kind in (None, item.kind)
        and (known is None or item.id in known)
    ]


def _items(entry: dict[str, Any], place: dict[str, str]) -> list[Item]:
    """An entry with ``paraphrases`` is one intent in several wordings, one without ``turns`` a single turn."""
    about: dict[str, Any] = {key: entry.pop(key) for key in ("id", "now", "given") if key in entry} | place
    wordings = entry.pop("paraphrases", None)
    if not wordings:
        return [Item.model_validate({**about, "turns": entry.pop("turns", None) or [entry]})]
    intent = about.pop("id")
    return [
        Item.model_validate(
            {**about, "id": f"{intent}.{n}", "intent": intent, "turns": [{"say": wording, **entry}]}
        )
        for n, wording in enumerate(wordings, 1)
    ]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
