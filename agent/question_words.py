"""What the words of a question over the diary name: titles, people, days, ratings, places, company and genres.

The rest must be fillers (agent/phrasing.py): what may narrow the question and is not understood stays unread.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from agent.notes import Notes
from agent.phrasing import FAVOURITE, FILMS, PLANNED, RATED, SEEN, SERIES, plainly
from agent.prompt import read_data
from store.store import Store
from tools.genres import genre_words
from tools.people import PersonMention, people_mentions
from tools.reading import Moment, Years, read_moments, read_ratings, read_viewing, read_years
from tools.viewings import is_company

Span = tuple[int, int]
LIKED = r"liked?|loved?|enjoy(?:ed)?"
"""Words of liking, which tell a rating nearly."""
_FIGURES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNFINISHED = re.compile(
    r"\b(?:(?P<did>(?:did|have) (?:i|we)) not|(?:did|have) not (?P<who>i|we)|(?:(?:did|have) )?not) "
    r"finish(?:ed)?\b(?: yet)?|\bunfinished\b"
)
_REFERS = re.compile(
    rf"\b(?P<verb>{SEEN}|{RATED}|of|for) (?:it|(?:that|this)(?: (?:one|film|movie|show))?|"
    r"the (?:first|second|third|fourth|fifth|last) (?:one|film|movie|show))\b(?! (?:i|we)\b)"
)
_BESIDE = re.compile(
    r"\b(?:me|i)(?: and|,| &| n) (?P<who>(?:(?:my|the) (?:\w+ )?)?\w+)"
    r"(?=\s+(?:see|watch(?:ed)?|go|catch|have|saw|been)\b)"
    r"|\bwith (?P<friend>(?:my |the |our )?(?!my\b|the\b|our\b)[a-z]+)"
    r"(?=\W*$|\W+(?:WHEN|SOURCE|on|in|at|last|this|did|have)\b)|(?:\babout |^)(?P<own>my [a-z]+)\W*$"
)
_MONTH = re.compile(
    r"\b(?:in|for|of|during|since|before|after|until|till|by|between|from|and|to|through)\s+"
    r"(?P<month>(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?:\s+20\d\d)?)\b(?!\s+\d)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?<!day )(?<!days )(?:of|for|in) the (?:whole |entire )?(?=year|month|week)|"
    r"(?P<next>(?:for )?next )(?=wk|weeks )|(?:for )?this (?=wk))"
    r"(?P<period>year|month|weeks?|wk)\b(?! (?:of|before|after)\b)",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"\b(?:between|from) WHEN (?:and|to|until|till|through) WHEN\b")
_BOUNDED = re.compile(
    r"(?:\b(?P<bound>before|after|since|until|till|up to)\s+|"
    r"\b(?:in|on|during|over|for|of|from|within)\s+)?\bWHEN\b"
)
_COMPARED = re.compile(
    r"\bWHEN\b(?P<between>.*?)\b(?:vs|versus|or|than|against|compared (?:to|with))\b\W*"
    r"(?:(?:in|during) )?WHEN\b"
)
_LENGTH = re.compile(
    r"\b(?:(?:that|which) )?(?:(?:is|are|was|were|lasts?|lasted|runs?|took|take) )?LENGTH(?: long)?\b"
)
_SPENT = re.compile(rf"\b(?:{SEEN}|for|in|within) LENGTH\b")
_YEARS = re.compile(
    r"(?:\b(?P<released>from|of|(?:made|released|shot|(?:that )?(?:came|come) out)(?: in)?)\s+|"
    r"\b(?P<during>in|during|for|over|throughout)\s+)?(?:the year )?\bYEARS\b"
    r"(?P<thing>(?= (?!did|have|do|on|in|with|at|by|for)\w))?"
)
_BETWEEN = re.compile(
    r"\bbetween\s+(\d\d?(?:\.\d)?)\s+and\s+(\d\d?(?:\.\d)?)(?=\s*$|\s*[?.!,]|\s+(?:in|this|last|on)\b)"
)
_TEN = re.compile(
    rf"\b(?P<figure>10|\d(?:\.5)?|{'|'.join(_FIGURES)})(?:'?s|xes)?(?P<half> and a hal(?:f|ve)s?)?\b",
    re.IGNORECASE,
)
SEVERAL_RATINGS = re.compile(
    rf"\b(?:(?:10|\d(?:\.5)?|{'|'.join(_FIGURES[1:])})(?:(?:'?s)(?! and a half)\b|xes\b| and a hal(?:f|ve)s\b)"
    r"(?:\s*(?:,|\bor\b|\band\b(?! a)|,\s*or\b)\s*(?=\d|[a-z]))?)+",
    re.IGNORECASE,
)
"""Several ratings in a row: "nines and tens"."""
BARE_BOUND = re.compile(
    r"\b(?:above|over|below|under|at least|more than|less than|better than|"
    r"worse than) \d+(?:\.\d)?(?! ?(?:times|hours|minutes|films|movies))\b|"
    r"\b\d+(?:\.\d)? (?:or|and) (?:more|less|better|higher|lower|above|below|up)\b",
    re.IGNORECASE,
)
"""A bound on a rating without a scale: "above 8"."""
_BOUNDS = re.compile(
    r"\b(?:above|over|below|under|at (?:least|most)|(?:more|less|better|worse|higher|lower) than|up to|from)"
    r"\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(?:above|over|more than|higher than|better than|below|under|less than|lower than|worse than)\b"
)
# Words that may stand anywhere: those with a meaning of their own are read before.
_KNOWN = re.compile(
    rf"(?:{SEEN}|{RATED}|{LIKED}|{PLANNED}|{FILMS}|{SERIES}|{FAVOURITE}|[A-Z]+|how|often|ago|since|"
    r"what|which|whom?|when|where|is|are|was|were|did|do|have|had|i|we|my|our|a|an|the|any|some|all|every|"
    r"of|in|on|"
    r"at|for|by|with|from|to|that|there|ever|already|just|only|total|number|overall|different|times?|hours?|"
    r"minutes|"
    r"average|mean|most|least|last|latest|first|recent(?:ly)?|highly|documentar(?:y|ies)|docs|anime|again|"
    r"rewatches|"
    r"end|episodes?|tv|scores?|does|has|next|mine|frequently|starring|featuring|directed|so|far|'s)"
)
# What is left of these narrows the question in a way that was not understood.
_NARROWS = re.compile(
    r"\b(?:after|before|over|under|during|than|but|and|or|without|except|about|between|per|these|those|"
    r"his|her|their|second|third|weeks?|weekends?|nights?|mornings?|evenings?|runtimes?|lengths?|long|short)\b"
)
_LEADS_ON = re.compile(r"by|with|from|of|for|in|on|at|to|starring|featuring|directed|my|our|average|mean")
"""Words before what narrows a question."""
_IS_NARROWED = re.compile(rf"{FILMS}|{SERIES}|documentar(?:y|ies)|docs|anime")
"""Words after it."""
# An adverb tells how something is asked, unless it tells when.
_HARMLESS = re.compile(
    r"(?!(?:recent|ear|week|month|year|dai|night|fami|on|ita|high)ly)[a-z]{2,}ly|got|coming|lined|up|am|"
    r"been|'ve"
)


@dataclass
class Question:
    """The question in lower case, in which words in capitals stand for what was read: WHEN, TITLE, PERSON …"""

    notes: Notes
    store: Store
    said: str
    ordered: bool
    titles: list[str]
    moments: list[Moment]
    years: list[Years]
    filters: dict[str, Any]

    def says(self, pattern: str) -> bool:
        """Whether a pattern stands in it as whole words."""
        return re.search(rf"\b(?:{pattern})\b", self.said) is not None

    def take(self, pattern: str | re.Pattern[str], instead: str = " ") -> re.Match[str] | None:
        """Find a pattern and put something in its place, so that it is not read again."""
        found = re.search(pattern, self.said)
        if found:
            rest = self.said[: found.start()] + instead + self.said[found.end() :]
            self.said = re.sub(r"\s+", " ", rest).strip()
        return found


def read_parts(notes: Notes, store: Store) -> Question | None:
    """The question with its parts read; None where there is none or they cannot be told apart."""
    marks: list[tuple[Span, str]] = []
    filters: dict[str, Any] = {}
    mentions = people_mentions(store, notes.words)
    people = [mention for mention in mentions if mention.whole]
    _mark(marks, "PERSON", [(person.start, person.end) for person in people])
    titles = [t for t in notes.titles if _mark(marks, "TITLE", [(t.start, t.end)])]
    notes = _without_on_average(notes)
    moments = _moments(notes, marks)
    if moments is None or not _ratings(notes, marks, filters):
        return None
    for length in notes.durations:
        if length.bound in ("min", "max") and _mark(marks, "LENGTH", [(length.start, length.end)]):
            filters[f"{length.bound}_runtime"] = length.minutes
    years = [y for y in notes.years if _mark(marks, "YEARS", [(y.start, y.end)])]
    people += [m for m in mentions if not m.whole and _is_meant(m, notes, store, marks)]
    if len(people) > 1 or len(titles) > 1:
        return None
    if people:
        filters["person"] = people[0].names[0]
        if len(people[0].names) > 1:
            filters["person"] = re.sub(r"['’]s$", "", notes.words[people[0].start : people[0].end])
    viewing = notes.viewing
    if viewing.source_span and _mark(marks, "SOURCE", [viewing.source_span]):
        filters["source"] = viewing.source
    if viewing.company_span and viewing.company and _mark(marks, "COMPANY", [viewing.company_span]):
        filters["context"] = viewing.company.removeprefix("With ")
    if "context" not in filters and (beside := _BESIDE.search(_replaced(notes.words, marks))):
        who = next(name for name in beside.groups() if name)
        company = None if _KNOWN.fullmatch(who) else read_viewing(f"watched it with {who}").company
        at = re.search(re.escape(beside[0].strip()), notes.words, re.IGNORECASE)
        if company and at and _mark(marks, "COMPANY", [at.span()]):
            filters["context"] = company.removeprefix("With ")
    names = [
        t.media[0].label if len({m.id for m in t.media}) == 1 else notes.words[t.start : t.end] for t in titles
    ]
    said, ordered = plainly(_replaced(notes.words, marks))
    question = Question(notes, store, said, ordered, names, moments, years, filters)
    _add_what_was_rephrased(question)
    if _SPENT.search(question.said):
        return None  # "did I watch more than two hours" is not about the films' lengths
    question.take(_LENGTH)
    if unfinished := _UNFINISHED.search(said):
        subject = unfinished["did"] or unfinished["who"] or ""
        question.take(_UNFINISHED, f"{subject} watched")
        filters["completed"] = False
    if notes.refers and not titles and question.take(_REFERS, "watched TITLE"):
        if notes.referent is None:
            return None
        question.titles = [notes.referent]
    return question if said else None


def read_kind(question: Question) -> None:
    """The kind of title and its language."""
    for kind, pattern in (("documentary", r"documentar(?:y|ies)|docs"), ("anime", "anime"), ("tv", SERIES)):
        if question.says(pattern):
            question.filters["media_type"] = kind
            break
    for word, code in read_data("languages.yaml")["languages"].items():
        if question.says(word) and not genre_words(question.store, word):
            question.take(rf"\b(?:in )?{word}\b")
            question.take(r"\blanguage\b")
            question.filters["language"] = code


def read_times(question: Question, of: str) -> bool:
    """Put the days and the release years into the filters; false where they cannot be told apart."""
    compared = _compared(question)
    since, until, read = compared or _days(question, of)
    for years in question.years:
        found = question.take(_YEARS)
        if not read or found is None:
            return False
        bounds = {"year_from": years.first, "year_to": years.last}
        if _is_release(years, found) and not question.says("reviews?|viewings?|diary"):
            read = not question.filters.keys() & bounds.keys()
            question.filters |= {name: year for name, year in bounds.items() if 0 < year < 9999}
        else:
            read = since is until is None
            since = date(years.first, 1, 1) if years.first else None
            until = date(years.last, 12, 31) if years.last < 9999 else None
    days = {"since": since, "until": until}
    question.filters |= {name: day.isoformat() for name, day in days.items() if day}
    return read


def genres_left(question: Question, every_word: bool = False) -> list[str] | None:
    """The genres that the words not yet understood name; None where they may narrow it to anything else.

    Args:
        question: the question.
        every_word: whether words that are not understood do not do wherever they stand.
    """
    genres: list[str] = []
    run: list[str] = []
    before = ""
    said = re.sub(r"\bhow (?:many|much|long)\b", "how", question.said)
    if _NARROWS.search(said):
        return None
    for word in [*re.findall(r"[^\s,?!.\"“”]+", said), "the"]:
        if _HARMLESS.fullmatch(word):
            continue
        if not _KNOWN.fullmatch(word):
            run.append(word)
            continue
        if run:
            found = genre_words(question.store, " ".join(run))
            if found and (len(found) > 1 or _without_one(run, found, question.store)):
                return None
            if not found and (every_word or _LEADS_ON.fullmatch(before) or _IS_NARROWED.fullmatch(word)):
                return None
            genres += found
            run = []
        before = before if word in ("the", "a", "an", "my", "our") and _LEADS_ON.fullmatch(before) else word
    return list(dict.fromkeys(genres))


def _add_what_was_rephrased(question: Question) -> None:
    """What the plainer words say that was not read in the user's own: "a cinema trip", "full marks"."""
    filters = question.filters
    if "WHEN" not in question.said:
        question.moments = []  # "am I a Friday person?"
    for mark, name in (("SOURCE", "source"), ("COMPANY", "context")):
        if mark not in question.said:
            filters.pop(name, None)  # "do I watch more on Netflix or at the cinema?"
    if "SOURCE" in question.said:
        filters.setdefault("source", "Theater")
    bounds = filters.keys() & {"min_rating", "max_rating"}
    if "RATING" in question.said and not bounds:
        filters["min_rating"] = filters["max_rating"] = 10.0
    if bounds in ({"min_rating"}, {"max_rating"}):
        question.take(
            r"(?<=RATING) (?:or|and) (?:better|higher|more|above|over|up|worse|lower|less|below|under)\b"
        )


