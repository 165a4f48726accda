"""What the words say of one act that only its tool tells how to read."""

from dataclasses import replace
from datetime import date

import pytest

from agent.events import Call
from agent.memory import Memory
from agent.names import with_fields
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
    ("schedule", "put the dentist on my calendar for Tuesday", {"name": "dentist"}),
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
    (
        "filter_by_field",
        "three films with a pace of 7 or more",
        {"field": "Pace", "minimum": 7},
    ),
    ("list_events", "read me that whole week", {}),
    ("undo", "undo both", {"count": 2}),
    ("undo", "undo that", {}),
    ("statistics", "my stats", {}),
]

APPOINTMENTS = [
    # words, what they say is planned
    ("Film club meeting on 4 December, 7pm. Into the calendar with it.", {"name": "Film club meeting"}),
    ("I have book club on the tenth of December at half past six, so please block that", {"name": "book club"}),
    ("book club is on december the tenth can you write that into the calendar", {"name": "book club"}),
    ("please block friday evening for the quiz night", {"name": "quiz night"}),
    ("we have the plumber coming on Thursday at 8 in the morning", {"name": "plumber"}),
    ("I'm having dinner with Tom on Saturday at seven", {"name": "dinner with Tom"}),
    ("new appointment: haircut with Jo, 3 December at 14:00", {"name": "haircut with Jo"}),
    ("Sunday at noon: lunch at grandma's", {"name": "lunch at grandma's"}),
    ("mum's birthday is on december 14th, could you note that", {"name": "mum's birthday"}),
    ("put my parents' visit on the calendar, Sunday at noon", {"name": "parents' visit"}),
    ("my sister's wedding, 14 February", {"name": "my sister's wedding"}),
    ("reminder for friday: buy popcorn", {"name": "buy popcorn"}),
    ("don't let me forget choir on Thursday at 7", {"name": "choir"}),
    ("christmas market with the kids 6 december 4pm", {"name": "christmas market with the kids"}),
    ("New Year's Eve party at Ben's", {"name": "New Year's Eve party at Ben's"}),
    ('put "Ghostbusters night" on the calendar for Friday 8pm', {"name": "Ghostbusters night"}),
    ("need to see the dentist on tuesday", {"name": "dentist"}),
    ("the boiler man comes on Thursday at 8", {"name": "boiler man"}),
    ("my parents are coming over on Sunday at noon", {"name": "parents"}),
    ("it's dad's birthday on Sunday at 3pm", {"name": "dad's birthday"}),
    ("put mum's birthday in for Friday!", {"name": "mum's birthday"}),
    # a film that the library does not know is no appointment
    ("Gladiator, Saturday 8pm", {"title": "Gladiator"}),
    ("let's watch gladiator on Saturday", {"title": "gladiator"}),
    ("plan Gladiator with Tom at the Odeon on Saturday, 8pm", {"title": "Gladiator"}),
    ("remind me to watch Gladiator on Saturday", {"title": "Gladiator"}),
    ("add Fight Club to my calendar, Friday 8pm", {"title": "Fight Club"}),
    ("The Wedding Singer on Friday at 8", {"title": "Wedding Singer"}),
    ("The Cat Comes Back on Friday at 8", {"title": "Cat Comes Back"}),
    ("let's watch the bride comes home on Friday", {"title": "bride comes home"}),
    # neither
    ("It's our wedding anniversary on Saturday, twelve years!", {}),
    ("my birthday is on Friday!", {}),
    ("I'd like to put a film on the calendar", {}),
    ("put something on for saturday at 8pm", {}),
    ("I'd like to put a film on the calendar for Friday at 10pm", {}),
    ("I'd love to watch a comedy on Friday night", {}),
    ("can we do up on sunday at 4", {}),
    ("us on halloween with the lads", {}),
    ("New Year's Eve tradition!", {}),
    ("Friday at 8 works for me", {}),
    ("I am busy on Friday", {}),
    ("great, Friday then", {}),
]


@pytest.mark.parametrize(("words", "planned"), APPOINTMENTS)
def test_what_is_planned_that_is_no_known_title(said, words, planned):
    assert particulars("schedule", said(words)) == planned


