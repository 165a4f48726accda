"""The command line: what it prints where, what it exits with, and what it leaves in the library."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from fake_ollama import FakeOllama, Says
from fake_server import unused_url

import cli
from store.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
KEYS = ["reply", "calls", "question", "confirm", "usage", "seconds", "model_seconds"]
REVIEW = ("log_review", {"title": "Alien", "rating": 8})


@pytest.fixture
def model():
    with FakeOllama() as server:
        yield server


@pytest.fixture
def environment(settings: Settings, model):
    """Variables of a fresh seeded library and the fake model; nothing of the user's own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("XILFTEN_")}
    return {
        **own,
        "XILFTEN_HOME": str(settings.home),
        "XILFTEN_MODELS": str(settings.home / "models"),
        "XILFTEN_BACKEND": "ollama",
        "XILFTEN_OLLAMA_URL": model.url,
    }


@pytest.fixture
def xilften(environment, model, tmp_path):
    """``xilften("ask", …, choice=[…])`` in a process of its own, away from any .env file."""

    def run(*arguments, choice=(), stdin="", **changed):
        chosen = [{tool: args} for tool, args in choice]
        model.script = [Says("ok"), Says(json.dumps(chosen))] if choice else []  # the first answers the warming
        return subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            capture_output=True,
            text=True,
            input=stdin,
            env={**environment, **changed},
            cwd=tmp_path,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def run(environment, monkeypatch, tmp_path):
    """The same within this process, where no other process is the point."""
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        if name.startswith("XILFTEN_"):
            monkeypatch.setenv(name, value)

    def invoke(*arguments, **how):
        return CliRunner().invoke(cli.main, list(arguments), catch_exceptions=False, **how)

    return invoke


@pytest.fixture
def rows(settings: Settings):
    """Rows of the library's file, which nobody may hold meanwhile."""

    def read(sql):
        with duckdb.connect(str(settings.database)) as connection:
            return connection.execute(sql).fetchall()

    return read


REVIEWS = "SELECT title, rating::DOUBLE FROM user_reviews JOIN media ON media.id = media_id"


# ask


def test_ask_prints_one_json_object_and_nothing_else(xilften, rows):
    done = xilften("ask", "--json", "rate Alien 8", choice=[REVIEW])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    turn = json.loads(done.stdout)
    assert list(turn) == KEYS
    (call,) = turn["calls"]
    assert list(call) == ["tool", "args", "result", "error"]
    assert (call["tool"], call["error"]) == ("log_review", None)
    assert list(turn["usage"]) == ["model_calls", "prompt_tokens", "evaluated_tokens", "completion_tokens"]
    assert (turn["question"], turn["confirm"], turn["usage"]["model_calls"]) == (None, None, 0)
    assert rows(REVIEWS) == [("Alien", 8.0)]


def test_ask_prints_the_reply(xilften):
    done = xilften("ask", "rate", "Alien", "8", choice=[REVIEW])
    assert done.returncode == 0 and done.stdout == "Saved Alien (1979): 8/10.\n"


def test_a_thread_goes_on_in_another_process(xilften, rows):
    asked = json.loads(xilften("ask", "--json", "--thread", "t", "review Alien", choice=[REVIEW]).stdout)
    assert asked["question"] and rows(REVIEWS) == []
    xilften("ask", "--thread", "t", "9")
    assert rows(REVIEWS) == [("Alien", 9.0)]


def test_without_a_thread_every_ask_is_a_new_conversation(xilften, rows):
    xilften("ask", "review Alien", choice=[REVIEW])
    xilften("ask", "9", choice=[("reply", {"text": "Pardon?"})])
    assert rows(REVIEWS) == []


DELETE = ("delete_review", {"title": "Alien"})


def test_a_deletion_needs_a_yes(xilften, run, rows):
    run("tool", "log-review", "--title", "Alien", "--rating", "8")
    asked = xilften("ask", "--json", "--thread", "t", "delete my review of Alien", choice=[DELETE])
    confirm = json.loads(asked.stdout)["confirm"]
    assert list(confirm) == ["tool", "args", "token", "message"] and "8/10" in confirm["message"]
    assert asked.returncode == 0 and len(rows(REVIEWS)) == 1
    told = xilften("ask", "delete my review of Alien", choice=[DELETE])
    assert "--yes" in told.stderr and "--yes" not in told.stdout and len(rows(REVIEWS)) == 1
    turn = json.loads(xilften("ask", "--json", "--yes", "delete my review of Alien", choice=[DELETE]).stdout)
    assert rows(REVIEWS) == [] and turn["confirm"] is None and list(turn) == KEYS


def test_ask_without_a_model_says_what_to_do(xilften, rows):
    done = xilften("ask", "--json", "add Tampopo to my library", XILFTEN_OLLAMA_URL=unused_url())
    assert "ollama serve" in json.loads(done.stdout)["reply"] and rows(REVIEWS) == []
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["ask"], ["fly"], ["tool", "fly"], ["tool", "log-review"], ["migrate", "--down", "0"]]
)
def test_what_is_no_command_exits_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_a_library_held_by_another_process(xilften, library):
    for arguments in (["ask", "--json", "hello"], ["tool", "list-reviews"], ["verify"], ["seed"], ["migrate"]):
        done = xilften(*arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert f"process {os.getpid()}" in done.stderr.replace("\n", " ") and "Traceback" not in done.stderr


def test_a_library_of_a_newer_program(xilften, settings):
    with duckdb.connect(str(settings.database)) as connection:
        (table,) = connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE column_name = 'checksum' LIMIT 1"
        ).fetchone()
        columns = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT * REPLACE (999 AS {columns[0]}) FROM {table} LIMIT 1"
        )
    done = xilften("tool", "list-reviews")
    assert (done.returncode, done.stdout) == (1, "") and "Traceback" not in done.stderr and done.stderr


