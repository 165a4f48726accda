"""The verdict on one turn."""

from datetime import datetime
from typing import Any

import pytest

from agent import Call, Confirm, Turn
from evals import items
from evals.score import Verdict, score_turn
from evals.state import Changes, Row

NOW = datetime(2025, 11, 26, 19, 30)
REVIEW = {"media": "Heat (1995)", "rating": 9.0, "text": None, "watched": None, "tags": None}
VIEWING = {
    "media": "Heat (1995)",
    "at": "2025-11-25T20:00",
    "minutes": None,
    "completed": True,
    "source": None,
    "context": None,
}
PLAN = {
    "media": "Her (2013)",
    "name": None,
    "type": "watch",
    "date": "2025-11-28",
    "time": "20:00",
    "location": None,
    "description": None,
    "reminder": None,
    "completed": False,
}
CONFIRM = Confirm(tool="delete_review", args={}, token="t", message="Delete it?")


def changes(**how: dict[str, list[Row]]) -> Changes:
    return {"added": {}, "changed": {}, "removed": {}, **how}


def called(*names: str, **more: Any) -> Turn:
    args = more.pop("args", {})
    return Turn(reply="Done.", calls=[Call(tool=name, args=args, result={}) for name in names], **more)


def judge(
    expected: dict[str, Any], got: Turn | None = None, found: Changes | None = None, words: str = "", **how: Any
) -> Verdict:
    expected = {"say": words or "rate Heat 9", **expected}
    return score_turn(
        items.Turn.model_validate(expected),
        got or Turn(reply="Saved."),
        found or changes(),
        words=words or expected["say"],
        now=NOW,
        **how,
    )


ADDED_REVIEW = {"leaves": {"added": {"reviews": [{"media": "Heat (1995)", "rating": 9}]}}}


def test_the_row_that_was_named_is_right():
    verdict = judge(ADDED_REVIEW, found=changes(added={"reviews": [REVIEW]}))
    assert verdict.right and verdict.faults == [] and not verdict.false_write


def test_nothing_written_is_wrong_where_a_row_was_named():
    verdict = judge(ADDED_REVIEW)
    assert not verdict.state_right and not verdict.right
    assert "added no" in verdict.faults[0]


def test_a_wrong_value_is_wrong_and_told():
    verdict = judge(ADDED_REVIEW, found=changes(added={"reviews": [{**REVIEW, "rating": 8.0}]}))
    assert not verdict.right and verdict.faults == ["reviews: rating 8.0, not 9"]


def test_a_row_nobody_named_is_wrong():
    found = changes(added={"reviews": [REVIEW], "viewings": [VIEWING]})
    verdict = judge(ADDED_REVIEW, found=found)
    assert not verdict.right and not verdict.false_write and verdict.invented == []


def test_a_filled_column_is_invented_unless_the_user_said_it():
    found = changes(added={"reviews": [{**REVIEW, "text": "Gripping", "watched": "2025-11-25"}]})
    verdict = judge(ADDED_REVIEW, found=found, words="last night they said Heat is good, rate it 9")
    assert not verdict.state_right
    assert verdict.invented == ["reviews.text=Gripping"]
    assert verdict.unasked == ["reviews.watched=2025-11-25"]


def test_what_is_filled_in_a_row_nobody_asked_for_is_invented_but_for_its_title():
    verdict = judge({}, found=changes(added={"reviews": [REVIEW]}), words="good night")
    assert verdict.false_write and not verdict.right
    assert verdict.invented == ["reviews.rating=9.0"]


def test_free_columns_need_no_naming_and_are_judged_when_named():
    found = changes(added={"viewings": [VIEWING]})
    leaves = {"leaves": {"added": {"viewings": [{"media": "Heat (1995)"}]}}}
    assert judge(leaves, found=found).right
    leaves["leaves"]["added"]["viewings"][0]["at"] = "2025-11-24"
    assert not judge(leaves, found=found).right


def test_two_rows_are_told_apart():
    rows = [{**REVIEW, "media": "Up (2009)", "rating": 7.0}, REVIEW]
    wanted = [{"media": "Heat (1995)", "rating": 9}, {"media": "Up (2009)", "rating": 7}]
    assert judge({"leaves": {"added": {"reviews": wanted}}}, found=changes(added={"reviews": rows})).right


def test_any_of_several_outcomes_will_do():
    either = {"leaves": [ADDED_REVIEW["leaves"], {"added": {"viewings": [{"media": "Heat (1995)"}]}}]}
    assert judge(either, found=changes(added={"viewings": [VIEWING]})).right
    assert judge(either, found=changes(added={"reviews": [REVIEW]})).right
    assert not judge(either).right


@pytest.mark.parametrize(
    ("named", "became", "right"),
    [
        ({"date": "2025-11-29"}, {"date": "2025-11-29"}, True),
        ({"date": "2025-11-29"}, {"date": "2025-11-29", "time": "21:00"}, False),
        ({"date": "2025-11-29", "time": "21:00"}, {"date": "2025-11-29"}, False),
        ({"completed": True}, {"completed": True}, True),
    ],
)
def test_a_changed_row_names_all_that_is_new(named, became, right):
    found = changes(changed={"events": [{"was": PLAN, "is": {**PLAN, **became}}]})
    verdict = judge({"leaves": {"changed": {"events": [{"media": "Her (2013)", **named}]}}}, found=found)
    assert verdict.right is right


