"""Which backend the setting means, and what is there of it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from agent.backends.base import Backend, Progress, silent
from agent.backends.weights import weights_status
from store.errors import Invalid, Unavailable
from store.settings import Settings

_ALLOWED = "auto, embedded, ollama, ollama:<model> or openai:<base_url>#<model>"


@dataclass(frozen=True)
class _Wish:
    """The setting, read: ``kind`` is auto, embedded, ollama or openai."""

    kind: str
    model: str = ""
    base_url: str = ""


@dataclass(frozen=True)
class BackendReport:
    """What ``xilften doctor`` says about the chat model.

    Attributes:
        setting: as configured.
        used: the backend a start would take, such as ``ollama/qwen2.5:3b``.
        ready: whether it would answer without fetching or starting anything first.
        findings: sentences about what was found and what is missing.
    """

    setting: str
    used: str
    ready: bool
    findings: list[str] = field(default_factory=list)


def choose_backend(settings: Settings, progress: Progress = silent) -> Backend:
    """The backend of the setting, ready to use.

    ``auto`` takes Ollama when it answers and has the model or can pull it, else the built-in model.

    Args:
        settings: ``backend`` and what it needs.
        progress: told while a model is fetched or loaded, and why the second choice is taken.

    Raises:
        Invalid: the setting is malformed.
        Unavailable: the model cannot be had; the message says what to do.
    """
    wish = _read(settings)
    # Each client takes up to half a second to import, and a turn such as "undo" needs none.
    if wish.kind == "openai":
        from agent.backends import openai

        return openai.OpenAICompatible(
            wish.base_url,
            wish.model,
            api_key=settings.openai_api_key,
            timeout=settings.timeout,
            num_ctx=settings.num_ctx,
        )
    if wish.kind != "embedded":
        from agent.backends import ollama
    if wish.kind == "ollama":
        return ollama.Ollama(settings, wish.model, progress)
    if wish.kind == "auto" and ollama.trouble(settings.ollama_url) is None:
        try:
            return ollama.Ollama(settings, wish.model, progress)
        except Unavailable as error:
            progress(f"{error} The built-in model is used instead.", None)
    from agent.backends.embedded import Embedded

    return Embedded(settings, progress)


def describe_backend(settings: Settings) -> BackendReport:
    """What a start would find, without starting a model or fetching anything.

    Raises:
        Invalid: the setting is malformed.
    """
    wish = _read(settings)
    if wish.kind == "openai":
        from agent.backends import openai

        missing = openai.trouble(wish.base_url, settings.openai_api_key)
        finding = f"A server answers at {wish.base_url}." if missing is None else _sentence(missing)
        return BackendReport(settings.backend, f"openai/{wish.model}", missing is None, [finding])
    if wish.kind == "ollama":
        ready, _, findings = _look_at_ollama(settings, wish.model)
        return BackendReport(settings.backend, f"ollama/{wish.model}", ready, findings)
    weights = weights_status(settings)
    embedded = f"embedded/{weights.path.stem}"
    if wish.kind == "embedded":
        return BackendReport(settings.backend, embedded, weights.state == "ready", [weights.sentence])
    ready, answers, findings = _look_at_ollama(settings, wish.model)
    if answers:
        return BackendReport(settings.backend, f"ollama/{wish.model}", ready, [*findings, weights.sentence])
    return BackendReport(settings.backend, embedded, weights.state == "ready", [*findings, weights.sentence])


def _look_at_ollama(settings: Settings, model: str) -> tuple[bool, bool, list[str]]:
    """Whether the model is there, whether a server answers, and both in words."""
    from agent.backends import ollama

    missing = ollama.trouble(settings.ollama_url)
    if missing is not None:
        return False, False, [_sentence(missing)]
    answers = f"Ollama answers at {settings.ollama_url}."
    try:
        if ollama.has_model(settings.ollama_url, model):
            return True, True, [answers, f"It has {model}."]
    except Unavailable as error:
        return False, True, [answers, str(error)]
    return False, True, [answers, f"It has no {model} yet; a start fetches it."]


def _read(settings: Settings) -> _Wish:
    kind, colon, rest = settings.backend.strip().partition(":")
    if not colon and kind == "embedded":
        return _Wish(kind)
    if not colon and kind in ("auto", "ollama"):
        return _Wish(kind, settings.ollama_model)
    if kind == "ollama" and rest:
        return _Wish(kind, rest)
    if kind == "openai":
        base_url, _, model = rest.partition("#")
        if urlsplit(base_url).scheme in ("http", "https") and urlsplit(base_url).hostname and model:
            return _Wish(kind, model, base_url)
    raise Invalid("backend", settings.backend, _ALLOWED)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
