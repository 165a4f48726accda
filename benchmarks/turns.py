"""With the built-in model: the start until it is ready, its memory, and warm turns."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import uuid4

from figures import Figure
from memory import TURN, memory_parts
from models import weights_beside
from processes import App, environment

from agent import Companion, Done, Turn
from store.settings import Settings

_LATER_STARTS = 2
_TITLES = ("Alien", "Heat", "Casablanca", "Spirited Away", "The Matrix", "Blade Runner", "A Separation")
_LOG = "I watched {title} yesterday, 8 out of 10. Tense."
_PLAN = "schedule {title} for Friday at 8pm"


def starting_with_model(home: Path, scratch: Path) -> Iterator[Figure]:
    """Seconds until the model is ready, first with its prefix unread, then restored from disk; memory."""
    models = weights_beside(scratch)
    # A busy machine may read the instructions for longer than the usual patience; it is measured all the same.
    settings = {"XILFTEN_MODELS": str(models), "XILFTEN_BACKEND": "embedded", "XILFTEN_TIMEOUT": "600"}
    env = environment(scratch, XILFTEN_HOME=str(home), **settings)
    ready: list[float] = []
    page: list[float] = []
    used: dict[str, float] = {}
    for _ in range(1 + _LATER_STARTS):
        with App(env, scratch) as app:
            page.append(app.seconds_until("/"))
            ready.append(app.seconds_until("/health", model_ready=True))
            app.say(TURN)
            used = app.memory()
    yield Figure("start until the page answers, model loading beside it", page[1:], "s", 8)
    yield Figure(
        "first start until the model is ready", ready[:1], "s", note="weights there, instructions read anew"
    )
    yield Figure("later start until the model is ready", ready[1:], "s", note="instructions restored from disk")
    mapped = used["RssFile"] > 800
    weights = (
        "the weights are mapped, so shared and given back under pressure"
        if mapped
        else "the weights are copied"
    )
    yield Figure(
        "RSS of the app with the model, after a turn",
        [used["VmRSS"]],
        "MB",
        note=f"{memory_parts(used)}; {weights}",
    )


def turns(home: Path, models: Path) -> Iterator[Figure]:
    """Warm turns in one process, each about another title in a new conversation."""
    companion = Companion.open(Settings(home=home, models=models, backend="embedded"))
    try:
        companion.warm()
        _turn(companion, _LOG.format(title="Inception"))
        for name, tool, words in (("log", "log_review", _LOG), ("plan", "schedule", _PLAN)):
            taken = [_turn(companion, words.format(title=title)) for title in _TITLES]
            yield from _figures(name, tool, taken)
    finally:
        companion.close()


@dataclass
class _Taken:
    """A turn, and the seconds until each kind of event first came."""

    turn: Turn = field(default_factory=Turn)
    first: dict[str, float] = field(default_factory=dict)


def _figures(name: str, tool: str, runs: list[_Taken]) -> Iterator[Figure]:
    signs = [min(run.first.values()) for run in runs]
    yield Figure(f"warm turn, {name}: first event", signs, "s", 0.3)
    understood = [run.first["understood"] for run in runs]
    yield Figure(f"warm turn, {name}: what code read is shown", understood, "s", 0.3)
    yield Figure(f"warm turn, {name}: first text", [run.first["text"] for run in runs], "s")
    taken = [run.turn for run in runs]
    right = sum(bool(turn.calls) and turn.calls[0].tool == tool and not turn.calls[0].error for turn in taken)
    model = median(turn.model_seconds for turn in taken)
    note = f"{right} of {len(taken)} did {tool}; the model's share {model:.2f} s"
    yield Figure(f"warm turn, {name}", [turn.seconds for turn in taken], "s", note=note)
    prompt = median(turn.usage.prompt_tokens for turn in taken)
    evaluated = [float(turn.usage.evaluated_tokens or 0) for turn in taken]
    yield Figure(f"warm turn, {name}: prompt tokens evaluated", evaluated, "tokens", note=f"of {prompt:.0f}")
    completion = [float(turn.usage.completion_tokens) for turn in taken]
    yield Figure(f"warm turn, {name}: tokens written", completion, "tokens")


def _turn(companion: Companion, words: str) -> _Taken:
    taken = _Taken()
    started = time.monotonic()
    for event in companion.turn(str(uuid4()), words):
        taken.first.setdefault(event.kind, time.monotonic() - started)
        if isinstance(event, Done):
            taken.turn = event.turn
    return taken
