"""What the user's words tell of somebody else: what others watched, rated and said is no act of the user's."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_ME = re.compile(r"\b(?:i|we|me|us|myself|ourselves|im|ive|id|(?:whole|entire)\s+family)\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:i|we|me|us|my|our|mine|im|ive|id)\b", re.IGNORECASE)

# What may stand before the one who did something, and is nobody.
_TIMES = (
    "on|in|at|over|during|this|last|next|yesterday|today|tonight|tomorrow|earlier|once|again|ago|few|other|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|weekend|"
    r"days?|weeks?|months?|years?|nights?|mornings?|evenings?|afternoons?|\d+(?:st|nd|rd|th)?|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_FILLERS = (
    "so|yeah|yes|no|nope|well|um|uh|er|ok|okay|oh|ah|hey|hi|hello|right|anyway|and|but|then|also|btw|fyi|wow|"
    "lol|"
    "maybe|perhaps|meanwhile|plus|even|just|too|now|only|really|early|apparently|reportedly|supposedly|"
    "evidently|obviously|"
    "actually|honestly|frankly|basically|literally|seriously|personally|finally|recently|lately|currently|"
    "originally|"
    "usually|eventually|previously|suddenly|sadly|luckily|thankfully|hopefully|unfortunately|surprisingly|"
    "interestingly|"
    "funnily|totally|absolutely|thoroughly|definitely|probably|possibly|certainly|truly|genuinely|"
    "accidentally|partly|mostly"
)
_OPENS = rf"(?:(?:the\s+other\s+|an?\s+(?:few\s+)?)?(?:{_TIMES})|{_FILLERS})"
_NOBODY = (
    rf"{_TIMES}|{_FILLERS}|(?:this|that|these|those|it|its|which|who|whom|whose|what|when|where|why|how|you|"
    rf"your|there|here|"
    "one|ones|thing|things|something|nothing|anything|everything|stuff|films?|movies?|shows?|series|"
    "episodes?|seasons?|"
    "ending|story|plot|acting|cast|director|soundtrack|script|scene|scenes|hero|heroine|title|rating|score|"
    "review|"
    "to|for|of|by|from|with|without|into|onto|off|up|out|down|after|before|since|until|because|if|as|or|than|"
    "like|"
    "not|never|is|are|was|were|am|be|been|being|do|does|did|done|have|has|had|having|will|would|can|could|"
    "should|shall|may|might|must|let['’]s|let|lets|please|thanks|thank|log|add|put|list|show|mark|delete|remove|note|"
    "save|record|"
    "rate|count|undo|cancel|schedule|plan|remind|tell|find|recommend|tag|set|change|make|made|give|watch|see|"
    "watched|saw|seen|rated|gave|loved|liked|hated|finished|enjoyed|went|came|got|took|"
    "great|good|brilliant|amazing|awesome|best|better|worst|nice|cool|superb|fantastic|terrible|awful|bad|"
    "boring|"
    "perfect|solid|decent|masterpiece|classic|wonderful|gorgeous|beautiful|fun|funny|meh|love|favou?rite|"
    "such|very|quite|so)"
)
_WORD = rf"(?!(?:{_NOBODY})(?!['’\w-])|X+\b|\d)[\w][\w'’.-]*"
_DETERMINER = r"(?:the|my|our|his|her|their|a|an|some|both|all|most|many|every|no|half|each)"
_NAME = rf"(?:{_DETERMINER}\s+){{0,2}}(?:{_WORD}\s+){{0,2}}{_WORD}(?:\s+of\s+(?:mine|ours|theirs))?"
_SUBJECT = rf"{_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s*&\s*|\s+(?:and|n)\s+){_NAME}){{0,4}}"
_START = (
    r"(?:^|[,;:.!?\n(–—]\s*|\s-\s|\b(?:and|but|then|so|because|that|while|whereas|though|although|when|"
    r"since)\s+)"
)
_THING = r"\s+(?:(?:the|both|all\s+of)\s+)?(?:X+|it|this|that|them)\b|\s+[\"“]|\s+(?!I\b)(?-i:[A-Z])"
_SEES = (
    r"(?:re-?)?watch(?:ed|es)|saw|sees|seen|finish(?:ed|es)|caught|binged|logged|reviewed|reviews|streamed|"
    r"enjoy(?:ed|s)|"
    r"love[ds]|like[ds]|hate[ds]|adore[ds]|dislike[ds]|recommend(?:ed|s)"
)
_RATES = r"gave|gives|rated|rates|scored|scores|awarded|awards|given"
_SAYS = r"thinks?|thought|says?|said|reckon(?:s|ed)|claim(?:s|ed)|believe[ds]|call(?:s|ed)|consider(?:s|ed)"
_IS_TO = r"(?:['’](?:s|re)|\s+(?:is|are|was|were|will(?:\s+be)?))\s+(?:(?:\w+ly|just|also)\s+)*"
_WILL_SEE = r"(?:watching|seeing|(?:going\s+to\s+|gonna\s+)?(?:watch|see))"
_DOES = re.compile(
    rf"{_START}(?:{_OPENS}[\s,]+)*(?P<who>{_SUBJECT})(?:{_IS_TO}(?P<will>{_WILL_SEE})(?={_THING})|"
    r"(?:['’](?:s|ve|d)|\s+(?:has|have|had))?\s+(?:(?:(?!family\b)\w+ly|just|also|never|even)\s+)*"
    rf"(?:(?P<sees>{_SEES})(?={_THING})|(?:{_RATES})(?!\s+(?:me|us|up|way)\b)(?={_THING})|"
    rf"(?:{_SAYS})(?=(?:\s+that)?(?:{_THING}))))",
    re.IGNORECASE,
)
_KIN = (
    r"my\s+(?:\w+\s+)?(?:wife|husband|partner|girlfriend|boyfriend|friends?|mum|mom|mother|dad|father|parents|"
    r"brothers?|sisters?|sons?|daughters?|kids?|child(?:ren)?|colleagues?|boss|flatmate|roommate)"
)
_JUDGES = re.compile(
    rf"\b(?P<who>{_KIN}|he|she|they|everyone|everybody|critics|people)(?:['’](?:d|ll|s|ve)|\s+(?:would|will|"
    rf"has|have|had))?\s+"
    r"(?:(?:\w+ly|just|also|only)\s+)?"
    r"(?:(?P<sees>watch\w*|saw|seen)|(?:lov|hat|lik|gave|giv|rat|scor|think|thought|said|say)\w*)",
    re.IGNORECASE,
)
_WITH_ME = re.compile(r"\bwith\s+(?:me|us)\b", re.IGNORECASE)
_AND_ME = re.compile(r"\b(?:i|me|we|us)\b[\s,]*(?:(?:and|n|&)\s*)?$", re.IGNORECASE)
# Those who are somebody without a capital or an article.
_SOMEBODY = re.compile(
    r"(?:he|she|they|everyone|everybody|someone|somebody|nobody|people|critics|reviewers|friends|mum|mom|"
    r"mummy|mommy|dad|"
    r"daddy|mother|father|grand(?:ma|pa|dad|mother|father|parents)|(?:the|my|our|his|her|their|a|an|some|"
    r"both|all|most|"
    r"many|every|no|half|each)\s.+)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[A-Z][\w.-]*(?:['’]s(?:\s+[\w'’-]+)*)?(?:\s+(?:and\s+|&\s+|n\s+)?[A-Z][\w.-]*(?:['’]s\s+[\w'’-]+)?)*"
)
_CAPITAL = re.compile(r"\b(?!I\b|X+\b)[A-Z]")

# Where what somebody did ends and what the user says of it may begin.
_ENDS = re.compile(
    r"[;!?\n]|[.,](?!\d)|\b(?:but|while|whereas|though|although|yet)\b|\band\s+(?:i|we|me|mine|for\s+me)\b"
    r"|\b(?:i|we)\b(?:['’]\w+)?|\s[–—-]\s",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*,?\s*(?:and\s+)?(?:then\s+)?(?:gave|gives|rated|rates|scored)\b", re.IGNORECASE)
_THEIR_RATING = re.compile(
    r"(?:\b(?!(?:today|yesterday|tonight|it|that|what|here|there|let)['’])(?!X+['’])[\w-]+['’]s|\b(?:his|her|"
    r"their)|\bcritics['’])"
    r"\s+(?:\w+\s+)?(?:rating|score|grade|verdict)\b|\baccording\s+to\s+(?!me\b|us\b)",
    re.IGNORECASE,
)

_SITE = re.compile(
    r"\b(?:imdb|rotten\s?tomatoes|(?-i:RT)|metacritic|metascore|tomatometer|letterboxd|tmdb|trakt|douban|ebert|"
    r"(?:the\s+)?(?:critics?|audiences?|public|average|community)['’]?s?\s+(?:scores?|ratings?|consensus))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|[★⭐%]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|stars?)\b", re.IGNORECASE
)
_PART = re.compile(
    r"[,;]\s+|(?<=[.!?])\s+|\n+|\s[–—-]\s|\s+(?:but|while|whereas|though|although|yet|and)\s+|(?=\b(?:i|we)\b)"
    r"|(?=\bfor\s+me\b)",
    re.IGNORECASE,
)
_OWN_VERB = re.compile(
    r"\W*(?:(?:and|then|also|please|just|so|can|could|would|you)\b\W*)*"
    r"(?:(?:re-?)?rate[ds]?|give|gave|log(?:ged)?|scored?|mark(?:ed)?|put|add(?:ed)?|watched|saw|finished)\b",
    re.IGNORECASE,
)

_QUOTE = re.compile(r"[\"“]([^\"“”]*)[\"”]|(?<!\w)['‘]([^'‘’]{3,}(?:['’]\w+[^'‘’]*)*)['’](?!\w)")
_QUOTED_BY = re.compile(
    r"(?<!\bi )(?<!\bwe )(?:\b(?:sent|texts?|texted|wrote|writes|forwarded|posted|posts|tweeted|emailed|"
    r"mailed|messaged|"
    r"says?|said|told|tells|asked|asks|reads|goes|received|overheard|heard|e?-?mail|message|letter|poster|"
    r"article|blurb)\b"
    r"|\bgot\s+(?:this|that|an?)\b)[^.!?\n\"“]{0,40}$",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:review|comment|note|verdict|text|opinion|thoughts?)(?:\s+(?:is|to|of|that|says?|reads?))?\s*[:,]?$",
    re.IGNORECASE,
)


def of_others(words: str) -> list[Span]:
    """Where the words tell what others watched, rated, said or sent.

    Args:
        words: the message, each of its known titles written as a run of X.
    """
    return [*_deeds(words), *published(words), *quoted(words), *_reviews(words)]


def published(words: str) -> list[Span]:
    """Where the words give a rating that a site or the critics published: "has a 9.0 on IMDb"."""
    found, start = [], 0
    for gap in [*_PART.finditer(words), re.compile(r"\Z").search(words)]:
        end = gap.start() if gap else len(words)
        part = words[start:end]
        if _SITE.search(part) and _FIGURE.search(part) and not (_MINE.search(part) or _OWN_VERB.match(part)):
            found.append((start, end))
        start = gap.end() if gap else end
    return found


def quotations(words: str) -> list[Span]:
    """What stands between quotation marks, without them."""
    return [next(found.span(n) for n in (1, 2) if found[n] is not None) for found in _QUOTE.finditer(words)]


def quoted(words: str) -> list[Span]:
    """What the words quote of somebody else: a message that was sent, what a friend said."""
    return [(start, end) for start, end in quotations(words) if _QUOTED_BY.search(_before(words, start))]


def _reviews(words: str) -> Iterator[Span]:
    """What is written into a review: words to keep, never to follow. The rating must then stand outside."""
    for start, end in quotations(words):
        if _OWN_WORDS.search(_before(words, start)) and _FIGURE.search(words[:start] + words[end:]):
            yield start, end


def _before(words: str, quotation: int) -> str:
    return words[: quotation - 1].rstrip()


def _deeds(words: str) -> Iterator[Span]:
    capitals = bool(_CAPITAL.search(words))
    for rule in (_DOES, _JUDGES):
        for found in rule.finditer(words):
            who, start = found["who"], found.start("who")
            if _ME.search(who) or _AND_ME.search(words[:start]) or not _is_somebody(who, capitals):
                continue
            end = _end(words, found.end())
            sees = found["sees"] or found.groupdict().get("will")
            if sees and _WITH_ME.search(words[found.end() : end]):
                continue
            while more := _GOES_ON.match(words, end):
                end = _end(words, more.end())
            yield start, end
    for found in _THEIR_RATING.finditer(words):
        yield found.start(), _end(words, found.end())


def _is_somebody(who: str, capitals: bool) -> bool:
    """Whether words are a person: a pronoun, "the kids", a name; in dictation names have no capitals."""
    if _SOMEBODY.fullmatch(who) or _NAMED.fullmatch(who):
        return True
    return not capitals and len(who.split()) <= 3


def _end(words: str, start: int) -> int:
    found = _ENDS.search(words, start)
    return found.start() if found else len(words)
