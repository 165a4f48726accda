"""Amounts of time in hours and minutes: "2h 15m", "an hour and a half", "ninety minutes"."""

import re

from tools.reading.numbers import NUMBER, word_number

HOUR = r"h(?:ou)?rs?\b"
MINUTE = r"min(?:ute)?s?\b"
AMOUNT = (
    # 2h 15m, 1h30, 2 hours and 15 minutes, two hours fifteen
    rf"(?:(?P<hours>{NUMBER}|\ban?)[\s-]?(?:{HOUR}|h)\s*(?:and\s+)?(?P<rest>{NUMBER})(?:[\s-]?(?:"
    rf"{MINUTE}|m\b)|(?!\s*[\w/.:%★]|\s+out\b))"
    # an hour and a half, two hours and a quarter
    rf"|(?P<whole>{NUMBER}|\ban)\s+{HOUR}\s+and\s+(?P<part>(?:a\s+)?half|a\s+quarter|three\s+quarters)\b"
    rf"|(?P<fraction>\b(?:a\s+)?half|\b(?:a\s+)?quarter|\bthree\s+quarters)(?:\s+of)?(?:\s+an)?[\s-]hour\b"
    r"|(?P<first>\b(?:first|last)\s+hour\b)"
    rf"|(?P<couple>\b(?:a\s+)?couple(?:\s+of)?)\s+{HOUR}"
    rf"|(?P<only_hours>{NUMBER}|\ban)[\s-]?(?:{HOUR}|h\b)"
    rf"|(?P<only_minutes>{NUMBER})[\s-]?{MINUTE}"
    # A lone m could be anything but a runtime of two or three figures.
    r"|(?P<short>\d{2,3})\s?m\b)"
)
"""One amount, in named groups; a pattern can hold it only once."""

_FRACTIONS = {"half": 30, "quarter": 15, "quarters": 45}


def amount_minutes(match: re.Match[str]) -> int:
    """Return the minutes of a match of AMOUNT."""
    groups = match.groupdict()
    if groups["hours"]:
        return round(amount_value(groups["hours"]) * 60 + amount_value(groups["rest"]))
    if groups["whole"]:
        return round(amount_value(groups["whole"]) * 60) + _FRACTIONS[groups["part"].lower().split()[-1]]
    if groups["fraction"]:
        return _FRACTIONS[groups["fraction"].lower().split()[-1]]
    if groups["couple"]:
        return 120
    if groups["first"]:
        return 60
    if groups["only_hours"]:
        return round(amount_value(groups["only_hours"]) * 60)
    return round(amount_value(groups["only_minutes"] or groups["short"]))


def amount_value(words: str) -> float:
    """Return the number that words such as "an" and "two and a half" name, 0 for none."""
    return 1.0 if words.lower() in ("a", "an") else word_number(words) or 0.0
