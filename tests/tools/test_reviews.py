"""Reviews: what is kept, when the last one changes and when there is a new one."""

import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tools import Invalid, Library, NotFound, Settings

REVIEWS = "SELECT rating::DOUBLE AS rating, watched_date, rewatch_count FROM user_reviews ORDER BY created_at"
VIEWINGS = "SELECT watched_at, watch_source, watch_context FROM watch_history ORDER BY watched_at"


def test_a_review_is_kept_whole(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, text="Tense.", watched="2025-11-20", tags=["scary"])
    assert rows("SELECT rating, review_text, watched_date, rewatch_count, tags FROM user_reviews") == [
        {
            "rating": Decimal("9.0"),
            "review_text": "Tense.",
            "watched_date": date(2025, 11, 20),
            "rewatch_count": 0,
            "tags": '["scary"]',
        }
    ]


def test_the_summary_is_what_was_saved(library: Library) -> None:
    saved = library.log_review(title="blade runner", rating=9, watched="last night", text="Gorgeous.")
    assert saved.summary == (
        "Saved Blade Runner (1982): 9/10, watched yesterday, Tuesday 25 November 2025. “Gorgeous.”"
    )


@pytest.mark.parametrize("rating", [0, 0.1, 9.9, 10])
def test_a_rating_at_the_bounds_is_kept(library: Library, rows: Any, rating: float) -> None:
    library.log_review(title="Alien", rating=rating)
    assert rows(REVIEWS)[0]["rating"] == rating


@pytest.mark.parametrize("rating", [-0.1, 10.1, 95, float("nan")])
def test_a_rating_outside_the_bounds_is_refused(library: Library, rows: Any, rating: float) -> None:
    with pytest.raises(Invalid, match="from 0 to 10"):
        library.log_review(title="Alien", rating=rating)


def test_a_refused_review_leaves_no_row(library: Library, rows: Any) -> None:
    with pytest.raises(Invalid):
        library.log_review(title="Alien", rating=11)
    assert rows(REVIEWS) == []


def test_a_rating_is_rounded_to_a_tenth(library: Library) -> None:
    assert library.log_review(title="Alien", rating=8.26).review.rating == 8.3


def test_the_rating_is_the_titles(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9)
    assert rows("SELECT title, user_rating::DOUBLE AS r FROM media WHERE user_rating IS NOT NULL") == [
        {"title": "Alien", "r": 9.0}
    ]


def test_the_rating_is_the_directors(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9)
    library.log_review(title="Blade Runner", rating=8)
    assert rows("SELECT overall_rating::DOUBLE AS r FROM people WHERE name = 'Ridley Scott'") == [{"r": 8.5}]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("last night", date(2025, 11, 25)),
        ("yesterday", date(2025, 11, 25)),
        ("today", date(2025, 11, 26)),
        ("on Friday", date(2025, 11, 21)),
        ("two weeks ago", date(2025, 11, 12)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-11-20T21:15", date(2025, 11, 20)),
        (date(2025, 11, 1), date(2025, 11, 1)),
        (datetime(2025, 11, 1, 22, 0), date(2025, 11, 1)),
    ],
)
def test_the_day_is_read(library: Library, said: Any, day: date) -> None:
    assert library.log_review(title="Alien", rating=9, watched=said).review.watched_date == day


@pytest.mark.parametrize("said", ["tomorrow", "2025-11-27", "next Friday", "2025-11-26T23:00"])
def test_a_day_ahead_is_refused(library: Library, said: str) -> None:
    with pytest.raises(Invalid, match="schedule it instead"):
        library.log_review(title="Alien", rating=9, watched=said)


def test_an_unreadable_day_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="a date such as"):
        library.log_review(title="Alien", rating=9, watched="gorgeous")


def test_a_dated_review_goes_into_the_diary(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="last night", source="Netflix", context="Solo")
    assert rows(VIEWINGS) == [
        {"watched_at": datetime(2025, 11, 25, 20), "watch_source": "Netflix", "watch_context": "Solo"}
    ]


def test_the_time_said_is_the_diarys(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="yesterday at 10pm")
    assert rows(VIEWINGS)[0]["watched_at"] == datetime(2025, 11, 25, 22)


@pytest.mark.parametrize("said", ["today", "tonight"])
def test_a_viewing_of_today_is_not_later_than_now(library: Library, rows: Any, said: str) -> None:
    library.log_review(title="Alien", rating=9, watched=said)
    assert rows(VIEWINGS)[0]["watched_at"] == datetime(2025, 11, 26, 19, 30)


def test_an_undated_review_leaves_the_diary_alone(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9)
    assert rows(VIEWINGS) == []


def test_a_source_without_a_date_is_not_lost(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, source="Theater")
    assert rows(VIEWINGS) == [
        {"watched_at": datetime(2025, 11, 26, 19, 30), "watch_source": "Theater", "watch_context": None}
    ]


