"""The page's callbacks; Chainlit loads this file by its path."""
# mypy: disable-error-code="untyped-decorator"

import asyncio
import threading

import chainlit as cl
from chainlit.types import ThreadDict
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
    if not last or not isinstance(token, str):
        return
    if await _still_waits(thread["id"], token):
        await confirmation.offer_again(thread["id"], last["id"], token)
    else:
        last["output"] = f"{last.get('output', '')}\n\n{confirmation.OVER}"  # the page gets this very dict


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
    await _as_turn("", confirm=token)


@cl.action_callback(confirmation.KEEP)
@spoken
async def on_keep(action: cl.Action) -> None:
    """The user declined; the agent is told, or a later yes would be taken for the answer."""
    thread = cl.context.session.thread_id
    token = confirmation.read(action, thread)
    await _clicked(action, token)
    if await _still_waits(thread, token):
        await _as_turn("no")
    else:
        await _as_turn("", confirm=token)  # which says that nothing waits


async def answer(text: str, confirm: str | None = None) -> None:
    """Run one turn of the conversation and show it."""
    running = current()
    session = cl.context.session
    stop = _stops[session.id] = threading.Event()
    reply = Reply(session.thread_id)
    stopped = False
    telling = asyncio.create_task(_tell_of_the_model())
    try:
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
        telling.cancel()
        await asyncio.wait([telling])
        await reply.end(stopped)


async def _tell_of_the_model() -> None:
    """Say what the model is doing while it is not ready; the turn itself waits for it, at its place in line."""
    running = current()
    if not running.warming:
        return
    step = await note(running.detail, icon="flame")
    try:
        while running.warming:
            if step.name != running.detail:
                step.name = running.detail
                await step.update()
            await asyncio.sleep(_LOOK_AGAIN)
    finally:
        step.name = running.detail
        await step.update()


async def _still_waits(thread: str, token: str) -> bool:
    waiting = await asyncio.to_thread(current().companion.waits_for_yes, thread)
    return waiting is not None and waiting.token == token


async def _clicked(action: cl.Action, token: str) -> None:
    session = cl.context.session
    await confirmation.withdraw(session.thread_id, token)
    label = next(b.label for b in confirmation.buttons("", token) if b.name == action.name)
    await cl.Message(label, type="user_message", author=IDENTIFIER).send()


async def _as_turn(text: str, confirm: str | None = None) -> None:
    # A click arrives as a plain HTTP request: say ourselves that a task runs, and which one stop cancels.
    context = cl.context
    await context.emitter.task_start()
    context.session.current_task = task = asyncio.create_task(answer(text, confirm))
    try:
        await task
    finally:
        await context.emitter.task_end()
