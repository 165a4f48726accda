"""Ratings: "9/10", "four and a half stars", "95%", "gave it a 7.5", "Rate Rocky 7 and Creed 8"."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from tools.reading.durations import read_durations
from tools.reading.moments import moment_spans
from tools.reading.numbers import NUMBER, word_number
from tools.reading.second_thoughts import SECOND_THOUGHT, taken_back
from tools.reading.spans import COMPLETE, MASK, Span, compiled, overlaps, prepare

Bound = Literal["exact", "min", "max"]


class Rating(BaseModel):
    """A rating on the scale of 0 to 10, in steps of 0.1, however it was said.

    `raw` out of `scale` is what the user said; `in_range` is False when that lies outside 0 to 10, and the
    value is kept. `bound` tells a wish ("rated at least 8", "8 or higher") from a verdict, which is "exact".
    """

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    value: float
    in_range: bool
    raw: float
    scale: int
    bound: Bound = "exact"


class _Score(NamedTuple):
    start: int
    end: int
    raw: float
    scale: int
    bound: Bound | None = None


_SIGNED = rf"(?P<raw>(?<![\w.,/])(?:-|minus\s+)?(?:{NUMBER}))"
_TEN = r"(?P<scale>100|10|5|ten|five|(?:a\s+|one\s+)?hundred)"
# Scales in which other things are counted too: only where nothing counted follows.
_RARE = r"(?P<scale>20|4|6|twenty|four|six)"
_ANY_SCALE = r"(?P<scale>100|20|10|4|5|6|ten|five|four|six|twenty|(?:a\s+|one\s+)?hundred)"
_OUT_OF = r"(?:out\s*of|outta|of)\s+(?:a\s+)?(?:possible\s+)?"
_POINTS = r"(?:points|pts|marks)"
_COUNTED = r"(?!\s+(?:films?|movies?|episodes?|seasons?|friends|people|times|critics|minutes|of)\b|\s*%)"


_SMILEY = compiled(r"[\U0001f300-\U0001faff\u2607-\u26ff\u2639\u263a\ufe0f]|(?<!\S)[:;=]-?[()DPp/|](?!\w)")
# "8 1/2" in as many characters.
_HALF = compiled(r"(?<![\w.,/:-])(10|\d) 1/2(?![\w/])")
# "8,5" as much of Europe writes it; "7, 8" and "7,8,9" are lists.
_DECIMAL_COMMA = compiled(r"(?<![\w.,/:-])(\d{1,2}),(?=\d{1,2}(?![\w,:]|\.\d))")


def _scaled(match: re.Match[str]) -> _Score | None:
    raw, scale = word_number(match["raw"]), word_number(match["scale"])
    if raw is None or scale is None:
        return None
    return _Score(match.start(), match.end(), raw, int(scale))


_VERDICT = compiled(r"\b(?:(?:re-?)?rat(?:e|ed|ing)|g[ai]v(?:e|es|ing)|scor(?:e|ed)|mark(?:ed)?|grade[sd]?)\b")
_GIVES = compiled(r"\b(?:(?:re-?)?rat(?:e|ed|ing)|g[ai]v(?:e|es|ing)|award(?:s|ed|ing)?)\b")
# Where a clause begins, and where it ends.
_HEAD = compiled(rf"(?:^|[.,;:!?({MASK}\u2013\u2014-])\s*$")
_ALONE = compiled(
    r"\s*(?:[.,;:!?)\n]|please\b|from\s+(?:me|us)\b|for\b|(?:(?:go(?:es)?|went|is\s+what)\s+)?to\b|$)"
)
_COUNT_OF_SEEN = compiled(r"\b(?:watched|seen|saw|finished|through)\s+(?:only\s+|about\s+)?$")


def _rarely_scaled(match: re.Match[str]) -> _Score | None:
    """Read "3 out of 4"; "I've seen 3 out of 4" counts films."""
    return None if _COUNT_OF_SEEN.search(match.string[: match.start()]) else _scaled(match)


def _verdict_of(match: re.Match[str]) -> _Score | None:
    """Read "gave it 4 of 5"; "rated 4 of 5 today" counts films."""
    verb = _VERDICT.search(match.string[: match.start()])
    return _scaled(match) if verb and match.string[verb.end() : match.start()].strip() else None


def _rare_fraction(match: re.Match[str]) -> _Score | None:
    """Read 3/4, which may be a date or a share, behind a verdict's verb or a comma, or standing alone."""
    before = match.string[: match.start()]
    said = _VERDICT.search(before) or match["stars"] or not before.strip()
    # Behind a comma 11/20 is rather the 20th of November.
    if said or (before.rstrip().endswith((",", ":", ";", "(")) and match["scale"] != "20"):
        return _scaled(match)
    return None


def _percent(match: re.Match[str]) -> _Score | None:
    raw = word_number(match["raw"])
    return None if raw is None else _Score(match.start(), match.end(), raw, 100)


def _points(match: re.Match[str]) -> _Score | None:
    """Read "I give it 8 points" and "8 points."; "the team scored 3 points" is no verdict."""
    before = match.string[: match.start()]
    alone = _HEAD.search(before) and _ALONE.match(match.string, match.end())
    return _small(match) if alone or _GIVES.search(before) else None


def _given(match: re.Match[str]) -> _Score | None:
    """Read "I give 9 from 10"."""
    return _scaled(match) if _GIVES.search(match.string[: match.start()]) else None


def _named_scale(match: re.Match[str]) -> _Score | None:
    """Read "Heat: 9 of 10", which needs no verb; its start is that of the number."""
    score = _scaled(match)
    return score and score._replace(start=match.start("raw"))


