"""Figures of the diary."""

from typing import Any

import pytest

from tools import Library


@pytest.fixture
def diary(library: Library) -> Library:
    library.log_review(title="Alien", rating=9, watched="2025-09-30")
    library.log_review(title="Alien", rating=10, watched="2025-10-15")
    library.log_review(title="Blade Runner", rating=6, watched="2025-10-20")
    library.log_viewing(title="Heat", watched="2025-11-01", minutes=60)
    library.log_viewing(title="Heat", watched="2025-11-02", minutes=60)
    return library


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("viewings", 5),
        ("titles", 3),
        ("rewatches", 1),
        ("hours", round((117 + 117 + 117 + 60 + 60) / 60, 1)),
        ("reviews", 3),
        ("average_rating", round((9 + 10 + 6) / 3, 2)),
    ],
)
def test_the_figures_of_all_time(diary: Library, figure: str, value: float) -> None:
    assert getattr(diary.statistics(), figure) == value


@pytest.mark.parametrize(
    ("wishes", "viewings"),
    [
        ({"since": "last month"}, 2),
        ({"since": "this month"}, 2),
        ({"since": "2025-10-16"}, 3),
        ({"until": "2025-09-30"}, 1),
        ({"since": "2025-10-15", "until": "2025-10-15"}, 1),
        ({"since": "this year"}, 5),
        ({"until": "2020-01-01"}, 0),
    ],
)
def test_the_figures_of_a_time(diary: Library, wishes: dict[str, Any], viewings: int) -> None:
    assert diary.statistics(**wishes).viewings == viewings


def test_a_rewatch_of_what_was_seen_before_the_time_counts(diary: Library) -> None:
    assert diary.statistics(since="last month").rewatches == 1


def test_a_directors_average_is_over_titles(diary: Library) -> None:
    scott = next(share for share in diary.statistics().directors if share.name == "Ridley Scott")
    assert (scott.viewings, scott.average_rating) == (3, 8.0)


def test_genres_are_counted_by_viewing(diary: Library) -> None:
    shares = {share.name: share.viewings for share in diary.statistics().genres}
    assert (shares["Science Fiction"], shares["Action"]) == (3, 2)


def test_months_are_in_order(diary: Library) -> None:
    months = [(share.name, share.viewings) for share in diary.statistics().months]
    assert months == [("2025-09", 1), ("2025-10", 2), ("2025-11", 2)]


def test_of_many_months_the_latest_are_shown(library: Library) -> None:
    for month in range(30):
        library.log_viewing(title="Up", watched=f"{2023 + month // 12}-{month % 12 + 1:02}-01")
    assert library.statistics().months[-1].name == "2025-06"


def test_the_summary_says_it_all(diary: Library) -> None:
    assert diary.statistics(since="last month").summary == (
        "2 viewings of 2 titles (1 rewatch), 3.9 hours; 2 reviews, average 8/10.\n"
        "Most watched: Science Fiction (2), Horror (1) and Thriller (1).\n"
        "Directors: Ridley Scott (2)."
    )


def test_an_empty_diary_says_so(library: Library) -> None:
    assert library.statistics().summary == "Your diary has nothing in that time yet."


def test_a_sub_genre_counts_for_the_genre_above_it_once(library: Library) -> None:
    library.add_media(title="Netrunner", genres=["cyberpunk", "space opera"])
    library.log_viewing(title="Netrunner")
    assert [(share.name, share.viewings) for share in library.statistics().genres] == [("Science Fiction", 1)]
