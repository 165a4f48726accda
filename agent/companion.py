"""The companion: one library, one model, any number of conversations."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from agent.acting import Run, langchain_tools
from agent.backends import Backend, choose_backend
from agent.checkpoints import open_checkpoints
from agent.choice import Choice, TurnContext
from agent.events import Call, Confirm, Done, Event, Step, Text, Thinking, Turn, Waiting
from agent.mashup import MASH_UP, mash_up
from agent.memory import Outcome, read_memory
from agent.prompt import read_data
from agent.sayings import sayings
from agent.waiting import Line, Place
from store.database import Clock
from store.errors import XilftenError
from store.settings import Settings
from tools import TOOLS, Library, open_library

log = logging.getLogger(__name__)

_LONGEST = 8000
"""Characters of one message: some 1,400 words, which code reads in about a second and most contexts hold."""

Progress = Callable[[str, float | None], None]


class Companion:
    """Talks about one library. Turns run one after the other, in the order they came.

    Args:
        library: the open library.
        settings: which model, and where conversations are kept.
        progress: told of long steps.
        backend: a warm model shared with others; whoever chose it closes it.

    Attributes:
        library: the open library.
        status: a sentence: what it is doing, or that it is ready.
        ready: whether the model is warm.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        progress: Progress | None = None,
        *,
        backend: Backend | None = None,
    ) -> None:
        self.library = library
        self.status = "Not started."
        self.ready = False
        self._settings = settings
        self._told = progress
        self._backend = backend
        self._shared = backend is not None
        self._lasting = False
        self._starting = threading.RLock()
        self._line = Line()
        self._checkpoints, self._memory = open_checkpoints(settings.memory)
        tools = [tool for tool in TOOLS.values() if tool.chat] + [MASH_UP]
        self._choice = Choice(library, self.backend, tools)
        own: dict[str, Run] = {"mash_up": lambda args: mash_up(library, self.backend(), **args)}
        self._graph = create_agent(
            # The middleware streams from the backend itself, so this stand-in for "the model" is never asked.
            FakeListChatModel(responses=[""]),
            tools=langchain_tools(library, tools, own),
            middleware=[self._choice],
            context_schema=TurnContext,
            checkpointer=self._checkpoints,
        )

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        progress: Progress | None = None,
        clock: Clock = datetime.now,
    ) -> "Companion":
        """Open the library of the settings; the model starts at ``warm`` or at the first turn that needs it.

        Raises:
            Unavailable: another process holds the library.
            Conflict: it was written by a newer program.
        """
        settings = settings or Settings()
        return cls(open_library(settings, clock=clock, progress=progress), settings, progress)

    @property
    def backend_name(self) -> str:
        """The model in use, such as ``ollama/qwen2.5:3b``; empty until it is chosen."""
        return self._backend.name if self._backend else ""

    def backend(self) -> Backend:
        """The chat model, chosen and warmed at first use.

        Raises:
            Unavailable: no model can be had; the message says what to do.
        """
        with self._starting:
            if self._backend is None:
                backend = choose_backend(self._settings, self._progress)
                backend.warm([SystemMessage(self._choice.system)], self._progress)
                self._backend = backend
            if not self.ready:
                self.ready = True
                self._progress(f"Ready, with {self._backend.name}.", None)
            return self._backend

    def warm(self) -> None:
        """Get model and index ready, so that the first turn is fast.

        Raises:
            Unavailable: no model can be had.
        """
        learning = threading.Thread(target=sayings, name="sayings", daemon=True)
        learning.start()
        self.library.vectors.catch_up()
        self.backend()
        learning.join()
        self._lasting = True

    def turn(
        self,
        thread: str,
        text: str,
        *,
        confirm: str | None = None,
        yes: bool = False,
        stop: threading.Event | None = None,
    ) -> Iterator[Event]:
        """One turn of a conversation.

        Args:
            thread: the conversation's id.
            text: the user's words.
            confirm: the token of an act that waits for a yes; the text is then ignored.
            yes: confirm destructive acts without asking.
            stop: set it to stop the model while it writes.

        Yields:
            What happens, as it happens; the last event is Done. Failures end as sentences in the reply.
        """
        stop = stop or threading.Event()
        with self._line.place() as place:
            yield from _wait(place, stop)
            if not place.first:
                yield from _say(Turn(reply=read_data("questions.yaml")["stopped"]))
                return
            yield Thinking()
            if len(text) > _LONGEST:
                too_long = read_data("questions.yaml")["too_long"].format(length=len(text), most=_LONGEST)
                yield from _say(Turn(reply=too_long, failed=True))
                return
            done = yield from self._one(thread, text, confirm, stop)
            if yes and done.confirm:
                yield Text(delta="\n\n")
                second = yield from self._one(thread, "yes", done.confirm.token, stop)
                done = _joined(done, second)
            if self._lasting and any(call.tool == MASH_UP.name for call in done.calls):
                self.backend().warm_again([SystemMessage(self._choice.system)])
            yield Done(turn=done)

    def waits_for_yes(self, thread: str) -> Confirm | None:
        """The destructive act that the last turn of a conversation asked about, if it is still open."""
        state = self._graph.get_state({"configurable": {"thread_id": thread}})
        return read_memory(state.values.get("messages", [])).confirm

    def close(self) -> None:
        """Give back the model, the conversations' file and the library."""
        self._line.close()
        with self._starting:
            if self._backend is not None and not self._shared:
                self._backend.close()
            self._memory.close()
            self.library.close()

    def _one(
        self, thread: str, text: str, confirm: str | None, stop: threading.Event
    ) -> Generator[Event, None, Turn]:
        started = time.monotonic()
        context = TurnContext(stop=stop)
        words = HumanMessage(text, additional_kwargs={"confirm": confirm} if confirm else {})
        turn = Turn()
        stream: Generator[tuple[str, Any]] = self._graph.stream(  # type: ignore[assignment]
            {"messages": [words]},
            {"configurable": {"thread_id": thread}},
            context=context,
            stream_mode=["updates", "custom"],
            durability="exit",
        )
        try:
            for kind, piece in stream:
                if kind == "custom":
                    yield piece
                else:
                    yield from _steps(piece, turn)
        except GeneratorExit:  # the caller stopped listening
            context.stop.set()
            raise
        except XilftenError as error:
            turn.reply = str(error)
        except Exception:
            log.exception("a turn failed")
            turn.reply = read_data("questions.yaml")["broken"]
        finally:
            stream.close()  # waits for its threads, before the next turn may begin
        rest = _rest(turn.reply, context.streamed)
        turn.reply = context.streamed + rest  # what the user read, whichever way it came
        if rest:
            yield Text(delta=rest)
        turn.usage = context.usage
        turn.model_seconds = round(context.model_seconds, 3)
        turn.seconds = round(time.monotonic() - started, 3)
        return turn

    def _progress(self, sentence: str, share: float | None) -> None:
        self.status = sentence if share is None else f"{sentence} ({share:.0%})"
        if self._told:
            self._told(sentence, share)


