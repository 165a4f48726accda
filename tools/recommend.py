"""Weighted, explained recommendation.

The score is the weighted mean of each criterion's degree of satisfaction in [0, 1] over the criteria that could
be judged for that title (simple additive weighting, Hwang and Yoon 1981): sum(weight x degree) / sum(weight).
"""

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from store.store import Store
from tools.catalogue import MediaType, resolve_person
from tools.criteria import (
    MATURITY,
    TASTE,
    Criteria,
    Criterion,
    build_config,
    criterion_words,
    describe,
    maturity_step,
    read_criteria,
)
from tools.fields import CustomField, active_fields, default_of
from tools.films import Film, load_films, numbered, rating_words, value_words
from tools.genres import Genre, resolve_genres
from tools.presets import default_preset, find_preset, preset_criteria, use_preset
from tools.tool import Result, tool
from tools.wishes import resolve_wishes

_SLACK = {
    "min_rating": 2.0,
    "runtime": 30.0,
    "release_year": 10.0,
    "director_score": 2.0,
    "screenwriter_score": 2.0,
}
"""How far outside a bound a title may lie, in the bound's unit, before its degree is 0."""
_DATE_SLACK = 180.0
"""The same for dates of a user's own field, in days."""
_EPOCH = date(1970, 1, 1)
_HOLDS = {"genre": 0.01, "taste": 0.01}
"""The degree from which a required criterion holds; 1 otherwise."""
_TITLES = {True: "any title", False: "the titles you have not seen"}
_COLUMN = {
    "min_rating": "coalesce(user_rating, tmdb_rating)::DOUBLE",
    "runtime": "runtime::DOUBLE",
    "release_year": "year(release_date)::DOUBLE",
    "director_score": "ranking.director_score",
    "screenwriter_score": "ranking.screenwriter_score",
}


class Contribution(BaseModel):
    """What one criterion adds: its degree from 0 to 1, None where the library cannot judge it."""

    criterion: str
    weight: float
    degree: float | None
    reason: str


class RecommendedFilm(Film):
    """A title with its score from 0 to 1 and why."""

    score: float
    contributions: list[Contribution]

    @property
    def reasons(self) -> list[str]:
        """What speaks for it, strongest first."""
        judged = [c for c in self.contributions if c.degree is not None and c.degree > 0.5]
        return [c.reason for c in sorted(judged, key=lambda c: -(c.weight * (c.degree or 0)))]


class Recommendations(Result):
    """Titles, best first, and the criteria they were judged by."""

    films: list[RecommendedFilm]
    criteria: str


