"""The baseline: a plain LangChain agent with the same tools bound natively, without anything of our own."""

import inspect
import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langgraph.checkpoint.memory import InMemorySaver
from pydantic_core import from_json

from agent.acting import Run, langchain_tools
from agent.answers import says_yes
from agent.backends import Backend
from agent.choice import TurnContext
from agent.events import Call, Confirm, Done, Event, Step, Text, Turn
from agent.mashup import MASH_UP, mash_up
from agent.memory import Outcome
from agent.prompt import read_prompt
from tools import TOOLS, Library

_MAX_TOKENS = 400
_STEPS = 14
"""LangGraph's limit on steps: six calls of the model with their tools."""
CONTEXT = 16384
"""Tokens it needs at least: the schemas of the tools alone fill the usual 8,192."""
_CALL_START = re.compile(r"[\[{]")


class NativeAgent:
    """Talks about one library by native tool calling.

    It is given every advantage that costs nothing: calls that the model writes as text are read from it, dates
    in words are read by the tools, a yes to a deletion is understood by code, and a turn ends when its tools
    have run, without a second call of the model that could only retell their results.

    Args:
        library: the open library.
        backend: the model.
    """

    def __init__(self, library: Library, backend: Backend) -> None:
        self.library = library
        self._backend = backend
        self._waiting: dict[str, Confirm] = {}
        tools = [tool for tool in TOOLS.values() if tool.chat] + [MASH_UP]
        own: dict[str, Run] = {"mash_up": lambda args: mash_up(library, backend, **args)}
        self._tools = langchain_tools(library, tools, own)
        for tool in self._tools:
            tool.return_direct = True
            if tool.name == MASH_UP.name:
                tool.description = (inspect.getdoc(mash_up) or "").split("\n", 1)[0]
        self._graph = create_agent(
            backend.model,
            tools=self._tools,
            system_prompt=self._system(),
            middleware=[_ReadsCallsInText(backend, {tool.name for tool in tools})],
            context_schema=TurnContext,
            checkpointer=InMemorySaver(),
        )

    def warm(self) -> None:
        """Have the model read the instructions and the tools.

        Raises:
            Unavailable: it does not answer.
        """
        once = self._backend.constrain(None, max_tokens=1)
        try:
            model = self._backend.model.bind_tools(self._tools, **once)
            model.invoke([SystemMessage(self._system()), HumanMessage("hello")])
        except Exception as error:
            raise self._backend.explain(error) from error

    def turn(self, thread: str, text: str) -> Iterator[Event]:
        """One turn of a conversation; the last event is Done.

        Args:
            thread: the conversation's id.
            text: the user's words.
        """
        started = time.monotonic()
        turn = Turn()
        context = TurnContext()
        waiting = self._waiting.pop(thread, None)
        if waiting and says_yes(text):
            yield from self._confirmed(waiting, turn)
        else:
            yield from self._asked(thread, text, turn, context)
        if turn.confirm:
            self._waiting[thread] = turn.confirm
        turn.usage = context.usage
        turn.seconds = round(time.monotonic() - started, 3)
        yield Text(delta=turn.reply)
        yield Done(turn=turn)

    def close(self) -> None:
        """Give back the library."""
        self.library.close()

    def _system(self) -> str:
        now = self.library.clock()
        return read_prompt("native.md").format(today=f"{now:%A, %-d %B %Y}", time=f"{now:%H:%M}")

    def _asked(self, thread: str, text: str, turn: Turn, context: TurnContext) -> Iterator[Event]:
        said: list[str] = []
        try:
            updates: Iterator[dict[str, Any]] = self._graph.stream(
                {"messages": [HumanMessage(text)]},
                {"configurable": {"thread_id": thread}, "recursion_limit": _STEPS},
                context=context,
                stream_mode="updates",
            )
            for update in updates:
                for message in (m for node in update.values() for m in (node or {}).get("messages", [])):
                    if isinstance(message, AIMessage):
                        _count(context, self._backend, message)
                        said = [] if message.tool_calls else [message.text]
                        for call in message.tool_calls:
                            wanted = Call(tool=call["name"], args=call["args"])
                            yield Step(id=call["id"] or "", status="running", call=wanted)
                    elif isinstance(message, ToolMessage):
                        said.append(message.text)
                        _take(message, turn)
        except Exception as error:
            turn.failed = True
            said = [str(self._backend.explain(error))]
        turn.reply = "\n\n".join(said)

    def _confirmed(self, waiting: Confirm, turn: Turn) -> Iterator[Event]:
        act = next(tool for tool in self._tools if tool.name == waiting.tool)
        call: dict[str, Any] = {"name": act.name, "args": {**waiting.args, "confirm": waiting.token}}
        message = act.invoke({**call, "id": "confirmed", "type": "tool_call"})
        _take(message, turn)
        turn.reply = message.text
        yield Step(id="confirmed", status="done", call=turn.calls[-1])


