import pytest

from tools.reading import read_durations


@pytest.mark.parametrize(
    ("text", "minutes", "bound"),
    [
        ("under two hours", 120, "max"),
        ("less than 100 minutes", 100, "max"),
        ("at most 1h30", 90, "max"),
        ("2 hours or less", 120, "max"),
        ("90 minutes max", 90, "max"),
        ("I have 90 minutes", 90, "max"),
        ("over 90 min", 90, "min"),
        ("longer than 2 hours", 120, "min"),
        ("about an hour and a half", 90, "about"),
        ("around 2 hrs", 120, "about"),
        ("the first 40 minutes", 40, "exact"),
        ("only the first hour", 60, "exact"),
        ("an hour and a quarter", 75, "exact"),
        ("half an hour", 30, "exact"),
        ("three quarters of an hour", 45, "exact"),
        ("2h 15m", 135, "exact"),
        ("ninety minutes", 90, "exact"),
        ("an hour and a half", 90, "exact"),
        ("an hour and twenty minutes", 80, "exact"),
        ("one hour forty five minutes", 105, "exact"),
        ("a two-hour film", 120, "exact"),
        ("2.5 hours", 150, "exact"),
        ("120m", 120, "exact"),
        ("watched 20h of it", 1200, "exact"),
        ("1h30", 90, "exact"),
        ("Friday, 2h15", 135, "exact"),
        ("nothing over 105 minutes", 105, "max"),
        ("I won't sit through more than 100 minutes", 100, "max"),
        ("don't want anything over two hours", 120, "max"),
        ("nothing shorter than three hours", 180, "min"),
        ("no longer than 90 minutes", 90, "max"),
        ("at most an hour and a half", 90, "max"),
        ("max 90", 90, "max"),
        ("max runtime 90", 90, "max"),
        ("maximum length 110 minutes", 110, "max"),
        ("runtime under 100", 100, "max"),
        ("ninety minutes or thereabouts", 90, "about"),
        ("only made it 40 minutes into it", 40, "exact"),
    ],
)
def test_a_length_is_read_in_minutes(text: str, minutes: int, bound: str) -> None:
    assert [(length.minutes, length.bound) for length in read_durations(text)] == [(minutes, bound)]


@pytest.mark.parametrize("text", ["90 to 120 minutes", "between 90 minutes and two hours", "90-120 min"])
def test_a_range_gives_both_limits(text: str) -> None:
    lengths = [(length.minutes, length.bound) for length in read_durations(text)]
    assert lengths == [(90, "min"), (120, "max")]


@pytest.mark.parametrize(
    "text",
    [
        "two hours ago",
        "missed the last 15 minutes",
        "rush hour",
        "at 8",
        "1917",
        "three days",
        "5 films",
        "Friday 21h",
        "nudge me half an hour ahead",
        "reminder 60 minutes",
        "an hour later",
        "a number field from min 1 to max 100",
        "the best runtime of 2019",
        "at 20h30",
    ],
)
def test_other_numbers_are_no_lengths(text: str) -> None:
    assert read_durations(text) == []


def test_nothing_is_read_in_a_title() -> None:
    assert read_durations("13 Hours", skip=[(0, 8)]) == []
