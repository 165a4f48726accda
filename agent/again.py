"""The last act or question once more, about another title: "no, the 1986 one", "and Casablanca?"."""

import re

from agent.events import Call
from agent.memory import Memory
from agent.notes import Notes
from store.titles import TitleIndex, normalise, split_year

_WRONG = re.compile(
    r"^\W*(?:(?:oh|ah|oops|sorry|wait|hang on|hmm+|um|er|well|actually)\W+)*"
    r"(?:no|nope|nah|naw|not that(?: one)?|wrong(?: (?:one|film|movie))?)\b"
    r"|\bi mean(?:t)?\b|\bwrong (?:one|film|movie|title)\b",
    re.IGNORECASE,
)
# Around a pointer: "it was the one Gerwig made", "do the 1958 one instead"; not "the other one is better".
_RATHER = re.compile(
    r"\W*(?:(?:oh|ah|um|er|hmm+|well|of course|by the way|btw|please|then|though|i|it|that|this|for|do|take|"
    r"make|be|is|to|let['’]s|"
    r"(?P<mark>was|means?|meant|instead|rather|sorry|oops|actually|should|it['’]s|make it))\b\W*)*",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\W*(?:(?:and|ok|okay|so|then)\W+)*(?:what about|how about|and|for)?\W*", re.IGNORECASE)
_BY_TITLE = ("get_media", "list_reviews", "list_viewings", "query_diary", "similar")


def corrected_title(notes: Notes, memory: Memory, titles: TitleIndex) -> list[Call]:
    """The calls that take the last act back and do it with the title that was meant; empty if none was.

    Args:
        notes: what code read in the words.
        memory: what earlier turns left.
        titles: the library's titles.
    """
    act = memory.last_act
    if act is None or not act.args.get("title") or notes.given_ratings:
        return []
    if not (_WRONG.search(notes.words) or _points_rather(notes)):
        return []
    wrong = str(act.args["title"])
    meant = _meant_instead(notes, wrong, memory.listed, titles)
    if meant is None or meant == wrong:
        return []
    return [Call(tool="undo"), Call(tool=act.tool, args={**act.args, "title": meant})]


def asked_again(notes: Notes, memory: Memory) -> Call | None:
    """The last question about another title, when the message names that and no more; else None."""
    question = memory.last_question
    if question is None or question.tool not in _BY_TITLE or "title" not in question.args:
        return None
    rest = notes.without_titles()
    about = notes.named(notes.titles[0]) if len(notes.titles) == 1 else None
    if about is None and notes.points and notes.referent and not notes.titles:
        about, rest = notes.referent, _beside_pointer(notes)
    asks = "?" in notes.words or re.match(r"\W*(?:and|what about|how about)\b", notes.words, re.IGNORECASE)
    if about is None or not asks or not _ELLIPSIS.fullmatch(rest) or notes.ratings or notes.moments:
        return None
    return Call(tool=question.tool, args={**question.args, "title": about})


def _points_rather(notes: Notes) -> bool:
    around = _RATHER.fullmatch(_beside_pointer(notes)) if notes.pointer and notes.points else None
    return bool(around and around["mark"]) and "?" not in notes.words


def _beside_pointer(notes: Notes) -> str:
    start, end = notes.pointer or (0, 0)
    return f"{notes.words[:start]} {notes.words[end:]}"


def _meant_instead(notes: Notes, wrong: str, listed: list[str], titles: TitleIndex) -> str | None:
    named = [notes.named(mention) for mention in notes.titles if notes.named(mention) != wrong]
    years = {years.first for years in notes.years if years.first == years.last}
    if named and not years:
        return named[0]
    if notes.points and notes.referent and not notes.titles:
        return notes.referent  # "no, the second one", "no, the Villeneuve one"
    bare = normalise(split_year(wrong)[0])
    others = [m for m in titles.all() if normalise(m.title) == bare and m.label != wrong]
    if years:
        dated = [m for m in others if m.year in years]
        return dated[0].label if len(dated) == 1 else None
    other = re.search(r"\b(?:other|older|newer|original|remake)\b", notes.words, re.IGNORECASE)
    if other and len(others) == 1:
        return others[0].label
    rest = [label for label in listed if label != wrong]
    return rest[0] if other and len(listed) == 2 and len(rest) == 1 else None