# "add half a star to Heat", "half a star more": a step from the rating there was.
_STEP_BEFORE = compiled(
    r"\b(?:add|take|knock|dock|deduct|drop|lose|shave|minus|plus|up|down|by|another|extra|(?:go(?:es)?|went|up|down)\s+by)"
    r"\s+(?:(?:maybe|like|about)\s+)?$"
)
_STEP_BEHIND = compiled(r"\s*(?:more|less|higher|lower|extra|off)\b")


def _stars(match: re.Match[str]) -> _Score | None:
    """Read stars out of five; six to ten stars can only be out of ten."""
    text = match.string
    if _STEP_BEFORE.search(text[: match.start()]) or _STEP_BEHIND.match(text, match.end()):
        return None
    raw = 0.5 if match["half"] else word_number(match["raw"])
    if raw is not None and match["more"]:
        raw += 0.5
    if raw is None or raw > 10:
        return None
    return _Score(match.start(), match.end(), raw, 5 if raw <= 5 else 10)


def _glyphs(match: re.Match[str]) -> _Score | None:
    full = sum(character in "★⭐✭" for character in match["full"])
    raw = full + (0.5 if match["half"] else 0.0)
    outline = match["empty"].count("☆")
    if raw > 10:
        return None
    if match["scale"]:
        return _Score(match.start(), match.end(), raw, int(word_number(match["scale"]) or 10))
    return _Score(match.start(), match.end(), raw, 10 if raw > 5 or full + outline == 10 else 5)


def _perfect(match: re.Match[str]) -> _Score | None:
    return _Score(match.start(), match.end(), 10.0, 10)


def _small(match: re.Match[str]) -> _Score | None:
    """Read a number that stands for itself without a verb, so only from 0 to 10."""
    raw = word_number(match["raw"])
    return _Score(match.start(), match.end(), raw, 10) if raw is not None and 0 <= raw <= 10 else None


def _any(match: re.Match[str]) -> _Score | None:
    raw = word_number(match["raw"])
    return None if raw is None else _Score(match.start(), match.end(), raw, 10)


# Scores that say what they are.
_EXPLICIT: list[tuple[re.Pattern[str], Callable[[re.Match[str]], _Score | None]]] = [
    (
        compiled(
            r"(?P<raw>(?<![\w.,/])-?\d+(?:\.\d+)?(?:\s?½)?)\s*/\s*(?P<scale>100|10|5)(?![\d/]|\.\d|\s+of"
            r"\s+(?:the|my|all)\b)"
        ),
        _scaled,
    ),
    (
        compiled(
            r"(?P<raw>(?<![\w.,/])\d+(?:\.\d+)?(?:\s?½)?)\s*/\s*(?P<scale>20|4|6)(?![\d/:]|\.\d)"
            rf"(?:(?P<stars>[\s-]stars?\b)|{COMPLETE})"
        ),
        _rare_fraction,
    ),
    (
        compiled(rf"{_SIGNED}[\s-]?stars?(?:\s+{_OUT_OF}|\s*/\s*){_ANY_SCALE}\b{_COUNTED}"),
        _scaled,
    ),
    (
        compiled(rf"{_SIGNED}\s+{_OUT_OF}{_ANY_SCALE}[\s-]stars?\b(?!\s+(?:wars|trek)\b)"),
        _scaled,
    ),
    (
        compiled(
            rf"{_SIGNED}\s+(?:{_POINTS}\s+)?(?:out\s*of|outta)\s+(?:a\s+)?(?:possible\s+)?{_TEN}\b"
            rf"(?:\s+(?:stars?|{_POINTS})\b)?{_COUNTED}"
        ),
        _scaled,
    ),
    (
        compiled(
            rf"{_SIGNED}\s+(?:out\s*of|outta)\s+(?:a\s+)?(?:possible\s+)?{_RARE}\b(?!\s*{MASK}){COMPLETE}"
        ),
        _rarely_scaled,
    ),
    (
        compiled(rf"{_SIGNED}\s+{_POINTS}\s+(?:out\s*of|of|from|over)\s+(?:a\s+)?{_ANY_SCALE}\b{_COUNTED}"),
        _scaled,
    ),
    (compiled(rf"{_SIGNED}\s+of\s+{_ANY_SCALE}\b(?!\s*{MASK}){COMPLETE}"), _verdict_of),
    (
        compiled(
            rf"(?:^\W*|[,:;.(\u2013-]\s*|{MASK}\s+|\b(?:an?|is|was|it's|it|like|rated?|g[ai]ve)\s+){_SIGNED}\s+"
            rf"(?:of|from|over|on)\s+(?P<scale>10|ten)\b(?!\s*{MASK}){COMPLETE}"
        ),
        _named_scale,
    ),
    (compiled(rf"{_SIGNED}\s+from\s+{_ANY_SCALE}\b(?!\s*{MASK}){COMPLETE}"), _given),
    (compiled(rf"{_SIGNED}\s+{_POINTS}\b(?!\s+(?:out|of|from|over)\b)"), _points),
    (
        compiled(
            rf"(?:(?P<half>\bhalf\s+an?)|(?P<raw>(?<![\w.,/])(?:{NUMBER})))"
            r"(?:[\s-]?stars?\b|\s?[★⭐✭](?![\s\ufe0f]*[★⭐✭½]))"
            rf"(?P<more>\s+and\s+a\s+half\b)?(?!\s+(?:wars|trek|is\b|in\b))"
        ),
        _stars,
    ),
    (
        compiled(
            r"(?P<full>[★⭐✭](?:[\s\ufe0f]*[★⭐✭])*)\ufe0f?\s?(?P<half>½|1/2)?(?P<empty>[\s☆]*(?<=☆)|)"
            rf"(?:\s*(?:/\s*|\b{_OUT_OF}){_ANY_SCALE}\b)?"
        ),
        _glyphs,
    ),
    (
        compiled(
            rf"{_SIGNED}\s*(?:%|percent\b|per\s+cent\b){COMPLETE}(?!\s+(?:sure|certain|agree|recommend|of|"
            r"worth|better|chance|off)\b)"
        ),
        _percent,
    ),
    (
        compiled(
            rf"{_SIGNED}(?=\s+(?:from\s+(?:me|us)|in\s+my\s+(?:book|opinion))\b|\s+for\s+me\s*(?:$|[.,;!]))"
        ),
        _small,
    ),
    (
        compiled(
            r"\b(?:a\s+)?(?:perfect|flawless|absolute|full)\s+(?:ten|10)\b(?!\s+(?:films|movies|minutes))|"
            r"(?<!not )(?<!quite )(?<!n't get )(?<!nearly )(?<!almost )\b(?:full|top)\s+(?:marks|score)\b"
        ),
        _perfect,
    ),
]

