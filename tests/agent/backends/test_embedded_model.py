"""The real built-in model, where its weights are: constrained, cached, saved and restored, silent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.backends.weights import QWEN_CODER
from store.settings import Settings

# In a process of its own, because what is tested is what a second start finds.
RUN = """
import json, sys, threading
from langchain_core.messages import HumanMessage, SystemMessage
from agent.backends import choose_backend
from store.settings import Settings

prefix = [SystemMessage("You note films as JSON. " + "A title is copied as it was said. " * 20)]
other = [SystemMessage("You invent films. " + "Be bold and mix two plots into one. " * 20)]
schema = {
    "type": "object",
    "properties": {"tool": {"enum": ["log", "find"]}, "title": {"type": "string"}},
    "required": ["tool", "title"],
    "additionalProperties": False,
}
backend = choose_backend(Settings(_env_file=None, backend="embedded", num_ctx=4096))

def turn(start, words, tokens, under):
    settings = backend.constrain(under, max_tokens=tokens)
    first, *rest = backend.stream([*start, HumanMessage(words)], settings, threading.Event())
    reply = sum(rest, first)
    return reply.text, backend.usage(reply)

backend.warm(prefix)
first = turn(prefix, "I watched Alien", 48, schema)
turn(other, "Heat and Up", 1, None)
turn([], "Hello", 1, None)
again = turn(prefix, "I watched Heat", 48, schema)
print(json.dumps({
    "name": backend.name,
    "reply": json.loads(first[0]),
    "prompt": first[1].prompt_tokens,
    "evaluated": [first[1].evaluated_tokens, again[1].evaluated_tokens],
    "tokens": backend.count_tokens("Hello world"),
}))
backend.close()
"""


def run(models: Path) -> dict:
    """One whole process; it must say nothing but its one JSON object."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "XILFTEN_MODELS": str(models)},
        cwd=Path(__file__).parents[3],
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture
def models(tmp_path):
    """The user's weights by link, so that saved states are this test's own."""
    weights = Settings(_env_file=None).models / QWEN_CODER.file
    if not weights.exists():
        pytest.skip(f"no weights at {weights}")
    for path in (weights, weights.with_name(f"{weights.name}.checked.json")):
        if path.exists():
            (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.mark.model
def test_the_built_in_model_is_constrained_cached_and_restored(models):
    cold = run(models)
    assert cold["name"] == "embedded/qwen2.5-coder-1.5b-instruct-q4_k_m"
    assert cold["reply"]["tool"] in ("log", "find") and "title" in cold["reply"]
    assert cold["tokens"] == 2
    assert cold["prompt"] > 150 and max(cold["evaluated"]) < 20

    (state,) = (models / "prefix").iterdir()
    saved = state.stat()
    warm = run(models)
    assert max(warm["evaluated"]) < 20
    # The same file, not a new one: the second process read it and evaluated nothing to write.
    assert [path.stat().st_ino for path in (models / "prefix").iterdir()] == [saved.st_ino]

    state.write_bytes(state.read_bytes()[:-1000])
    assert max(run(models)["evaluated"]) < 20  # a damaged state costs a cold start, and is replaced
    assert len(list((models / "prefix").iterdir())) == 1
