"""Putting plain words into Markdown so that they come out as they went in."""

import re

# The page's Markdown also reads ``:word`` as a directive and swallows it ("Mission:Impossible" becomes
# "Mission"). A colon before a space or a digit is left alone: "Mission: Impossible" and "20:00" stay readable.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|#]|:(?=[^\s\d])|&(?=#?\w+;)|!(?=\[)")
_BLOCK = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))(?=\s|$)", re.MULTILINE)


def escape(text: str) -> str:
    r"""Backslash-escape what Markdown would read as markup, such as ``M*A*S*H`` to ``M\*A\*S\*H``."""
    return _BLOCK.sub(_escape_block, _SPECIAL.sub(r"\\\g<0>", text))


def plain(text: str) -> str:
    """Plain text of several lines, its line breaks and numbered lists kept, nothing else read as markup."""
    lines = []
    for line in text.split("\n"):
        number = re.match(r"\d+[.)](?: |$)", line)
        head = number[0] if number else ""
        lines.append(head + escape(line[len(head) :]))
    # Two spaces at the end of a line are Markdown's line break.
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", "\n".join(lines))


def _escape_block(found: re.Match[str]) -> str:
    indent, bullet, number, end = found.groups()
    return f"{indent}\\{bullet}" if bullet else f"{indent}{number}\\{end}"
