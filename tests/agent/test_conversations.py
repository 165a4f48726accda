"""Conversations with the real built-in model, judged by the state they leave and by what a reply must hold."""

import json
import shutil
from datetime import datetime

import pytest

from agent import Companion
from agent.backends.weights import QWEN_CODER
from store.settings import Settings

pytestmark = pytest.mark.model

NOW = datetime(2025, 11, 26, 19, 30)


@pytest.fixture(scope="module")
def companion(seeded_home, tmp_path_factory):
    """One companion for all conversations: loading the model takes longer than talking."""
    if not (Settings().models / QWEN_CODER.file).exists():
        pytest.skip(f"no weights in {Settings().models}")
    home = tmp_path_factory.mktemp("talk") / "home"
    shutil.copytree(seeded_home, home)
    companion = Companion.open(Settings(home=home, backend="embedded"), clock=lambda: NOW)
    companion.warm()
    yield companion
    companion.close()


@pytest.fixture
def say(companion, request):
    """Says something in this test's own conversation."""
    return lambda words: list(companion.turn(request.node.name, words))[-1].turn


@pytest.fixture
def rows(companion):
    return lambda sql, *parameters: [
        tuple(row.values()) for row in companion.library.db.read(sql, list(parameters))
    ]


@pytest.fixture
def review(rows):
    """Rating, text and day of the reviews of a title."""
    return lambda title: rows(
        "SELECT rating::DOUBLE AS rating, review_text, watched_date::VARCHAR AS day FROM user_reviews "
        "JOIN media ON media.id = media_id WHERE media.title = ?",
        title,
    )


@pytest.fixture
def plan(rows):
    """Day and time of the events of a title."""
    return lambda title: rows(
        "SELECT event_date::VARCHAR AS day, event_time::VARCHAR AS time FROM calendar_events event "
        "JOIN media ON media.id = media_id WHERE media.title = ?",
        title,
    )


@pytest.fixture
def acts(rows):
    """How many acts were written so far."""
    return lambda: rows("SELECT count(DISTINCT act) AS acts FROM journal")[0][0]


def test_the_main_job(say, rows, review, plan):
    say("I watched Blade Runner last night, 9 out of 10. Gorgeous and melancholy.")
    assert [(rating, text.rstrip("."), day) for rating, text, day in review("Blade Runner")] == [
        (9.0, "Gorgeous and melancholy", "2025-11-25")
    ]
    assert rows(
        "SELECT watched_at::DATE::VARCHAR AS day FROM watch_history JOIN media ON media.id = media_id "
        "WHERE title = 'Blade Runner'"
    ) == [("2025-11-25",)]

    similar = say("find me something similar")
    films = similar.calls[0].result["films"]
    assert len(films) >= 3 and all(film["title"] != "Blade Runner" for film in films)
    assert films[0]["label"] in similar.reply

    say("schedule The Matrix for Friday at 8pm")
    assert plan("The Matrix") == [("2025-11-28", "20:00:00")]

    made = say("mash up Blade Runner and The Matrix")
    ((title, points, sources, model),) = rows(
        "SELECT title, plot_points, source_media_ids, model_used FROM mashups"
    )
    assert title in made.reply and len(json.loads(points)) >= 3 and len(json.loads(sources)) == 2
    assert model.startswith("embedded/")

    say("undo that")
    assert rows("SELECT title FROM mashups") == []
    assert len(review("Blade Runner")) == 1 and len(plan("The Matrix")) == 1


def test_a_viewing_with_its_place(say, rows):
    say("I watched Heat on Sunday on Netflix")
    assert rows(
        "SELECT watched_at::DATE::VARCHAR AS day, watch_source, completed FROM watch_history "
        "JOIN media ON media.id = media_id WHERE title = 'Heat'"
    ) == [("2025-11-23", "Netflix", True)]


def test_a_rating_and_its_correction(say, review):
    say("rate Alien 9")
    say("make that an 8")
    assert review("Alien") == [(8.0, None, None)]


def test_a_missing_rating_is_asked_for(say, review):
    assert say("I want to review Spirited Away").question and review("Spirited Away") == []
    say("9.5")
    assert review("Spirited Away") == [(9.5, None, None)]


def test_the_second_of_a_recommendation_is_planned(say, plan):
    films = say("recommend some horror films").calls[0].result["films"]
    say("schedule the second one for tomorrow at 9pm")
    assert plan(films[1]["title"]) == [("2025-11-27", "21:00:00")]


def test_a_deletion_waits_for_the_yes(say, companion, review):
    companion.library.log_review(title="Casablanca", rating=9)
    assert say("delete my review of Casablanca").confirm and len(review("Casablanca")) == 1
    say("no, keep it")
    assert len(review("Casablanca")) == 1
    say("delete my review of Casablanca")
    say("yes")
    assert review("Casablanca") == []


@pytest.mark.parametrize(
    "words", ["thanks!", "good night, talk tomorrow", "haha, you are funny", "hello there"]
)
def test_small_talk_writes_nothing(say, acts, words):
    before = acts()
    turn = say(words)
    assert turn.reply and turn.confirm is None and acts() == before


def test_a_film_is_found_by_its_plot(say, acts):
    before = acts()
    assert (
        "Groundhog Day (1993)"
        in say("what's the film where a weatherman lives the same day again and again?").reply
    )
    assert acts() == before


def test_two_acts_in_one_sentence(say, review, plan):
    say("I saw Chinatown yesterday, 9/10, and schedule The Third Man for Saturday at 7pm")
    assert [(rating, day) for rating, _, day in review("Chinatown")] == [(9.0, "2025-11-25")]
    assert plan("The Third Man") == [("2025-11-29", "19:00:00")]


def test_a_plan_is_made_moved_and_cancelled(say, plan):
    say("schedule Akira for Friday at 8pm")
    say("move it to Saturday")
    assert plan("Akira") == [("2025-11-29", "20:00:00")]
    say("cancel the Akira plan")
    assert plan("Akira") == []


def test_a_fact_comes_from_the_library(say):
    assert "Hayao Miyazaki" in say("who directed My Neighbor Totoro?").reply


def test_a_field_is_defined_and_set(say, rows):
    say("define a number field Cosiness from 0 to 10")
    say("set cosiness of Paddington to 9")
    say("set cosiness of Laid-Back Camp to 9")
    ((name, kind),) = rows(
        "SELECT field_name, field_type FROM custom_fields_schema WHERE field_label ILIKE 'cosiness'"
    )
    values = rows(
        "SELECT title, custom_fields FROM media WHERE custom_fields IS NOT NULL AND custom_fields != '{}'"
    )
    assert kind == "number" and [(title, json.loads(fields)[name]) for title, fields in values] == [
        ("Laid-Back Camp", 9)
    ]


def test_a_review_spoken_without_punctuation(say, review):
    say("so um yesterday i watched perfect blue and it was really unsettling i'd give it a nine")
    assert review("Perfect Blue") == [(9.0, "it was really unsettling", "2025-11-25")]
