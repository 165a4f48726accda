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
    r"bump|book(?:ed)?|tick|scrap|erase|put|add|delete|remove|(?:i|we|also|really)\s+like|liked|love[sd]?|"
    r"hate[sd]?|adore[sd]?|prefer(?:red)?|enjoyed|fancy|meant|gave\s+to|similar to|g[ai]v(?:e|ing)|mash up|"
    r"mashup of|seeing|do|did|doing|(?:we|let['’]?s)\s+have|play(?:ed|ing)?|show(?:ed|ing)?|"
    r"start(?:ed)?|stick|chuck|pencil|slot|squeeze|want|pick|choose|chose|(?:g[ia]ve[n]?|giving)\s+up\s+on|bail(?:ed)?\s+on|go\s+(?:for|with)|"
    r"(?:asleep|(?:dozed|nodded|drifted)\s+off)\s+(?:during|in)|(?:slept|sat|cried|half\s?way|way)\s+through"
)
_FILMS = r"films?|movies?|shows?|something|anything|stuff|more|ones?"
_PARTS = (
    r"minutes?|hours?|half|rest|start|end(?:ing)?|reviews?|viewings?|ratings?|score|mood|cast|director|plot|"
    r"runtime|length|screening|version|rewatch|opinion|notes?|comment"
)
_ASKED = (
    r"who\s+(?:directed|made|wrote|shot|(?:(?:is|was|plays|stars?|starred|acts|acted)\s+)in)|"
    r"who['’]?s\s+in|(?:the\s+)?director\s+of|how\s+(?:long|good|old)\s+(?:is|was)|how\s+(?:long|good)['’]s|"
    r"(?:what|how)\s+about|(?:tell|remind)\s+me\s+(?:more\s+)?about|what\s+happens\s+in|did\s+(?:i|we)\s+(?:like|rate|"
    r"finish)|(?:it|that|this|favou?rite|one|film)(?:\s+(?:is|was)|['’]s)"
)
_BEFORE = re.compile(
    rf"\b(?:{_DEED}|(?:{_FILMS})\s+(?:like|called|named)|films?|movies?|(?:{_PARTS})\s+(?:of|for)|(?:did|do|have)\s+(?:i|we)\s+(?:get|made?|got)\s+(?:with|in|through|into)|into|both|"
    rf"to\s+\w+\s+(?:for|of|on)|{_ASKED}|(?:\d+|stars|{_NUMBER_WORDS})\s+(?:for|to))\s+\Z",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[.,;:!?)=–—-]|->|\Z|\d|(?:on|at|in|to|till|until|from|by|with|without|yesterday|today|tonight|"
    r"tomorrow|and|or|but|because|which|while|already|ever|before|after|too|also|likewise|"
    r"the\s+(?:same|day|night|week|evening|next|following)|"
    r"again|twice|alone|finally|for|this|a|an|as|down|off|one|two|three|four|five|six|seven|eight|nine|ten|"
    rf"last|please|any|better|instead|{_DAYS})\b|['’]s\s+(?:{_PARTS})\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:^|[.,;:!?&\n(–—]|\s-|\b(?:and|then|but|so|also|plus|ok|okay|oh|no|sorry|yes|hm+|ah|think|"
    r"thought|reckon|guess|say|said|believe|honestly|actually|obviously|because|although|though)|\d|"
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
    rf"['’]s\s+(?:{_PARTS})\b|\s*,?\s+(?:(?:on|at|for|with|in|via)\s+\w|{_DAYS}|\d{{1,2}}(?::\d\d|\s*[ap]m)\b|(?:is|was|gets|got|"
    r"deserves|has|it\s+is|again|please|then|too|also|as\s+well|likewise|half\s+an?\s+(?:point|star|hour)|"
    r"the\s+(?:same|day|night|week|evening|next|following))\b)|\s*(?:[:=?]|->|!?\s*\Z|!)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\s+(?:review|viewing|rating|score|evening|night|plan|event|entry|date|screening|showing|rewatch|one|"
    r"film|movie|tickets?)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:\b(?:my|the|that|this|our|delete|cancel|scrap)|['’]s|^)\s*\Z", re.IGNORECASE)
