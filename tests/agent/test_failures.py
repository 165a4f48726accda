"""Every way the model fails, through a whole turn: a sentence, nothing half-written, the next turn works."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator

import pytest
from fake_ollama import Breaks, Dies, Fails, Hangs, Says, Stops
from fake_openai import FakeOpenAI
from fake_server import unused_url

from store.settings import Settings

# What only the model can make an act of.
ACT = ("add_media", {"title": "Tampopo"})
WORDS = "add Tampopo to my library"
TAMPOPO = '[{"add_media":{"title":"Tampopo"}}'


def added(talk):
    """The titles that the library did not have at first."""
    sql = "SELECT title FROM media WHERE title IN ('Tampopo', 'Woman in the Dunes') ORDER BY title"
    return [row["title"] for row in talk.rows(sql)]


class _OpenAIHandler(FakeOpenAI.handler):  # type: ignore[misc, name-defined]
    def handle(self):
        with contextlib.suppress(ConnectionError):
            super().handle()

    def chat(self, body):
        if body["max_tokens"] == 1:  # the prefix is warmed; that is no turn
            script, self.fake.script = self.fake.script, [Says("ok", reason="length")]
            super().chat(body)
            self.fake.script = script
            return
        super().chat(body)


class FakeOpenAIModel(FakeOpenAI):
    handler = _OpenAIHandler


@pytest.fixture(params=["ollama", "openai"])
def either(request, settings: Settings, talk) -> Iterator:
    """A conversation with each kind of server in turn."""
    if request.param == "ollama":
        yield talk
        return
    with FakeOpenAIModel() as server:
        talk.companion.close()
        talk.model = server
        talk.settings = settings.model_copy(update={"backend": f"openai:{server.base_url}#{server.model}"})
        talk.companion = talk._open()
        yield talk


FAILURES = {
    "bad schema": (Fails(400, "invalid JSON schema in format"), "invalid JSON schema in format"),
    "no such model": (Fails(404, "model not found"), "model"),
    "no memory": (Fails(500, "model requires more system memory (5.1 GiB)"), "5.1 GiB"),
    "busy": (Fails(503, "server busy, maximum pending requests exceeded"), "Ask again in a moment"),
    "runner dies": (Breaks("an error was encountered while running the model"), "Ask again"),
    "runner dies inside JSON": (Breaks("unexpected EOF", after='[{"log_rev'), "Ask again"),
    "server dies": (Dies(), "broke off"),
    "server dies inside JSON": (Dies(after='[{"log_review":{"title":"Alien"'), "broke off"),
    "server dies in the second call": (Dies(after=f'{TAMPOPO},{{"schedule":{{"title":"Heat"'), "broke off"),
    "stream ends early": (Stops(), "middle of its reply"),
    "stream ends early after a whole call": (Stops(after=f"{TAMPOPO}]"), "middle of its reply"),
    "empty answer": (Says(""), "empty answer"),
    "blank answer": (Says(" \n "), "empty answer"),
    "cut by length": (Says('[{"log_review":{"ti', reason="length"), "cut off"),
    "cut in the second call": (Says(f'{TAMPOPO},{{"schedule":{{"ti', reason="length"), "cut off"),
    "cut after a whole call": (Says(f"{TAMPOPO}]", reason="length"), "cut off"),
    "unfinished": (Says(f'{TAMPOPO},{{"sched'), "could not be read"),
    "prose": (Says("Of course! I will note that."), "could not be read"),
    "prose around JSON": (Says(f"Sure! {TAMPOPO}]"), "could not be read"),
    "no object": (Says("[1, 2]"), "could not be read"),
    "no array": (Says('{"log_review":{}}'), "could not be read"),
    "call is null": (Says("[null]"), "could not be read"),
    "two tools in one call": (Says('[{"log_review":{},"undo":{}}]'), "could not be read"),
    "args are a list": (Says('[{"log_review":["Alien"]}]'), "could not be read"),
    "args are words": (Says('[{"log_review":"Alien"}]'), "could not be read"),
    "args are null": (Says('[{"log_review":null}]'), "could not be read"),
    "a call after good ones is none": (Says(f"{TAMPOPO},7]"), "could not be read"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_is_a_sentence_and_the_next_turn_works(either, what):
    reply, words = FAILURES[what]
    turn = either.say(WORDS, reply)
    assert words in turn.reply and either.texts() == turn.reply and turn.failed
    assert turn.calls == [] and either.acts() == [] and "{" not in turn.reply
    assert either.say(WORDS, ACT).calls[0].result
    assert added(either) == ["Tampopo"]


@pytest.mark.parametrize(
    "said",
    [
        '[{"fly":{}}]',
        "[]",
        '[{"reply":""}]',
        '[{"reply":null}]',
        '[{"add_media":{"title":{"name":"Tampopo"}}}]',
        '[{"add_media":{"title":["Tampopo"]}}]',
        '[{"add_media":{"title":null}}]',
        '[{"add_media":{"title":5}}]',
        f'{TAMPOPO},{{"fly":{{}}}}]',
    ],
)
def test_json_of_another_shape_writes_no_more_than_was_said(talk, said):
    turn = talk.say(WORDS, Says(said), Says('[{"reply":"Fine."}]'))
    assert added(talk) in ([], ["Tampopo"]) and set(talk.acts()) <= {"add_media"}
    assert turn.reply and "{" not in turn.reply and "None" not in turn.reply
    assert "Something went wrong" not in turn.reply
    assert talk.say("add Woman in the Dunes", ("add_media", {"title": "Woman in the Dunes"})).calls[0].result


def test_the_model_was_removed_meanwhile(talk, model):
    talk.companion.backend()
    model.models.clear()
    assert "`ollama pull qwen2.5:3b`" in talk.say(WORDS, ACT).reply and talk.acts() == []
    model.models.add("qwen2.5:3b")
    assert talk.say(WORDS, ACT).calls[0].result


def test_the_server_goes_down_and_comes_back(talk, model):
    talk.say(WORDS, ACT)
    model.stop()
    turn = talk.say("add Woman in the Dunes")
    assert "ollama serve" in turn.reply and added(talk) == ["Tampopo"]
    assert talk.say("undo that").calls[0].result  # what needs no model goes on
    model.start_again()
    assert talk.say("add Woman in the Dunes", ("add_media", {"title": "Woman in the Dunes"})).calls[0].result
    assert added(talk) == ["Woman in the Dunes"]


def test_no_server_at_the_start(talk, model):
    model.stop()
    turn = talk.say(WORDS)
    assert "ollama serve" in turn.reply and talk.acts() == [] and not talk.companion.ready
    model.start_again()
    assert talk.say(WORDS, ACT).calls[0].result and talk.companion.ready


@pytest.mark.parametrize("after", ["", '[{"log_rev', '[{"reply":"Hello there. How a'])
def test_a_server_that_hangs(either, after):
    either.companion._settings.timeout = 0.5
    started = time.monotonic()
    turn = either.say(WORDS if "reply" not in after else "hello", Hangs(20, after=after))
    assert time.monotonic() - started < 8  # once: a second try would double the wait
    assert "XILFTEN_TIMEOUT" in turn.reply and either.acts() == [] and turn.failed
    assert turn.reply.startswith("Hello there.") == ("reply" in after)  # what was read stays on the page
    assert either.texts() == turn.reply
    assert either.say(WORDS, ACT).calls[0].result


@pytest.mark.parametrize("after", ["", '[{"log_rev'])
def test_a_stop_hangs_up_on_a_server_that_hangs(either, after):
    either.companion.warm()
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    assert either.say(WORDS, Hangs(20, after=after), stop=stop).reply == "Stopped."
    assert time.monotonic() - started < 2 and either.acts() == []
    assert either.say(WORDS, ACT).calls[0].result


@pytest.mark.parametrize("said", ['[{"reply":"Hello there. How are you', '[{"log_review":{"title":"Alien"'])
def test_a_server_killed_in_the_middle_of_its_reply_and_started_again(talk, model, said):
    talk.companion.warm()
    model.pace = 0.05
    model.script = [Says(said + " and so on" * 500 + '"}]')]
    threading.Timer(0.5, model.stop).start()
    *_, done = talk.companion.turn("one", "hello there" if "reply" in said else WORDS)
    assert "broke off in the middle" in done.turn.reply and talk.acts() == []
    assert "ollama serve" in talk.say(WORDS).reply
    model.pace = 0.0
    model.start_again()
    assert talk.say(WORDS, ACT).calls[0].result
    assert added(talk) == ["Tampopo"]


def test_the_second_call_of_a_turn_fails(talk):
    turn = talk.say(f"{WORDS}. Then define a text field called Mood", ACT, Fails(500, "out of memory"))
    assert "out of memory" in turn.reply and turn.calls == [] and turn.usage.model_calls == 1
    assert talk.say(WORDS, ACT).calls[0].result


def test_two_acts_of_which_the_second_fails_by_a_bug(talk, monkeypatch):
    call = type(talk.library).call
    monkeypatch.setattr(
        type(talk.library),
        "call",
        lambda library, name, args: 1 / 0 if name == "schedule" else call(library, name, args),
    )
    words = "rate Alien 8 and schedule Heat for Friday at 8pm"
    turn = talk.say(words, ("log_review", {"title": "Alien"}), ("schedule", {"title": "Heat"}))
    assert [bool(call.result) for call in turn.calls] == [True, False]
    assert "Alien" in turn.reply and "Something went wrong" in turn.reply
    assert [row[:2] for row in talk.reviews()] == [("Alien", 8.0)] and talk.events_planned() == []
    monkeypatch.undo()
    assert talk.say("schedule Heat for Friday at 8pm", ("schedule", {"title": "Heat"})).calls[0].result


@pytest.mark.parametrize(
    "text",
    [
        '[{"log_review":{"title":"Alien"}}]',
        "{'tool': 'undo'}",
        'Here it is. {"undo": {}} Anything else?',
        '"tool": "undo", "args": {}',
        None,
        {"text": "Hello."},
    ],
)
def test_json_inside_a_reply_is_not_shown(talk, text):
    turn = talk.say("good evening to you", Says(json.dumps([{"reply": text}])))
    shown = talk.texts()
    assert not set("{}[]") & set(shown) and "undo" not in shown and "None" not in shown
    assert turn.reply == shown and "did not understand" in shown and talk.acts() == []


def test_brackets_in_a_reply_are_words(talk):
    assert talk.say("good evening", ("reply", {"text": "Have you seen [REC]?"})).reply == "Have you seen [REC]?"


# More than the model can read


def test_a_message_that_is_too_long_is_refused_before_it_is_read(talk, model):
    started = time.monotonic()
    turn = talk.say(f"{WORDS}. " + "And more. " * 100_000)
    assert time.monotonic() - started < 0.3
    assert "1000027 characters" in turn.reply and "8000" in turn.reply and turn.reply == talk.texts()
    assert model.requests == [] and talk.acts() == [] and turn.failed
    assert talk.say(WORDS, ACT).calls[0].result


def test_a_refused_message_leaves_what_waits_waiting(talk):
    talk.say("schedule The Matrix", ("schedule", {"title": "The Matrix"}))
    talk.say("x" * 9000)
    talk.say("Friday at 8pm")
    assert talk.events_planned() == [("The Matrix", "2025-11-28", "20:00:00")]


def test_a_message_that_would_overflow_the_context_is_counted_before_it_is_sent(either):
    either.companion.warm()
    requests = len(either.model.requests)
    turn = either.say("1 9 7 9, " * 800)
    assert "fewer words" in turn.reply and "XILFTEN_NUM_CTX" in turn.reply and turn.failed
    assert len(either.model.requests) == requests and either.acts() == []
    assert either.say(WORDS, ACT).calls[0].result


def test_a_long_review_fits(talk):
    text = "It is a slow and beautiful film about rain, memory and what it means to be alive. " * 60
    turn = talk.say(f"I watched Alien yesterday, 8/10. {text}", ("log_review", {"title": "Alien"}))
    assert turn.calls[0].result and [row[:2] for row in talk.reviews()] == [("Alien", 8.0)]


def test_a_larger_context_takes_more(settings: Settings, talk):
    talk.companion._settings.num_ctx = 16384
    assert talk.say("1 9 7 9, " * 800, ("reply", {"text": "So many numbers."})).reply


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
        Says(""),
        Stops(after='{"title":"The Neon Orchard"'),
        Hangs(20, after='{"title":"The Neon Orchard","hero":"Mara Quist, a gar'),
    ],
    ids=lambda reply: type(reply).__name__,
)
def test_a_mashup_that_fails_is_not_kept(talk, reply):
    turn = talk.say("mash up Blade Runner and The Matrix", MASHUP, reply)
    assert turn.calls[0].error and turn.calls[0].error in turn.reply and talk.texts() == turn.reply
    assert talk.rows("SELECT * FROM mashups") == [] and talk.acts() == []
    assert talk.steps()[-1].status == "failed"
    assert talk.say(WORDS, ACT).calls[0].result
