import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from chat import root

sys.path.insert(0, str(Path(__file__).parent))  # for scripted.py

# Before any test module imports Chainlit, or it would write into the working directory.
root.prepare(Path(tempfile.mkdtemp(prefix="xilften-page-")))

from chainlit.context import init_ws_context  # noqa: E402
from chainlit.session import WebsocketSession  # noqa: E402
from chainlit.user import PersistedUser  # noqa: E402
from scripted import ScriptedCompanion  # noqa: E402

from app import create_app, listen  # noqa: E402
from store.settings import Settings  # noqa: E402


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the real application, served over real HTTP in this process."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, port=0)
    with listen(settings) as listener:
        companion = ScriptedCompanion(home)
        companion.warm()
        server = uvicorn.Server(
            uvicorn.Config(create_app(companion, settings), lifespan="off", log_level="warning")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def enter() -> Callable[..., list[tuple[str, Any]]]:
    """Enter a page session, inside a running loop; what it sends to the browser is recorded."""

    def entered(user: PersistedUser | None = None, thread_id: str = "thread-1") -> list[tuple[str, Any]]:
        sent: list[tuple[str, Any]] = []

        async def emit(event: str, data: Any) -> None:
            sent.append((event, data))

        session = WebsocketSession(
            id=f"session-{thread_id}-{user.identifier if user else None}",
            socket_id=f"socket-{thread_id}",
            emit=emit,
            emit_call=emit,
            user_env={},
            client_type="webapp",
            user=user,
            thread_id=thread_id,
        )
        session.has_first_interaction = True
        init_ws_context(session)
        return sent

    return entered