def test_a_film_that_was_spoken_of_is_planned_unless_something_else_is(said):
    spoken_of = Memory(focus=["Heat (1995)"])
    heat = {"title": "Heat (1995)"}
    assert particulars("schedule", said("nice and short, Friday 5pm then", spoken_of)) == heat
    assert particulars("schedule", said("put it in for movie night on Friday", spoken_of)) == heat
    assert particulars("schedule", said("schedule Gladiator for Friday", spoken_of)) == {"title": "Gladiator"}
    club = "book club is on Friday, can you write that into the calendar"
    assert particulars("schedule", said(club, spoken_of)) == {"name": "book club"}


PRESETS = [
    # words, the preset's name
    ("preset Eighties action = genre action, years 1980-1989", "Eighties action"),
    ("make a preset and call it eighties action it should have action", "eighties action"),
    ("store this under the name Cosy", "Cosy"),
    ("preset: Quick laughs - comedies under 90 min", "Quick laughs"),
    ("new preset short and sweet, under 90 minutes, comedy", "short and sweet"),
    ("make a preset for comedies under 100 minutes and name it Light stuff please", "Light stuff"),
    ("set up a preset named long ones at least 150 minutes", "long ones"),
    ("please keep these criteria as my Friday preset", "Friday"),
    ("new preset. name: gentle. genre: family", "gentle"),
    ("set up something named Family for when the grandchildren are here", "Family"),
    ("preset 'Old gold': before 1960", "Old gold"),
    ("save this as Tom's evenings", "Tom's evenings"),
    ("change Rainy day to at least 8", "Rainy day"),
    ("Rainy day from now on only with films rated 8 or more", "Rainy day"),
    ("preset name Sunday lunch, genre family, max runtime 100", "Sunday lunch"),
    ("a preset which I call Cosy corner, with comedies", "Cosy corner"),
    ("new preset anime under 30 minutes name Snack", "Snack"),
    ("the name should be Cosy corner", "Cosy corner"),
    ("the rainy preset should have comedies", "Rainy day"),
    ("Change my Rainy day preset: romantic comedies rated 8 or higher", "Rainy day"),
    ("make Rainy day a bit stricter: films over 120 minutes", "Rainy day"),
    ("save Rainy day as a new preset called Wet day", "Wet day"),
    ("save a preset for comedies under 90", None),
    ("the old one, up to 90 minutes", None),
    ("save comedies under 90 minutes", None),
    ("new preset: comedies under 90 min", None),
]


@pytest.mark.parametrize(("words", "name"), PRESETS)
def test_what_a_preset_is_called(said, words, name):
    assert particulars("save_preset", said(words)) == ({"name": name} if name else {})


@pytest.mark.parametrize(
    "words",
    [
        "default preset -> rainy day",
        "from now on go by Rainy day whenever i dont say anything else",
        "always use rainy day unless I say otherwise",
        "Rainy day should be my standard preset",
        "then Rainy day should be it",
        "make the rainy preset the default",
    ],
)
def test_a_preset_becomes_the_default(said, words):
    assert particulars("save_preset", said(words)) == {"name": "Rainy day", "is_default": True}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("dramas of at least two hours", "Slow evenings"),
        ("and nothing before 1960", "Slow evenings"),
        ("dramas of at least two hours, called Long ones", "Long ones"),
        ("save a preset for comedies under 90", None),
        ("another one with comedies", None),
    ],
)
def test_what_follows_a_preset_that_was_saved_or_tried_says_more_of_it(said, words, name):
    told = particulars("save_preset", said(words, just("save_preset", name="Slow evenings")))
    assert told == ({"name": name} if name else {})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the rainy one, what does it suggest?", {"preset": "Rainy day"}),
        ("something from the first one", {"preset": "Rainy day"}),
        ("the cheerful one please", {}),
    ],
)
def test_a_listed_preset_is_meant_by_a_part_of_its_name_or_its_place(said, words, told):
    assert particulars("recommend", said(words, Memory(last_tool="list_presets"))) == told
    assert particulars("recommend", said(words)) == {}


