"""Numbers in figures and in words: zero to a hundred and beyond, halves, points, a dozen, a couple."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.spans import Span, compiled, prepare

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

UNIT = "(?:" + "|".join(_UNITS) + ")"
TEEN = "(?:" + "|".join(_TEENS) + ")"
TENS = "(?:" + "|".join(_TENS) + ")"
_BELOW_HUNDRED = rf"(?:{TENS}(?:[\s-]{UNIT}\b)?|{TEEN}|{UNIT})"
_WHOLE = (
    rf"(?:(?:(?:an?|{UNIT})\s+)?hundred(?:\s+(?:and\s+)?{_BELOW_HUNDRED}\b)?|{_BELOW_HUNDRED}|zero|"
    rf"nought|nil)"
)
_PART = (
    rf"(?:\s+point(?:\s+(?:zero|oh|{UNIT})\b)+|\s+and\s+(?:(?:an?\s+)?half|a\s+quarter|three\s+quarters?)\b)"
)

# Without a leading boundary: the rules that embed these say what may stand before them.
FIGURE = r"\d+(?:\.\d+)?(?:\s?[½¼¾]|\s+and\s+(?:(?:an?\s+)?half|a\s+quarter|three\s+quarters?)\b)?"
NUMBER = rf"(?:{FIGURE}|[½¼¾]|\b{_WHOLE}\b{_PART}?)"

_QUANTITY = r"(?:half\s+a\s+dozen|(?:a\s+)?dozen|(?:a\s+)?couple)"
_ANY = compiled(rf"(?<![\w.,])-?(?:minus\s+)?(?:\b{_QUANTITY}\b|{NUMBER})(?!\w)")

_VALUES = {
    **{word: value for value, word in enumerate(["zero", *_UNITS, *_TEENS])},
    **{word: (index + 2) * 10 for index, word in enumerate(_TENS)},
    "nought": 0,
    "nil": 0,
    "oh": 0,
}
_QUANTITIES = {"dozen": 12.0, "half a dozen": 6.0, "couple": 2.0, "half": 0.5}
_PARTS = {"half": 0.5, "a quarter": 0.25, "three quarter": 0.75, "three quarters": 0.75}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class Number(BaseModel):
    """A number in a text, with the exact words and where they stand."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    value: float


def word_number(words: str) -> float | None:
    """Read one number.

    Args:
        words: figures ("7", "7.5", "4½", "-3") or words ("seven and a half", "seven point five",
            "ninety-five", "a hundred and ten", "a dozen", "a couple", "half", "minus three").

    Returns:
        The value, or None when the whole of `words` is not a number. Words are read up to 999.
    """
    plain = " ".join(prepare(words).lower().replace("of", " of").split()).removesuffix(" of")
    for sign in ("-", "minus "):
        if plain.startswith(sign):
            value = word_number(plain.removeprefix(sign))
            return None if value is None else -value
    quantity = _QUANTITIES.get(plain.removeprefix("a "))
    if quantity is not None:
        return quantity
    if not re.fullmatch(NUMBER, plain, re.IGNORECASE):
        return None
    head, joint, tail = plain.rpartition(" and ")
    part = _PARTS.get(tail.split()[-1] if tail.endswith("half") else tail)
    if joint and part is not None:
        return _whole(head) + part
    return _whole(plain)


def _whole(plain: str) -> float:
    """Add up a number that has at most a decimal point, a spoken "point" or a fraction sign."""
    if plain[-1] in _GLYPHS:
        return (_whole(plain[:-1].strip()) if plain[:-1].strip() else 0.0) + _GLYPHS[plain[-1]]
    if plain[0].isdigit():
        return float(plain)
    head, joint, digits = plain.partition(" point ")
    if joint:
        return _whole(head) + float("0." + "".join(str(_VALUES[digit]) for digit in digits.split()))
    total = 0
    for word in head.replace("-", " ").split():
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _VALUES.get(word, 0)
    return float(total)


def read_numbers(text: str, skip: Sequence[Span] = ()) -> list[Number]:
    """Read every number in a text, whatever it counts.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The numbers in the order of the text.
    """
    found = []
    for match in _ANY.finditer(prepare(text, skip)):
        value = word_number(match[0])
        if value is not None:
            start, end = match.span()
            found.append(Number(text=text[start:end], start=start, end=end, value=value))
    return found
