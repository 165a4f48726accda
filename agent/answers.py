"""Completing what waits: a yes to a destructive act, or the one argument a question asked for."""

import re

from rapidfuzz import fuzz

from agent.events import Call
from agent.memory import Pending
from agent.notes import Notes
from agent.opinion import opinion
from agent.pointing import works
from store.store import Store
from store.titles import TitleIndex, normalise, split_year
from tools.people import people_mentions
from tools.reading import read_moments, read_numbers, read_reminder

_LEAD_IN = r"\W*(?:(?:oh|ah|um+|uh|er|hmm?|well|so|and|right|actually|sorry|please|ok(?:ay)?)\b\W*)*"
_WHAT_WAITS = (
    r"(?:my|the|this|that) (?:review|viewing|rating|entry|plan|event|preset|field|film|movie|mashup|title|one)"
)
_YES = re.compile(
    rf"{_LEAD_IN}(?:yes|yep|yeah|yup|ya|aye|sure(?! not)|ok(?:ay)?|absolutely|exactly|definitely|certainly|"
    r"of course|confirm(?:ed)?|y|do (?:it|so|that)|go (?:ahead|on|for it)|carry on|please do|by all means|"
    r"(?:delete|remove|get rid of|erase|wipe|bin|ditch) (?:it|that|them)|i['’]?m sure|i am sure)\b"
    r"(?:\W+(?:yes|yep|yeah|sure|ok(?:ay)?|absolutely|definitely|certainly|positive|certain|quite|very|really|"
    r"i|i['’]?m|am|do|so|go|ahead|on|for|then|and|please|thanks|thank|you|now|carry|by|all|means|of|course|"
    r"that['’]?s|is|right|correct|fine|good|it|that|this|them|both|delete|deleted|remove|erase|clear|cancel|drop|"
    r"bin|scrap|ditch|wipe|get|rid|take|away|with|off|out|lose|can|may|should|want|to|why not|confirm(?:ed)?|"
    rf"{_WHAT_WAITS}))*[^\w?]*",
    re.I,
)
_NOT_DONE = r"(?:don['’]?t|do not|not(?: to)?)(?: (?:delete|remove|cancel))?"
_NO = re.compile(
    rf"{_LEAD_IN}(?:no|nope|nah|naw|n|(?:don['’]?t|do not)(?: (?:delete|remove|cancel))?|stop|never ?mind|"
    r"cancel(?! (?:my|the|this) )|wait|hang on|hold on|"
    r"(?:let['’]?s |you can |i['’]?d (?:rather|better) |better |rather |i want to |just )*"
    rf"(?:keep|leave|forget)(?: (?:it|that|this|them|{_WHAT_WAITS}))\b|"
    r"(?:better|rather|maybe|perhaps|not|i['’]?d rather|i['’]?d better) not|not now|not yet|"
    r"on second thoughts?|(?:i(?:['’]ve)? )?changed my mind)\b"
    rf"(?:\W+(?:no|nope|nah|{_NOT_DONE}|do|stop|keep|leave|forget|it|that|this|them|in|there|alone|be|as|is|was|"
    r"where|they|are|i|i['’]?d|i['’]?ll|i['’]?ve|want|to|rather|would|like|let['’]?s|better|after|all|then|for|now|"
    r"yet|actually|wait|never|mind|changed|my|please|thanks|thank|you|sorry|second|thoughts?|"
    rf"on|{_WHAT_WAITS}))*[^\w?]*",
    re.I,
)
_UNDO = re.compile(r"(please\s+)?undo(\s+(that|it|this|the last( one| change)?|my last change))?[.!]*", re.I)
_EVERYTHING = re.compile(
    r"\b(delete|remove|erase|wipe|clear|drop|destroy|cancel)\b.{0,30}"
    r"\b(everything|all (of )?(my|the|it)|whole library)\b",
    re.I,
)
_LEAD = r"\W*(?:(?:and|so|also|please|now|ok|okay)\W+)*"
_ASKS = re.compile(
    rf"{_LEAD}(?:(?:find|recommend|show|list|delete|remove|cancel|move|mash up)\b|"
    r"(?:what|which|who|how|when|where|can you|could you|do i|did i)\b.*\?)",
    re.I,
)
"""A message that asks for something else, whatever was asked before it."""
_ORDERS = re.compile(
    rf"{_LEAD}(?:schedule|plan|remind|add|rate|log|save|define|"
    r"thanks|thank you|hello|hi|hey|good (?:night|morning))\b",
    re.I,
)
_AN_ANSWER = 20
"""Words of the longest message that is taken for an answer."""
_SAME, _NEAR = 99.0, 85.0
"""Likeness from 0 to 100 of a name with a candidate that is it, and of one that is it misspelt."""
_STOP = re.compile(r"\s*[.,;:!–—-]\s")
_FREE = ("name", "label", "field", "value", "query")
_PLACES = {
    0: r"first|1st|former|number one|no\.? ?1|#1|one|1",
    1: r"second|2nd|number two|no\.? ?2|#2|two|2",
    2: r"third|3rd|number three|no\.? ?3|#3|three|3",
    3: r"fourth|4th|number four|no\.? ?4|#4|four|4",
    4: r"fifth|5th|number five|no\.? ?5|#5|five|5",
    -1: r"last|latter",
}
_ONE = r"(?:one|film|movie|show|version|title|of (?:these|those|them))"
_AROUND_A_CHOICE = (
    r"(?:oh|er|um|uh|ah|well|no|yes|yeah|sorry|i|we|i['’]?d|mean|meant|think|it['’]?s|it is|make it|that['’]s|"
    r"that would be|of course|probably|definitely|the|that|please|thanks|then|obviously|take|go with)"
)
_FILLER = {"the", "one", "film", "movie", "version", "please", "i", "mean", "meant", "no", "of", "it", "s", "a"}


