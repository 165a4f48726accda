"""Ollama over real HTTP: what is sent, what is counted, and a sentence for every way it fails."""

import contextlib
import threading

import httpx
import ollama
import pytest
from fake_ollama import Breaks, Dies, Fails, FakeOllama, Hangs, Says, Stops
from fake_server import unused_url
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.backends.base import CutShort, EmptyAnswer, silent
from agent.backends.ollama import Ollama
from store.errors import Unavailable

SCHEMA = {"type": "object", "properties": {"tool": {"enum": ["log", "find"]}}, "required": ["tool"]}
ASK = [HumanMessage("I watched Alien")]


@pytest.fixture
def connect(configured):
    with contextlib.ExitStack() as opened:

        def build(url, progress=silent, *, model="qwen2.5:3b", **changed):
            backend = Ollama(configured(ollama_url=url, **changed), model, progress)
            return opened.enter_context(contextlib.closing(backend))

        yield build


@pytest.fixture
def backend(connect, fake_ollama):
    return connect(fake_ollama.url)


def stream(backend, **settings):
    """The streamed reply put together; None when nothing came."""
    whole = None
    for piece in backend.stream(ASK, settings, threading.Event()):
        whole = piece if whole is None else whole + piece
    return whole


def test_a_constrained_call_sends_the_schema_and_never_another_context_size(fake_ollama, backend):
    fake_ollama.script = [Says('{"tool": "log"}')]
    reply = stream(backend, **backend.constrain(SCHEMA, max_tokens=64, temperature=0.9, seed=7))
    sent = fake_ollama.asked("/api/chat")[-1]
    assert reply.text == '{"tool": "log"}'
    assert sent["format"] == SCHEMA
    assert sent["options"] == {
        "num_ctx": 8192,
        "num_predict": 64,
        "temperature": 0.9,
        "seed": 7,
        "frequency_penalty": 0.4,
        "repeat_last_n": 512,
    }
    assert (sent["keep_alive"], sent["think"]) == (-1, False)


def test_a_plain_call_keeps_context_size_and_temperature(fake_ollama, backend):
    backend.model.invoke(ASK)
    assert fake_ollama.asked("/api/chat")[-1]["options"] == {"num_ctx": 8192, "temperature": 0.0}


def test_free_text_has_no_format(fake_ollama, backend):
    stream(backend, **backend.constrain(None, max_tokens=64))
    assert "format" not in fake_ollama.asked("/api/chat")[-1]


def test_usage_does_not_claim_to_know_what_was_cached(fake_ollama, backend):
    fake_ollama.script = [Says("Noted.", prompt_tokens=1940, reply_tokens=12)]
    usage = backend.usage(backend.model.invoke(ASK))
    assert usage.model_dump() == {
        "model_calls": 1,
        "prompt_tokens": 1940,
        "evaluated_tokens": None,
        "completion_tokens": 12,
    }


def test_warming_sends_the_prefix_as_it_is_for_one_token(fake_ollama, backend):
    said = []
    backend.warm([SystemMessage("You are XILFTEN.")], lambda sentence, _: said.append(sentence))
    sent = fake_ollama.asked("/api/chat")[-1]
    assert [message["content"] for message in sent["messages"]] == ["You are XILFTEN."]
    assert sent["options"]["num_predict"] == 1 and said


def test_warming_a_server_that_is_gone_ends_in_a_sentence(connect):
    with FakeOllama() as server:
        backend = connect(server.url)
    with pytest.raises(Unavailable, match="ollama serve"):
        backend.warm(ASK)


def test_a_missing_model_is_pulled_with_progress(connect):
    told = []
    with FakeOllama(models=(), pullable=("qwen2.5:3b",)) as server:
        backend = connect(server.url, lambda *step: told.append(step))
        backend.check_reply(backend.model.invoke(ASK))
    fractions = [fraction for _, fraction in told if fraction is not None]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0
    assert all("qwen2.5:3b" in sentence for sentence, _ in told)


def test_a_model_nobody_has_cannot_be_pulled(connect):
    with (
        FakeOllama(models=()) as server,
        pytest.raises(Unavailable, match=r"could not fetch nope:1b: .*file does not exist\.$"),
    ):
        connect(server.url, model="nope:1b")


