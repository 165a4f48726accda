"""Whole conversations with a fake model server: what is prepared, recorded and left alone."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from fake_ollama import Fails, FakeOllama, Says

from evals.items import Item
from evals.run import Stage
from store.settings import Settings


def chooses(*calls: tuple[str, Any]) -> Says:
    """What the model answers under the schema."""
    return Says(json.dumps([{tool: args} for tool, args in calls]))


def item(*turns: dict[str, Any], **about: Any) -> Item:
    return Item.model_validate({"id": "talk-1", "category": "talk", "turns": turns, **about})


LOG = {
    "say": "rate Heat 9",
    "tools": ["log_review"],
    "leaves": {"added": {"reviews": [{"media": "Heat (1995)", "rating": 9}]}},
}
HEAT = chooses(("log_review", {"title": "Heat", "rating": 9}))


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture(scope="module")
def stage(model) -> Iterator[Stage]:
    with Stage(Settings(backend="ollama", ollama_url=model.url)) as opened:
        yield opened


@pytest.fixture
def play(stage, model):
    def run(what: Item, *replies):
        model.script = list(replies)
        return stage.play(what)

    return run


def test_a_right_turn_with_its_figures(play):
    result = play(item(LOG), HEAT)
    (turn,) = result.turns
    assert result.right and turn.verdict.tool_right and turn.tools == ["log_review"]
    assert turn.changes["added"]["reviews"][0]["rating"] == 9.0
    assert 0 <= turn.figures.first_sign <= turn.figures.first_text <= turn.figures.seconds


def test_the_model_s_calls_are_counted(play):
    (turn,) = play(item({"say": "sing me a little song"}), chooses(("reply", "La la la."))).turns
    assert (turn.got.usage.model_calls, turn.got.reply) == (1, "La la la.")
    assert turn.figures.beyond_words is None  # Ollama does not tell


def test_each_conversation_has_a_library_of_its_own(play):
    assert play(item(LOG), HEAT).right and play(item(LOG), HEAT).right


def test_the_turns_of_a_dialogue_are_one_conversation(play):
    better = {
        "say": "make that a 10",
        "leaves": {"changed": {"reviews": [{"media": "Heat (1995)", "rating": 10}]}},
    }
    result = play(item(LOG, better), HEAT, chooses(("update_review", {"rating": 10})))
    assert [turn.verdict.right for turn in result.turns] == [True, True]


def test_a_yes_carries_out_what_waits(play):
    delete = {"say": "delete my review of It", "asks": "confirm"}
    yes = {"say": "yes", "leaves": {"removed": {"reviews": [{"media": "It (2017)"}]}}}
    assert play(item(delete, yes), chooses(("delete_review", {"title": "It"}))).right


def test_the_clock_and_the_given_calls_are_the_items_own(play):
    review = {"media": "Heat (1995)", "rating": 7, "watched": "2025-12-31"}
    say = {"say": "what did I give Heat?", "tools": ["list_reviews"], "says": ["7/10", "31 December 2025"]}
    given = [{"tool": "log_review", "args": {"title": "Heat", "rating": 7, "watched": "yesterday"}}]
    result = play(
        item(say, given=given, now=datetime(2026, 1, 1, 9)), chooses(("list_reviews", {"title": "Heat"}))
    )
    assert result.right, result.turns[0].verdict.faults
    assert result.turns[0].changes == {"added": {}, "changed": {}, "removed": {}}, review


def test_a_false_write_is_seen(play):
    result = play(item({"say": "rate Heat 9", "leaves": {}}), HEAT)
    assert result.turns[0].verdict.false_write and not result.right


def test_a_server_that_fails_is_a_wrong_turn_and_the_next_conversation_is_held(play):
    result = play(item({"say": "hello there"}), Fails(500, "out of memory"))
    assert not result.right and result.turns[0].got.failed
    assert play(item(LOG), HEAT).right


def test_what_breaks_is_recorded_and_the_next_conversation_is_held(play):
    broken = item({"say": "hi"}, given=[{"tool": "log_review", "args": {"title": "No such film", "rating": 3}}])
    result = play(broken)
    assert not result.right and "No such film" in result.error and result.turns == []
    assert play(item(LOG), HEAT).right


def test_the_user_s_own_library_is_not_touched(stage, tmp_path, monkeypatch, model):
    monkeypatch.setenv("XILFTEN_HOME", str(tmp_path / "mine"))
    model.script = [HEAT]
    assert stage.play(item(LOG)).right
    assert not (tmp_path / "mine").exists()
