"""Questions over the user's own diary, read without the model: what ``query_diary`` is to be asked.

What may be a filter must be understood, else the question is left to the model; fillers and remarks need not be
(agent/phrasing.py).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from agent.events import Call
from agent.memory import Memory
from agent.notes import Notes, read_notes
from agent.phrasing import FAVOURITE, FILMS, PLANNED, RATED, SEEN, SERIES, plainly
from agent.prompt import read_data
from store.store import Store
from tools import TOOLS
from tools.calendar import list_events, open_event_names
from tools.genres import genre_words
from tools.people import PersonMention, people_mentions
from tools.reading import Moment, Years, read_moments, read_ratings, read_viewing, read_years, word_number
from tools.viewings import is_company
from tools.when import read_span

Span = tuple[int, int]
What = tuple[str, str, str | None]
"""Which entries, the measure, and what they are grouped by."""

_LONGEST = 40
"""Words of a message that may be a mere question."""

_SEE, _RATE, _PLAN, _FILMS, _SERIES, _FAVOURITE = SEEN, RATED, PLANNED, FILMS, SERIES, FAVOURITE
_LIKE = r"liked?|loved?|enjoy(?:ed)?"
_FIGURES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_GROUPS = {
    "genre": r"genres?|(?:kind|type|sort)s? of (?:films?|movies?)",
    "director": r"directors?|film-?makers?",
    "actor": r"actors?|actress(?:es)?",
    "writer": r"(?:screen)?writers?",
    "decade": r"decades?",
    "year": r"years?",
    "month": r"months?",
    "weekday": r"days? of the week|weekdays?|days?",
    "source": r"(?:streaming )?(?:services?|platforms?)",
}
_GROUP = "|".join(_GROUPS.values())
_DONE = r"watched|seen|rewatched|rated|reviewed|liked|loved"
_LIMIT = re.compile(
    rf"\b(?P<before>top|last|first|latest|which|my|{_FAVOURITE}) (?P<number>{_NUMBER})\b"
    r"(?! (?:times|hours|stars))"
)
_ASKED_GROUP = re.compile(
    rf"^(?:.*\b(?:what|which|who is|most|least|{_FAVOURITE})\b|(?:my|our)\b|"
    r"(?:is|are) there\b|(?=\w+ (?:i|we)\b))"
    rf"(?:(?! (?:by|this|that|same|from|of the|last|next|per|each|every)\b).)*?\b(?P<noun>{_GROUP})\b"
)
_EACH_GROUP = re.compile(rf"\b(?P<each>an?|per|each|every|by) (?P<noun>{_GROUP})\b")

_ASKS = re.compile(
    r"(?:(?:on average )?(?:on|in|by|with|at|from|of) )?"
    r"(?:how (?:many|much|often|long)|how do|what|which|whom?|when|where)\b|on average (?=what|how)"
    r"|(?:did|have|had) (?:i|we)\b|do (?:i|we) (?:have|rate)\b|is there\b|(?:is|are) TITLE planned"
)
_ORDERED = re.compile(
    r"(?:please )?(?:plan|schedule|book|add|put|log|cancel|move|delete|remove|undo|recommend)\b"
)
_FIGURE = re.compile(
    rf"(?:all |my |our |the |any )*(?:overall |total )?(?:average|mean|number|total|hours?|viewings|"
    rf"reviews?|ratings?|"
    rf"rewatches|{_PLAN})\b"
)
_RANKED = re.compile(rf"(?:my|our) (?:\w+ )?(?:{_FAVOURITE}|most|last|latest|first|longest|shortest)\b")
_LISTED = re.compile(
    rf"(?:the )?(?:last|latest|first|most|highest rating|lowest rating|longest|shortest|top (?:{_NUMBER}))\b"
)
_NOTED = r"viewings?|reviews?|diary|ratings?|logged|rewatches|watched|watching|rewatched|calendar|hours|average"
"""Words for what only the user's own diary and calendar have."""
_ROWS = re.compile(
    rf"(?:all |the |every |any )*(?:\S+ ){{0,2}}?(?:{_FILMS}|{_SERIES})(?: \S+){{0,2}}? (?:that )?(?:i|we) "
    rf"(?:have )?(?:not )?(?:{_SEE}|{_RATE})\b|(?:all |the |every |any )*(?:{_FILMS}|{_SERIES}) (?:(?:i|"
    rf"we) )?not finish"
)
_STATES = re.compile(r"\b(?:is|was|are|were|am|must|need|has|makes?|made|now)\b")
_OWN = re.compile(r"\b(?:i|we|my|our|mine)\b")
# What is asked of the library, of what to watch, or of somebody else.
_OTHERWISE = re.compile(
    r"\b(?:should|shall|would|could|can|may|might|must|will|want|recommend\w*|suggest\w*|you|your|never|not|"
    r"unseen|"
    r"unwatched|library)\b"
)
_UNFINISHED = re.compile(
    r"\b(?:(?P<did>(?:did|have) (?:i|we)) not|(?:did|have) not (?P<who>i|we)|(?:(?:did|have) )?not) "
    r"finish(?:ed)?\b(?: yet)?|\bunfinished\b"
)
_REFERS = re.compile(
    rf"\b(?P<verb>{_SEE}|{_RATE}|of|for) (?:it|(?:that|this)(?: (?:one|film|movie|show))?|"
    r"the (?:first|second|third|fourth|fifth|last) (?:one|film|movie|show))\b(?! (?:i|we)\b)"
)

