"""What every backend offers, and what a reply must be to count as one."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from agent.events import Usage
from store.errors import Unavailable

Progress = Callable[[str, float | None], None]
"""Told a sentence and how far it is, from 0 to 1, or None when that is not known."""


FREQUENCY_PENALTY = 0.4
"""For prose, which is what a temperature above 0 is for: a small model repeats whole sentences without it."""
PENALTY_TOKENS = 512
"""How far back repetition counts, where the server lets us say so; llama.cpp looks back 64, two sentences."""


def silent(sentence: str, fraction: float | None) -> None:
    """A Progress for those who do not want to know."""


class EmptyAnswer(Unavailable):
    """The model ended its reply without a word."""


class CutShort(Unavailable):
    """The reply reached its token limit; JSON in it is incomplete."""


class Backend(ABC):
    """A chat model, ready to use.

    Attributes:
        name: the kind and the model, such as ``ollama/qwen2.5:3b``.
        model: temperature 0, for ``.stream``, ``.invoke`` and LangChain's ``create_agent``.
    """

    name: str
    model: BaseChatModel

    @abstractmethod
    def constrain(
        self,
        schema: dict[str, Any] | None,
        *,
        max_tokens: int,
        temperature: float = 0,
        seed: int | None = None,
    ) -> dict[str, Any]:
        """The settings of one call, to be given as ``model_settings`` or to ``model.bind``.

        Args:
            schema: the JSON schema the reply is decoded under; None for free text.
            max_tokens: where the reply is cut.
            temperature: 0 for the most likely words.
            seed: fixes the dice when the temperature is above 0.

        Raises:
            ValueError: the schema holds a pattern that some backend would refuse or ignore.
        """

    @abstractmethod
    def explain(self, error: BaseException) -> Unavailable:
        """What went wrong in a call to ``model``, as a sentence that says what to do."""

    def usage(self, message: AIMessage) -> Usage:
        """The tokens one reply cost; ``evaluated_tokens`` is None where the server does not tell."""
        counted = message.usage_metadata
        if counted is None:
            return Usage(model_calls=1, evaluated_tokens=None)
        cached = counted.get("input_token_details", {}).get("cache_read")
        return Usage(
            model_calls=1,
            prompt_tokens=counted["input_tokens"],
            evaluated_tokens=None if cached is None else counted["input_tokens"] - cached,
            completion_tokens=counted["output_tokens"],
        )

    def check_reply(self, message: AIMessage) -> None:
        """Hold a finished reply against the ways a server fails without an error.

        Raises:
            CutShort: it reached ``max_tokens``.
            EmptyAnswer: it holds no word and no tool call.
            Unavailable: the stream stopped before the server said it was done.
        """
        told = message.response_metadata
        reason = told.get("done_reason") or told.get("finish_reason")
        if reason == "length":
            raise CutShort("The model's reply was longer than it may be and was cut off. Ask for less at once.")
        if not reason:
            raise Unavailable(f"{self.name} stopped in the middle of its reply. Ask again.")
        if not message.text.strip() and not message.tool_calls:
            raise EmptyAnswer("The model gave an empty answer. Say it in other words and ask again.")

    def warm(self, messages: Sequence[BaseMessage], progress: Progress = silent) -> None:
        """Make the constant beginning of every prompt hot in the model's cache.

        Args:
            messages: that beginning, exactly as later calls will send it.
            progress: told when this takes long.

        Raises:
            Unavailable: the model does not answer.
        """
        progress("Reading the instructions into the model", None)
        try:
            self.model.bind(**self.constrain(None, max_tokens=1)).invoke(list(messages))
        except Exception as error:
            raise self.explain(error) from error

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes; an estimate that is rather too high unless the backend can count."""
        # By bytes, because a character outside ASCII costs a token where an English one costs a quarter.
        return ceil(len(text.encode()) / 3)

    def close(self) -> None:  # noqa: B027 - a backend without anything to give back need not say so
        """Give back what the backend holds; it cannot be used afterwards."""
