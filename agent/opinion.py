"""The opinion in a message: what is left of the words when title, date and rating are taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from agent.notes import Notes
from agent.others import published, quotations, quoted
from store.titles import normalise

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\s+[–—-]{1,2}\s+|\n+|;\s+")
_FRAME = re.compile(
    r"\b((?<!\ba )good (?:morning|afternoon|evening|day|night)|whatever (?:it|that) (?:was|is)|"
    r"(?:seen|watched|saw) (?:that|this) one|in my (?:book|opinion)|(?:from|for) (?:me|us)|if you ask me|"
    r"no wait|hang on|scratch that|i mean|"
    r"or rather|"
    r"i|we|me|my|us|just|watch\w*|re-?watch\w*|saw|seen|finish\w*|rate[ds]?|ratings?|ga?i?ve[sn]?|giving|"
    r"deserve[sd]?|gets?|got|"
    r"gonna|going|go|goes|say|log|logged|reviews?|comment|note|verdict|text|it|that|"
    r"this|the|a|an|and|out|of|at|on|in|with|for|again|film|movie|show|is|was|to|save|stars?|as|make|please|"
    r"finally|today|had|have|did|score[ds]?|put|down|call|"
    r"oops|sorry|actually|hey|hello|hi|there|dear|greetings|cheers|wait|well|okay|yes|yeah|yep|thanks|thank|you|hmm|then|also|now|"
    r"correction|can|could|would)\b",
    re.IGNORECASE,
)
_OTHER_WISH = re.compile(
    r"\W*(?:(?:and|then|also|please|now|so)\b\W*)*(?:(?:find|recommend|show|schedule|plan|remind|add|delete|"
    r"remove|mash|tag (?:it|this|that|as)|set (?:the|my|its|their) .{1,40} (?:to|as)|"
    r"list|undo|tell)\b|(?:what|which|who|when|where|how|can|could|do|did|should|would|is|are)\b.*\?\s*$)",
    re.IGNORECASE | re.DOTALL,
)
# Behind a comma too: "…, tag it slow and moody", "…, can you write it in the diary?"
_ORDER = re.compile(
    r"(?:\b(?:and|then|also|please)\s+)*\b(?:tag\s+(?:it|this|that|as)\b|tags?\s*:|tagged\s+(?:as|with)\b|"
    r"(?:with|add)\s+(?:the\s+)?tags?\b)[^.!?;\n]*"
    r"|(?<=[,;])\s*(?:so\s+|and\s+)?(?:(?:can|could|would|will)\s+you\b[^.!;\n]*\?|please\s+(?:put|write|enter|"
    r"add|note|log|save|keep|mark|record|remind|schedule)\b[^.!?;\n]*|remind\s+me\b[^.!?;\n]*)",
    re.IGNORECASE,
)
_LOGS = re.compile(
    r"\W*(?:(?:so|um|well|and|then|just|today|yesterday|finally|also|only)\b\W*)*"
    r"(?:(?:i|we)(?:['’]?(?:ve|d|ll|m|re)| have| would| will| am| are)?\b\s*)?(?:(?:just|finally|also|only|"
    r"gonna|going to)\s+)*"
    r"(?:had the (?:pleasure|chance|luck|joy) of\s+)?"
    r"(?:(?:re-?)?watch\w*|saw|see(?:n|ing)|finish\w*|caught|gave|giv(?:e|ing)|rat(?:e[ds]?|ing)\b|log\w*|review\w*)\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:great|good|bad|best|worst|better|worse|lov(?:e|es|ed|ing|ely)|like[ds]?|hat(?:e|es|ed)|enjoy\w*|"
    r"bor(?:ed|es)|"
    r"ma(?:de|kes) (?:me|us)|cr(?:y|ied)|laugh\w*|fun|funny|sad|dull|slow|weak|strong|masterpiece|perfect\w*|"
    r"superb\w*|brillian\w*|gorgeous\w*|beaut\w*|tense|aw(?:ful|esome)\w*|terrible|wonderful\w*|classic|mess|"
    r"meh|nice|cool|"
    r"(?:over|under)rated|disappoint\w*|surpris\w*|scary|creepy|clever\w*|smart|silly|stupid|cheesy|epic|"
    r"melancholy|"
    r"confus\w*|too \w+|thought|found|felt|feels|worth|drag(?:s|ged)?|unforgettable|favou?rite|wow|holds? up|"
    r"(?!during|evening|morning|something|nothing|anything|everything|watching|finishing|rating|viewing|"
    r"screening|"
    r"showing|trying|starting|putting|giving|going|making|getting|having|doing|calling|scoring|logging|"
    r"marking|taking|"
    r"saying|thinking|planning|coming|sitting|ending|being|topic|clinic|music|traffic)"
    r"[^\W\d_]{3,}(?:ful|ous|ive|ic|less|able|ible|ing|ish|some|esque))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[\s,;:.–—-]*(?:(?:and|so|um|well|at|on|for|a|an|then|with)\b[\s,]*)*", re.IGNORECASE)
_TRAIL = re.compile(
    r"[\s,;:–—-]*(?:\b(?:and|so|but)\b)?\s*"
    r"(?:\b(?:i|we|i['’]d|i['’]ll|we['’]d)\b(?:\s+(?:would|will|can|must))?\s+(?:gave|give|rate|say|score|call)"
    r"(?:\s+(?:it|that|this))?)?(?:\s*\b(?:a|an|at|maybe|about|like|probably|on|of|in|with|for|the)\b)*\s*$",
    re.IGNORECASE,
)
# What announces an opinion in quotation marks.
_ANNOUNCED = re.compile(
    r"\b(?:reviews?|comments?|notes?|text|opinion|verdict|thoughts?|summary|words|saying|write|writing|wrote|"
    r"say|said|put)"
    r"(?:\s+(?:is|was|to|that|of|as|reads?|with|should\s+(?:be|read|say)))*\s*[:,–—-]?\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\A\W*(?:my\s+)?(?:comments?|reviews?|thoughts?|verdict|notes?|opinion)\s*[:–—-]\s*", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:tag(?:s|ged)?|field|preset|mashup|called|named|name|titled?)(?:\s+(?:it|this|that|"
    r"them))?(?:\s+(?:as|with|to))?"
    r"\s*[:,]?\s*$",
    re.IGNORECASE,
)
_LONG_ENOUGH = 3
"""Words in quotation marks that are an opinion though nothing announces one."""


@dataclass(frozen=True)
class _Stretch:
    """A part of the message that may judge; ``sure`` if it says so itself, without the model."""

    start: int
    end: int
    sure: bool


def opinion(notes: Notes, given: str | None, several: bool) -> str | None:
    """The user's own words of judgement.

    Args:
        notes: what code read in the message.
        given: what the model took for the opinion, used to find it; never used as it is.
        several: whether the message holds several acts; only the model then tells whose opinion it is.

    Returns:
        A part of the message letter for letter, or None if nothing in it judges.
    """
    quoted = _quoted(notes)
    if quoted and given:
        return next((text for text in quoted if _overlap(text, given)), quoted[0])
    if quoted and not several:
        return quoted[0]
    titles = [(m.start, m.end) for m in notes.titles]
    others = [span for m in notes.moments for span in (m.spans or ((m.start, m.end),))]
    others += [(r.start, r.end) for r in notes.ratings]
    others += list(notes.viewing.spans)
    others += published(notes.words)
    others += [found.span() for found in _ORDER.finditer(notes.words)]
    found = list(_stretches(notes.words, titles, others))
    judging = [stretch for stretch in found if stretch.sure]
    if given:
        near = [s for s in found if _overlap(notes.words[s.start : s.end], given)]
        theirs = [stretch for stretch in near if stretch.sure] or near
        judging = theirs if several else judging or near
        if not judging:
            return _letter_for_letter(notes.words, given)
    elif several:
        return None
    if not judging:
        return None
    return _trim(notes.words[judging[0].start : judging[-1].end])


def _quoted(notes: Notes) -> list[str]:
    """The user's opinions in quotation marks: not titles, tags and names, nor what somebody else said."""
    found = []
    told = quoted(notes.words)
    for start, end in quotations(notes.words):
        text, before = notes.words[start:end].strip(), notes.words[: start - 1]
        title = any(mention.start <= start and end <= mention.end for mention in notes.titles)
        alone = len(text.split()) >= _LONG_ENOUGH and not title and not _NAMED.search(before)
        if text and (start, end) not in told and (alone or _ANNOUNCED.search(before)):
            found.append(text)
    return found


