"""The starting library of the conversations, made once."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from evals.items import starting_library
from evals.run import prepare_library
from store.settings import Settings
from tools import Library, open_library

NOW: datetime = starting_library().clock


@pytest.fixture(scope="session")
def starting_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starting library on disk; copy it, do not open it."""
    home = tmp_path_factory.mktemp("starting") / "home"
    prepare_library(home)
    return home


@pytest.fixture
def starting(starting_home: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of the starting library, open on its own evening."""
    import shutil

    home = tmp_path / "starting"
    shutil.copytree(starting_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        yield library