def test_a_pull_that_breaks_off_is_not_a_model(connect):
    with FakeOllama(models=(), pullable=("qwen2.5:3b",)) as server:
        server.pull_breaks_off = True
        with pytest.raises(Unavailable, match="ollama pull"):
            connect(server.url)


def test_no_server_at_the_start(connect):
    with pytest.raises(Unavailable, match="does not answer"):
        connect(unused_url())


def test_a_pattern_ollama_would_refuse_is_found_before_it_is_asked(backend):
    schema = {"type": "object", "properties": {"year": {"type": "string", "pattern": "[0-9]{4}"}}}
    with pytest.raises(ValueError, match="anchored"):
        backend.constrain(schema, max_tokens=8)


# The table of facts: the case, the exception LangChain lets through, and what the user reads.


def failure(backend, kind):
    with pytest.raises(Unavailable) as caught:
        stream(backend)
    assert isinstance(caught.value.__cause__, kind)
    return str(caught.value)


def test_server_down(connect):
    with FakeOllama() as server:
        backend = connect(server.url)
    assert "Start it with `ollama serve`" in failure(backend, httpx.ConnectError)


def test_server_down_for_the_plain_client(backend):
    with pytest.raises(ConnectionError) as caught:
        ollama.Client(unused_url()).list()
    assert "Start it with `ollama serve`" in str(backend.explain(caught.value))


def test_model_removed_meanwhile(fake_ollama, backend):
    fake_ollama.models.clear()
    assert "`ollama pull qwen2.5:3b`" in failure(backend, ollama.ResponseError)


def test_bad_schema(fake_ollama, backend):
    fake_ollama.script = [Fails(400, "invalid JSON schema in format")]
    assert "invalid JSON schema in format" in failure(backend, ollama.ResponseError)


def test_not_enough_memory(fake_ollama, backend):
    fake_ollama.script = [Fails(500, "model requires more system memory (5.1 GiB) than is available (2.0 GiB)")]
    assert "smaller model" in failure(backend, ollama.ResponseError)


def test_runner_dies(fake_ollama, backend):
    fake_ollama.script = [
        Breaks("an error was encountered while running the model: unexpected EOF"),
        Says("Yes."),
    ]
    assert "Ask again" in failure(backend, ollama.ResponseError)
    assert stream(backend).text == "Yes."


def test_server_dies_mid_stream(fake_ollama, backend):
    fake_ollama.script = [Dies()]
    assert "broke off in the middle" in failure(backend, httpx.RemoteProtocolError)


def test_timeout(connect, fake_ollama):
    backend = connect(fake_ollama.url, timeout=0.4)
    fake_ollama.script = [Hangs()]
    assert "XILFTEN_TIMEOUT" in failure(backend, httpx.ReadTimeout)


def test_empty_answer(fake_ollama, backend):
    fake_ollama.script = [Says("")]
    with pytest.raises(EmptyAnswer, match="other words"):
        backend.check_reply(stream(backend))


def test_nothing_but_the_model_was_loaded(fake_ollama, backend):
    fake_ollama.script = [Says("", reason="load")]
    with pytest.raises(ValueError) as caught:
        backend.model.invoke(ASK)
    assert isinstance(backend.explain(caught.value), EmptyAnswer)


def test_cut_by_length(fake_ollama, backend):
    fake_ollama.script = [Says('{"tool": "lo', reason="length")]
    with pytest.raises(CutShort, match="cut off"):
        backend.check_reply(stream(backend))


def test_a_stream_that_ends_without_being_done(fake_ollama, backend):
    fake_ollama.script = [Stops()]
    with pytest.raises(Unavailable, match="middle of its reply"):
        backend.check_reply(stream(backend))


def test_a_good_reply_passes(backend):
    backend.check_reply(stream(backend))


def test_an_error_nobody_foresaw_is_still_a_sentence(backend):
    assert "xilften doctor" in str(backend.explain(KeyError("x")))


def test_a_sentence_stays_as_it_is(backend):
    error = Unavailable("No more.")
    assert backend.explain(error) is error


def test_no_usage_is_no_tokens(backend):
    assert backend.usage(AIMessage("Hi")).prompt_tokens == 0


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("abcdef", 2), ("日本", 3), ("9/10", 4)])
def test_tokens_are_rather_overestimated(backend, text, tokens):
    assert backend.count_tokens(text) == tokens
