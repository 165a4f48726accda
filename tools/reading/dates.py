"""Days and ranges of days: "last Friday", "the 3rd of December", "in October", "this weekend"."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from tools.reading.calendar_words import (
    HOLIDAYS,
    MONTH,
    MONTH_NAME,
    ORDINAL_FIGURE,
    ORDINAL_WORD,
    SEASONS,
    SPOKEN_YEAR,
    TODAY,
    TOMORROW,
    TONIGHT,
    WEEKDAY,
    WEEKDAY_SHORT,
    WEEKEND,
    YESTERDAY,
    day_number,
    day_of,
    days_from_today,
    month_end,
    month_number,
    spoken_year,
    unshortened,
    weekday_number,
)
from tools.reading.clock import DAWN, MOVES, PART_TIMES, Part
from tools.reading.numbers import NUMBER, word_number
from tools.reading.spans import COMPLETE, MASK, Span, compiled, overlaps
from tools.reading.tense import Lean, lean_at

Direction = Literal["past", "future", "either"]


class Day(NamedTuple):
    """A day, or a range of days, as read."""

    start: int
    end: int
    date: dt.date
    end_date: dt.date | None = None
    time: dt.time | None = None
    direction: Direction = "either"
    part: Part | None = None


@dataclass(frozen=True)
class _Situation:
    """What a rule needs beside its words."""

    now: dt.datetime
    lean: Lean | None
    # How far the day meant lies behind the one named: 2 days in "two days after Christmas".
    offset: relativedelta = field(default_factory=relativedelta)

    @property
    def edge(self) -> dt.date:
        """Where past and future meet for a day named without its year."""
        return self.today - self.offset

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def back(self) -> bool:
        return self.lean == "past"

    @property
    def direction(self) -> Direction:
        return self.lean or "either"


class Days(NamedTuple):
    """The days a text names, and where it speaks of one that is none ("Feb 30", "every Friday")."""

    read: list[Day]
    refused: list[Span]


class _NoSuchDay(Exception):
    """The words speak of a day, but of none on the calendar."""


_Reader = Callable[[re.Match[str], _Situation], Day | None]

_PARTS = (
    r"(?:(?:,?\s+in\s+the\s+|\s+(?:at\s+)?)"
    r"(?P<part>morning|lunchtime|afternoon|arvo|evening|eve|night|nite)\b)?"
)
_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d(?![\d:/])|{SPOKEN_YEAR}\b|(?:last|this|next)\s+year\b))?"
_WEEKDAY_OF = rf"(?:(?P<weekday>{WEEKDAY}|{WEEKDAY_SHORT}),?\s+)?"
_NTH = (
    r"(?P<nth>penultimate|second(?:\s+|-)(?:to(?:\s+|-))?last|last\s+but\s+one|first|second|third|fourth|fifth|"
    r"last|final|1st|2nd|3rd|[45]th)"
)
_UNIT = (
    r"(?P<unit>minute|min|hour|hr|day|night|week|wk|fortnight|month|mth|year|yr)s?(?P<half>\s+and\s+a\s+half)?"
)
_QUANTITY = rf"(?P<quantity>(?:a\s+)?couple(?:\s+of)?|a\s+few|few|half\s+an?|{NUMBER}|an?)"

_FEW = 3.0


def _group(match: re.Match[str], name: str) -> str | None:
    value = match.groupdict().get(name)
    return " ".join(value.lower().split()) if value else None


def _part(match: re.Match[str]) -> Part | None:
    named = _group(match, "part")
    return next((part for part in PART_TIMES if named and part == unshortened(named)), None)


def _day(match: re.Match[str], date: dt.date, direction: Direction, part: Part | None = None) -> Day:
    part = part or _part(match)
    time = PART_TIMES[part] if part else None
    return Day(match.start(), match.end(), date, time=time, direction=direction, part=part)


def _existing(date: dt.date | None) -> dt.date:
    if date is None:
        raise _NoSuchDay
    return date


def _none(match: re.Match[str], now: _Situation) -> Day | None:
    raise _NoSuchDay


def _range(match: re.Match[str], first: dt.date, last: dt.date, direction: Direction) -> Day:
    return Day(match.start(), match.end(), first, last, direction=direction)


def _side(date: dt.date, now: _Situation) -> Direction:
    """Say where a fixed date lies, unless the words around it lean one way."""
    if now.lean:
        return now.lean
    return "past" if date < now.today else "future" if date > now.today else "either"


# --- dates in figures and by name of the month ------------------------------------------------------------


def _iso(match: re.Match[str], now: _Situation) -> Day | None:
    date = _existing(day_of(int(match["year"]), int(match["month"]), int(match["day"])))
    return _day(match, date, _side(date, now))


# A time of day behind a date is rather that of a plan.
_TIME_BEHIND = compiled(r",?\s*(?:at\s+|@\s*)?\d{1,2}(?:[:.h]\d\d|\s*[ap]\.?m\b)")


def _figures(match: re.Match[str], now: _Situation) -> Day | None:
    """Read 12/03/2025 as month/day unless that is impossible; dots (3.12.2025) mean day first.

    A plan for 10/12/2025 in November is on the 10th of December, and what was seen on 12/11/2025 was seen on
    the 12th of November.
    """
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day_first = first > 12 or match["sign"] in (".", " ")
    month, day = (second, first) if day_first else (first, second)
    year += 2000 if year < 100 else 0
    other = day_of(year, day, month)
    date = _existing(day_of(year, month, day) or other)
    ahead = now.lean == "future" or (now.lean is None and _TIME_BEHIND.match(match.string, match.end()))
    if other and not day_first:
        if now.back and other <= now.today < date:
            date = other
        if ahead and date < now.today <= other:
            date = other
    return _day(match, date, _side(date, now))


def _short_figures(match: re.Match[str], now: _Situation) -> Day | None:
    first, second = int(match["first"]), int(match["second"])
    month, day = (second, first) if first > 12 or _group(match, "sign") == "." else (first, second)
    if not 1 <= month <= 12:
        return None
    named = _group(match, "weekday") or _group(match, "weekday_before")
    weekday = weekday_number(named) if named else None
    date = _nearest(month, day, now, weekday)
    if first <= 12 and second <= 12:
        other = _nearest(day, month, now, weekday)
        nearer = abs(date - now.today) > 3 * _SOON and abs(other - now.today) <= _SOON
        if (date.weekday() != weekday and other.weekday() == weekday) or (named is None and nearer):
            date = other
    return _day(match, date, now.direction)


# Nobody gives a day most of a year off without its year; one of the last or next weeks is meant.
_FAR = dt.timedelta(days=270)
_CLOSE = dt.timedelta(days=60)
_SOON = dt.timedelta(days=31)


def _nearest(month: int, day: int, now: _Situation, weekday: int | None = None) -> dt.date:
    """Return the day without a year: the latest up to today when looking back, else the first from today.

    Where nothing says past or future, the one that was some weeks ago is nearer than that of the next year.
    """
    years = range(now.today.year - 8, now.today.year + 9)
    days = [date for year in years if (date := day_of(year, month, day))]
    past = [date for date in days if date <= now.edge]
    future = [date for date in days if date >= now.edge]
    if not past or not future:
        raise _NoSuchDay
    chosen, other = (past[-1], future[0]) if now.back else (future[0], past[-1])
    if weekday is not None and chosen.weekday() != weekday and other.weekday() == weekday:
        return other
    if now.lean is None and now.today - other <= _CLOSE and chosen - now.today > _FAR:
        return other
    return chosen


def _said_year(match: re.Match[str], now: _Situation) -> int | None:
    words = _group(match, "year")
    if words is None:
        return None
    if words.endswith("year"):
        return now.today.year + {"last": -1, "this": 0, "next": 1}[words.split()[0]]
    return spoken_year(words)


def _month_and_day(match: re.Match[str], now: _Situation) -> Day | None:
    month, day, year = month_number(match["month"]), day_number(match["day"]), _said_year(match, now)
    if year:
        date = _existing(day_of(year, month, day))
        return _day(match, date, _side(date, now))
    weekday = _group(match, "weekday")
    date = _nearest(month, day, now, weekday_number(weekday) if weekday else None)
    return _day(match, date, now.direction)


def _whole_month(match: re.Match[str], now: _Situation) -> Day | None:
    first = _first_of_month(match, now)
    return _range(match, first, month_end(first), _month_direction(match, first, now))


def _month_edge(match: re.Match[str], now: _Situation) -> Day | None:
    first = _first_of_month(match, now)
    date = month_end(first) if match["edge"].lower().startswith(("end", "last")) else first
    return _day(match, date, now.direction)


def _month_direction(match: re.Match[str], first: dt.date, now: _Situation) -> Direction:
    said: dict[str | None, Direction] = {"last": "past", "next": "future"}
    return said.get(_group(match, "which")) or (_side(first, now) if _group(match, "year") else now.direction)


def _first_of_month(match: re.Match[str], now: _Situation) -> dt.date:
    month, which, this = month_number(match["month"]), _group(match, "which"), now.today.replace(day=1)
    year = _said_year(match, now)
    if year:
        return dt.date(year, month, 1)
    first = this.replace(month=month)
    if which == "last" or (which is None and now.back):
        too_late = first >= this if which == "last" else first > this
        return first.replace(year=first.year - 1) if too_late else first
    # Where nothing says past or future, the month just gone is nearer than that of the next year.
    if now.lean is None and which is None and first < this and now.today - month_end(first) <= _CLOSE:
        return first
    too_early = first <= this if which == "next" else first < this and not (which == "this" and now.back)
    return first.replace(year=first.year + 1) if too_early else first


def _day_of_month(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the 14th": the latest up to today when looking back, else the first from today on."""
    day, which = day_number(match["day"]), _group(match, "which")
    if which:
        month = now.today.replace(day=1) + relativedelta(months={"last": -1, "this": 0, "next": 1}[which])
        return _day(match, _existing(day_of(month.year, month.month, day)), now.direction)
    step = relativedelta(months=-1 if now.back else 1)
    month = now.today.replace(day=1)
    for _ in range(12):
        date = day_of(month.year, month.month, day)
        if date and (date <= now.edge if now.back else date >= now.edge):
            return _day(match, date, now.direction)
        month += step
    return None


