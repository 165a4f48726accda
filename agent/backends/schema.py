"""Which JSON schemas all backends decode alike."""

import re
from typing import Any

_CLASS = re.compile(r"\\[dDwWsS]")


def check_schema(schema: dict[str, Any]) -> None:
    """Refuse patterns that Ollama answers with HTTP 400 and llama.cpp silently ignores (with a line on stderr).

    Raises:
        ValueError: a ``pattern`` is not anchored with ``^`` and ``$``, or uses ``\\d``, ``\\w`` or ``\\s``.
    """
    for pattern in _patterns(schema):
        if not (pattern.startswith("^") and pattern.endswith("$")) or _CLASS.search(pattern):
            raise ValueError(
                f"pattern {pattern!r} must be anchored with ^ and $ and spell out classes as [0-9]"
            )


def _patterns(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for item in node for found in _patterns(item)]
    if not isinstance(node, dict):
        return []
    own = [node["pattern"]] if isinstance(node.get("pattern"), str) else []
    return own + [found for item in node.values() for found in _patterns(item)]
