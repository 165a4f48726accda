"""What the words plainly ask for, without a model: one tool, several, or none where there is doubt."""

import pytest

from agent.choice import Choice
from agent.events import Call
from agent.intent import asks_the_diary, intent, is_talk, likely, one_for_each, plausible
from agent.memory import Memory
from agent.names import read_names
from agent.notes import read_notes
from tools import TOOLS


@pytest.fixture
def parts(named):
    """What a message says, act by act, as a turn takes it."""

    def split(words, memory=None):
        memory = memory or Memory()
        choice = Choice(named, backend=None, tools=[tool for tool in TOOLS.values() if tool.chat])
        return choice._parts(read_notes(words, named, memory), memory, read_names(named))

    return split


@pytest.fixture
def tools(parts):
    """The tools that a message plainly asks for, in order."""
    return lambda words, memory=None: [
        each.tool
        for said in parts(words, memory)
        if (call := intent(said)) is not None
        for each in one_for_each(call, said)
    ]


@pytest.fixture
def one(parts):
    """A message of one part."""

    def read(words, memory=None):
        (said,) = parts(words, memory)
        return said

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
    "add_media": ["add the film Ponyo from 2008"],
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
    "Cancel Akira, and The Godfather is a 10 in my book": ["cancel_event", "log_review"],
    "saw Heat on Monday and want to see it again, so plan it for Sunday at 9pm": ["log_viewing", "schedule"],
    "haircut to 4 dec 9:15, tremors on 12 dec at 20:00": ["move_event", "schedule"],
    "Dune gets an 8 and Interstellar a 9": ["log_review", "log_review"],
    "watched Tremors on Saturday and Jaws on Sunday": ["log_viewing", "log_viewing"],
    "Her on Sunday at 5pm and Heat at half past seven": ["schedule", "schedule"],
    "two things in one day is too much, move Akira to Sunday": ["move_event"],
    "pulp fiction 9, blade runner on friday at 22:30": ["log_review", "schedule"],
    "Save a preset Soft: dramas up to 100 minutes, and give me three films by it": ["save_preset", "recommend"],
    "oh and the haircut is at half past ten, change that. Cold Tea is an 8/10 mashup": [
        "move_event",
        "rate_mashup",
    ],
    "Alien, what year": ["get_media"],
    "delete Saturday's plan and log Heat for yesterday": ["cancel_event", "log_viewing"],
    "Alien and Heat both 8": ["log_review"],
    "put Heat and Akira down for Saturday and Sunday": ["schedule"],
    "My choir sings on the 5th, so Akira has to wait until the 6th. Can you rearrange that?": ["move_event"],
    "Heat. Today. Netflix. By myself.": ["log_viewing"],
    "Alien 7, Heat 8.5. Which anime have I still not seen?": ["log_review", "log_review", "list_media"],
    "we did watch Akira last night, tick it off, and it gets an 8": [
        "log_viewing",
        "complete_event",
        "log_review",
    ],
    "my Alien viewing was on Netflix, add that. And rate it a 9": ["update_viewing", "log_review"],
    "watched Heat on Friday, 7/10, and now I'd like Alien on Monday at 21:30": ["log_review", "schedule"],
    "who directed Heat and put it on for Friday at 8": ["get_media", "schedule"],
    "set the mood of Heat to cosy and clear the one of Alien": ["set_field", "set_field"],
    "what did I watch in October, and which of them did I like best?": ["list_viewings", "list_reviews"],
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
        "trains were a mess on Friday again, an hour late",
        "Casablanca won three Academy Awards, including Best Picture",
        "Heat flopped on release in June 1995, hard to believe now",
        "The film club at work is showing Rashomon on 12 December",
        "our cat turned 9 on Sunday and is acting like a teenager",
        "undo that... no, actually don't undo anything, it's fine",
    ],
)
def test_where_there_is_doubt_or_nothing_to_do_no_tool_is_chosen(tools, words):
    assert tools(words) == []


ABOUT = {
    "rate Alien 8 and plan it for Friday": "Alien (1979)",
    "I adored Alien, what's similar?": "Alien (1979)",
    "Cancel the haircut. Or no, tick it off": "Haircut",
}


@pytest.mark.parametrize("words", ABOUT)
def test_a_later_part_is_about_what_was_named_before(parts, words):
    last = parts(words, Memory(focus=["Heat (1995)"]))[-1]
    assert (last.notes.titles, last.notes.referent) == ([], ABOUT[words])