def _stretches(words: str, titles: list[tuple[int, int]], others: list[tuple[int, int]]) -> Iterator[_Stretch]:
    for start, end in _pieces(words):
        spans = [span for span in (*titles, *others) if span[0] < end and span[1] > start]
        if not spans:
            if _content(words[start:end]):
                yield _Stretch(start, end, sure=True)
            continue
        left = list(words)
        for first, last in spans:
            left[first:last] = " " * (last - first)
        only_named = all(span in titles for span in spans) and not _LOGS.match(words, start, end)
        if only_named and _JUDGING.search("".join(left[start:end])):
            yield _Stretch(start, end, sure=True)  # "The acting in Casablanca was superb."
            continue
        edges = [start, *(edge for span in sorted(spans) for edge in span), end]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            yield from _between(words, first, last)


def _between(words: str, start: int, end: int) -> Iterator[_Stretch]:
    """What stands between a title, a date and a rating: "8/10 terrifying and claustrophobic"."""
    if start >= end:
        return
    lead = _LEAD.match(words, start, end)
    start = lead.end() if lead else start
    text = _TRAIL.sub("", words[start:end])
    if _content(text) and not _LOGS.match(text):
        yield _Stretch(start, start + len(text), sure=bool(_JUDGING.search(text)))


def _content(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3,}", _FRAME.sub(" ", text)))


def _pieces(words: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in _SENTENCE.finditer(words):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(words)))
    found = []
    for begin, end in pieces:
        if _OTHER_WISH.match(words, begin, end):
            continue
        # "9/10, gorgeous and melancholy" carries its opinion behind the comma.
        tail = begin
        for comma in re.finditer(r",\s+|\s+(?:because|but|although)\s+", words[begin:end]):
            found.append((tail, begin + comma.start()))
            tail = begin + comma.end() if comma[0].startswith(",") else begin + comma.start() + 1
        found.append((tail, end))
    return [(b, e) for b, e in found if words[b:e].strip()]


def _overlap(piece: str, given: str) -> bool:
    return fuzz.token_set_ratio(normalise(piece), normalise(given)) >= 85


def _letter_for_letter(words: str, given: str) -> str | None:
    """The stretch of the message that the model quoted, if it did quote."""
    match = re.search(r"\s+".join(re.escape(word) for word in given.split()), words, re.IGNORECASE)
    if match and len(given.split()) >= 1 and not re.fullmatch(r"[\d\s/.]+", given):
        return _trim(match[0])
    return None


def _trim(text: str) -> str:
    return _LABEL.sub("", text).strip().strip(",;–—- ").strip()
