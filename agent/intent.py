"""What the words plainly ask for: the tool where the wording leaves only one, so that no model need judge it.

The rules read a masked message: "rate Alien 8 on Friday" is "rate TITLE RATING on DATE". They are tried in the
order in which they stand, the more particular first; what users say for each is in prompts/wordings.yaml.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from agent.events import Call
from agent.memory import Memory
from agent.notes import Notes
from agent.portions import joint, share_a_list
from agent.prompt import read_data
from store.store import Store
from store.titles import normalise
from tools.calendar import open_event_names
from tools.fields import CustomField, active_fields
from tools.mashups import list_mashups
from tools.people import people_mentions
from tools.presets import Preset, all_presets
from tools.reading import Moment, read_numbers
from tools.viewings import list_viewings

_SECOND_ACT = re.compile(
    r"(?:(?<=[.!?;])\s+|[\s,;]*(?:\b(?:and|then|also|plus|but)\b|&|\+)[\s,]*|,\s+)"
    r"(?=(?:(?:please|then|also|can you|could you|now|just|maybe|i'd like to|i want to|anyway)\W+)*"
    r"(?:re-?)?(?:rate|give|log|schedule|plan|put|remind|add|remove|delete|cancel|scrap|move|tell|show|find|recommend|"
    r"suggest|what|which|who|how|set|save|undo|mash|list|mark|pencil|book|define|create|tick|"
    r"(?:i|we) (?:watched|saw|gave|rated|want to|also))\b)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“](?:[^\"”]{12,})[\"”]")
_FILLER = re.compile(
    r"\b(?:please|thanks|thank you|great|ok|okay|then|so|and|for|on|at|the|in|that|cool|good|perfect|yes|yeah|"
    r"nice|now|it|this|one|let'?s|say|how about|what about|sounds?|works?|do|evening|night|um|uh|well|maybe|"
    r"around|about|again|both)\b|[^\w\s]"
)
_JOINT = re.compile(r"\W*(?:(?:and|then|also|plus|but)\W*)*", re.IGNORECASE)
_LOVES = re.compile(
    r"\b(?:love[ds]?|like[ds]?|enjoy(?:ed)?|adore[ds]?|hate[ds]?|talking about|fan of|obsessed)\b",
    re.IGNORECASE,
)
_AROUND_A_NAME = re.compile(
    r"\b(?:please|can you|could you|put|add|schedule|plan|note|enter|"
    r"(?:on|in|to|into)\s+(?:the|my|our)\s+calendar|remind me (?:of|about|to)?|for|on|at|from|with it)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"\b(?:can|could|would|will) (?:you|i|we)\b|\bplease\b|\bmay i\b")


@cache
def _wording(name: str) -> re.Pattern[str]:
    return re.compile("|".join(read_data("wordings.yaml")[name]))


@dataclass(frozen=True)
class Said:
    """A message, or the part of one that holds one act, with what is known around it."""

    notes: Notes
    memory: Memory
    store: Store

    @cached_property
    def presets(self) -> list[Preset]:
        """Presets whose names are said."""
        return [preset for preset in all_presets(self.store) if self.notes.says(preset.name)]

    @cached_property
    def fields(self) -> list[CustomField]:
        """The user's fields that are named."""
        return [field for field in active_fields(self.store) if self.notes.says(field.field_label)]

    @cached_property
    def mashups(self) -> list[str]:
        """Titles of mashups that are said."""
        made = list_mashups(self.store, limit=100).mashups
        return [mashup.title for mashup in made if self.notes.says(mashup.title)]

    @cached_property
    def people(self) -> list[str]:
        """People of the library who are named."""
        return [person.names[0] for person in people_mentions(self.store, self.notes.without_titles())]

    @cached_property
    def planned(self) -> list[str]:
        """Open events that are named or meant: their own names, or the labels of their titles."""
        meant = {self.notes.named(mention) for mention in self.notes.titles}
        if self.notes.refers and self.notes.referent and not meant:
            meant = {self.notes.referent}
        said = normalise(self.notes.without_titles())
        return [
            name
            for name in open_event_names(self.store)
            if name in meant or re.search(rf"\b{re.escape(normalise(name))}\b", said)
        ]

    @cached_property
    def watched_before(self) -> bool:
        """Whether the diary has a viewing of the title that is named."""
        titles = self.notes.titles
        return (
            len(titles) == 1
            and len(titles[0].media) == 1
            and bool(list_viewings(self.store, title=titles[0].media[0].label, limit=1).viewings)
        )

    @cached_property
    def masked(self) -> str:
        """The words in lower case, capitals standing for what was read in them."""
        notes = self.notes
        marks = [(quote.start(), quote.end(), "QUOTE") for quote in _QUOTE.finditer(notes.words)]
        marks += [(mention.start, mention.end, "TITLE") for mention in notes.titles]
        marks += [(rating.start, rating.end, "RATING") for rating in notes.ratings if rating.bound == "exact"]
        for moment in notes.moments:
            marks += [(start, end, "DATE") for start, end in moment.spans or ((moment.start, moment.end),)]
        marks += [(length.start, length.end, "LENGTH") for length in notes.durations]
        text, end = "", 0
        for start, stop, mark in sorted(marks):
            if start >= end:
                text += notes.meant[end:start].casefold() + (mark if notes.means(start) else " ")
                end = stop
        text += notes.meant[end:].casefold()
        return re.sub(r"\s+", " ", text.replace("’", "'")).strip()

    @cached_property
    def asked(self) -> str:
        """The same with what is only asked, which ``masked`` leaves out."""
        notes = self.notes
        whole = Notes(**{**vars(notes), "meant": notes.words})
        return Said(whole, self.memory, self.store).masked

    @property
    def topic(self) -> bool:
        """Whether a title is named or meant by "it", or the conversation just spoke of one."""
        return bool(self.notes.titles or self.notes.referent)

    @property
    def rates(self) -> bool:
        """Whether the user gives a rating."""
        return bool(self.notes.given_ratings)

    @property
    def wonders(self) -> bool:
        """Whether the words end in a question that is no request."""
        if re.match(r"\W*(?:the )?(?:number of|count|total)\b", self.asked):
            return True
        asks = re.search(
            r"\?\W*$|\bwhen (?:did|was|have)\b|\bhow (?:many|often)\b"
            r"|\b(?:did|have) (?:i|we) (?:ever|already)\b",
            self.asked,
        )
        return bool(asks) and not _REQUEST.search(self.asked)

    @property
    def last(self) -> str:
        """The tool of the last thing that was written."""
        return self.memory.last_act.tool if self.memory.last_act else ""

    @property
    def same_title(self) -> bool:
        """Whether the words name no title but that of the last thing written."""
        act = self.memory.last_act
        label = str(act.args.get("title", "")) if act else ""
        return act is not None and {self.notes.named(mention) for mention in self.notes.titles} <= {label}

    def has(self, *names: str) -> bool:
        """Whether the masked words hold one of these wordings."""
        return any(_wording(name).search(self.masked) for name in names)

    def asks(self, *names: str) -> bool:
        """Whether the words with what is asked hold one of these wordings."""
        return any(_wording(name).search(self.asked) for name in names)

    def holds(self, pattern: str) -> bool:
        """Whether the masked words hold a pattern."""
        return re.search(pattern, self.masked) is not None

    def nothing_but(self, *marks: str) -> bool:
        """Whether nothing is said but these marks, where a film was seen and with whom, and fillers."""
        rest = _FILLER.sub(" ", Said(self._without_viewing(), self.memory, self.store).masked)
        return bool(self.masked) and not re.sub(rf"\b(?:{'|'.join(marks)})\b|\s", "", rest)

    def _without_viewing(self) -> Notes:
        blanked = self.notes.meant
        for start, end in self.notes.viewing.spans:
            blanked = blanked[:start] + " " * (end - start) + blanked[end:]
        return Notes(**{**vars(self.notes), "meant": blanked})


