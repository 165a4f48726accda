"""The subset that every change is held against, with the real built-in model."""

import pytest
from rich.console import Console

from agent.backends.weights import QWEN_CODER
from evals.items import choose_items, read_items, read_subset
from evals.report import print_failures
from evals.results import Results, describe_run
from evals.run import Stage
from store.settings import Settings

pytestmark = pytest.mark.model

_SLACK = 0.05
"""How far below the recorded share a run may fall: two of some forty conversations."""


@pytest.fixture(scope="module")
def results() -> Results:
    settings = Settings(backend="embedded")
    if not (settings.models / QWEN_CODER.file).exists():
        pytest.skip(f"no weights in {settings.models}")
    with Stage(settings) as stage:
        about = describe_run(stage.backend.name, settings, "development", "xilften")
        chosen = choose_items(read_items(), among=read_subset().items)
        results = Results(about=about, items=[stage.play(item) for item in chosen])
    print_failures(results, Console(width=132))
    return results


def test_nothing_is_written_where_nothing_may_be(results):
    wrong = {
        item.item.id: turn.changes for item in results.items for turn in item.turns if turn.verdict.false_write
    }
    assert not wrong


def test_as_much_is_right_as_was_recorded(results):
    share = sum(item.right for item in results.items) / len(results.items)
    assert share >= read_subset().recorded - _SLACK
