"""Questions over the user's own data: figures, groups, and the rows that were counted."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from tools import Ambiguous, Invalid, Library, NeedsConfirmation, NotFound, Settings, open_library
from tools.diary import DiaryAnswer, GroupBy

NOW = datetime(2025, 11, 26, 19, 30)
"""A Wednesday."""


@pytest.fixture(scope="module")
def diary(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with seven viewings, five reviews and five events, for tests that only read."""
    home = tmp_path_factory.mktemp("diary") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        library.log_review(title="Alien", rating=9, watched="2025-09-30", source="Netflix")
        library.log_review(title="Alien", rating=10, watched="2025-10-15", context="With Anna")
        library.log_review(title="Blade Runner", rating=6, watched="2025-10-31 23:59", source="Theater")
        library.log_review(title="Seven Samurai", rating=8.5, watched="2024-12-31")
        library.log_review(title="Akira", rating=8, watched="2025-11-20")
        with pytest.raises(NeedsConfirmation) as asked:
            library.delete_viewing(title="Akira")
        library.delete_viewing(title="Akira", confirm=asked.value.token)
        library.log_viewing(title="Heat", watched="2025-11-01", minutes=60, source="netflix")
        library.log_viewing(title="Heat", watched="2025-11-02", minutes=60)
        library.log_viewing(title="Breaking Bad", watched="2025-11-26 18:00", context="With Anna and Tom")
        library.schedule(title="Heat", when="2025-12-31 20:00", location="Home")
        library.schedule(title="The Matrix", when="2025-12-01")
        library.schedule(name="Movie night", when="2026-01-02", location="Home")
        library.schedule(title="Up", when="2025-11-20")
        library.schedule(title="Alien", when="2025-12-24")
        library.complete_event(title="Alien")
        yield library


def entries(answer: DiaryAnswer) -> list[Any]:
    return [*answer.viewings, *answer.reviews, *answer.events]


def titles(answer: DiaryAnswer) -> list[str]:
    return [entry.title for entry in entries(answer)]


def groups(answer: DiaryAnswer) -> dict[str, int]:
    return {group.name: group.total for group in answer.groups}


@pytest.mark.parametrize(
    ("wishes", "shown"),
    [
        ({}, ["Breaking Bad", "Heat", "Heat", "Blade Runner", "Alien", "Alien", "Seven Samurai"]),
        ({"title": "alien"}, ["Alien", "Alien"]),
        ({"person": "Ridley Scott"}, ["Blade Runner", "Alien", "Alien"]),
        ({"person": "Kurosawa"}, ["Seven Samurai"]),
        ({"person": "Al Pacino"}, ["Heat", "Heat"]),
        ({"genre": "sci-fi"}, ["Blade Runner", "Alien", "Alien"]),
        ({"genre": "science fiction", "person": "Sigourney Weaver"}, ["Alien", "Alien"]),
        ({"media_type": "tv"}, ["Breaking Bad"]),
        ({"language": "JA"}, ["Seven Samurai"]),
        ({"year_from": 1980}, ["Breaking Bad", "Heat", "Heat", "Blade Runner"]),
        ({"year_to": 1979}, ["Alien", "Alien", "Seven Samurai"]),
        ({"year_from": 1980, "year_to": 1989}, ["Blade Runner"]),
        ({"since": "2025-10-15", "until": "2025-10-15"}, ["Alien"]),
        ({"since": "last month"}, ["Blade Runner", "Alien"]),
        ({"since": "in October"}, ["Blade Runner", "Alien"]),
        ({"since": "this month"}, ["Breaking Bad", "Heat", "Heat"]),
        ({"since": "2024"}, ["Seven Samurai"]),
        ({"until": "2025-09-30"}, ["Alien", "Seven Samurai"]),
        ({"since": "2025-11-02"}, ["Breaking Bad", "Heat"]),
        ({"since": "today"}, ["Breaking Bad"]),
        ({"source": "NETFLIX"}, ["Heat", "Alien"]),
        ({"source": "Net"}, []),
        ({"context": "anna"}, ["Breaking Bad", "Alien"]),
        ({"completed": False}, ["Heat", "Heat"]),
        ({"completed": True, "source": "Netflix"}, ["Alien"]),
        ({"rewatch": True}, ["Alien"]),
        ({"rewatch": False, "title": "alien"}, ["Alien"]),
        ({"of": "viewings", "min_rating": 10}, ["Alien", "Alien"]),
        ({"measure": "hours", "max_rating": 6}, ["Blade Runner"]),
        ({"min_runtime": 170}, ["Heat", "Heat", "Seven Samurai"]),
        ({"min_runtime": 118, "max_runtime": 170}, ["Heat", "Heat"]),
        ({"genre": "horror", "context": "Anna", "since": "October 2025"}, ["Alien"]),
        (
            {"measure": "first"},
            ["Seven Samurai", "Alien", "Alien", "Blade Runner", "Heat", "Heat", "Breaking Bad"],
        ),
        ({"measure": "last", "person": "Ridley Scott"}, ["Blade Runner", "Alien", "Alien"]),
        ({"measure": "longest", "media_type": "movie", "year_to": 1981}, ["Seven Samurai", "Alien", "Alien"]),
        ({"measure": "shortest", "year_to": 1982}, ["Blade Runner", "Alien", "Alien", "Seven Samurai"]),
    ],
)
def test_the_viewings_that_fit_are_counted_and_shown(
    diary: Library, wishes: dict[str, Any], shown: list[str]
) -> None:
    answer = diary.query_diary(**wishes)
    assert (titles(answer), answer.total, answer.titles) == (shown, len(shown), len(set(shown)))


