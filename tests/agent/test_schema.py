"""The schemas the model is decoded under: only what every backend obeys, and every tool."""

from typing import Any

import pytest

from agent.backends.schema import check_schema
from agent.mashup import MASH_UP
from agent.mashup_writer import line_schema, opening_schema
from agent.schema import choice_schema
from tools import TOOLS

OFFERED = [tool for tool in TOOLS.values() if tool.chat] + [MASH_UP]
IGNORED = {"multipleOf", "uniqueItems", "not", "exclusiveMinimum", "exclusiveMaximum"}
TYPES = {"object", "array", "string", "integer", "number", "boolean"}


@pytest.fixture(scope="module")
def schemas():
    return [choice_schema(OFFERED), choice_schema([]), opening_schema(), line_schema(1, "Jo")]


def nodes(schema: Any):
    if isinstance(schema, list):
        for item in schema:
            yield from nodes(item)
    elif isinstance(schema, dict):
        yield schema
        for name, item in schema.items():
            if name == "properties":  # its keys are names, not keywords
                for node in item.values():
                    yield from nodes(node)
            elif name not in ("enum", "const", "required"):
                yield from nodes(item)


def test_nothing_in_them_is_refused_or_ignored(schemas):
    for schema in schemas:
        check_schema(schema)
        for node in nodes(schema):
            assert not IGNORED & set(node), node
            assert node.get("type", "string") in TYPES, node
            if node.get("type") == "number":
                assert not {"minimum", "maximum"} & set(node), node
            assert "format" not in node and "$ref" not in node


def chosen(schema):
    """What can be chosen under it: the tool or kind of talk, and the shape of what goes with it."""
    return {name: shape for call in schema["items"]["anyOf"] for name, shape in call["properties"].items()}


def test_every_tool_can_be_chosen(schemas):
    assert list(chosen(schemas[0])) == [*(tool.name for tool in OFFERED), "reply"]
    assert (schemas[0]["minItems"], schemas[0]["maxItems"]) == (1, 3)


def test_no_argument_is_forced_out_of_the_model(schemas):
    assert not any("required" in shape for shape in chosen(schemas[0]).values())


def test_what_the_conversation_does_not_offer_cannot_be_chosen(schemas):
    hidden = {"create_mashup", *(tool.name for tool in TOOLS.values() if not tool.chat)}
    assert not hidden & set(chosen(schemas[0]))
    for shape in chosen(schemas[0]).values():
        assert not {"confirm", "criteria"} & set(shape.get("properties", {}))


def test_what_code_reads_is_not_asked_of_the_model(schemas):
    assert list(chosen(schemas[0])["log_review"]["properties"]) == ["title"]


def test_when_the_words_support_no_act_only_talk_is_left(schemas):
    assert list(chosen(schemas[1])) == ["reply"] and schemas[1]["maxItems"] == 1


def test_of_the_tools_in_doubt_only_those_can_be_chosen():
    two = [tool for tool in OFFERED if tool.name in ("log_viewing", "schedule")]
    assert set(chosen(choice_schema(two))) == {"log_viewing", "schedule", "reply"}


def test_where_an_act_is_certain_the_model_cannot_only_talk():
    assert list(chosen(choice_schema([MASH_UP], replies=False))) == ["mash_up"]


def test_a_schema_of_nothing_lets_the_model_talk():
    assert list(chosen(choice_schema([], replies=False))) == ["reply"]