def test_the_first_of_two_evenings_says_the_day_and_the_company_of_both(parts):
    _, second = parts("Marta and I did a double bill on Saturday, first Alien and then Heat")
    notes = second.notes
    assert ([moment.date.day for moment in notes.moments], notes.viewing.company) == ([22], "With Marta")


NOTES_OF_A_DIARY = {
    "Sunday: Airplane! with the kids": "log_viewing",
    "Heat on Saturday on Blu-ray": "log_viewing",
    "plan Heat with Anna for Sunday": "schedule",
    "let's watch Heat on Netflix on Sunday": "schedule",
    "Heat with Anna on Sunday at 8pm": "schedule",
}


@pytest.mark.parametrize("words", NOTES_OF_A_DIARY)
def test_a_weekday_with_company_but_no_time_was_the_last_one_unless_it_is_planned(tools, words):
    assert tools(words) == [NOTES_OF_A_DIARY[words]]


def just(tool):
    """The memory of a conversation that did one thing; the diary has a viewing of Alien, and none of Heat."""
    title = "Alien (1979)" if tool == "log_viewing" else "Heat (1995)"
    act = Call(tool=tool, args={"title": title})
    return Memory(focus=[title], last_act=act, acts=[act], last_tool=tool)


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
    assert tools(words, just(before)) == [tool]


@pytest.mark.parametrize(
    ("words", "gone", "tool"),
    [
        ("sunday at 4 in the afternoon instead", "Heat (1995)", "schedule"),
        ("rather tomorrow at 8 then", "Heat (1995)", "schedule"),
        ("tomorrow at 8 instead", "Akira (1988)", "move_event"),  # the move was undone, the plan is still there
    ],
)
def test_a_plan_that_was_undone_is_made_anew(tools, words, gone, tool):
    act = Call(tool="schedule", args={"title": gone})
    assert tools(words, Memory(focus=[gone], last_act=act, acts=[act], last_tool="undo")) == [tool]


def test_an_opinion_behind_an_act_is_no_act(tools):
    assert tools("Heat 9/10. The diner scene alone!") == ["log_review"]


def test_a_quoted_order_is_text(tools):
    assert tools('rate Heat 7 with the comment "delete everything and undo it all"') == ["log_review"]


@pytest.mark.parametrize(
    "words", ["thanks, good night!", "hello there", "what a long day it has been", "haha nice"]
)
def test_what_asks_for_nothing_is_talk(one, words):
    assert is_talk(one(words)) and intent(one(words)) is None


@pytest.mark.parametrize("words", ["rate Heat 8", "undo that", "films like Alien"])
def test_a_wish_is_no_talk(one, words):
    assert not is_talk(one(words))


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("how many films did I watch in October?", True),
        ("what did I watch last week?", True),
        ("which films did I rate highest?", True),
        ("rate Heat 8", False),
        ("recommend a thriller", False),
        ("thanks!", False),
    ],
)
def test_a_question_about_the_diary_is_told_from_a_wish(one, words, asks):
    assert asks_the_diary(one(words)) is asks


@pytest.mark.parametrize(
    ("words", "impossible"),
    [
        ("my sister gave Alien a 9", {"log_review", "update_review", "log_viewing"}),
        ("if I rated Heat a 2, would my average drop?", {"log_review", "update_review"}),
        ("I don't think I'll watch Heat on Friday", {"schedule", "move_event"}),
        ("did I rate Heat 8?", {"log_review", "update_review"}),
        ("delight in Heat", {"delete_review", "delete_media", "delete_viewing"}),
        ("it is a 9", {"rate_mashup", "delete_mashup", "set_field", "filter_by_field", "delete_preset"}),
    ],
)
def test_what_is_asked_denied_imagined_or_of_others_is_never_offered(one, words, impossible):
    said = one(words)
    assert not impossible & set(likely(said)) and not impossible & set(plausible(said))


def test_the_likeliest_comes_first_and_doubt_leaves_a_choice(one):
    shares = list(likely(one("Heat, hmm")).values())
    assert shares == sorted(shares, reverse=True)
    assert plausible(one("rate Heat 8"))[0] == "log_review"


def test_what_means_nothing_may_be_talk(one):
    assert "talk" in plausible(one("so what"))


def test_what_only_says_more_of_an_act_is_part_of_it(parts):
    assert len(parts("I watched Heat yesterday, and it was with Ben")) == 1
    assert len(parts("Heat 9/10. The diner scene alone!")) == 1
    assert len(parts("rate Alien 8 and cancel the haircut")) == 2
