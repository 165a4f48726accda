"""Loading the genre taxonomy and the iconic titles; a second time changes nothing."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from store.database import Write
from store.store import Store

# What the user deleted and did not take back: seeding it again would stand in the way of undo.
_DELETED = "FROM journal WHERE table_name = ? AND after IS NULL AND undone_at IS NULL"
FOLDER = Path(__file__).resolve().parent
_COLUMNS = (
    "title",
    "original_title",
    "media_type",
    "release_date",
    "runtime",
    "overview",
    "tagline",
    "original_language",
    "maturity_rating",
    "recommended_age_min",
    "tmdb_id",
    "imdb_id",
    "status",
)


def read_genres() -> list[dict[str, Any]]:
    """The taxonomy as data: slug, name, parent, category, description, tmdb_genre_id."""
    return _read(FOLDER / "genres.json")


def read_titles() -> list[dict[str, Any]]:
    """The iconic titles as data."""
    return [title for path in sorted((FOLDER / "titles").glob("*.json")) for title in _read(path)]


def load_seeds(store: Store) -> tuple[int, int]:
    """Add the genres and titles that the library does not have yet, in one transaction.

    What the user deleted stays deleted; undo brings it back.

    Returns:
        How many genres and how many titles were added.
    """
    with store.db.write("seed", undoable=False) as write:
        genres = {row["slug"]: row["id"] for row in write.read("SELECT slug, id FROM genres")}
        known = set(genres)
        known |= {row["slug"] for row in write.read(f"SELECT before->>'slug' AS slug {_DELETED}", ["genres"])}
        new_genres = [genre for genre in read_genres() if genre["slug"] not in known]
        for genre in sorted(new_genres, key=lambda g: g["parent"] is not None):
            row = write.insert(
                "genres",
                {
                    "slug": genre["slug"],
                    "name": genre["name"],
                    "parent_genre_id": genres.get(genre["parent"]),
                    "genre_category": genre["category"],
                    "description": genre["description"],
                    "tmdb_genre_id": genre["tmdb_genre_id"],
                },
            )
            genres[genre["slug"]] = row["id"]
        people = {row["name"]: row["id"] for row in write.read("SELECT name, id FROM people")}
        titles = write.read("SELECT title, year(release_date) AS year, tmdb_id FROM media")
        titles += write.read(
            "SELECT before->>'title' AS title, year((before->>'release_date')::DATE) AS year, "
            f"(before->>'tmdb_id')::INTEGER AS tmdb_id {_DELETED}",
            ["media"],
        )
        numbers = {row["tmdb_id"] for row in titles} - {None}
        names = {(row["title"], row["year"]) for row in titles}
        new_titles = [
            title
            for title in read_titles()
            if (title["title"], int(title["release_date"][:4])) not in names and title["tmdb_id"] not in numbers
        ]
        for title in new_titles:
            _add_title(write, title, genres, people)
    return len(new_genres), len(new_titles)


def _add_title(write: Write, title: dict[str, Any], genres: dict[str, UUID], people: dict[str, UUID]) -> None:
    values = {column: title[column] for column in _COLUMNS}
    values["production_countries"] = json.dumps(title["production_countries"])
    values["spoken_languages"] = json.dumps(title["spoken_languages"], ensure_ascii=False)
    media_id = write.insert("media", values)["id"]
    for genre in title["genres"]:
        if genre["slug"] not in genres:
            continue  # the user deleted it
        write.insert(
            "media_genres",
            {"media_id": media_id, "genre_id": genres[genre["slug"]], "weight": genre["weight"]},
        )
    credits: list[tuple[str, str, str, str | None, str | None, int | None]] = [
        ("crew", "Directing", name, "Director", None, None) for name in title["directors"]
    ]
    credits += [("crew", "Writing", w["name"], w["job"], None, None) for w in title["writers"]]
    credits += [
        ("cast", "Acting", actor["name"], None, actor["character"], position)
        for position, actor in enumerate(title["cast"])
    ]
    seen = set()
    for credit_type, department, name, job, character, position in credits:
        if name not in people:
            people[name] = write.insert("people", {"name": name, "known_for_department": department})["id"]
        if (credit_type, department, name) in seen:
            continue  # a person is credited once per department, as the table's key demands
        seen.add((credit_type, department, name))
        write.insert(
            "media_credits",
            {
                "media_id": media_id,
                "person_id": people[name],
                "credit_type": credit_type,
                "department": department,
                "job": job,
                "character_name": character,
                "order_position": position,
            },
        )


def _read(path: Path) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return data