NUMBER = {"field_type": "number", "minimum": 1.0, "maximum": 5.0}
FIELDS = [
    # words, what they tell of the new field
    (
        "Create a field Watch with, one of: alone, family, friends",
        {"label": "Watch with", "field_type": "select", "options": ["alone", "family", "friends"]},
    ),
    (
        "I'd like to keep track of rewatch value. New field, a number, 1 to 5.",
        {"label": "Rewatch value", **NUMBER},
    ),
    ("create a field scare level 1 to 5", {"label": "Scare level", **NUMBER}),
    ("add a new field: Scare level (1-5)", {"label": "Scare level", **NUMBER}),
    (
        "make a field nap risk from zero to ten please",
        {"label": "Nap risk", "field_type": "number", "minimum": 0.0, "maximum": 10.0},
    ),
    ("add a column for couch snacks", {"label": "Couch snacks"}),
    ("Create a yes/no field called Subtitled", {"label": "Subtitled", "field_type": "boolean"}),
    ("Can I have a text field Lent to?", {"label": "Lent to", "field_type": "text"}),
    ("make a date field for when we lent it", {"label": "When we lent it", "field_type": "date"}),
    ("i wanna track how much i cried, make a field for that", {"label": "How much i cried"}),
    ("can we have a Shelf column", {"label": "Shelf"}),
    (
        'New custom field "Who picked it": mum, dad, me',
        {"label": "Who picked it", "field_type": "select", "options": ["mum", "dad", "me"]},
    ),
    (
        "new field, Feel, choose several from warm, cold and grey",
        {"label": "Feel", "field_type": "multi-select", "options": ["warm", "cold", "grey"]},
    ),
    ("a field called Seen by with everyone as the default", {"label": "Seen by", "default": "everyone"}),
    ("another field: is it a keeper, yes or no", {"label": "Is it a keeper", "field_type": "boolean"}),
    (
        "set up lent out for me as one more field of mine, true or false",
        {"label": "Lent out", "field_type": "boolean"},
    ),
    ("add Pace as a field, slow medium fast", {"label": "Pace"}),
    ("new field: Seen with mum, yes/no", {"label": "Seen with mum", "field_type": "boolean"}),
    ("custom field: Watched with kids (boolean)", {"label": "Watched with kids", "field_type": "boolean"}),
    (
        "a multi-select called Themes with love, war and family",
        {"label": "Themes", "field_type": "multi-select", "options": ["love", "war", "family"]},
    ),
    (
        "I cry at films a lot. Make a number field Tissues for that, 0 to 5",
        {"label": "Tissues", "field_type": "number", "minimum": 0.0, "maximum": 5.0},
    ),
    ("I want a text field Recommended by, and", {"label": "Recommended by", "field_type": "text"}),
    ("i want to store the day I bought a film, field name Purchased", {"label": "Purchased"}),
    # choices that cannot be read are left to the model
    ("make a dropdown field Energy with some choices", {}),
]


@pytest.mark.parametrize(("words", "told"), FIELDS)
def test_what_a_new_field_is_like(said, words, told):
    assert particulars("define_field", said(words)) == told


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the mood of Heat is cosy not bleak", "cosy"),
        ("make Heat cosy instead of bleak", "cosy"),
        ("change the mood of Heat from cosy to bleak", "bleak"),
        ("Heat isn't cosy, it's bleak", "bleak"),
        ("Heat gets a 7 out of 10 for pace", "7"),
        ("pace 8 for Heat", "8"),
    ],
)
def test_what_a_field_is_set_to(said, words, value):
    assert particulars("set_field", said(words))["value"] == value


