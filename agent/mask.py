"""A message with capitals for what was read in it: "rate Alien 8 on Friday" is "rate TITLE RATING PAST"."""

import re
from collections.abc import Iterable, Iterator

from agent.names import Names, spans_of
from agent.notes import Notes
from store.store import Store
from tools.genres import genre_mentions
from tools.people import people_mentions
from tools.reading import Moment, read_numbers, read_reminder
from tools.reading.moments import read_moments_and_refused

_QUOTE = re.compile(r"[\"“]([^\"”]{12,})[\"”]")
_A_NUMBER_OF = 20
"""The most that "the last three" or "10 films" counts; a larger number is something else."""

_SEEN = re.compile(r"\b(?:saw|seen|(?:re)?watched|caught|finished)\b", re.IGNORECASE)
_NO_RATING = 1880
"""Numbers from here on are years, however they are said: "It (2017)"."""
_A_WEEK = 7
"""Days; "the 13th of December" is the coming one, "Sunday" may be either."""

Mark = tuple[int, int, str]


def mask(notes: Notes, store: Store, names: Names, open_days: str = "FUTURE") -> str:
    """The words in lower case, capitals standing for what code read in them.

    Args:
        notes: what code read in the words.
        store: the library, whose people and genres are recognised.
        names: what the user named: presets, fields, mashups, events.
        open_days: the mark of a day that may be the last or the next one, as "Sunday".
    """
    words = notes.words
    text, end = "", 0
    for start, stop, mark in _first_of_each(_marks(notes, store, names, open_days)):
        if start >= end:
            text += f"{words[end:start].casefold()} {mark} "
            end = stop
    text = f"{text}{words[end:].casefold()}".replace("’", "'")
    return re.sub(r"\s+", " ", text).strip()


def has_open_days(notes: Notes) -> bool:
    """Whether a day is said that may be the last or the next one."""
    return any(_is_open(moment, notes) for moment in notes.moments)


def _is_open(moment: Moment, notes: Notes) -> bool:
    if moment.time and not moment.dated:
        return True
    days = (moment.date - notes.now.date()).days
    if days == 0 or (abs(days) > _A_WEEK and not notes.given_ratings):
        return False
    seen = _SEEN.search(notes.words, 0, moment.start)
    return moment.direction == "either" or bool(seen and days > 0)


def _marks(notes: Notes, store: Store, names: Names, open_days: str) -> Iterator[Mark]:
    words = notes.words
    for quote in _QUOTE.finditer(words):
        yield *quote.span(), "QUOTE"
    for mashup in names.mashups:
        yield from _named(mashup, words, "MASHUP")
    for mention in notes.titles:
        yield mention.start, mention.end, "TITLE"
    if notes.pointer and notes.points:
        yield *notes.pointer, "TITLE"
    for rating in notes.ratings:
        yield rating.start, rating.end, "RATING" if rating.raw < _NO_RATING else "YEAR"
    for moment in notes.moments:
        tense = open_days if _is_open(moment, notes) else _tense(moment, notes)
        for start, end in moment.pieces:
            yield start, end, tense
    for start, end in read_moments_and_refused(words, notes.now, None, notes.title_spans).refused:
        yield start, end, "FUTURE"
    for length in notes.durations:
        yield length.start, length.end, "LENGTH"
    if reminder := read_reminder(words, skip=notes.title_spans):
        yield reminder.start, reminder.end, "LENGTH"
    for years in notes.years:
        yield years.start, years.end, "YEAR"
    for preset in names.presets:
        yield from _named(preset.name, words, "PRESET")
    for field in names.fields:
        yield from _named(field.field_label, words, "FIELD")
        for option in field.field_options or []:
            yield from _named(option, words, "VALUE")
    for name in names.events:
        yield from _named(name, words, "EVENT")
    for person in people_mentions(store, words):
        yield person.start, person.end, "PERSON"
    for start, end, _ in genre_mentions(store, words):
        yield start, end, "GENRE"
    if notes.viewing.source_span:
        yield *notes.viewing.source_span, "SOURCE"
    if notes.viewing.company_span:
        yield *notes.viewing.company_span, "COMPANY"
    for start, end in notes.viewing.other_spans:
        yield start, end, "SOURCE"
    for number in read_numbers(words):
        if 1 < number.value <= _A_NUMBER_OF:
            yield number.start, number.end, "COUNT"


def _first_of_each(marks: Iterable[Mark]) -> list[Mark]:
    """What was read first counts where two stand in the same place."""
    kept: list[Mark] = []
    for start, end, mark in marks:
        if end > start and not any(start < other_end and other < end for other, other_end, _ in kept):
            kept.append((start, end, mark))
    return sorted(kept)


def _named(name: str, words: str, mark: str) -> Iterator[Mark]:
    for start, end in spans_of(name, words):
        yield start, end, mark


def _tense(moment: Moment, notes: Notes) -> str:
    today = notes.now.date()
    last = moment.end_date or moment.date
    if last < today:
        return "PAST"
    if moment.date > today:
        return "FUTURE"
    if moment.end_date:
        return "SPAN"
    ahead = moment.time is not None and moment.time > notes.now.time()
    return "FUTURE" if ahead and not re.search(r"\bto|this", moment.text, re.IGNORECASE) else "TODAY"
