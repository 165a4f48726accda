"""Holding the model's choice against the user's words and the library.

A small model picks the right tool far more often than the right arguments. So every argument is looked up in
what code read in the words; what the user never said is dropped, what is required and missing is asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from rapidfuzz import fuzz

from agent.another_take import read_direction
from agent.events import Call
from agent.intent import intent
from agent.names import spans_of
from agent.notes import read_notes
from agent.opinion import opinion
from agent.particulars import particulars, preset_pointed_at
from agent.pointing import is_reference
from agent.portions import OF_EACH, one_each, portions
from agent.prompt import read_data
from agent.relative import relative_rating, tells_relatively
from agent.said import Said
from store.errors import XilftenError
from store.titles import normalise, split_year
from tools.calendar import list_events
from tools.genres import genre_mentions, genre_words, resolve_genres
from tools.people import people_mentions
from tools.reading import (
    Duration,
    Moment,
    Number,
    Rating,
    read_moments,
    read_numbers,
    read_plan_note,
    read_reminder,
    read_shift,
    read_tags,
)
from tools.tool import Tool

_CLEARS = r"\b(?:clear|empty|blank|unset|remove|erase|delete|wipe|nothing)\b"
_RATHER = r"\b(?:\w{3,}er|more|less|instead|rather|either)\b|^\W*(?:and|but|only|just|no|not)\b"
"""Words that change what was wished for rather than wish anew: "have you anything older?"."""
_NO_TITLE = re.compile(
    r"(?:\b(?:an?|the|my|our|one|some|any|of|that|this|these|those|next|last|first|second|other|planned|"
    r"film|films|movie|movies|show|shows|plan|plans|something|anything|title|similar|review|for|to|me|"
    r"new|old|good)\b|[\W\d_])*",
    re.IGNORECASE,
)
_PRONOUNS = {"it", "that", "this", "them", "one", "that one", "this one", "him", "her", "the film", "the movie"}
_MOMENTS = {"watched", "when", "since", "until", "release_date"}
_LANGUAGES = read_data("languages.yaml")
_RELEASE = r"releas|c[ao]me out|coming out|premier"
_CREDITS = {
    "directors": r"\b(?:by|from|directors?|directed)\b",
    "writers": r"\b(?:writ\w+|screenplay|penned)\b",
    "cast": r"\b(?:with|starring|stars?|cast|featuring|plays?)\b",
}
_DROP = object()
_A_WEEKDAY = re.compile(
    r"\W*(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!\s*(?:week|the\b|,?\s*\d\d?(?:st|nd|rd|th|\.?\s+[a-z])))",
    re.IGNORECASE,
)
"""A weekday that is told no closer, as "Thursday" or "Thursday at 8"."""
_OF_BOTH = (
    *OF_EACH,
    "update_viewing",
    "update_review",
    "get_media",
    "list_events",
    "move_event",
    "cancel_event",
    "complete_event",
)
"""Acts that "both" asks for of each."""
_ALIKE = {"update_review": "log_review", "update_viewing": "log_viewing"}
"""Acts that are one and the same when two of a turn fall on one title."""
_ASKS_FOR_A_FILM = re.compile(
    r"^\W*(?:(?:what|which|whats|who|do|does|you|know|remember|tell|me|find|looking|searching|for|i|am|trying|to|"
    r"think|of|can|could|please|is|was|are|the|an?|that|this|name|title|called|it|its|films?|movies?|shows?|series|"
    r"one|anime|documentary|there|some|old|again|hey|so|um|uh|help|have|got|in|my|library|s|m|ve|forgot|story|plot|"
    r"thing|something)\b\W*)*\b(?:where|in which|about(?: how)?|with|that|which|who|when)\b\s*",
    re.IGNORECASE,
)
"""What leads to a plot and would only blur its meaning: "what's that film where"."""
_NO_RATING = re.compile(
    r"\s+(?!points|stars)\w+s\b|\s+(?:million|billion|hundred|thousand|percent|academy|golden|oscar|more|other|minute|hour|year)\b",
    re.IGNORECASE,
)
"""Behind a number that counts something: "two thumbs", "three Academy Awards"."""
_SO_MANY = (
    r"\b(?:last|latest|past|previous)\s+(?:\w+\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b|"
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:last|latest|steps?|things?|changes|acts?|times|of)\b"
)
"""How many acts are to be undone; "88 was right, change it back" tells none."""
_TOPICS = {
    "runtime": r"\b(runtime|length|long|short\w*|minutes|hours?)\b",
    "genre": r"\bgenres?\b|\bkind\b|comed|thriller|horror|drama|western|sci-?fi|noir|romance",
    "release_year": r"\b(years?|decade|age|old|new|recent|\d0s|[1-2]\d{3})\b",
    "language": r"\blanguages?\b",
}
# "horror and must be from the eighties": an "and" parts clauses only where what follows is weighed anew.
_CLAUSE = re.compile(
    r"(?:(?![,;.:]\s|\bbut\b|\band (?=(?:(?!\band\b)[^,;.:])*(?:must|matter|nice|ideal|prefer|possible|"
    r"weigh|0?\.\d|import|definite|has to|have to)))[\s\S])+(?:[,;.:]\s|\b(?:but|and) )?",
    re.IGNORECASE,
)
_INSISTS = (
    r"\b(?:must|strictly|definitely|absolutely|ha(?:s|ve) to|mandatory|required|obligatory|no exceptions?)\b"
)
_WEIGHTS = (
    (r"matters? (?:a lot|most|more)|(?:very|most|more) important|above all|especially", 1.0),
    (r"doesn[’']?t matter(?! much)|no matter", 0.1),
    (
        r"matters? (?:less|a (?:bit|little))|less important|not (?:so|that|very) important|"
        r"doesn[’']?t matter much|if possible|ideally|preferably|would be nice|nice to have|rather",
        0.5,
    ),
)


class Checker:
    """Checks the calls of one part of the words; each title is used once when several acts are said.

    Args:
        said: the part, with what is around it.
        tools: the tools the conversation offers, by name.
        used: the acts before and what they were about; this one is added.
    """

    def __init__(self, said: Said, tools: dict[str, Tool], used: list[tuple[str, str]] | None = None) -> None:
        self.said = said
        self.store = said.store
        self.notes = said.notes
        self.memory = said.memory
        self.tools = tools
        self._used = [] if used is None else used

    def check(self, calls: list[Call]) -> list[Call]:
        """The calls with only what the user said."""
        chosen = [call for call in calls if call.tool in self.tools]
        calls = one_each(chosen, self.notes)
        if len(calls) == 1 and self.notes.referents and not self.notes.titles and calls[0].tool in _OF_BOTH:
            return [
                self.one(Call(tool=calls[0].tool, args={**calls[0].args, "title": label}), fixed=True)
                for label in self.notes.referents
            ]
        if len(calls) == 1:
            return [self.one(calls[0])]
        parts = portions(calls, self.notes, lambda words: read_notes(words, self.store, self.memory))
        told = particulars(calls[0].tool, self.said) if len(calls) > len(chosen) else None
        each = self._ratings_in_a_row(len(calls)) if told is not None and calls[0].tool == "log_review" else []
        return [
            Checker(replace(self.said, notes=part), self.tools, self._used).one(
                call, fixed=True, told={**(told or {}), "rating": each[place]} if each else told
            )
            for place, (call, part) in enumerate(zip(calls, parts, strict=True))
        ]

    def _ratings_in_a_row(self, count: int) -> list[float]:
        """The ratings of so many titles in a row: "Alien and Heat, 8 and 9", "Alien and Heat 9 each"."""
        dated = [span for moment in self.notes.moments for span in moment.pieces]
        numbers = read_numbers(self.notes.words, skip=[*self.notes.title_spans, *dated])
        values = [number.value for number in numbers if 0 <= number.value <= 10]
        if len(values) == len(numbers) == 1 and not self.notes.given_ratings and self._bare_rating():
            return values * count
        return values if len(values) == len(numbers) == count else []

    def one(self, chosen: Call, *, fixed: bool = False, told: dict[str, Any] | None = None) -> Call:
        """The one act that the words mean, with only what they say of it.

        ``fixed`` keeps the tool chosen; ``told`` is what the words around the part tell.
        """
        plain = None if fixed else intent(self.said)
        tool = plain.tool if plain else chosen.tool
        told = dict(plain.args if plain else particulars(tool, self.said)) | (told or {})
        if fixed or self._is_used(tool, str(told.get("title") or "")):
            told.pop("title", None)
        chosen = Call(tool=tool, args=told | chosen.args)
        call = self._settle(Call(tool=tool, args=dict(self._arguments(chosen)) | told))
        self._used.append((_ALIKE.get(call.tool, call.tool), _bare(str(call.args.get("title", "")))))
        return call

    def _settle(self, call: Call) -> Call:
        """Corrections that need the checked arguments."""
        unrated = call.tool == "log_review" and not {"rating", "text"} & set(call.args)
        if unrated and re.search(r"\b(watch|saw|seen|finish|caught|rewatch)", self.notes.words.casefold()):
            kept = {k: v for k, v in call.args.items() if k in self.tools["log_viewing"].arguments.model_fields}
            return self._settle(Call(tool="log_viewing", args=kept))
        later = call.tool == "log_viewing" and str(call.args.get("watched", "")) > self.notes.now.isoformat()
        if later and not self.said.holds(r"\b(?:(?:re)?watched|saw|seen|log(?:ged)?|finished|viewing)\b"):
            plan = {
                "title": call.args.get("title"),
                "when": call.args["watched"],
                "location": call.args.get("source"),
            }
            return Call(tool="schedule", args={name: value for name, value in plan.items() if value})
        rates = call.tool == "update_review" and {"title", "rating"} <= set(call.args)
        if rates and not self._reviewed(call.args["title"]):
            return Call(tool="log_review", args=call.args)
        if call.tool == "set_field" and "value" not in call.args and self.said.holds(_CLEARS):
            call.args["value"] = None
        if call.tool == "recommend" and self.memory.last_tool == "recommend" and self.said.holds(_RATHER):
            must = [*self.memory.criteria.get("required", []), *call.args.get("required", [])]
            more = {"required": list(dict.fromkeys(must))} if must else {}
            return Call(tool="recommend", args={**self.memory.criteria, **call.args, **more})
        saved = self.said.did("save_preset") if call.tool == "save_preset" else None
        if saved and saved.args.get("name") == call.args.get("name"):
            return Call(tool="save_preset", args={**saved.args, **call.args})
        if call.tool == "save_preset" and self.notes.refers and self.memory.criteria:
            kept = {name: value for name, value in call.args.items() if name in ("name", "is_default")}
            return Call(tool="save_preset", args={**self.memory.criteria, **kept})
        if call.tool == "schedule" and {"title", "name"} <= set(call.args) and not self.said.topic:
            del call.args["title"]  # "school concert" is no film
        if call.tool == "schedule" and call.args.get("description") == call.args.get("name"):
            call.args.pop("description", None)
        if call.tool == "schedule" and "title" in call.args:
            call.args.pop("name", None)
            if call.args.get("event_type") == "custom":
                del call.args["event_type"]
        if call.tool == "define_field" and call.args.get("options"):
            call.args.setdefault("field_type", "select")
        if call.tool == "update_viewing" and self._stopped_early() and self.notes.durations:
            call.args["minutes"] = self.notes.durations[0].minutes
        if call.tool in ("log_viewing", "update_viewing") and self.notes.viewing.partial:
            call.args["completed"] = False
            lengths = [d for d in self.notes.durations if d.bound in ("exact", "about", "max")]
            minutes = self.notes.viewing.minutes or (lengths[0].minutes if lengths else None)
            if minutes:
                call.args["minutes"] = minutes
        return call

    def _stopped_early(self) -> bool:
        act = self.said.did("log_viewing", "update_viewing")
        return act is not None and act.args.get("completed") is False

    def _reviewed(self, title: str) -> bool:
        try:
            media = self.store.titles.resolve(title)
        except XilftenError:
            return True
        return self.store.db.one("SELECT 1 FROM user_reviews WHERE media_id = ?", [media.id]) is not None

    def _arguments(self, call: Call) -> Iterator[tuple[str, Any]]:
        for name in self._fields(call):
            value = call.args.get(name)
            checker = _CHECKERS.get(name, Checker._said)
            if name in _MOMENTS:
                checker = Checker._moment
            result = checker(self, call, name, value)
            if result is not _DROP and result is not None:
                yield name, result

    # One method per kind of argument: the value to use, or _DROP.

    def _title(self, call: Call, name: str, value: Any) -> Any:
        if call.tool in ("rate_mashup", "delete_mashup"):
            return value if value and self.notes.says(str(value)) else _DROP
        optional = "title" not in self.tools[call.tool].required
        wanted = str(value or "").strip()
        if call.tool == "list_events" and "since" in call.args and not (wanted or self.notes.titles):
            return _DROP  # "that whole week" is of no plan
        if self._is_circumstance(wanted):
            wanted = ""  # "this weekend" is no title
        if wanted and self._is_used(call.tool, wanted):
            return _DROP  # the model gave two acts the same title; one of them was not understood
        mention = self._mentioned(wanted) if wanted else None
        if mention is not None:
            return mention
        if normalise(wanted) in _PRONOUNS or is_reference(wanted):
            wanted = ""
        if wanted:
            if self.notes.says(wanted) and self._is_name(wanted):
                return wanted
            if self.notes.points and self.notes.referent:
                return self._referred(call)  # "the second one" is counted by code, not by the model
            known = self._remembered(wanted)
            if known and (self.notes.refers or not (self.notes.titles or optional)):
                return known
        if self.notes.titles and (not optional or wanted or call.tool in ("similar", "schedule")):
            return self._take_title(0)
        if call.tool == "schedule" and call.args.get("name") and not self.notes.refers:
            return _DROP
        destroys = self.tools[call.tool].kind == "destructive"
        if (
            self.notes.referent is not None
            and not self.said.names_unknown
            and (self.notes.refers or not (optional or destroys) or (wanted and not destroys))
        ):
            return self._referred(call)
        return _DROP

    def _is_circumstance(self, wanted: str) -> bool:
        """Whether what the model took for a name is a day or holds one: "saturday at 8pm"."""
        name = f" {normalise(wanted)} "
        known = [*self.notes.referents, *self.notes.listed, self.notes.referent]
        if not name.strip() or wanted in known:
            return False
        told = [
            (start, end) for start, end in self.notes.read_spans if (start, end) not in self.notes.title_spans
        ]
        spans = [f" {normalise(self.notes.words[start:end])} " for start, end in told]
        return any(name in said or (said in name and not said.strip().isdigit()) for said in spans)

    def _name(self, call: Call, name: str, value: Any) -> Any:
        if not value or not self._is_name(str(value)) or self._is_circumstance(str(value)):
            return _DROP
        return self._said(call, name, value)

    def _referred(self, call: Call) -> Any:
        """What "it" means; of two acts of a kind, "the other" is the other of two."""
        referent = self.notes.referent or ""
        if not self._is_used(call.tool, referent):
            return referent
        others = [label for label in self.memory.listed if label != referent]
        return others[0] if len(others) == 1 and "other" in self.notes.words.casefold() else _DROP

    def _is_used(self, tool: str, title: str) -> bool:
        return (_ALIKE.get(tool, tool), _bare(title)) in self._used

    def _remembered(self, name: str) -> str | None:
        """The label of the title of that name that was spoken of."""
        known = [*self.memory.focus, *self.memory.listed]
        return next((k for k in known if normalise(name) in (normalise(k), _bare(k))), None)

    def _is_name(self, wanted: str) -> bool:
        """Whether words that are no known title can be one: not a date, a rating or mere function words."""
        return not _NO_TITLE.fullmatch(wanted)

    def _mentioned(self, wanted: str) -> str | None:
        key = normalise(re.sub(r"\(\d{4}\)", "", wanted))
        best, score = None, 0.0
        if self._exactly_said(key):
            return wanted
        for position, mention in enumerate(self.notes.titles):
            said = normalise(self.notes.words[mention.start : mention.end])
            near = 100.0 if said == key else fuzz.ratio(said, key)
            if key and (key in said.split() or said in key) and len(key) > 3:
                near = max(near, 85)
            if near > score:
                best, score = position, near
        return self._take_title(best) if best is not None and score >= 70 else None

    def _exactly_said(self, key: str) -> bool:
        """Whether a known title stands in the words though not as a mention: "alien" beside "aliens"."""
        rest = self.notes.without_titles()  # "Alien 3" is not about Alien
        if len(key) < 4 or not re.search(rf"\b{re.escape(key)}\b", normalise(rest)):
            return False
        return any(normalise(media.title) == key for media in self.store.titles.all())

    def _take_title(self, position: int) -> str:
        mention = self.notes.titles[position]
        year = next((y.first for y in self.notes.years if y.first == y.last), None)
        labels = [media.label for media in mention.media]
        dated = [media.label for media in mention.media if media.year == year]
        if len(labels) == 1 or dated:
            return (dated or labels)[0]
        return self.notes.words[mention.start : mention.end]

    def _sources(self, call: Call, name: str, value: Any) -> Any:
        found = [
            mention.media[0].label if len(mention.media) == 1 else self.notes.words[mention.start : mention.end]
            for mention in self.notes.titles
        ]
        for wanted in value or []:
            named = self.notes.says(wanted) and self._is_name(wanted) and normalise(wanted) not in _PRONOUNS
            if named and self._mentioned(wanted) is None:
                found.append(wanted)
        if len(found) == 1 and self.notes.refers and self.notes.referent and self.notes.referent not in found:
            found.insert(0, self.notes.referent)
        if not found and self.notes.refers:
            found = self.memory.focus[:2]
        return list(dict.fromkeys(found)) or _DROP

    def _rating(self, call: Call, name: str, value: Any) -> Any:
        given = self.notes.given_ratings
        if not given and tells_relatively(self.said):
            told = relative_rating(self.said, self._rated_title(call))
            return _DROP if told is None else told
        ratings = given or self._bare_rating()
        return min(ratings, key=lambda r: self._distance(call, r)).value if ratings else _DROP

    def _rated_title(self, call: Call) -> str | None:
        """What a rating is for: what is named, or spoken of."""
        if call.tool == "rate_mashup":
            return self.said.mashups[0] if self.said.mashups else self.notes.thing or self.memory.thing or None
        said = call.args.get("title") or (self.notes.named(self.notes.titles[0]) if self.notes.titles else None)
        return str(said or self.notes.referent or "") or None

    def _bare_rating(self) -> list[Rating]:
        """A lone number is a rating where the act is one: "8 it is then"."""
        if any(rating.bound == "exact" for rating in self.notes.ratings):
            return []
        numbers = read_numbers(self.notes.words, skip=self.notes.read_spans)
        found = [
            number
            for number in numbers
            if 0 <= number.value <= 10
            and self.notes.means(number.start)
            and number.text.casefold() != "one"
            and not _NO_RATING.match(self.notes.words, number.end)
        ]
        if len(numbers) != 1 or not found or self.notes.points:
            return []
        number = found[0]
        value = number.value
        place = {"text": number.text, "start": number.start, "end": number.end}
        return [Rating(**place, value=value, raw=value, scale=10, in_range=True)]

    def _distance(self, call: Call, rating: Rating) -> tuple[bool, int]:
        """How far a rating stands from the call's title; people say the title first."""
        title, _ = split_year(str(call.args.get("title") or ""))
        place = self.notes.words.casefold().find(title.casefold()) if title else -1
        if place < 0:
            return (rating.value != call.args.get("rating"), rating.start)
        return (rating.start < place, abs(rating.start - place))

    def _moment(self, call: Call, name: str, value: Any) -> Any:
        shift = read_shift(self.notes.words, skip=self.notes.title_spans) if call.tool == "move_event" else None
        if shift:
            return shift.words
        moments = self.notes.moments
        # "on Monday, not last night", "not on the 5th but on the 6th"
        meant = [m for m in moments if not re.search(r"\bnot\s+(?:on\s+|at\s+)?$", self.notes.words[: m.start])]
        moments = meant or moments
        if not moments and name == "when":
            moments = self._bare_hour()
        if not moments or (name == "until" and len(moments) < 2):
            return _DROP
        if name == "release_date" and not re.search(_RELEASE, self.notes.words.casefold()):
            return _DROP
        # "move it from Friday to Saturday" names the new day last.
        moment = moments[-1] if name in ("until", "when") or call.tool.startswith("update_") else moments[0]
        moment = self._leaning(moment, name)
        if call.tool == "move_event":
            moment = self._beside_the_plan(call, moment)
        if call.tool == "schedule" and not moment.dated and self.memory.day and self._goes_on_with_the_day():
            moment = moment.model_copy(update={"date": self.memory.day})
        if call.tool == "schedule" and moment.time is None and self.said.holds(r"\bsame (?:time|hour)\b"):
            moment = moment.model_copy(update={"time": self._last_time()})
        return _iso(moment, call.tool, self.notes.now)

    def _goes_on_with_the_day(self) -> bool:
        """Whether an hour is one of the day last planned for: "and Perfect Blue after that, at half 8"."""
        ahead = self.memory.day is not None and self.memory.day >= self.notes.now.date()
        goes_on = (
            r"\b(?:(?:after|before) (?:that|it|the film|this)|afterwards|beforehand|then|next|too|as well)\b"
        )
        return ahead and self.said.did("schedule", "move_event") is not None and self.said.holds(goes_on)

    def _beside_the_plan(self, call: Call, moment: Moment) -> Moment:
        """A weekday said behind the plan's own is the one next to it: "Tuesday is choir, Heat on Thursday"."""
        named = {m.date for m in self.notes.moments if m.dated and m.end <= moment.start}
        title = str(call.args.get("title") or "")
        if not named or not title or not _A_WEEKDAY.match(moment.text):
            return moment
        try:
            planned = {event.event_date for event in list_events(self.store, title=title).events} & named
        except XilftenError:
            return moment
        week = timedelta(weeks=1)
        days = [moment.date - week, moment.date, moment.date + week]
        near = [
            min((day for day in days if day >= self.notes.now.date()), key=lambda day: abs(day - plan))
            for plan in planned
        ]
        return moment.model_copy(update={"date": near[0]}) if near else moment

    def _last_time(self) -> time | None:
        """The hour of the plan made or moved last."""
        act = self.said.did("schedule", "move_event")
        planned = read_moments(str(act.args.get("when")), self.notes.now) if act else []
        return planned[0].time if planned else None

    def _bare_hour(self) -> list[Moment]:
        """A lone number is an hour where a plan is spoken of: "nine is better"."""
        hours = read_numbers(self.notes.words, skip=self.notes.title_spans)  # "ten rather" is read as a rating
        if len(hours) != 1 or not 1 <= hours[0].value <= 24 or self.notes.points:
            return []
        return read_moments(f"at {hours[0].text}", self.notes.now, lean="future")

    def _leaning(self, moment: Moment, name: str) -> Moment:
        """An open word such as "Sunday" read towards the side that the act needs."""
        leans: dict[str, Literal["past", "future"]] = {"when": "future", "watched": "past"}
        today: date = self.notes.now.date()
        wrong = {"when": moment.date < today, "watched": moment.date > today}
        if not wrong.get(name):
            return moment
        again = read_moments(moment.text, self.notes.now, lean=leans[name])
        return again[0].model_copy(update={"time": moment.time, "text": moment.text}) if again else moment

    def _text(self, call: Call, name: str, value: Any) -> Any:
        if call.tool == "update_review" and not value:
            quoted = re.search(r"[\"“]([^\"”]+)[\"”]", self.notes.words)
            return (
                quoted[1] if quoted else _DROP
            )  # "oops, make that an 8" must not take the place of the old text
        return opinion(self.notes, str(value) if value else None, several=False) or _DROP

    def _viewing_word(self, call: Call, name: str, value: Any) -> Any:
        words = self.notes.viewing
        return {"source": words.source, "location": words.source, "context": words.company}[name] or _DROP

    def _rewatch(self, call: Call, name: str, value: Any) -> Any:
        return True if self.notes.viewing.rewatch else _DROP

    def _genres(self, call: Call, name: str, value: Any) -> Any:
        found = list(self.notes.genres)
        takes_preset = call.tool in ("recommend", "save_preset")
        named = self._words_of_a_preset(call) if takes_preset else None
        if named:  # "recommend with Short sci-fi" names a preset, not a genre
            start, end = named
            found = genre_words(self.store, self.notes.words[:start] + " " + self.notes.words[end:])
            value = None
        for wanted in value if isinstance(value, list) else [value] if value else []:
            if self.notes.says(str(wanted)) and self._is_genre(str(wanted)):
                slug = resolve_genres(self.store, [str(wanted)])[0].slug
                found += [slug] if slug not in found else []
        if self._media_type(call, name, None) == "anime" and "media_type" in self._fields(call):
            found = [slug for slug in found if slug != "anime"]
        if name == "genre":
            return found[0] if found else _DROP
        return found or _DROP

    def _fields(self, call: Call) -> Iterable[str]:
        return self.tools[call.tool].arguments.model_fields

    def _is_genre(self, name: str) -> bool:
        try:
            return bool(resolve_genres(self.store, [name]))
        except XilftenError:
            return False

    def _runtime(self, call: Call, name: str, value: Any) -> Any:
        bounds = {
            "max_runtime": ("max", "about", "exact"),
            "min_runtime": ("min",),
            "runtime": ("exact", "about"),
        }
        found: list[Duration] = [d for d in self.notes.durations if d.bound in bounds[name]]
        saved = self.said.did("save_preset") if call.tool == "save_preset" else None
        if saved and len({"min_runtime", "max_runtime"} & saved.args.keys()) == 1:  # "150, not 140"
            bare = [d for d in self.notes.durations if d.bound in ("exact", "about")]
            found = (bare or found) if name in saved.args else [d for d in found if d not in bare]
        return found[0].minutes if found else _DROP

    def _year(self, call: Call, name: str, value: Any) -> Any:
        if not self.notes.years:
            return _DROP
        if call.tool == "find_by_plot" and not re.search(
            rf"\bfrom\b|\bmade\b|{_RELEASE}", self.notes.words.casefold()
        ):
            return _DROP  # "New York in the seventies" is where it plays
        years = self.notes.years[0]
        picked = {"year_from": years.first, "year_to": years.last}.get(name, years.first)
        return picked if 0 < picked < 9999 else _DROP

    def _media_type(self, call: Call, name: str, value: Any) -> Any:
        said = self.notes.words.casefold()
        for kind, pattern in (
            ("anime", r"\banime\b"),
            ("documentary", r"\bdocumentar|\bdocs?\b"),
            ("tv", r"\b(tv|(?<!^)(?<!you )(?<!please )shows?(?! (?:me|us))|series|sitcoms?)\b"),
        ):
            if re.search(pattern, said):
                return kind
        return "movie" if value == "movie" and call.tool != "recommend" and "movie" in said else _DROP

    def _preset(self, call: Call, name: str, value: Any) -> Any:
        named = self._preset_said()
        if named is None and "preset" not in self.notes.words.casefold():
            return _DROP  # "something funny" names no preset
        return value if value and self.notes.says(str(value)) else named or _DROP

    def _preset_said(self) -> str | None:
        """The name of the preset that the words name, if any."""
        return self.said.presets[0].name if self.said.presets else None

    def _minimum_rating(self, call: Call, name: str, value: Any) -> Any:
        kind = "max" if name == "max_rating" else "min"
        found = [rating.value for rating in self.notes.ratings if rating.bound == kind]
        if name.endswith("_score"):
            topic = "director" if "director" in name else "writer"
            if topic not in self.notes.words.casefold():
                return _DROP
        return found[0] if found else _DROP

    def _count(self, call: Call, name: str, value: Any) -> Any:
        numbers = read_numbers(self.notes.words, skip=self.notes.read_spans)
        if name == "count":
            counts = self.said.holds(_SO_MANY)
            return int(numbers[0].value) if len(numbers) == 1 and counts else _DROP
        if call.tool == "find_by_plot":
            return _DROP  # "two skyscrapers" are in the film
        wanted = [number for number in numbers if self._counts_films(number)]
        return int(wanted[0].value) if wanted else _DROP

    def _counts_films(self, number: Number) -> bool:
        """Whether a number says how many are wanted: "three thrillers", "my top 5"."""
        words = self.notes.words.casefold()
        before, after = words[: number.start], words[number.end :]
        noun = re.match(r"\s+(?:[\w-]+\s+){0,3}?([\w-]+s|anime|series|more)\b", after)
        unit = re.match(r"\s*(?:minutes?|mins?|hours?|h\b|years?|days?|weeks?|months?|stars?|times?)\b", after)
        ranked = re.search(r"\b(?:top|best|last|latest|give me|show me|just)\s+$", before)
        return 1 <= number.value <= 50 and number.value % 1 == 0 and bool(noun or ranked) and not unit

    def _number(self, call: Call, name: str, value: Any) -> Any:
        numbers = {number.value for number in read_numbers(self.notes.words)}
        return value if isinstance(value, int | float) and value in numbers else _DROP

    def _reminder(self, call: Call, name: str, value: Any) -> Any:
        found = read_reminder(self.notes.words, skip=self.notes.title_spans)
        return found.minutes if found else _DROP

    def _tags(self, call: Call, name: str, value: Any) -> Any:
        found = read_tags(self.notes.words, skip=self.notes.title_spans)
        return [tag for tags in found for tag in tags.values] or _DROP

    def _words_of_a_preset(self, call: Call) -> tuple[int, int] | None:
        """Where a preset is named, also a new one, or pointed at."""
        pointed = preset_pointed_at(self.said)
        if pointed:
            return pointed[1:]
        new = particulars(call.tool, self.said).get("name") if call.tool == "save_preset" else None
        name = self._preset_said() or new
        return next(iter(spans_of(str(name), self.notes.words)), None) if name else None

    def _weights(self, call: Call, name: str, value: Any) -> Any:
        """How much each wish matters, read clause by clause: "runtime matters less", "weigh genre 0.8"."""
        found: dict[str, float] = {}
        for clause, topics in self._wishes(call):
            weight = _weight(clause)
            if weight is not None:
                found |= dict.fromkeys(topics, weight)
        return found or _DROP

    def _wishes(self, call: Call) -> Iterator[tuple[str, list[str]]]:
        """The clauses, each with the criteria that it wishes or speaks of: "it must be in Spanish"."""
        words = self.notes.words
        language = self._language(call, "language", None)
        stated = {
            "runtime": [found.start for found in self.notes.durations],
            "release_year": [found.start for found in self.notes.years],
            "genre": [start for start, _, _ in genre_mentions(self.store, self.notes.without_titles())],
            "language": [
                said.start()
                for word, code in _LANGUAGES["languages"].items()
                if code == language
                for said in re.finditer(rf"\b{word}\b", words, re.IGNORECASE)
            ],
        }
        preset = self._words_of_a_preset(call)  # the genre in a name is no wish
        for found in _CLAUSE.finditer(words):
            clause = found[0].casefold()
            topics = []
            for topic, places in stated.items():
                places = [place for place in places if not preset or not preset[0] <= place < preset[1]]
                here = any(found.start() <= place < found.end() for place in places)
                if places and (here or re.search(_TOPICS[topic], clause)):
                    topics.append(topic)
            yield clause, topics

    def _musts(self, call: Call, name: str, value: Any) -> Any:
        if call.tool == "define_field":
            return True if self.said.holds(r"\brequired|mandatory\b") else _DROP
        insists = _INSISTS if call.tool == "save_preset" else rf"{_INSISTS}|\bonly\b"
        found: list[str] = []
        last: list[str] = []
        for clause, topics in self._wishes(call):
            if re.search(insists, clause):
                found += topics or last  # "under 90 minutes, that's a must"
            last = topics or last
        # A limit that was put in figures is meant, unless its weight is spoken of too.
        weighed = self._weights(call, "weights", None)
        if call.tool == "recommend":
            limits = {"runtime": self.notes.durations, "release_year": self.notes.years}
            found += [k for k in limits if limits[k] and (weighed is _DROP or k not in weighed)]
        takes = {"language": "language", "genre": "genres"}
        kept = [k for k in dict.fromkeys(found) if takes.get(k, "weights") in self._fields(call)]
        return kept or _DROP

    def _language(self, call: Call, name: str, value: Any) -> Any:
        said = self.notes.words.casefold()
        table = _LANGUAGES["languages" if name.endswith("language") else "countries"]
        if name == "country" and re.search(r"\b(in|language)\b", said) and "from" not in said:
            return _DROP
        found = [code for word, code in table.items() if re.search(rf"\b{word}\b", said)]
        return found[0] if found else _DROP

    def _maturity(self, call: Call, name: str, value: Any) -> Any:
        found = re.findall(r"\b(NC-17|PG-13|PG|TV-(?:MA|14|PG|G|Y7|Y)|[GR])(?=\b|-rated)", self.notes.words)
        if not found:
            return _DROP
        return found if name == "maturity_ratings" else found[0]

    def _description(self, call: Call, name: str, value: Any) -> Any:
        if call.tool == "schedule":
            note = read_plan_note(self.notes.words)
            return note.text if note else _DROP
        if call.tool != "find_by_plot":
            return value if value and self.notes.says(str(value)) else _DROP
        given = set(normalise(str(value or "")).split())
        said = set(normalise(self.notes.words).split())
        if len(given) >= 3 and len(given & said) >= 0.8 * len(given):
            return str(value)
        return _ASKS_FOR_A_FILM.sub("", self.notes.words, count=1).strip(" ?!.") or self.notes.words

    def _query(self, call: Call, name: str, value: Any) -> Any:
        return value if value and self.notes.says(str(value)) else self.notes.words

    def _flag(self, call: Call, name: str, value: Any) -> Any:
        said = self.notes.words.casefold()
        patterns = {
            "include_seen": r"\b(also|even|include|including|already)\b.*\b(seen|watched)\b|\brewatch",
            "best_first": r"\b(best|top|highest|favou?rite)\b",
            "is_default": r"\bdefault\b",
        }
        if name in patterns:
            return True if re.search(patterns[name], said) else _DROP
        if name in ("seen", "completed"):
            if re.search(
                r"n[o']t (yet )?(seen|watched|finish|complete|done)|unseen|unwatched|unfinished|haven", said
            ):
                return False
            done = {
                "list_media": r"\b(seen|watched)\b",
                "update_viewing": r"\b(finish|whole|to the end|complete)",
            }
            stated = re.search(done.get(call.tool, r"\b(completed|done|ticked off)\b"), said)
            return True if stated and call.tool != "log_viewing" else _DROP
        return _DROP

    def _words_list(self, call: Call, name: str, value: Any) -> Any:
        given = value if isinstance(value, list) else [value] if value else []
        return [item for item in given if isinstance(item, str) and self.notes.says(item)] or _DROP

    def _credits(self, call: Call, name: str, value: Any) -> Any:
        """People are credited for what the words say they did."""
        given = self._words_list(call, name, value)
        if given is _DROP:
            return _DROP
        words = self.notes.words
        named = [who for who in given if re.search(rf"{_CREDITS[name]}[^.;]*\b{re.escape(who)}", words, re.I)]
        return named or _DROP

    def _enumeration(self, call: Call, name: str, value: Any) -> Any:
        if name == "field_type":
            read = _field_type(self.notes.words.casefold())
            return read or value or _DROP
        said = self.notes.words.casefold()
        for kind, pattern in (("release", r"releas|comes out|premier"), ("review", r"\breview\b")):
            if re.search(pattern, said):
                return kind
        named = call.tool == "schedule" and call.args.get("name") and not self.notes.titles
        return "custom" if named else _DROP

    def _direction(self, call: Call, name: str, value: Any) -> Any:
        return read_direction(self.notes.without_titles()) or _DROP

    def _person(self, call: Call, name: str, value: Any) -> Any:
        if not value or not self.notes.says(str(value)):
            return _DROP
        known = [self.notes.words[p.start : p.end] for p in people_mentions(self.store, self.notes.words)]
        if any(fuzz.partial_ratio(normalise(said), normalise(str(value))) >= 85 for said in known):
            return value
        spoken_of = (
            rf"\b(?:by|with|starring|featuring|from|of|director|actor|actress)\s+{re.escape(str(value))}"
        )
        return value if re.search(spoken_of, self.notes.words, re.IGNORECASE) else _DROP

    def _options(self, call: Call, name: str, value: Any) -> Any:
        kind = _field_type(self.notes.words.casefold()) or "select"
        return self._words_list(call, name, value) if "select" in kind else _DROP

    def _default(self, call: Call, name: str, value: Any) -> Any:
        return value if value and re.search(r"\bdefault", self.notes.words, re.IGNORECASE) else _DROP

    def _said(self, call: Call, name: str, value: Any) -> Any:
        if isinstance(value, bool) or value is None:
            return _DROP
        if isinstance(value, int | float):
            return self._number(call, name, value)
        if isinstance(value, list):
            return self._words_list(call, name, value)
        return value if isinstance(value, str) and self.notes.says(value) else _DROP


