"""What users say, tool by tool: the sentences the classifier learns from, and sentences it never saw."""

import re
from collections import defaultdict

import pytest

from agent.mashup import MASH_UP
from agent.prompt import PROMPTS
from agent.sayings import NO_TOOL, learned, read_sayings, sayings
from tools import TOOLS

FILES = sorted((PROMPTS / "sayings").glob("*.txt"))
LINES = [(file.stem, line) for file in FILES for line in file.read_text("utf-8").splitlines()]
CHAT = {tool.name for tool in [*(tool for tool in TOOLS.values() if tool.chat), MASH_UP]}
MARKS = re.compile(
    r"TITLE|RATING|PAST|FUTURE|TODAY|SPAN|LENGTH|YEAR|GENRE|PERSON|SOURCE|COMPANY|COUNT|QUOTE|MASHUP|PRESET|FIELD|"
    r"VALUE|EVENT"
)


def test_every_tool_of_the_conversation_has_sentences_and_so_has_talk():
    assert {file.stem for file in FILES} == CHAT | {NO_TOOL}
    assert set(sayings().tools) == CHAT | {NO_TOOL}


def test_every_tool_has_sentences_enough_to_learn_from():
    told = [tool for tool, _ in LINES]
    assert min(told.count(tool) for tool in CHAT) >= 50


def test_a_number_is_masked():
    number = re.compile(
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve) (?:of|films|women|men|times)\b"
    )
    assert [line for _, line in LINES if number.search(line)] == []


def test_every_line_says_something():
    for tool, line in LINES:
        words = re.sub(r"^\[\w+\] ", "", line)
        assert re.search(r"\w", words) and not words.startswith("["), (tool, line)
        assert line == line.strip() and "  " not in line, (tool, line)


def test_what_a_sentence_is_said_after_is_a_tool():
    """Talk leaves the tool before it in memory, so nothing is ever said right after ``talk``."""
    unknown = [(tool, after, words) for after, words, tool in read_sayings() if after and after not in CHAT]
    assert unknown == []


def test_a_sentence_is_masked_as_code_masks_it():
    for tool, line in LINES:
        words = re.sub(r"^\[\w+\] ", "", line)
        assert all(map(MARKS.fullmatch, re.findall(r"[A-Z]+", words))), (tool, line)
        assert "’" not in words, (tool, line)


def test_no_sentence_stands_under_two_tools():
    under = defaultdict(set)
    for tool, line in LINES:
        under[line].add(tool)
    assert {line: tools for line, tools in under.items() if len(tools) > 1} == {}


def test_no_sentence_stands_twice():
    assert sorted({(tool, line) for tool, line in LINES}) == sorted(LINES)


def test_the_shares_of_all_tools_add_up_to_one():
    shares = sayings().shares("rate TITLE RATING")
    assert set(shares) == set(sayings().tools) and sum(shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares.values())


