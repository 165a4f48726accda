"""Lengths of time on screen: "under two hours", "about an hour and a half", "2h 15m", "90-120 minutes"."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tools.reading.amounts import AMOUNT, HOUR, MINUTE, amount_minutes, amount_value
from tools.reading.moments import moment_spans
from tools.reading.numbers import FIGURE, NUMBER
from tools.reading.reminders import read_reminder
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


_RUNTIME = r"(?:run(?:ning)?[\s-]?time|length|duration)"
_BOUNDS_BEFORE: dict[Bound, str] = {
    "max": r"(?:in\s+)?under|less\s+than|fewer\s+than|at\s+most|(?:no|not)\s+(?:more|longer)\s+than|not"
    r"\s+over|shorter\s+than|below|"
    rf"up\s+to|within|max(?:imum)?\.?(?:\s+{_RUNTIME})?(?:\s+(?:of|is))?:?|<=?|≤|(?:i|we)(?:'ve)?\s+(?:(?:only|just)\s+)?(?:have|"
    r"got)(?:\s+(?:only|just|got))?",
    "min": r"over|more\s+than|at\s+least|longer\s+than|(?:no|not)\s+(?:less|shorter)\s+than|above|"
    r"exceeding|beyond|"
    rf"min(?:imum)?\.?(?:\s+{_RUNTIME})?(?:\s+(?:of|is))?:?|>=?|≥",
    "about": r"(?:just\s+)?about|around|roughly|approximately|approx\.?|circa|~|nearly|almost|some",
}
_BOUNDS_AFTER: dict[Bound, str] = {
    "max": r"or\s+(?:less|under|shorter|below)|max(?:imum)?\b|tops|at\s+(?:the\s+)?most",
    "min": r"or\s+(?:more|over|longer|above)|plus|\+|min(?:imum)?\b|at\s+least",
    "about": r"or\s+so|or\s+thereabouts|ish|-ish|give\s+or\s+take",
}

# "two hours ago" is a moment, "24 hours a day" a habit.
_NOT_A_LENGTH = r"(?!\s+(?:ago|from\s+now|later|earlier|before(?!\s+\w+ing\b)|after)\b)"
_BEFORE = "|".join(f"(?P<before_{bound}>{words})" for bound, words in _BOUNDS_BEFORE.items())
_AFTER = "|".join(f"(?P<after_{bound}>{words})" for bound, words in _BOUNDS_AFTER.items())
_DURATION = compiled(
    rf"(?:(?<!\w)(?:{_BEFORE})\s*(?:only\s+|about\s+)?)?(?<![\w.:/$£€-]){AMOUNT}{_NOT_A_LENGTH}"
    rf"(?:\s*(?:{_AFTER}))?"
)
# "nothing over two hours", "I won't sit through more than 100 minutes"
_NEGATED = compiled(
    r"\b(?:no|not|nothing|none|never|\w+n'?t|cannot|without|avoid)(?:\s+(?:an?|any|anything|films?|movies?|shows?|"
    r"ones?|stuff|things?|that|which|is|are|be|being|run(?:s|ning)?|last(?:s|ing)?|goes|go|going|sit|through|watch|"
    r"take|stand|stomach|handle|bear|manage|survive|"
    r"want|do|have|got|show|give|recommend|suggest|me|us|for|please|too|really|longer)\b){0,8}\s*\Z"
)
# Without a unit: a number beside "runtime", or the most of what can only be minutes.
_FIGURES_AFTER = (
    r"(?!\s*[/%:★]|\.\d|\d|\s+(?:out\b|stars?\b|points?\b|episodes?\b|seasons?\b|films\b|movies\b))"
)
_UNITLESS = compiled(
    rf"(?:\b{_RUNTIME}\s*(?:(?:of|is|to|:|=|should\s+be|must\s+be)\s*)?(?:{_BEFORE})?\s*(?P<minutes>{NUMBER})"
    rf"(?!\s*(?:{HOUR}|{MINUTE}|h\b|m\b)){_FIGURES_AFTER})"
)
_AT_MOST = compiled(
    rf"(?:\bmax(?:imum)?\.?(?:\s+{_RUNTIME})?(?:\s+of)?:?\s+(?P<most>\d{{2,3}}|{NUMBER})|"
    rf"(?<![\w.:/$£€-])(?P<most_before>\d{{2,3}})\s+(?:max\b|tops\b))"
    rf"(?!\s*(?:{HOUR}|{MINUTE}|h\b|m\b)){_FIGURES_AFTER}"
)
_OTHER_SCALE = compiled(
    r"\b(?:fields?|rat(?:ed|es?|ings?)|scor\w+|percent|numeric|numbers?|options?|min(?:imum)?\s+\d|year)\b"
)
_SHORTEST, _LONGEST = 20, 300
# "missed the last 15 minutes" tells what was not seen.
_UNSEEN = compiled(
    r"\b(?:miss(?:ed)?|skipp?(?:ed)?|except(?:\s+for)?|all\s+but|without)\s+(?:(?:only|just|about|the|first|"
    r"last)\s+)*\Z"
)
# "Friday 21h" is a time.
_HOUR_FIGURE = compiled(r"\d\s?h(?:\d\d)?\b")
_UNIT = rf"(?P<unit>{HOUR}|{MINUTE}|h\b|m\b)"
_RANGE = compiled(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.:/])(?P<low>{NUMBER})\s*(?P<low_unit>{HOUR}|{MINUTE})?\s*"
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
    reminder = read_reminder(text, skip)
    claimed: list[Span] = [(reminder.start, reminder.end)] if reminder else []
    for match in _RANGE.finditer(prepared):
        found += _range(text, match)
    claimed += [(duration.start, duration.end) for duration in found]
    if _HOUR_FIGURE.search(prepared):
        claimed += moment_spans(text, skip)
    for match in _DURATION.finditer(prepared):
        minutes = amount_minutes(match)
        unseen = _UNSEEN.search(prepared, 0, match.start())
        if not unseen and not overlaps(match.start(), match.end(), claimed):
            words = text[match.start() : match.end()]
            found.append(
                Duration(text=words, start=match.start(), end=match.end(), minutes=minutes, bound=_bound(match))
            )
    for match in [*_AT_MOST.finditer(prepared), *_UNITLESS.finditer(prepared)]:
        unitless = _unitless(text, prepared, match)
        if unitless and not overlaps(
            match.start(), match.end(), [*claimed, *((d.start, d.end) for d in found)]
        ):
            found.append(unitless)
    return sorted(found, key=lambda duration: (duration.start, duration.minutes))


def _unitless(text: str, prepared: str, match: re.Match[str]) -> Duration | None:
    """Read "runtime under 100" and "max 90" as minutes; "score max 90" is of another scale."""
    groups = match.groupdict()
    most = groups.get("most") or groups.get("most_before")
    minutes = round(amount_value(most or groups["minutes"]))
    if not _SHORTEST <= minutes <= _LONGEST or (most and _OTHER_SCALE.search(prepared)):
        return None
    words = text[match.start() : match.end()]
    bound = "max" if most else _said_bound(match)
    return Duration(text=words, start=match.start(), end=match.end(), minutes=minutes, bound=bound)


def _bound(match: re.Match[str]) -> Bound:
    bound = _said_bound(match)
    if bound in ("max", "min") and _NEGATED.search(match.string, 0, match.start()):
        return "min" if bound == "max" else "max"
    return bound


def _said_bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    for side, bounds in (("before", _BOUNDS_BEFORE), ("after", _BOUNDS_AFTER)):
        for bound in bounds:
            if groups.get(f"{side}_{bound}"):
                return bound
    return "about" if groups.get("couple") else "exact"


def _range(text: str, match: re.Match[str]) -> list[Duration]:
    def minutes(number: str, unit: str) -> int:
        return round(amount_value(number) * (60 if unit.lower().startswith("h") else 1))

    low = minutes(match["low"], match["low_unit"] or match["unit"])
    high = minutes(match["high"], match["unit"])
    if low >= high:
        return []
    words = text[match.start() : match.end()]
    return [
        Duration(text=words, start=match.start(), end=match.end(), minutes=low, bound="min"),
        Duration(text=words, start=match.start(), end=match.end(), minutes=high, bound="max"),
    ]
