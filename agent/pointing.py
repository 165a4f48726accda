"""Which title "the second one", "the other", "both", "the older one" or "the one by Carpenter" points at."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from agent.memory import Memory
from store.store import Store
from store.titles import MediaRef, normalise, split_year
from tools.catalogue import list_media
from tools.films import load_films
from tools.genres import genre_mentions
from tools.people import PersonMention
from tools.reading import read_years

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WHAT = r"(?:one|film|movie|show|title|pick|option|version|adaptation)"
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|last|\d{{1,2}}(?:st|nd|rd|th))"
# "the first time", "the last film I saw" and "the last three" count something else.
_NO_PLACE = (
    rf"(?!\s+(?:\w+\s+(?:minutes?|mins?|hours?)|time|half|part|minutes?|hours?|act|scene|season|episode|week(?:end)?|month|year|night|day|few|"
    rf"couple|\d+|{'|'.join(_NUMBERS[1:])}|(?:{_WHAT}\s+)?(?:that\s+)?(?:i|we)\s+(?:saw|watched|rated|logged|gave)|"
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
_AGES = (
    r"(?P<old>old(?:er|est)?|earl(?:y|ier|iest)|original)"
    r"|(?P<new>new(?:er|est)?|lat(?:er|est)|recent|remake|modern)"
)
_OF_THEM = r"\s+of\s+(?:the|these|those|them)\b"
_AGE = re.compile(rf"\bthe\s+(?:{_AGES})(?:\s+{_WHAT}\b|(?=\s*(?:[.,;!?]|\Z)|{_OF_THEM}))", re.IGNORECASE)
# "the old Little Women", "the newer version", "the remake of Dune"; not "my old man", "my older sister"
_BESIDE = re.compile(
    rf"(?:(?P<the>\bthe\s+)|\b)(?:{_AGES})\b"
    rf"(?:\s+{_WHAT}\b|(?=\s{{3}}|\s+of\s{{3}})|(?(the)(?=\s*(?:[.,;:!?)]|\Z))|(?!)))",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\bthe\s+(?:(?P<short>short(?:er|est)?)|long(?:er|est)?)(?:\s+{_WHAT}\b|(?=\s*(?:[.,;!?]|\Z)|{_OF_THEM}))",
    re.IGNORECASE,
)
_SEQUEL = re.compile(r"\b(?:the|its)\s+(?:sequel|follow-?up|(?P<before>prequel))\b", re.IGNORECASE)
_DECADE = r"(?:19|20)?\d0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|noughties"
_YEAR = rf"(?P<{{name}}>(?:19|20)\d\d|{_DECADE}|['’]?\d\ds?)"
_DATED = re.compile(
    rf"\b(?:the|that)\s+(?:(?:old|new|early|late)\s+)?{_YEAR.format(name='before')}\s+{_WHAT}\b"
    rf"|\b(?:the|that)\s+(?:(?:old|new)\s+)?{_WHAT}\s+(?:(?:made\s+)?in|from|of)\s+(?:the\s+)?(?:early\s+|late\s+)?"
    rf"{_YEAR.format(name='after')}(?![\w:])",
    re.IGNORECASE,
)
# "both parents liked it" and "both a comedy and a drama" are of something else
_BOTH = re.compile(
    r"\bboth(?:\s+of\s+(?:them|these|those))?(?=\s*(?:[.,;!?]|\Z|(?:for|on|at|in|to|from|back|off|down|again|with|by|"
    r"please|get|got|were|are|as|tonight|tomorrow|yesterday|today|later|earlier|instead|too|then|should|can|could|"
    r"need|must|would|deserve|half|an\s+hour|(?:a|one|two|three|\d+)\s+(?:days?|weeks?|hours?)|\d+)\b))"
    r"|\b(?:them|these|those|the)\s+(?:both|two)\b(?!\s+of\s+(?:us|you))"
    r"|\bboth\s+(?:films|movies|shows|plans|titles|of\s+the\s+(?:films|movies))\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:for|to)\s+each(?:\s+(?:of\s+(?:them|these|those)|one|film|movie))?(?=\W*$)|\beach\s+(?:of\s+(?:them|these|those))\b|"
    r"\ball\s+(?:of\s+(?:them|these|those)|three|four|five)\b|\b(?:them|these|those)\s+all\b|\bthe\s+(?:whole\s+)?lot\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    rf"\bthe\s+(?:(?P<first>first|top)|(?P<last>last|bottom)|(?P<other>other|remaining)|(?:{_AGES})|"
    rf"(?P<short>short(?:er|est))|(?P<long>long(?:er|est)))"
    rf"\s+(?P<count>{'|'.join(_NUMBERS[1:5])}|[2-5])\b"
    # "the last two years", "the first three people", "the last two I saw"
    r"(?!\s+(?!(?:films|movies|shows|ones|titles|plans|as|is|was|has|looks|sounds|this)\b)(?:\w+s|people|(?:wo)?men|"
    r"children|half)\b)(?!\s+(?:films|movies|ones|titles)?\s*(?:that\s+)?(?:i|we)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*and|and\s+also|and|plus|as\s+well\s+as|&|\+|,)\s*", re.IGNORECASE)
# "second" of "the first and second"
_NEXT_PLACE = re.compile(rf"(?P<word>{_ORDINAL})\b{_NO_PLACE}(?:\s+{_WHAT}\b)?", re.IGNORECASE)
_ONLY = re.compile(
    rf"(?:{_PLACE.pattern}|{_OTHER.pattern}|{_AGE.pattern}|{_LENGTH.pattern}|{_BOTH.pattern}|"
    rf"{_ORDINAL}(?:\s+{_WHAT})?|"
    rf"(?:the|that|this)\s+(?:previous\s+)?(?:one|film|movie|show)|previous(?:\s+{_WHAT})?|other)"
    r"(?:\s+(?:please|then|of\s+(?:these|those|them)))*",
    re.IGNORECASE,
)
_MADE_BY = (
    rf"\b(?:the|that)\s+(?P<what>{_WHAT})(?:\s+(?:that|which))?(?:\s+(?:is|was|has|had)|['’]s)?\s+"
    r"(?:(?:directed|made|written|shot|done|filmed)\s+by|by|from|of|with|starring|featuring|has|had)\s+\Z"
)
_THAT_THEY = rf"\b(?:the|that)\s+{_WHAT}\s+(?:(?:that|which)\s+)?\Z"
_MADE = r"\s+(?:made|directed|did|wrote|shot|filmed|(?:is|was|stars?|starred|plays?|played|acts?|acted)\s+in)\b"
_THEIRS = r"(?:\A|[.,;:!?]|\b(?:the|and|no|was|mean|meant|for|to|of|give|rate|plan|schedule))\s*\Z"
_AFTER_THEIRS = (
    r"\s*(?:[.,;!?]|\Z|(?:an?\s+)?\d|"
    r"(?:gets?|was|is|deserves|on|at|for|to|please|then|tonight|tomorrow|today)\b)"
)


class Pointed(NamedTuple):
    """Where words point at a title, and the label of it; None where nothing is like that."""

    label: str | None
    start: int
    end: int


def is_reference(words: str) -> bool:
    """Whether words only point at a title, as "the second one" and "that film" do."""
    return bool(_ONLY.fullmatch(words.strip(" .,!?")))


def places(words: str, listed: Sequence[str]) -> list[tuple[int, int]]:
    """Where words name a place that a list has: no date stands there."""
    if len(listed) < 2:  # "it was the 1st"
        return []
    return [found.span() for found in _PLACE.finditer(words) if _position(found) < len(listed)]


def points(words: str) -> bool:
    """Whether words point at one of several titles: by place, age, length, year, or as the other."""
    return any(pattern.search(words) for pattern in (_PLACE, _OTHER, _AGE, _LENGTH, _SEQUEL, _DATED))


def names_a_sequel(words: str) -> bool:
    """Whether words speak of the next title of a series, known or not: it is never the one spoken of."""
    return bool(_SEQUEL.search(words))


def pointed_at(words: str, memory: Memory, store: Store) -> Pointed | None:
    """The title spoken of that words point at; None if they do not.

    Args:
        words: the message without its titles and dates.
        memory: what earlier turns left.
        store: the library.
    """
    found: dict[re.Pattern[str], Callable[[re.Match[str]], str | None]] = {
        _PLACE: lambda place: _at(_position(place), memory.listed),
        _OTHER: lambda _: _other(memory, store),
        _AGE: lambda age: _extreme(_known(memory, store), _year, least=bool(age["old"])),
        _LENGTH: lambda length: _extreme(
            _known(memory, store), _runtimes(_known(memory, store), store), least=bool(length["short"])
        ),
        _SEQUEL: lambda sequel: _in_its_series(memory, store, later=not sequel["before"]),
        _DATED: lambda dated: _only(_of_years(_known(memory, store), dated["before"] or dated["after"])),
    }
    for pattern, label_of in found.items():
        if said := pattern.search(words):
            return Pointed(label_of(said), *said.span())
    return _of_genre(words, memory, store)


def other_than(label: str | None, words: str, listed: Sequence[str]) -> str | None:
    """The other of two that were listed, where words ask for it."""
    if len(listed) != 2 or label not in listed or places(words, listed) or not _OTHER.search(words):
        return None
    return next(other for other in listed if other != label)


def all_pointed_at(words: str, memory: Memory, store: Store) -> list[str]:
    """The labels that "both", "the first and the last" or "the older two" mean, as they were spoken of."""
    if memory.listed_kind in ("preset", "field"):
        return []
    if len(row := _row(words, memory.listed)) > 1:
        return row
    if _ALL.search(words):
        return list(memory.listed)
    if some := _SOME.search(words):
        return _some(some, memory, store)
    if not _BOTH.search(words):
        return []
    return memory.listed if len(memory.listed) == 2 else memory.focus[1::-1]


def counts(words: str) -> bool:
    """Whether words tell themselves how many of a list they mean: "the first two"."""
    return bool(_ALL.search(words) or _SOME.search(words) or len(list(_PLACE.finditer(words))) > 1)


def thing_pointed_at(words: str, memory: Memory) -> str | None:
    """The mashup, preset or field of the last list that words point at: by place, as the other, by its name.

    Args:
        words: the message without its titles and dates.
        memory: what earlier turns left.
    """
    if memory.listed_kind == "film" or not memory.listed:
        return None
    if place := _PLACE.search(words):
        return _at(_position(place), memory.listed)
    if _OTHER.search(words):
        return other_than(memory.thing, "the other one", memory.listed)
    named = rf"\b(?:the|that)\s+((?:[\w-]+\s+)?[\w-]+)\s+(?:one|{memory.listed_kind})\b"
    if one := re.search(named, words, re.IGNORECASE):
        told = set(normalise(one[1]).split())
        return _only(name for name in memory.listed if told & set(normalise(name).split()))
    return None


def by_somebody(words: str, people: Sequence[PersonMention], memory: Memory, store: Store) -> Pointed | None:
    """The title that "the Carpenter one", "the one by Scott" or "Gerwig's" means; None if nobody's is said.

    It is one of those spoken of, or else the only one there is.

    Args:
        words: the message without its titles.
        people: who is named in it.
        memory: what earlier turns left.
        store: the library.
    """
    for person in people:
        before, after = words[: person.start], words[person.end :]
        name = re.search(r"\b(?:the|that)\s+\Z", before, re.IGNORECASE)
        one = re.match(rf"(?:['’]s)?\s+{_WHAT}\b(?!s)", after, re.IGNORECASE)
        made_by = re.search(_MADE_BY, before, re.IGNORECASE)
        they = re.search(_THAT_THEY, before, re.IGNORECASE)
        made = re.match(_MADE, after, re.IGNORECASE)
        theirs = re.search(_THEIRS, before, re.IGNORECASE)
        own = re.search(r"['’]s\Z", words[: person.end]) and re.match(_AFTER_THEIRS, after, re.IGNORECASE)
        if name and one:
            span, anywhere = (name.start(), person.end + one.end()), True
        elif they and made:
            span, anywhere = (they.start(), person.end + made.end()), True
        elif made_by:
            span, anywhere = (made_by.start(), person.end), made_by["what"].casefold() == "one"
        elif theirs and own:
            span, anywhere = (person.start, person.end), False
        else:
            continue
        works_of = set(works(person, store))
        kin = namesakes(memory.focus[0], store) if memory.focus else []
        known = [memory.listed, [*dict.fromkeys([*memory.listed, *memory.focus])], kin]
        for labels in [*known, works_of if anywhere else []]:
            if label := _only(label for label in labels if label in works_of):
                return Pointed(label, *span)
        return Pointed(None, *span)
    return None


def told_apart(
    media: tuple[MediaRef, ...], words: str, people: Sequence[PersonMention], years: Iterable[int], store: Store
) -> tuple[MediaRef, ...]:
    """Those of several namesakes that the words around allow: by year, by who made them, by age.

    Args:
        media: the namesakes.
        words: the message with blanks for the titles.
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
    age = _BESIDE.search(words)
    if age and all(title.year for title in media):
        return ((min if age["old"] else max)(media, key=lambda title: title.year or 0),)
    return media


