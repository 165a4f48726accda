"""When two values are the same to a person: what an item names, and what the library or a call holds."""

import json
import re
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz

from store.errors import Invalid
from store.titles import normalise
from tools.reading import read_moments, read_numbers, read_ratings
from tools.when import Lean, read_span, read_when

_LABELS = {"media", "sources", "title"}
_DAYS = {"watched", "date", "at", "release_date"}
_PROSE = {"text", "description", "overview", "tagline", "help"}
_PLACES = {"source", "location", "context"}
_MOMENTS = {"when", "watched"}
_AHEAD = {"schedule", "move_event", "list_events"}
"""Tools in which an open word such as "Friday" lies ahead."""
_SMALL = """
a an the and or but so it its it's is was were are am be been i i'm me my we our us you your this that these
those of in on at to for with from by as if then there here um uh er just really very quite rather pretty too
also still honestly actually absolutely totally kind sort bit film movie
"""
_DENIALS = frozenset({"not", "no", "never", "nor", "without", "hardly", "barely"})
_ALSO = {
    "cinema": frozenset(
        {"cinema", "cinemas", "theater", "theaters", "theatre", "theatres", "movies", "pictures"}
    ),
    "family": frozenset({"family", "kids", "children"}),
    "solo": frozenset({"solo", "alone", "myself"}),
}
"""Words of the schema document's vocabulary and what people say for them."""
_ALIKE = 85.0
"""Percent at which two spellings are one word."""
_SHORT = 4
"""Letters up to which a word has no other spelling."""
_EXTRA_SHARE = 3
"""One word in so many may be more than the item names."""
_MISSED_SHARE = 10
"""One word in so many may be missing."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def same(column: str, expected: Any, actual: Any) -> bool:
    """Whether a value is what the item names.

    Args:
        column: the name of the view's column or the tool's argument, which says what kind of value it is.
        expected: as the item names it.
        actual: as the library or the call holds it.
    """
    if expected is None or actual is None:
        return expected is actual
    if isinstance(expected, list):
        return _same_set(column, expected, _as_list(actual))
    if isinstance(expected, dict):
        return isinstance(actual, dict) and _same_mapping(column, expected, actual)
    if column in _LABELS:
        return _same_label(str(expected), str(actual))
    if column in _DAYS:
        return str(actual).startswith(_iso(expected))
    if column == "time":
        return _iso(expected).zfill(5)[:5] == str(actual)[:5]
    if column in _PLACES:
        return _same_place(str(expected), str(actual))
    if column in _PROSE:
        return _same_prose(str(expected), str(actual))
    return _same_plain(expected, actual)


def same_arguments(tool: str, expected: dict[str, Any], actual: dict[str, Any], now: datetime) -> list[str]:
    """Which of the arguments a call must have had it did not have.

    Args:
        tool: the tool that was called.
        expected: the arguments that are judged.
        actual: the call's own.
        now: the moment it was made, for dates in words.
    """
    lean: Lean = "future" if tool in _AHEAD else "past"
    wrong = []
    for name, value in expected.items():
        if name in ("since", "until"):
            right = _same_span(name, expected, actual, now, lean)
        elif name in _MOMENTS and isinstance(actual.get(name), str):
            right = _same_moment(_iso(value), actual[name], now, lean)
        else:
            right = same(name, value, actual.get(name)) or _close(value, actual.get(name))
        if not right:
            wrong.append(f"{name} {actual.get(name)!r}, not {value!r}")
    return wrong


def said(value: Any, words: str, now: datetime) -> bool:
    """Whether a value stands in the user's words, in whatever dress.

    Args:
        value: of any column.
        words: all the user has said in this conversation.
        now: the moment it was said, for dates.
    """
    if isinstance(value, dict):
        return all(said(part, words, now) for part in value.values())
    if isinstance(value, list):
        return all(said(part, words, now) for part in value)
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        numbers = [number.value for number in read_numbers(words)]
        return float(value) in [*numbers, *(rating.value for rating in read_ratings(words))]
    text = str(value)
    leans: tuple[Lean, ...] = ("past", "future")
    moments = [moment for lean in leans for moment in read_moments(words, now, lean=lean)]
    if any(text.startswith(m.date.isoformat()) or (m.time and text == f"{m.time:%H:%M}") for m in moments):
        return True
    wanted, heard = _content(text), _content(words)
    return bool(wanted) and all(_heard(word, heard) for word in wanted)


def _same_label(expected: str, actual: str) -> bool:
    """Titles, of which the item may leave out the year."""
    if _squeezed(expected) == _squeezed(actual):
        return True
    shorter, longer = sorted((expected, actual), key=len)
    return _squeezed(shorter) == _squeezed(re.sub(r"\s*\(\d{4}\)$", "", longer))


def _same_set(column: str, expected: list[Any], actual: list[Any]) -> bool:
    rest = list(actual)
    for value in expected:
        found = next((index for index, other in enumerate(rest) if same(column, value, other)), None)
        if found is None:
            return False
        del rest[found]
    return not rest


def _same_mapping(column: str, expected: dict[str, Any], actual: dict[str, Any]) -> bool:
    one, other = _without_usual(expected), _without_usual(actual)
    return one.keys() == other.keys() and all(same(column, one[key], other[key]) for key in one)


def _without_usual(criterion: dict[str, Any]) -> dict[str, Any]:
    """A criterion without what it says by default: a weight of 1, and that it is not required."""
    return {
        key: value
        for key, value in criterion.items()
        if value is not None and (key, value) not in (("weight", 1), ("required", False))
    }


def _same_place(expected: str, actual: str) -> bool:
    one, other = (
        " ".join(
            next((same for same, words in _ALSO.items() if word in words), word) for word in _content(name)
        )
        for name in (expected, actual)
    )
    return fuzz.ratio(_squeezed(one or expected), _squeezed(other or actual)) >= _ALIKE


def _same_prose(expected: str, actual: str) -> bool:
    """The same words but for small ones and a few more; a "not" that came or went makes another opinion."""
    wanted, found = _content(expected), _content(actual)
    if not wanted:
        return _squeezed(expected) == _squeezed(actual)
    if _denials(wanted) != _denials(found):
        return False
    missed = sum(not _heard(word, found) for word in wanted)
    extra = sum(not _heard(word, wanted) for word in found)
    return missed <= len(wanted) // _MISSED_SHARE and extra <= max(1, len(wanted) // _EXTRA_SHARE)


def _denials(words: list[str]) -> int:
    return sum(word in _DENIALS or word.endswith("n't") for word in words)


def _same_plain(expected: Any, actual: Any) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool):
        return str(expected).lower() == str(actual).lower()
    if _NUMBER.fullmatch(str(expected)) and _NUMBER.fullmatch(str(actual)):
        return abs(float(expected) - float(actual)) < 1e-6
    return _squeezed(str(expected)) == _squeezed(str(actual))


def _close(expected: Any, actual: Any) -> bool:
    """Free words of a call, such as a plot somebody remembers."""
    both_text = isinstance(expected, str) and isinstance(actual, str)
    return both_text and fuzz.token_sort_ratio(normalise(expected), normalise(actual)) >= _ALIKE


def _same_moment(expected: str, actual: str, now: datetime, lean: Lean) -> bool:
    if actual.startswith(expected):
        return True
    try:
        wanted, found = (read_when(value, now, "when", lean) for value in (expected, actual))
    except Invalid:
        return False
    return wanted.date == found.date and wanted.time in (None, found.time)


def _same_span(name: str, expected: dict[str, Any], actual: dict[str, Any], now: datetime, lean: Lean) -> bool:
    """Whether two spans have the same bound; "last month" in ``since`` alone gives both."""
    bounds = []
    for given in (expected, actual):
        since, until = (given.get(key) and _iso(given[key]) for key in ("since", "until"))
        try:
            first, last = read_span(since, until, now, lean)
        except Invalid:
            return False
        bounds.append(first if name == "since" else last)
    return bounds[0] == bounds[1]


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    return value if isinstance(value, list) else [value]


def _iso(value: Any) -> str:
    """What YAML may have read as a date, as text."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _content(text: str) -> list[str]:
    """The words that carry meaning."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*\+?", text.lower().replace("’", "'"))
    return [word for word in words if word not in _SMALL.split()]


def _heard(word: str, words: list[str]) -> bool:
    return word in words or (len(word) > _SHORT and any(fuzz.ratio(word, other) >= _ALIKE for other in words))


def _squeezed(text: str) -> str:
    """Letters and figures alone, so that "Blu-ray" is "bluray" and "Disney+" is "Disney Plus"."""
    return re.sub(r"[\W_]", "", normalise(text.replace("+", " plus ").replace("&", " and ")))