_ABOUT = (
    r"(?:(?:about|around|maybe|like|probably|roughly|almost|nearly|at\s+least|over|above|under|"
    r"below|more\s+than|less\s+than)\s+)?"
)
_JUDGED = (
    r"(?:(?:rock[\s-])?solid|strong|weak|easy|clean|light|firm|decent|generous|definite|comfortable|"
    r"respectable|reluctant|grudging|cautious|hearty|well[\s-]deserved|proper)"
)
_ADJECTIVES = (
    rf"(?:\b(?:{_JUDGED}|good|low|high|big|fat|hard|soft|full|very|straight|fine|mere|whopping|flat|perfect|nice|"
    r"uh|um|uhm|er|erm|like|maybe|say)\s+)*"
)
# Here more words may follow than in other numbers: "an 8.5 actually", "a 6 against Heat", "an 8 down for Up".
_ENDED = (
    rf"(?:{COMPLETE}|(?=\s+(?:actually|honestly|tbh|imo|imho|really|rather|all|any|"
    r"either|against|down|lol|haha|flat|straight|even|as|feels?|seems?|sounds?|does|did|doesn't|wasn't|"
    r"i|perhaps|yet|still|ever|were|are|like|uh|um|er|right|since|given|despite|being)\b))"
)
_ISH = r"(?:-?ish)?"
_TAIL = r"(?P<tail>\s+(?:or|and)\s+(?:higher|more|above|better|up|over|lower|less|below|worse|under)\b|\+)?"

# "an 8", "a solid eight", "8ish", "about an 8": a number with an article and no noun behind it.
_AS_A_NOUN = [
    compiled(rf"\b{_ABOUT}\ban?\s+{_ABOUT}{_ADJECTIVES}{_SIGNED}{_ISH}{_TAIL}{_ENDED}"),
    compiled(rf"{_SIGNED}-?ish\b"),
    # "solid eight for Heat", behind nothing that it could count in
    compiled(rf"(?:^|(?<=[,.:;!?(-])|(?<=[,.:;!?(-]\s)|(?<={MASK}\s))\W?{_JUDGED}\s+{_SIGNED}{_ISH}{_ENDED}"),
]

# "Tom 6, me 8", "mine is 7"
_MINE = compiled(
    rf"(?:^|[.,;:(]\s*|\b(?:and|but)\s+)(?:me|mine|for\s+me)\b[,:?]?\s+(?:(?:is|was|it's|would\s+be)\s+)?(?:an?\s+)?{_SIGNED}"
    rf"{_ISH}{_ENDED}"
)

# Verbs that a bare number may follow, at some distance: "rated Tenet 6", "make that an 8".
_VERB = compiled(
    r"\b(?:(?:gave|giv(?:e|es|ing|en))(?!\s+(?:me|us|up)\b)|(?:re-?)?rat(?:e|es|ed|ing)s?|scor"
    r"(?:e|es|ed|ing)|mark(?:ed|ing)?|verdict|"
    r"grade[sd]?|make\s+(?:that|it)|call(?:ing)?\s+(?:it|that|this)|"
    r"(?:(?:i|we)'d|(?:i|we)\s+would|i'll|let's)\s+(?:say|go(?:\s+(?:with|for))?)|going\s+(?:with|for)|settl(?:e|ed|ing)\s+(?:for|on|at)|"
    r"(?:i|we)\s+say|(?:points|marks|score|grade)\s+(?:are|is|would\s+be)|i\s+meant?|"
    r"(?:should|ought\s+to)\s+(?:really\s+|only\s+|just\s+)?(?:be|get|have\s+been)|"
    r"ha(?:s|ve)\s+(?:got\s+)?to\s+be|must\s+be|remains|award(?:s|ed|ing)?|"
    rf"put\s+(?:it|that)\s+at|put(?=\s[^.!?\n]*(?:{MASK}|\b(?:it|that|rating|score))\s[^.!?\n]*\bto\b)|"
    r"(?:tak|bring|push|mov)(?:e|ing)?(?=\s[^.!?\n]*\b(?:up|down)\s+to\b)|"
    r"(?:up|down)grad(?:e|ed|ing)|knock(?:ed)?|drop(?:ped)?|lift(?:ed)?|nudge[d]?|boost(?:ed)?|"
    r"deserves?|worth|gets?|got|earn(?:s|ed)?|merits?|"
    r"(?:bump|chang|updat|rais|lower|set|correct)(?:e|ed|ing)?\b)\b"
)
_BARE = compiled(
    rf"(?:\ban?\s+|\bto\s+(?:an?\s+)?|\bat\s+|\bits\s+)?{_ABOUT}{_ADJECTIVES}{_SIGNED}{_ISH}{_TAIL}{_ENDED}"
)
_CONJUNCT = compiled(r"\band\b|\bthen\b|;|\bbut\b")
_SENTENCE = compiled(r"[.!?](?=\s)|\n")
_MOVES = compiled(
    r"\b(?:bump|chang|updat|rais|lower|set|correct|put|make|rat|scor|mark|tak|bring|push|mov|upgrad|downgrad|knock|"
    r"drop|lift|nudg|boost)\w*\b"
)

