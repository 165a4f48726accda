"""What can be wrong with rows although every reference and CHECK holds; each finding says what to do."""

from collections.abc import Iterator, Sequence

from store.database import Database

# The rows of an act are written in one statement, so they are numbered without gaps and undone together.
_BROKEN_ACTS = """
SELECT any_value(label) AS label FROM journal GROUP BY act
HAVING max(seq) - min(seq) + 1 <> count(*) OR count(undone_at) NOT IN (0, count(*))
    OR bool_or(before IS NULL AND after IS NULL)
ORDER BY max(seq)
"""
# So are the acts, but for a write that was cut off between its last statement and its commit.
_BEFORE_GAPS = """
SELECT label FROM (
    SELECT seq, act, label, lead(seq, 1, (
        SELECT last_value + 1 FROM duckdb_sequences() WHERE sequence_name = 'journal_seq'
    )) OVER (ORDER BY seq) - seq AS step, lead(act) OVER (ORDER BY seq) AS next_act
    FROM journal
) WHERE step > 1 AND next_act IS DISTINCT FROM act ORDER BY seq
"""
# An event grows old by itself, so rule 3 is held against the day it was entered; a day more for time zones.
_OLD_EVENTS = """
SELECT event_date FROM calendar_events
WHERE event_date < least(created_at, $now)::DATE - to_years($years) - INTERVAL 1 DAY ORDER BY event_date
"""
_MISRATED = """
SELECT title FROM media WHERE user_rating IS NOT NULL AND id NOT IN (SELECT media_id FROM user_reviews)
UNION ALL
SELECT title FROM media JOIN user_reviews review ON review.media_id = media.id
GROUP BY media.id, title, user_rating HAVING count(*) FILTER (review.rating = user_rating) = 0
ORDER BY title
"""
_SHAPES = {
    "media": {"production_countries": "ARRAY", "spoken_languages": "ARRAY", "custom_fields": "OBJECT"},
    "user_reviews": {"tags": "ARRAY"},
    "custom_fields_schema": {"field_options": "ARRAY", "validation_rules": "OBJECT"},
    "mashups": {"plot_points": "ARRAY", "contributions": "ARRAY", "source_media_ids": "ARRAY"},
}
"""What the JSON columns hold."""


def find_faults(database: Database) -> list[str]:
    """Everything of that kind, one sentence each; nothing of it can be derived anew, so nothing is repaired."""
    return [*_journal_faults(database), *_rule_faults(database), *_shape_faults(database)]


def _journal_faults(database: Database) -> Iterator[str]:
    broken = [row["label"] for row in database.read(_BROKEN_ACTS)]
    if broken:
        yield f"{len(broken)} acts of the journal are not whole, so they cannot be undone: {_some(broken)}"
    before = [row["label"] for row in database.read(_BEFORE_GAPS)]
    if before:
        yield (
            f"rows of the journal are missing after {_some(before)}: the end of that act, which undo would not "
            "take back whole, or an act of which nothing was kept"
        )


def _rule_faults(database: Database) -> Iterator[str]:
    years = database.event_past_years
    old = database.read(_OLD_EVENTS, {"now": database.clock(), "years": years})
    if old:
        days = _some([row["event_date"].isoformat() for row in old])
        yield f"{len(old)} calendar events lie more than {years} years back ({days}): move or cancel them"
    misrated = [row["title"] for row in database.read(_MISRATED)]
    if misrated:
        yield (
            f"your rating of {len(misrated)} titles is that of none of their reviews ({_some(misrated)}): "
            "save the review of each again"
        )


def _shape_faults(database: Database) -> Iterator[str]:
    for table, columns in _SHAPES.items():
        for column, shape in columns.items():
            (row,) = database.read(f"SELECT count(*) AS n FROM {table} WHERE json_type({column}) <> '{shape}'")
            if row["n"]:
                yield f"{row['n']} rows of {table} hold no JSON {shape.lower()} in {column}: set it anew"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name.rstrip('.')}”" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
