"""Which words belong to which of several acts."""

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.notes import read_notes
from agent.portions import portions


@pytest.fixture
def parts(read_library):
    """The words, ratings and days that each call gets."""

    def split(words, *calls):
        memory = Memory()
        whole = read_notes(words, read_library, memory)
        chosen = [Call(tool=tool, args=args) for tool, args in calls]
        found = portions(chosen, whole, lambda part: read_notes(part, read_library, memory))
        return [
            (
                part.words.strip(),
                [rating.value for rating in part.given_ratings],
                [moment.date.day for moment in part.moments],
            )
            for part in found
        ]

    return split


def review(title):
    return ("log_review", {"title": title})


def plan(title):
    return ("schedule", {"title": title})


def test_parts_meet_at_the_last_joint_between_two_titles(parts):
    assert parts(
        "I saw Chinatown yesterday, 9/10, and schedule The Third Man for Saturday at 7pm",
        review("Chinatown"),
        plan("The Third Man"),
    ) == [
        ("I saw Chinatown yesterday, 9/10", [9.0], [25]),
        (", and schedule The Third Man for Saturday at 7pm", [], [29]),
    ]


def test_what_was_read_in_the_whole_message_stays_read(parts):
    assert [ratings for _, ratings, _ in parts("rate Alien 8 and Heat 7", review("Alien"), review("Heat"))] == [
        [8.0],
        [7.0],
    ]


def test_calls_in_another_order_than_the_words_get_their_own_part(parts):
    found = parts("rate Alien 8, Heat 7 and Up 6", review("Up"), review("Alien"), review("Heat"))
    assert [ratings for _, ratings, _ in found] == [[6.0], [8.0], [7.0]]


def test_what_is_said_once_of_a_list_counts_for_each(parts):
    viewings = [("log_viewing", {"title": title}) for title in ("Alien", "Heat", "Up")]
    assert [days for _, _, days in parts("watched Alien, Heat and Up on Sunday", *viewings)] == [[23]] * 3


def test_days_in_a_row_go_to_titles_in_a_row(parts):
    found = parts("put Heat and Akira down for Saturday and Sunday", plan("Heat"), plan("Akira"))
    assert [days for _, _, days in found] == [[29], [30]]


def test_a_day_ahead_of_all_counts_for_every_rating(parts):
    found = parts("last night we saw Alien, 8/10, and Heat, 7/10", review("Alien"), review("Heat"))
    assert [(ratings, days) for _, ratings, days in found] == [([8.0], [25]), ([7.0], [25])]


def test_it_is_what_the_part_before_is_about(read_library):
    words = "rate Alien 8 and plan it for Friday"
    notes = read_notes(words, read_library, Memory(focus=["Heat (1995)"]))
    calls = [Call(tool="log_review", args={"title": "Alien"}), Call(tool="schedule")]
    first, second = portions(
        calls, notes, lambda part: read_notes(part, read_library, Memory(focus=["Heat (1995)"]))
    )
    assert (first.words.strip(), second.referent) == ("rate Alien 8", "Alien (1979)")


def test_an_act_without_a_place_gets_the_whole_message(parts):
    words = "rate Alien 8 and recommend something short"
    assert parts(words, review("Alien"), ("recommend", {})) == [(words, [8.0], [])] * 2
