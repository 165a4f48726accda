"""What code finds wrong with a line of a mashup."""

import pytest

from agent.mashup_checks import echoes, repeats, uses
from agent.mashup_writer import checks_for
from tools.films import load_films

LINE = "Mara finds a fruit that hums with somebody's forgotten childhood and hides it from her employer."


@pytest.fixture(scope="module")
def checks(read_library):
    titles = ("Blade Runner", "The Matrix")
    return checks_for(
        read_library, load_films(read_library, [read_library.titles.resolve(t).id for t in titles])
    )


def said(flaw):
    return flaw.words if flaw else None


def test_a_line_of_its_own_has_no_flaw(checks):
    assert checks.of_line(LINE, ["A stranger eats it and begins to see the seams of the streets."]) is None


@pytest.mark.parametrize(
    "title", ["The Matrix", "the matrix!", "Blade Runners", "Casablanca", "Up", "blade runner"]
)
def test_a_title_that_exists_is_rejected(checks, title):
    assert said(checks.of_title(title)) == "that title exists"


def test_the_title_of_an_example_or_of_an_earlier_mashup_exists(library):
    library.create_mashup(
        sources=["Heat", "Up"], title="Slow Balloons", logline="A.", plot_points=["A", "B", "C"]
    )
    checks = checks_for(library, load_films(library, [library.titles.resolve("Alien").id]))
    for title in ("Slow Balloons", "The Kindness of Tides"):
        assert said(checks.of_title(title)) == "that title exists"


@pytest.mark.parametrize("title", ["The Neon Orchard", "Rain for Sleepers", "Four Years Awake"])
def test_a_new_title_has_no_flaw(checks, title):
    assert checks.of_title(title) is None


@pytest.mark.parametrize("name", ["Neo", "Deckard", "Trinity", "Morpheus", "Roy Batty", "Rachael"])
def test_a_character_of_a_source_is_rejected(checks, name):
    assert "belongs to" in said(checks.of_line(f"At last {name} walks away into the rain.", []))
    assert "belongs to" in said(checks.of_title(f"{name} Returns"))


@pytest.mark.parametrize("name", ["Odile", "Teo", "Pia", "Ruben"])
def test_a_hero_of_an_example_is_rejected(checks, name):
    assert (
        said(checks.of_line(f"At last {name} walks away into the rain.", [])) == f"{name} belongs to an example"
    )


@pytest.mark.parametrize("word", ["neon", "The neon", "An agent of the city", "Mr. Quist"])
def test_a_common_word_is_no_character(checks, word):
    assert checks.of_line(f"{word} hums in the rain.", []) is None


def test_words_copied_from_a_source_are_rejected(checks):
    copied = "Mara must unlearn the rules of the simulation and decide whether to go home."
    assert said(checks.of_line(copied, [])) == "it copies The Matrix"


@pytest.mark.parametrize(
    "copied",
    [
        "Mara crashes into the horse trough on her first day, and nobody helps her.",
        "Mara can read the letters, or keep tuning and hear them all for ever.",
    ],
)
def test_words_copied_from_an_example_are_rejected(checks, copied):
    assert said(checks.of_line(copied, [])) == "it copies an example"


@pytest.mark.parametrize(
    "line",
    [
        "Mara walks through the网络 and finds nobody.",
        "Mara walks on. {'title': 'The Cycle'}.",
        "Mara walks on for a time of 읽 hours.",
    ],
)
def test_what_is_not_english_is_rejected(checks, line):
    assert said(checks.of_line(line, [])) == "a line is not English"


@pytest.mark.parametrize("line", ["Élodie walks to the café – and waits…", "“Mara,” he says, “it’s late.”"])
def test_accents_and_quotation_marks_are_english(checks, line):
    assert said(checks.of_line(line, [])) in (None, "a line is not finished")


@pytest.mark.parametrize("line", ["Mara finds a fruit and hides it from her ex-p", "Mara finds a fruit,"])
def test_a_line_without_an_end_is_rejected(checks, line):
    assert said(checks.of_line(line, [])) == "a line is not finished"


@pytest.mark.parametrize(
    ("line", "before"),
    [
        (LINE, [LINE.replace("finds", "found")]),
        ("But her employer finds a fruit that hums with somebody's forgotten childhood.", [LINE]),
        ("The rain falls on the city and the rain falls on the city until the rain falls.", []),
    ],
)
def test_a_line_that_says_it_again_is_rejected(checks, line, before):
    assert repeats(line, before)
    assert said(checks.of_line(line, before)) == "it repeats itself"


@pytest.mark.parametrize(
    ("thing", "line", "used"),
    [
        ("letters nobody signs", "All summer unsigned letters arrive.", True),
        ("a parade of broken toys", "Broken toys walk down the street.", True),
        ("officials who deny everything", "But the official denied that it burned.", True),
        ("a promise to a dead wife", "He had promised his wife a garden.", True),
        ("a talking cat", "The dog barks at the moon.", False),
        ("a box delivered in the desert", "Nobody opens the letter that came.", False),
    ],
)
def test_a_thing_is_used_when_its_telling_words_are_said(checks, thing, line, used):
    assert uses(line, thing) is used
    assert (checks.of_line(line, [], thing) is None) is used


def test_a_borrowed_name_is_worse_than_a_missing_thing(checks):
    missing = checks.of_line("The dog barks at the moon.", [], "a talking cat")
    borrowed = checks.of_line("Deckard barks at the moon.", [])
    assert borrowed.weight > missing.weight


def test_three_words_of_an_earlier_line_are_an_echo():
    assert echoes("She wears the shop owner's dress again.", ["He sold the shop owner's dress."]) == 2
    assert echoes("She flies.", ["He sold the shop owner's dress."]) == 0
