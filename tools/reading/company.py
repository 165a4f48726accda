"""In whose company a film is watched: "with Tom", "me and Jess", "the whole family", "by myself"."""

import re
from collections.abc import Iterable, Iterator

from tools.reading.second_thoughts import taken_back
from tools.reading.spans import COMPLETE, MASK, Span, compiled

_KIN = (
    r"(?:wife|hubby|husband|spouse|missus|partner|girlfriend|gf|boyfriend|bf|fianc[eé]e?|"
    r"(?:step|god|grand|foster\s+)?(?:mum|mom|mother|dad|father|parents?|brothers?|sisters?|sons?|daughters?|"
    r"kids|child(?:ren)?)(?:-in-law)?|mummy|mommy|daddy|ma|gran(?:dma|dpa|d?dad|ny)?|nan(?:a|ny)?|bro|sis|folks|"
    r"cousins?|aunt(?:ie|y)?s?|uncles?|nieces?|nephews?|(?:room|flat|house|class|team|band|work|school)mates?|"
    r"colleagues?|co-?workers?|neighbou?rs?|in-laws|besties?|bff|"
    r"people\s+from\s+work|work\s+people)"
)
_GROUP = (
    r"(?:(?:(?:book|film|movie|cinema|reading|writing|study|drama|running|support|church|youth|bridge|chess|anime|"
    r"horror)\s+)?(?:club|group|circle|society|crew)|class|team)"
)
_RELATIVE = (
    rf"(?:{_KIN}|{_GROUP}|ex|date|(?:other|better)\s+half|twins|toddler|baby|teenagers?|boss|students?|pupils?|"
    r"teachers?|guests?|visitors?|dog|cat)"
)
_KIDS = r"(?:kids|children|family|little\s+ones|boys|girls|fam)"
_FRIENDS = r"(?:friends?|mates?|buddies|buddy|pals?|guys|gang|lads)"
_WHOSE = (
    r"(?:(?:the|my|our|a|some|\d+|two|three|four|five|few|couple\s+of|bunch\s+of|group\s+of|old|good|best)\s+)*"
)
# Only of one's own is anybody company: "a film with crew and dog" has a cast.
_SOMEONE_NEAR = (
    rf"(?:(?:my|our)\s+(?:(?!own\b|with\b|and\b)[\w-]+\s+){{0,2}}?{_RELATIVE}|(?:(?:the|some)\s+)?{_KIN}|"
    rf"the\s+(?:{_GROUP}(?!\s+of\b)|dog|cat))(?!['\w-])"
)
_SOME_KIDS = rf"(?:{_WHOSE}(?:(?:whole|entire)\s+)?{_KIDS}(?![\w'-]))"
_SOME_FRIENDS = rf"(?:(?:{_WHOSE}|(?:my|our|his|her|some)\s+[\w-]+\s+){_FRIENDS}(?![\w'-]))"
# Atomic, as "friends and kids, friends and …" could be split in countless ways.
_KNOWN = rf"(?>{_SOME_KIDS}|{_SOME_FRIENDS}|{_SOMEONE_NEAR})"

