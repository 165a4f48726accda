"""Fields of the user's own: every type, every rule, defaults, filters, deletion."""

import json
from datetime import date
from typing import Any

import pytest

from tools import Ambiguous, Conflict, Invalid, Library, NotFound

STORED = "SELECT custom_fields FROM media WHERE title = 'Alien'"


def stored(rows: Any) -> dict[str, Any]:
    return dict(json.loads(rows(STORED)[0]["custom_fields"] or "{}"))


def titles(result: Any) -> list[str]:
    return [film.title for film in result.films]


def test_a_field_is_kept_whole(library: Library, rows: Any) -> None:
    library.define_field(
        label="Scare level",
        field_type="number",
        required=True,
        default="3",
        minimum=0,
        maximum=10,
        description="How scary",
        help_text="0 is cosy",
    )
    row = rows("SELECT * EXCLUDE (id, created_at, updated_at) FROM custom_fields_schema")[0]
    assert {**row, "validation_rules": json.loads(row["validation_rules"])} == {
        "field_name": "scare_level",
        "field_label": "Scare level",
        "field_type": "number",
        "field_options": None,
        "field_default_value": "3",
        "is_required": True,
        "validation_rules": {"min": 0, "max": 10},
        "description": "How scary",
        "help_text": "0 is cosy",
        "is_active": True,
    }


@pytest.mark.parametrize(
    ("field_type", "given", "kept"),
    [
        ("text", "Late night", "Late night"),
        ("text", "O'Brien\"; DROP TABLE media; --", "O'Brien\"; DROP TABLE media; --"),
        ("number", 7, 7),
        ("number", 7.5, 7.5),
        ("number", "7.50", 7.5),
        ("boolean", True, True),
        ("boolean", "no", False),
        ("date", "2025-11-28", "2025-11-28"),
        ("date", "14 March 2024", "2024-03-14"),
        ("date", "last Friday", "2025-11-21"),
        ("select", "COSY", "Cosy"),
        ("multi-select", ["bleak", "Cosy"], ["Bleak", "Cosy"]),
        ("multi-select", "bleak, cosy", ["Bleak", "Cosy"]),
        ("multi-select", ["Cosy", "cosy"], ["Cosy"]),
    ],
)
def test_a_value_is_kept_as_its_type(
    library: Library, rows: Any, field_type: Any, given: Any, kept: Any
) -> None:
    options = ["Cosy", "Bleak"] if "select" in field_type else None
    library.define_field(label="Mood", field_type=field_type, options=options)
    library.set_field(title="Alien", field="Mood", value=given)
    assert stored(rows) == {"mood": kept}


@pytest.mark.parametrize(
    ("field_type", "given", "allowed"),
    [
        ("number", "many", "a number"),
        ("number", float("nan"), "a finite number"),
        ("number", float("inf"), "a finite number"),
        ("boolean", "perhaps", "yes or no"),
        ("date", "soon", "a date such as"),
        ("date", "in March 2024", "one day"),
        ("date", "2025-02-30", "a date such as"),
        ("select", "Odd", "one of Cosy, Bleak"),
        ("multi-select", ["Cosy", "Odd"], "one of Cosy, Bleak"),
    ],
)
def test_a_value_of_another_type_is_refused(
    library: Library, field_type: Any, given: Any, allowed: str
) -> None:
    options = ["Cosy", "Bleak"] if "select" in field_type else None
    library.define_field(label="Mood", field_type=field_type, options=options)
    with pytest.raises(Invalid, match=allowed):
        library.set_field(title="Alien", field="Mood", value=given)


RULES: list[tuple[dict[str, Any], Any, Any]] = [
    ({"field_type": "number", "minimum": 0}, 0, -0.1),
    ({"field_type": "number", "maximum": 10}, 10, 10.1),
    ({"field_type": "number", "allowed_values": ["1", "2"]}, 2, 3),
    ({"field_type": "text", "minimum": 3}, "abc", "ab"),
    ({"field_type": "text", "maximum": 3}, "abc", "abcd"),
    ({"field_type": "text", "pattern": "^[A-Z]"}, "Cosy", "cosy"),
    ({"field_type": "text", "pattern": r"^\d{3}$"}, "123", "1234"),
    ({"field_type": "text", "allowed_values": ["value1", "value2"]}, "value2", "value3"),
    ({"field_type": "multi-select", "options": ["a", "b", "c"], "maximum": 2}, ["a", "b"], ["a", "b", "c"]),
]


