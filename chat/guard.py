"""The guard in front of the page: who may ask, how much they may send, what the browser may load.

A page on loopback is reachable from every web page its user visits. Chainlit answers all of them; this
middleware answers only its own page and programs on this machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 2 * 1024 * 1024
# A body somewhat too large is read to its end and dropped: a client that is still sending would otherwise see
# a broken connection instead of the answer. Beyond this many times the limit it may.
_HOPELESS = 8
_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_CLOSED = frozenset({"/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"})
_OWN_SITE = frozenset({"same-origin", "none"})


@dataclass(frozen=True)
class Refusal:
    """A request that goes no further."""

    status: int
    reason: str


@dataclass
class Guard:
    """Pure ASGI middleware, to be the outermost one.

    Args:
        app: what is guarded.
        script_hashes: CSP sources of the page's own inline scripts, such as ``'sha256-…'``.
        max_body: bytes a request may carry, counted as they arrive.
    """

    app: ASGIApp
    script_hashes: Iterable[str] = field(default_factory=tuple)
    max_body: int = MAX_BODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one connection through or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = judge(scope)
        if scope["type"] == "websocket":
            if refusal:
                await receive()
                await send({"type": "websocket.close", "code": 1008, "reason": refusal.reason})
                return
            await self.app(scope, receive, send)
            return
        send = self._with_headers(scope, send)
        if refusal is None:
            counted = await self._count(scope, receive)
            if counted is not None:
                await self.app(scope, counted, send)
                return
            refusal = Refusal(413, f"The request is larger than {self.max_body} bytes.")
        response = PlainTextResponse(refusal.reason, refusal.status, {"Connection": "close"})
        await response(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive) -> Receive | None:
        # Read here, not in the app: below the limit it costs little, and a body without a declared length
        # is then counted in the one place that all of them pass.
        headers = Headers(scope=scope)
        length = headers.get("content-length")
        if length is None and "transfer-encoding" not in headers:
            return receive
        if length is not None and (not length.isdigit() or int(length) > _HOPELESS * self.max_body):
            return None
        body, size = bytearray(), 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return _replay(message, receive)
            size += len(message.get("body", b""))
            if size <= self.max_body:
                body += message.get("body", b"")
            elif size > _HOPELESS * self.max_body:
                return None
            if not message.get("more_body", False):
                whole = {"type": "http.request", "body": bytes(body)}
                return _replay(whole, receive) if size <= self.max_body else None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        policy = self._policy(Headers(scope=scope).get("host", ""), _port(scope))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["X-DNS-Prefetch-Control"] = "off"
            await send(message)

        return send_guarded

    def _policy(self, host: str, port: int | None) -> str:
        # Older Safari does not count a websocket to the same host as 'self'.
        socket = f" ws://{host}" if host in _hosts(port) else ""
        return "; ".join(
            (
                "default-src 'self'",
                " ".join(("script-src 'self'", *self.script_hashes)),
                "style-src 'self' 'unsafe-inline'",  # Radix and sonner set styles from script
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                "media-src 'self' blob: data:",
                "worker-src 'self' blob:",
                f"connect-src 'self'{socket}",
                "frame-src 'none'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )


def judge(scope: Scope) -> Refusal | None:
    """Why this connection is refused, or None."""
    headers = Headers(scope=scope)
    hosts = _hosts(_port(scope))
    named = headers.getlist("host")
    # Another name that resolves to this machine is how a web page gets in by DNS rebinding.
    if len(named) != 1 or named[0].lower() not in hosts:
        return Refusal(403, "XILFTEN answers only at its own address on this machine.")
    origins = headers.getlist("origin")
    if any(origin.lower() not in {f"http://{host}" for host in hosts} for origin in origins):
        return Refusal(403, "Other web pages may not use XILFTEN.")
    site = headers.get("sec-fetch-site")
    changes = scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS
    opens = headers.get("sec-fetch-mode") == "navigate" and not changes
    # A link from elsewhere may open the page; nothing else may be loaded or sent from elsewhere.
    if site is not None and site not in _OWN_SITE and not opens:
        return Refusal(403, "Other web pages may not use XILFTEN.")
    # Every browser sends Origin with a websocket or a change. A program does not need to, but a cookie
    # without an Origin is a browser that hides where it comes from.
    if changes and not origins and "cookie" in headers and site not in _OWN_SITE:
        return Refusal(403, "A request with a cookie must say where it comes from.")
    if scope["path"].rstrip("/").lower() in _CLOSED:
        return Refusal(404, "Not Found")
    return None


def _port(scope: Scope) -> int | None:
    server = scope.get("server")
    return server[1] if server else None


def _hosts(port: int | None) -> frozenset[str]:
    names = frozenset(f"{name}:{port}" for name in _NAMES)
    return names | frozenset(_NAMES) if port in (None, 80) else names


def _replay(message: Message, receive: Receive) -> Receive:
    pending = [message]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed
