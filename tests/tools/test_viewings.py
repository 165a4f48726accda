"""The diary: rewatches, partial viewings, where and with whom."""

from datetime import date, datetime
from typing import Any

import pytest

from tools import Ambiguous, Invalid, Library, NotFound

DIARY = (
    "SELECT title, watched_at, watch_duration, completed, watch_source, watch_context "
    "FROM watch_history JOIN media ON media.id = media_id ORDER BY watched_at"
)


def test_a_viewing_is_kept_whole(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat", watched="last night", source="Blu-ray", context="With Friends")
    assert rows(DIARY) == [
        {
            "title": "Heat",
            "watched_at": datetime(2025, 11, 25, 20),
            "watch_duration": None,
            "completed": True,
            "watch_source": "Blu-ray",
            "watch_context": "With Friends",
        }
    ]


def test_the_summary_is_what_was_logged(library: Library) -> None:
    logged = library.log_viewing(title="heat", watched="last night", source="Blu-ray", minutes=60)
    assert logged.summary == (
        "Logged Heat (1995), yesterday, Tuesday 25 November 2025, Blu-ray, 60 minutes, not finished."
    )


def test_without_a_date_it_is_now(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat")
    assert rows(DIARY)[0]["watched_at"] == datetime(2025, 11, 26, 19, 30)


def test_a_viewing_makes_no_review(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat")
    assert rows("SELECT * FROM user_reviews") == []


def test_a_rewatch_is_another_row(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat", watched="2025-05-01")
    library.log_viewing(title="Heat", watched="yesterday")
    assert len(rows(DIARY)) == 2


def test_a_rewatch_is_counted(library: Library) -> None:
    library.log_viewing(title="Heat", watched="2025-05-01")
    again = library.log_viewing(title="Heat", watched="yesterday")
    assert (again.nth, "That is viewing number 2." in again.summary) == (2, True)


@pytest.mark.parametrize("said", ["tomorrow", "2025-12-01", datetime(2025, 11, 26, 19, 31)])
def test_a_moment_ahead_is_refused(library: Library, said: Any) -> None:
    with pytest.raises(Invalid, match="today or earlier"):
        library.log_viewing(title="Heat", watched=said)


def test_fewer_minutes_than_the_runtime_are_a_partial_viewing(library: Library) -> None:
    assert library.log_viewing(title="Heat", minutes=60).viewing.completed is False


def test_all_minutes_are_a_whole_viewing(library: Library) -> None:
    assert library.log_viewing(title="Heat", minutes=170).viewing.completed is True


def test_unfinished_without_minutes_is_a_partial_viewing(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat", completed=False)
    assert rows(DIARY)[0]["completed"] is False


def test_more_minutes_than_the_runtime_are_refused(library: Library) -> None:
    with pytest.raises(Invalid, match=r"at most 170, the runtime of Heat \(1995\)"):
        library.log_viewing(title="Heat", minutes=171)


@pytest.mark.parametrize("show", ["Game of Thrones", "Cowboy Bebop"])
def test_several_episodes_in_a_row_are_no_mistake(library: Library, rows: Any, show: str) -> None:
    library.log_viewing(title=show, minutes=180)
    assert rows(DIARY)[0]["watch_duration"] == 180


def test_minutes_of_a_title_without_a_runtime_are_kept(library: Library, rows: Any) -> None:
    library.add_media(title="Solaris")
    library.log_viewing(title="Solaris", minutes=90)
    assert rows(DIARY)[0]["watch_duration"] == 90


def test_a_misspelt_title_is_understood(library: Library) -> None:
    assert library.log_viewing(title="spirted away").viewing.title == "Spirited Away"


def test_an_ambiguous_title_is_a_question(library: Library) -> None:
    with pytest.raises(Ambiguous):
        library.log_viewing(title="Blade")


def test_a_correction_changes_the_last_viewing(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat", watched="2025-05-01")
    library.log_viewing(title="Heat", watched="yesterday")
    library.update_viewing(title="Heat", source="Netflix")
    assert [row["watch_source"] for row in rows(DIARY)] == [None, "Netflix"]


def test_a_corrected_day_keeps_the_time(library: Library, rows: Any) -> None:
    library.log_viewing(title="Heat", watched="yesterday at 10pm")
    library.update_viewing(title="Heat", watched="2025-11-22")
    assert rows(DIARY)[0]["watched_at"] == datetime(2025, 11, 22, 22)


def test_a_corrected_day_moves_the_review_of_that_day(library: Library, rows: Any) -> None:
    library.log_review(title="Heat", rating=8, watched="last night")
    library.update_viewing(title="Heat", watched="2025-11-22")
    assert rows("SELECT watched_date FROM user_reviews") == [{"watched_date": date(2025, 11, 22)}]


def test_corrected_minutes_make_it_partial(library: Library) -> None:
    library.log_viewing(title="Heat")
    assert library.update_viewing(title="Heat", minutes=60).viewing.completed is False


def test_corrected_minutes_above_the_runtime_are_refused(library: Library) -> None:
    library.log_viewing(title="Heat")
    with pytest.raises(Invalid):
        library.update_viewing(title="Heat", minutes=400)


def test_a_correction_without_a_change_is_refused(library: Library) -> None:
    library.log_viewing(title="Heat")
    with pytest.raises(Invalid, match="Change must be given"):
        library.update_viewing(title="Heat")


def test_a_correction_of_no_viewing_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match=r"no viewing of Heat \(1995\) yet"):
        library.update_viewing(title="Heat", source="Netflix")


def test_deleting_takes_the_last_viewing(library: Library, rows: Any, confirmed: Any) -> None:
    library.log_viewing(title="Heat", watched="2025-05-01")
    library.log_viewing(title="Heat", watched="yesterday")
    confirmed("delete_viewing", title="Heat")
    assert [row["watched_at"].date() for row in rows(DIARY)] == [date(2025, 5, 1)]


def test_deleting_keeps_the_review(library: Library, rows: Any, confirmed: Any) -> None:
    library.log_review(title="Heat", rating=8, watched="last night")
    confirmed("delete_viewing", title="Heat")
    assert len(rows("SELECT * FROM user_reviews")) == 1


@pytest.fixture
def diary(library: Library) -> Library:
    library.log_viewing(title="Alien", watched="2025-09-30", source="Netflix")
    library.log_viewing(title="Up", watched="2025-10-15", source="Theater", context="Date Night")
    library.log_viewing(title="Heat", watched="2025-11-02", minutes=30)
    return library


@pytest.mark.parametrize(
    ("wishes", "titles"),
    [
        ({}, ["Heat", "Up", "Alien"]),
        ({"title": "alien"}, ["Alien"]),
        ({"since": "last month"}, ["Up"]),
        ({"since": "2025-10-01"}, ["Heat", "Up"]),
        ({"until": "2025-10-15"}, ["Up", "Alien"]),
        ({"source": "netflix"}, ["Alien"]),
        ({"source": "net%"}, []),
        ({"context": "date"}, ["Up"]),
        ({"completed": False}, ["Heat"]),
        ({"limit": 1}, ["Heat"]),
    ],
)
def test_the_diary_is_listed(diary: Library, wishes: dict[str, Any], titles: list[str]) -> None:
    assert [viewing.title for viewing in diary.list_viewings(**wishes).viewings] == titles


def test_a_cut_list_says_how_many_there_are(diary: Library) -> None:
    assert diary.list_viewings(limit=1).summary.startswith("3 viewings, the latest:")


def test_an_empty_diary_says_so(library: Library) -> None:
    assert library.list_viewings().summary == "Your diary has nothing like that yet."


@pytest.mark.parametrize(
    ("title", "first", "correction", "kept"),
    [
        ("Alien", {"minutes": 30}, {"minutes": 117}, (117, True)),
        ("Alien", {"minutes": 30}, {"minutes": 60}, (60, False)),
        ("Alien", {"minutes": 30}, {"completed": True}, (None, True)),
        ("Alien", {"minutes": 117}, {"completed": True}, (117, True)),
        ("Alien", {"minutes": 117}, {"completed": False}, (None, False)),
        ("Alien", {"minutes": 30}, {"minutes": 110, "completed": True}, (110, True)),
        ("Alien", {"completed": False}, {"minutes": 117}, (117, True)),
        ("Alien", {"minutes": 30}, {"source": "Netflix"}, (30, False)),
        ("Game of Thrones", {"minutes": 20}, {"minutes": 120}, (120, True)),
        ("Game of Thrones", {"minutes": 120, "completed": False}, {"minutes": 180}, (180, False)),
    ],
)
def test_minutes_and_having_seen_the_end_stay_in_step(
    library: Library, title: str, first: Any, correction: Any, kept: tuple[int | None, bool]
) -> None:
    library.log_viewing(title=title, **first)
    viewing = library.update_viewing(title=title, **correction).viewing
    assert (viewing.minutes, viewing.completed) == kept


# Her was released on 18 December 2013.
@pytest.mark.parametrize("day", ["1850-01-01", "2012-12-17"])
@pytest.mark.parametrize("act", ["log_viewing", "log_review", "update_viewing", "update_review"])
def test_nothing_is_seen_long_before_its_release(library: Library, tables: Any, act: str, day: str) -> None:
    library.log_review(title="Her", rating=8, watched="2025-11-01")
    before = tables()
    rating = {"rating": 8} if act == "log_review" else {}
    with pytest.raises(Invalid, match=r"after the release of Her \(2013\)"):
        library.call(act, {"title": "Her", "watched": day, **rating})
    assert tables() == before


@pytest.mark.parametrize("day", ["2012-12-18", "2013-10-13"])
def test_a_festival_may_show_a_film_before_its_release(library: Library, day: str) -> None:
    assert str(library.log_viewing(title="Her", watched=day).viewing.watched_at.date()) == day
