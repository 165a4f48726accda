"""The last question asked of another month, person or title; Wednesday 26 November 2025."""

from datetime import date

import pytest

from agent.events import Call
from agent.follow_up import asked_of_another
from agent.memory import Memory
from agent.notes import read_notes

VIEWINGS = {"of": "viewings", "measure": "count"}
HOURS = {"of": "viewings", "measure": "hours"}
AVERAGE = {"of": "reviews", "measure": "average_rating"}
HIGHEST = {"of": "reviews", "measure": "highest"}
LONGEST = {"of": "viewings", "measure": "longest"}
LAST = {"of": "viewings", "measure": "last"}
FRIDAY = {"since": "2025-11-28", "until": "2025-11-28"}
OCTOBER = {"since": "2025-10-01", "until": "2025-10-31"}
IN_2024 = {"since": "2024-01-01", "until": "2024-12-31"}
THE_80S = {"year_from": 1980, "year_to": 1989}
KUROSAWA = {"person": "Akira Kurosawa"}

LAST_ASKED = {
    "query_diary": VIEWINGS | {"genre": "western"} | OCTOBER,
    "list_viewings": {"title": "Alien (1979)"},
    "list_reviews": {"min_rating": 9.0},
    "list_events": {"since": "in december"},
}
SEPTEMBER = {"since": "2025-09-01", "until": "2025-09-30"}


@pytest.mark.parametrize(
    ("tool", "words", "asked"),
    [
        ("query_diary", "and in September?", VIEWINGS | {"genre": "western"} | SEPTEMBER),
        ("query_diary", "september?", VIEWINGS | {"genre": "western"} | SEPTEMBER),
        ("query_diary", "what about last year", VIEWINGS | {"genre": "western"} | IN_2024),
        ("query_diary", "same for 2024", VIEWINGS | {"genre": "western"} | IN_2024),
        ("query_diary", "no, last year", VIEWINGS | {"genre": "western"} | IN_2024),
        ("query_diary", "and Kurosawa?", VIEWINGS | KUROSAWA | OCTOBER),
        ("query_diary", "kurosawa?", VIEWINGS | KUROSAWA | OCTOBER),
        ("query_diary", "and Alien?", VIEWINGS | {"title": "Alien (1979)"} | OCTOBER),
        ("query_diary", "and horror?", VIEWINGS | {"genre": "horror"} | OCTOBER),
        ("query_diary", "and how many of those were horror", VIEWINGS | {"genre": "horror"} | OCTOBER),
        ("query_diary", "and french ones?", VIEWINGS | {"language": "fr"} | OCTOBER),
        ("query_diary", "what about the 80s", VIEWINGS | THE_80S | OCTOBER),
        ("query_diary", "just from the 80s", VIEWINGS | {"genre": "western"} | THE_80S | OCTOBER),
        ("query_diary", "and on netflix?", VIEWINGS | {"genre": "western", "source": "Netflix"} | OCTOBER),
        ("query_diary", "how about with anna?", VIEWINGS | {"genre": "western", "context": "Anna"} | OCTOBER),
        ("query_diary", "and above 8?", VIEWINGS | {"genre": "western", "min_rating": 8.1} | OCTOBER),
        ("query_diary", "by month?", VIEWINGS | {"genre": "western", "group_by": "month"} | OCTOBER),
        ("query_diary", "and in hours?", HOURS | {"genre": "western"} | OCTOBER),
        ("query_diary", "and the longest?", LONGEST | {"genre": "western"} | OCTOBER),
        ("query_diary", "and by hours", HOURS | {"genre": "western"} | OCTOBER),
        (
            "query_diary",
            "split that by weekday",
            VIEWINGS | {"genre": "western", "group_by": "weekday"} | OCTOBER,
        ),
        ("query_diary", "how many hours is that in total", HOURS | {"genre": "western"} | OCTOBER),
        ("query_diary", "which ones?", VIEWINGS | {"genre": "western"} | OCTOBER),
        ("query_diary", "and who with?", VIEWINGS | {"genre": "western"} | OCTOBER),
        (
            "query_diary",
            "which of those did i not finish?",
            VIEWINGS | {"genre": "western", "completed": False} | OCTOBER,
        ),
        ("query_diary", "and my average that month?", AVERAGE | {"genre": "western"} | OCTOBER),
        ("query_diary", "and the month before", VIEWINGS | {"genre": "western"} | SEPTEMBER),
        (
            "query_diary",
            "the year before?",
            VIEWINGS | {"genre": "western", "since": "2024-10-01", "until": "2024-10-31"},
        ),
        ("query_diary", "and overall?", VIEWINGS | {"genre": "western"}),
        ("query_diary", "what is my average for him?", None),  # nobody was asked about
        ("list_reviews", "and 8s?", {"min_rating": 8.0, "max_rating": 8.0}),
        ("list_events", "and the month before", {"since": "2025-11-01", "until": "2025-11-30"}),
        ("query_diary", "and the average?", AVERAGE | {"genre": "western"} | OCTOBER),
        ("list_viewings", "and Heat?", {"title": "Heat (1995)"}),
        ("list_viewings", "and in october?", {"title": "Alien (1979)"} | OCTOBER),
        ("list_reviews", "and below 6", {"max_rating": 5.9}),
        ("list_reviews", "and last month?", {"min_rating": 9.0} | OCTOBER),
        ("list_events", "and in january?", {"since": "2026-01-01", "until": "2026-01-31"}),
        ("list_events", "what about friday", FRIDAY),
        ("list_reviews", "and kurosawa?", None),  # that list knows no people
        ("list_events", "and Alien on Friday?", None),  # may be a plan
        ("query_diary", "and a 9", None),
        ("query_diary", "log Alien too", None),
        ("query_diary", "and cancel heat", None),
        ("query_diary", "what did I watch yesterday", None),
        ("query_diary", "friday", None),
        ("query_diary", "thanks", None),
        ("get_media", "and in September?", None),
        ("query_diary", "when was the last time?", LAST | {"genre": "western"} | OCTOBER),
        ("query_diary", "and actors?", None),  # nothing was grouped
        ("query_diary", "and 10?", None),
        ("list_reviews", "and 10?", {"min_rating": 10.0, "max_rating": 10.0}),
        ("list_viewings", "and the time before that?", {"title": "Alien (1979)"}),
        ("query_diary", "and Alien before that?", None),
    ],
)
def test_the_last_question_asked_of_another(notes_of, read_library, tool, words, asked):
    memory = Memory(last_question=Call(tool=tool, args=LAST_ASKED.get(tool, {})))
    assert asked_of_another(notes_of(words, memory), memory, read_library) == asked


