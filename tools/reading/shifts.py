"""How far a plan is moved: "an hour later", "two days earlier", "push it back a week"."""

import datetime as dt
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.amounts import AMOUNT, amount_minutes
from tools.reading.clock import read_clocks
from tools.reading.numbers import NUMBER, word_number
from tools.reading.reminders import read_reminder
from tools.reading.spans import Span, compiled, prepare


class Shift(BaseModel):
    """A step forward or, below zero, back in time; the words alone are read alike.

    ``time`` is the hour said with a step of days: "push it back a day and start at 6"; ``spans`` are where the
    step and the hour stand.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    delta: dt.timedelta
    time: dt.time | None = None
    spans: tuple[Span, ...] = ()

    @property
    def words(self) -> str:
        """The step in plain words, such as "90 minutes later"."""
        minutes = abs(self.delta) // dt.timedelta(minutes=1)
        amount = f"{minutes} minutes" if minutes % (24 * 60) else f"{minutes // (24 * 60)} days"
        at = f" at {self.time:%H:%M}" if self.time else ""
        return f"{amount} {'later' if self.delta > dt.timedelta() else 'earlier'}{at}"


_DAYS = rf"(?P<count>{NUMBER}|\ban?|\b(?:a\s+)?couple\s+of)\s+(?P<unit>day|night|week|wk|fortnight)s?\b"
_STEP = rf"(?<![\w.:/$£€-])(?:{AMOUNT}|{_DAYS})"
_PUT_OFF = r"(?:push|put|mov|shift|bump|delay|postpon|knock|set|nudg|reschedul)\w*"
_DRAWN = r"(?:br(?:ing|ought)|pull|draw)\w*"
# What is moved: "it", "the film", a masked title, "Heat".
_WHAT = r"(?:[^\s,.;!?]+\s+){0,6}?"
# "the day after", but "the day after tomorrow" and "the day before the party" name days of their own
_ALONE = r"(?=\s*(?:[.,;!?]|\Z|(?:at|please|instead|then|same|if|in|that)\b))"
_A_DAY = r"\b(?P<count>the)\s+{}(?P<unit>day|evening|night|week){}"
_RULES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, compiled(rf"{_STEP}\s+(?:later|after\s+that|further\s+on)\b")),
    (-1, compiled(rf"{_STEP}\s+(?:earlier|sooner|before\s+that)\b")),
    (1, compiled(_A_DAY.format("", rf"\s+after(?:\s+that)?{_ALONE}"))),
    (1, compiled(_A_DAY.format(r"(?:next|following)\s+", _ALONE))),
    (-1, compiled(_A_DAY.format(r"previous\s+", _ALONE))),
    (1, compiled(rf"\blater\s+by\s+{_STEP}")),
    (-1, compiled(rf"\b(?:earlier|sooner)\s+by\s+{_STEP}")),
    (-1, compiled(rf"\b{_DRAWN}\s+{_WHAT}(?:forward|up|in)\s+(?:by\s+)?{_STEP}")),
    (-1, compiled(rf"\bmov\w*\s+{_WHAT}up\s+(?:by\s+)?{_STEP}")),
    (1, compiled(rf"\b{_PUT_OFF}\s+{_WHAT}(?:back|out|off|on)\s+(?:(?:by|for)\s+)?{_STEP}")),
    (1, compiled(rf"\b(?:back|out|on)\s+by\s+{_STEP}")),
    (1, compiled(rf"\b{_PUT_OFF}\s+{_WHAT}(?:back\s+|out\s+|off\s+|on\s+)?by\s+{_STEP}")),
    (
        1,
        compiled(
            rf"\b(?:push|delay|postpon|bump|shift)\w*\s+{_WHAT}(?:for\s+)?{_STEP}(?!\s+(?:before|after|from|ago))"
        ),
    ),
)


# "Move it to the same time next week"
_NEXT_WEEK = compiled(
    r"\b(?:the\s+)?same\s+(?:time|day|slot|weekday|evening|night)(?:\s+and\s+(?:time|day|place))?,?\s+(?:but\s+)?"
    r"(?:the\s+)?(?:next|following)\s+week\b|\b(?:next|the\s+following)\s+week,?\s+(?:the\s+)?same\s+"
    r"(?:time|day|slot|evening|night)(?:\s+and\s+(?:time|day|place))?\b"
)


def read_shift(text: str, skip: Sequence[Span] = ()) -> Shift | None:
    """Read how far a plan is to be moved, counted from when it is.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The step, positive for later ("push it back a week"), negative for earlier ("bring it forward a day");
        None when the words name none.
    """
    prepared = prepare(text, skip)
    if read_reminder(text, skip):
        return None  # "remind me an hour earlier"
    week = _NEXT_WEEK.search(prepared)
    if week:
        start, end = week.span()
        return _with_time(text, prepared, (start, end), dt.timedelta(weeks=1))
    for sign, rule in _RULES:
        match = rule.search(prepared)
        step = _delta(match) if match else None
        if match and step:
            start, end = match.span()
            return _with_time(text, prepared, (start, end), sign * step)
    return None


def _with_time(text: str, prepared: str, span: Span, delta: dt.timedelta) -> Shift:
    """The step, with the one hour that is said beside a step of days."""
    clocks = read_clocks(prepared, [span]) if not delta % dt.timedelta(days=1) else []
    one = clocks[0] if len(clocks) == 1 else None
    return Shift(
        text=text[slice(*span)],
        start=span[0],
        end=span[1],
        delta=delta,
        time=one.on(None)[0] if one else None,
        spans=(span, (one.start, one.end)) if one else (span,),
    )


def _delta(match: re.Match[str]) -> dt.timedelta | None:
    if not match["unit"]:
        return dt.timedelta(minutes=amount_minutes(match))
    words = match["count"].lower().removesuffix("of").strip()
    count = 1.0 if words in ("a", "an", "the") else word_number(words)
    days = {"week": 7, "wk": 7, "fortnight": 14}.get(match["unit"].lower(), 1)
    return dt.timedelta(days=round(count * days)) if count else None