def _without_on_average(notes: Notes) -> Notes:
    """ "From the nineties on average" does not reach from the nineties onwards."""
    words = re.sub(r"\bon average\b", " " * len("on average"), notes.words, flags=re.IGNORECASE)
    read: list[Any] = [*notes.titles, *notes.ratings, *notes.moments]
    taken = [(found.start, found.end) for found in read]
    return replace(notes, years=read_years(words, skip=taken)) if words != notes.words else notes


def _mark(marks: list[tuple[Span, str]], mark: str, spans: list[Span]) -> bool:
    """Let a mark stand for a piece of the words, unless another one does already."""
    if any(start < end_ and start_ < end for start, end in spans for (start_, end_), _ in marks):
        return False
    marks += [(span, mark if at == 0 else "") for at, span in enumerate(spans)]
    return True


def _replaced(words: str, marks: list[tuple[Span, str]]) -> str:
    pieces, end = [], 0
    for (start, stop), mark in sorted(marks):
        pieces += [words[end:start].lower(), f" {mark} " if mark else " "]
        end = stop
    return "".join([*pieces, words[end:].lower()])


def _moments(notes: Notes, marks: list[tuple[Span, str]]) -> list[Moment] | None:
    """The days that are named, in order, months without "in" among them; None for hours of the day."""
    found: list[tuple[int, Moment]] = []
    for moment in notes.moments:
        spans = list(moment.pieces)
        if _mark(marks, "WHEN", spans):
            if moment.time and not re.search(r"day\b|\b(?:last |to)night", moment.text, re.IGNORECASE):
                return None
            found.append((spans[0][0], moment))
    for match in _MONTH.finditer(notes.words):
        span = match.span("month")
        if _mark(marks, "WHEN", [span]) and (read := read_moments(f"in {match['month']}", notes.now)):
            found.append((span[0], read[0]))
    for match in _PERIOD.finditer(notes.words):
        if _mark(marks, "WHEN", [match.span()]) and (
            read := read_moments(
                f"{'next' if match['next'] else 'this'} {match['period'].replace('wk', 'week').rstrip('s')}",
                notes.now,
            )
        ):
            found.append((match.start(), read[0]))
    return [moment for _, moment in sorted(found, key=lambda one: one[0])]


