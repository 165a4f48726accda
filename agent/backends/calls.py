"""Calls to a model that can be broken off while its server is silent, as only asynchronous ones can."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

_LOOK = 0.05
"""Seconds between two looks at ``stop``."""
_PATIENCE = 2.0


@dataclass
class _Over:
    error: Exception | None = None


class Calls:
    """The calls of one backend, in one event loop: the connections its client keeps belong to that loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self._thread: threading.Thread | None = None

    def start(self, call: Coroutine[Any, Any, None]) -> "Future[None]":
        """Run a call beside the caller; cancelling the future hangs up on the server."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._run, args=[self._loop], name="calls", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(call, self._loop)

    def stream(self, pieces: AsyncIterator[T], stop: threading.Event) -> Iterator[T]:
        """What a call yields, until it is over or ``stop`` is set; whoever stops listening hangs up.

        Raises:
            Exception: whatever the call raised.
        """
        said: queue.SimpleQueue[T | _Over] = queue.SimpleQueue()

        async def listen() -> None:
            try:
                async for piece in pieces:
                    said.put(piece)
                said.put(_Over())
            except asyncio.CancelledError:
                said.put(_Over(ConnectionAbortedError("the call was broken off")))
                raise
            except Exception as error:
                said.put(_Over(error))

        call = self.start(listen())
        try:
            while not stop.is_set():
                try:
                    item = said.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                if isinstance(item, _Over):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
        finally:
            call.cancel()

    def close(self) -> None:
        """Break off what runs and end the thread."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._closed.set)
            self._thread.join(_PATIENCE)
            self._loop = None

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:  # at its end it cancels what still runs
            runner.run(self._until_closed())

    async def _until_closed(self) -> None:
        await self._closed.wait()
