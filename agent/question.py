"""Questions over the user's own diary, read without the model: what ``query_diary`` is to be asked.

What may be a filter must be understood, else the question is left to the model; fillers and remarks need not be
(agent/phrasing.py).
"""

import re
from typing import Any

from agent.notes import Notes
from agent.phrasing import FAVOURITE, FILMS, PLANNED, RATED, SEEN, SERIES
from agent.question_words import LIKED, Question, genres_left, read_kind, read_parts, read_times
from store.store import Store
from tools.calendar import open_event_names
from tools.reading import word_number

_What = tuple[str, str, str | None]
"""Which entries, the measure, and what they are grouped by."""
_LONGEST = 40
"""Words of a message that may be a mere question."""
_NUMBER = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
GROUPS = {
    "genre": r"genres?|(?:kind|type|sort)s? of (?:films?|movies?)",
    "director": r"directors?|film-?makers?",
    "actor": r"actors?|actress(?:es)?",
    "writer": r"(?:screen)?writers?",
    "decade": r"decades?",
    "year": r"years?",
    "month": r"months?",
    "weekday": r"days? of the week|weekdays?|days?",
    "source": r"(?:streaming )?(?:services?|platforms?)",
}
"""What entries may be grouped by, and the words for it."""
GROUP = "|".join(GROUPS.values())
_DONE = r"watched|seen|rewatched|rated|reviewed|liked|loved"
_LIMIT = re.compile(
    rf"\b(?P<before>top|last|first|latest|which|my|{FAVOURITE}) (?P<number>{_NUMBER})\b"
    r"(?! (?:times|hours|stars))"
)
_ASKED_GROUP = re.compile(
    rf"^(?:.*\b(?:what|which|who is|most|least|{FAVOURITE})\b|(?:my|our)\b|"
    r"(?:is|are) there\b|(?=\w+ (?:i|we)\b))"
    rf"(?:(?! (?:by|this|that|same|from|of the|last|next|per|each|every)\b).)*?\b(?P<noun>{GROUP})\b"
)
_EACH_GROUP = re.compile(rf"\b(?P<each>an?|per|each|every|by) (?P<noun>{GROUP})\b")
_ASKS = re.compile(
    r"(?:(?:on average )?(?:on|in|by|with|at|from|of) )?"
    r"(?:how (?:many|much|often|long)|how do|what|which|whom?|when|where)\b|on average (?=what|how)"
    r"|(?:did|have|had) (?:i|we)\b|do (?:i|we) (?:have|rate)\b|is there\b|(?:is|are) TITLE planned"
)
_ORDERED = re.compile(
    r"(?:please )?(?:plan|schedule|book|add|put|log|cancel|move|delete|remove|undo|recommend)\b"
)
_FIGURE = re.compile(
    rf"(?:all |my |our |the |any )*(?:overall |total )?(?:average|mean|number|total|hours?|viewings|"
    rf"reviews?|ratings?|"
    rf"rewatches|{PLANNED})\b"
)
_RANKED = re.compile(rf"(?:my|our) (?:\w+ )?(?:{FAVOURITE}|most|last|latest|first|longest|shortest)\b")
_LISTED = re.compile(
    rf"(?:the )?(?:last|latest|first|most|highest rating|lowest rating|longest|shortest|top (?:{_NUMBER}))\b"
)
_NOTED = r"viewings?|reviews?|diary|ratings?|logged|rewatches|watched|watching|rewatched|calendar|hours|average"
"""Words for what only the user's own diary and calendar have."""
_ROWS = re.compile(
    rf"(?:all |the |every |any )*(?:\S+ ){{0,2}}?(?:{FILMS}|{SERIES})(?: \S+){{0,2}}? (?:that )?(?:i|we) "
    rf"(?:have )?(?:not )?(?:{SEEN}|{RATED})\b|(?:all |the |every |any )*(?:{FILMS}|{SERIES}) (?:(?:i|"
    rf"we) )?not finish"
)
_STATES = re.compile(r"\b(?:is|was|are|were|am|must|need|has|makes?|made|now)\b")
_OWN = re.compile(r"\b(?:i|we|my|our|mine)\b")
# What is asked of the library, of what to watch, or of somebody else.
_OTHERWISE = re.compile(
    r"\b(?:should|shall|would|could|can|may|might|must|will|want|recommend\w*|suggest\w*|you|your|never|not|"
    r"unseen|"
    r"unwatched|library)\b"
)


