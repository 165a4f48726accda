"""Several conversations at once: who waits is told, nobody is passed over, the model is free when needed."""

import select
import socket
import threading
import time

import pytest
from fake_ollama import Says

from agent import Companion, Done, Text, Thinking, Waiting

ALIEN = Says('[{"log_review":{"title":"Alien"}}]')
ADDS = Says('[{"add_media":{"title":"Tampopo"}}]')
"""What only the model can make an act of."""


def eventually(true, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.005)


class Turn:
    """A turn taken in a thread of its own, as the page takes it; ``heard`` grows while it runs."""

    def __init__(self, companion: Companion, thread: str, words: str, over=lambda name: None):
        self.heard = []
        self.stop = threading.Event()
        self._said = companion.turn(thread, words, stop=self.stop)
        self._thread = threading.Thread(target=self._run, args=[over, thread], daemon=True)
        self._thread.start()
        eventually(lambda: self.heard)

    def _run(self, over, name):
        for event in self._said:
            self.heard.append(event)
        over(name)

    def end(self):
        self._thread.join(10)
        assert not self._thread.is_alive() and isinstance(self.heard[-1], Done)
        return self.heard[-1].turn

    @property
    def ahead(self):
        return [event.ahead for event in self.heard if isinstance(event, Waiting)]


@pytest.fixture
def held(talk):
    """A conversation that has the companion to itself until it is closed."""
    turn = talk.companion.turn("held", "undo")
    assert isinstance(next(turn), Thinking)
    yield turn
    turn.close()


def test_turns_run_in_the_order_they_came_and_say_how_many_are_ahead(talk, model, held):
    model.otherwise = ALIEN
    order = []
    waiting = [
        Turn(talk.companion, name, f"rate Alien {rating}", order.append)
        for rating, name in enumerate("abc", start=7)
    ]
    assert [turn.ahead for turn in waiting] == [[1], [2], [3]]
    held.close()
    replies = [turn.end() for turn in waiting]
    assert order == ["a", "b", "c"]
    assert [turn.ahead for turn in waiting] == [[1], [2, 1], [3, 2, 1]]
    assert all(reply.calls[0].result for reply in replies) and talk.acts() == ["log_review"] * 3


def test_a_number_is_told_as_a_sentence(talk, held):
    first, second = Turn(talk.companion, "a", "undo"), Turn(talk.companion, "b", "undo")
    assert first.heard[0].text == "Another message is being answered; yours comes next."
    assert second.heard[0].text == "2 messages are answered before yours."
    held.close()
    assert first.end().reply and second.end().reply


def test_nobody_waits_where_nobody_is(talk):
    talk.say("rate Alien 8", ("log_review", {"title": "Alien"}))
    talk.say("undo")
    assert not any(isinstance(event, Waiting) for event in talk.events)


def test_two_turns_of_one_conversation_keep_their_order(talk, model, held):
    model.otherwise = ALIEN
    rated, changed = Turn(talk.companion, "a", "rate Alien 8"), Turn(talk.companion, "a", "undo that")
    held.close()
    assert rated.end().calls[0].tool == "log_review" and changed.end().calls[0].tool == "undo"
    assert talk.reviews() == []


def test_a_stop_leaves_the_line_at_once(talk, model, held):
    leaves, stays = Turn(talk.companion, "a", "rate Heat 7"), Turn(talk.companion, "b", "undo")
    leaves.stop.set()
    assert leaves.end().reply == "Stopped." and leaves.heard[-2] == Text(delta="Stopped.")
    eventually(lambda: stays.ahead == [2, 1])
    held.close()
    assert stays.end().reply and talk.acts() == [] and model.chats == []


def test_what_was_stopped_in_the_line_can_be_said_again(talk, held):
    turn = Turn(talk.companion, "one", "rate Alien 8")
    turn.stop.set()
    turn.end()
    held.close()
    assert talk.say("rate Alien 8", ("log_review", {"title": "Alien"})).calls[0].result


def test_a_caller_who_goes_away_frees_the_place(talk, held):
    leaves = talk.companion.turn("a", "rate Heat 7")
    assert isinstance(next(leaves), Waiting)
    stays = Turn(talk.companion, "b", "undo")
    leaves.close()
    eventually(lambda: stays.ahead == [2, 1])
    held.close()
    assert stays.end().reply and talk.acts() == []