@pytest.mark.parametrize(
    ("masked", "after", "tool"),
    [
        ("no, RATING", "log_review", "update_review"),
        ("no, FUTURE", "schedule", "move_event"),
        ("delete it", "log_review", "delete_review"),
        ("delete it", "log_viewing", "delete_viewing"),
        ("delete it", "mash_up", "delete_mashup"),
        ("FUTURE if you would be so good", "recommend", "schedule"),
        ("TITLE, that sounds lovely. i'd like it FUTURE", "recommend", "schedule"),
        ("the one at grandma's, can that start FUTURE instead", "list_events", "move_event"),
        ("no, not COMPANY, i was there COMPANY", "log_viewing", "update_viewing"),
        ("i must say we never finished it", "log_viewing", "update_viewing"),
        ("RATING, but the jokes are stale", "log_viewing", "log_review"),
        ("and VALUE for TITLE then", "set_field", "set_field"),
    ],
)
def test_the_tool_before_tells_what_few_words_mean(masked, after, tool):
    shares = sayings().shares(masked, after)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    ("masked", "tool"),
    [
        ("FIELD of TITLE => VALUE", "set_field"),
        ("default preset: make it PRESET", "save_preset"),
        ("preset slow sundays = genre GENRE, LENGTH", "save_preset"),
        ("TITLE / PAST / SOURCE", "log_viewing"),
        ("diary: take out TITLE (PAST)", "delete_viewing"),
        ("TITLE FUTURE rather than FUTURE, the same hour", "move_event"),
    ],
)
def test_a_terse_note_has_its_tool(masked, tool):
    shares = sayings().shares(masked)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    ("masked", "tool"),
    [
        ("my TITLE evening collides with the parents' meeting. could you push it to FUTURE?", "move_event"),
        ("we never in fact watched TITLE PAST, so that entry should go", "delete_viewing"),
        ("anything on FUTURE? my brother would like to visit", "list_events"),
        ("i saw TITLE some months ago. what day was that?", "list_viewings"),
        ("as long as i don't say anything else go by PRESET", "save_preset"),
        ("it clashes with my choir", "talk"),
        ("my sister wants to come over", "talk"),
        ("i won't be rating that one", "talk"),
        ("COUNT of us were there", "talk"),
    ],
)
def test_a_reason_beside_a_request_is_none_of_its_own(masked, tool):
    shares = sayings().shares(masked)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    ("masked", "tool"),
    [
        ("can you note TITLE for FUTURE?", "schedule"),
        ("could TITLE go in my diary? we saw it PAST", "log_viewing"),
        ("did we ever get to the end of TITLE?", "list_viewings"),
    ],
)
def test_a_request_may_be_a_question_and_a_question_may_sound_like_an_act(masked, tool):
    shares = sayings().shares(masked)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    ("masked", "after", "tool"),
    [
        ("TITLE deserves no more than RATING", "list_reviews", "update_review"),
        ("TITLE shouldn't be over RATING", "filter_by_field", "set_field"),
        ("TITLE goes on e5", "define_field", "set_field"),
        ("i was too strict, make it RATING", "find_mashups", "rate_mashup"),
        ("my own rating would be RATING", "log_viewing", "log_review"),
        ("and i'd give it RATING", "update_viewing", "log_review"),
        ("put the words QUOTE with it", "log_review", "update_review"),
        ("i'd like TITLE as the standard one", "list_presets", "save_preset"),
        ("TITLE was a bad idea, delete it", "list_presets", "delete_preset"),
        ("that was my nephew on my profile, remove it", "list_viewings", "delete_viewing"),
        ("and the other one can be deleted", "rate_mashup", "delete_mashup"),
        ("we'd better begin FUTURE , the bar closes FUTURE", "schedule", "move_event"),
        ("my daughter is ill, take them both off", "schedule", "cancel_event"),
        ("we should watch that again, FUTURE please", "query_diary", "schedule"),
        ("my daughter would like it again, FUTURE", "list_viewings", "schedule"),
        ("who was the director again", "move_event", "get_media"),
        ("something of that kind instead", "cancel_event", "similar"),
        ("and the other one, what did i give that", "log_review", "list_reviews"),
        ("oh, the FIELD was right before, put it back", "set_field", "undo"),
        ("he must be off, thanks from us both", "update_review", "talk"),
    ],
)
def test_every_act_may_be_followed_by_another(masked, after, tool):
    shares = sayings().shares(masked, after)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    ("masked", "tool"),
    [
        ("and EVENT is at FUTURE now", "move_event"),
        ("oh and i give TITLE RATING", "log_review"),
        ("also put FIELD VALUE for TITLE", "set_field"),
        ("then TITLE FUTURE , would you", "schedule"),
    ],
)
def test_a_part_of_a_message_may_begin_with_and(masked, tool):
    shares = sayings().shares(masked)
    assert max(shares, key=shares.get) == tool


@pytest.mark.parametrize(
    "masked",
    [
        "it's our wooden wedding FUTURE , COUNT years already",
        "my aunt is coming FUTURE",
        "at last i dusted all my dvds TODAY , what a mess",
        "we were both SOURCE once",
    ],
)
def test_a_day_or_a_place_makes_no_act(masked):
    shares = sayings().shares(masked)
    assert max(shares, key=shares.get) == NO_TOOL


def test_after_an_unknown_tool_the_words_alone_count():
    assert sayings().shares("rate TITLE RATING", "fly") == sayings().shares("rate TITLE RATING", "walk")


# Sentences that are in none of the files.