def _ratings(notes: Notes, marks: list[tuple[Span, str]], filters: dict[str, Any]) -> bool:
    """Put the bounds on ratings into the filters; false where they are several or on no scale."""
    rates = re.search(rf"\b(?:{RATED})\b", notes.words.lower())
    if rates and (between := _BETWEEN.search(notes.words)) and _mark(marks, "RATING", [between.span()]):
        filters["min_rating"], filters["max_rating"] = sorted(float(figure) for figure in between.groups())
    elif rates and (tens := SEVERAL_RATINGS.search(notes.words)) and _mark(marks, "RATING", [tens.span()]):
        figures = [_figure(one) for one in _TEN.finditer(tens[0])]
        filters["min_rating"], filters["max_rating"] = min(figures), max(figures)
    ratings = list(notes.ratings)
    if rates and not ratings and (bound := BARE_BOUND.search(notes.words)):
        # "How many of my reviews are above 8?"
        ratings = [
            rating.model_copy(update={"start": bound.start(), "end": bound.end()})
            for rating in read_ratings(f"rated {bound[0]}")[:1]
        ]
    for rating in ratings:
        before = _BOUNDS.search(notes.words[: rating.start]) if rating.bound != "exact" else None
        start = before.start() if before else rating.start
        if not _mark(marks, "RATING", [(start, rating.end)]):
            continue
        if filters.keys() & {"min_rating", "max_rating"} and rating.bound == "exact":
            return False
        step = (
            0.1 if _STRICT.search(notes.words[start : rating.end].lower()) else 0.0
        )  # ratings are kept in steps of 0.1
        if rating.bound in ("min", "exact"):
            filters["min_rating"] = round(rating.value + step, 1)
        if rating.bound in ("max", "exact"):
            filters["max_rating"] = round(rating.value - step, 1)
    return all(0 <= filters[name] <= 10 for name in ("min_rating", "max_rating") if name in filters)


