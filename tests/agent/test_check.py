"""The model's choice held against the words: what was never said is dropped, what is missing is asked for."""

from datetime import date

import pytest

from agent.check import Checker, missing
from agent.events import Call
from agent.mashup import MASH_UP
from agent.memory import Memory
from agent.names import read_names
from agent.said import Said
from tools import TOOLS

OFFERED = {tool.name: tool for tool in [*(tool for tool in TOOLS.values() if tool.chat), MASH_UP]}
ALIEN = Memory(focus=["Alien (1979)", "Heat (1995)"], listed=["Up (2009)", "Akira (1988)"])


@pytest.fixture
def check(read_library, notes_of):
    """``check(words, ("tool", args), …)``: the checked calls as pairs, and of which tool what is missing."""

    def run(words, *chosen, memory=None):
        memory = memory or Memory()
        said = Said(notes_of(words, memory), memory, read_library, read_names(read_library))
        calls = Checker(said, OFFERED).check([Call(tool=tool, args=args) for tool, args in chosen])
        calls = [call for place, call in enumerate(calls) if call not in calls[:place]]
        lacking = [(call.tool, name) for call in calls for name in missing(call, OFFERED)[:1]]
        whole = [(call.tool, call.args) for call in calls if not missing(call, OFFERED)]
        return whole, lacking[0] if lacking else None

    return run


YESTERDAY = "2025-11-25"

