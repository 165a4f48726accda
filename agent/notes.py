"""What code reads in the user's words before the model is asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from agent.memory import Memory
from agent.planned import planned_at
from agent.pointing import (
    all_pointed_at,
    by_somebody,
    counts,
    names_a_sequel,
    other_than,
    places,
    pointed_at,
    points,
    thing_pointed_at,
    told_apart,
)
from agent.pointing import is_reference as is_reference
from agent.stance import questions, unmeant
from store.store import Store
from store.titles import Mention, normalise
from tools.films import date_words, rating_words
from tools.genres import genre_words
from tools.people import people_mentions
from tools.reading import (
    Duration,
    Moment,
    Rating,
    ViewingWords,
    Years,
    read_durations,
    read_moments,
    read_ratings,
    read_viewing,
    read_years,
)

# "that film where …" describes one that was not spoken of.
_DESCRIBES = r"(?!\s+(?:film|movie|show|series|one)\s+(?:where|with|about|in which|who|that|when)\b)"
REFERENCE = re.compile(
    rf"\b(it|that{_DESCRIBES}|this|them|those|him|her|that one{_DESCRIBES}|this one)\b", re.IGNORECASE
)

_JOINTS = re.compile(r"\b(?:and|but|so|then|ok|okay|on|at|in|for|the|oh|well)\b", re.IGNORECASE)
# "that's Third Man night", "we have Arrival that evening already": told of a day, not what the words are about.
_OF_THE_DAY = re.compile(
    r"\b(?:(?P<is>that|it)(?:['’]s|\s+is)|(?:we|i)(?:['’]ve|\s+have)(?:\s+(?:already|got))*)"
    r"(?:\s+(?:the|my|our))?\s+X+\s+(?:on\s+)?(?:(?:that|the\s+same)\s+)?(?:evening|night|day)\b"
    r"(?(is)|\s+(?:anyway|already))",
    re.IGNORECASE,
)
# "the second one should only have a 6", of a list that a field was asked for
_SETS = re.compile(r"\b(?:should|only|just|make|set|change|put|is|to|has)\b.*\d", re.IGNORECASE)
_NO_VALUE = re.compile(r"\b(?:rat\w+|giv\w+|gave|scor\w+|stars?|review\w*|watch\w*|saw)\b|/|\?", re.IGNORECASE)


@dataclass(frozen=True)
class Notes:
    """Everything code could read in one message.

    ``referent`` is the label that "it", "that" or "the second one" means, if any of them is said; ``points``
    tells whether it was the place in a list or another mark of one title, and ``pointer`` where that stands;
    ``referents`` are the labels that "both" or "all three" mean and ``listed`` those of the list they are taken
    from; ``thing`` is the mashup, preset or field that is pointed at or was asked of. ``meant`` are the words
    with blanks for what is asked, denied, imagined or told of others; ``asks`` tells of a question.
    """

    words: str
    now: datetime
    titles: list[Mention] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    durations: list[Duration] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    viewing: ViewingWords = field(default_factory=ViewingWords)
    refers: bool = False
    points: bool = False
    pointer: tuple[int, int] | None = None
    referent: str | None = None
    referents: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    thing: str = ""
    asks: bool = False
    meant: str = ""

    @property
    def given_ratings(self) -> list[Rating]:
        """The ratings that the user gives, not those asked for, denied or told of others."""
        return [rating for rating in self.ratings if rating.bound == "exact" and self.means(rating.start)]

    def means(self, place: int) -> bool:
        """Whether what stands there is said of an act of the user's."""
        return self.meant[place : place + 1] == self.words[place : place + 1]

    @property
    def title_spans(self) -> list[tuple[int, int]]:
        """Where titles stand."""
        return [(mention.start, mention.end) for mention in self.titles]

    @property
    def read_spans(self) -> list[tuple[int, int]]:
        """Where titles, dates, ratings, lengths and years stand: numbers in them count nothing else."""
        dated = [span for moment in self.moments for span in moment.pieces]
        others: list[Any] = [*self.titles, *self.ratings, *self.durations, *self.years]
        return [*dated, *((found.start, found.end) for found in others)]

    @property
    def is_read_wholly(self) -> bool:
        """Whether there is not a word but what code read: "Today. On Netflix.", "and the last one"."""
        around = self.viewing.spans
        if self.points and not self.read_spans and is_reference(_JOINTS.sub(" ", self.words)):
            return True
        rest = _JOINTS.sub(" ", _without(self.words, [*self.read_spans, *around]))
        return bool(self.read_spans or around) and not re.search(r"[^\W_]", rest)

    def named(self, mention: Mention) -> str:
        """The label of the title a mention means, or its words where it may be one of several."""
        return mention.media[0].label if len(mention.media) == 1 else self.words[mention.start : mention.end]

    def part(self, start: int, end: int, read: Callable[[str], "Notes"]) -> "Notes":
        """The notes of one stretch of the words.

        What was read in the whole stays read, as "Heat 7" of "rate Alien 8 and Heat 7" is a rating only there.
        """

        def inside(found: Any) -> bool:
            return bool(start <= found.start and found.end <= end)

        def moved(found: Any) -> dict[str, int]:
            return {"start": found.start - start, "end": found.end - start}

        moments = [
            moment.model_copy(
                update={**moved(moment), "spans": tuple((a - start, b - start) for a, b in moment.spans)}
            )
            for moment in self.moments
            if inside(moment)
        ]
        titles = [
            replace(mention, start=mention.start - start, end=mention.end - start)
            for mention in self.titles
            if inside(mention)
        ]
        ratings = [rating.model_copy(update=moved(rating)) for rating in self.ratings if inside(rating)]
        again = read(self.words[start:end])
        # "the first one a 7 and the other an 8": the other than the one just pointed at
        placed = self.points and places(self.words, self.listed)
        other = other_than(self.referent, again.words, self.listed) if placed else None
        if other:
            again = replace(again, referent=other)
        if self.referents and again.referents and not counts(again.words):
            again = replace(again, referents=self.referents)  # "I know the first two. A 9 for both of them!"
        return replace(again, titles=titles, moments=moments, ratings=ratings, meant=self.meant[start:end])

    def without_titles(self) -> str:
        """The words with blanks for the titles in them."""
        return _without(self.words, self.title_spans)

    def line(self) -> str:
        """What the model is told under the user's words; empty when nothing was read."""
        parts = [f'title="{self.words[m.start : m.end]}"' for m in self.titles]
        parts += [f'date="{moment.text}"' for moment in self.moments]
        parts += [f"rating={rating.value:g}" for rating in self.ratings if self.means(rating.start)]
        if self.referent and self.refers:
            parts.append(f'last="{self.referent}"')
        return "; ".join(parts)

    def understood(self) -> str:
        """The same for the user, the first visible sign of a turn; empty when nothing was read."""
        parts = [mention.media[0].label for mention in self.titles if len(mention.media) == 1]
        for moment in self.moments:
            if moment.end_date:
                parts.append(moment.text)
                continue
            words = date_words(moment.date, self.now.date())
            parts.append(f"{words} at {moment.time:%H:%M}" if moment.time else words)
        parts += [rating_words(rating.value) for rating in self.ratings if self.means(rating.start)]
        return " · ".join(parts)

    def says(self, value: str) -> bool:
        """Whether the words contain a value, but for case, accents and small misspellings, or point at it."""
        from rapidfuzz import fuzz

        wanted, said = normalise(value), normalise(self.words)
        if not wanted or wanted == normalise(self.thing):
            return bool(wanted)
        if re.search(rf"\b{re.escape(wanted)}\b", said):
            return True
        return len(wanted) > 3 and fuzz.partial_ratio(wanted, said) >= 88


