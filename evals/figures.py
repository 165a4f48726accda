"""What a run comes to in figures: shares with their intervals, and what turns cost."""

from collections.abc import Callable, Iterable
from math import ceil, sqrt
from pathlib import Path
from statistics import mean, median
from typing import Any

import yaml
from pydantic import BaseModel

from evals.results import ItemResult, Results, TurnResult

_TARGETS = Path(__file__).resolve().parent / "targets.yaml"
_Z = 1.959964
"""Standard deviations either side that hold 95 % of a normal distribution."""
_LOG_OR_PLAN = {"log_review", "log_viewing", "schedule"}
_CORRECT = {"update_review", "update_viewing", "move_event", "complete_event", "cancel_event"}


class Share(BaseModel):
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, from 0 to 1."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.hits / self.of, _Z**2 / self.of
        middle = share + spread / 2
        reach = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


class Target(BaseModel):
    """What a figure should come to: a least or a greatest value."""

    at_least: float | None = None
    at_most: float | None = None

    def met(self, value: float) -> bool:
        """Whether a value is on the right side."""
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


class Figure(BaseModel):
    """One line of the table.

    Attributes:
        key: its name in ``targets.yaml``.
        label: in words.
        value: a share from 0 to 1, or a number in ``unit``; None when it could not be measured.
        unit: ``%`` for a share.
        share: what it was counted from, of a share.
        n: how many turns or items it rests on.
    """

    key: str
    label: str
    value: float | None
    unit: str
    share: Share | None = None
    n: int


class Category(BaseModel):
    """One line of the table by category; shares are over the turns for which the question arises."""

    name: str
    turns: int
    tool: Share
    args: Share
    state: Share
    asked: Share
    false_writes: Share
    right: Share


def read_targets() -> dict[str, Target]:
    """The targets by figure."""
    found = yaml.safe_load(_TARGETS.read_text("utf-8"))
    return {key: Target.model_validate(target) for key, target in found.items()}


def by_category(results: Results) -> list[Category]:
    """The table by category, the whole of it last."""
    names = sorted({item.item.category for item in results.items})
    groups = [(name, [i for i in results.items if i.item.category == name]) for name in names]
    return [_category(name, items) for name, items in [*groups, ("all", results.items)]]


def overall(results: Results) -> list[Figure]:
    """The figures of the whole run."""
    items = results.items
    turns = [turn for item in items for turn in item.turns]
    return [
        _share("right_single", "single turns right", _right(items, "single")),
        _share("right_dialogues", "dialogues right, all turns of them", _right(items, "dialogue")),
        _share("right_paraphrases", "paraphrases right", _right(items, "paraphrase")),
        _share("pass_4", "intents with all four wordings right (pass^4)", _intents(items)),
        _share("false_writes", "turns that may not write and did", _false_writes(turns)),
        _share("invented", "turns with an invented argument in the database", _share_of(turns, _invents)),
        *_costs(turns),
    ]


def _category(name: str, items: list[ItemResult]) -> Category:
    turns = [turn for item in items for turn in item.turns]
    return Category(
        name=name,
        turns=len(turns),
        tool=_judged(turn.verdict.tool_right for turn in turns),
        args=_judged(turn.verdict.args_right for turn in turns),
        state=_judged(turn.verdict.state_right for turn in turns),
        asked=_judged(turn.verdict.asked_right for turn in turns if turn.expected.asks),
        false_writes=_false_writes(turns),
        right=_judged(turn.verdict.right for turn in turns),
    )


def _costs(turns: list[TurnResult]) -> list[Figure]:
    """What turns cost; those that write a mashup are another matter."""
    plain = [turn for turn in turns if "mash_up" not in turn.tools]
    acting = [turn for turn in plain if set(turn.tools) & (_LOG_OR_PLAN | _CORRECT)]
    alone = [turn for turn in plain if len(turn.tools) == 1 and turn.tools[0] in _LOG_OR_PLAN]
    beyond = [float(t.figures.beyond_words) for t in plain if t.figures.beyond_words is not None]
    signs = [t.figures.first_sign for t in plain if t.figures.first_sign is not None]
    taken = [turn.figures.seconds for turn in alone]
    calls = [float(turn.got.usage.model_calls) for turn in acting]
    return [
        _number("model_calls", "model calls of a turn that logs, plans or corrects, mean", "", calls, mean),
        _number("beyond_words", "prompt tokens evaluated beyond the words, median", "", beyond, median),
        _number("beyond_words_max", "the same, at most", "", beyond, max),
        _number("seconds", "turn that logs or plans one thing, median", "s", taken, median),
        _number("first_sign", "first visible sign, median", "s", signs, median),
        _number("first_sign_p95", "the same, 95th percentile", "s", signs, _p95),
    ]


def _right(items: list[ItemResult], kind: str) -> Share:
    return _judged(item.right for item in items if item.item.kind == kind)


def _intents(items: list[ItemResult]) -> Share:
    """Intents of which every wording was run and is right."""
    wordings: dict[str, list[bool]] = {}
    for item in items:
        if item.item.intent:
            wordings.setdefault(item.item.intent, []).append(item.right)
    return _judged(all(right) for right in wordings.values() if len(right) >= 4)


def _false_writes(turns: list[TurnResult]) -> Share:
    return _judged(turn.verdict.false_write for turn in turns if not turn.expected.writes)


def _invents(turn: TurnResult) -> bool:
    return bool(turn.verdict.invented)


def _share_of(turns: list[TurnResult], what: Callable[[TurnResult], bool]) -> Share:
    return _judged(what(turn) for turn in turns)


def _judged(verdicts: Iterable[bool | None]) -> Share:
    known = [verdict for verdict in verdicts if verdict is not None]
    return Share(hits=sum(known), of=len(known))


def _share(key: str, label: str, share: Share) -> Figure:
    return Figure(key=key, label=label, value=share.value, unit="%", share=share, n=share.of)


def _number(key: str, label: str, unit: str, values: list[float], what: Callable[[list[float]], Any]) -> Figure:
    value = float(what(values)) if values else None
    return Figure(key=key, label=label, value=value, unit=unit, n=len(values))


def _p95(values: list[float]) -> float:
    return sorted(values)[ceil(0.95 * len(values)) - 1]
