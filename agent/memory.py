"""What the conversation is about, typed: what "it" means, what was listed, what waits for an answer.

All of it is kept on the conversation's messages, so the checkpointer saves it with them.
"""

import re
from datetime import date
from typing import Any, Literal

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from pydantic import BaseModel, Field

from agent.events import Call, Confirm
from tools import TOOLS


class Pending(BaseModel):
    """A call that waits for one argument: missing, or ambiguous between candidates."""

    call: Call
    argument: str
    candidates: list[str] = Field(default_factory=list)


class Outcome(BaseModel):
    """What a tool's call came to; the artifact of its ToolMessage."""

    call: Call
    question: str | None = None
    confirm: Confirm | None = None
    pending: Pending | None = None


Kind = Literal["film", "mashup", "preset", "field"]
_NAMED: dict[str, tuple[Kind, str]] = {
    "mashups": ("mashup", "title"),
    "presets": ("preset", "name"),
    "fields": ("field", "field_label"),
}
"""Lists of what is no title: the kind and where the name stands."""
_LISTS = ("films", "reviews", "viewings", "events")
_LISTING = (
    "recommend",
    "similar",
    "search_titles",
    "find_by_plot",
    "list_media",
    "list_reviews",
    "list_viewings",
    "list_events",
    "query_diary",
)


_LABEL = re.compile(r"\(\d{4}\)$")
_TRIED_AGAIN = ("set_field", "log_review", "save_preset")
"""Acts that failed are kept for what may be said next: "Cosiness of Up: 12" - "fine, 10"."""


class Memory(BaseModel):
    """What earlier turns left.

    ``focus`` are the labels of the titles last spoken of, the newest first; ``listed`` those of the last list,
    in order, or of the several acts of one turn, or the names of what ``listed_kind`` tells; ``thing`` is the
    mashup, preset or field last spoken of; ``last_act`` what was written last, ``acts`` all that the last
    acting turn wrote or tried to, and ``last_question`` what was looked up last, each with the label it was
    about; ``sought`` is the name of a title that was just found to be missing; ``last_tool`` is the tool of
    whichever came later, or of what waits for an answer; ``criteria`` what the last recommendation went by;
    ``day`` is that of the plan or viewing last spoken of.
    """

    focus: list[str] = Field(default_factory=list)
    listed: list[str] = Field(default_factory=list)
    focus_kind: Kind = "film"
    listed_kind: Kind = "film"
    thing: str = ""
    last_act: Call | None = None
    acts: list[Call] = Field(default_factory=list)
    last_question: Call | None = None
    sought: str = ""
    last_tool: str = ""
    criteria: dict[str, Any] = Field(default_factory=dict)
    day: date | None = None
    pending: Pending | None = None
    confirm: Confirm | None = None


def read_memory(messages: list[BaseMessage]) -> Memory:
    """The memory that a conversation's finished turns amount to."""
    memory = Memory()
    acted_on: list[str] = []
    acts: list[Call] = []
    for message in messages:
        if message.type == "human":
            acted_on, acts = [], []
            if memory.pending or memory.confirm:
                memory = memory.model_copy(update={"pending": None, "confirm": None})
        elif isinstance(message, ToolMessage) and message.artifact:
            outcome = Outcome.model_validate(message.artifact)
            _remember(memory, outcome, acted_on)
            if memory.last_act is not None and _wrote(outcome.call):
                acts.append(memory.last_act)
                memory.acts = acts
            elif outcome.call.tool in _TRIED_AGAIN and outcome.call.error and not outcome.pending:
                acts.append(outcome.call)
                memory.acts = acts
        elif isinstance(message, AIMessage):
            if spoken_of := message.additional_kwargs.get("spoken_of"):
                memory.focus_kind = "film"
                _bring_forward(memory, spoken_of)
            if waiting := message.additional_kwargs.get("pending"):
                memory.pending = Pending.model_validate(waiting)
                memory.last_tool = memory.pending.call.tool
    return memory


