"""How a film was watched: where, with whom, again, or not to the end."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.company import WATCHED, find_company
from tools.reading.durations import read_durations
from tools.reading.extent import find_extent
from tools.reading.moments import moment_spans
from tools.reading.numbers import word_number
from tools.reading.sources import find_source
from tools.reading.spans import Span, compiled, prepare


class ViewingWords(BaseModel):
    """What a text says about a viewing; each `..._span` is where it says so, None when it does not.

    `source` and `company` are the words of the schema's watch_source and watch_context ("Netflix", "Theater",
    "Solo", "With Friends"), or the user's own ("Ben's place", "With my niece"). `rewatch_count` counts the
    earlier viewings: 2 for "the third time". `minutes` tells how much was watched of a partial viewing, where
    it is said. `other_spans` are the words of a source or company that is denied, taken back or said besides
    ("not Netflix").
    """

    model_config = ConfigDict(frozen=True)

    source: str | None = None
    source_span: Span | None = None
    company: str | None = None
    company_span: Span | None = None
    rewatch: bool = False
    rewatch_count: int | None = None
    rewatch_span: Span | None = None
    partial: bool = False
    partial_span: Span | None = None
    minutes: int | None = None
    other_spans: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of all that was found, in the order of the text."""
        found = (self.source_span, self.company_span, self.rewatch_span, self.partial_span)
        return tuple(sorted([*(span for span in found if span is not None), *self.other_spans]))


_NTH = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_NTH_TIME = compiled(
    rf"\b(?:for\s+)?(?:the|my|a|our)?\s*\b(?P<nth>{'|'.join(_NTH)}|\d+(?:st|nd|rd|th))\s+(?:time|"
    rf"watch|viewing|rewatch)\b"
)
_TIMES = compiled(
    r"\b(?:(?P<twice>twice)|(?P<count>three|four|five|six|seven|eight|nine|ten|\d+)\s+times)(?:"
    r"\s+now)?\b(?!\s+as\b)"
)
_AGAIN = [
    compiled(r"\bre-?watch(?:ed|ing|es)?\b|\banother\s+(?:viewing|watch)\b|\byet\s+again\b"),
    compiled(r"\b(?:once\s+)?again\b"),
]
_SAW = compiled(r"\b(?:watch(?:ed|ing)?|saw|seen|see|viewing|went|finished|caught)\b")
# "show me that list again" repeats an order, not a viewing.
_ORDER = compiled(
    r"\b(?:show|tell|try|ask|search|say|list|find|do|add|put|schedul\w+|delete|undo|open|send|run|"
    r"start)\b[^.!?;]*$"
)
# "I'd watch it again", "never again": a verdict, not a viewing.
_HYPOTHETICAL = compiled(
    r"\b(?:never|not|would|wouldn't|won't|could|couldn't|\w+'d|can't|cannot|don't|"
    r"happily)\b[^.!?;,]*$"
)
_FIRST_TIME = compiled(r"\b(?:for\s+the\s+|my\s+)?first\s+(?:time|watch|viewing)\b")


def read_viewing(text: str, skip: Sequence[Span] = ()) -> ViewingWords:
    """Read where, with whom, how often and how far something was watched.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles ("Home Alone").

    Returns:
        What was found, each with the span of its words, so that they can be cut out of the opinion. A name
        behind "with" or "at" counts as company or place only beside a verb of watching, or a title and a day.
    """
    prepared = prepare(text, skip)
    days = moment_spans(text, skip)
    dateless = prepare(text, [*skip, *days])
    titled = bool(skip and days)
    source, source_span, other_sources = find_source(dateless, titled or bool(WATCHED.search(dateless)))
    company, company_span, others = find_company(dateless, titled, source_span)
    rewatch, count, rewatch_span = _rewatch(prepared)
    partial_span, minutes = find_extent(prepared, read_durations(text, skip))
    return ViewingWords(
        source=source,
        source_span=source_span,
        company=company,
        company_span=company_span,
        rewatch=rewatch,
        rewatch_count=count,
        rewatch_span=rewatch_span,
        partial=partial_span is not None,
        partial_span=partial_span,
        minutes=minutes,
        other_spans=tuple(sorted({*other_sources, *others})),
    )


def _rewatch(prepared: str) -> tuple[bool, int | None, Span | None]:
    if _FIRST_TIME.search(prepared):
        return False, None, None
    nth = _NTH_TIME.search(prepared)
    if nth:
        count = _NTH.get(nth["nth"].lower()) or int(re.sub(r"\D", "", nth["nth"]))
        return (True, count - 1, nth.span()) if count > 1 else (False, None, None)
    times = _TIMES.search(prepared)
    if times and _SAW.search(prepared[: times.start()]):
        count = 2 if times["twice"] else int(word_number(times["count"]) or 0)
        return (True, count - 1, times.span()) if count > 1 else (False, None, None)
    for index, rule in enumerate(_AGAIN):
        for match in rule.finditer(prepared):
            before = prepared[: match.start()]
            if not _HYPOTHETICAL.search(before) and (index == 0 or not _ORDER.search(before)):
                return True, None, match.span()
    return False, None, None
