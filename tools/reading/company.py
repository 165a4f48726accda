"""In whose company a film is watched: "with Tom", "me and Jess", "the whole family", "by myself"."""

import re
from collections.abc import Iterable, Iterator

from tools.reading.second_thoughts import taken_back
from tools.reading.spans import COMPLETE, MASK, SignedRule, Span, compiled, overlaps

_KIN = (
    r"(?:wife|hubby|husband|spouse|missus|partner|girlfriend|gf|boyfriend|bf|fianc[eé]e?|"
    r"(?:step|god|grand|foster\s+)?(?:mum|mom|mother|dad|father|parents?|brothers?|sisters?|sons?|daughters?|"
    r"kids|child(?:ren)?)(?:-in-law)?|mummy|mommy|daddy|ma|gran(?:dma|dpa|d?dad|ny)?|nan(?:a|ny)?|bro|sis|folks|"
    r"cousins?|aunt(?:ie|y)?s?|uncles?|nieces?|nephews?|(?:room|flat|house|class|team|band|work|school)mates?|"
    r"colleagues?|co-?workers?|neighbou?rs?|in-laws|besties?|bff|"
    r"(?:people|someone|somebody)\s+from\s+(?:work|uni|school|college|church|(?:my|our|the)\s+\w+)|work\s+people)"
)
_GROUP = (
    r"(?:(?:(?:book|film|movie|cinema|reading|writing|study|office|work|drama|running|support|church|youth|bridge|chess|anime|"
    r"horror)\s+)?(?:club|group|circle|society|crew)|class|team)"
)
_RELATIVE = (
    rf"(?:{_KIN}|{_GROUP}|ex|date|(?:other|better)\s+half|twins|toddler|baby|teenagers?|boss|students?|pupils?|"
    r"teachers?|guests?|visitors?|dog|cat)"
)
_KIDS = r"(?:kids|children|family|little\s+ones|boys|girls|fam)"
_FRIENDS = r"(?:friends?|mates?|buddies|buddy|pals?|guys|gang|lads)(?:\s+of\s+(?:mine|ours))?"
_WHOSE = (
    r"(?:(?:the|my|our|an?|some|all|whole|entire|\d+|two|three|four|five|few|couple\s+of|bunch\s+of|group\s+of|old|good|best|close|"
    r"school|work|uni|college|childhood)\s+)*"
)
_NOBODY = (
    r"(?:the|an?|my|our|his|her|hers|their|its|it|this|that|these|those|me|him|them|us|you|i|we|he|she|they|no|not|"
    r"some|any|all|many|more|less|every\w*|some(?:one|body|thing)|any(?:one|body|thing)|no(?:body|thing)|people|"
    r"subtitles|captions|headphones|popcorn|snacks|commentary|dinner|ads|lunch|pizza|beer|wine|drinks|work|english|"
    r"french|german|spanish|italian|japanese|dubb\w+|dubs?|surround|sound|music|lots|great|good|high|low|pleasure|"
    r"and|or|but|so|then|too|also|both|just|only|one|two|three|four|five|six|seven|eight|nine|ten|who|what|which|"
    r"when|where|there|here|yes|no|oh|ok|okay|well|um|uh|er|yeah|if|as|at|in|on|of|to|for|by|from|with|without|now|"
    r"was|were|is|are|had|has|have|did|do|went|saw|seen|watched|love[ds]?|like[ds]?|hated|enjoyed|cried|laughed|"
    r"thought|found|gave|give|fell|slept|tired|rated|rate|log|add|put|stop|please|thanks|again|alone|really|very|"
    r"finally|today|tonight|tomorrow|yesterday|last|next|first|(?:re)?watching|seeing|having|being|going|getting|doing|\w+day|night|morning|evening|netflix|prime|disney|mubi|hulu|amazon|apple|youtube|dvd|tv|cinema|film|"
    r"movie|show|series|episode|ending|cast|story|plot|title|rating|review|date|subs|another|other|each|such|"
    r"let's|i'm|i've|it's|that's|what's|we've|because|cause|cos|after|before|while|since)"
)
_CAPITAL = rf"(?!{_NOBODY}\b)(?-i:[A-Z][\w'-]*[\w])(?!'s\b)"
_COLLEAGUE = r"an?\s+(?:colleague|co-?worker|neighbou?r|(?:room|flat|house|class|team)mate|cousin)"
# Only of one's own is anybody company: "a film with crew and dog" has a cast.
_SOMEONE_NEAR = (
    rf"(?:(?:all\s+(?:of\s+)?)?(?:my|our)\s+(?:(?!own\b|with\b|and\b)[\w'-]+\s+){{0,2}}?{_RELATIVE}"
    rf"(?:\s+{_CAPITAL})?|"
    rf"(?:(?:the|some)\s+)?{_KIN}|{_COLLEAGUE}|the\s+(?:{_GROUP}(?!\s+of\b)|dog|cat|(?:other|better)\s+half))(?!['\w-])"
)
_FRIEND_BEN = rf"(?:(?:my|our|a)\s+(?:\w+\s+)?(?:friend|mate|buddy|pal)\s+{_CAPITAL})"
_SOME_KIDS = rf"(?:{_WHOSE}(?:(?:whole|entire)\s+)?{_KIDS}(?![\w'-]))"
_SOME_FRIENDS = rf"(?:(?:{_WHOSE}|(?:my|our|his|her|some)\s+[\w-]+\s+){_FRIENDS}(?![\w'-]))"
# Atomic, as "friends and kids, friends and …" could be split in countless ways.
_KNOWN = rf"(?>{_FRIEND_BEN}|{_SOME_KIDS}|{_SOME_FRIENDS}|{_SOMEONE_NEAR})"
_TITLED = r"(?:(?:uncle|aunt(?:ie|y)?|cousin|grandma|grandpa|granny|(?:mr|mrs|ms|dr)\.?)\s+)"
_LOWER = rf"(?!{_NOBODY}\b)[a-z][a-z-]*[a-z]"
_UNCLE_BOB = rf"{_TITLED}(?-i:[A-Z])[\w'-]*\w"
_ONE = rf"(?:{_UNCLE_BOB}|{_KNOWN}|{_CAPITAL}(?:\s+{_CAPITAL})?)"
_AND = r"(?:,?\s+and\s+|\s*&\s*|\s+n\s+|\s+plus\s+)"
_ALSO = rf"(?:(?:his|her|their)\s+{_RELATIVE}(?![\w'-])|{_ONE})"
_LIST = rf"(?>{_ONE}(?:(?:,\s*{_ONE}|\s+{_KNOWN}){{0,4}}{_AND}{_ALSO}){{0,3}})"
_SPOKEN_ONE = rf"(?:{_UNCLE_BOB}|{_KNOWN}|{_LOWER})"
_SPOKEN = rf"(?:{_SPOKEN_ONE}(?:{_AND}{_SPOKEN_ONE}){{0,5}}){COMPLETE}"