_BESIDE = re.compile(
    r"\b(?:me|i)(?: and|,| &| n) (?P<who>(?:(?:my|the) (?:\w+ )?)?\w+)"
    r"(?=\s+(?:see|watch(?:ed)?|go|catch|have|saw|been)\b)"
    r"|\bwith (?P<friend>(?:my |the |our )?(?!my\b|the\b|our\b)[a-z]+)"
    r"(?=\W*$|\W+(?:WHEN|SOURCE|on|in|at|last|this|did|have)\b)|(?:\babout |^)(?P<own>my [a-z]+)\W*$"
)
_MONTH = re.compile(
    r"\b(?:in|for|of|during|since|before|after|until|till|by|between|from|and|to|through)\s+"
    r"(?P<month>(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?:\s+20\d\d)?)\b(?!\s+\d)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?<!day )(?<!days )(?:of|for|in) the (?:whole |entire )?(?=year|month|week)|"
    r"(?P<next>(?:for )?next )(?=wk|weeks )|(?:for )?this (?=wk))"
    r"(?P<period>year|month|weeks?|wk)\b(?! (?:of|before|after)\b)",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"\b(?:between|from) WHEN (?:and|to|until|till|through) WHEN\b")
_BOUNDED = re.compile(
    r"(?:\b(?P<bound>before|after|since|until|till|up to)\s+|"
    r"\b(?:in|on|during|over|for|of|from|within)\s+)?\bWHEN\b"
)
_YEARS = re.compile(
    r"(?:\b(?P<released>from|of|(?:made|released|shot|(?:that )?(?:came|come) out)(?: in)?)\s+|"
    r"\b(?P<during>in|during|for|over|throughout)\s+)?(?:the year )?\bYEARS\b"
    r"(?P<thing>(?= (?!did|have|do|on|in|with|at|by|for)\w))?"
)
_BETWEEN = re.compile(
    r"\bbetween\s+(\d\d?(?:\.\d)?)\s+and\s+(\d\d?(?:\.\d)?)(?=\s*$|\s*[?.!,]|\s+(?:in|this|last|on)\b)"
)
_TEN = re.compile(
    rf"\b(?P<figure>10|\d(?:\.5)?|{'|'.join(_FIGURES)})(?:'?s|xes)?(?P<half> and a hal(?:f|ve)s?)?\b",
    re.IGNORECASE,
)
_TENS = re.compile(
    rf"\b(?:(?:10|\d(?:\.5)?|{'|'.join(_FIGURES[1:])})(?:(?:'?s)(?! and a half)\b|xes\b| and a hal(?:f|ve)s\b)"
    r"(?:\s*(?:,|\bor\b|\band\b(?! a)|,\s*or\b)\s*(?=\d|[a-z]))?)+",
    re.IGNORECASE,
)
"""Several ratings in a row: "nines and tens"."""
_BOUNDS = re.compile(
    r"\b(?:above|over|below|under|at (?:least|most)|(?:more|less|better|worse|higher|lower) than|up to|from)"
    r"\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(?:above|over|more than|higher than|better than|below|under|less than|lower than|worse than)\b"
)

# Words that may stand anywhere: those with a meaning of their own are read before.
_KNOWN = re.compile(
    rf"(?:{_SEE}|{_RATE}|{_LIKE}|{_PLAN}|{_FILMS}|{_SERIES}|{_FAVOURITE}|[A-Z]+|how|often|ago|since|"
    r"what|which|whom?|when|where|is|are|was|were|did|do|have|had|i|we|my|our|a|an|the|any|some|all|every|"
    r"of|in|on|"
    r"at|for|by|with|from|to|that|there|ever|already|just|only|total|number|overall|different|times?|hours?|"
    r"minutes|"
    r"average|mean|most|least|last|latest|first|recent(?:ly)?|highly|documentar(?:y|ies)|docs|anime|again|"
    r"rewatches|"
    r"end|episodes?|tv|scores?|does|has|next|mine|frequently|starring|featuring|directed|so|far|'s)"
)


