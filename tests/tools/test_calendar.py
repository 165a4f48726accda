"""The calendar: plans made, moved, done, cancelled and listed."""

from datetime import date, datetime, time
from typing import Any

import pytest

from tools import Ambiguous, Invalid, Library, NotFound, Settings, open_library

EVENTS = "SELECT event_date, event_time FROM calendar_events ORDER BY created_at"


def test_a_plan_is_kept_whole(library: Library, rows: Any) -> None:
    library.schedule(
        title="The Matrix", when="Friday at 8pm", location="Theater", description="IMAX", reminder_minutes=45
    )
    assert rows(
        "SELECT media.title, event_type, event_date, event_time, event.title AS name, description, location, "
        "icon, color, reminder_enabled, reminder_minutes, completed FROM calendar_events event "
        "JOIN media ON media.id = media_id"
    ) == [
        {
            "title": "The Matrix",
            "event_type": "watch",
            "event_date": date(2025, 11, 28),
            "event_time": time(20),
            "name": None,
            "description": "IMAX",
            "location": "Theater",
            "icon": "film",
            "color": "#2F6FED",
            "reminder_enabled": True,
            "reminder_minutes": 45,
            "completed": False,
        }
    ]


def test_the_summary_is_what_was_planned(library: Library) -> None:
    assert library.schedule(
        title="matrix", when="Friday at 8pm", location="Home", reminder_minutes=45
    ).summary == (
        "Scheduled The Matrix (1999), Friday 28 November 2025 at 20:00, Home. Reminder: 45 minutes before."
    )


@pytest.mark.parametrize("event_type", ["watch", "release", "review", "custom"])
def test_every_type_is_kept(library: Library, rows: Any, event_type: Any) -> None:
    library.schedule(title="Up", when="Friday", event_type=event_type)
    assert rows("SELECT event_type FROM calendar_events") == [{"event_type": event_type}]


def test_an_unknown_type_is_refused(library: Library) -> None:
    with pytest.raises(Invalid):
        library.schedule(title="Up", when="Friday", event_type="party")


def test_a_plan_without_a_reminder_has_none(library: Library, rows: Any) -> None:
    library.schedule(title="Up", when="Friday")
    assert rows("SELECT reminder_enabled, reminder_minutes FROM calendar_events") == [
        {"reminder_enabled": False, "reminder_minutes": None}
    ]


def test_a_custom_event_needs_no_title(library: Library, rows: Any) -> None:
    library.schedule(name="Film club", when="Friday at 7pm", event_type="custom")
    assert rows("SELECT title, media_id, event_type FROM calendar_events") == [
        {"title": "Film club", "media_id": None, "event_type": "custom"}
    ]


@pytest.mark.parametrize("name", [None, "", "  "])
def test_neither_title_nor_name_is_refused(library: Library, name: str | None) -> None:
    with pytest.raises(Invalid, match="a name for a custom event"):
        library.schedule(when="Friday", name=name)


def test_an_unknown_title_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound):
        library.schedule(title="Zzyzx Road", when="Friday")


def test_five_years_back_is_allowed(library: Library) -> None:
    assert library.schedule(title="Up", when="2020-11-26").event.event_date == date(2020, 11, 26)


def test_more_than_five_years_back_is_refused(library: Library, rows: Any) -> None:
    with pytest.raises(Invalid, match="at most 5 years back"):
        library.schedule(title="Up", when="2020-11-25")


def test_how_far_back_is_a_setting(settings: Settings) -> None:
    wide = settings.model_copy(update={"event_past_years": 20})
    with open_library(wide, clock=lambda: datetime(2025, 11, 26, 19, 30)) as library:
        assert library.schedule(title="Up", when="2009-05-13").event.event_date == date(2009, 5, 13)


@pytest.fixture
def planned(library: Library) -> Library:
    library.schedule(title="The Matrix", when="2025-11-28 20:00")
    return library


@pytest.mark.parametrize(
    ("when", "day", "clock"),
    [
        ("Saturday", date(2025, 11, 29), time(20)),
        ("2025-12-24", date(2025, 12, 24), time(20)),
        ("the 30th", date(2025, 11, 30), time(20)),
        ("9:15pm", date(2025, 11, 28), time(21, 15)),
        ("at noon", date(2025, 11, 28), time(12)),
        ("18:00", date(2025, 11, 28), time(18)),
        ("midnight", date(2025, 11, 29), time(0)),
        ("Sunday at 6pm", date(2025, 11, 30), time(18)),
        ("the 30th at 9pm", date(2025, 11, 30), time(21)),
        ("28 November at 9pm", date(2025, 11, 28), time(21)),
        ("tonight at 9", date(2025, 11, 26), time(21)),
        ("Thanksgiving at 3pm", date(2025, 11, 27), time(15)),
        (datetime(2025, 12, 1, 19), date(2025, 12, 1), time(19)),
        (date(2025, 12, 1), date(2025, 12, 1), time(20)),
    ],
)
def test_a_move_keeps_what_is_not_said(planned: Library, rows: Any, when: Any, day: date, clock: time) -> None:
    planned.move_event(title="Matrix", when=when)
    assert rows(EVENTS) == [{"event_date": day, "event_time": clock}]


