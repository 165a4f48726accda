"""What the user's words only ask, deny, imagine or tell of somebody else: none of it is to be carried out."""

import re

from agent.others import of_others

Span = tuple[int, int]

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"[,;:]\s+|\s+[–—-]\s+|\s+\b(?:but|then|so|because)\b\s+")
_THOUGHT = re.compile(r";\s+|\s+\bbut\b\s+")
_LEAD = (
    r"\W*(?:(?:and|so|but|also|hey|hi|hello|ok|okay|um|uh|well|wait|anyway|anyhow|now|right|oh|please|actually|"
    r"by the way|btw|quick question|just curious|remind me|tell me)\b\W*)*"
)
# In lower case: "What We Do in the Shadows 8/10" asks nothing.
_DID = r"(?-i:did|do|does|have|has|had|was|were|is|are|am|should|would|could|can|will)"
_ASKS = re.compile(
    # "Did my yearly Alien rewatch" tells.
    rf"{_LEAD}(?!did (?:my|our|the|an?) (?:\S+ ){{0,4}}?(?:re-?watch|viewing|marathon|double bill)\b[^?]*$)"
    r"(?!(?:how|what) about\b|why (?:don['’]?t|not)\b|what (?:if|would|an?)\b)"
    rf"(?:(?:when|what|which|who|whose|where|why|how)(?:['’](?:s|re|ve)\b|\s+(?:[^\s,]+\s+){{0,3}}?{_DID}\b)"
    r"|(?:did|do|does|have|has|should|shall|was|were|is|are|am)\s+(?:i|we|you|it|there|my|any|anything)\b"
    r"|(?:did|does|has|was|were|is|are)\b[^?]*\?\s*$)"
    r"|\W*(?:(?:can|could|would|will) you |please |ok(?:ay)? |hey )*(?:remind|tell|show) (?:me|us) (?:again )?"
    r"(?:what|which|who|whose|where|why|how)\b",
    re.IGNORECASE,
)
_DEED = (
    r"(?:gave?|given?|(?:re-?)?rated?|scored?|(?:re-?)?watch(?:ed)?|saw|see|seen|log(?:ged)?|scheduled?|"
    r"deleted?|removed?|changed?)"
)
_IMAGINES = re.compile(
    rf"\bif (?:i|we)(?:['’]d| had| were to| was to| should)?(?: (?:\w+ly|ever|just|had))? {_DEED}\b"
    rf"|^{_LEAD}(?:let['’]?s (?:say|pretend|imagine|assume)|say|suppos(?:e|ing)|imagin(?:e|ing)|assum(?:e|"
    rf"ing)|pretend)"
    rf"(?: that)? (?:i|we)(?:['’]d| had)? {_DEED}\b"
    rf"|^{_LEAD}had (?:i|we) {_DEED}\b|\b(?:i|we) wish (?:i|we)\b"
    rf"|^{_LEAD}(?:suppos(?:e|ing)|imagin(?:e|ing)|what if)(?: that)? "
    rf"(?:somebody|someone|anybody|anyone|they|he|she)\b",
    re.IGNORECASE,
)
_WOULD_HAVE = re.compile(
    r"(?:\b(?:would|could|might|should)|['’]d)(?: not|n['’]?t)?(?: \w+ly)?(?:['’]ve| have| of)(?: \w+ly)? "
    r"(?:given|rated|scored|watched|seen|logged|scheduled)\b"
    r"|(?:\bwould|['’]d) (?:give|rate|score|say)\b.*\bif (?:(?:it|they|there|that|the \w+)(?: \w+)? (?:were|"
    r"weren|was|wasn|had|hadn)"
    r"|not for)\b",
    re.IGNORECASE,
)
_ACT = (
    r"(?:re-?)?(?:see(?:n|ing)?|watch(?:ed|ing)?|log|save|record|rate|rating|review|schedule|plan|add|delete|"
    r"cancel|remove)\b"
)
_NOT = re.compile(
    r"\b(?:(?:have|has|had|did|do|does|would|will|can|could|wo|ca|is|am|are)(?:n['’]?t| not)|never|not|"
    r"doubt)\s+"
    r"(?:(?:\w+ly|even|yet|ever|be|been|going to|gonna)\s+)*"
    r"(?:(?:think|want|believe|expect|plan|intend|need|feel like|bother|going)\s+)?"
    r"(?:(?:that\s+)?(?:i|we)(?:['’](?:ll|d|ve)|\s+(?:will|would|should|could|have))*\s+|to\s+)?(?:(?:\w+ly|"
    r"even|ever|be)\s+)*"
    rf"{_ACT}|\bno (?:plans?|wish|need|intention)\s+(?:to|of)\s+{_ACT}",
    re.IGNORECASE,
)
_MADE_UP_FOR = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:i|we)\s+(?:might|may|could|should)\s+(?:\w+\s+)?(?:re)?(?:watch|see)\b"
    r"|\bno way\b|\bnot ever\b|\b(?:could|would|might|should)(?:['’]ve| have)\s+been\b"
    r"|\b(?:almost|nearly)\s+(?:re)?(?:watched|saw|rated|gave|went)\b"
    r"|\b(?:(?:was|were) (?:going|supposed|about|meant|hoping|planning)|meant|intended|"
    r"had planned) to (?:re-?)?(?:watch|see|rate)\b"
    r"|\bstill (?:need|have|want|got) to (?:re-?)?(?:watch|see|rate)\b|n['’]?t (?:yet )?(?:got|gotten|got a|"
    r"been) (?:a?round )?to\b",
    re.IGNORECASE,
)


def questions(words: str) -> list[Span]:
    """The sentences that ask something; a request such as "can you log …?" asks nothing."""
    return [(start, end) for start, end in _pieces(words, _SENTENCE) if _ASKS.match(words[start:end])]


def unmeant(words: str) -> list[Span]:
    """Where the words speak of no act of the user's: questions, denials, what might be, what others did.

    Args:
        words: the message, each of its known titles written as a run of X so that none is taken for a question.
    """
    spans = [*questions(words), *of_others(words)]
    for start, end in _pieces(words, _SENTENCE):
        sentence = words[start:end]
        spans += [
            (start + a, start + b) for a, b in _pieces(sentence, _THOUGHT) if _IMAGINES.search(sentence[a:b])
        ]
        for first, last in _pieces(sentence, _CLAUSE):
            clause = sentence[first:last]
            denied = _NOT.search(clause) and not _MADE_UP_FOR.search(clause)
            if denied or _MAYBE.search(clause) or _WOULD_HAVE.search(clause):
                spans.append((start + first, start + last))
    return spans


def _pieces(words: str, between: re.Pattern[str]) -> list[Span]:
    ends = [found.span() for found in between.finditer(words)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(words)], strict=True))
