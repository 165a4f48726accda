"""What the words say of one act that only its tool tells how to read."""

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.particulars import particulars


def just(tool, **args):
    """The memory of a conversation that did one thing."""
    act = Call(tool=tool, args=args)
    return Memory(focus=[args.get("title", "Heat (1995)")], last_act=act, acts=[act], last_tool=tool)


READ = [
    # tool, words, what they tell
    ("save_preset", "save that as a preset called Slow evenings", {"name": "Slow evenings"}),
    (
        "save_preset",
        "make a preset named Quick laughs with comedies under 90 minutes",
        {"name": "Quick laughs"},
    ),
    ("save_preset", 'save it as "Rain and tea"', {"name": "Rain and tea"}),
    ("save_preset", "make Rainy day my default", {"name": "Rainy day", "is_default": True}),
    ("delete_preset", "get rid of rainy day", {"name": "Rainy day"}),
    ("recommend", "something from Rainy day please", {"preset": "Rainy day"}),
    ("recommend", "something by Ridley Scott", {"person": "Ridley Scott"}),
    ("recommend", "something funny", {}),
    ("schedule", "put the dentist on my calendar for Tuesday", {"name": "the dentist"}),
    ("schedule", "remind me of mum's birthday on Friday", {"name": "mum's birthday"}),
    ("schedule", "on Friday", {}),
    ("move_event", "move akira to Sunday", {"title": "Akira (1988)"}),
    ("cancel_event", "cancel the haircut", {"title": "Haircut"}),
    ("list_events", "when is the haircut?", {"title": "Haircut"}),
    ("set_field", "set the pace of Heat to 7", {"field": "Pace", "value": "7"}),
    ("set_field", "Heat is bleak", {"field": "Mood", "value": "bleak"}),
    ("filter_by_field", "films with a pace of 7 or more", {"field": "Pace", "minimum": 7}),
    ("filter_by_field", "films with a pace below 4", {"field": "Pace", "maximum": 4}),
    ("filter_by_field", "films with a pace of 5", {"field": "Pace", "value": 5}),
    ("filter_by_field", "the cosy films", {"field": "Mood", "value": "cosy"}),
    ("delete_field", "delete the pace field", {"field": "Pace"}),
    ("rate_mashup", "Cold Tea is an 8", {"title": "Cold Tea"}),
    ("search_titles", "do you have anything called blade?", {"query": "blade"}),
    ("search_titles", "films with moon in the title", {"query": "moon"}),
    ("list_media", "what do I have by Ridley Scott?", {"person": "Ridley Scott"}),
    ("list_reviews", "what did I give Alien?", {"title": "Alien (1979)"}),
    ("list_reviews", "my reviews of Alien and Heat", {}),
    ("update_review", "change the text to: slow but lovely", {"text": "slow but lovely"}),
    ("undo", "undo both", {"count": 2}),
    ("undo", "undo that", {}),
    ("statistics", "my stats", {}),
]


@pytest.mark.parametrize(("tool", "words", "told"), READ)
def test_what_the_words_tell(said, tool, words, told):
    assert particulars(tool, said(words)) == told


AFTER = [
    ("update_review", "make it a 9", just("log_review", title="Heat (1995)"), {"title": "Heat (1995)"}),
    ("delete_review", "delete it", just("log_review", title="Heat (1995)"), {"title": "Heat (1995)"}),
    ("move_event", "no, Sunday", just("schedule", title="Heat (1995)"), {"title": "Heat (1995)"}),
    ("cancel_event", "cancel it", just("schedule", name="Dentist"), {"title": "Dentist"}),
    ("delete_preset", "delete it", just("save_preset", name="Slow"), {"name": "Slow"}),
    (
        "set_field",
        "no, 8",
        just("set_field", title="Heat (1995)", field="Pace", value="7"),
        {"title": "Heat (1995)", "field": "Pace", "value": "8"},
    ),
]


@pytest.mark.parametrize(("tool", "words", "memory", "told"), AFTER)
def test_what_was_just_done_is_meant(said, tool, words, memory, told):
    assert particulars(tool, said(words, memory)) == told


def test_a_title_that_is_named_counts_more_than_what_was_just_done(said):
    told = particulars(
        "delete_review", said("delete my review of Alien", just("log_review", title="Heat (1995)"))
    )
    assert told.get("title") in (None, "Alien (1979)")