def test_a_source_without_a_date_completes_the_last_viewing(library: Library, rows: Any) -> None:
    library.log_viewing(title="Alien", watched="last night")
    library.log_review(title="Alien", rating=9, source="Theater")
    assert [row["watch_source"] for row in rows(VIEWINGS)] == ["Theater"]


def test_a_viewing_of_that_day_is_not_logged_twice(library: Library, rows: Any) -> None:
    library.log_viewing(title="Alien", watched="last night", source="Netflix")
    library.log_review(title="Alien", rating=9, watched="last night", context="Solo")
    assert rows(VIEWINGS) == [
        {"watched_at": datetime(2025, 11, 25, 20), "watch_source": "Netflix", "watch_context": "Solo"}
    ]


def test_rating_again_without_a_date_changes_the_last_review(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    library.log_review(title="Alien", rating=10)
    assert rows(REVIEWS) == [{"rating": 10.0, "watched_date": date(2025, 11, 20), "rewatch_count": 0}]


def test_rating_again_says_what_it_was(library: Library) -> None:
    library.log_review(title="Alien", rating=9)
    assert library.log_review(title="Alien", rating=10).summary == "Saved Alien (1979): 10/10 (it was 9/10)."


def test_rating_again_keeps_the_text(library: Library) -> None:
    library.log_review(title="Alien", rating=9, text="Tense.")
    assert library.log_review(title="Alien", rating=10).review.text == "Tense."


def test_rating_again_of_the_same_day_changes_that_review(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="last night")
    library.log_review(title="Alien", rating=10, watched="yesterday")
    assert [row["rating"] for row in rows(REVIEWS)] == [10.0]


def test_rating_again_of_another_day_is_a_new_review(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    library.log_review(title="Alien", rating=10, watched="last night")
    assert [row["rating"] for row in rows(REVIEWS)] == [9.0, 10.0]


def test_the_newest_review_rates_the_title(library: Library) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    library.log_review(title="Alien", rating=10, watched="last night")
    assert library.get_media(title="Alien").film.user_rating == 10


def test_a_second_review_is_a_rewatch(library: Library) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    assert library.log_review(title="Alien", rating=10, watched="last night").review.rewatch_count == 1


def test_a_first_review_after_two_viewings_is_a_rewatch(library: Library) -> None:
    library.log_viewing(title="Alien", watched="2024-05-01")
    library.log_viewing(title="Alien", watched="2025-05-01")
    assert library.log_review(title="Alien", rating=9, watched="last night").review.rewatch_count == 2


def test_a_review_of_an_earlier_day_is_no_rewatch(library: Library) -> None:
    library.log_review(title="Alien", rating=9, watched="last night")
    assert library.log_review(title="Alien", rating=7, watched="2010-05-01").review.rewatch_count == 0


def test_a_rewatch_said_counts_without_an_earlier_entry(library: Library) -> None:
    assert library.log_review(title="Alien", rating=9, rewatch=True).review.rewatch_count == 1


def test_a_rewatch_without_a_date_is_a_new_review(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    library.log_review(title="Alien", rating=10, rewatch=True)
    assert [row["rewatch_count"] for row in rows(REVIEWS)] == [0, 1]


def test_a_correction_changes_only_what_is_given(library: Library) -> None:
    library.log_review(title="Alien", rating=9, text="Tense.", tags=["scary"])
    review = library.update_review(title="Alien", rating=9.5).review
    assert (review.rating, review.text, review.tags) == (9.5, "Tense.", ["scary"])


def test_a_corrected_rating_is_the_titles(library: Library) -> None:
    library.log_review(title="Alien", rating=9)
    library.update_review(title="Alien", rating=4)
    assert library.get_media(title="Alien").film.user_rating == 4


def test_a_corrected_day_moves_the_viewing(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="last night")
    library.update_review(title="Alien", watched="2025-11-22")
    assert rows(VIEWINGS)[0]["watched_at"] == datetime(2025, 11, 22, 20)


def test_a_day_added_later_goes_into_the_diary(library: Library, rows: Any) -> None:
    library.log_review(title="Alien", rating=9)
    library.update_review(title="Alien", watched="last night")
    assert rows(VIEWINGS)[0]["watched_at"] == datetime(2025, 11, 25, 20)


def test_a_corrected_day_ahead_is_refused(library: Library) -> None:
    library.log_review(title="Alien", rating=9)
    with pytest.raises(Invalid):
        library.update_review(title="Alien", watched="tomorrow")


def test_a_correction_without_a_change_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="Change must be given"):
        library.update_review(title="Alien")


def test_a_correction_of_no_review_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match=r"not reviewed Alien \(1979\) yet"):
        library.update_review(title="Alien", rating=5)


def test_deleting_a_review_keeps_the_viewing(furnished: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_review", title="Alien")
    assert len(rows("SELECT * FROM watch_history JOIN media ON media.id = media_id WHERE title = 'Alien'")) == 1


def test_deleting_the_last_review_brings_back_the_rating_before(library: Library, confirmed: Any) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20")
    library.log_review(title="Alien", rating=10, watched="last night")
    confirmed("delete_review", title="Alien")
    assert library.get_media(title="Alien").film.user_rating == 9


def test_deleting_the_only_review_leaves_no_rating(library: Library, confirmed: Any) -> None:
    library.log_review(title="Alien", rating=9)
    confirmed("delete_review", title="Alien")
    assert library.get_media(title="Alien").film.user_rating is None


@pytest.fixture
def reviewed(library: Library) -> Library:
    library.log_review(title="Alien", rating=9, watched="2025-09-30")
    library.log_review(title="Up", rating=6, watched="2025-10-15", text="Sweet.")
    library.log_review(title="Heat", rating=8, watched="2025-11-02")
    library.log_review(title="Her", rating=7)
    return library


@pytest.mark.parametrize(
    ("wishes", "titles"),
    [
        ({}, ["Her", "Heat", "Up", "Alien"]),
        ({"best_first": True}, ["Alien", "Heat", "Her", "Up"]),
        ({"title": "up"}, ["Up"]),
        ({"min_rating": 8}, ["Heat", "Alien"]),
        ({"max_rating": 7}, ["Her", "Up"]),
        ({"since": "last month"}, ["Up"]),
        ({"since": "2025-10-01", "until": "2025-11-02"}, ["Heat", "Up"]),
        ({"until": "last month"}, ["Up", "Alien"]),
        ({"since": "2025-11-01"}, ["Her", "Heat"]),
        ({"limit": 1}, ["Her"]),
    ],
)
def test_reviews_are_listed(reviewed: Library, wishes: dict[str, Any], titles: list[str]) -> None:
    with reviewed.db.write("dated", undoable=False) as write:
        write.execute("UPDATE user_reviews SET created_at = '2025-11-20' WHERE watched_date IS NULL")
    assert [review.title for review in reviewed.list_reviews(**wishes).reviews] == titles


def test_one_review_is_a_sentence(reviewed: Library) -> None:
    assert reviewed.list_reviews(title="Up").summary == "Up (2009): 6/10, watched 15 October 2025, “Sweet.”"


def test_no_reviews_yet(library: Library) -> None:
    assert library.list_reviews(title="Up").summary == "You have no reviews of Up (2009) like that yet."


USER_RATING = "SELECT user_rating::DOUBLE AS rating FROM media WHERE title = 'Heat'"


@pytest.fixture
def twice(library: Library) -> Library:
    """Heat as seen yesterday, and after that the review of a viewing long ago."""
    library.log_review(title="Heat", rating=9, watched="yesterday")
    library.log_review(title="Heat", rating=5, watched="2015-01-01")
    return library


def test_the_titles_rating_is_that_of_the_latest_viewing(twice: Library, rows: Any) -> None:
    assert rows(USER_RATING) == [{"rating": 9.0}]


def test_a_correction_is_of_the_review_saved_last(twice: Library, rows: Any) -> None:
    twice.update_review(title="Heat", rating=6)
    assert [row["rating"] for row in rows(REVIEWS)] == [9.0, 6.0] and rows(USER_RATING) == [{"rating": 9.0}]


def test_a_review_changed_since_is_the_one_saved_last(twice: Library, rows: Any) -> None:
    twice.log_review(title="Heat", rating=8, watched="yesterday")
    twice.update_review(title="Heat", rating=7)
    assert [row["rating"] for row in rows(REVIEWS)] == [7.0, 5.0]


def test_the_review_saved_last_is_deleted(twice: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_review", title="Heat")
    assert [row["rating"] for row in rows(REVIEWS)] == [9.0]


def test_a_rating_without_a_date_is_the_titles_from_now_on(twice: Library, rows: Any) -> None:
    twice.log_review(title="Heat", rating=7)
    assert [row["rating"] for row in rows(REVIEWS)] == [7.0, 5.0] and rows(USER_RATING) == [{"rating": 7.0}]


def test_a_review_that_moves_with_its_viewing_may_become_the_latest(twice: Library, rows: Any) -> None:
    with twice.db.write("elsewhere") as write:
        for row in write.read("SELECT id FROM watch_history WHERE watched_at >= '2025-01-01'"):
            write.delete("watch_history", row["id"])
    twice.update_viewing(title="Heat", watched="today")
    assert rows(USER_RATING) == [{"rating": 5.0}]


_LOCAL_DAY = """
from tools import open_library

with open_library() as library:
    library.log_review(title="Heat", rating=9)
    print(library.list_reviews(since="today").reviews[0].title)
    print(library.statistics(since="today").reviews)
"""


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_a_review_is_of_the_users_day(settings: Settings, zone: str) -> None:
    environment = {**os.environ, "TZ": zone, "XILFTEN_HOME": str(settings.home)}
    run = subprocess.run(
        [sys.executable, "-c", _LOCAL_DAY], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["Heat", "1"]
