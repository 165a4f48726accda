"""Choosing what to do: the middleware that stands where a model's own tool calling would."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    RemoveMessage,
    ToolMessage,
)
from langgraph.config import get_stream_writer
from pydantic_core import from_json

from agent.again import asked_again, corrected_title
from agent.another_take import read_another_take
from agent.answers import complete, says_everything, says_no, says_undo, says_yes
from agent.backends import Backend
from agent.check import Checker
from agent.events import Call, Text, Understood, Usage
from agent.ground import grounded
from agent.intent import plain_calls
from agent.memory import Memory, Pending, read_memory
from agent.notes import Notes, read_notes
from agent.prompt import choice_messages, read_data, system_prompt
from agent.question import read_question
from agent.schema import TALK, choice_schema, talk_schema
from store.errors import Unavailable
from store.titles import normalise
from tools import Library
from tools.tool import Tool

_MAX_TOKENS = 400
_KEPT_MESSAGES = 80
_DONE = (
    "saved|logged|scheduled|added|deleted|removed|cancell?ed|recorded|updated|noted|rated|moved|undone|changed"
)
_CLAIM = re.compile(
    rf"^\W*(?:{_DONE})\b|\b(?:i|i[’']ve|have|been|was|were|is|are|got|now)\s+"
    rf"(?:(?:just|now|already|successfully)\s+)*(?:{_DONE})\b|\b(?:i(?:[’']ll| will)|let me)\s+(?!be\b)",
    re.IGNORECASE,
)
# A small model may write its call into the text of a reply, where nobody should read it.
_CODE = re.compile(r"""[\[{]\s*["'\[{]|["']\s*:\s*["'\[{\d]""")

_REFUSES = re.compile(
    r"\b(?:i[’']m|i am) sorry\b|\bcan(?:no|[’'])t (?:assist|help)|\bapolog|\b(?:as an ai|language model)\b|"
    r"\bwhat (?:is|[’']s) the title\b|\bwhat time\b",
    re.IGNORECASE,
)


class Stopped(Exception):
    """The user pressed stop while the model was writing."""


@dataclass
class TurnContext:
    """What one turn carries through the graph besides its messages."""

    stop: threading.Event = field(default_factory=threading.Event)
    usage: Usage = field(default_factory=Usage)
    model_seconds: float = 0.0
    streamed: str = ""

    def emit(self, delta: str) -> None:
        """Show a piece of the reply at once."""
        if delta:
            self.streamed += delta
            get_stream_writer()(Text(delta=delta))


def stream_model(
    backend: Backend,
    messages: list[BaseMessage],
    settings: dict[str, Any],
    context: TurnContext,
    on_text: Callable[[str], None] = lambda text: None,
) -> AIMessage:
    """Run the model, telling the text so far after each piece.

    Raises:
        Stopped: the user pressed stop.
        Unavailable: the model failed; the message says what to do.
    """
    started = time.monotonic()
    reply = AIMessageChunk(content="")
    try:
        for chunk in backend.stream(messages, settings, context.stop):
            reply = reply + chunk
            if chunk.text:
                on_text(reply.text)
        if context.stop.is_set():
            raise Stopped
        _count(context.usage, backend.usage(reply))
        backend.check_reply(reply)
        return reply
    finally:
        context.model_seconds += time.monotonic() - started


class Choice(AgentMiddleware[Any, TurnContext]):
    """Turns a user's message into checked tool calls, and their results into the answer.

    The turn, step by step: read what code can read; take the short ways (a yes, an answer to a question, undo);
    else let the model choose under the schema; check its choice; run the calls one by one; answer from the
    results.
    """

    def __init__(self, library: Library, backend: Callable[[], Backend], tools: list[Tool]) -> None:
        super().__init__()
        self._library = library
        self._backend = backend
        self._tools = {tool.name: tool for tool in tools}
        self._schema = choice_schema(tools)
        self._questions = choice_schema([tool for tool in tools if tool.kind == "read"])
        self.system = system_prompt(tools)

    def before_agent(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """Forget the older half of a long conversation, in one block: only the last turns are referred to."""
        messages = state["messages"]
        if len(messages) <= _KEPT_MESSAGES:
            return None
        first = len(messages) - _KEPT_MESSAGES // 2
        while not isinstance(messages[first], HumanMessage):
            first += 1
        return {"messages": [RemoveMessage(id=message.id) for message in messages[:first]]}

    def wrap_model_call(
        self,
        request: ModelRequest[TurnContext],
        handler: Callable[[ModelRequest[TurnContext]], ModelResponse[Any]],
    ) -> AIMessage:
        """One step of the turn; the model is asked, if at all, before the first tool."""
        messages: list[BaseMessage] = list(request.messages)
        context = request.runtime.context
        if isinstance(messages[-1], ToolMessage):
            return self._continue(messages, context)
        return self._begin(messages, context)

    def _begin(self, messages: list[BaseMessage], context: TurnContext) -> AIMessage:
        human = messages[-1]
        assert isinstance(human, HumanMessage)
        memory = read_memory(messages[:-1])
        words = human.text.strip()
        notes = read_notes(words, self._library, memory)
        if understood := notes.understood():
            get_stream_writer()(Understood(text=understood))
        try:
            if context.stop.is_set():
                raise Stopped
            answer = self._without_model(words, human.additional_kwargs.get("confirm"), memory, notes)
            answer = answer or self._plainly(notes, memory) or self._with_model(words, notes, memory, context)
        except Stopped:
            answer = AIMessage(read_data("questions.yaml")["stopped"])
        except Unavailable as error:
            answer = AIMessage(str(error), additional_kwargs={"failed": True})
        answer.additional_kwargs["spoken_of"] = [m.media[0].label for m in notes.titles if len(m.media) == 1]
        return answer

    def _plainly(self, notes: Notes, memory: Memory) -> AIMessage | None:
        """The turn without the model, where the wording leaves only one meaning."""
        if repeated := corrected_title(notes, memory, self._library.titles):
            return _call_next(repeated, None)
        again = read_another_take(notes.words, self._library, memory, titles=len(notes.titles))
        if again is not None:
            return _call_next([Call(tool="mash_up", args=again)], None)
        asked = read_question(notes, self._library)
        question = asked_again(notes, memory) if asked is None else Call(tool="query_diary", args=asked)
        if question:
            return _call_next([question], None)
        calls = plain_calls(
            notes, memory, self._library, lambda words: read_notes(words, self._library, memory)
        )
        return self._checked(calls, notes, memory) if calls else None

    def _checked(self, calls: list[Call], notes: Notes, memory: Memory) -> AIMessage:
        checked, pending = Checker(self._library, notes, memory, self._tools).check(calls)
        return _call_next(checked, pending) if checked else _ask(pending)

    def _with_model(self, words: str, notes: Notes, memory: Memory, context: TurnContext) -> AIMessage:
        calls = self._choose(words, notes, context, self._schema)
        acts = _grounded(calls, notes)
        if not acts and not any(call.tool in TALK for call in calls):
            calls = self._choose(words, notes, context, self._questions if notes.asks else talk_schema())
            acts = _grounded(calls, notes)
        if not acts:
            return self._talk(words, [call for call in calls if call.tool in TALK])
        return self._checked(acts, notes, memory)

    def _without_model(self, words: str, token: str | None, memory: Memory, notes: Notes) -> AIMessage | None:
        texts = read_data("questions.yaml")
        if token or (memory.confirm and says_yes(words)):
            waiting = memory.confirm
            if waiting is None or (token and token != waiting.token):
                return AIMessage(texts["nothing_waits"])
            return _call_next([Call(tool=waiting.tool, args={**waiting.args, "confirm": waiting.token})], None)
        if not words:
            return AIMessage(texts["unclear"])
        bare = not (notes.titles or notes.ratings or notes.moments)
        if (memory.confirm or memory.pending) and bare and says_no(words):
            return AIMessage(texts["kept"])
        if bare and says_everything(words):
            return AIMessage(texts["everything"])
        if says_undo(words):
            return _call_next([Call(tool="undo")], None)
        completed = complete(memory.pending, notes, self._library) if memory.pending else None
        if completed is None:
            return None
        missing = Checker(self._library, notes, memory, self._tools).missing(completed)
        return _ask(Pending(call=completed, argument=missing[0])) if missing else _call_next([completed], None)

    def _choose(self, words: str, notes: Notes, context: TurnContext, schema: dict[str, Any]) -> list[Call]:
        backend = self._backend()
        shown = ""

        def show(raw: str) -> None:
            nonlocal shown
            text = _small_talk(raw)
            if text.startswith(shown) and not _echoes(text, words):
                context.emit(text[len(shown) :])
                shown = text

        reply = stream_model(
            backend,
            choice_messages(self.system, words, notes.line()),
            backend.constrain(schema, max_tokens=_MAX_TOKENS),
            context,
            show,
        )
        try:
            return [_call(chosen) for chosen in json.loads(reply.text)]
        except (ValueError, TypeError, AttributeError) as error:
            raise Unavailable("The model's answer could not be read. Say it in other words.") from error

    def _talk(self, words: str, talk: list[Call]) -> AIMessage:
        text = " ".join(_fact_free(call.args["text"]) for call in talk).strip()
        return AIMessage(read_data("questions.yaml")["unclear"] if not text or _echoes(text, words) else text)

    def _continue(self, messages: list[BaseMessage], context: TurnContext) -> AIMessage:
        """After a tool: the next call of the choice, or the answer made from all results."""
        caller = next(m for m in reversed(messages) if isinstance(m, AIMessage) and m.tool_calls)
        rest = [Call.model_validate(call) for call in caller.additional_kwargs.get("rest", [])]
        waits = caller.additional_kwargs.get("waits")
        pending = Pending.model_validate(waits) if waits else None
        if rest and not context.stop.is_set():
            return _call_next(rest, pending)
        results: list[str] = []
        for message in reversed(messages):
            if isinstance(message, HumanMessage):
                break
            if isinstance(message, ToolMessage):
                results.insert(0, message.text)
        if pending:
            question = _ask(pending)
            return AIMessage(
                "\n\n".join([*results, question.text]), additional_kwargs=question.additional_kwargs
            )
        return AIMessage("\n\n".join(results))


def _call(chosen: dict[str, Any]) -> Call:
    """One element of the model's array: ``{"log_review": {"title": "Ran"}}`` or ``{"reply": "Good night!"}``.

    Raises:
        ValueError, TypeError, AttributeError: it has another shape.
    """
    ((tool, value),) = chosen.items()
    if tool not in TALK:
        return Call(tool=tool, args=dict(value))
    return Call(tool=tool, args={"text": "" if not isinstance(value, str) or _CODE.search(value) else value})


def _grounded(calls: list[Call], notes: Notes) -> list[Call]:
    return [call for call in calls if call.tool not in TALK and grounded(call.tool, notes)]


def _call_next(calls: list[Call], pending: Pending | None) -> AIMessage:
    """One call at a time: LangGraph would run several at once, in no order."""
    first, *rest = calls
    more: dict[str, Any] = {"rest": [call.model_dump(mode="json") for call in rest]}
    if pending:
        more["waits"] = pending.model_dump(mode="json")
    call_id = f"call-{time.time_ns()}"
    return AIMessage(
        "",
        tool_calls=[{"name": first.tool, "args": first.args, "id": call_id, "type": "tool_call"}],
        additional_kwargs=more,
    )


def _ask(pending: Pending | None) -> AIMessage:
    texts = read_data("questions.yaml")
    if pending is None:
        return AIMessage(texts["unclear"])
    title = pending.call.args.get("title") or "it"
    question = texts.get(pending.argument, texts["default"])
    question = question.format(title=title, argument=pending.argument.replace("_", " "))
    return AIMessage(question, additional_kwargs={"pending": pending.model_dump(mode="json")})


def _small_talk(raw: str) -> str:
    """The text of a reply in unfinished JSON, by whole sentences; empty while it may still be a tool call."""
    try:
        (call,) = map(_call, from_json(raw, allow_partial="trailing-strings"))
        text = call.args["text"] if call.tool in TALK else ""
    except (ValueError, TypeError, AttributeError):
        return ""
    end = max(text.rfind(mark) for mark in ".!?")
    return _fact_free(text[: end + 1])


def _echoes(text: str, words: str) -> bool:
    """Whether the model only repeats a remark; a greeting may be returned."""
    return len(words.split()) > 3 and normalise(text) == normalise(words)


def _fact_free(text: str) -> str:
    """Small talk without sentences that state figures or acts, refuse, or only repeat an example."""
    kept = []
    sentence = ""
    for character in text:
        sentence += character
        if character in ".!?":
            kept.append(sentence)
            sentence = ""
    kept.append(sentence)
    return "".join(part for part in kept if not (any(c.isdigit() for c in part) or _is_empty(part)))


def _is_empty(sentence: str) -> bool:
    return bool(_CLAIM.search(sentence) or _REFUSES.search(sentence)) or normalise(sentence) in _sayings()


@cache
def _sayings() -> frozenset[str]:
    """What users say in the examples, which a small model at a loss says itself."""
    return frozenset(normalise(example["say"]) for example in read_data("examples.yaml"))


def _count(total: Usage, one: Usage) -> None:
    total.model_calls += one.model_calls
    total.prompt_tokens += one.prompt_tokens
    total.completion_tokens += one.completion_tokens
    if total.evaluated_tokens is None or one.evaluated_tokens is None:
        total.evaluated_tokens = None
    else:
        total.evaluated_tokens += one.evaluated_tokens
