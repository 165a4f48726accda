"""Completing what waits: a yes to a destructive act, or the one argument a question asked for."""

import re

from rapidfuzz import fuzz

from agent.events import Call
from agent.memory import Pending
from agent.notes import Notes
from agent.opinion import opinion
from store.store import Store
from store.titles import TitleIndex, normalise, split_year
from tools.catalogue import list_media
from tools.people import people_mentions
from tools.reading import read_numbers

_AGREE = (
    r"(?:yes|yep|yeah|yup|sure|ok|okay|do it|go ahead|confirm(?:ed)?|please do|delete (?:it|that)|"
    r"go on|carry on|absolutely|exactly|of course|y)"
)
_YES = re.compile(
    rf"{_AGREE}(?:[\s,.!]+(?:{_AGREE}|please|thanks|thank you|of course|i'?m sure|remove (?:it|that)|it|now))*"
    r"[\s.!]*",
    re.I,
)
_REFUSE = (
    r"(?:no|nope|nah|n|don['’]?t(?: (?:do|delete|remove) (?:it|that|this))?|(?:keep|leave|forget) (?:it|that)"
    r"|cancel(?: (?:it|that))?|stop|never ?mind|not now|rather not)"
)
_NO = re.compile(
    rf"{_REFUSE}(?:[\s,.!]+(?:{_REFUSE}|thanks|thank you|please|sorry|as it is|i changed my mind))*[\s.!]*",
    re.I,
)
_UNDO = re.compile(r"(please\s+)?undo(\s+(that|it|this|the last( one| change)?|my last change))?[.!]*", re.I)
_EVERYTHING = re.compile(
    r"\b(delete|remove|erase|wipe|clear|drop|destroy|cancel)\b.{0,30}"
    r"\b(everything|all (of )?(my|the|it)|whole library)\b",
    re.I,
)
_LEAD = r"\W*(?:(?:and|so|also|please|now|ok|okay)\W+)*"
_ASKS = re.compile(
    rf"{_LEAD}(?:(?:find|recommend|show|list|delete|remove|cancel|move|mash up)\b|"
    r"(?:what|which|who|how|when|where|can you|could you|do i|did i)\b.*\?)",
    re.I,
)
"""A message that asks for something else, whatever was asked before it."""
_ORDERS = re.compile(
    rf"{_LEAD}(?:schedule|plan|remind|add|rate|log|save|define|"
    r"thanks|thank you|hello|hi|hey|good (?:night|morning))\b",
    re.I,
)
_STOP = re.compile(r"\s*[.,;:!–—-]\s")
_FREE = ("name", "label", "field", "value", "query")
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "1st": 0, "2nd": 1, "3rd": 2}


def says_yes(words: str) -> bool:
    """Whether the whole message is a yes."""
    return bool(_YES.fullmatch(words.strip()))


def says_no(words: str) -> bool:
    """Whether the whole message is a no."""
    return bool(_NO.fullmatch(words.strip()))


def says_undo(words: str) -> bool:
    """Whether the whole message asks to take the last change back."""
    return bool(_UNDO.fullmatch(words.strip()))


def says_everything(words: str) -> bool:
    """Whether the message asks to delete all there is."""
    return bool(_EVERYTHING.search(words))


def complete(pending: Pending, notes: Notes, store: Store) -> Call | None:
    """The waiting call with the argument that the message gives, or None when it is no answer."""
    value: object | None = None
    said = Call(tool=pending.call.tool, args=dict(pending.call.args))
    if _speaks_of_another(pending, notes, store.titles) or _ASKS.match(notes.words):
        return None
    if pending.candidates:
        value = _choose(pending.candidates, notes) or _of_somebody(pending.candidates, notes, store)
        if value and pending.argument == "sources":
            value = _in_place(pending.call.args["sources"], str(value))
    elif pending.argument == "rating":
        exact = [rating.value for rating in notes.ratings if rating.bound == "exact"] or _bare_rating(
            notes.words
        )
        value = exact[0] if len(exact) == 1 and len(notes.words.split()) <= 12 else None
        if value is not None and said.tool == "log_review" and (text := opinion(notes, None, False)):
            said.args.setdefault("text", text)
    elif pending.argument in ("when", "watched"):
        value = notes.words if notes.moments and len(notes.words.split()) <= 8 else None
    elif pending.argument == "title":
        if len(notes.titles) == 1 and len(notes.words.split()) <= 10:
            mention = notes.titles[0]
            value = (
                mention.media[0].label if len(mention.media) == 1 else notes.words[mention.start : mention.end]
            )
        elif len(notes.words.split()) <= 4 and not notes.ratings and not notes.moments and not _orders(notes):
            value = notes.words.strip(" .!?")
    elif pending.argument == "sources":
        parts = re.split(r"\s*(?:,|&|\+|\band\b|\bwith\b)\s*", notes.words.strip(" .!?"))
        if len(notes.titles) >= 2:
            value = [mention.media[0].label for mention in notes.titles]
        elif len(parts) >= 2 and all(parts) and len(notes.words.split()) <= 8 and not _orders(notes):
            value = parts
    elif pending.argument in _FREE and len(notes.words.split()) <= 6 and not _orders(notes):
        value = notes.words.strip(" .!?")
    if value is None:
        return None
    said.args[pending.argument] = value
    return said


