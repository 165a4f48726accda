"""Mashups: cast by code, written line by line, each line shown when it has passed, kept with all their data."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from fake_ollama import Says

from agent.choice import Stopped, TurnContext
from agent.mashup import write_mashup
from agent.mashup_casting import cast
from agent.mashup_ingredients import written_ingredients
from agent.mashup_writer import Line, Opening, checks_for, line_schema, mashup_prefix, opening_schema
from agent.prompt import compact, read_data
from store.errors import Invalid, Unavailable
from store.titles import normalise
from tools.films import load_films

PAIR = ("Blade Runner", "The Matrix")
WORDS = "mash up Blade Runner and The Matrix"


def films_of(library, *titles):
    return load_films(library, [library.titles.resolve(title).id for title in titles])


def casting_of(library, *titles, take=0):
    return cast([(film, written_ingredients(film)) for film in films_of(library, *titles)], take)


THEN = (
    "an artificial worker asks for four more years, and only the machines that farm sleeping people have them."
)


def opening(then=THEN, title="The Four-Year Patch"):
    return Says(compact(Opening(then=then, title=title).model_dump()))


def line(text):
    return Says(compact(Line(line=text).model_dump()))


class Shown(TurnContext):
    """A turn that notes what it shows, and how many replies the model had given by then."""

    def __init__(self, model):
        super().__init__()
        self.pieces = []
        self.model = model

    def emit(self, delta):
        self.streamed += delta
        self.pieces.append((delta, len(self.model.chats)))


@pytest.fixture
def shown(model):
    return Shown(model)


@pytest.fixture
def write(talk, model, shown):
    """Writes a mashup of the pair with these replies of the model."""

    def run(*replies, sources=PAIR, direction=None):
        backend = talk.companion.backend()
        model.script = list(replies)
        return write_mashup(talk.library, backend, shown, list(sources), direction)

    return run


@pytest.fixture
def casting(talk):
    """The first take's."""
    return casting_of(talk.library, *PAIR)


@pytest.fixture
def lines(casting):
    """Three lines without a flaw, good enough to need no further try."""
    (first, _), (second, _) = casting.things
    third, other = casting.spare[0][0], casting.spare[1][0]
    name = casting.first_name
    return [
        f"{name} hacks the neon city by night and finds {first} in every sleeping artificial worker.",
        f"But the hunted workers know {second}, and the programmer is one of those the machines have farmed.",
        f"{name} can wake the simulated people in the rain for {third}, or hack {other} with a worker.",
    ]


@pytest.fixture
def story(lines):
    """The replies of one mashup without a flaw."""
    return [opening(), *map(line, lines)]


# Casting


def test_two_sources_give_the_world_the_hero_and_a_thing_each(read_library):
    casting = casting_of(read_library, *PAIR)
    runner, matrix = (written_ingredients(film) for film in casting.films)
    assert [film.title for film in casting.films] == list(PAIR)
    assert runner.world in casting.ask_opening(None) and matrix.hero in casting.ask_opening(None)
    assert [given for _, given in casting.things] == [0, 1]
    assert casting.things[0][0] in runner.things and casting.things[1][0] in matrix.things
    assert casting.things[1][0] in casting.ask_step(1)


def test_a_source_can_give_the_last_step_its_thing(read_library):
    casting = casting_of(read_library, *PAIR)
    lent = casting.lend(1)
    assert set(written_ingredients(casting.films[1]).things) == {lent.things[1][0], lent.things[2][0]}
    assert lent.things[2][0] in lent.ask_step(2) and lent.things[2][0] in lent.takes()[1].takes
    assert len(casting.things) == 2 and casting.spare[1] and not lent.spare[1]


@pytest.mark.parametrize(
    "titles",
    [
        ["Heat", "Up"],
        ["Heat", "Up", "Alien"],
        ["Heat", "Up", "Alien", "Her"],
        ["Heat", "Up", "Alien", "Her", "Akira"],
    ],
    ids=len,
)
@pytest.mark.parametrize("take", range(6))
def test_every_source_gives_something_that_the_story_must_use(read_library, titles, take):
    casting = casting_of(read_library, *titles, take=take)
    asked = " ".join([casting.ask_opening(None), *map(casting.ask_step, range(len(casting.things)))])
    for taken in casting.takes():
        assert taken.takes
        for part in taken.takes.split("; "):
            assert part in asked
    assert {taken.title.partition(" (")[0] for taken in casting.takes()} == set(titles)


def test_another_take_turns_the_roles_and_the_dice(read_library):
    takes = [casting_of(read_library, "Heat", "Up", take=take) for take in range(4)]
    assert [casting.films[0].title for casting in takes] == ["Heat", "Up", "Heat", "Up"]
    assert len({casting.hero for casting in takes}) == 4
    assert all(one.ask_opening(None) != other.ask_opening(None) for one, other in pairwise(takes))