@dataclass(frozen=True)
class Rule:
    """A tool, whether the words ask for it, and the arguments that only the rule can tell."""

    tool: str
    meant: Callable[[Said], Any]
    sure: Callable[[Said], dict[str, Any]] = lambda said: {}


def _after(pattern: str, said: Said) -> str | None:
    found = re.search(pattern, said.notes.words, re.IGNORECASE)
    return found[1].strip(" .!?,\"“”'") if found else None


def _preset_name(said: Said) -> str | None:
    ends = r"\s+[\"“']?([^:,;\"”]+?)[\"”']?\s*(?:[:,;.!?]|$|\bwith\b|\bfor\b)"
    quoted = _after(r"\bpreset\s+[\"“']([^\"”']+)[\"”']", said)
    return quoted or _after(rf"\b(?:called|named|name it|call it){ends}", said) or _after(rf"\bas{ends}", said)


def _quoted(said: Said) -> str | None:
    return _after(r"[\"“]([^\"”]+)[\"”]", said)


def _appointment(said: Said) -> str | None:
    """What a day that is about no film is called: the words without the day and the calendar."""
    words = said.notes.words
    for moment in said.notes.moments:
        for start, end in moment.spans or ((moment.start, moment.end),):
            words = words[:start] + " " * (end - start) + words[end:]
    name = _AROUND_A_NAME.sub(" ", re.split(r"[.!?;]", words)[0])
    return re.sub(r"\s+", " ", name).strip(" ,:") or None


