import pytest

from tools.reading import read_reminder


@pytest.mark.parametrize(
    ("text", "minutes", "words"),
    [
        ("set an hour's reminder for saturday 6 pm", 60, "an hour's reminder"),
        ("us, odeon, sat 18:00, reminder 60 minutes", 60, "reminder 60 minutes"),
        ("Give me a shout one hour ahead.", 60, "one hour ahead"),
        ("Nudge me half an hour before or I'll forget.", 30, "half an hour before"),
        ("remind me 30 min before", 30, "30 min before"),
        ("ping me an hour and a half beforehand", 90, "an hour and a half beforehand"),
        ("with 20 minutes' warning", 20, "20 minutes' warning"),
        ("heads up 15 min before it starts", 15, "15 min before it starts"),
        ("remind me a day before", 1440, "a day before"),
        ("reminder: 45", 45, "reminder: 45"),
        ("30 mins before please", 30, "30 mins before"),
        ("wake me 10 minutes before", 10, "10 minutes before"),
        ("up friday 8pm, rem 30m", 30, "rem 30m"),
    ],
)
def test_how_long_ahead_is_read(text: str, minutes: int, words: str) -> None:
    reminder = read_reminder(text)
    assert reminder and (reminder.minutes, reminder.text) == (minutes, words)
    assert text[reminder.start : reminder.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "remind me in 20 minutes to watch it",
        "remind me to watch a 90 minute film",
        "remind me at 7",
        "no reminder",
        "a film under two hours",
        "an hour before Friday's film I was asleep",
    ],
)
def test_other_lengths_are_no_reminder(text: str) -> None:
    assert read_reminder(text) is None
