"""What the user named: presets, fields, mashups and the events of the calendar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import uuid4

from agent.events import Call
from store.store import Store
from store.titles import normalise
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


def with_fields(names: Names, calls: Iterable[Call]) -> Names:
    """The names with the fields that calls of the same message define, to be set in the same breath."""
    defined = [
        CustomField(
            id=uuid4(),
            field_name=normalise(str(call.args["label"])).replace(" ", "_"),
            field_label=str(call.args["label"]),
            field_type=call.args.get("field_type", "text"),
            field_options=call.args.get("options"),
            field_default_value=None,
            is_required=False,
            validation_rules={},
            description=None,
            help_text=None,
            is_active=True,
        )
        for call in calls
        if call.tool == "define_field" and call.args.get("label")
    ]
    return replace(names, fields=[*names.fields, *defined]) if defined else names


def spans_of(name: str, words: str) -> list[tuple[int, int]]:
    """Where a name stands in the words, however it is cased or joined."""
    spelt = r"[\W_]+".join(re.escape(part) for part in re.findall(r"\w+", name))
    return [found.span() for found in re.finditer(rf"\b{spelt}\b", words, re.IGNORECASE)] if spelt else []
