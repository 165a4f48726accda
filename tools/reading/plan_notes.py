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
    rf"(?:with|add(?:ing)?|put(?:ting)?|include|attach|write|leave|set|mak(?:e|ing)|jot(?:\s+down)?)\s+(?:(?:a|the|this|my|as\s+a|it\s+the|it\s+a|"
    rf"that\s+as\s+a|it\s+as\s+a)\s+)?(?:(?:little|short|quick)\s+)?{_KIND}(?:\s+(?:to|on|for)\s+(?:it|that|"
    r"self|(?:the|my|that|[\w-]+'s)\s+(?:plan|event|entry|calendar|film|movie|screening|viewing)))?"
)
# "Make a note that I saw Heat" asks for an act.
_NOT_MINE = r"(?!\s|(?:i|i've|we've|i'd|it|both|that)\b|we\s+(?:saw|watched))"
_CHORE = r"(?:bring|buy|get|pick\s+up|book|order|make|pack|take|ask|call|invite|check|wear|grab|charge)"
_SAYS = r"(?:\s*[:=,–—-]|\s+(?:saying|that\s+says|which\s+says|reading|that|to|of|is|says))"
# A weekday, a reminder or another order ends a note without quotation marks.
_REST = (
    r"(?P<plain>[^\n.!?;\"“”]+?)(?=\s*(?:$|[.!?;\n])|,\s+(?:(?:and\s+)?(?:please\s+)?(?:remind|nudge|ping|alert|put|"
    r"schedule|plan|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|at\s+\d)|and\s+what|thanks?|"
    r"please)\b|(?:\s+and)?\s+(?:remind|nudge|ping|alert)\s+me\b|"
    r"\s+(?:with\s+an?\s+|and\s+an?\s+)?reminder\b)"
)
_RULES = [
    compiled(rule)
    for rule in (
        rf"{_JOINT}\b{_ANNOUNCED}{_SAYS}?\s*{_QUOTED}",
        rf"(?:^|[,;.(]\s*|\s-\s*|\band\s+|\s){_KIND}\s*(?:[:=–—]|\s-)?\s*{_QUOTED}",
        rf"{_JOINT}\b(?:put|add|write|with)\s+{_QUOTED}\s+as\s+(?:a|the)\s+{_KIND}",
        rf"{_JOINT}\b{_ANNOUNCED}{_SAYS}\s*{_NOT_MINE}{_REST}",
        rf"{_JOINT}\b(?:note|jot\s+down|make\s+a\s+note|(?:add|write)\s+(?:to\s+(?:it|the\s+plan|[\w-]+'s\s+\w+)))\s+that\s+"
        rf"{_NOT_MINE}{_REST}",
        rf"{_JOINT}\b(?:put|write|add|mention)\s+{_QUOTED}\s+(?:in|to|into|on)\s+(?:the|its|my)\s+{_KIND}",
        rf"{_JOINT}\bin\s+the\s+{_KIND}\s+(?:put|write|say|add)\s*:?\s*{_REST}",
        rf"(?:^|[,;.!?(\n]\s*|\s[-–—]\s*|\band\s+){_KIND}\s*[:=]\s*{_REST}",
        rf"\bwith\s+(?:(?:a|the)\s+)?{_KIND}\s+{_REST}",
        rf"(?:^|[,;.!?(\n]\s*|\s[-–—]\s*)note\s+to\s+self\s*:?\s*{_REST}",
        rf"{_JOINT}\b(?:note\s+(?:that\s+)?(?:down\s+)?(?:to\s+)?|(?<=and\s)remind\s+me\s+to\s+)"
        rf"(?={_CHORE}\b){_REST}",
        r"(?P<remember>\b(?:do\s*n[o']?t|must\s*n[o']?t|do\s+not|never)\s+(?:let\s+me\s+)?forget\s+(?!it\b|that\s+i\b|"
        r"about\s+it\b|to\s+(?:remind|log|add|note|put|save)\b|i\b)[^\n.!?;]+|"
        r"(?:(?<=[,;.!?:(]\s)|(?<=\()|(?<=\s[-–—]\s))(?:remember\s+to\s+|bring\s+|take\s+|(?:(?:i|we)\s+)?(?:must|(?:need|have|"
        rf"got)\s+to|gotta|should)\s+(?={_CHORE}\b))(?!(?:it|that|up|me|back|forward|off|out|note|a\s+look)\b)[^\n.!?;)]+)",
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
        names = [name for name, words in match.groupdict().items() if words]
        start, end = match.span(names[0])
        words = text[start:end].rstrip(_TRAILING)
        if not words.strip():
            continue
        first = match.start() + len(match[0]) - len(match[0].lstrip(" ,;.!?(\n\t-–—"))
        last = match.end() if names[0] == "quoted" else start + len(words)
        return PlanNote(text=words, start=first, end=last)
    return None
