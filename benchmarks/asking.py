"""``xilften ask`` without the model's share: the whole process around a model that answers at once."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from models import InstantModel, instant_model, instant_ollama
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
    bare: list[float] = []
    through_ollama: list[float] = []
    through_openai: list[float] = []
    undone: list[float] = []
    with instant_ollama() as ollama, instant_model() as openai:

        def ask(words: str, model: InstantModel) -> float:
            env = environment(scratch, XILFTEN_HOME=str(home), **model.environment)
            seconds, answer = run(XILFTEN, "ask", "--json", words, env=env, cwd=scratch)
            turn = json.loads(answer)
            if not turn["calls"] or turn["calls"][0]["error"]:
                raise RuntimeError(f"“{words}” was not done: {answer}")
            return seconds

        for model in (ollama, openai):
            ask("I watched Alien yesterday, 1 out of 10.", model)
        for rating in range(2, 2 + _RUNS):
            words = f"I watched Alien yesterday, {rating} out of 10."
            bare.append(
                run(
                    sys.executable, "-c", _BARE, scratch / "bare.duckdb", env=environment(scratch), cwd=scratch
                )[0]
            )
            through_ollama.append(ask(words, ollama))
            undone.append(ask("undo that", ollama))
            through_openai.append(ask(words, openai))
    beside = "python: import duckdb, insert a row"
    first = _middle(bare[1:])
    yield Figure("ask: log a review, without the model (Ollama)", through_ollama, "s", 2, first, beside)
    yield Figure(
        "ask: log a review, without the model (OpenAI's client, the built-in model's too)",
        through_openai,
        "s",
        2,
        first,
        beside,
    )
    yield Figure("ask: undo that (asks no model)", undone, "s", 2, first, beside)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
