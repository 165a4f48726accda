"""Which row refers to which, and whether all of it holds.

DuckDB's foreign keys cannot cascade and forbid deleting parent and children in one transaction, so none are
declared: this table is what the write path checks, cascades by and verifies.
"""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table."""

    table: str
    column: str
    parent: str
    cascade: bool


REFERENCES = (
    Reference("media_genres", "media_id", "media", cascade=True),
    Reference("media_genres", "genre_id", "genres", cascade=True),
    Reference("media_credits", "media_id", "media", cascade=True),
    Reference("media_credits", "person_id", "people", cascade=True),
    Reference("user_reviews", "media_id", "media", cascade=True),
    Reference("calendar_events", "media_id", "media", cascade=True),
    Reference("watch_history", "media_id", "media", cascade=True),
    # The document gives no cascade here: a genre with sub-genres is refused deletion.
    Reference("genres", "parent_genre_id", "genres", cascade=False),
)

KEYS = {"media_genres": ("media_id", "genre_id")}
"""Primary keys that are not ``id``."""


def key_of(table: str) -> tuple[str, ...]:
    """The primary key's columns."""
    return KEYS.get(table, ("id",))


def count_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows by table."""
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    return {name: _number(connection, f'SELECT count(*) FROM "{name}"') for (name,) in tables}


def check_integrity(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Orphans and rows that break a CHECK, one sentence each; empty when all is well."""
    tables = count_rows(connection)
    problems = []
    for reference in REFERENCES:
        if reference.table not in tables or reference.parent not in tables:
            continue
        orphans = _number(
            connection,
            f"SELECT count(*) FROM {reference.table} child WHERE {reference.column} IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {reference.parent} parent WHERE parent.id = child.{reference.column})",
        )
        if orphans:
            problems.append(f"{orphans} rows of {reference.table} name a missing row of {reference.parent}")
    checks = connection.execute(
        "SELECT table_name, expression FROM duckdb_constraints() WHERE constraint_type = 'CHECK'"
    ).fetchall()
    for table, expression in checks:
        broken = _number(connection, f"SELECT count(*) FROM {table} WHERE NOT ({expression})")
        if broken:
            problems.append(f"{broken} rows of {table} break the rule {expression}")
    return problems


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