_FOLLOWED = ("query_diary", "list_viewings", "list_reviews", "list_events")
_SHORTEST = 9
"""Words of a message that may only name something else to ask the same of."""
_FOLLOW_UP = re.compile(
    r"^\W*(?:and|n|or|but|what|how|only|just|same|the same|no|by|per|in|ok|okay|so|split|group)\b|\?\W*$",
    re.IGNORECASE,
)
_BARE_BOUND = re.compile(
    r"\b(?:above|over|below|under|at least|more than|less than|better than|"
    r"worse than) \d+(?:\.\d)?(?! ?(?:times|hours|minutes|films|movies))\b|"
    r"\b\d+(?:\.\d)? (?:or|and) (?:more|less|better|higher|lower|above|below|up)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:and|n|or|but|then|what about|how about|what is with|how is|what|same|the same|for|only|just|"
    r"about|of|those|them|"
    r"these|that|thing|question|in|on|at|by|with|from|during|instead|no|sorry|i meant|i mean|now|ok|okay|so|"
    r"the|ones?|split|group(?:ed)?|it|"
    r"films?|movies?|how many|stuff|was|were|is|it|rated(?= above| RATING| *$))\b"
)
_THE_SAME = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay)\W+)*(?:(?:which|what|how many)(?: (?:ones?|films?|movies?|titles))?"
    r"(?: (?:is|are|was|were) (?:it|that|they|those|these))?|(?:who|where|when|what (?:day|date))(?: with)?|"
    r"with whom?|how far did (?:i|we) get(?: (?:that time|then))?)\W*",
    re.IGNORECASE,
)
"""What the rows of the last answer tell: "which ones?", "and who with?"."""
_OF_THOSE = re.compile(
    r"\b(?:(?:out )?of|from|among) (?:those|them|these)\b|\b(?:in )?that (?:month|year|week)\b", re.IGNORECASE
)
_HOW_TOLD = ("of", "measure", "group_by", "limit", "best_first")
_OTHER_TIME = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|what about|how about|what else|anything else|is there anything|"
    r"anything|what|is|are|there|on|in|for)\W+)*"
    r"(?:(?P<ever>overall|in total|altogether|ever|all time|of all time|since the beginning)|"
    r"(?:that|the same) (?P<same>day|week|month)|"
    r"(?:the )?(?P<unit>day|week|month|year) (?:(?P<back>before)|after)(?: that)?)\W*",
    re.IGNORECASE,
)
_YEARS_OF_RELEASE = {"year_from", "year_to"}
_ABOUT = {"title", "person", "genre", "media_type", "language", *_YEARS_OF_RELEASE}
"""What a question is about; naming another takes the place of the one there was."""
_ALTERNATIVES = ({"since", "until"}, {"min_rating", "max_rating"}, _YEARS_OF_RELEASE)
_MEASURED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("hours|time", {"of": "viewings", "measure": "hours"}),
    ("average(?: rating)?", {"of": "reviews", "measure": "average_rating"}),
    ("highest|best(?: rated)?", {"of": "reviews", "measure": "highest"}),
    ("lowest|worst(?: rated)?", {"of": "reviews", "measure": "lowest"}),
    ("longest", {"of": "viewings", "measure": "longest"}),
    ("shortest", {"of": "viewings", "measure": "shortest"}),
    ("number|count", {"measure": "count"}),
)

# What is left of these narrows the question in a way that was not understood.
_NARROWS = re.compile(
    r"\b(?:after|before|over|under|during|than|but|and|or|without|except|about|between|per|these|those|"
    r"his|her|their|second|third|weeks?|weekends?|nights?|mornings?|evenings?|runtimes?|lengths?|long|short)\b"
)
_LEADS_ON = re.compile(r"by|with|from|of|for|in|on|at|to|starring|featuring|directed|my|our|average|mean")
"""Words before what narrows a question."""
_IS_NARROWED = re.compile(rf"{_FILMS}|{_SERIES}|documentar(?:y|ies)|docs|anime")
"""Words after it."""
# An adverb tells how something is asked, unless it tells when.
_HARMLESS = re.compile(
    r"(?!(?:recent|ear|week|month|year|dai|night|fami|on|ita|high)ly)[a-z]{2,}ly|got|coming|lined|up|am|"
    r"been|'ve"
)


def read_question(notes: Notes, store: Store) -> dict[str, Any] | None:
    """The arguments of ``query_diary`` that answer the user's words.

    Args:
        notes: what code read in the words.
        store: the library, whose people and genres are looked for.

    Returns:
        ``of`` and ``measure`` with whatever else is asked for, days as ISO dates; None where the words are no
        such question, or hold anything that is not understood.
    """
    question = _read(notes, store) if len(notes.words.split()) <= _LONGEST else None
    if question is None or _OTHERWISE.search(question.said):
        return None
    shape = _shape(question)
    if shape is None or not _is_own(question):
        return None
    asked = _asked(question, shape)
    genres = _genres_left(question)
    if asked is None or genres is None or len(genres) > 1:
        return None
    if genres:
        asked["genre"] = genres[0]
    lists_all = asked in ({"of": "reviews", "measure": "count"}, {"of": "events", "measure": "count"})
    if lists_all and shape in ("what", "which", "rows", "figure") and not question.says("number|total"):
        return None  # the lists of the reviews and of the calendar tell it better
    return asked


