"""What can go wrong, as a small tree: catch XilftenError for all of it, or one branch.

Every message says what to do next, because a door shows it to the user as it is.
"""

from collections.abc import Sequence
from typing import Any


class XilftenError(Exception):
    """Something the user can act on; the message is a sentence for them."""


class NotFound(XilftenError):
    """Nothing in the library answers to that name.

    Args:
        message: the sentence for the user.
        nearest: titles or names that come closest, best first.
    """

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = list(nearest)


class Ambiguous(XilftenError):
    """Several entries answer to that name about equally well.

    Args:
        message: the sentence for the user, a question.
        candidates: the labels to choose from, best first, such as ``The Thing (1982)``.
    """

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = list(candidates)


class Invalid(XilftenError):
    """A value is outside what its field takes.

    Args:
        field: the field's name.
        value: what was given.
        allowed: what the field takes, in words, such as ``a rating from 0 to 10``.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        shown = (
            f"{value:g}" if isinstance(value, float) else f"“{value}”" if isinstance(value, str) else str(value)
        )
        said = field.replace("_", " ").capitalize()
        super().__init__(
            f"{said} {shown} will not do: it must be {allowed}."
            if value is not None
            else f"{said} must be {allowed}."
        )
        self.field = field
        self.value = value
        self.allowed = allowed


class Conflict(XilftenError):
    """The library holds something that the request would contradict."""


class NeedsConfirmation(XilftenError):
    """A destructive act waits for a yes.

    Args:
        message: exactly what would go.
        token: pass it back as ``confirm`` to go ahead; it is valid only while the rows are unchanged.
        tool: the tool that asks.
        args: the arguments it was called with.
    """

    def __init__(self, message: str, token: str, tool: str = "", args: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.token = token
        self.tool = tool
        self.arguments = args or {}


class Unavailable(XilftenError):
    """Something outside the library (a model, a file held by another process) does not answer."""
