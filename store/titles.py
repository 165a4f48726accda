"""Finding the title a user means: exact, partial or misspelt."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from store.database import Database
from store.errors import Ambiguous, NotFound

_ARTICLES = {"the", "a", "an"}
_CANDIDATES = 200
_CONFIDENT = 78.0
"""Score from 0 to 100 below which a name is not taken for a title."""
_NEAR_TIE = 6.0
"""Two titles closer than this are a question, not a guess."""


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
    """A title of the library found in running text."""

    media: tuple[MediaRef, ...]
    start: int
    end: int
    exact: bool
    score: float = 100.0


def normalise(name: str) -> str:
    """Lower case without accents, punctuation and leading article: ``The Thing!`` and ``thing`` are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"['’*·]", "", plain))
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _trigrams(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _score(query: str, name: str) -> float:
    """How well a normalised query names a normalised title.

    Whole-string similarity leads; a query whose words are all in the title ("matrix reloaded") or that the title
    starts with counts nearly as much, less the more of the title is missing.
    """
    whole = fuzz.ratio(query, name)
    shorter, longer = sorted((query.split(), name.split()), key=len)
    if len(query.split()) <= len(name.split()) and shorter and set(shorter) <= set(longer):
        covered = len(query) / max(len(name), 1)
        return max(whole, 80 + 15 * covered)
    return max(whole, 0.95 * fuzz.token_sort_ratio(query, name))


class TitleIndex:
    """All titles of the library by trigram, rebuilt when they change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._signature: tuple[object, ...] | None = None
        self._version = -1
        self._media: list[MediaRef] = []
        self._names: list[tuple[str, int]] = []
        self._postings: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}

    def all(self) -> list[MediaRef]:
        """Every title."""
        self._refresh()
        return list(self._media)

    def search(self, name: str, *, year: int | None = None, limit: int = 10) -> list[Match]:
        """Titles that answer to a name, best first; ties go to the year nearest ``year``, then popularity.

        Args:
            name: as typed; a year in brackets at its end counts as ``year``.
            year: the release year, if known.
            limit: how many at most.
        """
        self._refresh()
        name, year = split_year(name, year)
        query = normalise(name)
        if not query:
            return []
        shared: dict[int, int] = defaultdict(int)
        for trigram in _trigrams(query):
            for index in self._postings.get(trigram, ()):
                shared[index] += 1
        nearest = sorted(shared, key=lambda i: -shared[i] / (len(self._names[i][0]) + len(query)))
        best: dict[int, float] = {}
        for index in nearest[:_CANDIDATES]:
            candidate, position = self._names[index]
            best[position] = max(best.get(position, 0.0), _score(query, candidate))
        for position in self._exact.get(query, ()):
            best[position] = 100.0
        matches = [
            Match(self._media[position], score - _year_distance(self._media[position].year, year))
            for position, score in best.items()
        ]
        matches.sort(key=lambda m: (-m.score, -m.media.popularity, m.media.title))
        return matches[:limit]

    def resolve(self, name: str, *, year: int | None = None) -> MediaRef:
        """The one title a name means.

        Raises:
            NotFound: nothing is near; the nearest titles are named.
            Ambiguous: several are about equally near.
        """
        matches = self.search(name, year=year, limit=6)
        if not matches or matches[0].score < _CONFIDENT:
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
        """Titles named letter for letter (but for case, accents, articles) in running text, longest first, no overlap.

        A title that is one common word, such as Up, It or Her, counts only when it is written with a capital, in
        quotes or with its year.
        """
        self._refresh()
        words = [(normalise_word(m[0]), m.start(), m.end()) for m in re.finditer(r"[\w'’*.&+-]+", text)]
        words = [w for w in words if w[0]]
        found: list[Mention] = []
        taken: set[int] = set()
        for size in range(min(12, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                span = range(first, first + size)
                if taken & set(span):
                    continue
                chunk = words[first : first + size]
                key = normalise(" ".join(word for word, _, _ in chunk))
                positions = self._exact.get(key)
                start, end = chunk[0][1], chunk[-1][2]
                if not positions or (size == 1 and not _stands_out(text, start, end, key)):
                    continue
                end = start + len(text[start:end].rstrip(".-,'’"))
                found.append(Mention(tuple(self._media[p] for p in positions), start, end, exact=True))
                taken.update(span)
        return sorted(found, key=lambda m: m.start)

    def _refresh(self) -> None:
        if self._version == self._database.version:
            return
        self._version = self._database.version
        rows = self._database.read(
            "SELECT id, title, year(release_date) AS year, media_type, original_title, "
            "coalesce(popularity_score, 0)::DOUBLE AS popularity FROM media ORDER BY title, release_date"
        )
        media = [MediaRef(**row) for row in rows]
        if media == self._media:
            return
        self._media = media
        self._names, exact = [], defaultdict(list)
        postings = defaultdict(list)
        for position, title in enumerate(media):
            for name in _names(title):
                if position not in exact[name]:
                    exact[name].append(position)
                for trigram in _trigrams(name):
                    postings[trigram].append(len(self._names))
                self._names.append((name, position))
        self._exact, self._postings = dict(exact), dict(postings)


def normalise_word(word: str) -> str:
    """A word as the index spells it; empty for punctuation."""
    return normalise(word) if word.casefold() not in _ARTICLES else word.casefold()


def split_year(name: str, year: int | None = None) -> tuple[str, int | None]:
    """``Solaris (1972)`` into its title and its year."""
    match = re.fullmatch(r"\s*(.+?)\s*\((\d{4})\)\s*", name)
    return (match[1], int(match[2])) if match else (name, year)


def _names(media: MediaRef) -> Iterable[str]:
    names = {normalise(media.title)}
    if media.original_title:
        names.add(normalise(media.original_title))
    for head in (media.title.split(":")[0], re.split(r"\s[-–—]\s", media.title)[0]):
        if len(head) >= 6 and head != media.title:
            names.add(normalise(head))
    return sorted(name for name in names if name)


def _stands_out(text: str, start: int, end: int, key: str) -> bool:
    word = text[start:end]
    if len(key) > 5 and not key.isdigit():
        return True
    quoted = text[max(0, start - 1) : start] in {'"', "“", "'", "‘", "_", "*"}
    dated = bool(re.match(r"\s*\((19|20)\d\d\)", text[end:]))
    first_word = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?"
    return quoted or dated or key.isdigit() or (word[:1].isupper() and not first_word)


def _year_distance(released: int | None, year: int | None) -> float:
    if year is None or released is None:
        return 0.0
    return min(30.0, 0.0 if released == year else 8.0 + abs(released - year))


def _or(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
