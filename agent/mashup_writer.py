"""Writing a mashup with the model: every line is tried until it passes, and only then shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ValidationError

from agent.backends import Backend
from agent.backends.base import CutShort
from agent.choice import Stopped, TurnContext, stream_model
from agent.mashup_casting import Casting
from agent.mashup_checks import Checks, Flaw, echoes, uses
from agent.mashup_ingredients import (
    Ingredients,
    ingredients_schema,
    names_of,
    summary,
    tidy,
    written_ingredients,
)
from agent.prompt import compact, read_data, read_prompt
from store.errors import Unavailable
from store.titles import normalise
from tools import Library
from tools.films import Film
from tools.tool import Words

Piece = TypeVar("Piece", bound=BaseModel)
_TRIES = 4
"""How often an opening or a line is tried before the least flawed one has to do."""
_OPENINGS, _LINES = 3, 2
"""So many without a flaw are enough to choose the most even from."""
_GOOD = 0.25
"""An evenness of what is written so far, from -1 to 1, that needs no further try."""
_WORN, _ECHO = 0.1, 0.04
"""What a worn phrase and three words of an earlier line cost of the evenness."""
_STEPS = 3
_MAX_TOKENS = 120
_TEMPERATURE = 0.8
_PENALTY = 0.1
"""For saying a word again. A stronger one takes commas and articles away from prose of several lines."""
_READ: dict[str, Ingredients] = {}
"""What the model read in titles of the user's own, by their summary."""


class Opening(BaseModel):
    """How the story begins: what happens to the hero in the strange world, and the film's title."""

    then: Words
    title: Words


class Line(BaseModel):
    """One further line of the story."""

    line: Words


@dataclass
class Story:
    """A mashup as far as it is written: title, what happens first, the lines after it, and who gave what."""

    title: str
    then: str
    lines: list[str]
    casting: Casting

    @property
    def logline(self) -> str:
        """Hero and world as they were lent, then what the model made of them."""
        return self.casting.premise(self.then)


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
            _READ[text] = tidy(_parse(Ingredients, reply), film)
        return _READ[text]

    def write(self, casting: Casting, direction: str | None, take: int) -> Story:
        """The opening, then line after line, each shown as soon as it has passed.

        Args:
            casting: who gives what.
            direction: the user's wish.
            take: how often these sources were mashed up before; it decides the dice.

        Raises:
            Unavailable: the model failed.
            Stopped: the user pressed stop.
        """
        said: list[BaseMessage] = [HumanMessage(casting.ask_opening(direction))]
        opening = self._open(said, casting, seed=take * 1000)
        story = Story(opening.title, opening.then, [], casting)
        self._context.emit(f"\n\n{story.title}\n\n{story.logline}\n")
        for step in range(_STEPS):
            self._continue(said, story, step, seed=take * 1000 + step * 100 + 100)
            self._context.emit(f"\n{step + 1}. {story.lines[-1]}")
        self._conclude(story, promised=len(casting.things))
        return story

    def _open(self, said: list[BaseMessage], casting: Casting, seed: int) -> Opening:
        opening = self._best(
            said,
            opening_schema(),
            Opening,
            lambda tried: (
                self.checks.of_title(tried.title) or self.checks.of_opening(tried.then, casting.premise(""))
            ),
            lambda tried: self._rank(tried.then, [], casting),
            seed=seed,
            enough=_OPENINGS,
        )
        said.append(AIMessage(compact(opening.model_dump())))
        return opening

    def _continue(self, said: list[BaseMessage], story: Story, step: int, seed: int) -> None:
        """One more line; for the last, the source that the story leans on least may give one thing more."""
        before = [story.then, *story.lines]
        casting = story.casting
        if step == len(casting.things):
            casting = casting.lend(self._weakest(before, casting))
        thing, _ = casting.things[step]
        said.append(HumanMessage(casting.ask_step(step)))
        line = self._best(
            said,
            line_schema(step, casting.first_name),
            Line,
            lambda tried: self.checks.of_line(tried.line, before, thing),
            lambda tried: self._rank(tried.line, before, casting),
            seed=seed,
            enough=_LINES,
        )
        said.append(AIMessage(compact(line.model_dump())))
        story.lines.append(line.line)
        if uses(line.line, thing):  # what was not promised need not be claimed
            story.casting = casting

    def _conclude(self, story: Story, promised: int) -> None:
        """Say what else was taken, and what is wrong with the story where no try was without a flaw."""
        data = read_data("mashup.yaml")
        for thing, position in story.casting.things[promised:]:
            also = data["also"].format(label=story.casting.films[position].label, takes=thing)
            self._context.emit(f"\n\n{also}")
        things = [thing for thing, _ in story.casting.things]
        premise = story.casting.premise("")
        flaws = self.checks.of_story(story.title, premise, story.then, story.lines, things)
        if flaws:
            worst = max(flaws, key=lambda flaw: flaw.weight)
            self._context.emit(f"\n\n{data['flawed'].format(flaw=worst.words)}")

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

    def _weakest(self, written: Sequence[str], casting: Casting) -> int:
        """The position of the source that the story leans on least so far, by meaning."""
        near = likeness(self._library, " ".join(written), casting.sources())
        return min(range(len(near)), key=near.__getitem__)

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


def line_schema(step: int, first_name: str) -> dict[str, Any]:
    """The JSON schema of a line, counted from 0; how it begins drives the story on."""
    begins = [first_name, "But", f"{first_name} can"][step]
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
