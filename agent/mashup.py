"""Writing a mashup: code casts it from what the sources lend, the model writes it line by line.

Every line is tried until it passes the checks, and only then shown: nothing that was shown is taken back.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Annotated, Any, TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langgraph.runtime import get_runtime
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from agent.backends import Backend
from agent.backends.base import CutShort
from agent.choice import Stopped, TurnContext, stream_model
from agent.mashup_checks import Checks, Flaw, echoes, names_of
from agent.mashup_ingredients import Ingredients, ingredients_schema, summary, written_ingredients
from agent.prompt import compact, read_data, read_prompt
from store.errors import Invalid, Unavailable
from store.titles import normalise
from tools import Library
from tools.films import Film, and_list, load_films
from tools.mashups import Contribution, MashupResult, takes_made
from tools.tool import Tool, Words

Piece = TypeVar("Piece", bound=BaseModel)
_MOST_SOURCES = 5
_TRIES = 4
"""How often an opening or a line is tried before the least flawed one has to do."""
_OPENINGS, _LINES = 3, 2
"""So many without a flaw are enough to choose the most even from."""
_GOOD = 0.25
"""An evenness of what is written so far, from -1 to 1, that needs no further try."""
_WORN, _ECHO = 0.1, 0.04
"""What a worn phrase and three words of an earlier line cost of the evenness."""
_MAX_TOKENS = 120
_TEMPERATURE = 0.8
_PENALTY = 0.1
"""For saying a word again. A stronger one takes commas and articles away from prose of several lines."""
_GIVERS = {2: [0, 1, 0], 3: [2, 0, 2], 4: [2, 3, 0], 5: [2, 3, 4]}
"""Which source gives each step its thing, by how many there are; a small model soon forgets the world."""
_SMALL = re.compile(r"(?:The|An?|One|It|She|He|They|His|Her|Their|When|As|In|On|At|After) ")
_READ: dict[str, Ingredients] = {}
"""What the model read in titles of the user's own, by their summary."""

MASH_UP = Tool(
    name="mash_up",
    kind="write",
    chat=True,
    function=lambda **_: None,
    arguments=create_model(
        "mash_up",
        __config__=ConfigDict(extra="forbid"),
        sources=(Annotated[list[str], Field(min_length=2, max_length=_MOST_SOURCES)], ...),
        direction=(str | None, None),
    ),
)
"""The conversation's own tool: it writes a concept, then keeps it with ``create_mashup``."""


class Opening(BaseModel):
    """How the story begins: what happens to the hero in the strange world, and the film's title."""

    then: Words
    title: Words


class Line(BaseModel):
    """One further line of the story."""

    line: Words


