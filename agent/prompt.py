"""The constant beginning of every prompt: system.md with one line per tool and the examples.

Nothing in it may depend on the day, the user or the turn, or the model's cache would be lost.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agent.arguments import asked_arguments
from tools.tool import Tool

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"


@cache
def read_prompt(name: str) -> str:
    """A file of prompts/ as text."""
    return (PROMPTS / name).read_text("utf-8").strip()


@cache
def read_data(name: str) -> Any:
    """A YAML file of prompts/."""
    return yaml.safe_load(read_prompt(name))


def signature(tool: Tool) -> str:
    """A tool as the model sees it, such as ``set_field(title, field, value)``."""
    return f"{tool.name}({', '.join(asked_arguments(tool))})"


def system_prompt(tools: list[Tool]) -> str:
    """The whole constant text."""
    examples = [f"{example['say']} -> {compact(example['do'])}" for example in read_data("examples.yaml")]
    return (
        read_prompt("system.md")
        .replace("{tools}", "\n".join(signature(tool) for tool in tools))
        .replace("{examples}", "\n".join(examples))
    )


def choice_messages(system: str, words: str, notes: str) -> list[BaseMessage]:
    """The messages of a choice: the constant text, then the user's words with what code read in them."""
    text = f"{words}\n\nnotes: {notes}" if notes else words
    return [SystemMessage(system), HumanMessage(text)]


def compact(value: Any) -> str:
    """JSON without spaces: every token costs time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
