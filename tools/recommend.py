"""Weighted, explained recommendation.

The score is the weighted mean of each criterion's degree of satisfaction in [0, 1] over the criteria that could be
judged for that title (simple additive weighting, Hwang and Yoon 1981): sum(weight x degree) / sum(weight).
"""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from store.errors import Invalid
from store.store import Store
from tools.catalogue import MediaType, resolve_person
from tools.criteria import Criteria, Criterion, build_config, describe, read_criteria
from tools.fields import active_fields
from tools.films import Film, load_films, numbered, rating_words
from tools.genres import resolve_genres
from tools.presets import find_preset, use_preset
from tools.tool import Result, tool

_MATURITY = (
    ("G", "TV-Y", "TV-G"),
    ("PG", "TV-Y7", "TV-PG"),
    ("PG-13", "TV-14"),
    ("R", "TV-MA"),
    ("NC-17",),
)
_SLACK = {
    "min_rating": 2.0,
    "runtime": 30.0,
    "release_year": 10.0,
    "director_score": 2.0,
    "screenwriter_score": 2.0,
}
"""How far outside a bound a title may lie, in the bound's unit, before its degree is 0."""
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

    Without any wish it goes by taste: what resembles the titles you rated high.

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
        language: ISO 639-1 code of the original language.
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
        NotFound: no such preset, genre or person.
        Invalid: a criterion is unknown or out of range.
    """
    config: dict[str, Any] = {}
    used = find_preset(store, preset) if preset else None
    if used:
        config |= used.criteria_config
    config |= criteria or {}
    config |= build_config(
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
    wishes = read_criteria(config or {"taste": {"min": 0}}, [f.field_name for f in active_fields(store)])
    ranked = _rank(store, wishes, include_seen, limit)
    if used:
        use_preset(store, used)
    words = describe(wishes)
    if not ranked:
        hint = "" if include_seen else " Say “also what I have seen” to widen the search."
        return Recommendations(summary=f"Nothing in your library fits {words}.{hint}", films=[], criteria=words)
    lines = [f"{film.label}: {', '.join(film.reasons[:3])}" if film.reasons else film.label for film in ranked]
    by = f"By your preset {used.name}" if used else f"By {words}"
    if list(wishes) == ["taste"] and ranked[0].contributions[0].degree is None:
        by = "I do not know your taste yet: rate a few titles. Until then, from your library"
    return Recommendations(summary=f"{by}:\n{numbered(lines)}", films=ranked, criteria=words)


def _rank(store: Store, wishes: Criteria, include_seen: bool, limit: int) -> list[RecommendedFilm]:
    """One statement: hard filters first, then each criterion's degree, the score, and the best."""
    facts: dict[str, Any] = {"limit": limit}
    degrees = {name: _degree(store, name, wish, facts) for name, wish in wishes.items()}
    filters = [] if include_seen else ["NOT ranking.seen"]
    columns = []
    for position, (name, wish) in enumerate(wishes.items()):
        columns.append(f"({degrees[name]})::DOUBLE AS d{position}")
        if wish.required:
            filters.append(f"({degrees[name]}) >= {0.01 if name == 'genre' else 1}")
    weighed = [(f"d{position}", wish.weight) for position, wish in enumerate(wishes.values())]
    gained = " + ".join(f"coalesce({d}, 0) * {w}" for d, w in weighed)
    judged = " + ".join(f"CASE WHEN {d} IS NULL THEN 0 ELSE {w} END" for d, w in weighed)
    rows = store.db.read(
        f"""
        WITH judged AS (
            SELECT media.id, popularity_score, title, {", ".join(columns)}
            FROM media JOIN media_ranking ranking ON ranking.media_id = media.id
            WHERE {" AND ".join(filters) or "TRUE"}
        ),
        scored AS (SELECT *, ({judged}) AS possible, ({gained}) AS gained FROM judged)
        SELECT *, CASE WHEN possible > 0 THEN gained / possible ELSE 0 END AS score FROM scored
        WHERE gained > 0 OR possible = 0
        ORDER BY score DESC, possible DESC, popularity_score DESC NULLS LAST, hash(title) LIMIT $limit
        """,
        facts,
    )
    films = {film.id: film for film in load_films(store, [row["id"] for row in rows])}
    return [
        RecommendedFilm(
            **films[row["id"]].model_dump(exclude={"label"}),
            score=round(row["score"], 4),
            contributions=[
                Contribution(
                    criterion=name,
                    weight=wish.weight,
                    degree=None if row[f"d{position}"] is None else round(row[f"d{position}"], 3),
                    reason=_reason(name, wish, films[row["id"]], row[f"d{position}"]),
                )
                for position, (name, wish) in enumerate(wishes.items())
            ],
        )
        for row in rows
    ]


