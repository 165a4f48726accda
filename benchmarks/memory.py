"""Memory of the running app while something else is the model."""

import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from models import instant_model
from processes import App, environment, run

TURN = "I watched Alien yesterday, 8 out of 10."
_BARE = """
import chainlit.server, duckdb
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def memory_without_model(home: Path, scratch: Path) -> Iterator[Figure]:
    """Resident megabytes after the page was loaded and turns were taken on its socket, and of a first start."""
    with instant_model() as model:
        env = environment(scratch, XILFTEN_HOME=str(home), **model.environment)
        bare = int(run(sys.executable, "-c", _BARE, env=env, cwd=scratch)[1]) / 1024
        with App(env, scratch) as app:
            app.seconds_until("/")
            app.seconds_until("/health", model_ready=True)
            app.say(TURN)
            logged = app.memory()
            model.chooses("similar", title="Alien")
            app.say("find me something similar to Alien")
            searched = app.memory()
        with App({**env, "XILFTEN_HOME": str(scratch / "first")}, scratch) as app:
            app.seconds_until("/health", model_ready=True)
            indexed = app.memory()
    for after, used in (
        ("after a review", logged),
        ("and after a search by meaning", searched),
        ("first start, just after indexing the seeds", indexed),
    ):
        yield Figure(
            f"RSS of the app without the model, {after}",
            [used["VmRSS"]],
            "MB",
            700,
            bare,
            "python: import chainlit.server, duckdb",
            memory_parts(used),
        )


def memory_parts(used: dict[str, float]) -> str:
    """What the resident memory is made of, in words."""
    return (
        f"private {used['RssAnon']:.0f} MB, mapped files {used['RssFile']:.0f} MB, peak {used['VmHWM']:.0f} MB"
    )
