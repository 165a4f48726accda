"""The diary: what was watched when, where, with whom and how far."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from store.database import Row, Write
from store.errors import Invalid, NotFound
from store.store import Store
from store.titles import MediaRef
from tools.confirmation import require_confirmation
from tools.films import count_words, date_words, numbered
from tools.filters import Filter, where
from tools.tool import Result, tool
from tools.user_rating import keep_user_rating
from tools.when import When, read_past, read_span, watched_at

VIEWINGS = """
SELECT viewing.id, media_id, media.title, year(release_date) AS year, watched_at, watch_duration AS minutes,
    completed, watch_source AS source, watch_context AS context, viewing.created_at, watched_at::DATE AS day,
    coalesce(watch_duration, CASE WHEN completed THEN runtime END) AS length,
    completed AND row_number() OVER (
        PARTITION BY media_id, completed ORDER BY watched_at, viewing.created_at
    ) > 1 AS again
FROM watch_history viewing JOIN media ON media.id = media_id
"""
"""Every viewing with its title: ``length`` in minutes, null where unknown; ``again`` for a rewatch, which is a
whole viewing of a title seen whole before."""
_OF_TITLE = "SELECT * FROM watch_history WHERE media_id = ? ORDER BY watched_at DESC, created_at DESC"


class Viewing(BaseModel):
    """A row of watch_history with its title; ``minutes`` is set for partial viewings."""

    id: UUID
    media_id: UUID
    title: str
    year: int | None
    watched_at: datetime
    minutes: int | None = None
    completed: bool = True
    source: str | None = None
    context: str | None = None

    @property
    def label(self) -> str:
        """The title with its year."""
        return f"{self.title} ({self.year})" if self.year else self.title


class ViewingResult(Result):
    """One viewing; ``nth`` counts the viewings of that title."""

    viewing: Viewing
    nth: int


class ViewingList(Result):
    """Viewings, newest first; ``total`` counts all that fit, shown or not."""

    viewings: list[Viewing]
    total: int


@tool("write")
def log_viewing(
    store: Store,
    *,
    title: str,
    watched: When | None = None,
    minutes: Annotated[int | None, Field(ge=0, description="minutes watched, if not all")] = None,
    completed: bool = True,
    source: Annotated[str | None, Field(max_length=100)] = None,
    context: Annotated[str | None, Field(max_length=100)] = None,
) -> ViewingResult:
    """Note that a title was watched, without rating it; rewatches and partial viewings too.

    Args:
        store: the library.
        title: its name, also partial or misspelt.
        watched: when: a date or words such as "last night"; now by default; not in the future.
        minutes: how much was watched, for a partial viewing.
        completed: false if it was not seen to the end.
        source: where it was seen: Netflix, Theater, Blu-ray …
        context: in what company: Solo, With Friends, Date Night …

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: the date lies ahead or long before the release, or more minutes than the film has.
    """
    media = store.titles.resolve(title)
    now = store.clock()
    at = (
        watched_at(read_past(watched, now, "watched"), now)
        if watched is not None
        else now.replace(microsecond=0)
    )
    refuse_before_release(store, media, at.date())
    if minutes is not None:
        extent = _extent(store, media)
        extent.check(minutes)
        completed = completed and not extent.is_partial(minutes)
    with store.db.write("log_viewing") as write:
        viewing = add_viewing(
            write, media, at, minutes=minutes, completed=completed, source=source, context=context
        )
        nth = write.read("SELECT count(*) AS n FROM watch_history WHERE media_id = ?", [media.id])[0]["n"]
        write.label = f"Logged {viewing_line(viewing, now)}."
    again = f" That is viewing number {nth}." if nth > 1 else ""
    return ViewingResult(summary=write.label + again, viewing=viewing, nth=nth)


@tool("write")
def update_viewing(
    store: Store,
    *,
    title: str,
    watched: When | None = None,
    minutes: Annotated[int | None, Field(ge=0)] = None,
    completed: bool | None = None,
    source: Annotated[str | None, Field(max_length=100)] = None,
    context: Annotated[str | None, Field(max_length=100)] = None,
) -> ViewingResult:
    """Correct the last viewing of a title: its date, source, company or how far it went.

    A review of that day moves to the new date with it. Minutes decide whether it was seen to the end, unless
    that is said; minutes that contradict what is said are forgotten.

    Args:
        store: the library.
        title: its name.
        watched: the right date.
        minutes: the right minutes.
        completed: whether it was seen to the end.
        source: where it was seen.
        context: in what company.

    Raises:
        NotFound: there is no viewing of it; or see TitleIndex.resolve.
        Invalid: nothing to change was given, the date lies ahead or long before the release, or more minutes
            than the film has.
    """
    media = store.titles.resolve(title)
    now = store.clock()
    moment = read_past(watched, now, "watched") if watched is not None else None
    refuse_before_release(store, media, moment.date if moment else None)
    extent = _extent(store, media)
    extent.check(minutes)
    changes: Row = {
        "watch_duration": minutes,
        "completed": completed,
        "watch_source": source,
        "watch_context": context,
    }
    changes = {column: value for column, value in changes.items() if value is not None}
    if not changes and moment is None:
        raise Invalid("change", None, "given: say the right date, source or company")
    with store.db.write("update_viewing") as write:
        rows = _rows_of(write, media)
        changes |= _how_far(extent, rows[0], minutes, completed)
        if moment:
            changes["watched_at"] = watched_at(moment, now, rows[0]["watched_at"].time())
            moving = write.read(
                "SELECT id FROM user_reviews WHERE media_id = ? AND watched_date = ?",
                [media.id, rows[0]["watched_at"].date()],
            )
            for review in moving:
                write.update("user_reviews", review["id"], {"watched_date": moment.date})
            if moving:
                keep_user_rating(write, media.id)
        row = write.update("watch_history", rows[0]["id"], changes)
        viewing = _viewing(media, row)
        write.label = f"Changed the diary: {viewing_line(viewing, now)}."
    return ViewingResult(summary=write.label, viewing=viewing, nth=len(rows))


@tool("destructive")
def delete_viewing(store: Store, *, title: str, confirm: str | None = None) -> Result:
    """Delete the last viewing of a title from the diary; its reviews stay.

    Args:
        store: the library.
        title: its name.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound: there is no viewing of it; or see TitleIndex.resolve.
    """
    media = store.titles.resolve(title)
    with store.db.write("delete_viewing") as write:
        viewing = _viewing(media, _rows_of(write, media)[0])
        what = f"the viewing of {viewing_line(viewing, store.clock())}"
        require_confirmation(
            confirm,
            f"Delete {what} from your diary?",
            "delete_viewing",
            {"title": media.label},
            [viewing.model_dump_json()],
        )
        write.delete("watch_history", viewing.id)
        write.label = f"Deleted {what}."
    return Result(summary=write.label)


@tool("read")
def list_viewings(
    store: Store,
    *,
    title: str | None = None,
    since: When | None = None,
    until: When | None = None,
    source: str | None = None,
    context: str | None = None,
    completed: bool | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 10,
) -> ViewingList:
    """List the diary: what was watched in a time, from a source or in some company.

    Args:
        store: the library.
        title: only this title.
        since: on or after this day; a range such as "last month" gives both ends.
        until: on or before this day.
        source: only from there.
        context: only in that company.
        completed: only seen to the end (true) or only partial (false).
        limit: how many at most, 1 to 200.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
    """
    now = store.clock()
    start, end = read_span(since, until, now, "past")
    media = store.titles.resolve(title) if title else None
    wishes = [
        Filter("media", media.id if media else None, "media_id = $media"),
        Filter("since", start, "day >= $since"),
        Filter("until", end, "day <= $until"),
        Filter("source", source, "lower(source) = lower($source)"),
        Filter("context", context, "contains(lower(context), lower($context))"),
        Filter("completed", completed, "completed = $completed"),
    ]
    condition, facts = where(wishes)
    rows = store.db.read(
        f"SELECT *, count(*) OVER () AS total FROM ({VIEWINGS}) WHERE {condition} "
        "ORDER BY watched_at DESC, created_at DESC LIMIT $limit",
        {**facts, "limit": limit},
    )
    total = rows[0]["total"] if rows else 0
    viewings = [Viewing(**row) for row in rows]
    if not viewings:
        return ViewingList(summary="Your diary has nothing like that yet.", viewings=[], total=0)
    head = f"{count_words(total, 'viewing')}{'' if total <= len(viewings) else ', the latest'}:"
    return ViewingList(
        summary=f"{head}\n{numbered([viewing_line(viewing, now) for viewing in viewings])}",
        viewings=viewings,
        total=total,
    )


def add_viewing(
    write: Write,
    media: MediaRef,
    at: datetime,
    *,
    minutes: int | None = None,
    completed: bool = True,
    source: str | None = None,
    context: str | None = None,
) -> Viewing:
    """Insert a viewing inside another tool's transaction."""
    row = write.insert(
        "watch_history",
        {
            "media_id": media.id,
            "watched_at": at,
            "watch_duration": minutes,
            "completed": completed,
            "watch_source": source,
            "watch_context": context,
        },
    )
    return _viewing(media, row)