@pytest.mark.parametrize(
    ("wishes", "shown"),
    [
        ({}, ["Akira", "Blade Runner", "Alien", "Alien", "Seven Samurai"]),
        ({"measure": "highest"}, ["Alien", "Alien", "Seven Samurai", "Akira", "Blade Runner"]),
        ({"measure": "lowest", "limit": 1}, ["Blade Runner"]),
        ({"measure": "highest", "year_from": 1980, "year_to": 1989, "limit": 1}, ["Akira"]),
        ({"min_rating": 8.5}, ["Alien", "Alien", "Seven Samurai"]),
        ({"max_rating": 8}, ["Akira", "Blade Runner"]),
        ({"min_rating": 8, "max_rating": 9}, ["Akira", "Alien", "Seven Samurai"]),
        ({"since": "2024-12-31", "until": "2024-12-31"}, ["Seven Samurai"]),
        ({"since": "this month"}, ["Akira"]),
        ({"source": "netflix"}, ["Alien"]),
        ({"context": "Anna"}, ["Alien"]),
        ({"rewatch": True}, ["Alien"]),
        ({"completed": True, "person": "Ridley Scott"}, ["Blade Runner", "Alien", "Alien"]),
        ({"media_type": "anime"}, ["Akira"]),
        ({"measure": "first"}, ["Seven Samurai", "Alien", "Alien", "Blade Runner", "Akira"]),
    ],
)
def test_the_reviews_that_fit_are_counted_and_shown(
    diary: Library, wishes: dict[str, Any], shown: list[str]
) -> None:
    answer = diary.query_diary(of="reviews", **wishes)
    assert titles(answer) == shown
    assert answer.total == len(shown) or "limit" in wishes