@pytest.mark.parametrize(("rule", "good", "bad"), RULES)
def test_a_rule_lets_pass_what_fits(
    library: Library, rows: Any, rule: dict[str, Any], good: Any, bad: Any
) -> None:
    library.define_field(label="Mood", **rule)
    library.set_field(title="Alien", field="Mood", value=good)
    assert stored(rows) == {"mood": good}


@pytest.mark.parametrize(("rule", "good", "bad"), RULES)
def test_a_rule_refuses_what_does_not_fit(
    library: Library, rows: Any, rule: dict[str, Any], good: Any, bad: Any
) -> None:
    library.define_field(label="Mood", **rule)
    with pytest.raises(Invalid):
        library.set_field(title="Alien", field="Mood", value=bad)


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"name": "scare level"}, "letters, digits and underscores only"),
        ({"name": "x; DROP TABLE media"}, "letters, digits and underscores only"),
        ({"name": "x'"}, "letters, digits and underscores only"),
        ({"name": ""}, "letters, digits and underscores only"),
        ({"label": "気分"}, "letters, digits and underscores only"),
        ({"label": " "}, "given"),
        ({"field_type": "select"}, "at least one choice"),
        ({"field_type": "multi-select", "options": []}, "at least one choice"),
        ({"field_type": "text", "options": ["a"]}, "only a select has choices"),
        ({"field_type": "number", "pattern": "^a"}, "a number field knows no such rule"),
        ({"field_type": "date", "minimum": 3}, "a date such as 2025-11-28"),
        ({"field_type": "boolean", "allowed_values": ["yes"]}, "a boolean field knows no such rule"),
        ({"field_type": "number", "minimum": 3, "maximum": 2}, "at most the maximum, 2"),
        ({"pattern": "["}, "a regular expression"),
        ({"field_type": "number", "default": "many"}, "a number"),
        ({"field_type": "select", "options": ["a"], "default": "b"}, "one of a"),
        ({"field_type": "number", "maximum": 3, "default": "4"}, "3 or less"),
        ({"field_type": "colour"}, "'text', 'number'"),
        ({"default": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_definition_that_does_not_hold_together_is_refused(
    library: Library, definition: dict[str, Any], message: str
) -> None:
    with pytest.raises(Invalid, match=message):
        library.define_field(**({"label": "Mood"} | definition))


def test_a_name_is_made_from_the_label(library: Library) -> None:
    assert library.define_field(label="Où? (scène préférée)").field.field_name == "ou_scene_preferee"


def test_a_long_label_makes_a_name_that_fits(library: Library) -> None:
    assert len(library.define_field(label="x" * 150).field.field_name) == 100


def test_a_field_is_defined_once(library: Library) -> None:
    library.define_field(label="Mood")
    with pytest.raises(Conflict, match="a field Mood already"):
        library.define_field(label="Another", name="Mood")


def test_an_inactive_field_is_not_listed(furnished: Library) -> None:
    deactivate(furnished)
    assert furnished.list_fields().fields == []


def test_an_inactive_field_is_not_set(furnished: Library) -> None:
    deactivate(furnished)
    with pytest.raises(NotFound):
        furnished.set_field(title="Alien", field="Mood", value="cosy")


def test_an_inactive_field_is_defined_anew_in_its_row(furnished: Library, rows: Any) -> None:
    deactivate(furnished)
    furnished.define_field(label="Mood", field_type="text")
    assert rows("SELECT field_type, field_options, is_active FROM custom_fields_schema") == [
        {"field_type": "text", "field_options": None, "is_active": True}
    ]


def deactivate(library: Library) -> None:
    with library.db.write("deactivate") as write:
        row = write.read("SELECT id FROM custom_fields_schema")[0]
        write.update("custom_fields_schema", row["id"], {"is_active": False})


def test_setting_leaves_the_other_fields(furnished: Library, rows: Any) -> None:
    furnished.define_field(label="Note")
    furnished.set_field(title="Up", field="Note", value="rainy")
    assert json.loads(rows("SELECT custom_fields FROM media WHERE title = 'Up'")[0]["custom_fields"]) == {
        "mood": "cosy",
        "note": "rainy",
    }


def test_no_value_clears(furnished: Library, rows: Any) -> None:
    furnished.set_field(title="Up", field="Mood", value=None)
    assert rows("SELECT custom_fields FROM media WHERE title = 'Up'") == [{"custom_fields": None}]


@pytest.mark.parametrize("blank", [None, ""])
def test_a_required_field_is_not_cleared(library: Library, blank: Any) -> None:
    library.define_field(label="Mood", required=True)
    library.set_field(title="Alien", field="Mood", value="cosy")
    with pytest.raises(Invalid, match="the field is required"):
        library.set_field(title="Alien", field="Mood", value=blank)


def test_a_required_choice_is_not_emptied(library: Library) -> None:
    library.define_field(label="Mood", field_type="multi-select", options=["cosy"], required=True)
    with pytest.raises(Invalid, match="the field is required"):
        library.set_field(title="Alien", field="Mood", value=[])


def test_the_summary_says_what_was_set(furnished: Library) -> None:
    assert furnished.set_field(title="alien", field="moood", value="bleak").summary == (
        "Set Mood of Alien (1979) to bleak."
    )


def test_an_unknown_field_names_those_there_are(furnished: Library) -> None:
    with pytest.raises(NotFound, match="Defined are: Mood"):
        furnished.set_field(title="Alien", field="Budget", value="1")


def test_a_field_that_may_be_two_is_a_question(library: Library) -> None:
    library.define_field(label="Mood day")
    library.define_field(label="Mood fay")
    with pytest.raises(Ambiguous):
        library.set_field(title="Alien", field="Mood ray", value="x")


@pytest.fixture
def fielded(library: Library) -> Library:
    library.define_field(label="Scare level", field_type="number")
    library.define_field(label="Mood", field_type="multi-select", options=["Cosy", "Bleak", "Odd"])
    library.define_field(label="Bought", field_type="date")
    library.define_field(label="Owned", field_type="boolean", default="yes")
    library.define_field(label="Note")
    library.set_field(title="Alien", field="Scare level", value=8)
    library.set_field(title="Up", field="Scare level", value=1)
    library.set_field(title="Alien", field="Mood", value=["Bleak", "Odd"])
    library.set_field(title="Up", field="Mood", value=["Cosy", "Odd"])
    library.set_field(title="Alien", field="Bought", value="2020-05-01")
    library.set_field(title="Up", field="Bought", value="2024-05-01")
    library.set_field(title="Alien", field="Owned", value=False)
    library.set_field(title="Up", field="Note", value="It's 100% fun")
    return library


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"field": "Scare level"}, ["Alien", "Up"]),
        ({"field": "Scare level", "value": 8}, ["Alien"]),
        ({"field": "Scare level", "value": 8.0}, ["Alien"]),
        ({"field": "Scare level", "minimum": 2}, ["Alien"]),
        ({"field": "Scare level", "maximum": 1}, ["Up"]),
        ({"field": "Scare level", "minimum": 1, "maximum": 8}, ["Alien", "Up"]),
        ({"field": "Mood", "value": "odd"}, ["Alien", "Up"]),
        ({"field": "Mood", "value": ["cosy"]}, ["Up"]),
        ({"field": "Bought", "value": "2020-05-01"}, ["Alien"]),
        ({"field": "Bought", "value": "the 1st of May 2020"}, ["Alien"]),
        ({"field": "Bought", "minimum": "2021-01-01"}, ["Up"]),
        ({"field": "Bought", "maximum": date(2020, 5, 1)}, ["Alien"]),
        ({"field": "Owned", "value": False}, ["Alien"]),
        ({"field": "Note", "value": "it's 100% FUN"}, ["Up"]),
        ({"field": "Note", "value": "%"}, []),
    ],
)
def test_titles_are_filtered_by_a_field(fielded: Library, wish: dict[str, Any], found: list[str]) -> None:
    assert titles(fielded.filter_by_field(**wish)) == found


