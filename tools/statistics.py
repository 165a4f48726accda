"""Figures of the diary: how much, how good, what kind."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from store.store import Store
from tools.films import and_list, count_words
from tools.genres import MAIN_GENRES
from tools.tool import Result, tool
from tools.user_rating import REVIEW_DAY
from tools.viewings import VIEWINGS, hours_words
from tools.when import When, read_span


class Share(BaseModel):
    """A group with how many viewings it has and the mean rating of its reviewed titles."""

    name: str
    viewings: int
    average_rating: float | None = None


class Statistics(Result):
    """Figures of a time; ``since`` and ``until`` are None for all time.

    ``rewatches`` are whole viewings of a title that was seen whole before; ``months`` are the last 24 with any.
    """

    since: date | None
    until: date | None
    viewings: int
    titles: int
    rewatches: int
    hours: float
    reviews: int
    average_rating: float | None
    genres: list[Share]
    directors: list[Share]
    months: list[Share]


@tool("read")
def statistics(store: Store, *, since: When | None = None, until: When | None = None) -> Statistics:
    """Sum up the diary: viewings, hours, average rating, favourite genres and directors.

    Args:
        store: the library.
        since: from this day; a range such as "last month" or "this year" gives both ends.
        until: to this day.

    Raises:
        Invalid: no date can be read in since or until.
    """
    start, end = read_span(since, until, store.clock(), "past")
    facts: dict[str, Any] = {"start": start or date.min, "end": end or date.max}
    totals = store.db.read(
        f"""
        SELECT count(*) AS viewings, count(DISTINCT media_id) AS titles, count(*) FILTER (again) AS rewatches,
            coalesce(sum(length), 0) / 60.0 AS hours
        FROM ({VIEWINGS}) WHERE day BETWEEN $start AND $end
        """,
        facts,
    )[0]
    reviews = store.db.read(
        f"""
        SELECT count(*) AS reviews, round(avg(rating), 2)::DOUBLE AS average_rating FROM user_reviews review
        WHERE {REVIEW_DAY} BETWEEN $start AND $end
        """,
        facts,
    )[0]
    result = Statistics(
        summary="",
        since=start,
        until=end,
        viewings=totals["viewings"],
        titles=totals["titles"],
        rewatches=totals["rewatches"],
        hours=round(float(totals["hours"]), 1),
        **reviews,
        genres=_shares(
            store,
            "genre.name",
            f"JOIN ({MAIN_GENRES}) genre USING (media_id)",
            facts,
        ),
        directors=_shares(
            store,
            "people.name",
            "JOIN media_credits USING (media_id) "
            "JOIN people ON people.id = person_id AND department = 'Directing'",
            facts,
        ),
        months=_shares(store, "strftime(watched_at, '%Y-%m')", "", facts, "name DESC")[::-1],
    )
    result.summary = _words(result)
    return result


def _shares(
    store: Store,
    name: str,
    joins: str,
    facts: dict[str, Any],
    order: str = "viewings DESC, average_rating DESC NULLS LAST, name",
) -> list[Share]:
    rows = store.db.read(
        f"""
        WITH title AS (
            SELECT {name} AS name, media.id, user_rating, count(*) AS viewings
            FROM watch_history JOIN media ON media.id = media_id {joins}
            WHERE watched_at::DATE BETWEEN $start AND $end GROUP BY ALL
        )
        SELECT name, sum(viewings)::BIGINT AS viewings, round(avg(user_rating), 2)::DOUBLE AS average_rating
        FROM title GROUP BY name ORDER BY {order} LIMIT 24
        """,
        facts,
    )
    return [Share(**row) for row in rows]


def _words(result: Statistics) -> str:
    if not result.viewings and not result.reviews:
        return "Your diary has nothing in that time yet."
    words = f"{count_words(result.viewings, 'viewing')} of {count_words(result.titles, 'title')}"
    if result.rewatches:
        words += f" ({count_words(result.rewatches, 'rewatch')})"
    words += f", {hours_words(result.hours)}"
    if result.reviews:
        words += f"; {count_words(result.reviews, 'review')}, average {result.average_rating:g}/10"
    lines = [f"{words}."]
    if result.genres:
        lines.append(f"Most watched: {and_list([f'{g.name} ({g.viewings})' for g in result.genres[:3]])}.")
    if result.directors:
        top = and_list([f"{d.name} ({d.viewings})" for d in result.directors[:3]])
        lines.append(f"Directors: {top}.")
    return "\n".join(lines)