@tool("read")
def recommend(
    store: Store,
    *,
    preset: str | None = None,
    genres: list[str] | None = None,
    media_type: MediaType | None = None,
    maturity_ratings: list[str] | None = None,
    min_rating: Annotated[float | None, Field(ge=0, le=10)] = None,
    min_runtime: Annotated[int | None, Field(ge=0)] = None,
    max_runtime: Annotated[int | None, Field(ge=0)] = None,
    year_from: int | None = None,
    year_to: int | None = None,
    language: str | None = None,
    country: str | None = None,
    person: str | None = None,
    min_director_score: Annotated[float | None, Field(ge=0, le=10)] = None,
    min_screenwriter_score: Annotated[float | None, Field(ge=0, le=10)] = None,
    weights: dict[str, float] | None = None,
    required: list[str] | None = None,
    criteria: dict[str, Any] | None = None,
    include_seen: bool = False,
    limit: Annotated[int, Field(ge=1, le=50)] = 5,
) -> Recommendations:
    """Recommend titles by weighted criteria or a saved preset, with the reasons.

    Without any wish it goes by the default preset, else by taste: what resembles the titles you rated high.

    Args:
        store: the library.
        preset: a saved preset's name; wishes given besides override it.
        genres: wished genres.
        media_type: movie, tv, anime or documentary.
        maturity_ratings: allowed ratings, such as PG-13.
        min_rating: your rating, else TMDB's, at least this.
        min_runtime: minutes at least.
        max_runtime: minutes at most.
        year_from: earliest release year.
        year_to: latest release year.
        language: ISO 639-1 code of the original language, or its name.
        country: ISO 3166-1 code of a producing country.
        person: somebody who directed, wrote or acted.
        min_director_score: mean rating of the directors' works at least.
        min_screenwriter_score: mean rating of the writers' works at least.
        weights: weight from 0 to 1 by criterion (genre, runtime, release_year, taste …); 1 otherwise.
        required: criteria that must hold rather than count.
        criteria: a whole configuration as the schema document writes it; wishes override it.
        include_seen: also what you have already seen.
        limit: how many, 1 to 50.

    Raises:
        NotFound, Ambiguous: no such preset, genre or person, or several.
        Invalid: a criterion is unknown, out of range or such that no title can ever fit.
    """
    used = find_preset(store, preset) if preset else None
    saved = used.criteria_config if used else {}
    config = build_config(
        saved | (criteria or {}),
        genres=genres,
        media_type=media_type,
        maturity_ratings=maturity_ratings,
        min_rating=min_rating,
        min_runtime=min_runtime,
        max_runtime=max_runtime,
        year_from=year_from,
        year_to=year_to,
        language=language,
        country=country,
        person=person,
        min_director_score=min_director_score,
        min_screenwriter_score=min_screenwriter_score,
        weights=weights,
        required=required,
    )
    if not config:
        used = used or default_preset(store)
        saved = config = used.criteria_config if used else {}
    if used:
        preset_criteria(used)
    # A field that a preset names may be gone since: then it cannot be judged.
    fields = active_fields(store)
    known = [*(field.field_name for field in fields), *saved]
    wishes = read_criteria(config or {"taste": TASTE}, known)
    resolved = resolve_wishes(store, wishes, fields)
    ranked = _rank(store, resolved, fields, include_seen, limit)
    if used:
        use_preset(store, used)
    words = describe(wishes)
    if not ranked:
        unknown = _unknown(store, resolved, fields, include_seen)
        why = f": no {' and no '.join(unknown)} is known of {_TITLES[include_seen]}" if unknown else ""
        hint = " Leave that out." if unknown else ""
        hint += "" if include_seen else " Say “also what I have seen” to widen the search."
        return Recommendations(
            summary=f"Nothing in your library fits {words}{why}.{hint}", films=[], criteria=words
        )
    lines = [f"{film.label}: {', '.join(film.reasons[:3])}" if film.reasons else film.label for film in ranked]
    by = f"By your preset {used.name}" if used else f"By {words}"
    if list(wishes) == ["taste"] and ranked[0].contributions[0].degree is None:
        by = "I do not know your taste yet: rate a few titles. Until then, from your library"
    return Recommendations(summary=f"{by}:\n{numbered(lines)}", films=ranked, criteria=words)


def _rank(
    store: Store, wishes: Criteria, fields: list[CustomField], include_seen: bool, limit: int
) -> list[RecommendedFilm]:
    """One statement: hard filters first, then each criterion's degree, the score, and the best."""
    facts: dict[str, Any] = {"limit": limit}
    degrees = {name: _degree(store, name, wish, fields, facts) for name, wish in wishes.items()}
    filters = ["TRUE"] if include_seen else ["NOT ranking.seen"]
    filters += [f"({degrees[name]}) >= {_HOLDS.get(name, 1)}" for name, wish in wishes.items() if wish.required]
    columns = [f"({degrees[name]})::DOUBLE AS d{position}" for position, name in enumerate(wishes)]
    weighed = [(f"d{position}", wish.weight) for position, wish in enumerate(wishes.values())]
    gained = " + ".join(f"coalesce({d}, 0) * {w}" for d, w in weighed)
    judged = " + ".join(f"CASE WHEN {d} IS NULL THEN 0 ELSE {w} END" for d, w in weighed)
    # Something must speak for a title, unless nothing can: no taste is known yet.
    speaking = [
        f"coalesce(d{position}, 0) > 0"
        for position, (name, wish) in enumerate(wishes.items())
        if degrees[name] != "NULL" and (wish.weight or wish.required)
    ]
    rows = store.db.read(
        f"""
        WITH judged AS (
            SELECT media.id, popularity_score, title, {", ".join(columns)}
            FROM media JOIN media_ranking ranking ON ranking.media_id = media.id
            WHERE {" AND ".join(filters)}
        ),
        scored AS (SELECT *, ({judged}) AS possible, ({gained}) AS gained FROM judged)
        SELECT *, CASE WHEN possible > 0 THEN gained / possible ELSE 0 END AS score FROM scored
        WHERE {" OR ".join(speaking) or "TRUE"}
        ORDER BY score DESC, possible DESC, popularity_score DESC NULLS LAST, hash(title) LIMIT $limit
        """,
        facts,
    )
    films = {film.id: film for film in load_films(store, [row["id"] for row in rows])}
    wished = [name for genre in _wished_genres(store, wishes) for name in genre.names]
    return [
        RecommendedFilm(
            **films[row["id"]].model_dump(exclude={"label"}),
            score=round(row["score"], 4),
            contributions=[
                Contribution(
                    criterion=name,
                    weight=wish.weight,
                    degree=None if row[f"d{position}"] is None else round(row[f"d{position}"], 3),
                    reason=_reason(name, wish, films[row["id"]], row[f"d{position}"], wished),
                )
                for position, (name, wish) in enumerate(wishes.items())
            ],
        )
        for row in rows
    ]


