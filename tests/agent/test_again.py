"""The last act or question once more, about another title."""

import pytest

from agent.again import asked_again, corrected_title
from agent.events import Call, Confirm
from agent.memory import Memory

RUNNERS = ["Blade Runner (1982)", "Blade Runner 2049 (2017)"]


def after(tool, listed=(), **args):
    """The memory that an act on a title leaves."""
    focus = [args["title"], *(label for label in listed if label != args["title"])]
    return Memory(focus=focus, listed=list(listed), last_act=Call(tool=tool, args=args), last_tool=tool)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("no, I meant 2049", RUNNERS[1]),
        ("no, Blade Runner 2049", RUNNERS[1]),
        ("no, the other one", RUNNERS[1]),
        ("sorry, wrong one, the second one", RUNNERS[1]),
        ("no, the newer one", RUNNERS[1]),
        ("no, the Villeneuve one", RUNNERS[1]),
        ("hmm nah, do the 2017 one instead", RUNNERS[1]),
        ("It was the one Denis Villeneuve made.", RUNNERS[1]),
        ("sorry, the longer one", RUNNERS[1]),
        ("wait I got the title wrong, it was Princess Mononoke", "Princess Mononoke (1997)"),
        ("sorry, Aliens", "Aliens (1986)"),
        ("oops it was Chinatown", "Chinatown (1974)"),
        ("not Blade Runner but Blade Runner 2049", RUNNERS[1]),
        ("Chinatown instead of Blade Runner", "Chinatown (1974)"),
        ("it was Chinatown, not Blade Runner", "Chinatown (1974)"),
        ("that should have been Chinatown", "Chinatown (1974)"),
        ("correction: Chinatown", "Chinatown (1974)"),
        ("I said Chinatown!", "Chinatown (1974)"),
        ("wait, that was Chinatown", "Chinatown (1974)"),
        ("I mixed them up, it was Chinatown we saw", "Chinatown (1974)"),
        ("got the film wrong, Chinatown is what I saw", "Chinatown (1974)"),
        ("make that Chinatown", "Chinatown (1974)"),
        ("actually it was Chinatown", "Chinatown (1974)"),
        ("it was chinatown", "Chinatown (1974)"),
    ],
)
@pytest.mark.parametrize("tool", ["schedule", "log_review", "log_viewing"])
def test_the_title_that_was_meant_takes_the_place(notes_of, read_library, tool, words, meant):
    memory = after(tool, RUNNERS, title=RUNNERS[0], watched="2025-11-25")
    assert corrected_title(notes_of(words, memory), memory, read_library.titles) == [
        Call(tool="undo"),
        Call(tool=tool, args={"title": meant, "watched": "2025-11-25"}),
    ]


def test_what_was_taken_back_already_is_not_taken_back_again(notes_of, read_library):
    memory = after("cancel_event", title="Akira (1988)").model_copy(update={"last_tool": "undo"})
    assert corrected_title(notes_of("i meant arrival", memory), memory, read_library.titles) == [
        Call(tool="cancel_event", args={"title": "Arrival (2016)"})
    ]


def test_what_waits_for_a_yes_is_asked_of_the_title_that_was_meant(notes_of, read_library):
    asked = Confirm(tool="delete_review", args={"title": "Rashomon (1950)"}, token="t", message="Sure?")
    memory = Memory(focus=["Rashomon (1950)"], confirm=asked)
    assert corrected_title(notes_of("No, I meant the one of Se7en", memory), memory, read_library.titles) == [
        Call(tool="delete_review", args={"title": "Se7en (1995)"})
    ]


@pytest.mark.parametrize(
    "words",
    [
        "no, an 8",
        "no thanks",
        "the other one",
        "no, leave that alone",
        "no, Sunday",
        "the other one is actually better",
        "how long is the other one",
        "it was the second one that scared me",
        "Sunday instead",
        "it was Chinatown that scared me",
        "Chinatown was better",
        "was it Chinatown?",
        "actually I watched Chinatown on Sunday",
        "Chinatown is not on Netflix",
        "I own Chinatown, sorry",
        "I should have watched Chinatown",
        "we should see Chinatown instead on Sunday",
        "no, it was not Blade Runner",
    ],
)
def test_what_names_no_other_title_corrects_none(notes_of, read_library, words):
    memory = after("schedule", RUNNERS, title=RUNNERS[0])
    assert corrected_title(notes_of(words, memory), memory, read_library.titles) == []


def test_a_title_alone_corrects_only_what_was_just_done(notes_of, read_library):
    memory = after("log_review", title="Heat (1995)").model_copy(update={"last_tool": "find_by_plot"})
    assert corrected_title(notes_of("it was Chinatown", memory), memory, read_library.titles) == []
    assert corrected_title(notes_of("I meant Chinatown", memory), memory, read_library.titles)


def test_a_question_is_asked_of_another_title(notes_of):
    memory = Memory(last_question=Call(tool="get_media", args={"title": "Heat (1995)"}))
    assert asked_again(notes_of("and alien?", memory), memory) == Call(
        tool="get_media", args={"title": "Alien (1979)"}
    )


@pytest.mark.parametrize(
    "words", ["and the other one?", "what about the one by Villeneuve?", "and the longer one?"]
)
def test_a_question_is_asked_of_what_is_pointed_at(notes_of, words):
    memory = Memory(
        focus=RUNNERS[:1], listed=RUNNERS, last_question=Call(tool="get_media", args={"title": RUNNERS[0]})
    )
    assert asked_again(notes_of(words, memory), memory) == Call(tool="get_media", args={"title": RUNNERS[1]})
