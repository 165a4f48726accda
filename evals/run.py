"""Running conversations: each on its own copy of the starting library, all with one warm model."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from agent import Companion, Event, Turn
from agent.backends import Backend, choose_backend
from agent.prompt import read_data
from evals import items
from evals.items import Item, starting_library
from evals.native import CONTEXT, NativeAgent
from evals.results import Figures, ItemResult, TurnResult
from evals.score import score_turn
from evals.state import difference, read_state
from store.settings import Settings
from tools import Library, open_library

log = logging.getLogger(__name__)
Progress = Callable[[str, float | None], None]
_PATIENCE = 1800.0
"""Seconds to wait for a word: what a slow machine says late is judged all the same."""
_SIGNS = ("thinking", "understood", "step", "text")
"""Events that show a user what comes of their words, not only that they were heard."""


class Talker(Protocol):
    """What can be judged: it has a library and takes turns, the last event of which is Done."""

    library: Library

    def turn(self, thread: str, text: str) -> Iterator[Event]:
        """One turn of a conversation."""

    def close(self) -> None:
        """Give back the library."""


class Stage:
    """The starting library and the warm model that all conversations of a run share.

    Args:
        settings: which model; the user's own library is not touched.
        native: let the plain agent of ``evals.native`` talk instead of the companion.
        progress: told of long steps.

    Raises:
        Unavailable: no model can be had.
    """

    def __init__(
        self, settings: Settings | None = None, *, native: bool = False, progress: Progress | None = None
    ) -> None:
        given = settings or Settings()
        context = max(given.num_ctx, CONTEXT) if native else given.num_ctx
        self._settings = given.model_copy(update={"timeout": max(given.timeout, _PATIENCE), "num_ctx": context})
        self._native = native
        self._owned = ExitStack()
        self._folder = Path(self._owned.enter_context(tempfile.TemporaryDirectory(prefix="xilften-eval-")))
        self._start = self._folder / "start"
        progress = progress or (lambda sentence, share: None)
        try:
            progress("Preparing the starting library", None)
            prepare_library(self._start)
            self.backend = self._warm(progress)
        except BaseException:
            self.close()
            raise

    def play(self, item: Item) -> ItemResult:
        """Hold one conversation, in a library of its own, and judge it; what breaks is part of the verdict."""
        now = item.now or starting_library().clock
        home = self._start_copy("item")
        result = ItemResult(item=item)
        try:
            talker = self._open(home, now)
            try:
                for call in item.given:
                    talker.library.call(call.tool, call.args)
                for number, expected in enumerate(item.turns):
                    words = "\n".join(turn.say for turn in item.turns[: number + 1])
                    result.turns.append(self._turn(talker, expected, words, now))
            finally:
                talker.close()
        except Exception as error:
            log.exception("%s broke", item.id)
            result.error = f"{type(error).__name__}: {error}"
        finally:
            shutil.rmtree(home, ignore_errors=True)
        return result

    def close(self) -> None:
        """Give back the model and the libraries."""
        self._owned.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _warm(self, progress: Progress) -> Backend:
        """What the first start of the program does, once for all conversations."""
        settings = self._settings.model_copy(update={"home": self._start_copy("warm")})
        library = open_library(settings, clock=lambda: starting_library().clock)
        self._owned.callback(library.close)
        library.vectors.search("media_embeddings", "a film", 1)
        if self._native:
            backend = choose_backend(settings, progress)
            self._owned.callback(backend.close)
            NativeAgent(library, backend).warm()
            return backend
        companion = Companion(library, settings, progress)
        self._owned.callback(companion.close)
        companion.warm()
        return companion.backend()

    def _turn(self, talker: Talker, expected: items.Turn, words: str, now: datetime) -> TurnResult:
        before = read_state(talker.library)
        figures = Figures()
        got = Turn()
        error = ""
        started = time.monotonic()
        try:
            for event in talker.turn("conversation", expected.say):
                passed = round(time.monotonic() - started, 3)
                if event.kind == "done":
                    got = event.turn
                    continue
                if event.kind in _SIGNS and figures.first_sign is None:
                    figures.first_sign = passed
                if event.kind == "text" and figures.first_text is None:
                    figures.first_text = passed
        except Exception as broken:
            log.exception("a turn broke")
            error = f"{type(broken).__name__}: {broken}"
        figures.seconds = round(time.monotonic() - started, 3)
        if not error and read_data("questions.yaml")["broken"] in got.reply:
            error = "the program broke inside the turn"
        figures.beyond_words = _beyond_words(self.backend, got, expected.say)
        changes = difference(before, read_state(talker.library))
        verdict = score_turn(expected, got, changes, words=words, now=now, error=error)
        return TurnResult(
            expected=expected, got=got, changes=changes, verdict=verdict, figures=figures, error=error
        )

    def _open(self, home: Path, now: datetime) -> Talker:
        settings = self._settings.model_copy(update={"home": home})
        library = open_library(settings, clock=lambda: now)
        if self._native:
            return NativeAgent(library, self.backend)
        return Companion(library, settings, backend=self.backend)

    def _start_copy(self, name: str) -> Path:
        home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self._folder)) / "home"
        shutil.copytree(self._start, home)
        return home


def prepare_library(home: Path) -> None:
    """Make the starting library: the seeds and the calls of ``library.yaml``, indexed and closed.

    Args:
        home: a folder that is not there yet.
    """
    start = starting_library()
    with open_library(Settings(home=home), clock=lambda: start.clock) as library:
        for call in start.calls:
            library.call(call.tool, call.args)
        library.vectors.catch_up()


def _beyond_words(backend: Backend, got: Turn, words: str) -> int | None:
    evaluated = got.usage.evaluated_tokens
    if evaluated is None or not got.usage.model_calls:
        return None
    return max(0, evaluated - backend.count_tokens(words))
