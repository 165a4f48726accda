"""Writing a mashup: the model's prose under a schema, from what the library knows of the sources."""

import itertools
import re
from typing import Annotated, Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langgraph.runtime import get_runtime
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic_core import from_json
from rapidfuzz import fuzz

from agent.backends import Backend
from agent.choice import TurnContext, stream_model
from agent.prompt import compact, read_data, read_prompt
from store.errors import Invalid, Unavailable
from store.titles import normalise
from tools import Library
from tools.films import Film, and_list, load_films
from tools.mashups import Contribution, MashupResult
from tools.tool import Tool

_MAX_TOKENS = 700
_TRIES = 2
_TEMPERATURE = 0.9
_NO_NAMES = {
    "The",
    "Agent",
    "Captain",
    "Doctor",
    "Dr.",
    "Mr.",
    "Mrs.",
    "Self",
    "King",
    "Queen",
    "Man",
    "Woman",
    "Young",
}


class Take(BaseModel):
    """What comes from one source."""

    source: str = ""
    takes: str = ""


class Concept(BaseModel):
    """A mashup as the model writes it; unfinished while it streams."""

    title: str = ""
    hero: str = ""
    logline: str = ""
    tone: str = ""
    plot_points: list[str] = Field(default_factory=list)
    takes: list[Take] = Field(default_factory=list)


MASH_UP = Tool(
    name="mash_up",
    kind="write",
    chat=True,
    function=lambda **_: None,
    arguments=create_model(
        "mash_up",
        __config__=ConfigDict(extra="forbid"),
        sources=(Annotated[list[str], Field(min_length=2)], ...),
        direction=(str | None, None),
    ),
)
"""The conversation's own tool: it writes a concept, then keeps it with ``create_mashup``."""


def mash_up(
    library: Library, backend: Backend, sources: list[str], direction: str | None = None
) -> MashupResult:
    """Write a new concept out of two or more titles, streaming it, and keep it.

    Args:
        library: the open library.
        backend: the chat model.
        sources: the titles' names.
        direction: a wish such as "darker" or "as a comedy".

    Returns:
        The stored mashup; its summary is the text that was streamed.

    Raises:
        NotFound, Ambiguous: a source is not one title of the library.
        Invalid: fewer than two different sources.
        Unavailable: the model failed; nothing was stored.
    """
    context = get_runtime(TurnContext).context
    media = [library.titles.resolve(source) for source in sources]
    films = load_films(library, list(dict.fromkeys(m.id for m in media)))
    if len(films) < 2:
        raise Invalid("sources", and_list(sources), "two different titles or more")
    known = {normalise(m.title) for m in library.titles.all()}
    backend.warm(
        mashup_prefix()
    )  # the built-in model keeps it on disk, so it is read once and not at every start
    for attempt in range(_TRIES):
        before = len(context.streamed)
        concept = _write(backend, films, direction, context, seed=attempt + 1)
        flaw = _flaw(concept, films, known)
        if flaw is None or attempt + 1 == _TRIES:
            break
        context.emit(f"\n\n{read_data('mashup.yaml')['again'].format(flaw=flaw)}\n\n")
    concept.takes = attribute(library, films, concept.takes)
    context.emit(_render_takes(concept.takes, films))
    text = context.streamed[before:].strip()
    result = library.create_mashup(
        sources=[film.label for film in films],
        title=concept.title,
        logline=concept.logline,
        tone=concept.tone or None,
        plot_points=concept.plot_points,
        contributions=[
            Contribution(title=film.label, takes=take.takes)
            for film, take in zip(films, concept.takes, strict=False)
        ],
        user_query=f"{and_list([film.title for film in films])}{', ' + direction if direction else ''}",
        model_used=backend.name,
    )
    result.summary = text
    return result


def _write(
    backend: Backend, films: list[Film], direction: str | None, context: TurnContext, seed: int
) -> Concept:
    shown = ""

    def show(raw: str) -> None:
        nonlocal shown
        try:
            text = render(Concept.model_validate(from_json(raw, allow_partial="trailing-strings")))
        except ValueError:
            return
        if text.startswith(shown):
            context.emit(text[len(shown) :])
            shown = text

    reply = stream_model(
        backend,
        mashup_messages(films, direction),
        backend.constrain(concept_schema(films), max_tokens=_MAX_TOKENS, temperature=_TEMPERATURE, seed=seed),
        context,
        show,
    )
    try:
        concept = Concept.model_validate_json(reply.text)
    except ValueError as error:
        raise Unavailable("The model's mashup could not be read. Ask for it again.") from error
    show(reply.text)
    return concept


def mashup_messages(films: list[Film], direction: str | None) -> list[BaseMessage]:
    """The constant instructions, the worked examples as earlier turns, then these sources' ingredients."""
    data = read_data("mashup.yaml")
    wish = data["direction"].format(direction=direction) if direction else ""
    lent = [f"{_letter(position)} {_ingredients(film)}" for position, film in enumerate(films)]
    return [*mashup_prefix(), HumanMessage("\n".join([*lent, wish]).strip())]