ONE = [
    # words, the model's choice, the checked call
    (
        "I saw Heat yesterday, 8/10",
        ("log_review", {"title": "Tenet", "rating": 6, "watched": "today", "tags": ["slow"]}),
        ("log_review", {"title": "Heat (1995)", "rating": 8.0, "watched": YESTERDAY}),
    ),
    (
        "rate Heat 8",
        ("log_viewing", {"title": "Heat"}),
        ("log_review", {"title": "Heat (1995)", "rating": 8.0}),
    ),
    (
        "I watched Heat yesterday",
        ("log_review", {"title": "Heat", "rating": 9, "watched": "yesterday"}),
        ("log_viewing", {"title": "Heat (1995)", "watched": YESTERDAY}),
    ),
    (
        "I want to watch Heat on Friday",
        ("log_viewing", {"title": "Heat", "watched": "Friday"}),
        ("schedule", {"title": "Heat (1995)", "when": "2025-11-28"}),
    ),
    (
        "only saw the first half hour of Heat",
        ("log_viewing", {"title": "Heat", "minutes": 90, "completed": True}),
        ("log_viewing", {"title": "Heat (1995)", "minutes": 30, "completed": False}),
    ),
    (
        "I watched Heat yesterday",
        ("log_viewing", {"title": "Heat", "watched": "yesterday", "minutes": 30, "completed": False}),
        ("log_viewing", {"title": "Heat (1995)", "watched": YESTERDAY}),
    ),
    (
        "rewatched Heat on Netflix with my friends last night",
        ("log_viewing", {"title": "Heat", "source": "DVD"}),
        (
            "log_viewing",
            {
                "title": "Heat (1995)",
                "watched": "2025-11-25T20:00",
                "source": "Netflix",
                "context": "With Friends",
            },
        ),
    ),
    ("films like Heat", ("search_titles", {"query": "Heat"}), ("similar", {"title": "Heat (1995)"})),
    (
        "move Heat to Saturday",
        ("schedule", {"title": "Heat", "when": "Saturday"}),
        ("move_event", {"title": "Heat (1995)", "when": "2025-11-29"}),
    ),
    (
        "put dentist on the calendar for the 3rd",
        ("schedule", {"name": "dentist", "when": "the 3rd", "event_type": "custom"}),
        ("schedule", {"name": "dentist", "when": "2025-12-03", "event_type": "custom"}),
    ),
    (
        "remind me of Heat 30 minutes before, on Sunday at seven",
        ("schedule", {"title": "Heat", "when": "Sunday", "reminder_minutes": 15}),
        ("schedule", {"title": "Heat (1995)", "when": "2025-11-30T19:00", "reminder_minutes": 30}),
    ),
    (
        "schedule Heat for Sunday at seven",
        ("schedule", {"title": "Heat", "when": "Sunday", "reminder_minutes": 30}),
        ("schedule", {"title": "Heat (1995)", "when": "2025-11-30T19:00"}),
    ),
    (
        "recommend two horror films under 100 minutes",
        ("recommend", {"genres": ["thriller"], "max_runtime": 120, "limit": 3, "year_from": 1990}),
        ("recommend", {"genres": ["horror"], "max_runtime": 100, "required": ["runtime"], "limit": 2}),
    ),
    (
        "recommend 2 horror films from the 80s",
        ("recommend", {"genres": ["western"], "limit": 2}),
        (
            "recommend",
            {
                "genres": ["horror"],
                "limit": 2,
                "year_from": 1980,
                "year_to": 1989,
                "required": ["release_year"],
            },
        ),
    ),
    (
        "recommend thrillers under two hours, runtime matters less",
        ("recommend", {"genres": ["thriller"], "weights": {"runtime": 0.3, "genre": 3}}),
        ("recommend", {"genres": ["thriller"], "max_runtime": 120, "weights": {"runtime": 0.5}}),
    ),
    (
        "recommend a drama under two hours, it must be in french",
        ("recommend", {}),
        (
            "recommend",
            {"genres": ["drama"], "max_runtime": 120, "language": "fr", "required": ["language", "runtime"]},
        ),
    ),
    (
        "make a preset siesta: it must be in spanish, and fantasy would be nice",
        ("save_preset", {}),
        (
            "save_preset",
            {
                "name": "siesta",
                "genres": ["fantasy"],
                "language": "es",
                "weights": {"genre": 0.5},
                "required": ["language"],
            },
        ),
    ),
    (
        "preset Kids: family films, at most 90 minutes, that's a must",
        ("save_preset", {}),
        ("save_preset", {"name": "Kids", "genres": ["family"], "max_runtime": 90, "required": ["runtime"]}),
    ),
    (
        "preset Light: go up to 90 minutes only, comedies of course",
        ("save_preset", {}),
        ("save_preset", {"name": "Light", "genres": ["comedy"], "max_runtime": 90}),
    ),
    (
        'create a preset "Noir nights": crime, it must be before 1960',
        ("save_preset", {}),
        (
            "save_preset",
            {"name": "Noir nights", "genres": ["crime"], "year_to": 1959, "required": ["release_year"]},
        ),
    ),
    (
        "what should I watch tonight?",
        ("recommend", {"preset": "Rainy day", "genres": ["romance"]}),
        ("recommend", {}),
    ),
    (
        "which anime do I have?",
        ("list_media", {"media_type": "movie", "person": "Satoshi Kon"}),
        ("list_media", {"media_type": "anime"}),
    ),
    ("my best rated films", ("list_reviews", {"best_first": True}), ("list_reviews", {"best_first": True})),
    ("what did I give Heat?", ("list_reviews", {"title": "Heat"}), ("list_reviews", {"title": "Heat (1995)"})),
    (
        "reviews rated above 8",
        ("list_reviews", {"min_rating": 5, "limit": 10}),
        ("list_reviews", {"min_rating": 8.0}),
    ),
    ("undo the last three", ("undo", {"count": 2}), ("undo", {"count": 3})),
    ("undo", ("undo", {"count": 3}), ("undo", {})),
    (
        "what's that film where a man relives the same day?",
        ("find_by_plot", {}),
        ("find_by_plot", {"description": "a man relives the same day"}),
    ),
    ("undo four things", ("undo", {}), ("undo", {"count": 4})),
    ("No, 88 was right, change it back", ("undo", {"count": 88}), ("undo", {})),
    (
        "what if Heat meets Up, as a comedy",
        ("similar", {"title": "Heat"}),
        ("mash_up", {"sources": ["Heat (1995)", "Up (2009)"], "direction": "as a comedy"}),
    ),
    (
        "mash up Heat and Up as a comedy",
        ("mash_up", {"sources": ["Heat", "Dune"], "direction": "as a comedy"}),
        ("mash_up", {"sources": ["Heat (1995)", "Up (2009)"], "direction": "as a comedy"}),
    ),
    (
        "mash up Heat and Up",
        ("mash_up", {"sources": ["Heat", "Up"], "direction": "darker"}),
        ("mash_up", {"sources": ["Heat (1995)", "Up (2009)"]}),
    ),
    (
        "add the 2006 film Paprika by Satoshi Kon, 90 minutes, it's anime",
        (
            "add_media",
            {
                "title": "Paprika",
                "media_type": "movie",
                "year": 2007,
                "runtime": 95,
                "directors": ["Satoshi Kon", "Hayao Miyazaki"],
                "overview": "Dreams leak.",
            },
        ),
        (
            "add_media",
            {
                "title": "Paprika",
                "media_type": "anime",
                "year": 2006,
                "runtime": 90,
                "genres": ["anime"],
                "directors": ["Satoshi Kon"],
            },
        ),
    ),
]