def _remember(memory: Memory, outcome: Outcome, acted_on: list[str]) -> None:
    call = outcome.call
    memory.last_tool = call.tool
    memory.confirm = outcome.confirm or memory.confirm
    memory.pending = outcome.pending or memory.pending
    if call.tool == "recommend":
        memory.criteria = {name: value for name, value in call.args.items() if name not in ("limit", "preset")}
    if call.result is None:
        if call.tool in _LISTING:
            memory.listed = []  # "the second" of a list that was not shown is not that of an older one
        if _LABEL.search(tried := str(call.args.get("title", ""))):
            _bring_forward(memory, [tried])  # what failed or waits for a yes was spoken of all the same
        elif tried and not outcome.question:
            memory.sought = tried
        return
    spoken_of = labels_in(call.result)
    memory.sought = "" if spoken_of or call.tool != "search_titles" else str(call.args.get("query", ""))
    about = {**call.args, "title": spoken_of[0]} if spoken_of and "title" in call.args else call.args
    done = Call(tool=call.tool, args=about)
    if _wrote(call):
        memory.last_act = done
    elif call.tool != "undo":
        memory.last_question = done
    if any(isinstance(call.result.get(key), list) for key in _LISTS) and not _is_of_one(
        call, spoken_of, memory
    ):
        memory.listed, memory.listed_kind = spoken_of, "film"
    for key, (kind, name) in _NAMED.items():
        if isinstance(call.result.get(key), list):
            memory.listed, memory.listed_kind = [str(one[name]) for one in call.result[key]], kind
            best = memory.listed[:1] if call.tool == "find_mashups" else []  # the first is the likeliest
            memory.focus_kind, memory.thing = kind, "".join(best)
        elif isinstance(one := call.result.get(kind), dict) and one.get(name):
            memory.thing = str(one[name])
    memory.day = _day_in(call.result) or memory.day
    if not spoken_of:
        return
    memory.focus_kind = "mashup" if "mashup" in call.result else "film"
    acted_on += [label for label in spoken_of if label not in acted_on]
    if len(acted_on) > 1 and not (memory.listed_kind == "mashup" and memory.thing in memory.listed):
        memory.listed, memory.listed_kind = list(acted_on), "film"
    _bring_forward(memory, spoken_of)


def _is_of_one(call: Call, shown: list[str], memory: Memory) -> bool:
    """Whether a list only tells more of one title of the list before, which goes on counting."""
    asked = bool(call.args.get("title")) and memory.listed_kind == "film"
    return asked and len(memory.listed) > 1 and bool(shown) and set(shown) <= set(memory.listed)


def _day_in(result: dict[str, Any]) -> date | None:
    """The day of the one plan or viewing that a result speaks of."""
    said = [result[key] for key in ("event", "viewing") if result.get(key)]
    said += [result[key][0] for key in ("events", "viewings") if len(result.get(key) or []) == 1]
    days = [str(one.get("event_date") or one.get("watched_at") or "")[:10] for one in said]
    return date.fromisoformat(days[0]) if days and days[0] else None


def _wrote(call: Call) -> bool:
    reads = call.tool in TOOLS and TOOLS[call.tool].kind == "read"
    return call.result is not None and not reads and call.tool != "undo"


def _bring_forward(memory: Memory, labels: list[str]) -> None:
    memory.focus = [*labels, *(label for label in memory.focus if label not in labels)][:10]


def labels_in(result: dict[str, Any]) -> list[str]:
    """The labels of the titles a result speaks of, in its order."""
    labels = []
    for key in ("review", "viewing", "event", "film"):
        if result.get(key):
            labels.append(label_of(result[key]))
    for key in _LISTS:
        items = result.get(key)
        labels += [label_of(item) for item in items] if isinstance(items, list) else []
    if result.get("mashup"):
        labels += result["mashup"].get("sources") or []
    return list(dict.fromkeys(labels))


def label_of(item: dict[str, Any]) -> str:
    """The label of a title in a result's dict."""
    if item.get("label"):
        return str(item["label"])
    return f"{item['title']} ({item['year']})" if item.get("year") else str(item["title"])
