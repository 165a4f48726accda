"""What the words plainly ask for: the tools that such sentences ask for, as far as that leaves no doubt."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from agent.events import Call
from agent.particulars import particulars
from agent.portions import NAME_AND_NUMBER
from agent.said import PLANNED, SEEN, Said
from agent.sayings import NO_TOOL
from store.titles import split_year
from tools import TOOLS
from tools.reading import read_numbers, read_reminder, read_shift

_SURE = 0.3
"""The share from which on a tool is taken for granted, without asking the model."""
_CLEAR = 0.6
"""The share from which on a part without a name of its own is an act of its own."""
_PLAUSIBLE = {"read": 0.02, "write": 0.1, "destructive": 0.1}
"""The share below which a tool of a kind is not offered to the model."""
_WRITES_ASIDE = 0.45
"""The share from which on a part of a message writes something beside what the other parts do."""
_IDLE = 0.5
"""The share from which on words are taken for mere talk."""
_MAYBE = 0.02
"""The share from which on what was done before decides between two acts that are alike."""
_RATED = 0.15
"""What a title and a rating of the user's own add to the share of a review."""
_TALKS = 0.2
"""Where no tool has this share, the model may also just talk."""

_QUOTED = re.compile(r"\s*[\"“].*[\"”]\W*", re.DOTALL)
_SHORT = 4
"""Words of a part that only says "log it" of the part before."""

_DELETES = re.compile(
    r"\b(?:delet\w*|remov\w*|eras\w*|get rid|throw|bin|drop|ditch|scrap|wipe|discard|lose|kill|trash|gone|"
    r"chuck|toss|(?:can|must|has to|should) go|clear|strip|purge|nuke|take|leave|forget|kick|"
    r"cut|off|out|away)\b",
    re.IGNORECASE,
)
_PUTS_DOWN = r"\b(?:watch\w*|see\w*|schedul\w*|plan|calendar|book|pencil|put|remind)\b"
_MOVES = r"\b(?:mov\w*|push\w*|shift\w*|postpon\w*|reschedul\w*|delay\w*|bring|bump|put off|instead|swap)\b"
_MOVES_IT = _MOVES.replace("|instead", "")
_ANEW = r"\b(?:add|new|another|second|also|too|book|schedul\w*|plan|remind\w*|put|calendar|again|next)\b"
_UNDOES = r"\b(?:undo|revert|reverse|restore|take .*back|put .*back|bring .*back|roll .*back)\b"
_THE_SAME = re.compile(
    r"\bits\b|\bthe (?:plan|event|evening|film|movie|show|review|rating|viewing)\b", re.IGNORECASE
)
_DELETES_A_TITLES = ("delete_review", "delete_viewing", "delete_media")
_OF_TITLES = (*SEEN, "schedule", "get_media", "similar", "set_field")
_OF_PLANS = ("move_event", "cancel_event", "complete_event")
_COUNTS = r"\b(?:how (?:many|much|often|long)|count|number of|total)\b"
_ANOTHER_NAME = re.compile(r"(?:,\s*)?(?:and\s+|(?<=,)\s*)(?=[A-Z])")
_REQUESTS = re.compile(
    r"\W*(?:(?:and|then|also|please|can you|could you)\W+)*(?:give|show|tell|recommend|suggest|find|list|plan|"
    r"schedule|rate|log|move|cancel|delete|remove|set|save|undo|mark|put|add)\b",
    re.IGNORECASE,
)
_ASKS_FOR = re.compile(r"\W*(?:what|which|who|whose|when|where|how)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?;]\s*$")
_PLAN = r"\b(?:plan|plans|event|calendar|appointment)\b"
_OWN_PAST = (
    r"\b(?:did|have|had|has) (?:i|we)\b|\b(?:i|we)(?:['’]ve| have)? (?:\w+ )?"
    r"(?:watch|watched|saw|seen|rated|reviewed|gave|logged|spent)\b|\btime spent\b"
)
_OF_THOSE = r"\b(?:which|what|any|how many|who) (?:\w+ )?of (?:them|those|these)\b"
_RATES = ("log_review", "update_review", "rate_mashup")
_DIARY = ("query_diary", "list_viewings", "list_reviews", "list_events", "statistics")
_ALIKE = (
    {*SEEN},
    {*PLANNED},
    {*_DIARY, "list_changes"},
    {"save_preset", "recommend"},
    {"add_media", "update_media"},
    {"recommend", "filter_by_field", "similar", "list_media", "search_titles"},
    {"find_by_plot", "search_titles"},
)
"""Acts of which the second of one breath only says more of the first."""


