"""How far something was watched: "gave up after 20 minutes", "fell asleep halfway", "only the first hour"."""

import re
from collections.abc import Sequence

from tools.reading.durations import Duration
from tools.reading.numbers import NUMBER
from tools.reading.spans import MASK, Span, compiled

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
        r"not)\s+(?:actually\s+|even\s+|quite\s+|be\s+bothered\s+to\s+)?finish(?:ed)?(?:\s+it)?\b",
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
        rf"\b(?:bailed(?:\s+(?:out|on\s+{_IT}))?(?:\s+before\s+the\s+end)?|(?:abandoned|ditched|quit)\s+(?:{_IT}|watching)|"
        rf"quit\s+halfway|"
        r"tapped\s+out|dnf|unfinished)(?!\w)",
        rf"(?:^|[,;.]\s*|\b(?:i|we|and)\s+)(?:only\s+|barely\s+)?lasted\s+{_FEW_WORDS}{_LENGTH}",
        rf"(?:\b(?:watched|saw|seen|got|made\s+it|only|it)|{MASK})\s+up\s+to\s+{_FEW_WORDS}{_LENGTH}(?:\s+mark\b)?|\bpaused\s+(?:{_IT}\s+)?(?:at|"
        rf"after)\s+{_FEW_WORDS}{_LENGTH}",
        r"(?:^|[,;.(]\s*|\s-\s*|\b(?:only|got|get|made\s+it|was|am|are|we're|i'm|im|still|stopped|about|currently)\s+)"
        r"half\s?way\s+(?:through|into)\b",
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
        r"\b(?:only\s+)?(?:watched|saw|seen|caught)\s+(?:only\s+|just\s+)?(?:a\s+|the\s+)?(?:(?:first|last|good|big|very)\s+)?"
        r"(?:part|bits?|some|third|quarter|most|start|beginning|end|middle)\s+of\b",
        rf"\b(?:left|stop(?:ped)?|quit|went\s+home)(?:\s+(?:watching|{_IT}))*\s+(?:at|in|during|before|after)\s+the\s+"
        r"(?:interval|intermission|break|end)\b",
        rf"\b(?:left|missed)\s+(?:{_IT}\s+)?(?:the\s+(?:end(?:ing)?|last\s+(?:part|bit|act|third|half|quarter))|"
        r"before\s+(?:the\s+|it\s+)end(?:ed)?)\b",
        rf"\bstop(?:ped)?(?:\s+(?:watching|{_IT}))*\s+(?:at|after)\s+{_FEW_WORDS}{_LENGTH}(?:\s+mark\b)?",
        rf"\b(?:quit|stopped|left|fell\s+asleep|dozed\s+off|died|went\s+out|crashed|got\s+bored|lost\s+"
        rf"(?:interest|me|patience)|had\s+to\s+(?:stop|go|leave|pause)|gave\s+up)\b[^.!?;]{{0,20}}?\s{_FEW_WORDS}"
        rf"{_LENGTH}\s+in(?:to\b(?=\s+{_IT})|\b)",
        r"\bhad\s+to\s+(?:bail|stop|leave|quit|go)\b(?=[^.!?;]*\b(?:end|in|early|half\s?way|minutes?|interval)\b)",
        r"\b(?:partial(?:ly)?|incomplete|part)\s+(?:viewing|watch(?:ed)?|seen)\b|"
        rf"(?:^|[,;(/|]|\s-|{MASK}\s)\s*(?:partial(?:ly)?|incomplete|not\s+(?:finished|completed?)|abandoned|half)"
        r"(?=\s*(?:[,;.!)/|]|$))",
        rf"\b(?:slept|snored|dozed|napped)\s+through\s+(?:most|half|some|part|a\s+lot|(?:the\s+)?(?:whole|last|first|second|"
        rf"third|end|rest|middle|final)|bits?|{_IT})\b(?:\s+(?:half|third|act|hour|{_LENGTH}))?(?:\s+of\b)?",
        r"\b(?:did\s*n[o']?t|did\s+not|never|have\s*n[o']?t|could\s*n[o']?t)\s+(?:even\s+|actually\s+)?(?:see|seen|catch|"
        r"watch|reach|get\s+to|got\s+to)\s+(?:the\s+(?:end(?:ing)?|rest|last|second\s+half|whole|finale|final|credits)|"
        r"all\s+of)\b",
        rf"\b(?:missed|skipped|lost)\s+the\s+(?:(?:very\s+)?(?:start|beginning|opening|end(?:ing)?|rest)|(?:first|last|second|"
        rf"final)\s+(?:bit|part|act|third|half|quarter|few\s+minutes|hour|{_LENGTH}|half\s+hour))\b",
        r"\b(?:watched|saw|seen|got\s+through|(?P<only>only|just))\s+(?:only\s+|just\s+)?the\s+(?:first|opening|last|second|"
        r"final)\s+(?:act|third|quarter|bit|few\s+minutes|(?(only)part|act))\b",
        rf"\b(?:only|just)\s+the\s+first\s+{NUMBER}\s+of\s+{_IT}",
        rf"(?:\b(?:about|around|roughly|only|just|watched|saw|seen|through)|^)\s*(?:a|one|two|three)\s+(?:third|quarter)s?\s+of\s+"
        rf"(?:{_IT}|the\s+(?:film|movie))",
        rf"{MASK}\s+{_LENGTH}\s+only\b",
        rf"(?:n[o']?t|\bnot)\s+(?:stomach|take|do|stand|handle|manage|watch|last|survive|bear)\s+more\s+than\s+{_LENGTH}",
        r"\bonly\s+(?:un)?till?\s+the\s+(?!end\b)\w+|\bnot\s+(?:quite\s+)?(?:un)?t(?:o|ill?)\s+the\s+(?:very\s+)?end\b|"
        r"\ball\s+but\s+the\s+last\b",
        rf"{_LENGTH}(?:\s+in)?\s*,?\s*(?:i|we)(?:'d|'ve|\s+had|\s+have)?\s+(?:had\s+)?(?:(?<=had\s)enough|switched\s+to\b)",
        rf"{_LENGTH}\s*,?\s*(?:and\s+)?then\s+(?:(?:the|my)\s+)?(?:wi-?fi|internet|power|stream|battery|laptop|bed|sleep)\b",
        # "20 minutes was all I could take of it", "the most I managed was half an hour"
        rf"{_LENGTH}(?:\s+of\s+{_IT})?\s+(?:was|were|is)\s+(?:about\s+|quite\s+)?(?:(?:all|the\s+most|as\s+much\s+as|as\s+far\s+as)"
        rf"\s+(?:that\s+)?(?:i|we)\b(?:\s+(?:ever|could|managed|saw|watched|got))*|(?:more\s+than\s+)?(?:enough|plenty))"
        rf"(?!\s+for\s+(?:{_IT}|a|the)\b)",
        rf"\b(?:all|the\s+most)\s+(?:that\s+)?(?:i|we)\s+(?:saw|watched|managed|got|could|caught)\b[^.!?;]{{0,40}}?\s(?:was|were)"
        rf"\s+{_FEW_WORDS}{_LENGTH}",
        rf"\bgave\s+{_IT}\s+{_FEW_WORDS}{_LENGTH}(?=\s*,?\s*(?:and|then|before|but)\b)",
        rf"\b(?:lost|beat|bored|defeated)\s+me\s+after\s+{_FEW_WORDS}{_LENGTH}",
        rf"(?:^|[.!?;]\s)\W*{_FEW_WORDS}{_LENGTH}\s+of\s+{MASK}++(?!\s*(?:is|was|were|and)\b)",
        rf"(?:n[o']?t|\bnot|\bnever)\s+(?:watch(?:ed)?|see|seen)\s+(?:all\s+of\s+{_IT}|{_IT}\s+all)\b",
        rf"\bpaused\s+(?:{_IT}\s+)?half\s?way\b",
        r"\b(?:got|made\s+it|watched|saw|seen)\s+(?:only\s+|just\s+)?as\s+far\s+as\s+the\b",
        r"(?:n[o']?t|\bnever)\s+(?:get|got|make\s+it|made\s+it)\s+(?:much\s+)?past\s+the\s+(?:opening|beginning|start|intro|"
        r"titles?|credits|pilot|first\s+\w+)\b",
        rf"(?:\b(?:made\s+it|got|watched|saw|seen|it)|{MASK})\s+(?:only\s+|just\s+)?(?:up\s+)?to\s+(?:about\s+|around\s+)?the\s+"
        rf"(?:{NUMBER}[\s-]?(?:min(?:ute)?|hour)\s+mark|(?:[\w'-]+\s+){{1,3}}?(?:scene|bit|part)\b|half\s?way\s+(?:mark|point))",
        rf"{_LENGTH}\s+(?:left|to\s+go|remaining)\s+(?:of|in|on)\s+{_IT}",
        r"\b(?:i|we)\s+(?:was|were)\s+(?:already\s+|fast\s+)?(?:out(?:\s+cold)?|asleep|snoring|gone)\s+(?:before|by|within|"
        r"after|half\s?way)\b",
        rf"\bonly\s+{_FEW_WORDS}{_LENGTH}\s+of\s+(?:it|the\s+film|the\s+movie|{MASK})|\bnot\s+(?:all|the\s+whole)"
        rf"(?:\s+of)?\s+(?:it|thing|film|movie|{MASK}+)(?!\s*{MASK}*\s*(?:is|was))",
        rf"\bwatch(?:ed|ing)?\s+{_IT}?\s*(?:up\s+)?(?:un)?til(?:l)?\s+the\s+(?!end|very|credits|\w+ing\b|\w+day)",
        rf"\b(?:could\s*n[o']?t|did\s*n[o']?t|never)\s+(?:even\s+)?(?:get|got|make\s+it|made\s+it)\s+past\s+"
        rf"{_FEW_WORDS}(?:{_LENGTH}|hour|half(?:way)?|{NUMBER}\s+min(?:ute)?s?)",
    )
]


