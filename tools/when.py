"""Dates and times as a caller gives them: a date, an ISO string, or words such as "last night"."""

from datetime import date, datetime, time
from typing import Literal

from store.errors import Invalid
from tools.reading import Moment, read_moments

When = str | datetime | date
"""A moment as tools take it."""


def read_when(value: When, now: datetime, field: str, lean: Literal["past", "future"]) -> Moment:
    """The moment a value means.

    Args:
        value: a date, a datetime, an ISO string or words.
        now: the user's local time.
        field: the argument's name, for the error.
        lean: where an open word such as "Friday" lies.

    Raises:
        Invalid: no date can be read in it.
    """
    if isinstance(value, datetime):
        return _moment(value.date(), value.time())
    if isinstance(value, date):
        return _moment(value, None)
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        moments = read_moments(value, now, lean=lean)
        if not moments:
            raise Invalid(field, value, "a date such as 2025-11-28, “last night” or “Friday at 8pm”") from None
        return moments[0]
    has_time = len(value.strip()) > 10
    return _moment(parsed.date(), parsed.time() if has_time else None)


def _moment(day: date, clock: time | None) -> Moment:
    return Moment(text=str(day), start=0, end=0, date=day, end_date=None, time=clock, direction="either")
