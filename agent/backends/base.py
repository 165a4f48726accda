"""What every backend offers, and what a reply must be to count as one."""

import logging
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import cached_property
from math import ceil
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage

from agent.backends.calls import Calls
from agent.events import Usage
from store.errors import Unavailable

log = logging.getLogger(__name__)

Progress = Callable[[str, float | None], None]
"""Told a sentence and how far it is, from 0 to 1, or None when that is not known."""


FREQUENCY_PENALTY = 0.4
"""For prose, which is what a temperature above 0 is for: a small model repeats whole sentences without it."""
PENALTY_TOKENS = 512
"""How far back repetition counts, where the server lets us say so; llama.cpp looks back 64, two sentences."""

_REPLY_TOKENS = 1000
"""Kept free for the reply; no call asks for more."""
_FRAME_TOKENS = 8
"""What a template writes around each message."""
_WORDLIKE = re.compile(rb"[A-Za-z ]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def silent(sentence: str, fraction: float | None) -> None:
    """A Progress for those who do not want to know."""


class EmptyAnswer(Unavailable):
    """The model ended its reply without a word."""


class CutShort(Unavailable):
    """The reply reached its token limit; JSON in it is incomplete."""


class TooLong(Unavailable):
    """The prompt and its reply do not fit into the model's context."""


class Backend(ABC):
    """A chat model, ready to use.

    Attributes:
        name: the kind and the model, such as ``ollama/qwen2.5:3b``.
        model: temperature 0, for ``.stream``, ``.invoke`` and LangChain's ``create_agent``.
        num_ctx: tokens that prompt and reply may take together.
    """

    name: str
    model: BaseChatModel
    num_ctx: int
    _warming: "Future[None] | None" = None

    @cached_property
    def _calls(self) -> Calls:
        return Calls()

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

    def stream(
        self, messages: Sequence[BaseMessage], settings: dict[str, Any], stop: threading.Event
    ) -> Iterator[AIMessageChunk]:
        """The reply to a prompt, piece by piece.

        Args:
            messages: the prompt.
            settings: made by ``constrain``.
            stop: set it to hang up at once, even while the server is silent; the reply then just ends.

        Raises:
            TooLong: the prompt leaves no room for the reply.
            Unavailable: the model failed; the message says what to do.
        """
        self.check_fits(messages)
        self._give_way()
        pieces = self.model.bind(**settings).astream(list(messages))
        try:
            for piece in self._calls.stream(pieces, stop):
                assert isinstance(piece, AIMessageChunk)
                yield piece
        except Exception as error:
            raise self.explain(error) from error

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
        self._give_way()
        try:
            self.model.bind(**self.constrain(None, max_tokens=1)).invoke(list(messages))
        except Exception as error:
            raise self.explain(error) from error

    def warm_again(self, messages: Sequence[BaseMessage]) -> None:
        """Begin to warm behind the user's back, and give way to the next call.

        A server with one cache loses one prompt's beginning to another's; read in again while nobody asks, it
        is not missed. Broken off, it leaves what was read so far in the server's cache.

        Args:
            messages: as for ``warm``, which this follows.
        """

        async def read() -> None:
            try:
                await self.model.bind(**self.constrain(None, max_tokens=1)).ainvoke(list(messages))
            except Exception as error:  # nobody asked for it
                log.info("the prompt was not read in again: %s", self.explain(error))

        self._give_way()
        self._warming = self._calls.start(read())

    def _give_way(self) -> None:
        if self._warming is not None:
            self._warming.cancel()
            self._warming = None

    def check_fits(self, messages: Sequence[BaseMessage]) -> None:
        """Count a prompt before it is sent: Ollama cuts one that is too long without a word.

        Raises:
            TooLong: it leaves no room for the reply.
        """
        texts = [message.text for message in messages]
        room = self.num_ctx - _REPLY_TOKENS - _FRAME_TOKENS * len(texts)
        # No tokenizer makes more tokens than there are bytes, so an ordinary message is not counted at all.
        if sum(len(text.encode()) for text in texts) <= room:
            return
        tokens = [self.count_tokens(text) for text in texts]
        if sum(tokens) > room:
            left = room - sum(tokens[:-1])
            raise TooLong(
                f"That is about {tokens[-1]} tokens, and {self.name} can read {left} at once. "
                "Say it in fewer words, or raise XILFTEN_NUM_CTX."
            )

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes; an estimate that is rather too high unless the backend can count."""
        # Held against Qwen2.5's own tokenizer: English takes a token per four letters, digits and punctuation
        # one each, other scripts one per two to six bytes.
        raw = text.encode()
        wordlike, foreign = len(_WORDLIKE.findall(raw)), len(_NOT_ASCII.findall(raw))
        return ceil(wordlike / 3 + foreign / 2) + len(raw) - wordlike - foreign

    def close(self) -> None:
        """Give back what the backend holds; it cannot be used afterwards, and what is under way breaks off."""
        self._give_way()
        self._calls.close()
