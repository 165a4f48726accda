"""Every fact of a title, for scripts and imports that know more than a conversation asks for."""

import json
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from store.database import Row
from store.errors import Invalid
from store.store import Store
from tools.catalogue import FilmResult, refuse_twin, set_genres
from tools.films import and_list, load_films
from tools.tool import tool

Count = Annotated[int, Field(ge=0, strict=True)]
Weight = Annotated[float, Field(ge=0, le=1, strict=True)]
_JSON = ("production_countries", "spoken_languages")


class Facts(TypedDict, total=False):
    """Columns of media, and the weight of each genre; what is not given stays, null clears."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    tmdb_id: Count | None
    imdb_id: str | None
    original_title: str | None
    release_date: date | None
    runtime: Count | None
    overview: str | None
    tagline: str | None
    tmdb_rating: Annotated[float, Field(ge=0, le=10, strict=True)] | None
    tmdb_vote_count: Count | None
    popularity_score: Annotated[float, Field(strict=True, allow_inf_nan=False)] | None
    maturity_rating: str | None
    recommended_age_min: Count | None
    recommended_age_max: Count | None
    original_language: str | None
    production_countries: list[str] | None
    spoken_languages: list[dict[str, str]] | None
    poster_path: str | None
    backdrop_path: str | None
    trailer_url: str | None
    status: str | None
    genres: dict[str, Weight] | None


@tool("write", chat=False)
def set_facts(store: Store, *, title: str, facts: Facts) -> FilmResult:
    """Set or clear any facts of a title at once; what is not given stays, null clears.

    Args:
        store: the library.
        title: its name, also partial or misspelt.
        facts: by column: tmdb_id, imdb_id, original_title, release_date, runtime, overview, tagline,
            tmdb_rating (0 to 10), tmdb_vote_count, popularity_score, maturity_rating, recommended_age_min,
            recommended_age_max, original_language (ISO 639-1), production_countries (a list of ISO 3166-1
            codes), spoken_languages (a list of objects with iso_639_1, english_name and name), poster_path,
            backdrop_path, trailer_url, status; and genres, weights from 0 to 1 by name, which replace all.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve; or a genre is not in the taxonomy.
        Conflict: another title has that TMDB id, or that name and year.
        Invalid: no fact was given, or one is unknown or outside its range.
    """
    media = store.titles.resolve(title)
    if not facts:
        raise Invalid("facts", None, "given: at least one fact to set or clear")
    changes: Row = {**facts}
    genres: dict[str, Any] | None = changes.pop("genres", None)
    if facts.get("release_date"):
        refuse_twin(store, media.title, facts["release_date"], media)
    for column in _JSON:
        if changes.get(column) is not None:
            changes[column] = json.dumps(changes[column], ensure_ascii=False)
    with store.db.write("set_facts") as write:
        row = write.update("media", media.id, changes)
        low, high = row["recommended_age_min"], row["recommended_age_max"]
        if low is not None and high is not None and low > high:
            raise Invalid("recommended_age_max", high, f"{low} or more, the least age")
        if "genres" in facts:
            set_genres(write, store, media.id, genres or {})
        film = load_films(store, [media.id])[0]
        write.label = f"Changed {and_list([name.replace('_', ' ') for name in facts])} of {film.label}."
    return FilmResult(summary=write.label, film=film)
