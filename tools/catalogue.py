"""The titles themselves: adding, looking up, changing, removing, with their people and genres."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from store.database import Row, Write
from store.errors import Ambiguous, Conflict, Invalid, NotFound
from store.store import Store
from store.titles import MediaRef, normalise
from tools.confirmation import require_confirmation
from tools.films import Film, and_list, count_words, load_films, numbered, rating_words, value_words
from tools.filters import Filter, where, wishes_words
from tools.genres import resolve_genres
from tools.tool import Result, Words, tool

MediaType = Literal["movie", "tv", "anime", "documentary"]
MEDIA_NOUNS = {"movie": "film", "tv": "show", "anime": "anime title", "documentary": "documentary"}
_DEPARTMENTS: dict[str, Row] = {
    "Directing": {"credit_type": "crew", "job": "Director"},
    "Writing": {"credit_type": "crew", "job": "Writer"},
    "Acting": {"credit_type": "cast", "job": None},
}


class FilmResult(Result):
    """One title."""

    film: Film


class FilmList(Result):
    """Several titles, best or newest first."""

    films: list[Film]


class Deleted(Result):
    """Something that is gone."""

    rows: dict[str, int]


@tool("write")
def add_media(
    store: Store,
    *,
    title: Annotated[Words, Field(max_length=500)],
    media_type: MediaType = "movie",
    year: Annotated[int | None, Field(ge=1870, le=2100)] = None,
    release_date: date | None = None,
    runtime: Annotated[int | None, Field(ge=0)] = None,
    genres: list[str] | None = None,
    directors: list[str] | None = None,
    writers: list[str] | None = None,
    cast: list[str] | None = None,
    overview: str | None = None,
    tagline: str | None = None,
    original_title: str | None = None,
    original_language: str | None = None,
    countries: list[str] | None = None,
    maturity_rating: str | None = None,
    tmdb_id: int | None = None,
    imdb_id: str | None = None,
) -> FilmResult:
    """Add a film, show, anime or documentary to the library.

    Args:
        store: the library.
        title: its name.
        media_type: movie, tv, anime or documentary.
        year: release year, when the exact date is not known (kept as 1 January).
        release_date: exact release date; wins over year.
        runtime: minutes; for a show those of one episode.
        genres: genre names or slugs, the main one first.
        directors: names.
        writers: names.
        cast: names in billing order, each optionally as ``Name as Character``.
        overview: what it is about.
        tagline: the line on the poster.
        original_title: the title in its own language.
        original_language: ISO 639-1 code.
        countries: ISO 3166-1 codes.
        maturity_rating: G, PG, PG-13, R, NC-17, TV-MA …
        tmdb_id: The Movie Database's id; unique.
        imdb_id: IMDb's id, ``tt…``.

    Raises:
        Conflict: the library already has that title of that year, or that TMDB id.
        NotFound: a genre is not in the taxonomy.
        Invalid: the title is blank or only signs, or a value is outside its range.
    """
    _refuse_signs(title)
    if release_date is None and year is not None:
        release_date = date(year, 1, 1)
    refuse_twin(store, title, release_date)
    with store.db.write("add_media") as write:
        row = write.insert(
            "media",
            {
                "title": title,
                "original_title": original_title,
                "media_type": media_type,
                "release_date": release_date,
                "runtime": runtime,
                "overview": overview,
                "tagline": tagline,
                "original_language": original_language,
                "production_countries": json.dumps(countries) if countries else None,
                "maturity_rating": maturity_rating,
                "tmdb_id": tmdb_id,
                "imdb_id": imdb_id,
            },
        )
        set_genres(write, store, row["id"], _falling_weights(genres or []))
        _set_credits(write, row["id"], directors, writers, cast)
        film = load_films(store, [row["id"]])[0]
        write.label = f"Added {film.label} to your library."
    return FilmResult(summary=f"{write.label}{_still_empty(store)}", film=film)


@tool("read")
def get_media(store: Store, *, title: str) -> FilmResult:
    """Show what is known of one title: who made it, what it is about, your rating.

    Args:
        store: the library.
        title: its name, also partial or misspelt.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
    """
    film = load_films(store, [store.titles.resolve(title).id])[0]
    return FilmResult(summary=_portrait(store, film), film=film)


@tool("read")
def list_media(
    store: Store,
    *,
    genre: str | None = None,
    person: str | None = None,
    media_type: MediaType | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    seen: bool | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 10,
) -> FilmList:
    """List titles of the library by genre, person, type, years or whether seen.

    Args:
        store: the library.
        genre: a genre's name or slug; its sub-genres count.
        person: somebody who directed, wrote or acted.
        media_type: movie, tv, anime or documentary.
        year_from: earliest release year.
        year_to: latest release year.
        seen: only what was (true) or was not (false) watched or reviewed.
        limit: how many at most, 1 to 100.

    Raises:
        NotFound: no such genre or person.
    """
    wishes = [
        *title_filters(
            store, genre=genre, person=person, media_type=media_type, year_from=year_from, year_to=year_to
        ),
        Filter(
            "seen", seen, "ranking.seen = $seen", "that you have seen" if seen else "that you have not seen"
        ),
    ]
    condition, facts = where(wishes)
    found_rows = store.db.read(
        "SELECT media.id, count(*) OVER () AS total FROM media JOIN media_ranking ranking "
        f"ON ranking.media_id = media.id WHERE {condition} "
        "ORDER BY release_date DESC NULLS LAST, title LIMIT $limit",
        {**facts, "limit": limit},
    )
    films = load_films(store, [row["id"] for row in found_rows])
    total = found_rows[0]["total"] if found_rows else 0
    scope = wishes_words(wishes) or " in your library"
    noun = MEDIA_NOUNS[media_type] if media_type else "title"
    if not films:
        return FilmList(summary=f"There are no {count_words(0, noun).removeprefix('0 ')}{scope}.", films=[])
    shown = "" if total <= len(films) else f", the newest {len(films)}"
    head = f"{count_words(total, noun)}{scope}{shown}:"
    return FilmList(summary=f"{head}\n{numbered([film.label for film in films])}", films=films)


@tool("write")
def update_media(
    store: Store,
    *,
    title: str,
    new_title: Annotated[Words | None, Field(max_length=500)] = None,
    media_type: MediaType | None = None,
    release_date: date | None = None,
    runtime: Annotated[int | None, Field(ge=0)] = None,
    maturity_rating: str | None = None,
    genres: list[str] | None = None,
    directors: list[str] | None = None,
    writers: list[str] | None = None,
    cast: list[str] | None = None,
    overview: str | None = None,
    tagline: str | None = None,
    original_language: str | None = None,
) -> FilmResult:
    """Correct what the library says of a title; what is not given stays.

    Args:
        store: the library.
        title: its present name, also partial or misspelt.
        new_title: the right name.
        media_type: movie, tv, anime or documentary.
        release_date: exact release date.
        runtime: minutes.
        maturity_rating: G, PG, PG-13, R, NC-17, TV-MA …
        genres: all its genres, the main one first; replaces what was there.
        directors: all its directors; replaces what was there.
        writers: all its writers; replaces what was there.
        cast: its cast in billing order; replaces what was there.
        overview: what it is about.
        tagline: the line on the poster.
        original_language: ISO 639-1 code.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve; or a genre is not in the taxonomy.
        Conflict: the library already has that title of that year.
        Invalid: nothing to change was given, or the new title is only signs.
    """
    if new_title:
        _refuse_signs(new_title)
    media = store.titles.resolve(title)
    changes: Row = {
        "title": new_title,
        "media_type": media_type,
        "release_date": release_date,
        "runtime": runtime,
        "maturity_rating": maturity_rating,
        "overview": overview,
        "tagline": tagline,
        "original_language": original_language,
    }
    changes = {column: value for column, value in changes.items() if value is not None}
    lists = {"genres": genres, "directors": directors, "writers": writers, "cast": cast}
    given = [*changes, *(name for name, value in lists.items() if value is not None)]
    if not given:
        raise Invalid("change", None, "given: say which fact of the title is wrong and what is right")
    if new_title or release_date:
        refuse_twin(store, new_title or media.title, release_date, media)
    with store.db.write("update_media") as write:
        write.update("media", media.id, changes)
        if genres is not None:
            set_genres(write, store, media.id, _falling_weights(genres))
        for department, names in (("Directing", directors), ("Writing", writers), ("Acting", cast)):
            if names is None:
                continue
            for row in write.read(
                "SELECT id FROM media_credits WHERE media_id = ? AND department = ?", [media.id, department]
            ):
                write.delete("media_credits", row["id"])
        _set_credits(write, media.id, directors, writers, cast)
        film = load_films(store, [media.id])[0]
        fields = and_list([name.replace("_", " ") for name in given])
        write.label = f"Changed {fields} of {film.label}."
    return FilmResult(summary=write.label, film=film)


@tool("destructive")
def delete_media(store: Store, *, title: str, confirm: str | None = None) -> Deleted:
    """Delete a title from the library with its reviews, viewings and plans.

    Args:
        store: the library.
        title: its name.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token; the message counts what would go.
        NotFound, Ambiguous: see TitleIndex.resolve.
    """
    media = store.titles.resolve(title)
    with store.db.write("delete_media") as write:
        going = {
            table: write.read(f"SELECT * FROM {table} WHERE media_id = ?", [media.id])
            for table in ("user_reviews", "watch_history", "calendar_events", "media_genres", "media_credits")
        }
        nouns = {"user_reviews": "review", "watch_history": "viewing", "calendar_events": "plan"}
        along = [count_words(len(going[table]), noun) for table, noun in nouns.items() if going[table]]
        what = f"{media.label}{' with its ' + and_list(along) if along else ''}"
        require_confirmation(
            confirm,
            f"Delete {what} from your library?",
            "delete_media",
            {"title": media.label},
            [write.get("media", media.id), *(row for rows in going.values() for row in rows)],
        )
        write.delete("media", media.id)
        write.label = f"Deleted {what}."
    return Deleted(
        summary=f"{write.label} Say “undo” to bring it back.",
        rows={"media": 1, **{table: len(rows) for table, rows in going.items()}},
    )


@tool("destructive", chat=False)
def delete_person(store: Store, *, name: str, confirm: str | None = None) -> Deleted:
    """Delete a person with all their credits; the titles stay.

    Args:
        store: the library.
        name: as credited.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound, Ambiguous: no such person, or several.
    """
    person = resolve_person(store, name)
    with store.db.write("delete_person") as write:
        credited = write.read("SELECT * FROM media_credits WHERE person_id = ?", [person["id"]])
        what = f"{person['name']} with {count_words(len(credited), 'credit')}"
        require_confirmation(
            confirm,
            f"Delete {what}?",
            "delete_person",
            {"name": person["name"]},
            [write.get("people", person["id"]), *credited],
        )
        write.delete("people", person["id"])
        write.label = f"Deleted {what}."
    return Deleted(summary=write.label, rows={"people": 1, "media_credits": len(credited)})


def title_filters(
    store: Store,
    *,
    genre: str | None = None,
    person: str | None = None,
    media_type: MediaType | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
) -> list[Filter]:
    """Which titles are meant, as conditions over ``media``; a genre takes its sub-genres along.

    Raises:
        NotFound: no such genre or person.
        Ambiguous: several people are called that.
    """
    found = resolve_genres(store, [genre])[0] if genre else None
    somebody = resolve_person(store, person) if person else None
    years = f"from {year_from or 'the beginning'} to {year_to or 'today'}"
    return [
        Filter(
            "genres",
            found.slugs if found else None,
            "media.id IN (SELECT media_id FROM media_ranking "
            "WHERE list_has_any(genre_slugs, $genres::VARCHAR[]))",
            f"in {found.name}" if found else "",
        ),
        Filter(
            "person",
            somebody["id"] if somebody else None,
            "media.id IN (SELECT media_id FROM media_credits WHERE person_id = $person)",
            f"with {somebody['name']}" if somebody else "",
        ),
        Filter("media_type", media_type, "media_type = $media_type"),
        Filter("year_from", year_from, "year(release_date) >= $year_from", years),
        Filter("year_to", year_to, "year(release_date) <= $year_to", "" if year_from else years),
    ]


def resolve_person(store: Store, name: str) -> Row:
    """The person a name means.

    Raises:
        NotFound: nobody is called that; the nearest are named.
        Ambiguous: several people are about equally near.
    """
    from rapidfuzz import fuzz, process

    people = store.db.read("SELECT id, name FROM people ORDER BY total_works DESC, name")
    wanted = normalise(name)
    exact = [person for person in people if normalise(person["name"]) == wanted]
    if not exact:
        exact = [person for person in people if wanted in normalise(person["name"]).split()]
    if not exact:
        names = [normalise(person["name"]) for person in people]
        found = process.extract(wanted, names, scorer=fuzz.ratio, limit=3)
        exact = [people[index] for _, score, index in found if score >= 85]
        if not exact:
            nearest = [people[index]["name"] for _, score, index in found if score > 55]
            hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
            raise NotFound(f"Nobody called “{name}” is credited in your library.{hint}", nearest)
    if len(exact) > 1:
        labels = [person["name"] for person in exact[:6]]
        raise Ambiguous(f"Who do you mean: {' or '.join(labels)}?", labels)
    return exact[0]


def _portrait(store: Store, film: Film) -> str:
    facts = [film.media_type if film.media_type != "tv" else "series"]
    if film.runtime:
        facts.append(f"{film.runtime} min")
    if film.maturity_rating:
        facts.append(film.maturity_rating)
    facts += film.genres
    lines = [f"{film.label}: {', '.join(facts)}."]
    if film.directors:
        lines.append(f"Directed by {and_list(film.directors)}.")
    if film.writers:
        lines.append(f"Written by {and_list(film.writers)}.")
    if film.cast:
        lines.append(f"With {and_list(film.cast[:4])}.")
    if film.user_rating is not None:
        lines.append(f"You rated it {rating_words(film.user_rating)}.")
    for field in store.db.read(
        "SELECT field_name, field_label FROM custom_fields_schema WHERE is_active ORDER BY field_label"
    ):
        if field["field_name"] in film.custom_fields:
            lines.append(f"{field['field_label']}: {value_words(film.custom_fields[field['field_name']])}.")
    if film.overview:
        lines.append(film.overview)
    return "\n".join(lines)


def _refuse_signs(title: str) -> None:
    if not normalise(title):
        raise Invalid("title", title, "written with letters or digits, or nobody could find it again")


def _still_empty(store: Store) -> str:
    """A reminder of the required fields of the user's own that a new title lacks."""
    fields = store.db.read(
        "SELECT field_label FROM custom_fields_schema "
        "WHERE is_active AND is_required AND field_default_value IS NULL ORDER BY field_label"
    )
    labels = and_list([field["field_label"] for field in fields])
    return f" Still to fill in: {labels}." if labels else ""


