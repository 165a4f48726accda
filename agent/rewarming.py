"""The choice's prompt goes back into a model that wrote something else, while nobody needs the model."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future

from langchain_core.messages import BaseMessage

from agent.backends import Backend

log = logging.getLogger(__name__)

_PATIENCE = 2.0


class Rewarming:
    """Reads a prompt's beginning into a server's cache behind the user's back, and gives way at once.

    A server with one cache loses the choice's prompt to a mashup; read in again while the user reads, it is not
    missed. Only an asynchronous call can be broken off while the server is silent, which it is until all is
    read; a broken-off call keeps what was read so far in the server's cache.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self._thread: threading.Thread | None = None
        self._reading: Future[None] | None = None

    def start(self, backend: Backend, beginning: Sequence[BaseMessage]) -> None:
        """Begin to read; returns at once, and what fails is missed by nobody."""
        # One loop for all calls: a connection that the model's client keeps belongs to the loop it began in.
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._run, args=[self._loop], name="rewarming", daemon=True)
            self._thread.start()
        self._reading = asyncio.run_coroutine_threadsafe(_read(backend, beginning), self._loop)

    def give_way(self) -> None:
        """Break off: somebody needs the model now."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def close(self) -> None:
        """Break off and end the thread; nothing can be started afterwards."""
        self.give_way()
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._closed.set)
            self._thread.join(_PATIENCE)
            self._loop = None

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:  # cancels what is left, and waits for it
            runner.run(self._until_closed())

    async def _until_closed(self) -> None:
        await self._closed.wait()


async def _read(backend: Backend, beginning: Sequence[BaseMessage]) -> None:
    try:
        await backend.model.bind(**backend.constrain(None, max_tokens=1)).ainvoke(list(beginning))
    except Exception as error:
        log.info("the prompt was not read in again: %s", backend.explain(error))