def _figure(one: re.Match[str]) -> float:
    """The figure of "nines", "9.5s" or "nine and a halfs"."""
    word = one["figure"].lower()
    return (_FIGURES.index(word) + 1 if word in _FIGURES else float(word)) + (0.5 if one["half"] else 0.0)


def _is_meant(mention: PersonMention, notes: Notes, store: Store, marks: list[tuple[Span, str]]) -> bool:
    """Whether a surname means the person, not a genre, a friend or another word of the question."""
    said = notes.words[mention.start : mention.end]
    if genre_words(store, said) or _KNOWN.fullmatch(said.lower()):
        return False
    company = notes.viewing.company_span
    if company and company[0] < mention.end and mention.start < company[1] and is_company(store, said):
        return False
    return _mark(marks, "PERSON", [(mention.start, mention.end)])


def _compared(question: Question) -> tuple[date, date, bool] | None:
    """The time of two months or years in a row that are held against each other: by which it is grouped."""
    found = _COMPARED.search(question.said) if len(question.moments) == 2 else None
    if found is None:
        return None
    spans = sorted((moment.date, moment.end_date or moment.date) for moment in question.moments)
    (first, end), (start, last) = spans
    unit = "year" if (last - start).days > 31 else "month"
    if first.day != 1 or start - end != timedelta(days=1) or (last - start).days < 27:
        return None
    question.take(_COMPARED, found["between"])
    question.take(r"\b(?:more|fewer|less)\b")
    question.filters["group_by"] = unit
    return first, last, True


