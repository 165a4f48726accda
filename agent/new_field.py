"""What the words tell of a field that is to be defined: its label, type, options and limits."""

import re
from itertools import pairwise
from typing import Any

from tools.reading import Number, read_numbers

_FIELD = r"(?:custom )?(?:fields?|columns?|property|category|attribute)"
_TYPE = (
    r"(?:multi.?select|select|drop.?down|yes\s*(?:/|or|-)?\s*no(?: (?:one|thing))?|true\s*(?:/|"
    r"or)\s*false|boolean|"
    r"check.?box|tick.?box|free text|plain text|just text|text|numeric|numbers?|dates?|score|scale)"
)
_TYPES = {
    "boolean": r"\byes\s*(?:/|or|-)?\s*no\b|\btrue\s*(?:/|or)\s*false\b|\bboolean\b|\bcheck.?box|\btick.?box",
    "number": r"\bnumbers?\b|\bnumeric|\bscore\b|\bscale\b|\bout of \d+",
    "date": r"\bdates?(?: field| column|\W*$|[,.;:?])|\b(?:as|type|is|with)(?: an?)? date\b",
    "text": r"\btext\b|\bfree words\b",
}
_SEVERAL = re.compile(r"\bmulti|\bseveral\b|\bmore than one\b|\bany of\b|\btags\b", re.IGNORECASE)
_CHOICE = re.compile(
    r"\b(?:multi.?)?select\b|\bdrop.?down\b|\bchoices?\b|\bchoose\b|\boptions?\b|\bone of\b|\bseveral\b|"
    r"\bpick\b",
    re.IGNORECASE,
)
_ENDS = (
    r"\s*(?:[,:;.!?=(]|->|\s[–—-]\s|$|\s(?:with(?=\s+(?:(?:the |an? )?(?:options?|choices?|"
    rf"values?|default|min|max|limit|range|\d|{_TYPE})|"
    rf"[^,;:.()]+(?:,(?!\s*(?:an? |just )?{_TYPE})| and | or | as )))|"
    r"from(?=\s+\d|\s+\w+ to\b)|one of|either|between|"
    r"for me\b|as(?: an?\b| one\b| another\b| own\b| my\b|"
    rf"\s+{_TYPE})|(?:an? )?{_TYPE}(?=\W*$|[ ,.:;]+(?:with|from|please|one|and|field|\d))|w\s|to choose|"
    rf"to pick|choose|out of \d|"
    r"(?:for|of|on) (?:each|every|all|my|the|our|films?|movies?|titles?|that|this|it|them)\b|"
    r"and(?: (?:set|make|put|give|mark|let|it|call|the)\b|\W*$)|please|pls|if you|which|where|that|so|"
    r"\d+\s*(?:to|-|"
    r"–)|zero to|one to|"
    rf"make|new {_FIELD}|{_FIELD}\b))"
)
_LABEL = rf"(?:an? |the |my |own )?[\"“'‘]?([^\s,:;.!?=(\"“”][^,:;!?=(\"”]*?)[\"”'’]?{_ENDS}"
_BEFORE = (
    r"\b(?:called|named|name it|call it|titled|labelled|by name|by the name(?: of)?|name:|label:)\s+",
    r"\b(?:keep track of|track(?: of)?|note down|keep note of|make a note of|record|register)\s+",
    r"\b(?:note|store)\s+(?:down\s+)?(?=the\b)",
    r"\bdefine\s+(?!(?:an?|the|my)\s+(?:\S+\s+)?(?:field|column))",
    rf"\b{_FIELD} (?:name|label|title)\b(?: is)?[ :=]+",
    rf"\b(?:add|have|put|make|create|get|want|need|like|set up)\s+(?=[^,:;.]+? as (?:an?|one|another|my) "
    rf"(?:\w+ ){{0,2}}{_FIELD})",
    rf"\b{_FIELD}\s*[,:]?\s+(?:for\s+)?(?!(?:called|named|with|where|in|on|to|from|please|then|and|by)\b)",
    r"\bset up\s+(?!an?\b)",
    r"\b(?:dropdown|checkbox|tickbox|multi.?select)\s+",
    r"\b(?:film|movie|title) to have\s+",
    r"^\W*(?=\S+ as (?:an? )?own field)",
)
_BEFORE_FIELD = re.compile(
    rf"\b(?:an?|the|my|another|new|extra|own)\s+(?!new\b|extra\b|custom\b|own\b|"
    rf"{_TYPE}\b)([\w’'-]+(?: [\w’'-]+){{0,2}}?) (?:field|column)\b",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(
    rf"(?:(?:an?|the|my|new|another|own|extra|of|mine|ours|for|it|that|this|each|every|one|me|them|film|films|so|just|"
    rf"type|{_TYPE}|{_FIELD}|\d+|to)\W*)+",
    re.IGNORECASE,
)
_OPTIONS = (
    r"\b(?:options?|choices?|values?)\s*(?:are|being|of|from)?\s*[:,]?\s+(.+)$",
    r"\b(?:one|any|either|several) (?:of|from)\s*:?\s+(.+)$",
    r"(?<!field)(?<!column):\s*([^:]+)$",
    r"(?<!-)\b(?:choose|pick|select)(?:ing)?\s+(?!called|named|field|column)"
    r"(?:(?:one|several|between|from|among|out of|of)\s*)*:?\s*(.+)$",
    r"\(([^()]+)\)",
    r"\bwith\s+([^,.;]+(?:,\s*[^,.;]+)*,?\s*\b(?:and|or)\s+[^,.;]+)$",
    r"\beither\s+(.+)$",
    r"\bas (?:an? )?choice of\s+(.+)$",
)
_DEFAULTS = (
    r"\bwith ([\w’'-]+) as (?:the |its )?default",
    r"\bdefault(?:s? to|ing to| is| of| value|:)?\s+([\w’'-]+)",
    r"\b([\w’'-]+) (?:by|as (?:the|a)) default",
)
_YES_NO = ({"yes", "no"}, {"true", "false"})
_BETWEEN = re.compile(r"\s*(?:to|-|–|and|through|until|till|up to)\s*", re.IGNORECASE)


def new_field(words: str) -> dict[str, Any]:
    """What the words tell of a new field.

    Args:
        words: the part of the message that asks for it.

    Returns:
        ``label``, ``field_type``, ``options``, ``minimum``, ``maximum`` and ``default`` as far as told;
        no label where choices are spoken of that could not be read.
    """
    options = _options(words)
    choice = _CHOICE.search(words)
    told: dict[str, Any] = {"options": options, "default": _default(words)}
    limits = _limits(words)
    if options:
        told["field_type"] = "multi-select" if _SEVERAL.search(words) else "select"
    elif limits:
        told |= {"field_type": "number"} | limits
    else:
        told["field_type"] = next(
            (kind for kind, how in _TYPES.items() if re.search(how, words, re.IGNORECASE)), None
        )
    if options or not choice:
        told["label"] = _label(words)
    return told


_LONGEST = 4
"""Words of the longest label that is read without the model."""


def _label(words: str) -> str | None:
    quoted = re.search(r"[\"“]([^\"”]+)[\"”]", words)
    if quoted:
        return quoted[1]
    for before in _BEFORE:
        for found in re.finditer(before + _LABEL, words, re.IGNORECASE):
            label = re.sub(r"\s+(?:to|for|on|in)\s+(?:my|the|our|each|every|all)\b.*$", "", found[1]).strip(
                " '’"
            )
            if not _NO_LABEL.fullmatch(label) and len(label.split()) <= _LONGEST:
                return label[:1].upper() + label[1:]
    before_field = _BEFORE_FIELD.search(words)
    if before_field and not _NO_LABEL.fullmatch(before_field[1]):
        return before_field[1][:1].upper() + before_field[1][1:]
    return None


def _options(words: str) -> list[str]:
    for pattern in _OPTIONS:
        found = re.search(pattern, words, re.IGNORECASE)
        if not found:
            continue
        listed = re.split(
            r"[.;!?](?:\s|$)|\b(?:please|pls|thanks|for (?:each|every|all|my)|and set)\b", found[1]
        )[0]
        items = [
            item.strip(" \"“”'‘’")
            for item in re.split(r"\s*(?:,\s*(?:and|or)?\b|/|\||\b(?:and|or)\b)\s*", listed)
        ]
        items = [item for item in items if item]
        typed = any(re.fullmatch(rf"(?:an? )?{_TYPE}", item, re.IGNORECASE) for item in items)
        if (
            len(items) > 1
            and all(len(item.split()) <= 4 for item in items)
            and not typed
            and not any(both.issubset(map(str.casefold, items)) for both in _YES_NO)
        ):
            return items
    return []


def _limits(words: str) -> dict[str, float]:
    """The least and the greatest number: "from 1 to 5", "1-5", "out of 10"."""
    numbers: list[Number] = read_numbers(words)
    for low, high in pairwise(numbers):
        if _BETWEEN.fullmatch(words[low.end : high.start]) and low.value < high.value:
            return {"minimum": low.value, "maximum": high.value}
    limits = {}
    for name, around in (
        ("minimum", r"(?:min(?:imum)?|least|lowest)"),
        ("maximum", r"(?:max(?:imum)?|most|highest)"),
    ):
        for number in numbers:
            before = re.search(rf"\b{around}\b(?:\s+(?:is|of|at|=))?\W*$", words[: number.start], re.IGNORECASE)
            if before or re.match(
                rf"\s+(?:at|as|is)\s+(?:the\s+)?{around}\b", words[number.end :], re.IGNORECASE
            ):
                limits[name] = number.value
    if limits:
        return limits
    most = [
        number.value for number in numbers if re.search(r"\bout of $", words[: number.start], re.IGNORECASE)
    ]
    return {"maximum": most[0]} if most else {}


def _default(words: str) -> str | None:
    return next((found[1] for how in _DEFAULTS if (found := re.search(how, words, re.IGNORECASE))), None)
