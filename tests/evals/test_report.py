"""Figures, tables, failures and comparisons of results, and the results file."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from agent import Call, Turn, Usage
from evals.figures import Share, by_category, overall, read_targets
from evals.items import Item
from evals.report import print_comparison, print_failures, print_report
from evals.results import About, Figures, ItemResult, Results, TurnResult, describe_run
from evals.score import Verdict
from store.settings import Settings

GOOD = Verdict(
    tool_right=True,
    args_right=None,
    state_right=True,
    asked_right=True,
    said_right=True,
    false_write=False,
    right=True,
)
BAD = GOOD.model_copy(update={"tool_right": False, "state_right": False, "right": False, "faults": ["a fault"]})
WRITES = {"leaves": {"added": {"reviews": [{"media": "Up (2009)", "rating": 9}]}}}


def turn(verdict: Verdict = GOOD, *tools: str, say: str = "hello", **expected: Any) -> TurnResult:
    got = Turn(reply="Saved.", calls=[Call(tool=tool, args={"title": "Up"}, result={}) for tool in tools])
    got.usage = Usage(model_calls=1, prompt_tokens=2000, evaluated_tokens=40, completion_tokens=9)
    expects = Item.model_validate({"id": "x", "turns": [{"say": say, **expected}]}).turns[0]
    return TurnResult(
        expected=expects,
        got=got,
        changes={"added": {}, "changed": {}, "removed": {}},
        verdict=verdict,
        figures=Figures(seconds=2.0, first_sign=0.1, first_text=1.9, beyond_words=30),
    )


def result(
    name: str, *turns: TurnResult, category: str = "talk", intent: str | None = None, error: str = ""
) -> ItemResult:
    item = Item(id=name, turns=[t.expected for t in turns], category=category, intent=intent)
    return ItemResult(item=item, turns=list(turns), error=error)


def results(*items: ItemResult, **about: Any) -> Results:
    known = {"model": "embedded/small", "started": datetime(2025, 11, 26), "part": "development", "cores": 2}
    return Results(about=About.model_validate({**known, **about}), items=list(items))


@pytest.fixture
def figures():
    return lambda *items: {figure.key: figure for figure in overall(results(*items))}


@pytest.fixture
def printed():
    console = Console(width=132, record=True, force_terminal=False)

    def text(print_it, *what: Results) -> str:
        print_it(*what, console)
        return console.export_text()

    return text


def test_wilson_s_interval():
    low, high = Share(hits=8, of=10).interval
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Share(hits=0, of=20).interval[0] == 0 and Share(hits=20, of=20).interval[1] == 1
    assert Share(hits=0, of=0).value is None


def test_a_dialogue_is_right_when_all_its_turns_are(figures):
    one = result("a", turn(), turn())
    other = result("b", turn(), turn(BAD))
    found = figures(one, other, result("c", turn()), result("d", turn(BAD)), result("e", turn(BAD)))
    assert (found["right_dialogues"].share.hits, found["right_dialogues"].n) == (1, 2)
    assert (found["right_single"].share.hits, found["right_single"].n) == (1, 3)


def test_an_intent_counts_only_with_all_four_wordings(figures):
    whole = [result(f"a.{n}", turn(), intent="a") for n in range(4)]
    broken = [result(f"b.{n}", turn(BAD if n == 2 else GOOD), intent="b") for n in range(4)]
    partial = [result("c.1", turn(), intent="c")]
    found = figures(*whole, *broken, *partial)
    assert (found["pass_4"].share.hits, found["pass_4"].n) == (1, 2)
    assert (found["right_paraphrases"].share.hits, found["right_paraphrases"].n) == (8, 9)


def test_false_writes_are_counted_among_the_turns_that_may_not_write(figures):
    wrote = turn(BAD.model_copy(update={"false_write": True, "invented": ["reviews.rating=9"]}))
    found = figures(result("a", wrote), result("b", turn()), result("c", turn(**WRITES)))
    assert (found["false_writes"].share.hits, found["false_writes"].n) == (1, 2)
    assert (found["invented"].share.hits, found["invented"].n) == (1, 3)


def test_costs_are_those_of_turns_without_a_mashup(figures):
    slow = turn(GOOD, "mash_up")
    slow.figures = Figures(seconds=60, first_sign=9, beyond_words=2000)
    twice = turn(GOOD, "log_review", "schedule")
    twice.got.usage.model_calls = 2
    found = figures(result("a", slow), result("b", turn(GOOD, "schedule")), result("c", twice))
    assert found["model_calls"].value == 1.5 and found["beyond_words_max"].value == 30
    assert (found["seconds"].value, found["seconds"].n) == (2.0, 1)
    assert found["first_sign_p95"].value == 0.1


def test_what_a_server_does_not_tell_is_no_figure(figures):
    untold = turn()
    untold.figures.beyond_words = None
    assert figures(result("a", untold))["beyond_words"].value is None


def test_a_conversation_that_broke_is_wrong():
    assert not result("a", turn(), error="KeyError").right


def test_the_table_has_a_line_per_category_and_one_of_all():
    asked = turn(GOOD, asks="question")
    rows = by_category(results(result("a", turn(), asked), result("b", turn(BAD), category="other")))
    assert [(row.name, row.turns, row.right.hits) for row in rows] == [
        ("other", 1, 0),
        ("talk", 2, 2),
        ("all", 3, 2),
    ]
    assert rows[1].asked.of == 1 and rows[1].args.value is None


def test_every_target_is_of_a_figure(figures):
    assert set(read_targets()) <= set(figures(result("a", turn())))


def test_the_report_sets_targets_beside_figures(printed):
    text = printed(print_report, results(result("a", turn()), result("b", turn(BAD))))
    line = next(line for line in text.splitlines() if line.strip().startswith("single turns right"))
    assert "50.0%" in line and "9%-91%" in line and "missed" in line
    assert "embedded/small" in text


def test_failures_tell_what_was_wanted_and_done(printed):
    bad = turn(BAD, "schedule", say="rate [Up] 9", **WRITES)
    text = printed(print_failures, results(result("a-1", bad), result("b-1", turn())))
    assert "a-1" in text and "b-1" not in text and "1 of 2" in text
    assert (
        "rate [Up] 9" in text
        and "'rating': 9" in text
        and "schedule({'title': 'Up'})" in text
        and "a fault" in text
    )


def test_a_comparison_is_of_what_both_ran_and_tells_the_flips(printed):
    one = results(result("a", turn()), result("b", turn(BAD)), result("c", turn()))
    other = results(result("a", turn(BAD)), result("b", turn()), commit="abc1234")
    text = printed(print_comparison, one, other)
    assert "2 conversations are in both" in text and "abc1234" in text
    assert "better in B: b\n" in text and "worse in B: a\n" in text


def test_a_results_file_is_read_as_it_was_written(tmp_path: Path):
    whole = results(result("a", turn(BAD, "schedule", **WRITES)))
    whole.write(tmp_path / "eval.json")
    again = Results.read(tmp_path / "eval.json")
    assert again.model_dump() == whole.model_dump() and not again.items[0].right
    assert [path.name for path in tmp_path.iterdir()] == ["eval.json"]


def test_a_run_is_remembered_by_its_model_and_machine():
    about = describe_run("embedded/small", Settings(), "reporting", "native")
    assert about.server.startswith("xllamacpp ") and about.cores >= 1 and about.part == "reporting"
