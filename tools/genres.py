"""Genres by the names people use for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz, process

from store.database import Row
from store.errors import Conflict, NotFound
from store.store import Store
from store.titles import normalise
from tools.confirmation import require_confirmation
from tools.films import count_words
from tools.tool import Result, tool

_SPOKEN = {
    "sci fi": "science-fiction",
    "scifi": "science-fiction",
    "sf": "science-fiction",
    "science fiction": "science-fiction",
    "noir": "film-noir",
    "rom com": "romantic-comedy",
    "romcom": "romantic-comedy",
    "docs": "documentary",
    "documentaries": "documentary",
    "scary": "horror",
    "funny": "comedy",
    "animated": "animation",
    "cartoon": "animation",
    "iranian": "iranian-cinema",
    "kung fu": "martial-arts",
    "spy": "spy-action",
    "detective": "mystery",
    "space": "space-opera",
    "black comedy": "dark-comedy",
    "romantic": "romance",
    "musical": "music",
}

# A hybrid counts as Multi-Genre only where nothing better is known: that is a shelf, not a genre one likes.
MAIN_GENRES = """
WITH RECURSIVE line AS (
    SELECT id, name, slug FROM genres WHERE parent_genre_id IS NULL
    UNION ALL SELECT genres.id, line.name, line.slug FROM genres JOIN line ON parent_genre_id = line.id
)
SELECT media_id, name FROM (SELECT DISTINCT media_id, name, slug FROM media_genres JOIN line ON id = genre_id)
QUALIFY slug <> 'multi-genre' OR count(*) OVER (PARTITION BY media_id) = 1
"""
"""Each title with the main genres that it has, itself or by a sub-genre, each once."""


@dataclass(frozen=True)
class Genre:
    """A genre with the slugs and names of itself and everything below it."""

    id: UUID
    name: str
    slug: str
    slugs: list[str]
    names: list[str]


class GenreList(Result):
    """The taxonomy."""

    genres: list[str]


@tool("read")
def list_genres(store: Store) -> GenreList:
    """List the genres of the library with how many titles each has, those of its sub-genres among them.

    Args:
        store: the library.
    """
    main = store.db.read(
        f"SELECT name, count(*) AS titles FROM ({MAIN_GENRES}) GROUP BY name ORDER BY titles DESC, name"
    )
    words = ", ".join(f"{row['name']} ({row['titles']})" for row in main) or "no titles with a genre yet"
    rows = store.db.read(
        "SELECT name, parent_genre_id, count(media_id) AS titles FROM genres "
        "LEFT JOIN media_genres ON genre_id = genres.id GROUP BY ALL ORDER BY titles DESC, name"
    )
    sub_genres = sum(row["parent_genre_id"] is not None for row in rows)
    return GenreList(
        summary=f"Your library has {words}, and {count_words(sub_genres, 'sub-genre')} below them.",
        genres=[row["name"] for row in rows],
    )


@tool("write", chat=False)
def move_genre(store: Store, *, name: str, parent: str | None = None) -> Result:
    """Move a genre, with all below it, under another or to the top.

    Args:
        store: the library.
        name: its name or slug.
        parent: the genre to move it under; the top if left out.

    Raises:
        NotFound: no such genre.
        Conflict: the new parent is the genre itself or below it.
    """
    genre = resolve_genres(store, [name])[0]
    above = resolve_genres(store, [parent])[0] if parent else None
    if above and above.slug in genre.slugs:
        raise Conflict(f"{above.name} is {genre.name} or below it. Choose another genre to move it under.")
    with store.db.write("move_genre") as write:
        write.update("genres", genre.id, {"parent_genre_id": above.id if above else None})
        write.label = f"Moved the genre {genre.name} {f'below {above.name}' if above else 'to the top'}."
    return Result(summary=write.label)


@tool("destructive", chat=False)
def delete_genre(store: Store, *, name: str, confirm: str | None = None) -> Result:
    """Delete a genre; its titles stay and lose it.

    Args:
        store: the library.
        name: its name or slug.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound: no such genre.
        Conflict: it has sub-genres.
    """
    genre = resolve_genres(store, [name])[0]
    if len(genre.slugs) > 1:
        raise Conflict(f"{genre.name} has {len(genre.slugs) - 1} sub-genres. Delete or move those first.")
    with store.db.write("delete_genre") as write:
        titles = write.read("SELECT * FROM media_genres WHERE genre_id = ?", [genre.id])
        require_confirmation(
            confirm,
            f"Delete the genre {genre.name}, taking it from {count_words(len(titles), 'title')}?",
            "delete_genre",
            {"name": genre.slug},
            [write.get("genres", genre.id), *titles],
        )
        write.delete("genres", genre.id)
        write.label = f"Deleted the genre {genre.name}."
    return Result(summary=write.label)


def resolve_genres(store: Store, names: Sequence[str]) -> list[Genre]:
    """The genres these names mean, in order.

    Raises:
        NotFound: a name is no genre; the nearest are named.
    """
    if not names:
        return []
    rows = store.db.read("SELECT id, name, slug, parent_genre_id FROM genres WHERE is_active")
    by_name = {normalise(row["slug"].replace("-", " ")): row for row in rows}
    by_name |= {normalise(row["name"].replace("-", " ")): row for row in rows}
    found = []
    for name in names:
        row = _named(name, by_name)
        children = {row["id"]}
        for _ in rows:  # the taxonomy is two deep today; this follows any depth
            grown = children | {r["id"] for r in rows if r["parent_genre_id"] in children}
            if grown == children:
                break
            children = grown
        below = sorted((r["slug"], r["name"]) for r in rows if r["id"] in children and r is not row)
        slugs = [row["slug"], *(slug for slug, _ in below)]
        found.append(
            Genre(row["id"], row["name"], row["slug"], slugs, [row["name"], *(name for _, name in below)])
        )
    return found


def _named(name: str, by_name: dict[str, Row]) -> Row:
    key = normalise(name.replace("-", " "))
    for suffix in (" films", " film", " movies", " movie", " shows", " show", " cinema"):
        if key.endswith(suffix) and key not in by_name:
            key = key.removesuffix(suffix)
    spoken = _SPOKEN.get(key)
    if spoken:
        key = normalise(spoken.replace("-", " "))
    for candidate in (key, key.rstrip("s"), f"{key} action", f"{key} comedy"):
        if candidate in by_name:
            return by_name[candidate]
    near = process.extract(key, list(by_name), scorer=fuzz.ratio, limit=3)
    if near and near[0][1] >= 82:
        return by_name[near[0][0]]
    nearest = [str(by_name[match]["name"]) for match, score, _ in near if score > 50]
    hint = f" Did you mean {' or '.join(dict.fromkeys(nearest))}?" if nearest else ""
    raise NotFound(f"“{name}” is not a genre I know.{hint}", nearest)


def genre_words(store: Store, text: str) -> list[str]:
    """The genres that running text names, as slugs, in order and without doubles."""
    return list(dict.fromkeys(slug for _, _, slug in genre_mentions(store, text)))


def genre_mentions(store: Store, text: str) -> list[tuple[int, int, str]]:
    """Where running text names a genre, from and to which character, and its slug, in order."""
    rows = store.db.read("SELECT name, slug FROM genres WHERE is_active")
    known = {normalise(row["slug"].replace("-", " ")): row["slug"] for row in rows}
    known |= {normalise(row["name"].replace("-", " ")): row["slug"] for row in rows}
    known |= {spoken: slug for spoken, slug in _SPOKEN.items() if slug in known.values()}
    words = [(word, *found.span()) for found in re.finditer(r"\w+", text) for word in [normalise(found[0])]]
    found: list[tuple[int, int, str]] = []
    position = 0
    while position < len(words):
        for size in (3, 2, 1):
            chunk = " ".join(word for word, _, _ in words[position : position + size])
            singular = f"{chunk.removesuffix('ies')}y" if chunk.endswith("ies") else chunk.removesuffix("s")
            slug = known.get(chunk) or known.get(singular) or known.get(chunk.removesuffix("es"))
            if slug:
                last = min(position + size, len(words)) - 1
                found.append((words[position][1], words[last][2], slug))
                position = last
                break
        position += 1
    return found