def says_yes(words: str) -> bool:
    """Whether the whole message is a yes."""
    return bool(_YES.fullmatch(words.strip()))


def says_no(words: str) -> bool:
    """Whether the whole message is a no."""
    return bool(_NO.fullmatch(words.strip()))


def says_undo(words: str) -> bool:
    """Whether the whole message asks to take the last change back."""
    return bool(_UNDO.fullmatch(words.strip()))


def says_everything(words: str) -> bool:
    """Whether the message asks to delete all there is."""
    return bool(_EVERYTHING.search(words))


def complete(pending: Pending, notes: Notes, store: Store) -> Call | None:
    """The waiting call with the argument that the message gives, or None when it is no answer."""
    value: object | None = None
    said = Call(tool=pending.call.tool, args=dict(pending.call.args))
    if _speaks_of_another(pending, notes, store.titles) or _ASKS.match(notes.words):
        return None
    if pending.candidates:
        value = _choose(pending.candidates, notes) or _of_somebody(pending.candidates, notes, store)
        if value and pending.argument == "sources":
            value = _in_place(pending.call.args["sources"], str(value))
    elif pending.argument == "rating":
        exact = [rating.value for rating in notes.ratings if rating.bound == "exact"] or _bare_rating(
            notes.words
        )
        value = exact[0] if len(exact) == 1 and len(notes.words.split()) <= 12 else None
        if value is not None and said.tool == "log_review" and (text := opinion(notes, None, False)):
            said.args.setdefault("text", text)
    elif pending.argument in ("when", "watched"):
        value = _moment(pending.argument, notes)
        if said.tool == "schedule" and (reminder := read_reminder(notes.words)):
            said.args.setdefault("reminder_minutes", reminder.minutes)
    elif pending.argument == "title":
        if notes.points and not notes.titles:
            value = notes.referent
        elif len(notes.titles) == 1 and len(notes.words.split()) <= _AN_ANSWER:
            mention = notes.titles[0]
            value = (
                mention.media[0].label if len(mention.media) == 1 else notes.words[mention.start : mention.end]
            )
        elif len(notes.words.split()) <= 4 and not notes.ratings and not notes.moments and not _orders(notes):
            value = notes.words.strip(" .!?")
    elif pending.argument == "sources":
        parts = re.split(r"\s*(?:,|&|\+|\band\b|\bwith\b)\s*", notes.words.strip(" .!?"))
        if len(notes.titles) >= 2:
            value = [mention.media[0].label for mention in notes.titles]
        elif len(parts) >= 2 and all(parts) and len(notes.words.split()) <= 8 and not _orders(notes):
            value = parts
    elif pending.argument in _FREE and len(notes.words.split()) <= 6 and not _orders(notes):
        value = notes.words.strip(" .!?")
    if value is None:
        return None
    said.args[pending.argument] = value
    return said


