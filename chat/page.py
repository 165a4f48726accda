"""The page's callbacks; Chainlit loads this file by its path."""
# mypy: disable-error-code="untyped-decorator"

import asyncio
import threading

import chainlit as cl
from chainlit.types import ThreadDict
from chainlit.utils import utc_now
from starlette.datastructures import Headers

from chat import confirmation
from chat.failures import spoken
from chat.history import History
from chat.identity import IDENTIFIER
from chat.reply import Reply, note
from chat.running import current
from chat.starters import starters
from chat.stream import relay

_LOOK_AGAIN = 0.3
_CHAINLIT_STOPPED = "Task manually stopped."
_stops: dict[str, threading.Event] = {}


@cl.data_layer
def history() -> History:
    """Where conversations are kept."""
    return History(current().settings.chat)


@cl.header_auth_callback
async def the_one_at_this_machine(headers: Headers) -> cl.User:
    """No password: the server listens on loopback only and the guard lets no other page in."""
    return cl.User(identifier=IDENTIFIER, display_name="You")


@cl.set_starters
async def first_words() -> list[cl.Starter]:
    """What a newcomer can ask first."""
    return starters()


@cl.on_message
@spoken
async def on_message(message: cl.Message) -> None:
    """The user said something."""
    await answer(message.content)


@cl.on_chat_resume
@spoken
async def on_chat_resume(thread: ThreadDict) -> None:
    """A conversation is opened again: its messages come from the history, its memory is the agent's."""
    last = next((step for step in reversed(thread["steps"]) if "message" in step["type"]), None)
    token = ((last and last.get("metadata")) or {}).get(confirmation.METADATA)
    if last and isinstance(token, str):
        await confirmation.offer_again(thread["id"], last["id"], token)


@cl.on_stop
async def on_stop() -> None:
    """The user pressed stop; Chainlit has cancelled the task and said so in its own words."""
    if stop := _stops.get(cl.context.session.id):
        stop.set()
    said = cl.chat_context.get()
    if said and said[-1].content == _CHAINLIT_STOPPED:
        await said[-1].remove()


@cl.action_callback(confirmation.YES)
@spoken
async def on_yes(action: cl.Action) -> None:
    """The user agreed to what was asked."""
    token = confirmation.read(action, cl.context.session.thread_id)
    await _clicked(action, token)
    await _as_turn(token)


@cl.action_callback(confirmation.KEEP)
@spoken
async def on_keep(action: cl.Action) -> None:
    """The user declined; nothing was touched, so nobody needs to be told."""
    token = confirmation.read(action, cl.context.session.thread_id)
    await _clicked(action, token)
    await cl.Message("Kept. Nothing has changed.").send()


async def answer(text: str, confirm: str | None = None) -> None:
    """Run one turn of the conversation and show it."""
    running = current()
    session = cl.context.session
    stop = _stops[session.id] = threading.Event()
    reply = Reply(session.thread_id)
    stopped = False
    try:
        await _wait_for_the_model()
        events = relay(
            lambda: running.companion.turn(session.thread_id, text, confirm=confirm, stop=stop), stop
        )
        async for event in events:
            await reply.show(event)
    except asyncio.CancelledError:
        # Stopped by the user. Not raised again: what is half-drawn must still be finished and kept.
        stopped = True
    finally:
        if _stops.get(session.id) is stop:
            del _stops[session.id]
        await reply.end(stopped)


async def _wait_for_the_model() -> None:
    running = current()
    if not running.warming:
        return
    step = await note(running.detail, icon="flame")
    step.end = None
    while running.warming:
        if step.name != running.detail:
            step.name = running.detail
            await step.update()
        await asyncio.sleep(_LOOK_AGAIN)
    step.name, step.end = running.detail, utc_now()
    await step.update()


async def _clicked(action: cl.Action, token: str) -> None:
    session = cl.context.session
    await confirmation.withdraw(session.thread_id, token)
    label = next(b.label for b in confirmation.buttons("", token) if b.name == action.name)
    await cl.Message(label, type="user_message", author=IDENTIFIER).send()


async def _as_turn(token: str) -> None:
    # A click arrives as a plain HTTP request: say ourselves that a task runs, and which one stop cancels.
    context = cl.context
    await context.emitter.task_start()
    context.session.current_task = task = asyncio.create_task(answer("", confirm=token))
    try:
        await task
    finally:
        await context.emitter.task_end()