def likely(said: Said) -> dict[str, float]:
    """The shares of what the words may ask for and library and conversation allow, the largest first."""
    of_appointment = _is_of_an_appointment(said)
    sensible = {
        tool: share
        for tool, share in said.shares.items()
        if (tool not in _NEEDS or _NEEDS[tool](said)) and not (of_appointment and tool in _OF_TITLES)
    }
    if said.holds(_PLAN) and "cancel_event" in sensible:  # what would delete something else takes the plan off
        sensible["cancel_event"] += sum(said.shares[tool] for tool in _DELETES_A_TITLES if tool not in sensible)
    total = sum(sensible.values())
    shares = {tool: share / total for tool, share in sensible.items() if _is_own_act(tool, said)}
    if (
        shares.keys() >= {"move_event", "schedule"}
        and read_shift(said.notes.words)
        and _moves_what_is_meant(said)
    ):
        shares["move_event"] += shares.pop("schedule")  # "one day later, please"
    if "move_event" in shares and said.did(*PLANNED) and _says_only_an_hour(said):  # "and at half past two"
        shares["move_event"] += sum(shares.pop(tool, 0) for tool in ("schedule", "list_events"))
    if (said.notes.titles or said.notes.points) and {"move_event", "schedule"} <= set(shares):
        unplanned = [m for m in said.notes.titles if said.notes.named(m) not in said.planned]
        if (
            said.planned and not unplanned and shares["move_event"] > _MAYBE / 4
        ):  # "Heat on Sunday" moves what is planned already
            shares["move_event"] += shares.pop("schedule")
        elif not said.planned and (shares["move_event"] < _SURE or not said.holds(_MOVES_IT)):
            shares["schedule"] += shares.pop("move_event")
    elif {"move_event", "schedule"} <= set(shares) and _is_taken_back(said):
        shares["schedule"] += shares.pop("move_event")  # "Sunday instead", after the plan was undone
    elif {"move_event", "schedule"} <= set(shares) and _names_an_appointment(said) and not said.holds(_ANEW):
        shares["move_event"] += shares.pop("schedule")  # "the dentist on Friday, please"
    if not said.notes.titles:  # what names no title says more of the title before
        if said.did("log_review", "update_review") and shares.get("update_review", 0) > _MAYBE:
            shares["update_review"] += shares.pop("log_review", 0)
        changes = [tool for tool in ("update_review", "update_viewing") if shares.get(tool, 0) > _MAYBE]
        if said.did(*SEEN) and changes:
            shares[max(changes, key=lambda tool: shares[tool])] += shares.pop("log_viewing", 0)
    if len(said.notes.given_ratings) == 1 and said.topic and "log_review" in shares and not said.wonders:
        shares["log_review"] += _RATED
    return {tool: shares[tool] for tool in sorted(shares, key=lambda tool: -shares[tool])}


def _moves_what_is_meant(said: Said) -> bool:
    """Whether there is nothing but a plan that is named, or the one spoken of."""
    if said.notes.titles:
        return False
    return bool(said.planned) or (not said.notes.points and said.notes.referent in said.names.events)


def _names_an_appointment(said: Said) -> bool:
    return bool(said.planned) and not (said.notes.titles or said.notes.refers)


def _is_taken_back(said: Said) -> bool:
    """Whether what was spoken of was just taken off the calendar, by an undo or else."""
    gone = said.memory.last_tool in ("undo", "cancel_event")
    return gone and bool(said.notes.referent) and said.notes.referent not in said.names.events


def _says_only_an_hour(said: Said) -> bool:
    notes = said.notes
    hours = all(moment.time and not moment.dated for moment in notes.moments)
    return bool(notes.moments) and hours and notes.is_read_wholly and not (notes.titles or notes.points)