def _bare_rating(words: str) -> list[float]:
    """The number that stands alone ahead of the rest: "Nine. She is magnificent"."""
    numbers = read_numbers(words)
    first = numbers[0] if numbers and not words[: numbers[0].start].strip() else None
    alone = first and _STOP.match(words, first.end)
    return [first.value] if first and alone and 0 <= first.value <= 10 else []


def _speaks_of_another(pending: Pending, notes: Notes, titles: TitleIndex) -> bool:
    """Whether a message names other titles than the waiting call does: then it is no answer."""
    if pending.candidates:
        known = pending.candidates
    elif pending.argument in ("title", "sources", *_FREE):
        return False
    else:
        known = [str(pending.call.args.get("title", ""))]
    named = [{media.label for media in mention.media} for mention in notes.titles]
    starts = [rating.start for rating in notes.ratings] + [moment.start for moment in notes.moments]
    first = min(starts, default=0)
    if not named and (matches := titles.search(notes.words[:first], limit=1)) and matches[0].score >= 95:
        named.append({matches[0].media.label})  # "Heat 8/10": in running text a first word may be any word
    return any(not labels & set(known) for labels in named)


def _orders(notes: Notes) -> bool:
    """Whether words that could be any name are rather another order, or small talk."""
    return bool(_ORDERS.match(notes.words))


def _in_place(sources: list[str], chosen: str) -> list[str]:
    """The sources with the chosen title in the place of the name that was ambiguous."""
    bare = normalise(split_year(chosen)[0])
    nearest = max(sources, key=lambda source: fuzz.ratio(normalise(source), bare))
    return [chosen if source == nearest else source for source in sources]


def _choose(candidates: list[str], notes: Notes) -> str | None:
    words = notes.words.casefold()
    years = {str(years.first) for years in notes.years if years.first == years.last}
    years |= set(re.findall(r"\b(?:19|20)\d\d\b", words))
    dated = [c for c in candidates if any(f"({year})" in c for year in years)]
    if len(dated) == 1:
        return dated[0]
    for word, position in _ORDINALS.items():
        if re.search(rf"\b{word}\b", words) and position < len(candidates):
            return candidates[position]
    if re.fullmatch(r"\W*(the\s+)?\d\W*", words):
        position = int(re.sub(r"\D", "", words)) - 1
        return candidates[position] if 0 <= position < len(candidates) else None
    if re.search(r"\b(old(er)?|original|earlier)\b", words):
        return min(candidates, key=_year)
    if re.search(r"\b(new(er)?|recent|later|remake)\b", words):
        return max(candidates, key=_year)
    said = normalise(notes.words)
    named = [c for c in candidates if fuzz.ratio(said, normalise(split_year(c)[0])) >= 85]
    return named[0] if len(named) == 1 else None


def _of_somebody(candidates: list[str], notes: Notes, store: Store) -> str | None:
    """The one candidate that a named person made or is in: "the Cronenberg one"."""
    names = {name for person in people_mentions(store, notes.words) for name in person.names}
    theirs = {film.label for name in names for film in list_media(store, person=name, limit=100).films}
    found = [candidate for candidate in candidates if candidate in theirs]
    return found[0] if len(found) == 1 else None


def _year(label: str) -> int:
    return split_year(label)[1] or 0
