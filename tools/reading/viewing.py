"""How a film was watched: where, with whom, again, or not to the end."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from tools.reading.calendar_words import HOLIDAYS, MONTH, WEEKDAY, WEEKDAY_SHORT
from tools.reading.moments import moment_spans
from tools.reading.numbers import NUMBER, word_number
from tools.reading.spans import COMPLETE, MASK, Span, compiled, prepare


class ViewingWords(BaseModel):
    """What a text says about a viewing; each `..._span` is where it says so, None when it does not.

    `source` and `company` are the words of the schema's watch_source and watch_context ("Netflix", "Theater",
    "Solo", "With Friends"), or the user's own ("Ben's place", "With my niece"). `rewatch_count` counts the
    earlier viewings: 2 for "the third time".
    """

    model_config = ConfigDict(frozen=True)

    source: str | None = None
    source_span: Span | None = None
    company: str | None = None
    company_span: Span | None = None
    rewatch: bool = False
    rewatch_count: int | None = None
    rewatch_span: Span | None = None
    partial: bool = False
    partial_span: Span | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of all that was found, in the order of the text."""
        found = (self.source_span, self.company_span, self.rewatch_span, self.partial_span)
        return tuple(sorted(span for span in found if span is not None))


_SERVICES = {
    "Netflix": "netflix",
    "HBO Max": r"hbo\s*max",
    "HBO": "hbo",
    "Disney+": r"disney\s*(?:\+|plus)|disney\b",
    "Prime Video": r"(?:amazon\s+)?prime(?:\s+video)?|amazon",
    "Apple TV+": r"apple\s*tv\s*(?:\+|plus)?",
    "Paramount+": r"paramount\s*(?:\+|plus)|paramount\b",
    "Hulu": "hulu",
    "Peacock": "peacock",
    "Max": r"max(?=\s*$|\s*[,.;!?)]|\s+(?:last|yesterday|tonight|and|with|again|this|on)\b)",
    "Mubi": "mubi",
    "Criterion Channel": r"(?:the\s+)?criterion(?:\s+channel)",
    "Kanopy": "kanopy",
    "Tubi": "tubi",
    "Shudder": "shudder",
    "Crunchyroll": "crunchyroll",
    "BBC iPlayer": r"(?:the\s+)?(?:bbc\s+)?i\s?player",
    "YouTube": r"you\s?tube",
    "Plex": "plex",
    "4K Blu-ray": r"(?:4k|uhd|ultra\s+hd)\s+blu[\s-]?rays?",
    "4K disc": r"(?:4k|uhd|ultra\s+hd)\s+(?:uhd\s+)?dis[ck]s?",
    "Blu-ray": r"(?:the\s+|my\s+)?blu[\s-]?rays?",
    "DVD": r"(?:the\s+|my\s+)?dvds?",
    "VHS": r"(?:the\s+|my\s+)?vhs",
    "LaserDisc": r"laser\s?dis[ck]s?",
    "4K": r"4k(?:\s+uhd)?|uhd",
    "TV": r"(?:the\s+)?(?:tv|telly|television)",
    "Plane": r"(?:the|a|my)\s+(?:plane|flight)",
    "Train": r"(?:the|a|my)\s+train",
    "Laptop": r"(?:the\s+)?laptop",
    "Tablet": r"(?:the\s+)?(?:tablet|ipad)",
    "Phone": r"(?:the\s+)?phone",
    "Projector": r"(?:the\s+|a\s+)?projector",
    "IMAX": "imax",
    "Theater": r"(?:the\s+)?big\s+screen",
}
_PLACES = {
    "Theater": r"(?:(?:at|in|to|back\s+from)|(?:it|that)\s+was(?:\s+actually)?)\s+(?:(?:the|a|my|our|some)\s+)?"
    r"(?:(?:local|old|little|open[\s-]air|imax|arthouse|village)\s+)*"
    r"(?:cinemas?|movies|(?:movie\s+)?theat(?:er|re)s?|pictures|multiplex|drive[\s-]in)",
    "Home": r"at\s+home|at\s+my\s+place|from\s+the\s+(?:couch|sofa)",
}
# "from" and "with" would take "a film from Disney", "with Prime": only words of playing.
_SOURCES = [
    *(
        (name, compiled(rf"\b(?:on|via|through|in|using)\s+(?:my\s+)?(?:{words})(?!\w)"))
        for name, words in _SERVICES.items()
    ),
    *((name, compiled(rf"\b(?:{words})\b")) for name, words in _PLACES.items()),
    # "No, it was Disney+."
    *(
        (name, compiled(rf"\b(?:it|that)\s+was\s+(?:actually\s+|really\s+)?(?:{words})(?=\s*(?:[,;.!)]|$))"))
        for name, words in _SERVICES.items()
        if name != "Max"
    ),
    # "Netflix, alone, 8/10": a service between commas, or a sentence by itself.
    *(
        (name, compiled(rf"(?:^|[,;(/|]|[.!]\s)\s*(?:{words})(?=\s*(?:[,;.!)/|]|$))"))
        for name, words in [*_SERVICES.items(), ("Theater", "cinema|theat(?:er|re)"), ("Home", "home")]
        if name != "Max"
    ),
]

