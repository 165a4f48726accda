"""Years and decades of release: "1982", "the 80s", "between 1990 and 2005", "before 1970"."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.calendar_words import SPOKEN_YEAR, spoken_year
from tools.reading.spans import Span, compiled, overlaps, prepare


class Years(BaseModel):
    """A span of years, both ends included; 0 and 9999 stand for an open end."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    first: int
    last: int


_OPEN_FIRST, _OPEN_LAST = 0, 9999

_DECADE_WORDS = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990, "noughties": 2000, "aughts": 2000,
}  # fmt: skip
# What early, mid and late leave of a decade.
_STRETCHES = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}

_YEAR = (
    rf"(?:\(?(?<![\w/.:#$£€])(?<!\b\d-)(?<!\b\d\d-)(?:18[89]\d|19\d\d|20\d\d)(?![\w/%]|:\d|\.\d|"
    rf"-\d\d?\b|\s+(?:minutes|mins)\b)\)?|\b{SPOKEN_YEAR}\b)"
)
_DECADE = (
    r"(?:(?<!my )(?<!his )(?<!her )(?<!their )(?<!your )(?:\bthe\s+)?(?:\b(?P<{0}stretch>early|"
    r"mid|late)(?:\s+|-)(?:the\s+)?)?"
    r"(?:(?<!\w)'?(?P<{0}decade>(?:18|19|20)\d0|[03-9]0|[12]0(?<=the\s[12]0))'?s\b"
    rf"|\b(?P<{{0}}word>{'|'.join(_DECADE_WORDS)})\b))"
)


def _period(name: str) -> str:
    """Return the pattern of one year or decade, its groups named with `name` in front."""
    return rf"(?:(?P<{name}year>{_YEAR})|{_DECADE.replace('{0}', name)})"


_RANGE = compiled(
    rf"(?:\b(?:between|from)\s+)?{_period('a_')}\s*(?:-|\u2013|\u2014|\b(?:and|to|until|till|through|"
    rf"thru)\b)\s*{_period('b_')}"
)
_AFTER = compiled(rf"(?:\b(?P<strict>after|newer\s+than|later\s+than|past|post)|\bsince)[\s-]+{_period('')}")
_BEFORE = compiled(
    rf"(?:\b(?P<strict>before|older\s+than|earlier\s+than|pre|prior\s+to)|\b(?:until|up\s+to|through))"
    rf"[\s-]+{_period('')}"
)
# "nothing after 1990" is a bound at 1990 itself; "not" reaches over the words of the request to its "after".
_NOT = (
    r"\b(?:no|not|nothing|none|\w+n't|cannot|never|without)(?:\s+(?:an?|any|anything|films?|"
    r"movies?|shows?|series|ones?|stuff|things?|made|released|shot|from|that|be|is|are|was|were|come|came|out|"
    r"want|show|give|recommend|suggest|include|me|us)\b){0,6}\s+"
)
_LATER = r"(?:after|past|post|(?:later|newer|younger|more\s+recent)\s+than)"
_EARLIER = r"(?:before|pre|prior\s+to|(?:earlier|older)\s+than)"
_NEITHER = compiled(
    rf"{_NOT}(?:(?P<later>{_LATER})|{_EARLIER})[\s-]+{_period('a_')}\s*,?\s*\b(?:or|nor|and)\s+"
    rf"(?:from\s+)?(?(later){_EARLIER}|{_LATER})[\s-]+{_period('b_')}"
)
_NOT_AFTER = compiled(rf"{_NOT}{_LATER}[\s-]+{_period('')}")
_NOT_BEFORE = compiled(rf"{_NOT}{_EARLIER}[\s-]+{_period('')}")
_ONWARDS = compiled(
    rf"(?:\bfrom\s+)?{_period('')}\s*,?\s*(?:(?P<later>on(?:wards?)?\b(?!\s+\w+day)|(?:or|and)\s+"
    rf"(?:later|newer|after|since|up)\b|\+)"
    r"|(?:or|and)\s+(?:earlier|older|before)\b)"
)
_ALONE = compiled(_period(""))


def read_years(text: str, skip: Sequence[Span] = ()) -> list[Years]:
    """Read the years and decades a user names.

    "after 2010" begins with 2011 and "since 2010" with 2010; "before 1970" ends with 1969; "nothing after 1970"
    ends with 1970. "the 20s" are the 1920s.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read: known titles ("1917"), dates read as moments ("3 December 2025").

    Returns:
        The spans of years in the order of the text.
    """
    prepared = prepare(text, skip)
    found: list[Years] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(prepared):
            if overlaps(match.start(), match.end(), [(years.start, years.end) for years in found]):
                continue
            first, last = read(match)
            if first <= last:
                words = text[match.start() : match.end()]
                found.append(Years(text=words, start=match.start(), end=match.end(), first=first, last=last))
    return sorted(found, key=lambda years: years.start)


def _bounds(match: re.Match[str], name: str = "") -> tuple[int, int]:
    year, word = match[f"{name}year"], match[f"{name}word"]
    if year:
        number = spoken_year(year.strip("()"))
        return number, number
    decade = _DECADE_WORDS[word.lower()] if word else _decade(int(match[f"{name}decade"]))
    low, high = _STRETCHES.get((match[f"{name}stretch"] or "").lower(), (0, 9))
    return decade + low, decade + high


def _decade(figures: int) -> int:
    if figures >= 100:
        return figures
    return 2000 + figures if figures in (0, 10) else 1900 + figures


def _alone(match: re.Match[str]) -> tuple[int, int]:
    return _bounds(match)


def _between(match: re.Match[str]) -> tuple[int, int]:
    return _bounds(match, "a_")[0], _bounds(match, "b_")[1]


def _after(match: re.Match[str]) -> tuple[int, int]:
    first, last = _bounds(match)
    return (last + 1 if match["strict"] else first), _OPEN_LAST


def _before(match: re.Match[str]) -> tuple[int, int]:
    first, last = _bounds(match)
    return _OPEN_FIRST, (first - 1 if match["strict"] else last)


def _not_after(match: re.Match[str]) -> tuple[int, int]:
    return _OPEN_FIRST, _bounds(match)[1]


def _not_before(match: re.Match[str]) -> tuple[int, int]:
    return _bounds(match)[0], _OPEN_LAST


def _neither(match: re.Match[str]) -> tuple[int, int]:
    early, late = ("b_", "a_") if match["later"] else ("a_", "b_")
    return _bounds(match, early)[0], _bounds(match, late)[1]


def _onwards(match: re.Match[str]) -> tuple[int, int]:
    first, last = _bounds(match)
    return (first, _OPEN_LAST) if match["later"] else (_OPEN_FIRST, last)


_RULES = (
    (_RANGE, _between),
    (_NEITHER, _neither),
    (_NOT_AFTER, _not_after),
    (_NOT_BEFORE, _not_before),
    (_AFTER, _after),
    (_BEFORE, _before),
    (_ONWARDS, _onwards),
    (_ALONE, _alone),
)