def _days(question: Question, of: str) -> tuple[date | None, date | None, bool]:
    """The first and the last day of the time that is named, and whether there is one time at most."""
    days = [_leaning(moment, question.notes, of) for moment in question.moments]
    if len(days) == 2 and question.take(_SPANNED):
        return days[0].date, days[1].end_date or days[1].date, True
    if len(days) != 1:
        return None, None, not days
    found = question.take(_BOUNDED)
    opening = re.match(r"since|before|after|until|till", question.moments[0].text.lower())
    bound = (found and found["bound"]) or (opening and opening[0]) or ""
    first, last = days[0].date, days[0].end_date or days[0].date
    if bound == "before":
        return None, first - timedelta(days=1), True
    if bound == "after":
        return last + timedelta(days=1), None, True
    return (None if bound in ("until", "till", "up to") else first), (None if bound == "since" else last), True


def _is_release(years: Years, found: re.Match[str]) -> bool:
    """Whether years are those of titles ("from 1999", "the 80s", "1999 films"), not of watching ("in 2024")."""
    if found["released"] or (years.first == 0 and years.last < 2000):
        return True
    several = 0 < years.first != years.last < 9999
    return several or (found["thing"] is not None and not found["during"] and years.first == years.last)


def _leaning(moment: Moment, notes: Notes, of: str) -> Moment:
    """An open month or weekday lies behind, that of a plan ahead."""
    today = notes.now.date()
    ahead = of == "events"
    if (moment.end_date or moment.date) >= today if ahead else moment.date <= today:
        return moment
    again = read_moments(moment.text, notes.now, lean="future" if ahead else "past")
    return again[0] if again else moment


def _without_one(words: list[str], found: list[str], store: Store) -> bool:
    """Whether one of the words adds nothing to the genre, so that it must mean something else."""
    rests = [" ".join([*words[:at], *words[at + 1 :]]) for at in range(len(words))]
    return any(genre_words(store, rest) == found for rest in rests)
