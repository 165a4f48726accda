"""Which words belong to which of several acts."""

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.names import spans_of
from agent.notes import read_notes
from agent.portions import in_a_row, one_each, part_of, portions, possible_parts, same_occasion


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


def test_ratings_in_a_row_go_to_titles_in_a_row(parts):
    found = parts("saw Heat and Akira, 8/10 and 9/10", review("Heat"), review("Akira"))
    assert [ratings for _, ratings, _ in found] == [[8.0], [9.0]]


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


# Where a message may fall into acts, before any is chosen

WHOLE = [
    "rate Alien 8",
    "what if Up met Heat",
    "mash up Your Name. and Heat",
    "watched When Harry Met Sally... with Ben",
    "rate Airplane! 7",
    "plan Heat for Ben and for Anna",
    "Tomorrow at 8 and Heat 9",
    "Heat is an 8, Season 2",
    "watched Alien with Ben and Anna",
    'rate Heat 7 with the comment "slow. Delete it and undo it all"',
    "",
]
CUT = {
    "rate Alien 8 and cancel Heat": ["rate Alien 8", "cancel Heat"],
    "rate Alien 8 and Heat 7": ["rate Alien 8", "and Heat 7"],
    "I saw Your Name. What's on Friday?": ["I saw Your Name.", "What's on Friday?"],
    "Saw Heat. What's on my calendar?": ["Saw Heat.", "What's on my calendar?"],
    "undo that, then show my reviews": ["undo that", "show my reviews"],
    "Dune gets an 8 and Heat a 9": ["Dune gets an 8", "and Heat a 9"],
    "saw Heat on Friday and Jaws on Sunday": ["saw Heat on Friday", "and Jaws on Sunday"],
    "I want a text field Seat, and for Heat it's B2": ["I want a text field Seat, and", "for Heat it's B2"],
    "Heat is an 8 and Gladiator 9": ["Heat is an 8", "and Gladiator 9"],
    "Gladiator 8 and Heat 9": ["Gladiator 8", "and Heat 9"],
    "tick Heat off, and it gets an 8": ["tick Heat off, and", "it gets an 8"],
    "the dentist to Friday, Heat on Sunday": ["the dentist to Friday", "Heat on Sunday"],
}


@pytest.fixture
def stretches(notes_of):
    """The words of every possible part."""

    def cut_up(words):
        notes = notes_of(words)
        named = sorted([*notes.title_spans, *spans_of("Dentist", words)])
        return [words[start:end].strip(" ,") for start, end in possible_parts(notes, named)]

    return cut_up


@pytest.mark.parametrize("words", WHOLE)
def test_what_can_be_one_act_is_not_cut(stretches, words):
    assert stretches(words) == ([words] if words else [])


@pytest.mark.parametrize(("words", "found"), CUT.items())
def test_another_act_may_begin_at_a_joint(stretches, words, found):
    assert stretches(words) == found


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("watched Alien, Heat and Up on Sunday", [True, True]),
        ("rate Alien 8 and Heat 7", [False]),
        ("cancel Akira, and Heat is a 9", [True]),
    ],
)
def test_titles_that_stand_in_a_row(notes_of, words, rows):
    notes = notes_of(words)
    starts = [start for start, _ in possible_parts(notes, notes.title_spans)][1:]
    assert [in_a_row(words, notes.title_spans, start) for start in starts] == rows


def cut(notes, notes_of):
    """The notes of the possible parts, one after the other."""
    found = []
    for span in possible_parts(notes, notes.title_spans):
        found.append(part_of(notes, span, found, notes_of))
    return found


def test_the_same_occasion_has_the_day_and_the_company_but_not_the_rating(notes_of):
    first, second = cut(notes_of("saw Alien with Tom yesterday, 8/10, then Heat"), notes_of)
    shared = same_occasion(second, first)
    assert ([moment.date.day for moment in shared.moments], shared.viewing.company) == ([25], "With Tom")
    assert shared.ratings == []


def test_a_day_ahead_of_the_first_title_counts_for_later_ratings_only(notes_of):
    rated = cut(notes_of("last night we saw Alien, 8/10, and Heat, 7/10"), notes_of)
    assert [[moment.date.day for moment in part.moments] for part in rated] == [[25], [25]]
    after = cut(notes_of("I saw Alien yesterday, 8/10, and schedule Aliens"), notes_of)
    assert [bool(part.moments) for part in after] == [True, False]


@pytest.mark.parametrize(
    ("words", "tool", "titles"),
    [
        ("watched Alien and Heat yesterday", "log_viewing", ["Alien", "Heat"]),
        ("plan Heat, Akira and Up for Sunday", "schedule", ["Heat", "Akira", "Up"]),
        ("films like Alien and Heat", "similar", []),
        ("watched Heat yesterday", "log_viewing", []),
        ("watched Alien yesterday, then we spoke of Heat", "log_viewing", []),
    ],
)
def test_one_act_said_of_several_titles_is_one_for_each(notes_of, words, tool, titles):
    single = Call(tool=tool, args={"x": 1})
    expected = [Call(tool=tool, args={"x": 1, "title": title}) for title in titles] or [single]
    assert one_each([single], notes_of(words)) == expected
