"""What a caller may give for a moment, seen through the tools that take one."""

from collections.abc import Iterator
from datetime import date, datetime, time
from time import tzset
from typing import Any

import pytest

from tools import Invalid, Library


@pytest.mark.parametrize(
    ("said", "day", "clock"),
    [
        ("Friday at 8pm", date(2025, 11, 28), time(20)),
        ("tomorrow", date(2025, 11, 27), None),
        ("tonight at 9", date(2025, 11, 26), time(21)),
        ("next Tuesday at half past seven pm", date(2025, 12, 2), time(19, 30)),
        ("the 28th", date(2025, 11, 28), None),
        ("Christmas at noon", date(2025, 12, 25), time(12)),
        ("in two weeks", date(2025, 12, 10), None),
        ("the first Friday of next month", date(2025, 12, 5), None),
        ("the last Friday of December", date(2025, 12, 26), None),
        ("second Tuesday of December at 8", date(2025, 12, 9), time(20)),
        ("the day before Christmas", date(2025, 12, 24), None),
        ("the 3rd of next month", date(2025, 12, 3), None),
        ("Friday fortnight", date(2025, 12, 12), None),
        ("mon at 9", date(2025, 12, 1), time(21)),
        ("9 tonight", date(2025, 11, 26), time(21)),
        ("in 90 minutes", date(2025, 11, 26), time(21)),
        ("at 8pm on Friday please", date(2025, 11, 28), time(20)),
        ("Friday 28 November 2025, 20:00", date(2025, 11, 28), time(20)),
        ("tomorrow (Thursday) at 8pm", date(2025, 11, 27), time(20)),
        ("tomorrow at 8pm, Thursday the 27th", date(2025, 11, 27), time(20)),
        ("2025-12-24", date(2025, 12, 24), None),
        ("20251224", date(2025, 12, 24), None),
        ("2025-12-24 18:15", date(2025, 12, 24), time(18, 15)),
        ("2025-12-24T18:15:00", date(2025, 12, 24), time(18, 15)),
        (date(2025, 12, 24), date(2025, 12, 24), None),
        (datetime(2025, 12, 24, 18, 15), date(2025, 12, 24), time(18, 15)),
    ],
)
def test_a_moment_is_read(library: Library, said: Any, day: date, clock: time | None) -> None:
    event = library.schedule(title="Heat", when=said).event
    assert (event.event_date, event.event_time) == (day, clock)


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "JST-9")
    tzset()
    yield
    monkeypatch.undo()
    tzset()


def test_another_time_zone_becomes_the_users(in_tokyo: None, library: Library) -> None:
    event = library.schedule(title="Heat", when="2025-12-24T18:15:00+00:00").event
    assert (event.event_date, event.event_time) == (date(2025, 12, 25), time(3, 15))


@pytest.mark.parametrize("said", ["", "soon", "2025-13-01", "2025-02-30"])
def test_what_is_no_date_is_refused(library: Library, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        library.schedule(title="Heat", when=said)
    assert refused.value.field == "when"


@pytest.mark.parametrize(
    ("said", "unread"),
    [
        ("Feb 30 at 8pm", "Feb 30"),
        ("31 April at 8pm", "31 April"),
        ("the fifth Friday of December", "the fifth Friday of December"),
        ("tomorrow at 25:00", "25:00"),
        ("Friday after work", "after work"),
        ("not Friday", "not"),
        ("every Friday at 8pm", "every Friday"),
        ("Friday or Saturday", "or Saturday"),
        ("Friday at 8pm or 9pm", "or 9pm"),
    ],
)
def test_a_date_not_fully_understood_is_refused(library: Library, said: str, unread: str) -> None:
    with pytest.raises(Invalid) as refused:
        library.schedule(title="Heat", when=said)
    assert refused.value.field == "when"
    assert f"“{unread}”" in refused.value.allowed


@pytest.mark.parametrize("said", [2024, 20251120, 1732633200.5, True])
def test_a_number_is_no_date(library: Library, said: Any) -> None:
    with pytest.raises(Invalid, match="a date such as") as refused:
        library.log_viewing(title="Heat", watched=said)
    assert refused.value.field == "watched"


@pytest.mark.parametrize(
    ("since", "count"),
    [
        *[("2024", 1), ("in 2024", 1), ("since 2024", 2), ("last summer", 0)],
        *[("May", 1), ("may", 1), ("in May", 1), ("last May", 1), ("May 2024", 1), ("October", 0)],
        *[("spring 2024", 1), ("spring", 1), ("the spring", 1), ("in spring", 1), ("winter", 0)],
        *[("the year", 1), ("this month", 0), ("month", 0), ("weekend", 0)],
    ],
)
def test_a_year_is_a_time_to_count_from(library: Library, since: str, count: int) -> None:
    library.log_viewing(title="Heat", watched="2024-05-01")
    library.log_viewing(title="Heat", watched="2025-05-01")
    assert library.statistics(since=since).viewings == count


def test_a_year_is_no_day(library: Library) -> None:
    with pytest.raises(Invalid):
        library.log_viewing(title="Heat", watched="2024")


def test_the_same_word_looks_back_in_the_diary(library: Library) -> None:
    assert library.log_viewing(title="Heat", watched="Friday").viewing.watched_at.date() == date(2025, 11, 21)


def test_the_same_word_looks_ahead_on_the_calendar(library: Library) -> None:
    assert library.schedule(title="Heat", when="Friday").event.event_date == date(2025, 11, 28)


def test_an_hour_said_with_a_step_of_days_takes_the_place_of_the_old_one(library: Library) -> None:
    library.schedule(title="Heat", when="Friday at 8pm")
    moved = library.move_event(title="Heat", when="a day later at 18:00").event
    assert (moved.event_date, moved.event_time) == (date(2025, 11, 29), time(18))
