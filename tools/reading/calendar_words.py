"""The words of the calendar: weekdays, months, ordinals, holidays, years as spoken, and what they stand for."""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from dateutil.easter import easter

from tools.reading.numbers import TEEN, TENS, UNIT, word_number

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# "mon", "wed", "sat" and "sun" are words of their own; they are days only behind "on", "this", "next", "last".
_SAFE_ABBREVIATIONS = "tues?|weds|thu(?:rs?)?|fri"
WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)})(?:'s)?\b|(?:{_SAFE_ABBREVIATIONS})\b\.?)"
WEEKDAY_SHORT = r"(?:mon|wed|sat|sun)\b\.?"

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = rf"(?:(?:{'|'.join(_MONTHS)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
# The names that are no other words; "may" and "march" are.
MONTH_NAME = rf"(?:{'|'.join(month for month in _MONTHS if month not in ('march', 'may'))})"

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth",
    "twenty sixth", "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
)  # fmt: skip
ORDINAL_WORD = "(?:" + "|".join(word.replace(" ", r"[\s-]") for word in reversed(_ORDINALS)) + ")"
ORDINAL_FIGURE = r"(?:3[01]|[12]\d|0?[1-9])\s?(?:st|nd|rd|th)"

# The days beside today, as people also type them.
YESTERDAY = r"(?:yest(?:er|ra)day|yday)"
TODAY = r"(?:today|2day)"
TOMORROW = r"(?:tomm?orr?ow|tmrw|tmrow|tmr|tmw|2morr?ow|2moro|2mrw|tomoz|tomo)"
TONIGHT = r"(?:tonight|tonite|2nite|2night)"
WEEKEND = r"(?:week-?end|wknd|wkend)"
# Spans of time, as people also type them, and their names.
_SHORTENED = {
    "min": "minute", "mins": "minute", "hr": "hour", "wk": "week", "mth": "month", "yr": "year",
    "nite": "night", "eve": "evening", "arvo": "afternoon",
}  # fmt: skip

# "nineteen eighty two", "twenty oh five", "twenty twenty-five", "two thousand and five"
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|twenty)\s+(?:oh\s+{UNIT}|{TENS}(?:[\s-]{UNIT}\b)?|{TEEN})"
    rf"|two\s+thousand(?:\s+(?:and\s+)?(?:{TENS}(?:[\s-]{UNIT}\b)?|{TEEN}|{UNIT})\b)?)"
)


def unshortened(word: str) -> str:
    """Return the full name of a span or part of time in small letters: "week" of "wk", "night" of "nite"."""
    return _SHORTENED.get(word.lower(), word.lower())


def weekday_number(word: str) -> int:
    """Return 0 for Monday to 6 for Sunday, from a full or shortened name."""
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(word.lower()[:3]))


def days_from_today(word: str) -> int | None:
    """Return -1 for yesterday, 0 for today and 1 for tomorrow, however typed; None for any other word."""
    near = {YESTERDAY: -1, TODAY: 0, TOMORROW: 1}
    return next((days for name, days in near.items() if re.fullmatch(name, word, re.IGNORECASE)), None)


def month_number(word: str) -> int:
    """Return 1 for January to 12 for December, from a full or shortened name."""
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))


def day_number(word: str) -> int:
    """Return the day of the month, from "3", "3rd" or "third"."""
    figures = "".join(character for character in word if character.isdigit())
    return int(figures) if figures else _ORDINALS.index(" ".join(word.lower().replace("-", " ").split())) + 1


def spoken_year(words: str) -> int:
    """Return the year, from four figures or from words that match SPOKEN_YEAR."""
    if words.strip().isdigit():
        return int(words)
    plain = " ".join(words.lower().replace("-", " ").split())
    if plain.startswith("two thousand"):
        return 2000 + int(word_number(plain.removeprefix("two thousand").strip().removeprefix("and ")) or 0)
    century, _, rest = plain.partition(" ")
    return int(word_number(century) or 0) * 100 + int(word_number(rest.removeprefix("oh ")) or 0)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None when that year's month has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month that `day` is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _fixed(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def _fourth_thursday_of_november(year: int) -> dt.date:
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)


def _around_easter(days: int) -> Callable[[int], dt.date]:
    return lambda year: easter(year) + dt.timedelta(days=days)


# Longer names first: the rules try them in this order.
HOLIDAYS: dict[str, Callable[[int], dt.date]] = {
    r"new\s+year'?s\s+eve": _fixed(12, 31),
    r"nye": _fixed(12, 31),
    r"new\s+year'?s(?:\s+day)?": _fixed(1, 1),
    r"christmas\s+eve": _fixed(12, 24),
    r"christmas(?:\s+day)?": _fixed(12, 25),
    r"xmas(?:\s+day)?": _fixed(12, 25),
    r"boxing\s+day": _fixed(12, 26),
    r"(?:st\.?|saint)\s+patrick'?s\s+day": _fixed(3, 17),
    r"(?:st\.?\s+|saint\s+)?valentine'?s?(?:\s+day)?": _fixed(2, 14),
    r"hallowe'?en": _fixed(10, 31),
    r"(?:bonfire|guy\s+fawkes)\s+night": _fixed(11, 5),
    r"black\s+friday": lambda year: _fourth_thursday_of_november(year) + dt.timedelta(days=1),
    r"thanksgiving(?:\s+day)?": _fourth_thursday_of_november,
    r"good\s+friday": _around_easter(-2),
    r"easter\s+eve": _around_easter(-1),
    r"easter\s+monday": _around_easter(1),
    r"easter(?:\s+(?:sunday|day))?": _around_easter(0),
}

# The month in which a season begins; each is three months long.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