TEXT = just("define_field", label="Shelf", field_type="text")
TEXTS = [
    # words after the field Shelf was defined, what it is set to
    ("Heat is on B1", "B1"),
    ("Alien is in C3 now", "C3"),
    ("B2 for Alien", "B2"),
    ("Alien -> B2", "B2"),
    ("Shelf = B2 for Alien and Heat", "B2"),
    ("write B2 into shelf for Alien", "B2"),
    ("put B2 down as the shelf of Alien", "B2"),
    ("the shelf of Alien is no longer B2 but C1", "C1"),
    ("shelf for Alien should be C1, not B2", "C1"),
    ("I've put Alien on shelf B2 this morning", "B2"),
    ("Alien belongs in the cellar", "cellar"),
    ("shelf: top left, for Alien", "top left"),
    ("set the shelf of Heat to between the two windows", "between the two windows"),
    ("clear shelf for Heat", None),
    ("Heat is gone, remove the shelf", None),
]


@pytest.mark.parametrize(("words", "value"), TEXTS)
def test_what_a_text_is_set_to(said, words, value):
    spoken = said(words, TEXT)
    spoken = replace(spoken, names=with_fields(spoken.names, TEXT.acts))
    told = particulars("set_field", spoken)
    assert (told["field"], told.get("value")) == ("Shelf", value)


BOUGHT = just("define_field", label="Bought on", field_type="date")


@pytest.mark.parametrize(
    ("tool", "words", "told"),
    [
        ("set_field", "set it to 14 March 2024 for Heat", {"value": "2024-03-14"}),
        ("set_field", "bought on 3 May for Heat", {"value": "2025-05-03"}),
        ("filter_by_field", "films bought on 14 March 2024", {"value": "2024-03-14"}),
        (
            "filter_by_field",
            "what was bought on a day in March 2024",
            {"minimum": "2024-03-01", "maximum": "2024-03-31"},
        ),
        ("filter_by_field", "bought on since January", {"minimum": "2025-01-01"}),
        ("filter_by_field", "bought on before 2024", {"maximum": "2023-12-31"}),
    ],
)
def test_the_days_of_a_field(said, tool, words, told):
    spoken = said(words, BOUGHT)
    spoken = replace(spoken, names=with_fields(spoken.names, BOUGHT.acts))
    assert particulars(tool, spoken) == {"field": "Bought on"} | told


def test_the_year_of_a_day_is_corrected(said):
    bought = Call(tool="define_field", args={"label": "Bought on", "field_type": "date"})
    was = Call(tool="set_field", args={"title": "Heat (1995)", "field": "Bought on", "value": "2024-03-14"})
    spoken = said("no, 2023 that was", Memory(focus=["Heat (1995)"], last_act=was, acts=[bought, was]))
    spoken = replace(spoken, names=with_fields(spoken.names, [bought]))
    assert particulars("set_field", spoken)["value"] == "2023-03-14"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the same for Alien", "cosy"),
        ("Alien too", "cosy"),
        ("and Alien as well", "cosy"),
        ("ditto for Alien", "cosy"),
        ("no, bleak rather than cosy", "bleak"),
    ],
)
def test_what_a_field_was_set_to_is_said_again(said, words, value):
    memory = just("set_field", title="Heat (1995)", field="Mood", value="cosy")
    assert particulars("set_field", said(words, memory))["value"] == value
    same = {"field": "Mood", "value": "cosy"}
    assert particulars("filter_by_field", said("Which films have that mood now?", memory)) == same


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("pace between 5 and 8", {"minimum": 5, "maximum": 8}),
        ("films with a pace of no more than 4", {"maximum": 4}),
        ("nothing less than 7 in pace", {"minimum": 7}),
        ("pace 8+", {"minimum": 8}),
        ("a pace of at least 0", {"minimum": 0}),
    ],
)
def test_between_which_numbers_a_field_shall_be(said, words, bounds):
    assert particulars("filter_by_field", said(words)) == {"field": "Pace"} | bounds


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("search for titles with blue in them", "blue"),
        ("movies w dead in the name", "dead"),
        ("find a title w summer", "summer"),
        ("what titles contain man?", "man"),
        ("do u have smth with wolf in the title", "wolf"),
        ("is there anything called the long something", "the long"),
        ("find titles starting with night", "night"),
        ("do you have anything whose name starts with the remains?", "the remains"),
        ("look for railway in the names", "railway"),
        ("all films with the word star in them, the title i mean", "star"),
        ("search my library for rain please", "rain"),
        ("search moonlight", "moonlight"),
        ("do I have Solaris?", "Solaris"),
        ("so do we have solaris in the library", "solaris"),
        ("is Solaris in my library?", "Solaris"),
        ("got any Bond titles?", "Bond"),
        ("what was it called, something with Sunset", "Sunset"),
    ],
)
def test_which_words_of_a_title_are_searched_for(said, words, query):
    assert particulars("search_titles", said(words)) == {"query": query}


