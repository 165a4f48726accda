"""The opinion in a message: what is left of the words when title, date and rating are taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from agent.notes import Notes
from agent.others import of_others, quotations, quoted
from agent.stance import questions
from store.titles import normalise
from tools.reading import read_plan_note, read_tags

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\s+[–—-]{1,2}\s+|\n+|[;:]\s+")
_GRADE = r"(?<!\w)[A-F][+-](?!\w)"
_GRADED = re.compile(_GRADE)
# What judges a rating and no film, and what only fills.
_FRAME = re.compile(
    r"\A\W*(?:is|feels?|sounds?|seems?|looks?|will do|would be)\b\s*(?:more |about |just )?"
    r"(?:better|right|fair(?:er)?|fine|good|enough)?(?: (?:to|for) me)?\W*\Z|"
    r"\bi['’]?(?:m|ve| was| am| have| had)\b (?:\w+ )?(?:being |been )?(?:too |so |a bit |very |pretty |"
    r"quite )?"
    r"(?:mean|harsh|generous|unfair|unkind|kind|strict|sure(?: (?:of|about))?|wrong|mistaken)\b|"
    r"\b(?:i['’]?ve |i )?changed my mind(?: about)?\b|\b(?:that|it)['’]s (?:it|all)\b|"
    r"\b(?:that['’]?s|it['’]?s|it was|i mean|i meant) the [^.,;!?]{1,30} (?:one|film|movie|version)\b|"
    # what is done with a rating
    r"\b(?:change|update|correct|fix|raise|lower|bump|adjust) (?:it|mine|that|the|my)\b|\bmine\b|"
    r"\bi(?:['’]?d| would|['’]ll| will)? (?:go|went|settled?)(?: (?:a (?:bit|little)|slightly|much|even))? "
    r"(?:higher|lower|further|for)\b|"
    r"\bi (?:do|did|am|was)(?:n['’]?t| not)?(?=\W*\Z)|\bi (?:\w+(?:['’]t)? )?(?:dis)?agree\w*\b|"
    r"\b(?:me (?:too|neither|not)|so do i|no way|his|hers|theirs)\b|"
    r"\bsame (?:as \w+|here|again)\b|"
    r"\b\w+ (?:wins?|(?:is|was|are|['’]s|['’]re) right)\b|\btyped\b|\btypo\b|\bdiary\b|\bpoints are\b|"
    r"\b(?:many|so many) thanks\b|\bwhat (?:else|can i say|more (?:can|could|is there)[^.,;!?]*)(?=\W*\Z)|"
    r"\b(can you believe (?:it|that|this)\W*\Z|let['’]?s be (?:honest|fair)|(?:to be|"
    r"if i['’]?m) (?:\w+ )?(?:honest|fair)|"
    r"believe it or not|i (?:must|have to) say|(?:no|without a) (?:doubt|question)|for sure|hands down|"
    r"all day|any day|"
    r"at (?:best|most|least|worst)|(?:needs?|wants?) (?:fixing|changing|correcting|an update|a change)|"
    r"was (?:a (?:bit|little|tad) )?(?:too )?(?:stingy|harsh|mean|low|high|generous|unfair|unkind|kind)|"
    r"mistakes?|wrong(?:ly)?|ditto|only|stingy|though|although|somewhere|between|has|settl(?:e|ed|ing)|earn(?:s|ed)?|merit(?:s|ed)?|"
    r"you know|i (?:guess|think|suppose|reckon)|honestly|tbh|imo|imho|easily|sure|not|nor|than|rather|"
    r"instead|still|"
    r"fine|nah|nope|right|alright|maybe|perhaps|probably|let['’]?s|be|been|being|should|ought|must|will|"
    r"like|love|"
    r"want|wish|need|meant?|said|about|by|back|up|more|bit|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"half|"
    r"quarters?|point|marks|points|zero|minus|time|first|new|lot|thoughts?|opinion|so|um+|uh|er|hmm+|ah|oh|but|"
    r"nothing (?:more|less)|no (?:more|less)|(?<!\ba )good (?:morning|afternoon|evening|day|night)|"
    r"whatever (?:it|that) (?:was|is)|"
    r"(?:seen|watched|saw) (?:that|this) one|in my (?:book|opinion)|(?:from|for) (?:me|us)|if you ask me|"
    r"no wait|hang on|scratch that|i mean|"
    r"or rather|"
    r"i|we|me|my|us|just|watch\w*|re-?watch\w*|saw|seen|finish\w*|rate[ds]?|ratings?|ga?i?ve[sn]?|giving|"
    r"deserve[sd]?|gets?|got|"
    r"gonna|going|go|goes|say|log|logged|reviews?|comment|note|verdict|text|it|that|"
    r"this|the|a|an|and|out|of|at|on|in|with|for|again|film|movie|show|is|was|to|save|stars?|as|make|please|"
    r"finally|today|had|have|did|score[ds]?|put|down|call|"
    r"oops|sorry|actually|hey|hello|hi|there|dear|greetings|cheers|wait|well|okay|yes|yeah|yep|thanks|thank|"
    r"you|hmm|then|also|now|"
    r"correction|can|could|would)\b",
    re.IGNORECASE,
)
_OTHER_WISH = re.compile(
    r"\W*(?:(?:and|then|also|please|now|so)\b\W*)*(?:(?:find|recommend|show|schedule|plan|remind|add|delete|"
    r"remove|mash|set (?:the|my|its|their) .{1,40} (?:to|as)|"
    r"list|undo|tell)\b|(?:what|which|who|when|where|how|can|could|do|did|should|would|is|are)\b.*\?\s*$)",
    re.IGNORECASE | re.DOTALL,
)
# Behind a comma too: "…, tag it slow and moody", "…, can you write it in the diary?"
_ORDER = re.compile(
    r"(?<=[,;])\s*(?:so\s+|and\s+)?(?:(?:can|could|would|will)\s+you\b[^.!;\n]*\?|please\s+(?:put|write|enter|"
    r"add|note|log|save|keep|mark|record|remind|schedule)\b[^.!?;\n]*|remind\s+me\b[^.!?;\n]*)",
    re.IGNORECASE,
)
# "drop Heat down a point", "bump it up because …": what is to be done with a rating, up to its reason.
_CHANGES = re.compile(
    r"(?:\A|(?<=[.!?;\n]))\W*(?:(?:and|then|also|please|now|so|can you|could you)\b\W*)*"
    r"(?:drop|bump|knock|nudge|raise|lower|dock|lift|take|bring|change|update|move|adjust|correct|fix)\b"
    r"(?=\s+(?:it|that|this|them|both|my|the)\b|[^.,;:!?\n]*(?:\d|\b(?:points?|stars?|notch|up|down|by)\b))"
    r"(?![^.,;:!?\n]*\b(?:reviews?|comments?|notes?|text|opinions?|verdict|thoughts?|words|summary)\b)"
    r"(?:(?!\b(?:because|cos|cause|since|as|for)\b)[^.,;:!?\n–—])*",
    re.IGNORECASE,
)
# "parasite 9" in a list: a title nobody knows, and its rating.
_LISTED = re.compile(r"\W*(?:[^\W\d][\w'’&:-]*\s+){1,5}\d+(?:[.,]\d)?\W*")
_LOGS = re.compile(
    r"\W*(?:(?:so|um|well|and|then|just|today|yesterday|finally|also|only)\b\W*)*"
    r"(?:(?:i|we)(?:['’]?(?:ve|d|ll|m|re)| have| would| should| will| am| are)?\b\s*)?(?:(?:just|finally|"
    r"also|only|"
    r"gonna|going to|(?:like|love|want|wish|need) to)\s+)*"
    r"(?:had the (?:pleasure|chance|luck|joy) of\s+)?"
    r"(?:(?:re-?)?watch\w*|saw|see(?:n|ing)|finish\w*|caught|gave|giv(?:e|ing)|rat(?:e[ds]?|ing)\b|log\w*|"
    r"review\w*)\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    rf"{_GRADE}|\b(?:(?:what|such) an? \w+|would (?:re-?)?watch (?:it )?again)\b|"
    r"\b(?:great|good|bad|best|worst|better|worse|lov(?:e|es|ed|ing|ely)|like[ds]?|hat(?:e|es|ed)|"
    rf"enjoy\w*|"
    r"bor(?:ed|es)|"
    r"ma(?:de|kes) (?:me|us|my)|cr(?:y|ied)|laugh\w*|"
    r"fun|funny|sad|dull|slow|weak|strong|masterpiece|perfect\w*|"
    r"superb\w*|brillian\w*|gorgeous\w*|beaut\w*|tense|aw(?:ful|esome)\w*|terrible|wonderful\w*|classic|mess|"
    r"meh|nice|cool|"
    r"(?:over|under)rated|disappoint\w*|surpris\w*|scary|creepy|clever\w*|smart|silly|stupid|cheesy|epic|"
    r"melancholy|"
    r"confus\w*|too \w+|thought|found|felt|feels|worth|drag(?:s|ged)?|thumbs|haunt(?:s|ed|ing)|harrowing|"
    r"magnificent|glorious|over(?:long|done|cooked)|unforgettable|favou?rite|wow|holds? up|"
    r"(?!during|evening|morning|something|nothing|anything|everything|watching|finishing|rating|viewing|"
    r"screening|"
    r"showing|trying|starting|putting|giving|going|making|getting|having|doing|calling|scoring|logging|"
    r"marking|taking|"
    r"saying|thinking|planning|coming|sitting|ending|being|topic|clinic|music|traffic)"
    r"[^\W\d_]{3,}(?:ful|ous|ive|ic|less|able|ible|ing|ish|some|esque))\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"['’]?(?:because|cos|coz|cuz|cause)\b|(?:\w+ly |just )?for (?:the|its|his|her|their)\b"
    r"(?! (?:\w+ )?(?:film|movie|show|series|one|first|second|third|last|other|"
    r"time|episode|season|review|record|diary|rating)\b) \w",
    re.IGNORECASE,
)
# "Heat was bleak" says something of the film, "Heat was on TV" does not.
_PREDICATE = re.compile(
    r"\s+(?:is|was|feels?|felt|looks?|looked|seems?|seemed|sounds?|left (?:me|us)|has|had|lacks?|keeps?|kept|"
    r"remains?|"
    r"becomes?|gets? (?:under|better|worse))\s+(?!(?:on|at|in|with|from|by|last|next|playing|running|showing|"
    r"watched|seen|rated|given|yesterday|today|tonight)\b)",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*:\s*")
_COPULA = re.compile(r"\s*:\s*|\s+(?:(?:is|was)\s+)?", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:(?:but|although|though|yet|and)\b\s*)?", re.IGNORECASE)
_LEAD = re.compile(r"[\s,;:.–—-]*(?:(?:and|so|um|well|at|on|for|a|an|then|with)\b[\s,]*)*", re.IGNORECASE)
_TRAIL = re.compile(
    r"[\s,;:–—-]*(?:\b(?:and|so|but)\b)?\s*"
    r"(?:(?:\b(?:i|we|i['’]d|i['’]ll|we['’]d)\b|\b(?:would|will|can|must|and)\b)(?:\s+(?:would|will|can|"
    r"must))?\s+"
    r"(?:gave|give|rated?|say|score|call|go (?:with|for))"
    r"(?:\s+(?:it|that|this))?"
    r"|\b(?:i|we)\s+(?:just\s+|finally\s+)?(?:watched|saw|finished)\s+(?:it|that|this)"
    r"|\b(?:i['’]?m|i am|we['’]?re)\s+(?:going (?:with|for)|giving(?: it)?|at)|\bthat['’]?s|"
    r"\bit['’]?s|\bit gets)?"
    r"(?:\s*\b(?:a|an|at|maybe|about|like|probably|on|of|in|with|for|the)\b)*\s*$",
    re.IGNORECASE,
)
# What announces an opinion in quotation marks.
_ANNOUNCED = re.compile(
    r"\b(?:reviews?|comments?|notes?|text|opinion|verdict|thoughts?|summary|words|saying|write|writing|wrote|"
    r"say|said|put)"
    r"(?:\s+(?:is|was|to|that|of|as|reads?|with|should\s+(?:be|read|say)))*\s*[:,–—-]?\s*$",
    re.IGNORECASE,
)
_PLANS = re.compile(r"\b(?:(?:re)?schedul\w*|plan\w*|calendar|remind\w*|book)\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"\W?\s*(?:to|in|into|as|for)\s+(?:my|the|its)\s+[^.!?;:]{0,40}?\b(?:review|comment|text|opinion|"
    r"verdict)\b",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:reviews?|comments?|notes?|text|opinions?|verdict|thoughts?|words|summary|write-?up|impressions?|take)"
)
_OF = r"(?:\s+(?:of|on|for|about|in)\s+[^.!?:;,\n]{1,60}?)?"
# Where the words say that what follows is the text.
_TEXT_FOLLOWS = re.compile(
    rf"\b{_NOUN}{_OF}\s*(?::|\s[–—-])\s+|"
    rf"\b(?:change|replace|rewrite|edit|update|set|make|correct|amend)\s[^.!?:\n]*?\b{_NOUN}{_OF}\s+"
    r"(?:to|with|into|read|say)\s+(?:(?:read|say)\s+)?|"
    rf"\b(?:it|that|{_NOUN}{_OF})\s+(?:should|ought\s+to|must|needs\s+to|has\s+to|shall)\s+"
    r"(?:now\s+|just\s+|rather\s+)?(?:say|read)\s+(?:that\s+)?|"
    rf"\b(?:verdict|opinion|thoughts?|impressions?|take){_OF}\s+(?:is|was|are)\s+(?:that\s+)?|"
    rf"\bwith\s+(?:the|a|my)\s+(?:\w+\s+)?{_NOUN}\s+that\s+|"
    rf"\b{_NOUN}{_OF}\s+(?:(?:is|was)\s+that|says|reads)\s+|"
    rf"\b(?:add|put|write|note|mention)\b[^.!?:\n]*\b{_NOUN}{_OF}\s+that\s+|"
    r"(?:^|[,;.]|\band)\s*(?:please\s+|also\s+)?(?:(?:say|write|comment)\s+(?:that\s+)?|(?:note|add|put|"
    r"mention)\s+that\s+)"
    r"(?!it\s+(?:down|in|on)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\A\W*(?:(?:but|and)\b\s*)?(?:my\s+)?(?:comments?|reviews?|thoughts?|verdict|notes?|"
    r"opinion)\s*[:–—-]\s*|\A\W*(?:but|and)\s+",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:tag(?:s|ged)?|field|preset|mashup|called|named|name|titled?)(?:\s+(?:it|this|that|"
    r"them))?(?:\s+(?:as|with|to))?"
    r"\s*[:,]?\s*$",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"\W*(?:please\s+)?(?:can|could|would|will) (?:you|i)\b", re.IGNORECASE)
_LEADS_IN = re.compile(
    r"\W*(?:(?:two|three|four|five|some|a few|my|quick|more)\s+)*(?:things?|verdicts?|ratings?|scores?|"
    r"reviews?|updates?)\W*|come to think of it\W*|(?:i['’]?m )?sorry\b.*",
    re.IGNORECASE,
)
_LONG_ENOUGH = 3
"""Words in quotation marks that are an opinion though nothing announces one."""


@dataclass(frozen=True)
class _Stretch:
    """A part of the message that may judge; ``sure`` if it says so itself, without the model."""

    start: int
    end: int
    sure: bool


def opinion(notes: Notes, given: str | None, several: bool) -> str | None:
    """The user's own words of judgement.

    Args:
        notes: what code read in the message.
        given: what the model took for the opinion, used to find it; never used as it is.
        several: whether the message holds several acts; only the model then tells whose opinion it is.

    Returns:
        A part of the message letter for letter, or None if nothing in it judges.
    """
    quoted = _quoted(notes)
    if quoted and given:
        return next((text for text in quoted if _overlap(text, given)), quoted[0])
    if quoted and not several:
        return quoted[0]
    titles = notes.title_spans
    others = [span for moment in notes.moments for span in moment.pieces]
    others += [(r.start, r.end) for r in notes.ratings]
    others += list(notes.viewing.spans)
    others += _not_of_a_film(notes, titles)
    found = list(_stretches(notes.words, titles, others, _text_follows(notes, others)))
    for place in range(1, len(found)):
        before, this = found[place - 1], found[place]
        if before.sure and _GOES_ON.fullmatch(notes.words, before.end, this.start):
            found[place] = replace(this, sure=True)  # "bleak" judges, and "but full of hope" with it
    judging = [stretch for stretch in found if stretch.sure]
    if given:
        near = [s for s in found if _overlap(notes.words[s.start : s.end], given)]
        theirs = [stretch for stretch in near if stretch.sure] or near
        judging = theirs if several else judging or near
        if not judging:
            return _letter_for_letter(notes.words, given, [*titles, *others])
    elif several:
        return None
    if not judging:
        return None
    text = _trim(notes.words[judging[0].start : judging[-1].end], bool(_REQUEST.match(notes.words)))
    return None if text and _LEADS_IN.fullmatch(text) else text


def _not_of_a_film(notes: Notes, titles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the words ask, order, tag, note something of a plan or tell what others think."""
    untitled = list(notes.words)
    for start, end in titles:
        untitled[start:end] = "X" * (end - start)
    text = "".join(untitled)
    spans = _plan_notes(notes)
    spans += [(tags.start, tags.end) for tags in read_tags(notes.words, skip=titles)]
    spans += [found.span() for rule in (_ORDER, _CHANGES) for found in rule.finditer(notes.words)]
    return [*spans, *of_others(text), *questions(text)]