# A number behind these words is a name, a count or a place, never a rating.
_LABEL = compiled(
    r"(?:\b(?:seasons?|episodes?|ep|parts?|chapters?|volumes?|vol|number|numbers|no|top|first|"
    r"last|next|best|bottom|in|(?<!rating )(?<!score )(?<!mark )(?<!grade )of|"
    r"with|for|than|after|before|since|year|aged?|pg|between|another|only|other|these|those|my|"
    r"show|recommend|find|"
    r"list|give\s+me|give\s+us|screen|channel|on|by|the|id)\.?|#|\bs\d+e?)\s*$"
)
# "make it an 8 not a 9"
_DENIED = compiled(
    r"\b(?:not|instead\s+of|rather\s+than|from)\s+(?:an?\s+)?$|\bmore\s+an?\s+\S+\s+than\s+$|"
    # "it isn't a 6", "not worth a 6"
    r"(?:n't|\bnot)\s+(?:(?:really|quite|even|just|only|worth|deserve|get|be)\s+)*(?:an?\s+)?$"
)

# A lone number: "a Blade Runner, 9". Behind a comma it may also end the first part of a sentence.
_LAST_WORD = compiled(rf"(?<=\s){_SIGNED}{_ISH}(?=\s*[!.]*\s*$)")
_SEEN = compiled(
    r"\b(?:(?:re-?)?watch(?:ed|ing)?|saw|seen|finished|(?:re-?)?rat(?:e|ed|ing)|gave|log(?:ged)?|"
    r"review(?:ed)?|caught|viewing)\b"
)
_GONE_BY = compiled(r"\b(?:last\s+night|yesterday|the\s+other\s+(?:night|day))\b")
# A number beside a known title: "Alien 8, Heat: 7 and Up 6", "9 for Heat", "The Thing from 1982: 9".
_OF_YEAR = (
    r"(?:,?\s+(?:(?:from|of)\s+)?\(?(?:19|20)\d\d\)?|"
    r",?\s+\(?the\s+(?:19|20)\d\d\s+(?:one|film|movie|version|original|remake)\)?)?"
)
_END = (
    rf"(?=\s*$|\s*{MASK}|\s*[,;!()&\n\u2026]|\s*\.(?!\d)|\s*(?:[-=]+>|\u2192)|\s+hm+\b|"
    r"\s+(?:and|but|then|now|because|cos|though|although|not|rather|instead|actually|really|honestly|"
    r"(?:for|from)\s+(?:me|us)|an?|the|such|so|too|very|i|it|it's|its|he|she|they|my|what|just|still|"
    r"again|loved|liked|hated|adored|enjoyed|great|good|brilliant|boring|as|despite)\b)"
)
_BESIDE_TITLE = [
    compiled(
        rf"(?P<title>{MASK})!?{_OF_YEAR}(?:\s*(?:[:=(?]|\.{{2,}}|\u2026|[-=]+>|\u2192)\s*|\s+[\u2013\u2014-]\s+|"
        rf",?\s+(?:(?:is|gets)\s+)?)(?:was\s+|(?:is\s+|was\s+)?not\s+(?:an?\s+)?(?:{NUMBER})\W+but\s+)?{_SIGNED}{_ISH}(?:\s+{_POINTS})?{_END}"
    ),
    # "Close-Up / Mubi / last Thursday / alone / 8"
    compiled(
        rf"(?P<title>{MASK})(?:\s+[/|]\s+[^/|\n]*?)*\s+[/|]\s+{_SIGNED}{_ISH}(?=\s*$|\s+[/|]\s|\s*[.!]\s|\n)"
    ),
    compiled(rf"(?:^|[,;:.]\s*|\band\s+|{MASK}\s+){_SIGNED}{_ISH}(?:\s+{_POINTS})?\s+for\s+(?P<title>{MASK})"),
    compiled(
        rf"\b(?:put|enter|note|save|log)\s+(?:down\s+)?(?:an?\s+)?{_SIGNED}{_ISH}\s+for\s+(?P<title>{MASK})"
        rf"{MASK}*(?=\s*(?:$|[.,;!]))"
    ),
    compiled(rf"(?P<title>{MASK})\s+(?:both|each)\s+(?:(?:get|are|were)\s+)?(?:an?\s+)?{_SIGNED}{_ISH}{_END}"),
    compiled(
        rf"^\W*{_SIGNED}{_ISH}\s+for\s+(?P<title>(?:it|that|this|(?:that|this)\s+(?:one|film|movie|show))\W*$)"
    ),
]
# There a number is rather an hour, a count or a name.
_NO_VERDICT = compiled(
    r"\b(?:(?:re)?schedul\w*|plan\w*|calendar|remind\w*|reminder|book|tickets?|move|postpone|push|cancel|"
    r"find|recommend|"
    r"suggest|similar|(?<!\bi\s)(?<!n't\s)(?<!really\s)like|mash\w*|search|list|show|top|best(?=\s+(?:\d|films|movies|shows|series|ones|titles))|seasons?|episodes?)\b"
)
_DECIMAL = compiled(rf"(?P<raw>(?<![\w.,/:$£€-])(?:\d|10)\.\d(?!\d)){COMPLETE}")
# What people say around a number that is the whole of their answer.
_LEADS = (
    r"(?:(?:no|nah|nope|yes|yeah|yep|ok|okay|fine|well|hm+|um+|uh|er|oh|eh|ah|sorry|wait|hang\s+on|actually|maybe|"
    r"perhaps|about|around|probably|just|say|so|right|all\s?right|then|and|but|rather|or|more\s+like|definitely|"
    r"(?:let's|let\s+us)\s+(?:say|go\s+with|go\s+for|make\s+it|call\s+it)|make\s+(?:it|that)|call\s+it|"
    r"(?:i|we)(?:'d|\s+would)\s+(?:say|go(?:\s+(?:with|for))?|call\s+it)|going\s+with|"
    r"i\s+(?:think|guess|suppose|reckon|meant?|said)|it's|that's|scratch\s+that|correction|please|still|"
    r"on\s+(?:reflection|second\s+thoughts?)|second\s+thoughts?|(?:it\s+)?(?:has\s+to|must|should)\s+be)[\s,.:;!\u2014-]+)"
)
_TRAILS = (
    rf"(?:[\s,]+(?:then|rather|instead|please|pls|thanks|actually|honestly|maybe|sorry|now|still|overall|again|it\s+is|"
    r"nonetheless|nevertheless|regardless|anyway|all\s+the\s+same|though|"
    r"(?:is|feels?|sounds?|seems?|would\s+be|looks?)\s+(?:more\s+)?(?:better|right|fair(?:er)?|fine|good|enough|about\s+right)|"
    r"(?:will|would)\s+do|i(?:'d)?\s+(?:say|think|guess|suppose|reckon|meant?)|for\s+(?:it|this|that)|"
    r"(?:let's|to)\s+be\s+(?:honest|fair|generous|kind)|"
    rf"(?:not|rather\s+than|instead\s+of)\s+(?:an?\s+)?(?:{NUMBER}))\b)"
)
_CUT_OFF = compiled(
    rf"(?:[,:;\u2013\u2014]\s*|[.!?]\s+|\b(?:so|hence|therefore)\s+){_SIGNED}{_ISH}{_TRAILS}*"
    r"(?=\s*$|\s*[,;!?]|\s*\.(?!\d))"
)
# "a ten if it weren't so long, so 9", "could have been a nine, 7"
_SO = compiled(rf",\s+so\s+{_SIGNED}{_ISH}(?=[\s.!]*$)")
_INSTEAD_OF_IT = compiled(rf"[,.;:\u2013\u2014-]\s+{_SIGNED}{_ISH}(?=[\s.!]*$)")
_MIGHT_HAVE = compiled(r"\b(?:could|would|might|'d)(?:'ve|\s+have)?\s+(?:been?|given?|got(?:ten)?)\b")
_INSTEAD = (
    r"(?:(?:(?:um+|uh|er|oh)[\s,]+)*(?:no|nope|nah|wait|hang\s+on|sorry|actually|(?:or\s+)?rather|more\s+like|"
    r"i\s+meant?|scratch\s+that|correction|make\s+(?:it|that))[\s,.:;!-]+(?:(?:um+|uh|er|oh|it's|an?)[\s,]+)*)+"
)
# "no wait, 10.15" is an hour; nobody rates in hundredths but for quarters.
_CLOCK = compiled(r"\d{1,2}\.(?!25|50)[0-5]\d")
# "nine out of ten, no, eight"
_BETTER = compiled(rf"{SECOND_THOUGHT.pattern}{_SIGNED}{_ISH}{_ENDED}")
_WHOLE_ANSWER = compiled(
    rf"\W*?{_LEADS}*(?:not\s+(?:an?\s+)?(?:{NUMBER})[\s,]+{_LEADS}*|(?:an?\s+)?(?:{NUMBER})[\s,.?!]+{_INSTEAD})?"
    rf"(?:an?\s+)?(?:{_JUDGED}\s+)?{_SIGNED}{_ISH}{_TRAILS}*\s*[.!]*\s*"
)
# "9. absolutely harrowing", "8, loved it"
_AT_THE_HEAD = compiled(
    rf"\W*?{_LEADS}*(?:an?\s+)?{_SIGNED}{_ISH}(?:\s*[.!;:,\u2013\u2014]\s+|\s+-\s+|"
    r"\s+(?=(?:because|but|cause|cos|since|for\s+the)\s))(?P<rest>\S)"
)
_NOT_OF_A_VERDICT = compiled(
    rf"(?:{NUMBER}|{MASK}|(?:the|that|this)\s+(?:\S+\s+){{0,3}}one\b|please|in\s+the\s+(?:morning|evening|afternoon)|"
    r"at\b|on\b|people|persons|with\b|and\b|tickets|of\b|no\b|not\b|sorry|wait)"
)
# "I'd put Heat at 8", "comes in at 7", "bump it up to 9": no hours, though they sound like them.
_NO_HOUR = [
    compiled(
        rf"\b(?:i|we)(?:'d|'ll|\s+would)\s+put\s+[^.!?,\n]{{1,80}}?\s+at\s+{_ABOUT}(?:an?\s+)?{_ADJECTIVES}"
        rf"{_SIGNED}{_ISH}{_ENDED}"
    ),
    compiled(
        rf"\b(?:com(?:es|ing)\s+in|came\s+in|sits|lands|landed|stays|hovers|settl(?:e|es|ed|ing))\s+(?:at|on)\s+"
        rf"{_ABOUT}(?:an?\s+)?{_ADJECTIVES}{_SIGNED}{_ISH}{_ENDED}"
    ),
    compiled(
        r"\b(?:bump|knock|rais|lower|drop|lift|upgrad|downgrad|mark|boost|put|tak|bring)\w*\s[^.!?,\n]{0,40}?"
        rf"(?:{MASK}|\b(?:it|that|this|them|both|rating|score|verdict|review)\b)[^.!?,\n]{{0,20}}?"
        rf"\s*\b(?:(?<=back\s)|(?<=up\s)|(?<=down\s)|(?<=it\s)|(?<=that\s)|(?<={MASK}\s))to\s+(?:an?\s+)?{_ADJECTIVES}{_SIGNED}{_ISH}{_ENDED}"
    ),
    compiled(
        r"\b(?:log|add|sav|enter|record|review|mark|put)\w*\s[^.!?,\n]{1,80}?\s(?:with|as)\s+(?:an?\s+)?"
        rf"{_SIGNED}{_ISH}{_ENDED}"
    ),
    compiled(
        rf"(?:\b(?:up|down)\s+from\s+(?:an?\s+)?(?:{NUMBER})\s+to|\bfrom\s+(?:an?\s+)?(?:{NUMBER})\s+(?:up|down)\s+to)"
        rf"\s+(?:an?\s+)?{_SIGNED}{_ISH}{_ENDED}"
    ),
    # "Casablanca from 8.5 to 9"
    compiled(rf"\bfrom\s+(?:an?\s+)?\d\.\d\s+to\s+(?:an?\s+)?{_SIGNED}{_ISH}{_ENDED}"),
    compiled(rf"\bfrom\s+(?:an?\s+)?(?:{NUMBER})\s+to\s+(?:an?\s+)?{_SIGNED}(?<=\d\.[05]){_ENDED}"),
    compiled(rf"\bdown\s+as\s+(?:an?\s+)?{_SIGNED}{_ISH}{_ENDED}"),
]
# "between a 7 and an 8", "a 7 or 8"
_RANGE = compiled(
    rf"(?:\bbetween\s+(?:an?\s+)?(?P<low>{NUMBER})\s+(?:and|or)|(?<![\w.,/-])(?:\ban?\s+)?(?P<from>{NUMBER})"
    rf"(?:\s+or|\s*[\u2013-]|(?<!from\s)\s+to))\s*(?:maybe\s+|even\s+)?(?:an?\s+)?(?P<high>{NUMBER})(?![\w/]|\.\d){_ENDED}"
)
# "between an 8 and a 9, say 8.5"
_DECIDED = compiled(
    rf"[\s,.;:\u2013\u2014-]*(?:(?:so|but|and)\s+)?(?:(?:let's|i'd|i'll|we'll)\s+)?(?:say|call\s+it|make\s+it|go\s+(?:with|for)|"
    rf"settle\s+(?:for|on)|take)\s+(?:an?\s+)?{_SIGNED}{_ENDED}"
)
_STARTED_FROM = compiled(r"\bfrom\s+$")
# "the scare level of Heat is 4"
_OTHER_MEASURE = compiled(
    r"\b(?!(?:rating|score|grade|mark|marks|verdict|opinion|view|review|version|remake|rewatch|viewing|thoughts|fan|because|end)\b)"
    r"[^\W\d_]+\s+of\s+$"
)
_OTHER_MEASURE_OF = compiled(_OTHER_MEASURE.pattern.removesuffix("$") + MASK)