def is_company(store: Store, name: str) -> bool:
    """Whether the diary has a viewing in the company of somebody called that."""
    wanted = rf"\b{re.escape(name.casefold())}\b"
    rows = store.db.read(
        "SELECT DISTINCT lower(watch_context) AS who FROM watch_history WHERE watch_context <> ''"
    )
    return any(re.search(wanted, row["who"]) for row in rows)


def viewings_of(write: Write, media: MediaRef) -> list[Viewing]:
    """The viewings of a title, the latest first, inside another tool's transaction."""
    return [_viewing(media, row) for row in write.read(_OF_TITLE, [media.id])]


def last_on(viewings: list[Viewing], day: date | None) -> Viewing | None:
    """The first of these on a day; without a day, the first."""
    return next((viewing for viewing in viewings if day in (None, viewing.watched_at.date())), None)


def complete_viewing(
    write: Write, media: MediaRef, viewing: Viewing, source: str | None, context: str | None
) -> Viewing:
    """Add where and with whom to a viewing, inside another tool's transaction."""
    given = {"watch_source": source, "watch_context": context}
    changes: Row = {column: value for column, value in given.items() if value is not None}
    return _viewing(media, write.update("watch_history", viewing.id, changes))


def refuse_before_release(store: Store, media: MediaRef, day: date | None) -> None:
    """Refuse a day more than a year before the release; festivals may show a film that early.

    Raises:
        Invalid: the day lies further back.
    """
    if day is None or media.year is None or day.year >= media.year:
        return
    released = "SELECT release_date - INTERVAL 1 YEAR > ? AS later FROM media WHERE id = ?"
    row = store.db.one(released, [day, media.id])
    if row and row["later"]:
        raise Invalid("watched", day.isoformat(), f"after the release of {media.label}")


