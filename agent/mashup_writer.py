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
_TRIES = 5
"""How often an opening or a line is tried before the least flawed one has to do."""
_ENOUGH = 2
"""So many without a flaw are enough to choose the most even from, unless even that one leans to one side."""
_GOOD, _FAIR = (0.28, 0.28, 0.3, 0.35), (0.2, 0.2, 0.22, 0.3)
"""Of the opening and of each line: an evenness of the story so far, from -1 to 1, that needs no further try,
and one that will do where there is a choice. Nothing makes up for the last line, so more is asked of it."""
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
            stage=0,
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
            stage=step + 1,
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
        stage: int,
    ) -> Piece:
        """Try a piece until one is good, or there is a fair choice, or it has been tried enough."""
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
            best = max(evenness for evenness, _ in sound)
            if best >= _GOOD[stage] or (len(sound) >= _ENOUGH and best >= _FAIR[stage]):
                break
        if sound:
            return max(sound, key=itemgetter(0))[1]
        if not flawed:
            raise Unavailable("The model came to no end with its mashup. Ask for another take.")
        return min(flawed, key=lambda tried: tried[0].weight)[1]

    def _weakest(self, written: Sequence[str], casting: Casting) -> int:
        """The position of the source that the story leans on least so far, by meaning."""
        near = self._near(written, casting)
        return min(range(len(near)), key=near.__getitem__)

    def _near(self, written: Sequence[str], casting: Casting) -> list[float]:
        """How near the story is to each source by meaning: the model's own words, and all that is read."""
        own = " ".join(written)
        texts = [own, f"{casting.premise('')}{own}"]
        vectors = self._library.vectors.embed([*texts, *casting.sources()])
        told, sources = vectors[: len(texts)], vectors[len(texts) :]
        return [sum(likeness(text, source) for text in told) / len(texts) for source in sources]

    def _rank(self, piece: str, before: Sequence[str], casting: Casting) -> float:
        """How near the story is, with this piece, to the source that it leans on least, by meaning.

        Worn phrases and echoes of what stands before cost.
        """
        even = min(self._near([*before, piece], casting))
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


def likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """How near two texts are by meaning, from their vectors of length 1: from -1 to 1."""
    return sum(a * b for a, b in zip(one, other, strict=True))


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