def test_a_caller_who_never_listened_has_no_place(talk):
    unheard = talk.companion.turn("a", "rate Heat 7")
    assert talk.say("undo").reply
    unheard.close()


def test_a_turn_that_breaks_lets_the_next_one_in(talk, held, monkeypatch):
    monkeypatch.setattr("agent.choice.read_notes", lambda *_: 1 / 0)
    turns = [Turn(talk.companion, name, "rate Alien 8") for name in "ab"]
    held.close()
    assert all(turn.end().reply.startswith("Something went wrong") for turn in turns)


def test_many_at_once_are_answered_once_each(talk, model):
    model.otherwise = ALIEN
    turns = [Turn(talk.companion, f"thread-{n}", f"rate Alien {n}") for n in range(1, 9)]
    assert [turn.end().calls[0].error for turn in turns] == [None] * 8
    assert talk.acts() == ["log_review"] * 8


def test_closing_sends_away_who_waits_and_lets_the_turn_end(settings, talk, held):
    waiting = [Turn(talk.companion, name, "undo") for name in "ab"]
    closing = threading.Thread(target=talk.companion.close, daemon=True)
    closing.start()
    assert [turn.end().reply for turn in waiting] == ["Stopped.", "Stopped."]
    assert closing.is_alive() and list(held)[-1].turn.reply  # the library is open until it is over
    closing.join(10)
    assert not closing.is_alive()
    assert list(talk.companion.turn("c", "undo"))[-1].turn.reply == "Stopped."


# The first sign


@pytest.mark.parametrize("words", ["hello", "I watched Blade Runner last night, 9/10", "undo", "", "yes"])
def test_a_turn_shows_a_sign_before_anything_is_asked(talk, model, words):
    turn = talk.companion.turn("one", words)
    assert isinstance(next(turn), Thinking) and model.requests == []
    turn.close()


def test_one_sign_per_turn_even_when_it_is_confirmed_beforehand(talk):
    talk.say("rate Alien 8", ("log_review", {"title": "Alien"}))
    turn = talk.say("delete my review of Alien", ("delete_review", {"title": "Alien"}), yes=True)
    assert turn.calls and talk.reviews() == []
    assert [event.kind for event in talk.events].count("thinking") == 1


# After a mashup

MASHES_UP = Says('[{"mash_up":{"sources":["Blade Runner","The Matrix"]}}]')
NO_MASHUP = Says("Once upon a time")
"""Whatever came of it, it stands in the cache where the choice's prompt was."""


class Reader:
    """Makes a fake model slow to read the beginning of a prompt, one request at a time, as a real one is."""

    def __init__(self, model):
        handler = model._http.RequestHandlerClass
        one_at_a_time = threading.Lock()
        self.slow_for: list[dict[str, str]] = []
        self.mashes_up = True
        self.reading = threading.Event()
        self.broken_off = threading.Event()

        def chat(request, body):
            chooses = body.get("format", {}).get("type") == "array"
            with one_at_a_time:
                if body["messages"] == self.slow_for and body["options"].get("num_predict") == 1:
                    self.reading.set()
                    if hung_up(request.connection, seconds=20):
                        self.broken_off.set()
                        return
                if self.mashes_up and body["options"]["num_predict"] > 1:
                    model.script = [MASHES_UP if chooses else NO_MASHUP]
                handler.chat(request, body)

        model._http.RequestHandlerClass = type("Slow", (handler,), {"chat": chat})


def hung_up(connection, seconds):
    readable, _, _ = select.select([connection], [], [], seconds)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""


@pytest.fixture
def mashed_up(talk, model):
    """A conversation that just tried a mashup, whose model has begun to read the choice's prompt again."""
    reader = Reader(model)
    talk.companion.warm()
    reader.slow_for = model.asked("/api/chat")[0]["messages"]  # the mashup's own beginning is read at once
    *_, event = talk.companion.turn("one", "mash up Blade Runner and The Matrix")
    assert event.turn.calls[0].tool == "mash_up"
    reader.mashes_up = False
    assert reader.reading.wait(10)
    return reader