def _wait(place: Place, stop: threading.Event) -> Iterator[Waiting]:
    """Stand in line, saying how many are ahead."""
    texts = read_data("questions.yaml")
    for ahead in place.wait(stop):
        sentence = texts["waits_next"] if ahead == 1 else texts["waits_ahead"].format(ahead=ahead)
        yield Waiting(ahead=ahead, text=sentence)


def _say(turn: Turn) -> Iterator[Event]:
    """The end of a turn that never reached the graph, so that the conversation does not know of it."""
    yield Text(delta=turn.reply)
    yield Done(turn=turn)


def _steps(update: dict[str, Any], turn: Turn) -> Iterator[Step]:
    """The events of one node of the graph; what it adds goes into the turn."""
    for node in update.values():
        for message in (node or {}).get("messages", []):
            if isinstance(message, AIMessage):
                for call in message.tool_calls:
                    shown = {k: v for k, v in call["args"].items() if k != "confirm"}
                    yield Step(id=call["id"] or "", status="running", call=Call(tool=call["name"], args=shown))
                if not message.tool_calls:
                    turn.reply = message.text
                    turn.failed = bool(message.additional_kwargs.get("failed"))
                    if message.additional_kwargs.get("pending"):
                        turn.question = message.text.split("\n\n")[-1]
            elif isinstance(message, ToolMessage) and message.artifact:
                outcome = Outcome.model_validate(message.artifact)
                turn.calls.append(outcome.call)
                turn.confirm = outcome.confirm or turn.confirm
                turn.question = (outcome.question if outcome.pending else None) or turn.question
                status = "failed" if outcome.call.error else "done"
                yield Step(id=message.tool_call_id, status=status, call=outcome.call)
            elif isinstance(message, ToolMessage):
                turn.calls.append(Call(tool=message.name or "", error=message.text))


def _rest(reply: str, streamed: str) -> str:
    """What of the reply was not streamed yet."""
    if not streamed:
        return reply
    if reply.startswith(streamed):
        return reply[len(streamed) :]
    return "" if reply.strip() in streamed else f"\n\n{reply}"


def _joined(asked: Turn, done: Turn) -> Turn:
    """The turn that asked and the one that went ahead, as one; the second calls no model."""
    return done.model_copy(
        update={
            "reply": f"{asked.reply}\n\n{done.reply}",
            "calls": [call for call in asked.calls if call.result or call.error] + done.calls,
            "question": asked.question,
            "usage": asked.usage,
            "seconds": round(asked.seconds + done.seconds, 3),
            "model_seconds": round(asked.model_seconds + done.model_seconds, 3),
        }
    )
