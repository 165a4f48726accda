"""An OpenAI-compatible server as llama-server shows itself, answering from a script."""

import contextlib
import json
from typing import Any

from fake_server import Breaks, Dies, Fails, FakeServer, Handler, Hangs, Reply, Says, Stops, pieces

__all__ = ["Breaks", "Dies", "Fails", "FakeOpenAI", "Hangs", "Says", "Stops"]


class _OpenAIHandler(Handler):
    def answer(self, body: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if self.headers.get("Authorization") != f"Bearer {self.fake.key}":
                return self.error(401, "Invalid API Key", "authentication_error")
            if self.path == "/v1/models":
                return self.json({"object": "list", "data": [{"id": self.fake.model, "object": "model"}]})
            if self.path == "/v1/chat/completions":
                return self.chat(body)
            return self.error(404, "File Not Found", "not_found_error")

    def error(self, status: int, message: str, kind: str) -> None:
        self.json({"error": {"message": message, "type": kind, "code": status}}, status)

    def chat(self, body: dict[str, Any]) -> None:
        if body["model"] != self.fake.model:
            return self.error(404, f"The model `{body['model']}` does not exist.", "not_found_error")
        reply: Reply = self.fake.next_reply()
        if isinstance(reply, Fails):
            return self.error(reply.status, reply.error, "server_error")
        if isinstance(reply, Hangs) and not reply.after:
            self.fake.closed.wait(reply.seconds)
            return self.drop()
        if not body.get("stream"):
            if not isinstance(reply, Says):
                return self.drop()
            choice = {
                "index": 0,
                "finish_reason": reply.reason,
                "message": {"role": "assistant", "content": reply.text},
            }
            return self.json({**self.envelope(""), "choices": [choice], "usage": _usage(reply)})
        with self.chunks("text/event-stream"):
            self.delta({"role": "assistant", "content": None})
            for piece in pieces(reply.text if isinstance(reply, Says) else reply.after):
                self.delta({"content": piece})
            if isinstance(reply, Hangs):
                self.fake.closed.wait(reply.seconds)
                return self.drop()
            if isinstance(reply, Dies):
                return self.drop()
            if isinstance(reply, Breaks):
                self.event({"error": {"message": reply.error, "type": "server_error", "code": 500}})
            if isinstance(reply, Says):
                self.delta({}, reply.reason)
                self.event({**self.envelope(".chunk"), "choices": [], "usage": _usage(reply)})
                self.chunk("data: [DONE]\n\n")
        return None

    def envelope(self, suffix: str) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": f"chat.completion{suffix}",
            "created": 1,
            "model": self.fake.model,
            "system_fingerprint": "b0-unknown",
        }

    def delta(self, delta: dict[str, Any], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        self.event({**self.envelope(".chunk"), "choices": [choice]})

    def event(self, value: dict[str, Any]) -> None:
        self.chunk(f"data: {json.dumps(value)}\n\n")


class FakeOpenAI(FakeServer):
    """Knows one ``model`` and one ``key``."""

    handler = _OpenAIHandler

    def __init__(self, script: list[Reply] | None = None, *, model: str = "qwen", key: str = "none") -> None:
        super().__init__(script)
        self.model = model
        self.key = key

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"


def _usage(reply: Says) -> dict[str, Any]:
    return {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.reply_tokens,
        "total_tokens": reply.prompt_tokens + reply.reply_tokens,
        "prompt_tokens_details": {"cached_tokens": reply.cached_tokens},
    }
