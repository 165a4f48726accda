"""Dates and times as a caller gives them: a date, an ISO string, or words such as "last night"."""

from datetime import date, datetime, time
from typing import Literal

from store.errors import Invalid
from tools.reading import Moment, read_moments
from tools.reading.dates import read_days
from tools.reading.spans import prepare

When = str | datetime | date
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
        Invalid: no date can be read in it.
    """
    if isinstance(value, str):
        exact = _read_iso(value.strip())
        if exact is None:
            moments = read_moments(value, now, lean=lean)
            if not moments:
                raise Invalid(field, value, "a date such as 2025-11-28, “last night” or “Friday at 8pm”")
            return moments[0]
        value = exact
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = value.astimezone().replace(tzinfo=None)  # the tables keep the user's wall clock
        return _moment(value.date(), value.time())
    return _moment(value, None)


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
    """The first and the last day of a time; a range such as "last month" in ``since`` gives both.

    Raises:
        Invalid: no date can be read in one of them.
    """
    first = read_when(since, now, "since", lean) if since else None
    last = read_when(until, now, "until", lean) if until else None
    start = first.date if first else None
    if last:
        return start, last.end_date or last.date
    return start, first.end_date if first else None


def names_day(value: When, now: datetime) -> bool:
    """Whether a value names a day, or only a time of day such as "at 9pm"."""
    if not isinstance(value, str) or _read_iso(value.strip()) is not None:
        return True
    return bool(read_days(prepare(value), now, "future"))


def _read_iso(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if len(words) <= 10 else datetime.fromisoformat(words)
    except ValueError:
        return None


def _moment(day: date, clock: time | None) -> Moment:
    return Moment(text=str(day), start=0, end=0, date=day, end_date=None, time=clock, direction="either")
