"""Which title "the second one", "the other", "both", "the older one" or "the Carpenter one" points at."""

import re
from collections.abc import Iterable, Sequence

from agent.memory import Memory
from store.store import Store
from store.titles import MediaRef, normalise, split_year
from tools.catalogue import list_media
from tools.people import PersonMention

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WHAT = r"(?:one|film|movie|show|title|pick|option|version)"
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|last|\d{{1,2}}(?:st|nd|rd|th))"
# "the first time", "the last film I saw" and "the last three" count something else.
_NO_PLACE = (
    rf"(?!\s+(?:time|half|part|minutes?|hours?|act|scene|season|episode|week(?:end)?|month|year|night|day|few|"
    rf"couple|\d|{'|'.join(_NUMBERS[1:])}|(?:{_WHAT}\s+)?(?:that\s+)?(?:i|we)\s+(?:saw|watched|rated|logged|gave)|"
    r"of\s+(?!these|those|them|the\s+(?:list|lot|two|three)))\b)"
)
_PLACE = re.compile(
    rf"\b(?:(?:the|that|this)\s+(?P<word>{_ORDINAL}){_NO_PLACE}(?:\s+{_WHAT}\b)?"
    rf"|the\s+(?P<bare>\d{{1,2}})\b{_NO_PLACE}(?:\s+{_WHAT}\b)?"
    rf"|(?:number|nr\.?|no\.)\s*(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\b)"
    r"|#\s*(?P<hash>\d{1,2})\b"
    rf"|(?:(?:^|[.,;:!?]|\b(?:and|no|ok|okay|then|so|to|of|for))\s*)\b(?P<plain>{_ORDINAL})\s+"
    rf"(?:{_WHAT}|of\s+(?:these|those|them))\b{_NO_PLACE}",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:the\s+)?other\s+{_WHAT}\b|\bthe\s+other\b(?=\s*(?:[.,;!?]|\Z|(?:on|at|for|to|is|was|gets|an?)\b))",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"\bthe\s+(?:(?P<old>old(?:er|est)?|earl(?:y|ier|iest)|original)|(?P<new>new(?:er|est)?|lat(?:er|est)|"
    rf"recent|remake|modern))(?:\s+{_WHAT}\b|(?=\s*(?:[.,;!?]|\Z)))",
    re.IGNORECASE,
)
_DATED = re.compile(rf"\b(?:the|that)\s+(?P<year>(?:19|20)\d\d|['’]?\d\ds?)\s+{_WHAT}\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\bboth(?:\s+of\s+(?:them|these|those))?(?=\s*(?:[.,;!?]|\Z|(?:for|on|at|in|to|from|back|off|down|again|with|"
    r"please|get|got|were|are|as|tonight|tomorrow|yesterday|today)\b))|\b(?:them|these|those|the)\s+(?:both|two)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\ball\s+(?:of\s+(?:them|these|those)|three|four|five)\b|\b(?:them|these|those)\s+all\b|\bthe\s+(?:whole\s+)?lot\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"(?:{_PLACE.pattern}|{_OTHER.pattern}|{_AGE.pattern}|{_BOTH.pattern}|{_ORDINAL}(?:\s+{_WHAT})?|"
    rf"(?:the|that|this)\s+(?:previous\s+)?(?:one|film|movie|show)|previous(?:\s+{_WHAT})?|other)"
    r"(?:\s+(?:please|then|of\s+(?:these|those|them)))*",
    re.IGNORECASE,
)


def is_reference(words: str) -> bool:
    """Whether words only point at a title, as "the second one" and "that film" do."""
    return bool(_ONLY.fullmatch(words.strip(" .,!?")))


def places(words: str, listed: Sequence[str]) -> list[tuple[int, int]]:
    """Where words name a place that a list has: no date stands there."""
    return [found.span() for found in _PLACE.finditer(words) if _position(found) < len(listed)]


def points(words: str) -> bool:
    """Whether words point at one of several titles, by place, age, year, or as the other."""
    return any(pattern.search(words) for pattern in (_PLACE, _OTHER, _AGE, _DATED))


def pointed_at(words: str, memory: Memory) -> str | None:
    """The label of the listed title that words point at; None if the list has none like that.

    Args:
        words: the message without its titles and dates.
        memory: what earlier turns left.
    """
    listed = memory.listed
    if place := _PLACE.search(words):
        return _at(_position(place), listed)
    if _OTHER.search(words):
        return _other(memory)
    known = listed if len(listed) > 1 else memory.focus[:2]
    if age := _AGE.search(words):
        dated = [label for label in known if split_year(label)[1]]
        return (min if age["old"] else max)(dated, key=_year) if len(dated) > 1 else None
    if dated_one := _DATED.search(words):
        year = re.sub(r"\D", "", dated_one["year"])
        return _only(label for label in known if str(_year(label)).endswith(year))
    return None


def other_than(label: str | None, words: str, listed: Sequence[str]) -> str | None:
    """The other of two that were listed, where words ask for it."""
    if len(listed) != 2 or label not in listed or places(words, listed) or not _OTHER.search(words):
        return None
    return next(other for other in listed if other != label)


def all_pointed_at(words: str, memory: Memory) -> list[str]:
    """The labels that "both" or "all three" mean, in the order they were spoken of; empty if none is said."""
    if _ALL.search(words):
        return list(memory.listed)
    if not _BOTH.search(words):
        return []
    return memory.listed if len(memory.listed) == 2 else memory.focus[1::-1]


def by_somebody(words: str, people: Sequence[PersonMention], memory: Memory, store: Store) -> str | None:
    """The label of the title that "the Carpenter one" means: of those spoken of, else the only one there is."""
    for person in people:
        around = re.search(r"\b(?:the|that)\s+\Z", words[: person.start], re.IGNORECASE)
        if not around or not re.match(rf"(?:['’]s)?\s+{_WHAT}\b(?!s)", words[person.end :], re.IGNORECASE):
            continue
        theirs = works(person, store)
        spoken_of = [*dict.fromkeys([*memory.listed, *memory.focus])]
        namesakes = [
            title.label
            for title in store.titles.all()
            if any(normalise(title.title) == normalise(split_year(label)[0]) for label in memory.focus[:1])
        ]
        return (
            _only(label for label in spoken_of if label in theirs)
            or _only(label for label in namesakes if label in theirs)
            or _only(theirs)
        )
    return None


def told_apart(
    media: tuple[MediaRef, ...], words: str, people: Sequence[PersonMention], years: Iterable[int], store: Store
) -> tuple[MediaRef, ...]:
    """Those of several namesakes that the words around allow: by year, by who made them, by age.

    Args:
        media: the namesakes.
        words: the message without the titles.
        people: who is named beside them.
        years: the single years that are said.
        store: the library.
    """
    said = set(years)
    dated = tuple(title for title in media if title.year in said)
    if dated:
        return dated
    for person in people:
        theirs = works(person, store)
        if made := tuple(title for title in media if title.label in theirs):
            return made
    age = re.search(
        r"\b(?:(?P<old>old(?:er|est)?|original|earlier)|(?P<new>new(?:er|est)?|remake|latest|recent))\b",
        words,
        re.IGNORECASE,
    )
    if age and all(title.year for title in media):
        return ((min if age["old"] else max)(media, key=lambda title: title.year or 0),)
    return media


def works(person: PersonMention, store: Store) -> list[str]:
    """The labels of what a person that was named made or is in."""
    found = [film.label for name in person.names for film in list_media(store, person=name, limit=100).films]
    return list(dict.fromkeys(found))


def _position(place: re.Match[str]) -> int:
    word = next(group for group in place.groupdict().values() if group).casefold()
    if word == "last":
        return -1
    if word in _ORDINALS:
        return _ORDINALS.index(word)
    return _NUMBERS.index(word) if word in _NUMBERS else int(re.sub(r"\D", "", word)) - 1


def _at(position: int, listed: Sequence[str]) -> str | None:
    if not listed or position >= len(listed) or position < -1:
        return None
    return listed[position]


def _other(memory: Memory) -> str | None:
    known = memory.listed or memory.focus[:2]
    return other_than(memory.focus[0] if memory.focus else None, "the other one", known)


def _only(labels: Iterable[str]) -> str | None:
    found = list(labels)
    return found[0] if len(found) == 1 else None


def _year(label: str) -> int:
    return split_year(label)[1] or 0
