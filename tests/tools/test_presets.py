"""Presets: the document's criteria, validated, saved, used and deleted."""

import json
from typing import Any

import pytest

from tools import Ambiguous, Invalid, Library, NotFound

DOCUMENT: dict[str, Any] = {
    "maturity_rating": {"weight": 0.8, "values": ["PG-13", "R"]},
    "genre": {"weight": 1.0, "values": ["sci-fi", "action"]},
    "min_rating": {"weight": 0.6, "value": 7.0},
    "runtime": {"weight": 0.3, "min": 90, "max": 150},
    "release_year": {"weight": 0.2, "min": 2010, "max": 2025},
    "screenwriter_score": {"weight": 0.7, "min": 7.5},
    "director_score": {"weight": 0.9, "min": 8.0},
    "custom_field_xyz": {"weight": 0.5, "value": "some_value"},
}
"""The example of the schema document, whole."""

PRESETS = "SELECT * FROM recommendation_criteria ORDER BY created_at"


@pytest.fixture
def xyz(library: Library) -> Library:
    library.define_field(label="XYZ", name="xyz")
    return library


def test_the_documents_example_is_kept_as_it_is(xyz: Library, rows: Any) -> None:
    xyz.save_preset(name="Document", criteria=DOCUMENT)
    assert json.loads(rows(PRESETS)[0]["criteria_config"]) == DOCUMENT


def test_the_documents_example_recommends(xyz: Library) -> None:
    xyz.save_preset(name="Document", criteria=DOCUMENT)
    film = xyz.recommend(preset="Document").films[0]
    assert [contribution.criterion for contribution in film.contributions] == list(DOCUMENT)


def test_the_documents_example_is_described(xyz: Library) -> None:
    assert xyz.save_preset(name="Document", criteria=DOCUMENT).summary == (
        "Saved the preset Document: genre sci-fi or action, director score 8 or more (weight 0.9), "
        "maturity rating PG-13 or R (weight 0.8), screenwriter score 7.5 or more (weight 0.7), "
        "rating 7 or more (weight 0.6), xyz some_value (weight 0.5), runtime 90 to 150 (weight 0.3), "
        "release year 2010 to 2025 (weight 0.2)."
    )


def test_spoken_wishes_become_the_documents_json(library: Library, rows: Any) -> None:
    library.save_preset(
        name="Short sci-fi",
        genres=["sci-fi"],
        max_runtime=100,
        min_rating=7,
        year_from=1980,
        weights={"runtime": 0.5},
        required=["genre"],
    )
    assert json.loads(rows(PRESETS)[0]["criteria_config"]) == {
        "genre": {"weight": 1.0, "values": ["science-fiction"], "required": True},
        "min_rating": {"weight": 1.0, "value": 7.0},
        "runtime": {"weight": 0.5, "max": 100},
        "release_year": {"weight": 1.0, "min": 1980},
    }


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ({"budget": {"min": 1}}, "one of genre, "),
        ({"genre": {"values": ["polka"]}}, "not a genre"),
        ({"genre": {"weight": 1.01, "values": ["drama"]}}, "less than or equal to 1"),
        ({"genre": {"weight": -0.1, "values": ["drama"]}}, "greater than or equal to 0"),
        ({"genre": {"min": 3}}, "a list of values"),
        ({"genre": {"wieght": 1, "values": ["drama"]}}, "weight, required, value"),
        ({"runtime": {"min": 150, "max": 90}}, "a min that is not above its max"),
        ({"runtime": {"weight": 0.5}}, "a value, values, min or max"),
        ({"runtime": {"values": ["90"]}}, "a min or a max"),
        ({"runtime": {"max": float("inf")}}, "finite number"),
        ({"min_rating": {"value": "good"}}, "a number"),
        ({"min_rating": {"value": True}}, "a number"),
        ({"maturity_rating": {"values": ["XXX"]}}, "one of G, "),
        ({"custom_field_mood": {"value": "cosy"}}, "one of genre, "),
        ({"genre": None}, "a value, values, min or max"),
        ({}, "at least one wish"),
        ({"genre) FROM media; DROP TABLE media; --": {"min": 0}}, "one of genre, "),
    ],
)
def test_a_criterion_that_says_nothing_or_nonsense_is_refused(
    library: Library, criteria: dict[str, Any], message: str
) -> None:
    with pytest.raises((Invalid, NotFound), match=message):
        library.save_preset(name="Wrong", criteria=criteria)


