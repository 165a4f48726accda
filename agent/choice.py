"""Choosing what to do: the middleware that stands where a model's own tool calling would."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    RemoveMessage,
    ToolMessage,
)
from langgraph.config import get_stream_writer
from pydantic_core import from_json

from agent.again import asked_again, corrected_title
from agent.another_take import read_another_take
from agent.answers import complete, says_everything, says_no, says_undo, says_yes
from agent.backends import Backend
from agent.check import Checker, missing
from agent.events import Call, Text, Understood, Usage
from agent.follow_up import asked_of_another
from agent.intent import (
    asks_the_diary,
    intent,
    is_another_act,
    is_lead_in,
    is_remark,
    is_talk,
    likely_tool,
    one_for_each,
    plausible,
    with_topic,
)
from agent.memory import Memory, Pending, labels_in, read_memory
from agent.names import Names, read_names, spans_of, with_fields
from agent.notes import Notes, read_notes
from agent.portions import in_a_row, part_of, possible_parts, same_occasion
from agent.prompt import choice_messages, read_data, system_prompt
from agent.question import read_question
from agent.said import Said
from agent.sayings import NO_TOOL
from agent.schema import TALK, choice_schema
from store.errors import Unavailable, XilftenError
from store.titles import normalise
from tools import Library
from tools.tool import Tool

_MAX_TOKENS = 400
_KEPT_MESSAGES = 80
_DONE = (
    "saved|logged|scheduled|added|deleted|removed|cancell?ed|recorded|updated|noted|rated|moved|undone|changed"
)
_CLAIM = re.compile(
    rf"^\W*(?:{_DONE})\b|\b(?:i|i[’']ve|have|been|was|were|is|are|got|now)\s+"
    rf"(?:(?:just|now|already|successfully)\s+)*(?:{_DONE})\b|\b(?:i(?:[’']ll| will)|let me)\s+(?!be\b)",
    re.IGNORECASE,
)
# A small model may write its call into the text of a reply, where nobody should read it.
_CODE = re.compile(r"""[\[{]\s*["'\[{]|["']\s*:\s*["'\[{\d]""")

_REFUSES = re.compile(
    r"\b(?:i[’']m|i am) sorry\b|\bcan(?:no|[’'])t (?:assist|help)|\bapolog|\b(?:as an ai|language model)\b|"
    r"\bwhat (?:is|[’']s) the title\b|\bwhat time\b",
    re.IGNORECASE,
)

_READ_BY_MODEL = ("add_media", "define_field")
"""Tools whose arguments are mostly free words, which only the model can tell apart."""
_GOES_ON = ("save_preset", "set_field", "define_field")
"""Acts that a later part of a message may speak of: "and clear the one of Heat"."""
_LISTS = ("list_events", "list_viewings", "list_reviews", "query_diary")
"""Questions whose answer may be a single title."""
_OF_ONE = ("first", "last", "highest", "lowest", "longest", "shortest")
"""Measures that the first title of the answer has."""
_NAMES = ("title", "name", "label", "query", "field", "sources")
"""Arguments the model may still find in the words where code did not."""


class Stopped(Exception):
    """The user pressed stop while the model was writing."""


@dataclass
class TurnContext:
    """What one turn carries through the graph besides its messages."""

    stop: threading.Event = field(default_factory=threading.Event)
    usage: Usage = field(default_factory=Usage)
    model_seconds: float = 0.0
    streamed: str = ""

    def emit(self, delta: str) -> None:
        """Show a piece of the reply at once."""
        if delta:
            self.streamed += delta
            get_stream_writer()(Text(delta=delta))


def stream_model(
    backend: Backend,
    messages: list[BaseMessage],
    settings: dict[str, Any],
    context: TurnContext,
    on_text: Callable[[str], None] = lambda text: None,
) -> AIMessage:
    """Run the model, telling the text so far after each piece.

    Raises:
        Stopped: the user pressed stop.
        Unavailable: the model failed; the message says what to do.
    """
    started = time.monotonic()
    reply = AIMessageChunk(content="")
    try:
        for chunk in backend.stream(messages, settings, context.stop):
            reply = reply + chunk
            if chunk.text:
                on_text(reply.text)
        if context.stop.is_set():
            raise Stopped
        _count(context.usage, backend.usage(reply))
        backend.check_reply(reply)
        return reply
    finally:
        context.model_seconds += time.monotonic() - started


class Choice(AgentMiddleware[Any, TurnContext]):
    """Turns a user's message into checked tool calls, and their results into the answer.

    The turn, step by step: read what code can read; take the short ways (a yes, an answer to a question, undo);
    else take the message act by act, letting the model choose where a doubt is left; check each act; run the
    calls one by one; answer from the results.
    """

    def __init__(self, library: Library, backend: Callable[[], Backend], tools: list[Tool]) -> None:
        super().__init__()
        self._library = library
        self._backend = backend
        self._tools = {tool.name: tool for tool in tools}
        self.system = system_prompt(tools)

    def before_agent(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """Forget the older half of a long conversation, in one block: only the last turns are referred to."""
        messages = state["messages"]
        if len(messages) <= _KEPT_MESSAGES:
            return None
        first = len(messages) - _KEPT_MESSAGES // 2
        while not isinstance(messages[first], HumanMessage):
            first += 1
        return {"messages": [RemoveMessage(id=message.id) for message in messages[:first]]}

    def wrap_model_call(
        self,
        request: ModelRequest[TurnContext],
        handler: Callable[[ModelRequest[TurnContext]], ModelResponse[Any]],
    ) -> AIMessage:
        """One step of the turn; the model is asked, if at all, before the first tool."""
        messages: list[BaseMessage] = list(request.messages)
        context = request.runtime.context
        if isinstance(messages[-1], ToolMessage):
            return self._continue(messages, context)
        return self._begin(messages, context)

    def _begin(self, messages: list[BaseMessage], context: TurnContext) -> AIMessage:
        human = messages[-1]
        assert isinstance(human, HumanMessage)
        memory = read_memory(messages[:-1])
        words = re.sub(r"[^\S\n]+", " ", human.text.strip())  # runs of blanks cost the readers seconds
        notes = read_notes(words, self._library, memory)
        if understood := notes.understood():
            get_stream_writer()(Understood(text=understood))
        try:
            if context.stop.is_set():
                raise Stopped
            answer = self._without_model(words, human.additional_kwargs.get("confirm"), memory, notes)
            answer = answer or self._at_once(notes, memory) or self._act(words, notes, memory, context)
        except Stopped:
            answer = AIMessage(read_data("questions.yaml")["stopped"])
        except Unavailable as error:
            answer = AIMessage(str(error), additional_kwargs={"failed": True})
        named = [m.media[0].label for m in notes.titles if len(m.media) == 1]
        pointed = [notes.referent] if notes.points and notes.referent and memory.focus_kind == "film" else []
        answer.additional_kwargs["spoken_of"] = [*named, *(label for label in pointed if label not in named)]
        return answer

    def _at_once(self, notes: Notes, memory: Memory) -> AIMessage | None:
        """What repeats or corrects the turn before."""
        if repeated := corrected_title(notes, memory, self._library.titles):
            return _call_next(repeated, None)
        again = read_another_take(notes.words, self._library, memory, titles=len(notes.titles))
        if again is not None:
            return _call_next([Call(tool="mash_up", args=again)], None)
        question = asked_again(notes, memory)
        other = asked_of_another(notes, memory, self._library) if question is None else None
        if memory.last_question and other is not None:
            question = Call(tool=memory.last_question.tool, args=other)
        return _call_next([question], None) if question else None

    def _act(self, words: str, notes: Notes, memory: Memory, context: TurnContext) -> AIMessage:
        """What the message asks for, part by part; the model judges those that leave a doubt."""
        names = read_names(self._library)
        used: list[tuple[str, str]] = []
        found: list[Call] = []
        replies: list[Call] = []
        parts = self._parts(notes, memory, names)
        for said in parts if len(parts) < 2 else [part for part in parts if not is_remark(part)] or parts:
            part = said.notes
            if found and found[-1].tool == "add_media" and not (part.titles or part.points):
                part = replace(part, referent=found[-1].args.get("title"))  # "Add Columbo and give it a 9"
                said = replace(said, notes=part)
            elif found and part.refers and not (part.titles or part.points or part.referent):
                part = replace(part, referent=self._only_one(found[-1]))
                said = replace(said, notes=part)
            said = replace(said, names=with_fields(names, found))
            if any(call.tool in _GOES_ON for call in found):  # "and give me three films by it"
                said = replace(said, memory=memory.model_copy(update={"acts": [*memory.acts, *found]}))
            asked = self._asked(said, found)
            if asked is not None:
                found.append(Call(tool="query_diary", args=asked))
                continue
            plain = intent(said)
            if plain and plain.tool == "query_diary" and not plain.args.keys() - {"title"}:  # not understood
                plain = Call(tool="list_viewings", args=plain.args) if plain.args else None
            if plain is None and is_talk(said):
                continue
            if plain is None or plain.tool in _READ_BY_MODEL:
                calls = self._choose(part, [plain.tool] if plain else plausible(said), context)
                replies += [call for call in calls if call.tool in TALK]
                found += self._check(calls, said, used)
                continue
            plans = one_for_each(plain, said)
            if len(plans) > 1:
                found += plans
                continue
            trial = list(used)
            calls = self._check([plain], said, trial)
            if any(self._lacks(call) in _NAMES for call in calls):  # perhaps a title the library does not know
                calls = self._check(self._choose(part, [plain.tool], context), said, used)
            else:
                used = trial
            found += calls
        if found:
            return self._next([call for place, call in enumerate(found) if call not in found[:place]])
        if not replies:
            replies = [call for call in self._choose(notes, [NO_TOOL], context) if call.tool in TALK]
        return self._talk(words, replies)

    def _asked(self, said: Said, found: list[Call]) -> dict[str, Any] | None:
        """What the words ask of the diary, or of what the part before asked: "which of them was best?"."""
        notes = replace(said.notes, words=re.sub(r"[\s,]+(?:and|but|then)?\s*$", "", said.notes.words))
        if found and found[-1].tool == "query_diary":
            memory = said.memory.model_copy(update={"last_question": found[-1], "last_tool": "query_diary"})
            if of_those := asked_of_another(notes, memory, self._library):
                return of_those
        return read_question(notes, self._library) if asks_the_diary(said) else None

    def _only_one(self, call: Call) -> str | None:
        """The one title that a question finds: "what am I watching on Saturday and who made it?"."""
        if call.tool not in _LISTS:
            return None
        try:
            shown = labels_in(self._library.call(call.tool, call.args).model_dump(mode="json"))
        except XilftenError:
            return None
        told = shown[:1] if call.args.get("measure") in _OF_ONE else shown
        return told[0] if len(told) == 1 else None

    def _parts(self, notes: Notes, memory: Memory, names: Names) -> list[Said]:
        """The message act by act; what is no act of its own belongs to the one before."""

        def said_in(span: tuple[int, int], before: list[Said]) -> Said:
            part = part_of(notes, span, [said.notes for said in before], read)
            tool = likely_tool(before[-1]) if before else NO_TOOL
            said = Said(part, memory, self._library, names, before="" if tool == NO_TOOL else tool)
            return with_topic(said, before)

        def read(words: str) -> Notes:
            return read_notes(words, self._library, memory)

        spans: list[tuple[int, int]] = []
        heads: list[Said] = []  # what tells of each part which act it is
        own = [*names.events, *names.mashups]
        events = [span for name in own for span in spans_of(name, notes.words)]
        free = [span for span in events if not any(a < span[1] and span[0] < b for a, b in notes.title_spans)]
        named = sorted([*notes.title_spans, *free])
        for span in possible_parts(notes, named):
            said = said_in(span, heads)
            row = in_a_row(notes.words, named, span[0])
            if heads and not row and is_lead_in(heads[-1], said):
                spans[-1], heads[-1] = (spans[-1][0], span[1]), said
            elif heads and not is_another_act(said, heads[-1], in_a_row=row):
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
                heads.append(said)
        parts: list[Said] = []
        for span in spans:
            said = said_in(span, parts)
            goes_on = parts and not re.search(r"[.!?;]\s*$", notes.words[: span[0]])
            if goes_on and likely_tool(said) == likely_tool(parts[-1]) == "log_viewing":
                said = replace(said, notes=same_occasion(said.notes, parts[-1].notes))
            parts.append(said)
        return parts

    def _check(self, calls: list[Call], said: Said, used: list[tuple[str, str]]) -> list[Call]:
        return Checker(said, self._tools, used).check(calls)

    def _lacks(self, call: Call) -> str | None:
        """The first argument that a call still needs."""
        return next(iter(missing(call, self._tools)), None)

    def _next(self, calls: list[Call]) -> AIMessage:
        """Start the first call; of those that lack something, the first waits for an answer."""
        complete = [call for call in calls if not self._lacks(call)]
        waiting = next((call for call in calls if self._lacks(call)), None)
        pending = Pending(call=waiting, argument=self._lacks(waiting) or "") if waiting else None
        return _call_next(complete, pending) if complete else _ask(pending)

    def _without_model(self, words: str, token: str | None, memory: Memory, notes: Notes) -> AIMessage | None:
        texts = read_data("questions.yaml")
        if token or (memory.confirm and says_yes(words)):
            waiting = memory.confirm
            if waiting is None or (token and token != waiting.token):
                return AIMessage(texts["nothing_waits"])
            return _call_next([Call(tool=waiting.tool, args={**waiting.args, "confirm": waiting.token})], None)
        if not words:
            return AIMessage(texts["unclear"])
        bare = not (notes.titles or notes.ratings or notes.moments)
        if (memory.confirm or memory.pending) and bare and says_no(words):
            return AIMessage(texts["kept"])
        if bare and says_everything(words):
            return AIMessage(texts["everything"])
        if says_undo(words):
            return _call_next([Call(tool="undo")], None)
        completed = complete(memory.pending, notes, self._library) if memory.pending else None
        if completed is None:
            return None
        return self._next([completed])

    def _choose(self, notes: Notes, offered: list[str], context: TurnContext) -> list[Call]:
        """What the model makes of the words, of the tools offered and a reply."""
        backend = self._backend()
        words = notes.words.strip()
        tools = [self._tools[tool] for tool in offered if tool != NO_TOOL]
        schema = choice_schema(tools, replies=NO_TOOL in offered)
        shown = ""

        def show(raw: str) -> None:
            nonlocal shown
            text = _small_talk(raw)
            if text.startswith(shown) and not _echoes(text, words):
                context.emit(text[len(shown) :])
                shown = text

        reply = stream_model(
            backend,
            choice_messages(self.system, words, notes.line()),
            backend.constrain(schema, max_tokens=_MAX_TOKENS),
            context,
            show,
        )
        try:
            calls = [_call(chosen) for chosen in json.loads(reply.text)]
        except (ValueError, TypeError, AttributeError) as error:
            raise Unavailable("The model's answer could not be read. Say it in other words.") from error
        return [call for call in calls if call.tool in TALK or call.tool in offered]

    def _talk(self, words: str, talk: list[Call]) -> AIMessage:
        text = " ".join(_fact_free(call.args["text"]) for call in talk).strip()
        return AIMessage(read_data("questions.yaml")["unclear"] if not text or _echoes(text, words) else text)

    def _continue(self, messages: list[BaseMessage], context: TurnContext) -> AIMessage:
        """After a tool: the next call of the choice, or the answer made from all results."""
        caller = next(m for m in reversed(messages) if isinstance(m, AIMessage) and m.tool_calls)
        rest = [Call.model_validate(call) for call in caller.additional_kwargs.get("rest", [])]
        waits = caller.additional_kwargs.get("waits")
        pending = Pending.model_validate(waits) if waits else None
        if rest and not context.stop.is_set():
            return _call_next(rest, pending)
        results: list[str] = []
        for message in reversed(messages):
            if isinstance(message, HumanMessage):
                break
            if isinstance(message, ToolMessage):
                results.insert(0, message.text)
        if pending:
            question = _ask(pending)
            return AIMessage(
                "\n\n".join([*results, question.text]), additional_kwargs=question.additional_kwargs
            )
        return AIMessage("\n\n".join(results))


def _call(chosen: dict[str, Any]) -> Call:
    """One element of the model's array: ``{"log_review": {"title": "Ran"}}`` or ``{"reply": "Good night!"}``.

    Raises:
        ValueError, TypeError, AttributeError: it has another shape.
    """
    ((tool, value),) = chosen.items()
    if tool not in TALK:
        return Call(tool=tool, args=dict(value))
    return Call(tool=tool, args={"text": "" if not isinstance(value, str) or _CODE.search(value) else value})


def _call_next(calls: list[Call], pending: Pending | None) -> AIMessage:
    """One call at a time: LangGraph would run several at once, in no order."""
    first, *rest = calls
    more: dict[str, Any] = {"rest": [call.model_dump(mode="json") for call in rest]}
    if pending:
        more["waits"] = pending.model_dump(mode="json")
    call_id = f"call-{time.time_ns()}"
    return AIMessage(
        "",
        tool_calls=[{"name": first.tool, "args": first.args, "id": call_id, "type": "tool_call"}],
        additional_kwargs=more,
    )


def _ask(pending: Pending | None) -> AIMessage:
    texts = read_data("questions.yaml")
    if pending is None:
        return AIMessage(texts["unclear"])
    title = pending.call.args.get("title") or "it"
    question = texts.get(pending.argument, texts["default"])
    question = question.format(title=title, argument=pending.argument.replace("_", " "))
    return AIMessage(question, additional_kwargs={"pending": pending.model_dump(mode="json")})


def _small_talk(raw: str) -> str:
    """The text of a reply in unfinished JSON, by whole sentences; empty while it may still be a tool call."""
    try:
        (call,) = map(_call, from_json(raw, allow_partial="trailing-strings"))
        text = call.args["text"] if call.tool in TALK else ""
    except (ValueError, TypeError, AttributeError):
        return ""
    end = max(text.rfind(mark) for mark in ".!?")
    return _fact_free(text[: end + 1])


def _echoes(text: str, words: str) -> bool:
    """Whether the model only repeats a remark; a greeting may be returned."""
    return len(words.split()) > 3 and normalise(text) == normalise(words)


def _fact_free(text: str) -> str:
    """Small talk without sentences that state figures or acts, refuse, or only repeat an example."""
    kept = []
    sentence = ""
    for character in text:
        sentence += character
        if character in ".!?":
            kept.append(sentence)
            sentence = ""
    kept.append(sentence)
    return "".join(part for part in kept if not (any(c.isdigit() for c in part) or _is_empty(part)))


def _is_empty(sentence: str) -> bool:
    return bool(_CLAIM.search(sentence) or _REFUSES.search(sentence)) or normalise(sentence) in _sayings()


@cache
def _sayings() -> frozenset[str]:
    """What users say in the examples, which a small model at a loss says itself."""
    return frozenset(normalise(example["say"]) for example in read_data("examples.yaml"))


def _count(total: Usage, one: Usage) -> None:
    total.model_calls += one.model_calls
    total.prompt_tokens += one.prompt_tokens
    total.completion_tokens += one.completion_tokens
    if total.evaluated_tokens is None or one.evaluated_tokens is None:
        total.evaluated_tokens = None
    else:
        total.evaluated_tokens += one.evaluated_tokens