_MIN_WORDS = compiled(
    r"\b(?:at\s+least|over|above|more\s+than|higher\s+than|better\s+than|min(?:imum)?)\s+(?:an?"
    r"\s+)?$"
)
_MAX_WORDS = compiled(
    r"\b(?:at\s+most|under|below|less\s+than|lower\s+than|worse\s+than|max(?:imum)?|up\s+to)\s+"
    r"(?:an?\s+)?$"
)
# "bump it up to an 8.5" is no limit, "films rated up to 8" is one.
_RAISED = compiled(
    r"\b(?:bump|rais|push|mov|lift|nudg|boost|bring|brought|tak|took|go(?:es|ing)?\b|went|upgrad|chang|put)"
    r"\w*\b[^.;!?]*\bup\s+to\s+(?:an?\s+)?$"
)
_NO_MORE = compiled(
    r"(?:\b(?:no|not|cannot)|n't)\b[^.,;!?]*\b(?:over|above|(?:more|higher|better)\s+than)\s+(?:an?\s+)?$"
)
_MIN_TAIL = compiled(r"\s*(?:(?:or|and)\s+(?:higher|more|above|better|up|over)\b|\+)")
_MAX_TAIL = compiled(r"\s*(?:or|and)\s+(?:lower|less|below|worse|under)\b")


