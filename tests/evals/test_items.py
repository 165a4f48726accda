"""The conversations as data: every file is well formed and speaks of what there is."""

from typing import Any

import pytest
from pydantic import ValidationError

from agent.mashup import MASH_UP
from evals import items
from evals.items import PARTS, Item, Leaves, choose_items, read_items, read_subset, starting_library
from evals.state import KEYS, State, read_state
from store.errors import Unavailable
from tools import TOOLS

CHAT = {tool.name for tool in TOOLS.values() if tool.chat} | {MASH_UP.name}
ALL = {item.id: item for item in read_items()}


@pytest.fixture(scope="module")
def state(starting_home, tmp_path_factory) -> State:
    import shutil

    from store.settings import Settings
    from tools import open_library

    home = tmp_path_factory.mktemp("read") / "home"
    shutil.copytree(starting_home, home)
    with open_library(Settings(home=home), clock=lambda: starting_library().clock) as library:
        return read_state(library)


def rows(leaves: Leaves) -> list[tuple[str, str, dict[str, Any]]]:
    """How, in which view, and the row named."""
    return [
        (how, view, row)
        for how in ("added", "changed", "removed")
        for view, named in getattr(leaves, how).items()
        for row in named
    ]


def named_rows(item: Item) -> list[tuple[str, str, dict[str, Any]]]:
    return [row for turn in item.turns for leaves in turn.leaves for row in rows(leaves)]


def test_both_parts_have_every_category():
    categories = {part: {item.category for item in ALL.values() if item.part == part} for part in PARTS}
    fresh = {
        name
        for name in categories["development"]
        if name.startswith(("cove_", "fresh_", "pier_", "reef_", "tide_", "wave_"))
    }  # written later, to tune on
    assert categories["development"] - fresh == categories["reporting"]


def test_every_tool_named_is_one_of_the_conversation():
    for item in ALL.values():
        named = {name for turn in item.turns for tool in turn.tools or [] for name in tool.split("|")}
        assert named <= CHAT, item.id
        assert {call.tool for call in item.given} <= set(TOOLS), item.id


def test_every_tool_of_the_conversation_is_tried_in_both_parts():
    for part in PARTS:
        tried = {
            name
            for item in ALL.values()
            if item.part == part
            for turn in item.turns
            for tool in turn.tools or []
            for name in tool.split("|")
        }
        assert tried >= CHAT, part


def test_rows_name_columns_that_there_are(state):
    for item in ALL.values():
        for _, view, row in named_rows(item):
            assert view in KEYS, item.id
            columns = set(next(iter(state[view].values())))
            assert set(row) <= columns, f"{item.id}: {view} has no {set(row) - columns}"


def test_added_and_changed_rows_tell_which_they_are():
    for item in ALL.values():
        for how, view, row in named_rows(item):
            if how != "removed" and view != "media":
                assert set(row) & set(KEYS[view]), f"{item.id}: {how} {view} {row}"


def test_titles_are_written_as_the_library_writes_them(state):
    labels = {row["media"] for row in state["media"].values()}
    for item in ALL.values():
        added = {row.get("media") for _, view, row in named_rows(item) if view == "media"}
        if added or any(call.tool in ("add_media", "update_media") for call in item.given):
            continue
        for _, view, row in named_rows(item):
            spoken = row.get("sources") or [row.get("media")]
            assert {label for label in spoken if label} <= labels, f"{item.id}: {view} {row}"


def test_the_wordings_of_an_intent_are_different():
    wordings: dict[str, list[str]] = {}
    for item in ALL.values():
        if item.intent:
            wordings.setdefault(item.intent, []).append(item.turns[0].say)
    assert wordings and all(len(set(said)) == len(said) >= 3 for said in wordings.values())


def test_nothing_is_said_in_both_parts():
    said = {part: {t.say for i in ALL.values() if i.part == part for t in i.turns[:1]} for part in PARTS}
    assert not {words for words in said["development"] & said["reporting"] if len(words.split()) > 3}


def test_the_subset_is_of_the_development_part_and_of_every_kind():
    chosen = [ALL[name] for name in read_subset().items]
    assert {item.part for item in chosen} == {"development"}
    assert {item.kind for item in chosen} == {"single", "dialogue", "paraphrase"}
    assert {item.category for item in chosen} >= {i.category for i in ALL.values() if i.part == "reporting"}
    silent = [item for item in chosen if not any(turn.writes for turn in item.turns)]
    assert len(silent) >= 10
    assert not [i.id for i in chosen for t in i.turns if MASH_UP.name in (t.tools or [])]


def test_items_are_chosen_by_all_that_is_asked():
    chosen = choose_items(ALL.values(), part="reporting", categories=["dates"], kind="single")
    assert chosen and {(i.part, i.category, i.kind) for i in chosen} == {("reporting", "dates", "single")}
    assert choose_items(ALL.values(), ids=[chosen[0].id]) == []
    assert choose_items(ALL.values(), part="reporting", ids=[chosen[0].id], among=["another"]) == []


def write(tmp_path, monkeypatch, text: str) -> None:
    (tmp_path / "development").mkdir(exist_ok=True)
    (tmp_path / "development" / "talk.yaml").write_text(text)
    monkeypatch.setattr(items, "FOLDER", tmp_path)


def read_anew() -> tuple[Item, ...]:
    return read_items.__wrapped__()


def test_an_entry_with_paraphrases_is_one_item_each(tmp_path, monkeypatch):
    write(
        tmp_path, monkeypatch, "- {id: talk-1, now: 2025-12-31T22:00:00, paraphrases: [hi, hello], tools: []}"
    )
    first, second = read_anew()
    assert (first.id, second.id, first.intent, first.kind) == ("talk-1.1", "talk-1.2", "talk-1", "paraphrase")
    assert (first.turns[0].say, second.turns[0].say) == ("hi", "hello") and second.turns[0].tools == []
    assert first.now == second.now is not None and first.category == "talk"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- {id: a, say: hi}\n- {id: a, say: hi}", "used twice"),
        ("- {id: a, say: hi, expects: nothing}", "expects"),
        ("- {id: a, say: hi, args: [{title: Up}]}", "name the tools"),
        ("- {id: a, say: hi, asks: nicely}", "confirm"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(tmp_path, monkeypatch, text, error):
    write(tmp_path, monkeypatch, text)
    with pytest.raises((ValidationError, ValueError), match=error):
        read_anew()


def test_no_conversations_at_all_are_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "FOLDER", tmp_path)
    with pytest.raises(Unavailable, match="checkout"):
        read_anew()