def test_the_choices_prompt_is_read_again_after_a_mashup(talk, model, mashed_up):
    warmed = [body for body in model.asked("/api/chat") if body["options"].get("num_predict") == 1]
    assert warmed[-1]["messages"] == warmed[0]["messages"] and len(warmed) == 3  # the mashup's was in between
    assert warmed[-1]["options"]["num_ctx"] == warmed[0]["options"]["num_ctx"]
    assert warmed[-1]["keep_alive"] == -1


def test_reading_again_gives_way_to_a_turn_that_needs_the_model(talk, model, mashed_up):
    started = time.monotonic()
    model.script = [ADDS]
    *_, done = talk.companion.turn("one", "add Tampopo to my library")
    assert done.turn.calls[0].result
    assert mashed_up.broken_off.is_set() and time.monotonic() - started < 5


def test_reading_again_goes_on_during_a_turn_that_needs_no_model(talk, mashed_up):
    assert talk.say("undo that").reply
    assert not mashed_up.broken_off.is_set()


@pytest.fixture
def earlier_threads():
    return set(threading.enumerate())


def test_reading_again_ends_with_the_companion(earlier_threads, talk, mashed_up):
    talk.companion.close()
    assert mashed_up.broken_off.wait(5)
    left = set(threading.enumerate()) - earlier_threads
    assert not [thread for thread in left if thread.name == "calls"]


def test_reading_again_may_fail(talk, model, mashed_up):
    model.stop()
    model.start_again()
    assert talk.say("add Tampopo to my library", ("add_media", {"title": "Tampopo"})).calls[0].result


# What a real Ollama would do with it: another num_ctx or an expired keep_alive loads the model anew


def loads(model):
    """What decides whether the chat model stays as it is, of every request that reaches it."""
    return {
        (path.split("/")[-1], body["model"], body["options"]["num_ctx"], body["keep_alive"])
        for path in ("/api/chat", "/api/generate")
        for body in model.asked(path)
    }


def test_every_call_of_an_evening_leaves_the_model_loaded_as_it_is(talk, model, mashed_up):
    mashed_up.slow = False
    talk.say("add Tampopo to my library", ("add_media", {"title": "Tampopo"}))
    talk.say("hello", ("reply", {"text": "Hello."}))
    talk.say("define a text field called Mood", ("define_field", {"label": "Mood"}))
    talk.reopen()
    talk.say("good evening", ("reply", {"text": "Good evening."}))
    assert len(model.asked("/api/chat")) >= 8
    assert loads(model) == {("chat", "qwen2.5:3b", 8192, -1)}


def test_the_model_is_loaded_before_the_first_message(talk, model):
    talk.companion.warm()
    assert loads(model) == {("chat", "qwen2.5:3b", 8192, -1)}
    assert [body["options"]["num_predict"] for body in model.asked("/api/chat")] == [1]


def test_embeddings_of_the_same_server_leave_the_chat_model_alone(settings, model):
    model.models.add("nomic-embed-text")
    changed = settings.model_copy(update={"embedding": "ollama:nomic-embed-text"})
    companion = Companion.open(changed)
    try:
        companion.warm()
        model.script = [Says('[{"find_by_plot":{"description":"a shark at the beach"}}]')]
        *_, done = companion.turn("one", "what was that film with the shark at the beach?")
        assert done.turn.calls[0].result
    finally:
        companion.close()
    embedded = model.asked("/api/embed")
    assert embedded and {body["model"] for body in embedded} == {"nomic-embed-text"}
    assert loads(model) == {("chat", "qwen2.5:3b", 8192, -1)}


def test_a_missing_model_is_fetched_and_the_page_can_tell_how_far(settings, model):
    model.models.clear()
    model.pullable.add("qwen2.5:3b")
    shown = []
    companion = Companion.open(settings, progress=lambda *_: shown.append(companion.status))
    try:
        companion.warm()
        assert "Ollama is fetching qwen2.5:3b (25%)" in shown
        assert companion.ready and companion.status == "Ready, with ollama/qwen2.5:3b."
    finally:
        companion.close()
