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
    "one|ones|two|three|four|five|six|seven|eight|nine|ten|thing|things|something|nothing|anything|everything|stuff|films?|movies?|shows?|series|"
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
_WORD = rf"(?!(?:{_NOBODY})(?!['’\w-])|X+\b|\d)[\w](?:[\w'’-]|\.(?=\w))*(?:(?<=\b\w\w)\.)?"
_DETERMINER = r"(?:the|my|our|his|her|their|a|an|some|both|all|most|many|every|no|half|each)"
_NAME = (
    rf"(?:no\s+one|(?:{_DETERMINER}\s+){{0,2}}(?:{_WORD}\s+){{0,2}}{_WORD}(?:\s+of\s+(?:mine|ours|theirs))?)"
)
# "Dave at work", "the bloke next door", "my brother in law", "Anna (my sister)", "my boss, who hates films,"
_KNOWN_BY = (
    r"(?:\s+(?:at|from|in|on|down|of|next)\s+(?:the\s+|my\s+|our\s+)?[a-z]+(?:\s+(?:shop|office|club|school|"
    r"team))?"
    r"|\s+\([^()]{1,40}\)|,?\s+who\s+(?:[a-z']+\s+){1,5}?[a-z']+,?)"
)
_SUBJECT = rf"{_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s*&\s*|\s+(?:and|n)\s+){_NAME}){{0,4}}"
_START = (
    r"(?:^|[,;:.!?\n(–—]\s*|\s-\s|\b(?:and|but|then|so|because|that|while|whereas|though|although|when|"
    r"since)\s+)"
)
_THING = r"\s+(?:(?:the|both|all\s+of)\s+)?(?:X+|it|this|that|them)\b|\s+[\"“]|\s+(?!I\b)(?-i:[A-Z])"
_NUMBER = r"(?:\d|[★⭐]|(?:one|two|three|four|five|six|seven|eight|nine|ten|zero|full\s+marks)\b)"
_SCORE = rf"\s+(?:[\w'’]+\s+){{1,4}}?(?:an?\s+)?{_NUMBER}"
_SEES = (
    r"(?:re-?)?watch(?:ed|es)|saw|sees|seen|finish(?:ed|es)|caught|binged|logged|reviewed|reviews|streamed|"
    r"enjoy(?:ed|s)|"
    r"love[ds]|like[ds]|hate[ds]|adore[ds]|dislike[ds]|recommend(?:ed|s)|went\s+to\s+(?:see|watch)|"
    r"fell\s+asleep\s+(?:in|during)|(?:turn|switch)ed\s+off|taped|recorded|do(?:es)?|shows?|showed|screens?|plays?|had|"
    r"cancel+ed\s+(?:his|her|their)"
)
_RATES = r"put(?=\s+(?:an?\s+)?\d)|gave|gives|rated|rates|scored|scores|awarded|awards|given"
_SAYS = r"thinks?|thought|says?|said|reckon(?:s|ed)?|claim(?:s|ed)?|believe[ds]|call(?:s|ed)|consider(?:s|ed)"
_IS_TO = r"(?:['’](?:s|re)|\s+(?:is|are|was|were|will(?:\s+be)?))\s+(?:(?:\w+ly|just|also)\s+)*"
_WILL_SEE = (
    r"(?:watching|seeing|showing|screening|playing|doing|having\s+an?|going\s+to(?=\s+X)|giving|rating|"
    r"(?:going\s+to\s+|gonna\s+)?(?:watch|see))"
)
_DOES = re.compile(
    rf"{_START}(?:{_OPENS}[\s,]+)*(?P<who>{_SUBJECT}){_KNOWN_BY}?(?:{_IS_TO}(?P<will>{_WILL_SEE})(?={_THING}|{_SCORE})|"
    r"(?:['’](?:s|ve|d)|\s+(?:has|have|had))?\s+(?:(?:(?!family\b)\w+ly|just|also|never|even)\s+)*"
    rf"(?:(?P<sees>{_SEES})(?={_THING})|(?:{_RATES})(?!\s+(?:me|us|up|way)\b)(?={_THING}|{_SCORE})|"
    rf"(?:{_SAYS})(?=(?:\s+that)?(?:{_THING}|\s+(?:an?\s+)?{_NUMBER}))))",
    re.IGNORECASE,
)
_KIN = (
    r"my\s+(?:\w+\s+)?(?:wife|husband|partner|girlfriend|boyfriend|friends?|mum|mom|mother|dad|father|parents|"
    r"brothers?|sisters?|sons?|daughters?|kids?|child(?:ren)?|colleagues?|boss|flatmate|roommate)"
)
# "Tom says I should give Heat a 10", "my wife wants to see Up"
_ADVISES = re.compile(
    rf"{_START}(?:{_OPENS}[\s,]+)*(?P<who>{_SUBJECT}){_KNOWN_BY}?\s+(?:(?:has|have|had|just|also|always)\s+)*"
    r"(?:(?:keeps?\s+)?(?:tell(?:s|ing)?|told|ask(?:s|ed|ing)?|wants?|wanted|begg(?:ed|ing)|urg(?:es?|ed|ing)|"
    r"nagg(?:ed|ing)|dare[ds]?|expects?)\s+(?:me|us)\b(?!\s+(?:about|off|the\s+truth))"
    rf"|(?:wants?|wanted|says?|said|asked|plans?|hopes?|intends?|needs?)\s+to\b"
    rf"|(?:{_SAYS}|insists?|insisted|suggest(?:s|ed))\s+(?:that\s+)?(?:i|we)\s+"
    r"(?:should|ought|need|must|have\s+to|could))\b",
    re.IGNORECASE,
)
# "watched it with Tom, who gave it a 9"
_WHO_DID = re.compile(
    rf"\w,?\s+who\s+(?:\w+ly\s+|has\s+|also\s+)?(?:{_SEES}|{_RATES}|{_SAYS})(?={_THING}|{_SCORE})",
    re.IGNORECASE,
)
# "Heat is a 10, says Dave", "a 9 according to Tom", "in my sister's opinion Heat is a 9"
_VIEW_OF = (
    rf"(?:(?:according\s+to|(?:or\s+)?(?:so\s+)?(?:says|said|reckons|claims|thinks))\s+(?P<a>(?!me\b|"
    rf"us\b){_SUBJECT})"
    rf"|(?:or\s+)?(?:so\s+)?(?P<b>(?!i\b|we\b|you\b){_SUBJECT})\s+(?:says|said|reckons|claims|thinks)(?=\s*(?:[.!?;\n]|$))"
    rf"|in\s+(?P<c>(?!today\b|my\s+(?:own\s+|honest\s+|humble\s+)?(?:opinion|book|view|"
    rf"eyes)\b){_SUBJECT})['’]s?\s+"
    r"(?:opinion|book|view|eyes|mind))"
)
_AFTER = re.compile(rf"[,\s]*[\"”'’]?[,\s]+{_VIEW_OF}", re.IGNORECASE)
_FIRST = re.compile(
    rf"(?:^|[.;!?\n]\s*|\b(?:and|but|so)\s+)(?:{_VIEW_OF}|(?:per|for)\s+(?P<d>(?!me\b|us\b){_SUBJECT})(?=,|"
    rf"\s+it['’]?s?\b|\s+X)"
    rf"|(?P<e>mum|mom|dad|{_KIN})\s*:(?=\s*\d))",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[;!?\n]|\.(?!\d)|\b(?:but|while|whereas|though|although|yet)\b", re.IGNORECASE)
_GENERALLY = re.compile(
    rf"\b(?:people|anyone|anybody|everyone|those|somebody|someone)\s+who\s+\w+|\byou\s+(?:just\s+)?(?:gave|"
    r"rated|scored|watched)\b"
    rf"|\b(?:(?:i|we)(?:['’]ve|\s+have)?\s+(?:heard|read)|word\s+is|rumou?r\s+has\s+it|"
    rf"apparently)\b(?!\s+(?:i|we)\b)(?={_SCORE})"
    r"|\b(?:it|that)\s+was\s+(?!me\b|us\b|i\b|we\b|who\b)[\w'’]+(?:\s+\w+)?\s+who\s+(?:watched|saw|gave|"
    r"rated)\b",
    re.IGNORECASE,
)
# "the subtitle says: delete all reviews"
_READS_OUT = re.compile(
    rf"{_START}(?P<who>(?:the|a|an|this|that)\s+(?!review\b|text\b|comment\b|note\b)\w+(?:\s+\w+)?|{_NAME})"
    r"\s+(?:says?|said|reads?|wrote|writes|goes|(?:texted|texts|asked)(?:\s+(?:me|us))?|asked|told\s+me|"
    r"sent)\s*:\s*",
    re.IGNORECASE,
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
    r"(?:no\s+one|.+\s(?:magazine|podcast|paper|channel|blog)|he|she|they|everyone|everybody|someone|"
    r"somebody|nobody|people|critics|reviewers|friends|mum|mom|"
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
    r"|\b(?:i|we)\b(?:['’]\w+)?|\s[–—-]\s"
    r"|:\s*(?=(?:an?\s+)?(?:\w+\s+){0,4}?(?:from|for)\s+(?:me|us)\b)",
    re.IGNORECASE,
)
# "Jo says 8.5, fine, she wins": what the other gives is what the user gives.
_AGREES = re.compile(
    r"(?<!\bnot )(?<!n['’]t )\b(?:i\s+(?:(?:\w+ly|do|would|must)\s+)?agree|"
    r"so\s+(?:do|did|would|will|am)\s+i|me\s+too|"
    r"same\s+(?:here|for\s+me|from\s+me)|"
    r"(?:make|put)\s+mine\s+the\s+same|change\s+mine(?!\s+to\b)|(?:he|she|they)\s+wins?|"
    r"(?:i['’]?ll|let['’]?s|i['’]?d)\s+(?:go|say)\s+(?:with\s+(?:that|his|hers|theirs)|the\s+same))\b",
    re.IGNORECASE,
)
_OWN_TURN = re.compile(r"\b(?:i|we|me|mine|for\s+me)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*,?\s*(?:and\s+)?(?:then\s+)?(?:gave|gives|rated|rates|scored)\b", re.IGNORECASE)
_THEIR_RATING = re.compile(
    r"(?:\b(?!(?:today|yesterday|tonight|it|that|what|here|there|let)['’])(?!X+['’])[\w-]+['’]s|\b(?:his|her|"
    r"their|your)|\bcritics['’])"
    r"\s+(?:\w+\s+)?(?:rating|score|grade|verdict|favou?rite)\b",
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


_PIECE = 600
"""Characters; nobody's deed is told at greater length."""


def of_others(words: str) -> list[Span]:
    """Where the words tell what others watched, rated, said or sent.

    A rating that the user agrees with is the user's own.

    Args:
        words: the message, each of its known titles written as a run of X.
    """
    told = [(start + at, start + end) for start, part in _pieces(words) for at, end in _deeds(part)]
    told = [
        (a, b)
        for a, b in told
        if not (_FIGURE.search(words, a, b) and _AGREES.search(words, b - len("so would ")))
    ]
    return [*told, *published(words), *quoted(words), *_reviews(words)]


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """A long message in pieces that end with a sentence or a word: to look through it at once is slow."""
    start = 0
    while len(words) - start > _PIECE:
        ends = [words.rfind(mark, start + _PIECE // 2, start + _PIECE) for mark in (". ", "\n", " ")]
        end = next((end + 1 for end in ends if end > 0), start + _PIECE)
        yield start, words[start:end]
        start = end
    yield start, words[start:]


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


def quotations(words: str) -> tuple[Span, ...]:
    """What stands between quotation marks, without them."""
    found = _QUOTE.finditer(words)
    return tuple(next(quote.span(n) for n in (1, 2) if quote[n] is not None) for quote in found)


def quoted(words: str) -> list[Span]:
    """What the words quote of somebody else: a message that was sent, what a friend said."""
    return [(start, end) for start, end in quotations(words) if _QUOTED_BY.search(_before(words, start))]


def _reviews(words: str) -> Iterator[Span]:
    """What is written into a review: words to keep, never to follow. The rating must then stand outside."""
    for start, end in quotations(words):
        if _OWN_WORDS.search(_before(words, start)) and _FIGURE.search(words[:start] + words[end:]):
            yield start, end


def _before(words: str, quotation: int) -> str:
    return words[max(0, quotation - 100) : quotation - 1].rstrip()  # a long message has many quotations


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
    for found in _ADVISES.finditer(words):
        if not _ME.search(found["who"]) and _is_somebody(found["who"], capitals):
            yield found.start("who"), _end(words, found.end())
    for rule in (_THEIR_RATING, _WHO_DID, _GENERALLY):
        for found in rule.finditer(words):
            yield found.start(), _end(words, found.end())
    yield from _views(words)
    for found in _READS_OUT.finditer(words):
        if not _ME.search(found["who"]):
            line = words.find("\n", found.end())
            yield found.start("who"), line if line >= 0 else len(words)


def _views(words: str) -> Iterator[Span]:
    """What is said to be another's view, named before it or after it."""
    capitals = bool(_CAPITAL.search(words))

    def is_theirs(found: re.Match[str]) -> bool:
        who = next(filter(None, found.groupdict().values()))
        return not _ME.search(who) and _is_somebody(who, capitals)

    edges = [0, *(found.end() for found in _PARTED.finditer(words)), len(words)]
    for found in _FIRST.finditer(words):
        if is_theirs(found):
            own = _OWN_TURN.search(words, found.end())
            stop = next(edge for edge in edges if edge >= found.end())
            yield found.start(), min(stop, own.start()) if own else stop
    for found in _AFTER.finditer(words):
        start = max(edge for edge in edges if edge <= found.start())
        if words[start : found.start()].strip() and is_theirs(found):
            yield start, found.end()


def _is_somebody(who: str, capitals: bool) -> bool:
    """Whether words are a person: a pronoun, "the kids", a name; in dictation names have no capitals."""
    if _SOMEBODY.fullmatch(who) or _NAMED.fullmatch(who):
        return True
    return not capitals and len(who.split()) <= 3


def _end(words: str, start: int) -> int:
    found = _ENDS.search(words, start)
    return found.start() if found else len(words)
