"""What the words say of an act that only its tool tells how to read: which preset, what is called how."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agent.appointment import asks_for, plan_words
from agent.events import Call
from agent.names import spans_of
from agent.new_field import new_field
from agent.relative import relative_value
from agent.said import Said
from store.titles import normalise
from tools.calendar import list_events
from tools.fields import CustomField
from tools.films import load_films
from tools.genres import genre_mentions, genre_words
from tools.reading import read_moments, read_numbers

_CALLED = (
    r"\b(?:called|named|titled|name it|call (?:it|this|that|them)(?: one| preset)?|(?:by|under|with|has|"
    r"of) the name"
    r"(?: of)?|(?:the )?(?:name|title)(?: (?:is|should be|shall be)|:))[ :=]+(?:the (?!\w+ (?:is|with)))?"
)
_PRESET_NAME = (
    r"([^\s:,;!?=(|][^:,;!?=(|\"”]*?)\s*(?:[:,;!?=(|]|\.(?!\d)|->|\s[–—-]\s|$|\s(?:presets?|with|for|from|"
    r"of|which|that|it|"
    r"its|should|shall|has|have|having|must|can|is|to|only|under|over|below|above|at (?:least|most)|up to|"
    r"no|not|"
    r"nothing|between|before|after|since|max(?:imum)?|min(?:imum)?|please|pls|plz|thanks|containing|in which|"
    r"i (?:mean|want)|(?:and|n) (?:make|set|save|have|only|put|use|give|recommend|show|it|then|let)|"
    r"then|when|\d+)\b)"
)
_BEFORE_A_PRESET = (
    r"\b(?:whenever|when) i say ",
    r"\bpreset(?:['’]s)? (?:name|title)\b(?: is)?\W+",
    r"\b(?:which|that) (?:i|we|you) (?:(?:can|will|want to|['’]ll|would) )?call\s+",
    r"\bpreset\b(?:\s*[:,]|(?! (?:for|with|of|that|called|named|as|from|to|so|and|should|must|is|has|but|"
    r"if|when)\b))\s*",
    r"\bas (?:(?:an?|my|the|our) )?(?!(?:new |saved )?(?:preset|default|standard)\b)",
    r"\b(?:save|store|keep|remember|file|register)\b.*\bunder (?!\d)",
    r"\bname (?!of\b|for\b|is\b)",
)
"""What stands before the name of a preset, the surest first."""
_ONE_OF_THE_PRESETS = re.compile(
    r"\b(?:the|my|our|that) (?P<words>[\w’'-]+(?: [\w’'-]+){0,2}?) (?:(?:saved )?(?P<preset>preset)|one)\b",
    re.IGNORECASE,
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "last": -1}
_BY_THEM = (
    r"\b(?:by|from|of) (?:him|her|them|the same (?:director|person|man|woman|maker|guy|one))\b|"
    r"\b(?:did|has|have) (?:he|she|they) (?:also |ever )?(?:made?|direct(?:ed)?|done?|film(?:ed)?)\b|"
    r"\b(?:his|her|their) (?:other |earlier |later |best )?(?:films?|movies?|work|stuff|ones)\b"
)
_FROM_NOW_ON = (
    r"\b(?:from now on|always|automatically|normally|usually|(?:unless|whenever|when|if) i (?:do ?n[’']?t|"
    r"say (?:nothing|"
    r"otherwise)|ask for nothing|name none|mention)|should be (?:it|that|the one)(?=\W*$))\b"
)
_ANOTHER_PRESET = r"\b(?:preset|save|store|keep|new|another|make|create|set up|define)\b"
"""Words that speak of a further preset rather than say more of the one just saved or tried."""
_CHANGES_A_PRESET = (
    r"\b(?:change|edit|update|adjust|modify|tweak|alter|redefine|revise|make|let|limit|restrict|tighten)\b"
    r"(?!.*\b(?:as|name)\b)"
)
_THE_PRESET = r"\b(?:the|that|this|my) preset(?=\W*(?:$|again|please|then|after all|for good|altogether))"
_IN_THE_TITLE = r"(?:(?:in|inside|within) (?:the|its|their|his|a) (?:title|name)s?|in (?:it|them))\b"
_PART_OF_A_TITLE = (
    r"\b(?:start|begin|end)(?:s|ed|ning|ing)? (?:with|in|on) (.+?)(?:,| i (?:think|believe)| or so|[?.!]*$)",
    rf"^.*\b(?:with|w|has|had|have|got|contain\w*|includes?|is|are|for) (?:(?:like|uh|"
    rf"um) )*([\w’' -]+?) {_IN_THE_TITLE}",
    r"\bthe word ([\w’'-]+)",
    rf"([\w’'-]+) {_IN_THE_TITLE}",
    r"\b(?:titles?|names?) (?:with|w|contain\w*|has|have|like) (.+?)[?.!]*$",
)
_TITLE_SEARCHED = (
    r"\b(?:called|named|titled|spelt|spelled)\s+(?:(?:something|somebody|smth|like) )*"
    r"(.+?)(?:\s+(?:something|whatever))?(?:\s+(?:in|on|or)\b.*)?[?.!]*$",
    r"\b(?:search|look)(?: (?:in )?\w+ (?:titles?|library|films?|"
    r"movies?))?(?: up)?(?: for)?(?: the)?(?: (?:titles?|films?|"
    r"movies?))?(?: called| named| like)? (.+?)(?: (?:in|among|for me)\b.*| please| then)?[?.!]*$",
    r"\b(?:something|smth|some|one) (?:with|like) (?!in\b)(.+?)[?.!]*$",
    r"^\W*(?:(?:so|and|hey|ok|say)\W+)*"
    r"(?>(?:(?:do|have) (?:i|we|you)(?: (?:have|own|got)\b)?|(?:is|are)(?: there)?|got)\s+(?:any\s+)?)"
    r"(?!any|some|(?:i|you|we|it|that|this|there|an?|the (?:film|movie|one))\b)"
    r"(.+?)(?: (?:titles?|films?|movies?))?"
    r"(?: (?:in|on|among) (?:my|the|our)\b.*| in (?:here|there|it)| here| already| yet)?[?.!]*$",
)
"""Where the words of a title stand, the surest first."""
_AT_MOST = (
    r"\b(?:below|under|less|lower|most|up to|max(?:imum)?|not? (?:more|higher|over|above)|fewer)\b|"
    r"\bno more than\b|<"
)
_NOT_UNDER = r"\b(?:not?|nothing) (?:less|lower|below|under|fewer)\b"
_AT_LEAST = (
    r"\b(?:or (?:more|better|higher|up|above|over)|at least|above|over|more than|higher than|better than|"
    r"min(?:imum)?|from|(?:and|n) (?:up|above|over)|(?:not?|nothing) (?:less|lower|below|under)|"
    r"upwards?)\b|\+|>"
)
_DENIED = re.compile(
    r"(?:\bnot|n[’']t|\binstead of|\brather than|\bno longer|\bno more)\s+(?:an?\s+|so\s+)?$", re.IGNORECASE
)
_NO = (
    r"\b(?:not|no|no longer|(?:do|does|is|have|did)n[’']?t|never|false|untick|uncheck|unmark|sold|"
    r"gave away|un\w+ed)\b"
)
_NAME_OF_IT = r"(?:(?:the|my|its|that|this|an?) )?(?:value|field|one|film|movie|show|copy)"
_ITS_RATING = (
    r"^\W*(?:and |so |but )*(?:(?:what|which)(?: was|['’]s| is)?(?: the| my)? (?:rating|score|mark|grade)|"
    r"how many (?:stars|points))(?: did i (?:put|give|say|choose|write)(?: down)?| was (?:that|it))?\W*$"
)
"""What asks on about the title that was asked of: "which rating did I put?"."""
_BEFORE_A_VALUE = re.compile(
    r"^(?:['’]s\b|[\s,.;!–—]|(?:and|oh|ok|okay|so|also|now|then|but|no|yes|sorry|please|can|could|would|will|"
    r"should|shall|must|"
    r"you|i|we|i['’]?(?:ve|m|ll|d)|we['’]?(?:ve|ll|d)|have|has|had|just|want|like|let['’]?s|set|put|change|make|"
    r"mark|write|note|enter|"
    r"add|update|fill|store|record|keep|kept|file|is|are|was|be|been|needs?|goes|go|belongs?|lives?|stands?|sits?|"
    r"moved?|moves|gets?|got|it|it['’]?s|that|this|they|them|both|all|as|to|on|in|into|at|under|of|for|with|from|"
    rf"down|says?|the(?=\W*$|\s+\w+\W*$)|{_NAME_OF_IT})(?=[\s,:=.]|->|$))*(?:\s*(?:[:=]|->)\s*)?",
    re.IGNORECASE,
)
"""What leads to a value: "please put it on", "is", "should be", up to a colon."""
_AROUND_A_VALUE = re.compile(
    r"(?:[\s,.!?]+(?:for|of|on|to|at|with|in|into|as|as well|the|my|its|please|pls|thanks|thank you|"
    r"then|too|now|actually|really|currently|again|instead|right now|"
    rf"at the moment|these days|by the way|for me|from now on|and|is|are|down|{_NAME_OF_IT}))+\W*$|\W+$",
    re.IGNORECASE,
)
_DENIED_VALUE = re.compile(
    r"\b(?:not|no longer|n[’']t)\b.*?\bbut\b|(?:,\s*|\band\s+)?\b(?:not|no longer|instead of|rather than)\b.*$",
    re.IGNORECASE,
)
_IS_PAST = re.compile(r"(?:ed|ght|seen|lent|got|sold|given)\b", re.IGNORECASE)
"""Of a field whose dates lie behind: "Bought on"."""
_AS_WELL = r"\b(?:too|as well|also|likewise|ditto|same)\b"
_THE_SAME = ("him", "her", "them", "it", "that", "there", "the same", "same")
_CLEARS_A_FIELD = r"\b(?:clear|empty|blank|unset|wipe|erase|remove|delete)\b"
_REVIEW_WORDS = r"\b(?:comment|review|text|opinion|note|wording)\b"


def particulars(tool: str, said: Said) -> dict[str, Any]:
    """The arguments that the words alone tell for a tool; the others are read alike for all tools.

    Args:
        tool: the tool's name.
        said: the words and what is around them.
    """
    read = _PARTICULARS.get(tool)
    return {name: value for name, value in read(said).items() if value or value == 0} if read else {}


def _after(pattern: str, said: Said) -> str | None:
    return _find(pattern, said.notes.words)


def _find(pattern: str, words: str) -> str | None:
    found = re.search(pattern, words, re.IGNORECASE)
    return found[1].strip(" .!?,\"“”'") if found else None


def _quoted(said: Said) -> str | None:
    return _after(r"[\"“]([^\"”]+)[\"”]", said) or _after(r"(?<!\w)['‘]([^'’]+)['’](?!\w)", said)


def _topic(said: Said) -> dict[str, Any]:
    unknown = (
        said.notes.titles
        or said.names_unknown
        or said.holds(r"\ban? (?:\w+ )?(?:film|movie|show)\b|\bsomething\b")
    )
    return {} if unknown else {"title": said.notes.referent}


def _titled(said: Said) -> dict[str, Any]:
    """The one title that is named or meant, for lists that may be about any."""
    titles = said.notes.titles
    if len(titles) == 1:
        return {"title": said.notes.named(titles[0])}
    asked = said.memory.last_question
    goes_on = (
        asked and asked.tool == said.memory.last_tool and "title" in asked.args and said.holds(_ITS_RATING)
    )
    return {} if titles or not (said.notes.refers or goes_on) else {"title": said.notes.referent}


def _last_one(said: Said, tools: tuple[str, ...]) -> dict[str, Any]:
    """What one of these tools wrote last, unless something else is named or pointed at."""
    act = said.did(*tools)
    asked_since = said.notes.refers and said.memory.last_question and said.memory.last_tool not in tools
    if act is None or said.notes.titles or said.notes.points or asked_since or said.names_unknown:
        return _topic(said)
    return {"title": act.args.get("title") or act.args.get("name")}


def _sought(said: Said) -> dict[str, Any]:
    """What was asked for and is not in the library: "is Ponyo there?" - "then add it"."""
    return {"title": said.memory.sought} if said.notes.refers and not said.notes.titles else {}


def _planned(said: Said) -> dict[str, Any]:
    if said.planned:
        return {"title": said.planned[0]}
    if not said.notes.titles and (on_that_day := _only_plan_of(said)):
        return {"title": on_that_day}
    return _last_one(said, ("schedule", "move_event"))


def _only_plan_of(said: Said) -> str | None:
    """The one open plan of a day that is said: "we can't make it on Friday, cancel that"."""
    days = [moment.date for moment in said.notes.moments if moment.dated and not moment.end_date]
    if not days or said.holds(r"\bto (?:the )?(?:\d|\w+day\b|tomorrow)"):
        return None
    plans = list_events(said.store, since=days[0], until=days[0]).events
    still_open = [
        plan.title if not plan.year else f"{plan.title} ({plan.year})" for plan in plans if not plan.completed
    ]
    return still_open[0] if len(still_open) == 1 else None


def _events_asked_for(said: Said) -> dict[str, Any]:
    """One plan, unless "that" is only a day: "what else is there that week?"."""
    of_the_day = (
        said.notes.moments
        and not said.notes.titles
        and said.holds(r"\b(?:else|anything|otherwise|busy|free|more)\b")
    )
    if not said.notes.titles and (around := _time_pointed_at(said)):
        return around
    return {} if of_the_day or not said.planned else {"title": said.planned[0]}


def _time_pointed_at(said: Said) -> dict[str, Any]:
    """The days that are told by the plan last spoken of: "that whole week", "the next thing after that"."""
    day = said.memory.day
    week = said.holds(r"\b(?:that|the same) (?:(?:whole|entire|full) )?week\b|\b(?:whole|rest) of that week\b")
    if day is None or not (week or said.holds(r"\bafter (?:that|it)\b")):
        return {}
    first = day - timedelta(days=day.weekday()) if week else day
    last = first + timedelta(days=6 if week else 31)
    return {"since": first.isoformat(), "until": last.isoformat()}


def _named_preset(said: Said) -> dict[str, Any]:
    return {"name": _preset(said)}


def _preset(said: Said) -> str | None:
    """The preset that is named or pointed at, or that "it" is: the one just saved or used."""
    if said.presets:
        return said.presets[0].name
    if pointed := preset_pointed_at(said):
        return pointed[0]
    saved, last = said.did("save_preset"), said.memory.last_question
    if saved and said.notes.refers and not said.holds(r"\bother\b"):
        return str(saved.args["name"])
    used = last.args.get("preset") if last and last.tool == "recommend" else None
    if said.holds(_THE_PRESET):
        return used or (str(saved.args["name"]) if saved else None)
    return used if used and said.holds(r"\bpreset\b") and said.notes.refers else None


def preset_pointed_at(said: Said) -> tuple[str, int, int] | None:
    """The preset that a part of its name or its place tells, and where: "the sci-fi one", "the second preset".

    Args:
        said: the words and what is around them.
    """
    presets = [preset.name for preset in said.names.presets]
    listed = said.memory.last_tool in ("list_presets", "save_preset")
    for found in _ONE_OF_THE_PRESETS.finditer(said.notes.words):
        if not (listed or found["preset"]):
            continue
        words = normalise(found["words"])
        saved = said.did("save_preset")
        if words in _PLACES:
            shown = said.memory.listed if said.memory.listed_kind == "preset" else presets
            meant = shown[_PLACES[words] :][:1]
        elif words == "other":
            meant = [name for name in presets if saved and name != saved.args.get("name")]
        else:
            meant = [name for name in presets if set(words.split()) <= set(normalise(name).split())]
        if len(meant) == 1:
            return meant[0], *found.span()
    return None


def _saved_preset(said: Said) -> dict[str, Any]:
    known = _preset(said)
    saved = said.did("save_preset")
    rather = saved is not None and bool(saved.args.get("is_default")) and preset_pointed_at(said)
    if known and (rather or _makes_default(said, known)):  # "no, the other one"
        return {"name": known, "is_default": True}
    if known is None and saved and not said.holds(_ANOTHER_PRESET):  # "dramas of at least two hours"
        known = saved.args.get("name")
    words = said.notes.words
    for length in said.notes.durations:  # "under 90 minutes" is no name
        words = words[: length.start] + "|" * (length.end - length.start) + words[length.end :]
    called = _quoted(said) or _find(_CALLED + _PRESET_NAME, words)
    if said.presets and not called and said.holds(_CHANGES_A_PRESET):
        return {"name": known}
    named = (_find(before + _PRESET_NAME, words) for before in _BEFORE_A_PRESET)
    return {"name": called or next((name for name in named if name and not _is_a_wish(name, said)), known)}


def _is_a_wish(name: str, said: Said) -> bool:
    """Whether words are but a genre: "new preset: comedies"."""
    for start, end, _ in genre_mentions(said.store, name):
        name = name[:start] + " " * (end - start) + name[end:]
    return not re.sub(r"\W|\b(?:films?|movies?|and|only|short|long|old|new)\b", "", name, flags=re.IGNORECASE)


def _makes_default(said: Said, preset: str) -> bool:
    """Whether a preset is to be used from now on, rather than changed or saved."""
    if said.holds(r"\b(?:default|standard)\b"):
        return not said.holds(r"\bsave\b.*\bas\b")
    notes = said.notes
    rest = re.sub(re.escape(preset), " ", notes.words, flags=re.IGNORECASE)
    wishes = notes.durations or notes.ratings or notes.years or genre_words(said.store, rest)
    return said.holds(_FROM_NOW_ON) and not wishes


def _appointment(said: Said) -> dict[str, Any]:
    """An appointment's name, a film that is not known, or the film that was spoken of."""
    if said.notes.titles:
        return {}
    planned = plan_words(said.notes)
    if "name" in planned:
        return planned
    if said.notes.refers or (
        said.memory.focus and not ("title" in planned and asks_for(planned["title"], said.notes))
    ):
        return _topic(said) if said.notes.referent else {}
    return planned