@dataclass(frozen=True)
class Casting:
    """Who gives what: the first source the world, the second the hero, and each step of the story a thing.

    Attributes:
        films: the sources in these roles.
        lent: what each of them can give.
        hero: the hero's name.
        pronoun: the hero's, ``she`` or ``he``.
        arrives: how the hero comes into the world.
        things: for each step the thing it must use and the position of its source.
    """

    films: Sequence[Film]
    lent: Sequence[Ingredients]
    hero: str
    pronoun: str
    arrives: str
    things: Sequence[tuple[str, int]]

    @property
    def first_name(self) -> str:
        """How the lines call the hero."""
        return self.hero.partition(" ")[0]

    def premise(self, then: str) -> str:
        """The logline: hero and world as they were lent, then what the model made of them."""
        small = then[:1].lower() + then[1:] if _SMALL.match(then) else then
        return str(read_data("mashup.yaml")["premise"]).format(**self._words(), then=small)

    def asks(self, direction: str | None) -> list[str]:
        """What the model is asked, the opening first."""
        data = read_data("mashup.yaml")
        wish = data["wish"].format(direction=direction) if direction else ""
        asked = [data["opening"].format(**self._words(), wish=wish)]
        asked += [step.format(thing=thing) for step, (thing, _) in zip(data["steps"], self.things, strict=True)]
        return asked

    def takes(self) -> list[Contribution]:
        """What comes from which source."""
        roles = [self.lent[0].place, self.lent[1].hero]
        given = [roles[:1], roles[1:], *([] for _ in self.films[2:])]
        for thing, owner in self.things:
            given[owner].append(thing)
        return [
            Contribution(title=film.label, takes="; ".join(taken))
            for film, taken in zip(self.films, given, strict=True)
        ]

    def sources(self) -> list[str]:
        """What the story is to lean on evenly: the world with its things, and the person with theirs."""
        (world, person), others = self.lent[:2], self.lent[2:]
        return [
            ". ".join([world.place, *world.things]),
            ". ".join([person.hero, *person.things]),
            *(". ".join(other.things) for other in others),
        ]

    def _words(self) -> dict[str, str]:
        return {
            "hero": self.hero,
            "pronoun": self.pronoun,
            "person": self.lent[1].hero,
            "arrives": self.arrives,
            "world": self.lent[0].world,
        }


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
    if not 2 <= len(films) <= _MOST_SOURCES:
        raise Invalid("sources", and_list(sources), f"two to {_MOST_SOURCES} different titles")
    before = len(context.streamed)
    writer = Writer(library, backend, context, films)
    take = takes_made(library, [film.id for film in films])
    casting = cast([(film, writer.read(film)) for film in films], take)
    given = {taken.title: taken for taken in casting.takes()}
    takes = [given[film.label] for film in films]
    context.emit(_takes_text(takes))
    story = writer.write(casting, direction, take)
    result = library.create_mashup(
        sources=[film.label for film in films],
        title=story.title,
        logline=story.logline,
        tone=direction,
        plot_points=story.lines,
        contributions=takes,
        user_query=f"{and_list([film.title for film in films])}{', ' + direction if direction else ''}",
        model_used=backend.name,
    )
    result.summary = context.streamed[before:].strip()
    return result


def cast(lent: Sequence[tuple[Film, Ingredients]], take: int) -> Casting:
    """Give every source its part.

    Args:
        lent: the sources with what they can give, in the order they were named.
        take: how often these sources were mashed up before; it turns the roles, and decides name and things.
    """
    data = read_data("mashup.yaml")
    turn = take % len(lent)
    order = [*lent[turn:], *lent[:turn]]
    dice = random.Random(f"{take} {' '.join(sorted(film.label for film, _ in lent))}")
    things = [dice.sample(given.things, len(given.things)) for _, given in order]
    owners = _GIVERS[len(order)]
    hero, pronoun = _name(dice, names_of([film for film, _ in lent]))
    return Casting(
        films=[film for film, _ in order],
        lent=[given for _, given in order],
        hero=hero,
        pronoun=pronoun,
        arrives=dice.choice(data["arrives"]),
        things=[(things[owner].pop(), owner) for owner in owners],
    )


def _name(dice: random.Random, borrowed: dict[str, str]) -> tuple[str, str]:
    """A name for the hero that none of the sources' people bears, and its pronoun."""
    data = read_data("mashup.yaml")
    given = [(name, pronoun) for pronoun in ("she", "he") for name in data[pronoun] if name not in borrowed]
    family = [name for name in data["family_names"] if name not in borrowed]
    first, pronoun = dice.choice(given)
    return f"{first} {dice.choice(family)}", pronoun


@dataclass
class Story:
    """A finished mashup."""

    title: str
    logline: str
    lines: list[str]


