"""Whether words support an act at all."""

import pytest

from agent.ground import grounded
from tools import TOOLS

GROUNDED = [
    ("log_review", "I watched Heat"),
    ("log_review", "Heat 8/10"),
    ("log_review", "loved Heat"),
    ("update_review", "make that an 8"),
    ("update_review", "no, it was a 7"),
    ("log_viewing", "only saw the first half hour of Heat"),
    ("schedule", "put Heat on my calendar"),
    ("schedule", "let's do Heat on Friday"),
    ("move_event", "reschedule Heat to Saturday"),
    ("cancel_event", "Heat is off"),
    ("delete_media", "get rid of Heat"),
    ("mash_up", "Heat meets Up"),
    ("mash_up", "another take"),
    ("undo", "oops, take that back"),
    ("rate_mashup", "I give that mashup a 7"),
    ("list_reviews", "anything at all: reading needs no ground"),
]
GROUNDLESS = [
    ("log_review", "thanks!"),
    ("log_review", "good night"),
    ("update_review", "haha"),
    ("log_viewing", "hello there"),
    ("schedule", "good night, talk tomorrow"),
    ("delete_media", "thanks for everything"),
    ("delete_review", "I am tired"),
    ("add_media", "hello"),
    ("undo", "thanks"),
    ("mash_up", "tell me a joke"),
    ("define_field", "who are you?"),
]


@pytest.mark.parametrize(("tool", "words"), GROUNDED)
def test_words_that_hold_an_act(notes_of, tool, words):
    assert grounded(tool, notes_of(words))


@pytest.mark.parametrize(("tool", "words"), GROUNDLESS)
def test_words_that_do_not(notes_of, tool, words):
    assert not grounded(tool, notes_of(words))


@pytest.mark.parametrize("tool", [tool.name for tool in TOOLS.values() if tool.chat and tool.kind != "read"])
def test_no_tool_that_writes_acts_on_a_mere_thank_you(notes_of, tool):
    assert not grounded(tool, notes_of("thank you so much"))
