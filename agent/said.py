"""A message, or the part of one that holds one act, with what is known around it."""

import re
from dataclasses import dataclass
from functools import cached_property

from agent.events import Call
from agent.mask import has_open_days, mask
from agent.memory import Memory
from agent.names import Names
from agent.notes import Notes
from agent.sayings import sayings
from store.errors import XilftenError
from store.store import Store
from store.titles import normalise
from tools.fields import CustomField
from tools.people import people_mentions
from tools.presets import Preset
from tools.viewings import list_viewings

_REQUEST = re.compile(r"\b(?:can|could|would|will) (?:you|i|we)\b|\bplease\b|\bmay i\b", re.IGNORECASE)
_WONDERS = re.compile(
    r"\bwhen (?:did|was|have)\b|\bhow (?:many|often)\b|\b(?:did|have) (?:i|we) (?:ever|already)\b",
    re.IGNORECASE,
)
_TAKES = (
    r"\b(?:rat(?:e|ed|ing)|g[ai]ve|log(?:ged)?|(?:re)?watch(?:ed|ing)?|saw|see|seen|finish(?:ed)?|caught|"
    r"stopped|started|schedul(?:e|ed)|plan(?:ned)?|book|mov(?:e|ed)|tag|delete|remove|erase|cancel|about|like|"
    r"similar to|(?:review|viewing|rating|score) (?:of|for)|directed|who's in|how long is|put|add|"
    r"i'd (?:say|give))"
    r"\s+(?:(?:the|an?)\s+)?"
)
"""Acts behind which a name may stand."""
_NAMED = re.compile(
    rf"{_TAKES}([a-z][a-z'’-]+)|^\W*(?:(?:and|ok|so|then)\s+)?(?:the\s+)?([a-z][a-z'’-]+)\s*"
    r"(?:[:?]|,?\s*(?:was|is|gets|got|deserves)?\s*(?:an?\s+)?(?:RATING|COUNT|PAST|TODAY|FUTURE))"
)
"""An act and the word behind it, or a word that something is told of; no common word, it is a name."""
_WRITTEN_AS_A_NAME = re.compile(rf"(?i:{_TAKES})([A-Z][\w'’]+)")
_SOMETHING_ELSE = re.compile(
    r"\b(?:watch\w*|saw|see|seen)\s+(?:nothing|something\s+else|anything\s+else|tv|telly|the\s+news|"
    r"(?:the|a)\s+(?:match|game)|football|sports?)\b|"
    r"\b(?:rat(?:e|ed)|logg?(?:ed)?|watched|saw|seen|finished|caught)\s+PERSON|^\W*PERSON\W*(?:RATING|:)",
    re.IGNORECASE,
)
"""What was watched is no film, or bears a person's name: "Oppenheimer: 9/10"."""
SEEN = ("log_review", "update_review", "log_viewing", "update_viewing")
"""Acts about what was seen."""
PLANNED = ("schedule", "move_event")
"""Acts about what will be."""

_RARER = 0.5
"""What the rarer reading of a day is worth: diaries tell no time, plans seldom only with whom or on what."""
_BEGINNING, _END = 240, 80
"""Characters of a long message, which tells its act there and an opinion between."""


def _ends(masked: str) -> str:
    return masked if len(masked) <= _BEGINNING + _END else f"{masked[:_BEGINNING]} {masked[-_END:]}"


