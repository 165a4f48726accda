"""Asking before something is destroyed: the token names exactly the rows that would go."""

import hashlib
from collections.abc import Iterable
from typing import Any

from store.errors import NeedsConfirmation


def require_confirmation(
    given: str | None, message: str, tool: str, args: dict[str, Any], rows: Iterable[object]
) -> None:
    """Let a destructive act pass only with the token of these very rows.

    Args:
        given: the token the caller passed, if any.
        message: what exactly would go, as a question.
        tool: the tool's name.
        args: its arguments, for the door that repeats the call.
        rows: what identifies the rows and their state, such as ids and ``updated_at``.

    Raises:
        NeedsConfirmation: no token, or one for other rows.
    """
    state = "\n".join([tool, *sorted(str(row) for row in rows)])
    token = hashlib.sha256(state.encode()).hexdigest()[:16]
    if given != token:
        raise NeedsConfirmation(message, token, tool, args)