_WITH = (
    r"(?:\b(?:together\s+with|along\s+with|with|alongside|(?:in|in\s+the)\s+company\s+of|accompanied\s+by|joined\s+by)"
    rf"\s+|\bw/(?!o\b)\s*|\bw\s+|(?<=[\s{MASK}])\+\s*(?=[A-Za-z])|\b(?:with|company)\s*[:=]\s*|\bcompany\s+(?:was|is)\s+)"
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
    r"(?:\b(?:(?:re-?)?watch(?:ed|ing|es)?|saw|seen|see(?:ing)?|finished|caught|went|took|viewing|screening|schedul\w+|"
    r"plan\w*|put|streamed|binged|rented|(?:film|movie)\s+(?:night|club|evening)|marathon|double\s+bill|"
    r"(?:it|that|this)\s+was|(?:i|we)\s+(?:was|were)\s+(?:really\s+|actually\s+)?there)|"
    rf"{MASK}\s+was)\b"
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
    r"\A\W*(?:(?:no|oh|sorry|btw|by\s+the\s+way|actually|wait|ah|yes|and|but|also|oops|forgot|i|to|say|mention|mean|meant|it|was|rather|not|wasn't|alone)\W+)*\Z"
)
_ADDS_AFTER = compiled(
    r"\W*(?:\s*(?:actually|btw|by\s+the\s+way|though|sorry|i\s+meant?)|,?\s*(?:i\s+)?(?:should|forgot\s+to|meant\s+to|must)\s+"
    r"(?:add|say|mention|have\s+said)|,?\s*not\s+(?:with\s+)?[\w' ]+)\W*\Z"
)
_WE_SAW = compiled(rf"\b(?:i|we|and(?:\s+then)?)\s+(?:\w+ly\s+|just\s+)?{_SEEN}")
_ONLY_ADDS = compiled(r"\A\W*(?:no|oh|sorry|btw|actually|wait|ah|oops|i\s+meant?|rather|(?:i\s+)?wasn't|not)\b")