def test_a_refused_preset_leaves_no_row(library: Library, rows: Any) -> None:
    with pytest.raises(Invalid):
        library.save_preset(name="Wrong", criteria={"budget": {"min": 1}})
    assert rows(PRESETS) == []


@pytest.mark.parametrize("argument", [{"weights": {"runtime": 0.5}}, {"required": ["runtime"]}])
def test_a_weight_or_must_of_no_wish_is_refused(library: Library, argument: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=r"a criterion you wish for: genre\."):
        library.save_preset(name="Wrong", genres=["drama"], **argument)


def test_a_weight_may_be_of_a_criterion_in_the_json(library: Library) -> None:
    saved = library.save_preset(name="Noir", criteria={"genre": ["film noir"]}, weights={"genre": 0.4})
    assert saved.preset.criteria_config == {"genre": {"values": ["film noir"], "weight": 0.4}}


def test_a_blank_name_is_refused(library: Library) -> None:
    with pytest.raises(Invalid):
        library.save_preset(name="  ", genres=["drama"])


def test_saving_again_changes_the_preset(library: Library, rows: Any) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    library.save_preset(name="noir", max_runtime=100)
    assert [json.loads(row["criteria_config"]) for row in rows(PRESETS)] == [
        {"runtime": {"weight": 1.0, "max": 100}}
    ]


