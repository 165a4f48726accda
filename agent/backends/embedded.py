"""The built-in model: llama.cpp's server inside this process, spoken to on loopback."""

import logging
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openai
from langchain_core.messages import BaseMessage

from agent.backends.base import PENALTY_TOKENS, Progress, silent
from agent.backends.openai import OpenAICompatible
from agent.backends.prefix import PrefixStates, prefix_key
from agent.backends.weights import QWEN_CODER, ensure_weights
from store.errors import Unavailable
from store.settings import Settings

log = logging.getLogger(__name__)

_SLOTS = 2
_CACHE_MIB = 512
_NO_BLANKS = {"x-guidance": {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}}
"""To llguidance, which decodes for llama.cpp: the model may not put blanks between the signs of JSON."""
_PATIENCE = 1200
"""Seconds to wait for the cold prefix."""


class Embedded(OpenAICompatible):
    """The built-in model, loaded.

    Two kinds of prompt are held warm in two slots of ``num_ctx`` tokens each; llama.cpp gives a prompt the slot
    whose beginning it shares, and keeps what a third one displaces in memory (up to 512 MiB).

    Args:
        settings: where the weights are, context size, threads, timeout.
        progress: told while weights are fetched and loaded.

    Raises:
        Unavailable: the weights cannot be had or do not load.
    """

    def __init__(self, settings: Settings, progress: Progress = silent) -> None:
        weights = ensure_weights(settings, progress)
        progress("Loading the built-in model", None)
        try:
            self._states = PrefixStates(settings.models / "prefix")
        except OSError as error:
            raise Unavailable(
                f"{settings.models} cannot be written to: {error.strerror or error}. "
                "Point XILFTEN_MODELS to another folder."
            ) from error
        self._slot_of: dict[str, int] = {}
        key = secrets.token_urlsafe(24)
        self._server, version = _serve(weights, settings, self._states.folder, key)
        address = self._server.listening_address
        self._circumstances = (QWEN_CODER.sha256, version, settings.num_ctx)
        super().__init__(
            f"{address}/v1", weights.stem, api_key=key, timeout=settings.timeout, num_ctx=settings.num_ctx
        )
        self.name = f"embedded/{weights.stem}"
        self._control = openai.OpenAI(
            base_url=address,
            api_key=key,
            timeout=settings.timeout,
            max_retries=0,
            http_client=openai.DefaultHttpxClient(trust_env=False),
        )

    def constrain(
        self,
        schema: dict[str, Any] | None,
        *,
        max_tokens: int,
        temperature: float = 0,
        seed: int | None = None,
    ) -> dict[str, Any]:
        """See Backend."""
        call = super().constrain(schema, max_tokens=max_tokens, temperature=temperature, seed=seed)
        if schema is not None:
            import xllamacpp

            del call["extra_body"]["response_format"]  # the server would drop the wish for no blanks
            call["extra_body"]["grammar"] = xllamacpp.json_schema_to_grammar({**schema, **_NO_BLANKS})
        if temperature:
            call["extra_body"]["repeat_last_n"] = PENALTY_TOKENS
        return call

    def warm(self, messages: Sequence[BaseMessage], progress: Progress = silent) -> None:
        """See Backend; the state is read from disk, or computed (half a minute) and written there."""
        key = prefix_key(messages, *self._circumstances)
        if key in self._slot_of:  # hot already, or quickly so again
            return super().warm(messages, progress)
        slot = len(self._slot_of) % _SLOTS
        self._slot_of[key] = slot
        if self._restore(key, slot):
            return None
        progress("Reading the instructions into the model (once, up to half a minute)", None)
        call = self.constrain(None, max_tokens=1)
        call["extra_body"]["id_slot"] = slot
        call["timeout"] = _PATIENCE  # silent until all of it is read, and a busy machine reads slowly
        try:
            self.model.bind(**call).invoke(list(messages))
        except Exception as error:
            del self._slot_of[key]
            raise self.explain(error) from error
        self._save(key, slot)
        return None

    def count_tokens(self, text: str) -> int:
        """See Backend; counted by the model's own tokenizer.

        Raises:
            Unavailable: the model does not answer.
        """
        try:
            return len(self._ask("/tokenize", {"content": text})["tokens"])
        except openai.OpenAIError as error:
            raise self.explain(error) from error

    def close(self) -> None:
        """See Backend."""
        super().close()
        self._control.close()
        self._server = None  # its destructor stops the threads and frees the model

    def _unreachable(self) -> Unavailable:
        return Unavailable("The built-in model has stopped. Restart XILFTEN and ask again.")

    def _restore(self, key: str, slot: int) -> bool:
        saved = self._states.find(key)
        if saved is None:
            return False
        try:
            restored = self._ask(f"/slots/{slot}?action=restore", {"filename": saved})
        except openai.OpenAIError as error:
            log.info("the saved prefix %s is of no use: %s", saved, error)
            return False
        return bool(restored.get("n_restored"))

    def _save(self, key: str, slot: int) -> None:
        fresh = self._states.fresh(key)
        try:
            self._ask(f"/slots/{slot}?action=save", {"filename": fresh})
            self._states.keep(key, fresh)
        except (openai.OpenAIError, OSError) as error:  # the next start is slower, no more than that
            log.warning("the warm prefix could not be saved: %s", error)

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        reply = self._control.post(path, body=body, cast_to=object)
        if not isinstance(reply, dict):
            raise openai.OpenAIError(f"{path} answered {reply!r}")
        return reply


def _serve(weights: Path, settings: Settings, states: Path, key: str) -> tuple[Any, str]:
    """Start the server; returns it with the library's version."""
    # Read once, when libgomp is loaded. Threads that wait by spinning take the cores from each other on a busy
    # machine, threads that sleep at once wake late on an idle one; a short spin costs little on either.
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")
    import xllamacpp

    threads = settings.threads or os.cpu_count() or 1
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.n_parallel = _SLOTS
    params.n_ctx = _SLOTS * settings.num_ctx  # llama.cpp divides it by the slots
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = _CACHE_MIB
    params.warmup = False  # the first prompt warms it as well
    params.prefill_assistant = False  # a prefix may end with an example's answer, which is complete
    params.verbosity = -1  # one JSON object on stdout and nothing else is a promise of the command line
    params.endpoint_slots = True
    params.slot_save_path = f"{states}{os.sep}"
    # Any page in a browser may call loopback; without the key it learns nothing.
    params.api_keys = [key]
    params.ui = False
    try:
        return xllamacpp.Server(params), str(xllamacpp.__version__)
    except RuntimeError as error:
        raise Unavailable(
            f"The built-in model {weights} does not load. It needs about 2 GB of free memory; close other "
            "programs, lower XILFTEN_NUM_CTX, or install Ollama (https://ollama.com)."
        ) from error
