"""Lengths of time on screen: "under two hours", "about an hour and a half", "2h 15m", "90-120 minutes"."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tools.reading.moments import moment_spans
from tools.reading.numbers import FIGURE, NUMBER, word_number
from tools.reading.spans import Span, compiled, overlaps, prepare

Bound = Literal["max", "min", "exact", "about"]


class Duration(BaseModel):
    """A length in whole minutes; `bound` says whether it is a limit, an estimate or the length itself."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    minutes: int
    bound: Bound


_BOUNDS_BEFORE: dict[Bound, str] = {
    "max": r"(?:in\s+)?under|less\s+than|fewer\s+than|at\s+most|(?:no|not)\s+(?:more|longer)\s+than|not"
    r"\s+over|shorter\s+than|below|"
    r"up\s+to|within|max(?:imum)?(?:\s+of)?|<=?|≤|(?:i|we)(?:'ve)?\s+(?:(?:only|just)\s+)?(?:have|"
    r"got)(?:\s+(?:only|just|got))?",
    "min": r"over|more\s+than|at\s+least|longer\s+than|(?:no|not)\s+(?:less|shorter)\s+than|above|"
    r"exceeding|beyond|"
    r"min(?:imum)?(?:\s+of)?|>=?|≥",
    "about": r"(?:just\s+)?about|around|roughly|approximately|approx\.?|circa|~|nearly|almost|some",
}
_BOUNDS_AFTER: dict[Bound, str] = {
    "max": r"or\s+(?:less|under|shorter|below)|max(?:imum)?\b|tops|at\s+(?:the\s+)?most",
    "min": r"or\s+(?:more|over|longer|above)|plus|\+|min(?:imum)?\b|at\s+least",
    "about": r"or\s+so|ish|-ish|give\s+or\s+take",
}

_HOUR = r"h(?:ou)?rs?\b"
_MINUTE = r"min(?:ute)?s?\b"
_AMOUNT = (
    # 2h 15m, 1h30, 2 hours and 15 minutes, two hours fifteen
    rf"(?:(?P<hours>{NUMBER}|\ban?)[\s-]?(?:{_HOUR}|h)\s*(?:and\s+)?(?P<rest>{NUMBER})(?:[\s-]?(?:"
    rf"{_MINUTE}|m\b)|(?!\s*[\w/.:%★]|\s+out\b))"
    # an hour and a half, two hours and a quarter
    rf"|(?P<whole>{NUMBER}|\ban)\s+{_HOUR}\s+and\s+(?P<part>(?:a\s+)?half|a\s+quarter|three\s+quarters)\b"
    rf"|(?P<fraction>\b(?:a\s+)?half|\b(?:a\s+)?quarter|\bthree\s+quarters)(?:\s+of)?(?:\s+an)?[\s-]hour\b"
    r"|(?P<first>\b(?:first|last)\s+hour\b)"
    rf"|(?P<couple>\b(?:a\s+)?couple(?:\s+of)?)\s+{_HOUR}"
    rf"|(?P<only_hours>{NUMBER}|\ban)[\s-]?(?:{_HOUR}|h\b)"
    rf"|(?P<only_minutes>{NUMBER})[\s-]?{_MINUTE}"
    # A lone m could be anything but a runtime of two or three figures.
    r"|(?P<short>\d{2,3})\s?m\b)"
)
_FRACTIONS = {"half": 30, "quarter": 15, "quarters": 45}