def works(person: PersonMention, store: Store) -> list[str]:
    """The labels of what a person that was named made or is in."""
    found = [film.label for name in person.names for film in list_media(store, person=name, limit=100).films]
    return list(dict.fromkeys(found))


def namesakes(label: str, store: Store) -> list[str]:
    """The labels of all titles of that name, its own among them."""
    name = normalise(split_year(label)[0])
    return [title.label for title in store.titles.all() if normalise(title.title) == name]


def _in_its_series(memory: Memory, store: Store, *, later: bool) -> str | None:
    """The next title, or the one before, whose name begins with that of the title spoken of."""
    name, year = split_year(memory.focus[0]) if memory.focus else ("", None)
    if not year:
        return None
    series = [t for t in store.titles.all() if t.year and normalise(t.title).startswith(normalise(name))]
    ahead = [title for title in series if title.year and (title.year > year) == later and title.year != year]
    found = sorted(ahead, key=lambda title: abs((title.year or 0) - year))
    return found[0].label if found else None


def _row(words: str, listed: Sequence[str]) -> list[str]:
    """What places in a row name: "the first one and the third"."""
    first = _PLACE.search(words)
    found = [_at(_position(first), listed)] if first else []
    end = first.end() if first else 0
    while joint := _JOINT.match(words, end):
        place = _PLACE.match(words, joint.end()) or _NEXT_PLACE.match(words, joint.end())
        if place is None:
            break
        found.append(_at(_position(place), listed))
        end = place.end()
    return [] if None in found else [label for label in dict.fromkeys(found) if label]