def test_a_take_is_cast_alike_each_time(read_library):
    assert casting_of(read_library, "Heat", "Up") == casting_of(read_library, "Heat", "Up")


def test_the_hero_bears_no_name_of_the_sources(read_library):
    for take in range(60):
        casting = casting_of(read_library, "Breaking Bad", "The Girl with the Dragon Tattoo", take=take)
        names = checks_for(read_library, casting.films).names
        assert not set(casting.hero.split()) & set(names)


# What the model gets


def test_the_prompt_tells_neither_titles_nor_names(read_library):
    casting = casting_of(read_library, *PAIR)
    told = " ".join([casting.ask_opening("darker"), *map(casting.ask_step, range(2))])
    assert "(darker)" in told
    for name in ("Deckard", "Neo", "Morpheus", "Blade Runner", "Matrix"):
        assert not re.search(rf"\b{name}\b", told), name


def test_the_examples_have_no_flaw_of_their_own(read_library):
    """Held against the checks without themselves."""
    checks = checks_for(read_library, films_of(read_library, "Heat", "Up"))
    titles = frozenset(normalise(media.title) for media in read_library.titles.all())
    checks = replace(checks, taken=titles, examples=(), names={})
    for story in read_data("mashup.yaml")["writing"]:
        said = []
        for example in story:
            text = example["answer"].get("then") or example["answer"]["line"]
            assert checks.of_line(text, said) is None, text
            said.append(text)
        assert checks.of_title(story[0]["answer"]["title"]) is None


def test_an_example_begins_as_the_schema_makes_a_line_begin():
    for story in read_data("mashup.yaml")["writing"]:
        name = story[0]["ask"].removeprefix("Write: ").partition(" ")[0]
        for step, example in enumerate(story[1:]):
            pattern = line_schema(step, name)["properties"]["line"]["pattern"]
            assert re.search(pattern, example["answer"]["line"]), example
        limits = opening_schema()["properties"]["then"]
        assert limits["minLength"] <= len(story[0]["answer"]["then"]) <= limits["maxLength"]


# Writing


def test_the_beginning_of_its_prompt_is_what_was_warmed(write, model, story):
    write(*story)
    wanted = [message.text for message in mashup_prefix()]
    for body in model.chats:
        assert [message["content"] for message in body["messages"]][: len(wanted)] == wanted


def test_a_mashup_is_shown_and_kept_with_everything(talk, write, casting, story, lines, shown):
    result = write(*story, direction="darker")
    (row,) = talk.rows("SELECT * FROM mashups")
    sources = [str(talk.library.titles.resolve(title).id) for title in PAIR]
    assert row["title"] == "The Four-Year Patch" and row["tone"] == "darker"
    begins = f"{casting.hero}, a programmer who hacks by night, {casting.arrives} in a rainy neon city"
    assert row["logline"].startswith(begins) and row["logline"].endswith(THEN)
    assert json.loads(row["plot_points"]) == lines
    assert json.loads(row["source_media_ids"]) == sources
    kept = json.loads(row["contributions"])
    assert kept in [[taken.model_dump() for taken in casting.lend(last).takes()] for last in (0, 1)]
    assert (row["model_used"], row["user_query"]) == (
        "ollama/qwen2.5:3b",
        "Blade Runner and The Matrix, darker",
    )
    assert row["user_rating"] is None and row["generated_at"] is not None
    assert result.summary == shown.streamed.strip()
    for part in (row["title"], row["logline"], *lines):
        assert part in result.summary
    for taken in casting.takes():
        assert f"From {taken.title}: {taken.takes}." in result.summary
    (last,) = re.findall(r"And from (.*): (.*)\.$", result.summary)
    assert any(taken["title"] == last[0] and taken["takes"].endswith(f"; {last[1]}") for taken in kept)


def test_what_comes_from_which_source_is_shown_before_the_model_has_written(write, shown, story):
    write(*story)
    assert shown.pieces[0][0].startswith("From Blade Runner (1982): ")
    # The takes, title with logline, every line when it has passed, and what was taken for the last of them.
    assert [replies for _, replies in shown.pieces] == [0, 1, 2, 3, 4, 4]


