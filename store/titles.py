"""Finding the title a user means: exact, partial or misspelt."""

import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Hamming

from store.database import Database
from store.errors import Ambiguous, NotFound
from store.spoken_numbers import spoken
from store.spoken_of import (
    PRONOUNS,
    ends_a_name,
    is_spoken_of,
    may_open_a_sentence,
    opens_a_clause,
    owns_a_part,
    pronoun_is_title,
)

_ARTICLES = {"the", "a", "an"}
_CANDIDATES = 200
_CONFIDENT = 78.0
"""Score from 0 to 100 below which a name is not taken for a title."""
_FULL, _HEAD, _TAIL = 100.0, 97.0, 95.0
"""The best score of a whole title, of what stands before its colon or dash, and of what stands after."""
_NEAR_TIE = 6.0
"""Two titles closer than this are a question, not a guess."""
_CONTRADICTED = 25.0
"""What a title loses that another number or year was asked of: too much to be taken for the one meant."""
_NUMBERS = (
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
)
_DIGITS = {word: str(number) for words in _NUMBERS for number, word in enumerate(words, start=1)}
# "Alien 3 last night" and "Alien part two" are other films than Alien; "Alien 9", "Alien, 3", "Alien 3 stars"
# and "Alien 3 times" are not, so a bare number counts only if it is small and nothing that measures follows.
_UNITS = (
    r"stars?|out|of|outta|points?|notch(?:es)?|marks?|less|percent|times?|seconds?|min\w*|h|hrs?|hours?|days?|nights?|evenings?|weeks?|"
    r"weekends?|months?|years?|am|pm|[ap]\.m|o'?clock|thumbs|seasons?|episodes?|more|or|to|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
)
_SEQUEL = re.compile(
    r"[,:]?\s+(?:part|chapter|episode|vol(?:ume|\.)?)\s+(?:\d+|[ivx]+|two|three|four|five|six)\b"
    r"|[,:]?\s+(?:ii+|iv|vi+|ix)\b"
    rf"|\s+(?P<bare>[2-5]|two|three|four|five)(?=,?\s+\w|[.!?]*\s*$|[.!?]\s)(?!,?\s+(?:{_UNITS})\b)",
    re.IGNORECASE,
)
_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "v"}
_COUNTS = {*_DIGITS, *_DIGITS.values()}
_MEASURED = re.compile(rf"\s+(?:{_UNITS})\b", re.IGNORECASE)
_RATES = re.compile(r"\b(gave|giv\w*|(re-?)?rat(e|es|ed|ings?)|scor\w+|mark(ed)?|make|made)\b", re.IGNORECASE)
# Behind another title of the sentence: there 2 to 5 are ratings as well.
_SCORED = re.compile(
    r"\w\s*[:=]?\s+(?:10|[016-9]|\d\.\d|six|seven|eight|nine|ten)(?=\s*(?:[,;&\n]|/\s*(?:5|10)\b|and\b|"
    r"[.!]*\s*$))",
    re.IGNORECASE,
)
_RATES_BEFORE = re.compile(
    r"\b(?:g[ai]v(?:e|en|ing)|(?:re-?)?rat(?:ed?|ing)|scored?|graded?|mark(?:ed)?|put|add|move|push|like|"
    r"it is|it was|it['’]s|\d)\s+\Z",
    re.IGNORECASE,
)
_RATED_AFTER = re.compile(r"\s*[:,–—-]?\s*(?:an?\s+)?\d", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[,;&\n]|and\b|[.!]*\s*$)", re.IGNORECASE)
# Words that tell a time name no title unless it is written as one.
_DAY = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|"
    "august|"
    "september|october|november|december"
)
_TIME = re.compile(
    rf"(?:(?:on|in|at|for|since|until|by|from|during|over)\s+)?(?:(?:the|this|last|next|every|past|"
    rf"coming)\s+)*(?:{_DAY}|weekend|week|"
    rf"month|year|night|evening|morning|afternoon|today|tonight|tomorrow|yesterday|summer|winter|spring|"
    rf"autumn|now)s?"
    r"(?:\s+(?:night|evening|morning|afternoon|(?:19|20)\d\d))?",
    re.IGNORECASE,
)
# "films from 1917" is about a year, "who's in 1917?" about the film.
_YEAR_BEFORE = re.compile(
    r"\b(?:films?|movies?|shows?|series|anything|something|everything|titles?|ones?|released|made|shot|out|"
    r"dating|born|set|"
    r"thrillers?|comed(?:y|ies)|westerns?|year|between)\s+(?:(?:back|that|are|is|were|was|came|out)\s+)*"
    r"(?:(?:in|from|since|before|after|until|of|around|between|and|to|than)\s+)*$|\b(?:since|before|until|"
    r"between|circa|year)\s+$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\s+(?:\((\d{4})\)|((?:19|20)\d\d)\b(?!\s*(?:[-–/.]\s*\d|(?:to|and|or)\b)))")


