"""Whether words of a sentence stand where a title stands: watched, rated, planned or asked about."""

import re

_NUMBER_WORDS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
PRONOUNS = {"it", "her", "us", "up", "him", "them"}
"""Titles that are pronouns or particles: only their grammar tells them apart."""
_DEEDS = {
    "ran",
    "run",
    "go",
    "saw",
    "split",
    "drive",
    "rush",
    "now",
    "once",
    "after",
    "before",
    "when",
    "wings",
}
"""Titles that are verbs or adverbs, with which sentences begin as well."""
_DAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?|tonight|tomorrow|tmrw|today|yesterday|"
    r"(?:last|this|next)\s+(?:night|week|weekend|evening|morning|afternoon|month|year)|the\s+day\s+before|"
    r"the\s+other\s+(?:day|night)|the\s+night\s+before"
)
_DEED = (
    r"(?:re-?)?watch(?:ed|ing)?|saw|see|seen|caught|streamed|finish(?:ed)?|(?:re-?)?rat(?:ed?|ing)|"
    r"review(?:ed)?|log(?:ged)?|scored?|graded?|mark(?:ed)?|(?:re)?schedule|plan(?:ned)?|cancel|move|push|"
    r"bump|book(?:ed)?|tick|scrap|erase|put|add|delete|remove|(?:i|we|also|really)\s+like|liked|loved|hated|"
    r"enjoyed|fancy|meant|gave\s+to|similar to|g[ai]v(?:e|ing)|mash up|mashup of"
)
_FILMS = r"films?|movies?|shows?|something|anything|stuff|more|ones?"
_PARTS = (
    r"minutes?|hours?|half|rest|start|end(?:ing)?|reviews?|viewings?|ratings?|score|mood|cast|director|plot|"
    r"runtime|length|screening|version|rewatch|opinion|notes?|comment"
)
_ASKED = (
    r"who\s+(?:directed|made|wrote|shot|(?:(?:is|was|plays|stars?|starred|acts|acted)\s+)in)|"
    r"who['’]?s\s+in|(?:the\s+)?director\s+of|how\s+(?:long|good|old)\s+(?:is|was)|how\s+(?:long|good)['’]s|"
    r"(?:what|how)\s+about|tell\s+me\s+(?:more\s+)?about|what\s+happens\s+in|did\s+(?:i|we)\s+(?:like|rate|"
    r"finish)|(?:it|that|this|favou?rite|one|film)(?:\s+(?:is|was)|['’]s)"
)
_BEFORE = re.compile(
    rf"\b(?:{_DEED}|(?:{_FILMS})\s+like|(?:{_PARTS})\s+(?:of|for)|into|both|{_ASKED})\s+\Z", re.IGNORECASE
)
_END = re.compile(
    r"\s*(?:[.,;:!?)=–—-]|->|\Z|\d|(?:on|at|in|to|till|until|from|by|with|without|yesterday|today|tonight|"
    r"tomorrow|and|or|but|because|which|while|already|ever|before|"
    r"again|twice|alone|finally|for|this|a|an|as|down|off|one|two|three|four|five|six|seven|eight|nine|ten|"
    rf"last|{_DAYS})\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:^|[.,;:!?&\n(–—]|\s-|\b(?:and|then|but|so|also|plus|ok|okay|oh|no|sorry|yes|hm+|ah)|\d|"
    rf"\b(?:{_DAYS}))\s*\Z",
    re.IGNORECASE,
)
_RATED = (
    r"(?:(?:an?|like|about|maybe)\s+)*(?:(?:solid|strong|weak|easy|clear)\s+)?"
    rf"(?:\d{{1,3}}(?:[.,]\d)?|(?:{_NUMBER_WORDS})(?:\s+(?:and\s+a\s+half|point\s+\w+))?)"
    r"(?=\s*(?:[/%★⭐]|out\b|outta\b|of\s+(?:5|10|ten|five)\b|stars?\b|[.,;!)]|and\b|but\b|in\s+my\b|"
    r"for\s+me\b|from\s+me\b|$)|\s+[^\W\d][\w ]{1,40}?\s+\d{1,2}(?:\.\d)?\s*(?:$|[,;.]))"
)
_TOLD = re.compile(
    rf"\s*[:=,–—-]?\s*(?:(?:is|was|gets|got|deserves|scores)\s+)?{_RATED}"
    r"|\s*,?\s*(?:re-?)?(?:watched|seen)\b|\s*[★⭐]",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\s*,?\s+(?:(?:on|at|for|with|in|via)\s+\w|{_DAYS}|\d{{1,2}}(?::\d\d|\s*[ap]m)\b|(?:is|was|gets|got|"
    r"deserves|has|it\s+is|again|please|then)\b)|\s*(?:[:=?]|->|!?\s*\Z|!)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\s+(?:review|viewing|rating|score|evening|night|plan|event|entry|date|screening|showing|rewatch|one|"
    r"film|movie|tickets?)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:\b(?:my|the|that|this|our|delete|cancel|scrap)|['’]s|^)\s*\Z", re.IGNORECASE)

# What only a title can be among pronouns: rated, on the calendar, spoken of as a work.
_RATED_BEFORE = re.compile(
    rf"(?<!at )(?<!by )\b(?:\d{{1,2}}(?:[.,]\d)?|{_NUMBER_WORDS})"
    r"(?:\s*/\s*(?:5|10)|\s+stars?|\s+out\s+of\s+\w+)?\s+(?:for|to)\s+\Z",
    re.IGNORECASE,
)
_LEAD = r"(?:^|[.,;!?\n]|\b(?:i|we|i['’]?ve|we['’]?ve|and|then|just|finally|also|please|to|you))\s*"
_WATCHED = re.compile(rf"{_LEAD}(?:just\s+|finally\s+)?(?:re-?)?watch(?:ed|ing)?\s+\Z", re.IGNORECASE)
_SEEN = re.compile(rf"{_LEAD}(?:just\s+)?(?:saw|seen|see|loved|hated|liked|enjoyed)\s+\Z", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(?:(?:re-?)?rat(?:ed?|ing)|(?:re)?schedule|log(?:ged)?|plan(?:ned)?|cancel|delete|review(?:ed)?|"
    rf"rewatch(?:ed|ing)?|similar\s+to|(?:{_FILMS})\s+like|mash\s+up(?:\s+.+\s+(?:and|with))?|"
    rf"(?:{_PARTS})\s+of|set\s+(?:the\s+)?\w+(?:\s+\w+)?\s+(?:of|for)|who\s+(?:directed|made|wrote|shot)|"
    r"(?:who\s+(?:(?:is|was|plays|stars?|starred|acts)\s+)in|who['’]?s\s+in|what\s+happens\s+in)|"
    r"how\s+(?:long|good)\s+(?:is|was)|did\s+(?:i|we)\s+(?:rate|finish|watch|like))\s+\Z",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"\b(?:(?:re-?)?watch(?:ed|ing)?|saw|seen|loved|hated|liked|enjoyed|did (?:i|we) see)\s+\Z", re.IGNORECASE
)
_AGENDA = re.compile(rf"\b(?:{_DAYS})\s*[:=–—-]\s*\Z", re.IGNORECASE)
_GIVEN = re.compile(rf"{_LEAD}(?:g[ai]ve|giving)\s+\Z", re.IGNORECASE)
_PUT = re.compile(r"\b(?:put|add|move|push|take|remove|get)\s+\Z", re.IGNORECASE)
_KEPT = re.compile(
    r"\s+(?:(?:back\s+)?(?:on|in|to|into|onto|off|from)\s+(?:the|my|our)\s+(?:calendar|diary|list|schedule|"
    rf"library|watch-?list|agenda)|(?:to|from)\s+(?:{_DAYS})\b|down\s+(?:as|for)\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\s*(?:[.,;:!?)–—-]|\Z)|\s+(?:on|at|in|to|with|and|or|but|which|again|twice|for|a|an|already|because|"
    rf"till|until|{_DAYS})\b|\s+\d",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s+(?:is|was|gets|got|deserves|has)\b", re.IGNORECASE)
_DATED = re.compile(
    rf"\s*,?\s+(?:on\s+|at\s+|for\s+)?(?:(?:{_DAYS})\b|\d{{1,2}}(?::\d\d|\s*[ap]m)\b)|\s*,\s+(?:re-?)?"
    rf"(?:seen|watched)\b|\s*,[^.,]+,\s+(?:{_DAYS})\b",
    re.IGNORECASE,
)
_GAVE_RATING = re.compile(rf"\s+(?:an?\s+|(?=\d+(?:[.,]\d)?\s*/|\w+\s+(?:stars|out\s+of)\b)){_RATED}", re.I)
_RATING_NEAR = re.compile(rf"[^.;!?]*?\b{_RATED}", re.IGNORECASE)


def is_spoken_of(text: str, start: int, end: int, *, plainly: bool = False) -> bool:
    """Whether the words are watched, rated, planned or asked about: "saw heat on friday", "who is in heat?".

    Args:
        text: the sentence.
        start: where the words begin.
        end: where they end.
        plainly: whether a verb, a question or a rating must tell so; a day or place beside them is not enough.
    """
    word = text[start:end].casefold()
    if _BEFORE.search(text, 0, start) and _END.match(text, end):
        return True
    if _OWNED.search(text, 0, start) and _NOUN.match(text, end):
        return True
    if not _CLAUSE.search(text, 0, start):
        return False
    plainly = plainly or word in _DEEDS
    return bool(_TOLD.match(text, end) or (not plainly and _SAID.match(text, end)))


def ends_a_name(text: str, end: int) -> bool:
    """Whether no noun follows that words ending there could belong to: "her" of "her mum"."""
    return bool(_ALONE.match(text, end))


def opens_a_clause(text: str, start: int) -> bool:
    """Whether words beginning there are the first of a sentence or its part."""
    return bool(_CLAUSE.search(text, 0, start))


def may_open_a_sentence(word: str) -> bool:
    """Whether a word that is a title begins sentences of its own: "Ran 7 kilometres"."""
    return word in _DEEDS


def pronoun_is_title(text: str, start: int, end: int) -> bool:
    """Whether a pronoun or particle can only be a title where it stands: "an 8 for her", "us, Odeon, 18:00".

    Args:
        text: the sentence.
        start: where the word begins.
        end: where it ends.
    """
    word = text[start:end].casefold()
    if word == "it":
        return False  # what was spoken of last, wherever the film could stand
    alone = bool(_ALONE.match(text, end))
    if _GIVEN.search(text, 0, start):
        return bool(_GAVE_RATING.match(text, end))
    if _PUT.search(text, 0, start):
        return bool(_KEPT.match(text, end))
    if (
        _WATCHED.search(text, 0, start)
        or _LISTED.search(text, 0, start)
        or _RATED_BEFORE.search(text, 0, start)
    ):
        return alone
    if _AGENDA.search(text, 0, start) or (word == "up" and _RAISED.search(text, 0, start)):
        return alone
    if _SEEN.search(text, 0, start):
        return alone and bool(_RATING_NEAR.match(text, end))
    if word == "up" and re.search(r"\b(?:tell me (?:more )?about|^is)\s+\Z", text[:start], re.IGNORECASE):
        return bool(re.match(r"\s*[?.!]*\Z|\s+on\b", text[end:]))
    if not _CLAUSE.search(text, 0, start):
        return False
    if _TOLD.match(text, end):
        return True
    opens = re.search(rf"(?:^|[.,;:!?\n]|\b(?:{_DAYS}))\s*\Z", text[:start], re.IGNORECASE)
    return bool(opens and (_SUBJECT.match(text, end) or _DATED.match(text, end)))