# "That film where a man falls asleep" tells a plot; "loved it till I fell asleep" does not.
_PLOT = compiled(
    r"\b(?:(?:film|movie|one|show|series|story|something|anything)\s+(?:where|in\s+which|about|who|whose)|about\s+an?)\b"
    r"(?:(?!\b(?:i|we)\b)[^.!?;])*\Z"
)
# "Ben gave up after 20 minutes": somebody else did.
_OTHERS = re.compile(
    r"(?:\A|[,.;!?]\s*|\b(?:and|but|so|because)\s+)(?:[Hh]e|[Ss]he|[Tt]hey|"
    r"(?:[Mm]y|[Tt]he|[Oo]ur|[Hh]is|[Hh]er)\s+(?!power\b|wi-?fi\b|internet\b|phone\b|battery\b|laptop\b|stream\b)\w+|"
    r"(?!I\b|We\b|It\b|\w+ly\b|Then\b|So\b|And\b|But\b|Just\b|Only\b|Also\b|Had\b|Almost\b|Not\b|Yeah\b|Ok\b|"
    r"Oh\b|Well\b|Yesterday\b|Today\b|Tonight\b)[A-Z]\w+)\s+\Z"
)
_CLAUSE = compiled(r"[,.;!?]|\b(?:i|we)\b")
_ELSE = compiled(r"\s*(?:long|left|to\s+go|remaining|more|from\s+the\s+end|shorter|longer|late)\b")
# "Missed the last half hour" tells what was not watched.
_UNSEEN = compiled(r"(?:missed|skipped|lost\s+the|(?:slept|snored|napped|dozed)\s+through|[\w' ]+\s+see)\b")
_LEFT = compiled(r"\b(?:left|to\s+go|remaining)\b")
_BREAK = compiled(r"[.!?;](?=\s)|\n")
_REACH = 40
"""How far from the words of breaking off their minutes may stand, in characters."""


