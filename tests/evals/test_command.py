"""``xilften eval``: what it prints where, and the file it leaves."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from fake_ollama import FakeOllama, Says

import cli
from evals.results import Results


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture
def run(model, monkeypatch, tmp_path):
    """The command in an empty folder, its model the fake server."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": str(tmp_path / "mine"), "BACKEND": "ollama", "OLLAMA_URL": model.url}.items():
        monkeypatch.setenv(f"XILFTEN_{name}", value)
    return lambda *arguments: CliRunner().invoke(cli.main, ["eval", *arguments], catch_exceptions=False)


def test_a_run_prints_its_table_and_leaves_its_results(run, model, tmp_path):
    said = json.dumps([{"reply": "Hello! What shall we watch?"}])
    model.script = [Says("ok"), Says(said)]
    done = run("--item", "no-write-01", "--limit", "1")
    assert done.exit_code == 0 and "no_write" in done.stdout and "95 % interval" in done.stdout
    assert "1/1 ✓ no-write-01  (1 right)" in done.stderr

    path = tmp_path / "eval-development-ollama.json"
    results = Results.read(path)
    assert results.about.model == "ollama/qwen2.5:3b" and results.about.server == "ollama 0.32.15"
    assert [item.item.id for item in results.items] == ["no-write-01"] and results.items[0].right
    assert "0 of 1 conversations are wrong." in run("--failures", str(path)).stdout
    assert "1 conversations are in both." in run("--compare", str(path), str(path)).stdout


def test_a_choice_that_leaves_nothing_is_refused_before_a_model_is_started(run, model):
    before = len(model.requests)
    done = run("--category", "cooking")
    assert done.exit_code == 1 and "No conversation fits" in done.stderr and len(model.requests) == before
