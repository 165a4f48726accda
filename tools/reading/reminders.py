"""How long before a plan its reminder comes: "nudge me half an hour before", "reminder 60 minutes"."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.amounts import AMOUNT, amount_minutes
from tools.reading.numbers import NUMBER, word_number
from tools.reading.spans import Span, compiled, prepare


class Reminder(BaseModel):
    """How many minutes ahead a reminder is wanted, with the words of the amount and where they stand."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    minutes: int


_CUE = (
    r"(?:remind(?:s|ed|ers?|ing)?|nudge|ping|alert|warn(?:ing)?|shout|shove|prod|poke|buzz|wake|rem|heads[\s-]?up|notif\w+|"
    r"notice|alarm|(?:tell|text|message|let)\s+me(?:\s+know)?)"
)
_AHEAD = (
    r"(?:before(?:hand)?|ahead|in\s+advance|prior|early|earlier|out)\b(?:\s+(?:of\s+(?:time|it)|to\s+it|it\s+starts?|it\s+begins|"
    r"the\s+(?:start|film|movie|show)))?"
)
_DAYS = r"(?P<days>\b(?:a|the|one|two|three|2|3)\s+(?P<unit>day|week)s?\b)"
_HERE = rf"(?:{AMOUNT}|{_DAYS})"
_RULES = (
    # "nudge me half an hour before", "with an hour's warning", "a 30 minute reminder"
    compiled(rf"(?<![\w.:/$£€-]){_HERE}(?:'s|s'|')?[\s-]*(?:{_AHEAD}|{_CUE}\b)"),
    # "reminder: 60 minutes", "remind me 30 min", "a reminder of an hour"
    compiled(rf"\b{_CUE}\b\s*(?:me|us)?\s*[,:;=(-]?\s*(?:set\s+)?(?:for|of|at|to)?\s*{AMOUNT}"),
    # "reminder: 60"
    compiled(rf"\breminder\s*[:=]?\s*(?:of|set\s+to|to)?\s*(?P<bare>{NUMBER})(?=\s*(?:$|[,;)!]|\.(?!\d)))"),
)
_ASKED = compiled(rf"\b{_CUE}\b")
# Without a cue "an hour earlier" moves a plan.
_ONLY = compiled(
    rf"\W*(?:and\s+|about\s+|maybe\s+)?{_HERE}\s*(?:before(?:hand)?|ahead|in\s+advance|prior)\b"
    r"\W*(?:please|pls|thanks)?\W*"
)
_SINGLE_DAY = 24 * 60


def read_reminder(text: str, skip: Sequence[Span] = ()) -> Reminder | None:
    """Read how long ahead of a plan the user wants to be reminded.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The minutes, from "an hour before", "a day ahead", "reminder 60"; None when no reminder is spoken of or
        no time is named. "remind me in 20 minutes" names a moment and is none.
    """
    prepared = prepare(text, skip)
    if not _ASKED.search(prepared) and not _ONLY.fullmatch(prepared):
        return None
    for rule in _RULES:
        match = rule.search(prepared)
        if match:
            start, end = match.span()
            return Reminder(text=text[start:end], start=start, end=end, minutes=_minutes(match))
    return None


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("bare"):
        return round(word_number(groups["bare"]) or 0)
    if groups.get("days"):
        count = {"a": 1, "the": 1}.get(groups["days"].lower().split()[0]) or word_number(
            groups["days"].split()[0]
        )
        return round(count or 1) * _SINGLE_DAY * (7 if groups["unit"].lower() == "week" else 1)
    return amount_minutes(match)
