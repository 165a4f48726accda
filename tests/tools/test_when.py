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


def test_the_same_word_looks_back_in_the_diary(library: Library) -> None:
    assert library.log_viewing(title="Heat", watched="Friday").viewing.watched_at.date() == date(2025, 11, 21)


def test_the_same_word_looks_ahead_on_the_calendar(library: Library) -> None:
    assert library.schedule(title="Heat", when="Friday").event.event_date == date(2025, 11, 28)