def test_the_source_that_the_story_leans_on_least_gives_the_last_thing(
    talk, write, lines, casting, monkeypatch
):
    monkeypatch.setattr("agent.mashup_writer._GOOD", (1.0,) * 4)
    monkeypatch.setattr("agent.mashup_writer._FAIR", (-1.0,) * 4)
    name = casting.first_name
    rain = opening("the artificial workers are hunted through the neon rain of the city for four years.")
    first = line(
        f"{name} finds {casting.things[0][0]} in the hunted artificial workers of the rainy neon city."
    )
    second = line(f"But the workers of the rain sell {casting.things[1][0]} to the hunters in the neon city.")
    write(*[rain] * 2, *[first] * 2, *[second] * 2, *[line(lines[2])] * 2)
    (row,) = talk.rows("SELECT contributions FROM mashups")
    assert json.loads(row["contributions"])[1]["takes"].endswith(f"; {casting.spare[1][0]}")


def test_the_direction_is_told_to_the_model(write, model, story):
    write(*story, direction="as a comedy")
    assert model.chats[0]["messages"][-1]["content"].endswith("Then (as a comedy)")


def test_a_flawed_try_is_never_shown(talk, write, story, lines, casting, shown):
    stolen = f"{casting.first_name} meets Deckard in the rain and they talk about {casting.things[0][0]}."
    write(opening(title="The Matrix"), story[0], line(stolen), *story[1:])
    (row,) = talk.rows("SELECT * FROM mashups")
    assert row["title"] == "The Four-Year Patch" and json.loads(row["plot_points"]) == lines
    assert "Deckard" not in shown.streamed and "Not everything" not in shown.streamed


def test_every_try_has_its_own_dice(write, model, story):
    write(opening(title="Blade Runner"), *story)
    seeds = [body["options"]["seed"] for body in model.chats]
    assert len(set(seeds)) == len(seeds) == 5
    assert all(body["options"]["temperature"] > 0.5 for body in model.chats)


def test_words_that_are_said_again_are_hardly_held_back(write, model, story):
    """A strong penalty takes commas and articles away from prose of several lines."""
    write(*story)
    assert all(0 < body["options"]["frequency_penalty"] <= 0.2 for body in model.chats)


def test_a_last_thing_that_no_try_used_is_not_claimed(talk, write, story, shown, casting):
    last = line(
        f"{casting.first_name} can wake the simulated people in the rain, or hunt the artificial workers."
    )
    write(*story[:3], *[last] * 5)
    (row,) = talk.rows("SELECT contributions FROM mashups")
    assert json.loads(row["contributions"]) == [taken.model_dump() for taken in casting.takes()]
    assert "And from" not in shown.streamed and "Not everything" not in shown.streamed


def test_of_openings_without_a_flaw_the_most_even_is_kept(talk, write, story):
    far = opening("the weather turns and nobody in the family remembers the recipe for soup.", "Soup")
    near = opening("an artificial worker hacks the rain that hides the hunters at night.", "Rainmaker")
    write(far, near, *story[1:])
    assert [row["title"] for row in talk.rows("SELECT title FROM mashups")] == ["Rainmaker"]


def test_when_no_try_passes_the_least_flawed_is_kept_and_said(talk, write, story, casting, shown):
    name = casting.first_name
    without = line(f"{name} walks home through the wet streets and hums a tune that nobody taught her.")
    stolen = line(f"{name} walks home and meets Deckard and Rachael, who hum a tune that nobody taught them.")
    write(story[0], stolen, stolen, without, stolen, stolen, *story[2:])
    (row,) = talk.rows("SELECT * FROM mashups")
    assert "hums a tune" in json.loads(row["plot_points"])[0] and "Deckard" not in shown.streamed
    assert f"Not everything worked: “{casting.things[0][0]}” is missing." in shown.streamed


def test_a_try_that_comes_to_no_end_is_one_more_try(talk, write, story):
    endless = Says('{"then":"and then and then and then', reason="length")
    write(endless, *story)
    assert talk.rows("SELECT title FROM mashups") == [{"title": "The Four-Year Patch"}]


def test_what_cannot_be_read_is_not_kept(talk, write):
    with pytest.raises(Unavailable, match="could not be read"):
        write(Says("Once upon a time"))
    assert talk.rows("SELECT * FROM mashups") == []


def test_an_undone_take_is_not_written_again(talk, write, model, story):
    write(*story)
    first = model.chats[0]["options"]["seed"]
    talk.library.undo()
    assert talk.rows("SELECT * FROM mashups") == []
    model.chats.clear()
    with pytest.raises(Unavailable):
        write(Says("no"))
    assert model.chats[0]["options"]["seed"] != first
    assert "burnt-out police officer" in model.chats[0]["messages"][-1]["content"]


def test_a_stop_while_it_is_written_keeps_nothing(talk, write, shown, story):
    emit = shown.emit

    def stop(delta):
        emit(delta)
        shown.stop.set()

    shown.emit = stop
    with pytest.raises(Stopped):
        write(*story)
    assert talk.rows("SELECT * FROM mashups") == []


