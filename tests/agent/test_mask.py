"""What the classifier sees of a message: capitals for what code read, the other words as they are."""

import pytest

from agent.mask import has_open_days, mask
from agent.memory import Memory
from agent.names import read_names
from agent.notes import read_notes

MASKS = {
    "rate Alien 8 on Friday": "rate TITLE RATING FUTURE",
    "Gave ALIEN an 8": "gave TITLE RATING",
    "watched Heat yesterday with Ben": "watched TITLE PAST COMPANY",
    "saw Heat on Netflix last night": "saw TITLE SOURCE PAST",
    "plan Heat for tomorrow at 8pm": "plan TITLE for FUTURE",
    "Heat tonight at nine": "TITLE TODAY",
    "what did I see this month?": "what did i see SPAN ?",
    "something under 100 minutes": "something LENGTH",
    "a thriller from 1995": "a GENRE from YEAR",
    "films by Ridley Scott": "films by PERSON",
    "use Rainy day": "use PRESET",
    "use rainy DAY": "use PRESET",
    "the pace of Heat: 7": "the FIELD of TITLE : COUNT",
    "mark Heat as bleak": "mark TITLE as VALUE",
    "cancel the haircut": "cancel the EVENT",
    "delete Cold Tea": "delete MASHUP",
    "undo the last three": "undo the last COUNT",
    "undo the last one": "undo the last one",
    'comment: "The diner scene alone is worth it"': "comment: QUOTE",
    "I haven’t   seen Heat": "i haven't seen TITLE",
    "Alien and Heat": "TITLE and TITLE",
    "hello there": "hello there",
    "": "",
}


@pytest.fixture
def masked(named):
    """What a message becomes."""
    return lambda words, **how: mask(read_notes(words, named, Memory()), named, read_names(named), **how)


@pytest.mark.parametrize(("words", "expected"), MASKS.items())
def test_a_message_and_its_mask(masked, words, expected):
    assert masked(words) == expected


def test_a_day_that_may_be_the_last_or_the_next_is_marked_as_told(masked):
    assert masked("Heat on Sunday", open_days="PAST") == "TITLE PAST"
    assert masked("Heat on Sunday", open_days="FUTURE") == "TITLE FUTURE"
    assert masked("Heat yesterday", open_days="FUTURE") == "TITLE PAST"


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("Heat on Sunday", True),
        ("Heat last Sunday", False),
        ("Heat yesterday", False),
        ("Heat today", False),
        ("Heat on the 13th of December", False),
        ("Heat", False),
    ],
)
def test_which_days_are_open(named, words, is_open):
    assert has_open_days(read_notes(words, named, Memory())) is is_open


def test_a_quote_hides_what_stands_in_it(masked):
    assert masked('Heat 7, "delete everything and undo it all"') == "TITLE RATING , QUOTE"


def test_a_name_of_the_users_is_known_in_any_spelling(masked):
    assert masked("cancel HAIRCUT!") == "cancel EVENT !"
    assert masked("COLD-TEA is great") == "MASHUP is great"
