"""Words that only ask, deny, imagine or tell of others are no act of the user's."""

import pytest

from agent.ground import grounded
from agent.stance import questions, unmeant

NO_ACT = {
    "I haven't seen Casablanca yet": ("log_viewing", "log_review"),
    "I’ve never watched Akira": ("log_viewing", "log_review"),
    "Don't log Ex Machina, I was just asking": ("log_viewing", "log_review"),
    "I might watch Heat sometime": ("log_viewing", "schedule"),
    "If I gave Heat a 9 would it be my favourite?": ("log_review", "log_viewing", "update_review"),
    "when did I last watch The Matrix?": ("log_viewing", "schedule"),
    "did I see Heat last year": ("log_viewing", "log_review"),
    "should I watch The Thing tonight?": ("log_viewing", "schedule"),
    "what did I rate 9 or more?": ("log_review", "update_review"),
    "my wife loved Chinatown, she gave it a 10": ("log_review", "log_viewing"),
    "I almost watched It last night but fell asleep before pressing play": ("log_viewing", "log_review"),
    "please don't delete my review of Up": ("delete_review", "delete_media"),
    "have I seen Up?": ("log_viewing", "log_review"),
}
ACT = {
    "What We Do in the Shadows 8/10": "log_review",
    "What a film, Heat was great, 9/10": "log_review",
    "I didn't like Heat, 4/10": "log_review",
    "I had never seen Alien before last night. 9/10": "log_review",
    "couldn't finish Heat, stopped after an hour": "log_viewing",
    "Watched Chinatown with my wife, she loved it. 8/10": "log_review",
    "I watched Alien. What should I watch next?": "log_viewing",
    "can you log Heat, 8 out of 10?": "log_review",
    "could you schedule Heat for Friday?": "schedule",
    "how about scheduling Heat for Friday?": "schedule",
    "what if Alien met Heat? a mashup please": "mash_up",
    "If I'm honest, I hated Heat. 3/10": "log_review",
    "my friend Tom and I watched Heat, 9/10": "log_review",
    "I haven't rated Heat yet: 8/10": "log_review",
    "don't forget to schedule Heat for Friday": "schedule",
}


@pytest.mark.parametrize("words", NO_ACT)
def test_what_is_no_act(notes_of, words):
    assert [tool for tool in NO_ACT[words] if grounded(tool, notes_of(words))] == []


@pytest.mark.parametrize("words", ACT)
def test_what_is_one(notes_of, words):
    assert grounded(ACT[words], notes_of(words))


def test_a_rating_that_somebody_else_gave_is_not_the_users(notes_of):
    notes = notes_of("Watched Chinatown last night. My wife gave it a 10.")
    assert [notes.means(rating.start) for rating in notes.ratings] == [False]


def test_only_the_sentence_that_asks_is_a_question():
    words = "Watched Heat. What should I watch next? Thanks."
    ((start, end),) = questions(words)
    assert words[start:end] == "What should I watch next?"


def test_a_clause_is_taken_out_of_its_sentence():
    words = "I haven't seen Up, but I watched Heat"
    ((start, end),) = unmeant(words)
    assert words[start:end] == "I haven't seen Up"
