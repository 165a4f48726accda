"""What a title lends to a mashup, told without its names: a place with its rule, a person, things."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from agent.prompt import read_data
from tools.films import Film

_NO_NAME = re.compile(
    "The|Agent|Captain|Doctor|Dr|Mr|Mrs|Miss|Self|King|Queen|Man|Woman|Young|Old|Lady|Boy|Girl"
)


_LONGEST = {"world": 90, "hero": 80, "things": 60}
"""Characters; of a longer phrase a small model retells the plot."""


class Ingredients(BaseModel):
    """What one title lends.

    Attributes:
        world: a place with its rule, after a preposition: ``in a city where it always rains``.
        hero: a person with a wound and without a name: ``a police officer who is afraid of the sea``.
        things: objects, images, other people.
    """

    world: str
    hero: str
    things: list[str] = Field(min_length=2)

    @property
    def place(self) -> str:
        """The world without its preposition."""
        return self.world.partition(" ")[2]


def written_ingredients(film: Film) -> Ingredients | None:
    """What a seeded title lends; None for a title of the user's own, which the model reads first."""
    written = read_data("mashup_ingredients.yaml").get(film.label)
    return Ingredients.model_validate(written) if written else None


def ingredients_schema() -> dict[str, Any]:
    """What the model answers when it reads a title."""
    properties = {
        "world": {"type": "string", "pattern": '^(in|on|at) (an?|the) [^"]{12,90}$'},
        "hero": {"type": "string", "pattern": '^an? [^"]{8,80}$'},
        "things": {
            "type": "array",
            "items": {"type": "string", "minLength": 6, "maxLength": _LONGEST["things"]},
            "minItems": 2,
            "maxItems": 2,
        },
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def summary(film: Film) -> str:
    """What the model reads of a title: genres and overview, the names of its people taken out."""
    text = film.overview or film.tagline or ""
    for name in character_names(film):
        text = re.sub(rf"(?<=[a-z] ){re.escape(name)}\b(?!['’]s)", "", text)  # "policeman Rick Deckard"
        text = re.sub(rf"\b{re.escape(name)}\b", "someone", text)
    text = re.sub(r"\bsomeone(?: someone)+\b", "someone", text)
    text = re.sub(r"\s+([,.])", r"\1", re.sub(r"\s{2,}", " ", text))
    return f"{', '.join(film.genres[:3]) or film.media_type}: {text or film.title}"


def tidy(given: Ingredients, film: Film) -> Ingredients:
    """What the model read, without names and foreign signs, and without the end of a phrase that was cut."""
    values = {"world": given.world, "hero": given.hero}
    clean = {name: _tidy(text, film, _LONGEST[name]) for name, text in values.items()}
    return Ingredients(**clean, things=[_tidy(thing, film, _LONGEST["things"]) for thing in given.things])


def _tidy(text: str, film: Film, longest: int) -> str:
    if len(text) >= longest:
        text = text.rpartition(" ")[0]
    text = re.sub(r"[^\u0000-\u024f\u2010-\u2026]", "", text)
    for name in character_names(film):
        text = re.sub(rf"\b{re.escape(name)}\b", "somebody", text)
    text = re.sub(r"\bsomebody(?: somebody)+\b", "somebody", text)
    return re.sub(
        r"(?:[\s,.;]+(?:an?|the|and|or|of|in|on|at|to|for|from|by|with|who|that|where|is|his|her)?)*$", "", text
    )


def character_names(film: Film) -> list[str]:
    """The names of a title's people, the longest first; common words such as "The" are none."""
    names: set[str] = set()
    for role in film.cast:
        character = role.partition(" as ")[2]
        names |= {character, *re.findall(r"[^\W\d_][\w'’-]+", character)}
    return sorted(
        (n for n in names if len(n) > 2 and n[0].isupper() and not _NO_NAME.fullmatch(n)), key=len, reverse=True
    )


def names_of(films: Sequence[Film]) -> dict[str, str]:
    """The names of the sources' people, with the title that each belongs to."""
    return {name: film.title for film in films for name in character_names(film)}
