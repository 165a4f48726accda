"""Putting plain words into Markdown so that they come out as they went in."""

import re

# The page's Markdown also reads ``:word`` as a directive and swallows it ("Mission:Impossible" becomes
# "Mission"). A colon before a space or a digit is left alone: "Mission: Impossible" and "20:00" stay readable.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|#]|:(?![\s\d])|&(?=#?\w+;)|!(?=\[)")
_BLOCK = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))(?=\s|$)", re.MULTILINE)


def escape(text: str) -> str:
    r"""Backslash-escape what Markdown would read as markup, such as ``M*A*S*H`` to ``M\*A\*S\*H``."""
    return _BLOCK.sub(_escape_block, _SPECIAL.sub(r"\\\g<0>", text))


def _escape_block(found: re.Match[str]) -> str:
    indent, bullet, number, end = found.groups()
    return f"{indent}\\{bullet}" if bullet else f"{indent}{number}\\{end}"