def _new_field(said: Said) -> dict[str, Any]:
    return new_field(said.notes.words)


def _field_name(said: Said) -> dict[str, Any]:
    return {"field": said.fields[0].field_label if said.fields else None}


def _field_wish(said: Said) -> dict[str, Any]:
    """What a question wants of a field: a least, a most, or a value."""
    if not said.fields:
        return {}
    field = said.fields[0]
    named = {"field": field.field_label}
    numbers = [
        number  # "three films with a cosiness of 8 or more"
        for number in read_numbers(said.notes.words)
        if not re.match(r"\s+(?:films?|movies?|titles?|shows?|series)\b", said.notes.words[number.end :])
    ]
    if field.field_type == "number" and numbers:
        if len(numbers) > 1 and said.holds(r"\b(?:between|from)\b"):
            return {**named, "minimum": numbers[0].value, "maximum": numbers[1].value}
        most = said.holds(_AT_MOST) and not said.holds(_NOT_UNDER)
        name = "maximum" if most else "minimum" if said.holds(_AT_LEAST) else "value"
        return {**named, name: numbers[0].value}
    if field.field_type == "date" and (said.notes.moments or said.notes.years):
        return {**named, **_days(said)}
    options = _options_said(field, said)
    if options:
        return {**named, "value": options[0]}
    act = said.did("set_field")
    if act and act.args.get("field") == field.field_label and said.holds(r"\b(?:that|this|the same|such)\b"):
        return {**named, "value": act.args.get("value")}  # "which others have that mood?"
    if field.field_type == "boolean":
        return {**named, "value": _yes_or_no(said)}
    return named if field.field_options else {**named, "value": _value_after(field, said)}