def test_the_person_asked_about_may_be_pointed_at(notes_of, read_library):
    memory = Memory(last_question=Call(tool="query_diary", args=VIEWINGS | KUROSAWA))
    asked = asked_of_another(notes_of("What is my average for him?", memory), memory, read_library)
    assert asked == AVERAGE | KUROSAWA


def test_the_day_of_a_plan_may_be_asked_for(library):
    library.schedule(title="Heat", when="2025-12-02T20:00")
    memory = Memory(last_question=Call(tool="list_events", args={"title": "Heat (1995)"}))
    day = asked_of_another(read_notes("what else is on that day?", library, memory), memory, library)
    assert day == {"since": "2025-12-02", "until": "2025-12-02"}
    week = asked_of_another(read_notes("what else is there that week", library, memory), memory, library)
    assert week == {"since": "2025-12-01", "until": "2025-12-07"}


def test_after_an_act_the_last_question_is_over(notes_of, read_library):
    question = Call(tool="query_diary", args=VIEWINGS)
    memory = Memory(last_question=question, last_tool="schedule")
    assert asked_of_another(notes_of("and in September?", memory), memory, read_library) is None


def test_groups_of_one_kind_are_followed_by_those_of_another(notes_of, read_library):
    memory = Memory(last_question=Call(tool="query_diary", args=VIEWINGS | {"group_by": "director"}))
    asked = asked_of_another(notes_of("and actors?", memory), memory, read_library)
    assert asked == VIEWINGS | {"group_by": "actor"}


def test_the_viewing_before_the_last(library):
    library.log_viewing(title="Heat", watched="2025-11-22")
    library.log_viewing(title="Up", watched="2025-11-16")
    memory = Memory(last_question=Call(tool="query_diary", args=LAST))
    asked = asked_of_another(read_notes("and the one before that?", library, memory), memory, library)
    assert asked == LAST | {"until": "2025-11-21"}


def test_the_plan_after_the_one_asked_for(library):
    library.schedule(title="Heat", when="2025-12-02T20:00")
    memory = Memory(last_question=Call(tool="list_events", args={"title": "Heat (1995)"}))
    asked = asked_of_another(read_notes("what comes after that?", library, memory), memory, library)
    assert asked == {"since": "2025-12-03", "until": "2026-01-02"}


@pytest.mark.parametrize(
    "words", ["And do I have anything else that week?", "am I busy that week otherwise?", "what else that week"]
)
def test_the_week_of_the_plan_last_spoken_of(library, words):
    memory = Memory(last_question=Call(tool="list_events", args={"since": "2025-12-02"}), day=date(2025, 12, 2))
    asked = asked_of_another(read_notes(words, library, memory), memory, library)
    assert asked == {"since": "2025-12-01", "until": "2025-12-07"}


def test_the_week_of_the_day_asked_for_is_the_whole(notes_of, read_library):
    day = {"since": "2025-11-20", "until": "2025-11-20"}
    memory = Memory(last_question=Call(tool="query_diary", args=VIEWINGS | day))
    asked = asked_of_another(notes_of("what else did I watch that week?", memory), memory, read_library)
    assert asked == VIEWINGS | {"since": "2025-11-17", "until": "2025-11-23"}