def _field_wish(said: Said) -> dict[str, Any]:
    """What a question wants of a field: a least, a most, or a value."""
    field = said.fields[0]
    numbers = read_numbers(said.notes.words)
    if field.field_type == "number" and numbers:
        most = re.search(r"\b(?:below|under|less|most|up to|max)", said.asked)
        least = re.search(r"\b(?:or more|at least|above|over|more than|min|from)\b", said.asked)
        name = "maximum" if most else "minimum" if least else "value"
        return {name: numbers[0].value}
    options = [option for option in field.field_options or [] if said.notes.says(option)]
    if options:
        return {"value": options[0]}
    return {"value": "yes"} if field.field_type == "boolean" else {}


def _field_value(said: Said) -> dict[str, Any]:
    field = said.fields[0]
    label = re.escape(field.field_label)
    value = _after(rf"\b{label}\b.*?(?:\b(?:to|as|is)\b|=|:)\s*(.+?)[.!?]*$", said)
    value = value or _after(r"\b(?:to|as|=|is)\s+(.+?)[.!?]*$", said)
    value = value or _after(rf"\b{label}\b\W*(\d+(?:\.\d+)?)", said)
    if field.field_type == "boolean" and normalise(value or "") not in ("true", "false", "yes", "no"):
        value = (
            "no" if re.search(r"\b(?:not|no longer|don[’']?t|un)", said.notes.words, re.IGNORECASE) else "yes"
        )
    return {"field": field.field_label, "value": value}


def _same(said: Said) -> dict[str, Any]:
    return {"title": said.memory.last_act.args.get("title")} if said.memory.last_act else {}


def _topic(said: Said) -> dict[str, Any]:
    unknown = said.notes.titles or said.holds(r"\ban? (?:\w+ )?(?:film|movie|show)\b|\bsomething\b")
    return {} if unknown else {"title": said.notes.referent}


def _planned(said: Said) -> dict[str, Any]:
    return {"title": said.planned[0]}


_REVIEWS = ("log_review", "update_review")
_VIEWINGS = ("log_viewing", "update_viewing")
_PLANS = ("schedule", "move_event")
_ABOUT_A_TITLE = ("similar", "get_media", "schedule", "log_review")
_REVIEW_WORDS = r"\b(?:comment|review|text|opinion|note|wording)\b"