# chat


def test_chat_reads_lines_and_answers_each(xilften, model, rows):
    model.otherwise = Says('[{"reply":"You are welcome."}]')
    done = xilften("chat", "--json", stdin="rate Alien 8\n\nthanks!\n")
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [list(turn) for turn in turns] == [KEYS, KEYS]
    assert turns[0]["calls"][0]["tool"] == "log_review" and turns[1]["reply"] == "You are welcome."
    assert rows(REVIEWS) == [("Alien", 8.0)]


# migrate, seed, verify, doctor


def test_migrating_up_down_and_up(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XILFTEN_HOME", str(tmp_path / "new"))
    known = sorted(path.name.removesuffix(".up.sql") for path in (ROOT / "migrations").glob("*.up.sql"))
    before = run("migrate", "--status")
    assert before.output.count("waits") == len(known) and not (tmp_path / "new" / "xilften.duckdb").exists()
    assert run("migrate").exit_code == 0
    after = run("migrate", "--status").output
    assert all(name in after for name in known) and "waits" not in after
    assert run("migrate", "--down", "1").exit_code == 0
    assert run("migrate", "--status").output.splitlines()[-1].endswith("waits")
    assert run("migrate").exit_code == 0 and run("migrate").output == "Up to date.\n"
    refused = run("migrate", "--down", "99")
    assert refused.exit_code == 1 and f"at most {len(known)}" in refused.output
    everything = run("migrate", "--down", str(len(known)))
    assert everything.exit_code == 0 and "kept as" in everything.output
    assert run("migrate", "--status").output.count("waits") == len(known)


def test_seeding_twice_changes_nothing(run, rows):
    tables = "SELECT (SELECT count(*) FROM media), (SELECT count(*) FROM genres), (SELECT count(*) FROM people)"
    before = rows(tables)
    assert run("seed").output == run("seed").output
    assert "Added 0 genres and 0 titles" in run("seed").output and "100" in run("seed").output
    assert rows(tables) == before


def test_a_missing_library_is_made_and_seeded(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XILFTEN_HOME", str(tmp_path / "new"))
    done = run("tool", "search-titles", "--query", "spirited away")
    assert done.exit_code == 0 and "Spirited Away (2001)" in done.stdout


def test_verifying(run, settings):
    assert run("verify").stdout.endswith("Everything fits together.\n")
    with duckdb.connect(str(settings.database)) as connection:
        connection.execute("INSERT INTO user_reviews (media_id, rating) VALUES (gen_random_uuid(), 5)")
    done = run("verify", "--no-repair")
    assert done.exit_code == 1 and "user_reviews" in done.stdout.replace(" ", "_")


def test_the_doctor_says_what_is_used(run, settings):
    done = run("doctor")
    assert done.exit_code == 0, done.output
    for found in (str(settings.home), "ollama/qwen2.5:3b", "100 titles"):
        assert found in done.output


def test_the_doctor_says_what_is_missing(run, monkeypatch):
    monkeypatch.setenv("XILFTEN_OLLAMA_URL", unused_url())
    done = run("doctor")
    assert done.exit_code == 1 and "not ready" in done.output and "No Ollama answers" in done.output


# tool


def test_a_tool_prints_its_summary_or_json(run):
    done = run(
        "tool", "log-review", "--title", "alien", "--rating", "9", "--watched", "last night", "--text", "Tense."
    )
    assert done.exit_code == 0 and done.stdout.startswith("Saved Alien (1979): 9/10")
    result = json.loads(run("tool", "list-reviews", "--json").stdout)
    assert [(review["title"], review["rating"], review["text"]) for review in result["reviews"]] == [
        ("Alien", 9.0, "Tense.")
    ]


def test_a_tool_takes_lists_and_flags(run):
    done = run("tool", "recommend", "--genres", "horror", "--genres", "comedy", "--limit", "2", "--json")
    assert done.exit_code == 0 and len(json.loads(done.stdout)["films"]) == 2
    done = run("tool", "log-viewing", "--title", "Heat", "--completed", "false", "--minutes", "30", "--json")
    assert json.loads(done.stdout)["viewing"]["completed"] is False


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["log-review", "--title", "Alien", "--rating", "11"], "from 0 to 10"),
        (["log-review", "--title", "Solaris", "--rating", "8"], "Solaris"),
        (["schedule", "--title", "Alien", "--when", "whenever"], "whenever"),
        (["undo"], "nothing to undo"),
    ],
)
def test_a_tool_that_refuses_says_so_on_stderr(run, arguments, words):
    done = run("tool", *arguments)
    assert (done.exit_code, done.stdout) == (1, "") and words in done.stderr


def test_a_tool_that_destroys_asks(run, rows):
    run("tool", "log-review", "--title", "Alien", "--rating", "9")
    assert run("tool", "delete-review", "--title", "Alien", input="n\n").exit_code == 1
    assert len(rows(REVIEWS)) == 1
    done = run("tool", "delete-review", "--title", "Alien", input="y\n")
    assert done.exit_code == 0 and "Delete" in done.stderr and done.stdout.startswith("Deleted")
    run("tool", "undo")
    assert run("tool", "delete-review", "--title", "Alien", "--yes").exit_code == 0 and rows(REVIEWS) == []


def test_every_tool_has_a_command_with_help(run):
    listed = run("tool", "--help").output
    for name in cli.Tools("tool").list_commands(None):
        assert name in listed and run("tool", name, "--help").exit_code == 0


def test_ask_exits_with_1_when_no_model_answers(xilften):
    done = xilften("ask", "--json", "hello there", XILFTEN_OLLAMA_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "Ollama" in json.loads(done.stdout)["reply"]
