"""The day of a review, and which review a title's own rating comes from."""

from collections.abc import Iterable
from datetime import UTC, date
from uuid import UUID

from store.database import Row, Write

# Rows keep UTC; DuckDB takes the day of a moment with a time zone where the user is.
REVIEW_DAY = "coalesce(watched_date, (review.created_at AT TIME ZONE 'UTC')::DATE)"
"""The day a review is about, or else was written, as an expression over ``user_reviews review``."""


def newest_review(reviews: Iterable[Row]) -> Row | None:
    """The review of the latest viewing; one without a date counts on the day it was written."""
    return max(reviews, key=lambda review: (_day(review), review["created_at"]), default=None)


def keep_user_rating(write: Write, media_id: UUID, reviews: Iterable[Row] | None = None) -> None:
    """Bring a title's rating in step with its reviews, inside another tool's transaction.

    Args:
        write: that transaction.
        media_id: the title.
        reviews: all of its reviews, where they are at hand; read otherwise.
    """
    if reviews is None:
        reviews = write.read(
            "SELECT rating, watched_date, created_at FROM user_reviews WHERE media_id = ?", [media_id]
        )
    newest = newest_review(reviews)
    write.update("media", media_id, {"user_rating": newest["rating"] if newest else None})


def _day(review: Row) -> date:
    watched: date | None = review["watched_date"]
    if watched:
        return watched
    written: date = review["created_at"].replace(tzinfo=UTC).astimezone().date()
    return written