# "at Ben's place", "at my sister's", "at the Grand Rex": a place of the user's own naming.
_OWN_PLACES = (
    compiled(
        r"(?:^|[,;/|(]\s*|\b(?:chez|round|over\s+(?:at|to))\s+)(?P<place>(?:(?:my|our|the)\s+)?(?:[\w-]+\s+)?"
        r"[\w-]+(?:'s|s')\s+(?:new\s+)?(?:place|house|flat|apartment|home|pad))(?=\s*$|\s*[,.;!?)/|]|\s+(?:and|with|on|"
        r"at|tonight|tomorrow|this|next)\b)"
    ),
    compiled(
        r"\bat\s+(?P<place>(?:(?:my|our|a|the)\s+)?(?:[\w-]+\s+)?[\w-]+(?:'s|s')(?:\s+(?:new\s+)?"
        r"(?:place|house|flat|apartment|home|pad|cinema|theat(?:er|re)))?)(?=\s*$|\s*[,.;!?)]|\s+(?:and|with|"
        r"on|in|last|to|instead|"
        r"yesterday|today|tonight|tomorrow|this|next|for|at|again|from|it|we|i)\b)"
    ),
    re.compile(
        r"\b[Aa]t\s+(?:[Tt]he\s+)?(?P<place>(?!(?i:"
        rf"{'|'.join(HOLIDAYS)}|{MONTH}|{WEEKDAY}|{WEEKDAY_SHORT}|{NUMBER}|noon|midnight|midday|least|most|"
        rf"i)\b)"
        r"[A-Z][\w'&.-]*(?:\s+(?:(?:de|du|le|la|of)\s+)?[A-Z][\w'&-]*){0,3})"
    ),
)

_KIN = (
    r"(?:wife|hubby|husband|spouse|missus|partner|girlfriend|gf|boyfriend|bf|fianc[eé]e?|"
    r"(?:step|god|grand|foster\s+)?(?:mum|mom|mother|dad|father|parents?|brothers?|sisters?|sons?|daughters?|"
    r"kids|child(?:ren)?)(?:-in-law)?|mummy|mommy|daddy|gran(?:dma|dpa|d?dad|ny)?|nan(?:a|ny)?|bro|sis|"
    r"cousins?|aunt(?:ie|y)?s?|uncles?|nieces?|nephews?|(?:room|flat|house|class|team|band|work|school)mates?|"
    r"colleagues?|co-?workers?|neighbou?rs?|in-laws)"
)
_GROUP = (
    r"(?:(?:(?:book|film|movie|cinema|reading|writing|study|drama|running|support|church|youth|bridge|chess|anime|"
    r"horror)\s+)?(?:club|group|circle|society|crew)|class|team)"
)
_RELATIVE = (
    rf"(?:{_KIN}|{_GROUP}|ex|date|(?:other|better)\s+half|twins|toddler|baby|teenagers?|boss|students?|pupils?|"
    r"teachers?|guests?|visitors?|dog|cat)"
)
_KIDS = r"(?:kids|children|family|little\s+ones|boys|girls)"
_FRIENDS = r"(?:friends?|mates|buddies|pals|guys|gang|lads)"
_WHOSE = (
    r"(?:(?:the|my|our|a|some|\d+|two|three|four|five|few|couple\s+of|bunch\s+of|group\s+of|old|good|best)\s+)*"
)

_WITH = r"(?:with\s+|w/(?!o\b)\s*)"

