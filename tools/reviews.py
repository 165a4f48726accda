"""Reviews and ratings."""

import json
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from store.database import Row, Write
from store.errors import Invalid, NotFound
from store.store import Store
from store.titles import MediaRef
from tools.confirmation import require_confirmation
from tools.films import date_words, numbered, rating_words
from tools.filters import Filter, where
from tools.tool import Result, tool
from tools.user_rating import REVIEW_DAY, keep_user_rating, newest_review
from tools.viewings import (
    Viewing,
    add_viewing,
    complete_viewing,
    last_on,
    refuse_before_release,
    viewings_of,
)
from tools.when import When, read_past, read_span, watched_at

Rating = Annotated[float, Field(ge=0, le=10, description="0 to 10 in steps of 0.1")]

REVIEWS = f"""
SELECT review.id, media_id, media.title, year(release_date) AS year, rating::DOUBLE AS rating,
    review_text AS text, watched_date, rewatch_count, tags, review.created_at, {REVIEW_DAY} AS day
FROM user_reviews review JOIN media ON media.id = media_id
"""
"""Every review with its title; ``day`` is the one it is about, or else was written."""


class Review(BaseModel):
    """A row of user_reviews with its title."""

    id: UUID
    media_id: UUID
    title: str
    year: int | None
    rating: float
    text: str | None = None
    watched_date: date | None = None
    rewatch_count: int = 0
    tags: list[str] = []
    created_at: datetime

    @property
    def label(self) -> str:
        """The title with its year."""
        return f"{self.title} ({self.year})" if self.year else self.title


class ReviewResult(Result):
    """One review, and the viewing that was logged with it."""

    review: Review
    viewing: Viewing | None = None


class ReviewList(Result):
    """Reviews, newest first unless asked otherwise."""

    reviews: list[Review]


@tool("write")
def log_review(
    store: Store,
    *,
    title: str,
    rating: Rating,
    text: str | None = None,
    watched: When | None = None,
    rewatch: bool = False,
    tags: list[str] | None = None,
    source: Annotated[str | None, Field(max_length=100)] = None,
    context: Annotated[str | None, Field(max_length=100)] = None,
) -> ReviewResult:
    """Save a rating and opinion of a title; with a date the viewing goes into the diary too.

    Rating a title again without a date changes the review of its latest viewing, which is the one the title's
    rating comes from; with a new date, or as a rewatch, it is a new one. A viewing of that day that is in the
    diary already is kept and gets the source and company.

    Args:
        store: the library.
        title: its name, also partial or misspelt.
        rating: 0 to 10.
        text: the opinion, in the user's words.
        watched: when it was seen: a date or words such as "last night"; not in the future.
        rewatch: it was not the first time.
        tags: moods such as "thought-provoking".
        source: where it was seen: Netflix, Theater, Blu-ray …
        context: in what company: Solo, With Friends, Date Night …

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: the rating is outside 0 to 10, or the date lies ahead or long before the release.
    """
    media = store.titles.resolve(title)
    rating = round(rating, 1)
    now = store.clock()
    moment = read_past(watched, now, "watched") if watched is not None else None
    day = moment.date if moment else None
    refuse_before_release(store, media, day)
    with store.db.write("log_review") as write:
        earlier = _rows_of(write, media.id)
        history = viewings_of(write, media)
        if day is None:
            latest = None if rewatch else newest_review(earlier)
            same = [latest] if latest else []
        else:
            same = [row for row in earlier if row["watched_date"] == day]
        changes: Row = {"rating": rating}
        if text:
            changes["review_text"] = text
        if tags:
            changes["tags"] = json.dumps(tags, ensure_ascii=False)
        if same:
            row = write.update("user_reviews", same[0]["id"], changes)
        else:
            changes["rewatch_count"] = max(_times_seen_before(earlier, history, day), int(rewatch))
            row = write.insert("user_reviews", {"media_id": media.id, "watched_date": day, **changes})
        viewing = None
        if moment or source or context:
            known = last_on(history, day)
            at = watched_at(moment, now) if moment else now.replace(microsecond=0)
            if known and (day or not rewatch):
                viewing = complete_viewing(write, media, known, source, context)
            else:
                viewing = add_viewing(write, media, at, source=source, context=context)
        keep_user_rating(write, media.id, [row, *(other for other in earlier if other["id"] != row["id"])])
        write.label = _saved(media, row, same[0] if same else None, now.date())
    return ReviewResult(summary=write.label, review=_review(media, row), viewing=viewing)


