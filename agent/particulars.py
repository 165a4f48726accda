"""What the words say of an act that only its tool tells how to read: which preset, what is called how."""

import re
from collections.abc import Callable
from typing import Any

from agent.said import Said
from store.titles import normalise
from tools.fields import CustomField
from tools.reading import read_numbers

_AROUND_A_NAME = re.compile(
    r"\b(?:please|can you|could you|put|add|schedule|plan|note|enter|"
    r"(?:on|in|to|into)\s+(?:the|my|our)\s+calendar|remind me (?:of|about|to)?|for|on|at|from|with it)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:both|them|sorry|no|not|nope|wait|and|or|but|it|that|this|the|a|an|my|our|me|us|i|we|you|is|was|be|so|ok|okay|um|uh|"
    r"well|oh|actually|rather|instead|better|first|second|third|last|other|one|ones|something|anything|film|movie|"
    r"i['’]?d|like|to|want|would|add|put|schedule|plan|for|some|then|there|make|move|now|too|"
    r"yes|yeah|how about|what about|let'?s|say|do|go|with)\b|[\W_]",
    re.IGNORECASE,
)
_CALENDAR = (
    r"\b(?:calendar|agenda|remind|schedule|plan|note|enter|meeting|appointment|club|dentist|doctor|party|birthday|"
    r"dinner|lunch|trip|call|renew|return|buy|festival|marathon|concert|visit|night with|evening with)\b"
)
_REVIEW_WORDS = r"\b(?:comment|review|text|opinion|note|wording)\b"


def particulars(tool: str, said: Said) -> dict[str, Any]:
    """The arguments that the words alone tell for a tool; the others are read alike for all tools.

    Args:
        tool: the tool's name.
        said: the words and what is around them.
    """
    read = _PARTICULARS.get(tool)
    return {name: value for name, value in read(said).items() if value} if read else {}


def _after(pattern: str, said: Said) -> str | None:
    found = re.search(pattern, said.notes.words, re.IGNORECASE)
    return found[1].strip(" .!?,\"“”'") if found else None


def _quoted(said: Said) -> str | None:
    return _after(r"[\"“]([^\"”]+)[\"”]", said)


def _topic(said: Said) -> dict[str, Any]:
    unknown = said.notes.titles or said.holds(r"\ban? (?:\w+ )?(?:film|movie|show)\b|\bsomething\b")
    return {} if unknown else {"title": said.notes.referent}


def _titled(said: Said) -> dict[str, Any]:
    """The one title that is named or meant, for lists that may be about any."""
    titles = said.notes.titles
    if len(titles) == 1:
        return {"title": said.notes.named(titles[0])}
    return {} if titles or not said.notes.refers else {"title": said.notes.referent}


def _last_one(said: Said, tools: tuple[str, ...]) -> dict[str, Any]:
    """What one of these tools wrote last, unless something else is named or pointed at."""
    act = said.did(*tools)
    if act is None or said.notes.titles or said.notes.points:
        return _topic(said)
    return {"title": act.args.get("title") or act.args.get("name")}


def _planned(said: Said) -> dict[str, Any]:
    if said.planned:
        return {"title": said.planned[0]}
    return _last_one(said, ("schedule", "move_event"))


def _named_preset(said: Said) -> dict[str, Any]:
    return {"name": _preset(said)}


def _preset(said: Said) -> str | None:
    """The preset that is named, or that "it" is: the one just saved or used."""
    if said.presets:
        return said.presets[0].name
    saved, last = said.did("save_preset"), said.memory.last_question
    if saved and said.notes.refers:
        return str(saved.args["name"])
    used = last.args.get("preset") if last and last.tool == "recommend" else None
    return used if used and said.holds(r"\bpreset\b") and said.notes.refers else None


def _saved_preset(said: Said) -> dict[str, Any]:
    if said.holds(r"\bdefault\b|\bstandard\b") and not said.holds(r"\bsave\b.*\bas\b"):
        known = _preset(said)
        if known:
            return {"name": known, "is_default": True}
    ends = (
        r"\s+[\"“'‘]?([^:,;\"”’]+?)[\"”'’]?\s*"
        r"(?:[:,;.!?]|\s[–—-]\s|$|\b(?:with|for|and make|of|which|that|please|containing|in which)\b)"
    )
    quoted = _after(r"[\"“'‘]([^\"”'’]+)[\"”'’]", said)
    called = _after(rf"\b(?:called|named|name it|call it|name of|under|by the name){ends}", said)
    called = called or _after(rf"\bpreset(?! (?:for|with|of|that|called|named|as|from|to)\b){ends}", said)
    called = called or _after(rf"\bas(?! (?:an?|my|the) (?:\w+ )?preset){ends}", said)
    called = called or _after(r"\b(?:whenever|when) i say (.+?)(?:,| i mean\b)", said)
    return {"name": quoted or called}


