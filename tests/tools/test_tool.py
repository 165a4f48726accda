"""What holds for every tool: schema, documentation, summaries, confirmation, arguments checked at the call."""

import inspect
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tools import TOOLS, Conflict, Invalid, Library, NeedsConfirmation, NotFound, Result, Tool
from tools.tool import DEFINED

CHANGES_BETWEEN = {
    "delete_media": "UPDATE user_reviews SET rating = 1",
    "delete_genre": "UPDATE media_genres SET weight = 0.11",
    "delete_person": "UPDATE media_credits SET job = 'Grip'",
    "delete_review": "UPDATE user_reviews SET rating = 1, updated_at = updated_at + INTERVAL 1 SECOND",
    "delete_viewing": "UPDATE watch_history SET watch_source = 'Theater'",
    "delete_preset": "UPDATE recommendation_criteria SET description = 'mine'",
    "delete_mashup": "UPDATE mashups SET user_rating = 1",
    "delete_field": 'UPDATE media SET custom_fields = \'{"mood": "bleak"}\' WHERE custom_fields IS NOT NULL',
}
"""What changes a row that would go, without changing how many there are."""


@pytest.fixture(params=list(TOOLS))
def tool(request: pytest.FixtureRequest) -> Tool:
    return TOOLS[request.param]


def test_every_tool_is_a_method_of_the_library(tool: Tool) -> None:
    assert getattr(Library, tool.name) is tool.function


def test_every_method_of_the_library_but_its_own_is_a_tool_in_that_order() -> None:
    methods = [name for name, value in vars(Library).items() if callable(value) and not name.startswith("_")]
    assert [name for name in methods if name != "call"] == list(TOOLS)


def test_every_tool_that_is_defined_is_offered() -> None:
    assert set(DEFINED) == set(TOOLS)


def test_every_tool_is_tried_here(calls: dict[str, Any]) -> None:
    assert set(calls) == set(TOOLS)


def test_the_schema_is_valid_json_schema(tool: Tool) -> None:
    Draft202012Validator.check_schema(tool.schema())


def test_the_schema_hides_the_library_and_the_token(tool: Tool) -> None:
    assert not {"store", "confirm"} & set(tool.schema().get("properties", {}))


def test_the_schema_forbids_unknown_arguments(tool: Tool) -> None:
    assert tool.schema()["additionalProperties"] is False


def test_the_docstring_documents_every_argument(tool: Tool) -> None:
    documented = re.findall(r"^    (\w+): ", _section(tool, "Args"), re.MULTILINE)
    assert documented == list(inspect.signature(tool.function).parameters)


def test_the_docstring_of_a_tool_with_arguments_says_what_it_raises(tool: Tool) -> None:
    assert len(inspect.signature(tool.function).parameters) == 1 or _section(tool, "Raises")


def test_a_destructive_tool_documents_the_question_it_asks(destructive_call: tuple[str, Any]) -> None:
    assert "NeedsConfirmation: always without the right token" in _section(TOOLS[destructive_call[0]], "Raises")


def test_the_description_is_a_sentence(tool: Tool) -> None:
    assert re.fullmatch(r"[A-Z].{10,130}\.", tool.description)


def test_a_result_has_a_summary(furnished: Library, confirmed: Any, any_call: tuple[str, Any]) -> None:
    assert confirmed(any_call[0], **any_call[1]).summary.strip()


def test_a_result_is_a_typed_model(furnished: Library, confirmed: Any, any_call: tuple[str, Any]) -> None:
    result = confirmed(any_call[0], **any_call[1])
    assert isinstance(result, Result) and type(result).model_validate_json(result.model_dump_json()) == result


def test_a_destructive_tool_asks_first(
    furnished: Library, tables: Any, destructive_call: tuple[str, Any]
) -> None:
    before = tables()
    with pytest.raises(NeedsConfirmation):
        furnished.call(*destructive_call)
    assert tables() == before


def test_the_question_carries_what_repeats_the_call(
    furnished: Library, destructive_call: tuple[str, Any]
) -> None:
    with pytest.raises(NeedsConfirmation) as asked:
        furnished.call(*destructive_call)
    assert furnished.call(asked.value.tool, {**asked.value.arguments, "confirm": asked.value.token}).summary


def test_the_right_token_goes_ahead(
    furnished: Library, tables: Any, confirmed: Any, destructive_call: tuple[str, Any]
) -> None:
    before = tables()
    confirmed(destructive_call[0], **destructive_call[1])
    assert tables() != before