def _is_own(question: "_Question") -> bool:
    """Whether the diary or the calendar is asked, not what others think or the library holds."""
    if _OWN.search(question.said) or question.says(_PLAN) or "COMPANY" in question.said:
        return True
    if re.search(rf"\b(?:{_FAVOURITE}) of WHEN$", question.said) or _EACH_GROUP.search(question.said):
        return True
    return question.says(_NOTED) and not question.titles


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
    if _OF_THOSE.search(notes.words) and (asked := _of_those(notes, last, store)):
        return asked
    short = len(notes.words.split()) <= _SHORTEST and not (notes.titles or notes.given_ratings)
    if short and last.tool != "list_events" and _THE_SAME.fullmatch(notes.words):
        return dict(last.args)
    if short and (moved := _another_time(notes, last, store)):
        return moved
    if not _FOLLOW_UP.search(notes.words) or len(notes.words.split()) > _SHORTEST or notes.given_ratings:
        return None
    bound = _BARE_BOUND.search(notes.words)
    if bound is None and last.args.keys() & {"min_rating", "max_rating"}:
        bound = _TENS.search(notes.words)
    if not notes.ratings and bound:
        notes = read_notes(f"rated {bound[0]}", store, memory)
    question = _read(replace(notes, refers=False), store)
    if question is None:
        return None
    events = last.tool == "list_events" or last.args.get("of") == "events"
    wished = _wished_instead(question) if last.tool == "query_diary" and not events else {}
    _kind(question)
    if not _times(question, "events" if events else "viewings"):
        return None
    if question.titles:
        question.filters["title"] = question.titles[0]
    if "person" in last.args:
        question.take(r"\b(?:him|her|his|them)\b")
    question.said = _FOLLOWS.sub(
        " ", re.sub(r"\b(?:TITLE|PERSON|SOURCE|COMPANY|RATING|WHEN)\b", " ", question.said)
    )
    genres = _genres_left(question, every_word=True)
    if genres is None or len(genres) > 1 or question.says(f"{_SEE}|{_RATE}|{_PLAN}|who|when|where|how|i|we"):
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


def _of_those(notes: Notes, last: Call, store: Store) -> dict[str, Any] | None:
    """A question about what the last one was about: "which of those did I not finish?"."""
    asked = read_question(read_notes(_OF_THOSE.sub(" ", notes.words), store, Memory()), store)
    if asked is None or last.tool == "list_events":
        return None
    if last.tool != "query_diary":
        del asked["of"], asked["measure"]
    filters = {name: value for name, value in last.args.items() if name not in _HOW_TOLD}
    takes = set(TOOLS[last.tool].arguments.model_fields)
    return {**filters, **asked} if asked.keys() <= takes else None


def _another_time(notes: Notes, last: Call, store: Store) -> dict[str, Any] | None:
    """The last question of the time before or after its own, of any time, or of the day of its plan."""
    said = _OTHER_TIME.fullmatch(notes.words)
    if said is None:
        return None
    args = {name: value for name, value in last.args.items() if name not in ("since", "until")}
    if said["ever"]:
        return args if args != last.args else None
    ahead = last.tool == "list_events" or last.args.get("of") == "events"
    first, end = read_span(
        last.args.get("since"), last.args.get("until"), notes.now, "future" if ahead else "past"
    )
    if said["same"]:
        if last.tool != "list_events":
            return None
        if first is None and "title" in last.args:
            found = list_events(store, title=last.args["title"]).events
            first = found[0].event_date if found else None
        args.pop("title", None)
        return None if first is None else args | _span_of(said["same"], first)
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


def _wished_instead(question: "_Question") -> dict[str, Any]:
    """Another measure or grouping: "and by month?", "in hours", "and the average?"."""
    if group := question.take(rf"\b(?:per|each|by|which) (?P<noun>{_GROUP})\b"):
        noun = group["noun"]
        return {"group_by": next(name for name, pattern in _GROUPS.items() if re.fullmatch(pattern, noun))}
    for pattern, what in _MEASURED:
        if question.take(rf"\b(?:in |the |my |how many )*(?:{pattern})\b"):
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


@dataclass
class _Question:
    """The question in lower case, in which words in capitals stand for what was read: WHEN, TITLE, PERSON …"""

    notes: Notes
    store: Store
    said: str
    ordered: bool
    titles: list[str]
    moments: list[Moment]
    years: list[Years]
    filters: dict[str, Any]

    def says(self, pattern: str) -> bool:
        """Whether a pattern stands in it as whole words."""
        return re.search(rf"\b(?:{pattern})\b", self.said) is not None

    def take(self, pattern: str | re.Pattern[str], instead: str = " ") -> re.Match[str] | None:
        """Find a pattern and put something in its place, so that it is not read again."""
        found = re.search(pattern, self.said)
        if found:
            rest = self.said[: found.start()] + instead + self.said[found.end() :]
            self.said = re.sub(r"\s+", " ", rest).strip()
        return found


