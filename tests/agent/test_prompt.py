"""The constant beginning of every prompt."""

import re

import pytest

from agent.arguments import asked_arguments
from agent.mashup import MASH_UP
from agent.prompt import choice_messages, compact, read_data, read_prompt, signature, system_prompt
from agent.schema import TALK, choice_schema
from tools import TOOLS

OFFERED = {tool.name: tool for tool in [*(tool for tool in TOOLS.values() if tool.chat), MASH_UP]}
EXAMPLES = read_data("examples.yaml")


def test_it_is_constant():
    tools = list(OFFERED.values())
    assert system_prompt(tools) == system_prompt(tools)
    assert not re.search(r"\b20(2[4-9]|3\d)\b|today is", system_prompt(tools))
    assert not re.search(r"\{(tools|examples)\}", system_prompt(tools))


def test_it_holds_every_tool_once_with_its_arguments():
    lines = system_prompt(list(OFFERED.values())).splitlines()
    for tool in OFFERED.values():
        assert lines.count(signature(tool)) == 1
        assert all(name in signature(tool) for name in asked_arguments(tool))


def test_it_fits_twice_into_the_context():
    assert len(system_prompt(list(OFFERED.values()))) / 3 < 8192 / 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["say"])
def test_an_example_names_known_tools_and_arguments(example):
    assert 1 <= len(example["do"]) <= 3
    known = {}
    for option in choice_schema(list(OFFERED.values()))["items"]["anyOf"]:
        known |= option["properties"]
    for call in example["do"]:
        ((tool, args),) = call.items()
        if tool in TALK:
            assert isinstance(args, str)
            continue
        shapes = known[tool]["properties"]
        assert set(args) <= set(shapes)
        for name, value in args.items():
            if tool == "filter_by_field" and name == "minimum":
                value = str(value)  # a number or a date, so it is decoded as words
            assert fits(value, shapes[name]), (name, value)


def calls(example):
    """The tools of an example with their arguments, without what it only says."""
    pairs = [pair for call in example["do"] for pair in call.items()]
    return [(tool, args) for tool, args in pairs if tool not in TALK]


def fits(value, schema):
    kinds = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
    }
    if not isinstance(value, kinds[schema.get("type", "string")]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return all(fits(item, schema["items"]) for item in value) if schema.get("type") == "array" else True


def test_examples_name_no_title_of_the_seeds(read_library):
    """What the model copies from an example is then never taken for something the library has."""
    seeds = {media.title.casefold() for media in read_library.titles.all()}
    named = {
        str(title).casefold()
        for example in EXAMPLES
        for tool, args in calls(example)
        for title in [args.get("title"), *args.get("sources", [])]
        if title
    }
    assert not named & seeds


def test_an_example_says_what_it_shows():
    """Titles, opinions and names in an example stand in its words: copying is what it teaches."""
    for example in EXAMPLES:
        said = example["say"].casefold()
        for _, args in calls(example):
            for name in ("title", "name", "query", "person", "preset", "label", "field", "value"):
                assert str(args.get(name, "")).casefold() in said, example


def test_every_writing_tool_is_known_to_the_prompt():
    assert {"reply"} <= set(re.findall(r"^(\w+): ", read_prompt("system.md"), re.MULTILINE))


def test_notes_come_last():
    system, user = choice_messages("You are.", "rate Heat 8", 'title="Heat"; rating=8')
    assert system.text == "You are." and user.text == 'rate Heat 8\n\nnotes: title="Heat"; rating=8'
    assert choice_messages("You are.", "hello", "")[-1].text == "hello"


def test_json_without_spaces():
    assert compact({"a": [1, "é"]}) == '{"a":[1,"é"]}'


def test_a_question_for_every_required_argument():
    texts = read_data("questions.yaml")
    asked = {name for tool in OFFERED.values() for name in tool.required} | {
        "when",
        "rating",
        "change",
        "default",
    }
    assert {name for name in asked if name not in texts} <= {"confirm"}
    for name in asked & set(texts):
        assert texts[name].format(title="Heat", argument="x")
