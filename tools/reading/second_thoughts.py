"""Second thoughts: "eight no wait nine", "Friday, sorry, Saturday", "7 -> 6" take back what was said first."""

from tools.reading.spans import MASK, Span, compiled

_TAKES_BACK = (
    r"(?:no|nope|nah|wait|hang\s+on|hold\s+on|sorry|oops|i\s+meant?|(?:scratch|strike)\s+that|correction|actually|"
    r"(?:or\s+)?rather|more\s+like|hm+|now|this\s+time|make\s+(?:that|it)|change\s+(?:that|it)\s+to)"
)
SECOND_THOUGHT = compiled(
    rf"(?:\s*(?:[-=]+>|\u2192)\s*|"
    rf"(?:\s+(?:(?:in\s+)?{MASK}+|(?:in\s+\d{{4}}|last\s+(?:time|week|month|year)|before|at\s+first|first|originally|"
    rf"initially|back\s+then)\b))?[\s,.;:!?\u2026\u2013\u2014-]*(?:(?:but|and|or|um|uh|er|oh|"
    rf"well)\s+)*(?:{_TAKES_BACK}\b[\s,.;:!?\u2026\u2013\u2014-]*)+)"
    r"(?:(?:um|uh|er|it's|its|that's|it\s+was|it\s+is|(?:i'd\s+)?(?:give|gave|call|say)(?:\s+it)?|let's\s+say|"
    r"an?|on|at|to|the|for)\s+)*"
)
# "half seven, half eight sorry" says so behind.
_SIDE_BY_SIDE = compiled(r"\s*(?:[,;.:\u2013\u2014-]|\.\.+)\s*")
SAID_BEHIND = compiled(r"\s*,?\s*(?:sorry|i\s+meant?|i\s+should\s+say|rather)\b\s*(?=[.,;:!?]|$)")


def taken_back(prepared: str, spans: list[Span]) -> dict[int, int]:
    """Find what later words of the same kind take the place of.

    Args:
        prepared: the text after `spans.prepare`.
        spans: where things of one kind stand ("eight", "nine"), in the order of the text.

    Returns:
        For each position in `spans` that is taken back, the position of what is meant instead.
    """
    instead: dict[int, int] = {}
    for later in range(len(spans) - 1, 0, -1):
        between = spans[later - 1][1], spans[later][0]
        behind = _SIDE_BY_SIDE.fullmatch(prepared, *between) and SAID_BEHIND.match(prepared, spans[later][1])
        if behind or SECOND_THOUGHT.fullmatch(prepared, *between):
            instead[later - 1] = instead.get(later, later)
    return instead
