"""What code reads in the words before the model is asked."""

import pytest

from agent.memory import Memory
from agent.notes import is_reference, read_notes

MEMORY = Memory(focus=["Heat (1995)", "Alien (1979)"], listed=["Up (2009)", "Akira (1988)", "Her (2013)"])

LINES = {
    "I watched Blade Runner last night, 9 out of 10": 'title="Blade Runner"; date="last night"; rating=9',
    "schedule The Matrix for Friday at 8pm": 'title="The Matrix"; date="Friday at 8pm"',
    "watched 2001: A Space Odyssey": 'title="2001: A Space Odyssey"',
    "I saw 1917 yesterday": 'title="1917"; date="yesterday"',
    "gave Blade Runner 2049 four and a half stars": 'title="Blade Runner 2049"; rating=9',
    "mash up His Girl Friday and Se7en": 'title="His Girl Friday"; title="Se7en"',
    "thanks, good night!": "",
    "what should I watch?": "",
}


@pytest.mark.parametrize("words", LINES)
def test_the_line_under_the_words(notes_of, words):
    assert notes_of(words).line() == LINES[words]


REFERENTS = {
    "make that an 8": "Heat (1995)",
    "schedule it for Friday": "Heat (1995)",
    "schedule the second one for Friday": "Akira (1988)",
    "tell me about number 3": "Her (2013)",
    "the last one, please": "Her (2013)",
    "delete the first film": "Up (2009)",
    "first one, tomorrow at 8pm": "Up (2009)",
    "second one please": "Akira (1988)",
    "the last of these": "Her (2013)",
    "number two, tonight": "Akira (1988)",
    "and the 3rd one on sunday": "Her (2013)",
    "the first has grown on me, make it an eight": "Up (2009)",
    "the older one": "Akira (1988)",
    "the newest one on friday": "Her (2013)",
    "the 1988 film": "Akira (1988)",
    "the Spike Jonze one": "Her (2013)",
}


@pytest.mark.parametrize("words", REFERENTS)
def test_what_it_means(notes_of, words):
    notes = notes_of(words, MEMORY)
    assert notes.refers and notes.referent == REFERENTS[words]
    assert notes.line().endswith(f'last="{REFERENTS[words]}"')


BETWEEN = Memory(focus=["Alien (1979)", "Aliens (1986)"], listed=["Alien (1979)", "Aliens (1986)"])
SEVERAL = {
    "take both back": ["Alien (1979)", "Aliens (1986)"],
    "both on saturday": ["Alien (1979)", "Aliens (1986)"],
    "cancel both of them": ["Alien (1979)", "Aliens (1986)"],
    "delete them all": ["Alien (1979)", "Aliens (1986)"],
    "both parents liked it": [],
    "delete the first one": [],
}


@pytest.mark.parametrize("words", SEVERAL)
def test_what_both_means(notes_of, words):
    assert notes_of(words, BETWEEN).referents == SEVERAL[words]


@pytest.mark.parametrize(
    "words", ["the other one", "how long is the other one", "no, the other", "the newer one"]
)
def test_the_other_of_two(notes_of, words):
    notes = notes_of(words, BETWEEN)
    assert notes.points and notes.referent == "Aliens (1986)"


@pytest.mark.parametrize("words", ["and the other one gets a 9", "thanks, and the other one gets a 9"])
def test_the_other_of_two_stays_the_other_in_a_part_of_the_words(notes_of, words):
    start = words.index("and")
    part = notes_of(words, BETWEEN).part(start, len(words), lambda words: notes_of(words, BETWEEN))
    assert part.referent == "Aliens (1986)"


@pytest.mark.parametrize(
    "words",
    ["I saw a film the other day", "for the first time", "the second half dragged", "the last two weeks"],
)
def test_times_and_parts_point_at_nothing(notes_of, words):
    assert not notes_of(words, MEMORY).points


def test_a_maker_tells_which_title_without_a_list(notes_of):
    notes = notes_of("put the Jordan Peele one on the calendar")
    assert notes.points and notes.referent == "Us (2019)"


def test_somebody_with_several_titles_means_none_of_them(notes_of):
    assert notes_of("the Ridley Scott one").referent is None


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("The Greta Gerwig version of Little Women gets a 9", "Little Women (2019)"),
        ("Little Women, the 1994 film, is an 8", "Little Women (1994)"),
        ("watched the older Little Women yesterday", "Little Women (1994)"),
    ],
)
def test_namesakes_are_told_apart_by_what_is_said(library, words, label):
    library.add_media(title="Little Women", year=1994, directors=["Gillian Armstrong"])
    library.add_media(title="Little Women", year=2019, directors=["Greta Gerwig"])
    (mention,) = read_notes(words, library, Memory()).titles
    assert [media.label for media in mention.media] == [label]


def test_what_others_gave_is_not_shown_as_understood(notes_of):
    assert notes_of("my wife gave Heat a 10").understood() == "Heat (1995)"


def test_a_place_that_the_list_lacks_means_nothing(notes_of):
    notes = notes_of("the seventh one", MEMORY)
    assert notes.refers and notes.referent is None


def test_a_film_that_is_described_is_no_reference(notes_of):
    assert not notes_of("what's that film where a weatherman keeps living the same day", MEMORY).refers


@pytest.mark.parametrize("words", ["I watched Up on the 2nd of May", "rate Heat 8", "thanks"])
def test_what_refers_to_nothing(notes_of, words):
    assert not notes_of(words, MEMORY).refers


def test_without_memory_it_means_nothing(notes_of):
    assert notes_of("make that an 8").referent is None


@pytest.mark.parametrize(
    "words",
    [
        "the second one",
        "second one",
        "number 3",
        "#2",
        "the last film",
        "that film",
        "this one",
        "the 3rd",
        "second one please",
        "number two",
        "the last of these",
        "the other one",
        "both",
        "the older one",
    ],
)
def test_words_that_only_point(words):
    assert is_reference(words)


@pytest.mark.parametrize(
    "words", ["The Third Man", "The Last Emperor", "It", "1917", "Heat", "", "First Blood"]
)
def test_names_do_not_only_point(words):
    assert not is_reference(words)


@pytest.mark.parametrize(
    ("words", "said", "expected"),
    [
        ("Amélie last night", "amelie", True),
        ("the matrx was fun", "The Matrix", True),
        ("rate Heat 8", "Heat", True),
        ("rate Heat 8", "western", False),
        ("rate Heat 8", "", False),
    ],
)
def test_whether_the_user_said_it(notes_of, words, said, expected):
    assert notes_of(words).says(said) is expected


def test_what_the_user_reads_of_it(notes_of):
    notes = notes_of("I watched Blade Runner last night, 9 out of 10")
    assert notes.understood().startswith("Blade Runner (1982) · yesterday, Tuesday 25 November 2025")
    assert notes.understood().endswith("9/10")
    assert notes_of("hello there").understood() == ""


@pytest.mark.parametrize(
    ("words", "wholly"),
    [
        ("Today. On Netflix.", True),
        ("Alien, 8/10", True),
        ("and then on Sunday", True),
        ("Alien was great", False),
        ("hello", False),
        ("", False),
    ],
)
def test_whether_there_is_a_word_that_was_not_read(notes_of, words, wholly):
    assert notes_of(words).is_read_wholly is wholly