def read_ratings(text: str, skip: Sequence[Span] = ()) -> list[Rating]:
    """Read the ratings a user gives or asks for.

    Stars alone are out of five, a bare number is out of ten. Moments and durations are left out first. A title
    with a number in it ("Toy Story 3") must come by `skip`, or its number may pass for a rating.

    Args:
        text: what the user typed or said.
        skip: spans in which nothing is read, such as known titles.

    Returns:
        The ratings in the order of the text, on the scale of 0 to 10, rounded half up to one decimal.
    """
    titles = _SMILEY.sub(lambda smiley: " " * len(smiley[0]), prepare(text, skip))
    titles = _HALF.sub(r"\1.500", _DECIMAL_COMMA.sub(r"\1.", titles))
    lengths = [(length.start, length.end) for length in read_durations(text, skip)]
    prepared = prepare(titles, [*skip, *moment_spans(text, skip), *lengths])
    scores: list[_Score] = []
    for read in (_explicit, _nouns, _behind_verbs):
        scores += list(read(prepared, scores))
    scores += list(_beside_titles(prepared, titles, scores))
    scores += list(_no_hours(prepared, titles, scores))
    scores += list(_lone(prepared, titles, scores))
    scores += list(_better(prepared, scores))
    if not scores:
        scores += list(_whole_answer(titles) or _at_the_head(prepared, titles))
    scores = list(_ranges(prepared, titles, scores))
    read_all = [_rating(text, prepared, score) for score in sorted(scores)]
    # "the Up one" is no rating, "a one" is.
    return _last_said(text, prepared, [rating for rating in read_all if rating.text.casefold() != "one"])