@pytest.mark.parametrize(
    ("words", "chosen", "checked"), ONE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_one_call(check, words, chosen, checked):
    calls, lacking = check(words, chosen)
    if checked[0] == "add_media":  # whether anime is a genre, a kind or both is the genre reader's affair
        calls = [(tool, {k: v for k, v in args.items() if k != "genres"}) for tool, args in calls]
        checked = (checked[0], {k: v for k, v in checked[1].items() if k != "genres"})
    assert (calls, lacking) == ([checked], None)


REFERENCES = [
    ("make that an 8", ("update_review", {"rating": 8}), {"title": "Alien (1979)", "rating": 8.0}),
    ("schedule it for Friday", ("schedule", {"title": "it", "when": "Friday"}), {"title": "Alien (1979)"}),
    (
        "schedule the second one for Friday",
        ("schedule", {"title": "the second one"}),
        {"title": "Akira (1988)"},
    ),
    ("schedule the second one for Friday", ("schedule", {"title": "Alien"}), {"title": "Akira (1988)"}),
    ("find me something similar", ("similar", {}), {"title": "Alien (1979)"}),
    ("mash it up with Up", ("mash_up", {"sources": ["it", "Up"]}), {"sources": ["Alien (1979)", "Up (2009)"]}),
    ("mash them up", ("mash_up", {}), {"sources": ["Alien (1979)", "Heat (1995)"]}),
    ("tell me more about it", ("get_media", {}), {"title": "Alien (1979)"}),
]


@pytest.mark.parametrize(("words", "chosen", "args"), REFERENCES)
def test_references(check, words, chosen, args):
    ((_, found),), lacking = check(words, chosen, memory=ALIEN)
    assert lacking is None and {name: found.get(name) for name in args} == args


def just(tool):
    """The memory of a conversation that did one thing with Alien."""
    act = Call(tool=tool, args={"title": "Alien (1979)"})
    return Memory(focus=["Alien (1979)"], last_act=act, acts=[act], last_tool=tool)


JUST_RATED = just("log_review")
JUST_PLANNED = just("schedule")
ELSEWHERE = [
    # words, memory, the model's choice, the checked call
    (
        "change the date to Friday",
        JUST_PLANNED,
        ("update_media", {"title": "Alien", "release_date": "Friday"}),
        ("move_event", {"title": "Alien (1979)", "when": "2025-11-28"}),
    ),
    (
        "change the date to yesterday",
        JUST_RATED,
        ("update_media", {"title": "Alien", "release_date": "yesterday"}),
        ("update_review", {"title": "Alien (1979)", "watched": YESTERDAY}),
    ),
    ("delete it", JUST_RATED, ("delete_media", {}), ("delete_review", {"title": "Alien (1979)"})),
    (
        "delete that film",
        JUST_RATED,
        ("delete_media", {}),
        ("delete_media", {"title": "Alien (1979)"}),
    ),
    (
        "what's my rating for Heat?",
        Memory(),
        ("get_media", {"title": "Heat"}),
        ("list_reviews", {"title": "Heat (1995)"}),
    ),
    (
        "no, that should be 8.5",
        JUST_RATED,
        ("update_media", {"title": "Alien"}),
        ("log_review", {"title": "Alien (1979)", "rating": 8.5}),  # it has no review that could be changed
    ),
    (
        "rate Heat 85%",
        Memory(),
        ("update_media", {"title": "Heat", "genres": ["film noir"] * 9}),
        ("log_review", {"title": "Heat (1995)", "rating": 8.5}),
    ),
    (
        "what's that film where a weatherman keeps living the same day",
        JUST_RATED,
        ("get_media", {"title": "that film"}),
        ("find_by_plot", {"description": "a weatherman keeps living the same day"}),
    ),
    (
        "save that as a preset called Nineties thrills",
        Memory(criteria={"genres": ["thriller"], "max_runtime": 120}),
        ("save_preset", {"name": "Nineties thrills", "year_from": 1990}),
        ("save_preset", {"name": "Nineties thrills", "genres": ["thriller"], "max_runtime": 120}),
    ),
    (
        "recommend something funny",
        Memory(),
        ("recommend", {"preset": "funny"}),
        ("recommend", {"genres": ["comedy"]}),
    ),
    (
        "watched Heat last night, 8/10. My wife gave it a 10.",
        Memory(),
        ("log_review", {"title": "Heat", "rating": 10, "watched": "last night"}),
        ("log_review", {"title": "Heat (1995)", "rating": 8.0, "watched": "2025-11-25T20:00"}),
    ),
]


@pytest.mark.parametrize(("words", "memory", "chosen", "expected"), ELSEWHERE)
def test_the_call_goes_where_the_words_and_the_talk_point(check, words, memory, chosen, expected):
    assert check(words, chosen, memory=memory) == ([expected], None)


def test_a_title_in_lower_case_is_not_its_sequel(check):
    calls, _ = check(
        "seen: alien, aliens", ("log_viewing", {"title": "alien"}), ("log_viewing", {"title": "aliens"})
    )
    assert [args["title"] for _, args in calls] == ["Alien (1979)", "Aliens (1986)"]


PAIR = Memory(focus=["Akira (1988)", "Heat (1995)"], listed=["Heat (1995)", "Akira (1988)"])


def test_the_other_is_the_other_of_two(check):
    chosen = [("log_review", {"title": "the first one"}), ("log_review", {"title": "the other"})]
    calls, _ = check("give the first one a 7 and the other an 8", *chosen, memory=PAIR)
    assert [(args["title"], args["rating"]) for _, args in calls] == [
        ("Heat (1995)", 7.0),
        ("Akira (1988)", 8.0),
    ]
    calls, lacking = check("give the first one a 7 and also an 8", *chosen, memory=PAIR)
    assert len(calls) == 1 and lacking == ("log_review", "title")


def test_two_acts_on_one_title_are_not_both_done(check):
    calls, lacking = check(
        "give the first one a 7 and the second an 8",
        ("log_review", {"title": "the first one"}),
        ("update_review", {"title": "Heat"}),
        memory=PAIR,
    )
    assert [args["title"] for _, args in calls] == ["Heat (1995)"] and lacking == ("update_review", "title")


def test_a_sequel_is_not_the_film_it_is_named_after(check):
    calls, _ = check(
        "I watched Alien 3 last night", ("log_viewing", {"title": "Alien", "watched": "last night"})
    )
    assert [args["title"] for _, args in calls] == ["Alien 3"]


def test_two_plans_get_their_own_days(check):
    calls, _ = check(
        "put Heat and Akira on the calendar for Saturday and Sunday",
        ("schedule", {"title": "Heat", "when": "Saturday"}),
        ("schedule", {"title": "Akira", "when": "Sunday"}),
    )
    assert [args["when"] for _, args in calls] == ["2025-11-29", "2025-11-30"]


def test_where_and_what_kind_do_not_cross_from_one_act_to_another(check):
    calls, _ = check(
        "Saw Heat at the cinema yesterday, 9. Delete my review of Up and schedule Akira for tomorrow",
        ("log_review", {"title": "Heat", "watched": "yesterday"}),
        ("schedule", {"title": "Akira", "when": "tomorrow"}),
    )
    assert calls[1] == ("schedule", {"title": "Akira (1988)", "when": "2025-11-27"})


MISSING = [
    ("I want to review Heat", ("log_review", {"title": "Heat", "rating": 9}), ("log_review", "rating")),
    ("rate it 8", ("log_review", {"title": "Alien", "rating": 8}), ("log_review", "title")),
    ("schedule Heat", ("schedule", {"title": "Heat", "when": "tonight"}), ("schedule", "when")),
    ("schedule a film for Friday", ("schedule", {"when": "Friday"}), ("schedule", "title")),
    ("find me something similar", ("similar", {"title": "Blade Runner"}), ("similar", "title")),
    ("delete it from my library", ("delete_media", {"title": "The Matrix"}), ("delete_media", "title")),
    ("mash up a few films", ("mash_up", {"sources": ["Rocky", "Amelie"]}), ("mash_up", "sources")),
    ("make that an 8", ("update_review", {"rating": 8}), ("update_review", "title")),
    (
        "change my review of Heat",
        ("update_review", {"title": "Heat", "rating": 9}),
        ("update_review", "rating"),
    ),
]


@pytest.mark.parametrize(("words", "chosen", "missing"), MISSING)
def test_what_is_missing_is_asked_for_and_never_invented(check, words, chosen, missing):
    assert check(words, chosen) == ([], missing)


def test_two_titles_get_their_own_ratings(check):
    calls, _ = check(
        "gave Heat 8 and Akira a 9",
        ("log_review", {"title": "Heat", "rating": 9}),
        ("log_review", {"title": "Akira", "rating": 9}),
    )
    assert [(args["title"], args["rating"]) for _, args in calls] == [
        ("Heat (1995)", 8.0),
        ("Akira (1988)", 9.0),
    ]


def test_the_same_call_twice_is_one(check):
    call = ("list_reviews", {})
    assert check("show my reviews", call, call)[0] == [call]


def test_a_viewing_lies_behind_and_a_plan_ahead(check):
    calls, lacking = check(
        "saw Heat yesterday, 8/10, and schedule Akira for Friday",
        ("log_review", {"title": "Heat", "watched": "Friday"}),
        ("schedule", {"title": "Akira", "when": "yesterday"}),
    )
    assert (calls[0][1]["watched"], calls[1][1]["when"], lacking) == (YESTERDAY, "2025-11-28", None)


def test_a_plan_without_a_day_does_not_take_the_day_of_the_viewing(check):
    _, lacking = check(
        "saw Heat yesterday, 8/10, and schedule Akira",
        ("log_review", {"title": "Heat", "watched": "yesterday"}),
        ("schedule", {"title": "Akira", "when": "yesterday"}),
    )
    assert lacking == ("schedule", "when")


def test_an_unknown_tool_is_left_out(check):
    assert check("rate Heat 8", ("fly", {}), ("log_review", {"title": "Heat"}))[0] == [
        ("log_review", {"title": "Heat (1995)", "rating": 8.0})
    ]


ODD = [
    {"title": ["Heat"], "rating": "nine"},
    {"title": None, "rating": None},
    {"title": {"name": "Heat"}, "rating": [8]},
    {"title": 8, "rating": {"value": 8}, "tags": "slow", "unknown": 1},
]


@pytest.mark.parametrize("args", ODD, ids=str)
def test_odd_types_from_the_model_do_no_harm(check, args):
    assert check("rate Heat 8", ("log_review", args))[0] == [
        ("log_review", {"title": "Heat (1995)", "rating": 8.0})
    ]


@pytest.mark.parametrize("tool", OFFERED)
def test_no_tool_takes_anything_from_words_that_say_nothing(check, tool):
    """Every argument filled with what the model might make up; none of it is in the words."""
    made_up = {
        name: {
            "string": "Casablanca",
            "integer": 7,
            "number": 7.5,
            "boolean": True,
            "array": ["Casablanca", "Up"],
        }.get(schema.get("type") or (schema.get("anyOf") or [{}])[0].get("type"), "Casablanca")
        for name, schema in OFFERED[tool].schema()["properties"].items()
    }
    calls, lacking = check("so what", (tool, made_up))
    allowed = {"description": "so what", "query": "so what", "field_type": "Casablanca"}
    for _, args in calls:
        assert all(allowed.get(name) == value for name, value in args.items()), args
    assert calls or lacking


LIKE_BEFORE = Memory(
    focus=["Alien (1979)"],
    last_tool="schedule",
    acts=[Call(tool="schedule", args={"title": "Alien (1979)", "when": "2025-11-29T15:00"})],
)


def test_the_same_time_is_that_of_the_plan_made_before(check):
    calls, _ = check("and Heat on Sunday, same time", ("schedule", {"title": "Heat"}), memory=LIKE_BEFORE)
    assert calls == [("schedule", {"title": "Heat (1995)", "when": "2025-11-30T15:00"})]


def test_an_hour_after_a_plan_is_one_of_its_day(check):
    memory = LIKE_BEFORE.model_copy(update={"day": date(2025, 11, 29), "last_act": LIKE_BEFORE.acts[0]})
    words = "and Heat after that, at half 8"
    assert check(words, ("schedule", {"title": "Heat"}), memory=memory)[0] == [
        ("schedule", {"title": "Heat (1995)", "when": "2025-11-29T20:30"})
    ]
    calls, _ = check("schedule Heat at 20:30", ("schedule", {"title": "Heat"}), memory=memory)
    assert calls == [("schedule", {"title": "Heat (1995)", "when": "2025-11-26T20:30"})]


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("Oh dear, the 3rd is choir practice. The haircut on Friday, please", "2025-12-05"),
        ("move the haircut from the 3rd to Monday", "2025-12-01"),
        ("the 3rd is choir, so the haircut on Friday the 12th", "2025-12-12"),
        ("the 3rd is choir, so the haircut tomorrow", "2025-11-27"),
        ("the 4th is choir, the haircut on Friday", "2025-11-28"),
        ("the haircut on Friday, please", "2025-11-28"),
    ],
)
def test_a_weekday_said_behind_the_plans_own_is_the_one_next_to_it(said, words, when):
    (call,) = Checker(said(words), OFFERED).check([Call(tool="move_event", args={"title": "Haircut"})])
    assert (call.tool, call.args["when"]) == ("move_event", when)