class Writer:
    """Writes one mashup with the model.

    Args:
        library: the open library.
        backend: the chat model.
        context: the turn, which is shown every line that stands.
        films: the sources.
    """

    def __init__(self, library: Library, backend: Backend, context: TurnContext, films: Sequence[Film]) -> None:
        self._library = library
        self._backend = backend
        self._context = context
        self.checks = checks_for(library, films)
        self._warm = False

    def read(self, film: Film) -> Ingredients:
        """What a title lends; one of the user's own is read by the model, once while the program runs."""
        if written := written_ingredients(film):
            return written
        text = summary(film)
        if text not in _READ:
            ask = HumanMessage(read_data("mashup.yaml")["read"].format(summary=text))
            reply = self._ask([ask], ingredients_schema(), 0, None)
            _READ[text] = _parse(Ingredients, reply)
        return _READ[text]

    def write(self, casting: Casting, direction: str | None, take: int) -> Story:
        """The opening, several times, to keep the most even; then line after line, each until it passes.

        Raises:
            Unavailable: the model failed.
            Stopped: the user pressed stop.
        """
        first, *steps = casting.asks(direction)
        said: list[BaseMessage] = [HumanMessage(first)]
        opening = self._best(
            said,
            opening_schema(),
            Opening,
            lambda tried: (
                self.checks.of_title(tried.title) or self.checks.of_opening(tried.then, casting.premise(""))
            ),
            lambda tried: self._rank(tried.then, [], casting),
            seed=take * 1000,
            enough=_OPENINGS,
        )
        story = Story(opening.title, casting.premise(opening.then), [])
        self._context.emit(f"\n\n{story.title}\n\n{story.logline}\n")
        said.append(AIMessage(compact(opening.model_dump())))
        for number, (ask, (thing, _)) in enumerate(zip(steps, casting.things, strict=True), start=1):
            said.append(HumanMessage(ask))
            before = [opening.then, *story.lines]
            line = self._best(
                said,
                line_schema(number, casting.first_name),
                Line,
                partial(self._line_flaw, before=before, thing=thing),
                partial(self._line_rank, before=before, casting=casting),
                seed=take * 1000 + number * 100,
                enough=_LINES,
            )
            said.append(AIMessage(compact(line.model_dump())))
            story.lines.append(line.line)
            self._context.emit(f"\n{number}. {line.line}")
        things = [thing for thing, _ in casting.things]
        flaws = self.checks.of_story(story.title, casting.premise(""), opening.then, story.lines, things)
        if flaws:
            worst = max(flaws, key=lambda flaw: flaw.weight)
            self._context.emit(f"\n\n{read_data('mashup.yaml')['flawed'].format(flaw=worst.words)}")
        return story

    def _best(
        self,
        said: list[BaseMessage],
        schema: dict[str, Any],
        kind: type[Piece],
        check: Callable[[Piece], Flaw | None],
        rank: Callable[[Piece], float],
        *,
        seed: int,
        enough: int,
    ) -> Piece:
        """Try a piece until one is good, or enough are sound to keep the best, or it has been tried enough."""
        sound: list[tuple[float, Piece]] = []
        flawed: list[tuple[Flaw, Piece]] = []
        for attempt in range(_TRIES):
            try:
                piece = _parse(kind, self._ask(said, schema, _TEMPERATURE, seed + attempt))
            except CutShort:
                continue
            if flaw := check(piece):
                flawed.append((flaw, piece))
                continue
            sound.append((rank(piece), piece))
            if len(sound) == enough or sound[-1][0] >= _GOOD:
                break
        if sound:
            return max(sound, key=itemgetter(0))[1]
        if not flawed:
            raise Unavailable("The model came to no end with its mashup. Ask for another take.")
        return min(flawed, key=lambda tried: tried[0].weight)[1]

    def _line_flaw(self, tried: Line, before: Sequence[str], thing: str) -> Flaw | None:
        return self.checks.of_line(tried.line, before, thing)

    def _line_rank(self, tried: Line, before: Sequence[str], casting: Casting) -> float:
        return self._rank(tried.line, before, casting)

    def _rank(self, piece: str, before: Sequence[str], casting: Casting) -> float:
        """How near the story is, with this piece, to the source that it leans on least, by meaning.

        Worn phrases and echoes of what stands before cost.
        """
        even = min(likeness(self._library, " ".join([*before, piece]), casting.sources()))
        given = " ".join(thing for thing, _ in casting.things)
        phrases = [phrase for phrase in read_data("mashup.yaml")["worn"] if phrase not in given]
        worn = sum(phrase in piece.casefold() for phrase in phrases)
        return even - _WORN * worn - _ECHO * echoes(piece, before)

    def _ask(
        self, said: list[BaseMessage], schema: dict[str, Any], temperature: float, seed: int | None
    ) -> str:
        if self._context.stop.is_set():
            raise Stopped
        if not self._warm:  # the built-in model keeps it on disk, so it is read once and not at every start
            self._backend.warm(mashup_prefix())
            self._warm = True
        settings = self._backend.constrain(schema, max_tokens=_MAX_TOKENS, temperature=temperature, seed=seed)
        for place in (settings, settings.get("options", {})):
            if "frequency_penalty" in place:
                place["frequency_penalty"] = _PENALTY
        return stream_model(self._backend, [*mashup_prefix(), *said], settings, self._context).text


