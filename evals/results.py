"""The results of a run as a file, complete enough to be judged and compared later."""

import json
import os
import subprocess
import urllib.request
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, Field

from agent.events import Turn as Got
from evals.items import Item, Part, Turn
from evals.score import Verdict
from evals.state import Changes
from store.settings import Settings

_ROOT = Path(__file__).resolve().parent.parent


class About(BaseModel):
    """What was run, and on what.

    Attributes:
        model: the backend's name, such as ``ollama/qwen2.5:3b``.
        server: llama.cpp's or Ollama's version, empty where it is not known.
        loop: ours, or the plain agent that it is compared with.
        commit: of the program, with ``+changes`` if its files differ from it.
        started: local time.
        part: which half of the conversations.
        cores: how many the process may use.
    """

    model: str
    server: str = ""
    loop: str = "xilften"
    commit: str = "unknown"
    started: datetime
    part: Part
    cores: int


class Figures(BaseModel):
    """What one turn cost.

    Attributes:
        seconds: from the words to the end of the turn.
        first_sign: seconds to the first thing a user sees.
        first_text: seconds to the reply's first words; None without any.
        beyond_words: prompt tokens that were evaluated beyond those of the user's own words; None where the
            server does not tell.
    """

    seconds: float = 0.0
    first_sign: float | None = None
    first_text: float | None = None
    beyond_words: int | None = None


class TurnResult(BaseModel):
    """One turn: what was wanted, what came, and the verdict."""

    expected: Turn
    got: Got
    changes: Changes
    verdict: Verdict
    figures: Figures
    error: str = ""

    @property
    def tools(self) -> list[str]:
        """The tools that ran, in order."""
        return [call.tool for call in self.got.calls]


class ItemResult(BaseModel):
    """One conversation."""

    item: Item
    turns: list[TurnResult] = Field(default_factory=list)
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether all its turns are right."""
        return not self.error and all(turn.verdict.right for turn in self.turns)


class Results(BaseModel):
    """A whole run."""

    about: About
    items: list[ItemResult] = Field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Results":
        """Read a results file.

        Raises:
            ValueError: it is none.
        """
        return cls.model_validate_json(path.read_text("utf-8"))

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        new = path.with_name(f"{path.name}.new")
        new.write_text(self.model_dump_json(indent=1), "utf-8")
        new.replace(path)


def describe_run(model: str, settings: Settings, part: Part, loop: str) -> About:
    """What a run that starts now is to be remembered by.

    Args:
        model: the backend's name.
        settings: where its server is.
        part: which conversations.
        loop: what talks.
    """
    return About(
        model=model,
        server=_server(model, settings),
        loop=loop,
        commit=_commit(),
        started=datetime.now().replace(microsecond=0),
        part=part,
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    )


def _server(model: str, settings: Settings) -> str:
    kind = model.split("/")[0]
    try:
        if kind == "embedded":
            return f"xllamacpp {version('xllamacpp')}"
        if kind == "ollama":
            with urllib.request.urlopen(f"{settings.ollama_url}/api/version", timeout=5) as reply:
                return f"ollama {json.load(reply)['version']}"
    except (PackageNotFoundError, OSError, KeyError, ValueError):
        pass
    return ""


def _commit() -> str:
    try:
        head = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{head}+changes" if changed else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()
