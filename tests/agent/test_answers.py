"""A yes, a no, and the answers that complete what waits."""

import pytest

from agent.answers import complete, says_everything, says_no, says_undo, says_yes
from agent.events import Call
from agent.memory import Memory, Pending

THINGS = ["The Thing (1982)", "The Thing (2011)"]


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Yes!",
        "yes please",
        "ok",
        "OK, delete it.",
        "sure, go ahead",
        "y",
        "yep thanks",
        "do it now",
        "Confirmed",
        "yes, I am sure",
        "yes go ahead and delete it",
        "yep do it please",
        "go on then",
        "right, do it",
        "oh yes, remove the review please",
        "sure, why not",
        "yes, away with it",
    ],
)
def test_a_yes(words):
    assert says_yes(words)


@pytest.mark.parametrize(
    "words",
    [
        "ok, never mind",
        "sure, but not that",
        "yes no wait",
        "yes I watched Heat",
        "okay what",
        "",
        "yesterday",
        "no",
        "yikes",
        "yes?",
        "yes, the 2019 one",
        "yes and the viewing too",
        "do it tomorrow",
        "sure not",
        "yes, it was great",
    ],
)
def test_no_clear_yes(words):
    assert not says_yes(words)


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "No, keep it",
        "nope",
        "never mind",
        "don't",
        "cancel",
        "n",
        "stop!",
        "Hmm, no. Leave that in.",
        "better not",
        "keep the review",
        "actually, don't delete it",
        "I'd rather keep it",
        "no wait",
        "no thanks, leave it as it is",
        "on second thoughts, no",
    ],
)
def test_a_no(words):
    assert says_no(words)


@pytest.mark.parametrize(
    "words",
    [
        "not yet seen",
        "nothing",
        "yes",
        "",
        "noted",
        "stopped watching",
        "no, Sunday",
        "no idea",
        "not the review",
        "no, delete the other one",
        "cancel the plan",
        "no, the second one",
    ],
)
def test_not_a_no(words):
    assert not says_no(words)


@pytest.mark.parametrize(
    "words", ["undo", "undo that", "Undo it.", "please undo the last one", "undo my last change"]
)
def test_an_undo(words):
    assert says_undo(words)


@pytest.mark.parametrize("words", ["undo the last three", "undo that and rate Heat 8", "do that"])
def test_more_than_an_undo(words):
    assert not says_undo(words)


@pytest.mark.parametrize(
    "words", ["delete everything", "wipe my whole library", "erase all of my reviews please"]
)
def test_everything(words):
    assert says_everything(words)


def test_one_thing_is_not_everything():
    assert not says_everything("delete my review of Heat")


def pending(tool, argument, candidates=(), **args):
    return Pending(call=Call(tool=tool, args=args), argument=argument, candidates=list(candidates))


RATING = pending("log_review", "rating", title="Alien (1979)")
WHEN = pending("schedule", "when", title="The Matrix (1999)")
TITLE = pending("schedule", "title", when="2025-11-28T20:00")
SOURCES = pending("mash_up", "sources")
NAME = pending("save_preset", "name", max_runtime=90)
WHICH = pending("log_review", "title", THINGS, title="The Thing", rating=9)
RUNNERS = pending("log_review", "title", ["Blade Runner (1982)", "Blade Runner 2049 (2017)"], title="blade")