def read_question(notes: Notes, store: Store) -> dict[str, Any] | None:
    """The arguments of ``query_diary`` that answer the user's words.

    Args:
        notes: what code read in the words.
        store: the library, whose people and genres are looked for.

    Returns:
        ``of`` and ``measure`` with whatever else is asked for, days as ISO dates; None where the words are no
        such question, or hold anything that is not understood.
    """
    question = read_parts(notes, store) if len(notes.words.split()) <= _LONGEST else None
    if question is None or _OTHERWISE.search(question.said):
        return None
    shape = _shape(question)
    if shape is None or not _is_own(question):
        return None
    asked = _asked(question, shape)
    genres = genres_left(question)
    if asked is None or genres is None or len(genres) > 1:
        return None
    if genres:
        asked["genre"] = genres[0]
    lists_all = asked in ({"of": "reviews", "measure": "count"}, {"of": "events", "measure": "count"})
    if lists_all and shape in ("what", "which", "rows", "figure") and not question.says("number|total"):
        return None  # the lists of the reviews and of the calendar tell it better
    return asked


def _is_own(question: Question) -> bool:
    """Whether the diary or the calendar is asked, not what others think or the library holds."""
    if _OWN.search(question.said) or question.says(PLANNED) or "COMPANY" in question.said:
        return True
    if (
        question.says(rf"how many RATING (?:{FILMS}|{SERIES})")
        or re.search(rf"\b(?:{FAVOURITE}) of WHEN$", question.said)
        or _EACH_GROUP.search(question.said)
    ):
        return True
    return question.says(_NOTED) and not question.titles


def _shape(question: Question) -> str | None:
    """How the question is put: its first word, or "figure" or "rows" without one; None if it is none."""
    said = question.said
    if _ORDERED.match(said):
        return None
    if asks := _ASKS.match(said):
        first = re.search(r"\b(?:how|what|which|whom?|when|where|did|have|had|do)\b", asks[0])
        return "did" if first and first[0] in ("did", "have", "had", "do") else first[0] if first else "did"
    if re.match(rf"(?:the )?(?:{GROUP}) (?:i|we)\b", said):
        return "figure"  # "genres I watch most"
    if _STATES.search(said) or re.match(r"(?:i|we)\b", said) or "!" in question.notes.words:
        return None
    if question.says(PLANNED) and not question.titles and not re.match(r"plan\b", said):
        return "rows"
    if question.says(f"{FAVOURITE}|most|last|latest|first|longest|shortest"):
        # "The best film I've seen this year" may be a verdict.
        listed = _LISTED.match(said) and (question.says(_NOTED) or _OWN.search(said))
        rated = question.says("rated") and not re.match(r"(?:i|we)\b", said)
        sure = question.ordered or listed or rated or _RANKED.match(said) or question.says("mine")
        return "figure" if sure and not question.notes.given_ratings else None
    if _FIGURE.match(said):
        return "figure"
    return "rows" if _ROWS.match(said) or (question.ordered and _OWN.search(said)) else None


def _asked(question: Question, shape: str) -> dict[str, Any] | None:
    """The arguments; what was read leaves the question, so that the rest can be looked at."""
    _limit(question)
    title = question.titles[0] if question.titles else None
    if title:
        question.filters["title"] = title
    read_kind(question)
    group = _group(question, shape)
    if group == "":
        return None
    what = _measure(question, shape, group)
    if what is None:
        return None
    of, measure, group_by = what
    if not read_times(question, of):
        return None
    _how_seen(question, of, measure, shape)
    if title and shape == "did":  # "did I finish Heat?", "did I give Heat a 9?" are answered by the rows
        for name in ("completed", "rewatch", "min_rating", "max_rating"):
            question.filters.pop(name, None)
    asked = {"of": of, "measure": measure, **question.filters}
    if group_by:
        asked["group_by"] = group_by
    if of == "events" and (asked.keys() & {"context", "rewatch"} or not _is_planned(question, title)):
        return None
    return asked


def _is_planned(question: Question, title: str | None) -> bool:
    """Whether a title that the calendar is asked for is in it: "when is it?" may ask for a release."""
    return title is None or title in open_event_names(question.store)


def _limit(question: Question) -> None:
    """How many are asked for: "my top 5 films", "the last three"."""
    if found := question.take(_LIMIT):
        question.said = (
            f"{question.said[: found.start()]} {found['before']} {question.said[found.start() :]}".strip()
        )
        question.filters["limit"] = int(word_number(found["number"]) or 1)