@tool("write")
def update_review(
    store: Store,
    *,
    title: str,
    rating: Rating | None = None,
    text: str | None = None,
    watched: When | None = None,
    tags: list[str] | None = None,
) -> ReviewResult:
    """Correct the last review of a title; what is not given stays.

    The last is the one saved last, whatever day it is about. A new date moves the viewing in the diary too.

    Args:
        store: the library.
        title: its name.
        rating: the right rating, 0 to 10.
        text: the right opinion; replaces the old one.
        watched: the right date.
        tags: the right moods; replace the old ones.

    Raises:
        NotFound: there is no review of it; or see TitleIndex.resolve.
        Invalid: nothing to change was given, a value is outside its range, or the date lies ahead or long
            before the release.
    """
    media = store.titles.resolve(title)
    now = store.clock()
    moment = read_past(watched, now, "watched") if watched is not None else None
    refuse_before_release(store, media, moment.date if moment else None)
    changes: Row = {}
    if rating is not None:
        changes["rating"] = round(rating, 1)
    if text is not None:
        changes["review_text"] = text
    if moment:
        changes["watched_date"] = moment.date
    if tags is not None:
        changes["tags"] = json.dumps(tags, ensure_ascii=False)
    if not changes:
        raise Invalid("change", None, "given: say the right rating, date or text")
    with store.db.write("update_review") as write:
        before = _last_review(write, media)
        row = write.update("user_reviews", before["id"], changes)
        viewing = None
        if moment:
            viewing = last_on(viewings_of(write, media), before["watched_date"] or moment.date)
            if viewing and before["watched_date"]:
                at = watched_at(moment, now, viewing.watched_at.time())
                write.update("watch_history", viewing.id, {"watched_at": at})
                viewing = viewing.model_copy(update={"watched_at": at})
            elif viewing is None:
                viewing = add_viewing(write, media, watched_at(moment, now))
        keep_user_rating(write, media.id)
        write.label = _saved(media, row, before, now.date())
    return ReviewResult(summary=write.label, review=_review(media, row), viewing=viewing)


@tool("destructive")
def delete_review(store: Store, *, title: str, confirm: str | None = None) -> Result:
    """Delete the last review of a title; the viewing stays in the diary.

    The last is the one saved last, whatever day it is about.

    Args:
        store: the library.
        title: its name.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound: there is no review of it; or see TitleIndex.resolve.
    """
    media = store.titles.resolve(title)
    with store.db.write("delete_review") as write:
        row = _last_review(write, media)
        what = f"your review of {media.label} ({rating_words(float(row['rating']))})"
        require_confirmation(
            confirm,
            f"Delete {what}?",
            "delete_review",
            {"title": media.label},
            [row["id"], row["updated_at"]],
        )
        write.delete("user_reviews", row["id"])
        keep_user_rating(write, media.id)
        write.label = f"Deleted {what}."
    return Result(summary=write.label)