_ALONE = compiled(
    r"\b(?:all\s+)?(?:by\s+(?:my|me)self|on\s+(?:my|me)\s+(?:own|lonesome|tod+))\b|\b(?:all\s+)?alone\b|\bsolo\b|"
    rf"\b(?:just|only)\s+(?:little\s+)?(?:old\s+)?(?:me|myself)(?=\s*$|\s*[.,;!)]|\s*{MASK}|\s+(?:on|at|in|last|watching|here|this)\b)|"
    r"\b(?:just\s+|only\s+)?(?:me|myself)\s+for\s+company\b|"
    r"\bthe\s+only\s+(?:one|person|soul)\s+(?:there|watching|in\s+(?:the\s+)?(?:cinema|theat(?:er|re)|room|audience))\b(?!\s+(?:who|that|to)\b)|"
    r"\b(?:house|flat|place|apartment|cinema|theat(?:er|re)|room|telly|tv|sofa|couch)\s+to\s+myself\b|"
    r"\ball\s+to\s+myself\b|\bparty\s+of\s+one\b|(?:^|[,;(/|]\s*)no\s+company(?=\s*(?:$|[,;.!)/|])|\s+(?:this|last)\b|\s*"
    + MASK
    + r")|"
    r"\bme,?\s+myself(?:,?\s+and\s+i)\b|"
    r"\b(?:with\s+)?(?:nobody|no[\s-]?one)(?:\s+else)?\s+(?:with\s+me|else|there|around)\b|"
    r"\bwith\s+(?:nobody|no[\s-]?one)(?:\s+else)?\b|\bunaccompanied\b"
)
# "Leave it alone", "I wasn't alone", "let alone".
_NOT_ALONE = compiled(
    r"(?:(?<!at )(?<!\w)home|\b(?:leave|left|let)(?:\s+(?:me|it|that|them))?|\bfe(?:el|lt)|\byou|\bis|"
    r"\bwas\s+a|\bnot|\bnever|n't|\b(?:wasnt|werent|isnt)|(?:n't|nt|\bnot)\s+(?:watch|see)\s+\S+)\s+\Z"
)
_DATE = compiled(r"\b(?:for\s+|on\s+)?(?:a\s+|our\s+)?date\s+night\b|\bon\s+a\s+date\b")
_FAMILY = compiled(
    r"\bas\s+a\s+family\b|\bfamily\s+(?:movie|film)\s+night\b|"
    r"(?<!for )(?<!of )(?<!for the )(?<!for my )(?<!for our )(?<!of the )"
    rf"\b(?:the\s+|my\s+|our\s+)?(?:whole|entire)\s+family(?=\s*(?:$|[,;.!]|{MASK})|"
    r"\s+(?:watched|saw|went|came|together|sat|was\s+there|were\s+there|loved|enjoyed|joined)\b)"
)
_GANG = compiled(
    r"\b(?:the\s+|my\s+|our\s+)?(?:whole|entire)\s+(?:gang|crew|crowd|group|bunch)(?=\s*(?:$|[,;.!]|"
    rf"{MASK})|\s+(?:watched|saw|went|came|together|sat|was\s+there|were\s+there|loved|enjoyed|joined)\b)"
)
_SEVERAL = r"(?:two|both|three|four|five|six|seven|eight|[2-8])"
_OF_US = compiled(
    rf"\b(?:just\s+)?(?:(?:all|the)\s+)?(?<!about ){_SEVERAL}\s+of\s+us\b|"
    rf"\ball\s+of\s+us(?={_DID}|\s+together\b)|"
    rf"\b(?:the\s+both\s+of|just)\s+us\b(?:\s+{_SEVERAL}\b)?"
)
# Not "tell us two films".
_US_TWO = compiled(rf"(?:^|[,.;(:]\s*|{MASK}\s+|\band\s+)(?P<all>us\s+{_SEVERAL})\b")

