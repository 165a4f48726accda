"""The model's state after the constant beginning of every prompt, kept on disk between runs."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

from langchain_core.messages import BaseMessage

_KEPT = 3
_LEFTOVER_SECONDS = 3600


def prefix_key(messages: Sequence[BaseMessage], *circumstances: str | int) -> str:
    """What a saved state is good for: these messages under these circumstances, and nothing else.

    Args:
        messages: the beginning of the prompt.
        circumstances: the weights, the library and the sizes it was computed with.
    """
    said = [f"{message.type}\x1f{message.text}" for message in messages]
    return hashlib.sha256("\x1e".join([*said, *map(str, circumstances)]).encode()).hexdigest()[:40]


class PrefixStates:
    """Saved states in one folder; the newest three are kept.

    A state's own hash is part of its name, so a file that was cut or altered is not taken, and renaming it into
    place is one step however many processes save at once.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def find(self, key: str) -> str | None:
        """The file name of a sound state for this key; a damaged one is deleted."""
        for path in self.folder.glob(f"{key}.*.state"):
            try:
                if path.name == f"{key}.{_digest(path)}.state":
                    path.touch()  # the newest are those last used
                    return path.name
                path.unlink()
            except OSError:
                continue
        return None

    def fresh(self, key: str) -> str:
        """A file name to save a new state under, until ``keep`` accepts it."""
        return f"{key}.{os.getpid()}.new"

    def keep(self, key: str, saved: str) -> None:
        """Take the state that was saved under ``fresh`` and delete what is no longer of use.

        Raises:
            OSError: it is not there or cannot be renamed.
        """
        path = self.folder / saved
        os.replace(path, self.folder / f"{key}.{_digest(path)}.state")
        states = sorted(self.folder.glob("*.state"), key=_age)
        leftovers = [new for new in self.folder.glob("*.new") if _age(new) > _LEFTOVER_SECONDS]
        for old in [*states[_KEPT:], *leftovers]:
            old.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:40]


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:  # another process was faster
        return 0.0