def _read(notes: Notes, store: Store) -> _Question | None:
    """The question with its parts read; None where there is none or they cannot be told apart."""
    marks: list[tuple[Span, str]] = []
    filters: dict[str, Any] = {}
    mentions = people_mentions(store, notes.words)
    people = [mention for mention in mentions if mention.whole]
    _mark(marks, "PERSON", [(person.start, person.end) for person in people])
    titles = [t for t in notes.titles if _mark(marks, "TITLE", [(t.start, t.end)])]
    notes = _without_on_average(notes)
    moments = _moments(notes, marks)
    if moments is None or not _ratings(notes, marks, filters):
        return None
    years = [y for y in notes.years if _mark(marks, "YEARS", [(y.start, y.end)])]
    people += [m for m in mentions if not m.whole and _is_meant(m, notes, store, marks)]
    if len(people) > 1 or len(titles) > 1:
        return None
    if people:
        filters["person"] = people[0].names[0]
        if len(people[0].names) > 1:
            filters["person"] = re.sub(r"['’]s$", "", notes.words[people[0].start : people[0].end])
    viewing = notes.viewing
    if viewing.source_span and _mark(marks, "SOURCE", [viewing.source_span]):
        filters["source"] = viewing.source
    if viewing.company_span and viewing.company and _mark(marks, "COMPANY", [viewing.company_span]):
        filters["context"] = viewing.company.removeprefix("With ")
    if "context" not in filters and (beside := _BESIDE.search(_replaced(notes.words, marks))):
        who = next(name for name in beside.groups() if name)
        company = None if _KNOWN.fullmatch(who) else read_viewing(f"watched it with {who}").company
        at = re.search(re.escape(beside[0].strip()), notes.words, re.IGNORECASE)
        if company and at and _mark(marks, "COMPANY", [at.span()]):
            filters["context"] = company.removeprefix("With ")
    names = [
        t.media[0].label if len({m.id for m in t.media}) == 1 else notes.words[t.start : t.end] for t in titles
    ]
    said, ordered = plainly(_replaced(notes.words, marks))
    question = _Question(notes, store, said, ordered, names, moments, years, filters)
    _add_what_was_rephrased(question)
    if unfinished := _UNFINISHED.search(said):
        subject = unfinished["did"] or unfinished["who"] or ""
        question.take(_UNFINISHED, f"{subject} watched")
        filters["completed"] = False
    if notes.refers and not titles and question.take(_REFERS, "watched TITLE"):
        if notes.referent is None:
            return None
        question.titles = [notes.referent]
    return question if said else None


def _add_what_was_rephrased(question: _Question) -> None:
    """What the plainer words say that was not read in the user's own: "a cinema trip", "full marks"."""
    filters = question.filters
    if "WHEN" not in question.said:
        question.moments = []  # "am I a Friday person?"
    for mark, name in (("SOURCE", "source"), ("COMPANY", "context")):
        if mark not in question.said:
            filters.pop(name, None)  # "do I watch more on Netflix or at the cinema?"
    if "SOURCE" in question.said:
        filters.setdefault("source", "Theater")
    bounds = filters.keys() & {"min_rating", "max_rating"}
    if "RATING" in question.said and not bounds:
        filters["min_rating"] = filters["max_rating"] = 10.0
    if bounds in ({"min_rating"}, {"max_rating"}):
        question.take(
            r"(?<=RATING) (?:or|and) (?:better|higher|more|above|over|up|worse|lower|less|below|under)\b"
        )


def _without_on_average(notes: Notes) -> Notes:
    """ "From the nineties on average" does not reach from the nineties onwards."""
    words = re.sub(r"\bon average\b", " " * len("on average"), notes.words, flags=re.IGNORECASE)
    read: list[Any] = [*notes.titles, *notes.ratings, *notes.moments]
    taken = [(found.start, found.end) for found in read]
    return replace(notes, years=read_years(words, skip=taken)) if words != notes.words else notes


def _mark(marks: list[tuple[Span, str]], mark: str, spans: list[Span]) -> bool:
    """Let a mark stand for a piece of the words, unless another one does already."""
    if any(start < end_ and start_ < end for start, end in spans for (start_, end_), _ in marks):
        return False
    marks += [(span, mark if at == 0 else "") for at, span in enumerate(spans)]
    return True


def _replaced(words: str, marks: list[tuple[Span, str]]) -> str:
    pieces, end = [], 0
    for (start, stop), mark in sorted(marks):
        pieces += [words[end:start].lower(), f" {mark} " if mark else " "]
        end = stop
    return "".join([*pieces, words[end:].lower()])


def _moments(notes: Notes, marks: list[tuple[Span, str]]) -> list[Moment] | None:
    """The days that are named, in order, months without "in" among them; None for hours of the day."""
    found: list[tuple[int, Moment]] = []
    for moment in notes.moments:
        spans = list(moment.pieces)
        if _mark(marks, "WHEN", spans):
            if moment.time and not re.search(r"day\b|\b(?:last |to)night", moment.text, re.IGNORECASE):
                return None
            found.append((spans[0][0], moment))
    for match in _MONTH.finditer(notes.words):
        span = match.span("month")
        if _mark(marks, "WHEN", [span]) and (read := read_moments(f"in {match['month']}", notes.now)):
            found.append((span[0], read[0]))
    for match in _PERIOD.finditer(notes.words):
        if _mark(marks, "WHEN", [match.span()]) and (
            read := read_moments(
                f"{'next' if match['next'] else 'this'} {match['period'].replace('wk', 'week').rstrip('s')}",
                notes.now,
            )
        ):
            found.append((match.start(), read[0]))
    return [moment for _, moment in sorted(found, key=lambda one: one[0])]