def _moved_to_the_nth(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "move that to the fourth"; "compare it to the second" speaks of films."""
    day = _day_of_month(match, now) if MOVES.search(match.string, 0, match.start()) else None
    return day and day._replace(start=match.start("the"))


def _nth_alone(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "13th, not 12th" and "move it to 13th"."""
    if match["to"] and not MOVES.search(match.string, 0, match.start()):
        return None
    day = _day_of_month(match, now)
    return day and day._replace(start=match.start("day"))


def _weekday_the_nth(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "Friday the 27th" as the nearest 27th that is a Friday, on the other side only if far nearer."""
    day, weekday = day_number(match["day"]), weekday_number(match["weekday"])
    month = now.today.replace(day=1)
    # The same day of the month falls on every weekday within 14 months, a 31st or 29th within a few years.
    days = [
        date
        for step in range(-60, 61)
        if (there := month + relativedelta(months=step)) and (date := day_of(there.year, there.month, day))
        if date.weekday() == weekday
    ]

    def far(date: dt.date) -> int:
        away = (date - now.today).days
        against = away > 0 if now.back else away < 0
        return abs(away) + (120 if now.lean else 30) * against

    date = min(days, key=far)
    return _day(match, date, "past" if date < now.today else "future" if date > now.today else now.direction)


def _holiday(match: re.Match[str], now: _Situation) -> Day | None:
    of_year = next(day for name, day in HOLIDAYS.items() if re.fullmatch(name, match["holiday"], re.IGNORECASE))
    year, which = _said_year(match, now), _group(match, "which")
    if year:
        return _day(match, of_year(year), _side(of_year(year), now))
    years = [of_year(now.today.year + step) for step in (-1, 0, 1, 2)]
    if which == "last":
        return _day(match, max(day for day in years if day < now.today), "past")
    if which == "next":
        return _day(match, min(day for day in years if day > now.today), "future")
    if now.back:
        return _day(match, max(day for day in years if day <= now.edge), "past")
    return _day(match, min(day for day in years if day >= now.edge), now.direction)


def _nth_in_month(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the first Friday of next month", "the last weekend of December"."""
    if _group(match, "every"):
        raise _NoSuchDay
    whole = _group(match, "whole")
    if whole:
        step = relativedelta(months={"last": -1, "next": 1}.get(whole.split()[0], 0))
        first = now.today.replace(day=1) + step
    else:
        first = _first_of_month(match, now)
    day = _nth_from(match, first, now)
    if whole == "the month" or not (whole or _group(match, "year") or _group(match, "which")):
        # Open words go on to the next such month, or back to the one before.
        stride = relativedelta(months=1 if whole else 12)
        if now.back and day.date > now.today:
            day = _nth_from(match, first - stride, now)
        elif not now.back and (day.end_date or day.date) < now.today:
            day = _nth_from(match, first + stride, now)
    return day


def _nth_from(match: re.Match[str], first: dt.date, now: _Situation) -> Day:
    nth, word = match["nth"].lower(), match["weekday"].lower()
    back = {"last": 1, "final": 1}.get(nth, 2 if nth.endswith(("last", "one", "ate")) else 0)
    count = 0 if back else day_number(nth)
    if word == "week":
        start = (
            first + dt.timedelta(weeks=count - 1)
            if count
            else month_end(first) - dt.timedelta(days=7 * back - 1)
        )
        return _range(match, start, min(start + dt.timedelta(days=6), month_end(first)), now.direction)
    weekday = 5 if word == "weekend" else weekday_number(word)
    if count:
        date = _upcoming(weekday, first - dt.timedelta(days=1)) + dt.timedelta(weeks=count - 1)
    else:
        date = _latest(weekday, month_end(first) + dt.timedelta(days=1)) - dt.timedelta(weeks=back - 1)
    if date.month != first.month:
        raise _NoSuchDay
    if word == "weekend":
        return _range(match, date, date + dt.timedelta(days=1), now.direction)
    return _day(match, date, now.direction)


def _season(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "last summer" as June to August, and winter as December to February."""
    which, year = _group(match, "which"), _said_year(match, now)
    length = relativedelta(months=3)
    firsts = [dt.date(now.today.year + step, SEASONS[match["season"].lower()], 1) for step in (-2, -1, 0, 1)]
    if year:
        first = firsts[0].replace(year=year)
    elif which in ("last", "past"):
        first = max(day for day in firsts if day + length <= now.today)
    elif which == "next":
        first = min(day for day in firsts if day > now.today)
    elif now.back:
        first = max(day for day in firsts if day <= now.today)
    else:
        first = min(day for day in firsts if day + length > now.today)
    said: dict[str | None, Direction] = {"last": "past", "past": "past", "next": "future"}
    return _range(match, first, first + length - dt.timedelta(days=1), said.get(which, now.direction))


# "watched Halloween", "a Christmas movie": the film or the genre, not the day.
_HOLIDAY_AS_THING = compiled(
    r"\b(?:watch(?:ed|ing)?|re-?watch(?:ed)?|saw|seen|see|a|an|the|some|any|more|best|good|rate|"
    r"rated|log|add|gave|"
    r"schedule|plan|like|love|loved|about|called|film|movie|find|show|play|delete|remove)\s+$"
)


def _bare_holiday(match: re.Match[str], now: _Situation) -> Day | None:
    return None if _HOLIDAY_AS_THING.search(match.string[: match.start()]) else _holiday(match, now)


# --- days and weeks counted from today --------------------------------------------------------------------


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _upcoming(weekday: int, today: dt.date) -> dt.date:
    """Return the first such weekday after today."""
    return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _latest(weekday: int, today: dt.date) -> dt.date:
    """Return the last such weekday before today."""
    return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _weekday(match: re.Match[str], now: _Situation) -> Day | None:
    """Read a weekday.

    Alone it is never today; "this" may be today. "last" is the latest before today. "next" is that day of the
    next week (Monday to Sunday): on a Wednesday, next Friday is 9 days on; on a Sunday, 5 days on.
    """
    weekday, which = weekday_number(match["weekday"]), _group(match, "which")
    if which in ("every", "each"):
        raise _NoSuchDay
    week = _group(match, "week")
    if week:
        start = _monday(now.today) + dt.timedelta(weeks={"last": -1, "this": 0, "next": 1}[week])
        direction: Direction = {"last": "past", "this": now.direction, "next": "future"}[week]
        return _day(match, start + dt.timedelta(days=weekday), direction)
    if which == "next":
        return _day(match, _monday(now.today) + dt.timedelta(days=7 + weekday), "future")
    if which in ("last", "past", "this past") or _group(match, "gone"):
        return _day(match, _latest(weekday, now.today), "past")
    if which in ("coming", "this coming") or _group(match, "coming"):
        return _day(match, _upcoming(weekday, now.today), "future")
    if which == "this" and weekday == now.today.weekday():
        return _day(match, now.today, now.direction)
    date = _latest(weekday, now.today) if now.back else _upcoming(weekday, now.today)
    return _day(match, date, now.direction)


_SOMEBODY = compiled(r"\b(?:i|we|he|she|they|you|who|and|that|the|everyone|everybody|just)\s+$")


def _short_weekday(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "sat at 9"; "we sat at 9 tables" and "the sun at 9" are no days."""
    return None if _SOMEBODY.search(match.string[: match.start()]) else _weekday(match, now)


def _listed(match: re.Match[str], now: _Situation) -> Day | None:
    day = _weekday(match, now)
    return day and day._replace(start=match.start("weekday"))


# "We went in, sat, and laughed"
_TELLS = compiled(r"\b(?:i|we|he|she|they|you|who)\b")


def _item(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "heat, mubi, sat, with my sister"; "beach, sun, popcorn" is no list about a film."""
    before = match.string[: match.start()]
    return None if _TELLS.search(before) or (before and MASK not in before) else _listed(match, now)


def _weekday_beyond(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the Friday after next" and "the Friday before last"."""
    weekday = weekday_number(match["weekday"])
    if match["beyond"].lower() == "after":
        return _day(match, _monday(now.today) + dt.timedelta(days=14 + weekday), "future")
    return _day(match, _latest(weekday, now.today) - dt.timedelta(weeks=1), "past")


def _anchor(word: str, now: _Situation, back: bool) -> dt.date:
    near = days_from_today(word)
    if near is not None:
        return now.today + dt.timedelta(days=near)
    weekday = weekday_number(word)
    return _latest(weekday, now.today) if back else _upcoming(weekday, now.today)


def _weeks_on(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "a week on Tuesday" and "Tuesday week": that many weeks after the coming Tuesday."""
    weeks = _count(_group(match, "quantity") or "a")
    if weeks is None:
        return None
    weeks *= 2 if unshortened(match["unit"]) == "fortnight" else 1
    date = _anchor(match["anchor"].lower(), now, back=False) + dt.timedelta(days=round(weeks * 7))
    return _day(match, date, "future")


def _weeks_before(match: re.Match[str], now: _Situation) -> Day | None:
    weeks = _count(match["quantity"])
    if weeks is None:
        return None
    date = _anchor(match["anchor"].lower(), now, back=True) - dt.timedelta(days=round(weeks * 7))
    return _day(match, date, "past")


def _weekdays_ago(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "two Fridays ago" and "a couple of weekends ago" (its Saturday to Sunday)."""
    count = round(_count(match["quantity"]) or 1)
    if match["weekday"].lower().startswith("weekend"):
        saturday = _monday(now.today) + dt.timedelta(days=5 - 7 * count)
        return _range(match, saturday, saturday + dt.timedelta(days=1), "past")
    date = _latest(weekday_number(match["weekday"]), now.today) - dt.timedelta(weeks=count - 1)
    return _day(match, date, "past")


def _count(words: str) -> float | None:
    plain = " ".join(words.lower().split()).removesuffix(" of")
    if plain in ("a", "an"):
        return 1.0
    if plain in ("a few", "few"):
        return _FEW
    if plain in ("half a", "half an"):
        return 0.5
    return word_number(plain)


def _shift(quantity: float, unit: str) -> relativedelta:
    if unit == "year":
        return relativedelta(months=round(quantity * 12))
    if unit == "month":
        return relativedelta(months=int(quantity), days=round(quantity % 1 * 30))
    if unit in ("minute", "hour"):
        return relativedelta(minutes=round(quantity * (60 if unit == "hour" else 1)))
    return relativedelta(days=round(quantity * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]))


def _shifted(match: re.Match[str], now: _Situation, sign: int) -> Day | None:
    quantity, unit = _count(match["quantity"]), unshortened(match["unit"])
    if quantity is None or quantity > 2000:
        return None
    if _group(match, "half"):
        quantity += 0.5
    try:
        moment = now.now + _shift(quantity, unit) * sign
    except (OverflowError, ValueError):
        return None
    day = _day(match, moment.date(), "past" if sign < 0 else "future", "night" if unit == "night" else None)
    exact = unit in ("minute", "hour")
    return day._replace(time=moment.time().replace(second=0, microsecond=0, tzinfo=None)) if exact else day


def _ago(match: re.Match[str], now: _Situation) -> Day | None:
    return _shifted(match, now, -1)


def _from_now(match: re.Match[str], now: _Situation) -> Day | None:
    return _shifted(match, now, 1)


_STARTS = compiled(r"\b(?:remind|start|schedul|begin|put|set)")


def _in(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "in three days"; "I saw it in two sittings" and "told in two hours" are no days."""
    if now.back:
        return None
    alone = match[0].strip() == match.string.strip(f" .,!?{MASK}")
    if unshortened(match["unit"]) in ("minute", "hour") and not alone and not _STARTS.search(match.string):
        return None
    return _from_now(match, now)


def _near(match: re.Match[str], now: _Situation) -> Day | None:
    days = days_from_today(match["near"]) or 0
    direction: Direction = "past" if days < 0 else "future" if days > 0 else now.direction
    return _day(match, now.today + dt.timedelta(days=days), direction)


def _now(match: re.Match[str], now: _Situation) -> Day | None:
    return _day(match, now.today, now.direction)


def _this_time(match: re.Match[str], now: _Situation) -> Day | None:
    sign = 1 if match["which"].lower() == "next" else -1
    date = (now.now + _shift(1, match["unit"].lower()) * sign).date()
    return _day(match, date, "future" if sign > 0 else "past")


def _two_days(match: re.Match[str], now: _Situation) -> Day | None:
    days = -2 if "before" in match["two"].lower() else 2
    return _day(match, now.today + dt.timedelta(days=days), "past" if days < 0 else "future")


def _night_before_last(match: re.Match[str], now: _Situation) -> Day | None:
    return _day(match, now.today - dt.timedelta(days=2), "past", "night")


def _last_night(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "last night": yesterday's date, before dawn as well."""
    return _day(match, now.today - dt.timedelta(days=1), "past", "night")


def _tonight(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "tonight" and "this evening"; before dawn, looking back, they began yesterday."""
    earlier = now.back and now.now.hour < DAWN
    date = now.today - dt.timedelta(days=int(earlier))
    evening = match[0].lower().endswith("evening")
    return _day(match, date, "past" if now.back else "future", "evening" if evening else "night")


def _early_hours(match: re.Match[str], now: _Situation) -> Day | None:
    return _day(match, now.today, now.direction, "early hours")


def _this_part(match: re.Match[str], now: _Situation) -> Day | None:
    return _day(match, now.today, now.direction)


def _weekend(match: re.Match[str], now: _Situation) -> Day | None:
    """Read a weekend as Saturday to Sunday.

    "this" and "the": the one we are in, else the coming one, or the last one when looking back. "next": the one
    of the next week (Monday to Sunday). "last": the one before this week.
    """
    which = _group(match, "which") or "the"
    saturday = _monday(now.today) + dt.timedelta(days=5)
    direction = now.direction
    if which == "next":
        saturday, direction = saturday + dt.timedelta(weeks=1), "future"
    elif which in ("last", "past", "this past"):
        saturday, direction = saturday - dt.timedelta(weeks=1), "past"
    elif now.back and now.today < saturday:
        saturday -= dt.timedelta(weeks=1)
    beyond = _group(match, "beyond")
    if beyond == "after next":
        saturday, direction = _monday(now.today) + dt.timedelta(days=19), "future"
    elif beyond == "before last":
        saturday, direction = _monday(now.today) - dt.timedelta(days=9), "past"
    return _range(match, saturday, saturday + dt.timedelta(days=1), direction)


def _weekend_day(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "last weekend, on Sunday"."""
    weekend = _weekend(match, now)
    if weekend is None:
        return None
    late = match["weekday"].lower().startswith("su")
    return _day(match, weekend.date + dt.timedelta(days=int(late)), weekend.direction)


def _week_beyond(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the week after next" and "the week before last"."""
    after = match["beyond"].lower().startswith("after")
    first = _monday(now.today) + dt.timedelta(weeks=2 if after else -2)
    return _range(match, first, first + dt.timedelta(days=6), "future" if after else "past")


def _period_so_far(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "so far this year" and "earlier this month" as what of it has passed, today included."""
    unit = unshortened(match["unit"] or match["before"])
    return _range(match, _bounds(unit, 0, now.today)[0], now.today, "past")


def _rest_of_period(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "later this month" and "the rest of the year" as what of it is left, today included."""
    return _range(match, now.today, _bounds(unshortened(match["unit"]), 0, now.today)[1], "future")


def _half_month(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the first half of October" as its days up to the 15th, and the second as those behind."""
    first = _first_of_month(match, now)
    direction = _month_direction(match, first, now)
    if match["which_half"].lower() in ("first", "1st"):
        return _range(match, first, first.replace(day=15), direction)
    return _range(match, first.replace(day=16), month_end(first), direction)


def _months(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "from June to August 2024"; without a year the last month lies where the words lean."""
    last = _first_of_month(match, now)
    first = last.replace(month=month_number(match["from_month"] or match["since_month"]))
    if first > last:
        first = first.replace(year=first.year - 1)
    return _range(match, first, month_end(last), _month_direction(match, last, now))


def _days_of_month(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "between 1 and 15 October" and "October 1-15"."""
    month, year = month_number(match["month"]), _said_year(match, now)
    day = day_number(match["day"])
    end = _existing(day_of(year, month, day)) if year else _nearest(month, day, now)
    other = _group(match, "from_month")
    from_month = month_number(other) if other else month
    from_year = end.year - int(from_month > month)
    start = _existing(day_of(from_year, from_month, day_number(match["from_day"])))
    if start >= end:
        return None
    return _range(match, start, end, _side(end, now) if year else now.direction)


def _bare_short_month(match: re.Match[str], now: _Situation) -> Day | None:
    day = _whole_month(match, now)
    return day and day._replace(start=match.start("month"))


# "The Hunt for Red October", "with June", "April and I", "October Sky": no months.
_NO_MONTH_BEFORE = r"(?<!\bred )(?<!\bwith )(?<!\bmiss )(?<!\bmrs )(?<!\bmr )(?<!\baunt )"
_NO_MONTH_AFTER = (
    r"(?!\s+(?:and\s+i|says?|said|thinks?|told|gave|loves?|loved|liked|likes|wants?|recommends?|recommended)\b)"
    r"(?!\s+(?-i:[A-Z])[a-z])"
)


def _period(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "last week", "this month", "next year" as whole weeks (from Monday), months and years."""
    which, unit = match["which"].lower(), unshortened(match["unit"])
    first, last = _bounds(unit, {"last": -1, "this": 0, "next": 1}[which], now.today)
    direction: dict[str, Direction] = {"last": "past", "next": "future"}
    return _range(match, first, last, direction.get(which, now.direction))


def _bounds(unit: str, step: int, today: dt.date) -> tuple[dt.date, dt.date]:
    if unit == "week":
        first = _monday(today) + dt.timedelta(weeks=step)
        return first, first + dt.timedelta(days=6)
    if unit == "month":
        first = today.replace(day=1) + relativedelta(months=step)
        return first, month_end(first)
    return dt.date(today.year + step, 1, 1), dt.date(today.year + step, 12, 31)


def _period_edge(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the end of the month", "the start of next year"."""
    which = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    first, last = _bounds(unshortened(match["unit"]), which, now.today)
    directions: dict[int, Direction] = {-1: "past", 1: "future"}
    edge = last if match["edge"].lower().startswith(("end", "last")) else first
    return _day(match, edge, directions.get(which, now.direction))


def _rolling(match: re.Match[str], now: _Situation) -> Day | None:
    """Read "the past month", "the last 3 days", "the next two weeks" as days counted from today."""
    quantity = _count(_group(match, "quantity") or "a")
    if quantity is None or quantity > 2000:
        return None
    try:
        shift = _shift(quantity, unshortened(_group(match, "unit") or "fortnight"))
        if (_group(match, "which") or _group(match, "which_fortnight")) in ("last", "past"):
            return _range(match, now.today - shift, now.today, "past")
        return _range(match, now.today, now.today + shift, "future")
    except (OverflowError, ValueError):
        return None


_HOLIDAY = rf"(?P<holiday>{'|'.join(HOLIDAYS)})\b"
_DAY_OF_MONTH = r"(?:of\s+)?(?:the\s+)?(?P<which>this|last|next)\s+month\b"
_NOT_A_NOUN_AFTER = (
    r"(?!\s+(?:times?|films?|movies?|episodes?|seasons?|centur(?:y|ies)|floor|row|part|watch|viewing|birthday|"
    r"anniversary|place|one|of|street|avenue|best|instal?lment|entry|hour|day|week|year|minute|rewatch)\b)"
)
_PERIOD_WORD = r"(?:week|wk|month|mth|year|yr)"
_PERIOD = rf"(?P<unit>{_PERIOD_WORD})\b"
_DAY = rf"(?:{ORDINAL_FIGURE}|{ORDINAL_WORD}|3[01]|[12]\d|0?[1-9])"
_THROUGH = r"(?:up\s+to|to|until|till|til|through|thru)"
_THROUGH_OR_AND = rf"(?:{_THROUGH}\b|and\b|-|\u2013)"
_NOT_A_NUMBER_AFTER = (
    r"(?!\d|\s*[/:%★⭐]|\.\d|\s*[ap]\.?m\b|\s+(?:out\b|stars?\b|films\b|movies\b|episodes\b|"
    r"o'?\s?clock\b))"
)

_IN_A_LIST = r"(?=\s*(?:[,;:/|)]|\.(?:\s|$)|-\s|$|\d+(?:[.,]5)?(?:/|\s*$)))"
_OVER_31 = r"(?:3[2-9]|[4-9]\d)(?:st|nd|rd|th)?(?!\d)"

_RULES: list[tuple[re.Pattern[str], _Reader]] = [
    (
        compiled(
            rf"(?:\bon\s+)?(?:\b(?P<every>every|each)\s+)?\b(?:the\s+)?{_NTH}\s+(?P<weekday>{WEEKDAY}|"
            rf"{WEEKDAY_SHORT}|weekend\b|week\b)\s+(?:of|in)\s+(?:(?P<whole>(?:the|this|last|next)\s+month)\b|"
            rf"(?:(?P<which>this|last|next)\s+)?(?P<month>{MONTH}){_YEAR}){_PARTS}"
        ),
        _nth_in_month,
    ),
    (
        compiled(
            r"(?:\bon\s+)?(?<![\d-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)"
            r"(?P<day>\d{1,2})(?!\d)"
        ),
        _iso,
    ),
    (
        compiled(
            r"(?:\bon\s+)?(?<![\d/.-])(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)"
            r"(?P<year>(?:19|20)?\d\d)(?![\d/])"
        ),
        _figures,
    ),
    # Without a year only beside what shows that they are no score: "on", a weekday, a time of day.
    (
        compiled(
            rf"(?:\bon\s+{_WEEKDAY_OF}(?:the\s+)?|\b(?P<weekday_before>{WEEKDAY}|{WEEKDAY_SHORT}),?\s+)"
            r"(?P<first>\d{1,2})/(?!(?:5|10|100)\b)(?P<second>\d{1,2})(?![\d/])"
        ),
        _short_figures,
    ),
    (
        compiled(
            r"(?<![\w.,/-])(?P<first>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})\.?(?=,?\s+(?:at\s+|@\s*)?"
            r"(?:\d{1,2}(?::\d\d|\s*[ap]\.?\s?m\b)|(?<=at\s)\d))"
        ),
        _short_figures,
    ),
    # 28/11 can only be the 28th of November; 24/7 and 16/9 are no days.
    (
        compiled(
            r"(?<![\w.,/-])(?!24/7\b|16/9\b|21/9\b)(?P<first>1[3-9]|2\d|3[01])/(?!(?:5|"
            r"10)\b)(?P<second>1[0-2]|0?[1-9])"
            r"(?![\d/%]|\s*(?:stars?|pts|points)\b)"
        ),
        _short_figures,
    ),
    (
        compiled(
            r"(?<![\w.,/-])(?<!episode )(?<!ep )(?P<first>1[0-2]|0[1-9])/(?P<second>1[3-9]|2[1-46-9]|31)"
            r"(?![\d/%]|\s*(?:stars?|pts|points|ep(?:isode)?s?)\b)"
        ),
        _short_figures,
    ),
    (
        compiled(
            r"(?<![\w.:/-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<sign>\s)(?P<second>1[0-2]|0?[1-9])\s"
            r"(?P<year>20[0-3]\d)(?![\d:/])"
        ),
        _figures,
    ),
    (
        compiled(
            rf"\b(?P<between>between|from)\s+(?:the\s+)?(?P<from_day>{_DAY})(?:\s+(?:of\s+)?(?P<from_month>{MONTH}))?"
            rf"\s*{_THROUGH_OR_AND}\s*(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}"
        ),
        _days_of_month,
    ),
    (
        compiled(
            rf"(?:\bthe\s+)?(?<![\w.:/,-])(?P<from_day>{_DAY})(?:\s*(?:-|\u2013)\s*|\s+{_THROUGH}\s+)"
            rf"(?:the\s+)?(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}"
        ),
        _days_of_month,
    ),
    (
        compiled(
            rf"(?:\bfrom\s+)?\b(?P<month>{MONTH})\s+(?:the\s+)?(?P<from_day>{_DAY})"
            rf"(?:\s*(?:-|\u2013)\s*|\s+{_THROUGH}\s+)(?:the\s+)?(?P<day>{_DAY}){_NOT_A_NUMBER_AFTER}{_YEAR}"
        ),
        _days_of_month,
    ),
    (
        compiled(
            rf"\b(?:between\s+(?P<from_month>{MONTH})\s+and\s+|(?:from\s+)?(?P<since_month>{MONTH})"
            rf"(?:\s*(?:-|\u2013)\s*|\s+{_THROUGH}\s+))(?P<month>{MONTH})(?!\s+(?:the\s+)?\d{{1,2}}(?!\d)){_YEAR}"
        ),
        _months,
    ),
    (
        compiled(
            rf"(?:\bin\s+)?\b(?:the\s+)?(?P<which_half>first|second|1st|2nd|last)\s+half\s+of\s+"
            rf"(?:(?P<which>this|last|next)\s+)?(?P<month>{MONTH}){_YEAR}"
        ),
        _half_month,
    ),
    (
        compiled(
            rf"(?:\bon\s+)?{_WEEKDAY_OF}(?:\bthe\s+)?(?<![\w.:/])(?P<day>{ORDINAL_FIGURE}|{ORDINAL_WORD}|"
            rf"3[01]|[12]\d|0?[1-9])\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}{_PARTS}"
        ),
        _month_and_day,
    ),
    (
        compiled(
            rf"(?:\bon\s+)?{_WEEKDAY_OF}\b(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{ORDINAL_FIGURE}|"
            rf"{ORDINAL_WORD}\b|(?:3[01]|[12]\d|0?[1-9]){_NOT_A_NUMBER_AFTER}){_YEAR}{_PARTS}"
        ),
        _month_and_day,
    ),
    (
        compiled(
            rf"(?:\bon\s+)?(?:\b(?P<month>{MONTH})\s+(?:the\s+)?{_OVER_31}{_NOT_A_NUMBER_AFTER}|(?<![\w.:/])"
            rf"{_OVER_31}\s+(?:of\s+)?{MONTH})"
        ),
        _none,
    ),
    (compiled(rf"\bon\s+the\s+(?:3[2-9]|[4-9]\d)(?:st|nd|rd|th)\b{COMPLETE}"), _none),
    (
        compiled(
            # "Saturday, first Heat, then Alien"
            rf"(?:\bon\s+)?\b(?P<weekday>{WEEKDAY}|{WEEKDAY_SHORT}),?\s+(?:the\s+)?"
            rf"(?P<day>{ORDINAL_FIGURE}|(?:(?<=the\s)|(?!first|second|third)){ORDINAL_WORD}\b(?=\s+in\s+the\b|"
            rf"{COMPLETE})){_NOT_A_NOUN_AFTER}{_PARTS}"
        ),
        _weekday_the_nth,
    ),
    (
        compiled(
            rf"(?:\b(?:at|by|until|from)\s+)?\b(?:the\s+)?(?P<edge>end|start|beginning|(?:last|"
            rf"first)\s+day)\s+of\s+"
            rf"(?P<month>{MONTH}){_YEAR}"
        ),
        _month_edge,
    ),
    (
        compiled(
            rf"(?:\bin\s+)?\b(?P<month>{MONTH})\s+(?:of\s+)?(?P<year>(?:19|20)\d\d(?![\d:/])|"
            rf"{SPOKEN_YEAR}\b|(?:last|this|next)\s+year\b)"
        ),
        _whole_month,
    ),
    (
        compiled(
            rf"(?:\b(?:in|during|throughout|since|until)\s+)?(?:\b(?:early|mid|late)[\s-])?\b"
            rf"(?P<which>last|next|this)\s+(?!(?<=this )may\b(?!\s*(?:$|[,;:.?!])))(?P<month>{MONTH})"
        ),
        _whole_month,
    ),
    (
        compiled(rf"\b(?:in|during|throughout|since|until)\s+(?:(?:early|mid|late)[\s-])?(?P<month>{MONTH})"),
        _whole_month,
    ),
    (
        compiled(
            rf"(?:\b(?:in|during|throughout|since|until|for)\s+)?(?:\b(?:early|mid|late)[\s-])?{_NO_MONTH_BEFORE}"
            rf"\b(?P<month>{MONTH_NAME})(?:'s)?\b{_NO_MONTH_AFTER}"
        ),
        _whole_month,
    ),
    # "may" and "march" are verbs, "jan" and "dec" could be names: months where nothing but one fits.
    (
        compiled(
            rf"(?:^\s*|[,;:.!?]\s+|\b(?:for|of|from|about|until|till|through|to|and)\s+)(?P<month>{MONTH})"
            r"(?=\s*(?:$|[-\u2013,:;?!]))"
        ),
        _bare_short_month,
    ),
    (compiled(rf"\b(?:the\s+)?(?P<two>day\s+(?:before\s+{YESTERDAY}|after\s+{TOMORROW})){_PARTS}"), _two_days),
    (compiled(r"\b(?:the\s+)?night\s+before\s+last\b"), _night_before_last),
    (
        compiled(r"(?:(?<=\bbetween\s)|(?<=\bfrom\s))now(?=\s+(?:and|to|until|till?|through)\b(?!\s+then\b))"),
        _now,
    ),
    (
        compiled(
            rf"\b(?:(?:on|at|for|by|until|since|over)\s+)?(?:(?P<which>last|this|next)\s+){_HOLIDAY}"
            rf"{_PARTS}"
        ),
        _holiday,
    ),
    (
        compiled(
            rf"\b(?:on|at|by|until|since|over|for(?=\s+good\s+friday))\s+{_HOLIDAY}(?!\s+(?:films?|movies?|"
            rf"specials?|stor(?:y|ies)|"
            rf"songs?|classics?)\b){_YEAR}{_PARTS}"
        ),
        _holiday,
    ),
    (
        compiled(
            # "any good Friday night films": without "on" only where nothing stands before it.
            rf"(?:^\s*|\b(?!good\b)){_HOLIDAY}(?!\s+(?:films?|movies?|specials?|tree|carol|stor(?:y|ies)|"
            rf"music|songs?|"
            rf"vacation|with|classics?|ends|kills|theme|flicks?|mood|party|eggs?|bunny)\b|"
            rf"{MASK}){_YEAR}{_PARTS}"
        ),
        _bare_holiday,
    ),
    (
        compiled(
            rf"\b(?:on\s+)?(?:the\s+)?(?P<day>{ORDINAL_FIGURE}|(?<=the\s){ORDINAL_WORD}|"
            rf"{ORDINAL_WORD}(?=\s+of\b))"
            rf"\s+{_DAY_OF_MONTH}{_PARTS}"
        ),
        _day_of_month,
    ),
    (
        compiled(
            rf"\b(?P<which>this|last|next)\s+month,?\s+(?:on\s+)?the\s+(?P<day>{ORDINAL_FIGURE}|"
            rf"{ORDINAL_WORD}\b)"
            rf"{_NOT_A_NOUN_AFTER}{_PARTS}"
        ),
        _day_of_month,
    ),
    (
        compiled(
            rf"(?:\bin\s+)?(?<![\w.]){_QUANTITY}\s+(?P<unit>week|fortnight)s?\s+(?:(?:on|from|"
            rf"after)\s+)?(?:this\s+)?"
            rf"(?P<anchor>{WEEKDAY}|{TOMORROW}|{TODAY}){_PARTS}"
        ),
        _weeks_on,
    ),
    (
        compiled(rf"(?:\bon\s+)?\b(?P<anchor>{WEEKDAY}|{TOMORROW}|{TODAY})\s+(?P<unit>week|fortnight)\b"),
        _weeks_on,
    ),
    (
        compiled(
            rf"(?<![\w.]){_QUANTITY}\s+weeks?\s+ago\s+(?:on\s+|last\s+)?(?P<anchor>{WEEKDAY}|{TODAY}|"
            rf"{YESTERDAY}){_PARTS}"
        ),
        _weeks_before,
    ),
    (
        compiled(
            rf"(?<![\w.]){_QUANTITY}\s+(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?)"
            rf"\s+ago\b"
        ),
        _weekdays_ago,
    ),
    (
        compiled(
            rf"(?<![\w.])(?:(?:about|around|almost|nearly|over)\s+)?{_QUANTITY}\s+{_UNIT}\s+ago\b(?:"
            rf"\s+today\b)?"
        ),
        _ago,
    ),
    (compiled(rf"(?<![\w.]){_QUANTITY}\s+{_UNIT}\s+from\s+(?:now|today)\b"), _from_now),
    (compiled(rf"(?<!time )(?<!once )\bin\s+(?:about\s+)?{_QUANTITY}\s+{_UNIT}(?:'s|')?(?:\s+time)?\b"), _in),
    (compiled(r"(?:\blate\s+|\bearly\s+)?\blast\s+(?:night|nite|evening)\b"), _last_night),
    (compiled(rf"\b(?:later\s+|earlier\s+)?(?:{TONIGHT}|this\s+evening)\b"), _tonight),
    (compiled(r"\b(?:earlier\s+|later\s+)?this\s+(?P<part>morning|lunchtime|afternoon|arvo)\b"), _this_part),
    (compiled(r"\bin\s+the\s+(?:early|small|wee)\s+hours\b"), _early_hours),
    (compiled(rf"\b(?:earlier\s+|later\s+)?(?P<near>{YESTERDAY}|{TODAY}|{TOMORROW})(?:'s)?\b{_PARTS}"), _near),
    (
        compiled(rf"\b(?:the\s+)?(?P<weekday>{WEEKDAY})\s+(?P<beyond>after|before)\s+(?:next|last)\b{_PARTS}"),
        _weekday_beyond,
    ),
    (
        compiled(
            rf"\b(?<!on )(?:an?|any|which|what|most)\s+{WEEKDAY}"
            rf"(?!\s+(?:the|at|\d|in\s+(?:{MONTH}|\w+\s+month))|'s|\s+week)"
        ),
        _none,
    ),
    (
        compiled(
            r"(?:\b(?:on|at|over)\s+)?\b(?P<which>this\s+coming|this\s+past|this|next|last|past|the)\s+"
            rf"{WEEKEND},?\s+(?:on\s+|the\s+)*(?P<weekday>sat(?:urday)?|sun(?:day)?)\b{_PARTS}"
        ),
        _weekend_day,
    ),
    (
        compiled(
            r"(?:\bon\s+)?\b(?:the\s+)?(?P<weekday>saturday|sunday|(?<=on\s)(?:sat|sun))\s+(?:(?:of|at)\s+)?"
            rf"(?P<which>last|this\s+past|this|next)\s+{WEEKEND}\b"
        ),
        _weekend_day,
    ),
    (
        compiled(
            rf"\b(?P<week>last|this|next)\s+w(?:ee)?k(?:'s)?,?\s+(?:on\s+)?(?P<weekday>{WEEKDAY}|"
            rf"{WEEKDAY_SHORT}){_PARTS}"
        ),
        _weekday,
    ),
    (
        compiled(
            rf"(?:\bon\s+)?\b(?P<weekday>{WEEKDAY}){_PARTS}\s+(?:of\s+)?(?P<week>last|this|next)\s+w(?:ee)?k\b"
        ),
        _weekday,
    ),
    (
        compiled(
            rf"\b(?:on\s+)?(?:the\s+)?(?P<weekday>{WEEKDAY}){_PARTS}\s+(?P<gone>just\s+(?:gone|past)|gone){COMPLETE}"
        ),
        _weekday,
    ),
    (
        compiled(
            rf"(?:\bon\s+)?(?:\b(?P<which>this\s+coming|this\s+past|this|next|last|coming|past|every|each)"
            rf"\s+)?\b(?P<weekday>{WEEKDAY}){_PARTS}(?P<coming>\s+coming(?!\s+(?:to|up|soon|in|over|with|from)\b))?"
        ),
        _weekday,
    ),
    (compiled(rf"\b(?:on\s+(?:(?P<which>this|next|last)\s+)?)(?P<weekday>{WEEKDAY_SHORT}){_PARTS}"), _weekday),
    (compiled(rf"\b(?P<which>this|next|last)\s+(?P<weekday>{WEEKDAY_SHORT}){_PARTS}"), _weekday),
    (compiled(rf"\b(?:to|for|till|until|by)\s+(?P<weekday>mon|wed|sat|sun)\b{COMPLETE}"), _listed),
    (compiled(r"^\s*(?P<weekday>mon|wed|sat|sun)\.?\s*$"), _weekday),
    # In a list of notes: "Heat. Sat, Blu-ray. 8.5", "heat / sat / 8", "Heat Sat"; "we sat, laughed" is no day.
    (compiled(rf"{MASK}\W*?\b(?P<weekday>mon|wed|sat|sun)\b{_IN_A_LIST}"), _listed),
    (re.compile(rf"(?:^|[,.;:!/|(])\s*(?P<weekday>Mon|Wed|Sat|Sun)\b{_IN_A_LIST}"), _listed),
    (compiled(r"(?:^|[,/|])\s*(?P<weekday>mon|wed|sat|sun)\b\.?(?=\s*(?:[,/|]|\.?\s*$))"), _item),
    (
        compiled(
            r"\b(?P<weekday>mon|wed|sat|sun)\b\.?(?:(?=,?\s+(?:at\s+)?\d{1,2}(?::\d\d|\s*[ap]m))|"
            r"(?=,?\s+at\s+(?:noon|midnight|half|quarter|(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|"
            rf"eight|nine|ten|eleven|twelve)\b{COMPLETE}))|\s+(?P<part>morning|lunchtime|afternoon|evening|"
            rf"night|nite|eve)\b)"
        ),
        _short_weekday,
    ),
    (compiled(rf"\b(?:the\s+)?{WEEKEND}\s+(?P<beyond>after\s+next|before\s+last)\b"), _weekend),
    (compiled(r"\b(?:the\s+)?w(?:ee)?k\s+(?P<beyond>after\s+next|before\s+last)\b"), _week_beyond),
    (
        compiled(r"\b(?:about\s+)?this\s+time\s+(?P<which>last|next)\s+(?P<unit>week|month|year)\b"),
        _this_time,
    ),
    (
        compiled(
            r"(?:\b(?:on|at|over)\s+)?\b(?P<which>this\s+coming|this\s+past|this|next|last|past|coming|"
            rf"the)\s+{WEEKEND}\b"
        ),
        _weekend,
    ),
    (
        compiled(
            rf"\b(?:so\s+far|already|earlier)(?:\s+in)?\s+(?:this|the)\s+{_PERIOD}|\b(?:this|the)\s+(?P<before>{_PERIOD_WORD})\s+so\s+far\b"
        ),
        _period_so_far,
    ),
    (
        compiled(
            rf"\b(?:later\s+(?:in\s+)?(?:this|the)|(?:(?:for|in)\s+)?the\s+rest\s+of\s+(?:this|the))\s+{_PERIOD}"
        ),
        _rest_of_period,
    ),
    (
        compiled(
            r"(?:\b(?:at|by|until|from)\s+)?\b(?:the\s+)?(?P<edge>end|start|beginning|(?:last|"
            r"first)\s+day)\s+of\s+"
            r"(?P<which>the|this|next|last)\s+(?P<unit>week|wk|month|mth|year|yr)\b"
        ),
        _period_edge,
    ),
    (
        compiled(
            rf"(?:\b(?:in|over|during|within|from)\s+)?\b(?:the\s+)?(?P<which>last|past|next|coming)\s+"
            rf"{_QUANTITY}\s+(?P<unit>day|night|week|wk|fortnight|month|mth|year|yr)s?\b(?!\s+of\b)"
        ),
        _rolling,
    ),
    (
        compiled(
            r"(?:\b(?:in|over|during|within|from)\s+)?\bthe\s+(?P<which>last|past|next|coming)\s+"
            r"(?P<unit>week|wk|fortnight|month|mth|year|yr)\b(?!\s+of\b)"
        ),
        _rolling,
    ),
    (
        compiled(
            r"(?:\b(?:in|over|during|within)\s+)?\b(?:(?P<which>past|coming)\s+(?P<unit>week|wk|fortnight|month|mth|year|yr)|"
            r"(?P<which_fortnight>last|next)\s+(?P<fortnight>fortnight))\b(?!\s+of\b)"
        ),
        _rolling,
    ),
    (
        compiled(
            rf"\b(?:in|during|over|since|until)\s+the\s+(?P<season>{'|'.join(SEASONS)})\b(?!\s+of\b)"
            rf"(?=\s*$|\s*[,.;:!?)]|\s+(?:and|i|we|with|on|at|again)\b)"
        ),
        _season,
    ),
    # The film "I Know What You Did Last Summer" is no time.
    (
        compiled(
            rf"(?:\b(?:in|during|over|since|until)\s+)?(?<!you did )\b(?:(?P<which>last|past|this|next)\s+)"
            rf"(?P<season>{'|'.join(SEASONS)})\b(?!\s+(?:in|at)\b)"
        ),
        _season,
    ),
    (
        compiled(
            # "Summer 1993" in a sentence is rather a film.
            r"(?:\b(?:in|during|over|since|until)\s+(?:the\s+)?|^\s*(?=\w+\s+(?:of\s+)?(?:\d{4}|"
            r"\w+\s+year)\s*$))"
            rf"\b(?P<season>{'|'.join(SEASONS)})\s+(?:of\s+)?"
            r"(?P<year>(?:19|20)\d\d(?![\d:/])|(?:last|this|next)\s+year\b)"
        ),
        _season,
    ),
    (
        compiled(
            r"\b(?:(?:earlier|later)\s+)?(?P<which>last|this|next)\s+(?P<unit>week|wk|month|mth|year|yr)(?:'s)?\b"
        ),
        _period,
    ),
    (
        compiled(
            rf"\b(?:on|for|by|until|since|from)\s+the\s+(?P<day>{ORDINAL_FIGURE}){_NOT_A_NOUN_AFTER}"
            rf"{_PARTS}"
        ),
        _day_of_month,
    ),
    (
        compiled(
            rf"(?:\b(?:on|for|until|since)\s+|^\W*)the\s+(?P<day>{ORDINAL_WORD})\b(?:{COMPLETE}|$){_PARTS}"
        ),
        _day_of_month,
    ),
    (compiled(rf"\bthe\s+(?P<day>{ORDINAL_FIGURE}){COMPLETE}(?!\s+of\b)"), _day_of_month),
    (
        compiled(
            rf"(?<![\w.:/-])(?P<day>{ORDINAL_FIGURE})(?=,?\s+(?:at\s+|@\s*)?\d{{1,2}}(?::\d\d|\s*[ap]\.?m\b))"
        ),
        _day_of_month,
    ),
    (compiled(rf"\bon\s+(?P<day>{ORDINAL_FIGURE}){COMPLETE}(?!\s+of\b)"), _day_of_month),
    (
        compiled(
            rf"(?:(?P<to>\bto\s+)|^\W*(?:(?:no|wait|sorry|oh|actually|i\s+mean|make\s+(?:it|that))\W+)*)"
            rf"(?P<day>{ORDINAL_FIGURE})(?=\W*$|,?\s+(?:not|instead|rather|then|please|sorry|it\s+is)\b)"
        ),
        _nth_alone,
    ),
    (compiled(rf"\bto\s+(?P<the>the)\s+(?P<day>{ORDINAL_WORD})\b{COMPLETE}{_PARTS}"), _moved_to_the_nth),
]


# "the day before", "two weeks after", "the Friday after", "the evening of": a day told by the one behind it.
_RELATION = compiled(
    rf"(?:\bon\s+)?(?:\b(?:the\s+)?(?:(?P<nth>first|second|third|fourth|next|last)\s+)?"
    rf"(?P<weekday>{WEEKDAY}|weekend\b)|\b(?:(?P<in>in\s+)?the\s+)?"
    rf"(?P<one>day|night|evening|afternoon|morning|(?:early|small|wee)\s+hours|week)\b|"
    rf"(?<![\w.]){_QUANTITY}\s+(?P<unit>day|night|week|fortnight|month)s?)\s+(?P<side>before|after|from|of|"
    rf"on)\s+"
)


# "five in the afternoon on Saturday"
_HOUR_BEFORE = compiled(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|half|o'?clock))\s+\Z"
)


def _related(match: re.Match[str], now: _Situation) -> Day | None:
    """Read a relation together with the day that it counts from; None when no day follows it."""
    side, unit = match["side"].lower(), _group(match, "unit")
    if side == "on" and _HOUR_BEFORE.search(match.string, 0, match.start()):
        return None
    if (side == "from" and not unit) or (side == "on" and not match["in"]):
        return None
    quantity = _count(match["quantity"]) if unit else 1.0
    if quantity is None or quantity > 2000:
        return None
    sign = {"before": -1, "after": 1, "from": 1}.get(side, 0)
    step = _shift(quantity, unit or "day") * sign
    anchor = _day_at(match, _Situation(now.now, now.lean, now.offset + step))
    if anchor is None:
        return None
    if sign == 0:
        return _at_anchor(match, anchor)
    base = anchor.end_date if anchor.end_date and sign > 0 else anchor.date
    day = anchor._replace(start=match.start(), date=base + step, end_date=None)
    weekday, one = _group(match, "weekday"), _group(match, "one")
    if weekday:
        weeks = {"second": 1, "third": 2, "fourth": 3}.get(_group(match, "nth") or "", 0)
        number = 5 if weekday == "weekend" else weekday_number(weekday)
        date = _upcoming(number, base) if sign > 0 else _latest(number, base)
        date += dt.timedelta(weeks=weeks * sign)
        return day._replace(date=date, end_date=date + dt.timedelta(days=1) if weekday == "weekend" else None)
    if one == "week":
        first = base + dt.timedelta(days=1 if sign > 0 else -7)
        return day._replace(date=first, end_date=first + dt.timedelta(days=6))
    return _with_part(day, one)


def _at_anchor(match: re.Match[str], anchor: Day) -> Day | None:
    """Read "the evening of December 3" and "the weekend of the 6th"."""
    word = _group(match, "one") or _group(match, "weekday")
    day = anchor._replace(start=match.start())
    if word in PART_TIMES or (word and word.endswith("hours")):
        return _with_part(day, word)
    if anchor.end_date or word not in ("week", "weekend"):
        return None
    first = _monday(anchor.date)
    last = first + dt.timedelta(days=6)
    return day._replace(date=first if word == "week" else last - dt.timedelta(days=1), end_date=last, time=None)


def _with_part(day: Day, word: str | None) -> Day:
    part: Part | None = "early hours" if word and word.endswith("hours") else None
    part = part or next((part for part in PART_TIMES if part == word), None)
    return day._replace(time=PART_TIMES[part], part=part) if part else day


def _day_at(match: re.Match[str], now: _Situation) -> Day | None:
    """Read the day that begins where the match ends."""
    for pattern, read in [(_RELATION, _related), *_RULES]:
        named = pattern.match(match.string, match.end())
        day = read(named, now) if named else None
        if day is not None:
            return day
    return None


_SINCE = compiled(r"\bsince\s+(?:the\s+)?\Z")


def _lean(prepared: str, match: re.Match[str]) -> Lean | None:
    """Infer past or future; what something has gone on since has passed."""
    since = match[0].lower().startswith("since ") or _SINCE.search(
        prepared[max(match.start() - 12, 0) : match.start()]
    )
    return "past" if since else lean_at(prepared, match.start(), match.end())


_TO = compiled(rf"\s*(?:-|\u2013|\b{_THROUGH}\b)\s*(?:the\s+)?")
_AND = compiled(r"\s+and\s+(?:the\s+)?")
_BETWEEN = compiled(r"\bbetween\s+(?:the\s+)?\Z")
_FROM = compiled(r"\bfrom\s+(?:the\s+)?\Z")


def _joined(prepared: str, days: list[Day], now: dt.datetime) -> list[Day]:
    """Make one range of "Monday to Wednesday" and "between 3 May and 9 June"."""
    found: list[Day] = []
    for day in days:
        range_ = _through(prepared, found[-1], day, now) if found else None
        if range_:
            found[-1] = range_
        else:
            found.append(day)
    return found


def _through(prepared: str, first: Day, last: Day, now: dt.datetime) -> Day | None:
    """Return the days from one to another, None where the words move something from one to the other."""
    before = prepared[: first.start]
    between, since = _BETWEEN.search(before), _FROM.search(before)
    joint = (_AND if between else _TO).match(prepared, first.end)
    if not joint or not last.start <= joint.end() < last.end:
        return None
    # "Between now and Sunday evening" is all of Sunday; a plan goes from Friday at 8 to Saturday at 9.
    if not between and (first.time or last.time):
        return None
    # "Heat from Friday to Saturday" is a plan that moves.
    if not between and first.direction != "past" and (MASK in before or MOVES.search(before)):
        return None
    start, end = first.date, last.end_date or last.date
    if end < start:
        day_after = dt.datetime.combine(start, now.time())
        later = read_days(prepared[last.start : last.end], day_after, "future").read
        end = later[0].end_date or later[0].date if later else end
        if first.direction == "past" and end > now.date():
            end = last.end_date or last.date
            before_end = dt.datetime.combine(end, now.time())
            earlier = read_days(prepared[first.start : first.end], before_end, "past").read
            start = earlier[0].date if earlier else start
    if end <= start:
        return None
    opening = between or since
    direction = first.direction if first.direction != "either" else last.direction
    return Day(opening.start() if opening else first.start, last.end, start, end, direction=direction)


# "that evening", "the day after", "the following Monday", "two days later": told by the day spoken of before.
# "The day after tomorrow", "the night before the exam" and "the same day as Heat" name what they count from.
_NOTHING_BEHIND = (
    rf"(?=\s*$|\s*[,.;:!?)@\u2013\u2014-]|\s*{MASK}|\s+(?:at|around|about|by|with|and|but|or|so|then|please|instead|too|"
    rf"also|if|for|in|on(?!\s+(?:the\b|{WEEKDAY}))|alone|would|will|is|was|works?|suits|\d|(?:1[0-2]|[1-9]|"
    rf"noon|midnight|half|quarter|seven|eight|nine|ten)\b)\b)"
)
_DAY_WORD = r"(?P<one>day|date|night|nite|evening|eve|afternoon|arvo|morning)"
_NOT_LIVED_AGAIN = "".join(
    rf"(?<!{verb}\s)(?<!{verb}\sthe\s)"
    for verb in ("lives", "live", "living", "repeats", "repeat", "repeating")
)
"""Before "the same day": a film's hero lives it once more."""
_TOLD_BEFORE = [
    (0, compiled(r"\b(?:the\s+)?same\s+(?:day|date),?\s+(?P<year>next|last)\s+year\b")),
    (
        0,
        compiled(
            rf"(?:\b(?:on|for|in)\s+)?{_NOT_LIVED_AGAIN}\b(?:that\s+(?:same|very\s+same|very)|the\s+(?:very\s+)?same|same|"
            rf"that|later\s+that|earlier\s+that)\s+(?:{_DAY_WORD}|(?P<weekday>{WEEKDAY}|{WEEKEND}))\b(?!\s+(?:as|when|that|after|"
            rf"before|of)\b|'s){_PARTS}"
        ),
    ),
    (
        1,
        compiled(
            rf"(?:\b(?:on|for|in)\s+)?\b(?:the\s+)?(?:{_DAY_WORD}|(?P<weekday>{WEEKDAY}|{WEEKEND}|w(?:ee)?k\b))\s+"
            rf"(?P<side>after|before)(?:\s+that)?\b(?!\s+that\b){_NOTHING_BEHIND}{_PARTS}"
        ),
    ),
    (
        1,
        compiled(
            rf"(?:\b(?:on|for|in)\s+)?(?:\b(?:the|that)\s+(?P<side>next|following|previous|preceding)|"
            rf"\b(?P<near>next|following|previous))\s+(?:{_DAY_WORD}|(?P<weekday>(?<!\bnext\s){WEEKDAY}|"
            rf"(?<!\bnext\s)(?:{WEEKEND}|w(?:ee)?k\b)))\b(?!\s+(?:of|when|i|we|i'm|in\s+line)\b|'s){_PARTS}"
        ),
    ),
    (
        1,
        compiled(
            rf"(?<![\w.])(?:{_QUANTITY})\s+(?P<unit>day|night|week|wk|fortnight)s?\s+(?P<side>later|earlier|"
            rf"after\s+that|before\s+that|after|before)\b{_NOTHING_BEHIND}{_PARTS}"
        ),
    ),
]
# "Not this Friday, the one after"
_NEXT_ONE = compiled(
    rf",?\s*(?:but\s+|rather\s+|make\s+it\s+)?(?:on\s+)?\bthe\s+(?:(?:one|week)\s+after(?:\s+that)?|"
    rf"(?:next|following)(?:\s+one)?)\b{_NOTHING_BEHIND}"
)
_NOT = compiled(r"\bnot\s+(?:on\s+)?\Z")
_BY_WEEK = compiled(rf"\b(?:{WEEKDAY}|{WEEKEND})")
# "remind me the day before" counts from the plan.
_REMINDS = compiled(r"\b(?:remind|reminder|nudge|ping|alert|warn|notif)\w*\b[^.!?;]*\Z")
_BACKWARD = ("before", "earlier", "previous", "preceding")


def _told_before(prepared: str, days: list[Day], now: dt.datetime, anchor: dt.date | None) -> list[Day]:
    """Add the days counted from the one that was spoken of before them, in the text or else in `anchor`."""
    read = list(days)
    for relation, match in sorted(
        ((relation, match) for relation, rule in _TOLD_BEFORE for match in rule.finditer(prepared)),
        key=lambda found: found[1].start(),
    ):
        inside = [day for day in read if day.start < match.end() and match.start() < day.end]
        whole = all(match.start() <= day.start and day.end <= match.end() for day in inside)
        if not whole or _REMINDS.search(prepared, 0, match.start()):
            continue
        before = [day for day in read if day.end <= match.start() and _is_near(day)]
        spoken = before[-1] if before else None
        base = (spoken.date, spoken.end_date or spoken.date) if spoken else (anchor, anchor)
        day = _counted(match, relation, base[0], base[1], now) if base[0] and base[1] else None
        # "I saw that Friday": what has happened was on no day to come.
        if day is not None and (day.date <= now.date() or _lean(prepared, match) != "past"):
            read = sorted([*(other for other in read if other not in inside), day], key=lambda one: one.start)
    return read


def _week_on(prepared: str, days: list[Day]) -> list[Day]:
    """Move "not this Friday, the one after" a week on."""
    read = list(days)
    for place, day in enumerate(read):
        behind, denied = _NEXT_ONE.match(prepared, day.end), _NOT.search(prepared, 0, day.start)
        if behind and denied and _BY_WEEK.search(prepared, day.start, day.end):
            week = dt.timedelta(weeks=1)
            end = day.end_date and day.end_date + week
            read[place] = day._replace(
                start=denied.start(), end=behind.end(), date=day.date + week, end_date=end
            )
    return read


def _is_near(day: Day) -> bool:
    """Say whether words can count from it: a day or a weekend."""
    return day.end_date is None or day.end_date - day.date <= dt.timedelta(days=2)


def _counted(
    match: re.Match[str], relation: int, first: dt.date, last: dt.date, now: dt.datetime
) -> Day | None:
    """Read "that evening", "the Monday after" and "two days later" from the first and last day spoken of."""
    side = _group(match, "side") or _group(match, "near") or ""
    back = side.startswith(_BACKWARD)
    sign, base = (-1, first) if back else (1, last)
    one, weekday, unit = _group(match, "one"), _group(match, "weekday"), _group(match, "unit")
    end: dt.date | None = None
    if weekday:
        date, end = _weekday_by(weekday, relation * sign, base)
        if date is None:
            return None
    elif year := _group(match, "year"):
        date = first + relativedelta(years=1 if year == "next" else -1)
    elif unit:
        quantity = _count(match["quantity"])
        if quantity is None or quantity > 2000:
            return None
        date = base + _shift(quantity, unshortened(unit)) * sign
    elif relation == 0 and first != last:
        return None
    else:
        date = base + dt.timedelta(days=relation * sign)
    direction: Direction = "past" if (end or date) < now.date() else "future" if date > now.date() else "either"
    day = _day(match, date, direction)._replace(end_date=end)
    return day if day.part or not one else _with_part(day, unshortened(one))


def _weekday_by(weekday: str, step: int, base: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return "that Friday" (step 0), "the Friday after" (1) or "before" (-1); the last day of a weekend too."""
    if weekday.startswith("we") and weekday.endswith("k"):
        first = _monday(base) + dt.timedelta(weeks=step)
        return first, first + dt.timedelta(days=6)
    if re.fullmatch(WEEKEND, weekday):
        saturday = _monday(base) + dt.timedelta(days=5)
        if step > 0 and saturday <= base:
            saturday += dt.timedelta(weeks=1)
        if step < 0:
            saturday -= dt.timedelta(weeks=1)
        return saturday, saturday + dt.timedelta(days=1)
    number = weekday_number(weekday)
    if step:
        return (_upcoming if step > 0 else _latest)(number, base), None
    return (base if base.weekday() == number else None), None


def read_days(prepared: str, now: dt.datetime, lean: Lean | None, anchor: dt.date | None = None) -> Days:
    """Read the days named in a prepared text.

    Args:
        prepared: the text after `spans.prepare`.
        now: the moment from which "tomorrow" and "last week" count.
        lean: past or future for days that do not say; None infers it from the verbs around each.
        anchor: the day spoken of before the text, from which "that evening" and "the day after" count.

    Returns:
        The days in the order of the text, and where it names days that do not exist (February 30).
    """
    found: list[Day] = []
    refused: list[Span] = []
    claimed: list[Span] = []
    for pattern, read in [(_RELATION, _related), *_RULES]:
        for match in pattern.finditer(prepared):
            if overlaps(match.start(), match.end(), claimed):
                continue
            try:
                day = read(match, _Situation(now, lean or _lean(prepared, match)))
            except (_NoSuchDay, OverflowError):
                day = None
                refused.append(match.span())
            if day is not None:
                found.append(day)
                claimed.append((day.start, day.end))
            elif pattern is not _RELATION or match.span() in refused:
                claimed.append(match.span())
    found = _week_on(prepared, sorted(found, key=lambda day: day.start))
    found = _told_before(prepared, found, now, anchor)
    return Days(_joined(prepared, found, now), refused)