@pytest.mark.parametrize(
    ("when", "day", "clock"),
    [
        ("an hour later", date(2025, 11, 28), time(21)),
        ("half an hour earlier", date(2025, 11, 28), time(19, 30)),
        ("five hours later", date(2025, 11, 29), time(1)),
        ("push it back a week", date(2025, 12, 5), time(20)),
        ("two days earlier, please", date(2025, 11, 26), time(20)),
    ],
)
def test_a_step_counts_from_the_plan(planned: Library, rows: Any, when: str, day: date, clock: time) -> None:
    planned.move_event(title="Matrix", when=when)
    assert rows(EVENTS) == [{"event_date": day, "event_time": clock}]


def test_hours_are_not_counted_from_a_day_without_a_time(library: Library) -> None:
    library.schedule(title="Up", when="Friday")
    with pytest.raises(Invalid, match="a time of day"):
        library.move_event(title="Up", when="an hour later")
    assert library.move_event(title="Up", when="a day later").event.event_date == date(2025, 11, 29)


def test_a_step_not_fully_understood_is_refused(planned: Library) -> None:
    with pytest.raises(Invalid, match="unless it rains"):
        planned.move_event(title="Matrix", when="an hour later unless it rains")


@pytest.mark.parametrize(("when", "clock"), [("10.15", time(10, 15)), ("at 7pm", time(19)), ("at 5", time(17))])
def test_what_is_in_the_morning_stays_there(library: Library, rows: Any, when: str, clock: time) -> None:
    library.schedule(name="Dentist", when="2025-12-03 09:15", event_type="custom")
    library.move_event(title="Dentist", when=when)
    assert rows(EVENTS) == [{"event_date": date(2025, 12, 3), "event_time": clock}]


def test_a_move_says_from_where_to_where(planned: Library) -> None:
    assert planned.move_event(title="Matrix", when="Saturday").summary == (
        "Moved The Matrix (1999), Saturday 29 November 2025 at 20:00 (it was Friday 28 November 2025 at 20:00)."
    )


def test_a_move_more_than_five_years_back_is_refused(planned: Library) -> None:
    with pytest.raises(Invalid):
        planned.move_event(title="Matrix", when="2019-01-01")


def test_the_next_of_two_plans_is_moved(planned: Library, rows: Any) -> None:
    planned.schedule(title="The Matrix", when="2025-11-27")
    planned.move_event(title="Matrix", when="2025-12-05")
    assert [row["event_date"] for row in rows(EVENTS)] == [date(2025, 11, 28), date(2025, 12, 5)]


def test_a_plan_to_come_is_meant_before_a_past_one(planned: Library, rows: Any) -> None:
    planned.schedule(title="The Matrix", when="2025-11-01")
    planned.move_event(title="Matrix", when="2025-12-05")
    assert [row["event_date"] for row in rows(EVENTS)] == [date(2025, 12, 5), date(2025, 11, 1)]


def test_a_plan_is_found_by_its_own_name(library: Library) -> None:
    library.schedule(name="Film club", when="Friday at 7pm")
    assert library.move_event(title="film club", when="Saturday").event.event_date == date(2025, 11, 29)


def test_a_named_plan_is_found_by_its_title(library: Library) -> None:
    library.schedule(title="Alien", name="Movie night", when="Friday")
    assert library.cancel_event(title="Alien").event.title == "Movie night"


def test_plans_of_two_titles_are_a_question(library: Library) -> None:
    library.schedule(name="Film club at Ana's", when="Friday")
    library.schedule(title="Up", name="Film club", when="Saturday")
    library.schedule(title="Heat", name="Film club", when="Sunday")
    with pytest.raises(Ambiguous):
        library.cancel_event(title="film club")


def test_a_plan_that_is_not_there_names_those_that_are(planned: Library) -> None:
    with pytest.raises(NotFound, match=r"no open plan for “Up”. Open: The Matrix \(1999\)"):
        planned.cancel_event(title="Up")


def test_an_empty_calendar_says_so(library: Library) -> None:
    with pytest.raises(NotFound, match="no open plans"):
        library.cancel_event(title="Up")


def test_a_done_plan_is_marked(planned: Library, rows: Any) -> None:
    planned.complete_event(title="Matrix")
    assert rows("SELECT completed, completed_at IS NOT NULL AS at FROM calendar_events") == [
        {"completed": True, "at": True}
    ]


