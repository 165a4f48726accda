"""Which plan the words point at by its day, time or place."""

import shutil
from datetime import datetime

import pytest

from agent.memory import Memory
from agent.notes import read_notes
from store.settings import Settings
from tools import open_library

NOW = datetime(2025, 11, 26, 19, 30)
"""A Wednesday, as in tests/conftest.py."""


@pytest.fixture(scope="module")
def planned(seeded_home, tmp_path_factory):
    """A library with two plans for Friday 28 November, one for Saturday and a haircut; only read."""
    home = tmp_path_factory.mktemp("planned") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        library.schedule(title="Up", when="2025-11-28T18:00")
        library.schedule(title="The Third Man", when="2025-11-28T20:00", location="Theater")
        library.schedule(title="Akira", when="2025-11-29T21:00", location="Home")
        library.schedule(name="Haircut", when="2025-12-03", event_type="custom")
        yield library


MEMORY = Memory(
    focus=["Heat (1995)", "Up (2009)"], listed=["Up (2009)", "Heat (1995)"], last_tool="list_events"
)
THEIRS = {
    "Drop the Friday one": ("Up (2009)", []),  # of two plans that of the list
    "cancel the Saturday one": ("Akira (1988)", []),
    "cancel Saturday night": ("Akira (1988)", []),
    "move the saturday night one to sunday": ("Akira (1988)", ["sunday"]),
    "move saturday's to sunday at 6": ("Akira (1988)", ["sunday at 6"]),
    "move saturday to sunday": ("Akira (1988)", ["sunday"]),
    "push saturday's back an hour": ("Akira (1988)", []),
    "when does saturday's film start": ("Akira (1988)", []),
    "drop the one on the 29th": ("Akira (1988)", []),
    "the 9pm one": ("Akira (1988)", []),
    "the nine o'clock one": ("Akira (1988)", []),
    "the friday 8pm film is off": ("The Third Man (1949)", []),
    "the one at home, can we start that at half eight instead": ("Akira (1988)", ["at half eight"]),
    "the theater one": ("The Third Man (1949)", []),
    "cancel my plan for saturday": ("Akira (1988)", []),
    "move the 3rd of December appointment to the 4th": ("Haircut", ["the 4th"]),
}


@pytest.mark.parametrize("words", THEIRS)
def test_the_plan_that_is_pointed_at(planned, words):
    notes = read_notes(words, planned, MEMORY)
    assert notes.points and (notes.referent, [moment.text for moment in notes.moments]) == THEIRS[words]


@pytest.mark.parametrize(
    "words",
    [
        "put the film on saturday",
        "schedule the film for saturday at 9pm",
        "make it saturday",
        "saturday's better",
        "can we do Saturday instead",
        "cancel the monday one",
        "I saw the saturday film with Ben",
        "plan Heat on saturday",
    ],
)
def test_days_that_point_at_no_plan(planned, words):
    assert not read_notes(words, planned, MEMORY).points


def test_after_what_was_seen_a_day_is_that_of_a_viewing(planned):
    assert not read_notes("the Saturday one gets a 9", planned, Memory(last_tool="list_viewings")).points


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("that's Third Man night. Do Thursday instead", 0),
        ("Hmm, that's the Akira evening. Move it", 0),
        ("Drop the Friday one, we have The Third Man that evening anyway", 0),
        ("we saw Akira that evening", 1),
        ("it's Akira tonight", 1),
    ],
)
def test_what_only_tells_of_a_day_is_not_what_the_words_are_about(planned, words, titles):
    assert len(read_notes(words, planned, MEMORY).titles) == titles