RULES = (
    # The journal.
    Rule("undo", lambda s: s.asks("undo") and not s.notes.titles and not s.asks("undo_lists")),
    Rule("list_changes", lambda s: s.asks("changes", "undo_lists") and not s.notes.titles and not s.rates),
    # Taking away: what is named decides what.
    Rule(
        "delete_field",
        lambda s: s.has("deletes") and s.holds(r"\bfield\b") and s.fields,
        lambda s: {"field": s.fields[0].field_label},
    ),
    Rule("delete_preset", lambda s: s.has("deletes") and s.presets, lambda s: {"name": s.presets[0].name}),
    Rule("delete_mashup", lambda s: s.has("deletes") and s.mashups, lambda s: {"title": s.mashups[0]}),
    Rule(
        "delete_review",
        lambda s: (
            s.has("deletes")
            and not s.rates
            and s.topic
            and s.holds(r"\b(?:review|rating|score)s?\b|\bwhat i (?:rated|wrote)")
        ),
        _topic,
    ),
    Rule(
        "delete_viewing",
        lambda s: (
            s.has("deletes") and s.topic and s.holds(r"\b(?:viewing|diary|history|watch (?:entry|record))\b")
        ),
        _topic,
    ),
    Rule(
        "cancel_event",
        lambda s: (
            (s.has("cancels", "deletes") or s.asks("calls_off"))
            and s.planned
            and not s.holds(r"\b(?:library|catalogue)\b")
        ),
        _planned,
    ),
    Rule("cancel_event", lambda s: s.holds(r"\bcancel\b|\bcall off\b") and s.topic, _topic),
    Rule(
        "delete_media",
        lambda s: (
            s.has("deletes")
            and s.topic
            and s.holds(r"\b(?:library|catalogue|collection|film|movie|show|title)\b")
        ),
        _topic,
    ),
    Rule("delete_review", lambda s: s.has("deletes") and _last_one(s, _REVIEWS), _same),
    Rule("delete_viewing", lambda s: s.has("deletes") and _last_one(s, _VIEWINGS), _same),
    # Plans.
    Rule("complete_event", lambda s: s.has("done") and s.planned and not s.rates and not s.wonders, _planned),
    Rule(
        "list_events",
        lambda s: (
            s.asks("asks") and s.asks("asks_events") and not s.notes.titles and not s.people and not s.rates
        ),
    ),
    Rule(
        "list_events",
        lambda s: (
            s.planned
            and s.asks("asks")
            and re.search(r"\b(?:when|where|what time|which day)\b", s.asked)
            and not (s.rates or s.asks("own_viewing"))
        ),
        _planned,
    ),
    Rule(
        "move_event",
        lambda s: (
            s.planned
            and s.notes.moments
            and s.has("moves")
            and not s.rates
            and not s.has("watched")
            and (not s.wonders or s.asks("moves"))
        ),
        _planned,
    ),
    Rule(
        "move_event",
        lambda s: (
            s.last in _PLANS
            and s.same_title
            and s.notes.moments
            and not s.rates
            and not s.has("watched")
            and not s.wonders
            and (s.has("corrects", "too_early") or s.nothing_but("DATE"))
        ),
        _same,
    ),
    Rule(
        "move_event",
        lambda s: (
            s.holds(r"\b(?:move|re-?schedule|postpone)\b")
            and (s.topic or s.notes.refers)
            and not (s.rates or s.has("watched") or s.asks("asks"))
        ),
        _topic,
    ),
    # Mashups.
    Rule("mash_up", lambda s: s.asks("mashes") and len(s.notes.titles) > 1),
    Rule(
        "rate_mashup",
        lambda s: (
            s.rates
            and (
                s.mashups
                or s.holds(r"\bmash-?up\b")
                or (s.notes.refers and not s.notes.titles and s.memory.focus_kind == "mashup")
            )
        ),
        lambda s: {"title": s.mashups[0]} if s.mashups else {},
    ),
    Rule(
        "list_mashups",
        lambda s: (
            s.asks("mashup_lists")
            and not s.rates
            and not re.search(r"\b(?:with|about|involving|where|in which|on)\b", s.asked)
        ),
    ),
    # Presets and fields.
    Rule(
        "save_preset",
        lambda s: (
            s.holds(r"\bdefault\b")
            and (s.presets or (s.last == "save_preset" and s.notes.refers))
            and not s.wonders
        ),
        lambda s: {
            "name": s.presets[0].name if s.presets else (s.memory.last_act or Call(tool="")).args.get("name"),
            "is_default": True,
        },
    ),
    Rule(
        "save_preset",
        lambda s: (
            s.holds(r"\bpreset\b|\bsave\b.*\bas\b")
            and s.holds(r"\b(?:save|preset|remember|store|create|make|new|add)\b")
            and _preset_name(s)
            and not (s.notes.titles or s.wonders or s.holds(r"\bfield\b"))
        ),
        lambda s: {"name": _preset_name(s)},
    ),
    Rule("list_presets", lambda s: s.asks("preset_lists")),
    Rule(
        "filter_by_field",
        lambda s: len(s.fields) == 1 and s.asks("asks") and not s.topic and bool(_field_wish(s)),
        lambda s: {"field": s.fields[0].field_label, **_field_wish(s)},
    ),
    Rule(
        "list_fields",
        lambda s: s.fields and s.asks("asks") and re.search(r"\bfield\b", s.asked) and not s.topic,
    ),
    Rule("list_fields", lambda s: s.asks("field_lists") and not s.has("deletes")),
    Rule(
        "list_genres",
        lambda s: (
            s.asks("genre_lists")
            and not s.notes.moments
            and not re.search(r"\b(?:i|we) (?:watch|rate|like|see)|\bmost\b|TITLE", s.asked)
        ),
    ),
    Rule(
        "set_field",
        lambda s: (
            len(s.fields) == 1
            and s.topic
            and (s.has("sets") or re.search(r"\d", s.notes.without_titles()))
            and not (s.notes.asks or s.wonders)
        ),
        _field_value,
    ),
    Rule(
        "recommend",
        lambda s: s.presets and not s.holds(r"\b(?:save|change|update|delete|rename)\b"),
        lambda s: {"preset": s.presets[0].name},
    ),
    # Corrections of what was just written.
    Rule(
        "update_review",
        lambda s: (
            s.holds(rf"{_REVIEW_WORDS}.*(?:\bto\b|:|\bshould (?:say|read)\b|\binto\b|QUOTE)")
            and s.holds(r"\b(?:change|set|update|edit|replace|rewrite|correct|make|should)\b")
            and s.topic
            and not s.rates
        ),
        lambda s: {
            **_topic(s),
            "text": _after(rf"{_REVIEW_WORDS}.*?(?:\b(?:to|say|read|into)\b|:)\s*[\"“]?(.+?)[\"”]?$", s),
        },
    ),
    Rule(
        "update_review",
        lambda s: (
            s.rates
            and s.last in _REVIEWS
            and not s.notes.titles
            and (s.has("corrects") or s.nothing_but("RATING"))
        ),
        _same,
    ),
    Rule(
        "update_review",
        lambda s: s.last in _REVIEWS and s.same_title and _redates(s),
        _same,
    ),
    Rule("update_viewing", lambda s: s.last in _VIEWINGS and s.same_title and _redates(s), _same),
    Rule(
        "update_viewing",
        lambda s: (
            s.last in (*_VIEWINGS, "log_review")
            and s.notes.viewing.spans
            and not (s.notes.titles or s.rates or s.notes.moments or s.notes.asks or s.wonders)
            and not s.has("to_watch")
        ),
        _same,
    ),
    Rule(
        "update_viewing",
        lambda s: (
            s.notes.titles
            and not s.rates
            and s.holds(r"\b(?:correct|change|update|fix|edit|wrong|out|off)\b|\bDATE,? not (?:on )?DATE")
            and (s.has("watched") or s.holds(r"\b(?:viewing|diary)\b"))
        ),
    ),
    Rule(
        "update_viewing",
        lambda s: (
            s.holds(r"TITLE was (?:on|at|in|with|via)\b")
            and s.notes.viewing.spans
            and not (s.notes.moments or s.rates or s.notes.asks or s.wonders)
            and s.watched_before
        ),
    ),
    # Questions.
    Rule("list_reviews", lambda s: s.asks("own_rating") and s.topic and not s.rates and s.asks("asks"), _topic),
    Rule("update_media", lambda s: s.has("facts_wrong") and s.topic and not s.rates and not s.wonders, _topic),
    Rule(
        "get_media",
        lambda s: s.asks("facts") and s.topic and not s.rates and not s.asks("own_viewing", "own_rating"),
        _topic,
    ),
    Rule(
        "search_titles",
        lambda s: (
            s.asks("named")
            and (s.asks("asks") or re.search(r"\b(?:find|search|look)\b", s.asked))
            and not s.asks("facts", "plots")
            and not re.search(r"\b(?:preset|field|mash-?up|plot)\b", s.asked)
        ),
        lambda s: {
            "query": _after(
                r"\b(?:called|named|titled)\s+(.+?)(?:\s+(?:in|on|or)\b.*|\s+something|\s+or so)?[?.!]*$", s
            )
        },
    ),
    Rule(
        "search_titles",
        lambda s: re.search(r"\btitles? with\b|\bin (?:the|their) (?:title|name)s?\b", s.asked) and not s.rates,
        lambda s: {"query": _quoted(s) or _after(r"\bwith (?:the word )?(.+?) in\b", s)},
    ),
    Rule(
        "find_by_plot",
        lambda s: (
            s.asks("plots")
            and not (s.notes.titles or s.rates)
            and not s.asks("own_viewing")
            and len(s.notes.words.split()) > 5
        ),
    ),
    Rule("similar", lambda s: s.asks("alike") and (s.topic or not s.notes.genres), _topic),
    Rule(
        "list_media",
        lambda s: (
            s.people
            and s.asks("asks")
            and s.asks("by_people")
            and not (s.notes.titles or s.asks("own_viewing", "own_rating", "wishes", "facts"))
            and not re.search(r"\b(?:average|should|how many|most)\b", s.asked)
        ),
        lambda s: {"person": s.people[0]},
    ),
    Rule(
        "list_media",
        lambda s: (
            s.asks("asks")
            and s.asks("in_library")
            and (s.notes.genres or s.asks("kinds"))
            and not (s.notes.titles or s.notes.moments or s.rates or s.people)
            and (s.asks("unseen") or not s.asks("watched", "own_rating"))
            and not s.asks("wishes", "named")
        ),
    ),
    # The diary.
    Rule(
        "log_review",
        lambda s: len(s.notes.given_ratings) == 1 and s.topic and not s.holds(r"\bfield\b"),
        _topic,
    ),
    Rule(
        "log_review",
        lambda s: s.has("rating_missing") and s.topic and not (s.rates or s.wonders or s.notes.asks),
        _topic,
    ),
    Rule(
        "log_review",
        lambda s: (
            len(s.notes.given_ratings) == 1
            and (s.notes.refers or s.nothing_but("RATING"))
            and not (s.topic or s.fields or s.wonders or s.notes.asks or s.has("corrects"))
        ),
    ),
    Rule(
        "log_viewing",
        lambda s: s.holds(r"\b(?:log|note|enter) what (?:i|we)\b") and s.notes.moments and not s.notes.titles,
    ),
    Rule(
        "log_viewing",
        lambda s: (
            s.notes.titles
            and s.has("watched", "stopped")
            and not (s.rates or s.notes.asks or s.wonders or s.has("planning"))
            and s.notes.means(s.notes.titles[0].start)
            and all(moment.date <= s.notes.now.date() for moment in s.notes.moments)
        ),
    ),
    Rule(
        "schedule",
        lambda s: (
            s.has("to_watch")
            and (s.topic or s.holds(r"\ban? (?:film|movie|show)\b|\bsomething on\b"))
            and s.notes.moments
            and not (s.rates or s.notes.asks or s.wonders)
            and not s.holds(r"\b(?:watched|saw|seen)\b")
            and (not s.notes.titles or s.notes.means(s.notes.titles[0].start))
        ),
        _topic,
    ),
    Rule(
        "schedule",
        lambda s: (
            s.topic
            and s.notes.moments
            and not s.rates
            and not s.notes.viewing.spans
            and s.nothing_but("TITLE", "DATE")
            and any(moment.date >= s.notes.now.date() for moment in s.notes.moments)
        ),
        _topic,
    ),
    Rule(
        "log_viewing",
        lambda s: (
            s.notes.titles
            and s.notes.moments
            and not (s.rates or s.wonders)
            and s.nothing_but("TITLE", "DATE")
            and all(moment.date <= s.notes.now.date() for moment in s.notes.moments)
        ),
    ),
    Rule(
        "schedule",
        lambda s: (
            s.has("planning")
            and s.notes.titles
            and not (s.notes.moments or s.rates or s.wonders or s.asks("asks"))
        ),
    ),
    Rule(
        "schedule",
        lambda s: (
            s.has("planning")
            and s.notes.moments
            and not (s.notes.titles or s.notes.refers or s.wonders)
            and (s.has("appointments") or _quoted(s))
        ),
        lambda s: {"name": _quoted(s) or _appointment(s)},
    ),
    # What is named leaves little else: a title with a past day was seen, with one to come is planned.
    Rule(
        "log_viewing",
        lambda s: (
            _states(s)
            and (s.notes.moments or s.notes.viewing.spans)
            and all(moment.date <= s.notes.now.date() for moment in s.notes.moments)
            and not any(_is_ahead(moment, s) for moment in s.notes.moments)
        ),
    ),
    Rule("move_event", lambda s: _states(s) and s.planned and _all_ahead(s), _planned),
    Rule("schedule", lambda s: _states(s) and _all_ahead(s)),
    # Wishes.
    Rule(
        "recommend",
        lambda s: (
            s.asks("wishes")
            and not (s.notes.titles or s.rates or s.notes.refers)
            and (s.asks("unseen") or not s.asks("watched", "own_viewing"))
            and not s.asks("named", "plots")
            and not re.search(r"\b(?:where|field|preset|mash-?ups?)\b", s.asked)
        ),
        lambda s: {"person": s.people[0]} if s.people else {},
    ),
    Rule(
        "recommend",
        lambda s: (s.notes.genres or s.notes.durations) and s.nothing_but("LENGTH", *_genre_names(s)),
    ),
)