def test_another_changed_row_is_wrong():
    other = {**PLAN, "media": "Akira (1988)"}
    found = changes(changed={"events": [{"was": other, "is": {**other, "time": "21:00"}}]})
    assert not judge(
        {"leaves": {"changed": {"events": [{"media": "Her (2013)", "time": "21:00"}]}}}, found=found
    ).right


def test_a_title_that_is_called_otherwise_is_named_by_its_old_label():
    was = {"media": "Heat (1995)", "title": "Heat", "runtime": 170}
    found = changes(changed={"media": [{"was": was, "is": {**was, "media": "Hot (1995)", "title": "Hot"}}]})
    assert judge(
        {"leaves": {"changed": {"media": [{"media": "Heat (1995)", "title": "Hot"}]}}}, found=found
    ).right
    assert not judge({"leaves": {"changed": {"media": [{"media": "Heat (1995)"}]}}}, found=found).right


def test_removed_rows_are_named_by_enough_to_tell():
    found = changes(removed={"reviews": [REVIEW]})
    assert judge({"leaves": {"removed": {"reviews": [{"media": "Heat (1995)"}]}}}, found=found).right
    assert not judge(
        {"leaves": {"removed": {"reviews": [{"media": "Heat (1995)", "rating": 5}]}}}, found=found
    ).right


@pytest.mark.parametrize(
    ("tools", "ran", "right"),
    [
        (["get_media"], ["get_media"], True),
        (["list_reviews|get_media"], ["get_media"], True),
        ([], [], True),
        ([], ["recommend"], False),
        (["get_media"], ["get_media", "recommend"], False),
        (["log_review", "schedule"], ["schedule", "log_review"], False),
        (None, ["anything"], None),
    ],
)
def test_the_tools_that_ran_are_those_named(tools, ran, right):
    verdict = judge({"tools": tools}, called(*ran))
    assert verdict.tool_right is right and verdict.right is (right is not False)


def test_tools_do_not_decide_where_the_state_does():
    verdict = judge(
        {**ADDED_REVIEW, "tools": ["log_review"]}, called("update_review"), changes(added={"reviews": [REVIEW]})
    )
    assert verdict.tool_right is False and verdict.right


def test_arguments_of_a_question_are_judged():
    wanted = {"tools": ["list_media"], "args": [{"genre": "science-fiction"}]}
    assert judge(wanted, called("list_media", args={"genre": "Science Fiction", "limit": 5})).right
    verdict = judge(wanted, called("list_media", args={"genre": "horror"}))
    assert verdict.args_right is False and not verdict.right
    assert judge(wanted, Turn(reply="?")).args_right is False


FAILED = Turn(reply="A rating must be from 0 to 10.", calls=[Call(tool="log_review", error="from 0 to 10")])


@pytest.mark.parametrize(
    ("asks", "got", "right"),
    [
        ("question", Turn(reply="Which one?", question="Which one?"), True),
        ("question", Turn(reply="What would you give it?"), True),
        ("question", FAILED, True),
        ("question", Turn(reply="Saved."), False),
        ("question", Turn(reply="Delete it?", confirm=CONFIRM), False),
        ("confirm", Turn(reply="Delete it?", confirm=CONFIRM), True),
        ("confirm", Turn(reply="Deleted."), False),
        (None, Turn(reply="Delete it?", confirm=CONFIRM), False),
        (None, Turn(reply="Done."), True),
    ],
)
def test_it_asks_when_it_should_and_only_then(asks, got, right):
    verdict = judge({"asks": asks}, got)
    assert verdict.asked_right is right and verdict.right is right


def test_a_question_beside_a_write_counts_only_when_it_is_one():
    found = changes(added={"reviews": [REVIEW]})
    both = {**ADDED_REVIEW, "asks": "question"}
    assert judge(both, Turn(reply="Saved. Which one?", question="Which one?"), found).right
    assert not judge(both, Turn(reply="Saved Who's There?"), found).asked_right


@pytest.mark.parametrize(
    ("says", "reply", "right"),
    [
        ("9/10", "Alien (1979): **9/10**", True),
        ("9/10", "Alien (1979): 9.5/10", False),
        ("9", "an average of 9.0", True),
        ("9", "an average of 9.5", False),
        ("5", "15 viewings in 1995", False),
        ("5", "5 viewings.", True),
        ("ridley scott", "Directed by Ridley Scott", True),
        ("(1979)", "Alien \\(1979\\)", True),
        ("2.5", "2.5 hours", True),
    ],
)
def test_what_a_reply_must_hold(says, reply, right):
    assert judge({"says": [says]}, Turn(reply=reply)).said_right is right


def test_what_a_reply_must_not_hold():
    verdict = judge({"never": ["Saved"]}, Turn(reply="saved it"))
    assert not verdict.said_right and not verdict.right


def test_no_reply_at_all_is_wrong():
    assert not judge({}, Turn(reply=" ")).said_right


def test_a_turn_in_which_the_program_or_the_model_failed_is_wrong():
    assert not judge({}, error="KeyError: 'x'").right
    assert not judge({}, Turn(reply="No model answers.", failed=True)).right