def _ratings(notes: Notes, marks: list[tuple[Span, str]], filters: dict[str, Any]) -> bool:
    """Put the bounds on ratings into the filters; false where they are several or on no scale."""
    rates = re.search(rf"\b(?:{_RATE})\b", notes.words.lower())
    if rates and (between := _BETWEEN.search(notes.words)) and _mark(marks, "RATING", [between.span()]):
        filters["min_rating"], filters["max_rating"] = sorted(float(figure) for figure in between.groups())
    elif rates and (tens := _TENS.search(notes.words)) and _mark(marks, "RATING", [tens.span()]):
        figures = [_figure(one) for one in _TEN.finditer(tens[0])]
        filters["min_rating"], filters["max_rating"] = min(figures), max(figures)
    ratings = list(notes.ratings)
    if rates and not ratings and (bound := _BARE_BOUND.search(notes.words)):
        # "How many of my reviews are above 8?"
        ratings = [
            rating.model_copy(update={"start": bound.start(), "end": bound.end()})
            for rating in read_ratings(f"rated {bound[0]}")[:1]
        ]
    for rating in ratings:
        before = _BOUNDS.search(notes.words[: rating.start]) if rating.bound != "exact" else None
        start = before.start() if before else rating.start
        if not _mark(marks, "RATING", [(start, rating.end)]):
            continue
        if filters.keys() & {"min_rating", "max_rating"} and rating.bound == "exact":
            return False
        step = (
            0.1 if _STRICT.search(notes.words[start : rating.end].lower()) else 0.0
        )  # ratings are kept in steps of 0.1
        if rating.bound in ("min", "exact"):
            filters["min_rating"] = round(rating.value + step, 1)
        if rating.bound in ("max", "exact"):
            filters["max_rating"] = round(rating.value - step, 1)
    return all(0 <= filters[name] <= 10 for name in ("min_rating", "max_rating") if name in filters)


def _figure(one: re.Match[str]) -> float:
    """The figure of "nines", "9.5s" or "nine and a halfs"."""
    word = one["figure"].lower()
    return (_FIGURES.index(word) + 1 if word in _FIGURES else float(word)) + (0.5 if one["half"] else 0.0)


def _is_meant(mention: PersonMention, notes: Notes, store: Store, marks: list[tuple[Span, str]]) -> bool:
    """Whether a surname means the person, not a genre, a friend or another word of the question."""
    said = notes.words[mention.start : mention.end]
    if genre_words(store, said) or _KNOWN.fullmatch(said.lower()):
        return False
    company = notes.viewing.company_span
    if company and company[0] < mention.end and mention.start < company[1] and is_company(store, said):
        return False
    return _mark(marks, "PERSON", [(mention.start, mention.end)])


def _shape(question: _Question) -> str | None:
    """How the question is put: its first word, or "figure" or "rows" without one; None if it is none."""
    said = question.said
    if _ORDERED.match(said):
        return None
    if asks := _ASKS.match(said):
        first = re.search(r"\b(?:how|what|which|whom?|when|where|did|have|had|do)\b", asks[0])
        return "did" if first and first[0] in ("did", "have", "had", "do") else first[0] if first else "did"
    if re.match(rf"(?:the )?(?:{_GROUP}) (?:i|we)\b", said):
        return "figure"  # "genres I watch most"
    if _STATES.search(said) or re.match(r"(?:i|we)\b", said) or "!" in question.notes.words:
        return None
    if question.says(_PLAN) and not question.titles and not re.match(r"plan\b", said):
        return "rows"
    if question.says(f"{_FAVOURITE}|most|last|latest|first|longest|shortest"):
        # "The best film I've seen this year" may be a verdict.
        listed = _LISTED.match(said) and (question.says(_NOTED) or _OWN.search(said))
        rated = question.says("rated") and not re.match(r"(?:i|we)\b", said)
        sure = question.ordered or listed or rated or _RANKED.match(said) or question.says("mine")
        return "figure" if sure and not question.notes.given_ratings else None
    if _FIGURE.match(said):
        return "figure"
    return "rows" if _ROWS.match(said) or (question.ordered and _OWN.search(said)) else None


def _asked(question: _Question, shape: str) -> dict[str, Any] | None:
    """The arguments; what was read leaves the question, so that the rest can be looked at."""
    _limit(question)
    title = question.titles[0] if question.titles else None
    if title:
        question.filters["title"] = title
    _kind(question)
    group = _group(question, shape)
    if group == "":
        return None
    what = _measure(question, shape, group)
    if what is None:
        return None
    of, measure, group_by = what
    if not _times(question, of):
        return None
    _how_seen(question, of, measure, shape)
    if title and shape == "did":  # "did I finish Heat?", "did I give Heat a 9?" are answered by the rows
        for name in ("completed", "rewatch", "min_rating", "max_rating"):
            question.filters.pop(name, None)
    asked = {"of": of, "measure": measure, **question.filters}
    if group_by:
        asked["group_by"] = group_by
    if of == "events" and (asked.keys() & {"context", "rewatch"} or not _is_planned(question, title)):
        return None
    return asked