@pytest.mark.parametrize(
    ("wishes", "shown"),
    [
        ({}, ["The Matrix", "Heat", "Movie night"]),
        ({"since": "December 2025"}, ["The Matrix", "Alien", "Heat"]),
        ({"since": "2025-12-31", "until": "2025-12-31"}, ["Heat"]),
        ({"since": "2025-11-01", "until": "2025-11-30"}, ["Up"]),
        ({"completed": False}, ["Up", "The Matrix", "Heat", "Movie night"]),
        ({"completed": True}, ["Alien"]),
        ({"measure": "first"}, ["The Matrix", "Heat", "Movie night"]),
        ({"measure": "last"}, ["Movie night", "Heat", "The Matrix"]),
        ({"person": "Keanu Reeves"}, ["The Matrix"]),
        ({"source": "home"}, ["Heat", "Movie night"]),
        ({"title": "heat"}, ["Heat"]),
        ({"completed": True, "min_rating": 9}, ["Alien"]),
    ],
)
def test_the_events_that_fit_are_counted_and_shown(
    diary: Library, wishes: dict[str, Any], shown: list[str]
) -> None:
    answer = diary.query_diary(of="events", **wishes)
    assert (titles(answer), answer.total, answer.titles) == (shown, len(shown), len(shown))


@pytest.mark.parametrize(
    ("group_by", "found"),
    [
        ("genre", {"Action": 3, "Crime": 3, "Thriller": 3, "Science Fiction": 3, "Horror": 2, "Drama": 2}),
        ("director", {"Ridley Scott": 3, "Michael Mann": 2, "Akira Kurosawa": 1}),
        ("actor", {"Sigourney Weaver": 2, "Al Pacino": 2, "Harrison Ford": 1}),
        ("writer", {"Michael Mann": 2, "Vince Gilligan": 1}),
        ("title", {"Alien (1979)": 2, "Heat (1995)": 2, "Blade Runner (1982)": 1}),
        ("media_type", {"movie": 6, "tv": 1}),
        ("decade", {"1950s": 1, "1970s": 2, "1980s": 1, "1990s": 2, "2000s": 1}),
        ("release_year", {"1954": 1, "1979": 2, "1982": 1, "1995": 2, "2008": 1}),
        ("year", {"2024": 1, "2025": 6}),
        ("month", {"December 2024": 1, "September 2025": 1, "October 2025": 2, "November 2025": 3}),
        ("weekday", {"Tuesday": 2, "Wednesday": 2, "Friday": 1, "Saturday": 1, "Sunday": 1}),
        ("source", {"Netflix": 2, "Theater": 1}),
        ("context", {"With Anna": 1, "With Anna and Tom": 1}),
    ],
)
def test_viewings_by(diary: Library, group_by: str, found: dict[str, int]) -> None:
    counted = groups(diary.query_diary(group_by=group_by, limit=200))
    assert {name: counted[name] for name in found} == found
    assert set(counted) == set(found) or group_by in ("genre", "director", "actor", "writer", "title")


def test_reviews_by_rating_are_in_its_order(diary: Library) -> None:
    answer = diary.query_diary(group_by="rating")
    assert list(groups(answer).items()) == [("6/10", 1), ("8/10", 1), ("8.5/10", 1), ("9/10", 1), ("10/10", 1)]


def test_every_grouping_has_a_case_above() -> None:
    cases = {case[0] for mark in test_viewings_by.pytestmark for case in mark.args[1]}
    assert cases | {"rating"} == set(get_args(GroupBy))


@pytest.mark.parametrize(
    ("wishes", "first", "figure"),
    [
        ({"group_by": "director"}, "Ridley Scott", 3),
        ({"group_by": "director", "measure": "hours"}, "Ridley Scott", 5.8),
        ({"group_by": "director", "measure": "average_rating"}, "Akira Kurosawa", 8.5),
        ({"group_by": "director", "measure": "lowest"}, "Katsuhiro Ōtomo", 8.0),
        ({"group_by": "media_type", "measure": "highest"}, "movie", round((9 + 10 + 6 + 8.5) / 4, 2)),
    ],
)
def test_groups_are_ranked_by_the_measure(
    diary: Library, wishes: dict[str, Any], first: str, figure: float
) -> None:
    group = diary.query_diary(**wishes).groups[0]
    of_group = {"count": group.total, "hours": group.hours}.get(
        wishes.get("measure", "count"), group.average_rating
    )
    assert (group.name, of_group) == (first, figure)