_NOBODY = (
    r"(?:the|an?|my|our|his|her|hers|their|its|it|this|that|these|those|me|him|them|us|you|i|we|he|she|they|no|not|"
    r"some|any|all|many|more|less|every\w*|some(?:one|body|thing)|any(?:one|body|thing)|no(?:body|thing)|people|"
    r"subtitles|captions|headphones|popcorn|snacks|commentary|dinner|ads|lunch|pizza|beer|wine|drinks|work|english|"
    r"french|german|spanish|italian|japanese|dubb\w+|dubs?|surround|sound|music|lots|great|good|high|low|pleasure|"
    r"and|or|but|so|then|too|also|both|just|only|one|two|three|four|five|six|seven|eight|nine|ten|who|what|which|"
    r"when|where|there|here|yes|no|oh|ok|okay|well|um|uh|er|yeah|if|as|at|in|on|of|to|for|by|from|with|without|now|"
    r"was|were|is|are|had|has|have|did|do|went|saw|seen|watched|love[ds]?|like[ds]?|hated|enjoyed|cried|laughed|"
    r"thought|found|gave|give|fell|slept|tired|rated|rate|log|add|put|stop|please|thanks|again|alone|really|very|"
    r"finally|today|tonight|tomorrow|yesterday|last|next|first|\w+day|night|morning|evening|netflix|cinema|film|"
    r"movie|show|series|episode|ending|cast|story|plot|title|rating|review|date|subs|another|other|each|such|"
    r"let's|i'm|i've|it's|that's|what's|we've|because|cause|cos|after|before|while|since)"
)
_CAPITAL = rf"(?!{_NOBODY}\b)(?-i:[A-Z][\w'-]*[\w])(?!'s\b)"
_TITLED = r"(?:(?:uncle|aunt(?:ie|y)?|cousin|grandma|grandpa|granny|mr|mrs|ms|dr)\.?\s+)"
_LOWER = rf"(?!{_NOBODY}\b)[a-z][a-z-]*[a-z]"
_UNCLE_BOB = rf"{_TITLED}(?-i:[A-Z])[\w'-]*\w"
_ONE = rf"(?:{_UNCLE_BOB}|{_KNOWN}|{_CAPITAL}(?:\s+{_CAPITAL})?)"
_AND = r"(?:,?\s+and\s+|\s*&\s*|\s+n\s+|\s+plus\s+)"
_LIST = rf"(?>{_ONE}(?:(?:,\s*{_ONE}){{0,4}}{_AND}{_ONE}){{0,3}})"
_SPOKEN_ONE = rf"(?:{_UNCLE_BOB}|{_KNOWN}|{_LOWER})"
_SPOKEN = rf"(?:{_SPOKEN_ONE}(?:{_AND}{_SPOKEN_ONE}){{0,5}}){COMPLETE}"

_WITH = (
    r"(?:\b(?:together\s+with|along\s+with|with|alongside|(?:in|in\s+the)\s+company\s+of|accompanied\s+by|joined\s+by)"
    r"\s+|\bw/(?!o\b)\s*)"
)
_OPENS = (
    rf"(?:^|[.!?;,:(/|]\s*|\s-\s|{MASK}\s+|\b(?:and|but|so|then|oh|that|mention|say|add|yesterday|"
    r"today|tonight|night|um|uh)\s+)"
)
_DID = (
    r"\s+(?:we\s+)?(?:(?:\w+ly|just|both|all|also|then|um|uh|have|had|'ve)\s+)*"
    r"(?:(?:re-?)?watch(?:ed|ing)?|saw|seen|went|caught|finished|streamed|binged|did|sat|go(?:es)?\s+to|"
    rf"had\s+an?\s+[\w{MASK}]+\s+night)\b"
)
_US = r"(?:me|i|myself)"
_SEEN = (
    r"\b(?:(?:re-?)?watch(?:ed|ing|es)?|saw|seen|see(?:ing)?|finished|caught|went|took|viewing|screening|schedul\w+|"
    r"plan\w*|put|streamed|binged|rented|(?:film|movie)\s+(?:night|club|evening)|marathon|double\s+bill|"
    r"(?:it|that|this)\s+was)\b"
)
WATCHED = compiled(_SEEN)
"""Words of watching: beside them a name behind "with" or "at" is company or a place."""
_NOUN = (
    r"(?:films?|movies?|titles?|shows?|series|something|anything|ones?|stuff|thrillers?|comed(?:y|ies)|flicks?)"
)
_CAST = compiled(rf"\b(?:{_NOUN}|starring|actors?|cast|(?-i:[A-Z])\w+\s+(?:is|was)\s+\w+)\s+$")
_SCENE = compiled(r"\b(?:scenes?|moments?|chemistry|dialogues?)\s+$")
# "The film we saw with Alan Rickman": a first name and a surname behind any film are a cast.
_FILM_BEFORE = compiled(rf"\b(?:{_NOUN}(?!\s+(?:night|club|evening))|starring)\b[^.!?;,]*\Z")
_WISH = compiled(
    rf"\b(?:any|find|recommend\w*|suggest\w*|looking\s+for|fancy|want|is\s+there|{_NOUN}(?!\s+(?:night|club)))\b"
    r"[^.!?;]*\Z"
)
_ADDS_BEFORE = compiled(
    r"\A\W*(?:(?:no|oh|sorry|btw|by\s+the\s+way|actually|wait|ah|yes|and|but|also|oops|forgot|i|to|say|mention)\W+)*\Z"
)
_ADDS_AFTER = compiled(
    r"\W*(?:\s*(?:actually|btw|by\s+the\s+way|though|i\s+mean)|,?\s*(?:i\s+)?(?:should|forgot\s+to|meant\s+to|must)\s+"
    r"(?:add|say|mention|have\s+said)|,?\s*not\s+(?:with\s+)?[\w' ]+)\W*\Z"
)
_WE_SAW = compiled(rf"\b(?:i|we)\s+(?:\w+ly\s+|just\s+)?{_SEEN}")
_ONLY_ADDS = compiled(r"\A\W*(?:no|oh|sorry|btw|actually|wait|ah|oops)\b")