def _unknown(store: Store, wishes: Criteria, fields: list[CustomField], include_seen: bool) -> list[str]:
    """The wishes that no title can be judged by, in words: what they ask for is recorded of none."""
    facts: dict[str, Any] = {}
    known = ", ".join(
        f"count({_degree(store, name, wish, fields, facts)}) AS d{position}"
        for position, (name, wish) in enumerate(wishes.items())
    )
    counts = store.db.read(
        f"SELECT count(*) AS titles, {known} "
        "FROM media JOIN media_ranking ranking ON ranking.media_id = media.id "
        f"WHERE {'TRUE' if include_seen else 'NOT ranking.seen'}",
        facts,
    )[0]
    silent = [n for position, n in enumerate(wishes) if n != "taste" and not counts[f"d{position}"]]
    return [criterion_words(name) for name in silent] if counts["titles"] else []


def _degree(store: Store, name: str, wish: Criterion, fields: list[CustomField], facts: dict[str, Any]) -> str:
    """The SQL expression of a criterion's degree, NULL where unknown; its parameters go into ``facts``."""
    if name in _COLUMN:
        return _bounded(_COLUMN[name], wish.least, wish.most, _SLACK[name])
    if name == "genre":
        terms = [
            # The strongest of the wished genre and its sub-genres that the title has.
            "coalesce(list_max(list_transform(list_filter("
            "list_zip(ranking.genre_slugs, ranking.genre_weights), "
            f"lambda g: list_contains({_bind(facts, genre.slugs)}::VARCHAR[], g[1])), lambda g: g[2])), 0)"
            for genre in resolve_genres(store, wish.wanted)
        ]
        return f"CASE WHEN len(ranking.genre_slugs) > 0 THEN ({' + '.join(terms)}) / {len(terms)} END"
    if name == "maturity_rating":
        steps = [step for value in wish.wanted if (step := maturity_step(value)) is not None]
        cases = " ".join(
            f"WHEN '{rating}' THEN {max(0.0, 1 - 0.5 * min((abs(step - s) for s in steps), default=2))}"
            for step, ratings in enumerate(MATURITY)
            for rating in ratings
        )
        # What is on no step, such as NR, is either the very one or cannot be judged.
        same = f"list_contains({_bind(facts, wish.wanted)}::VARCHAR[], upper(maturity_rating))"
        return f"CASE WHEN {same} THEN 1 ELSE CASE upper(maturity_rating) {cases} END END"
    if name == "taste":
        near = _taste(store)
        if not near:
            return "NULL"
        ids, values = _bind(facts, list(near)), _bind(facts, list(near.values()))
        return f"coalesce(list_extract({values}::DOUBLE[], list_position({ids}::UUID[], media.id)), 0)"
    if name == "person":
        people = _bind(facts, [resolve_person(store, who)["id"] for who in wish.wanted])
        credited = "SELECT {} FROM media_credits credit WHERE credit.media_id = media.id".format
        return (
            f"CASE WHEN EXISTS ({credited(1)}) THEN "
            f"CASE WHEN EXISTS ({credited(1)} AND credit.person_id IN (SELECT unnest({people}::UUID[]))) "
            "THEN 1 ELSE 0 END END"
        )
    if name in ("media_type", "language"):
        column = "original_language" if name == "language" else "media_type"
        wanted = _bind(facts, [value.casefold() for value in wish.wanted])
        return f"CAST(list_contains({wanted}::VARCHAR[], lower({column})) AS INTEGER)"
    if name == "country":
        countries = "list_transform(from_json(production_countries, '[\"VARCHAR\"]'), lambda c: lower(c))"
        wanted = _bind(facts, [value.casefold() for value in wish.wanted])
        return (
            f"CASE WHEN len({countries}) > 0 THEN list_has_any({countries}, {wanted}::VARCHAR[])::INTEGER END"
        )
    return _custom_degree(name, wish, fields, facts)


