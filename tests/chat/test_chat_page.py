"""The page's callbacks around the real companion; only the model's server is a script."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chainlit as cl
import pytest
from chainlit import data
from chainlit.context import context
from fake_ollama import FakeOllama, Hangs, Says

from agent import Companion, Thinking
from chat import confirmation, page
from chat.running import Running, connect
from store.settings import Settings

Enter = Callable[..., list[tuple[str, Any]]]
ALIEN = Says('[{"log_review":{"title":"Alien"}}]')
DELETE = Says('[{"delete_review":{"title":"Alien"}}]')


class Visit:
    """A page that is open on one conversation, with the companion behind it."""

    def __init__(self, settings: Settings, model: FakeOllama, enter: Enter) -> None:
        self.settings, self.model, self._enter = settings, model, enter
        self.sent: list[tuple[str, Any]] = []
        self._open()

    def _open(self) -> None:
        self.companion = Companion.open(self.settings)
        self.companion.warm()
        connect(Running(self.companion, self.settings))
        data._data_layer, data._data_layer_initialized = None, False

    def restart(self) -> None:
        """End the server and the page, and start both again."""
        self.companion.close()
        self._open()

    def run(self, *doing: Callable[[], Any]) -> list[tuple[str, Any]]:
        """Enter the page and do things one after the other; returns what was sent to the browser."""

        async def run() -> None:
            self.sent = self._enter()
            for one in doing:
                await one()
            # What the page keeps, it keeps in tasks of its own.
            await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})  # type: ignore[arg-type]
            layer = data.get_data_layer()
            await layer.close()
            data._data_layer, data._data_layer_initialized = None, False

        asyncio.run(run())
        return self.sent

    def say(self, words: str, *replies: Says | Hangs) -> Callable[[], Any]:
        async def doing() -> None:
            self.model.script = list(replies)
            message = cl.Message(words, type="user_message")
            await message.send()
            await page.on_message(message)

        return doing

    def click(self, button: str) -> Callable[[], Any]:
        async def doing() -> None:
            sent = next(d for event, d in reversed(self.sent) if event == "action" and d["name"] == button)
            action = cl.Action(name=button, payload=sent["payload"], id=sent["id"])
            await {confirmation.YES: page.on_yes, confirmation.KEEP: page.on_keep}[button](action)

        return doing

    async def resume(self) -> None:
        """Open the conversation again; what is shown of it is in ``shown``."""
        thread = await data.get_data_layer().get_thread(context.session.thread_id)
        await page.on_chat_resume(thread)
        self.shown = [step["output"] for step in thread["steps"] if "message" in step["type"]]

    @property
    def said(self) -> list[str]:
        return [d["output"] for event, d in self.sent if event == "new_message" and "message" in d["type"]]

    @property
    def reviews(self) -> int:
        return len(self.companion.library.db.read("SELECT 1 FROM user_reviews"))


@pytest.fixture
def model() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture
def visit(tmp_path: Path, seeded_home: Path, model: FakeOllama, enter: Enter) -> Iterator[Visit]:
    home = tmp_path / "home"
    shutil.copytree(seeded_home, home)
    settings = Settings(home=home, backend="ollama", ollama_url=model.url, timeout=5.0)
    opened = Visit(settings, model, enter)
    yield opened
    opened.companion.close()


def test_a_message_is_answered(visit: Visit) -> None:
    visit.run(visit.say("rate Alien 8", ALIEN))
    assert visit.reviews == 1 and "Alien" in visit.said[-1]


def test_words_are_streamed_and_the_models_json_never_is(visit: Visit) -> None:
    text = "Hello there! I can log what you watched. Or plan a film. Just ask me."
    visit.run(visit.say("hello", Says(json.dumps([{"reply": text}]))))
    shown = "".join(
        d["output"] if event == "stream_start" else d["token"]
        for event, d in visit.sent
        if event.startswith("stream_")
    )
    assert text.startswith(shown.rstrip()) and len(shown) > 40 and visit.said[-1] == text
    assert not any(mark in json.dumps(visit.sent) for mark in ('[{\\"', '{\\"reply'))


def test_who_waits_is_told_and_the_line_goes_away_when_it_is_their_turn(visit: Visit) -> None:
    held = visit.companion.turn("other", "undo")
    assert isinstance(next(held), Thinking)

    async def meanwhile() -> None:
        asking = asyncio.create_task(visit.say("rate Alien 8", ALIEN)())
        while not any("Another message" in d.get("name", "") for _, d in visit.sent):
            await asyncio.sleep(0.01)
        assert visit.reviews == 0
        held.close()
        await asking

    visit.run(meanwhile)
    line = next(d["id"] for _, d in visit.sent if "Another message" in d.get("name", ""))
    gone = [event for event, d in visit.sent if d.get("id") == line]
    assert gone == ["new_message", "delete_message"] and visit.reviews == 1
    visit.run(visit.resume)
    assert not any("Another message" in text for text in visit.shown)


def test_a_stop_while_waiting_says_so_and_does_nothing(visit: Visit) -> None:
    held = visit.companion.turn("other", "undo")
    next(held)

    async def meanwhile() -> None:
        asking = asyncio.create_task(visit.say("rate Alien 8", ALIEN)())
        while not any("Another message" in d.get("name", "") for _, d in visit.sent):
            await asyncio.sleep(0.01)
        asking.cancel()
        await asking
        other = visit.companion.turn("third", "undo")
        while next(other).ahead != 1:  # type: ignore[union-attr]
            pass
        other.close()

    visit.run(meanwhile)
    held.close()
    assert visit.said[-1] == "*Stopped.*" and visit.reviews == 0
    assert [event for event, d in visit.sent if "Another message" in d.get("name", "")][-1] == "delete_message"
    visit.run(visit.say("rate Alien 8", ALIEN))
    assert visit.reviews == 1


def test_a_message_sent_while_the_model_warms_can_be_stopped(visit: Visit) -> None:
    visit.companion.close()
    visit.companion = Companion.open(visit.settings)
    running = Running(visit.companion, visit.settings)
    connect(running)
    visit.model.otherwise = Hangs(0.7)  # the prompt is read

    async def meanwhile() -> None:
        running.warm()
        asking = asyncio.create_task(page.answer("hello there"))
        while not any(d.get("metadata", {}).get("icon") == "flame" for _, d in visit.sent):
            await asyncio.sleep(0.01)
        asking.cancel()
        await asking

    visit.run(meanwhile)
    assert visit.said[-1] == "*Stopped.*"


# A yes


def test_a_click_carries_it_out_exactly_once(visit: Visit) -> None:
    visit.run(
        visit.say("rate Alien 8", ALIEN),
        visit.say("delete my review of Alien", DELETE),
        visit.click(confirmation.YES),
        visit.click(confirmation.YES),
    )
    assert visit.reviews == 0
    assert visit.said[-1] == "There is nothing waiting for a yes any more."


def test_a_yes_after_what_was_kept_deletes_nothing(visit: Visit) -> None:
    visit.run(
        visit.say("rate Alien 8", ALIEN),
        visit.say("delete my review of Alien", DELETE),
        visit.click(confirmation.KEEP),
        visit.say("yes", Says('[{"reply":"Good."}]')),
    )
    assert visit.reviews == 1
    assert "Kept" in visit.said[-3] and visit.said[-1] == "Good."


def test_keeping_what_is_gone_says_that_nothing_waits(visit: Visit) -> None:
    visit.run(
        visit.say("rate Alien 8", ALIEN),
        visit.say("delete my review of Alien", DELETE),
        visit.say("yes"),
        visit.click(confirmation.KEEP),
    )
    assert visit.reviews == 0 and visit.said[-1] == "There is nothing waiting for a yes any more."


@pytest.mark.parametrize("restarted", [False, True], ids=["reloaded", "restarted"])
def test_the_buttons_work_after_the_page_is_opened_again(visit: Visit, restarted: bool) -> None:
    visit.run(visit.say("rate Alien 8", ALIEN), visit.say("delete my review of Alien", DELETE))
    if restarted:
        visit.restart()
    visit.run(visit.resume, visit.click(confirmation.YES))
    assert visit.reviews == 0
    assert not any(event == "error" for event, _ in visit.sent)


def test_a_typed_yes_after_a_restart_carries_it_out_exactly_once(visit: Visit) -> None:
    visit.run(visit.say("rate Alien 8", ALIEN), visit.say("delete my review of Alien", DELETE))
    visit.restart()
    visit.run(visit.resume, visit.say("yes"))
    assert visit.reviews == 0
    visit.run(visit.say("undo"))
    assert visit.reviews == 1
    visit.restart()
    visit.run(visit.resume, visit.say("yes", Says('[{"reply":"Good."}]')))
    assert visit.reviews == 1 and visit.said[-1] == "Good."


def test_a_question_that_no_longer_waits_comes_back_without_buttons(visit: Visit) -> None:
    visit.run(visit.say("rate Alien 8", ALIEN), visit.say("delete my review of Alien", DELETE))
    thread = "thread-1"
    list(visit.companion.turn(thread, "no"))  # answered through another door
    visit.run(visit.resume)
    assert not any(event == "action" for event, _ in visit.sent)
    assert visit.shown[-1].endswith(confirmation.OVER) and visit.reviews == 1


def test_only_the_last_question_comes_back_with_buttons(visit: Visit) -> None:
    visit.run(
        visit.say("rate Alien 8", ALIEN),
        visit.say("delete my review of Alien", DELETE),
        visit.say("thanks", Says('[{"reply":"You are welcome."}]')),
    )
    visit.run(visit.resume)
    assert not any(event == "action" for event, _ in visit.sent)
