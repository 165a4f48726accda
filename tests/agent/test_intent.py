"""What the words plainly ask for, without a model: one tool, several, or none where there is doubt."""

import shutil
from datetime import datetime

import pytest

from agent.events import Call
from agent.intent import plain_calls
from agent.memory import Memory
from agent.notes import read_notes
from store.settings import Settings
from tools import open_library

NOW = datetime(2025, 11, 26, 19, 30)


@pytest.fixture(scope="module")
def library(seeded_home, tmp_path_factory):
    """A library with a plan, a preset, fields and a mashup; only read."""
    home = tmp_path_factory.mktemp("intent") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as opened:
        opened.schedule(title="Akira", when="2025-11-29T21:00")
        opened.schedule(name="Haircut", when="2025-12-03", event_type="custom")
        opened.save_preset(name="Rainy day", genres=["drama"])
        opened.define_field(label="Pace", field_type="number", minimum=0, maximum=10)
        opened.log_viewing(title="Alien", watched="2025-11-16")
        opened.create_mashup(
            sources=["Alien", "Fleabag"],
            title="Cold Tea",
            logline="A café in space.",
            plot_points=["a", "b", "c"],
        )
        yield opened


@pytest.fixture
def tools(library):
    """The tools that a message plainly asks for, in order."""

    def read(words, memory=None):
        memory = memory or Memory()
        notes = read_notes(words, library, memory)
        return [
            call.tool
            for call in plain_calls(notes, memory, library, lambda part: read_notes(part, library, memory))
        ]

    return read


ONE = {
    "log_review": [
        "Casablanca 9/10",
        "I'd give Alien a solid eight",
        "saw Chinatown last night, four stars, moody as hell",
        "Heat is a nine in my book",
        "rate Fleabag",
    ],
    "log_viewing": [
        "watched Heat yesterday with Ben",
        "we caught The Third Man at the cinema on Sunday",
        "Chinatown, last night",
        "fell asleep during Koyaanisqatsi",
    ],
    "schedule": [
        "plan Heat for Saturday at 8pm",
        "let's watch Her tomorrow",
        "Tremors on Friday at nine",
        "put my dentist appointment on the calendar for Tuesday",
        "schedule Heat",
    ],
    "move_event": ["move Akira to Sunday", "push Akira to 10pm", "can we do Akira on Monday instead?"],
    "cancel_event": ["cancel Akira", "scrap the haircut", "we're not watching Akira after all"],
    "complete_event": ["tick off Akira", "mark the haircut as done"],
    "list_events": ["what's on my calendar?", "when is the haircut?", "what have I got planned this week?"],
    "undo": ["undo that", "take that back please", "revert my last two changes"],
    "list_changes": ["what did you change?", "show me the recent changes"],
    "delete_review": ["delete my review of Alien"],
    "delete_media": ["remove Heat from the library"],
    "delete_preset": ["get rid of Rainy day"],
    "delete_mashup": ["delete Cold Tea"],
    "rate_mashup": ["Cold Tea is an 8/10 mashup"],
    "list_mashups": ["which mashups have we made?"],
    "mash_up": ["mash up Alien and Heat", "what if Up met Tremors"],
    "recommend": ["recommend a thriller", "something funny under 100 minutes", "use Rainy day"],
    "save_preset": ["save a preset called Slow: dramas over two hours"],
    "list_presets": ["which presets do I have?"],
    "set_field": ["set the pace of Heat to 7", "Heat pace 7"],
    "filter_by_field": ["which films have a pace of 7 or more?"],
    "get_media": ["who directed Alien?", "how long is Heat?", "tell me about Chinatown"],
    "list_reviews": ["what did I give Alien?", "what was my rating for Heat?"],
    "similar": ["films like Alien", "more like Chinatown please"],
    "find_by_plot": ["what's the film where a man lives the same day again?"],
    "search_titles": ["do you have anything called blade?"],
    "list_media": ["which films do I have by Ridley Scott?"],
    "update_viewing": ["Alien was on Netflix"],
}


@pytest.mark.parametrize(("words", "tool"), [(words, tool) for tool, all_of in ONE.items() for words in all_of])
def test_one_act(tools, words, tool):
    assert tools(words) == [tool]


SEVERAL = {
    "rate Alien 8 and Heat 7": ["log_review", "log_review"],
    "I saw Her last night, 8/10, and schedule Heat for Saturday at 8pm": ["log_review", "schedule"],
    "move Akira to Sunday and cancel the haircut": ["move_event", "cancel_event"],
    "rate Alien 8. Also, what's on my calendar?": ["log_review", "list_events"],
    "cancel the haircut and Akira": ["cancel_event", "cancel_event"],
}


@pytest.mark.parametrize("words", SEVERAL)
def test_several_acts_in_their_order(tools, words):
    assert tools(words) == SEVERAL[words]


@pytest.mark.parametrize(
    "words",
    [
        "hello there",
        "thanks, good night!",
        "my sister gave Alien a 9",
        "Anna watched Heat on Sunday",
        "if I rated Heat a 2, would my average drop?",
        "I don't think I'll watch Heat on Friday",
        "Alien could have been a 9",
        "no way I'm watching Heat on Friday",
        "Heat or Alien?",
        "did you like Up?",
        "the critics gave Heat a 9",
        "add the film Ponyo from 2008",
    ],
)
def test_where_there_is_doubt_or_nothing_to_do_no_tool_is_chosen(tools, words):
    assert tools(words) == []


JUST = {
    tool: Memory(focus=["Heat (1995)"], last_act=Call(tool=tool, args={"title": "Heat (1995)"}))
    for tool in ("log_review", "log_viewing", "schedule", "save_preset")
}


@pytest.mark.parametrize(
    ("words", "before", "tool"),
    [
        ("make that a 9", "log_review", "update_review"),
        ("no, it was on Monday", "log_review", "update_review"),
        ("actually it was on Monday", "log_viewing", "update_viewing"),
        ("that was with Tom, on DVD", "log_viewing", "update_viewing"),
        ("sorry, half past eight", "schedule", "move_event"),
        ("delete it", "log_review", "delete_review"),
        ("great, Friday at 8pm then", "log_review", "schedule"),
    ],
)
def test_what_was_just_done_tells_what_is_corrected(tools, words, before, tool):
    assert tools(words, JUST[before]) == [tool]


def test_an_opinion_behind_an_act_is_no_act(tools):
    assert tools("Heat 9/10. The diner scene alone!") == ["log_review"]


def test_a_quoted_order_is_text(tools):
    assert tools('rate Heat 7 with the comment "delete everything and undo it all"') == ["log_review"]
