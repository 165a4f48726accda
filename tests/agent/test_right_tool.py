"""Which tool the words mean, where they leave only one; the corrections in full are in test_check.py."""

import pytest

from agent.right_tool import obvious

OBVIOUS = {
    "rate Heat 85%": [("log_review", {"title": "Heat"})],
    "make Heat an 8 and Akira a 10": [("log_review", {"title": "Heat"}), ("log_review", {"title": "Akira"})],
    "something like Heat but not so long": [("similar", {})],
    "the one with the two robots": [("find_by_plot", {"description": "the one with the two robots"})],
    "did I give Heat a 9?": [],
    "my wife gave Heat a 9": [],
    "thanks": [],
    "Heat and Akira, 9/10": [],
}


@pytest.mark.parametrize("words", OBVIOUS)
def test_what_is_obvious_without_the_model(notes_of, words):
    assert [(call.tool, call.args) for call in obvious(notes_of(words))] == OBVIOUS[words]
