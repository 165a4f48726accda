"""An Ollama 0.32 server as seen from outside, answering from a script."""

import contextlib
import json
from typing import Any

from fake_server import Breaks, Dies, Fails, FakeServer, Handler, Hangs, Reply, Says, Stops, pieces

__all__ = ["Breaks", "Dies", "Fails", "FakeOllama", "Hangs", "Says", "Stops"]


class _OllamaHandler(Handler):
    def answer(self, body: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            match self.path:
                case "/api/version":
                    self.json({"version": "0.32.15"})
                case "/api/tags":
                    self.json({"models": [_listed(model) for model in sorted(self.fake.models)]})
                case "/api/show":
                    self.show(body["model"])
                case "/api/pull":
                    self.pull(body["model"])
                case "/api/chat":
                    self.chat(body)
                case "/api/embed":
                    self.embed(body)
                case _:
                    self.json({"error": "404 page not found"}, 404)

    def show(self, model: str) -> None:
        if model not in self.fake.models:
            return self.json({"error": f"model '{model}' not found"}, 404)
        return self.json(
            {
                "license": "Apache License",
                "modelfile": f"FROM {model}",
                "template": "{{ .Prompt }}",
                "details": _listed(model)["details"],
                "model_info": {"general.architecture": "qwen2", "qwen2.context_length": 32768},
                "capabilities": ["completion", "tools"],
                "modified_at": "2026-07-01T10:00:00Z",
            }
        )

    def pull(self, model: str) -> None:
        with self.chunks("application/x-ndjson"):
            self.line({"status": "pulling manifest"})
            if model not in self.fake.pullable:
                return self.line({"error": "pull model manifest: file does not exist"})
            layer = {"status": "pulling 183715c43589", "digest": "sha256:183715c43589", "total": 1000}
            self.line(layer)
            for completed in (250, 500, 1000):
                self.line({**layer, "completed": completed})
            if self.fake.pull_breaks_off:
                return None
            self.line({"status": "verifying sha256 digest"})
            self.line({"status": "writing manifest"})
            self.line({"status": "success"})
        self.fake.models.add(model)
        return None

    def chat(self, body: dict[str, Any]) -> None:
        if body["model"] not in self.fake.models:
            return self.json({"error": f"model '{body['model']}' not found"}, 404)
        reply: Reply = self.fake.next_reply()
        if isinstance(reply, Fails):
            return self.json({"error": reply.error}, reply.status)
        if isinstance(reply, Hangs) and not reply.after:
            self.fake.closed.wait(reply.seconds)
            return self.drop()
        if not body.get("stream", True):
            assert isinstance(reply, Says)
            return self.json({**self.word(body, reply.text), **_done(reply)})
        with self.chunks("application/x-ndjson"):
            for piece in pieces(reply.text if isinstance(reply, Says) else reply.after):
                self.line(self.word(body, piece))
            if isinstance(reply, Says):
                self.line({**self.word(body, ""), **_done(reply)})
            elif isinstance(reply, Breaks):
                self.line({"error": reply.error})
            elif isinstance(reply, Hangs):
                self.fake.closed.wait(reply.seconds)
                return self.drop()
            elif isinstance(reply, Dies):
                return self.drop()
        return None

    def embed(self, body: dict[str, Any]) -> None:
        if body["model"] not in self.fake.models:
            return self.json({"error": f"model '{body['model']}' not found"}, 404)
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        return self.json({"model": body["model"], "embeddings": [_vector(text) for text in texts]})

    def word(self, body: dict[str, Any], text: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {
            "model": body["model"],
            "created_at": "2026-07-01T10:00:00.1Z",
            "message": message,
            "done": False,
        }

    def line(self, value: dict[str, Any]) -> None:
        self.chunk(json.dumps(value) + "\n")


class FakeOllama(FakeServer):
    """``models`` are installed, ``pullable`` can be pulled; ``pull_breaks_off`` ends a pull before success."""

    handler = _OllamaHandler

    def __init__(
        self,
        script: list[Reply] | None = None,
        *,
        models: tuple[str, ...] = ("qwen2.5:3b",),
        pullable: tuple[str, ...] = (),
    ) -> None:
        super().__init__(script)
        self.models = set(models)
        self.pullable = set(pullable)
        self.pull_breaks_off = False


def _done(reply: Says) -> dict[str, Any]:
    return {
        "done": True,
        "done_reason": reply.reason,
        "total_duration": 1_600_000_000,
        "load_duration": 20_000_000,
        "prompt_eval_count": reply.prompt_tokens,
        "prompt_eval_duration": 250_000_000,
        "eval_count": reply.reply_tokens,
        "eval_duration": 900_000_000,
    }


def _vector(text: str) -> list[float]:
    """Counts of letters: texts alike in their letters are near each other."""
    return [1.0 + text.casefold().count(letter) for letter in "aeiounrst"]


def _listed(model: str) -> dict[str, Any]:
    return {
        "name": model,
        "model": model,
        "modified_at": "2026-07-01T10:00:00Z",
        "size": 1929912432,
        "digest": "357c53fb659c5076de1d65ccb0b397446227b71a42be9d1603d46168015c9e4b",
        "details": {
            "parent_model": "",
            "format": "gguf",
            "family": "qwen2",
            "families": ["qwen2"],
            "parameter_size": "3.1B",
            "quantization_level": "Q4_K_M",
        },
    }