def _plan_notes(notes: Notes) -> list[tuple[int, int]]:
    """Where a note on a plan stands; behind a rating a note is one on the film."""
    note = read_plan_note(notes.words)
    ahead = any((moment.end_date or moment.date) >= notes.now.date() for moment in notes.moments)
    return [note.span] if note and not notes.ratings and (ahead or _PLANS.search(notes.words)) else []


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _text_follows(notes: Notes, others: list[tuple[int, int]]) -> int:
    """Where the text begins if the words announce one; else the start of the words."""
    starts = [
        found.end()
        for found in _TEXT_FOLLOWS.finditer(notes.words)
        if _content(_blank(notes.words, others)[found.end() :])
        and not any(start <= found.start() < end for start, end in others)
    ]
    return max(starts, default=0)


def _blank(words: str, spans: list[tuple[int, int]]) -> str:
    left = list(words)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    return "".join(left)


def _quoted(notes: Notes) -> list[str]:
    """The user's opinions in quotation marks: not titles, tags and names, nor what somebody else said."""
    found = []
    told = quoted(notes.words)
    told += [span for span in quotations(notes.words) if _inside(span, _plan_notes(notes))]
    for start, end in quotations(notes.words):
        text, before = notes.words[start:end].strip(), notes.words[: start - 1]
        title = any(mention.start <= start and end <= mention.end for mention in notes.titles)
        alone = len(text.split()) >= _LONG_ENOUGH and not title and not _NAMED.search(before)
        announced = _ANNOUNCED.search(before) or _BEHIND.match(notes.words, end)
        if text and (start, end) not in told and (alone or announced):
            found.append(text)
    return found


