"""Which of the titles spoken of the words point at."""

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.notes import read_notes

EIGHTIES = [
    "Akira (1988)",
    "Aliens (1986)",
    "Back to the Future (1985)",
    "Blade Runner (1982)",
    "The Thing (1982)",
]
MEMORY = Memory(listed=EIGHTIES, focus=EIGHTIES)

ONE = {
    "I'd give the one by Scott a 9": "Blade Runner (1982)",
    "And the one by Cameron? Straight 10.": "Aliens (1986)",
    "plan the one starring Harrison Ford for friday": "Blade Runner (1982)",
    "the one that Carpenter directed": "The Thing (1982)",
    "it was the one Ridley Scott made": "Blade Runner (1982)",
    "what about the Zemeckis one": "Back to the Future (1985)",
    "that Cameron film was great": "Aliens (1986)",
    "Scott's gets a 9": "Blade Runner (1982)",
    "the movie with Michael J Fox": "Back to the Future (1985)",
    "the longest of those": "Aliens (1986)",
    "the shorter one, please": "The Thing (1982)",
    "the newest of them": "Akira (1988)",
    "the '85 one": "Back to the Future (1985)",
    "the one from 1986": "Aliens (1986)",
    "the anime one tomorrow": "Akira (1988)",
}


@pytest.mark.parametrize("words", ONE)
def test_the_one_of_a_list(notes_of, words):
    notes = notes_of(words, MEMORY)
    assert notes.points and notes.referent == ONE[words]


@pytest.mark.parametrize("words", ["the one by Kubrick", "give the Bogart one a 9", "the one from 1982"])
def test_what_no_one_of_a_list_is_like_means_none(notes_of, words):
    notes = notes_of(words, MEMORY)
    assert notes.refers and notes.referent is None and not notes.points


@pytest.mark.parametrize(
    "words",
    [
        "something by Cameron",
        "which of those is by Scott",
        "I like Cameron",
        "how long is a film by Scott",
        "a shorter film please",
        "the longest day of my life",
        "Scott's a genius",
    ],
)
def test_what_points_at_none(notes_of, words):
    assert not notes_of(words, MEMORY).points


SEVERAL = {
    "I own the first one and the last one": [EIGHTIES[0], EIGHTIES[4]],
    "the first and third tomorrow": [EIGHTIES[0], EIGHTIES[2]],
    "number 2, number 4 and number 5": [EIGHTIES[1], EIGHTIES[3], EIGHTIES[4]],
    "the first two I know by heart": [],
    "the first two, a 9 for both of them": EIGHTIES[:2],
    "I know the first two by heart": EIGHTIES[:2],
    "the first two episodes were slow": [],
    "the first one is a 7 and the second one a 9": [],
    "the first and the ninth": [],
    "the older two": ["Blade Runner (1982)", "The Thing (1982)"],
    "the first two on Sunday": EIGHTIES[:2],
    "give the last two an 8": EIGHTIES[3:],
    "the last two years were hard": [],
    "the first two I saw with Ben": [],
    "undo the last three changes": [],
}


@pytest.mark.parametrize("words", SEVERAL)
def test_several_of_a_list(notes_of, words):
    assert notes_of(words, MEMORY).referents == SEVERAL[words]


@pytest.mark.parametrize(
    ("words", "both"),
    [
        ("both an hour later please", True),
        ("both should start at 8", True),
        ("I own both films", True),
        ("both of us liked it", False),
        ("both kids were asleep", False),
        ("both a comedy and a drama", False),
    ],
)
def test_both(notes_of, words, both):
    two = EIGHTIES[:2]
    assert notes_of(words, Memory(listed=two, focus=two)).referents == (two if both else [])