def _days(said: Said) -> dict[str, Any]:
    """The day or days that a question wants of a date: "since January", "in 2024"."""
    if said.notes.moments:
        moment = said.notes.moments[0]
        first, last = moment.date.isoformat(), (moment.end_date or moment.date).isoformat()
    else:
        years = said.notes.years[0]
        bounds = {"minimum": f"{years.first:04}-01-01", "maximum": f"{years.last}-12-31"}
        return {name: day for name, day in bounds.items() if not day.startswith(("0000", "9999"))}
    if said.holds(r"\b(?:since|after|from)\b(?!.*\b(?:to|until|till)\b)"):
        return {"minimum": first}
    if said.holds(r"\b(?:before|until|till|up to)\b"):
        return {"maximum": last}
    return {"minimum": first, "maximum": last} if moment.end_date else {"value": first}


def _value_after(field: CustomField, said: Said) -> str | None:
    label = re.escape(field.field_label)
    words = _after(rf"\b{label}\b([^?!]*)", said) or ""
    value = re.sub(r"^\s*(?:(?:set to|is|as|called|named|of|=|:)\s+)*", "", words, flags=re.IGNORECASE)
    return _AROUND_A_VALUE.sub("", value)


def _field_value(said: Said) -> dict[str, Any]:
    field = said.fields[0] if said.fields else _last_field(said)
    if field is None:
        return _last_one(said, ("set_field",))
    return {
        **_last_one(said, ("set_field",)),
        "field": field.field_label,
        "value": _value_of(field, said),
    }


