"""What is asked of the diary or the calendar after a question: the same of another month, person or title."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agent.events import Call
from agent.memory import Memory
from agent.notes import Notes, read_notes
from agent.phrasing import PLANNED, RATED, SEEN
from agent.question import GROUP, GROUPS, read_question
from agent.question_words import (
    BARE_BOUND,
    SEVERAL_RATINGS,
    Question,
    genres_left,
    read_kind,
    read_parts,
    read_times,
)
from store.store import Store
from tools import TOOLS
from tools.calendar import list_events
from tools.diary import query_diary
from tools.when import Lean, read_span

_FOLLOWED = ("query_diary", "list_viewings", "list_reviews", "list_events")
_SHORTEST = 9
"""Words of a message that may only name something else to ask the same of."""
_FOLLOW_UP = re.compile(
    r"^\W*(?:and|n|or|but|what|when|how|only|just|same|the same|no|by|per|in|ok|okay|so|split|group)\b|\?\W*$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:and|n|or|but|then|what about|how about|what is with|how is|what|same|the same|for|only|just|"
    r"about|of|those|them|"
    r"these|that|thing|question|in|on|at|by|with|from|during|instead|no|sorry|i meant|i mean|now|ok|okay|so|"
    r"the|ones?|split|group(?:ed)?|it|"
    r"films?|movies?|how many|stuff|was|were|is|it|rated(?= above| RATING| *$))\b"
)
_ITS_ROWS = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay)\W+)*(?:(?:which|what|how many)(?: (?:ones?|films?|movies?|titles))?"
    r"(?: (?:is|are|was|were) (?:it|that|they|those|these))?|(?:who|where|when|what (?:day|date))(?: with)?|"
    r"with whom?|how far did (?:i|we) get(?: (?:that time|then))?)\W*",
    re.IGNORECASE,
)
"""What the rows of the last answer tell: "which ones?", "and who with?"."""
_OF_THOSE = re.compile(
    r"\b(?:(?:out )?of|from|among) (?:those|them|these)\b|\b(?:in )?that (?P<unit>month|year|week)\b",
    re.IGNORECASE,
)
_HOW_TOLD = ("of", "measure", "group_by", "limit", "best_first")
_OTHER_TIME = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|what about|how about|what else|anything else|is there anything|"
    r"anything|what|is|are|there|on|in|for)\W+)*"
    r"(?:(?P<ever>overall|in total|altogether|ever|all time|of all time|since the beginning)|"
    r"(?:the )?(?P<unit>day|week|month|year) (?:(?P<back>before)|after)(?: that)?)\W*",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|what|is|are|am|do|have|i|we|there|any|anything|something|else|other|otherwise|"
    r"already|plans?|planned|going|got|busy|free|on|in|for|the|rest|of|my|calendar|besides)['’]?s?\W+)*"
    r"(?:that|the same) (?P<unit>day|week|month)"
    r"(?:\W+(?:on|planned|already|otherwise|else|too|as|well|then|besides|calendar|my))*\W*",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|what|which|about|was|is|comes?|came|the|one|film|movie|time|thing)['’]?s?\W+)*"
    r"(?:(?P<back>before)|after) (?:that|it)(?: one)?\W*",
    re.IGNORECASE,
)
"""The entry before or after the one that was told: "and the one before that?"."""
_ANOTHER_RATING = re.compile(
    r"\W*(?:and|or|what about|how about)?\W*(?:an? )?(?P<rating>10|\d(?:\.\d)?)\W*\?+\W*", re.IGNORECASE
)
_MONTH = timedelta(days=31)
_YEARS_OF_RELEASE = {"year_from", "year_to"}
_ABOUT = {"title", "person", "genre", "media_type", "language", *_YEARS_OF_RELEASE}
"""What a question is about; naming another takes the place of the one there was."""
_ALTERNATIVES = ({"since", "until"}, {"min_rating", "max_rating"}, _YEARS_OF_RELEASE)
_MEASURED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("last(?: time| one)?|latest", {"measure": "last"}),
    ("first(?: time| one)?", {"measure": "first"}),
    ("hours|time", {"of": "viewings", "measure": "hours"}),
    ("average(?: rating)?", {"of": "reviews", "measure": "average_rating"}),
    ("highest|best(?: rated)?", {"of": "reviews", "measure": "highest"}),
    ("lowest|worst(?: rated)?", {"of": "reviews", "measure": "lowest"}),
    ("longest", {"of": "viewings", "measure": "longest"}),
    ("shortest", {"of": "viewings", "measure": "shortest"}),
    ("number|count", {"measure": "count"}),
)


def asked_of_another(notes: Notes, memory: Memory, store: Store) -> dict[str, Any] | None:
    """The last question's arguments for what a short follow-up names instead: "and in September?".

    Args:
        notes: what code read in the words.
        memory: what earlier turns left.
        store: the library.

    Returns:
        The arguments for the tool of ``memory.last_question``; None where the last question was not one of the
        diary or the calendar, the words are more than such a follow-up, or its tool cannot take what they name.
    """
    last = memory.last_question
    if last is None or last.tool not in _FOLLOWED or memory.last_tool not in ("", last.tool):
        return None
    if _OF_THOSE.search(notes.words) and (asked := _of_those(notes, memory, last, store)):
        return asked
    short = len(notes.words.split()) <= _SHORTEST and not (notes.titles or notes.given_ratings)
    if short and last.tool != "list_events" and _ITS_ROWS.fullmatch(notes.words):
        return dict(last.args)
    if short and (moved := _another_time(notes, last) or _same_time(notes, memory, last, store)):
        return moved
    if short and (beside := _neighbour(notes, last, store)) is not None:
        return beside
    rated = last.args.keys() & {"min_rating", "max_rating"}
    if rated and (figure := _ANOTHER_RATING.fullmatch(notes.words)):
        value = float(figure["rating"])
        return {**last.args, "min_rating": value, "max_rating": value}
    if not _FOLLOW_UP.search(notes.words) or len(notes.words.split()) > _SHORTEST or notes.given_ratings:
        return None
    bound = BARE_BOUND.search(notes.words)
    if bound is None and last.args.keys() & {"min_rating", "max_rating"}:
        bound = SEVERAL_RATINGS.search(notes.words)
    if not notes.ratings and bound:
        notes = read_notes(f"rated {bound[0]}", store, memory)
    question = read_parts(replace(notes, refers=False), store)
    if question is None:
        return None
    events = _is_ahead(last)
    wished = {}
    if last.tool == "query_diary" and not events:
        wished = _wished_instead(question, "group_by" in last.args)
    read_kind(question)
    if not read_times(question, "events" if events else "viewings"):
        return None
    if question.titles:
        question.filters["title"] = question.titles[0]
    if "person" in last.args:
        question.take(r"\b(?:him|her|his|them)\b")
    question.said = _FOLLOWS.sub(
        " ", re.sub(r"\b(?:TITLE|PERSON|SOURCE|COMPANY|RATING|WHEN)\b", " ", question.said)
    )
    genres = genres_left(question, every_word=True)
    if genres is None or len(genres) > 1 or question.says(f"{SEEN}|{RATED}|{PLANNED}|who|when|where|how|i|we"):
        return None
    named = {**question.filters, **({"genre": genres[0]} if genres else {})}
    if events and {"title", "since"} <= named.keys():
        return None  # "and Alien on Friday?" may be a plan
    takes = set(TOOLS[last.tool].arguments.model_fields)
    if not (named or wished) or not named.keys() <= takes:
        return None
    narrows = re.search(r"\b(?:only|just|of (?:those|them|these))\b", notes.words, re.IGNORECASE)
    args = {**_kept(last.args, named, bool(narrows)), **named}
    if "group_by" in wished and args.get("measure") in ("first", "last", "longest", "shortest"):
        del args["measure"]
    return {**args, **wished}


def _of_those(notes: Notes, memory: Memory, last: Call, store: Store) -> dict[str, Any] | None:
    """A question about what the last one was about: "which of those did I not finish?"."""
    said = _OF_THOSE.search(notes.words)
    asked = read_question(read_notes(_OF_THOSE.sub(" ", notes.words), store, Memory()), store)
    if asked is None or said is None or last.tool == "list_events":
        return None
    if last.tool != "query_diary":
        del asked["of"], asked["measure"]
    filters = {name: value for name, value in last.args.items() if name not in _HOW_TOLD}
    if said["unit"]:  # not only the day of that week that was asked for
        first, _ = read_span(filters.get("since"), filters.get("until"), notes.now, "past")
        day = first or memory.day
        filters |= _span_of(said["unit"].lower(), day) if day else {}
    takes = set(TOOLS[last.tool].arguments.model_fields)
    return {**filters, **asked} if asked.keys() <= takes else None


def _is_ahead(last: Call) -> bool:
    return last.tool == "list_events" or last.args.get("of") == "events"


def _same_time(notes: Notes, memory: Memory, last: Call, store: Store) -> dict[str, Any] | None:
    """What else there is on the day, or in the week, of the plan or viewing last spoken of."""
    said = _SAME_TIME.fullmatch(notes.words)
    if said is None or not _is_ahead(last):
        return None
    first, _ = read_span(last.args.get("since"), last.args.get("until"), notes.now, "future")
    if "title" in last.args or first is None:
        planned = list_events(store, title=last.args["title"]).events if "title" in last.args else []
        first = planned[0].event_date if planned else memory.day
    args = {name: value for name, value in last.args.items() if name not in ("title", "since", "until")}
    return None if first is None else args | _span_of(said["unit"], first)


def _neighbour(notes: Notes, last: Call, store: Store) -> dict[str, Any] | None:
    """The entries before or after the one that was told; a list that was shown tells them itself."""
    said = _NEIGHBOUR.fullmatch(notes.words)
    if said is None:
        return None
    if last.tool == "list_events" and "title" in last.args:
        planned = list_events(store, title=last.args["title"]).events
        day = planned[0].event_date if planned else notes.now.date()
        ends = (
            (notes.now.date(), day - timedelta(days=1))
            if said["back"]
            else (day + timedelta(days=1), day + _MONTH)
        )
        return dict(zip(("since", "until"), map(date.isoformat, ends), strict=True))
    if last.args.get("measure") != ("last" if said["back"] else "first") or last.args.get("of") != "viewings":
        return dict(last.args)
    told = query_diary(store, **last.args).viewings
    if not told:
        return None
    day = told[0].watched_at.date() + timedelta(days=-1 if said["back"] else 1)
    return last.args | {"until" if said["back"] else "since": day.isoformat()}


def _another_time(notes: Notes, last: Call) -> dict[str, Any] | None:
    """The last question of the time before or after its own, or of any time."""
    said = _OTHER_TIME.fullmatch(notes.words)
    if said is None:
        return None
    args = {name: value for name, value in last.args.items() if name not in ("since", "until")}
    if said["ever"]:
        return args if args != last.args else None
    lean: Lean = "future" if _is_ahead(last) else "past"
    first, end = read_span(last.args.get("since"), last.args.get("until"), notes.now, lean)
    if end is None and said["unit"] == "day":
        end = first
    if first is None or end is None:
        return None
    step = -1 if said["back"] else 1
    unit = said["unit"]
    if unit == "year":
        whole = first.month == first.day == 1 and (end + timedelta(days=1)).day == 1
        moved = first.replace(year=first.year + step, day=min(first.day, 28))
        return args | _span_of("year" if whole and end.month == 12 else "month", moved)
    away = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=1)}[unit]
    return args | _span_of(
        unit, first - away if step < 0 else end + (timedelta(days=1) if unit != "day" else away)
    )


def _span_of(unit: str, day: date) -> dict[str, str]:
    """The first and the last day of the day, week, month or year that a day is in."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return {"since": first.isoformat(), "until": (first + timedelta(days=6)).isoformat()}
    first = day.replace(month=1, day=1) if unit == "year" else day.replace(day=1) if unit == "month" else day
    days = {"year": 366, "month": 31, "day": 1}[unit]
    last = first + timedelta(days=days)
    last = last.replace(day=1) if unit != "day" else last
    return {"since": first.isoformat(), "until": (last - timedelta(days=1)).isoformat()}


def _wished_instead(question: Question, grouped: bool) -> dict[str, Any]:
    """Another measure or grouping: "and by month?", "in hours", "the average?", after groups "and actors?"."""
    which = r"(?:\b(?:per|each|by|which))?" if grouped else r"\b(?:per|each|by|which)"
    if group := question.take(rf"{which} ?\b(?P<noun>{GROUP})\b"):
        noun = group["noun"]
        return {"group_by": next(name for name, pattern in GROUPS.items() if re.fullmatch(pattern, noun))}
    for pattern, what in _MEASURED:
        if question.take(rf"\b(?:in |the |my |how many |when (?:was|is) )*(?:{pattern})\b"):
            return what
    return {}


def _kept(args: dict[str, Any], named: dict[str, Any], narrows: bool) -> dict[str, Any]:
    """What still holds of the last question: one time, one place, one subject takes another's place."""
    gone = set(named)
    for alternatives in _ALTERNATIVES:
        if alternatives & named.keys():
            gone |= alternatives
    about = _ABOUT & args.keys()
    if named.keys() & _ABOUT and not narrows and not named.keys() & about:
        gone |= about if len(about) == 1 or about <= _YEARS_OF_RELEASE else set()
    return {name: value for name, value in args.items() if name not in gone}
