"""The opinion in a message: what is left of the words when title, date and rating are taken out."""

import re

from rapidfuzz import fuzz

from agent.notes import Notes
from store.titles import normalise

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\s+[–—-]{1,2}\s+|\n+|;\s+")
_FRAME = re.compile(
    r"\b(i|we|me|my|us|just|watch\w*|re-?watch\w*|saw|seen|finish\w*|rate[ds]?|rating|gave|give|log|logged|review|it|that|"
    r"this|the|a|an|and|out|of|at|on|in|with|for|again|again|film|movie|show|is|was|an?|to|save|stars?|as|make|please|"
    r"finally|today|had|have|did|score[ds]?|put|down|call)\b",
    re.IGNORECASE,
)


def opinion(notes: Notes, given: str | None, several: bool) -> str | None:
    """The user's own words of judgement.

    Args:
        notes: what code read in the message.
        given: what the model took for the opinion, used to find it; never used as it is.
        several: whether the message holds several acts; only the model then tells whose opinion it is.

    Returns:
        A part of the message letter for letter, or None if nothing in it judges.
    """
    spans = [(m.start, m.end) for m in notes.titles]
    spans += [span for m in notes.moments for span in (m.spans or ((m.start, m.end),))]
    spans += [(r.start, r.end) for r in notes.ratings]
    spans += list(notes.viewing.spans)
    pieces = _pieces(notes.words)
    judging = [piece for piece in pieces if _judges(notes.words, piece, spans)]
    if given:
        near = [piece for piece in pieces if _overlap(notes.words[piece[0] : piece[1]], given)]
        judging = [p for p in pieces if p in judging and (p in near or not several)] or [
            p for p in judging if not several
        ]
        if not judging:
            return _letter_for_letter(notes.words, given)
    elif several:
        return None
    if not judging:
        return None
    start, end = judging[0][0], judging[-1][1]
    return _trim(notes.words[start:end])


def _pieces(words: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in _SENTENCE.finditer(words):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(words)))
    found = []
    for begin, end in pieces:
        # "9/10, gorgeous and melancholy" carries its opinion behind the comma.
        tail = begin
        for comma in re.finditer(r",\s+|\s+(?:because|but|although)\s+", words[begin:end]):
            found.append((tail, begin + comma.start()))
            tail = begin + comma.end() if comma[0].startswith(",") else begin + comma.start() + 1
        found.append((tail, end))
    return [(b, e) for b, e in found if words[b:e].strip()]


def _judges(words: str, piece: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    kept = list(words)
    touched = False
    for start, end in spans:
        if start < piece[1] and end > piece[0]:
            touched = True
        kept[start:end] = " " * (end - start)
    left = _FRAME.sub(" ", "".join(kept[piece[0] : piece[1]]))
    count = len(re.findall(r"[^\W\d_]{3,}", left))
    return count >= 1 if not touched else False


def _overlap(piece: str, given: str) -> bool:
    return fuzz.token_set_ratio(normalise(piece), normalise(given)) >= 85


def _letter_for_letter(words: str, given: str) -> str | None:
    """The stretch of the message that the model quoted, if it did quote."""
    match = re.search(r"\s+".join(re.escape(word) for word in given.split()), words, re.IGNORECASE)
    if match and len(given.split()) >= 1 and not re.fullmatch(r"[\d\s/.]+", given):
        return _trim(match[0])
    return None


def _trim(text: str) -> str:
    return text.strip().strip(",;–—- ").strip()
