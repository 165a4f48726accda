"""What a turn tells its door while it runs, in order: Waiting, Thinking, Understood, Steps and Texts, Done."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class Usage(BaseModel):
    """Tokens of one turn, summed over its model calls.

    ``evaluated_tokens`` are the prompt tokens the model really read, the rest came from its cache; None where
    the server does not tell.
    """

    model_calls: int = 0
    prompt_tokens: int = 0
    evaluated_tokens: int | None = 0
    completion_tokens: int = 0


class Call(BaseModel):
    """One tool call of the turn with what came of it: a result or an error."""

    tool: str
    args: dict[str, Any] = Field(default_factory=dict)
    result: dict[str, Any] | None = None
    error: str | None = None


class Confirm(BaseModel):
    """A destructive act that waits for a yes."""

    tool: str
    args: dict[str, Any]
    token: str
    message: str


class Turn(BaseModel):
    """A whole turn, the object that ``xilften ask --json`` prints.

    ``failed`` tells a door that the model did not answer; the reply says what to do.
    """

    reply: str = ""
    calls: list[Call] = Field(default_factory=list)
    question: str | None = None
    confirm: Confirm | None = None
    usage: Usage = Field(default_factory=Usage)
    seconds: float = 0.0
    model_seconds: float = 0.0
    failed: bool = Field(default=False, exclude=True)


class Waiting(BaseModel):
    """Other turns go first; comes at once, again when the number changes, and not at all when none does.

    ``ahead`` is how many, ``text`` the same as a sentence; the next event of another kind makes it obsolete.
    """

    kind: Literal["waiting"] = "waiting"
    ahead: int
    text: str


class Thinking(BaseModel):
    """The turn has begun; comes before anything is read, looked up or asked of the model."""

    kind: Literal["thinking"] = "thinking"


class Understood(BaseModel):
    """What code read in the user's words (a title, a date, a rating); not sent when that is nothing."""

    kind: Literal["understood"] = "understood"
    text: str


class Step(BaseModel):
    """A tool starts or ends."""

    kind: Literal["step"] = "step"
    id: str
    status: Literal["running", "done", "failed"]
    call: Call


class Text(BaseModel):
    """A piece of the reply, Markdown, to be appended."""

    kind: Literal["text"] = "text"
    delta: str


class Done(BaseModel):
    """The turn is over; nothing follows."""

    kind: Literal["done"] = "done"
    turn: Turn


Event = Waiting | Thinking | Understood | Step | Text | Done