_IT = rf"(?:it|that|this|{MASK}+)"
_HERE = r"(?:over|round|around|by|in)"
_TOO = r"(?:too|also|as\s+well|along|with\s+(?:me|us)|in\s+tow)"
_CAME = (
    rf"\s+(?:(?:also|then|even)\s+)?(?:(?:came|tagged|went|joined)\s+(?:in\s+)?along|joined(?:\s+(?:me|us|in)|"
    rf"(?=\s+(?:half\s?way|later|for)\b))|came\s+(?:too|with\s+(?:me|us)|as\s+well|{_HERE}\s+to\s+watch)|"
    rf"(?:came|popped|dropped|swung|stopped|was|were)\s+{_HERE}(?=\s*{MASK}*\s*(?:(?:and|so|,)\s*(?:and\s+|so\s+)?"
    rf"(?:we\b|watched\b|had\b)|for\s+(?:an?\s+|the\s+)?(?:film|movie|{MASK})))|"
    rf"(?:was|were)\s+(?:also\s+)?(?:there|with\s+(?:me|us)|in\s+tow|watching(?=\s+(?:{_IT}\s+)?{_TOO}))"
    rf"(?:\s+(?:{_IT}\s+)?{_TOO})*|"
    rf"kept\s+me\s+company|sat\s+(?:down\s+)?(?:with|next\s+to|beside)\s+(?:me|us)|"
    rf"(?:watched|saw)\s+(?:{_IT}\s+)?(?:along\s+)?with\s+(?:me|us)|"
    rf"(?:wanted|fancied|insisted|begged)\b[^.!?;]{{0,40}}?\s(?:and|so)(?=\s+we\s+(?:watch|saw|went|put|had))|"
    rf"(?:took|dragged|brought|invited|treated)\s+(?:me|us)\s+(?:along\s+|out\s+)?to(?:\s+(?:see|watch)\b|"
    rf"(?=\s+(?:(?:the|a)\s+(?:cinema|movies|pictures|theat|premiere|screening)|{MASK})))|"
    rf"(?:made|had|got|forced)\s+(?:me|us)\s+(?:to\s+)?(?:watch|see|sit\s+through)(?=\s+{_IT}))(?!\w)"
)


