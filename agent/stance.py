"""What the user's words only ask, deny, imagine or tell of somebody else: none of it is to be carried out."""

import re

Span = tuple[int, int]

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"[,;:]\s+|\s+[–—-]\s+|\s+\b(?:but|then|so|because)\b\s+")
_LEAD = r"\W*(?:(?:and|so|but|also|hey|hi|hello|ok|okay|um|well|wait|remind me|tell me)\b\W*)*"
# In lower case: "What We Do in the Shadows 8/10" asks nothing.
_DID = r"(?-i:did|do|does|have|has|had|was|were|is|are|should|would|could|can|will)"
_ASKS = re.compile(
    rf"{_LEAD}(?!(?:how|what) about\b|why (?:don['’]?t|not)\b|what (?:if|would|an?)\b)"
    rf"(?:(?:when|what|which|who|whose|where|why|how)(?:['’]s\b|\s+(?:[^\s,]+\s+){{0,3}}?{_DID}\b)"
    r"|(?:did|do|does|have|has|should|shall|was|were|is|are|am)\s+(?:i|we|you|it|there|my|any|anything)\b)",
    re.IGNORECASE,
)
_IMAGINES = re.compile(
    rf"{_LEAD}(?:what )?if (?:i|we)(?:['’]d)?\s+(?:had\s+)?(?:give|gave|rate|watch|saw|see|log|schedule)",
    re.IGNORECASE,
)
_ACT = r"(?:re)?(?:seen|see|watch(?:ed)?|log|save|record|rate|review|schedule|plan|add|delete|cancel|remove)\b"
_NOT = re.compile(
    rf"\b(?:(?:have|has|had|did|do|does|would|will|can|could|wo|ca)(?:n['’]?t| not)|never)\s+"
    rf"(?:(?:\w+ly|even|yet|ever)\s+)*{_ACT}",
    re.IGNORECASE,
)
_MADE_UP_FOR = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:i|we)\s+(?:might|may|could|should)\s+(?:\w+\s+)?(?:re)?(?:watch|see)\b"
    r"|\b(?:almost|nearly)\s+(?:re)?(?:watched|saw|rated|gave|went)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:my\s+(?:\w+\s+)?(?:wife|husband|partner|girlfriend|boyfriend|friends?|mum|mom|mother|dad|father|parents|"
    r"brothers?|sisters?|sons?|daughters?|kids?|child(?:ren)?|colleagues?|boss|flatmate|roommate)"
    r"|he|she|they|everyone|everybody|critics|people)\s+"
    r"(?:(?:\w+ly|just|also|only)\s+)?(?:lov|hat|lik|gave|giv|rat|scor|watch|saw|seen|think|thought|said|say)\w*"
    r"[^,.;!?\n]*",
    re.IGNORECASE,
)


def questions(words: str) -> list[Span]:
    """The sentences that ask something; a request such as "can you log …?" asks nothing."""
    return [(start, end) for start, end in _pieces(words, _SENTENCE) if _ASKS.match(words[start:end])]


def unmeant(words: str) -> list[Span]:
    """Where the words speak of no act of the user's: questions, denials, what might be, what others did.

    Args:
        words: the message, its titles blanked out so that none is taken for a question or a denial.
    """
    spans = questions(words)
    for start, end in _pieces(words, _SENTENCE):
        if _IMAGINES.match(words[start:end]):
            spans.append((start, end))
            continue
        for first, last in _pieces(words[start:end], _CLAUSE):
            clause = words[start + first : start + last]
            denied = _NOT.search(clause) and not _MADE_UP_FOR.search(clause)
            if denied or _MAYBE.search(clause):
                spans.append((start + first, start + last))
    return spans + [found.span() for found in _OTHERS.finditer(words)]


def _pieces(words: str, between: re.Pattern[str]) -> list[Span]:
    ends = [found.span() for found in between.finditer(words)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(words)], strict=True))