_ALONE = compiled(
    r"\b(?:all\s+)?by\s+(?:my|me)self\b|\b(?:all\s+)?on\s+(?:my|me)\s+(?:own|lonesome|tod+)\b|"
    r"(?<!(?<!at )home )(?<!leave me )(?<!leave it )(?<!leave that )(?<!leave them )(?<!left )(?<!let )"
    r"(?<!leave )(?<!feel )(?<!felt )(?<!you )(?<!is )(?<!was a )"
    r"\b(?:all\s+)?alone\b|\bsolo\b|"
    r"\b(?:just|only)\s+(?:me|myself)(?=\s*$|\s*[.,;!)]|\s+(?:on|at|in|last)\b)|"
    r"\b(?:with\s+)?(?:nobody|no[\s-]?one)(?:\s+else)?\s+(?:with\s+me|else|there|around)\b|"
    r"\bwith\s+(?:nobody|no[\s-]?one)(?:\s+else)?\b|\bunaccompanied\b"
)
_DATE = compiled(r"\b(?:for\s+|on\s+)?(?:a\s+|our\s+)?date\s+night\b|\bon\s+a\s+date\b")
_FAMILY = compiled(
    r"\bas\s+a\s+family\b|\bfamily\s+(?:movie|film)\s+night\b|"
    r"(?<!for )(?<!of )(?<!for the )(?<!for my )(?<!for our )(?<!of the )"
    rf"\b(?:the\s+|my\s+|our\s+)?(?:whole|entire)\s+family(?=\s*(?:$|[,;.!]|{MASK})|"
    r"\s+(?:watched|saw|went|came|together|sat|was\s+there|were\s+there|loved|enjoyed|joined)\b)"
)
_TWO = compiled(r"\b(?:just\s+)?(?:us\s+two|the\s+two\s+of\s+us|the\s+both\s+of\s+us)\b|\bjust\s+us\b")

_CAME = (
    r"\s+(?:(?:came|tagged|went|joined)\s+(?:in\s+)?along|joined(?:\s+(?:me|us|in))|came\s+(?:too|with\s+(?:me|us)|over\s+to"
    r"\s+watch|as\s+well)|(?:was|were)\s+(?:also\s+)?(?:there|with\s+(?:me|us)|in\s+tow)(?:\s+(?:too|as\s+well|with\s+"
    r"(?:me|us)))?|kept\s+me\s+company|"
    rf"(?:watched|saw)\s+(?:(?:it|that|this|{MASK}+)\s+)?(?:along\s+)?with\s+(?:me|us))(?!\w)"
)