def mashup_prefix() -> list[BaseMessage]:
    """The constant beginning of every mashup's prompt."""
    messages: list[BaseMessage] = [SystemMessage(read_prompt("mashup.md"))]
    for example in read_data("mashup.yaml")["examples"]:
        messages.append(HumanMessage(example["ask"].strip()))
        messages.append(AIMessage(compact(example["answer"])))
    return messages


def concept_schema(films: list[Film]) -> dict[str, Any]:
    """The JSON schema of a concept from these sources; minLength keeps every field from being empty."""
    text = {"type": "string", "minLength": 40, "maxLength": 260}
    takes = [
        {
            "type": "object",
            "properties": {
                "source": {"const": _letter(position)},
                "takes": {"type": "string", "minLength": 20, "maxLength": 160},
            },
            "required": ["source", "takes"],
            "additionalProperties": False,
        }
        for position in range(len(films))
    ]
    properties: dict[str, Any] = {
        "title": {"type": "string", "minLength": 4, "maxLength": 60},
        "hero": {"type": "string", "minLength": 10, "maxLength": 120},
        "logline": {"type": "string", "minLength": 60, "maxLength": 300},
        "tone": {"type": "string", "minLength": 4, "maxLength": 60},
        "plot_points": {"type": "array", "items": text, "minItems": 4, "maxItems": 4},
        "takes": {"type": "array", "prefixItems": takes, "minItems": len(takes), "maxItems": len(takes)},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def render(concept: Concept) -> str:
    """A concept as the user reads it, what comes from which source apart; of an unfinished one what stands."""
    parts = []
    if concept.title:
        parts.append(concept.title if not concept.hero else f"{concept.title}\n")
    if concept.logline:
        parts.append(f"\n{concept.logline}")
    if concept.tone:
        parts.append(f"\n\nTone: {concept.tone}")
    for position, point in enumerate(concept.plot_points, start=1):
        parts.append(f"{chr(10) * 2 if position == 1 else chr(10)}{position}. {point}")
    return "".join(parts)


def _render_takes(takes: list[Take], films: list[Film]) -> str:
    lines = [f"From {film.label}: {take.takes}" for film, take in zip(films, takes, strict=False)]
    return "\n\n" + "\n".join(lines) if lines else ""


def attribute(library: Library, films: list[Film], takes: list[Take]) -> list[Take]:
    """What was taken, in the order of the films it comes from.

    A small model confuses which source was which, so the takes go to the films whose overviews they resemble
    most in sum, by embedding.
    """
    if len(takes) != len(films):
        return takes
    vectors = library.vectors.embed(
        [*(film.overview or film.title for film in films), *(t.takes for t in takes)]
    )
    near = [
        [sum(a * b for a, b in zip(film, take, strict=True)) for take in vectors[len(films) :]]
        for film in vectors[: len(films)]
    ]
    orders = itertools.permutations(range(len(takes)))
    best = max(orders, key=lambda order: sum(near[place][taken] for place, taken in enumerate(order)))
    return [takes[taken] for taken in best]


def _letter(position: int) -> str:
    # Told a famous title, the model retells its plot whatever the ingredients say.
    return chr(ord("A") + position)


def _ingredients(film: Film) -> str:
    """What a source lends: its world and themes, without the names that would be retold."""
    text = film.overview or film.tagline or ", ".join(film.genres)
    for name in _character_names(film):
        text = re.sub(rf"\b{re.escape(name)}\b", "someone", text)
    text = re.sub(r"\bsomeone(?: someone)+\b", "someone", text)
    return f"({', '.join(film.genres[:3])}): {text}"


def _character_names(film: Film) -> list[str]:
    """The names of a source's people, the longest first; common words such as "The" are none."""
    names: set[str] = set()
    for role in film.cast:
        character = role.partition(" as ")[2]
        names |= {character, *re.findall(r"[^\W\d_][\w'’-]+", character)}
    return sorted(
        (n for n in names if len(n) > 2 and n[0].isupper() and n not in _NO_NAMES), key=len, reverse=True
    )


def _flaw(concept: Concept, films: list[Film], known: set[str]) -> str | None:
    """What is wrong with a concept, in words for the user; None when nothing is."""
    if normalise(concept.title) in known or any(
        fuzz.ratio(normalise(concept.title), normalise(film.title)) >= 85 for film in films
    ):
        return "that title exists"
    for film in films:
        for name in _character_names(film):
            if re.search(
                rf"\b{re.escape(name)}\b", " ".join([concept.hero, concept.logline, *concept.plot_points])
            ):
                return f"{name} belongs to {film.title}"
    points = [normalise(point) for point in concept.plot_points]
    for position, point in enumerate(points):
        if any(fuzz.ratio(point, other) >= 85 for other in points[:position]):
            return "it repeats itself"
    text = normalise(" ".join([concept.logline, *concept.plot_points]))
    for film in films:
        for sentence in re.split(r"(?<=[.!?])\s+", film.overview or ""):
            if len(sentence) > 40 and fuzz.partial_ratio(normalise(sentence), text) >= 90:
                return f"it copies {film.title}"
    return None
