"""What goes into the calendar that is no known title: an own appointment, or an unknown film."""

import re
from collections.abc import Iterator
from typing import Any

from agent.notes import REFERENCE, Notes
from tools.reading import read_plan_note, read_reminder

_NIGHT = (
    r"(?:quiz|game|games|poker|pub|girls['’]?|boys['’]?|lads['’]?|date|open|family|school|parents?['’]?|"
    r"movie|film|"
    r"anime|horror|music|karaoke|bingo|theatre|theater|opera|curry|pizza|prize|stag|hen|cinema)"
)
_CLUB = (
    r"(?:books?|film|movie|reading|chess|bridge|tennis|golf|football|swimming|running|youth|drama|knitting|"
    r"gardening|after.?school|homework|cooking|wine|writing|sports?|supper|cinema|film|walking|anime)"
)
_APPOINTMENT = re.compile(
    r"\b(?:appointments?|meetings?|meet(?:ing)?[ -]?ups?|conferences?|interviews?|exams?|tests?|check-?ups?|"
    r"dentists?|doctors?|vets?|gp|hospital|clinic|therap(?:y|ist)|physio\w*|optician'?s?|hairdresser|"
    r"barber|haircut|"
    r"hair cut|surgery|scan|x-ray|jab|vaccination|blood test|massage|"
    r"birthdays?|b-?day|part(?:y|ies)|weddings?|anniversar(?:y|ies)|christening|funeral|baptism|graduation|"
    r"barbecue|bbq|picnic|brunch|breakfast(?! club)|lunch|dinner|supper|tea (?:with|at)|coffee|drinks|pizza|"
    r"concerts?|recital|gig|opera|ballet|theat(?:re|er)|musical|exhibition|museum|festival|fair|market|parade|"
    r"premiere|screening|lecture|talk at|workshop|seminar|webinar|course|class(?:es)?|lessons?|training|"
    r"practi[cs]e|rehearsals?|tournament|match|game|race|marathon|gym|yoga|pilates|swimming|choir|"
    r"football|tennis|"
    r"badminton|golf|trip|holidays?|vacation|flight|train|ferry|bus|journey|visit(?:ing|ors)?|"
    r"deadline|delivery|plumber|electrician|builders?|mechanic|mot|car service|inspection|viewing of the|"
    r"sports day|open day|school|nursery|kindergarten|babysitter|babysitting|sleepover|playdate|reunion|"
    r"tax return|rent|bins|shopping|zoo|oscars|awards|elections?|bank holiday|half.?term|club night|shift|"
    r"jury duty|church|mass|sermon|carol service|leaving do|play|secret santa|laundry(?: day)?|"
    r"quiz|bingo|"
    rf"{_NIGHT} (?:nights?|evenings?)|evening with|night (?:with|out)|{_CLUB} (?:club|group|circle|society))\b"
    # "The Wedding Singer" is no wedding
    r"(?=$|[^\w\s]|\s(?:with|for|at|in|to|of|by|and|on|near|before|after|then|[a-z]+ing)\b)"
    r"|^clubs?\b",
    re.IGNORECASE,
)
_ERRAND = re.compile(
    r"(?:call(?:ing)?|phone|ring|email|e-mail|text|write to|buy(?:ing)?|get (?:the|some)|order|"
    r"return(?:ing)?|renew|"
    r"pay|pick(?:ing)? up|collect|drop(?:ping)? off|take (?:the|my|our)|bring|fetch|post|send|cancel|"
    r"clean|wash|"
    r"water|feed|walk|meet(?:ing)?|visit(?:ing)?|help|register|sign up|submit|hand in|bake|cook|repair|"
    r"fix)\s+\w",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:remind(?:er)?|appointment|don['’]?t let me forget|block)\b"
    r"|\b(?:i|we)\s*(?:['’]ve|have)\s+(?:got\s+)?(?!to\b|seen\b|watched\b)|\b(?:i['’]?m|"
    r"we['’]?re) having\b|\bthere['’]?s an?\b",
    re.IGNORECASE,
)
"""Words that speak of the user's own day rather than of a film."""
_TOLD = re.compile(
    r"^\W*(?:(?:oh|ah|well|and|so|hey|hi|hello|guess what|by the way|btw|you know|fun fact)\W+)*"
    r"(?:(?:it|this|that|today|tomorrow|saturday|sunday|friday)(?:['’]s|['’]ll be|\s+is|\s+will be)\b|happy\b)"
    r"|!\W*$",
    re.IGNORECASE,
)
_JOY = re.compile(
    r"\b(?:birthdays?|b-?day|anniversar(?:y|ies)|christmas|xmas|easter|holidays?|wedding day)\b", re.I
)
_ASKS_FOR_A_PLAN = re.compile(
    r"\b(?:calendar|diary|agenda|planner|remind\w*|reminder|appointment|put|add|note|write|save|block|book|schedule|"
    r"plan|pencil|mark|enter|forget|please|pls|can you|could you|remember)\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\s+(?:(?:is|are|was|will be)\s+)?(?:com(?:es?|ing)|visits|visiting|arrives?|arriving|drops? by|"
    r"dropping by)(?:\s+(?:over|round|around|by|in|to\s+\w+|here))*$",
)
"""Somebody's coming: "the boiler man comes on Thursday"; with a capital it is a title."""
_CALENDAR = r"(?:calendar|diary|agenda|planner|schedule)"
_BETWEEN = re.compile(
    rf"\b(?:in|into|on|onto|to)\s+(?:the|my|our)\s+{_CALENDAR}\b(?:\s+with (?:it|that))?"
    r"|[.!?;,:()]+(?=\s|$)|\s[–—-]\s|->|"
    r"\b(?:please|pls|plz|kindly|thanks|thank you|cheers)\b"
    r"|\b(?:so|and|but)?\s*(?:can|could|would|will)\s+you\b|\b(?:and|so)\s+(?=(?:put|add|note|write|block|"
    r"save)\b)",
    re.IGNORECASE,
)
"""What parts the words into those that may hold the name, besides days and times."""
_VERB = (
    r"(?:put|add|schedule|plan|note|enter|pencil|book(?! (?:club|group|fair|signing|launch|reading|swap|"
    r"shop))|block|"
    r"save|keep|mark|pop|stick|squeeze|set|make|create|write|remember|remind|watch|rewatch|see|do|have|"
    r"having|get|"
    r"go|going|coming|watching|seeing|doing|planning|show|throw|slot|arrange|organi[sz]e|include|stream)"
)
_LEAD = re.compile(
    rf"(?:(?:hey|hi|hello|ok|okay|so|um+|uh+|er|well|oh|right|and|then|also|now|next|just|maybe|perhaps|"
    rf"actually|"
    rf"yes|yeah|great|perfect|cool|fine|good|nice|let['’]?s|let us|can|could|would|will|shall|should|might|"
    rf"may|must|"
    rf"(?:i|we)['’]?(?:m|re|ve|d|ll)|i|we|you|me|us|they|am|are|is|be|"
    rf"like|want|wanna|need|got|have to|to|that|there['’]?s|there is|there|it['’]?s|of|about|for|at|on|in|"
    rf"by|from|"
    rf"down|up|as|off|seen|love|really|don['’]?t let me forget|new(?! year)|reminder|appointment(?=\W|"
    rf"$)(?! with)|event|entry|date(?! night)|calendar|diary|agenda|"
    rf"how about|what about|a|an|the|{_VERB})(?=[\s\W]|$)\W*)+",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:\W+(?:is|are|was|will be|on|in|at|for|from|to|by|with|the|a|an|it|that|then|too|also|as well|"
    r"please|starts?|"
    r"begins?|takes place|coming|up|down|again|there|here|instead|now|off|and|so|or|around|about|this|of|"
    r"only))+\W*$",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:some|any)thing\b.*|(?:my |our |the )?(?:films?|movies?|shows?|series|one|ones|it|that|this|them|"
    r"both|two|plan|"
    r"plans|tradition|time|times|evening|night|day|thing|title|self|double bill|pick|choice|weekend|us|up|"
    r"down|in|out|"
    r"sorry|no|not|nope|wait|rather|better|first|second|third|last|other|same|hour|as usual|usual|with|and|"
    r"\W|\d)+",
    re.IGNORECASE,
)
"""Words that name neither."""
_SOME_FILM = re.compile(
    r"\b(?:some|any)thing\b|\b(?:an?|some|any|another) (?:[\w-]+ ){0,3}(?:films?|movies?|shows?|one|series)\b",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"\b(?:an?|some|any|another)\s+$", re.IGNORECASE)
_OF_MINE = re.compile(r"\b(?:my|our)\s+$", re.IGNORECASE)
_ASKED_FOR = re.compile(rf"\b{_VERB}\s+$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:i|we|you|he|she|they|it|was|were|isn['’]?t|don['’]?t|can['’]?t|because|if|when|which|what|who|"
    r"how|better|"
    r"works?|suits?|sounds?|instead|rather|sorry|later|earlier)\b",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"(?:on |at )?(?:christmas|xmas|easter|halloween|new year|thanksgiving|valentine)", re.IGNORECASE
)
_QUOTE = re.compile(r"[\"“]([^\"”]+)[\"”]")
_COMPANY = re.compile(r"\W*with\b", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:nights?|evening|day|morning|afternoon)$", re.IGNORECASE)
_PLACE = re.compile(r"\W*(?:at|in|on|from|by|for)\b", re.IGNORECASE)
_WATCH = re.compile(r"\b(?:re)?(?:watch|see)(?:ing)?\s+(?:the\s+)?$", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:i|we)\s*['’]?\s*(?:m|am|re|are|(?:wi)?ll be|must|need to|have to)\s+(?:(?:in|at|on|off|to)\s+)?$",
    re.IGNORECASE,
)
"""The user is somewhere or in some state: "I am busy on Friday"."""
_LONGEST = 6
"""Words of the longest title that is taken for one though the library has none like it."""


def plan_words(notes: Notes) -> dict[str, Any]:
    """What the words say is planned, where they name no known title.

    Args:
        notes: what code read in the words.

    Returns:
        ``name`` of an appointment, or ``title`` of a film that the library does not know; empty where the words
        name nothing: "put something on for Saturday".
    """
    if _is_only_told(notes):
        return {}
    own = _OWN.search(notes.words)
    quoted = _QUOTE.search(notes.words)
    for clause in [quoted[1]] if quoted else _clauses(notes):
        name = _bare(clause)
        before = clause[: clause.find(name)]
        comes = None if _WATCH.search(before) else _COMES.search(name)
        name = name[: comes.start()] if comes else name
        known = comes or _APPOINTMENT.search(name) or _ERRAND.match(name)
        if not name or (_NOTHING.fullmatch(name) and not known) or _COMPANY.match(clause):
            continue
        if (
            known
            or (own and not _WATCH.search(before))
            or _OF_MINE.search(before)
            or (quoted and _OCCASION.search(name))
        ):
            return {} if notes.referent and REFERENCE.search(clause) else {"name": name}
        if _PLACE.match(clause) and clause != notes.words:
            continue
        title = re.split(r"\s+(?:with|at|for)\b", name)[0]
        unsaid = _INDEFINITE.search(before) or _SENTENCE.search(name) or _SOME_FILM.search(clause)
        if unsaid or _STATE.search(before) or _NOTHING.fullmatch(title) or len(title.split()) > _LONGEST:
            return {}
        return {"title": title}
    return {}


def _is_only_told(notes: Notes) -> bool:
    """Whether a feast is only spoken of: "It's our anniversary on Saturday, twelve years!"."""
    words = notes.words
    timed = any(moment.time for moment in notes.moments)
    return bool(_JOY.search(words) and _TOLD.search(words) and not timed and not _ASKS_FOR_A_PLAN.search(words))


def asks_for(title: str, notes: Notes) -> bool:
    """Whether an unknown title is plainly one: it follows "schedule" or "watch", or is written as a name."""
    start = notes.words.find(title)
    written = start > 0 and all(word[:1].isupper() for word in title.split() if len(word) > 3)
    return bool(written or _ASKED_FOR.search(notes.words[:start]))


def _clauses(notes: Notes) -> Iterator[str]:
    """The words between days, times and the phrases around them."""
    words = notes.words
    read = [span for moment in notes.moments for span in moment.pieces if not _is_feast(words, span)]
    for found in (read_reminder(words), read_plan_note(words)):
        read += [(found.start, found.end)] if found and found.start else []
    kept = list(words)
    for start, end in read:
        kept[start:end] = "\n" * (end - start)
    for clause in _BETWEEN.sub(lambda found: "\n" * len(found[0]), "".join(kept)).split("\n"):
        if clause.strip():
            yield clause


def _is_feast(words: str, span: tuple[int, int]) -> bool:
    """Whether a day belongs to a name: "Christmas market"."""
    start, end = span
    return bool(_FEAST.match(words[start:end]) and _APPOINTMENT.match(words[end:].lstrip()))


def _bare(clause: str) -> str:
    """A clause without the words around a name."""
    words = clause.strip(" \t\"“”'‘’–—-")
    lead = _LEAD.match(words)
    words = words[lead.end() :] if lead else words
    owner = re.match(r"(?:my|our)\s+(?![\w-]+['’]s\b)", words, re.IGNORECASE)
    words = words[owner.end() :] if owner else words
    return _TRAIL.sub("", f" {words}").strip(" ,.:;!?–—-")
