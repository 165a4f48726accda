"""A rating or a value told by another one."""

from dataclasses import replace

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.relative import relative_rating, relative_value

HEAT, UP, ALIEN = "Heat (1995)", "Up (2009)", "Alien (1979)"


def rated(title, rating, tool="log_review"):
    act = Call(tool=tool, args={"title": title, "rating": rating})
    return Memory(focus=[title], last_act=act, acts=[act], last_tool=tool)


@pytest.fixture
def reviewed(said):
    """A message in a library where Alien is rated 9 and Heat 8."""

    def say(words, memory):
        message = said(words, memory)
        message.store.log_review(title="Alien", rating=9)
        message.store.log_review(title="Heat", rating=8)
        return message

    return say


@pytest.mark.parametrize(
    ("words", "title", "rating"),
    [
        ("half a point more", HEAT, 8.5),
        ("and a point less", HEAT, 7),
        ("raise that by half a point", HEAT, 8.5),
        ("knock two points off", HEAT, 6),
        ("half a star more", HEAT, 9),
        ("one and a half points more", HEAT, 9.5),
        ("too harsh, add another point", HEAT, 9),
        ("a notch lower", HEAT, 7),
        ("the same for Up", UP, 8),
        ("same rating for Up please", UP, 8),
        ("Up likewise", UP, 8),
        ("and Up two points less", UP, 6),
        ("Up gets one more than that", UP, 9),
        ("Alien the same", ALIEN, 8),
        ("half a point more for Alien", ALIEN, 8.5),
        ("three points more", HEAT, None),
        ("the same", HEAT, None),
        ("two thumbs up", HEAT, None),
        ("the same film again", HEAT, None),
        ("what's the point of it", HEAT, None),
        ("rate Up 8 points", UP, None),
    ],
)
def test_what_follows_a_rating(reviewed, words, title, rating):
    assert relative_rating(reviewed(words, rated(HEAT, 8.0)), title) == rating


@pytest.mark.parametrize(
    ("words", "rating"),
    [("half a point more", 9.5), ("a point off", 8), ("the same", None), ("too kind", None)],
)
def test_without_an_act_the_review_that_is_spoken_of_counts(reviewed, words, rating):
    assert relative_rating(reviewed(words, Memory(focus=[ALIEN])), ALIEN) == rating


def test_what_has_no_rating_has_none_to_go_by(said):
    assert relative_rating(said("half a point more", Memory(focus=[UP])), UP) is None
    assert relative_rating(said("half a point more", Memory()), None) is None


def test_a_mashup_is_rated_by_another(said):
    memory = rated("Cold Tea", 9.0, "rate_mashup")
    assert relative_rating(said("and Neon Laundry the same", memory), "Neon Laundry") == 9.0
    message = said("half a point more", memory)
    message.store.rate_mashup(rating=7)
    assert relative_rating(message, "Cold Tea") == 7.5


def test_a_fields_value_goes_by_the_one_set_last(said):
    act = Call(tool="set_field", args={"title": HEAT, "field": "Pace", "value": "7"})
    message = said("and Up one more than that", Memory(acts=[act], last_act=act, last_tool="set_field"))
    (pace,) = [field for field in message.names.fields if field.field_label == "Pace"]
    assert relative_value(message, pace) == "8"
    assert relative_value(said("Up 6", message.memory), pace) is None
    other = replace(message, memory=Memory())
    assert relative_value(other, pace) is None