def find_extent(prepared: str, durations: Sequence[Duration]) -> tuple[Span | None, int | None]:
    """Find the words that tell of a viewing that was not of the whole.

    Args:
        prepared: the text after `spans.prepare`.
        durations: the lengths that the text names.

    Returns:
        The span of the words with the length that belongs to them, and that length in minutes; both None when
        nothing says that the viewing was partial, the minutes None when no length is said.
    """
    told = [
        match.span()
        for rule in _PARTIAL
        for match in rule.finditer(prepared)
        if not _PLOT.search(prepared, 0, match.start())
    ]
    others = [span for span in told if _OTHERS.search(prepared, 0, span[0])]
    found = [
        (start, end)
        for start, end in told
        if not any(first <= start and not _CLAUSE.search(prepared, first, start) for first, _ in others)
    ]
    if not found:
        return None, None
    start, end = min(found)
    start += len(prepared[start:end]) - len(prepared[start:end].lstrip(" ,;:(/|.-"))
    if _UNSEEN.match(prepared, start) or _LEFT.search(prepared, start, end):
        return (start, end), None
    near = [
        (max(start - duration.end, duration.start - end, 0), duration)
        for duration in durations
        if duration.bound != "min" and not _ELSE.match(prepared, duration.end)
    ]
    near = [
        (gap, duration)
        for gap, duration in near
        if gap <= _REACH and not _BREAK.search(prepared, min(duration.end, end), max(duration.start, start))
    ]
    if not near:
        return (start, end), None
    gap, watched = min(near, key=lambda pair: pair[0])
    joined = gap <= len(" after ") or gap == 0
    span = (min(start, watched.start), max(end, watched.end)) if joined else (start, end)
    return span, watched.minutes