@dataclass(frozen=True)
class _Extent:
    """How long a title is; with ``episodes`` it is as long as one, and several may be watched in a row."""

    label: str
    runtime: int | None
    episodes: bool

    def check(self, minutes: int | None) -> None:
        """Refuse more minutes than there are.

        Raises:
            Invalid: they are more than the runtime.
        """
        if minutes and self.runtime and minutes > self.runtime and not self.episodes:
            raise Invalid("minutes", minutes, f"at most {self.runtime}, the runtime of {self.label}")

    def is_partial(self, minutes: int | None) -> bool:
        """Whether that many minutes are known to be less than the whole."""
        return minutes is not None and bool(self.runtime) and minutes < (self.runtime or 0)


def _extent(store: Store, media: MediaRef) -> _Extent:
    row = store.db.one("SELECT runtime FROM media WHERE id = ?", [media.id])
    runtime = row["runtime"] if row else None
    # A short runtime that is not a film's is that of one episode.
    episodes = media.media_type == "tv" or (media.media_type != "movie" and (runtime or 0) < 60)
    return _Extent(media.label, runtime, episodes)


def _how_far(extent: _Extent, before: Row, minutes: int | None, completed: bool | None) -> Row:
    """The changes that keep the minutes of a viewing and its being completed in step."""
    kept = before["watch_duration"]
    if minutes is not None and completed is None and extent.runtime:
        if extent.is_partial(minutes):
            return {"completed": False}
        # A show may have been left unfinished for another reason than the minutes of an episode.
        return {"completed": True} if extent.is_partial(kept) or not extent.episodes else {}
    if minutes is None and completed is not None and kept is not None:
        whole = not extent.is_partial(kept) if extent.runtime else before["completed"]
        if completed != whole and not (whole and extent.episodes):
            return {"watch_duration": None}
    return {}


def _rows_of(write: Write, media: MediaRef) -> list[Row]:
    rows = write.read(_OF_TITLE, [media.id])
    if not rows:
        raise NotFound(f"Your diary has no viewing of {media.label} yet.")
    return rows


def _viewing(media: MediaRef, row: Row) -> Viewing:
    return Viewing(
        id=row["id"],
        media_id=media.id,
        title=media.title,
        year=media.year,
        watched_at=row["watched_at"],
        minutes=row["watch_duration"],
        completed=row["completed"],
        source=row["watch_source"],
        context=row["watch_context"],
    )


def hours_words(hours: float) -> str:
    """``1 hour``, ``9.8 hours``."""
    return f"{hours:g} {'hour' if hours == 1 else 'hours'}"


def viewing_line(viewing: Viewing, now: datetime) -> str:
    """A viewing as users read it."""
    words = f"{viewing.label}, {date_words(viewing.watched_at.date(), now.date())}"
    if viewing.source:
        words += f", {viewing.source}"
    if viewing.context:
        words += f", {viewing.context}"
    if viewing.minutes is not None:
        words += f", {viewing.minutes} minutes"
    return words if viewing.completed else f"{words}, not finished"