def checks_for(library: Library, films: Sequence[Film]) -> Checks:
    """The checks of a mashup of these sources."""
    data = read_data("mashup.yaml")
    examples = [example for story in data["writing"] for example in story]
    texts = [text for example in examples for text in example["answer"].values()]
    heroes = [story[0]["ask"].removeprefix("Write: ").partition(" ")[0] for story in data["writing"]]
    mashups = library.list_mashups(limit=100).mashups
    titles = [*(m.title for m in library.titles.all()), *(m.title for m in mashups)]
    titles += [example["answer"]["title"] for example in examples if "title" in example["answer"]]
    return Checks(
        films=films,
        taken=frozenset(normalise(title) for title in titles),
        examples=texts,
        names=names_of(films) | {name: "an example" for name in heroes},
    )


def mashup_prefix() -> list[BaseMessage]:
    """The constant beginning of every mashup's prompt: instructions and worked examples as earlier turns."""
    data = read_data("mashup.yaml")
    messages: list[BaseMessage] = [SystemMessage(read_prompt("mashup.md"))]
    for example in data["reading"]:
        messages.append(HumanMessage(data["read"].format(summary=example["ask"])))
        messages.append(AIMessage(compact(example["answer"])))
    for story in data["writing"]:
        for example in story:
            messages.append(HumanMessage(example["ask"]))
            messages.append(AIMessage(compact(example["answer"])))
    return messages


def opening_schema() -> dict[str, Any]:
    """The JSON schema of an opening; minLength keeps a field from being empty."""
    return _object(
        then={"type": "string", "minLength": 40, "maxLength": 200},
        title={"type": "string", "minLength": 4, "maxLength": 40},
    )


def line_schema(number: int, first_name: str) -> dict[str, Any]:
    """The JSON schema of the first, second or third line; how it begins drives the story on."""
    begins = {1: first_name, 2: "But", 3: f"{first_name} can"}[number]
    return _object(line={"type": "string", "pattern": f'^{begins} [^"]{{40,200}}$'})


def likeness(library: Library, text: str, others: Sequence[str]) -> list[float]:
    """How near a text is to each of the others by meaning, from -1 to 1."""
    vector, *rest = library.vectors.embed([text, *others])
    return [sum(a * b for a, b in zip(vector, other, strict=True)) for other in rest]


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _parse(kind: type[Piece], reply: str) -> Piece:
    try:
        return kind.model_validate_json(reply)
    except ValidationError as error:
        raise Unavailable("The model's mashup could not be read. Ask for it again.") from error


def _takes_text(takes: Sequence[Contribution]) -> str:
    line = read_data("mashup.yaml")["from"]
    return "\n".join(line.format(label=taken.title, takes=taken.takes) for taken in takes)
