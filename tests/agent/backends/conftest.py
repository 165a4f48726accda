"""Servers that answer from a script, and settings that point at them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_ollama import FakeOllama
from fake_openai import FakeOpenAI

from store.settings import Settings


@pytest.fixture
def fake_ollama() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture
def fake_openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


@pytest.fixture
def configured(tmp_path: Path) -> Callable[..., Settings]:
    """Settings of their own folders, untouched by the environment's .env."""

    def build(**changed: Any) -> Settings:
        own = {"home": tmp_path / "home", "models": tmp_path / "models", "timeout": 2.0}
        return Settings(_env_file=None, **{**own, **changed})  # type: ignore[call-arg]

    return build
