import asyncio
import threading
from collections.abc import Iterator

import pytest

from chat.stream import relay


def collect(turn: object, stop: threading.Event) -> list[int]:
    async def run() -> list[int]:
        return [item async for item in relay(turn, stop)]  # type: ignore[arg-type]

    return asyncio.run(run())


def test_items_arrive_in_order_from_another_thread() -> None:
    threads: set[int] = set()

    def turn() -> Iterator[int]:
        threads.add(threading.get_ident())
        yield from range(1000)

    assert collect(turn, threading.Event()) == list(range(1000))
    assert threading.get_ident() not in threads


def test_error_comes_after_what_was_said() -> None:
    seen = []

    def turn() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    async def run() -> None:
        async for item in relay(turn, threading.Event()):
            seen.append(item)

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(run())
    assert seen == [1]


def test_cancelled_listener_stops_the_turn() -> None:
    stop, over = threading.Event(), threading.Event()

    def turn() -> Iterator[int]:
        yield 1
        assert stop.wait(10)
        over.set()

    async def run() -> None:
        async def listen() -> None:
            async for _ in relay(turn, stop):
                pass

        task = asyncio.create_task(listen())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(over.wait, 10)

    asyncio.run(run())
