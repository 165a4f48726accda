"""A note on a plan: "note: bring tissues", "with the note “good crisps”", "don't forget the popcorn"."""

from pydantic import BaseModel, ConfigDict

from tools.reading.spans import Span, compiled, prepare


class PlanNote(BaseModel):
    """A note in the user's own words; `start` and `end` hold it and the words that announce it.

    `text` is the note letter for letter, without quotation marks: "bring tissues".
    """

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the note and its announcement stand."""
        return self.start, self.end


_QUOTED = r"[\"“'](?P<quoted>[^\"”]+?)[\"”']"
_KIND = r"(?:notes?|comments?|description|memo|message|reminder\s+text)"
_JOINT = r"(?:and\s+|please\s+|also\s+|can\s+you\s+|could\s+you\s+)*"
_ANNOUNCED = (
    rf"(?:with|add(?:ing)?|put(?:ting)?|include|attach|write|leave|set)\s+(?:(?:a|the|this|my|as\s+a|it\s+the|it\s+a|"
    rf"that\s+as\s+a|it\s+as\s+a)\s+)?(?:(?:little|short|quick)\s+)?{_KIND}(?:\s+(?:to|on|for)\s+(?:it|that|the\s+"
    r"(?:plan|event|entry|calendar)))?"
)
_SAYS = r"(?:\s*[:=,–—-]|\s+(?:saying|that\s+says|which\s+says|reading|that|to|of|is|says))"
# A weekday, a reminder or another order ends a note without quotation marks.
_REST = (
    r"(?P<plain>[^\n.!?;\"“”]+?)(?=\s*(?:$|[.!?;\n])|,\s+(?:(?:and\s+)?(?:please\s+)?(?:remind|nudge|ping|alert|put|"
    r"schedule|plan|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|at\s+\d)|and\s+what|thanks?|"
    r"please)\b|\s+and\s+(?:remind|nudge|ping|alert)\s+me\b)"
)
_RULES = [
    compiled(rule)
    for rule in (
        rf"{_JOINT}\b{_ANNOUNCED}{_SAYS}?\s*{_QUOTED}",
        rf"(?:^|[,;.(]\s*|\s-\s*|\band\s+|\s){_KIND}\s*(?:[:=–—]|\s-)?\s*{_QUOTED}",
        rf"{_JOINT}\b(?:put|add|write|with)\s+{_QUOTED}\s+as\s+(?:a|the)\s+{_KIND}",
        rf"{_JOINT}\b{_ANNOUNCED}{_SAYS}\s*{_REST}",
        rf"(?:^|[,;.!?(\n]\s*|\s[-–—]\s*|\band\s+){_KIND}\s*[:=]\s*{_REST}",
        rf"\bwith\s+(?:(?:a|the)\s+)?{_KIND}\s+{_REST}",
        rf"{_JOINT}\bnote\s+(?:that\s+)?(?:down\s+)?(?:to\s+)?(?P<to>bring|buy|get|pick\s+up|book|order|make|pack|take|ask|"
        rf"call|invite|check|wear)\b(?P<more>[^\n.!?;]*)",
        r"(?P<remember>\b(?:do\s*n[o']?t|must\s*n[o']?t|do\s+not|never)\s+(?:let\s+me\s+)?forget\s+(?!it\b|that\s+i\b|"
        r"about\s+it\b|to\s+(?:remind|log|add|note|put|save)\b|i\b)[^\n.!?;]+|"
        r"(?<=[,;.!?:(]\s)(?:remember\s+to\s+|bring\s+|must\s+bring\s+|need\s+to\s+bring\s+|take\s+)(?!it\b|that\b|up\b|"
        r"me\b|back\b|forward\b|off\b|out\b)[^\n.!?;]+)",
    )
]
_TRAILING = " \t,;:–—-)"


def read_plan_note(text: str) -> PlanNote | None:
    """Read the free note that a user wants on a plan.

    Args:
        text: what the user typed or said of a plan; in other messages the same words may announce an opinion.

    Returns:
        The note letter for letter with its span, or None where the words hold none.
    """
    prepared = prepare(text)
    for rule in _RULES:
        match = rule.search(prepared)
        if match is None:
            continue
        names = [name for name, words in match.groupdict().items() if words and name != "more"]
        start, end = match.span(names[0])
        if names[0] == "to":
            end = match.end("more")
        words = text[start:end].rstrip(_TRAILING)
        if not words.strip():
            continue
        first = match.start() + len(match[0]) - len(match[0].lstrip(" ,;.!?(\n\t-–—"))
        last = match.end() if names[0] == "quoted" else start + len(words)
        return PlanNote(text=words, start=first, end=last)
    return None