def _group(question: Question, shape: str) -> str | None:
    """What the answer is to be grouped by; an empty text where that cannot be told."""
    found = _ASKED_GROUP.search(question.said) or _EACH_GROUP.search(question.said)
    if question.take(r"\bper rating$"):
        return "rating"
    if found:
        noun = found["noun"]
        start = found.start("each" if found.re is _EACH_GROUP else "noun")
        question.said = f"{question.said[:start]}{question.said[found.end() :]}".strip()
        if noun in ("day", "days") and not question.says("do (?:i|we)"):
            return ""  # one day of the calendar, not of the week
        return next(name for name, pattern in GROUPS.items() if re.fullmatch(pattern, noun))
    if question.titles:
        return None
    if shape in ("who", "whom") and question.says("with"):
        return "context"
    if shape == "where":
        return "source"
    return "weekday" if shape == "when" and question.says("most") and not question.says("recently") else None


def _measure(question: Question, shape: str, group: str | None) -> _What | None:
    """What is asked of which entries, and by what they are grouped."""
    says = question.says
    rated = "min_rating" in question.filters or "max_rating" in question.filters
    rates = rated or says(RATED)
    worst = says("lowest|worst") or (says("(?<!at )least") and says(rf"{LIKED}|{RATED}|favou?rite"))
    best = says("highest|best|top|favou?rite|highly") or (says("most") and says(LIKED))
    if says(PLANNED):
        if rates or worst or best or says("average|hours?|last"):
            return None
        return (
            "events",
            "first" if says("first|next") and shape in ("what", "which", "when") else "count",
            group,
        )
    if says("go|went|gone|been") and "source" not in question.filters:
        return None
    if says("hours?|minutes|how much time") or (says("how long") and not says("ago|how long since")):
        return ("viewings", "hours", group) if not (rates or worst or best) else None
    if found := question.take(r"\b(longest|shortest)\b"):
        plain = not (rates or worst or best or group or question.titles)
        return ("viewings", found[1], None) if plain else None
    if says("average|mean") and shape == "how" and group and not rates:
        return ("viewings", "count", group)  # "how many a month, on average?"
    if says("average|mean") or re.match(r"how do (?:i|we) rate\b", question.said):
        return ("reviews", "average_rating", group)
    if group:
        return _grouped(question, shape, group, rates, best, worst)
    if says("least") and not worst:
        return None
    best = best and not says(rf"(?:top|most)(?: {_NUMBER})? (?:watched|seen|rewatched)")
    if best or worst:
        seen = shape != "how" and not question.titles and not (says("most") and not says(LIKED))
        return ("reviews", "highest" if best else "lowest", None) if seen and best != worst else None
    if says("most|top") and not says("recent|recently"):
        often = shape in ("what", "which", "figure", "rows") and not question.titles
        return ("reviews" if rates else "viewings", "count", "title") if often and says(SEEN) else None
    return _plain(question, shape, rates, rated)


def _grouped(question: Question, shape: str, group: str, rates: bool, best: bool, worst: bool) -> _What | None:
    says = question.says
    if group == "rating":
        return ("reviews", "count", group)
    if question.titles and group not in ("source", "context", "month", "year", "weekday"):
        return None
    if best and group in ("year", "month", "weekday") and question.says(rf"for (?:{FILMS}|watching)"):
        return ("viewings", "count", group)
    if shape != "how" and (best or worst or (rates and not says("most"))):
        return ("reviews", "lowest" if worst else "average_rating", group)
    if says(f"least|{LIKED}"):
        return None
    return ("reviews" if rates else "viewings", "count", group)


def _plain(question: Question, shape: str, rates: bool, rated: bool) -> _What | None:
    """A count, a list, a first or a last one."""
    says = question.says
    of = "reviews" if rates else "viewings"
    if says(LIKED) or not (
        rates or says(SEEN) or says("rewatches|number of|my total|(?:my|our) (?:first|last|latest)")
    ):
        return None
    if shape == "when" and not says("did|have|had|was|is|watched|saw|seen|rated|gave|finished"):
        return None  # "remind me when I watch it" is a plan
    if shape == "when" or says("ago|how long since"):
        return (of, "first" if says("first") else "last", None)
    once = says("for the first time")
    if says("last|latest|most recent|most recently|recently") or (says("first") and not once):
        if question.titles or shape == "how":
            return None
        return (of, "first" if says("first") and not once else "last", None)
    if question.titles and shape not in ("how", "did", "who", "whom", "where"):
        return None
    if shape in ("what", "which", "rows") and rates and not (rated or question.filters or question.moments):
        return None
    return (of, "count", None)


def _how_seen(question: Question, of: str, measure: str, shape: str) -> None:
    """Whether it was seen to the end, and whether again."""
    filters = question.filters
    if of == "viewings" and question.says("finish(?:ed)?|to the end") and "completed" not in filters:
        filters["completed"] = True
    if question.says("for the first time") and measure not in ("first", "last"):
        filters["rewatch"] = False
    again = shape in ("how", "did") and question.says("again")
    if again or question.says("re ?watch(?:ed|es|ing)?"):
        filters["rewatch"] = True
