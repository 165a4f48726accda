"""What the fake model servers share: a real HTTP server on loopback that answers from a script."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Says:
    """A whole reply, streamed in pieces of a few characters."""

    text: str
    reason: str = "stop"
    prompt_tokens: int = 40
    cached_tokens: int = 30
    reply_tokens: int = 9


@dataclass(frozen=True)
class Fails:
    """An HTTP error with the server's own error body."""

    status: int
    error: str


@dataclass(frozen=True)
class Dies:
    """The socket closes inside a chunked body, after these words."""

    after: str = "Once upon"


@dataclass(frozen=True)
class Breaks:
    """The reply begins with 200 and then carries an error (Ollama: its runner died)."""

    error: str
    after: str = "Once upon"


@dataclass(frozen=True)
class Hangs:
    """These words if any, then no byte for so long (or until the server is closed)."""

    seconds: float = 5.0
    after: str = ""


@dataclass(frozen=True)
class Stops:
    """The stream ends properly, but the server never said it was done."""

    after: str = "Once upon"


Reply = Says | Fails | Dies | Breaks | Hangs | Stops


@dataclass
class Request:
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class FakeServer:
    """Use it as a context manager; ``url`` is where it answers.

    ``script`` is what the next chat requests get, in order; when it is empty they get ``otherwise``.
    ``requests`` records everything that was asked.
    """

    handler: type["Handler"]

    def __init__(self, script: list[Reply] | None = None) -> None:
        self.script: list[Reply] = script or []
        self.otherwise: Reply = Says("Hello.")
        self.requests: list[Request] = []
        self.closed = threading.Event()

    def __enter__(self) -> Self:
        handler = type("Bound", (self.handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies of all requests to a path, oldest first."""
        return [request.body for request in self.requests if request.path == path]

    def next_reply(self) -> Reply:
        return self.script.pop(0) if self.script else self.otherwise


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: Any

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.fake.requests.append(Request(self.path, {}, dict(self.headers)))
        self.answer({})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        self.fake.requests.append(Request(self.path, body, dict(self.headers)))
        self.answer(body)

    def answer(self, body: dict[str, Any]) -> None:
        raise NotImplementedError

    def json(self, value: Any, status: int = 200) -> None:
        payload = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    @contextmanager
    def chunks(self, content_type: str) -> Iterator[None]:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        yield
        self.wfile.write(b"0\r\n\r\n")

    def chunk(self, text: str) -> None:
        payload = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(payload), payload))
        self.wfile.flush()

    def drop(self) -> None:
        """Close the connection as a killed process does."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def pieces(text: str) -> list[str]:
    return [text[start : start + 7] for start in range(0, len(text), 7)]


def unused_url() -> str:
    """An address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