_SPOKEN_LIST = rf"{_SPOKEN_ONE}(?:{_AND}{_SPOKEN_ONE}){{0,5}}"
_FRAGMENT = rf"(?:^|[.!?;,:(/|]\s*|\s-\s+|{MASK}\s+)"
_FRAGMENT_END = rf"(?=\s*(?:[,;.!:)]|-\s|$|{MASK}|(?:on|at)\s))"
_TOGETHER = [
    SignedRule(sign, rule)
    for sign, rule in (
        (
            r"\bhad\b",
            rf"\b(?:i|we)\s+had\s+(?P<all>(?P<who>{_LIST}|{_SPOKEN_LIST})\s+(?:there\s+)?(?:with|beside|next\s+to)\s+(?:me|us))\b",
        ),
        (
            r"\b(?:took|taking|taken|brought|treated|dragged|invited)\b",
            rf"\b(?P<all>(?:took|taking|taken|brought|treated|dragged|invited)\s+(?P<who>{_LIST})(?:\s+along)?\s+(?:out\s+)?to\b"
            rf"(?:\s+(?:see|watch)\b|(?=\s+(?:(?:the|a)\s+(?:cinema|movies|pictures|theat|premiere|screening)|{MASK}))))",
        ),
        (
            r"\b(?:showed|showing|introduced)\b",
            rf"(?:^|[.!?;,]\s*|\b(?:i|we|and|finally|just)\s+|{MASK}\s+)(?P<all>(?:showed|showing|introduced)\s+(?P<who>{_LIST}))\s+(?:to\s+)?(?={_IT}(?!\w))",
        ),
        # "My daughter picked it and we watched it together"
        (
            r"\btogether\b",
            rf"{_OPENS}(?P<who>{_KNOWN})\s[^.!?;]*?\bwe\s+(?:\w+\s+)?(?:re-?)?(?:watched|saw)\b[^.!?;]{{0,40}}?\s(?P<all>together)\b",
        ),
        (
            r"\b(?:took|brought|dragged)\b",
            rf"\b(?P<all>(?:took|brought|dragged)\s+(?P<who>{_LIST})\s+(?:with\s+(?:me|us)|along))(?!\w)",
        ),
        (
            r"\bme(?:t|et|eting)\b",
            rf"\b(?P<all>(?:meet(?:ing)?|met)\s+(?P<who>{_LIST}))(?=\s+(?:at|in|for|to)\b[^.!?;]*{MASK})",
        ),
        (
            r"\b(?:showed|showing)\b",
            rf"(?:^|[.!?;,]\s*|\b(?:i|we|and|finally|just)\s+)(?:showed|showing)\s+{_IT}\s+(?P<all>to\s+(?P<who>{_LIST}))",
        ),
        (
            r"\b(?:had|having)\b",
            rf"\b(?P<all>(?:had|having)\s+(?P<who>{_LIST})\s+(?:over|round))\b(?=[^.!?;]*(?:{MASK}|watch))",
        ),
        (
            r"(?:\band|&|\bn)\s+(?:me|i|myself)\b",
            rf"(?P<all>\b(?P<who>{_ONE}(?:,\s*{_ONE}){{0,5}}|{_LIST})(?:,?\s+and|\s*&|\s+n)\s+{_US})(?={_DID})",
        ),
        (
            r"\b(?:me|i|myself)(?:\s+and|\s*&|\s+n|\s*,)",
            rf"\b(?P<all>{_US}(?:\s+and|\s*&|\s+n|\s*,)\s+(?P<who>{_LIST}))(?=,?{_DID})",
        ),
        (
            r"\bit\s+was\b",
            rf"\b(?P<all>it\s+was\s+(?P<who>{_LIST}|{_LOWER})\s+(?:who|that|i)\s+(?:came|joined|went|watched|saw|was\s+there|"
            r"tagged)(?:\s+(?:along|it|with\s+(?:me|us)|me|us))*)",
        ),
        # "not my dad, my uncle", "my cousin not my brother", "not with Ben but with Clara"
        (
            r"\bnot\b",
            rf"{_OPENS}(?P<all>not\s+(?:with\s+)?{_KNOWN}(?:,|\s+(?:but|no|it\s+was))*\s+(?:with\s+)?(?P<who>{_KNOWN}))"
            rf"{_FRAGMENT_END}",
        ),
        (
            r"\bnot\b",
            rf"{_OPENS}(?P<all>(?P<who>{_KNOWN}),?\s+not\s+(?:with\s+)?{_KNOWN}){_FRAGMENT_END}",
        ),
        (
            r"\bnot\s+with\b",
            rf"\b(?P<all>not\s+with\s+{_ONE}(?:,|\s+(?:but|no|it\s+was))*\s+with\s+(?P<who>{_LIST}))",
        ),
        (
            r"\bnot\b",
            rf"\b(?P<all>it\s+was\s+(?:actually\s+)?(?P<who>{_LIST}),?\s+not\s+{_ONE}){_FRAGMENT_END}",
        ),
        # "it was my brother, not my sister"
        (
            r"\bnot\b",
            r"\b(?P<all>it\s+was\s+(?:actually\s+)?(?P<who>(?:my|our)\s+[^.!?;,]+?)),?\s+not\s+(?:my|our|the|with)\b",
        ),
        (
            _CAME,
            rf"{_OPENS}(?P<all>(?P<who>{_LIST}){_CAME})",
        ),
        # As speech is written down, without capitals.
        (
            _CAME,
            rf"{_OPENS}(?P<all>(?P<who>{_SPOKEN_LIST}){_CAME})",
        ),
        (
            r"\band\s+(?:i|me)\b",
            rf"{_OPENS}(?P<all>(?P<who>{_SPOKEN_LIST})\s+and\s+(?:i|me))(?={_DID})",
        ),
        (
            r"\b(?:me|i)\s+and\b",
            rf"{_OPENS}(?P<all>(?:me|i)\s+and\s+(?P<who>{_SPOKEN_LIST}))(?={_DID})",
        ),
        # "Heat, me and Jess, Saturday"
        (
            rf"me{_AND}",
            rf"{_FRAGMENT}(?:it\s+was\s+)?(?P<all>(?:just\s+)?me{_AND}(?P<who>{_LIST}|{_SPOKEN_LIST})){_FRAGMENT_END}",
        ),
        (
            rf"{_AND}(?:me|i)\b",
            rf"{_FRAGMENT}(?P<all>(?P<who>{_LIST}|{_SPOKEN_LIST}){_AND}(?:me|i)){_FRAGMENT_END}",
        ),
    )
]
# "My sister made me sit through Heat with her": the one spoken of before.
_WITH_HER = SignedRule(
    r"\bwith\s+(?:her|him|them)\b",
    rf"{_OPENS}(?P<who>{_KNOWN}|{_CAPITAL})\s[^.!?;]*?\b(?:watch\w*|saw|sat|sit|see|went)\b[^.!?;]{{0,60}}?\s"
    r"(?P<all>with\s+(?:her|him|them))(?!\s+[a-z]*s\b)(?!\w)",
)
_BESIDE = [SignedRule(_WITH, rf"{_WITH}(?P<who>{names})") for names in (_LIST, _SPOKEN)]