def _is_of_an_appointment(said: Said) -> bool:
    """Whether "it" is something of the calendar that is no film: nothing can be watched or rated there."""
    referent = said.notes.referent if said.notes.refers and not said.notes.titles else None
    return referent in said.names.events and not split_year(referent or "")[1]


def _likeliest(said: Said) -> tuple[str, float]:
    return next(iter(likely(said).items()))


def plausible(said: Said) -> list[str]:
    """What the model may choose from, the likeliest first."""
    shares = likely(said)
    offered = [tool for tool, share in shares.items() if share >= _PLAUSIBLE[_kind(tool)]]
    if max(shares.values(), default=0) < _TALKS and NO_TOOL not in offered:
        offered.append(NO_TOOL)
    return offered


def intent(said: Said) -> Call | None:
    """The call the words plainly mean, with what they alone tell; None where there is doubt or no act."""
    tool, share = _likeliest(said)
    if tool == NO_TOOL or share < _SURE or _leaves_a_choice(said):
        return None
    args = particulars(tool, said)
    of_nothing = not (said.topic or said.planned or said.names_unknown or "name" in args)
    if tool in (*SEEN, *PLANNED) and share < _CLEAR and of_nothing:
        return None  # "trains were a mess on Friday again, an hour late"
    return Call(tool=tool, args=args)


def _leaves_a_choice(said: Said) -> bool:
    """Whether one of several titles is meant: "Heat or Alien tomorrow"."""
    words, titles = said.notes.words, said.notes.titles
    return any(
        re.fullmatch(r"\W*or\W*", words[left.end : right.start], re.IGNORECASE)
        for left, right in pairwise(titles)
    )


def one_for_each(call: Call, said: Said) -> list[Call]:
    """ "Cancel the dentist and Arrival" is said of two plans."""
    if call.tool not in ("cancel_event", "complete_event"):
        return [call]
    named = [said.notes.named(mention) for mention in said.notes.titles]
    plans = list(dict.fromkeys([*said.planned, *named]))
    return [Call(tool=call.tool, args={"title": name}) for name in plans] if len(plans) > 1 else [call]


def asks_the_diary(said: Said) -> bool:
    """Whether the words may be a question that counts and looks up in the user's own diary."""
    top, _ = _likeliest(said)
    if top == "statistics" and not said.holds(_COUNTS):
        return False
    if top in ("list_media", "list_genres") and said.holds(_OWN_PAST):
        return True
    counts = said.holds(_COUNTS)
    lists = top == "list_events" or (top.startswith("list_") and bool(said.notes.titles))
    if top not in _DIARY or (lists and not counts) or said.notes.given_ratings:
        return False
    return sum(said.shares[tool] for tool in _DIARY) >= _SURE


def is_lead_in(said: Said, following: Said) -> bool:
    """Whether a part only leads to the next: "On Sunday the kids and", "Home at last."."""
    notes, later = said.notes, following.notes
    if notes.is_read_wholly and not notes.given_ratings and not (notes.titles and later.titles):
        return not notes.titles or not notes.moments
    tool, share = _likeliest(said)
    doubtful = tool == NO_TOOL or share < _SURE
    if _is_named(said) and (said.notes.titles or not said.notes.moments):
        if not doubtful or _is_named(following) or _kind(likely_tool(following)) == "read":
            return False
        return not said.about or likely_tool(following) in _RATES  # an opinion is part of its review
    if notes.read_spans and not later.read_spans and re.match(r"\W*so\b", later.words, re.IGNORECASE):
        return True  # "She can only make it at eight, so would you change it?"
    if later.given_ratings and later.titles and (notes.given_ratings or NAME_AND_NUMBER.fullmatch(notes.words)):
        return False  # "parasite 9, the dark knight 8.5"
    points_back = notes.refers and not notes.referents
    if following.about and not points_back and not (notes.given_ratings and later.given_ratings):
        told_apart = tool != likely_tool(following) and (
            tool != "schedule" or bool(particulars("schedule", said))
        )
        doubtful = doubtful or not told_apart  # "My choir sings on the 5th, so move Heat to the 6th"
    return doubtful or (tool in SEEN and share < _CLEAR)


def likely_tool(said: Said) -> str:
    """The tool that most speaks for, or ``NO_TOOL``."""
    return _likeliest(said)[0]