def _degree(store: Store, name: str, wish: Criterion, facts: dict[str, Any]) -> str:
    """The SQL expression of a criterion's degree; its parameters go into ``facts``."""
    key = f"p{len(facts)}"
    if name in _COLUMN:
        least, most = (wish.min, wish.max) if wish.max is not None else (wish.least, None)
        return _bounded(_COLUMN[name], least, most, _SLACK[name])
    if name == "genre":
        terms = []
        for genre in resolve_genres(store, wish.wanted):
            facts[key] = genre.slugs
            # The strongest of the wished genre and its sub-genres that the title has.
            terms.append(
                "coalesce(list_max(list_transform(list_filter(list_zip(ranking.genre_slugs, ranking.genre_weights), "
                f"lambda g: list_contains(${key}::VARCHAR[], g[1])), lambda g: g[2])), 0)"
            )
            key = f"p{len(facts)}"
        return f"({' + '.join(terms)}) / {len(terms)}"
    if name == "maturity_rating":
        steps = [_maturity_step(value) for value in wish.wanted]
        cases = " ".join(
            f"WHEN '{rating}' THEN {max(0.0, 1 - 0.5 * min(abs(step - s) for s in steps))}"
            for step, ratings in enumerate(_MATURITY)
            for rating in ratings
        )
        return f"CASE maturity_rating {cases} END"
    if name == "taste":
        near = _taste(store)
        if not near:
            return "NULL"
        facts[f"{key}_ids"], facts[f"{key}_degrees"] = list(near), list(near.values())
        return (
            f"coalesce(list_extract(${key}_degrees::DOUBLE[], list_position(${key}_ids::UUID[], media.id)), 0)"
        )
    if name == "person":
        people = [resolve_person(store, who)["id"] for who in wish.wanted]
        facts[key] = people
        return (
            "CASE WHEN EXISTS (SELECT 1 FROM media_credits credit WHERE credit.media_id = media.id "
            f"AND credit.person_id IN (SELECT unnest(${key}::UUID[]))) THEN 1 ELSE 0 END"
        )
    if name in ("media_type", "language", "country"):
        facts[key] = [value.casefold() for value in wish.wanted]
        if name == "country":
            countries = "list_transform(from_json(production_countries, '[\"VARCHAR\"]'), lambda c: lower(c))"
            return f"CASE WHEN list_has_any({countries}, ${key}::VARCHAR[]) THEN 1 ELSE 0 END"
        column = "original_language" if name == "language" else "media_type"
        return f"CASE WHEN {column} IS NULL THEN NULL WHEN list_contains(${key}::VARCHAR[], lower({column})) THEN 1 ELSE 0 END"
    return _custom_degree(name, wish, facts)


def _custom_degree(name: str, wish: Criterion, facts: dict[str, Any]) -> str:
    field = name.removeprefix("custom_field_")
    value = f"json_extract_string(custom_fields, '$.{field}')"
    if wish.min is not None or wish.max is not None:
        spread = abs((wish.max or wish.min or 0) - (wish.min or 0)) or abs(wish.min or wish.max or 1) or 1
        return _bounded(f"TRY_CAST({value} AS DOUBLE)", wish.min, wish.max, spread / 2)
    key = f"p{len(facts)}"
    facts[key] = [str(w).casefold() for w in wish.wanted]
    items = f"coalesce(TRY_CAST(json_extract(custom_fields, '$.{field}') AS VARCHAR[]), [{value}])"
    return (
        f"CASE WHEN {value} IS NULL THEN NULL "
        f"WHEN list_has_any(list_transform({items}, lambda v: lower(v)), ${key}::VARCHAR[]) THEN 1 ELSE 0 END"
    )


def _bounded(column: str, least: float | None, most: float | None, slack: float) -> str:
    terms = []
    if least is not None:
        terms.append(f"greatest(0, {least} - {column})")
    if most is not None:
        terms.append(f"greatest(0, {column} - {most})")
    return f"CASE WHEN {column} IS NULL THEN NULL ELSE greatest(0, 1 - ({' + '.join(terms)}) / {slack}) END"


def _maturity_step(rating: str) -> int:
    for step, ratings in enumerate(_MATURITY):
        if rating.upper() in ratings:
            return step
    known = ", ".join(r for ratings in _MATURITY for r in ratings)
    raise Invalid("maturity_rating", rating, f"one of {known}")


def _taste(store: Store) -> dict[UUID, float]:
    """Degree by media id: nearness in meaning to what the user rated 7 or more, the best 60 titles scaled to 0-1."""
    liked = store.db.read(
        "SELECT id FROM media WHERE user_rating >= 7 ORDER BY user_rating DESC, updated_at DESC LIMIT 20"
    )
    sums: dict[UUID, float] = {}
    for row in liked:
        for media_id, similarity in store.vectors.neighbours(row["id"], 60):
            sums[media_id] = sums.get(media_id, 0.0) + max(0.0, similarity)
    top = max(sums.values(), default=0.0)
    return {media_id: value / top for media_id, value in sums.items()} if top else {}


def _reason(name: str, wish: Criterion, film: Film, degree: float | None) -> str:
    words = name.removeprefix("custom_field_").replace("_", " ").removeprefix("min ")
    if degree is None:
        return f"{words} not known"
    if name == "genre":
        return f"{' and '.join(film.genres[:2])}" if film.genres else "no genre known"
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
        return "close to what you rate high"
    if name == "person":
        return f"with {' and '.join(wish.wanted)}"
    if name == "media_type":
        return film.media_type
    if name in ("director_score", "screenwriter_score"):
        names = film.directors if name == "director_score" else film.writers
        return f"by {' and '.join(names[:2])}" if names else words
    return f"{words} {' or '.join(wish.wanted)}".strip()