def test_a_done_plan_is_not_done_again(planned: Library) -> None:
    planned.complete_event(title="Matrix")
    with pytest.raises(NotFound):
        planned.complete_event(title="Matrix")


def test_a_cancelled_plan_is_gone(planned: Library, rows: Any) -> None:
    planned.cancel_event(title="Matrix")
    assert rows(EVENTS) == []


@pytest.fixture
def calendar(library: Library) -> Library:
    library.schedule(title="Up", when="2025-11-20", event_type="review")
    library.schedule(title="Alien", when="2025-11-26 21:00")
    library.schedule(title="Her", when="2025-11-26")
    library.schedule(title="Heat", when="2025-11-29")
    library.schedule(title="Arrival", when="2025-12-02", event_type="release")
    library.schedule(title="Up", when="2026-02-01")
    library.complete_event(title="Heat")
    return library


@pytest.mark.parametrize(
    ("wishes", "titles"),
    [
        ({}, ["Alien", "Her", "Arrival", "Heat"]),
        ({"since": "today"}, ["Alien", "Her"]),
        ({"since": "this week"}, ["Alien", "Her", "Heat"]),
        ({"since": "2025-11-01", "until": "2025-11-26"}, ["Up", "Alien", "Her"]),
        ({"until": "Friday"}, ["Alien", "Her"]),
        ({"until": "2026-12-31"}, ["Alien", "Her", "Arrival", "Up", "Heat"]),
        ({"event_type": "release"}, ["Arrival"]),
        ({"completed": True}, ["Heat"]),
        ({"completed": False}, ["Alien", "Her", "Arrival"]),
        ({"title": "up"}, ["Up", "Up"]),
        ({"title": "up", "since": "today"}, ["Up"]),
        ({"title": "up", "until": "today"}, ["Up"]),
        ({"title": "Casablanca"}, []),
    ],
)
def test_a_range_is_listed(calendar: Library, wishes: dict[str, Any], titles: list[str]) -> None:
    assert [event.title for event in calendar.list_events(**wishes).events] == titles


@pytest.mark.parametrize(
    ("wishes", "head"),
    [
        ({}, "4 events from 26 November to 27 December 2025:"),
        ({"since": "today"}, "2 events today, Wednesday 26 November 2025:"),
        ({"since": "2025-11-29"}, "1 event on Saturday 29 November 2025:"),
        ({"since": "2025-12-01", "until": "2026-03-01"}, "2 events from 1 December 2025 to 1 March 2026:"),
        ({"title": "up"}, "2 events of Up (2009):"),
        ({"title": "up", "since": "today"}, "1 event of Up (2009) from today on:"),
        ({"title": "heat", "completed": False}, "Nothing is planned of Heat (1995)."),
        ({"since": "tomorrow"}, "Nothing is planned tomorrow, Thursday 27 November 2025."),
        ({"since": "tomorrow", "completed": True}, "Nothing is done tomorrow, Thursday 27 November 2025."),
    ],
)
def test_the_summary_names_the_range(calendar: Library, wishes: dict[str, Any], head: str) -> None:
    assert calendar.list_events(**wishes).summary.split("\n")[0] == head


def test_a_done_event_is_listed_as_done(calendar: Library) -> None:
    assert "Heat (1995), Saturday 29 November 2025, done" in calendar.list_events().summary


def test_deleting_a_title_takes_its_plans(planned: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_media", title="The Matrix")
    assert rows(EVENTS) == []


@pytest.mark.parametrize("act", ["cancel_event", "complete_event", "move_event"])
def test_events_of_no_title_are_told_apart_by_name(library: Library, rows: Any, act: str) -> None:
    library.schedule(name="Movie night with Ana", when="Friday 8pm")
    library.schedule(name="Movie night with Bob", when="Saturday 8pm")
    with pytest.raises(Ambiguous, match=r"Ana.* or Movie night with Bob"):
        library.call(act, {"title": "movie night", **({"when": "Sunday"} if act == "move_event" else {})})


def test_of_an_event_that_comes_again_the_next_is_meant(library: Library) -> None:
    library.schedule(name="Movie night", when="Saturday 8pm")
    library.schedule(name="movie night", when="Friday 8pm")
    assert library.cancel_event(title="movie night").event.event_date.isoformat() == "2025-11-28"


def test_an_event_of_no_title_is_listed_by_its_own_name(library):
    library.schedule(name="Dentist", when="2025-12-03", event_type="custom")
    library.schedule(title="Heat", when="2025-12-03")
    found = library.list_events(title="dentist")
    assert [event.title for event in found.events] == ["Dentist"] and "of Dentist" in found.summary