def _is_planned(question: _Question, title: str | None) -> bool:
    """Whether a title that the calendar is asked for is in it: "when is it?" may ask for a release."""
    return title is None or title in open_event_names(question.store)


def _limit(question: _Question) -> None:
    """How many are asked for: "my top 5 films", "the last three"."""
    if found := question.take(_LIMIT):
        question.said = (
            f"{question.said[: found.start()]} {found['before']} {question.said[found.start() :]}".strip()
        )
        question.filters["limit"] = int(word_number(found["number"]) or 1)


def _kind(question: _Question) -> None:
    """The kind of title and its language."""
    for kind, pattern in (("documentary", r"documentar(?:y|ies)|docs"), ("anime", "anime"), ("tv", _SERIES)):
        if question.says(pattern):
            question.filters["media_type"] = kind
            break
    for word, code in read_data("languages.yaml")["languages"].items():
        if question.says(word) and not genre_words(question.store, word):
            question.take(rf"\b(?:in )?{word}\b")
            question.take(r"\blanguage\b")
            question.filters["language"] = code


def _group(question: _Question, shape: str) -> str | None:
    """What the answer is to be grouped by; an empty text where that cannot be told."""
    found = _ASKED_GROUP.search(question.said) or _EACH_GROUP.search(question.said)
    if question.take(r"\bper rating$"):
        return "rating"
    if found:
        noun = found["noun"]
        start = found.start("each" if found.re is _EACH_GROUP else "noun")
        question.said = f"{question.said[:start]}{question.said[found.end() :]}".strip()
        if noun in ("day", "days") and not question.says("do (?:i|we)"):
            return ""  # one day of the calendar, not of the week
        return next(name for name, pattern in _GROUPS.items() if re.fullmatch(pattern, noun))
    if question.titles:
        return None
    if shape in ("who", "whom") and question.says("with"):
        return "context"
    if shape == "where":
        return "source"
    return "weekday" if shape == "when" and question.says("most") and not question.says("recently") else None


def _measure(question: _Question, shape: str, group: str | None) -> What | None:
    """What is asked of which entries, and by what they are grouped."""
    says = question.says
    rated = "min_rating" in question.filters or "max_rating" in question.filters
    rates = rated or says(_RATE)
    worst = says("lowest|worst") or (says("(?<!at )least") and says(rf"{_LIKE}|{_RATE}|favou?rite"))
    best = says("highest|best|top|favou?rite|highly") or (says("most") and says(_LIKE))
    if says(_PLAN):
        if rates or worst or best or says("average|hours?|last"):
            return None
        return (
            "events",
            "first" if says("first|next") and shape in ("what", "which", "when") else "count",
            group,
        )
    if says("go|went|gone|been") and "source" not in question.filters:
        return None
    if says("hours?|minutes|how much time") or (says("how long") and not says("ago|how long since")):
        return ("viewings", "hours", group) if not (rates or worst or best) else None
    if found := question.take(r"\b(longest|shortest)\b"):
        plain = not (rates or worst or best or group or question.titles)
        return ("viewings", found[1], None) if plain else None
    if says("average|mean") and shape == "how" and group and not rates:
        return ("viewings", "count", group)  # "how many a month, on average?"
    if says("average|mean") or re.match(r"how do (?:i|we) rate\b", question.said):
        return ("reviews", "average_rating", group)
    if group:
        return _grouped(question, shape, group, rates, best, worst)
    if says("least") and not worst:
        return None
    best = best and not says(rf"(?:top|most)(?: {_NUMBER})? (?:watched|seen|rewatched)")
    if best or worst:
        seen = shape != "how" and not question.titles and not (says("most") and not says(_LIKE))
        return ("reviews", "highest" if best else "lowest", None) if seen and best != worst else None
    if says("most|top") and not says("recent|recently"):
        often = shape in ("what", "which", "figure", "rows") and not question.titles
        return ("reviews" if rates else "viewings", "count", "title") if often and says(_SEE) else None
    return _plain(question, shape, rates, rated)


def _grouped(question: _Question, shape: str, group: str, rates: bool, best: bool, worst: bool) -> What | None:
    says = question.says
    if group == "rating":
        return ("reviews", "count", group)
    if question.titles and group not in ("source", "context", "month", "year", "weekday"):
        return None
    if shape != "how" and (best or worst or (rates and not says("most"))):
        return ("reviews", "lowest" if worst else "average_rating", group)
    if says(f"least|{_LIKE}"):
        return None
    return ("reviews" if rates else "viewings", "count", group)