class _ReadsCallsInText(AgentMiddleware[Any, TurnContext]):
    """Turns tool calls that the model wrote as text into real ones: small models seldom use the proper form."""

    def __init__(self, backend: Backend, names: set[str]) -> None:
        super().__init__()
        self._settings = backend.constrain(None, max_tokens=_MAX_TOKENS)
        self._names = names

    def wrap_model_call(
        self,
        request: ModelRequest[TurnContext],
        handler: Callable[[ModelRequest[TurnContext]], ModelResponse[Any]],
    ) -> ModelResponse[Any]:
        response = handler(request.override(model_settings=self._settings))
        message = response.result[-1]
        if isinstance(message, AIMessage) and not message.tool_calls:
            message.tool_calls = [
                {"name": call.tool, "args": call.args, "id": f"call-{uuid4()}", "type": "tool_call"}
                for call in read_calls(message.text, self._names)
            ]
        return response


def read_calls(text: str, names: set[str]) -> list[Call]:
    """The tool calls that stand in a text as JSON: bare, fenced, in tags, in a list or one after the other.

    Args:
        text: the model's reply.
        names: the tools there are; JSON that names none of them is no call.
    """
    calls: list[Call] = []
    decoder = json.JSONDecoder()
    position = 0
    while start := _CALL_START.search(text, position):
        try:
            value, position = decoder.raw_decode(text, start.start())
        except ValueError:
            position = start.end()
            continue
        calls += [call for part in _flat(value) if (call := _call(part, names))]
    return calls


def _flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = next((value[key] for key in ("calls", "tool_calls") if key in value), value)
    return [part for inner in value for part in _flat(inner)] if isinstance(value, list) else [value]


def _call(value: Any, names: set[str]) -> Call | None:
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("function"), dict):
        value = value["function"]
    name = next((value[key] for key in ("name", "tool", "function") if isinstance(value.get(key), str)), None)
    args: Any = next((value[key] for key in ("arguments", "args", "parameters") if key in value), {})
    if isinstance(args, str):
        try:
            args = from_json(args)
        except ValueError:
            args = {}
    return Call(tool=name, args=args) if name in names and isinstance(args, dict) else None


def _take(message: ToolMessage, turn: Turn) -> None:
    """What a tool came to goes into the turn."""
    if not message.artifact:
        turn.calls.append(Call(tool=message.name or "", error=message.text))
        return
    outcome = Outcome.model_validate(message.artifact)
    turn.calls.append(outcome.call)
    turn.confirm = outcome.confirm or turn.confirm
    turn.question = (outcome.question if outcome.pending else None) or turn.question


def _count(context: TurnContext, backend: Backend, message: AIMessage) -> None:
    one, total = backend.usage(message), context.usage
    total.model_calls += one.model_calls
    total.prompt_tokens += one.prompt_tokens
    total.completion_tokens += one.completion_tokens
    known = total.evaluated_tokens is not None and one.evaluated_tokens is not None
    total.evaluated_tokens = (total.evaluated_tokens or 0) + (one.evaluated_tokens or 0) if known else None
