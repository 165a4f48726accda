"""One turn as the page shows it: what was understood, each tool, and the words of the answer."""

import json
import re
from typing import Any

import chainlit as cl
from chainlit.utils import utc_now

from agent.events import Call, Event, Step, Text, Thinking, Turn, Understood, Waiting
from chat import confirmation
from chat.markdown import escape, plain

NO_ANSWER = "I have no answer to that. Try to say it in other words."
STOPPED = "*Stopped.*"
_ICONS = {"failed": "circle-alert", "running": "loader-circle", "done": "check"}
_LONGEST_RESULT = 1500


class Reply:
    """Draws the events of a turn; call ``end`` when no more come, however the turn ended.

    Args:
        thread: the conversation, named on the buttons that ask for a yes.
    """

    def __init__(self, thread: str) -> None:
        self._thread = thread
        self._message = cl.Message("")
        self._place: cl.Step | None = None
        self._steps: dict[str, cl.Step] = {}
        self._words = ""
        self._sent = False

    async def show(self, event: Event) -> None:
        """Draw one event; while it thinks, Chainlit's own dot pulses below what is drawn."""
        if isinstance(event, Waiting):
            await self._show_place(event)
            return
        await self._take_place_away()
        if isinstance(event, Thinking):
            return
        if isinstance(event, Understood):
            await note(event.text, icon="ear")
        elif isinstance(event, Step):
            await self._show_step(event)
        elif isinstance(event, Text):
            await self._stream(event.delta)
        else:
            await self._finish(event.turn)

    async def end(self, stopped: bool = False) -> None:
        """Leave nothing half-drawn: a stopped or failed turn keeps the words it had.

        Args:
            stopped: by the user, which is then said.
        """
        await self._take_place_away()
        for step in self._steps.values():
            if step.end is None:
                step.end, step.output, step.icon = utc_now(), STOPPED, "circle-stop"
                await step.update()
        if self._words and not self._sent:
            self._message.content = plain(self._words)
        if stopped and not self._sent:
            self._message.content = f"{self._message.content}\n\n{STOPPED}".strip()
        if self._message.content and not self._sent:
            await self._send()

    async def _show_place(self, event: Waiting) -> None:
        # Sent past the history, which has no use for how long the line was.
        if self._place is None:
            self._place = _line(event.text)
            self._place.end, self._place.icon = self._place.start, "hourglass"
            await cl.context.emitter.send_step(self._place.to_dict())
        else:
            self._place.name = event.text
            await cl.context.emitter.update_step(self._place.to_dict())

    async def _take_place_away(self) -> None:
        if self._place is not None:
            await cl.context.emitter.delete_step(self._place.to_dict())
            self._place = None

    async def _stream(self, delta: str) -> None:
        """Add plain words, escaped; the last word waits, for what follows may change its markup."""
        self._words += delta
        settled = re.match(r"(?s).*\S(?=\s+\S)", self._words)
        if settled:
            await self._message.stream_token(plain(settled[0])[len(self._message.content) :])

    async def _show_step(self, event: Step) -> None:
        step = self._steps.get(event.id)
        draw = step.update if step else None
        if step is None:
            step = self._steps[event.id] = _line(in_words(event.call.tool))
        # Done without a result and without an error: nothing happened yet, it waits for a yes.
        waits = event.status == "done" and not event.call.result
        step.icon = "hourglass" if waits else _ICONS[event.status]
        step.input = _arguments(event.call)
        if event.status != "running":
            step.end = utc_now()
            step.is_error = event.status == "failed"
            step.output = _outcome(event.call)
        await (draw or step.send)()

    async def _finish(self, turn: Turn) -> None:
        message = self._message
        message.content = plain(turn.reply or turn.question or "")
        if turn.confirm:
            asked = escape(turn.confirm.message)
            if asked not in message.content:
                message.content = f"{message.content}\n\n{asked}".strip()
            message.actions = confirmation.buttons(self._thread, turn.confirm.token)
            message.metadata = {confirmation.METADATA: turn.confirm.token}
        message.content = message.content or NO_ANSWER
        await self._send()

    async def _send(self) -> None:
        self._sent = True
        await self._message.send()


async def note(text: str, icon: str) -> cl.Step:
    """A quiet line of plain text above the answer."""
    step = _line(text)
    step.end, step.icon = step.start, icon  # over from the start: what runs shimmers, which is hard to read
    await step.send()
    return step


def in_words(tool: str) -> str:
    """The name of a tool as a person would write it: ``log_review`` is "Log review"."""
    return tool.replace("_", " ").capitalize()


def _line(name: str) -> cl.Step:
    # Chainlit nests a step below the running one only when it is used as a context manager.
    above = cl.context.current_step
    step = cl.Step(name=name, type="tool", show_input=True, parent_id=above.id if above else None)
    step.start = utc_now()
    return step


def _arguments(call: Call) -> str:
    return "\n".join(
        f"- {escape(name.replace('_', ' '))}: **{escape(_plain(value))}**"
        for name, value in call.args.items()
        if value is not None
    )


def _outcome(call: Call) -> str:
    if call.error:
        return escape(call.error)
    if not call.result:
        return "Waits for your answer."
    summary = call.result.get("summary")
    return escape(str(summary) if summary else _plain(call.result)[:_LONGEST_RESULT])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