_ASKED_OF = re.compile(
    r"(?:^|[.,;!?]\s*|\b(?:so|and|but|or)\s+)(?:is|was|isn['’]?t|wasn['’]?t)\s+\Z", re.IGNORECASE
)
_OWNS = re.compile(rf"['’]s\s+(?:{_PARTS})\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"\s*\?|\s+(?:(?:any\s+)?good|worth|too|scary|sad|funny|long|longer|suitable|better|(?:on|in)\s+(?:my|the|our)\s+"
    rf"(?:library|calendar|list|watch-?list|diary)|(?:still\s+)?(?:on\s+)?(?:{_DAYS}))\b",
    re.IGNORECASE,
)

# Where only a title can stand, be its name a pronoun: rated, on the calendar, spoken of as a work.
_ALONE = (
    r"(?:\s*(?:[.,;:!?)–—-]|\Z)|\s+(?:on|at|in|to|with|and|or|but|which|again|twice|for|already|because|"
    rf"an?\s+(?:\w+\s+)?(?:\d|{_NUMBER_WORDS})|"
    r"till|until|alone|together|by\s+myself|please|instead|too|yet|before|after|this|over\s+the|over\s+christmas|"
    rf"than|vs|{_DAYS})\b|\s+\d)"
)
_LEAD = (
    r"(?:^|[.,;!?\n]|\b(?:i|we|me|i['’]?(?:ve|d|ll)|we['’]?(?:ve|d|ll)|would|should|could|might|will|and|then|"
    r"just|finally|also|please|to|you))\s*(?:just\s+|finally\s+)?"
)
_OPENS = rf"(?:^|[.,;:!?\n]|\b(?:{_DAYS}))\s*"
_CLOCK = r"\d{1,2}(?::\d\d|\s*[ap]m)\b"
_DATE = (
    rf"(?:(?:on|at|for)\s+)?(?:(?:{_DAYS})\b|{_CLOCK})|on\s+(?:the\s+)?(?:\d|halloween|christmas|easter|boxing|"
    r"new\s+year|valentine)"
)
_SCORE = (
    rf"(?:\d{{1,2}}(?:[.,]\d)?|{_NUMBER_WORDS})"
    r"(?:\s*/\s*(?:5|10)|\s+stars?|\s+(?:out\s+)?of\s+(?:5|10|five|ten))"
)
_EVERY = PRONOUNS - {"it"}
_PEOPLE = PRONOUNS - {"it", "up"}
_ONLY_A_TITLE = [
    (words, re.compile(rf"{before}\Z", re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for words, before, after in (
        # "gave her an 8", "an 8 for her"
        (
            _EVERY,
            rf"{_LEAD}(?:g[ai]ve|giving)\s+",
            rf"\s+(?:an?\s+|(?=\d+(?:[.,]\d)?\s*(?:/|\Z|[.;!])|\w+\s+(?:stars|out\s+of)\b)){_RATED}",
        ),
        (
            _EVERY,
            rf"(?<!at )(?<!by )\b(?:\d{{1,2}}(?:[.,]\d)?|{_NUMBER_WORDS})"
            r"(?:\s*/\s*(?:5|10)|\s+stars?|\s+out\s+of\s+\w+)?\s+(?:for|to)\s+",
            _ALONE,
        ),
        # "put us on the calendar", "can we do up on sunday"
        (
            _EVERY,
            r"\b(?:put|add|move|push|bump|shift|take|remove|get)\s+",
            r"\s+(?:(?:back\s+)?(?:on|in|to|into|onto|off|from)\s+(?:the|my|our)\s+(?:calendar|diary|list|"
            rf"schedule|library|watch-?list|agenda)|(?:to|from)\s+(?:{_DAYS})\b|down\s+(?:as\b|for\s+(?:{_DATE})))",
        ),
        (
            _EVERY,
            r"\b(?:do|did|doing|put|move|push|add|screen|stream(?:ed)?|pencil|slot|squeeze|play(?:ed)?|stick)\s+",
            rf"(?:\s+(?:in|on|down))?\s*,?\s+(?:{_DATE}|(?:for|at)\s+\d{{1,2}}\s+(?:on\s+)?(?:{_DAYS})\b)",
        ),
        # "watched her", "my review of us", "what did i think of her"
        (_EVERY, rf"{_LEAD}(?:re-?)?watch(?:ed|ing)?\s+", _ALONE),
        (_EVERY, rf"{_LEAD}(?:saw|seen|see|loved|hated|liked|enjoyed)\s+", rf"(?={_ALONE})[^.;!?]*?\b{_RATED}"),
        (
            _EVERY,
            r"\b(?:(?:re-?)?rat(?:ed?|ing)|(?:re)?schedule|log(?:ged)?|plan(?:ned)?|cancel|delete|review(?:ed)?|"
            r"rewatch(?:ed|ing)?|meant|similar\s+to|"
            rf"(?:{_FILMS})\s+(?:like|called)|mash\s+up(?:\s+.+\s+(?:and|with))?|"
            rf"(?:{_PARTS})\s+(?:of|for)|set\s+(?:the\s+)?\w+(?:\s+\w+)?\s+(?:of|for)|"
            r"who\s+(?:directed|made|wrote|shot)|"
            r"(?:who\s+(?:(?:is|was|plays|stars?|starred|acts)\s+)in|who['’]?s\s+in|what\s+happens\s+in)|"
            r"how\s+(?:long|good)\s+(?:is|was)|(?:do|did|have|had)\s+(?:i|we)\s+(?:ever\s+)?(?:seen|watch(?:ed)?|"
            r"rated?|finish|like)|"
            r"did\s+(?:i|we)\s+(?:last\s+)?(?:watch|give|think\s+of|make\s+of|say\s+about|write\s+about))\s+",
            _ALONE,
        ),
        (_EVERY, rf"\b(?:{_DAYS})\s*[:=–—-]\s*", _ALONE),
        (PRONOUNS, r"\b(?:film|movie|one)\s+called\s+", _ALONE),
        (PRONOUNS - {"up"}, r"\b(?:the|that|this)\s+(?:film|movie)\s+", _ALONE),
        (_EVERY, r"\bwhat(?:['’]?s|\s+is|\s+was)\s+", r"\s+about\b"),
        (_PEOPLE, r"\b(?:finish(?:ed)?)\s+", _ALONE),
        (
            _PEOPLE,
            r"\b(?:change|raise|lower|drop|correct|bump|set)\s+",
            rf"\s+(?:down\s+)?to\s+(?:an?\s+)?{_RATED}",
        ),
        (PRONOUNS, r"\b(?:my|our|the)\s+", _NOUN.pattern),
        # Nothing goes up after these.
        (
            {"up"},
            r"\b(?:(?:re-?)?watch(?:ed|ing)?|saw|seen|loved|hated|liked|enjoyed|did (?:i|we) (?:last )?see|for|"
            r"of|about|like|than|during|tell me (?:more )?about)\s+",
            rf"(?!\s+to\b)(?:{_ALONE}|\s+(?:is|was|it['’]?s)\b)",
        ),
        # "is us any good", "us 8", "us scared me", "us on halloween with the lads, 6/10"
        (_EVERY, _ASKED_OF.pattern.removesuffix(r"\Z"), _JUDGED.pattern),
        (_EVERY, _CLAUSE.pattern.removesuffix(r"\Z"), _TOLD.pattern),
        (
            _EVERY,
            _OPENS,
            rf"\s+(?:is|was|gets|got|deserves|has)\b|\s*,?\s+(?:{_DATE})|\s*,\s+(?:re-?)?(?:seen|watched)\b|"
            rf"\s*,[^.,]+,\s+(?:{_DAYS})\b",
        ),
        (
            _EVERY,
            _OPENS,
            r"\s+(?:made|makes|broke|left|had|hit|took|kept|blew|\w+ed)\s+(?:me|us|everyone|my|the)\b",
        ),
        (_EVERY, _OPENS, rf"\s+(?:on|in|with|alone|again)\b[^.;!?]*(?:\b{_SCORE}|,\s*\d(?:[.,]\d)?\s*\Z)"),
        (_PEOPLE, _OPENS, rf"\s+at\b[^.;!?]*(?:\b{_SCORE}|,\s*\d(?:[.,]\d)?\s*\Z)"),
    )
]
"""Pronouns and what stands before and after them where they are titles."""


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
    if _ASKED_OF.search(text, 0, start) and _JUDGED.match(text, end):
        return True
    if not _CLAUSE.search(text, 0, start):
        return False
    plainly = plainly or word in _DEEDS
    return bool(_TOLD.match(text, end) or (not plainly and _SAID.match(text, end)))


def ends_a_name(text: str, end: int) -> bool:
    """Whether no noun follows that words ending there could belong to: "her" of "her mum"."""
    return bool(re.match(_ALONE, text[end:], re.IGNORECASE))


def opens_a_clause(text: str, start: int) -> bool:
    """Whether words beginning there are the first of a sentence or its part."""
    return bool(_CLAUSE.search(text, 0, start))


def owns_a_part(text: str, end: int) -> bool:
    """Whether what follows words ending there is a part of a film that they own: "up's ending"."""
    return bool(_OWNS.match(text, end))


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
    word = text[start:end].casefold()  # "it" is what was spoken of last, nearly wherever the film could stand
    return any(
        word in words and before.search(text, 0, start) and after.match(text, end)
        for words, before, after in _ONLY_A_TITLE
    ) or (word in _EVERY and owns_a_part(text, end))