def _last_said(text: str, prepared: str, ratings: list[Rating]) -> list[Rating]:
    """Leave out what a second thought takes back; its words belong to the rating that is meant."""
    instead = taken_back(prepared, [(rating.start, rating.end) for rating in ratings])
    first_said = {meant: said for said, meant in sorted(instead.items(), reverse=True)}
    return [
        rating.model_copy(update={"start": start, "text": text[start : rating.end]})
        for position, rating in enumerate(ratings)
        if position not in instead
        for start in [ratings[first_said.get(position, position)].start]
    ]


def _new(score: _Score | None, known: list[_Score]) -> bool:
    others = [(other.start, other.end) for other in known]
    return score is not None and not overlaps(score.start, score.end, others)


def _explicit(prepared: str, known: list[_Score]) -> Iterator[_Score]:
    found: list[_Score] = []
    for pattern, read in _EXPLICIT:
        for match in pattern.finditer(prepared):
            score = read(match)
            if score is not None and _new(score, found):
                found.append(score)
    yield from found


def _nouns(prepared: str, known: list[_Score]) -> Iterator[_Score]:
    found: list[_Score] = []
    for pattern in [*_AS_A_NOUN, _MINE]:
        for match in pattern.finditer(prepared):
            score = _small(match)
            if score is not None and pattern is _MINE:
                score = score._replace(start=match.start("raw"))
            if score is None or not _new(score, known + found) or _DENIED.search(prepared[: score.start]):
                continue
            found.append(score)
    yield from found


def _behind_verbs(prepared: str, known: list[_Score]) -> Iterator[_Score]:
    """Read the bare numbers behind a rating verb, up to the next verb or the end of the sentence."""
    verbs = list(_VERB.finditer(prepared))
    for index, verb in enumerate(verbs):
        end = verbs[index + 1].start() if index + 1 < len(verbs) else len(prepared)
        stop = _SENTENCE.search(prepared, verb.end(), end)
        end = stop.start() + 1 if stop else end
        yield from _bare_numbers(prepared, verb, end, known)


def _bare_numbers(prepared: str, verb: re.Match[str], end: int, known: list[_Score]) -> Iterator[_Score]:
    low = verb.end()
    for high in [*(joint.start() for joint in _CONJUNCT.finditer(prepared, verb.end(), end)), end]:
        # "Toy Story 3 four stars": where a score says what it is, other numbers belong to the title.
        if not any(low <= score.start < high for score in known):
            yield from _last_of_each(prepared, verb, low, high, known)
        low = high


def _last_of_each(
    prepared: str, verb: re.Match[str], low: int, high: int, known: list[_Score]
) -> Iterator[_Score]:
    """Read the numbers of one conjunct; of two side by side ("Toy Story 3, 8") the last is the rating."""
    candidates: list[_Score] = []
    for match in _BARE.finditer(prepared, low):
        if match.start("raw") >= high:
            break
        score = _any(match)
        if score is None or not _new(score, known) or _is_label(prepared, match, verb):
            continue
        if candidates and not prepared[candidates[-1].end : score.start].strip(" ,-:"):
            candidates.pop()
        candidates.append(score)
    yield from candidates


def _is_label(prepared: str, match: re.Match[str], verb: re.Match[str]) -> bool:
    before = prepared[: match.start()]
    said = match[0].lower()
    if _LABEL.search(before, verb.end()) or _DENIED.search(before):
        return True
    if said.startswith("to ") and not _MOVES.match(verb[0]):
        return True
    # "that one", "this one": a pronoun.
    return match["raw"].lower() == "one" and not said.startswith(("a ", "to "))


def _beside(match: re.Match[str]) -> _Score | None:
    """Read a number from 0 to 10, or one that is plainly below: "minus two for Heat"; "Heat -8" has a dash."""
    score = _any(match)
    if score is None or score.raw > 10:
        return None
    before = match.string[match.start("title") : match.start("raw")].rstrip()
    dash = score.raw < 0 and match["raw"].startswith("-") and before and before[-1] not in ":=("
    return None if dash else score


def _beside_titles(prepared: str, titles: str, known: list[_Score]) -> Iterator[_Score]:
    """Read the bare numbers beside titles; `titles` has only these masked, `prepared` days and lengths too."""
    if _NO_VERDICT.search(titles):
        return
    for pattern in _BESIDE_TITLE:
        for match in pattern.finditer(prepared):
            score = _beside(match)
            if _OTHER_MEASURE.search(titles[: match.start("title")].rstrip(MASK)):
                continue
            # A day is masked in `prepared` alone: "Friday 8" is no verdict.
            if score is not None and titles[match.start("title")] == prepared[match.start("title")]:
                score = score._replace(start=match.start("raw"), end=match.end("raw"))
                if _new(score, known):
                    yield score