def refuse_twin(store: Store, title: str, released: date | None, own: MediaRef | None = None) -> None:
    """Refuse a name and year that another title has.

    Raises:
        Conflict: the library has one already.
    """
    year = released.year if released else own.year if own else None
    for media in store.titles.all():
        if own and media.id == own.id:
            continue
        if normalise(media.title) == normalise(title) and (year is None or media.year in (None, year)):
            raise Conflict(
                f"Your library already has {media.label}. For another film of that name give its year."
            )


def set_genres(write: Write, store: Store, media_id: UUID, weights: Mapping[str, float]) -> None:
    """Give a title these genres and no others, inside another tool's transaction.

    Raises:
        NotFound: a genre is not in the taxonomy.
    """
    for row in write.read("SELECT genre_id FROM media_genres WHERE media_id = ?", [media_id]):
        write.delete("media_genres", {"media_id": media_id, "genre_id": row["genre_id"]})
    seen: set[UUID] = set()
    for genre, weight in zip(resolve_genres(store, list(weights)), weights.values(), strict=True):
        if genre.id not in seen:  # two names of one genre
            seen.add(genre.id)
            write.insert("media_genres", {"media_id": media_id, "genre_id": genre.id, "weight": weight})


def _falling_weights(names: Sequence[str]) -> dict[str, float]:
    """The main genre counts in full, those after it less."""
    weights: dict[str, float] = {}
    for position, name in enumerate(names):
        weights.setdefault(name, round(max(0.5, 1.0 - 0.2 * position), 2))
    return weights