def _known(memory: Memory, store: Store) -> list[str]:
    """What "the older one" is one of: the list that is spoken of, else the namesakes of the title that is."""
    if memory.listed_kind != "film":
        memory = memory.model_copy(update={"listed": []})
    kin = namesakes(memory.focus[0], store) if memory.focus else []
    if len(kin) > 1 and (len(memory.listed) < 2 or memory.focus[0] not in memory.listed):
        return kin
    return memory.listed if len(memory.listed) > 1 else memory.focus[:2]


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


def _other(memory: Memory, store: Store) -> str | None:
    if memory.listed_kind != "film":
        return other_than(memory.thing, "the other one", memory.listed)
    focus = memory.focus[0] if memory.focus else None
    kin = namesakes(focus, store) if focus else []
    for known in (memory.listed, kin, memory.focus[:2]):
        if other := other_than(focus, "the other one", known):
            return other
    return None


def _some(some: re.Match[str], memory: Memory, store: Store) -> list[str]:
    """What "the first two" or "the older two" of a list are, in its order."""
    word = some["count"].casefold()
    count = _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)
    listed = memory.listed
    if some["other"]:
        rest = [label for label in listed if label not in memory.focus[:1]]
        return rest if len(rest) == count else []
    if len(listed) < count:
        return []
    order = list(listed)
    if some["old"] or some["new"]:
        order.sort(key=lambda label: _year(label) or 0)
    elif some["short"] or some["long"]:
        runtime = _runtimes(listed, store)
        order.sort(key=lambda label: runtime(label) or 0)
    chosen = order[-count:] if some["last"] or some["new"] or some["long"] else order[:count]
    return [label for label in listed if label in chosen]


