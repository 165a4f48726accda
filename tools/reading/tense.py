"""Whether the words around a day look back ("watched", "gave it") or ahead ("schedule", "want to")."""

from typing import Literal

from tools.reading.spans import Span, compiled

Lean = Literal["past", "future"]

_PAST = (
    "(?:re-?)?watched|saw|seen|finished|was|were|did|didn't|had|been|rated|gave|loved|liked|enjoyed|hated|went|"
    "caught|fell|logged|log|reviewed|review|came\\s+out|thought|cried|streamed|started|stopped|took|brought|"
    "binged|"
    "bailed|dozed|nodded|quit|abandoned|managed|switched|turned|walked|gave\\s+up|got\\s+(?:through|to)|"
    "made\\s+it|(?:i|we|and|just)\\s+sat|sat\\s+(?:down|through|there|alone)|viewings?|diary|history"
)
_FUTURE = (
    "(?:re)?schedul\\w*|plan(?:s|ned|ning)?|remind\\w*|will|\\w+'ll|wants?|wanna|going\\s+to|gonna|"
    "(?:would|\\w+'d)\\s+(?:really\\s+)?(?:like|love)|fancy|could\\s+do\\s+with|"
    "let's|lets|put|calendar|book|upcoming|coming\\s+up|should(?!\\s+(?:say|read|have)\\b)|shall|can|move|postpone|free|invite|"
    "looking\\s+forward|(?:what's|whats|what\\s+is|anything|something)\\s+on|busy|rest\\s+of"
)
_CUE = rf"\b(?:(?P<past>{_PAST})|(?P<future>{_FUTURE}))\b"
_CUES = compiled(_CUE)
# "On Saturday I want to see Alien": the verb right behind the day beats a verb of an earlier clause.
_CUE_NEXT = compiled(rf"\s*,?\s*(?:(?:i|we|he|she|they|you)\s+)?(?:(?:really|finally|just)\s+)?{_CUE}")
_SENTENCE_END = compiled(r"[.!?;](?=\s)|\n")
# A verdict is about something seen.
_VERDICT = compiled(r"/\s*(?:5|10|100)\b|\bout\s+of\s+(?:five|ten|5|10|100|a\s+hundred)\b|\bstars?\b|[★⭐]")


def lean_at(prepared: str, start: int, end: int) -> Lean | None:
    """Infer past or future for the words at start..end from the verbs around them.

    The verb right behind counts first, then the nearest before in the sentence, then the nearest after in the
    sentence, then the same in the whole text; without a verb, a verdict ("9/10") means the past.

    Args:
        prepared: the text after `spans.prepare`.
        start: where the words begin.
        end: where the words end.

    Returns:
        "past", "future", or None when nothing around says.
    """
    following = _CUE_NEXT.match(prepared, end)
    if following:
        return "past" if following["past"] else "future"
    for low, high in (_sentence(prepared, start, end), (0, len(prepared))):
        cues = [
            match
            for match in _CUES.finditer(prepared, low, high)
            if match.end() <= start or match.start() >= end
        ]
        before = [match for match in cues if match.end() <= start]
        if cues:
            nearest = before[-1] if before else cues[0]
            return "past" if nearest["past"] else "future"
    return "past" if _VERDICT.search(prepared) else None


def _sentence(prepared: str, start: int, end: int) -> Span:
    breaks = [match.end() for match in _SENTENCE_END.finditer(prepared)]
    low = max((position for position in breaks if position <= start), default=0)
    high = min((position for position in breaks if position >= end), default=len(prepared))
    return low, high
