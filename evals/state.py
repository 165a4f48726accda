"""The state of a library as rows a person can write down, and how two states differ.

Each view reads the document's tables by SQL; titles stand as labels such as ``Alien (1979)``.
"""

import json
from datetime import date, datetime, time
from typing import Any

from store.store import Store

Row = dict[str, Any]
State = dict[str, dict[str, Row]]
"""View name -> row id -> row."""
Changes = dict[str, dict[str, list[Row]]]
"""added, changed or removed -> view name -> rows; a changed row is ``{"was": row, "is": row}``."""

_LABEL = "media.title || coalesce(' (' || year(release_date) || ')', '')"
_PEOPLE = """(SELECT list(people.name ORDER BY people.name)
                FROM media_credits JOIN people ON people.id = person_id
                WHERE media_id = media.id AND {which})"""
_VIEWS = {
    "reviews": f"""
        SELECT review.id, {_LABEL} AS media, rating::DOUBLE AS rating, review_text AS text,
            watched_date AS watched, tags
        FROM user_reviews review JOIN media ON media.id = media_id""",
    "viewings": f"""
        SELECT history.id, {_LABEL} AS media, watched_at AS at, watch_duration AS minutes, completed,
            watch_source AS source, watch_context AS context
        FROM watch_history history JOIN media ON media.id = media_id""",
    "events": f"""
        SELECT event.id, {_LABEL} AS media, event.title AS name, event_type AS type, event_date AS date,
            event_time AS time, location, event.description, reminder_minutes AS reminder, completed
        FROM calendar_events event LEFT JOIN media ON media.id = media_id""",
    "presets": """
        SELECT id, name, description, criteria_config AS criteria, is_default AS "default"
        FROM recommendation_criteria""",
    "fields": """
        SELECT id, field_label AS label, field_type AS type, field_options AS options,
            validation_rules AS rules, is_required AS required, field_default_value AS "default",
            description, help_text AS help
        FROM custom_fields_schema WHERE is_active""",
    "values": f"""
        SELECT media.id || '/' || key AS id, {_LABEL} AS media, key AS field,
            custom_fields ->> ('$.' || key) AS value
        FROM media, unnest(json_keys(custom_fields)) AS keys(key)""",
    "media": f"""
        SELECT media.id, {_LABEL} AS media, media.title, media_type AS type, release_date, runtime,
            original_title, original_language AS language, overview, tagline, maturity_rating AS maturity,
            (SELECT list(genres.name ORDER BY genres.name) FROM media_genres JOIN genres ON genres.id = genre_id
                WHERE media_id = media.id) AS genres,
            {_PEOPLE.format(which="department = 'Directing'")} AS directors,
            {_PEOPLE.format(which="department = 'Writing'")} AS writers,
            {_PEOPLE.format(which="credit_type = 'cast'")} AS "cast"
        FROM media""",
    "mashups": """
        SELECT id, source_media_ids AS sources, user_rating::DOUBLE AS rating FROM mashups""",
}
KEYS: dict[str, tuple[str, ...]] = {
    "reviews": ("media",),
    "viewings": ("media",),
    "events": ("media", "name"),
    "presets": ("name",),
    "fields": ("label",),
    "values": ("media", "field"),
    "media": ("media",),
    "mashups": ("sources",),
}
"""What tells a person which row it is."""
DEFAULTS: dict[str, Row] = {
    "reviews": {},
    "viewings": {"completed": True},
    "events": {"type": "watch", "completed": False},
    "presets": {"default": False},
    "fields": {"type": "text", "required": False},
    "values": {},
    "media": {"type": "movie"},
    "mashups": {},
}
"""What an added row holds where neither the user nor the item says anything; all else is None."""
FREE = {"viewings": {"at"}, "presets": {"description"}, "media": {"media", "title"}, "mashups": {"sources"}}
"""Columns an item may leave unsaid though they are always filled, or are the program's own words."""


def read_state(store: Store) -> State:
    """All rows a user can change, by view; mashups as Chroma holds them too."""
    state = {view: {str(row["id"]): _plain(row) for row in store.db.read(sql)} for view, sql in _VIEWS.items()}
    labels = {str(media.id): media.label for media in store.titles.all()}
    for row in state["mashups"].values():
        row["sources"] = [labels.get(media_id, media_id) for media_id in row["sources"]]
    return state


def difference(before: State, after: State) -> Changes:
    """What was added, changed and removed, by view.

    A title that is called otherwise now changes its own row, not those that show its label.
    """
    found: Changes = {"added": {}, "changed": {}, "removed": {}}
    for view in _VIEWS:
        old, new = before[view], after[view]
        rows = {
            "added": [row for key, row in new.items() if key not in old],
            "removed": [row for key, row in old.items() if key not in new],
            "changed": [
                {"was": old[key], "is": row}
                for key, row in new.items()
                if key in old and _own(view, old[key]) != _own(view, row)
            ],
        }
        for how, which in rows.items():
            if which:
                found[how][view] = which
    return found


def _own(view: str, row: Row) -> Row:
    shown = {"media", "sources"} if view != "media" else set()
    return {column: value for column, value in row.items() if column not in shown}


def _plain(row: Row) -> Row:
    """Dates as ISO text, JSON as lists; a time as HH:MM."""
    return {name: _value(name, value) for name, value in row.items() if name != "id"}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if name in ("tags", "options", "rules", "criteria", "sources") and isinstance(value, str):
        return json.loads(value)
    return value