def is_another_act(said: Said, before: Said, *, in_a_row: bool = False) -> bool:
    """Whether a part asks for something of its own, rather than saying more of the part before.

    Of titles in a row ("Cancel Akira, and Heat is a 9") the later ones need an act that is clearly another.
    """
    tool, share = _likeliest(said)
    only_listed = said.notes.is_read_wholly or not _is_whole(before)
    alike = _same_act(tool, likely_tool(before))
    if in_a_row and (only_listed or alike or share < _CLEAR or tool == NO_TOOL):
        return False
    other_title = any(name not in before.about for name in said.about) or _names_unknown(said, before)
    if _QUOTED.fullmatch(said.notes.words):
        return False
    pointless = said.notes.refers and not said.notes.read_spans and len(said.notes.words.split()) <= _SHORT
    if pointless and tool in (*SEEN, *PLANNED, "list_changes"):  # "change that", "log it"
        return False
    named = said.notes.titles or said.planned or said.mashups
    if not named and (read_reminder(said.notes.words) or said.notes.is_read_wholly):
        return False  # "Today. By myself."
    asks = _ENDS.search(before.notes.words) and _ASKS_FOR.match(said.notes.words)
    of_those = alike and tool in _DIARY and said.holds(_OF_THOSE)
    anew = _REQUESTS.match(said.notes.words) or asks or of_those
    if tool == NO_TOOL or share < (_SURE if _is_named(said) or anew else _CLEAR):
        return other_title and tool != NO_TOOL
    if likely_tool(before) == "update_viewing" and tool in _RATES and said.notes.given_ratings:
        return True  # "it was on Netflix, add that. And rate the show a 9"
    if of_those:
        return True  # "how many films did I see in May, and which of them did I like best?"
    asks_for_some = {tool, likely_tool(before)} == {"recommend", "save_preset"} and said.holds(
        r"\b(?:give|show|recommend|suggest|find|what)\b"
    )
    return other_title or asks_for_some or not alike


def _is_whole(said: Said) -> bool:
    """Whether a part that names a title says all that its act needs, so that another may follow in the row."""
    tool, notes = likely_tool(said), said.notes
    told = notes.ratings or notes.moments or said.fields
    return bool(told) or tool in _OF_PLANS or _kind(tool) == "destructive"


def _same_act(tool: str, other: str) -> bool:
    return tool == other or any({tool, other} <= family for family in _ALIKE)


def _is_named(said: Said) -> bool:
    notes = said.notes
    return bool(notes.titles or notes.moments or said.planned or said.fields or said.presets or said.mashups)


def _names_unknown(said: Said, before: Said) -> bool:
    """Whether a part seems to name what no library knows: "watched Alien on Saturday and Jaws on Sunday"."""
    notes = said.notes
    rated = notes.given_ratings or NAME_AND_NUMBER.fullmatch(re.sub(r"^\W*(?:and\s+)?", "", notes.words))
    told = (rated and before.notes.given_ratings) or (notes.moments and before.notes.moments)
    if not told or notes.titles or notes.refers or said.planned:
        return False
    name = _ANOTHER_NAME.match(notes.words)
    return name is not None and not any(start <= name.end() < end for start, end in notes.read_spans)


def is_talk(said: Said) -> bool:
    """Whether the words plainly ask for nothing."""
    tool, share = _likeliest(said)
    return tool == NO_TOOL and share >= _IDLE


def is_remark(said: Said) -> bool:
    """Whether a part of a message that asks for something elsewhere most likely asks for nothing."""
    tool, share = _likeliest(said)
    if tool == NO_TOOL:
        return not NAME_AND_NUMBER.fullmatch(said.notes.words)
    return share < (_WRITES_ASIDE if _kind(tool) != "read" else _SURE) and not _tells_more(said)


def _tells_more(said: Said) -> bool:
    """Whether there is a rating, a plan's day, a field's value or an unknown name, never said by the way."""
    dated_plan = said.planned and said.notes.moments
    named = _ANOTHER_NAME.match(said.notes.words) or NAME_AND_NUMBER.fullmatch(said.notes.words)
    return bool(said.notes.given_ratings or said.fields or dated_plan or named)