_Check = Callable[[Checker, Call, str, Any], Any]
_CHECKERS: dict[str, _Check] = {
    "title": Checker._title,
    "name": Checker._name,
    "preset": Checker._preset,
    "sources": Checker._sources,
    "rating": Checker._rating,
    "text": Checker._text,
    "source": Checker._viewing_word,
    "location": Checker._viewing_word,
    "context": Checker._viewing_word,
    "rewatch": Checker._rewatch,
    "genres": Checker._genres,
    "genre": Checker._genres,
    "min_runtime": Checker._runtime,
    "max_runtime": Checker._runtime,
    "runtime": Checker._runtime,
    "year": Checker._year,
    "year_from": Checker._year,
    "year_to": Checker._year,
    "media_type": Checker._media_type,
    "min_rating": Checker._minimum_rating,
    "max_rating": Checker._minimum_rating,
    "min_director_score": Checker._minimum_rating,
    "min_screenwriter_score": Checker._minimum_rating,
    "maturity_rating": Checker._maturity,
    "maturity_ratings": Checker._maturity,
    "limit": Checker._count,
    "count": Checker._count,
    "reminder_minutes": Checker._reminder,
    "weights": Checker._weights,
    "required": Checker._musts,
    "language": Checker._language,
    "original_language": Checker._language,
    "country": Checker._language,
    "description": Checker._description,
    "query": Checker._query,
    "include_seen": Checker._flag,
    "best_first": Checker._flag,
    "is_default": Checker._flag,
    "seen": Checker._flag,
    "completed": Checker._flag,
    "tags": Checker._tags,
    "direction": Checker._direction,
    "person": Checker._person,
    "options": Checker._options,
    "directors": Checker._credits,
    "writers": Checker._credits,
    "cast": Checker._credits,
    "default": Checker._default,
    "minutes": lambda checker, call, name, value: _DROP,
    "field_type": Checker._enumeration,
    "event_type": Checker._enumeration,
}


