"""Finding titles: by name, by a half-remembered plot, by likeness."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field

from store.store import Store
from tools.catalogue import FilmList, MediaType
from tools.films import Film, and_list, load_films, numbered
from tools.tool import Words, tool

_NEAREST = 300
"""How many titles near in meaning are looked at for likeness."""
_NEAR, _CALLED = 55, 78
"""How much a title answers to a name at least to be shown, and to be taken for it, 0 to 100."""


@tool("read")
def search_titles(
    store: Store,
    *,
    query: Words,
    year: int | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 5,
) -> FilmList:
    """Look for titles by name, also partial or misspelt.

    Where none is called so, the nearest are told as such.

    Args:
        store: the library.
        query: the name or a part of it.
        year: the release year, if known.
        limit: how many at most, 1 to 50.

    Raises:
        Invalid: the query is blank.
    """
    matches = [m for m in store.titles.search(query, year=year, limit=limit) if m.score >= _NEAR]
    films = load_films(store, [match.media.id for match in matches])
    head = f"No title in your library looks like “{query}”."
    if not films:
        return FilmList(summary=head, films=[])
    lines = numbered([_line(film) for film in films])
    return FilmList(
        summary=lines if matches[0].score >= _CALLED else f"{head} The nearest:\n{lines}", films=films
    )


@tool("read")
def find_by_plot(
    store: Store,
    *,
    description: Words,
    media_type: MediaType | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    limit: Annotated[int, Field(ge=1, le=20)] = 3,
) -> FilmList:
    """Find a film from what you remember of its plot, mood or themes.

    Args:
        store: the library.
        description: what you remember, in any words.
        media_type: movie, tv, anime or documentary.
        year_from: earliest release year.
        year_to: latest release year.
        limit: how many at most, 1 to 20.

    Raises:
        Invalid: the description is blank.
    """
    found = store.plots.search(description, limit=max(50, 10 * limit))
    films = [
        film
        for film in load_films(store, [media_id for media_id, _ in found])
        if (media_type is None or film.media_type == media_type)
        and (year_from is None or (film.year or 0) >= year_from)
        and (year_to is None or (film.year or 9999) <= year_to)
    ][:limit]
    if not films:
        return FilmList(summary="Nothing in your library sounds like that.", films=[])
    lines = [f"{film.label}: {_opening(film.overview)}" if film.overview else film.label for film in films]
    return FilmList(summary=f"It could be:\n{numbered(lines)}", films=films)


@tool("read")
def similar(
    store: Store,
    *,
    title: str,
    include_seen: bool = True,
    limit: Annotated[int, Field(ge=1, le=20)] = 5,
) -> FilmList:
    """Find titles similar to one you name: in theme, genre and makers.

    Args:
        store: the library.
        title: the title to start from.
        include_seen: also what you have already seen.
        limit: how many at most, 1 to 20.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
    """
    media = store.titles.resolve(title)
    # Overviews of kindred films are less alike than their genres and makers: those count in full, meaning adds.
    likeness = _kinship(store, media.id)
    for media_id, similarity in store.vectors.neighbours(media.id, _NEAREST):
        likeness[media_id] = likeness.get(media_id, 0.0) + max(0.0, similarity)
    if not include_seen:
        for row in store.db.read("SELECT media_id FROM media_ranking WHERE seen"):
            likeness.pop(row["media_id"], None)
    best = sorted(likeness, key=lambda media_id: -likeness[media_id])[:limit]
    start, *films = load_films(store, [media.id, *best])
    if not films:
        return FilmList(summary=f"Nothing in your library resembles {media.label} yet.", films=[])
    lines = [f"{film.label}: {_kinship_words(start, film)}" for film in films]
    return FilmList(summary=f"Similar to {media.label}:\n{numbered(lines)}", films=films)


def _opening(overview: str) -> str:
    return re.split(r"(?<=[.!?])\s", overview, maxsplit=1)[0]


def _kinship(store: Store, media_id: UUID) -> dict[UUID, float]:
    """Titles that share genres and makers, the nearest kin 1.

    A shared genre counts its smaller weight times its rarity, ln(titles / titles of that genre), as inverse
    document frequency does (Spärck Jones 1972): cyberpunk says more than science fiction. A shared director or
    writer counts 1.
    """
    rows = store.db.read(
        """
        WITH rarity AS (
            SELECT genre_id, ln((SELECT count(*) FROM media) / count(*)) AS idf
            FROM media_genres GROUP BY genre_id
        ),
        genre AS (
            SELECT other.media_id, sum(least(own.weight, other.weight)::DOUBLE * idf) AS points
            FROM media_genres own JOIN media_genres other USING (genre_id) JOIN rarity USING (genre_id)
            WHERE own.media_id = $id AND other.media_id != $id GROUP BY other.media_id
        ),
        maker AS (
            SELECT other.media_id, count(DISTINCT person_id)::DOUBLE AS points
            FROM media_credits own JOIN media_credits other USING (person_id)
            WHERE own.media_id = $id AND other.media_id != $id
                AND own.credit_type = 'crew' AND other.credit_type = 'crew'
            GROUP BY other.media_id
        )
        SELECT media_id, sum(points) AS points FROM (FROM genre UNION ALL FROM maker)
        GROUP BY media_id ORDER BY points DESC, media_id LIMIT 100
        """,
        {"id": media_id},
    )
    top = rows[0]["points"] if rows else 0
    return {row["media_id"]: row["points"] / top for row in rows} if top else {}


def _kinship_words(start: Film, film: Film) -> str:
    shared = [genre for genre in film.genres if genre in start.genres]
    makers = [name for name in film.directors if name in start.directors]
    words = []
    if makers:
        words.append(f"also by {and_list(makers)}")
    if shared:
        words.append(f"shares {and_list([genre.lower() for genre in shared[:3]])}")
    return ", ".join(words or ["close in theme", *(genre.lower() for genre in film.genres[:2])])


def _line(film: Film) -> str:
    return f"{film.label}, {', '.join(film.genres[:2])}" if film.genres else film.label