# "two hours ago" is a moment, "24 hours a day" a habit.
_NOT_A_LENGTH = r"(?!\s+(?:ago|from\s+now|later|earlier|before|after)\b)"
_BEFORE = "|".join(f"(?P<before_{bound}>{words})" for bound, words in _BOUNDS_BEFORE.items())
_AFTER = "|".join(f"(?P<after_{bound}>{words})" for bound, words in _BOUNDS_AFTER.items())
_DURATION = compiled(
    rf"(?:(?<!\w)(?:{_BEFORE})\s*(?:only\s+|about\s+)?)?(?<![\w.:/$£€-]){_AMOUNT}{_NOT_A_LENGTH}"
    rf"(?:\s*(?:{_AFTER}))?"
)
# "missed the last 15 minutes" tells what was not seen.
_UNSEEN = compiled(
    r"\b(?:miss(?:ed)?|skipp?(?:ed)?|except(?:\s+for)?|all\s+but|without)\s+(?:(?:only|just|about|the|first|"
    r"last)\s+)*\Z"
)
# "Friday 21h" is a time.
_HOUR_FIGURE = compiled(r"\d\s?h(?:\d\d)?\b")
_UNIT = rf"(?P<unit>{_HOUR}|{_MINUTE}|h\b|m\b)"
_RANGE = compiled(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.:/])(?P<low>{NUMBER})\s*(?P<low_unit>{_HOUR}|{_MINUTE})?\s*"
    rf"(?:-|\u2013|\band\b|\bto\b|\bor\b)\s*(?P<high>{FIGURE}|{NUMBER})[\s-]?{_UNIT}"
)


def read_durations(text: str, skip: Sequence[Span] = ()) -> list[Duration]:
    """Read the lengths a user names.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The lengths in minutes, in the order of the text. The words of the bound ("under", "or less") belong to
        the span. "I have 90 minutes" is a limit. A range ("90 to 120 minutes") gives a "min" and a "max" with
        one span.
    """
    prepared = prepare(text, skip)
    found: list[Duration] = []
    claimed: list[Span] = []
    for match in _RANGE.finditer(prepared):
        found += _range(text, match)
    claimed += [(duration.start, duration.end) for duration in found]
    if _HOUR_FIGURE.search(prepared):
        claimed += moment_spans(text, skip)
    for match in _DURATION.finditer(prepared):
        minutes = _minutes(match)
        unseen = _UNSEEN.search(prepared, 0, match.start())
        if minutes is not None and not unseen and not overlaps(match.start(), match.end(), claimed):
            words = text[match.start() : match.end()]
            found.append(
                Duration(text=words, start=match.start(), end=match.end(), minutes=minutes, bound=_bound(match))
            )
    return sorted(found, key=lambda duration: (duration.start, duration.minutes))


def _minutes(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups["hours"]:
        return round(_value(groups["hours"]) * 60 + _value(groups["rest"]))
    if groups["whole"]:
        return round(_value(groups["whole"]) * 60) + _FRACTIONS[groups["part"].lower().split()[-1]]
    if groups["fraction"]:
        return _FRACTIONS[groups["fraction"].lower().split()[-1]]
    if groups["couple"]:
        return 120
    if groups["first"]:
        return 60
    if groups["only_hours"]:
        return round(_value(groups["only_hours"]) * 60)
    return round(_value(groups["only_minutes"] or groups["short"]))


def _value(words: str) -> float:
    return 1.0 if words.lower() in ("a", "an") else word_number(words) or 0.0


def _bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    for side, bounds in (("before", _BOUNDS_BEFORE), ("after", _BOUNDS_AFTER)):
        for bound in bounds:
            if groups[f"{side}_{bound}"]:
                return bound
    return "about" if groups["couple"] else "exact"


def _range(text: str, match: re.Match[str]) -> list[Duration]:
    def minutes(number: str, unit: str) -> int:
        return round(_value(number) * (60 if unit.lower().startswith("h") else 1))

    low = minutes(match["low"], match["low_unit"] or match["unit"])
    high = minutes(match["high"], match["unit"])
    if low >= high:
        return []
    words = text[match.start() : match.end()]
    return [
        Duration(text=words, start=match.start(), end=match.end(), minutes=low, bound="min"),
        Duration(text=words, start=match.start(), end=match.end(), minutes=high, bound="max"),
    ]
