"""Tags: "tag it slow and thought-provoking", "tags: cosy, rainy", "add the tag noir", "#slowburn"."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.moments import moment_spans
from tools.reading.ratings import read_ratings
from tools.reading.spans import MASK, Span, compiled, prepare


class Tags(BaseModel):
    """Tags that a user puts on something, and the words that do so."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    values: tuple[str, ...]


_LIST = r"(?P<list>[^.!?;:\n]+)"
_IT = r"(?:(?:it|this|that|them|these)(?:\s+(?:both|all|one))?|both)"
_REVIEW = r"(?:(?:my|the|our)\s+)?(?:[\w'’-]+\s+){0,5}?(?:review|film|movie|show|series|one|entry|viewing)"
_THING = rf"(?:(?:my|the|our)\s+)?(?:{_IT}|{MASK}+(?:\s+\(?\d{{4}}\)?)?)(?:'s)?(?:\s+(?:review|entry))?"
_RULES = [
    # "tag it slow", "tag my Heat review as slow", "tag Heat slow"
    compiled(rf"(?<!of )(?<!price )\btag(?:ged|ging)?\s+{_THING}\s*(?:\b(?:as|with)\b|:)?\s*{_LIST}"),
    compiled(rf"(?<!of )(?<!price )\btag(?:ged)?\s+{_REVIEW}\s+(?:(?:as|with)\s+)?{_LIST}"),
    compiled(rf"\btag(?:ged)?\s+(?:[^\s.!?;:]+\s+){{1,8}}?as\s+{_LIST}"),
    compiled(rf"\btag(?:ged\s+(?:as|with)|\s+as|ged:?)\s+(?!by\b|in\b|along\b|team){_LIST}"),
    # "add noir and rainy as tags", "add rainy to the tags"
    compiled(
        r"\b(?:add|put|use|give\s+it|with)\s+(?P<list>[^.!?;:\n]+?)\s+as\s+(?:an?\s+|the\s+|its\s+|my\s+)?tags?\b"
    ),
    compiled(r"\badd\s+(?P<list>[^.!?;:\n]+?)\s+to\s+(?:its|the|my|their)\s+tags\b"),
    # "tags: cosy, rainy", "with the tags cosy and rainy", "change the tags to cosy"
    compiled(
        rf"\btags?(?:\s+(?:for|of|on)\s+{_THING})?(?:\s*[:=]\s*|\s+(?:should\s+be|ought\s+to\s+be|are|to)\s+){_LIST}"
    ),
    compiled(rf"(?:^|[,;.:]\s*)tags\s+(?!(?:for|of|on|in|do|does|have|can)\b){_LIST}"),
    compiled(
        rf"\b(?:with|add|use|put|give\s+it|gets?|needs?|deserves?|under)\s+(?:(?:the|a|some|these|new|two|three)\s+)*tags?\s+{_LIST}"
    ),
]
_REMOVED = compiled(r"\b(?:remove|delete|drop|lose|without|take|clear|erase)\b[^,;.!?]*$")
_HASHTAG = compiled(r"(?<![\w#&])#(?P<tag>[^\W\d_][\w-]*)")
_BETWEEN = compiled(r"\s*(?:,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*[/+]\s*)")
# Where something else begins: "and rate it 8", "to my Heat review", "please", a title, a day.
_ENDS = compiled(
    rf"{MASK}|\b(?:to|on|for|of)\s+(?={MASK})|\s[\u2013\u2014-]\s|[()]|\b(?:please|pls|thanks|thank\s+you|ok(?:ay)?|would\s+you|will\s+you|"
    r"(?:to|on|for|in)\s+(?:it|this|that|my|the|mine|me|us|both)|because|but|then|i|we|it|that|too|as\s+well|"
    r"also|so|"
    r"and\s+(?:\w+\s+)?(?:it|that|this|them|me))\b"
)
_ACT = compiled(
    r"(?:(?:re-?)?rate|give|gave|log|save|schedule|plan|remind|set|change|make|put|write|tell|show|recommend|find|"
    r"wrong(?:ly)?|already|twice|delete|watched|saw|loved|liked|hated|with|at|on|from|rated|is|was|not)\b"
)
# One tag though it has an "and".
_KEPT_TOGETHER = compiled(r"\bblack\s+and\s+white\b|\bcat\s+and\s+mouse\b|\bblood\s+and\s+guts\b")
_LONGEST = 4
"""The words of the longest tag: what is longer is a sentence."""


def read_tags(text: str, skip: Sequence[Span] = ()) -> list[Tags]:
    """Read the tags a user puts on something; those to be taken off are left out.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The findings in the order of the text; ``values`` in lower case, each once.
    """
    ratings = [(rating.start, rating.end) for rating in read_ratings(text, skip)]
    prepared = prepare(text, [*skip, *ratings, *moment_spans(text, skip)])
    found: list[Tags] = []
    for rule in _RULES:
        for match in rule.finditer(prepared):
            start, free = match.start(), all(match.end() <= t.start or t.end <= match.start() for t in found)
            values = list(_values(prepared[: match.end("list")], match.start("list")))
            if "#" not in match["list"] and values and free and not _REMOVED.search(prepared[:start]):
                end = max(match.start("list") + match["list"].find(match["list"].strip()), values[-1][1])
                if match.end() > match.end("list"):
                    end = match.end()
                found.append(_tags(text, start, end, [text[a:b] for a, b in values]))
    hashtags = list(_HASHTAG.finditer(prepared))
    if hashtags and not found:
        found.append(_tags(text, hashtags[0].start(), hashtags[-1].end(), [h["tag"] for h in hashtags]))
    return sorted(found, key=lambda tags: tags.start)


def _tags(text: str, start: int, end: int, values: list[str]) -> Tags:
    plain = [" ".join(value.split()).strip("\"'“”‘’ ").lower() for value in values]
    return Tags(text=text[start:end], start=start, end=end, values=tuple(dict.fromkeys(plain)))


def _values(prepared: str, start: int) -> Iterator[Span]:
    """The tags of a list, up to what is none."""
    stop = _ENDS.search(prepared, start)
    end = stop.start() if stop else len(prepared)
    together = [found.span() for found in _KEPT_TOGETHER.finditer(prepared, start, end)]
    cuts = [
        cut.span()
        for cut in _BETWEEN.finditer(prepared, start, end)
        if not any(first < cut.end() and cut.start() < last for first, last in together)
    ]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        value = prepared[first:last]
        first += len(value) - len(value.lstrip())
        value = value.strip(" ,")
        if not value:
            continue
        if _ACT.match(value) or len(value.split()) > _LONGEST:
            return
        yield first, first + len(value)