def read_notes(words: str, store: Store, memory: Memory) -> Notes:
    """Read titles first, so that the numbers in them are not taken for dates or ratings."""
    now = store.clock()
    people = people_mentions(store, words)
    names = [person for person in people if person.whole]
    titles = [  # "Akira Kurosawa" is not about Akira
        mention
        for mention in store.titles.mentions(words)
        if not any(
            person.start <= mention.start
            and mention.end <= person.end
            and (person.start, person.end) != (mention.start, mention.end)
            for person in names
        )
    ]
    spans = [(mention.start, mention.end) for mention in titles]
    around = _without(words, spans)
    plan = planned_at(around, memory, store)
    marked = [*spans, (plan.start, plan.end)] if plan else spans  # "the Friday one" names no day of its own
    ratings = read_ratings(words, skip=marked)
    rated = [(rating.start, rating.end) for rating in ratings]
    pointed = places(words, memory.listed)
    moments = [
        moment  # "the third" of a list is no day
        for moment in read_moments(words, now, skip=[*marked, *rated], anchor=memory.day)
        if not any(start <= moment.start and moment.end <= end for start, end in pointed)
    ]
    dated = [span for moment in moments for span in moment.pieces]
    durations = read_durations(words, skip=spans)
    timed = [(duration.start, duration.end) for duration in durations]
    plain = _without(words, [*spans, *dated])
    years = read_years(words, skip=[*spans, *rated, *dated, *timed])
    if any(len(mention.media) > 1 for mention in titles):
        beside = [person for person in people if around[person.start : person.end].strip()]
        single = [year.first for year in years if year.first is not None and year.first == year.last]
        titles = [
            replace(m, media=told_apart(m.media, around, beside, single, store)) if len(m.media) > 1 else m
            for m in titles
        ]
    about = [m for m in titles if not _is_of_a_day(m, words)]
    thing = thing_pointed_at(plain, memory) or ""
    spoken_of = None if thing else _spoken_of(plain, memory)
    if memory.listed_kind in ("preset", "field"):
        memory = memory.model_copy(update={"listed": []})  # no title is counted in it
    elif not moments and (field_asked_of := _field_of_the_list(plain, memory)):
        thing, ratings = field_asked_of, []
    theirs = by_somebody(around, people, memory, store) if not about else None
    one = plan or theirs or pointed_at(plain, memory, store)
    several = all_pointed_at(plain, memory, store)
    # A blank would take a sentence's object away, and the mark of "Airplane!" would end it.
    ends = [m.end + m.media[0].title.endswith(words[m.end : m.end + 1] or " ") for m in titles]
    untitled = _without(words, [(m.start, end) for m, end in zip(titles, ends, strict=True)], "X")
    return Notes(
        words=words,
        now=now,
        titles=about,
        moments=moments,
        ratings=ratings,
        durations=durations,
        years=years,
        genres=genre_words(store, around),
        viewing=read_viewing(words, skip=[*spans, (one.start, one.end)] if one and one.label else spans),
        refers=bool(one or several or REFERENCE.search(plain) or points(plain)),
        points=bool((one and one.label) or places(plain, memory.listed)),
        pointer=(one.start, one.end) if one and memory.listed_kind == "film" else None,
        referent=one.label if one and (one.label or one is theirs or names_a_sequel(plain)) else spoken_of,
        referents=several,
        listed=memory.listed,
        thing=thing,
        asks=bool(questions(untitled)),
        meant=_without(words, unmeant(untitled)),
    )


def _field_of_the_list(words: str, memory: Memory) -> str | None:
    """The field that a list was asked for, where one of the list shall have another figure of it."""
    asked = memory.last_question
    if memory.last_tool != "filter_by_field" or asked is None or not places(words, memory.listed):
        return None
    return str(asked.args.get("field")) if _SETS.search(words) and not _NO_VALUE.search(words) else None


def _is_of_a_day(mention: Mention, words: str) -> bool:
    marked = _without(words, [(mention.start, mention.end)], "X")
    return any(f.start() < mention.start < f.end() for f in _OF_THE_DAY.finditer(marked))


def _spoken_of(words: str, memory: Memory) -> str | None:
    """What "it" means; nothing where the words only point at what the list lacks."""
    if memory.listed and points(words) and not REFERENCE.search(words):
        return None
    return memory.focus[0] if memory.focus else None


def _without(words: str, spans: list[tuple[int, int]], mark: str = " ") -> str:
    kept = list(words)
    for start, end in spans:
        kept[start:end] = mark * (end - start)
    return "".join(kept)
