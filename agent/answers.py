"""Completing what waits: a yes to a destructive act, or the one argument a question asked for."""

import re

from rapidfuzz import fuzz

from agent.events import Call
from agent.memory import Pending
from agent.notes import Notes
from store.titles import normalise

_YES = re.compile(
    r"(yes|yep|yeah|yup|sure|ok|okay|do it|go ahead|confirm(ed)?|please do|delete it|y)\b.{0,20}", re.I
)
_NO = re.compile(r"(no|nope|nah|don'?t|keep it|cancel|stop|never mind|nevermind|n|leave it)\b.{0,30}", re.I)
_UNDO = re.compile(r"(please\s+)?undo(\s+(that|it|this|the last( one| change)?|my last change))?[.!]*", re.I)
_EVERYTHING = re.compile(
    r"\b(delete|remove|erase|wipe|clear|drop|destroy)\b.{0,30}"
    r"\b(everything|all (of )?(my|the|it)|whole library)\b",
    re.I,
)
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


def complete(pending: Pending, notes: Notes) -> Call | None:
    """The waiting call with the argument that the message gives, or None when it is no answer."""
    value: object | None = None
    if pending.candidates:
        value = _choose(pending.candidates, notes)
    elif pending.argument == "rating":
        exact = [rating.value for rating in notes.ratings if rating.bound == "exact"]
        value = exact[0] if len(exact) == 1 and len(notes.words.split()) <= 8 else None
    elif pending.argument in ("when", "watched"):
        value = notes.words if notes.moments and len(notes.words.split()) <= 8 else None
    elif pending.argument == "title":
        if len(notes.titles) == 1 and len(notes.words.split()) <= 10:
            mention = notes.titles[0]
            value = (
                mention.media[0].label if len(mention.media) == 1 else notes.words[mention.start : mention.end]
            )
        elif len(notes.words.split()) <= 4 and not notes.ratings and not notes.moments:
            value = notes.words.strip(" .!?")
    elif pending.argument == "sources" and len(notes.titles) >= 2:
        value = [mention.media[0].label for mention in notes.titles]
    elif len(notes.words.split()) <= 6 and pending.argument in ("name", "label", "field", "value", "query"):
        value = notes.words.strip(" .!?")
    if value is None:
        return None
    return Call(tool=pending.call.tool, args={**pending.call.args, pending.argument: value})


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
    named = [c for c in candidates if fuzz.ratio(said, normalise(re.sub(r" \(\d{4}\)$", "", c))) >= 85]
    return named[0] if len(named) == 1 else None


def _year(label: str) -> int:
    match = re.search(r"\((\d{4})\)$", label)
    return int(match[1]) if match else 0
