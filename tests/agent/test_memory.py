"""What earlier turns left, read back from their messages."""

from datetime import date

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from agent.events import Call, Confirm
from agent.memory import Outcome, Pending, label_of, labels_in, read_memory

CONFIRM = Confirm(tool="delete_review", args={"title": "Alien (1979)"}, token="t", message="Delete it?")


def said(words="…"):
    return HumanMessage(words)


def did(tool, result=None, **more):
    outcome = Outcome(call=Call(tool=tool, result=result), **more)
    return ToolMessage("…", tool_call_id="1", artifact=outcome.model_dump(mode="json"))


def films(*titles):
    return {"films": [{"title": title, "label": f"{title} (1999)"} for title in titles]}


def test_an_empty_conversation_left_nothing():
    memory = read_memory([])
    assert (memory.focus, memory.listed, memory.pending, memory.confirm) == ([], [], None, None)


def test_the_newest_title_comes_first():
    memory = read_memory(
        [said(), did("get_media", {"film": {"title": "A"}}), said(), did("x", {"film": {"title": "B"}})]
    )
    assert memory.focus == ["B", "A"] and memory.listed == []


def test_a_list_stays_until_the_next_one():
    memory = read_memory(
        [said(), did("similar", films("A", "B")), said(), did("get_media", {"film": {"title": "C"}})]
    )
    assert memory.listed == ["A (1999)", "B (1999)"] and memory.focus == ["C", "A (1999)", "B (1999)"]


def test_a_failed_call_changes_no_reference():
    memory = read_memory([said(), did("similar", films("A", "B")), said(), did("log_review")])
    assert memory.focus == ["A (1999)", "B (1999)"] and memory.last_act is None


def test_a_list_that_was_not_shown_leaves_none():
    memory = read_memory([said(), did("list_events", films("A", "B")), said(), did("recommend")])
    assert memory.listed == []


def test_a_list_of_one_is_a_list():
    memory = read_memory([said(), did("similar", films("A", "B")), said(), did("recommend", films("C"))])
    assert memory.listed == ["C (1999)"]


def test_several_acts_of_one_turn_make_a_list():
    acts = [did("log_viewing", {"viewing": {"title": title}}) for title in ("A", "B")]
    assert read_memory([said(), *acts]).listed == ["A", "B"]
    assert read_memory([said(), acts[0], said(), acts[1]]).listed == []


def test_the_last_recommendations_criteria_are_kept():
    call = Call(tool="recommend", args={"genres": ["thriller"], "limit": 3}, result=films("A"))
    shown = ToolMessage("…", tool_call_id="1", artifact=Outcome(call=call).model_dump(mode="json"))
    assert read_memory([said(), shown, said(), did("get_media")]).criteria == {"genres": ["thriller"]}


def test_titles_merely_spoken_of_count():
    memory = read_memory([said(), AIMessage("…", additional_kwargs={"spoken_of": ["Heat (1995)"]})])
    assert memory.focus == ["Heat (1995)"]


def test_the_focus_is_bounded():
    memory = read_memory([said(), did("list_media", films(*map(str, range(30))))])
    assert len(memory.focus) == 10 and len(memory.listed) == 30


def test_what_waits_is_forgotten_with_the_next_words():
    asked = AIMessage(
        "?", additional_kwargs={"pending": Pending(call=Call(tool="x"), argument="when").model_dump()}
    )
    assert read_memory([said(), asked]).pending.argument == "when"
    assert read_memory([said(), asked, said()]).pending is None
    assert read_memory([said(), did("delete_review", confirm=CONFIRM)]).confirm == CONFIRM
    assert read_memory([said(), did("delete_review", confirm=CONFIRM), said()]).confirm is None


def test_what_waits_survives_the_other_acts_of_its_turn():
    pending = Pending(call=Call(tool="log_review"), argument="title", candidates=["A", "B"])
    memory = read_memory(
        [said(), did("delete_review", confirm=CONFIRM), did("x", pending=pending), did("log_review")]
    )
    assert memory.confirm == CONFIRM and memory.pending == pending


def test_a_mashup_is_what_it_means_until_a_film_is_spoken_of():
    made = did("mash_up", {"mashup": {"title": "Neon", "sources": ["A (1999)", "B (1999)"]}})
    assert read_memory([said(), made]).focus_kind == "mashup"
    assert read_memory([said(), made, said(), did("get_media", {"film": {"title": "C"}})]).focus_kind == "film"


def test_labels_of_a_result():
    assert labels_in({"review": {"title": "A", "year": 1999}, "viewing": {"title": "A", "year": 1999}}) == [
        "A (1999)"
    ]
    assert labels_in({"events": [{"title": "Dentist", "year": None}]}) == ["Dentist"]
    assert labels_in({"summary": "Nothing."}) == []
    assert label_of({"label": "A (2001)", "title": "A"}) == "A (2001)"


def test_the_last_tool_is_that_of_the_last_call_whatever_came_of_it():
    assert read_memory([]).last_tool == ""
    assert (
        read_memory([said(), did("similar", films("A")), said(), did("log_review")]).last_tool == "log_review"
    )
    assert read_memory([said(), did("log_review", {}), did("undo", {})]).last_tool == "undo"