@pytest.mark.parametrize("sources", [["Heat"], ["Heat", "Heat"], ["Heat", "Up", "Alien", "Her", "Akira", "Us"]])
def test_fewer_than_two_sources_or_more_than_five_are_refused(talk, write, sources):
    with pytest.raises(Invalid, match="different titles"):
        write(sources=sources)
    assert talk.rows("SELECT * FROM mashups") == []


OWN = {
    "world": "in a dying port where the lighthouse must not go out",
    "hero": "a nurse who never sleeps",
    "things": ["a lamp that sees", "a ship without a crew"],
}


def test_a_title_of_the_users_own_is_read_by_the_model_once(talk, write, model, shown):
    overview = "A nurse keeps the lighthouse of a dying port."
    talk.library.add_media(title="Harbour Lights", year=2020, genres=["drama"], overview=overview)
    for replies in ([Says(compact(OWN)), Says("no")], [Says("no")]):
        with pytest.raises(Unavailable):
            write(*replies, sources=["Harbour Lights", "Heat"])
    asked = [body["messages"][-1]["content"] for body in model.chats]
    assert [overview in text for text in asked] == [True, False, False]
    assert "From Harbour Lights (2020): a dying port where the lighthouse must not go out; " in shown.streamed


# Whole turns


def test_a_turn_shows_what_it_keeps(talk, story, lines):
    turn = talk.say(WORDS, *story)
    assert turn.calls[0].error is None and talk.texts() == turn.reply
    assert all(text in turn.reply for text in lines) and "{" not in turn.reply
    assert turn.usage.model_calls == 4


def test_it_is_in_the_vector_index_with_its_metadata(talk, story):
    talk.say(WORDS, *story)
    talk.library.vectors.catch_up()
    (row,) = talk.rows("SELECT * FROM mashups")
    chroma = talk.library.vectors._open("mashup_concepts")._collection
    stored = chroma.get(ids=[str(row["id"])], include=["metadatas", "documents"])
    metadata = stored["metadatas"][0]
    assert metadata["source_media_ids"] == json.loads(row["source_media_ids"])
    assert metadata["model_used"] == "ollama/qwen2.5:3b" and metadata["user_query"] == row["user_query"]
    assert "generated_at" in metadata
    assert row["logline"] in stored["documents"][0]


def test_that_after_a_mashup_is_the_mashup(talk, story):
    talk.say(WORDS, *story)
    talk.say("I give that a 7", ("log_review", {"rating": 7}))
    assert [float(row["user_rating"]) for row in talk.rows("SELECT user_rating FROM mashups")] == [7.0]
    assert talk.reviews() == []
    talk.say("undo that")
    talk.say("undo that")
    assert talk.rows("SELECT * FROM mashups") == []


def test_a_source_that_is_not_there_is_said(talk):
    turn = talk.say("mash up Solaris and Heat", ("mash_up", {"sources": ["Solaris", "Heat"]}))
    assert "Solaris" in turn.reply and talk.rows("SELECT * FROM mashups") == []


def test_an_ambiguous_source_is_asked_and_the_answer_makes_the_mashup(talk):
    talk.library.add_media(title="The Thing", year=2011, genres=["horror"])
    asked = talk.say("mash up The Thing and Heat")
    assert asked.question and "The Thing (2011)" in asked.question
    casting = casting_of(talk.library, "The Thing (1982)", "Heat")
    (dog, _), (cup, _) = casting.things
    spare = f"{casting.spare[0][0]} and {casting.spare[1][0]}"
    talk.say(
        "the 1982 one",
        opening(
            "a disciplined robber hides the loot at the research station, and any impostor may have it.", "Ice"
        ),
        line(f"Somebody at the station in the ice brings {dog} to a robber who trusts no impostor."),
        line(f"But the disciplined robber shares {cup} with an impostor of the station."),
        line(f"Walk away from the research camp like a disciplined robber, or stay for {spare}."),
    )
    (row,) = talk.rows("SELECT * FROM mashups")
    sources = {str(talk.library.titles.resolve(title).id) for title in ("The Thing (1982)", "Heat")}
    assert set(json.loads(row["source_media_ids"])) == sources


def test_a_line_that_leaves_a_source_behind_is_tried_again(talk, write, model, story, monkeypatch):
    monkeypatch.setattr("agent.mashup_writer._GOOD", (-1.0, -1.0, -1.0, 1.0))
    monkeypatch.setattr("agent.mashup_writer._FAIR", (-1.0, -1.0, -1.0, 1.0))
    write(*story, *[story[-1]] * 4)
    assert len(model.chats) == 3 + 5 and talk.rows("SELECT count(*) AS n FROM mashups") == [{"n": 1}]