def _set_credits(
    write: Write,
    media_id: UUID,
    directors: Sequence[str] | None,
    writers: Sequence[str] | None,
    cast: Sequence[str] | None,
) -> None:
    for department, names in (("Directing", directors), ("Writing", writers), ("Acting", cast)):
        for position, (name, characters) in enumerate(_billed(names or (), department).items()):
            write.insert(
                "media_credits",
                {
                    "media_id": media_id,
                    "person_id": _person_id(write, name, department),
                    "department": department,
                    "character_name": " / ".join(characters) or None,
                    "order_position": position,
                    **_DEPARTMENTS[department],
                },
            )


def _billed(names: Sequence[str], department: str) -> dict[str, list[str]]:
    """Each person once, in order, with the characters they play: the table keeps one credit per department."""
    spelt: dict[str, str] = {}
    billed: dict[str, list[str]] = {}
    for text in names:
        name, _, character = text.partition(" as ") if department == "Acting" else (text, "", "")
        if not name.strip():
            continue
        name = spelt.setdefault(name.strip().casefold(), name.strip())
        billed.setdefault(name, [])
        if character.strip():
            billed[name].append(character.strip())
    return billed


def _person_id(write: Write, name: str, department: str) -> UUID:
    known = write.read("SELECT id FROM people WHERE lower(name) = lower(?) ORDER BY total_works DESC", [name])
    row = known[0] if known else write.insert("people", {"name": name, "known_for_department": department})
    person_id: UUID = row["id"]
    return person_id