def _stretches(
    words: str, titles: list[tuple[int, int]], others: list[tuple[int, int]], follows: int
) -> Iterator[_Stretch]:
    for begin, end in _pieces(words, titles, follows):
        start = max(begin, follows)
        if start >= end:
            continue
        spans = [span for span in (*titles, *others) if span[0] < end and span[1] > start]
        left = _blank(words, spans)[start:end]
        if not spans or (follows and _content(left) and not any(span in others for span in spans)):
            told = not follows and _LOGS.match(words, start, end) and not _JUDGING.search(words, start, end)
            asked = not follows and words[end - 1] == "?" and not _JUDGING.search(words, start, end)
            listed = not follows and titles and _LISTED.fullmatch(words, start, end)
            word_and_number = len(words[start:end].split()) <= 2
            if listed and (word_and_number or not _JUDGING.search(words, start, end)):
                continue
            if _content(words[start:end]) and not told:
                yield _Stretch(start, end, sure=not asked)
            continue
        only_named = all(span in titles for span in spans) and not _LOGS.match(words, start, end)
        said_of = _PREDICATE.match(words, min(spans)[1], end)
        if only_named and (
            (_JUDGING.search(left) and _content(left)) or (said_of and _content(words[said_of.end() : end]))
        ):
            yield _Stretch(*_behind_title(words, start, end, spans), sure=True)
            continue
        first = start
        for last, behind in [*sorted(spans), (end, end)]:
            of_title = any(first == title[1] for title in titles)
            for stretch in _between(words, first, last, of_title):
                yield replace(stretch, sure=stretch.sure or follows > 0)
            first = max(first, behind)


