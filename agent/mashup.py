"""A mashup: sources, what they lend, a casting, a story written line by line, and a row that keeps it."""

from typing import Annotated

from langgraph.runtime import get_runtime
from pydantic import ConfigDict, Field, create_model

from agent.backends import Backend
from agent.choice import TurnContext
from agent.mashup_casting import MOST_SOURCES, Casting, cast
from agent.mashup_writer import Writer
from agent.prompt import read_data
from store.errors import Invalid
from tools import Library
from tools.films import Film, and_list, load_films
from tools.mashups import Contribution, MashupResult, takes_made
from tools.tool import Tool

MASH_UP = Tool(
    name="mash_up",
    kind="write",
    chat=True,
    function=lambda **_: None,
    arguments=create_model(
        "mash_up",
        __config__=ConfigDict(extra="forbid"),
        sources=(Annotated[list[str], Field(min_length=2, max_length=MOST_SOURCES)], ...),
        direction=(str | None, None),
    ),
)
"""The conversation's own tool: it writes a concept, then keeps it with ``create_mashup``."""


def mash_up(
    library: Library, backend: Backend, sources: list[str], direction: str | None = None
) -> MashupResult:
    """Write a new concept out of two to five titles, in a turn of a conversation; see ``write_mashup``."""
    return write_mashup(library, backend, get_runtime(TurnContext).context, sources, direction)


def write_mashup(
    library: Library,
    backend: Backend,
    context: TurnContext,
    sources: list[str],
    direction: str | None = None,
) -> MashupResult:
    """Write a new concept out of two to five titles, showing it line by line, and keep it.

    The same titles give another concept each time: the roles change, and the dice.

    Args:
        library: the open library.
        backend: the chat model.
        context: the turn, which is shown what comes from which source, and every line when it has passed.
        sources: the titles' names.
        direction: a wish such as "darker" or "as a comedy".

    Returns:
        The stored mashup; its summary is the text that was shown.

    Raises:
        NotFound, Ambiguous: a source is not one title of the library.
        Invalid: fewer than two different sources, or more than five.
        Unavailable: the model failed; nothing was stored.
        Stopped: the user pressed stop; nothing was stored.
    """
    media = [library.titles.resolve(source) for source in sources]
    films = load_films(library, list(dict.fromkeys(m.id for m in media)))
    if not 2 <= len(films) <= MOST_SOURCES:
        raise Invalid("sources", and_list(sources), f"two to {MOST_SOURCES} different titles")
    before = len(context.streamed)
    writer = Writer(library, backend, context, films)
    take = takes_made(library, [film.id for film in films])
    casting = cast([(film, writer.read(film)) for film in films], take)
    told = read_data("mashup.yaml")["from"]
    context.emit("\n".join(told.format(label=t.title, takes=t.takes) for t in _takes(casting, films)))
    story = writer.write(casting, direction, take)
    result = library.create_mashup(
        sources=[film.label for film in films],
        title=story.title,
        logline=story.logline,
        tone=direction,
        plot_points=story.lines,
        contributions=_takes(story.casting, films),
        user_query=f"{and_list([film.title for film in films])}{', ' + direction if direction else ''}",
        model_used=backend.name,
    )
    result.summary = context.streamed[before:].strip()
    return result


def _takes(casting: Casting, films: list[Film]) -> list[Contribution]:
    """What comes from which source, in the order the sources were named."""
    given = {taken.title: taken for taken in casting.takes()}
    return [given[film.label] for film in films]
