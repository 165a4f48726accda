"""The union of all tools as a JSON schema: what the model's choice is decoded under.

A call is an object with one key, the tool: ``[{"log_review":{"title":"Ran"}}]`` takes a third of the tokens
that spelling out "tool" and "args" would.
"""

from typing import Any

from agent.arguments import asked_arguments
from tools.tool import Tool

TALK = ("reply",)
"""What the model may say instead of calling a tool; questions are asked by code."""
_MOST_ITEMS = 6
"""A small model repeats the items of an endless array until its reply is cut off."""
_KEPT = ("type", "enum", "items", "properties", "additionalProperties")


def choice_schema(tools: list[Tool], *, replies: bool = True) -> dict[str, Any]:
    """An array of one to three calls, each of a tool, or of a reply where it may be one.

    Arguments are all optional here: code decides what is missing and asks for it.
    """
    calls = [_only(tool.name, _arguments(tool)) for tool in tools]
    return _array(calls + _TALK if replies or not calls else calls, 3 if calls else 1)


def _array(calls: list[dict[str, Any]], most: int) -> dict[str, Any]:
    return {"type": "array", "items": {"anyOf": calls}, "minItems": 1, "maxItems": most}


def _only(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}


def _arguments(tool: Tool) -> dict[str, Any]:
    schemas = tool.schema().get("properties", {})
    properties = {name: _simple(schemas[name]) for name in asked_arguments(tool)}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _simple(schema: dict[str, Any]) -> dict[str, Any]:
    """The shape of an argument without null, ranges, titles and formats, which cost and are not all obeyed."""
    options = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    if options:
        types = {option.get("type") for option in options}
        # A moment or a value may be many things to a script; in conversation it is words.
        return _simple(options[0]) if len(types) == 1 else {"type": "string"}
    kept = {key: schema[key] for key in _KEPT if key in schema}
    if "items" in kept:
        kept |= {"items": _simple(kept["items"]), "maxItems": _MOST_ITEMS}
    if isinstance(kept.get("additionalProperties"), dict):
        kept["additionalProperties"] = _simple(kept["additionalProperties"])
    return kept or {"type": "string"}


_TALK = [_only(name, {"type": "string"}) for name in TALK]