def with_topic(said: Said, before: list[Said]) -> Said:
    """A part that names no title is about the one of the parts before; plans and deletions must point at it."""
    topic = next((earlier.about[-1] for earlier in reversed(before) if earlier.about), None)
    notes = said.notes
    if topic is None or notes.titles or notes.points or said.names_unknown:
        return said
    pointed = notes.refers or _THE_SAME.search(notes.words)
    if not pointed and (likely_tool(said) in _OF_PLANS or _kind(likely_tool(said)) == "destructive"):
        return said
    return replace(said, notes=replace(notes, referent=topic))


def _is_own_act(tool: str, said: Said) -> bool:
    """Whether an act is the user's own: not asked, denied, imagined or another's."""
    kind = _kind(tool)
    notes = said.notes
    if tool == "undo":  # a question may ask for it: "can you undo that?"
        meant = bool(notes.meant.strip())
        return (said.holds(_UNDOES) and (meant or notes.asks)) or (meant and not notes.asks)
    if kind != "read":
        if said.wonders and tool not in PLANNED:
            return False
        if tool != "cancel_event" and notes.titles and not any(notes.means(m.start) for m in notes.titles):
            return False  # "we don't watch Arrival any more, remove the plan"
        if not notes.meant.strip() or (tool in PLANNED and notes.asks):
            return False
    if kind == "destructive" and not (_DELETES.search(notes.words) or _kind(said.memory.last_tool) == kind):
        return False
    exact = [rating for rating in notes.ratings if rating.bound == "exact"]
    return not (tool in _RATES and exact and not notes.given_ratings)


def _kind(tool: str) -> str:
    return TOOLS[tool].kind if tool in TOOLS else "read"


def _judges(said: Said) -> bool:
    """Whether there is a rating, a number that may be one, or a word of judging: "I adored it" is none."""
    return bool(
        said.notes.given_ratings
        or any(n.value <= 10 for n in read_numbers(said.notes.words, skip=said.notes.read_spans))
        or said.holds(
            r"\b(?:points?|notch|same|likewise|ditto|rat(?:e|ed|ing)|review|scor(?:e|ed|ing)|stars?|grade|marks?|verdict|comment|opinion|thoughts|"
            r"thumbs|give|gave|one|two|three|four|five|six|seven|eight|nine|ten)\b"
        )
    )


_MASHES = r"\bmash|\bmeets?\b|\bcross|\bblend|\bmix|\bfus|\bcombin|\bmerge|\bhybrid|\binvent"


def _about_a_mashup(said: Said) -> bool:
    return bool(said.mashups or said.memory.focus_kind == "mashup" or said.holds(r"\bmash"))


_NEEDS: dict[str, Callable[[Said], object]] = {
    "log_review": _judges,
    "update_review": lambda said: said.topic or said.did(*SEEN),
    "update_viewing": lambda said: said.watched_before,
    "schedule": lambda said: (
        said.topic or particulars("schedule", said) or not said.notes.moments or said.holds(_PUTS_DOWN)
    ),
    "move_event": lambda said: said.topic or said.planned or said.holds(_MOVES),
    "delete_review": lambda said: not said.holds(_PLAN) or said.holds(r"\b(?:review|rating|comment)"),
    "delete_viewing": lambda said: not said.holds(_PLAN) or said.holds(r"\b(?:viewing|diary|entry|watched)"),
    "delete_media": lambda said: not said.holds(_PLAN) or said.holds(r"\b(?:library|catalogue)\b"),
    "delete_preset": lambda said: said.presets or said.holds(r"\bpreset") or said.last == "save_preset",
    "delete_field": lambda said: said.fields or said.holds(r"\bfield"),
    "set_field": lambda said: (
        said.fields or said.did("set_field", "define_field") or said.before in ("set_field", "define_field")
    ),
    "filter_by_field": lambda said: said.fields,
    "find_by_plot": lambda said: not (said.notes.titles and said.notes.given_ratings),
    "rate_mashup": _about_a_mashup,
    "delete_mashup": _about_a_mashup,
    "add_media": lambda said: (
        not said.notes.refers
        or said.notes.titles
        or said.names_unknown
        or said.notes.years
        or said.memory.sought
    ),
    "mash_up": lambda said: len(said.notes.titles) > 1 or said.notes.refers or said.holds(_MASHES),
}