def _value_of(field: CustomField, said: Said) -> str | list[str] | None:
    """What the words say a field shall be."""
    act = said.did("set_field")
    if act and said.holds(r"^\W*(?:and\s+)?(?:the\s+)?(?:same|ditto|likewise)\b"):
        return act.args.get("value")
    options = _options_said(field, said)
    if options and field.field_options:
        return options if field.field_type == "multi-select" else options[-1]
    words = said.notes.without_titles()
    if field.field_type == "number" and (value := relative_value(said, field)):
        return value
    if field.field_type == "number":
        dated = [span for moment in said.notes.moments for span in moment.pieces]
        words = re.sub(r"\b(?:the|that) one\b", " ", words, flags=re.IGNORECASE)  # "clear the one of Up"
        words = _DENIED_VALUE.sub("", words)
        words = re.sub(r"(?<=\d)\s*(?:/|out of|of|from)\s*\d+", "", words)  # "7 out of 10"
        numbers = read_numbers(words, skip=dated if words == said.notes.without_titles() else [])
        return f"{numbers[-1].value:g}" if numbers else _as_before(said, act)
    if field.field_type == "boolean":
        return None if said.holds(_CLEARS_A_FIELD) else _yes_or_no(said)
    if field.field_type == "date" and len(said.notes.moments) == 1 and not said.notes.moments[0].end_date:
        moment = said.notes.moments[0]
        if _IS_PAST.search(field.field_label):  # "bought on 3 May"
            moment = next(iter(read_moments(moment.text, said.notes.now, lean="past")), moment)
        return moment.date.isoformat()
    if field.field_type == "date" and act and len(said.notes.years) == 1:  # "no, 2023 that was"
        year, before = said.notes.years[0].first, str(act.args.get("value"))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", before):
            return f"{year:04}{before[4:]}"
    value = _free_value(field, said)
    if act and value and normalise(value) in _THE_SAME:  # "Qeysar is from him too"
        return act.args.get("value")
    return value or _as_before(said, act)