def _extreme(labels: Sequence[str], of: Callable[[str], int | None], *, least: bool) -> str | None:
    """The label with the least or the most of a figure; None where fewer than two have it."""
    figures = {label: figure for label in labels if (figure := of(label))}
    return (min if least else max)(figures, key=lambda label: figures[label]) if len(figures) > 1 else None


def _runtimes(labels: Sequence[str], store: Store) -> Callable[[str], int | None]:
    ids = [title.id for title in store.titles.all() if title.label in labels]
    return {film.label: film.runtime for film in load_films(store, ids)}.get


def _of_years(labels: Sequence[str], said: str) -> list[str]:
    """The labels of a year or decade: "1982", "'82", "the 80s", "fifties"."""
    spans = read_years(said)
    if spans:
        return [label for label in labels if spans[0].first <= (_year(label) or 0) <= spans[0].last]
    short = re.sub(r"\D", "", said)
    return [label for label in labels if short and str(_year(label)).endswith(short)]


def _of_genre(words: str, memory: Memory, store: Store) -> Pointed | None:
    """The one title of the list that "the western one" means."""
    if len(memory.listed) < 2 or not re.search(rf"\bthe\s+.*\b{_WHAT}\b", words, re.IGNORECASE):
        return None
    for start, end, slug in genre_mentions(store, words):
        before = re.search(r"\bthe\s+\Z", words[:start], re.IGNORECASE)
        after = re.match(rf"\s+{_WHAT}\b(?!s)", words[end:], re.IGNORECASE)
        if before and after:
            theirs = {film.label for film in list_media(store, genre=slug, limit=100).films}
            label = _only(label for label in memory.listed if label in theirs)
            return Pointed(label, before.start(), end + after.end())
    return None


def _only(labels: Iterable[str]) -> str | None:
    found = list(labels)
    return found[0] if len(found) == 1 else None


def _year(label: str) -> int | None:
    return split_year(label)[1]