def test_a_group_tells_its_titles_once_the_latest_first(diary: Library) -> None:
    scott = diary.query_diary(group_by="director").groups[0]
    assert (scott.labels, scott.titles) == (["Blade Runner (1982)", "Alien (1979)"], 2)


def test_groups_stand_in_place_of_rows(diary: Library) -> None:
    assert entries(diary.query_diary(group_by="source")) == []


def test_events_of_no_title_are_grouped_by_their_own(library: Library) -> None:
    library.schedule(name="Movie night", when="Friday")
    library.schedule(name="movie night", when="Saturday")
    library.schedule(title="Up", when="Saturday")
    counted = groups(library.query_diary(of="events", group_by="title"))
    assert sorted(counted.values()) == [1, 2] and counted["Up (2009)"] == 1


def test_two_directors_of_a_title_each_have_it(library: Library) -> None:
    library.log_viewing(title="The Matrix")
    assert groups(library.query_diary(group_by="director")) == {"Lana Wachowski": 1, "Lilly Wachowski": 1}


def test_a_sub_genre_counts_for_its_main_one_once(library: Library) -> None:
    library.add_media(title="Netrunner", genres=["cyberpunk", "space opera"])
    library.log_viewing(title="Netrunner")
    assert groups(library.query_diary(group_by="genre")) == {"Science Fiction": 1}
    assert library.query_diary(genre="sci-fi").total == library.query_diary(genre="cyberpunk").total == 1


@pytest.mark.parametrize(
    ("wishes", "average"),
    [
        ({}, round((9 + 10 + 6 + 8.5 + 8) / 5, 2)),
        ({"title": "Alien"}, 9.5),
        ({"person": "Ridley Scott"}, round((9 + 10 + 6) / 3, 2)),
        ({"genre": "horror"}, 9.5),
        ({"since": "October 2025"}, 8.0),
    ],
)
def test_an_average_is_over_reviews(diary: Library, wishes: dict[str, Any], average: float) -> None:
    assert diary.query_diary(measure="average_rating", **wishes).average_rating == average


def test_a_review_without_a_day_counts_on_the_day_it_was_written(library: Library) -> None:
    library.log_review(title="Up", rating=8)
    written = library.query_diary(of="reviews").reviews[0].created_at.date()
    counted = library.query_diary(of="reviews", since=written.replace(month=1, day=1).isoformat()).total
    assert (counted, library.query_diary(of="reviews", until="2020-01-01").total) == (1, 0)


@pytest.mark.parametrize(
    ("wishes", "hours"),
    [
        ({}, round((2 * 117 + 117 + 207 + 60 + 60 + 49) / 60, 1)),
        ({"source": "Netflix"}, round((117 + 60) / 60, 1)),
        ({"completed": False}, 2.0),
        ({"since": "October 2025"}, round((117 + 117) / 60, 1)),
    ],
)
def test_hours_are_those_watched(diary: Library, wishes: dict[str, Any], hours: float) -> None:
    assert diary.query_diary(measure="hours", **wishes).hours == hours


def test_hours_agree_with_the_statistics(diary: Library) -> None:
    answer, figures = diary.query_diary(measure="hours"), diary.statistics()
    assert (answer.hours, answer.total, answer.titles) == (figures.hours, figures.viewings, figures.titles)


def test_a_viewing_of_unknown_length_is_left_out_and_said_to_be(library: Library) -> None:
    library.add_media(title="Lost Reel")
    library.log_viewing(title="Lost Reel")
    library.log_viewing(title="Heat", minutes=30)
    answer = library.query_diary(measure="hours")
    assert (answer.hours, answer.unmeasured) == (0.5, 1)
    assert answer.summary.startswith("0.5 hours, over 2 viewings of 2 titles (1 of unknown length left out):")


