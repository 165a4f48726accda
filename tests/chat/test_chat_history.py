import asyncio
import sqlite3
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from chainlit.element import CustomElement
from chainlit.types import Pagination, ThreadFilter
from chainlit.user import PersistedUser, User

from chat.history import History
from store.errors import Conflict, NotFound

Enter = Callable[..., list[tuple[str, Any]]]


def in_history(tmp_path: Path, work: Callable[[History], Awaitable[None]]) -> None:
    async def run() -> None:
        history = History(tmp_path / "chat.sqlite")
        try:
            await work(history)
        finally:
            await history.close()

    asyncio.run(run())


async def user(history: History, name: str) -> PersistedUser:
    made = await history.create_user(User(identifier=name, display_name=name.title()))
    assert made
    return made


def step(number: int, thread: str = "thread-1", **more: Any) -> Any:
    return {
        "id": f"step-{number}",
        "threadId": thread,
        "type": "tool",
        "name": "Log review",
        "output": f"output {number}",
        "createdAt": f"2026-01-01T10:00:0{number}Z",
        **more,
    }


def test_everything_a_step_says_survives_a_restart(tmp_path: Path, enter: Enter) -> None:
    said = step(
        1, autoCollapse=True, defaultOpen=False, metadata={"icon": "check"}, tags=["a", "b"], showInput=True
    )

    async def write(history: History) -> None:
        enter(await user(history, "you"))
        await history.create_step(said)

    async def read(history: History) -> None:
        thread = await history.get_thread("thread-1")
        assert thread and thread["userIdentifier"] == "you"
        assert thread["steps"] == [{**said, "streaming": False}]

    in_history(tmp_path, write)
    in_history(tmp_path, read)


def test_steps_come_in_order_and_the_last_word_counts(tmp_path: Path, enter: Enter) -> None:
    async def work(history: History) -> None:
        enter(await user(history, "you"))
        for number in (2, 1, 3):
            await history.create_step(step(number))
        await history.update_step(step(1, output="later"))
        await history.delete_step("step-3")
        thread = await history.get_thread("thread-1")
        assert thread and [said["output"] for said in thread["steps"]] == ["later", "output 2"]

    in_history(tmp_path, work)


def test_thread_keeps_tags_name_and_notes(tmp_path: Path, enter: Enter) -> None:
    async def work(history: History) -> None:
        you = await user(history, "you")
        await history.update_thread("thread-1", name="I watched\n  it", user_id=you.id, tags=["films"])
        await history.update_thread("thread-1", metadata={"a": 1, "b": 2})
        await history.update_thread("thread-1", metadata={"b": None})
        thread = await history.get_thread("thread-1")
        assert thread
        assert (thread["name"], thread["tags"], thread["metadata"]) == ("I watched it", ["films"], {"a": 1})

    in_history(tmp_path, work)


def test_nobody_writes_into_the_conversation_of_another(tmp_path: Path, enter: Enter) -> None:
    async def work(history: History) -> None:
        you, other = await user(history, "you"), await user(history, "other")
        enter(you)
        await history.create_step(step(1))
        card = CustomElement(
            id="card", name="Card", props={"title": "[REC]"}, thread_id="thread-1", for_id="step-1"
        )
        await history.create_element(card)
        enter(other)
        with pytest.raises(Conflict):
            await history.create_step(step(2))
        with pytest.raises(Conflict):
            await history.create_step(step(1, thread="thread-2"))
        with pytest.raises(Conflict):
            await history.create_element(
                CustomElement(id="card", name="x", props={}, thread_id="thread-2", for_id="y")
            )
        with pytest.raises(Conflict):
            await history.update_thread("thread-1", user_id=other.id)
        thread = await history.get_thread("thread-1")
        assert thread and len(thread["steps"]) == 1 and thread["userIdentifier"] == "you"
        kept = await history.get_element("thread-1", "card")
        assert kept and kept["props"] == {"title": "[REC]"}  # type: ignore[typeddict-item]

    in_history(tmp_path, work)


def test_list_is_paged_searched_and_personal(tmp_path: Path, enter: Enter) -> None:
    async def work(history: History) -> None:
        you, other = await user(history, "you"), await user(history, "other")
        for number in range(5):
            enter(you, f"thread-{number}")
            await history.update_thread(f"thread-{number}", name=f"Talk {number}", user_id=you.id)
            await history.create_step(step(number, thread=f"thread-{number}"))
        enter(other, "secret")
        await history.create_step(step(9, thread="secret"))
        mine = ThreadFilter(userId=you.id)
        first = await history.list_threads(Pagination(first=3), mine)
        rest = await history.list_threads(Pagination(first=3, cursor=first.pageInfo.endCursor), mine)
        assert [t["id"] for t in first.data + rest.data] == [f"thread-{n}" for n in (4, 3, 2, 1, 0)]
        assert (first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage) == (True, False)
        for words in ("OUTPUT 2", "talk 2"):
            found = await history.list_threads(Pagination(first=9), ThreadFilter(userId=you.id, search=words))
            assert [t["id"] for t in found.data] == ["thread-2"]

    in_history(tmp_path, work)


def test_deleted_conversation_stays_deleted(tmp_path: Path, enter: Enter) -> None:
    async def work(history: History) -> None:
        enter(await user(history, "you"))
        await history.create_step(step(1))
        await history.delete_thread("thread-1")
        await history.update_thread("thread-1", metadata={"noted": "at disconnect"})
        assert await history.get_thread("thread-1") is None
        with pytest.raises(NotFound):
            await history.get_thread_author("thread-1")

    in_history(tmp_path, work)
    left = sqlite3.connect(tmp_path / "chat.sqlite").execute("SELECT count(*) FROM steps").fetchone()
    assert left == (0,)


def test_file_is_private(tmp_path: Path) -> None:
    async def nothing(history: History) -> None:
        pass

    in_history(tmp_path, nothing)
    assert stat.S_IMODE((tmp_path / "chat.sqlite").stat().st_mode) == 0o600
