"""Another take: whether the words ask for the last mashup anew, and which direction they give one."""

import re
from itertools import pairwise
from typing import Any

from agent.memory import Memory
from store.store import Store
from tools.mashups import newest_mashup

_MASHUP = r"(?:mash[- ]?ups?|concepts?|stor(?:y|ies)|pitch(?:es)?|film|movie)"
_EXPLICIT = re.compile(
    r"\b(?:another|a\s+new|a\s+different|one\s+more|a\s+fresh|a\s+second|an\s+alternative)\s+"
    r"(?:take|version|spin|mash[- ]?up)\b"
    rf"|\b(?:another|different)\s+(?:take|spin)\b"
    rf"|\b(?:re-?mash|remix)\b|\bmash\s+(?:them|those|these|it|both)\s+up\s+again\b"
    r"|\b(?:same|those|these)\s+(?:two|three|four|five|titles|films|movies|ones)?\s*(?:again|once\s+more)\b"
    rf"|\b(?:redo|rewrite|re-?do)\s+(?:the|that|this)\s+{_MASHUP}\b",
    re.IGNORECASE,
)
_AFTER_A_MASHUP = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|no|nah|hm+|nice|cool|great|good|and|but|now|please|can\s+you|could\s+you|let'?s)\b\W*)*"
    r"(?:(?:do|make|try|write|(?:give|show)\s+me|have|go|get|i\s+want|i'?d\s+like|(?:how|what)\s+about)\s+)*"
    r"(?:it\s+|that\s+|them\s+|this\s+)?"
    r"(?:again|once\s+more|one\s+more(?:\s+time)?|another(?:\s+one|\s+try)?|a\s+(?:new|different)\s+one|"
    r"(?:the\s+)?same\s+(?:one\s+)?again|retry|try\s+again)\b(?!\s+(?:film|movie|show|title|series|recommendation))",
    re.IGNORECASE,
)
_ONLY_A_DIRECTION = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|but|now|please|make|do|try|it|that|this|a\s+bit|a\s+little|much|even|somewhat|can\s+you|"
    r"could\s+you|one|something|this\s+time|version)\b\W*)*$",
    re.IGNORECASE,
)

_QUALITIES = (
    "dark|bleak|grimm?|sadd?|happ[iy]|funn[iy]|sill[iy]|light|scar[iy]|creep[iy]|weird|strang|wild|warm|gentle?|"
    "co[sz][iy]|tens|blood[iy]|violent|romantic|hopeful|cheerful|serious|absurd|surreal|poetic|melancholy|melancholic|tender|sweet|"
    "tragic|comic|epic|quiet|slow|fast|family-friendly|realistic|playful|sexy|sexi|nois[iy]|bold|sharp|satirical|whimsical|"
    "magical|mysterious|spook[iy]|gory|gor[iy]|sombre|somber|optimistic|pessimistic|political|philosophical|action-packed|"
    "suspenseful|nostalgic|twisted|cruel|moving|exciting|adventurous|kid-friendly|child-friendly"
)
_COMPARATIVE = (
    r"(?:(?:much|even|a\s+bit|a\s+little|far|slightly)\s+)?"
    rf"(?:(?:{_QUALITIES})e?r\b|(?:more|less)\s+(?:{_QUALITIES})[ye]?\b)"
)
_KIND = (
    r"(?:(?!and\b|but\b|for\b|set\b|with\b|of\b|please\b|this\b|again\b)[\w’'-]+\s+){0,3}?"
    r"(?:comed(?:y|ies)|rom-?com|musical|opera|western|horror|thriller|drama|melodrama|tragedy|farce|satire|parody|"
    r"romance|noir|mystery|whodunit|fable|fairy\s?tale|anime|cartoon|animation|documentary|mockumentary|sitcom|series|"
    r"heist|war|road|monster|superhero|spy|space|silent|film|movie|show|story|tale|epic|adventure|fantasy|sci-?fi|"
    r"science\s+fiction|period\s+piece|ghost\s+story|love\s+story|bedtime\s+story|soap\s+opera)"
    r"(?:\s+(?:film|movie|story|noir|comedy|opera|tale|show|series|drama|thriller|horror))?\b"
)
_NAMED = r"(?:(?!and\b|but\b|please\b|again\b|this\s+time\b)[\w’'-]+(?:\s+|(?=\W|$))){1,6}"
_PIECES = re.compile(
    rf"\b(?:(?:just\s+)?{_COMPARATIVE}"
    rf"|as\s+(?:an?\s+)?{_KIND}"
    rf"|(?:in|into)\s+(?:an?|the)\s+(?:style|manner|spirit|vein|tone)\s+of\s+{_NAMED}"
    rf"|in\s+(?:an?\s+)?[\w-]+\s+style\b"
    rf"|like\s+an?\s+{_KIND}"
    rf"|for\s+(?:small\s+|young\s+|little\s+|older\s+|my\s+|the\s+(?:whole\s+)?)?(?:kids?|children|child|famil(?:y|ies)|"
    rf"adults?|grown-?ups?|teen(?:ager)?s?|toddlers?|bab(?:y|ies)|son|daughter|grandchildren|christmas|halloween)\b"
    rf"|set\s+(?:in|on|at|during|under|aboard|inside)\s+{_NAMED}"
    rf"|in\s+(?:outer\s+)?space\b|in\s+the\s+(?:future|past|(?:18|19|20)?\d0s|middle\s+ages|wild\s+west|jungle|desert|stone\s+age)\b"
    rf"|with(?:out)?\s+(?:an?|any|more|less|no|lots\s+of|plenty\s+of|some)\s+{_NAMED})",
    re.IGNORECASE,
)
_MADE_INTO = re.compile(
    rf"\b(?:make|turn|do)\s+(?:it|that|this|them)\s+(?:into\s+)?(an?\s+{_KIND}|{_QUALITIES})(?=\W|$)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"\b(?:a|an|one|something)\s+(?:\w+\s+)?((?:{_QUALITIES})y?)\s+(?:one|version|take|spin|mash)",
    re.IGNORECASE,
)