def test_titles_without_a_value_count_with_the_default(fielded: Library) -> None:
    assert fielded.filter_by_field(field="Owned", value=True).summary.startswith("99 titles by Owned:")


@pytest.mark.parametrize(
    "wish",
    [
        {"field": "Scare level", "value": "many"},
        {"field": "Mood", "value": "sad"},
        {"field": "Scare level", "minimum": "2021-01-01"},
        {"field": "Bought", "minimum": 3},
        {"field": "Note", "maximum": 3},
    ],
)
def test_a_filter_that_does_not_fit_the_field_is_refused(fielded: Library, wish: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        fielded.filter_by_field(**wish)


def test_the_list_says_the_values(fielded: Library) -> None:
    assert fielded.filter_by_field(field="Mood", value="cosy").summary == (
        "1 title by Mood:\n1. Up (2009): Cosy, Odd"
    )


def test_fields_are_listed_with_their_choices(furnished: Library) -> None:
    assert furnished.list_fields().summary == "1. Mood (select: cosy, bleak)"


def test_no_fields_yet(library: Library) -> None:
    assert library.list_fields().summary == "You have not defined any fields yet."


def test_deleting_counts_the_titles(furnished: Library) -> None:
    with pytest.raises(Exception, match=r"Delete the field Mood, set on 1 title\?"):
        furnished.delete_field(field="Mood")


def test_deleting_takes_the_values(furnished: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_field", field="Mood")
    assert rows("SELECT title FROM media WHERE custom_fields IS NOT NULL") == []


def test_deleting_leaves_the_values_of_other_fields(furnished: Library, rows: Any, confirmed: Any) -> None:
    furnished.define_field(label="Note")
    furnished.set_field(title="Up", field="Note", value="rainy")
    confirmed("delete_field", field="Mood")
    assert json.loads(rows("SELECT custom_fields FROM media WHERE title = 'Up'")[0]["custom_fields"]) == {
        "note": "rainy"
    }


def test_a_deleted_field_can_be_defined_again(furnished: Library, confirmed: Any) -> None:
    confirmed("delete_field", field="Mood")
    assert furnished.define_field(label="Mood", field_type="number").field.field_type == "number"


@pytest.mark.parametrize(
    ("value", "good"), [("2024-12-31", False), ("2025-06-01", True), ("2026-01-01", False)]
)
def test_a_date_field_may_have_bounds(library: Library, value: str, good: bool) -> None:
    library.define_field(
        label="Lent on", field_type="date", minimum=date(2025, 1, 1), maximum=date(2025, 12, 31)
    )
    if good:
        library.set_field(title="Alien", field="Lent on", value=value)
    else:
        with pytest.raises(Invalid, match=r"2025-01-01 or later|2025-12-31 or earlier"):
            library.set_field(title="Alien", field="Lent on", value=value)


@pytest.mark.parametrize("allowed", [[1, 2], ["1", "2"], ["1.0", 2.0]])
@pytest.mark.parametrize("value", [1, "1", 1.0])
def test_allowed_numbers_are_compared_as_numbers(
    library: Library, rows: Any, allowed: list[Any], value: Any
) -> None:
    library.define_field(label="Disc", field_type="number", allowed_values=allowed)
    library.set_field(title="Alien", field="Disc", value=value)
    assert stored(rows) == {"disc": 1}


def test_an_allowed_value_of_another_type_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="a number"):
        library.define_field(label="Disc", field_type="number", allowed_values=["first"])


def test_a_choice_of_several_with_a_comma_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="without a comma"):
        library.define_field(label="Mood", field_type="multi-select", options=["cosy", "dark, bleak"])


def test_a_single_choice_may_have_a_comma(library: Library, rows: Any) -> None:
    library.define_field(label="Mood", field_type="select", options=["dark, bleak"])
    library.set_field(title="Alien", field="Mood", value="dark, bleak")
    assert stored(rows) == {"mood": "dark, bleak"}


def test_a_new_title_is_reminded_of_what_is_required(library: Library) -> None:
    library.define_field(label="Shelf", required=True)
    library.define_field(label="Disc", required=True, default="1")
    added = library.add_media(title="Solaris", year=1972)
    assert added.summary == "Added Solaris (1972) to your library. Still to fill in: Shelf."