def test_a_length_alone_corrects_the_bound_that_was_saved(check):
    saved = Call(tool="save_preset", args={"name": "Long", "genres": ["drama"], "min_runtime": 140})
    memory = Memory(last_act=saved, acts=[saved], last_tool="save_preset")
    calls, _ = check("Sorry, 150 minutes, not 140", ("save_preset", {"name": "Long"}), memory=memory)
    assert calls == [("save_preset", {"name": "Long", "genres": ["drama"], "min_runtime": 150})]


def test_what_the_model_takes_for_a_name_is_no_day(check):
    chosen = ("schedule", {"name": "saturday at 8pm", "event_type": "custom"})
    assert check("put something on for saturday at 8pm", chosen) == ([], ("schedule", "title"))


def test_a_quoted_comment_is_the_new_text_of_the_review(check):
    reviewed = Memory(
        focus=["Alien (1979)"],
        last_tool="log_review",
        acts=[Call(tool="log_review", args={"title": "Alien (1979)"})],
    )
    calls, _ = check('add the comment "pink and perfect"', ("update_review", {}), memory=reviewed)
    assert [args["text"] for _, args in calls] == ["pink and perfect"]


def test_a_lone_number_said_of_a_row_is_the_rating_of_each(check):
    calls, _ = check("rate Alien and Aliens 9 each", ("log_review", {}))
    assert [args for _, args in calls] == [
        {"title": "Alien (1979)", "rating": 9},
        {"title": "Aliens (1986)", "rating": 9},
    ]


def test_two_numbers_said_of_a_row_of_two_are_the_rating_of_each(check):
    calls, _ = check("watched Heat and Alien yesterday, 8 and 9", ("log_review", {}))
    assert [(args["title"], args["rating"]) for _, args in calls] == [("Heat (1995)", 8), ("Alien (1979)", 9)]


def test_what_is_watched_later_today_is_planned(check):
    calls, _ = check("Heat on Netflix tonight at 9", ("log_viewing", {"title": "Heat"}))
    assert calls == [("schedule", {"title": "Heat (1995)", "when": "2025-11-26T21:00", "location": "Netflix"})]


def test_what_was_watched_is_no_plan_even_at_a_time_to_come(check):
    calls, _ = check("log Heat as watched tonight at 9", ("log_viewing", {"title": "Heat"}))
    assert [tool for tool, _ in calls] == ["log_viewing"]
