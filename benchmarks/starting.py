"""A later start of the page: the library is there."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from figures import Figure
from models import instant_model
from processes import App, environment, run

_RUNS = 4


def starting(home: Path, scratch: Path) -> Iterator[Figure]:
    """Seconds from starting the process until the page can be used."""
    health: list[float] = []
    page: list[float] = []
    bare: list[float] = []
    with instant_model() as model:
        env = environment(scratch, XILFTEN_HOME=str(home), **model.environment)
        for _ in range(1 + _RUNS):
            bare.append(run(sys.executable, "-c", "import chainlit.server", env=env, cwd=scratch)[0])
            with App(env, scratch) as app:
                health.append(app.seconds_until("/health"))
                page.append(app.seconds_until("/"))
    beside = "python: import chainlit.server"
    yield Figure("later start until /health answers", health[1:], "s", 8, median(bare[1:]), beside)
    yield Figure("later start until the page answers", page[1:], "s", 8, median(bare[1:]), beside)
