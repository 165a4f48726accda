import datetime as dt

import pytest

from tools.reading import read_shift

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "delta"),
    [
        ("Just make it an hour later.", HOUR),
        ("half an hour earlier", -HOUR / 2),
        ("push it a day later", DAY),
        ("push it back a week", 7 * DAY),
        ("put it off for a fortnight", 14 * DAY),
        ("two days earlier", -2 * DAY),
        ("bring it forward an hour", -HOUR),
        ("move Heat back by two hours", 2 * HOUR),
        ("move the film up an hour", -HOUR),
        ("delay it 2 hours", 2 * HOUR),
        ("postpone Heat by a week", 7 * DAY),
        ("a couple of hours later", 2 * HOUR),
        ("move it to the same time next week", 7 * DAY),
        ("next week, same time and place", 7 * DAY),
        ("let's make it the day after", DAY),
        ("the following evening please", DAY),
        ("move it to the previous day", -DAY),
    ],
)
def test_a_step_is_read(text: str, delta: dt.timedelta) -> None:
    shift = read_shift(text)
    assert shift and shift.delta == delta
    for alone in (shift.text, shift.words):
        again = read_shift(alone)
        assert again and again.delta == delta


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("shift it one day on please and begin at 6 in the evening not 9", dt.time(18)),
        ("push it back a day, starting at 8pm", dt.time(20)),
        ("push it back a day", None),
        ("make it an hour later at 8pm", None),
    ],
)
def test_an_hour_said_with_a_step_of_days_is_read(text: str, time: dt.time | None) -> None:
    shift = read_shift(text)
    assert shift and shift.time == time
    again = read_shift(shift.words)
    assert again and (again.delta, again.time) == (shift.delta, time)


@pytest.mark.parametrize(
    "text",
    [
        "push Heat to Friday",
        "remind me an hour earlier",
        "a 90 minute film",
        "two hours ago",
        "a week before Friday",
        "the day after tomorrow",
        "the day before the party",
        "the next week of the festival",
    ],
)
def test_other_times_are_no_step(text: str) -> None:
    assert read_shift(text) is None