def test_saving_again_says_so(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    assert (
        library.save_preset(name="noir", max_runtime=100).summary
        == "Changed the preset noir: runtime up to 100."
    )


@pytest.mark.parametrize(("column", "value"), [("description", "for rain"), ("is_default", True)])
def test_saving_again_keeps_what_is_not_given(library: Library, rows: Any, column: str, value: Any) -> None:
    library.save_preset(name="Noir", genres=["film noir"], description="for rain", is_default=True)
    library.save_preset(name="Noir", max_runtime=100)
    assert rows(PRESETS)[0][column] == value


def test_only_one_preset_is_the_default(library: Library, rows: Any) -> None:
    library.save_preset(name="Noir", genres=["film noir"], is_default=True)
    library.save_preset(name="Short", max_runtime=90, is_default=True)
    assert rows("SELECT name FROM recommendation_criteria WHERE is_default") == [{"name": "Short"}]


def test_a_default_can_be_given_up(library: Library, rows: Any) -> None:
    library.save_preset(name="Noir", genres=["film noir"], is_default=True)
    library.save_preset(name="Noir", genres=["film noir"], is_default=False)
    assert rows("SELECT name FROM recommendation_criteria WHERE is_default") == []


def test_becoming_the_default_and_ceasing_to_be_it_are_told(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    told = [library.save_preset(name="Noir", is_default=default).summary for default in (True, False, False)]
    changed = "Changed the preset Noir: genre film-noir."
    assert told == [f"{changed} It is the default now.", f"{changed} It is no longer the default.", changed]


def test_the_default_is_used_when_nothing_is_wished(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"], is_default=True)
    assert library.recommend().summary.startswith("By your preset Noir:")


def test_the_default_is_left_alone_when_something_is_wished(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"], is_default=True)
    assert library.recommend(genres=["comedy"]).criteria == "genre comedy"


def test_every_use_is_counted(library: Library, rows: Any) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    library.recommend(preset="Noir")
    library.recommend(preset="Noir")
    assert rows(PRESETS)[0]["use_count"] == 2


def test_a_use_is_nothing_to_undo(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    library.recommend(preset="Noir")
    assert library.undo().changes[0].tool == "save_preset"


@pytest.mark.parametrize("said", ["Rainy noir evenings", "rainy noir evnings", "noir"])
def test_a_preset_is_found_also_misspelt_or_in_part(library: Library, said: str) -> None:
    library.save_preset(name="Rainy noir evenings", genres=["film noir"])
    library.save_preset(name="Short sci-fi", max_runtime=90)
    assert library.recommend(preset=said).summary.startswith("By your preset Rainy noir evenings:")


def test_an_unknown_preset_names_those_there_are(furnished: Library) -> None:
    with pytest.raises(NotFound, match="Saved are: Short sci-fi"):
        furnished.recommend(preset="Westerns")


def test_a_preset_that_may_be_two_is_a_question(library: Library) -> None:
    library.save_preset(name="Noir at night", genres=["film noir"])
    library.save_preset(name="Noir by day", max_runtime=90)
    with pytest.raises(Ambiguous):
        library.recommend(preset="noir")


def test_presets_are_listed_most_used_first(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"])
    library.save_preset(name="Short", max_runtime=90)
    library.recommend(preset="Noir")
    assert [preset.name for preset in library.list_presets().presets] == ["Noir", "Short"]


def test_the_list_marks_the_default(library: Library) -> None:
    library.save_preset(name="Noir", genres=["film noir"], is_default=True)
    assert library.list_presets().summary == "1. Noir (default): genre film-noir"


def test_no_presets_yet(library: Library) -> None:
    assert library.list_presets().summary.startswith("You have no presets yet.")


def test_a_preset_outlives_a_field_it_names(furnished: Library, confirmed: Any) -> None:
    furnished.save_preset(name="Cosy", criteria={"custom_field_mood": {"value": "cosy"}, "genre": ["comedy"]})
    confirmed("delete_field", field="Mood")
    assert "Cosy: custom" not in furnished.list_presets().summary


def test_a_preset_of_a_field_that_is_gone_still_recommends(furnished: Library, confirmed: Any) -> None:
    furnished.save_preset(name="Cosy", criteria={"custom_field_mood": {"value": "cosy"}, "genre": ["comedy"]})
    confirmed("delete_field", field="Mood")
    film = furnished.recommend(preset="Cosy").films[0]
    assert [contribution.degree for contribution in film.contributions] == [None, 1.0]


def test_a_deleted_preset_is_gone(furnished: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_preset", name="short scifi")
    assert rows(PRESETS) == []


@pytest.fixture
def malformed(library: Library, request: pytest.FixtureRequest) -> Library:
    library.save_preset(name="Good", genres=["drama"])
    library.save_preset(name="Broken", genres=["drama"])
    with library.db.write("elsewhere", undoable=False) as write:
        write.execute(
            "UPDATE recommendation_criteria SET criteria_config = ? WHERE name = 'Broken'", [request.param]
        )
    return library


MALFORMED = pytest.mark.parametrize(
    "malformed", ["[1,2]", "3", "{}", '{"genre": {"weight": 9}}'], indirect=True
)


@MALFORMED
def test_a_preset_that_cannot_be_read_does_not_hide_the_others(malformed: Library) -> None:
    lines = sorted(line[3:] for line in malformed.list_presets().summary.splitlines())
    assert lines == ["Broken: cannot be read; save it anew or delete it", "Good: genre drama"]


@MALFORMED
def test_a_preset_that_cannot_be_read_recommends_nothing(malformed: Library) -> None:
    with pytest.raises(Invalid):
        malformed.recommend(preset="Broken")


@MALFORMED
def test_a_preset_that_cannot_be_read_can_be_deleted(malformed: Library, confirmed: Any) -> None:
    assert confirmed("delete_preset", name="Broken").summary == "Deleted the preset Broken."
