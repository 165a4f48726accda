"""The plain agent: calls read from text, tools bound natively, judged in the same run."""

import json
from collections.abc import Iterator

import pytest
from fake_ollama import Fails, FakeOllama, Says

from evals.items import Item
from evals.native import read_calls
from evals.run import Stage
from store.settings import Settings

NAMES = {"log_review", "schedule"}
RATE = {"title": "Heat", "rating": 9}


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "log_review", "arguments": {"title": "Heat", "rating": 9}}',
        '```json\n{"name": "log_review", "arguments": {"title": "Heat", "rating": 9}}\n```',
        '<tool_call>\n{"name": "log_review", "arguments": {"title": "Heat", "rating": 9}}\n</tool_call>',
        'Of course! {"tool": "log_review", "args": {"title": "Heat", "rating": 9}} Done.',
        '{"function": {"name": "log_review", "arguments": "{\\"title\\": \\"Heat\\", \\"rating\\": 9}"}}',
        '[{"name": "log_review", "parameters": {"title": "Heat", "rating": 9}}]',
        '{"tool_calls": [{"name": "log_review", "arguments": {"title": "Heat", "rating": 9}}]}',
        'I use {curly} words. {"name": "log_review", "arguments": {"title": "Heat", "rating": 9}}',
    ],
)
def test_a_call_in_text_is_read(text):
    ((call),) = read_calls(text, NAMES)
    assert (call.tool, call.args) == ("log_review", RATE)


def test_several_calls_in_a_row_are_read():
    text = '{"name":"log_review","arguments":{}}\n{"name":"schedule","arguments":{"when":"Friday"}}'
    assert [call.tool for call in read_calls(text, NAMES)] == ["log_review", "schedule"]


@pytest.mark.parametrize(
    "text",
    [
        "Enjoy the film!",
        '{"name": "fly_to_the_moon", "arguments": {}}',
        '{"title": "Heat"}',
        '{"name": "log_review", "arguments": "soon"}',
        '{"name": "log_review", "arguments": {"title"',
    ],
)
def test_what_is_no_call_is_not_read(text):
    assert [call for call in read_calls(text, NAMES) if call.args] == []


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture(scope="module")
def stage(model) -> Iterator[Stage]:
    with Stage(Settings(backend="ollama", ollama_url=model.url), native=True) as opened:
        yield opened


@pytest.fixture
def play(stage, model):
    def run(*turns, replies):
        model.script = [Says(reply) for reply in replies]
        return stage.play(Item.model_validate({"id": "talk-1", "turns": turns}))

    return run


LOG = {"say": "rate Heat 9", "leaves": {"added": {"reviews": [{"media": "Heat (1995)", "rating": 9}]}}}


def test_a_call_is_carried_out_and_its_result_ends_the_turn(play, model):
    before = len(model.asked("/api/chat"))
    result = play(LOG, replies=[json.dumps({"name": "log_review", "arguments": RATE})])
    (turn,) = result.turns
    assert result.right and turn.got.reply.startswith("Saved Heat (1995): 9/10")
    assert turn.got.usage.model_calls == 1 == len(model.asked("/api/chat")) - before


def test_the_tools_and_the_moment_go_with_every_call(play, model):
    play({"say": "hi"}, replies=["Hello!"])
    body = model.asked("/api/chat")[-1]
    assert {tool["function"]["name"] for tool in body["tools"]} >= {"log_review", "mash_up"}
    assert all(tool["function"]["description"] for tool in body["tools"])
    system, words = body["messages"]
    assert "Wednesday, 26 November 2025. The time is 19:30." in system["content"] and words["content"] == "hi"


def test_words_alone_are_the_reply(play):
    result = play({"say": "hi", "tools": [], "says": ["Hello"]}, replies=["Hello!"])
    assert result.right and result.turns[0].got.reply == "Hello!"


def test_a_deletion_waits_for_the_yes(play):
    delete = {"say": "delete my review of It", "asks": "confirm"}
    yes = {"say": "yes", "leaves": {"removed": {"reviews": [{"media": "It (2017)"}]}}}
    call = json.dumps({"name": "delete_review", "arguments": {"title": "It"}})
    assert play(delete, yes, replies=[call]).right


def test_an_ambiguous_title_is_a_question(play):
    call = json.dumps({"name": "log_review", "arguments": {"title": "The Fly", "rating": 8}})
    result = play({"say": "rate The Fly 8", "asks": "question"}, replies=[call])
    assert result.right and "1958" in result.turns[0].got.question


def test_a_failing_server_is_a_wrong_turn(stage, model):
    model.script = [Fails(500, "out of memory"), Fails(500, "out of memory")]
    result = stage.play(Item.model_validate({"id": "talk-1", "turns": [{"say": "hi"}]}))
    assert not result.right and result.turns[0].got.failed
