"""Who of the library running text names."""

import pytest

from tools import Library
from tools.people import people_mentions

NAMED = {
    "my average for Akira Kurosawa?": [("Akira Kurosawa", True)],
    "my average for kurosawa?": [("kurosawa", False)],
    "al pacino and ROBERT DE NIRO": [("al pacino", True), ("ROBERT DE NIRO", True)],
    "Kurosawa's films": [("Kurosawa's", False)],
    "toshiro mifune’s best": [("toshiro mifune’s", True)],
    "anything with Dan O'Bannon": [("Dan O'Bannon", True)],
    "JRR who? J.R.R. Tolkien": [("J.R.R. Tolkien", True)],
    "de palma or Del Toro": [("de palma", False), ("Del Toro", False)],
    "John W. Campbell": [("John W. Campbell", True)],
    "carrie anne moss, Carrie-Anne Moss": [("carrie anne moss", True), ("Carrie-Anne Moss", True)],
    "how long do i cook spaghetti": [],
    "something strong, black and wise": [],
    "Love it, young at heart": [],
    "anything by young": [("young", False)],
    "I like Ford and Cook": [("Ford", False), ("Cook", False)],
    "Akira, Anna and Robert": [],
    "thanks, good night!": [],
    "": [],
    "x'); DROP TABLE people; --": [],
}


@pytest.fixture
def said(library: Library) -> object:
    return {text: [(text[m.start : m.end], m.whole) for m in people_mentions(library, text)] for text in NAMED}


def test_names_are_found_in_running_text(said: object) -> None:
    assert said == NAMED


def test_a_shared_surname_may_mean_several(library: Library) -> None:
    (mention,) = people_mentions(library, "something by Wachowski")
    assert mention.names == ("Lana Wachowski", "Lilly Wachowski")


def test_a_whole_name_means_one_of_a_shared_surname(library: Library) -> None:
    (mention,) = people_mentions(library, "something by lana wachowski")
    assert mention.names == ("Lana Wachowski",)
