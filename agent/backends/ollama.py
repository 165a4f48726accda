"""Chat models of an Ollama server."""

import json
from typing import Any

import httpx  # its exception types only: they are what langchain-ollama raises
import ollama
import pydantic
from langchain_core.messages import AIMessage
from langchain_ollama import ChatOllama

from agent.backends.address import on_this_machine
from agent.backends.base import FREQUENCY_PENALTY, PENALTY_TOKENS, Backend, EmptyAnswer, Progress, silent
from agent.backends.schema import check_schema
from agent.events import Usage
from store.errors import Unavailable
from store.settings import Settings

_PROBE_SECONDS = 1.0
_CONNECT_SECONDS = 5.0


class Ollama(Backend):
    """A model of an Ollama server; a missing one is pulled first.

    Args:
        settings: address, context size and timeout.
        model: Ollama's name for it, such as ``qwen2.5:3b``.
        progress: told how far the pull is.

    Raises:
        Unavailable: the server does not answer, or the model cannot be pulled.
    """

    def __init__(self, settings: Settings, model: str, progress: Progress = silent) -> None:
        self.name = f"ollama/{model}"
        self._model = model
        self._url = settings.ollama_url
        self.num_ctx = settings.num_ctx
        self._timeout = settings.timeout
        if not has_model(self._url, model):
            self._pull(progress)
        self.model = ChatOllama(
            base_url=self._url,
            model=model,
            temperature=0,
            num_ctx=self.num_ctx,
            keep_alive=-1,
            reasoning=False,
            client_kwargs=_client_settings(self._url, self._timeout),
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
        # ``options`` replaces all of ChatOllama's own, and another num_ctx than before would reload the model.
        options: dict[str, Any] = {
            "num_ctx": self.num_ctx,
            "num_predict": max_tokens,
            "temperature": temperature,
        }
        if seed is not None:
            options["seed"] = seed
        if temperature:
            options |= {"frequency_penalty": FREQUENCY_PENALTY, "repeat_last_n": PENALTY_TOKENS}
        if schema is None:
            return {"options": options}
        check_schema(schema)
        return {"options": options, "format": schema}

    def usage(self, message: AIMessage) -> Usage:
        """See Backend; Ollama counts cached tokens as evaluated, so that figure stays unknown."""
        return super().usage(message).model_copy(update={"evaluated_tokens": None})

    def explain(self, error: BaseException) -> Unavailable:
        """See Backend."""
        if isinstance(error, Unavailable):
            return error
        if isinstance(error, ollama.ResponseError):
            return self._explain_refusal(error)
        if isinstance(error, ConnectionError | httpx.ConnectError | httpx.ConnectTimeout):
            return _down(self._url)
        if isinstance(error, httpx.TimeoutException):
            return Unavailable(
                f"Ollama said nothing for {self._timeout:g} seconds. Ask again when the machine is less busy, "
                "raise XILFTEN_TIMEOUT, or choose a smaller model with XILFTEN_OLLAMA_MODEL."
            )
        if isinstance(error, httpx.TransportError | json.JSONDecodeError):
            return Unavailable(
                f"Ollama at {self._url} broke off in the middle of its reply. "
                "See that it still runs (`ollama serve`) and ask again."
            )
        if isinstance(error, ValueError) and "No data received" in str(error):
            return EmptyAnswer("The model gave an empty answer. Say it in other words and ask again.")
        return Unavailable(f"Ollama failed: {error or type(error).__name__}. `xilften doctor` looks further.")

    def _explain_refusal(self, error: ollama.ResponseError) -> Unavailable:
        if error.status_code == 404:
            return Unavailable(
                f"Ollama has no model {self._model}. Fetch it with `ollama pull {self._model}` and ask again."
            )
        if error.status_code == 400:
            return Unavailable(
                f"Ollama refused the request: {error.error}. "
                "Another model may take it (XILFTEN_OLLAMA_MODEL); please report this one."
            )
        if error.status_code in (429, 503):
            return Unavailable("Ollama is busy with other requests. Ask again in a moment.")
        if error.status_code == -1:  # the error came inside a reply that had begun with 200
            return Unavailable(
                f"Ollama's model stopped in the middle of its reply: {error.error}. "
                "Ask again; Ollama loads it anew."
            )
        return Unavailable(
            f"Ollama failed (HTTP {error.status_code}): {error.error}. Ask again, "
            "or choose a smaller model with XILFTEN_OLLAMA_MODEL."
        )

    def _pull(self, progress: Progress) -> None:
        layers: dict[str, tuple[int, int]] = {}
        status = None
        try:
            for line in _client(self._url, self._timeout).pull(self._model, stream=True):
                status = line.status
                if line.digest and line.total:
                    layers[line.digest] = (line.completed or 0, line.total)
                done, total = (
                    (sum(column) for column in zip(*layers.values(), strict=True)) if layers else (0, 0)
                )
                progress(f"Ollama is fetching {self._model}", done / total if total else None)
        except Exception as error:
            reason = error.error if isinstance(error, ollama.ResponseError) else self.explain(error)
            raise Unavailable(f"Ollama could not fetch {self._model}: {reason}".rstrip(".") + ".") from error
        if status != "success":
            raise Unavailable(
                f"Ollama stopped before {self._model} was fetched. Try `ollama pull {self._model}`."
            )


def trouble(url: str) -> str | None:
    """Why no Ollama can be used at this address, in words; None when one answers within about a second."""
    try:
        _client(url, _PROBE_SECONDS).list()
    except (ConnectionError, httpx.TransportError):
        return f"no Ollama answers at {url}"
    except (ollama.ResponseError, json.JSONDecodeError, pydantic.ValidationError, TypeError):
        return f"what answers at {url} is not Ollama"
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return f"{url} cannot be asked: {error}"
    return None


def has_model(url: str, model: str) -> bool:
    """Whether the server holds the model.

    Raises:
        Unavailable: it does not answer.
    """
    try:
        _client(url, _CONNECT_SECONDS).show(model)
    except ollama.ResponseError as error:
        if error.status_code == 404:
            return False
        raise Unavailable(f"Ollama at {url} does not show {model}: {error.error}.") from error
    except (ConnectionError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise _down(url) from error
    return True


def _down(url: str) -> Unavailable:
    return Unavailable(
        f"Ollama at {url} does not answer. Start it with `ollama serve`, "
        "or set XILFTEN_BACKEND=embedded to use the built-in model."
    )


def _client_settings(url: str, timeout: float) -> dict[str, Any]:
    # httpx takes (connect, read, write, pool); a server that is down shows at once, a slow one may think.
    connect = min(timeout, _CONNECT_SECONDS)
    return {"timeout": (connect, timeout, timeout, timeout), "trust_env": not on_this_machine(url)}


def _client(url: str, timeout: float) -> ollama.Client:
    return ollama.Client(host=url, **_client_settings(url, timeout))
