"""Casting a mashup: which source gives the world, which the hero, and what else comes from whom."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.mashup_ingredients import Ingredients, names_of
from agent.prompt import read_data
from tools.films import Film
from tools.mashups import Contribution

MOST_SOURCES = 5
_GIVERS = {2: [0, 1, 0], 3: [2, 0, 2], 4: [2, 3, 0], 5: [2, 3, 4]}
"""Which source gives each step its thing, by how many there are; a small model soon forgets the world."""
_SMALL = re.compile(r"(?:The|An?|One|It|She|He|They|His|Her|Their|When|As|In|On|At|After) ")


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
