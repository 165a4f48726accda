"""Questions over the user's own data: how much, how good, what most; the rows that were counted are shown."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from store.database import Row
from store.errors import Invalid
from store.store import Store
from tools.calendar import EVENTS, Event, event_line, span_words
from tools.catalogue import MEDIA_NOUNS, MediaType, title_filters
from tools.films import and_list, count_words, date_words, numbered, rating_words
from tools.filters import Filter, where, wishes_words
from tools.genres import MAIN_GENRES
from tools.reviews import REVIEWS, Rating, Review, read_review, review_line
from tools.tool import Result, tool
from tools.viewings import VIEWINGS, Viewing, hours_words, viewing_line
from tools.when import When, read_span

Entries = Literal["viewings", "reviews", "events"]
Measure = Literal[
    "count", "hours", "average_rating", "highest", "lowest", "first", "last", "longest", "shortest"
]
GroupBy = Literal[
    "genre",
    "director",
    "actor",
    "writer",
    "title",
    "media_type",
    "decade",
    "release_year",
    "year",
    "month",
    "weekday",
    "source",
    "context",
    "rating",
]
_MEASURES: dict[Entries, tuple[Measure, ...]] = {
    "viewings": ("count", "hours", "first", "last", "longest", "shortest"),
    "reviews": ("count", "average_rating", "highest", "lowest", "first", "last"),
    "events": ("count", "first", "last"),
}

# Each gives an entry's day and moment, and what else can be asked of it.
_ENTRIES: dict[Entries, str] = {
    "viewings": f"""
        SELECT viewing.*, watched_at AS moment, user_rating::DOUBLE AS rating, runtime
        FROM ({VIEWINGS}) viewing JOIN media ON media.id = media_id
    """,
    "reviews": f"""
        SELECT review.*, day::TIMESTAMP AS moment, source, context, completed, rewatch_count > 0 AS again,
            NULL::INTEGER AS length
        FROM ({REVIEWS}) review LEFT JOIN (
            SELECT media_id, watched_at::DATE AS day, max_by(watch_source, watched_at) AS source,
                max_by(watch_context, watched_at) AS context, bool_or(completed) AS completed
            FROM watch_history GROUP BY ALL
        ) viewing USING (media_id, day)
    """,
    "events": f"""
        SELECT event.*, event_date AS day, event_date + coalesce(event_time, TIME '23:59:59') AS moment,
            location AS source, user_rating::DOUBLE AS rating, NULL::INTEGER AS length
        FROM ({EVENTS}) event LEFT JOIN media ON media.id = media_id
    """,
}
_CHOSEN = """
SELECT entry.*, media_type FROM ({entries}) entry LEFT JOIN media ON media.id = media_id WHERE {where}
"""
_FIGURES = """
count(*) {over} AS total, count(DISTINCT coalesce(media_id, id)) {over} AS titles,
round(avg(rating) {over}, 2)::DOUBLE AS average_rating, coalesce(sum(length) {over}, 0)::BIGINT AS summed,
count(*) FILTER (length IS NULL) {over} AS unmeasured
"""
_LABEL = "CASE WHEN year IS NULL THEN title ELSE title || ' (' || year || ')' END"
_NEWEST = "moment DESC, created_at DESC"
_ORDER: dict[Measure, str] = {
    "first": "moment, created_at",
    "highest": f"rating DESC, {_NEWEST}",
    "lowest": f"rating, {_NEWEST}",
    "longest": f"runtime DESC NULLS LAST, {_NEWEST}",
    "shortest": f"runtime NULLS LAST, {_NEWEST}",
}

_CREDITED = (
    "JOIN (SELECT DISTINCT media_id, person_id, people.name FROM media_credits "
    "JOIN people ON people.id = person_id WHERE department = '{}') group_of USING (media_id)"
)
# The name of a group, what it is one by, and the join that tells; later keys are shown last.
_GROUPS: dict[GroupBy, tuple[str, str, str]] = {
    "genre": ("group_of.name", "group_of.name", f"JOIN ({MAIN_GENRES}) group_of USING (media_id)"),
    "director": ("group_of.name", "person_id", _CREDITED.format("Directing")),
    "actor": ("group_of.name", "person_id", _CREDITED.format("Acting")),
    "writer": ("group_of.name", "person_id", _CREDITED.format("Writing")),
    "title": ("label", "coalesce(media_id::VARCHAR, lower(label))", ""),
    "media_type": ("media_type", "media_type", ""),
    "decade": ("(year // 10 * 10) || 's'", "year // 10", ""),
    "release_year": ("year::VARCHAR", "year", ""),
    "year": ("year(day)::VARCHAR", "year(day)", ""),
    "month": ("strftime(day, '%B %Y')", "strftime(day, '%Y-%m')", ""),
    "weekday": ("dayname(day)", "isodow(day)", ""),
    "source": ("source", "lower(source)", ""),
    "context": ("context", "lower(context)", ""),
    "rating": ("format('{:g}/10', rating)", "rating", ""),
}
_IN_ORDER = ("decade", "release_year", "year", "month", "weekday", "rating")
"""Groups that have an order of their own, in which they are shown."""
_TITLES_SHOWN = 3


class Group(BaseModel):
    """The entries that share a genre, a director, a month …; ``labels`` are their titles, the latest first."""

    name: str
    total: int
    titles: int
    average_rating: float | None
    hours: float | None
    labels: list[str]


class DiaryAnswer(Result):
    """Figures over the entries that fit, and these entries; where they are grouped, the groups instead.

    ``total`` and ``titles`` count all that fit, shown or not. ``average_rating`` is the mean of reviews, each
    review counting once, so a title reviewed twice counts twice. ``hours`` are those of viewings: the minutes
    watched, or for whole viewings the runtime; ``unmeasured`` counts those of which neither is known.
    ``only_rated`` are titles that fit and have reviews but no viewing, where neither time, place nor company is
    asked for.
    """

    of: Entries
    measure: Measure
    total: int
    titles: int
    average_rating: float | None = None
    hours: float | None = None
    unmeasured: int = 0
    only_rated: list[str] = Field(default_factory=list)
    groups: list[Group] = Field(default_factory=list)
    viewings: list[Viewing] = Field(default_factory=list)
    reviews: list[Review] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)


@tool("read")
def query_diary(
    store: Store,
    *,
    of: Entries | None = None,
    measure: Measure = "count",
    group_by: GroupBy | None = None,
    title: str | None = None,
    person: str | None = None,
    genre: str | None = None,
    media_type: MediaType | None = None,
    language: str | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    since: When | None = None,
    until: When | None = None,
    min_rating: Rating | None = None,
    max_rating: Rating | None = None,
    min_runtime: Annotated[int | None, Field(ge=0)] = None,
    max_runtime: Annotated[int | None, Field(ge=0)] = None,
    source: str | None = None,
    context: str | None = None,
    completed: bool | None = None,
    rewatch: bool | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 12,
) -> DiaryAnswer:
    """Count, add up, average or rank your viewings, reviews or plans: how many, how long, what most, when last.

    A review has the source, the company and the end of the viewing of its title on its day. Groups are ranked
    by the measure; times, decades and ratings are shown in their order. An entry of several genres or people is
    in the group of each; one without any is in none.

    Args:
        store: the library.
        of: viewings, reviews or events (the calendar); by default reviews where ratings are asked for, else
            viewings.
        measure: count; hours of viewings; average_rating, highest or lowest of reviews; first or last; longest
            or shortest of viewings, by the runtime of their titles.
        group_by: genre (sub-genres count for their main one), director, actor, writer, title, media_type,
            decade or release_year of the title, year, month or weekday of the entry, source, context or rating.
        title: only this title.
        person: only what this person directed, wrote or acted in.
        genre: a genre's name or slug; its sub-genres count.
        media_type: movie, tv, anime or documentary.
        language: ISO 639-1 code of the original language.
        year_from: earliest release year.
        year_to: latest release year.
        since: on or after this day; a range such as "last month" gives both ends. Events without a time are the
            open ones from today on, unless completed says otherwise.
        until: on or before this day.
        min_rating: rated at least this, 0 to 10; viewings and events have the rating of their title.
        max_rating: rated at most this.
        min_runtime: titles of at least so many minutes.
        max_runtime: titles of at most so many minutes.
        source: only from there: Netflix, Theater, Blu-ray …; of events the place.
        context: only in that company.
        completed: only seen to the end (true) or only partial (false); of events only done or only open.
        rewatch: only viewings again (true) or only first ones (false) of titles; of reviews those of a rewatch.
        limit: how many entries or groups are shown at most, 1 to 200.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve; or no such genre or person, or several.
        Invalid: a value is outside its range, no date can be read, or entries are asked for what they do not
            have, such as the hours of reviews.
    """
    rated = measure in ("average_rating", "highest", "lowest") or group_by == "rating"
    if of is None:
        by_rating = (min_rating, max_rating) != (None, None) and measure != "hours"
        of = "reviews" if rated or by_rating else "viewings"
    _check(of, measure, group_by, context, rewatch)
    now = store.clock()
    start, end = read_span(since, until, now, "future" if of == "events" else "past")
    if of == "events" and (start, end, completed) == (None, None, None):
        start, completed = now.date(), False
    media = store.titles.resolve(title) if title else None
    done = ("done", "still open") if of == "events" else ("seen to the end", "not finished")
    wishes = [
        Filter(
            "media",
            media.id if media else None,
            "entry.media_id = $media",
            f"of {media.label}" if media else "",
        ),
        *title_filters(
            store, genre=genre, person=person, media_type=media_type, year_from=year_from, year_to=year_to
        ),
        Filter(
            "language",
            language,
            "lower(media.original_language) = lower($language)",
            f"in the language “{language}”",
        ),
        Filter("low", min_rating, "entry.rating >= $low", _rated_words(min_rating, max_rating)),
        Filter(
            "high",
            max_rating,
            "entry.rating <= $high",
            _rated_words(None, max_rating) if min_rating is None else "",
        ),
        Filter("shortest", min_runtime, "media.runtime >= $shortest", f"of {min_runtime} minutes or more"),
        Filter("longest", max_runtime, "media.runtime <= $longest", f"of up to {max_runtime} minutes"),
        Filter("source", source, "lower(entry.source) = lower($source)", f"({source})"),
        Filter(
            "context", context, "contains(lower(entry.context), lower($context))", f"in the company “{context}”"
        ),
        Filter("completed", completed, "entry.completed = $completed", done[0 if completed else 1]),
        Filter(
            "again", rewatch, "entry.again = $again", "seen again" if rewatch else "seen for the first time"
        ),
        Filter("since", start, "entry.day >= $since"),
        Filter("until", end, "entry.day <= $until"),
    ]
    condition, facts = where(wishes)
    chosen = _CHOSEN.format(entries=_ENTRIES[of], where=condition)
    scope = wishes_words(wishes) + _time_words(start, end, now.date())
    order = _ORDER.get(measure, "moment, created_at" if of == "events" and measure != "last" else _NEWEST)
    rows = store.db.read(
        f"SELECT *, {_FIGURES.format(over='OVER ()')} FROM ({chosen}) ORDER BY {order} LIMIT $limit",
        {**facts, "limit": limit},
    )
    of_no_viewing = {"since", "until", "source", "context", "completed", "again"}
    asks_seen = of == "viewings" and measure == "count" and not group_by and not of_no_viewing & set(facts)
    only_rated = _only_rated(store, condition, facts) if asks_seen else []
    if not rows:
        summary = _nothing_words(of, media_type, scope) + _only_rated_words(only_rated, " ")
        return DiaryAnswer(summary=summary, of=of, measure=measure, total=0, titles=0, only_rated=only_rated)
    answer = _answer(of, measure, rows[0])
    answer.only_rated = only_rated
    counted = _counted_words(answer, media_type, bool(media)) + scope
    if group_by:
        groups = _groups(store, chosen, facts, group_by, answer)
        answer.groups = groups[-limit:] if group_by in _IN_ORDER else groups[:limit]
        answer.summary = _groups_words(answer, counted, group_by, groups)
        return answer
    shown = numbered(_keep(answer, rows, now))
    lines = [f"{_head(answer, counted, rows[0], now)}:", shown]
    if answer.total > len(rows):
        lines.append(f"and {answer.total - len(rows)} more.")
    answer.summary = "\n".join(lines) + _only_rated_words(only_rated, "\n")
    return answer


def _check(
    of: Entries, measure: Measure, group_by: GroupBy | None, context: str | None, rewatch: bool | None
) -> None:
    """Refuse what cannot be asked.

    Raises:
        Invalid: the entries have no such measure, company or rewatches, or groups are asked for a first one.
    """
    if measure not in _MEASURES[of]:
        raise Invalid("measure", measure, f"{', '.join(_MEASURES[of][:-1])} or {_MEASURES[of][-1]} of {of}")
    if group_by and measure in ("first", "last", "longest", "shortest"):
        raise Invalid("group_by", group_by, f"left out where the {measure} is asked for")
    if of == "events":
        for name, value in (("context", context), ("rewatch", rewatch)):
            if value is not None:
                raise Invalid(name, value, "left out: events do not tell it")


def _answer(of: Entries, measure: Measure, figures: Row) -> DiaryAnswer:
    return DiaryAnswer(
        summary="",
        of=of,
        measure=measure,
        total=figures["total"],
        titles=figures["titles"],
        average_rating=figures["average_rating"] if of == "reviews" else None,
        hours=round(figures["summed"] / 60, 1) if of == "viewings" else None,
        unmeasured=figures["unmeasured"] if of == "viewings" else 0,
    )


def _keep(answer: DiaryAnswer, rows: list[Row], now: datetime) -> list[str]:
    """Put the rows into the answer, and tell each in a line."""
    if answer.of == "viewings":
        answer.viewings = [Viewing(**row) for row in rows]
        return [viewing_line(viewing, now) for viewing in answer.viewings]
    if answer.of == "reviews":
        answer.reviews = [read_review(row) for row in rows]
        return [review_line(review) for review in answer.reviews]
    answer.events = [Event(**row) for row in rows]
    return [event_line(event, now) for event in answer.events]


def _only_rated(store: Store, condition: str, facts: dict[str, object]) -> list[str]:
    """The titles whose reviews fit, but that no viewing tells of."""
    chosen = _CHOSEN.format(entries=_ENTRIES["reviews"], where=condition)
    rows = store.db.read(
        f"SELECT {_LABEL} AS label FROM ({chosen}) WHERE media_id NOT IN (SELECT media_id FROM watch_history) "
        f"ORDER BY {_NEWEST}",
        facts,
    )
    return list(dict.fromkeys(row["label"] for row in rows))


def _only_rated_words(labels: list[str], before: str) -> str:
    return f"{before}Rated without a viewing in the diary: {_titles_words(labels)}." if labels else ""


def _titles_words(labels: list[str]) -> str:
    shown = labels[:_TITLES_SHOWN]
    hidden = len(labels) - len(shown)
    return and_list([*shown, *([f"{hidden} more"] if hidden else [])])


def _groups(
    store: Store, chosen: str, facts: dict[str, object], group_by: GroupBy, answer: DiaryAnswer
) -> list[Group]:
    """All groups, the ones with an order of their own in it, the others ranked by the measure."""
    name, key, join = _GROUPS[group_by]
    rows = store.db.read(
        f"""
        WITH chosen AS (
            SELECT *, {_LABEL} AS label FROM ({chosen})
        )
        SELECT min({name}) AS name, {_FIGURES.format(over="")}, list(label ORDER BY {_NEWEST}) AS labels
        FROM chosen {join} WHERE {name} IS NOT NULL GROUP BY {key} ORDER BY {key}
        """,
        facts,
    )
    groups = [
        Group(
            name=row["name"],
            total=row["total"],
            titles=row["titles"],
            average_rating=row["average_rating"] if answer.of == "reviews" else None,
            hours=round(row["summed"] / 60, 1) if answer.of == "viewings" else None,
            labels=list(dict.fromkeys(row["labels"])),
        )
        for row in rows
    ]
    if group_by not in _IN_ORDER:
        groups.sort(key=lambda group: (-_figure(group, answer.measure), -group.total, group.name))
    return groups


def _figure(group: Group, measure: Measure) -> float:
    """What a group is ranked by, the highest first."""
    if measure == "hours":
        return group.hours or 0.0
    if measure in ("average_rating", "highest", "lowest"):
        average = group.average_rating or 0.0
        return -average if measure == "lowest" else average
    return group.total


def _nothing_words(of: Entries, media_type: MediaType | None, scope: str) -> str:
    whose = {"viewings": "Your diary has", "reviews": "You have", "events": "Your calendar has"}[of]
    return f"{whose} no {of}{_kind_words(media_type)}{scope}."


def _kind_words(media_type: MediaType | None) -> str:
    return f" of {count_words(0, MEDIA_NOUNS[media_type]).removeprefix('0 ')}" if media_type else ""


def _counted_words(answer: DiaryAnswer, media_type: MediaType | None, of_one_title: bool) -> str:
    """How much was counted: ``5 viewings of 4 titles``."""
    words = count_words(answer.total, answer.of.removesuffix("s"))
    if answer.of == "events":
        return words + _kind_words(media_type)
    if of_one_title:
        return words
    return f"{words} of {count_words(answer.titles, MEDIA_NOUNS[media_type] if media_type else 'title')}"


def _head(answer: DiaryAnswer, counted: str, first: Row, now: datetime) -> str:
    """The answer in a line, without what ends it."""
    if answer.measure in ("highest", "lowest"):
        return f"Your {answer.measure} rating is {rating_words(first['rating'])}, of {counted}"
    if answer.measure in ("longest", "shortest"):
        length = f", {first['runtime']} minutes" if first["runtime"] else ""
        return f"The {answer.measure} is {answer.viewings[0].label}{length}, of {counted}"
    if answer.measure in ("first", "last"):
        day = date_words(first["day"], now.date())
        return f"{counted}, the {answer.measure} {'on ' if day[0].isupper() else ''}{day}"
    return _sum_words(answer, counted)


def _sum_words(answer: DiaryAnswer, counted: str) -> str:
    if answer.measure == "hours":
        unknown = f" ({answer.unmeasured} of unknown length left out)" if answer.unmeasured else ""
        return f"{hours_words(answer.hours or 0.0)}, over {counted}{unknown}"
    if answer.measure == "count":
        return counted
    return f"Your average is {rating_words(answer.average_rating or 0.0)}, over {counted}"


def _groups_words(answer: DiaryAnswer, counted: str, group_by: GroupBy, groups: list[Group]) -> str:
    by = {"context": "company"}.get(group_by, group_by.replace("_", " "))
    head = f"{_sum_words(answer, counted)}, by {by}"
    if not groups:
        return f"{_sum_words(answer, counted)}; none has a {by}."
    best = max(_figure(group, answer.measure) for group in groups)
    leading = [group.name for group in groups if _figure(group, answer.measure) == best]
    if group_by in _IN_ORDER and len(leading) <= min(3, len(groups) - 1):
        rank = {"highest": "highest", "average_rating": "highest", "lowest": "lowest"}
        head += f" ({rank.get(answer.measure, 'most')}: {and_list(leading)})"
    lines = [_group_line(group, answer, group_by) for group in answer.groups]
    hidden = len(groups) - len(answer.groups)
    if hidden:
        lines.insert(0 if group_by in _IN_ORDER else len(lines), f"and {hidden} more")
    return "\n".join([f"{head}:", *lines])


def _group_line(group: Group, answer: DiaryAnswer, group_by: GroupBy) -> str:
    words = count_words(group.total, answer.of.removesuffix("s"))
    if answer.measure == "hours":
        words = f"{hours_words(group.hours or 0.0)}, {words}"
    elif answer.measure != "count":
        words = f"average {rating_words(group.average_rating or 0.0)}, {words}"
    if group_by == "title":
        return f"{group.name}: {words}"
    return f"{group.name}: {words} – {_titles_words(group.labels)}"


def _rated_words(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"rated {rating_words(low)}" if low == high else f"rated {low:g} to {rating_words(high)}"
    return (
        f"rated {rating_words(low)} or more"
        if low is not None
        else f"rated {rating_words(high or 0.0)} or less"
    )


def _time_words(start: date | None, end: date | None, today: date) -> str:
    """A time as users read it, beginning with a blank; whole months and years by their names."""
    if start and end and start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f" in {start:%B %Y}"
        if (start.month, end.month) == (1, 12):
            return f" in {start.year}" if start.year == end.year else f" from {start.year} to {end.year}"
    return span_words(start, end, today)