_COMPANY = [
    ("Date Night", compiled(r"\b(?:for\s+|on\s+)?(?:a\s+|our\s+)?date\s+night\b|\bon\s+a\s+date\b")),
    (
        "Solo",
        compiled(
            r"\b(?:all\s+)?by\s+myself\b|\bon\s+my\s+own\b|"
            r"(?<!(?<!at )home )(?<!leave me )(?<!left )(?<!let )\b(?:all\s+)?alone\b|\bsolo\b|"
            r"\bjust\s+me(?=\s*$|\s*[.,;!]|\s+(?:on|at|in|last)\b)"
        ),
    ),
    (
        "With Family",
        compiled(
            r"\bas\s+a\s+family\b|\bfamily\s+(?:movie|film)\s+night\b|\bwhole\s+family(?=\s+(?:watched|saw))"
        ),
    ),
    (
        "With Family",
        compiled(rf"\b{_WITH}(?:{_WHOSE}{_RELATIVE}\s+and\s+)?{_WHOSE}(?:whole\s+)?{_KIDS}(?!\w|-)"),
    ),
    ("With Friends", compiled(rf"\b{_WITH}(?:{_WHOSE}|(?:my|our|some)\s+[\w-]+\s+){_FRIENDS}\b")),
]
# Only of one's own is anybody company: "a film with crew and dog" has a cast.
_SOMEONE_NEAR = (
    rf"(?:(?:my|our)\s+(?:(?!own\b|with\b|and\b)[\w-]+\s+){{0,2}}?{_RELATIVE}|(?:(?:the|some)\s+)?{_KIN}|"
    rf"the\s+(?:{_GROUP}(?!\s+of\b)|dog|cat))(?!['\w-])"
)
_WITH_RELATIVE = compiled(rf"\b{_WITH}(?P<who>{_SOMEONE_NEAR}(?:(?:,?\s+and|\s*&|\s+n)\s+{_SOMEONE_NEAR})*)")

# Those in whose company something was seen, told otherwise than by "with".
_WHO = (
    r"(?:(?:(?:my|our|the)\s+)?(?:(?:little|big|younger|older|whole)\s+)?"
    rf"(?:{_RELATIVE}|{_KIDS}|{_FRIENDS})\b|(?-i:[A-Z][\w'-]+))"
)
_WHOM = rf"(?P<who>{_WHO}(?:(?:,\s*|,?\s+and\s+|\s*&\s*){_WHO})*)"
_DID_SEE = (
    r"\s+(?:(?:\w+ly|just|both|all|also|then)\s+)?"
    r"(?:(?:re-?)?watch(?:ed|ing)|saw|went|caught|finished|streamed|binged)\b"
)
_TOGETHER = [
    compiled(
        rf"\b(?:took|taking|taken|brought|treated|"
        rf"dragged)\s+{_WHOM}(?:\s+along)?\s+(?:out\s+)?to\b(?:\s+(?:see|watch)\b|"
        rf"(?=\s+(?:(?:the|a)\s+(?:cinema|movies|pictures|theat|premiere|screening)|{MASK})))"
    ),
    compiled(rf"\b{_WHOM}(?:,?\s+and|\s*&|\s+n)\s+(?:i|me|myself)(?={_DID_SEE})"),
    compiled(rf"\b(?:me|i|myself)(?:\s+and|\s*&|\s+n|\s*,)\s+{_WHOM}(?={_DID_SEE})"),
    # As speech is written down, without capitals.
    compiled(
        r"(?:^|[.!?;,]\s*|\b(?:yesterday|today|night|so|then)\s+)(?P<who>[a-z][a-z'-]+)\s+and\s+(?:i|me)"
        rf"(?={_DID_SEE})"
    ),
    compiled(rf"(?:^|[.!?;,]\s*)(?:me|i)\s+and\s+(?P<who>[a-z][a-z'-]+)(?={_DID_SEE})"),
    compiled(rf"\b(?:joined|accompanied)\s+by\s+{_WHOM}"),
]