def _behind_title(words: str, start: int, end: int, titles: list[tuple[int, int]]) -> tuple[int, int]:
    """What stands behind "Heat:" and "Heat was" or before "for Heat"; "The acting in Heat is dull" is whole."""
    first = min(titles)
    opens = not words[start : first[0]].strip()
    said_of = opens and (_COLON.match(words, first[1]) or _PREDICATE.match(words, first[1], end))
    behind = _COPULA.match(words, first[1], end) if said_of else None
    last = max(titles)
    praised = (
        re.search(r"\s+for\s+$", words[start : last[0]]) if not words[last[1] : end].strip(" .!") else None
    )
    return (behind.end() if behind else start), (start + praised.start() if praised else end)


def _between(words: str, start: int, end: int, of_title: bool) -> Iterator[_Stretch]:
    """What stands between a title, a date and a rating: "8/10 terrifying and claustrophobic"."""
    if start >= end:
        return
    lead = _REASON.match(words, start + 1, end) or _LEAD.match(words, start, end)
    said_of = _PREDICATE.match(words, start, end)
    start = lead.start() if lead and lead.re is _REASON else lead.end() if lead else start
    copula = _COPULA.match(words, said_of.start(), end) if said_of and of_title else None
    start = copula.end() if copula else start
    text = _TRAIL.sub("", words[start:end])
    if _content(text) and not _LOGS.match(text):
        sure = bool(_JUDGING.search(text) or _REASON.match(text) or said_of)
        yield _Stretch(start, start + len(text), sure=sure)


