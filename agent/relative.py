"""A figure told by another: "half a point more", "two points less", "the same", "one more than that"."""

import re
from typing import Any

from agent.said import Said
from store.errors import XilftenError
from tools.fields import CustomField
from tools.mashups import list_mashups
from tools.reading import read_numbers
from tools.reviews import list_reviews

_HALF = r"half(?:\s+an?)?|(?:a|one|\d)\s+and\s+a\s+half"
_SOME = rf"{_HALF}|an?(?:nother)?|an?\s+(?:whole|full|extra|single)|one|two|three|four|\d(?:[.,]\d)?"
_POINTS = re.compile(
    rf"\b(?P<amount>{_SOME})\s+(?:(?:whole|full|extra|more|less)\s+)*(?:(?P<stars>stars?)|points?|notch(?:es)?|marks?)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    rf"\b(?P<amount>{_SOME})\s+(?P<way>more|higher|better|less|lower|worse|fewer|up|down)\s+than\s+"
    r"(?:that|it|this|the\s+(?:last|other|first)(?:\s+one)?|before)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:more|higher|better|up|raise|add|extra|another|increase|bump|plus|on\s+top|too\s+(?:low|harsh|mean|strict|hard))\b"
    r"(?!\s+down)",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:less|lower|worse|off|down|drop|take|reduce|knock|deduct|minus|fewer|subtract|dock|lose|loses|"
    r"too\s+(?:high|kind|generous|nice))\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:the\s+)?same(?=\W*$|\s+(?:rating|score|points|number|value|again|for|goes|as|from|with|to|here)\b)|"
    r"\b(?:likewise|ditto)\b",
    re.IGNORECASE,
)
_RATES = ("log_review", "update_review", "rate_mashup")


def relative_rating(said: Said, title: str | None) -> float | None:
    """The rating that words tell by another: of a title rated before, or else the last one given.

    Args:
        said: the words and what is around them.
        title: what is to be rated.

    Returns:
        From 0 to 10; None where the words tell none so, there is nothing to go by, or it would leave the scale.
    """
    step = _step(said)
    if step is None:
        return None
    last = said.did(*_RATES)
    about = str(last.args.get("title") or said.memory.thing) if last else None
    again = title is None or title == about
    base = _rated(said, title) if again and step else None
    if base is None and last and (not again or step):
        base = last.args.get("rating")
    if base is None and step:
        base = _rated(said, title)
    return _within(base, step)


def relative_value(said: Said, field: CustomField) -> str | None:
    """The value of a number field that words tell by the one set last; see ``relative_rating``."""
    step, last = _step(said), said.did("set_field")
    if not step or last is None or last.args.get("field") != field.field_label:
        return None
    numbers = read_numbers(str(last.args.get("value")))
    return f"{numbers[0].value + step:g}" if numbers else None


def tells_relatively(said: Said) -> bool:
    """Whether words tell a figure by another one."""
    return _step(said) is not None


def _step(said: Said) -> float | None:
    """By how much, on the scale of 10; 0 where it is the same."""
    words = said.notes.without_titles()
    if than := _THAN.search(words):
        return _amount(than["amount"]) * (1 if _UP.fullmatch(than["way"]) else -1)
    points = _POINTS.search(words)
    around = f"{words[: points.start()]} {words[points.end('amount') :]}" if points else ""
    down = points and _DOWN.search(around)
    if points and (down or _UP.search(around)):
        return _amount(points["amount"]) * (2 if points["stars"] else 1) * (-1 if down else 1)
    return 0.0 if said.did(*_RATES) and _SAME.search(words) else None


def _amount(words: str) -> float:
    half = 0.5 if "half" in words.casefold() else 0.0
    whole = read_numbers(re.sub(r"\b(?:and\s+a\s+)?half(?:\s+an?)?\b", " ", words, flags=re.IGNORECASE))
    alone = not half or bool(re.match(r"\s*an?\s+and\b", words, re.IGNORECASE))
    return half + (whole[0].value if whole else 1.0 if alone else 0.0)


def _rated(said: Said, title: str | None) -> Any:
    """The rating that a title or mashup has."""
    if title is None:
        return None
    if title in said.names.mashups:
        return next(m.user_rating for m in list_mashups(said.store).mashups if m.title == title)
    try:
        reviews = list_reviews(said.store, title=title, limit=1).reviews
    except XilftenError:
        return None
    return reviews[0].rating if reviews else None


def _within(base: Any, step: float) -> float | None:
    value = None if base is None else float(base) + step
    return value if value is not None and 0 <= value <= 10 else None