def read_direction(words: str) -> str | None:
    """The direction that words give a mashup, such as "as a comedy" or "darker"; None where they give none.

    Args:
        words: the user's words with the titles left out, or "In the style of" would be found in a title.
    """
    pieces = [(found.start(), found.end(), found[0]) for found in _PIECES.finditer(words)]
    if not pieces:
        for pattern, form in ((_MADE_INTO, "{}"), (_ADJECTIVE, "{}")):
            if found := pattern.search(words):
                said = _plain(found[1])
                return form.format(f"as {said}" if re.match(r"an?\s", said) else said)
        return None
    text = pieces[0][2]
    for (_, end, _), (start, _, piece) in pairwise(pieces):
        joint = " and " if re.fullmatch(r"[,\s]*and\s+", words[end:start]) else ", "
        text = f"{_plain(text)}{joint}{piece}"
    return _plain(text)


def read_another_take(words: str, store: Store, memory: Memory, titles: int = 0) -> dict[str, Any] | None:
    """The arguments of ``mash_up`` when the words ask for the last mashup anew; None when they do not.

    "Another take" and "remix" say so themselves; "again", "try another" and a bare "darker" do only while the
    conversation is about a mashup. A direction that was given before holds until another is given.

    Args:
        words: the user's words.
        store: the library; its newest mashup is the one meant.
        memory: what earlier turns left.
        titles: how many titles the words name; with any they ask for something else.
    """
    about_mashup = memory.focus_kind == "mashup"
    direction = read_direction(words)
    asked = _EXPLICIT.search(words) or (
        about_mashup and (_AFTER_A_MASHUP.search(words) or (direction and _says_only(words, direction)))
    )
    if titles or not asked:
        return None
    last = newest_mashup(store)
    if last is None or any(label == "a title no longer here" for label in last.sources):
        return None
    direction = direction or last.tone
    return {"sources": last.sources} | ({"direction": direction} if direction else {})


def _says_only(words: str, direction: str) -> bool:
    """Whether nothing but the direction and words that lead up to it are said."""
    rest = words
    for piece in re.split(r", | and ", direction.removeprefix("as ")):
        rest = re.sub(re.escape(piece), " ", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\b(?:and|as|an?|into|turn)\b", " ", rest, flags=re.IGNORECASE)
    return bool(_ONLY_A_DIRECTION.match(rest))


def _plain(words: str) -> str:
    """Words without the blanks, marks and courtesies around them."""
    words = re.sub(r"\s+", " ", words).strip(" ,.;:!?")
    return re.sub(
        r"\s+(?:please|thanks|thank you|instead|now|again|this time)$", "", words, flags=re.IGNORECASE
    ).lower()
