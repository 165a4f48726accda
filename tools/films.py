"""A title as tools return it, loaded in one query."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, computed_field

from store.store import Store

_FILMS = """
SELECT media.id, title, original_title, media_type, release_date, runtime, maturity_rating, overview, tagline,
    original_language, user_rating::DOUBLE AS user_rating, tmdb_rating::DOUBLE AS tmdb_rating, custom_fields,
    genre.names AS genres, crew.directors, crew.writers, crew.actors AS "cast"
FROM media
LEFT JOIN (
    SELECT media_id, list(name ORDER BY weight DESC, name) AS names
    FROM media_genres JOIN genres ON genres.id = genre_id GROUP BY media_id
) genre ON genre.media_id = media.id
LEFT JOIN (
    SELECT media_id,
        list(person.name ORDER BY order_position, person.name) FILTER (department = 'Directing') AS directors,
        list(person.name ORDER BY order_position, person.name) FILTER (department = 'Writing') AS writers,
        list(CASE WHEN character_name IS NULL THEN person.name ELSE person.name || ' as ' || character_name END
            ORDER BY order_position) FILTER (credit_type = 'cast') AS actors
    FROM media_credits credit JOIN people person ON person.id = person_id GROUP BY media_id
) crew ON crew.media_id = media.id
WHERE media.id IN (SELECT unnest(?::UUID[]))
"""


class Film(BaseModel):
    """A film, show, anime or documentary of the library."""

    id: UUID
    title: str
    original_title: str | None = None
    media_type: str
    release_date: date | None = None
    runtime: int | None = None
    maturity_rating: str | None = None
    overview: str | None = None
    tagline: str | None = None
    original_language: str | None = None
    user_rating: float | None = None
    tmdb_rating: float | None = None
    genres: list[str] = []
    directors: list[str] = []
    writers: list[str] = []
    cast: list[str] = []
    custom_fields: dict[str, Any] = {}

    @property
    def year(self) -> int | None:
        """The release year."""
        return self.release_date.year if self.release_date else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def label(self) -> str:
        """The title with its year, as in ``Alien (1979)``."""
        return f"{self.title} ({self.year})" if self.year else self.title


def load_films(store: Store, ids: Sequence[UUID]) -> list[Film]:
    """The titles with these ids, in the order given; unknown ids are left out."""
    if not ids:
        return []
    found = {row["id"]: _film(row) for row in store.db.read(_FILMS, [list(ids)])}
    return [found[media_id] for media_id in ids if media_id in found]


def _film(row: dict[str, Any]) -> Film:
    lists = {name: row[name] or [] for name in ("genres", "directors", "writers", "cast")}
    return Film(**{**row, **lists, "custom_fields": json.loads(row["custom_fields"] or "{}")})


def rating_words(rating: float) -> str:
    """A rating as users read it: ``9/10``, ``8.5/10``."""
    return f"{rating:g}/10"


def date_words(day: date, today: date) -> str:
    """A date as users read it: ``today``, ``Friday 28 November 2025``."""
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    near = names.get((day - today).days)
    full = f"{day:%A} {day.day} {day:%B %Y}"
    return f"{near}, {full}" if near else full


def and_list(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    words = list(words)
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def count_words(number: int, noun: str) -> str:
    """``1 film``, ``3 films``."""
    if noun.endswith("y"):
        plural = f"{noun[:-1]}ies"
    else:
        plural = f"{noun}es" if noun.endswith(("ch", "sh", "s", "x")) else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def value_words(value: object) -> str:
    """A value of a field as users read it: ``yes``, ``7.5``, ``cosy, bleak``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def numbered(lines: Sequence[str]) -> str:
    """Lines as a numbered list, one a line."""
    return "\n".join(f"{position}. {line}" for position, line in enumerate(lines, start=1))
