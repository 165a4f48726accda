"""What goes wrong on the page is said on the page: Chainlit shows nothing of an exception by itself."""

import functools
import logging
from collections.abc import Awaitable, Callable
from typing import ParamSpec

import chainlit as cl

from chat.markdown import escape
from store.errors import XilftenError

P = ParamSpec("P")

log = logging.getLogger(__name__)

SORRY = (
    "Something went wrong on my side, and your library may not have changed. "
    "Please try again; the details are in XILFTEN's log."
)


def spoken(callback: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """Turn every exception of a page callback into a sentence on the page."""

    @functools.wraps(callback)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await callback(*args, **kwargs)
        except XilftenError as error:
            await cl.ErrorMessage(escape(str(error))).send()
        except Exception:
            log.exception("A callback of the page failed")
            await cl.ErrorMessage(SORRY).send()

    return wrapper
