"""Another take of the last mashup, and the direction that words give one."""

import shutil

import pytest

from agent.another_take import read_another_take, read_direction
from agent.memory import Memory
from agent.notes import read_notes
from store.errors import NeedsConfirmation
from store.settings import Settings
from tools import open_library

DIRECTIONS = {
    "mash up Heat and Up, darker": "darker",
    "mash up Heat and Up but darker": "darker",
    "mash up Heat and Up as a comedy": "as a comedy",
    "Mash up Heat and Up as a musical, please": "as a musical",
    "mash up Heat and Up for children": "for children",
    "mash up Heat and Up for my kids": "for my kids",
    "a mashup of Heat and Up for the whole family": "for the whole family",
    "mash up Heat and Up set in space": "set in space",
    "mash up Heat and Up, set in Victorian London": "set in victorian london",
    "mash up Heat and Up in the style of a western": "in the style of a western",
    "blend Heat and Up into something funnier": "funnier",
    "mash up Heat and Up, much funnier and less violent": "much funnier and less violent",
    "mash up Heat and Up but more romantic": "more romantic",
    "mash up Heat and Up as a romantic comedy": "as a romantic comedy",
    "mash up Heat and Up as a silent film": "as a silent film",
    "mash up Heat and Up like a fairy tale": "like a fairy tale",
    "mash up Heat and Up with a happy ending": "with a happy ending",
    "mash up Heat and Up without any violence": "without any violence",
    "mash up Heat and Up, darker, as a heist film": "darker, as a heist film",
    "again but darker": "darker",
    "make it a musical": "as a musical",
    "make it scarier": "scarier",
    "turn it into a space opera": "as a space opera",
    "another take, a bit lighter": "a bit lighter",
    "give me a funny version": "funny",
    "mash up Heat and Up in the 1920s": "in the 1920s",
    "mash up Heat and Up in outer space": "in outer space",
    "mash up Heat and Up for teenagers and with more jokes": "for teenagers and with more jokes",
    "mash up Heat and Up as science fiction": "as science fiction",
    "mash up Heat and Up, sadder this time": "sadder",
    "one more, but less dark please": "less dark",
    "mash up Heat and Up for Halloween": "for halloween",
}
NONE = [
    "mash up Heat and Up",
    "mash up Heat and Up please",
    "what if Heat met Up",
    "another take",
    "try another one",
    "mash up Heat with Up and Alien",
    "combine Heat and Up for me",
]


@pytest.mark.parametrize(("words", "direction"), DIRECTIONS.items())
def test_a_direction_is_read(read_library, words, direction):
    assert read_direction(read_notes(words, read_library, Memory()).without_titles()) == direction


@pytest.mark.parametrize("words", NONE)
def test_no_direction_is_invented(read_library, words):
    assert read_direction(read_notes(words, read_library, Memory()).without_titles()) is None


AFTER_A_MASHUP = Memory(focus=["Heat (1995)", "Up (2009)"], focus_kind="mashup", last_tool="mash_up")


@pytest.fixture(scope="module")
def mashed(seeded_home, tmp_path_factory):
    """A library with one mashup, for tests that only read."""
    home = tmp_path_factory.mktemp("mashed") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home)) as library:
        library.create_mashup(
            sources=["Heat", "Up"],
            title="Slow Balloons",
            logline="A robber floats.",
            plot_points=["A", "B", "C"],
        )
        yield library


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("another take", None),
        ("Another take, please!", None),
        ("give me another take", None),
        ("again", None),
        ("once more", None),
        ("try another", None),
        ("try again", None),
        ("another one", None),
        ("again but darker", "darker"),
        ("do it again as a comedy", "as a comedy"),
        ("ok, one more, for children", "for children"),
        ("a different take, set in space", "set in space"),
        ("make it funnier", "funnier"),
        ("darker", "darker"),
        ("now darker please", "darker"),
        ("turn it into a musical", "as a musical"),
        ("mash them up again", None),
        ("remix", None),
        ("same two again", None),
    ],
)
def test_another_take_is_of_the_same_sources(mashed, words, direction):
    wanted = {"sources": ["Heat (1995)", "Up (2009)"]} | ({"direction": direction} if direction else {})
    assert read_another_take(words, mashed, AFTER_A_MASHUP) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "I watched it again",
        "watch Heat again on Friday",
        "recommend me something darker",
        "find another film like that",
        "I give that a 7",
        "undo that",
        "what mashups did we make?",
        "schedule it for Friday at 8pm",
        "delete that mashup",
        "thanks, that was funny",
    ],
)
def test_other_wishes_are_no_other_take(mashed, words):
    assert read_another_take(words, mashed, AFTER_A_MASHUP) is None


@pytest.mark.parametrize("words", ["again", "try another", "darker", "another one", "make it funnier"])
def test_without_a_mashup_spoken_of_again_means_something_else(mashed, words):
    assert read_another_take(words, mashed, Memory(focus=["Heat (1995)"])) is None


def test_another_take_says_what_is_meant_even_later(mashed):
    taken = read_another_take("another take on the mashup", mashed, Memory(focus=["Alien (1979)"]))
    assert taken == {"sources": ["Heat (1995)", "Up (2009)"]}


def test_with_titles_of_its_own_it_is_another_mashup(mashed):
    assert read_another_take("another take on Alien and Up", mashed, AFTER_A_MASHUP, titles=2) is None


def test_without_any_mashup_there_is_none_to_take_again(library):
    assert read_another_take("another take", library, AFTER_A_MASHUP) is None


def test_a_direction_holds_until_another_is_given(library):
    library.create_mashup(
        sources=["Heat", "Up"], title="Slow", logline="A.", plot_points=["A", "B", "C"], tone="darker"
    )
    assert read_another_take("another take", library, AFTER_A_MASHUP)["direction"] == "darker"
    assert (
        read_another_take("another take, for children", library, AFTER_A_MASHUP)["direction"] == "for children"
    )


def test_the_newest_mashup_is_the_one_taken_again(library):
    for sources in (["Heat", "Up"], ["Alien", "Heat", "Her"]):
        library.create_mashup(sources=sources, title="X", logline="Y.", plot_points=["A", "B", "C"])
    assert read_another_take("another take", library, AFTER_A_MASHUP)["sources"] == [
        "Alien (1979)",
        "Heat (1995)",
        "Her (2013)",
    ]


def test_a_source_that_is_gone_cannot_be_taken_again(library):
    library.create_mashup(sources=["Heat", "Up"], title="X", logline="Y.", plot_points=["A", "B", "C"])
    with pytest.raises(NeedsConfirmation) as asked:
        library.delete_media(title="Heat")
    library.delete_media(title="Heat", confirm=asked.value.token)
    assert read_another_take("another take", library, AFTER_A_MASHUP) is None