def _bare_rating(words: str) -> list[float]:
    """The number that stands alone ahead of the rest: "Nine. She is magnificent"."""
    numbers = read_numbers(words)
    first = numbers[0] if numbers and not words[: numbers[0].start].strip() else None
    alone = first and _STOP.match(words, first.end)
    return [first.value] if first and alone and 0 <= first.value <= 10 else []


def _moment(argument: str, notes: Notes) -> str | None:
    """The words of the one day or time that an answer names; a plan's lies ahead."""
    if len(notes.moments) != 1 or len(notes.words.split()) > _AN_ANSWER:
        return None
    moment = notes.moments[0]
    if argument == "when" and moment.date < notes.now.date():
        return None
    said = " ".join(notes.words[start:end] for start, end in moment.pieces)
    if read_moments(said, notes.now):
        return said
    return f"{moment.date:%Y-%m-%d}{f' {moment.time:%H:%M}' if moment.time else ''}"  # "the day after"


def _speaks_of_another(pending: Pending, notes: Notes, titles: TitleIndex) -> bool:
    """Whether a message names other titles than the waiting call does: then it is no answer."""
    if pending.candidates:
        known = pending.candidates
    elif pending.argument in ("title", "sources", *_FREE):
        return False
    else:
        known = [str(pending.call.args.get("title", ""))]
    named = [{media.label for media in mention.media} for mention in notes.titles]
    starts = [rating.start for rating in notes.ratings] + [moment.start for moment in notes.moments]
    first = min(starts, default=0)
    if not named and (matches := titles.search(notes.words[:first], limit=1)) and matches[0].score >= 95:
        named.append({matches[0].media.label})  # "Heat 8/10": in running text a first word may be any word
    return any(not labels & set(known) for labels in named)


def _orders(notes: Notes) -> bool:
    """Whether words that could be any name are rather another order, or small talk."""
    return bool(_ORDERS.match(notes.words))


def _in_place(sources: list[str], chosen: str) -> list[str]:
    """The sources with the chosen title in the place of the name that was ambiguous."""
    bare = normalise(split_year(chosen)[0])
    nearest = max(sources, key=lambda source: fuzz.ratio(normalise(source), bare))
    return [chosen if source == nearest else source for source in sources]


def _choose(candidates: list[str], notes: Notes) -> str | None:
    words = notes.words.casefold()
    spans = [(years.first, years.last) for years in notes.years]
    spans += [(int(year), int(year)) for year in re.findall(r"\b(?:19|20)\d\d\b", words)]
    dated = [c for c in candidates if any(first <= _year(c) <= last for first, last in spans)]
    if len(dated) == 1:
        return dated[0]
    short = re.findall(r"(?:^|\s|['’])(\d\d)s?(?=['’]?\s+(?:one|film|movie|version)\b|\W*$)", words)
    dated = [c for c in candidates if short and str(_year(c)).endswith(short[0])]
    if len(dated) == 1:
        return dated[0]
    for position, said in _PLACES.items():
        place = (
            rf"(?:{_AROUND_A_CHOICE}[\s,.]+)*(?:{said})(?:\s+{_ONE})*(?:[\s,.]+(?:please|thanks|then))*[\s.!]*"
        )
        if position < len(candidates) and re.fullmatch(place, words):
            return candidates[position]
    if re.search(r"\b(old(er|est)?|original|earl(ier|iest)|classic)\b", words):
        return min(candidates, key=_year)
    if re.search(r"\b(new(er|est)?|recent|lat(er|est)|remake|modern)\b", words):
        return max(candidates, key=_year)
    said = normalise(notes.words)
    bare = {candidate: normalise(split_year(candidate)[0]) for candidate in candidates}
    told = set(said.split()) - _FILLER
    same = [candidate for candidate, name in bare.items() if fuzz.ratio(said, name) >= _SAME]
    near = [candidate for candidate, name in bare.items() if fuzz.ratio(said, name) >= _NEAR]
    part = [candidate for candidate, name in bare.items() if told and told <= set(name.split())]
    named = same or near or part
    return named[0] if len(named) == 1 else None


def _of_somebody(candidates: list[str], notes: Notes, store: Store) -> str | None:
    """The one candidate that a named person made or is in: "the Cronenberg one"."""
    theirs = {label for person in people_mentions(store, notes.words) for label in works(person, store)}
    found = [candidate for candidate in candidates if candidate in theirs]
    return found[0] if len(found) == 1 else None


def _year(label: str) -> int:
    return split_year(label)[1] or 0