def _as_before(said: Said, act: Call | None) -> str | list[str] | None:
    """The value set last, where words only name a further title: "and Alien as well"."""
    return act.args.get("value") if act and said.holds(_AS_WELL) else None


def _free_value(field: CustomField, said: Said) -> str | None:
    """The words that are left beside titles, the field's label and what only leads to a value."""
    if quoted := _quoted(said):
        return quoted
    words = said.notes.words
    names = [*said.notes.title_spans, *spans_of(field.field_label, words)]
    marked = list(words)
    for start, end in names:
        marked[start:end] = "\n" * (end - start)
    labelled = {end for _, end in spans_of(field.field_label, words)}
    # What follows the label is the likeliest, then what stands last.
    found = []
    for chunk in re.finditer(r"[^\n]+", "".join(marked)):
        days = [
            m.start - chunk.start() for m in said.notes.moments if m.end == len(said.notes.words.rstrip(" .!"))
        ]
        timeless = chunk[0][: days[0]] if days and days[0] > 0 else chunk[0]  # "on shelf B2 this morning"
        if value := _bare_value(timeless) or _bare_value(chunk[0]):
            found.append((chunk.start() in labelled, chunk.start(), value))
    if said.holds(_CLEARS_A_FIELD) and not any(after for after, _, _ in found):
        return None
    return max(found)[2] if found else None


