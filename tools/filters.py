"""Wishes that rows must fulfil, as SQL with named parameters and in words."""

from collections.abc import Iterable
from typing import NamedTuple


class Filter(NamedTuple):
    """A wish: the parameter that carries its value, the condition it stands in, and how users read it.

    A wish whose value is None was not made.
    """

    name: str
    value: object
    condition: str
    words: str = ""


def where(filters: Iterable[Filter]) -> tuple[str, dict[str, object]]:
    """The condition that all wishes make together, and its parameters by name; TRUE without a wish."""
    made = [wish for wish in filters if wish.value is not None]
    condition = " AND ".join(["TRUE", *(f"({wish.condition})" for wish in made)])
    return condition, {wish.name: wish.value for wish in made}


def wishes_words(filters: Iterable[Filter]) -> str:
    """What was wished, in running text that begins with a blank; empty without words."""
    return "".join(f" {wish.words}" for wish in filters if wish.value is not None and wish.words)
