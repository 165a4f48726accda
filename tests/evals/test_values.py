"""When two values are the same to a person, and which stand in their words."""

from datetime import date, datetime

import pytest

from evals.values import said, same, same_arguments

NOW = datetime(2025, 11, 26, 19, 30)


@pytest.mark.parametrize(
    ("column", "expected", "actual"),
    [
        ("rating", 9, 9.0),
        ("rating", 8.5, 8.5),
        ("value", 9, "9"),
        ("value", True, "true"),
        ("value", ["calm", "sad"], '["Sad", "calm"]'),
        ("at", "2025-11-25", "2025-11-25T20:00"),
        ("at", "2025-11-25T20:00", "2025-11-25T20:00"),
        ("date", date(2025, 11, 28), "2025-11-28"),
        ("release_date", 2006, "2006-01-01"),
        ("time", "9:30", "09:30"),
        ("text", "Gorgeous and melancholy", "gorgeous, and melancholy."),
        ("text", "really unsettling", "it was really unsettling"),
        ("text", "Gripping from the first shot to the last", "Griping from first shot to last"),
        ("context", "With Friends", "friends"),
        ("context", "with Anna", "Anna"),
        ("source", "Cinema", "the theater"),
        ("source", "Disney+", "Disney Plus"),
        ("source", "Blu-ray", "bluray"),
        ("location", "Home", "at home"),
        ("genres", ["science-fiction", "Horror"], ["Horror", "Science Fiction"]),
        ("sources", ["Up", "Heat (1995)"], ["Heat (1995)", "Up (2009)"]),
        ("criteria", {"runtime": {"max": 110}}, {"runtime": {"weight": 1.0, "max": 110}}),
        ("media", "Se7en (1995)", "Se7en (1995)"),
        ("minutes", None, None),
    ],
)
def test_these_are_the_same(column, expected, actual):
    assert same(column, expected, actual)


@pytest.mark.parametrize(
    ("column", "expected", "actual"),
    [
        ("rating", 9, 8.5),
        ("rating", 9, None),
        ("minutes", None, 30),
        ("completed", False, True),
        ("at", "2025-11-25", "2025-11-26T20:00"),
        ("at", "2025-11-25T21:00", "2025-11-25T20:00"),
        ("time", "21:00", "09:00"),
        ("text", "Gorgeous and melancholy", "Gorgeous"),
        ("text", "not scary enough", "scary enough"),
        ("text", "I didn't like it", "I like it"),
        ("text", "unsettling", "so yesterday watched perfect blue unsettling nine"),
        ("context", "with Anna", "with Ben"),
        ("source", "Netflix", "Cinema"),
        ("genres", ["Horror"], ["Horror", "Drama"]),
        ("tags", ["a", "a"], ["a", "b"]),
        ("sources", ["Up"], ["Up (2009)", "Heat (1995)"]),
        ("criteria", {"runtime": {"max": 110}}, {"runtime": {"weight": 0.5, "max": 110}}),
        ("media", "The Fly (1958)", "The Fly (1986)"),
        ("media", "Her", "Here (2024)"),
    ],
)
def test_these_are_not(column, expected, actual):
    assert not same(column, expected, actual)


@pytest.mark.parametrize(
    ("tool", "expected", "actual"),
    [
        ("schedule", {"when": "2025-11-28"}, {"when": "Friday at 8pm"}),
        ("schedule", {"when": "2025-11-28T20:00"}, {"when": "Friday at 8pm"}),
        ("log_viewing", {"watched": "2025-11-21"}, {"watched": "on Friday"}),
        ("log_review", {"title": "Heat (1995)", "rating": 9}, {"title": "heat", "rating": "9"}),
        ("list_viewings", {"since": "2025-10-01", "until": "2025-10-31"}, {"since": "last month"}),
        ("recommend", {"genres": ["horror", "comedy"]}, {"genres": ["Comedy", "horror"], "limit": 5}),
        ("find_by_plot", {"description": "a man relives one day"}, {"description": "man relives one day"}),
    ],
)
def test_a_call_has_the_arguments(tool, expected, actual):
    assert same_arguments(tool, expected, actual, NOW) == []


@pytest.mark.parametrize(
    ("tool", "expected", "actual"),
    [
        ("schedule", {"when": "2025-11-28T20:00"}, {"when": "Friday at 9pm"}),
        ("schedule", {"when": "2025-11-28"}, {"when": "some day"}),
        ("schedule", {"when": "2025-11-28"}, {}),
        ("list_viewings", {"since": "2025-10-01"}, {"since": "last week"}),
        ("log_review", {"title": "Heat", "rating": 9}, {"title": "Heat"}),
    ],
)
def test_a_call_lacks_an_argument(tool, expected, actual):
    assert len(same_arguments(tool, expected, actual, NOW)) == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9.0, "a nine, I'd say"),
        (7.0, "three and a half stars"),
        ("2025-11-25", "saw it last night"),
        ("2025-11-28T20:00", "on Friday at 8pm"),
        ("20:00", "on Friday at 8pm"),
        ("with Anna", "Anna and I watched it"),
        (["calm"], "something calm"),
    ],
)
def test_a_value_stands_in_the_words(value, words):
    assert said(value, words, NOW)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9.0, "I liked it"),
        ("2025-11-25", "saw it"),
        ("Netflix", "saw it at home"),
        (False, "I finished it"),
        ("Gorgeous", "rate Up 9"),
    ],
)
def test_a_value_was_never_said(value, words):
    assert not said(value, words, NOW)
