"""The written pages against the code: what they name is there, and what they show works."""

import re
import textwrap
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from evals.figures import overall, read_targets
from evals.items import FOLDER, Item, Turn
from evals.results import About, Results
from tools import TOOLS, Library, viewings
from tools.tool import DEFINED

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "CONTRIBUTING.md", "docs/agent.md", "docs/schema.md"]
AGENT = (ROOT / "docs" / "agent.md").read_text("utf-8")
_FOLDERS = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and path.name.isidentifier())
_PATH = re.compile(rf"(?<![\w./-])(?:{_FOLDERS})/[\w./-]*[\w/]")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The code of docs/agent.md in one language."""
    return [textwrap.dedent(code) for code in re.findall(rf" *```{language}\n(.*?)```", AGENT, re.DOTALL)]


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists(page: str) -> None:
    named = set(_PATH.findall(read(page)))
    assert named and not {path for path in named if not (ROOT / path).exists()}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    assert not {target for target in targets if not (ROOT / page).parent.joinpath(target).exists()}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", read(page)))
    assert not {name for name in named if f"def {name}(" not in written}


def test_every_part_of_the_agent_is_explained() -> None:
    parts = {f"agent/{path.name}" for path in (ROOT / "agent").glob("[!_]*.py")}
    assert not {part for part in parts if part not in AGENT and not part.startswith("agent/mashup_")}


def test_the_table_has_every_figure_with_its_target() -> None:
    table = AGENT.split("<!-- figures -->")[1].split("<!-- /figures -->")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:3]] for line in table.splitlines() if "|" in line]
    nothing = Results(about=About(model="none", started=datetime(2025, 11, 26), part="reporting", cores=1))
    wanted = []
    for figure in overall(nothing):
        target = read_targets()[figure.key]
        sign, bound = ("≥", target.at_least) if target.at_least is not None else ("≤", target.at_most)
        words = f"{bound:.0%}" if figure.unit == "%" else f"{bound:g} {figure.unit}".rstrip()
        wanted.append([figure.label, f"{sign} {words}"])
    assert rows[2:] == wanted


def test_the_example_of_a_tool_runs(library: Library) -> None:
    (code,) = (code for code in blocks("python") if "@tool" in code)
    space = dict(vars(viewings))
    try:
        exec(code, space)
        library.log_viewing(title="Heat", watched="2025-02-02")
        library.log_viewing(title="Up", watched="2025-01-01")
        library.log_viewing(title="Up", watched="2025-03-03")
        shown = space["seen_long_ago"](library)
    finally:
        DEFINED.pop("seen_long_ago", None)
    assert "seen_long_ago" not in TOOLS  # else the example is to be another
    assert [viewing.label for viewing in shown.viewings] == ["Heat (1995)", "Up (2009)"]


def test_the_examples_of_conversations_are_those_of_the_evaluation() -> None:
    files = (FOLDER / "development").glob("*.yaml")
    kept = [entry for path in files for entry in yaml.safe_load(path.read_text("utf-8")) or []]
    shown = [entry for code in blocks("yaml") for entry in yaml.safe_load(code) if "id" in entry]
    assert shown and not [entry["id"] for entry in shown if entry not in kept]


def test_every_key_of_a_conversation_is_explained() -> None:
    derived = {"turns", "category", "part", "intent"}
    keys = {*Item.model_fields, *Turn.model_fields} - derived
    explained = {
        key
        for line in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", AGENT, re.MULTILINE)
        for key in re.findall(r"\w+", line)
    }
    assert keys <= explained
