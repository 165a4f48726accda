"""Fixtures shared by all tests: a fixed evening and a seeded library to copy."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store.settings import Settings
from tools import Library, open_library

NOW = datetime(2025, 11, 26, 19, 30)
"""A Wednesday."""


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded and indexed library on disk; copy it, do not open it."""
    home = tmp_path_factory.mktemp("seeded")
    library = open_library(Settings(home=home), clock=lambda: NOW)
    library.vectors.catch_up()
    library.close()
    return home


@pytest.fixture
def settings(seeded_home: Path, tmp_path: Path) -> Settings:
    """Settings of a fresh copy of the seeded library."""
    home = tmp_path / "home"
    shutil.copytree(seeded_home, home)
    return Settings(home=home)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An open seeded library on the evening of NOW."""
    with open_library(settings, clock=lambda: NOW) as opened:
        yield opened