@dataclass(frozen=True)
class Said:
    """What was said, what was read in it, and the library and conversation it is said to."""

    notes: Notes
    memory: Memory
    store: Store
    names: Names
    before: str = ""
    """The tool that the part before asks for, in the same message."""

    @cached_property
    def shares(self) -> dict[str, float]:
        """How much speaks for each tool, and for none; a "Sunday" is read as the last and as the next one."""
        days = ("PAST", "FUTURE") if has_open_days(self.notes) else ("FUTURE",)
        timed = any(moment.time and moment.dated for moment in self.notes.moments)
        last = (
            ("" if timed else self.last) if not self.before or (timed and self.before in SEEN) else self.before
        )
        if len(days) > 1 and self.notes.given_ratings:
            days = ("PAST",)  # what is rated was seen
        elif len(days) > 1 and last in (*SEEN, *PLANNED):
            days = ("PAST",) if last in SEEN else ("FUTURE",)
        masked = [mask(self.notes, self.store, self.names, day) for day in days]
        readings = [self._read(_ends(words)) for words in masked]
        unsure = self.holds(r"\b(?:maybe|perhaps|might|could|shall|want|let['’]?s)\b")
        if len(days) > 1 and not unsure and (timed or self.notes.viewing.source or self.notes.viewing.company):
            rarer = 0 if timed else 1
            readings[rarer] = {tool: share * _RARER for tool, share in readings[rarer].items()}
        return {tool: max(reading[tool] for reading in readings) for tool in readings[0]}

    def _read(self, masked: str) -> dict[str, float]:
        """A later part of a message may go on with the part before, or begin anew."""
        if not self.before:
            return sayings().shares(masked, self.memory.last_tool)
        anew, goes_on = (sayings().shares(masked, tool) for tool in ("", self.before))
        return {tool: max(share, goes_on[tool]) for tool, share in anew.items()}

    @cached_property
    def presets(self) -> list[Preset]:
        """Presets whose names are said."""
        return [preset for preset in self.names.presets if self.notes.says(preset.name)]

    @cached_property
    def fields(self) -> list[CustomField]:
        """The user's fields that are named, or one of whose options is."""
        named = [
            field for field in self.names.fields if self.notes.says(field.field_label) or self._does(field)
        ]
        return named or [
            field for field in self.names.fields if any(map(self.notes.says, field.field_options or []))
        ]

    def _does(self, field: CustomField) -> bool:
        """Whether the words tell a yes or no of the user's: "I own both" of the field Owned."""
        verb = re.sub(r"e?d$", "", field.field_label.casefold())
        told = field.field_type == "boolean" and len(verb) > 2 and verb.isalpha()
        return told and self.holds(
            rf"\b(?:i|we)(?:['’]ve|\s+have)?(?:\s+(?:already|now|also|even))?\s+{verb}e?d?\b"
        )

    @cached_property
    def mashups(self) -> list[str]:
        """Titles of mashups that are said."""
        return [mashup for mashup in self.names.mashups if self.notes.says(mashup)]

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
            for name in self.names.events
            if name in meant or re.search(rf"\b{re.escape(normalise(name))}\b", said)
        ]

    @cached_property
    def watched_before(self) -> bool:
        """Whether the diary has a viewing of the title that is named, or that the last act was about."""
        titles, act = self.notes.titles, self.did(*SEEN)
        if not titles:
            title = str(act.args.get("title") or "") if act else self.notes.referent
        else:
            title = titles[0].media[0].label if len(titles) == 1 and len(titles[0].media) == 1 else None
        try:
            return bool(title and list_viewings(self.store, title=title, limit=1).viewings)
        except XilftenError:
            return False

    @cached_property
    def names_unknown(self) -> bool:
        """Whether the words name what nothing is known of: "rate Solaris 8" is not about the last film."""
        notes = self.notes
        if notes.titles or notes.points:
            return False
        known = sayings().words
        masked = mask(notes, self.store, self.names)
        if _SOMETHING_ELSE.search(masked):
            return True
        if any(name not in known for found in _NAMED.finditer(masked) for name in found.groups() if name):
            return True
        read = [*notes.read_spans, *notes.viewing.spans]
        return any(
            not any(start <= name.start(1) < end for start, end in read)
            for name in _WRITTEN_AS_A_NAME.finditer(notes.words)
        )

    @property
    def about(self) -> list[str]:
        """Labels of the titles and names of the open events and mashups that the words name or point at."""
        pointed = [self.notes.referent] if self.notes.points and self.notes.referent else []
        return list(
            dict.fromkeys([*map(self.notes.named, self.notes.titles), *self.planned, *self.mashups, *pointed])
        )

    @property
    def topic(self) -> bool:
        """Whether a title is named or meant by "it", or the conversation just spoke of one."""
        return bool(self.notes.titles or self.notes.referent)

    @property
    def wonders(self) -> bool:
        """Whether the words end in a question that is no request."""
        words = self.notes.words
        return bool(self.notes.asks or _WONDERS.search(words)) and not _REQUEST.search(words)

    @property
    def last(self) -> str:
        """The tool of the last thing that was written."""
        return self.memory.last_act.tool if self.memory.last_act else ""

    def did(self, *tools: str) -> Call | None:
        """The latest act of one of these tools in the turn that wrote last."""
        return next((act for act in reversed(self.memory.acts) if act.tool in tools), None)

    def holds(self, pattern: str) -> bool:
        """Whether the words hold a pattern, in any case."""
        return re.search(pattern, self.notes.words, re.IGNORECASE) is not None
