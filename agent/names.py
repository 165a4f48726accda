"""What the user named: presets, fields, mashups and the events of the calendar."""

import re
from dataclasses import dataclass

from store.store import Store
from tools.calendar import open_event_names
from tools.fields import CustomField, active_fields
from tools.mashups import list_mashups
from tools.presets import Preset, all_presets

_MASHUPS = 100
"""The latest ones; an older one is still found by its meaning."""


@dataclass(frozen=True)
class Names:
    """The names a message may hold; ``events`` are those of open plans, the nearest first."""

    presets: list[Preset]
    fields: list[CustomField]
    mashups: list[str]
    events: list[str]


def read_names(store: Store) -> Names:
    """All of them, read once a turn."""
    return Names(
        presets=all_presets(store),
        fields=active_fields(store),
        mashups=[mashup.title for mashup in list_mashups(store, limit=_MASHUPS).mashups],
        events=open_event_names(store),
    )


def spans_of(name: str, words: str) -> list[tuple[int, int]]:
    """Where a name stands in the words, however it is cased or joined."""
    spelt = r"[\W_]+".join(re.escape(part) for part in re.findall(r"\w+", name))
    return [found.span() for found in re.finditer(rf"\b{spelt}\b", words, re.IGNORECASE)] if spelt else []