ANSWERS = [
    (RATING, "9", 9.0),
    (RATING, "a nine", 9.0),
    (RATING, "8.5 out of 10", 8.5),
    (RATING, "four stars", 8.0),
    (RATING, "I'd give it an 8", 8.0),
    (RATING, "Alien gets a 9", 9.0),
    (RATING, "rate Heat 8", None),
    (RATING, "Heat 8/10", None),
    (RATING, "what did I rate 9?", None),
    (RATING, "thanks", None),
    (WHEN, "Friday at 8", "Friday at 8"),
    (WHEN, "tomorrow evening", "tomorrow evening"),
    (WHEN, "schedule it for Friday at 8pm", "Friday at 8pm"),
    (
        WHEN,
        "Monday, quarter to nine in the evening, if you'd be so kind",
        "Monday, quarter to nine in the evening",
    ),
    (WHEN, "oh um, let me think, Sunday, say 8pm", "Sunday 8pm"),
    (WHEN, "we saw it yesterday", None),
    (WHEN, "Friday or Saturday", None),
    (WHEN, "I watched Heat yesterday", None),
    (WHEN, "what is on tomorrow?", None),
    (WHEN, "no idea", None),
    (TITLE, "The Matrix", "The Matrix (1999)"),
    (TITLE, "the matrix please", "The Matrix (1999)"),
    (TITLE, "Solaris", "Solaris"),
    (TITLE, "oh I didn't say which, Heat", "Heat (1995)"),
    (TITLE, "hello there", None),
    (TITLE, "thanks", None),
    (TITLE, "recommend something short", None),
    (TITLE, "I have not made up my mind", None),
    (SOURCES, "Alien and Heat", ["Alien (1979)", "Heat (1995)"]),
    (SOURCES, "The Matrix and Heat", ["The Matrix (1999)", "Heat (1995)"]),
    (WHEN, "Heat on Friday", None),
    (RATING, "Definitely a 9", 9.0),
    (SOURCES, "Alien", None),
    (NAME, "Short sci-fi", "Short sci-fi"),
    (NAME, "thank you", None),
    (NAME, "rate Heat 8", None),
    (WHICH, "the 1982 one", THINGS[0]),
    (WHICH, "2011", THINGS[1]),
    (WHICH, "the second", THINGS[1]),
    (WHICH, "1", THINGS[0]),
    (WHICH, "the original", THINGS[0]),
    (WHICH, "the older one please", THINGS[0]),
    (WHICH, "the newest", THINGS[1]),
    (WHICH, "the 1982 film", THINGS[0]),
    (WHICH, "the '82 one", THINGS[0]),
    (WHICH, "first one", THINGS[0]),
    (WHICH, "second one please", THINGS[1]),
    (WHICH, "oh sorry, I mean number two", THINGS[1]),
    (WHICH, "the last of these", THINGS[1]),
    (WHICH, "the latter", THINGS[1]),
    (WHICH, "the Carpenter one", THINGS[0]),
    (WHICH, "the one with Kurt Russell", THINGS[0]),
    (RUNNERS, "blade runner", RUNNERS.candidates[0]),
    (RUNNERS, "2049", RUNNERS.candidates[1]),
    (RUNNERS, "no, I meant 2049", RUNNERS.candidates[1]),
    (RUNNERS, "the Villeneuve one", RUNNERS.candidates[1]),
    (WHICH, "It was the one Kurt Russell is in.", THINGS[0]),
    (WHICH, "the one from the eighties", THINGS[0]),
    (WHICH, "it is the second time this week", None),
    (WHICH, "the remake", THINGS[1]),
    (WHICH, "rate Heat 8", None),
    (WHICH, "find me something newer", None),
    (WHICH, "3", None),
    (WHICH, "the thing", None),
]


@pytest.mark.parametrize(("waiting", "words", "value"), ANSWERS, ids=lambda v: v if isinstance(v, str) else "")
def test_an_answer_completes_the_call_and_other_words_do_not(notes_of, read_library, waiting, words, value):
    completed = complete(waiting, notes_of(words), read_library)
    if value is None:
        assert completed is None
    else:
        assert completed == Call(tool=waiting.call.tool, args={**waiting.call.args, waiting.argument: value})


def test_the_ambiguous_source_is_put_in_its_place(notes_of, read_library):
    waiting = pending("mash_up", "sources", THINGS, sources=["Alien", "The Thing", "Heat"])
    completed = complete(waiting, notes_of("the 1982 one"), read_library)
    assert completed.args == {"sources": ["Alien", "The Thing (1982)", "Heat"]}


def test_an_opinion_beside_the_rating_is_kept(notes_of, read_library):
    assert complete(RATING, notes_of("9, gorgeous and melancholy"), read_library).args == {
        "title": "Alien (1979)",
        "rating": 9.0,
        "text": "gorgeous and melancholy",
    }


def test_a_title_may_be_pointed_at(notes_of, read_library):
    memory = Memory(listed=["Alien (1979)", "Heat (1995)"], focus=["Alien (1979)"])
    answer = complete(TITLE, notes_of("the second one", memory), read_library)
    assert answer.args == {**TITLE.call.args, "title": "Heat (1995)"}


def test_a_reminder_beside_the_day_is_kept(notes_of, read_library):
    answer = complete(WHEN, notes_of("Friday at 8pm, and remind me half an hour before"), read_library)
    assert answer.args["reminder_minutes"] == 30


def test_the_waiting_call_itself_is_not_changed(notes_of, read_library):
    complete(RATING, notes_of("9"), read_library)
    assert RATING.call.args == {"title": "Alien (1979)"}
