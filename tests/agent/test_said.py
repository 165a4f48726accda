"""What is known around a message: whose names are in it, what is planned, what was done before."""

import pytest

from agent.events import Call
from agent.memory import Memory


def just(tool, **args):
    """The memory of a conversation that did one thing."""
    act = Call(tool=tool, args=args)
    return Memory(focus=[args.get("title", "Heat (1995)")], last_act=act, acts=[act], last_tool=tool)


def test_names_of_the_users_that_are_said(said):
    assert [preset.name for preset in said("use rainy day").presets] == ["Rainy day"]
    assert said("delete Cold Tea").mashups == ["Cold Tea"]
    assert [field.field_label for field in said("the pace of Heat is 7").fields] == ["Pace"]
    nothing = said("rate Heat 7")
    assert (nothing.presets, nothing.mashups, nothing.fields) == ([], [], [])


def test_an_option_names_its_field(said):
    assert [field.field_label for field in said("Heat is bleak").fields] == ["Mood"]


def test_people_of_the_library_who_are_named(said):
    assert said("films by ridley scott").people == ["Ridley Scott"]
    assert said("films by my brother").people == []


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        ("cancel Akira", ["Akira (1988)"]),
        ("the haircut is done", ["Haircut"]),
        ("cancel the haircut and Akira", ["Akira (1988)", "Haircut"]),
        ("cancel Heat", []),
        ("haircuts are dull", []),
    ],
)
def test_open_plans_that_are_named(said, words, planned):
    assert said(words).planned == planned


def test_it_means_a_plan_when_that_was_spoken_of(said):
    assert said("cancel it", Memory(focus=["Akira (1988)"])).planned == ["Akira (1988)"]
    assert said("cancel it", Memory(focus=["Heat (1995)"])).planned == []


def test_whether_the_diary_has_the_title(said):
    assert said("Alien was on Netflix").watched_before
    assert not said("Heat was on Netflix").watched_before
    assert not said("Alien and Heat were on Netflix").watched_before


def test_a_title_of_no_library_was_not_watched_before(said):
    assert not said("I watched Alien 3 last night").watched_before


@pytest.mark.parametrize(
    ("words", "wonders"),
    [
        ("when did I see Heat", True),
        ("did I rate Heat 8?", True),
        ("how often have I seen Heat", True),
        ("could you rate Heat 8?", False),
        ("rate Heat 8 please?", False),
        ("rate Heat 8", False),
    ],
)
def test_a_question_is_told_from_a_request(said, words, wonders):
    assert said(words).wonders is wonders


def test_what_was_done_before(said):
    after = said("no, a 9", just("log_review", title="Heat (1995)"))
    assert after.last == "log_review" and after.topic
    assert after.did("log_review", "update_review").args == {"title": "Heat (1995)"}
    assert after.did("schedule") is None
    fresh = said("hello")
    assert (fresh.last, fresh.topic, fresh.did("log_review")) == ("", False, None)


def test_an_open_day_leans_as_the_act_before(said):
    """ "Sunday" after a viewing is the last one, after a plan the next."""
    seen = said("no, on Sunday", just("log_viewing", title="Alien (1979)")).shares
    planned = said("no, on Sunday", just("schedule", title="Heat (1995)")).shares
    assert max(seen, key=seen.get) == "update_viewing"
    assert max(planned, key=planned.get) == "move_event"


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("rate Solaris 8", True),
        ("rate solaris 8", True),
        ("watched Solaris yesterday", True),
        ("films like solaris", True),
        ("delete my review of Solaris", True),
        ("Solaris 8/10", True),
        ("solaris was a nine", True),
        ("not Claire, I was there with Martin", False),
        ("who plays Westley?", False),
        ("rate Heat 8", False),
        ("8/10, gorgeous cinematography", False),
        ("put down a 7", False),
        ("plan for Friday at 8 with Anna", False),
        ("what's similar?", False),
        ("rate it 8, Solaris was worse", False),
        ("Solaris 8/10", True),
        ("watched Solaris last night, loved it", True),
        ("watched Blue Velvet yesterday", True),
        ("The Substance, 7/10", True),
        ("Tenet? 6 from me", True),
        ("we watched nothing yesterday", True),
        ("loved it, 9", False),
        ("9, watched with Tom on Netflix", False),
        ("not Claire, I was there with Martin", False),
    ],
)
def test_names_of_which_nothing_is_known(said, words, unknown):
    assert said(words, Memory(focus=["Heat (1995)"])).names_unknown is unknown
