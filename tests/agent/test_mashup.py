"""Mashups: written by the model under a schema, streamed, held against the checks, kept with all their data."""

import json
import re
import threading

import pytest
from fake_ollama import Says

from agent import Text
from agent.mashup import Concept, Take, _flaw, attribute, mashup_messages, mashup_prefix, render
from store.titles import normalise
from tools.films import load_films

GOOD = {
    "title": "The Neon Orchard",
    "hero": "Mara Quist, a gardener of artificial trees",
    "logline": "In a city of endless rain a gardener of artificial trees learns that her fruit gives strangers "
    "memories of a world that never was.",
    "tone": "Melancholy and electric",
    "plot_points": [
        "Mara finds a fruit that hums with somebody's forgotten childhood and hides it from her employer.",
        "A stranger eats it and begins to see the seams of the streets, as if the rain were painted on.",
        "Hunters who burn false memories close in, and one of them tastes the fruit and lays down his arms.",
        "At dawn Mara must choose between waking the whole city and letting it dream on beneath the trees.",
    ],
    "takes": [
        {"source": "A", "takes": "rain, hunters and memories that may be false"},
        {"source": "B", "takes": "a painted world and the choice to wake up"},
    ],
}
WORDS = "mash up Blade Runner and The Matrix, darker"
CALL = ("mash_up", {"sources": ["Blade Runner", "The Matrix"], "direction": "darker"})


def written(**changed):
    return Says(json.dumps({**GOOD, **changed}))


@pytest.fixture(scope="module")
def films(read_library):
    return load_films(read_library, [read_library.titles.resolve(t).id for t in ("Blade Runner", "The Matrix")])


@pytest.fixture(scope="module")
def known(read_library):
    return {normalise(media.title) for media in read_library.titles.all()}


# The checks


def test_a_new_story_has_no_flaw(films, known):
    assert _flaw(Concept.model_validate(GOOD), films, known) is None


@pytest.mark.parametrize(
    "title", ["The Matrix", "Blade Runner", "the matrix!", "Blade Runners", "Casablanca", "Up"]
)
def test_a_title_that_exists_is_rejected(films, known, title):
    assert _flaw(Concept.model_validate({**GOOD, "title": title}), films, known) == "that title exists"


@pytest.mark.parametrize("name", ["Neo", "Deckard", "Trinity", "Morpheus", "Roy Batty", "Rachael"])
@pytest.mark.parametrize("place", ["hero", "logline", "plot_points"])
def test_a_character_of_a_source_is_rejected(films, known, name, place):
    value = (
        [*GOOD["plot_points"][:3], f"At last {name} walks away."]
        if place == "plot_points"
        else f"{name}, alone"
    )
    flaw = _flaw(Concept.model_validate({**GOOD, place: value}), films, known)
    assert flaw is not None and "belongs to" in flaw


@pytest.mark.parametrize("word", ["neon", "The", "agent"])
def test_a_common_word_is_no_character(films, known, word):
    assert _flaw(Concept.model_validate({**GOOD, "hero": f"{word} Quist"}), films, known) is None


def test_a_story_that_repeats_itself_is_rejected(films, known):
    points = [*GOOD["plot_points"][:3], GOOD["plot_points"][0].replace("finds", "found")]
    assert _flaw(Concept.model_validate({**GOOD, "plot_points": points}), films, known) == "it repeats itself"


def test_a_copied_sentence_is_rejected(films, known):
    sentence = max(re.split(r"(?<=[.!?])\s+", films[1].overview), key=len)
    anonymous = re.sub(r"\b[A-Z]\w+\b", lambda m: m[0] if m.start() == 0 else m[0].lower(), sentence)
    concept = Concept.model_validate({**GOOD, "logline": anonymous})
    flaw = _flaw(concept, films, known)
    assert flaw and "The Matrix" in flaw


# What the model gets


def test_the_prompt_tells_ingredients_without_names(films):
    *_, user = mashup_messages(films, "darker")
    text = user.text
    assert text.startswith("A (") and "\nB (" in text and text.endswith("Wish: darker.")
    for name in ("Deckard", "Neo", "Morpheus", "Blade Runner", "Matrix"):
        assert not re.search(rf"\b{name}\b", text), name


def test_the_beginning_of_its_prompt_is_constant(films):
    assert (
        mashup_messages(films, None)[:-1] == mashup_messages(films[::-1], "as a comedy")[:-1] == mashup_prefix()
    )


def test_the_examples_have_no_flaw_of_their_own(films, known):
    for message in mashup_prefix()[2::2]:
        assert _flaw(Concept.model_validate_json(message.text), films, known) is None


# What is shown


def test_an_unfinished_story_only_ever_grows(films):
    shown = ""
    whole = json.dumps(GOOD)
    from pydantic_core import from_json

    for end in range(2, len(whole) + 1, 3):
        text = render(Concept.model_validate(from_json(whole[:end], allow_partial="trailing-strings")))
        assert text.startswith(shown), (shown, text)
        shown = text
    assert shown[:20] in render(Concept.model_validate(GOOD))


def test_the_whole_story_as_the_user_reads_it():
    text = render(Concept.model_validate(GOOD))
    for part in (GOOD["title"], GOOD["logline"], GOOD["tone"], *GOOD["plot_points"]):
        assert part in text
    assert render(Concept(title="Neon", takes=[Take(source="A")])) == "Neon"


def test_takes_go_to_the_film_they_resemble(library, films):
    hunters = Take(source="B", takes="a burnt-out policeman hunting artificial humans in the rain")
    machines = Take(source="A", takes="a hacker who learns that the world is a simulation run by machines")
    assert attribute(library, films, [machines, hunters]) == [hunters, machines]
    assert attribute(library, films, [hunters, machines]) == [hunters, machines]
    assert attribute(library, films, [hunters]) == [hunters]


