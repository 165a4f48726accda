"""Casting a mashup: which source gives the world, which the hero, and what else comes from whom."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.mashup_ingredients import Ingredients, names_of
from agent.prompt import read_data
from tools.films import Film
from tools.mashups import Contribution

MOST_SOURCES = 5
_GIVERS = {2: [0, 1], 3: [2, 0], 4: [2, 3], 5: [2, 3, 4]}
"""Which source gives the first steps their thing, by how many there are; the first two have a part already."""
_SMALL = re.compile(r"(?:The|An?|One|It|She|He|They|His|Her|Their|When|As|In|On|At|After) ")


@dataclass(frozen=True)
class Casting:
    """Who gives what: the first source the world, the second the hero, and every step of the story has a thing.

    Attributes:
        films: the sources in these roles.
        lent: what each of them can give.
        hero: the hero's name.
        pronoun: the hero's, ``she`` or ``he``.
        arrives: how the hero comes into the world.
        things: for each step the thing it must use and the position of its source; the last step's may come
            later, from the source that the story leans on least.
        spare: what else each source can give.
    """

    films: Sequence[Film]
    lent: Sequence[Ingredients]
    hero: str
    pronoun: str
    arrives: str
    things: Sequence[tuple[str, int]]
    spare: Sequence[Sequence[str]]

    @property
    def first_name(self) -> str:
        """How the lines call the hero."""
        return self.hero.partition(" ")[0]

    def premise(self, then: str) -> str:
        """The logline: hero and world as they were lent, then what the model made of them."""
        small = then[:1].lower() + then[1:] if _SMALL.match(then) else then
        return str(read_data("mashup.yaml")["premise"]).format(**self._words(), then=small)

    def ask_opening(self, direction: str | None) -> str:
        """What the model is asked first."""
        data = read_data("mashup.yaml")
        wish = data["wish"].format(direction=direction) if direction else ""
        return str(data["opening"].format(**self._words(), wish=wish))

    def ask_step(self, step: int) -> str:
        """What the model is asked for the first, second or third line, counted from 0."""
        return str(read_data("mashup.yaml")["steps"][step].format(thing=self.things[step][0]))

    def lend(self, position: int) -> "Casting":
        """The casting in which a source gives the next step its thing."""
        thing, *rest = self.spare[position]
        spare = [rest if at == position else given for at, given in enumerate(self.spare)]
        return replace(self, things=[*self.things, (thing, position)], spare=spare)

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
    hero, pronoun = _name(dice, names_of([film for film, _ in lent]))
    casting = Casting(
        films=[film for film, _ in order],
        lent=[given for _, given in order],
        hero=hero,
        pronoun=pronoun,
        arrives=dice.choice(data["arrives"]),
        things=[],
        spare=[dice.sample(given.things, len(given.things)) for _, given in order],
    )
    for position in _GIVERS[len(order)]:
        casting = casting.lend(position)
    return casting


def _name(dice: random.Random, borrowed: dict[str, str]) -> tuple[str, str]:
    """A name for the hero that none of the sources' people bears, and its pronoun."""
    data = read_data("mashup.yaml")
    given = [(name, pronoun) for pronoun in ("she", "he") for name in data[pronoun] if name not in borrowed]
    family = [name for name in data["family_names"] if name not in borrowed]
    first, pronoun = dice.choice(given)
    return f"{first} {dice.choice(family)}", pronoun
