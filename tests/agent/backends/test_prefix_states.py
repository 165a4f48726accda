"""Saved prefix states: found only when nothing changed, and never too many."""

import os

from langchain_core.messages import HumanMessage, SystemMessage

from agent.backends.prefix import PrefixStates, prefix_key

PREFIX = [SystemMessage("You are XILFTEN."), HumanMessage("Example")]


def save(states, key, content=b"state"):
    name = states.fresh(key)
    (states.folder / name).write_bytes(content)
    states.keep(key, name)


def test_a_key_changes_with_words_roles_and_circumstances():
    keys = {
        prefix_key(PREFIX, "weights", 8192),
        prefix_key(PREFIX, "weights", 4096),
        prefix_key(PREFIX, "other", 8192),
        prefix_key(PREFIX[:1], "weights", 8192),
        prefix_key([HumanMessage("You are XILFTEN."), PREFIX[1]], "weights", 8192),
    }
    assert len(keys) == 5


def test_a_saved_state_is_found_by_its_key_alone(tmp_path):
    states = PrefixStates(tmp_path / "prefix")
    save(states, "a")
    assert states.find("a") and states.find("b") is None


def test_a_cut_state_is_not_taken(tmp_path):
    states = PrefixStates(tmp_path)
    save(states, "a", b"state" * 100)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert states.find("a") is None and not path.exists()


def test_the_newest_three_are_kept(tmp_path):
    states = PrefixStates(tmp_path)
    for age, key in enumerate("abc"):
        save(states, key)
        (path,) = tmp_path.glob(f"{key}.*")
        os.utime(path, (1000 + age, 1000 + age))
    states.find("a")  # used again, so b is the oldest now
    save(states, "d")
    assert {path.name[0] for path in tmp_path.iterdir()} == {"a", "c", "d"}


def test_what_a_dead_process_left_is_cleared(tmp_path):
    states = PrefixStates(tmp_path)
    (tmp_path / "x.1.new").write_bytes(b"")
    os.utime(tmp_path / "x.1.new", (1000, 1000))
    save(states, "a")
    assert [path.suffix for path in tmp_path.iterdir()] == [".state"]