_SPOKEN_LIST = rf"{_SPOKEN_ONE}(?:{_AND}{_SPOKEN_ONE}){{0,5}}"
_FRAGMENT = r"(?:^|[.!?;,:(/|]\s*|\s-\s+)"
_FRAGMENT_END = rf"(?=\s*(?:[,;.!:)]|-\s|$|{MASK}))"
_TOGETHER = [
    compiled(rule)
    for rule in (
        rf"\b(?P<all>(?:took|taking|taken|brought|treated|dragged|invited)\s+(?P<who>{_LIST})(?:\s+along)?\s+(?:out\s+)?to\b"
        rf"(?:\s+(?:see|watch)\b|(?=\s+(?:(?:the|a)\s+(?:cinema|movies|pictures|theat|premiere|screening)|{MASK}))))",
        rf"\b(?P<all>(?:had|having)\s+(?P<who>{_LIST})\s+(?:over|round))\b(?=[^.!?;]*(?:{MASK}|watch))",
        rf"(?P<all>\b(?P<who>{_ONE}(?:,\s*{_ONE}){{0,5}}|{_LIST})(?:,?\s+and|\s*&|\s+n)\s+{_US})(?={_DID})",
        rf"\b(?P<all>{_US}(?:\s+and|\s*&|\s+n|\s*,)\s+(?P<who>{_LIST}))(?=,?{_DID})",
        rf"\b(?P<all>it\s+was\s+(?P<who>{_LIST}|{_LOWER})\s+(?:who|that)\s+(?:came|joined|went|watched|saw|was\s+there|"
        r"tagged)(?:\s+(?:along|it|with\s+(?:me|us)|me|us))*)",
        # "it was my brother, not my sister"
        r"\b(?P<all>it\s+was\s+(?:actually\s+)?(?P<who>(?:my|our)\s+[^.!?;,]+?)),?\s+not\s+(?:my|our|the|with)\b",
        rf"{_OPENS}(?P<all>(?P<who>{_LIST}){_CAME})",
        # As speech is written down, without capitals.
        rf"{_OPENS}(?P<all>(?P<who>{_SPOKEN_LIST}){_CAME})",
        rf"{_OPENS}(?P<all>(?P<who>{_SPOKEN_LIST})\s+and\s+(?:i|me))(?={_DID})",
        rf"{_OPENS}(?P<all>(?:me|i)\s+and\s+(?P<who>{_SPOKEN_LIST}))(?={_DID})",
        # "Heat, me and Jess, Saturday"
        rf"{_FRAGMENT}(?P<all>(?:just\s+)?me{_AND}(?P<who>{_LIST}|{_SPOKEN_LIST})){_FRAGMENT_END}",
        rf"{_FRAGMENT}(?P<all>(?P<who>{_LIST}|{_SPOKEN_LIST}){_AND}(?:me|i)){_FRAGMENT_END}",
    )
]
_BESIDE = [compiled(rf"{_WITH}(?P<who>{names})") for names in (_LIST, _SPOKEN)]

_DENIED = compiled(r"(?:\b(?:not|n't|isnt|wasnt|never|rather\s+than|instead\s+of)\s+)\Z")
# "The one about a man alone on Mars" tells a plot.
_PLOT = compiled(
    r"\b(?:about|where|in\s+which|who|whose)\b"
    r"(?:(?!\b(?:watch\w*|saw|seen|see(?:ing)?|caught|finished|streamed|i|we)\b)[^.!?;])*\Z"
)


def find_company(prepared: str, beside: bool) -> tuple[str | None, Span | None, list[Span]]:
    """Find in whose company something is watched.

    Args:
        prepared: the text after `spans.prepare`, with titles and days masked.
        beside: whether a title stands beside a day or a source, which tells of a viewing as its verbs do.

    Returns:
        The company in the schema's words ("Solo", "With Friends") or the user's own ("With my niece"), the
        span of its words, and the spans of other company that is denied, taken back or said besides.
    """
    found = _longest(_candidates(prepared, beside))
    spans = [span for _, span, _ in found]
    back = taken_back(prepared, spans)
    meant = [
        candidate
        for index, candidate in enumerate(found)
        if index not in back and not _DENIED.search(prepared, 0, candidate[1][0])
    ]
    if not meant:
        return None, None, spans
    company, span, _ = min(meant, key=lambda candidate: (candidate[2], candidate[1]))
    return company, span, [other for other in spans if other[1] <= span[0] or span[1] <= other[0]]


