"""Every way the model fails, through a whole turn: a sentence, nothing half-written, the next turn works."""

import pytest
from fake_ollama import Breaks, Dies, Fails, Hangs, Says, Stops
from fake_server import unused_url

from store.settings import Settings

ACT = ("log_review", {"title": "Alien", "rating": 8})
WORDS = "rate Alien 8"

FAILURES = {
    "bad schema": (Fails(400, "invalid JSON schema in format"), "invalid JSON schema in format"),
    "no memory": (Fails(500, "model requires more system memory (5.1 GiB)"), "XILFTEN_OLLAMA_MODEL"),
    "runner dies": (Breaks("an error was encountered while running the model"), "Ask again"),
    "runner dies inside JSON": (Breaks("unexpected EOF", after='[{"log_rev'), "Ask again"),
    "server dies": (Dies(), "broke off in the middle"),
    "server dies inside JSON": (
        Dies(after='[{"log_review":{"title":"Alien"'),
        "broke off in the middle",
    ),
    "stream ends early": (Stops(), "middle of its reply"),
    "empty answer": (Says(""), "empty answer"),
    "cut by length": (Says('[{"log_review":{"ti', reason="length"), "cut off"),
    "prose": (Says("Of course! I will note that."), "could not be read"),
    "no object": (Says("[1, 2]"), "could not be read"),
    "no array": (Says('{"log_review":{}}'), "could not be read"),
    "call is null": (Says("[null]"), "could not be read"),
    "args are a list": (Says('[{"log_review":["Alien"]}]'), "could not be read"),
    "unknown tool": (Says('[{"fly":{}}]'), "did not understand"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_is_a_sentence_and_the_next_turn_works(talk, what):
    reply, words = FAILURES[what]
    turn = talk.say(WORDS, reply)
    assert words in turn.reply and talk.texts() == turn.reply
    assert turn.calls == [] and talk.acts() == [] and "Traceback" not in turn.reply
    assert talk.say(WORDS, ACT).calls[0].result
    assert [row[:2] for row in talk.reviews()] == [("Alien", 8.0)]


def test_the_model_was_removed_meanwhile(talk, model):
    talk.companion.backend()
    model.models.clear()
    assert "`ollama pull qwen2.5:3b`" in talk.say(WORDS, ACT).reply and talk.acts() == []
    model.models.add("qwen2.5:3b")
    assert talk.say(WORDS, ACT).calls[0].result


def test_the_server_goes_down_and_comes_back(talk, model):
    talk.say(WORDS, ACT)
    model.stop()
    turn = talk.say("rate Heat 7")
    assert "ollama serve" in turn.reply and [row[0] for row in talk.reviews()] == ["Alien"]
    assert talk.say("undo that").calls[0].result  # what needs no model goes on
    model.start_again()
    assert talk.say("rate Heat 7", ("log_review", {"title": "Heat", "rating": 7})).calls[0].result
    assert [row[:2] for row in talk.reviews()] == [("Heat", 7.0)]


def test_no_server_at_the_start(talk, model):
    model.stop()
    turn = talk.say(WORDS)
    assert "ollama serve" in turn.reply and talk.acts() == [] and not talk.companion.ready
    model.start_again()
    assert talk.say(WORDS, ACT).calls[0].result and talk.companion.ready


def test_a_server_that_says_nothing(talk, model):
    talk.companion._settings.timeout = 0.5
    assert "XILFTEN_TIMEOUT" in talk.say(WORDS, Hangs()).reply and talk.acts() == []
    assert talk.say(WORDS, ACT).calls[0].result


def test_the_second_call_of_a_turn_fails(talk):
    turn = talk.say("thanks!", ACT, Fails(500, "out of memory"))
    assert "out of memory" in turn.reply and turn.calls == [] and turn.usage.model_calls == 1
    assert talk.say(WORDS, ACT).calls[0].result


def test_a_malformed_setting_is_a_sentence(talk):
    talk.companion._settings.backend = "olama"
    turn = talk.say(WORDS)
    assert "Backend “olama” will not do" in turn.reply and talk.acts() == []


def test_failing_keeps_the_question_before_it_out_of_the_way(talk):
    talk.say("schedule The Matrix", ("schedule", {"title": "The Matrix"}))
    talk.say("hm, let me think about that one", Fails(500, "out of memory"))
    talk.say("schedule it for Friday at 8pm", ("schedule", {"when": "Friday at 8pm"}))
    assert talk.events_planned() == [("The Matrix", "2025-11-28", "20:00:00")]


def test_a_bug_of_ours_is_a_sentence_too(talk, monkeypatch):
    monkeypatch.setattr("agent.choice.read_notes", lambda *_: 1 / 0)
    turn = talk.say(WORDS, ACT)
    assert turn.reply.startswith("Something went wrong on my side") and talk.texts() == turn.reply
    monkeypatch.undo()
    assert talk.say(WORDS, ACT).calls[0].result


def test_an_embedding_server_that_is_down(settings: Settings, talk):
    talk.companion.close()
    changed = {"embedding": "ollama:nomic-embed-text", "ollama_url": unused_url()}
    talk.companion._settings = talk.settings = settings.model_copy(update=changed)
    talk.companion = talk._open()
    talk.companion._settings = settings  # the chat model answers, the embeddings do not
    turn = talk.say(
        "what was that film with the shark at the beach?",
        ("find_by_plot", {"description": "a shark at the beach"}),
    )
    assert turn.calls[0].error and "ollama" in turn.reply.lower() and turn.calls[0].error in turn.reply
    assert talk.say(WORDS, ACT).calls[0].result


MASHUP = ("mash_up", {"sources": ["Blade Runner", "The Matrix"]})


@pytest.mark.parametrize(
    "reply",
    [
        Fails(500, "out of memory"),
        Dies(after='{"title":"The Neon Orchard","hero":"Mara'),
        Breaks("unexpected EOF", after='{"title":"The Neon Orchard"'),
        Says('{"title":"The Neon Orchard","hero":"Mara', reason="length"),
        Says("Once upon a time"),
    ],
    ids=lambda reply: type(reply).__name__,
)
def test_a_mashup_that_fails_is_not_kept(talk, reply):
    turn = talk.say("mash up Blade Runner and The Matrix", MASHUP, reply)
    assert turn.calls[0].error and turn.calls[0].error in turn.reply and talk.texts() == turn.reply
    assert talk.rows("SELECT * FROM mashups") == [] and talk.acts() == []
    assert talk.steps()[-1].status == "failed"
    assert talk.say(WORDS, ACT).calls[0].result