def _bare_value(words: str) -> str:
    value = _AROUND_A_VALUE.sub("", _DENIED_VALUE.sub("", words))
    return _BEFORE_A_VALUE.sub("", value, count=1).strip(' .,;!?:"“”')


def _options_said(field: CustomField, said: Said) -> list[str]:
    """The options that the words name, but for those they deny, in the order they are said in."""
    found = []
    for option in field.field_options or []:
        named = re.search(rf"\b{re.escape(option)}\b", said.notes.without_titles(), re.IGNORECASE)
        if named and not _DENIED.search(said.notes.words, 0, named.start()):
            found.append((named.start(), option))
    said_so = [option for _, option in sorted(found)]
    return said_so or [option for option in field.field_options or [] if not found and said.notes.says(option)]


def _yes_or_no(said: Said) -> str:
    return "no" if said.holds(_NO) else "yes"


def _last_field(said: Said) -> CustomField | None:
    """The field that was set or defined last."""
    act = said.did("set_field", "define_field")
    label = normalise(str(act.args.get("field") or act.args.get("label"))) if act else ""
    return next((field for field in said.names.fields if normalise(field.field_label) == label), None)


def _new_text(said: Said) -> dict[str, Any]:
    where = _last_one(said, ("log_review", "update_review"))
    if said.notes.given_ratings:
        return where
    text = _after(
        rf"{_REVIEW_WORDS}.*?(?:\b(?:to(?! be\b)|say|read|reads|into)\b:?|:)\s*[\"“]?(.+?)[\"”]?$", said
    )
    wrote = _after(r"\bwhat i (?:wrote|said|put)\b.*?\bto\b:?\s*[\"“]?(.+?)[\"”]?$", said)
    told = said.memory.last_tool in ("log_review", "update_review", "list_reviews")
    instead = _after(
        r"^\W*(?:please )?(?:change|correct|turn) (?:that|it|this) (?:in)?to:?\s*[\"“]?(.+?)[\"”]?$", said
    )
    added = _after(
        r"\b(?:add|write|note)(?: (?:the|a|as))? (?:comment|review|text|note)\b:?\s*[\"“]?(.+?)[\"”]?$", said
    )
    return {**where, "text": text or wrote or added or (instead if told else None)}