_DENIED = compiled(r"(?:\b(?:not|n't|isnt|wasnt|never|rather\s+than|instead\s+of)\s+)\Z")
# "The one about a man alone on Mars" tells a plot.
_PLOT = compiled(
    r"\b(?:about|where|in\s+which|who|whose)\b"
    r"(?:(?!\b(?:watch\w*|saw|seen|see(?:ing)?|caught|finished|streamed|i|we)\b)[^.!?;])*\Z"
)


def find_company(prepared: str, beside: bool, place: Span | None) -> tuple[str | None, Span | None, list[Span]]:
    """Find in whose company something is watched.

    Args:
        prepared: the text after `spans.prepare`, with titles and days masked.
        beside: whether a title stands beside a day, which tells of a viewing as its verbs do.
        place: where the source of the viewing is said, which tells of one too.

    Returns:
        The company in the schema's words ("Solo", "With Friends") or the user's own ("With my niece"), the
        span of its words, and the spans of other company that is denied, taken back or said besides.
    """
    found = _longest(_candidates(prepared, beside, place))
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


def _candidates(prepared: str, beside: bool, place: Span | None) -> Iterator[tuple[str, Span, int]]:
    """Each company with its span and its rank: who was there says more than that one was not alone."""
    places = [place] if place else []
    for name, rule in (
        ("Date Night", _DATE),
        ("Solo", _ALONE),
        ("With Family", _FAMILY),
        ("With Friends", _GANG),
    ):
        for match in rule.finditer(prepared):
            if name != "Solo" or not (
                _PLOT.search(prepared, 0, match.start()) or _NOT_ALONE.search(prepared, 0, match.start())
            ):
                yield name, match.span(), 0
    for signed in _BESIDE:
        for match in signed.finditer(prepared):
            if _is_company(prepared, match, beside or bool(place)):
                yield _named(match["who"]), match.span(), 1
    for signed in _TOGETHER:
        for match in signed.finditer(prepared):
            # "It was on HBO Max and I saw it": a service is no company.
            named = not overlaps(*match.span("who"), places)
            if named and not _PLOT.search(prepared, 0, match.start("all")):
                yield _named(match["who"]), match.span("all"), 1
    for match in _WITH_HER.finditer(prepared):
        if not _PLOT.search(prepared, 0, match.start("who")):
            yield _named(match["who"]), match.span("all"), 2
    several = [match.span() for match in _OF_US.finditer(prepared)]
    several += [match.span("all") for match in _US_TWO.finditer(prepared)]
    for start, end in several:
        if not _PLOT.search(prepared, 0, start):
            yield prepared[start].upper() + prepared[start + 1 : end], (start, end), 2


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
    who = re.sub(r"^(?:My|Our|The)\b", lambda article: article[0].lower(), " ".join(who.split()))
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
        if word in ("and", "the", "my", "our", "his", "her", "their", "&", "n")
        or compiled(_KNOWN).fullmatch(word)
        else word[:1].upper() + word[1:]
    )