def _custom_degree(name: str, wish: Criterion, fields: list[CustomField], facts: dict[str, Any]) -> str:
    by_name = {field.field_name: field for field in fields}
    field = by_name.get(name) or by_name.get(name.removeprefix("custom_field_"))
    if field is None:
        return "NULL"  # deleted since the preset was saved
    default = default_of(field)
    held = f"json_extract(custom_fields, '$.\"{field.field_name}\"')"
    if default is not None:
        held = f"coalesce({held}, {_bind(facts, json.dumps(default))}::JSON)"
    value = f"json_extract_string({held}, '$')"
    if wish.min is not None or wish.max is not None:
        if field.field_type == "date":
            days = f"(TRY_CAST({value} AS DATE) - DATE '{_EPOCH}')"
            first, last = ((b - _EPOCH).days if isinstance(b, date) else None for b in (wish.min, wish.max))
            return _bounded(days, first, last, _DATE_SLACK)
        # There is no unit to go by: half the width of the range, or half the bound, is the slack.
        width = abs((wish.most or 0) - (wish.least or 0)) or 1
        return _bounded(f"TRY_CAST({value} AS DOUBLE)", wish.least, wish.most, width / 2)
    wanted = _bind(facts, [w.casefold() for w in wish.wanted])
    items = f"coalesce(TRY_CAST({held} AS VARCHAR[]), [{value}])"
    return (
        f"CASE WHEN {held} IS NOT NULL THEN "
        f"list_has_any(list_transform({items}, lambda v: lower(v)), {wanted}::VARCHAR[])::INTEGER END"
    )


def _bind(facts: dict[str, Any], value: object) -> str:
    key = f"p{len(facts)}"
    facts[key] = value
    return f"${key}"


def _bounded(column: str, least: float | None, most: float | None, slack: float) -> str:
    terms = []
    if least is not None:
        terms.append(f"greatest(0, {least} - {column})")
    if most is not None:
        terms.append(f"greatest(0, {column} - {most})")
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE greatest(0, 1 - ({' + '.join(terms)}) / {slack}) END"


def _taste(store: Store) -> dict[UUID, float]:
    """Degree by media id: nearness in meaning to what the user rated 7 or more, the best scaled to 1."""
    liked = store.db.read(
        "SELECT id FROM media WHERE user_rating >= 7 ORDER BY user_rating DESC, updated_at DESC LIMIT 20"
    )
    sums: dict[UUID, float] = {}
    for row in liked:
        for media_id, similarity in store.vectors.neighbours(row["id"], 60):
            sums[media_id] = sums.get(media_id, 0.0) + max(0.0, similarity)
    top = max(sums.values(), default=0.0)
    return {media_id: value / top for media_id, value in sums.items()} if top else {}


def _wished_genres(store: Store, wishes: Criteria) -> list[Genre]:
    return resolve_genres(store, wishes["genre"].wanted) if "genre" in wishes else []


def _reason(name: str, wish: Criterion, film: Film, degree: float | None, wished_genres: list[str]) -> str:
    words = criterion_words(name)
    if degree is None:
        return f"{words} not known"
    if name == "genre":
        return " and ".join(([genre for genre in film.genres if genre in wished_genres] or film.genres)[:2])
    if name == "runtime":
        return f"{film.runtime} min"
    if name == "release_year":
        return f"from {film.year}"
    if name == "min_rating":
        rating = film.user_rating if film.user_rating is not None else film.tmdb_rating
        return f"rated {rating_words(rating)}" if rating is not None else "not rated"
    if name == "maturity_rating":
        return f"rated {film.maturity_rating}"
    if name == "taste":
        return "close to what you rate high" if degree else "unlike what you rate high"
    if name == "person":
        return f"{'with' if degree else 'without'} {' or '.join(wish.wanted)}"
    if name == "media_type":
        return film.media_type
    if name == "language":
        return f"language {film.original_language}"
    if name == "country":
        return f"{'from' if degree else 'not from'} {' or '.join(wish.wanted)}"
    if name in ("director_score", "screenwriter_score"):
        names = film.directors if name == "director_score" else film.writers
        return f"by {' and '.join(names[:2])}" if names else words
    held = film.custom_fields.get(name, film.custom_fields.get(name.removeprefix("custom_field_")))
    return f"{words} {value_words(held)}" if held is not None else f"{words} by default"
