"""The models that the figures are taken with: one that answers at once, and the built-in one."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import ROOT

from agent.backends.weights import ensure_weights
from store.settings import Settings

sys.path.insert(0, str(ROOT / "tests" / "agent" / "backends"))

from fake_ollama import FakeOllama
from fake_openai import FakeOpenAI
from fake_server import FakeServer, Says


class InstantModel:
    """A server on loopback whose model always chooses one tool, at once.

    Attributes:
        environment: the settings that lead to it.
    """

    def __init__(self, server: FakeServer, environment: dict[str, str]) -> None:
        self.environment = environment
        self._server = server

    def chooses(self, tool: str, **args: object) -> None:
        """What it answers from now on."""
        self._server.otherwise = Says(json.dumps([{tool: args}]))


@contextmanager
def instant_model() -> Iterator[InstantModel]:
    """An OpenAI-compatible server, choosing to log a review of Alien."""
    with FakeOpenAI() as server:
        model = InstantModel(server, {"XILFTEN_BACKEND": f"openai:{server.base_url}#{server.model}"})
        model.chooses("log_review", title="Alien", rating=8)
        yield model


@contextmanager
def instant_ollama() -> Iterator[InstantModel]:
    """An Ollama server, choosing to log a review of Alien."""
    with FakeOllama() as server:
        model = InstantModel(server, {"XILFTEN_BACKEND": "ollama", "XILFTEN_OLLAMA_URL": server.url})
        model.chooses("log_review", title="Alien", rating=8)
        yield model


def weights_beside(scratch: Path) -> Path:
    """A models folder with the caller's weights but without their saved prefix.

    Weights that the caller lacks are fetched to where they belong first.
    """
    weights = ensure_weights(Settings(), lambda sentence, share: print(sentence, file=sys.stderr))
    folder = scratch / "models"
    folder.mkdir()
    for path in weights.parent.glob(f"{weights.name}*"):
        if not path.name.endswith(".lock"):
            os.symlink(path.resolve(), folder / path.name)
    return folder
