"""What titles lend: the seeded ones as written, the user's own as the model reads them."""

import re

import numpy
import pytest

from agent.mashup_ingredients import (
    Ingredients,
    character_names,
    ingredients_schema,
    summary,
    tidy,
    written_ingredients,
)
from agent.prompt import read_data
from tools.films import Film, load_films


@pytest.fixture(scope="module")
def seeded(read_library):
    return load_films(read_library, [media.id for media in read_library.titles.all()])


def lent(film):
    given = written_ingredients(film)
    return ". ".join([given.place, given.hero, *given.things])


def test_every_seeded_title_lends_something_and_nothing_else_does(seeded):
    assert set(read_data("mashup_ingredients.yaml")) == {film.label for film in seeded}


def test_a_world_stands_after_a_verb_and_a_hero_after_a_name(seeded):
    for film in seeded:
        given = written_ingredients(film)
        assert re.match(r"(?:in|on|at) \S", given.world), film.label
        assert re.match(r"an? \S", given.hero), film.label
        for text in (given.world, given.hero, *given.things):
            assert not text.endswith(".") and len(text.split()) <= 16, text


def test_nothing_lent_tells_a_name(seeded):
    for film in seeded:
        names = [name for name in character_names(film) if re.search(rf"\b{re.escape(name)}\b", lent(film))]
        assert not names, (film.label, names)


def test_what_a_title_lends_is_told_by_its_own_overview(read_library, seeded):
    """By meaning its own overview is the nearest of a hundred, or among the nearest few."""
    vectors = numpy.array(read_library.vectors.embed([lent(f) for f in seeded] + [f.overview for f in seeded]))
    near = vectors[: len(seeded)] @ vectors[len(seeded) :].T
    places = (near > near.diagonal()[:, None]).sum(axis=1)
    assert not [film.label for film, place in zip(seeded, places, strict=True) if place > 4]
    assert (places == 0).sum() >= 88


def test_a_title_of_the_users_own_lends_nothing_written(seeded):
    own = seeded[0].model_copy(update={"title": "Harbour Lights"})
    assert written_ingredients(own) is None


def test_a_place_is_the_world_without_its_preposition():
    given = Ingredients(world="on a train that never stops", hero="a tuner", things=["a", "b"])
    assert given.place == "a train that never stops"


@pytest.mark.parametrize("title", ["Blade Runner", "Casablanca", "Death Note", "The Third Man"])
def test_the_model_reads_a_title_without_its_names(seeded, title):
    film = next(film for film in seeded if film.title == title)
    told = summary(film)
    assert told.startswith(", ".join(film.genres[:3]))
    for name in character_names(film):
        assert not re.search(rf"\b{re.escape(name)}\b", told), name


def test_a_title_without_an_overview_is_read_by_its_name(seeded):
    bare = Film(id=seeded[0].id, title="Harbour Lights", media_type="movie")
    assert summary(bare) == "movie: Harbour Lights"


def test_the_examples_of_reading_fit_the_schema():
    properties = ingredients_schema()["properties"]
    for example in read_data("mashup.yaml")["reading"]:
        answer = Ingredients.model_validate(example["answer"])
        assert re.search(properties["world"]["pattern"], answer.world)
        assert re.search(properties["hero"]["pattern"], answer.hero)


def test_what_the_model_read_is_tidied(seeded):
    film = next(film for film in seeded if film.title == "Blade Runner")
    read = Ingredients(
        world="in a city where Roy Batty and Deckard hunt through the网络",
        hero="a policeman who is afraid",
        things=["a very long thing that was cut in the middle of a word becau", "the rain,"],
    )
    assert tidy(read, film) == Ingredients(
        world="in a city where somebody and somebody hunt through",
        hero="a policeman who is afraid",
        things=["a very long thing that was cut in the middle of a word", "the rain"],
    )
