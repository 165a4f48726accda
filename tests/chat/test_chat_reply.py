import asyncio
from collections.abc import Callable
from typing import Any

import chainlit as cl
import pytest

from agent.events import Call, Confirm, Done, Event, Step, Text, Turn, Understood
from chat import confirmation
from chat.failures import SORRY, spoken
from chat.reply import NO_ANSWER, Reply
from store.errors import Conflict, XilftenError

Enter = Callable[..., list[tuple[str, Any]]]


def drawn(enter: Enter, *events: Event, stopped: bool = False) -> list[tuple[str, Any]]:
    async def run() -> list[tuple[str, Any]]:
        sent = enter()
        reply = Reply("thread-1")
        for event in events:
            await reply.show(event)
        await reply.end(stopped)
        return sent

    return asyncio.run(run())


def said(sent: list[tuple[str, Any]]) -> list[str]:
    return [data["output"] for event, data in sent if event == "new_message" and "message" in data["type"]]


def test_words_are_streamed_and_then_kept(enter: Enter) -> None:
    deltas = [Text(delta=part) for part in ("Logged M*A*S*H ", "for ", "you.")]
    sent = drawn(enter, *deltas, Done(turn=Turn(reply="Logged M*A*S*H for you.")))
    assert [event for event, _ in sent] == ["stream_start", "stream_token", "stream_token", "new_message"]
    assert said(sent) == [r"Logged M\*A\*S\*H for you."]


def test_reply_that_was_not_streamed_is_shown(enter: Enter) -> None:
    assert said(drawn(enter, Done(turn=Turn(reply="Hello")))) == ["Hello"]
    assert said(drawn(enter, Done(turn=Turn(question="Which one?")))) == ["Which one?"]
    assert said(drawn(enter, Done(turn=Turn()))) == [NO_ANSWER]


def test_step_says_what_was_done(enter: Enter) -> None:
    call = Call(tool="log_review", args={"title": "M*A*S*H", "rating": 9, "text": None})
    done = call.model_copy(update={"result": {"summary": "Logged M*A*S*H."}})
    sent = drawn(
        enter,
        Understood(text="M*A*S*H"),
        Step(id="1", status="running", call=call),
        Step(id="1", status="done", call=done),
    )
    (_, note), (_, running), (event, finished) = sent
    assert note["name"] == "M*A*S*H"  # a step's name is plain text
    assert (running["name"], running["end"]) == ("Log review", None)
    assert event == "update_message" and finished["id"] == running["id"]
    assert finished["input"] == "- title: **M\\*A\\*S\\*H**\n- rating: **9**"
    assert finished["output"] == "Logged M\\*A\\*S\\*H."


def test_failed_step_shows_its_error(enter: Enter) -> None:
    call = Call(tool="log_review", error="No such film.")
    *_, (_, step) = drawn(enter, Step(id="1", status="failed", call=call))
    assert step["isError"] and step["output"] == "No such film."


def test_step_that_waits_for_a_yes_is_not_checked_off(enter: Enter) -> None:
    *_, (_, step) = drawn(enter, Step(id="1", status="done", call=Call(tool="delete_review")))
    assert (step["metadata"]["icon"], step["output"]) == ("hourglass", "Waits for your answer.")


def test_stopped_turn_keeps_its_words_and_closes_its_steps(enter: Enter) -> None:
    step = Step(id="1", status="running", call=Call(tool="recommend"))
    sent = drawn(enter, step, Text(delta="You might"), stopped=True)
    assert said(sent) == ["You might\n\n*Stopped.*"]
    assert [data["end"] for event, data in sent if event == "update_message"][-1]


def test_question_comes_with_two_buttons(enter: Enter) -> None:
    confirm = Confirm(tool="delete_review", args={"id": 7}, token="secret", message="Delete M*A*S*H?")
    sent = drawn(enter, Done(turn=Turn(confirm=confirm)))
    assert said(sent) == ["Delete M\\*A\\*S\\*H?"]
    buttons = [data for event, data in sent if event == "action"]
    assert [button["label"] for button in buttons] == ["Yes, do it", "Keep it"]
    assert all(button["payload"] == {"thread": "thread-1", "token": "secret"} for button in buttons)


@pytest.mark.parametrize(
    "payload",
    [{}, {"thread": "thread-2", "token": "t"}, {"thread": "thread-1", "token": ["t"]}, {"thread": "thread-1"}],
)
def test_forged_button_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        confirmation.read(cl.Action(name=confirmation.YES, payload=payload), "thread-1")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(XilftenError("No film M*A*S*H."), "No film M\\*A\\*S\\*H."), (RuntimeError("secret detail"), SORRY)],
)
def test_failure_is_said_on_the_page(enter: Enter, error: Exception, sentence: str) -> None:
    async def run() -> list[tuple[str, Any]]:
        sent = enter()

        @spoken
        async def callback() -> None:
            raise error

        await callback()
        return sent

    assert said(asyncio.run(run())) == [sentence]