def _plain(question: _Question, shape: str, rates: bool, rated: bool) -> What | None:
    """A count, a list, a first or a last one."""
    says = question.says
    of = "reviews" if rates else "viewings"
    if says(_LIKE) or not (
        rates or says(_SEE) or says("rewatches|number of|my total|(?:my|our) (?:first|last|latest)")
    ):
        return None
    if shape == "when" and not says("did|have|had|was|is|watched|saw|seen|rated|gave|finished"):
        return None  # "remind me when I watch it" is a plan
    if shape == "when" or says("ago|how long since"):
        return (of, "first" if says("first") else "last", None)
    once = says("for the first time")
    if says("last|latest|most recent|most recently|recently") or (says("first") and not once):
        if question.titles or shape == "how":
            return None
        return (of, "first" if says("first") and not once else "last", None)
    if question.titles and shape not in ("how", "did", "who", "whom", "where"):
        return None
    if shape in ("what", "which", "rows") and rates and not (rated or question.filters or question.moments):
        return None
    return (of, "count", None)


def _how_seen(question: _Question, of: str, measure: str, shape: str) -> None:
    """Whether it was seen to the end, and whether again."""
    filters = question.filters
    if of == "viewings" and question.says("finish(?:ed)?|to the end") and "completed" not in filters:
        filters["completed"] = True
    if question.says("for the first time") and measure not in ("first", "last"):
        filters["rewatch"] = False
    again = shape in ("how", "did") and question.says("again")
    if again or question.says("re ?watch(?:ed|es|ing)?"):
        filters["rewatch"] = True


def _times(question: _Question, of: str) -> bool:
    """Put the days and the release years into the filters; false where they cannot be told apart."""
    since, until, read = _days(question, of)
    for years in question.years:
        found = question.take(_YEARS)
        if not read or found is None:
            return False
        bounds = {"year_from": years.first, "year_to": years.last}
        if _is_release(years, found) and not question.says("reviews?|viewings?|diary"):
            read = not question.filters.keys() & bounds.keys()
            question.filters |= {name: year for name, year in bounds.items() if 0 < year < 9999}
        else:
            read = since is until is None
            since = date(years.first, 1, 1) if years.first else None
            until = date(years.last, 12, 31) if years.last < 9999 else None
    days = {"since": since, "until": until}
    question.filters |= {name: day.isoformat() for name, day in days.items() if day}
    return read


def _days(question: _Question, of: str) -> tuple[date | None, date | None, bool]:
    """The first and the last day of the time that is named, and whether there is one time at most."""
    days = [_leaning(moment, question.notes, of) for moment in question.moments]
    if len(days) == 2 and question.take(_SPANNED):
        return days[0].date, days[1].end_date or days[1].date, True
    if len(days) != 1:
        return None, None, not days
    found = question.take(_BOUNDED)
    opening = re.match(r"since|before|after|until|till", question.moments[0].text.lower())
    bound = (found and found["bound"]) or (opening and opening[0]) or ""
    first, last = days[0].date, days[0].end_date or days[0].date
    if bound == "before":
        return None, first - timedelta(days=1), True
    if bound == "after":
        return last + timedelta(days=1), None, True
    return (None if bound in ("until", "till", "up to") else first), (None if bound == "since" else last), True


def _is_release(years: Years, found: re.Match[str]) -> bool:
    """Whether years are those of titles ("from 1999", "the 80s", "1999 films"), not of watching ("in 2024")."""
    if found["released"] or (years.first == 0 and years.last < 2000):
        return True
    several = 0 < years.first != years.last < 9999
    return several or (found["thing"] is not None and not found["during"] and years.first == years.last)


def _leaning(moment: Moment, notes: Notes, of: str) -> Moment:
    """An open month or weekday lies behind, that of a plan ahead."""
    today = notes.now.date()
    ahead = of == "events"
    if (moment.end_date or moment.date) >= today if ahead else moment.date <= today:
        return moment
    again = read_moments(moment.text, notes.now, lean="future" if ahead else "past")
    return again[0] if again else moment


def _genres_left(question: _Question, every_word: bool = False) -> list[str] | None:
    """The genres that the words not yet understood name; None where they may narrow it to anything else.

    Args:
        question: the question.
        every_word: whether words that are not understood do not do wherever they stand.
    """
    genres: list[str] = []
    run: list[str] = []
    before = ""
    said = re.sub(r"\bhow (?:many|much|long)\b", "how", question.said)
    if _NARROWS.search(said):
        return None
    for word in [*re.findall(r"[^\s,?!.\"“”]+", said), "the"]:
        if _HARMLESS.fullmatch(word):
            continue
        if not _KNOWN.fullmatch(word):
            run.append(word)
            continue
        if run:
            found = genre_words(question.store, " ".join(run))
            if found and (len(found) > 1 or _without_one(run, found, question.store)):
                return None
            if not found and (every_word or _LEADS_ON.fullmatch(before) or _IS_NARROWED.fullmatch(word)):
                return None
            genres += found
            run = []
        before = before if word in ("the", "a", "an", "my", "our") and _LEADS_ON.fullmatch(before) else word
    return list(dict.fromkeys(genres))


def _without_one(words: list[str], found: list[str], store: Store) -> bool:
    """Whether one of the words adds nothing to the genre, so that it must mean something else."""
    rests = [" ".join([*words[:at], *words[at + 1 :]]) for at in range(len(words))]
    return any(genre_words(store, rest) == found for rest in rests)
