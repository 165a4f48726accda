"""What the user named: presets, fields, mashups and the events of the calendar."""

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