def _states(said: Said) -> bool:
    """Whether one title is spoken of, and nothing is asked, denied or taken away."""
    one = len(said.notes.titles) == 1 and said.notes.means(said.notes.titles[0].start)
    return one and not (said.rates or said.notes.asks or said.wonders or said.asks("asks", "wishes", "deletes"))


def _is_ahead(moment: Moment, said: Said) -> bool:
    today = said.notes.now.date()
    return moment.date > today or (
        moment.date == today and bool(moment.time and moment.time > said.notes.now.time())
    )


def _all_ahead(said: Said) -> bool:
    return bool(said.notes.moments) and all(_is_ahead(moment, said) for moment in said.notes.moments)


def _last_one(said: Said, tools: tuple[str, ...]) -> bool:
    """Whether "it" is what one of these tools wrote last."""
    return said.last in tools and said.notes.refers and not said.notes.titles and not said.rates


def _redates(said: Said) -> bool:
    """Whether a day is said that the last act was on instead."""
    corrects = said.has("corrects") or said.holds(r"\b(?:it|that|this) was\b")
    past = any(moment.date <= said.notes.now.date() for moment in said.notes.moments)
    return bool(past and corrects) and not (
        said.rates or said.notes.asks or said.wonders or said.has("planning")
    )


def _genre_names(said: Said) -> list[str]:
    names = {word for slug in said.notes.genres for word in slug.split("-")}
    return [rf"{name[:4]}\w*" for name in names] + [r"films?", r"movies?", "pls"]


