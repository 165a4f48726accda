"""An OpenAI-compatible server over real HTTP: what is sent, what is counted, how failures read."""

import contextlib
import threading

import openai
import pytest
from fake_openai import Breaks, Dies, Fails, FakeOpenAI, Hangs, Says, Stops
from langchain_core.messages import HumanMessage

from agent.backends.base import CutShort, EmptyAnswer
from agent.backends.openai import OpenAICompatible
from store.errors import Unavailable

SCHEMA = {"type": "object", "properties": {"tool": {"enum": ["log", "find"]}}, "required": ["tool"]}
ASK = [HumanMessage("I watched Alien")]


@pytest.fixture
def connect():
    with contextlib.ExitStack() as opened:

        def build(server, *, model="qwen", key="none", timeout=2.0):
            backend = OpenAICompatible(server.base_url, model, api_key=key, timeout=timeout, num_ctx=8192)
            return opened.enter_context(contextlib.closing(backend))

        yield build


@pytest.fixture
def backend(connect, fake_openai):
    return connect(fake_openai)


def stream(backend, **settings):
    whole = None
    for piece in backend.stream(ASK, settings, threading.Event()):
        whole = piece if whole is None else whole + piece
    return whole


def failure(backend, kind):
    with pytest.raises(Unavailable) as caught:
        stream(backend)
    assert isinstance(caught.value.__cause__, kind)
    return str(caught.value)


def test_a_constrained_call_sends_the_schema(fake_openai, backend):
    fake_openai.script = [Says('{"tool": "log"}')]
    reply = stream(backend, **backend.constrain(SCHEMA, max_tokens=64, temperature=0.9, seed=7))
    sent = fake_openai.asked("/v1/chat/completions")[-1]
    assert reply.text == '{"tool": "log"}'
    assert sent["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "reply", "schema": SCHEMA},
    }
    assert (sent["max_tokens"], sent["temperature"], sent["seed"]) == (64, 0.9, 7)


def test_free_text_has_no_format(fake_openai, backend):
    stream(backend, **backend.constrain(None, max_tokens=64))
    assert "response_format" not in fake_openai.asked("/v1/chat/completions")[-1]


@pytest.mark.parametrize("how", ["stream", "invoke"])
def test_usage_tells_what_was_really_evaluated(fake_openai, backend, how):
    fake_openai.script = [Says("Noted.", prompt_tokens=2011, cached_tokens=1990, reply_tokens=12)]
    usage = backend.usage(stream(backend) if how == "stream" else backend.model.invoke(ASK))
    assert (usage.prompt_tokens, usage.evaluated_tokens, usage.completion_tokens) == (2011, 21, 12)


@pytest.mark.parametrize("how", ["stream", "invoke"])
def test_cut_by_length(fake_openai, backend, how):
    fake_openai.script = [Says('{"tool": "lo', reason="length")]
    settings = backend.constrain(SCHEMA, max_tokens=3)
    reply = stream(backend, **settings) if how == "stream" else backend.model.bind(**settings).invoke(ASK)
    with pytest.raises(CutShort, match="cut off"):
        backend.check_reply(reply)


def test_empty_answer(fake_openai, backend):
    fake_openai.script = [Says("")]
    with pytest.raises(EmptyAnswer):
        backend.check_reply(stream(backend))


def test_a_stream_that_ends_without_being_done(fake_openai, backend):
    fake_openai.script = [Stops()]
    with pytest.raises(Unavailable, match="middle of its reply"):
        backend.check_reply(stream(backend))


def test_server_down(connect):
    with FakeOpenAI() as server:
        backend = connect(server)
    assert "See that it runs" in failure(backend, openai.APIConnectionError)


def test_server_dies_mid_stream(fake_openai, backend):
    fake_openai.script = [Dies()]
    assert "broke off" in failure(backend, openai.APIConnectionError)


def test_error_inside_a_reply(fake_openai, backend):
    fake_openai.script = [Breaks("context shift is disabled")]
    assert "in the middle of its reply: context shift is disabled" in failure(backend, openai.APIError)


def test_timeout(connect, fake_openai):
    backend = connect(fake_openai, timeout=0.4)
    fake_openai.script = [Hangs()]
    assert "XILFTEN_TIMEOUT" in failure(backend, openai.APITimeoutError)


def test_unknown_model(connect, fake_openai):
    backend = connect(fake_openai, model="nope")
    assert "knows no model nope" in failure(backend, openai.NotFoundError)


def test_wrong_key(connect, fake_openai):
    backend = connect(fake_openai, key="wrong")
    assert "XILFTEN_OPENAI_API_KEY" in failure(backend, openai.AuthenticationError)


@pytest.mark.parametrize(
    ("status", "error", "sentence"),
    [
        (400, "request (9030 tokens) exceeds the available context size (8192 tokens)", "XILFTEN_NUM_CTX"),
        (400, "failed to parse grammar", "failed to parse grammar"),
        (403, "not you", "XILFTEN_OPENAI_API_KEY"),
        (429, "slow down", "in a moment"),
        (500, "boom", "boom"),
        (503, "Loading model", "still loading"),
    ],
)
def test_refusals(fake_openai, backend, status, error, sentence):
    fake_openai.script = [Fails(status, error)]
    assert sentence in failure(backend, openai.APIStatusError)


def test_an_error_nobody_foresaw_is_still_a_sentence(backend):
    assert "xilften doctor" in str(backend.explain(KeyError("x")))


def test_a_proxy_in_the_environment_is_not_asked_for_loopback(connect, fake_openai, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert stream(connect(fake_openai)).text == "Hello."