# A name behind "with" is company only when somebody watched; else it is a member of the cast.
_WATCHED = compiled(
    r"\b(?:(?:re-?)?watch(?:ed|ing|es)?|saw|seen|see(?:ing)?|finished|caught|went|took|viewing|screening|schedul\w+|"
    r"plan\w*|put|(?:film|movie)\s+(?:night|club|evening)|marathon|double\s+bill|"
    r"(?:it|that|this)\s+was)\b"
)
_CAST = compiled(
    r"\b(?:films?|movies?|shows?|series|something|anything|one|ones|starring|stuff|thrillers?|"
    r"comed(?:y|ies))\s+$"
)
_NAMES = re.compile(
    r"\b(?:[Ww]ith\s+|[Ww]/(?!o\b)\s*)(?P<who>[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?(?:(?:,|\s+and|\s*&)\s+[A-Z][\w'-]+)*)"
)
_SPOKEN_NAME = re.compile(rf"\b{_WITH}(?P<who>[a-z][a-z'-]+(?:\s+and\s+[a-z'-]+)?){COMPLETE}")
_NO_NAME = frozenset(
    """
    the a an my our his her their its it this that these those me him them us you no not some any all
    many more less everyone everybody someone somebody nobody people subtitles captions headphones
    popcorn commentary dinner ads lunch pizza beer wine work english french german spanish japanese
    dubbing surround sound great good low high every and or one two three four five six seven eight nine
    ten monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905 - ninety quoted words would be hard to read
)

_NTH = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_NTH_TIME = compiled(
    rf"\b(?:for\s+)?(?:the|my|a|our)?\s*\b(?P<nth>{'|'.join(_NTH)}|\d+(?:st|nd|rd|th))\s+(?:time|"
    rf"watch|viewing|rewatch)\b"
)
_TIMES = compiled(
    r"\b(?:(?P<twice>twice)|(?P<count>three|four|five|six|seven|eight|nine|ten|\d+)\s+times)(?:"
    r"\s+now)?\b(?!\s+as\b)"
)
_AGAIN = [
    compiled(r"\bre-?watch(?:ed|ing|es)?\b|\banother\s+(?:viewing|watch)\b|\byet\s+again\b"),
    compiled(r"\b(?:once\s+)?again\b"),
]
_SAW = compiled(r"\b(?:watch(?:ed|ing)?|saw|seen|see|viewing|went|finished|caught)\b")
# "show me that list again" repeats an order, not a viewing.
_ORDER = compiled(
    r"\b(?:show|tell|try|ask|search|say|list|find|do|add|put|schedul\w+|delete|undo|open|send|run|"
    r"start)\b[^.!?;]*$"
)
# "I'd watch it again", "never again": a verdict, not a viewing.
_HYPOTHETICAL = compiled(
    r"\b(?:never|not|would|wouldn't|won't|could|couldn't|\w+'d|can't|cannot|don't|"
    r"happily)\b[^.!?;,]*$"
)
_FIRST_TIME = compiled(r"\b(?:for\s+the\s+|my\s+)?first\s+(?:time|watch|viewing)\b")

_LENGTH = (
    rf"(?:{NUMBER}[\s-]?(?:h\s?\d{{1,2}}|h(?:ou)?rs?|h|min(?:ute)?s?|m)\b(?:\s+and\s+(?:an?\s+)?(?:half|"
    rf"quarter)\b|"
    rf"\s+(?:and\s+)?{NUMBER}(?:\s*min(?:ute)?s?)?\b)?|an\s+hour(?:\s+and\s+(?:an?\s+)?(?:half|quarter)\b|"
    rf"\s+and\s+{NUMBER}(?:\s*min(?:ute)?s?)?\b)?|(?:half|(?:a\s+)?quarter\s+of|"
    rf"three\s+quarters\s+of)\s+an?\s+hour|"
    r"a\s+(?:few|couple\s+of)\s+(?:minutes|hours))"
)
_IT = rf"(?:it|this|that|{MASK}+)"
_HALFWAY = r"(?:\s+(?:about\s+)?half\s?way(?:\s+(?:through|in))?(?:\s+it)?)?"
_FEW_WORDS = r"(?:(?:only|just|about|around|maybe|the|first|last|barely|almost|nearly)\s+)*"
_PARTIAL = [
    compiled(pattern)
    for pattern in (
        r"\b(?:did\s*n[o']?t|did\s+not|never|could\s*n[o']?t|could\s+not|have\s*n[o']?t|have\s+not|"
        r"not)\s+(?:actually\s+|even\s+|quite\s+)?finish(?:ed)?(?:\s+it)?\b",
        r"\b(?:did\s*n[o']?t|did\s+not|never|could\s*n[o']?t|could\s+not|failed\s+to|"
        r"unable\s+to)\s+(?:even\s+|quite\s+)?"
        rf"(?:get|got|ma[dk]e|sit|sat|stick|stuck|watch(?:ed)?|see|"
        rf"saw)(?:\s+{_IT})?\s+(?:all\s+(?:the\s+way\s+)?)?"
        r"(?:through|(?:un)?to\s+the\s+end|till\s+the\s+end)\b(?:\s+it\b)?",
        rf"\bgave\s+up(?!\s+(?:his|her|their|the|everything))(?:\s+on\s+{_IT})?{_HALFWAY}(?!\w)",
        r"(?<!almost )(?<!nearly )\b(?:fell\s+asleep|(?:dozed|nodded|drifted)\s+off|conked\s+out|passed\s+out)"
        rf"{_HALFWAY}\b",
        rf"(?<!never )(?<!n't )\bstopped(?:\s+(?:watching(?:\s+{_IT})?|{_IT}))?{_HALFWAY}(?!\w)",
        rf"\bwalked\s+out(?:\s+of\s+{_IT})?\b|\bleft\s+(?:early|halfway|before\s+the\s+end|"
        rf"after\s+(?={_LENGTH}))",
        rf"\b(?:turned|switched|shut)\s+{_IT}\s+off\b|\b(?:turned|switched|shut)\s+off(?:\s+{_IT})?\b",
        rf"\b(?:bailed(?:\s+(?:out|on\s+{_IT}))?|(?:abandoned|ditched|quit)\s+(?:{_IT}|watching)|"
        rf"quit\s+halfway|"
        r"tapped\s+out|dnf|unfinished)(?!\w)",
        rf"(?:^|[,;.]\s*|\b(?:i|we|and)\s+)(?:only\s+|barely\s+)?lasted\s+{_FEW_WORDS}{_LENGTH}",
        rf"\bup\s+to\s+{_FEW_WORDS}{_LENGTH}(?:\s+mark\b)?|\bpaused\s+(?:{_IT}\s+)?(?:at|"
        rf"after)\s+{_FEW_WORDS}{_LENGTH}",
        r"\b(?:only\s+)?(?:got\s+|made\s+it\s+)?(?:about\s+)?half\s?way\s+(?:through|into)\b",
        # "watched an hour of Heat", "got 45 minutes in", "only made it through 40 minutes"
        rf"\b(?:watched|saw|seen|caught|managed|endured|lasted|did|got|"
        rf"made\s+it)(?:\s+through)?\s+{_FEW_WORDS}{_LENGTH}\s+"
        rf"(?:of(?=\s+{_IT}|\s+the\b)|in\b|into\b|through\b)",
        rf"\bonly\s+(?:got|made\s+it|watched|saw|seen|managed|lasted|caught)(?:\s+(?:through|to|up\s+to|"
        rf"as\s+far\s+as))?\s+"
        rf"{_FEW_WORDS}{_LENGTH}",
        r"(?<!loved )(?<!liked )(?<!hated )(?<!enjoyed )(?<!because )(?<!but )(?<!though )\b"
        r"(?:only\s+)?(?<!loved the )(?<!liked the )"
        r"(?<!hated the )(?<!enjoyed the )(?<!because the )(?<!but the )(?<!though the )"
        r"(?:the\s+)?(?:first|last)\s+(?:half|\d+\s+min(?:ute)?s?|[a-z]+(?:[\s-][a-z]+)?"
        r"\s+min(?:ute)?s|half\s+(?:an\s+)?hour|hour)(?:\s+of\b|\s+only\b|(?=\s*[.,!;]|\s*$))"
        rf"(?!\s*{_IT}?\s*(?:is|was|were|are|drag\w*|fe(?:lt|els?)|had|has|could)\b)",
        r"(?<=watched\s)half\s+of\b|(?<=saw\s)half\s+of\b|(?<=seen\s)half\s+of\b|(?<=only\s)half"
        r"\s+of\b|(?<=about\s)half\s+of\b|(?<=through\s)half\s+of\b",
        rf"^\W*half\s+of\s+{MASK}+",
        r"(?<!first )(?<!second )(?<!last )(?<!other )\b(?:about\s+|only\s+)?half\s+of\s+(?:it|the\s+(?:film|"
        r"movie|show|season|series|episode)|"
        r"this|that)\b",
        r"\b(?:only\s+)?(?:watched|saw|seen)\s+(?:only\s+)?(?:a\s+)?(?:part|bits?|some)\s+of\b",
    )
]


def read_viewing(text: str, skip: Sequence[Span] = ()) -> ViewingWords:
    """Read where, with whom, how often and how far something was watched.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles ("Home Alone").

    Returns:
        What was found, each with the span of its words, so that they can be cut out of the opinion. A name
        behind "with" or "at" counts as company or place only beside a verb of watching, or a title and a day.
    """
    prepared = prepare(text, skip)
    titled = bool(skip and moment_spans(text, skip))
    source, source_span = _source(prepared, titled)
    company, company_span = _company(prepared, titled)
    rewatch, count, rewatch_span = _rewatch(prepared)
    partial_span = min((match.span() for rule in _PARTIAL if (match := rule.search(prepared))), default=None)
    return ViewingWords(
        source=source,
        source_span=source_span,
        company=company,
        company_span=company_span,
        rewatch=rewatch,
        rewatch_count=count,
        rewatch_span=rewatch_span,
        partial=partial_span is not None,
        partial_span=partial_span,
    )


# "Disney+, not Netflix"
_DENIED = compiled(r"\b(?:not|instead\s+of|rather\s+than)\s+\Z")


def _first(rules: Sequence[tuple[str, re.Pattern[str]]], prepared: str) -> tuple[str | None, Span | None]:
    """Return the first rule that finds something, in the order of the rules."""
    for name, rule in rules:
        for match in rule.finditer(prepared):
            if not _DENIED.search(prepared, 0, match.start()):
                return name, match.span()
    return None, None


def _source(prepared: str, titled: bool) -> tuple[str | None, Span | None]:
    known = _first(_SOURCES, prepared)
    if known[0] or not (titled or _WATCHED.search(prepared)):
        return known
    for rule in _OWN_PLACES:
        match = rule.search(prepared)
        if match:
            start = match.start() if match[0][:1].isalpha() else match.start("place")
            return match["place"].rstrip("."), (start, match.end())
    return None, None


def _company(prepared: str, titled: bool) -> tuple[str | None, Span | None]:
    known = _first(_COMPANY, prepared)
    if known[0]:
        return known
    relative = _WITH_RELATIVE.search(prepared)
    if relative:
        return f"With {relative['who']}", relative.span()
    for rule in _TOGETHER:
        match = rule.search(prepared)
        if match and match["who"].lower().split()[-1] not in _NO_NAME:
            return _with(match["who"]), match.span()
    for rule in (_NAMES, _SPOKEN_NAME):
        for match in rule.finditer(prepared):
            before, who = prepared[: match.start()], match["who"]
            if (
                not (titled or _WATCHED.search(before))
                or _CAST.search(before)
                or who.lower().split()[0] in _NO_NAME
            ):
                continue
            return f"With {' '.join(_capital(word) for word in who.split())}", match.span()
    return None, None


def _with(who: str) -> str:
    """The company in the schema's words, or in the user's: "With Family", "With my niece", "With Tom"."""
    for name, group in (("With Family", _KIDS), ("With Friends", _FRIENDS)):
        if compiled(rf"(?:(?:my|our|the)\s+)?(?:\w+\s+)?{group}").fullmatch(who):
            return name
    who = re.sub(r",\s*(?=[^,]*$)", " and ", who) if " and " not in who else who
    relative = compiled(_RELATIVE).search(who)
    return f"With {who}" if relative else f"With {' '.join(_capital(word) for word in who.split())}"


def _capital(word: str) -> str:
    return word if word == "and" else word[:1].upper() + word[1:]


def _rewatch(prepared: str) -> tuple[bool, int | None, Span | None]:
    if _FIRST_TIME.search(prepared):
        return False, None, None
    nth = _NTH_TIME.search(prepared)
    if nth:
        count = _NTH.get(nth["nth"].lower()) or int(re.sub(r"\D", "", nth["nth"]))
        return (True, count - 1, nth.span()) if count > 1 else (False, None, None)
    times = _TIMES.search(prepared)
    if times and _SAW.search(prepared[: times.start()]):
        count = 2 if times["twice"] else int(word_number(times["count"]) or 0)
        return (True, count - 1, times.span()) if count > 1 else (False, None, None)
    for index, rule in enumerate(_AGAIN):
        for match in rule.finditer(prepared):
            before = prepared[: match.start()]
            if not _HYPOTHETICAL.search(before) and (index == 0 or not _ORDER.search(before)):
                return True, None, match.span()
    return False, None, None