@pytest.fixture
def flies(library):
    """A library with both films called The Fly."""
    library.add_media(title="The Fly", year=1958, directors=["Kurt Neumann"])
    library.add_media(title="The Fly", year=1986, directors=["David Cronenberg"])
    return library


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("and the other one gets a 9", "The Fly (1986)"),
        ("who made the newer one", "The Fly (1986)"),
        ("no, the one from the eighties", "The Fly (1986)"),
        ("the Cronenberg one", "The Fly (1986)"),
        ("how long is the original", "The Fly (1958)"),
    ],
)
def test_one_of_the_namesakes_of_what_was_spoken_of(flies, words, label):
    memory = Memory(focus=["The Fly (1958)", "Heat (1995)"], listed=["Up (2009)", "Her (2013)"])
    assert read_notes(words, flies, memory).referent == label


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("The old The Fly gets a 7", [1958]),
        ("The Fly, the older version", [1958]),
        ("The Fly, the remake", [1986]),
        ("the remake of The Fly", [1986]),
        ("the newer The Fly", [1986]),
        ("The Fly has earned a 9 from this old teacher", [1958, 1986]),
        ("my older sister loved The Fly", [1958, 1986]),
        ("The Fly, such original ideas", [1958, 1986]),
    ],
)
def test_an_age_tells_namesakes_apart_only_beside_the_title(flies, words, years):
    mentions = read_notes(words, flies, Memory()).titles
    assert sorted(media.year for mention in mentions for media in mention.media) == years


PRESETS = Memory(listed=["Date night", "Short sci-fi", "Slow evenings"], listed_kind="preset", focus=EIGHTIES)
MASHUPS = Memory(listed=["The Long Thaw", "Neon Laundry"], listed_kind="mashup", thing="The Long Thaw")


@pytest.mark.parametrize(
    ("words", "memory", "thing"),
    [
        ("make the second one the default", PRESETS, "Short sci-fi"),
        ("delete the last", PRESETS, "Slow evenings"),
        ("the sci-fi one, what does it suggest?", PRESETS, "Short sci-fi"),
        ("delete that night preset", PRESETS, "Date night"),
        ("the fourth one", PRESETS, ""),
        ("what is the film like", PRESETS, ""),
        ("bin the other one", MASHUPS, "Neon Laundry"),
        ("the second one", MEMORY, ""),
        ("an 8 for the other one", MASHUPS, "Neon Laundry"),
    ],
)
def test_presets_fields_and_mashups_are_lists_too(notes_of, words, memory, thing):
    notes = notes_of(words, memory)
    assert notes.thing == thing
    assert not thing or notes.says(thing)


def test_the_names_of_presets_are_no_titles(notes_of):
    notes = notes_of("delete the second one", PRESETS)
    assert notes.refers and not notes.points and notes.referent is None


@pytest.mark.parametrize(
    ("words", "field", "ratings"),
    [
        ("the second one should only have a 6", "Cosiness", 0),
        ("set the last one to 6", "Cosiness", 0),
        ("I'd rate the second one 9", "", 1),
        ("the second one should get 4 out of 5 stars", "", 1),
        ("is the second one 90 minutes?", "", 0),
        ("put the second one on for Sunday at 8", "", 0),
    ],
)
def test_a_figure_of_a_list_that_a_field_was_asked_for_is_one_of_the_field(notes_of, words, field, ratings):
    asked = Call(tool="filter_by_field", args={"field": "Cosiness", "minimum": 8})
    notes = notes_of(words, MEMORY.model_copy(update={"last_question": asked, "last_tool": asked.tool}))
    assert (notes.thing, len(notes.ratings)) == (field, ratings)


@pytest.mark.parametrize(
    ("words", "wholly"),
    [("and the last one", True), ("the last one too long", False), ("the ninth one", False)],
)
def test_a_pointer_alone_is_read_wholly(notes_of, words, wholly):
    assert notes_of(words, MEMORY).is_read_wholly == wholly


@pytest.mark.parametrize(
    ("words", "spoken_of", "meant"),
    [
        ("and the sequel the day after", "Blade Runner (1982)", "Blade Runner 2049 (2017)"),
        ("how long is the follow-up?", "Alien (1979)", "Aliens (1986)"),
        ("rate the sequel 8", "Heat (1995)", None),
        ("did I see the prequel", "Alien (1979)", None),
    ],
)
def test_a_sequel_is_the_next_title_of_the_same_beginning(notes_of, words, spoken_of, meant):
    notes = notes_of(words, Memory(focus=[spoken_of]))
    assert notes.referent == meant and notes.refers