def _longest(candidates: Iterable[tuple[str, Span, int]]) -> list[tuple[str, Span, int]]:
    """The candidates in the order of the text, without those that lie within another."""
    kept: list[tuple[str, Span, int]] = []
    for candidate in sorted(candidates, key=lambda candidate: (candidate[1][0], -candidate[1][1])):
        if not kept or candidate[1][1] > kept[-1][1][1]:
            kept.append(candidate)
    return kept


def _candidates(prepared: str, beside: bool) -> Iterator[tuple[str, Span, int]]:
    """Each company with its span and its rank: who was there says more than that one was not alone."""
    for name, rule in (("Date Night", _DATE), ("Solo", _ALONE), ("With Family", _FAMILY)):
        for match in rule.finditer(prepared):
            if name != "Solo" or not _PLOT.search(prepared, 0, match.start()):
                yield name, match.span(), 0
    for rule in _BESIDE:
        for match in rule.finditer(prepared):
            if _is_company(prepared, match, beside):
                yield _named(match["who"]), match.span(), 1
    for rule in _TOGETHER:
        for match in rule.finditer(prepared):
            if not _PLOT.search(prepared, 0, match.start("all")):
                yield _named(match["who"]), match.span("all"), 1
    for match in _TWO.finditer(prepared):
        yield match[0][:1].upper() + match[0][1:], match.span(), 2


def _is_company(prepared: str, match: re.Match[str], beside: bool) -> bool:
    """Tell company from a cast: one's own people are always company, a name only where somebody watched."""
    before, who = prepared[: match.start()], match["who"]
    if _PLOT.search(before) or _SCENE.search(before):
        return False
    if compiled(rf"\b{_KNOWN}").search(who):
        return not (_CAST.search(before) and compiled(rf"{_KIDS}|{_FRIENDS}|{_KIN}").fullmatch(who))
    if _CAST.search(before) or (_surnamed(who) and _FILM_BEFORE.search(before)):
        return False
    if WATCHED.search(before) or _WE_SAW.search(prepared, match.end()):
        return True
    if _ADDS_BEFORE.match(before) and (_ADDS_AFTER.match(prepared, match.end()) or _ONLY_ADDS.match(before)):
        return not _surnamed(who)
    if _surnamed(who) or not beside:
        return False
    return not _WISH.search(before)


def _surnamed(who: str) -> bool:
    return bool(re.search(r"[A-Z][\w'-]*\s+[A-Z]", who)) and not compiled(_UNCLE_BOB).fullmatch(who)


def _named(who: str) -> str:
    """The company in the schema's words, or in the user's: "With Family", "With my niece", "With Tom"."""
    who = " ".join(who.split())
    if compiled(rf"(?:{_WHOSE}{_RELATIVE}\s+and\s+)?(?:(?:my|our|the)\s+)?(?:\w+\s+)?{_KIDS}").fullmatch(who):
        return "With Family"
    if compiled(rf"(?:{_WHOSE}|(?:\w+\s+){{1,2}}){_FRIENDS}").fullmatch(who):
        return "With Friends"
    if " and " not in who:
        who = re.sub(r",\s*(?=[^,]*$)", " and ", who)
    if compiled(_KNOWN).fullmatch(who.split(" and ")[0]):
        return f"With {who}"
    return f"With {' '.join(_capital(word) for word in who.split())}"


def _capital(word: str) -> str:
    return (
        word
        if word in ("and", "the", "my", "our", "&", "n") or compiled(_KNOWN).fullmatch(word)
        else word[:1].upper() + word[1:]
    )