def test_a_partial_viewing_does_not_make_the_next_a_rewatch(library: Library) -> None:
    library.log_viewing(title="Heat", watched="2025-11-01", minutes=60)
    library.log_viewing(title="Heat", watched="2025-11-02")
    library.log_viewing(title="Heat", watched="2025-11-03")
    rewatched = library.query_diary(rewatch=True).viewings
    assert [viewing.watched_at.day for viewing in rewatched] == [3]


def test_a_rewatch_of_what_was_seen_before_the_time_counts(diary: Library) -> None:
    assert diary.query_diary(rewatch=True, since="October 2025").total == 1


@pytest.mark.parametrize(
    ("of", "wishes", "kind"),
    [
        (None, {}, "viewings"),
        (None, {"measure": "hours", "min_rating": 8}, "viewings"),
        (None, {"measure": "last"}, "viewings"),
        (None, {"measure": "average_rating"}, "reviews"),
        (None, {"measure": "highest"}, "reviews"),
        (None, {"min_rating": 8}, "reviews"),
        (None, {"group_by": "rating"}, "reviews"),
        ("viewings", {"min_rating": 8}, "viewings"),
        ("viewings", {"group_by": "rating"}, "viewings"),
    ],
)
def test_what_is_counted_where_it_is_not_said(
    diary: Library, of: Any, wishes: dict[str, Any], kind: str
) -> None:
    assert diary.query_diary(of=of, **wishes).of == kind


@pytest.mark.parametrize("of", ["viewings", "reviews", "events"])
@pytest.mark.parametrize("limit", [1, 2, 200])
def test_a_cut_list_counts_all(diary: Library, of: Any, limit: int) -> None:
    answer = diary.query_diary(of=of, limit=limit)
    assert answer.total == diary.query_diary(of=of).total
    assert len(entries(answer)) == min(limit, answer.total)
    assert (f"and {answer.total - limit} more." in answer.summary.split("\n")) == (answer.total > limit)