def _lone(prepared: str, titles: str, known: list[_Score]) -> Iterator[_Score]:
    """Read a number that nothing is said of; beside a day or a length it may be an hour or a count."""
    if known:
        match = _SO.search(prepared) or (_MIGHT_HAVE.search(prepared) and _INSTEAD_OF_IT.search(prepared))
        score = _small(match) if match else None
        if match and score and _new(score, known):
            yield score._replace(start=match.start("raw"))
        return
    seen = bool(_SEEN.search(prepared) or _GONE_BY.search(titles))
    judged = (
        MASK in titles
        and prepared == titles
        and not (_NO_VERDICT.search(titles) or _OTHER_MEASURE_OF.search(titles))
    )
    for pattern in [_CUT_OFF] * (seen or judged) + [_LAST_WORD] * seen:
        for match in pattern.finditer(prepared):
            score = _small(match)
            before = prepared[: match.start("raw")]
            if score is None or match["raw"].lower() == "one" or _LABEL.search(before):
                continue
            yield score._replace(start=match.start("raw"))
            return
    for match in _DECIMAL.finditer(prepared):
        score = _any(match)
        if score is not None and not _LABEL.search(prepared[: match.start()]):
            yield score


def _better(prepared: str, known: list[_Score]) -> Iterator[_Score]:
    """Read the bare number that takes a score back: "nine out of ten, no, eight"."""
    for earlier in known:
        match = _BETTER.match(prepared, earlier.end)
        score = _small(match) if match else None
        if match and score is not None:
            score = score._replace(start=match.start("raw"))
            if _new(score, known):
                yield score


def _no_hours(prepared: str, titles: str, known: list[_Score]) -> Iterator[_Score]:
    """Read what would pass for an hour; a day behind it tells that it is one."""
    if _NO_VERDICT.search(titles):
        return
    found: list[_Score] = []
    for pattern in _NO_HOUR:
        for match in pattern.finditer(titles):
            score = _small(match)
            if score is not None and prepared[match.end() :] == titles[match.end() :]:
                score = score._replace(start=match.start("raw"))
                if _new(score, known + found):
                    found.append(score)
    yield from found


def _whole_answer(titles: str) -> list[_Score]:
    """Read a text that is nothing but a number: the answer to "How would you rate it?"."""
    match = _WHOLE_ANSWER.fullmatch(titles)
    score = _any(match) if match and MASK not in titles else None
    if not match or score is None or abs(score.raw) > 100 or _CLOCK.fullmatch(match["raw"]):
        return []
    return [score._replace(start=match.start("raw"), end=match.end("raw"))]


def _at_the_head(prepared: str, titles: str) -> list[_Score]:
    """Read the number that a text begins with and then explains: "9. absolutely harrowing"."""
    match = _AT_THE_HEAD.match(prepared)
    score = _small(match) if match else None
    if not match or score is None or match["raw"].lower() == "one" or _NO_VERDICT.search(titles):
        return []
    if _NOT_OF_A_VERDICT.match(prepared, match.start("rest")):
        return []
    return [score._replace(start=match.start("raw"), end=match.end("raw"))]


def _ranges(prepared: str, titles: str, scores: list[_Score]) -> Iterator[_Score]:
    """Put the two ends of a range, neither of which is a verdict, in the place of what was read there."""
    left = list(scores)
    for match in _RANGE.finditer(prepared):
        first = "low" if match["low"] else "from"
        low, high = word_number(match[first]), word_number(match["high"])
        inside = [score for score in scores if overlaps(score.start, score.end, [match.span()])]
        if low is None or high is None or not 0 <= low < high <= 10 or not (inside or first == "low"):
            continue
        if _STARTED_FROM.search(prepared[: match.start()]):
            continue
        decided = _DECIDED.match(prepared, match.end())
        verdict = _small(decided) if decided else None
        if decided and verdict:
            over = [(match.start(), decided.end())]
            left = [score for score in left if not overlaps(score.start, score.end, over)]
            yield verdict._replace(start=match.start())
            continue
        if any(score.scale != 10 for score in inside) or not (inside or prepared == titles):
            continue
        if not inside and _NO_VERDICT.search(titles):
            continue
        left = [score for score in left if score not in inside]
        yield _Score(match.start(first), match.end(first), low, 10, "min")
        end = max([match.end("high"), *(score.end for score in inside)])
        yield _Score(match.start("high"), end, high, 10, "max")
    yield from left


def _rating(text: str, prepared: str, score: _Score) -> Rating:
    exact = Decimal(str(score.raw)) * 10 / score.scale
    value = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Rating(
        text=text[score.start : score.end],
        start=score.start,
        end=score.end,
        value=float(value),
        in_range=0 <= exact <= 10,
        raw=score.raw,
        scale=score.scale,
        bound=score.bound or _bound(prepared, score),
    )


def _bound(prepared: str, score: _Score) -> Bound:
    said, before, after = prepared[score.start : score.end], prepared[: score.start], prepared[score.end :]
    number = compiled(NUMBER).search(said)
    lead = before + (said[: number.start()] if number else "")
    if _NO_MORE.search(lead):
        return "max"
    if _MIN_WORDS.search(lead) or _MIN_TAIL.match(after) or _MIN_TAIL.search(said):
        return "min"
    if (
        (_MAX_WORDS.search(lead) and not _RAISED.search(lead))
        or _MAX_TAIL.match(after)
        or _MAX_TAIL.search(said)
    ):
        return "max"
    return "exact"