def _mashup(said: Said) -> dict[str, Any]:
    if said.mashups:
        return {"title": said.mashups[0]}
    spoken_of = (said.notes.thing, said.notes.referent, said.memory.thing)
    return {"title": next((name for name in spoken_of if name in said.names.mashups), None)}


def _title_words(said: Said) -> dict[str, Any]:
    """A title that is searched for, or a part of one."""
    titles = said.notes.title_spans
    named = said.notes.words[slice(*titles[0])] if titles else None
    found = (
        _quoted(said) or _first_after(_PART_OF_A_TITLE, said) or named or _first_after(_TITLE_SEARCHED, said)
    )
    return {"query": re.sub(r"^the words? ", "", found, flags=re.IGNORECASE) if found else None}


def _first_after(patterns: tuple[str, ...], said: Said) -> str | None:
    return next((found for pattern in patterns if (found := _after(pattern, said))), None)


def _wish(said: Said) -> dict[str, Any]:
    known = _preset(said)
    return {"preset": known} if known else _people(said)


def _people(said: Said) -> dict[str, Any]:
    """Who is named, or whom "by him" means: who made the title that was spoken of."""
    if said.people:
        return {"person": said.people[0]}
    about = said.memory.focus[0] if said.memory.focus else None
    if about is None or said.notes.titles or not said.holds(_BY_THEM):
        return {"person": None}
    film = load_films(said.store, [said.store.titles.resolve(about).id])[0]
    return {"person": next(iter(film.directors or film.writers), None)}


def _how_many(said: Said) -> dict[str, Any]:
    return {"count": 2} if said.holds(r"\bboth\b") else {}


_PARTICULARS: dict[str, Callable[[Said], dict[str, Any]]] = {
    "log_review": _topic,
    "update_review": _new_text,
    "delete_review": lambda said: _last_one(said, ("log_review", "update_review")),
    "list_reviews": _titled,
    "log_viewing": _topic,
    "update_viewing": lambda said: _last_one(said, ("log_viewing", "update_viewing", "log_review")),
    "delete_viewing": lambda said: _last_one(said, ("log_viewing", "update_viewing")),
    "list_viewings": _titled,
    "query_diary": lambda said: _titled(said) | _people(said),
    "schedule": _appointment,
    "move_event": lambda said: (
        {"title": said.planned[0]} if said.planned else _last_one(said, ("schedule", "move_event"))
    ),
    "cancel_event": _planned,
    "complete_event": _planned,
    "list_events": _events_asked_for,
    "recommend": _wish,
    "similar": _topic,
    "search_titles": _title_words,
    "list_media": _people,
    "get_media": _topic,
    "add_media": _sought,
    "update_media": _topic,
    "delete_media": _topic,
    "save_preset": _saved_preset,
    "delete_preset": _named_preset,
    "define_field": _new_field,
    "delete_field": _field_name,
    "set_field": _field_value,
    "filter_by_field": _field_wish,
    "undo": _how_many,
    "rate_mashup": _mashup,
    "delete_mashup": _mashup,
}
