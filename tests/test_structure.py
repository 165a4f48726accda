"""The house of the design: dependencies point one way, and some libraries live in one place only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {
    "store": {"store"},
    "integrations": {"integrations", "store"},
    "seeds": {"seeds", "store"},
    "tools": {"tools", "store", "seeds", "integrations"},
    "agent": {"agent", "tools", "store"},
    "chat": {"chat", "agent", "tools", "store"},
    "evals": {"evals", "agent", "tools", "store"},
}
OURS = set(LAYERS) | {"app", "cli"}
HOMES = {
    "chainlit": {"chat", "app"},
    "langgraph": {"agent", "evals"},  # evals: the plain agent ours is compared with
    "langchain": {"agent", "evals"},
    "duckdb": {"store"},
    "chromadb": {"store"},
    "xllamacpp": {"agent"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py")) if (ROOT / package).is_dir() else [ROOT / f"{package}.py"]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", LAYERS)
def test_dependencies_point_one_way(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imports(path) & OURS - LAYERS[package]
    }
    assert not wrong


@pytest.mark.parametrize("library", HOMES)
def test_libraries_live_in_one_place(library: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {library}"
        for package in OURS - HOMES[library]
        for path in modules(package)
        if path.exists() and library in imports(path)
    }
    assert not wrong


def test_no_prompt_text_in_python() -> None:
    system = (ROOT / "prompts" / "system.md").read_text("utf-8").splitlines()[0]
    assert not [
        path
        for package in OURS
        for path in modules(package)
        if path.exists() and system in path.read_text("utf-8")
    ]
