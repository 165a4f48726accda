"""The server: our own routes, the guard in front of everything, and the page mounted last."""

import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from rich.console import Console
from rich.status import Status

from chat import root
from chat.guard import MAX_BODY, Guard
from chat.identity import signing_key
from chat.running import Running, connect
from store.errors import Invalid, Unavailable
from store.settings import Settings

if TYPE_CHECKING:
    from agent import Companion

PAGE = Path(__file__).resolve().parent / "chat" / "page.py"


class Health(BaseModel):
    """What ``GET /health`` answers."""

    status: str = "ok"
    version: str
    backend: str
    model_ready: bool
    warming: bool
    detail: str


def create_app(companion: "Companion", settings: Settings) -> FastAPI:
    """The whole application around an opened companion.

    Chainlit keeps its state per process, so a later app replaces the companion of an earlier one.

    Args:
        companion: opened; its model may still be cold.
        settings: the settings it was opened with.
    """
    return _app(Running(companion, settings))


def serve(settings: Settings, companion: "Companion | None" = None) -> None:
    """Serve the page until interrupted.

    Args:
        settings: where to listen and what to open.
        companion: one that is open already, instead of opening the library of ``settings``.

    Raises:
        XilftenError: the address cannot be used, or the library cannot be opened.
    """
    console = Console(stderr=True)
    with listen(settings) as listener, _interruptible(), console.status("Opening your library…") as spinner:
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        running = Running(companion or _open(settings, spinner), settings)
        try:
            server = uvicorn.Server(
                uvicorn.Config(
                    _app(running),
                    lifespan="off",  # Chainlit's would end the process with os._exit
                    log_level="warning",
                    server_header=False,
                    ws_max_size=MAX_BODY,
                    timeout_graceful_shutdown=3,
                )
            )
            url = f"http://{_shown(settings.host)}:{settings.port}"
            console.print(f"[bold]XILFTEN[/bold] is at [link={url}]{url}[/link] [dim](Ctrl+C ends it)[/dim]")
            spinner.update("Warming the model; the page can be used already…")
            running.warm(then=spinner.stop)
            server.run(sockets=[listener])
        finally:
            running.close()


def _app(running: Running) -> FastAPI:
    root.prepare(running.settings.home)
    os.environ["CHAINLIT_AUTH_SECRET"] = signing_key(running.settings.home)
    connect(running)

    # Only now: importing Chainlit reads the environment that was just prepared.
    from chainlit import config, data
    from chainlit.server import app as page

    from chat.shell import use_local_shell

    data._data_layer, data._data_layer_initialized = None, False
    api = FastAPI(title="XILFTEN", docs_url=None, redoc_url=None, openapi_url=None)

    @api.get("/health")
    def health() -> Health:
        companion = running.companion
        return Health(
            version=_version(),
            backend=companion.backend_name,
            model_ready=companion.ready,
            warming=running.warming,
            detail=running.detail,
        )

    # Chainlit's mount_chainlit does this too, and adds a middleware that does nothing at "/" but cannot be
    # added twice and logs a traceback for every request the browser gives up.
    config.load_module(str(PAGE))
    api.mount("/", page)
    api.add_middleware(Guard, script_hashes=use_local_shell())
    return api


def _open(settings: Settings, spinner: Status) -> "Companion":
    """Open the library while Chainlit, which takes seconds to import, is imported beside it."""
    from agent import Companion

    def progress(sentence: str, share: float | None) -> None:
        spinner.update(sentence if share is None else f"{sentence} ({share:.0%})")

    with ThreadPoolExecutor(1) as opener:
        opening = opener.submit(Companion.open, settings, progress)
        root.prepare(settings.home)
        import chainlit.server  # noqa: F401

        return opening.result()


@contextmanager
def listen(settings: Settings) -> Iterator[socket.socket]:
    """Take the address of ``settings``; port 0 takes a free one.

    Raises:
        XilftenError: it is not an address of this machine alone, or it is in use.
    """
    host = settings.host.strip("[]")
    if host != "localhost" and not _loopback(host):
        raise Invalid(
            "host", settings.host, "an address of this machine only, such as 127.0.0.1, until logins exist"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, settings.port), family=family)
    except OSError as error:
        raise Unavailable(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). If XILFTEN is running "
            f"already, open http://{_shown(settings.host)}:{settings.port}; otherwise choose another port with "
            "--port, or --port 0 for any free one."
        ) from error
    with listener:
        yield listener


@contextmanager
def _interruptible() -> Iterator[None]:
    """End by Ctrl+C or SIGTERM as an ordinary return, so that the library is closed."""

    def leave(number: int, frame: object) -> None:
        sys.exit(0)

    # uvicorn raises the signal again when it is done; SIGTERM's default would then end the process at once.
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except KeyboardInterrupt:
        logging.getLogger(__name__).debug("interrupted")
    finally:
        signal.signal(signal.SIGTERM, before)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _version() -> str:
    try:
        return version("xilften")
    except PackageNotFoundError:
        return "unknown"