@pytest.mark.parametrize(
    "words", ["do you have anything by Nolan?", "is it in my library?", "have I got a film"]
)
def test_what_is_asked_for_but_no_title_is_not_searched_for(said, words):
    assert particulars("search_titles", said(words)) == {}


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
        "save_preset",
        "no, the other one",
        just("save_preset", name="Slow", is_default=True),
        {"name": "Rainy day", "is_default": True},
    ),
    (
        "delete_preset",
        "not my thing after all, delete the preset",
        just("save_preset", name="Rainy day"),
        {"name": "Rainy day"},
    ),
    (
        "delete_preset",
        "delete the preset",
        Memory(last_question=Call(tool="recommend", args={"preset": "Rainy day"}), last_tool="recommend"),
        {"name": "Rainy day"},
    ),
    ("delete_preset", "delete the preset", Memory(), {}),
    ("delete_preset", "delete the preset Horror night", just("save_preset", name="Rainy day"), {}),
    (
        "list_reviews",
        "which rating did I put?",
        Memory(
            focus=["Heat (1995)"],
            last_question=Call(tool="list_reviews", args={"title": "Heat (1995)"}),
            last_tool="list_reviews",
        ),
        {"title": "Heat (1995)"},
    ),
    ("list_reviews", "which ratings did I give in May?", Memory(focus=["Heat (1995)"]), {}),
    ("add_media", "add it please, an anime from 2008", Memory(sought="Ponyo"), {"title": "Ponyo"}),
    ("add_media", "add the film Tampopo", Memory(sought="Ponyo"), {}),
    (
        "list_events",
        "read me that whole week again",
        Memory(focus=["Akira (1988)"], day=date(2025, 12, 4)),
        {"since": "2025-12-01", "until": "2025-12-07"},
    ),
    (
        "list_events",
        "what's the next thing on my calendar after that?",
        Memory(focus=["Akira (1988)"], day=date(2025, 11, 29)),
        {"since": "2025-11-29", "until": "2025-12-30"},
    ),
    (
        "list_events",
        "when is that on?",
        Memory(focus=["Akira (1988)"], day=date(2025, 11, 29)),
        {"title": "Akira (1988)"},
    ),
    (
        "update_review",
        "Change that to: Perfect from start to finish",
        Memory(focus=["Alien (1979)"], last_tool="list_reviews"),
        {"title": "Alien (1979)", "text": "Perfect from start to finish"},
    ),
    (
        "update_review",
        "and add the comment clever idea, messy ending",
        just("log_review", title="Us (2019)"),
        {"title": "Us (2019)", "text": "clever idea, messy ending"},
    ),
    ("list_media", "what else do I have by him?", Memory(focus=["Heat (1995)"]), {"person": "Michael Mann"}),
    ("list_media", "which of her films do I have?", Memory(focus=["Alien (1979)"]), {"person": "Ridley Scott"}),
    ("rate_mashup", "make that a 7.5", Memory(focus_kind="mashup", thing="Cold Tea"), {"title": "Cold Tea"}),
    (
        "set_field",
        "Up is from her too",
        just("set_field", title="Heat (1995)", field="Mood", value="cosy"),
        {"field": "Mood", "value": "cosy"},
    ),
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


@pytest.mark.parametrize("tool", ["log_review", "log_viewing", "get_media", "delete_review", "similar"])
def test_an_unknown_name_is_not_the_film_spoken_of_before(said, tool):
    spoken_of = Memory(focus=["Heat (1995)"])
    assert "title" not in particulars(tool, said("rate Solaris 8", spoken_of))
    assert particulars(tool, said("rate it 8", spoken_of)).get("title") == "Heat (1995)"