def missing(call: Call, tools: dict[str, Tool]) -> list[str]:
    """What a call still needs, of the arguments of its tool."""
    if call.tool == "schedule":
        required = ["title", "when"] if "name" not in call.args else ["when"]
    elif call.tool == "update_media" and len(call.args) < 2:
        required = ["title", "change"]
    elif call.tool == "mash_up" and len(call.args.get("sources", [])) < 2:
        return ["sources"]
    elif call.tool == "update_review":
        given = {"rating", "text", "watched", "tags"} & set(call.args)
        required = ["title"] if given else ["title", "rating"]
    else:
        required = tools[call.tool].required
    return [name for name in required if name not in call.args]


def _iso(moment: Moment, tool: str, now: datetime) -> str:
    """A moment as the tool's argument: ISO, but words where they name a range or only a time."""
    if moment.end_date or (tool == "move_event" and not moment.dated):
        return moment.text
    if moment.time:
        return datetime.combine(moment.date, moment.time).isoformat(timespec="minutes")
    return moment.date.isoformat()


def _weight(clause: str) -> float | None:
    """The weight a clause gives to its topic, from 0 to 1; None when it gives none."""
    said = re.search(r"\b(?:weigh\w*|weight)\b\D*?(\d+(?:\.\d+)?)\s*(%?)", clause)
    if said:
        weight = float(said[1]) / (100 if said[2] else 1)
        return weight if weight <= 1 else None
    return next((weight for pattern, weight in _WEIGHTS if re.search(pattern, clause)), None)


def _bare(label: str) -> str:
    return normalise(split_year(label)[0])


def _field_type(said: str) -> str | None:
    for kind, pattern in (
        ("multi-select", r"multi.?select|several of|tags"),
        ("select", r"\bselect|choice|one of|options\b"),
        ("boolean", r"\byes.?(/|or).?no|boolean|checkbox"),
        ("date", r"\bdate field"),
        ("number", r"\bnumber|numeric|from \d+ to \d+|score|\d+\s*(-|–|to)\s*\d+"),
        ("text", r"\btext\b"),
    ):
        if re.search(pattern, said):
            return kind
    return None
