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
        if _within(film, media_type=media_type, year=(year_from, year_to))
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
    media_type: MediaType | None = None,
    min_runtime: Annotated[int | None, Field(ge=0)] = None,
    max_runtime: Annotated[int | None, Field(ge=0)] = None,
    year_from: int | None = None,
    year_to: int | None = None,
    include_seen: bool = True,
    limit: Annotated[int, Field(ge=1, le=20)] = 5,
) -> FilmList:
    """Find titles similar to one you name: in theme, genre and makers.

    Args:
        store: the library.
        title: the title to start from.
        media_type: movie, tv, anime or documentary.
        min_runtime: minutes at least.
        max_runtime: minutes at most.
        year_from: earliest release year.
        year_to: latest release year.
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
    best = sorted(likeness, key=lambda media_id: -likeness[media_id])
    start, *near = load_films(store, [media.id, *best])
    runtime, year = (min_runtime, max_runtime), (year_from, year_to)
    films = [film for film in near if _within(film, media_type=media_type, runtime=runtime, year=year)][:limit]
    bounds = [words for words in (media_type, _between(runtime, "min"), _between(year)) if words]
    if not films:
        narrowed = f" among what you allow ({', '.join(bounds)})" if bounds else ""
        return FilmList(summary=f"Nothing in your library resembles {media.label} yet{narrowed}.", films=[])
    head = ", ".join([f"Similar to {media.label}", *bounds])
    lines = [f"{film.label}: {_kinship_words(start, film)}" for film in films]
    return FilmList(summary=f"{head}:\n{numbered(lines)}", films=films)


_Bounds = tuple[int | None, int | None]


def _within(
    film: Film, *, media_type: MediaType | None, runtime: _Bounds = (None, None), year: _Bounds = (None, None)
) -> bool:
    """Whether a title keeps to the bounds; one whose runtime or year is unknown keeps to none."""
    return media_type in (None, film.media_type) and all(
        (low is None and high is None)
        or (value is not None and (low is None or value >= low) and (high is None or value <= high))
        for value, (low, high) in ((film.runtime, runtime), (film.year, year))
    )


def _between(bounds: _Bounds, unit: str = "") -> str:
    """Bounds in words: "up to 120 min", "from 1980", "1980 to 1989"."""
    low, high = bounds
    if low is not None and high is not None:
        words = f"{low} to {high}" if low != high else f"{low}"
    elif high is not None:
        words = f"up to {high}"
    else:
        words = f"from {low}" if low is not None else ""
    return f"{words} {unit}".strip() if words else ""


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