FRESH = {
    "add_media": [
        "could you put Tampopo from 1985 into my library",
        "my library is missing Woman in the Dunes, please add it",
    ],
    "cancel_event": [
        "we have to call off Akira, sadly",
        "the haircut fell through, remove it from the calendar",
    ],
    "complete_event": [
        "the haircut is behind me, you can tick it off",
        "please mark Akira as completed",
    ],
    "define_field": [
        "I'd like a new field called Soundtrack, from 1 to 5",
        "make me a yes/no field named Subtitled",
    ],
    "delete_field": [
        "I don't need the Pace field any more, delete it",
        "drop the field Mood",
    ],
    "delete_mashup": [
        "throw Cold Tea away, that mashup was silly",
        "please delete the mashup Cold Tea",
    ],
    "delete_media": [
        "take Heat out of my library altogether",
        "Heat shouldn't be in the library, please remove it",
    ],
    "delete_preset": [
        "I never use Rainy day, you can delete it",
        "remove the preset Rainy day please",
    ],
    "delete_review": [
        "please take down what I wrote about Alien",
        "my review of Heat can be deleted",
    ],
    "delete_viewing": [
        "erase the viewing of Alien from my diary",
        "I never actually watched Alien on Sunday, delete that viewing",
    ],
    "filter_by_field": [
        "which titles have a Mood of cosy?",
        "show me everything with Pace above 6",
    ],
    "find_by_plot": [
        "I forgot the name, it's about a boy who befriends a giant robot",
        "what was the one where a man finds out his whole life is a television show?",
    ],
    "find_mashups": [
        "is there a mashup of ours with robots in it?",
        "find the mashup about tea in space",
    ],
    "get_media": [
        "who plays the lead in Heat?",
        "could you tell me how long Chinatown runs?",
    ],
    "list_changes": [
        "what have you written down for me today?",
        "give me the list of your latest changes",
    ],
    "list_events": [
        "do I have anything planned for the weekend?",
        "which films are coming up on my calendar?",
    ],
    "list_fields": [
        "what custom fields have I set up?",
        "show me my fields please",
    ],
    "list_genres": [
        "which genres do you know?",
        "give me a list of all genres",
    ],
    "list_mashups": [
        "show me all the mashups we came up with",
        "which mashups do I have so far?",
    ],
    "list_media": [
        "what horror films are in my library?",
        "list all films by Hayao Miyazaki that I have",
    ],
    "list_presets": [
        "which presets have I saved so far?",
        "show me my presets",
    ],
    "list_reviews": [
        "which films did I rate highest?",
        "what did I write about Alien?",
    ],
    "list_viewings": [
        "what did I watch last week?",
        "show me the films I saw in October",
    ],
    "log_review": [
        "I'd say Heat deserves a 9",
        "we saw Alien last night and I'd give it an 8",
    ],
    "log_viewing": [
        "I finally watched Casablanca yesterday evening",
        "saw Heat with my brother on Saturday, on DVD",
    ],
    "mash_up": [
        "what would come out if you crossed Alien with Fleabag?",
        "invent a film that mixes Heat and Paddington",
    ],
    "move_event": [
        "could we shift Akira to Monday evening?",
        "the haircut has moved to Friday at three",
    ],
    "query_diary": [
        "how many films did I watch in October?",
        "how often have I seen Alien?",
    ],
    "rate_mashup": [
        "I'd give the mashup Cold Tea a 7",
        "Cold Tea deserves 8 out of 10",
    ],
    "recommend": [
        "any idea what we could watch tonight, something funny maybe?",
        "I'm in the mood for a short thriller",
    ],
    "save_preset": [
        "save these wishes as a preset named Slow Sunday: dramas over two hours",
        "make a preset called Quick laughs with comedies under 90 minutes",
    ],
    "schedule": [
        "we'd like to watch Heat on Friday at eight",
        "could you put The Matrix in the calendar for tomorrow night?",
    ],
    "search_titles": [
        "is there a film called Ponyo in the library?",
        "search for titles with moon in the name",
    ],
    "set_field": [
        "the pace of Heat is a 7",
        "put cosy as the mood for Paddington",
    ],
    "similar": [
        "what else is there in the vein of Blade Runner?",
        "I loved Heat, what comes close to it?",
    ],
    "statistics": [
        "give me an overview of my year in films",
        "what do my viewing statistics look like?",
    ],
    "undo": [
        "oh no, please reverse what you just did",
        "scratch that last entry, undo it",
    ],
    "update_media": [
        "the release year of Heat is wrong, it should be 1996",
        "change the runtime of Up to 97 minutes",
    ],
    "update_review": [
        "please change my rating for Alien to 7",
        "on reflection my review of Heat should be an 8, not a 9",
    ],
    "update_viewing": [
        "the Alien viewing was actually on Netflix, fix that please",
        "change the viewing of Alien to Monday, it was with my wife",
    ],
    "talk": [
        "what a long day it has been",
        "you're really good at this, thank you",
    ],
}


def test_two_fresh_sentences_for_everything():
    assert set(FRESH) == CHAT | {NO_TOOL} and {len(said) for said in FRESH.values()} == {2}


@pytest.mark.parametrize(("words", "tool"), [(words, tool) for tool, said in FRESH.items() for words in said])
def test_a_sentence_it_never_saw(said, words, tool):
    shares = said(words).shares
    assert max(shares, key=shares.get) == tool


SOME = [
    ("", "rate TITLE RATING", "log_review"),
    ("", "plan TITLE FUTURE", "schedule"),
    ("", "hello", "talk"),
] * 3


def test_what_was_learned_is_kept_and_a_broken_file_is_learned_anew(tmp_path):
    first = learned(SOME, tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    kept = file.stat().st_mtime_ns
    again = learned(SOME, tmp_path / "cache")
    assert file.stat().st_mtime_ns == kept
    assert again.shares("rate TITLE RATING") == first.shares("rate TITLE RATING")
    file.write_bytes(b"broken")
    assert learned(SOME, tmp_path / "cache").tools == first.tools
    assert file.stat().st_size > 100


def test_other_sentences_are_learned_anew_and_the_old_file_goes(tmp_path):
    learned(SOME, tmp_path)
    more = [*SOME, *[("", "undo that", "undo")] * 3]
    assert "undo" in learned(more, tmp_path).tools
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_place_to_write_it_learns_every_time(tmp_path):
    (tmp_path / "file").write_text("")
    assert learned(SOME, tmp_path / "file").tools == ["log_review", "schedule", "talk"]
