"""The two buttons below a question that waits for a yes.

They are ordinary actions: Chainlit's own question would be dead after a reconnect.
"""

import hashlib

import chainlit as cl

from store.errors import Conflict

YES = "confirm"
KEEP = "keep"
METADATA = "confirm"
OVER = "*This no longer waits for an answer.*"


def buttons(thread: str, token: str) -> list[cl.Action]:
    """The buttons for one token; the same token always makes the same buttons."""
    mark = hashlib.sha256(token.encode()).hexdigest()[:16]
    payload = {"thread": thread, "token": token}
    return [
        cl.Action(name=YES, label="Yes, do it", payload=payload, id=f"{YES}-{mark}"),
        cl.Action(name=KEEP, label="Keep it", payload=payload, id=f"{KEEP}-{mark}"),
    ]


def read(action: cl.Action, thread: str) -> str:
    """The token a clicked button carries; the page could have sent anything, so it is checked."""
    token = action.payload.get("token")
    if action.payload.get("thread") != thread or not isinstance(token, str) or not token:
        raise Conflict("That button belongs to another conversation. Ask again here.")
    return token


async def withdraw(thread: str, token: str) -> None:
    """Take both buttons off the page."""
    for button in buttons(thread, token):
        await button.remove()


async def offer_again(thread: str, message_id: str, token: str) -> None:
    """Put the buttons back below a message of a resumed conversation."""
    await withdraw(thread, token)  # a reconnected page may still show them
    for button in buttons(thread, token):
        await button.send(for_id=message_id)