def _appointment(said: Said) -> dict[str, Any]:
    """What a day that is about no film is called: the words without the day and the calendar."""
    if said.notes.titles or (said.notes.refers and not _quoted(said)):
        return _topic(said)
    if said.memory.focus and not (_quoted(said) or said.holds(_CALENDAR)):
        return {"title": said.notes.referent or said.memory.focus[0]}  # "nice and short, Friday 5pm then"
    if said.holds(r"\b(?:re)?(?:watch|see)(?:ing)?\b") and not _quoted(said):
        return {}  # a film whose title code did not find
    words = said.notes.words
    for moment in said.notes.moments:
        for start, end in moment.pieces:
            words = words[:start] + " " * (end - start) + words[end:]
    name = re.sub(r"\s+", " ", _AROUND_A_NAME.sub(" ", re.split(r"[.!?;,]", words.strip(" ,.:;"))[0])).strip(
        " ,:"
    )
    return {"name": _quoted(said) or (name if _NO_NAME.sub("", name) else None)}


def _field_name(said: Said) -> dict[str, Any]:
    return {"field": said.fields[0].field_label if said.fields else None}


def _field_wish(said: Said) -> dict[str, Any]:
    """What a question wants of a field: a least, a most, or a value."""
    if not said.fields:
        return {}
    field = said.fields[0]
    named = {"field": field.field_label}
    numbers = read_numbers(said.notes.words)
    if field.field_type == "number" and numbers:
        most = said.holds(r"\b(?:below|under|less|most|up to|max)")
        least = said.holds(
            r"\b(?:or (?:more|better|higher|up|above)|at least|above|over|more than|min|from)\b|\+"
        )
        name = "maximum" if most else "minimum" if least else "value"
        return {**named, name: numbers[0].value}
    options = [option for option in field.field_options or [] if said.notes.says(option)]
    if options:
        return {**named, "value": options[0]}
    return {**named, "value": "yes" if field.field_type == "boolean" else None}


def _field_value(said: Said) -> dict[str, Any]:
    field = said.fields[0] if said.fields else _last_field(said)
    if field is None:
        return _last_one(said, ("set_field",))
    label = re.escape(field.field_label)
    options = [option for option in field.field_options or [] if said.notes.says(option)]
    value = options[-1] if options and field.field_type == "select" else None
    value = value or _after(rf"\b{label}\b.*?(?:\b(?:to|as|is)\b|=|:)\s*(.+?)[.!?]*$", said)
    value = value or _after(r"\b(?:to|as|=|is)\s+(.+?)[.!?]*$", said)
    value = value or _after(rf"\b{label}\b\W*(\d+(?:\.\d+)?)", said)
    if field.field_type == "number" and (numbers := read_numbers(said.notes.without_titles())):
        value = f"{numbers[-1].value:g}"
    if field.field_type == "boolean" and normalise(value or "") not in ("true", "false", "yes", "no"):
        value = "no" if said.holds(r"\b(?:not|no longer|don[’']?t|un)") else "yes"
    return {**_last_one(said, ("set_field",)), "field": field.field_label, "value": value}


def _last_field(said: Said) -> CustomField | None:
    """The field that was set or defined last."""
    act = said.did("set_field", "define_field")
    label = normalise(str(act.args.get("field") or act.args.get("label"))) if act else ""
    return next((field for field in said.names.fields if normalise(field.field_label) == label), None)


def _new_text(said: Said) -> dict[str, Any]:
    where = _last_one(said, ("log_review", "update_review"))
    if said.notes.given_ratings:
        return where
    text = _after(rf"{_REVIEW_WORDS}.*?(?:\b(?:to|say|read|reads|into)\b:?|:)\s*[\"“]?(.+?)[\"”]?$", said)
    wrote = _after(r"\bwhat i (?:wrote|said|put)\b.*?\bto\b:?\s*[\"“]?(.+?)[\"”]?$", said)
    return {**where, "text": text or wrote}


def _mashup(said: Said) -> dict[str, Any]:
    if said.mashups:
        return {"title": said.mashups[0]}
    return {"title": said.notes.referent} if said.notes.referent in said.names.mashups else {}


def _title_words(said: Said) -> dict[str, Any]:
    called = r"\b(?:called|named|titled)\s+(.+?)(?:\s+(?:in|on|or)\b.*|\s+something|\s+or so)?[?.!]*$"
    parts = r"\bwith (?:the words? )?(.+?) in (?:the|its|their) (?:title|name)"
    return {"query": _quoted(said) or _after(parts, said) or _after(called, said)}


def _wish(said: Said) -> dict[str, Any]:
    known = _preset(said)
    return {"preset": known} if known else _people(said)


def _people(said: Said) -> dict[str, Any]:
    return {"person": said.people[0] if said.people else None}


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
    "move_event": _planned,
    "cancel_event": _planned,
    "complete_event": _planned,
    "list_events": lambda said: {"title": said.planned[0]} if said.planned else {},
    "recommend": _wish,
    "similar": _topic,
    "search_titles": _title_words,
    "list_media": _people,
    "get_media": _topic,
    "update_media": _topic,
    "delete_media": _topic,
    "save_preset": _saved_preset,
    "delete_preset": _named_preset,
    "delete_field": _field_name,
    "set_field": _field_value,
    "filter_by_field": _field_wish,
    "undo": _how_many,
    "rate_mashup": _mashup,
    "delete_mashup": _mashup,
}