def test_what_waits_for_an_answer_is_the_last_tool():
    pending = Pending(call=Call(tool="schedule"), argument="when")
    asked = AIMessage("?", additional_kwargs={"pending": pending.model_dump()})
    assert read_memory([said(), did("log_review", {}), said(), asked]).last_tool == "schedule"


def test_talk_leaves_the_last_tool():
    assert read_memory([said(), did("similar", films("A")), said(), AIMessage("Hello.")]).last_tool == "similar"


def test_the_acts_are_those_of_the_turn_that_wrote_last():
    first, second = did("log_viewing", {"viewing": {"title": "A"}}), did("schedule", {"event": {"title": "B"}})
    assert [act.tool for act in read_memory([said(), first, second]).acts] == ["log_viewing", "schedule"]
    assert [act.tool for act in read_memory([said(), first, said(), second]).acts] == ["schedule"]
    asked = [said(), did("list_events", films("C"))]
    assert [act.tool for act in read_memory([said(), first, *asked]).acts] == ["log_viewing"]


def test_what_failed_and_what_was_taken_back_is_no_act():
    assert read_memory([said(), did("log_review"), did("undo", {})]).acts == []


def test_a_list_of_what_is_no_title():
    listed = did("list_presets", {"presets": [{"name": "A"}, {"name": "B"}]})
    memory = read_memory([said(), did("similar", films("C", "D")), said(), listed])
    assert (memory.listed, memory.listed_kind, memory.focus[0]) == (["A", "B"], "preset", "C (1999)")
    memory = read_memory([said(), listed, said(), did("save_preset", {"preset": {"name": "A"}})])
    assert (memory.listed, memory.thing) == (["A", "B"], "A")
    assert read_memory([said(), listed, said(), did("similar", films("C"))]).listed_kind == "film"


def test_a_rated_mashup_leaves_the_list_of_mashups():
    listed = did("list_mashups", {"mashups": [{"title": "A"}, {"title": "B"}]})
    rated = did("rate_mashup", {"mashup": {"title": "A", "sources": ["C (1999)", "D (1999)"]}})
    memory = read_memory([said(), listed, said(), rated])
    assert (memory.listed, memory.listed_kind, memory.thing) == (["A", "B"], "mashup", "A")


def test_of_mashups_found_the_first_is_spoken_of():
    found = {"mashups": [{"title": "A"}, {"title": "B"}]}
    assert read_memory([said(), did("find_mashups", found)]).thing == "A"
    assert read_memory([said(), did("list_mashups", found)]).thing == ""


def tried(tool, result=None, **args):
    outcome = Outcome(call=Call(tool=tool, args=args, result=result))
    return ToolMessage("…", tool_call_id="1", artifact=outcome.model_dump(mode="json"))


def test_a_title_that_is_missing_is_kept_until_something_is_found():
    nothing, unknown = tried("search_titles", films(), query="Ponyo"), tried("log_review", title="Ponyo")
    assert read_memory([said(), nothing]).sought == "Ponyo"
    assert read_memory([said(), unknown]).sought == "Ponyo"
    assert read_memory([said(), nothing, said(), did("similar", films("A"))]).sought == ""
    assert read_memory([said(), tried("search_titles", films("A"), query="A")]).sought == ""
    assert read_memory([said(), tried("move_event", title="B (1999)")]).sought == ""


def test_more_of_one_title_of_a_list_leaves_the_list():
    more = ToolMessage(
        "…",
        tool_call_id="1",
        artifact=Outcome(
            call=Call(tool="list_viewings", args={"title": "B (1999)"}, result=films("B"))
        ).model_dump(),
    )
    memory = read_memory([said(), did("similar", films("A", "B")), said(), more])
    assert memory.listed == ["A (1999)", "B (1999)"] and memory.focus[0] == "B (1999)"


def test_what_failed_was_spoken_of_all_the_same():
    failed = ToolMessage(
        "…",
        tool_call_id="1",
        artifact=Outcome(call=Call(tool="move_event", args={"title": "B (1999)"})).model_dump(),
    )
    assert read_memory([said(), did("similar", films("A", "B")), said(), failed]).focus[0] == "B (1999)"


def test_the_day_is_that_of_the_one_plan_or_viewing_last_spoken_of():
    planned = did("schedule", {"event": {"title": "A", "event_date": "2025-11-29", "event_time": "20:00:00"}})
    seen = did("log_viewing", {"viewing": {"title": "A", "watched_at": "2025-11-25T20:00:00"}})
    several = did("list_events", {"events": [{"title": "A", "event_date": "2025-12-01"}] * 2})
    assert read_memory([said()]).day is None
    assert read_memory([said(), planned]).day == date(2025, 11, 29)
    assert read_memory([said(), planned, said(), seen]).day == date(2025, 11, 25)
    assert read_memory([said(), planned, said(), several]).day == date(2025, 11, 29)
