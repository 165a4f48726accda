"""Chat models of an OpenAI-compatible server: llama-server, vLLM, LM Studio."""

from typing import Any

import openai
from langchain_core.exceptions import ContextOverflowError
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from agent.backends.address import on_this_machine
from agent.backends.base import FREQUENCY_PENALTY, Backend, CutShort
from agent.backends.schema import check_schema
from store.errors import Unavailable

_PROBE_SECONDS = 1.0
_CONNECT_SECONDS = 5.0


class OpenAICompatible(Backend):
    """A model behind ``/chat/completions``; nothing is asked of the server until the first call.

    Args:
        base_url: the address up to and with ``/v1``.
        model: the server's name for the model.
        api_key: sent as a bearer token.
        timeout: seconds to wait for the next word.
        num_ctx: tokens that prompt and reply may take together; the server's own context must not be smaller.
    """

    def __init__(self, base_url: str, model: str, *, api_key: str, timeout: float, num_ctx: int) -> None:
        self.name = f"openai/{model}"
        self._url = base_url
        self._model = model
        self._timeout = timeout
        self.num_ctx = num_ctx
        through_proxy = not on_this_machine(base_url)
        self.model = ChatOpenAI(
            base_url=base_url,
            api_key=SecretStr(api_key),
            model=model,
            temperature=0,
            stream_usage=True,
            use_responses_api=False,
            max_retries=0,  # a second try would double the wait; the sentence tells the user to ask again
            timeout=_patience(timeout),
            stream_chunk_timeout=timeout,
            http_client=openai.DefaultHttpxClient(trust_env=through_proxy),
            http_async_client=openai.DefaultAsyncHttpxClient(trust_env=through_proxy),
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
        # As raw fields of the body: ChatOpenAI renames max_tokens to what only newer servers know, and its own
        # response_format parses every reply a second time and raises where one was cut.
        body: dict[str, Any] = {"max_tokens": max_tokens}
        if schema is not None:
            check_schema(schema)
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "reply", "schema": schema},
            }
        settings: dict[str, Any] = {"temperature": temperature, "extra_body": body}
        if seed is not None:
            settings["seed"] = seed
        if temperature:
            settings["frequency_penalty"] = FREQUENCY_PENALTY
        return settings

    def explain(self, error: BaseException) -> Unavailable:
        """See Backend."""
        if isinstance(error, Unavailable):
            return error
        if isinstance(error, openai.LengthFinishReasonError):
            return CutShort(
                "The model's reply was longer than it may be and was cut off. Ask for less at once."
            )
        # The second wording is llama.cpp's, which LangChain does not know.
        if isinstance(error, ContextOverflowError) or "exceeds the available context" in str(error):
            return Unavailable(
                f"That is longer than the context of {self.name}. Say it in fewer words, "
                "or raise XILFTEN_NUM_CTX and the server's own context."
            )
        if isinstance(error, openai.APITimeoutError | TimeoutError):
            return Unavailable(
                f"{self.name} said nothing for {self._timeout:g} seconds. "
                "Ask again when the machine is less busy, or raise XILFTEN_TIMEOUT."
            )
        if isinstance(error, openai.APIConnectionError):
            return self._unreachable()
        if isinstance(error, openai.APIStatusError):
            return self._explain_refusal(error)
        if isinstance(error, openai.APIError):  # an error inside a reply that had begun with 200
            return Unavailable(f"{self.name} stopped in the middle of its reply: {error.message}. Ask again.")
        return Unavailable(
            f"{self.name} failed: {error or type(error).__name__}. `xilften doctor` looks further."
        )

    def _unreachable(self) -> Unavailable:
        return Unavailable(
            f"The model server at {self._url} does not answer or broke off. See that it runs and ask again, "
            "or set XILFTEN_BACKEND=embedded to use the built-in model."
        )

    def _explain_refusal(self, error: openai.APIStatusError) -> Unavailable:
        if isinstance(error, openai.NotFoundError):
            return Unavailable(
                f"The server at {self._url} knows no model {self._model}. XILFTEN_BACKEND takes "
                "openai:<base_url>#<model>; most addresses end in /v1."
            )
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return Unavailable(f"The server at {self._url} refused the key. Set XILFTEN_OPENAI_API_KEY.")
        if error.status_code in (429, 503):
            return Unavailable(f"The server at {self._url} is busy or still loading. Ask again in a moment.")
        return Unavailable(
            f"The server at {self._url} refused the request (HTTP {error.status_code}): {_reason(error)}. "
            "Its own log says more."
        )


def trouble(base_url: str, api_key: str) -> str | None:
    """Why the server cannot be used, in words; None when it answers within about a second."""
    client = openai.OpenAI(
        base_url=base_url,
        api_key=api_key,
        timeout=_PROBE_SECONDS,
        max_retries=0,
        http_client=openai.DefaultHttpxClient(trust_env=not on_this_machine(base_url)),
    )
    with client:
        try:
            client.models.list()
        except (openai.AuthenticationError, openai.PermissionDeniedError):
            return f"the server at {base_url} refuses the key (XILFTEN_OPENAI_API_KEY)"
        except openai.APIStatusError:
            return None  # it answers; not every server lists its models
        except openai.OpenAIError:
            return f"no server answers at {base_url}"
        except ValueError:
            return f"what answers at {base_url} is not an OpenAI-compatible server"
    return None


def _patience(timeout: float) -> openai.Timeout:
    return openai.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS))


def _reason(error: openai.APIStatusError) -> str:
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    return str(said or error.message).rstrip(".")