def _content(text: str) -> bool:
    return bool(_GRADED.search(text) or re.search(r"[^\W\d_]{3,}", _FRAME.sub(" ", text)))


def _pieces(words: str, titles: list[tuple[int, int]], follows: int) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in _SENTENCE.finditer(words):
        if any(first < match.end() and match.start() < last for first, last in titles):
            continue  # "Mission: Impossible"
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(words)))
    found = []
    for begin, end in pieces:
        if begin >= follows and _OTHER_WISH.match(words, begin, end):
            continue
        # "9/10, gorgeous and melancholy" carries its opinion behind the comma.
        tail = begin
        for comma in re.finditer(r",\s+|\s+(?:because|but|although)\s+", words[begin:end]):
            if any(first < begin + comma.end() and begin + comma.start() < last for first, last in titles):
                continue
            found.append((tail, begin + comma.start()))
            tail = begin + comma.end() if comma[0].startswith(",") else begin + comma.start() + 1
        found.append((tail, end))
    return [(b, e) for b, e in found if words[b:e].strip()]


def _overlap(piece: str, given: str) -> bool:
    return fuzz.token_set_ratio(normalise(piece), normalise(given)) >= 85


def _letter_for_letter(words: str, given: str, others: list[tuple[int, int]]) -> str | None:
    """The stretch of the message that the model quoted, if it did quote and the stretch says something."""
    match = re.search(r"\s+".join(re.escape(word) for word in given.split()), words, re.IGNORECASE)
    if match and given.split() and _content(_blank(words, others)[match.start() : match.end()]):
        return _trim(match[0])
    return None


def _trim(text: str, requested: bool = False) -> str:
    """The text without its label; the question mark of "could you …?" is none of its own."""
    text = _LABEL.sub("", text).strip().strip(",;:–—- ").strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    elif text.endswith(")") and "(" not in text:
        text = text[:-1].rstrip()
    return text.removesuffix("?").rstrip() if requested else text
