"""Which plan "the Friday one", "tomorrow's film" or "the one at home" is: by its day, its time or its place."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from agent.memory import Memory
from agent.pointing import Pointed
from store.store import Store
from store.titles import normalise
from tools.calendar import Event, list_events
from tools.reading import read_moments

_AHEAD = timedelta(days=366)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)(?:\s+(?:of\s+)?{_MONTH})?|{_NTH}\s+{_MONTH}|{_MONTH}\s+{_NTH}"
_DAY = (
    rf"(?P<day>(?:(?:this|next|coming)\s+)?{_WEEKDAY}|tonight|today|tomorrow|{_DATE})"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
_HOUR = r"(?P<hour>\d{1,2}:\d\d|[\w.:]+\s*(?:o['’]?\s?clock|[ap]\.?m\b\.?)|half\s+\w+)"
_FILM = r"one|film|movie|show"
_THING = rf"(?P<thing>{_FILM}|plan|event|entry|appointment|thing|screening|viewing|date|slot)"
_PUT_OFF = (
    r"\b(?:cancel|drop|scrap|ditch|move|shift|push|postpone|bump|reschedule|nix|bin|delete|remove|clear|"
    r"take)\s+"
)
# "put the film on Friday" sets a day, "cancel the film on Friday" points by it
_SETS = re.compile(
    r"\b(?:schedul\w*|plan|put|book|pencil|add|watch\w*|see|saw|seen|do|have|fancy|make|log|rate|like|want|stick)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_SEEN = re.compile(r"\b(?:saw|seen|watched|finished|caught|gave|enjoyed|loved|liked)\b", re.IGNORECASE)
_PLANS = re.compile(rf"{_PUT_OFF}|\b(?:calendar|plan\w*|start|begin|reminder)\b", re.IGNORECASE)
_OF_WHAT_WAS = ("log_viewing", "update_viewing", "log_review", "update_review", "list_viewings", "list_reviews")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:the|that|this|my|our)\s+{_DAY}(?:['’]s)?(?:\s+{_HOUR})?\s+{_THING}\b(?!s)",
        rf"\b{_DAY}['’]s\s+{_THING}\b(?!s)",
        rf"(?:\A\W*|{_PUT_OFF}|\b(?:and|no|of|for|what about|how about)\s+){_DAY}['’]s(?!\s{{3}})"
        r"(?=\s*(?:[.,;!?]|\Z|(?:to|back|forward|by|an|half|off|please|instead)\b))",
        rf"\b(?:when|what\s+time|where)\s+(?:does|do|is|are)\s+{_DAY}['’]s\b",
        rf"\b(?:the|that)\s+{_HOUR}\s+{_THING}\b(?!s)",
        rf"{_PUT_OFF}{_DAY}(?=\s*(?:[.,;!?]|\Z|(?:to|back|forward|by|an|half|off|please)\b))",
    )
)
_SET = r"(?:(?:that['’]s|that\s+is|which\s+is|planned|scheduled|set|booked|down|i\s+have|we\s+have)\s+)*"
_BEHIND = re.compile(
    rf"\b(?:the|that|my|our)\s+{_THING}\s+{_SET}(?:(?:on|for|from|at|of)\s+)?(?:{_DAY}|{_HOUR})", re.IGNORECASE
)
_SPOKEN_OF = re.compile(r"that\s+one\s+(?!from\b|of\b|that\b|planned\b|set\b)", re.IGNORECASE)
"""What is to be on that day rather than what is: "that one on Saturday at 11pm then"."""
_PLACED = re.compile(
    r"\b(?:the|that|my|our)\s+(?:(?P<place>[\w+'’ ]{2,30}?)\s+(?:one|film|movie|plan)"
    rf"|(?:one|film|movie|plan)\s+{_SET}(?:at|in|on)\s+(?:the\s+|my\s+|our\s+)?(?P<at>[\w+'’]+(?:\s+[\w+]+)?))\b",
    re.IGNORECASE,
)


def planned_at(words: str, memory: Memory, store: Store) -> Pointed | None:
    """The open plan that words point at by its day, time or place; None if there is none or there are several.

    Args:
        words: the message with blanks for its titles.
        memory: what earlier turns left; of several plans, one that was spoken of is meant.
        store: the library.
    """
    past = _SEEN.search(words) or memory.last_tool in (*_OF_WHAT_WAS, "query_diary")
    said = [*_by_time(words), *_by_place(words)]
    if not said or (past and not _PLANS.search(words)):
        return None
    now = store.clock()
    events = list_events(store, since=str(now.date()), until=str(now.date() + _AHEAD), completed=False).events
    for found, told in said:
        fitting = [event for event in events if _is_at(event, told, now)]
        spoken_of = [event for event in fitting if event.label in memory.listed]
        labels = {event.label for event in (fitting if len(fitting) == 1 else spoken_of)}
        if len(labels) == 1:
            return Pointed(labels.pop(), *found.span())
    return None


_Told = dict[str, str | None]


def _by_time(words: str) -> Iterator[tuple[re.Match[str], _Told]]:
    for form in _FORMS:
        for found in form.finditer(words):
            yield found, found.groupdict()
    for found in _BEHIND.finditer(words):
        if _SPOKEN_OF.match(found[0]):
            continue
        if found["thing"].casefold() == "one" or not _SETS.search(words, 0, found.start()):
            yield found, found.groupdict()


def _by_place(words: str) -> Iterator[tuple[re.Match[str], _Told]]:
    for found in _PLACED.finditer(words):
        yield found, {"place": found["place"] or found["at"]}


def _is_at(event: Event, told: _Told, now: datetime) -> bool:
    day, hour, place = told.get("day"), told.get("hour"), told.get("place")
    if (told.get("thing") or "").casefold() in ("film", "movie", "show") and event.media_id is None:
        return False
    if place:
        said, where = normalise(place), normalise(event.location or "")
        return bool(where) and (said == where or said.startswith(f"{where} ") or where in said.split())
    return (not day or _falls_on(event.event_date, day, now)) and (not hour or _starts(event, hour, now))


def _falls_on(planned: date, said: str, now: datetime) -> bool:
    read = read_moments(said, now, lean="future")
    if not read:
        return False
    today = re.match(_WEEKDAY, said, re.IGNORECASE) and planned == now.date()
    return read[0].date == planned or bool(today and f"{planned:%a}".casefold() == said[:3].casefold())


def _starts(event: Event, said: str, now: datetime) -> bool:
    read = read_moments(f"at {said}", now, lean="future")
    return bool(read and read[0].time and event.event_time == read[0].time)