# Whole turns


def test_a_mashup_streams_and_is_kept_with_everything(talk):
    turn = talk.say(WORDS, CALL, written())
    assert turn.calls[0].error is None
    (row,) = talk.rows("SELECT * FROM mashups")
    sources = [str(talk.library.titles.resolve(title).id) for title in ("Blade Runner", "The Matrix")]
    assert (row["title"], row["logline"], row["tone"]) == (GOOD["title"], GOOD["logline"], GOOD["tone"])
    assert json.loads(row["plot_points"]) == GOOD["plot_points"]
    assert json.loads(row["source_media_ids"]) == sources
    assert [c["takes"] for c in json.loads(row["contributions"])] == [t["takes"] for t in GOOD["takes"]]
    assert (row["model_used"], row["user_query"]) == (
        "ollama/qwen2.5:3b",
        "Blade Runner and The Matrix, darker",
    )
    assert row["user_rating"] is None and row["generated_at"] is not None
    deltas = [event.delta for event in talk.events if isinstance(event, Text)]
    assert "From Blade Runner (1982): rain" in turn.reply and "From The Matrix (1999): a painted" in turn.reply
    assert len(deltas) > 10 and "".join(deltas) == turn.reply and "{" not in turn.reply
    assert turn.usage.model_calls == 2


def test_it_is_in_the_vector_index_with_its_metadata(talk):
    talk.say(WORDS, CALL, written())
    talk.library.vectors.catch_up()
    (row,) = talk.rows("SELECT * FROM mashups")
    chroma = talk.library.vectors._open("mashup_concepts")._collection
    stored = chroma.get(ids=[str(row["id"])], include=["metadatas", "documents"])
    metadata = stored["metadatas"][0]
    assert metadata["source_media_ids"] == json.loads(row["source_media_ids"])
    assert metadata["model_used"] == "ollama/qwen2.5:3b" and metadata["user_query"] == row["user_query"]
    assert "generated_at" in metadata
    assert GOOD["logline"] in stored["documents"][0]
    turn = talk.say(
        "what mashups about fruit and memory did we make?", ("find_mashups", {"query": "fruit and memory"})
    )
    assert turn.calls[0].result["mashups"][0]["title"] == GOOD["title"]


def test_a_flawed_first_try_gets_a_second(talk, model):
    turn = talk.say(WORDS, CALL, written(title="The Matrix"), written())
    assert [row["title"] for row in talk.rows("SELECT title FROM mashups")] == [GOOD["title"]]
    assert "Not quite (that title exists)" in turn.reply and talk.texts() == turn.reply
    assert turn.usage.model_calls == 3
    seeds = [body["options"].get("seed") for body in model.chats[1:]]
    assert seeds == [1, 2] and model.chats[1]["options"]["temperature"] > 0.5


def test_there_is_no_third_try(talk):
    turn = talk.say(WORDS, CALL, written(title="The Matrix"), written(title="Blade Runner"), written())
    assert turn.usage.model_calls == 3


def test_that_after_a_mashup_is_the_mashup(talk):
    talk.say(WORDS, CALL, written())
    talk.say("I give that a 7", ("log_review", {"rating": 7}))
    assert [float(row["user_rating"]) for row in talk.rows("SELECT user_rating FROM mashups")] == [7.0]
    assert talk.reviews() == []
    talk.say("undo that")
    talk.say("undo that")
    assert talk.rows("SELECT * FROM mashups") == []


def test_one_source_is_not_enough(talk):
    turn = talk.say("mash up Blade Runner", ("mash_up", {"sources": ["Blade Runner"]}))
    assert turn.reply and talk.rows("SELECT * FROM mashups") == []
    turn = talk.say("mash up Heat and Heat", ("mash_up", {"sources": ["Heat", "Heat"]}))
    assert talk.rows("SELECT * FROM mashups") == []


def test_a_source_that_is_not_there_is_said(talk):
    turn = talk.say("mash up Solaris and Heat", ("mash_up", {"sources": ["Solaris", "Heat"]}))
    assert "Solaris" in turn.reply and talk.rows("SELECT * FROM mashups") == []


def test_an_ambiguous_source_is_asked_and_the_answer_makes_the_mashup(talk):
    talk.library.add_media(title="The Thing", year=2011, genres=["horror"])
    asked = talk.say("mash up The Thing and Heat", ("mash_up", {"sources": ["The Thing", "Heat"]}))
    assert asked.question and "The Thing (2011)" in asked.question
    talk.say("the 1982 one", written())
    (row,) = talk.rows("SELECT * FROM mashups")
    sources = {str(talk.library.titles.resolve(title).id) for title in ("The Thing (1982)", "Heat")}
    assert set(json.loads(row["source_media_ids"])) == sources


def test_a_stop_while_it_is_written_keeps_nothing(talk, model):
    stop = threading.Event()
    model.script = [
        Says('[{"mash_up":{"sources":["Blade Runner","The Matrix"]}}]'),
        written(),
    ]
    talk.companion.backend()
    model.pace = 0.01
    for event in talk.companion.turn("one", WORDS, stop=stop):
        if event.kind == "text":
            stop.set()
    assert event.kind == "done" and "Stopped." in event.turn.reply and "went wrong" not in event.turn.reply
    assert talk.rows("SELECT * FROM mashups") == []
    model.pace = 0
    assert talk.say("rate Alien 8", ("log_review", {"title": "Alien", "rating": 8})).calls[0].result
