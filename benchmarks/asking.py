"""``xilften ask`` without the model's share: the whole process around a model that answers at once."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from models import instant_model
from processes import XILFTEN, environment, run

_RUNS = 5
_BARE = """
import duckdb, sys
library = duckdb.connect(sys.argv[1])
library.execute("CREATE TABLE IF NOT EXISTS review (title VARCHAR, rating DOUBLE)")
library.execute("INSERT INTO review (title, rating) VALUES (?, ?)", ["Alien", 8])
library.close()
"""


def asking(home: Path, scratch: Path) -> Iterator[Figure]:
    """Say one thing that needs the model, and one that does not, each in a new process."""
    logged: list[float] = []
    undone: list[float] = []
    bare: list[float] = []
    with instant_model() as model:
        env = environment(scratch, XILFTEN_HOME=str(home), XILFTEN_BACKEND=model.backend)

        def ask(words: str) -> float:
            seconds, answer = run(XILFTEN, "ask", "--json", words, env=env, cwd=scratch)
            turn = json.loads(answer)
            if not turn["calls"] or turn["calls"][0]["error"]:
                raise RuntimeError(f"“{words}” was not done: {answer}")
            return seconds

        ask("I watched Alien yesterday, 1 out of 10.")
        for rating in range(2, 2 + _RUNS):
            bare.append(run(sys.executable, "-c", _BARE, scratch / "bare.duckdb", env=env, cwd=scratch)[0])
            logged.append(ask(f"I watched Alien yesterday, {rating} out of 10."))
            undone.append(ask("undo that"))
    beside = "python: import duckdb, insert a row"
    first = bare[1:]
    yield Figure("ask: log a review, without the model", logged, "s", 2, _middle(first), beside)
    yield Figure("ask: undo that (asks no model)", undone, "s", 2, _middle(first), beside)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
