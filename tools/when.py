"""Dates and times as a caller gives them: a date, an ISO string, or words such as "last night"."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from store.errors import Invalid
from tools.reading import Moment, read_shift
from tools.reading.calendar_words import MONTH, SEASONS
from tools.reading.dates import read_days
from tools.reading.moments import read_moments_and_refused
from tools.reading.spans import prepare

_EXPECTED = "a date such as 2025-11-28, “last night” or “Friday at 8pm”"


def _no_number(value: Any) -> Any:
    # Pydantic would take 2024 for seconds since 1970.
    if isinstance(value, str | date):
        return value
    raise PydanticCustomError("no_date", "{expected}", {"expected": _EXPECTED})


When = Annotated[str | datetime | date, BeforeValidator(_no_number)]
"""A moment as tools take it."""

Lean = Literal["past", "future"]
_EVENING = time(20)
"""When something was watched of which only the day is known."""


def read_when(value: When, now: datetime, field: str, lean: Lean) -> Moment:
    """The moment a value means.

    Args:
        value: a date, a datetime, an ISO string or words.
        now: the user's local time.
        field: the argument's name, for the error.
        lean: where an open word such as "Friday" lies.

    Raises:
        Invalid: no date can be read in it, or not all of it is understood.
    """
    if isinstance(value, str):
        exact = _read_iso(value.strip())
        if exact is None:
            return _read_words(value, now, field, lean)
        value = exact
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = value.astimezone().replace(tzinfo=None)  # the tables keep the user's wall clock
        return _moment(value.date(), value.time())
    return _moment(value, None)


# What adds nothing to a date.
_FILLER = re.compile(
    r"(?:a|an|the|at|on|in|of|for|by|from|to|since|until|till|around|about|approximately|roughly|maybe|"
    r"probably|"
    r"perhaps|please|thanks|some|any|sometime|anytime|time|just|only|exactly|sharp|o'clock|early|earlier|"
    r"late|later|back|"
    r"again|same|it|it's|is|was|i|we|watched|saw|seen|finished)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[':.,/-]+[^\W_]+)*")


def _read_words(words: str, now: datetime, field: str, lean: Lean) -> Moment:
    """The one moment that words mean; a part of them alone could mean another day."""
    moments, refused = read_moments_and_refused(words, now, lean)
    first = moments[0] if moments else None
    read: list[tuple[int, int]] = []
    for moment in moments:
        if first and _agree(first, moment):
            first = first.model_copy(update={"time": first.time or moment.time})
            read += moment.spans
    unread = _unread(words, read)
    if first is not None and not refused and not unread:
        return first
    expected = _EXPECTED
    if refused:
        start, end = refused[0]
        expected += f"; “{words[start:end].strip()}” is not one day on the calendar"
    elif first is not None:
        expected += f"; “{unread}” was not understood"
    raise Invalid(field, words, expected)


def _agree(one: Moment, other: Moment) -> bool:
    """Whether two moments are one said twice: "tomorrow (Thursday) at 8pm"."""
    times = {one.time, other.time} - {None}
    return (one.date, one.end_date) == (other.date, other.end_date) and len(times) <= 1


def _unread(words: str, read: list[tuple[int, int]]) -> str:
    """The first words in a row that no moment holds and that are no filler."""
    missed: list[re.Match[str]] = []
    for word in _WORD.finditer(prepare(words)):
        if any(start < word.end() and word.start() < end for start, end in read):
            if missed:
                break
        elif missed or not _FILLER.fullmatch(word[0]):
            missed.append(word)
    while missed and _FILLER.fullmatch(missed[-1][0]):
        missed.pop()
    return words[missed[0].start() : missed[-1].end()] if missed else ""


def read_past(value: When, now: datetime, field: str) -> Moment:
    """The moment of something that has happened.

    Raises:
        Invalid: no date can be read in it, or it lies ahead.
    """
    moment = read_when(value, now, field, "past")
    said_exactly = moment.end == 0 and moment.time is not None
    if moment.date > now.date() or (
        said_exactly and datetime.combine(moment.date, moment.time or time()) > now
    ):
        raise Invalid(field, moment.date.isoformat(), "today or earlier; to plan a film, schedule it instead")
    return moment


def watched_at(moment: Moment, now: datetime, usual: time = _EVENING) -> datetime:
    """The time to keep for a viewing: of the day alone the usual hour, and never later than now."""
    return min(datetime.combine(moment.date, moment.time or usual), now.replace(microsecond=0))


def read_span(
    since: When | None, until: When | None, now: datetime, lean: Lean
) -> tuple[date | None, date | None]:
    """The first and the last day of a time; a range such as "last month" or "2024" in ``since`` gives both.

    Raises:
        Invalid: no date can be read in one of them.
    """
    first = _read_bound(since, now, "since", lean) if since else None
    last = _read_bound(until, now, "until", lean) if until else None
    start = first.date if first else None
    if last:
        return start, last.end_date or last.date
    open_end = isinstance(since, str) and since.strip().lower().startswith("since ")
    return start, first.end_date if first and not open_end else None


_YEAR = re.compile(
    r"(?:(?:in|since|from|during|until|till|up\s+to|the\s+year)\s+)*((?:19|20)\d\d)", re.IGNORECASE
)


# A month, season or week alone is no day, but a time to list; with what stands before it in a sentence.
_ALONE = (
    (re.compile(MONTH, re.IGNORECASE), "in"),
    (re.compile(rf"(?:the\s+)?(?:{'|'.join(SEASONS)})", re.IGNORECASE), "in the"),
    (
        re.compile(
            rf"(?:{'|'.join(SEASONS)})\s+(?:of\s+)?(?:(?:19|20)\d\d|(?:last|this|next)\s+year)", re.IGNORECASE
        ),
        "in",
    ),
    (re.compile(r"(?:the\s+)?(?:week|weekend|month|year)", re.IGNORECASE), "this"),
)
_INTO = re.compile(r"(?:(?:in|since|from|during|throughout|until|till|up\s+to)\s+)+(?=\S)", re.IGNORECASE)


def _read_bound(value: When, now: datetime, field: str, lean: Lean) -> Moment:
    if isinstance(value, str):
        bare = _INTO.sub("", value.strip(), count=1)
        for named, before in _ALONE:
            if named.fullmatch(bare):
                value = f"{before} {bare.lower().removeprefix('the ')}"
    year = _YEAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if year is None:
        return read_when(value, now, field, lean)
    return _moment(date(int(year[1]), 1, 1), None).model_copy(update={"end_date": date(int(year[1]), 12, 31)})


def shifted(value: When, day: date, clock: time | None, field: str) -> tuple[date, time | None] | None:
    """When something falls that words such as "an hour later" or "a day later at 18:00" move.

    Args:
        value: a moment as tools take it.
        day: when it falls now.
        clock: its time of day, if it has one.
        field: the argument's name, for the error.

    Returns:
        The new day and time of day, or None when the words name no step.

    Raises:
        Invalid: hours are to be counted from no time of day, or the words hold more than the step.
    """
    shift = read_shift(value) if isinstance(value, str) else None
    if shift is None:
        return None
    words = str(value)
    unread = _unread(words, list(shift.spans))
    if unread:
        raise Invalid(field, words, f"{_EXPECTED}; “{unread}” was not understood")
    clock = shift.time or clock
    if clock is None and shift.delta % timedelta(days=1):
        raise Invalid(field, words, "a time of day, as there is none to count from yet")
    moved = datetime.combine(day, clock or time()) + shift.delta
    return moved.date(), moved.time() if clock else None


def names_day(value: When, now: datetime) -> bool:
    """Whether a value names a day, or only a time of day such as "at 9pm"."""
    if not isinstance(value, str) or _read_iso(value.strip()) is not None:
        return True
    return bool(read_days(prepare(value), now, "future").read)


def _read_iso(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if len(words) <= 10 else datetime.fromisoformat(words)
    except ValueError:
        return None


def _moment(day: date, clock: time | None) -> Moment:
    return Moment(text=str(day), start=0, end=0, date=day, end_date=None, time=clock, direction="either")
