"""Which of the user's words belong to which of several acts: each is then checked as if it were said alone."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from agent.events import Call
from agent.notes import REFERENCE, Notes
from store.titles import Mention, normalise
from tools.reading import Moment

Span = tuple[int, int]

_SECOND_ACT = re.compile(
    r"(?:(?<=[.!?;])\s+|[\s,;]*(?:\b(?:and|then|also|plus|but)\b|&|\+)[\s,]*|,\s+)"
    r"(?=(?:(?:please|then|also|can you|could you|now|just|maybe|i'd like to|i want to|anyway)\W+)*"
    r"(?:re-?)?(?:rate|give|log|schedule|plan|put|remind|add|remove|delete|cancel|scrap|move|tell|show|find|recommend|"
    r"suggest|what|which|who|how|set|save|undo|mash|list|mark|pencil|book|define|create|tick|push|shift|bump|postpone|"
    r"drop|ditch|erase|throw|change|make it|stick|pop|check|nix|bin|take|skip|"
    r"the (?:other|first|second|third|last)\b|"
    r"when|where|it (?:gets|deserves)|(?:have|did|do|am|are) (?:i|we)|(?:is|are) there|"
    r"(?:i|we) (?:watched|saw|gave|rated|want to|also)|(?:i['’]?m|we['’]?re) (?:watching|seeing|doing))\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=so\b)|,?\s+(?=then\b)", re.IGNORECASE)
_PART_OF_A_SUBJECT = re.compile(
    r"(?:^|[.,;!?:]\s)\s*(?:my\s+)?[\w'’-]+(?:\s+[\w'’-]+)?\s+and\s+\Z", re.IGNORECASE
)
"""What "Dad and I watched" begins with: no end of an act."""
_I_OR_WE = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_UNKNOWN_NAME = re.compile(r"(?:,\s*)?\band\s+(?=[A-Z])|,\s+(?=[A-Z])")
"""Where a name of something may begin that is no known title."""
_AND_FOR = re.compile(r",?\s+(?:and|but)\s+(?=for\s+\Z)", re.IGNORECASE)
_IT_IS = re.compile(r"\W+(?:it(?:['’]s| is| shall be| should be)|put|set|make it|say)\b", re.IGNORECASE)
"""Behind a title that "and for" leads to: "I want a field Seat, and for Her it's B2"."""
_QUOTE = re.compile(r"[\"“](?:[^\"”]{12,})[\"”]")
NAME_AND_NUMBER = re.compile(
    r"\W*(?!(?:Season|Series|Part|Episode|Chapter|Volume|Book|Day|Night)\b)(?:[A-Z][\w'’-]*\s+){1,4}\d\d?(?:\.\d)?\W*(?:and\W*)?"
)
"""What may rate something of which nothing is known: "Jaws 8"."""
_NOTHING = re.compile(r"\W*(?:(?:and|then|also|plus|but)\W*)*", re.IGNORECASE)
_MASHES = re.compile(
    r"\b(?:(?<!the )mash(?!ups\b)\w*|meets?|met|cross(?:ed|over)?|blend|mix|fus(?:e|ion)|combin\w+)\b", re.I
)
OF_EACH = (
    "log_viewing",
    "log_review",
    "schedule",
    "move_event",
    "set_field",
    "delete_review",
    "delete_viewing",
    "delete_media",
)
"""Acts that are asked of each of several titles in a row."""
_ABOUT = ("title", "name", "label", "query", "preset", "person")
_JOIN = re.compile(r"(?:[,.;!?]\s*)?\b(?:and|then|also|plus|but|while)\b|[.;!?](?=\s)|\s[–—-]\s", re.IGNORECASE)
_MARK = re.compile(r"(?:[!?]|\.+)(?=\s|\Z)")
_COMMA = re.compile(r",")
_LIST = re.compile(r"(?:[!?]|\.+(?=\s+and\b))?\s*(?:,|&|\band\b|\bor\b|,\s*(?:and|or)\b)\s*", re.IGNORECASE)


_MOST = 24
"""Cuts of one message that are looked at; what comes behind belongs to the last part."""


def possible_parts(notes: Notes, named: list[Span]) -> list[Span]:
    """Where a message may fall into acts: at the ends of sentences, where another act may begin, between names.

    Args:
        notes: what code read in the whole message.
        named: where titles and appointments stand, in order.
    """
    words = notes.words
    whole = [*named, *(quote.span() for quote in _QUOTE.finditer(words))]
    whole += [_with_its_mark(mention, words) for mention in notes.titles]
    cuts = {cut.end() for pattern in (_SECOND_ACT, _SENTENCE) for cut in pattern.finditer(words)}
    if not _MASHES.search(notes.without_titles()):
        cuts |= {joint(words, left, right) for left, right in pairwise(named)}
        cuts |= {
            joint(words, (0, 0), name)
            for name in named[:1]
            if joint(words, (0, 0), name) < name[0] and _is_told_on_both_sides(notes, name[0])
        }
        cuts |= {
            cut.start() for cut in _UNKNOWN_NAME.finditer(words) if _is_told_on_both_sides(notes, cut.end())
        }
    cuts |= {
        cut.end()
        for start, end in named
        if (cut := _AND_FOR.search(words, 0, start)) and _IT_IS.match(words, end)
    }
    cuts -= {cut for cut in cuts if any(start < cut < end for start, end in whole)}
    cuts -= {cut for cut in cuts if _PART_OF_A_SUBJECT.search(words, 0, cut) and _I_OR_WE.match(words, cut)}
    edges = [0, *sorted(cuts - {0})[:_MOST], len(words)]
    return [(start, end) for start, end in pairwise(edges) if not _NOTHING.fullmatch(words[start:end])]


def _with_its_mark(mention: Mention, words: str) -> Span:
    """Where a title stands whose own last mark ends no sentence: "Airplane! 7", "Your Name. and"."""
    title = mention.media[0].title
    mark = _MARK.match(title, len(title.rstrip("!?.")))
    said = _MARK.match(words, mention.end)
    if not mark or not said or mark.group()[0] != said.group()[0]:
        return mention.start, mention.end
    goes_on = mark.group()[0] in "!?" or words[said.end() :].lstrip()[:1].islower()
    return mention.start, said.end() + 2 if goes_on else mention.end


def _is_told_on_both_sides(notes: Notes, place: int) -> bool:
    """Whether a rating or a day stands before a place and another behind it: "Dune gets an 8 and Heat a 9"."""
    words = notes.words
    for told in (notes.given_ratings, notes.moments):
        places = [found.start for found in told]
        if places and min(places) < place < max(places):
            return True
    if any(rating.start < place for rating in notes.given_ratings) and NAME_AND_NUMBER.fullmatch(words, place):
        return True
    rated = any(rating.start > place for rating in notes.given_ratings)
    return (
        rated
        and not any(moment.start < place for moment in notes.moments)
        and NAME_AND_NUMBER.fullmatch(notes.words[:place]) is not None
    )


def in_a_row(words: str, named: list[Span], place: int) -> bool:
    """Whether a place stands between two names of a row: "Alien, Heat and Up"."""
    return any(
        left[1] <= place <= right[0] and share_a_list(words, left, right) for left, right in pairwise(named)
    )


def part_of(notes: Notes, span: Span, before: list[Notes], read: Callable[[str], Notes]) -> Notes:
    """The notes of one act's part, with what the parts before say for it.

    A day said before the first title counts for later ratings too.

    Args:
        notes: what code read in the whole message.
        span: where the part stands.
        before: the parts before, in order.
        read: reads a part of it.
    """
    part = notes.part(*span, read)
    ahead = _ahead(before[0], before[0].titles[0].start if before[0].titles else 0) if before else []
    if ahead and part.ratings and not part.moments:
        part = replace(part, moments=ahead)
    return part


def same_occasion(part: Notes, before: Notes) -> Notes:
    """The notes with day and company of the part before: "first Heat with Tom on Friday and then Alien"."""
    return replace(_fill(part, before), ratings=part.ratings)


def _ahead(part: Notes, place: int) -> list[Moment]:
    """The days that are said before what the part is about."""
    return [moment for moment in part.moments if moment.end <= place]


def one_each(calls: list[Call], notes: Notes) -> list[Call]:
    """A single act said of several titles ("watched Alien and Heat on Sunday") becomes one act each."""
    titles = notes.titles
    if len(calls) != 1 or calls[0].tool not in OF_EACH or len(titles) < 2:
        return calls
    if not all(share_a_list(notes.words, left, right) for left, right in pairwise(notes.title_spans)):
        return calls
    named = [notes.words[mention.start : mention.end] for mention in titles]
    return [Call(tool=calls[0].tool, args={**calls[0].args, "title": title}) for title in named]


def portions(calls: list[Call], notes: Notes, read: Callable[[str], Notes]) -> list[Notes]:
    """For each call the notes of its own part of the message.

    Parts meet at the last "and", "then" or full stop (else comma) between what two acts are about. What is said
    once for a whole list ("Alien and Heat on Sunday", "last night Alien 8, Heat 9") counts for each of it. An
    act whose place cannot be told gets the whole message; "it" is what the part before is about.

    Args:
        calls: what the model chose, in order.
        notes: what code read in the whole message.
        read: reads a part of it.
    """
    anchors = _anchors(calls, notes)
    placed = sorted({anchor for anchor in anchors if anchor})
    if len(placed) < 2:
        return [notes] * len(calls)
    cuts = [0, *(joint(notes.words, left, right) for left, right in pairwise(placed)), len(notes.words)]
    parts = {
        anchor: notes.part(start, end, read)
        for anchor, (start, end) in zip(placed, pairwise(cuts), strict=True)
    }
    shared = _share(parts, placed, notes.words)
    return [shared[anchor] if anchor else notes for anchor in anchors]


def _anchors(calls: list[Call], notes: Notes) -> list[Span | None]:
    """Where the words say what each call is about: its title or name, else a pronoun behind the last act."""
    free = notes.title_spans
    pronouns = [found.span() for found in REFERENCE.finditer(notes.without_titles())]
    found: list[Span | None] = []
    for call in calls:
        about = next((str(call.args[name]) for name in _ABOUT if call.args.get(name)), "")
        place = _place(about, free, notes) if about else None
        if place is None:
            after = max((span[1] for span in found if span), default=0)
            place = next((span for span in pronouns if span[0] >= after and span not in found), None)
        if place in free:
            free.remove(place)
        found.append(place)
    return found


def _place(about: str, titles: list[Span], notes: Notes) -> Span | None:
    wanted = normalise(about)
    for start, end in titles:
        said = normalise(notes.words[start:end])
        if said and (said in wanted or wanted in said):
            return start, end
    at = notes.words.casefold().find(about.casefold())
    return (at, at + len(about)) if at >= 0 else None


def joint(words: str, left: Span, right: Span) -> int:
    """Where two neighbouring acts meet, by what each is about: at the last "and" or full stop, else comma."""
    gap = words[left[1] : right[0]]
    joins = list(_JOIN.finditer(gap)) or list(_COMMA.finditer(gap))
    return left[1] + joins[-1].start() if joins else right[0]


def share_a_list(words: str, left: Span, right: Span) -> bool:
    """Whether two titles only stand in a row: "Alien, Heat and Up"."""
    return bool(_LIST.fullmatch(words[left[1] : right[0]]))


def _share(parts: dict[Span, Notes], placed: list[Span], words: str) -> dict[Span, Notes]:
    """What stands once beside a list goes to each of its titles that has none of its own."""
    shared = dict(parts)
    last = parts[placed[-1]]
    if all(share_a_list(words, left, right) for left, right in pairwise(placed)):
        if len(last.moments) == len(placed):  # "Heat and Akira for Saturday and Sunday"
            days = zip(placed, last.moments, strict=True)
            shared = {place: replace(shared[place], moments=[moment]) for place, moment in days}
        if len(last.ratings) == len(placed):  # "Heat and Akira, 8/10 and 9/10"
            rated = zip(placed, last.ratings, strict=True)
            shared = {place: replace(shared[place], ratings=[rating]) for place, rating in rated}
    for left, right in reversed(list(pairwise(placed))):
        if share_a_list(words, left, right):
            shared[left] = _fill(shared[left], shared[right])
    first = placed[0]
    spoken_of: str | None = None
    for place in placed:
        part = shared[place]
        if spoken_of and part.refers and not (part.titles or part.points):
            shared[place] = replace(part, referent=spoken_of)  # "rate Alien 8 and plan it for Friday"
        elif part.titles:
            spoken_of = part.named(part.titles[0])
    ahead = _ahead(parts[first], first[0])
    for before, place in pairwise(placed):
        if share_a_list(words, before, place):  # "On Saturday Tom and I watched Alien and Heat"
            shared[place] = _fill(shared[place], shared[before])
        elif ahead and not shared[place].moments and shared[place].ratings:
            shared[place] = replace(shared[place], moments=ahead)
    return shared


def _fill(notes: Notes, other: Notes) -> Notes:
    """The notes with the other's date, rating and company where they have none; the words stay their own."""
    return replace(
        notes,
        moments=notes.moments or other.moments,
        ratings=notes.ratings or other.ratings,
        viewing=notes.viewing if notes.viewing.spans else other.viewing,
    )