def test_a_wrong_token_is_refused(furnished: Library, tables: Any, destructive_call: tuple[str, Any]) -> None:
    name, args = destructive_call
    before = tables()
    with pytest.raises(NeedsConfirmation):
        furnished.call(name, {**args, "confirm": "0123456789abcdef"})
    assert tables() == before


def test_a_token_of_rows_that_changed_since_is_refused(
    furnished: Library, destructive_call: tuple[str, Any]
) -> None:
    name, args = destructive_call
    with pytest.raises(NeedsConfirmation) as asked:
        furnished.call(name, args)
    with furnished.db.write("elsewhere", undoable=False) as write:
        write.execute(CHANGES_BETWEEN[name])
    with pytest.raises(NeedsConfirmation):
        furnished.call(name, {**args, "confirm": asked.value.token})


def test_a_token_of_another_tool_is_refused(furnished: Library) -> None:
    with pytest.raises(NeedsConfirmation) as asked:
        furnished.delete_review(title="Alien")
    with pytest.raises(NeedsConfirmation):
        furnished.delete_media(title="Alien", confirm=asked.value.token)


def test_an_unknown_tool_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="no tool called watch_tv"):
        library.call("watch_tv", {})


@pytest.mark.parametrize(
    ("name", "args", "field", "allowed"),
    [
        ("log_review", {"title": "Alien"}, "rating", "given"),
        ("log_review", {"title": "Alien", "rating": "great"}, "rating", "a number"),
        ("log_review", {"title": "Alien", "rating": 10.5}, "rating", "from 0 to 10"),
        ("log_viewing", {"title": "Alien", "minutes": -1}, "minutes", "0 or more"),
        ("log_viewing", {"title": "Alien", "source": "x" * 101}, "source", "at most 100 characters long"),
        ("list_reviews", {"limit": 0}, "limit", "from 1 to 200"),
        ("undo", {"count": 51}, "count", "from 1 to 50"),
        ("undo", {"count": 1.5}, "count", "a whole number"),
        ("add_media", {"title": "X", "media_type": "opera"}, "media_type", "'movie', 'tv', 'anime' or"),
        ("add_media", {"title": "   "}, "title", "given"),
        ("add_media", {"title": "X", "genres": "horror"}, "genres", "a list"),
        ("create_mashup", {"sources": ["Alien"]}, "sources", "at least 2 of them"),
        ("get_media", {"title": "Alien", "director": "Scott"}, "director", "does not know it"),
    ],
)
def test_an_argument_that_does_not_fit_is_named_with_what_does(
    library: Library, name: str, args: dict[str, Any], field: str, allowed: str
) -> None:
    args = {"title": "T", "logline": "L", "plot_points": ["a", "b", "c"]} | args if "sources" in args else args
    with pytest.raises(Invalid) as refused:
        library.call(name, args)
    assert (refused.value.field, allowed in refused.value.allowed) == (field, True)


def test_a_long_value_is_cut_in_the_message(library: Library) -> None:
    with pytest.raises(Invalid) as refused:
        library.add_media(title="x" * 501)
    assert len(str(refused.value)) < 120


def test_an_error_inside_a_tool_is_no_complaint_about_arguments(library: Library) -> None:
    with pytest.raises(Conflict):
        library.add_media(title="Alien")


def _section(tool: Tool, name: str) -> str:
    found = re.search(rf"^{name}:\n((?:(?:    .*)?\n?)*)", inspect.getdoc(tool.function) or "", re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("log_review", {"title": "Alien", "rating": True}),
        ("log_viewing", {"title": "Alien", "minutes": False}),
        ("undo", {"count": True}),
        ("recommend", {"genres": ["drama"], "weights": {"genre": True}}),
        ("set_field", {"title": "Alien", "field": "Scare", "value": True}),
    ],
)
def test_true_and_false_are_no_numbers(library: Library, tables: Any, name: str, args: dict[str, Any]) -> None:
    library.define_field(label="Scare", field_type="number")
    before = tables()
    with pytest.raises(Invalid, match="number"):
        library.call(name, args)
    assert tables() == before


def test_a_number_may_come_as_text_from_a_command_line(library: Library) -> None:
    assert "8.5/10" in library.call("log_review", {"title": "Alien", "rating": "8.5"}).summary