@pytest.mark.parametrize(
    ("wishes", "summary"),
    [
        (
            {"since": "October 2025"},
            "2 viewings of 2 titles in October 2025:\n"
            "1. Blade Runner (1982), Friday 31 October 2025, Theater\n"
            "2. Alien (1979), Wednesday 15 October 2025, With Anna",
        ),
        (
            {"measure": "average_rating", "person": "kurosawa"},
            "Your average is 8.5/10, over 1 review of 1 title with Akira Kurosawa:\n"
            "1. Seven Samurai (1954): 8.5/10, watched 31 December 2024",
        ),
        (
            {"min_runtime": 180},
            "1 viewing of 1 title of 180 minutes or more:\n1. Seven Samurai (1954), Tuesday 31 December 2024",
        ),
        (
            {"measure": "last", "title": "Alien"},
            "2 viewings of Alien (1979), the last on Wednesday 15 October 2025:\n"
            "1. Alien (1979), Wednesday 15 October 2025, With Anna\n"
            "2. Alien (1979), Tuesday 30 September 2025, Netflix",
        ),
        (
            {"measure": "last", "media_type": "tv"},
            "1 viewing of 1 show, the last today, Wednesday 26 November 2025:\n"
            "1. Breaking Bad (2008), today, Wednesday 26 November 2025, With Anna and Tom",
        ),
        (
            {"measure": "highest", "limit": 1, "year_from": 1980, "year_to": 1989},
            "Your highest rating is 8/10, of 2 reviews of 2 titles from 1980 to 1989:\n"
            "1. Akira (1988): 8/10, watched 20 November 2025\n"
            "and 1 more.",
        ),
        (
            {"measure": "hours", "source": "Netflix", "since": "2025-11-01", "until": "2025-11-01"},
            "1 hour, over 1 viewing of 1 title (Netflix) on Saturday 1 November 2025:\n"
            "1. Heat (1995), Saturday 1 November 2025, netflix, 60 minutes, not finished",
        ),
        (
            {"of": "events", "since": "December 2025", "limit": 1},
            "3 events in December 2025:\n1. The Matrix (1999), Monday 1 December 2025\nand 2 more.",
        ),
        (
            {"of": "events", "title": "Heat"},
            "1 event of Heat (1995) still open from today on:\n"
            "1. Heat (1995), Wednesday 31 December 2025 at 20:00, Home",
        ),
        (
            {"group_by": "source"},
            "7 viewings of 5 titles, by source:\n"
            "Netflix: 2 viewings – Heat (1995) and Alien (1979)\n"
            "Theater: 1 viewing – Blade Runner (1982)",
        ),
        (
            {"group_by": "month", "limit": 2, "measure": "hours"},
            "12.1 hours, over 7 viewings of 5 titles, by month (most: October 2025):\n"
            "and 2 more\n"
            "October 2025: 3.9 hours, 2 viewings – Blade Runner (1982) and Alien (1979)\n"
            "November 2025: 2.8 hours, 3 viewings – Breaking Bad (2008) and Heat (1995)",
        ),
        (
            {"group_by": "year", "since": "2025"},
            "6 viewings of 4 titles in 2025, by year:\n"
            "2025: 6 viewings – Breaking Bad (2008), Heat (1995), Blade Runner (1982) and 1 more",
        ),
        (
            {"group_by": "context", "title": "Blade Runner"},
            "1 viewing of Blade Runner (1982); none has a company.",
        ),
        (
            {"group_by": "title", "limit": 1},
            "7 viewings of 5 titles, by title:\nAlien (1979): 2 viewings\nand 4 more",
        ),
        (
            {"group_by": "director", "measure": "average_rating", "min_rating": 8, "max_rating": 8},
            "Your average is 8/10, over 1 review of 1 title rated 8/10, by director:\n"
            "Katsuhiro Ōtomo: average 8/10, 1 review – Akira (1988)",
        ),
        ({"source": "Mubi", "since": "2023"}, "Your diary has no viewings (Mubi) in 2023."),
        (
            {"of": "reviews", "genre": "western", "min_rating": 9},
            "You have no reviews in Western rated 9/10 or more.",
        ),
        (
            {"of": "events", "media_type": "anime"},
            "Your calendar has no events of anime titles still open from today on.",
        ),
        (
            {"title": "Up", "context": "Anna", "completed": False, "rewatch": True, "language": "fr"},
            "Your diary has no viewings of Up (2009) in the language “fr” in the company “Anna” not finished "
            "seen again.",
        ),
        (
            {"since": "2025-01-01", "until": "2026-12-31", "year_to": 1940, "max_rating": 3, "of": "viewings"},
            "Your diary has no viewings from the beginning to 1940 rated 3/10 or less from 2025 to 2026.",
        ),
    ],
)
def test_the_summary_says_what_was_asked_and_found(
    diary: Library, wishes: dict[str, Any], summary: str
) -> None:
    assert diary.query_diary(**wishes).summary == summary


def test_a_title_that_was_only_rated_is_named_where_viewings_are_counted(library: Library) -> None:
    library.log_review(title="Alien", rating=9)
    library.log_viewing(title="Blade Runner")
    assert library.query_diary(title="Alien").summary == (
        "Your diary has no viewings of Alien (1979). Rated without a viewing in the diary: Alien (1979)."
    )
    answer = library.query_diary(genre="sci-fi")
    assert (answer.total, answer.only_rated) == (1, ["Alien (1979)"])
    assert answer.summary.endswith("\nRated without a viewing in the diary: Alien (1979).")


@pytest.mark.parametrize(
    "wishes",
    [
        {"since": "this year"},
        {"source": "Netflix"},
        {"context": "Anna"},
        {"completed": True},
        {"rewatch": False},
        {"measure": "hours"},
        {"measure": "last"},
        {"title": "Heat"},
        {"of": "reviews"},
        {"group_by": "genre"},
    ],
)
def test_it_is_not_named_where_a_rating_tells_nothing_of_it(library: Library, wishes: dict[str, Any]) -> None:
    library.log_review(title="Alien", rating=9)
    assert library.query_diary(**wishes).only_rated == []