@tool("read")
def list_reviews(
    store: Store,
    *,
    title: str | None = None,
    min_rating: Rating | None = None,
    max_rating: Rating | None = None,
    since: When | None = None,
    until: When | None = None,
    best_first: bool = False,
    limit: Annotated[int, Field(ge=1, le=200)] = 10,
) -> ReviewList:
    """List your reviews, of one title or all, by rating or date.

    Args:
        store: the library.
        title: only of this title.
        min_rating: at least this rating.
        max_rating: at most this rating.
        since: watched, or else written, on or after this day; a range such as "last month" gives both ends.
        until: on or before this day.
        best_first: highest rating first instead of newest.
        limit: how many at most, 1 to 200.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: a value is outside its range.
    """
    start, end = read_span(since, until, store.clock(), "past")
    media = store.titles.resolve(title) if title else None
    wishes = [
        Filter("media", media.id if media else None, "media_id = $media"),
        Filter("low", min_rating, "rating >= $low"),
        Filter("high", max_rating, "rating <= $high"),
        Filter("since", start, "day >= $since"),
        Filter("until", end, "day <= $until"),
    ]
    condition, facts = where(wishes)
    rows = store.db.read(
        f"SELECT * FROM ({REVIEWS}) WHERE {condition} "
        f"ORDER BY {'rating DESC, ' if best_first else ''}day DESC, created_at DESC LIMIT $limit",
        {**facts, "limit": limit},
    )
    reviews = [read_review(row) for row in rows]
    if not reviews:
        which = f" of {media.label}" if media else ""
        return ReviewList(summary=f"You have no reviews{which} like that yet.", reviews=[])
    lines = [review_line(review) for review in reviews]
    return ReviewList(summary=lines[0] if len(lines) == 1 else numbered(lines), reviews=reviews)


def read_review(row: Row) -> Review:
    """A row of ``REVIEWS``."""
    return Review(**{**row, "tags": json.loads(row["tags"] or "[]")})


def review_line(review: Review) -> str:
    """A review as users read it."""
    parts = [f"{review.label}: {rating_words(review.rating)}"]
    if review.watched_date:
        day = review.watched_date
        parts.append(f"watched {day.day} {day:%B %Y}")
    if review.text:
        parts.append(f"“{review.text}”")
    return ", ".join(parts)


def _saved(media: MediaRef, row: Row, before: Row | None, today: date) -> str:
    words = f"Saved {media.label}: {rating_words(float(row['rating']))}"
    if before is not None and before["rating"] != row["rating"]:
        words += f" (it was {rating_words(float(before['rating']))})"
    if row["watched_date"]:
        words += f", watched {date_words(row['watched_date'], today)}"
    if row["review_text"]:
        words += f". “{row['review_text']}”"
    return words if words.endswith("”") else f"{words}."


def _review(media: MediaRef, row: Row) -> Review:
    return Review(
        id=row["id"],
        media_id=media.id,
        title=media.title,
        year=media.year,
        rating=float(row["rating"]),
        text=row["review_text"],
        watched_date=row["watched_date"],
        rewatch_count=row["rewatch_count"],
        tags=json.loads(row["tags"] or "[]"),
        created_at=row["created_at"],
    )


def _rows_of(write: Write, media_id: UUID) -> list[Row]:
    """The reviews of a title, the one saved last first."""
    return write.read(
        "SELECT * FROM user_reviews WHERE media_id = ? ORDER BY updated_at DESC, created_at DESC", [media_id]
    )


def _last_review(write: Write, media: MediaRef) -> Row:
    rows = _rows_of(write, media.id)
    if not rows:
        raise NotFound(f"You have not reviewed {media.label} yet. Tell me your rating and I save it.")
    return rows[0]


def _times_seen_before(earlier: list[Row], history: list[Viewing], day: date | None) -> int:
    """How often a title was seen before a day; without one, before its last viewing, the one reviewed."""
    reviews = [row["watched_date"] for row in earlier]
    viewings = [viewing.watched_at.date() for viewing in history if viewing.completed]
    if day is None:
        return max(len(reviews), len(viewings) - 1, 0)
    reviewed = sum(1 for watched in reviews if watched is None or watched < day)
    return max(reviewed, sum(1 for watched in viewings if watched < day))