# "the thing '82", but not "the fly 86 minutes" or "little women 94%".
_SHORT_YEAR_AFTER = re.compile(
    rf",?\s+(?:from\s+)?(?:\(['’]?(\d\d)\)|(?:the\s+)?['’]?(\d\d)\b(?!\s*(?:[/:.,-]\s*\d|%)|\s+(?:{_UNITS})\b))",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    r"(?<!\w)['’](\d\d)\b|\b(?:the\s+)(\d\d)\s+(?:one|version|film|movie|remake|original)\b", re.IGNORECASE
)
_WORDS = re.compile(r"[\w*&+](?:[\w'’*.&+-]*[\w*+])?")
_JOINED = re.compile(
    r"\s*(?:,|&|\+|/|,?\s+(?:and|or|vs\.?|versus|over|(?:\w+\s+)?than)\b|\d{1,2}\s*,)\s*", re.IGNORECASE
)

_Word = tuple[str, int, int]
"""A word as the index spells it, and where it stands."""


@dataclass(frozen=True)
class MediaRef:
    """A title of the library, as much of it as naming it takes."""

    id: UUID
    title: str
    year: int | None
    media_type: str
    original_title: str | None = None
    popularity: float = 0.0

    @property
    def label(self) -> str:
        """The title with its year, as in ``Alien (1979)``."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True)
class Match:
    """A title with how well it answers to a name, 0 to 100."""

    media: MediaRef
    score: float


@dataclass(frozen=True)
class Mention:
    """A title found in running text.

    A known title that goes on as another film's name ("Alien 3", "The Matrix (2003)") comes with a MediaRef of
    just these words, for ``resolve`` to judge.
    """

    media: tuple[MediaRef, ...]
    start: int
    end: int
    exact: bool
    score: float = 100.0


def normalise(name: str) -> str:
    """Lower case without accents, punctuation and leading article: ``The Thing!`` and ``thing`` are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"['’*]", "", plain))
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _trigrams(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _score(query: str, name: str) -> float:
    """How well a normalised query names a normalised title.

    Whole-string similarity leads; a query whose words are all in the title ("matrix reloaded") counts nearly
    as much, less the more of the title is missing.
    """
    whole = fuzz.ratio(query, name)
    shorter, longer = sorted((query.split(), name.split()), key=len)
    if len(query.split()) <= len(name.split()) and shorter and set(shorter) <= set(longer):
        covered = len(query) / max(len(name), 1)
        # "on" is in Man on Wire, but does not name it.
        return max(whole, (80 if len(query) > 3 else 60) + 15 * covered)
    return max(whole, 0.95 * fuzz.token_sort_ratio(query, name))


def _spell_numbers(name: str) -> str:
    """A normalised name with its numbers in digits: ``rocky ii`` and ``rocky two`` become ``rocky 2``."""
    words = name.split()
    # A letter that opens a title is a word: I, Robot and V for Vendetta.
    return " ".join(
        word if at == 0 and len(word) == 1 else _DIGITS.get(word, word) for at, word in enumerate(words)
    )


def _contradicts(query: str, name: str, whole: bool) -> bool:
    """Whether a query asks for a number that a name does not have; both with their numbers in digits.

    Args:
        query: what was asked.
        name: a name of a title.
        whole: whether it is the whole name; one without a number may be called the first.
    """
    asked, has = re.findall(r"\d+", query), re.findall(r"\d+", name) or (["1"] if whole else [])
    return not set(asked) <= set(has) and "".join(asked) != "".join(has)


class _Catalogue:
    """All names of a list of titles by trigram; never changed once built, so threads may share it."""

    def __init__(self, media: list[MediaRef]) -> None:
        self.media = media
        self.names: list[tuple[str, int, float]] = []
        """A normalised name, the position of its title, and the best score it can give."""
        self.said: set[str] = set()
        """Names with their numbers in other words than the title's: "saw two" for Saw II, "seven" for Se7en."""
        parts: dict[str, set[int]] = defaultdict(set)
        postings: dict[str, list[int]] = defaultdict(list)
        exact: dict[str, list[int]] = defaultdict(list)
        names = [_names(title) for title in media]
        vocabulary: dict[str, set[int]] = defaultdict(set)
        full = {name for of_title in names for name, best in of_title.items() if best == _FULL}
        for position, of_title in enumerate(names):
            for name, best in of_title.items():
                for word in name.split():
                    vocabulary[word].add(position)
                if best < _FULL and name in full:
                    continue  # "Star Wars" is the film of that name, not an episode with that before its colon
                numbered = _said(name) | _respelt(name)
                self.said |= numbered
                if (plain := _without_digits(name)) != name:
                    self.said.add(plain)
                    exact[plain].append(position)
                for said in {name, _together(name), *numbered}:
                    if best > _TAIL:
                        exact[said].append(position)
                    if said != name and _spell_numbers(said) == _spell_numbers(name):
                        continue  # their scores are compared in digits
                    for trigram in _trigrams(said):
                        postings[trigram].append(len(self.names))
                    self.names.append((said, position, best))
                for part in _parts(name):
                    parts[part].add(position)
        self.postings = dict(postings)
        self.exact = dict(exact)
        """Positions by name; no tails, for in running text "the movie" means no Bean: The Movie."""
        self.parts = {
            part: next(iter(positions))
            for part, positions in parts.items()
            if len(positions) == 1 and part not in self.exact
        }
        """How names of one title only begin or end: "grand budapest", "totoro"."""
        self.vocabulary = dict(vocabulary)
        """Positions of the titles that have a word in their whole name."""
        self.latest = max((title.year or 0 for title in media), default=0)
        self.openers = {name.split()[0] for name in (*self.exact, *self.parts)}
        self.longest = max((name.count(" ") + 1 for name in self.exact), default=0)

    def may_open(self, word: str) -> bool:
        """Whether a name may begin with a word, normalised but for the s of a possessive."""
        opener = word.split()[0]
        return opener in self.openers or opener.removesuffix("s") in self.openers


def _scores(catalogue: _Catalogue, query: str, year: int | None) -> dict[int, float]:
    """How well titles answer to a normalised query, by their position in the catalogue."""
    shared: dict[int, int] = defaultdict(int)
    for trigram in _trigrams(query):
        for number in catalogue.postings.get(trigram, ()):
            shared[number] += 1
    nearest = sorted(shared, key=lambda i: -shared[i] / (len(catalogue.names[i][0]) + len(query)))
    in_digits = _spell_numbers(query)
    scores: dict[int, float] = {}
    for number in nearest[:_CANDIDATES]:
        name, position, best = catalogue.names[number]
        score = _score(query, name)
        if any(character.isdigit() for character in in_digits):
            name = _spell_numbers(name)
            score = max(score, _score(in_digits, name))
            score -= _CONTRADICTED if _contradicts(in_digits, name, best == _FULL) else 0.0
        scores[position] = max(scores.get(position, 0.0), min(best, score))
    return {
        position: score - _year_distance(catalogue.media[position].year, year)
        for position, score in scores.items()
    }


class TitleIndex:
    """Finds titles of the library by name; follows the library's changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._version = -1
        self._built = _Catalogue([])

    def all(self) -> list[MediaRef]:
        """Every title."""
        return list(self._catalogue().media)

    def search(self, name: str, *, year: int | None = None, limit: int = 10) -> list[Match]:
        """Titles that answer to a name, best first; ties go to the year nearest ``year``, then popularity.

        Args:
            name: as typed; a year in brackets at its end counts as ``year``.
            year: the release year, if known.
            limit: how many at most.
        """
        catalogue = self._catalogue()
        name, year = split_year(name, year)
        query = normalise(name)
        if not query:
            return []
        scores = _scores(catalogue, query, year)
        trailing = re.fullmatch(r"(.+) ((?:19|20)\d\d)", query)
        # "the thing 1982", but not Blade Runner 2049
        if trailing and year is None and query not in catalogue.exact:
            for position, score in _scores(catalogue, trailing[1], int(trailing[2])).items():
                scores[position] = max(scores.get(position, 0.0), score)
        matches = [Match(catalogue.media[position], score) for position, score in scores.items()]
        matches.sort(key=lambda m: (-m.score, -m.media.popularity, m.media.title))
        return matches[:limit]

    def resolve(self, name: str, *, year: int | None = None) -> MediaRef:
        """The one title a name means.

        Raises:
            NotFound: nothing is near; the nearest titles are named.
            Ambiguous: several are about equally near.
        """
        matches = self.search(name, year=year, limit=6)
        # "friday" is no short form of His Girl Friday.
        told = bool(_TIME.fullmatch(normalise(name))) and not (matches and matches[0].score >= _TAIL)
        if not matches or matches[0].score < _CONFIDENT or told:
            nearest = [m.media.label for m in matches if m.score > 45][:3]
            hint = f" Did you mean {_or(nearest)}?" if nearest else " Add it first, or check the spelling."
            raise NotFound(f"I do not have “{name}” in your library.{hint}", nearest)
        best = matches[0]
        rivals = [m for m in matches if best.score - m.score < _NEAR_TIE and m.score >= _CONFIDENT]
        if best.score >= 99.5:
            rivals = [m for m in rivals if m.score >= 99.5]
        if len(rivals) > 1:
            labels = [m.media.label for m in rivals]
            raise Ambiguous(f"Which one do you mean: {_or(labels)}?", labels)
        return best.media

    def mentions(self, text: str) -> list[Mention]:
        """Titles named letter for letter (but for case, accents, articles) in running text, in their order.

        Where they overlap the longest counts. A title that is one common word, such as Up, It or Her, counts
        only when it is written with a capital inside a sentence, in quotes or with its year. Words that begin
        or end just one title count where they are watched or rated: "saw totoro", "2001 is a nine".
        """
        catalogue = self._catalogue()
        words = [(normalise_word(m[0]), m.start(), m.end()) for m in _WORDS.finditer(text)]
        words = [w for w in words if w[0]]
        found: list[Mention] = []
        taken: set[int] = set()
        for size in range(min(catalogue.longest + 1, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                span = range(first, first + size)
                if taken & set(span):
                    continue
                chunk = words[first : first + size]
                article = chunk[0][0] if size > 1 and chunk[0][0] in _ARTICLES else ""
                if not catalogue.may_open(chunk[1 if article else 0][0]):
                    continue
                start, end = chunk[0][1], chunk[-1][2]
                owner = re.sub(r"['’]s?$", "", text[start:end])  # "Alien's ending" is about Alien, not Aliens
                key = normalise(owner)
                if key in catalogue.exact and (
                    size > 1 or len(key) > 3 or owns_a_part(text, start + len(owner))
                ):  # but "it's" is not about It
                    end = start + len(owner)
                else:
                    key = normalise(" ".join(word for word, _, _ in chunk))
                positions = catalogue.exact.get(key, [])
                called = [catalogue.media[position].title.casefold() for position in positions]
                if article and size == 2 and not any(title.startswith(f"{article} ") for title in called):
                    continue  # "a big one" is not about Big, but "the wire" is about The Wire
                if not positions or (size == 1 and not _stands_out(text, start, end, key)):
                    continue
                if text[start:end] == key and len(key) <= _PLAIN and _named_by(found, positions, catalogue):
                    continue  # "log heat, heat was long" names it once
                if _means_something_else(catalogue, key, text, start, end):
                    continue
                end = start + len(text[start:end].rstrip(".-,'’"))
                media = tuple(catalogue.media[p] for p in dict.fromkeys(positions))
                if other := _other_film(text, start, end, media):
                    media, end = (other[0],), other[1]
                elif (dated := _of_short_year(text, end, media)) or len(media) > 1:
                    media, end = dated or (_pointed_out(text, media), end)
                found.append(Mention(media, start, end, exact=True))
                taken.update(n for n, (_, at, _) in enumerate(words) if start <= at < end)
        found += _shortened(catalogue, text, words, taken)
        found += _beside(catalogue, text, words, taken, found)
        found += _misspelt(catalogue, text, words, taken)
        return _joined(catalogue, text, sorted(found, key=lambda m: m.start))

    def _catalogue(self) -> _Catalogue:
        with self._lock:
            version = self._database.names_version
            if self._version != version:
                rows = self._database.read(
                    "SELECT id, title, year(release_date) AS year, media_type, original_title, "
                    "coalesce(popularity_score, 0)::DOUBLE AS popularity "
                    "FROM media ORDER BY title, release_date"
                )
                media = [MediaRef(**row) for row in rows]
                if media != self._built.media:
                    self._built = _Catalogue(media)
                self._version = version
            return self._built


def normalise_word(word: str) -> str:
    """A word as the index spells it; empty for punctuation."""
    return normalise(word) if word.casefold() not in _ARTICLES else word.casefold()


def split_year(name: str, year: int | None = None) -> tuple[str, int | None]:
    """``Solaris (1972)`` into its title and its year."""
    match = re.fullmatch(r"\s*(.+?)\s*\((\d{4})\)\s*", name)
    return (match[1], int(match[2])) if match else (name, year)


def _names(media: MediaRef) -> dict[str, float]:
    """The normalised names of a title with the best score each can give; a shortened one is never certain."""
    names = {}
    parts = re.fullmatch(r"(.+?)(?: or)?(?:: | [-–—] )(.+)", media.title)
    for part, best in zip(parts.groups() if parts else (), (_HEAD, _TAIL), strict=False):
        if len(part) >= 6:
            names[normalise(part)] = best
    for name in (media.title, media.original_title or ""):
        names[normalise(name)] = _FULL
    names.pop("", None)
    return names


def _said(name: str) -> set[str]:
    """Other ways to say a normalised name with a number: "12 monkeys", "terminator two"."""
    in_digits = _spell_numbers(name)
    if in_digits.isdigit() and int(in_digits) < 1000:
        return set()  # "three hundred" and "nine" are rather numbers than 300 and 9
    return {said for said in {in_digits, *spoken(in_digits)} - {name} if " " in said}


def _respelt(name: str) -> set[str]:
    """A normalised name with its short words written out and its long ones short: ``doctor strangelove``."""
    return {" ".join(_SPELLINGS.get(word, word) for word in name.split())} - {name}


def _together(name: str) -> str:
    """A normalised name with its initials in one word: ``la confidential``."""
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", name)


def _without_digits(name: str) -> str:
    """A normalised name with digits that stand for letters written as these: ``se7en`` is ``seven``."""
    return re.sub(r"(?<=[a-z])\d(?=[a-z])", lambda digit: _LETTERS.get(digit[0], digit[0]), name)


def _parts(name: str) -> set[str]:
    """The beginnings and ends of a normalised name that are long enough to mean it; a year is, too."""
    words = name.split()
    parts = {
        " ".join(part)
        for size in range(1, len(words))
        for part in (words[:size], words[-size:])
        if part[0] not in _FUNCTION_WORDS and part[-1] not in _FUNCTION_WORDS
    }
    long = {part for part in parts if len(part) >= _SHORTENED and not part.isdigit()}
    initials = {"".join(word[0] for word in words)} if len(words) >= _INITIALS else set()
    # T2 and D9
    initials |= {f"{letter}{number}" for letter, number in re.findall(r"^(\w)[a-z]+ (\d)\b", name)}
    return (
        long
        | initials
        | {said for part in parts if _is_year(part) for said in {part, *spoken(part)} if said != "two thousand"}
    )


def _is_year(name: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d|(?:nineteen|twenty|two thousand)( \w+){1,3}", name))


_SPELLINGS = {"dr": "doctor", "mr": "mister", "boulevard": "blvd", "vs": "versus", "neighbor": "neighbour"}
_SPELLINGS |= {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th"}
_SPELLINGS |= {long: short for short, long in _SPELLINGS.items()}
_FUNCTION_WORDS = {
    *(
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "by",
        "is",
        "was",
        "are",
        "my",
        "your",
        "his",
    ),
    *(
        "her",
        "its",
        "our",
        "their",
        "who",
        "what",
        "when",
        "where",
        "how",
        "i",
        "you",
        "we",
        "it",
        "us",
        "up",
        "out",
        "not",
        "no",
        "all",
    ),
    *(
        "half",
        "past",
        "first",
        "last",
        "next",
        "part",
        "vol",
        "volume",
        "chapter",
        "episode",
        "once",
        "that",
        "this",
        "as",
        "vs",
        "s",
        "t",
    ),
}
# First or last words of titles that are more often words of their own.
_COMMON = {
    *(
        "everything",
        "everyone",
        "everybody",
        "nothing",
        "nobody",
        "anything",
        "something",
        "somebody",
        "another",
        "others",
    ),
    *(
        "little",
        "perfect",
        "people",
        "children",
        "family",
        "friends",
        "already",
        "always",
        "together",
        "before",
        "things",
    ),
    *(
        "western",
        "comedy",
        "horror",
        "adventure",
        "animation",
        "fiction",
        "history",
        "science",
        "thriller",
        "romance",
        "musical",
        "mystery",
        "fantasy",
        "action",
        "documentary",
        "classic",
    ),
    *(
        "ending",
        "beginning",
        "story",
        "series",
        "season",
        "episode",
        "scenes",
        "acting",
        "trailer",
        "soundtrack",
        "director",
    ),
    *(
        "movies",
        "television",
        "football",
        "twelve",
        "eleven",
        "seventh",
        "second",
        "minutes",
        "hours",
        "better",
        "forever",
    ),
}
_NEVER_BESIDE = {"it", "go", "now", "then", "once"}
"""Titles that are rather words of their own even in a row with others: "alien and it was good"."""
_PLAIN = 5
"""Letters up to which one word is more often a word of its own than a title."""
_UNMISTAKABLE = 3
"""Words of a name with a number that can mean nothing else."""
_LONG = 9
"""Letters that make a misspelt name one wherever it stands."""
_INITIALS = 4
"""Words that a name needs to be known by its initials: LOTR."""
_SHORTENED = 6
"""Letters that the beginning or end of a title needs to mean it."""


def _stands_out(text: str, start: int, end: int, key: str) -> bool:
    word = text[start:end]
    if _written_as_title(text, start, end) or (len(key) > _PLAIN and not key.isdigit()):
        return True
    first_word = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?"
    if word[:1].isupper() and not first_word:
        return True
    if key in PRONOUNS:
        return pronoun_is_title(text, start, end)
    number = key.isdigit() and len(key) > 2  # 1917, but not "a 9"
    # Ran and Go begin sentences of their own; Heat or Alien there are more likely titles.
    opens = word[:1].isupper() and not (may_open_a_sentence(key) or text[end:].startswith(("'", "’")))
    return number or opens or is_spoken_of(text, start, end)


def _means_something_else(catalogue: _Catalogue, key: str, text: str, start: int, end: int) -> bool:
    """Whether words that are a title's name are rather a number with its unit, a count, a time or a year."""
    shorter, _, last = key.rpartition(" ")
    if shorter in catalogue.exact and last in _COUNTS and _MEASURED.match(text, end):
        return True  # "Die Hard two stars" is about Die Hard
    plain = len(re.sub(r"\b(?:\d+|" + "|".join(_DIGITS) + r")\b", "", key).strip()) <= _PLAIN
    if key in catalogue.said and plain and key.count(" ") + 1 < _UNMISTAKABLE:
        if key in _DIGITS and _RATES_BEFORE.search(text, 0, start) and not _RATED_AFTER.match(text, end):
            return True  # "gave seven to Alien" is not about Se7en
        if not is_spoken_of(text, start, end, plainly=True):
            return True  # "I saw two films" is not about Saw II
    if _TIME.fullmatch(key):
        return not _written_as_title(text, start, end)
    return _is_year(key) and bool(_YEAR_BEFORE.search(text[:start]))


def _shortened(catalogue: _Catalogue, text: str, words: list[_Word], taken: set[int]) -> Iterator[Mention]:
    """Titles of which the words, but for those taken, hold only a part, where they are spoken of."""
    for size in range(min(catalogue.longest, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            span = range(first, first + size)
            if taken & set(span) or words[first][0] in ("a", "an"):
                continue
            start, end, key = _run(text, words, span)
            if not key or key in _COMMON or _TIME.fullmatch(key):
                continue
            positions = _meant_by_part(catalogue, text, start, key)
            if positions and (_is_ahead(catalogue, key, text, start) or is_spoken_of(text, start, end)):
                media = tuple(catalogue.media[position] for position in positions)
                begins = normalise(media[0].title).startswith(f"{key} ")
                if begins and (other := _other_film(text, start, end, media)):
                    media, end = (other[0],), other[1]  # "terminator 3" is not Terminator 2
                taken.update(n for n, (_, at, _) in enumerate(words) if start <= at < end)
                yield Mention(media, start, end, exact=False, score=_TAIL)


def _run(text: str, words: list[_Word], span: range) -> tuple[int, int, str]:
    """Where a run of words stands, without the s of a possessive, and how the index spells it."""
    start = words[span[0]][1]
    end = start + len(re.sub(r"(?:['’]s?|[.-]+)$", "", text[start : words[span[-1]][2]]))
    return start, end, normalise(text[start:end])


def _meant_by_part(catalogue: _Catalogue, text: str, start: int, key: str) -> list[int]:
    """The titles, by position, that a part of a name or several of its words mean."""
    if key in catalogue.parts:
        return [catalogue.parts[key]]
    if key.endswith("s") and re.search(r"\bboth\s+(?:the\s+)?\Z", text[:start], re.IGNORECASE):
        series = [
            p
            for p, title in enumerate(catalogue.media)
            if f"{normalise(title.title)} ".startswith(f"{key[:-1]} ")
        ]
        return series if len(series) > 1 else []
    told = key.split()
    telling = [word for word in told if word not in _FUNCTION_WORDS]
    if len(telling) < 2 or told[0] not in telling or told[-1] not in telling:
        return []
    shared = set.intersection(*(catalogue.vocabulary.get(word, set()) for word in telling))
    return list(shared) if len(shared) == 1 and not shared & set(catalogue.exact.get(key, ())) else []


def _is_ahead(catalogue: _Catalogue, key: str, text: str, start: int) -> bool:
    """Whether a name is a year after all releases: none but a title's."""
    return key.isdigit() and int(key) > catalogue.latest and not _YEAR_BEFORE.search(text[:start])


def _beside(
    catalogue: _Catalogue, text: str, words: list[_Word], taken: set[int], found: list[Mention]
) -> Iterator[Mention]:
    """Plain words in a row with a title, which are titles then: "watched alien and her"."""
    ends, starts = {mention.end for mention in found}, {mention.start for mention in found}
    for at, (key, start, end) in enumerate(words):
        if at in taken or key in _NEVER_BESIDE or key not in catalogue.exact or _TIME.fullmatch(key):
            continue
        after = any(_JOINED.fullmatch(text, other, start) for other in ends if other <= start)
        before = any(_JOINED.fullmatch(text, end, other) for other in starts if other >= end)
        if (after and ends_a_name(text, end)) or (before and opens_a_clause(text, start)):
            taken.add(at)
            ends.add(end)
            yield Mention(tuple(catalogue.media[p] for p in catalogue.exact[key]), start, end, exact=True)


def _misspelt(catalogue: _Catalogue, text: str, words: list[_Word], taken: set[int]) -> Iterator[Mention]:
    """Titles of which the words, but for those taken, are a few letters off."""
    for size in range(min(catalogue.longest + 1, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            span = range(first, first + size)
            if taken & set(span):
                continue
            start, end, key = _run(text, words, span)
            known = [word for word in key.split() if word in catalogue.vocabulary]
            if key in catalogue.exact or key in _COMMON or _TIME.fullmatch(key) or len(known) == size == 1:
                continue
            positions = _near(catalogue, key)
            plain = size == 1 and key.removesuffix("s") in catalogue.exact  # "airplanes are loud"
            long = len(key) >= _LONG and (size == 1 or known) and not plain
            if positions and (long or is_spoken_of(text, start, end)):
                taken.update(span)
                media = tuple(catalogue.media[p] for p in positions)
                yield Mention(media, start, end, exact=False, score=_HEAD)


def _joined(catalogue: _Catalogue, text: str, found: list[Mention]) -> list[Mention]:
    """Mentions with those side by side in one that are parts of one name: "bladerunner 2049"."""
    joined: list[Mention] = []
    for mention in found:
        if joined and re.fullmatch(r"[\s:,-]+", text[(before := joined[-1]).end : mention.start]):
            media = tuple(
                catalogue.media[p] for p in _near(catalogue, normalise(text[before.start : mention.end]))
            )
            if before.media == mention.media and len(before.media) == 1:
                media = before.media  # "lotr: the fellowship of the ring"
            if any(title in media for title in (*before.media, *mention.media)):
                joined[-1] = Mention(media, before.start, mention.end, exact=False, score=_HEAD)
                continue
        joined.append(mention)
    return joined


def _near(catalogue: _Catalogue, key: str) -> list[int]:
    """The titles, by position, whose names are nearest to a name and only a few letters off."""
    allowed = min(len(key) // 5 + (len(key) > 7), 3 if " " in key else 2) if len(key) > 4 else 0
    if not allowed:
        return []
    shared: dict[int, int] = defaultdict(int)
    trigrams = _trigrams(key)
    for trigram in trigrams:
        for number in catalogue.postings.get(trigram, ()):
            shared[number] += 1
    nearest: dict[int, int] = {}
    fewest = max(len(trigrams) - 4 * allowed, 2)  # two letters swapped take four trigrams away
    for number, common in shared.items():
        name, position, _ = catalogue.names[number]
        if common < fewest or abs(len(name) - len(key)) > allowed:
            continue
        off = OSA.distance(key, name, score_cutoff=allowed)
        if off <= allowed and _may_misspell(key, name, off):
            nearest[position] = min(off, nearest.get(position, off))
    best = min(nearest.values(), default=0)
    return [position for position, off in nearest.items() if off == best]


def _may_misspell(key: str, name: str, off: int) -> bool:
    """Whether a name has the numbers of another and begins and ends with no small word that is not its own."""
    if off > 1 and " " not in key and Hamming.distance(key, name) == off:
        return False  # a godmother is no Godfather: letters are left out, doubled or swapped rather than others
    said, called = key.split(), name.split()
    if re.findall(r"\d+", _spell_numbers(key)) != re.findall(r"\d+", _spell_numbers(name)):
        return False  # Terminator 3 is not Terminator 2 misspelt
    if len(said) == len(called) and any(
        OSA.distance(ours, theirs) > max(len(theirs) // 3, 1) for ours, theirs in zip(said, called, strict=True)
    ):
        return False
    return not any(
        ours != theirs and ours in _FUNCTION_WORDS
        for ours, theirs in ((said[0], called[0]), (said[-1], called[-1]))
    )


def _named_by(found: list[Mention], positions: list[int], catalogue: _Catalogue) -> bool:
    """Whether a mention is of these titles already."""
    return any(catalogue.media[position] in mention.media for mention in found for position in positions)


def _written_as_title(text: str, start: int, end: int) -> bool:
    """Whether the words stand in quotation marks or before a year in brackets."""
    quoted = text[max(0, start - 1) : start] in {'"', "“", "'", "‘", "_", "*"}
    return quoted or bool(re.match(r"\s*\((19|20)\d\d\)", text[end:]))


def _other_film(text: str, start: int, end: int, media: tuple[MediaRef, ...]) -> tuple[MediaRef, int] | None:
    """The film that a title names with the number or year behind it, if it is none of these; where it ends."""
    sequel = _SEQUEL.match(text, end)
    # "gave Alien 3 because", "Heat 8, Alien 3"
    scored = _SCORED.search(text) and sequel and _LISTED.match(text, sequel.end())
    if sequel and not (sequel["bare"] and (scored or _RATES.search(text, 0, start))):
        return MediaRef(UUID(int=0), text[start : sequel.end()], None, "movie"), sequel.end()
    dated = _DATED.match(text, end)
    year = int(dated[1] or dated[2]) if dated else None
    if dated and year and all(_year_distance(title.year, year) >= _CONTRADICTED for title in media):
        return MediaRef(UUID(int=0), text[start:end], year, "movie"), dated.end()
    return None


def _of_short_year(text: str, end: int, media: tuple[MediaRef, ...]) -> tuple[tuple[MediaRef, ...], int] | None:
    """The titles of the year in two digits that follows their name, and where it ends: "the thing '82"."""
    year = _SHORT_YEAR_AFTER.match(text, end)
    meant = tuple(title for title in media if year and _ends_year(title, year[1] or year[2]))
    return (meant, year.end()) if year and meant else None


def _pointed_out(text: str, media: tuple[MediaRef, ...]) -> tuple[MediaRef, ...]:
    """Those of several namesakes that a year in two digits means: "the '86 version of the fly"; all without."""
    years = {year for found in _SHORT_YEAR.findall(text) for year in found if year}
    return tuple(title for title in media if any(_ends_year(title, year) for year in years)) or media


def _ends_year(media: MediaRef, digits: str) -> bool:
    return media.year is not None and f"{media.year % 100:02}" == digits


def _year_distance(released: int | None, year: int | None) -> float:
    """What a title loses for its year; one off is a matter of countries and festivals."""
    if year is None or released is None or released == year:
        return 0.0
    off = abs(released - year)
    return 7.0 if off == 1 else min(40.0, _CONTRADICTED + off)


def _or(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