def test_an_empty_diary_has_nothing_to_group(library: Library) -> None:
    answer = library.query_diary(measure="hours", group_by="director", since="last month")
    assert (answer.summary, answer.groups, answer.hours) == (
        "Your diary has no viewings in October 2025.",
        [],
        None,
    )


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"of": "viewings", "measure": "average_rating"}, "first, last, longest or shortest of viewings"),
        (
            {"of": "reviews", "measure": "hours"},
            "count, average_rating, highest, lowest, first or last of reviews",
        ),
        ({"of": "events", "measure": "hours"}, "count, first or last of events"),
        ({"of": "events", "context": "Anna"}, "events do not tell it"),
        ({"of": "events", "rewatch": False}, "events do not tell it"),
        ({"measure": "first", "group_by": "genre"}, "left out where the first is asked for"),
        ({"measure": "longest", "group_by": "genre"}, "left out where the longest is asked for"),
        ({"measure": "median"}, "'count'"),
        ({"group_by": "mood"}, "'genre'"),
        ({"min_rating": 11}, "at most 10"),
        ({"limit": 0}, "from 1 to 200"),
        ({"since": "the other day or so"}, "a date such as"),
    ],
)
def test_what_cannot_be_asked_is_refused(diary: Library, wishes: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        diary.query_diary(**wishes)


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"title": "Xyzzy the Film"}, "I do not have “Xyzzy the Film”"),
        ({"person": "Ridley Scoot"}, ""),
        ({"person": "Xavier Quux"}, "Nobody called “Xavier Quux”"),
        ({"genre": "polka"}, "“polka” is not a genre I know"),
    ],
)
def test_what_is_unknown_is_named(diary: Library, wishes: dict[str, Any], message: str) -> None:
    if not message:
        assert diary.query_diary(**wishes).total == 3  # misspelt, but near enough
        return
    with pytest.raises(NotFound, match=message):
        diary.query_diary(**wishes)


def test_a_surname_of_several_is_a_question(diary: Library) -> None:
    with pytest.raises(Ambiguous, match="Lana Wachowski or Lilly Wachowski"):
        diary.query_diary(person="Wachowski")


INJECTIONS = ["' OR '1'='1", "x'); DELETE FROM watch_history; --", "%", "$media", "{where}", "\\' OR TRUE --"]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("argument", ["source", "context", "language"])
def test_sql_in_a_value_is_only_text(diary: Library, argument: str, text: str) -> None:
    assert diary.query_diary(**{argument: text}).total == 0
    assert diary.query_diary().total == 7


@pytest.mark.parametrize("text", INJECTIONS[1:])
@pytest.mark.parametrize("argument", ["title", "person", "genre"])
def test_sql_in_a_name_is_an_unknown_name(diary: Library, argument: str, text: str) -> None:
    with pytest.raises(NotFound):
        diary.query_diary(**{argument: text})
    assert diary.query_diary().total == 7


def test_a_value_with_quotes_is_found(library: Library) -> None:
    library.log_viewing(title="Up", source='Joe\'s "Drive-In"; --', context="With O'Neil")
    assert library.query_diary(source='joe\'s "drive-in"; --', context="o'neil").total == 1


def test_the_answer_is_of_now(library: Library) -> None:
    library.log_viewing(title="Up")
    assert library.query_diary(title="Up").total == 1
    library.undo()
    assert library.query_diary(title="Up").total == 0


def test_the_longest_is_told_with_its_runtime(diary: Library) -> None:
    answer = diary.query_diary(measure="longest", media_type="movie")
    assert answer.summary.startswith(
        "The longest is Seven Samurai (1954), 207 minutes, of 6 viewings of 4 films"
    )
