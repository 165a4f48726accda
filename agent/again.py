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
# What is said around the title that was meant: "it was the one Gerwig made", "wait, I got the title wrong, it
# was Heat", "not Alien but Aliens"; not "the other one is better", "it was Heat that scared me".
_RATHER = re.compile(
    r"\W*(?:(?:(?P<mark>was|(?:is|was)n['’]?t|not|means?|meant|said|instead|rather(?: than)?|sorry|oops|"
    r"whoops|wait|hang on|actually|(?<!\bi )(?<!\bwe )should|it['’]s|make (?:it|that)|wrong|"
    r"correct(?:ion|ed)?|mistake|mixed|confused|typo|no)|oh|ah|um|er|hmm+|well|of|course|by the way|btw|"
    r"please|then|though|but|i|we|you|it|that|this|them|my|the|a|for|do|take|is|to|let['’]s|name|title|film|"
    r"movie|one|thing|two|up|in fact|had|got|have|been|be|saw|watched|seen|what|which|put|write|ok|okay|my bad|"
    r"silly me)\b\W*)*",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\W*(?:(?:and|oh|it|that|this|was|is|it['’]s|what|which|i|we|saw|watched|the|film|movie)\b\W*)*",
    re.IGNORECASE,
)
"""What also answers a question or begins another sentence: it corrects only what was just done."""
_ELLIPSIS = re.compile(r"\W*(?:(?:and|ok|okay|so|then)\W+)*(?:what about|how about|and|for)?\W*", re.IGNORECASE)
_BY_TITLE = ("get_media", "list_reviews", "list_viewings", "query_diary", "similar")


def corrected_title(notes: Notes, memory: Memory, titles: TitleIndex) -> list[Call]:
    """The calls that take the last act back and do it with the title that was meant; empty if none was.

    Args:
        notes: what code read in the words.
        memory: what earlier turns left.
        titles: the library's titles.
    """
    asked = memory.confirm
    act = Call(tool=asked.tool, args=asked.args) if asked else memory.last_act
    if act is None or not act.args.get("title") or notes.given_ratings:
        return []
    if not (_WRONG.search(notes.words) or _points_rather(notes, memory)):
        return []
    wrong = str(act.args["title"])
    meant = _meant_instead(notes, wrong, memory.listed, titles)
    if meant is None or meant == wrong:
        return []
    right = Call(tool=act.tool, args={**act.args, "title": meant})
    return [right] if asked or memory.last_tool == "undo" else [Call(tool="undo"), right]


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


def _points_rather(notes: Notes, memory: Memory) -> bool:
    """Whether there is nothing but a title, or what points at one, and that it was meant."""
    if "?" in notes.words or notes.moments or not (notes.titles or (notes.pointer and notes.points)):
        return False
    rest = notes.without_titles() if notes.titles else _beside_pointer(notes)
    around = _RATHER.fullmatch(rest)
    if around is None or not around["mark"]:
        return False
    return not _WEAK.fullmatch(rest) or bool(memory.last_act and memory.last_tool == memory.last_act.tool)


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
