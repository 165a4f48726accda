"""A turn runs in a thread; the page lives in an event loop. This is the bridge."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass
class _End:
    error: BaseException | None


async def relay(turn: Callable[[], Iterator[T]], stop: threading.Event) -> AsyncIterator[T]:
    """Run a blocking generator in its own thread and yield what it yields.

    Args:
        turn: makes the generator; called inside the thread.
        stop: set when nobody listens any more, so that the generator can end early.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[T | _End] = asyncio.Queue()

    def post(item: T | _End) -> None:
        try:
            loop.call_soon_threadsafe(queue.put_nowait, item)
        except RuntimeError:  # the loop is closed: the server is shutting down
            stop.set()

    def work() -> None:
        error: BaseException | None = None
        try:
            for item in turn():
                post(item)
        except BaseException as raised:
            error = raised
        post(_End(error))

    # A daemon, not a pool's thread: a turn that hangs must not keep the process from ending.
    threading.Thread(target=work, name="turn", daemon=True).start()
    try:
        while True:
            item = await queue.get()
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        stop.set()