def intent(said: Said) -> Call | None:
    """The call the words plainly mean, with the arguments only a rule can tell; None where there is doubt."""
    for rule in RULES:
        if rule.meant(said):
            return Call(tool=rule.tool, args={name: value for name, value in rule.sure(said).items() if value})
    return None


def plain_calls(notes: Notes, memory: Memory, store: Store, read: Callable[[str], Notes]) -> list[Call]:
    """The calls of a message whose every act is plain, in order; empty where one is in doubt.

    Args:
        notes: what code read in the whole message.
        memory: what earlier turns left.
        store: the library.
        read: reads a part of it.
    """
    found: list[Call] = []
    remarks: list[str] = []  # titles that were only spoken of
    unended = False
    for start, end in _parts(notes):
        part = notes.part(start, end, read)
        if remarks and part.refers and not part.titles:
            part = replace(part, referent=remarks[-1])
        call = intent(Said(part, memory, store))
        if call is None:
            if not _is_remark(part, found):
                return []
            remarks += [part.named(mention) for mention in part.titles]
            unended = bool(found) and not re.search(r"[.!?;]\s*$", part.words)
            continue
        if unended:
            return []  # an act in the middle of a sentence that began as an opinion
        if len(part.titles) > 1 and call.tool not in ("mash_up", "log_viewing", "schedule"):
            return []
        if part.titles and call.tool != "mash_up":
            mention = part.titles[0]
            call.args["title"] = part.words[mention.start : mention.end]
        elif remarks and call.tool in _ABOUT_A_TITLE:
            call.args.setdefault("title", remarks[-1])
        found += _one_each_plan(call, Said(part, memory, store))
    return found


