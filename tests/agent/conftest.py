"""A companion whose model is a fake Ollama over real HTTP, and a way to talk with it."""

import contextlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fake_ollama import FakeOllama, Says
from fake_server import Reply

from agent import Companion, Event, Step, Text, Turn
from agent.memory import Memory
from agent.names import read_names
from agent.notes import Notes, read_notes
from agent.said import Said
from agent.schema import TALK
from store.settings import Settings
from tools import Library, open_library

NOW = datetime(2025, 11, 26, 19, 30)
"""A Wednesday, as in tests/conftest.py."""


class _Handler(FakeOllama.handler):  # type: ignore[misc, name-defined]
    def setup(self) -> None:
        super().setup()
        self.fake.connections.append(self.connection)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a stopped turn hangs up
            super().handle()

    def chat(self, body: dict[str, Any]) -> None:
        if body["options"].get("num_predict") == 1:  # the prefix is warmed; that is no turn
            with self.chunks("application/x-ndjson"):
                self.line({**self.word(body, "ok"), "done": True, "done_reason": "length"})
            return
        self.fake.chats.append(body)
        super().chat(body)

    def line(self, value: dict[str, Any]) -> None:
        time.sleep(self.fake.pace)
        super().line(value)


class FakeModel(FakeOllama):
    """Answers warming by itself; ``chats`` are the other requests, ``pace`` the seconds before each piece."""

    handler = _Handler

    def __init__(self) -> None:
        super().__init__()
        self.chats: list[dict[str, Any]] = []
        self.pace = 0.0
        self.connections: list[socket.socket] = []

    def stop(self) -> None:
        """Go down as a killed process does."""
        self._port = self._http.server_address[1]
        super().__exit__()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def start_again(self) -> None:
        """Answer at the same address as before."""
        handler = type("Bound", (self.handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.otherwise = Says('[{"reply":"Nothing was scripted."}]')


def choice(*calls: tuple[str, dict[str, Any]]) -> Says:
    """What the model answers under the schema: ``choice(("undo", {}))``."""
    chosen = [{tool: next(iter(args.values()), "") if tool in TALK else args} for tool, args in calls]
    return Says(json.dumps(chosen, ensure_ascii=False, separators=(",", ":")))


class Talk:
    """One conversation with a companion; every turn's events are in ``events``."""

    def __init__(self, settings: Settings, model: FakeModel, thread: str = "one") -> None:
        self.settings = settings
        self.model = model
        self.thread = thread
        self.events: list[Event] = []
        self.companion = self._open()

    def _open(self) -> Companion:
        return Companion(open_library(self.settings, clock=lambda: NOW), self.settings)

    @property
    def library(self) -> Library:
        return self.companion.library

    def say(self, words: str, *replies: Reply | tuple[str, dict[str, Any]], **how: Any) -> Turn:
        """One turn; the model gives these replies, of which tuples are the calls of the first."""
        calls = [reply for reply in replies if isinstance(reply, tuple)]
        others = [reply for reply in replies if not isinstance(reply, tuple)]
        self.model.script = [choice(*calls), *others] if calls else list(others)
        how.setdefault("stop", threading.Event())
        self.events = list(self.companion.turn(how.pop("thread", self.thread), words, **how))
        last = self.events[-1]
        assert last.kind == "done"
        return last.turn

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return self.library.db.read(sql, list(parameters))

    def reopen(self) -> None:
        """End the process as far as the conversation can tell, and start anew."""
        self.companion.close()
        self.companion = self._open()

    def texts(self) -> str:
        return "".join(event.delta for event in self.events if isinstance(event, Text))

    def steps(self) -> list[Step]:
        return [event for event in self.events if isinstance(event, Step)]

    def reviews(self) -> list[tuple[Any, ...]]:
        """Title, rating, text and day of every review, in the order they were written."""
        sql = (
            "SELECT media.title, rating::DOUBLE AS rating, review_text, watched_date::VARCHAR AS day "
            "FROM user_reviews JOIN media ON media.id = media_id ORDER BY user_reviews.created_at, media.title"
        )
        return [tuple(row.values()) for row in self.rows(sql)]

    def events_planned(self) -> list[tuple[Any, ...]]:
        """Title or name, day and time of every calendar event."""
        sql = (
            "SELECT coalesce(event.title, media.title) AS title, event_date::VARCHAR AS day, "
            "event_time::VARCHAR AS time FROM calendar_events event LEFT JOIN media ON media.id = media_id "
            "ORDER BY event_date, event_time, 1"
        )
        return [tuple(row.values()) for row in self.rows(sql)]

    def viewings(self) -> list[tuple[Any, ...]]:
        """Title, time, whether it was seen to the end."""
        sql = (
            "SELECT media.title, watched_at::VARCHAR AS at, completed "
            "FROM watch_history JOIN media ON media.id = media_id ORDER BY watched_at, 1"
        )
        return [tuple(row.values()) for row in self.rows(sql)]

    def acts(self) -> list[str]:
        """The tools that wrote something, oldest first."""
        return [
            row["tool"] for row in self.rows("SELECT tool FROM journal GROUP BY act, tool ORDER BY min(seq)")
        ]


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with FakeModel() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, model: FakeModel) -> Settings:
    """Settings of a fresh copy of the seeded library, its model the fake server."""
    return settings.model_copy(update={"backend": "ollama", "ollama_url": model.url, "timeout": 3.0})


@pytest.fixture
def talk(settings: Settings, model: FakeModel) -> Iterator[Talk]:
    conversation = Talk(settings, model)
    yield conversation
    conversation.companion.close()


@pytest.fixture(scope="module")
def read_library(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A seeded library for tests that only read."""
    home = tmp_path_factory.mktemp("read") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        yield library


@pytest.fixture(scope="module")
def notes_of(read_library: Library) -> Callable[..., Notes]:
    """The notes of a message, in a conversation that left ``memory``."""
    return lambda words, memory=None: read_notes(words, read_library, memory or Memory())


@pytest.fixture(scope="package")
def named(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with plans, a preset, fields and a mashup of the user's naming; only read."""
    home = tmp_path_factory.mktemp("named") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as opened:
        opened.schedule(title="Akira", when="2025-11-29T21:00")
        opened.schedule(name="Haircut", when="2025-12-03", event_type="custom")
        opened.save_preset(name="Rainy day", genres=["drama"])
        opened.define_field(label="Pace", field_type="number", minimum=0, maximum=10)
        opened.define_field(label="Mood", field_type="select", options=["cosy", "bleak"])
        opened.log_viewing(title="Alien", watched="2025-11-16")
        opened.create_mashup(
            sources=["Alien", "Fleabag"], title="Cold Tea", logline="A café.", plot_points=["a", "b", "c"]
        )
        yield opened


@pytest.fixture
def said(named: Library) -> Callable[..., Said]:
    """A message in a conversation that left ``memory``."""

    def say(words: str, memory: Memory | None = None) -> Said:
        memory = memory or Memory()
        return Said(read_notes(words, named, memory), memory, named, read_names(named))

    return say