def _one_each_plan(call: Call, said: Said) -> list[Call]:
    """ "Cancel the dentist and Arrival" is said of two plans."""
    if call.tool not in ("cancel_event", "complete_event") or len(said.planned) < 2:
        return [call]
    return [Call(tool=call.tool, args={"title": name}) for name in said.planned]


def _is_remark(part: Notes, found: list[Call]) -> bool:
    """Whether a part says nothing that would have to be done: an opinion behind an act, chatter before it."""
    if part.given_ratings or part.asks or (part.moments and part.titles):
        return False
    if part.titles and not found:
        return bool(_LOVES.search(part.words))
    return not _wording("orders").search(part.words.casefold())


def _parts(notes: Notes) -> list[tuple[int, int]]:
    """Where the acts stand: cut where another begins, and between titles that do not stand in a row."""
    words = notes.words
    spans = [(mention.start, mention.end) for mention in notes.titles]
    whole = [*spans, *(quote.span() for quote in _QUOTE.finditer(words))]
    cuts = {cut.end() for cut in _SECOND_ACT.finditer(words)}
    if not _wording("mashes").search(Said(notes, Memory(), None).masked):  # type: ignore[arg-type]
        cuts |= {
            joint(words, left, right) for left, right in pairwise(spans) if not share_a_list(words, left, right)
        }
    inside = [cut for cut in cuts if any(start < cut < end for start, end in whole)]
    edges = [0, *sorted(cuts - set(inside) - {0}), len(words)]
    return [(start, end) for start, end in pairwise(edges) if not _JOINT.fullmatch(words[start:end])]
