"""The ten tables are the document's, and every rule of theirs refuses what it should through the write path."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import pytest

from store.database import Database, Row
from store.errors import Conflict, Invalid, NotFound

DOCUMENT = """
media
    id UUID not null default
    tmdb_id INTEGER
    imdb_id VARCHAR(20)
    title VARCHAR(500) not null
    original_title VARCHAR(500)
    media_type VARCHAR(50) not null
    release_date DATE
    runtime INTEGER
    overview TEXT
    tagline VARCHAR(500)
    tmdb_rating DECIMAL(3,1)
    tmdb_vote_count INTEGER
    user_rating DECIMAL(3,1)
    popularity_score DECIMAL(10,2)
    maturity_rating VARCHAR(20)
    recommended_age_min INTEGER
    recommended_age_max INTEGER
    original_language VARCHAR(10)
    production_countries JSON
    spoken_languages JSON
    poster_path VARCHAR(500)
    backdrop_path VARCHAR(500)
    trailer_url VARCHAR(500)
    status VARCHAR(50)
    custom_fields JSON
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
    last_synced_tmdb TIMESTAMP
genres
    id UUID not null default
    tmdb_genre_id INTEGER
    name VARCHAR(100) not null
    slug VARCHAR(100) not null
    parent_genre_id UUID
    genre_category VARCHAR(100)
    description TEXT
    is_active BOOLEAN default
    created_at TIMESTAMP default
media_genres
    media_id UUID not null
    genre_id UUID not null
    weight DECIMAL(3,2) default
people
    id UUID not null default
    tmdb_person_id INTEGER
    imdb_id VARCHAR(20)
    name VARCHAR(200) not null
    biography TEXT
    birthday DATE
    deathday DATE
    known_for_department VARCHAR(100)
    profile_path VARCHAR(500)
    overall_rating DECIMAL(3,1)
    total_works INTEGER default
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
media_credits
    id UUID not null default
    media_id UUID not null
    person_id UUID not null
    credit_type VARCHAR(50) not null
    department VARCHAR(100) not null default
    job VARCHAR(100)
    character_name VARCHAR(200)
    order_position INTEGER
    created_at TIMESTAMP default
user_reviews
    id UUID not null default
    media_id UUID not null
    rating DECIMAL(3,1) not null
    review_text TEXT
    watched_date DATE
    rewatch_count INTEGER default
    tags JSON
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
calendar_events
    id UUID not null default
    media_id UUID
    event_type VARCHAR(50) not null
    event_date DATE not null
    event_time TIME
    title VARCHAR(200)
    description TEXT
    location VARCHAR(200)
    icon VARCHAR(50)
    color VARCHAR(7)
    reminder_enabled BOOLEAN default
    reminder_minutes INTEGER
    completed BOOLEAN default
    completed_at TIMESTAMP
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
recommendation_criteria
    id UUID not null default
    name VARCHAR(200) not null
    description TEXT
    criteria_config JSON not null
    is_default BOOLEAN default
    use_count INTEGER default
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
custom_fields_schema
    id UUID not null default
    field_name VARCHAR(100) not null
    field_label VARCHAR(200) not null
    field_type VARCHAR(50) not null
    field_options JSON
    field_default_value VARCHAR(500)
    is_required BOOLEAN default
    validation_rules JSON
    description TEXT
    help_text VARCHAR(500)
    is_active BOOLEAN default
    created_at TIMESTAMP default
    updated_at TIMESTAMP default
watch_history
    id UUID not null default
    media_id UUID not null
    watched_at TIMESTAMP default
    watch_duration INTEGER
    completed BOOLEAN default
    watch_source VARCHAR(100)
    watch_context VARCHAR(100)
    paused_count INTEGER default
    rewind_count INTEGER default
    created_at TIMESTAMP default
"""
"""Column, type, nullability and whether there is a default. References are NOT NULL (a row that belongs to no
title is an orphan) but for a calendar event's, and a credit's department is '' rather than NULL: docs/schema.md
says why."""


def parse_document() -> dict[str, list[tuple[str, str, bool, bool]]]:
    tables: dict[str, list[tuple[str, str, bool, bool]]] = {}
    for line in DOCUMENT.strip().splitlines():
        if not line.startswith(" "):
            table = tables.setdefault(line, [])
            continue
        name, kind = line.split()[:2]
        table.append((name, kind, "not null" not in line, line.endswith("default")))
    return tables


TABLES = parse_document()
UP = (Path(__file__).parents[2] / "migrations" / "001_document_tables.up.sql").read_text("utf-8")


def declared_columns(table: str) -> list[tuple[str, str, bool, bool]]:
    """What the migration declares: DuckDB itself forgets the length of a VARCHAR."""
    body = re.search(rf"CREATE TABLE {table} \((.*?)\n\);", UP, re.DOTALL)
    assert body
    found = []
    for line in body[1].splitlines():
        column = re.match(r"    ([a-z_]+) ([A-Z]+(?:\([\d, ]+\))?)(.*)", line)
        if column:
            rest = column[3].split("CHECK")[0]
            nullable = "NOT NULL" not in rest and "PRIMARY KEY" not in rest
            found.append((column[1], column[2].replace(" ", ""), nullable, "DEFAULT" in rest))
    return found


@pytest.mark.parametrize("table", TABLES)
def test_declared_columns_are_the_documents(table: str) -> None:
    assert declared_columns(table) == TABLES[table]


@pytest.mark.parametrize("table", TABLES)
def test_columns_in_the_file_are_the_documents(db: Database, table: str) -> None:
    columns = db.read(
        "SELECT column_name, data_type, is_nullable, column_default IS NOT NULL AS has_default "
        "FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [table],
    )
    expected = [
        (name, "VARCHAR" if kind.startswith(("VARCHAR", "TEXT")) else kind, nullable, default)
        for name, kind, nullable, default in TABLES[table]
    ]
    assert [tuple(column.values()) for column in columns] == expected


DEFAULTS: dict[str, Row] = {
    "genres": {"is_active": True},
    "media_genres": {"weight": 1},
    "people": {"total_works": 0},
    "media_credits": {"department": ""},
    "user_reviews": {"rewatch_count": 0},
    "calendar_events": {"reminder_enabled": False, "completed": False},
    "recommendation_criteria": {"is_default": False, "use_count": 0},
    "custom_fields_schema": {"is_required": False, "is_active": True},
    "watch_history": {"completed": True, "paused_count": 0, "rewind_count": 0},
}


@pytest.mark.parametrize("table", DEFAULTS)
def test_defaults(db: Database, valid: dict[str, Row], table: str) -> None:
    with db.write("test") as write:
        assert write.insert(table, valid[table]).items() >= DEFAULTS[table].items()


@pytest.mark.parametrize("table", [table for table in TABLES if table != "media_genres"])
def test_ids_and_creation_times_come_by_themselves(db: Database, valid: dict[str, Row], table: str) -> None:
    with db.write("test") as write:
        row = write.insert(table, valid[table])
    assert isinstance(row["id"], UUID)
    assert isinstance(row["created_at"], datetime)


def test_tables_beside_the_document(db: Database) -> None:
    tables = {row["table_name"] for row in db.read("SELECT table_name FROM duckdb_tables() WHERE NOT internal")}
    assert tables - set(TABLES) == {"journal", "outbox", "mashups", "media_ranking", "schema_migrations"}


def test_recommended_indexes(db: Database) -> None:
    indexes = db.read("SELECT index_name, table_name, expressions FROM duckdb_indexes() ORDER BY index_name")
    assert [(row["index_name"], row["table_name"]) for row in indexes] == [
        ("idx_calendar_date_range", "calendar_events"),
        ("idx_criteria_usage", "recommendation_criteria"),
        ("idx_media_filter", "media"),
    ]
    columns = {row["index_name"]: re.findall(r"[a-z_]{4,}", row["expressions"]) for row in indexes}
    assert columns == {
        "idx_calendar_date_range": ["event_date", "event_type"],
        "idx_criteria_usage": ["use_count", "created_at"],
        "idx_media_filter": ["media_type", "maturity_rating", "release_date"],
    }


def test_no_foreign_keys(db: Database) -> None:
    assert not db.read("SELECT * FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'")


@pytest.fixture
def valid(db: Database, film: Row) -> dict[str, Row]:
    """For every table the least row that it takes."""
    with db.write("test") as write:
        genre = write.insert("genres", {"name": "Drama", "slug": "drama"})
        person = write.insert("people", {"name": "Lana Wachowski"})
    return {
        "media": {"title": "Alien", "media_type": "movie"},
        "genres": {"name": "Horror", "slug": "horror"},
        "media_genres": {"media_id": film["id"], "genre_id": genre["id"]},
        "people": {"name": "Keanu Reeves"},
        "media_credits": {"media_id": film["id"], "person_id": person["id"], "credit_type": "crew"},
        "user_reviews": {"media_id": film["id"], "rating": 9},
        "calendar_events": {"event_type": "watch", "event_date": date(2025, 11, 28)},
        "recommendation_criteria": {"name": "Short", "criteria_config": "{}"},
        "custom_fields_schema": {"field_name": "mood", "field_label": "Mood", "field_type": "text"},
        "watch_history": {"media_id": film["id"]},
        "mashups": {
            "title": "A",
            "logline": "B",
            "plot_points": "[]",
            "contributions": "[]",
            "source_media_ids": "[]",
        },
    }


def refused(db: Database, table: str, values: Row) -> Invalid:
    before = db.read("SELECT count(*) AS n FROM journal")
    with pytest.raises(Invalid) as caught, db.write("test") as write:
        write.insert(table, values)
    assert db.read("SELECT count(*) AS n FROM journal") == before
    return caught.value


LENGTHS = {
    table: [(name, int(kind[8:-1])) for name, kind, _, _ in columns if kind.startswith("VARCHAR(")]
    for table, columns in TABLES.items()
}
CHOICES = {
    ("media", "media_type"): ["movie", "tv", "anime", "documentary"],
    ("media_credits", "credit_type"): ["cast", "crew"],
    ("calendar_events", "event_type"): ["watch", "release", "review", "custom"],
    ("custom_fields_schema", "field_type"): ["text", "number", "boolean", "select", "multi-select", "date"],
}


@pytest.mark.parametrize("table", [table for table, columns in LENGTHS.items() if columns])
def test_lengths(db: Database, valid: dict[str, Row], table: str) -> None:
    longest = valid[table]
    for column, length in LENGTHS[table]:
        error = refused(db, table, valid[table] | {column: "x" * (length + 1)})
        assert error.field == column
        if (table, column) not in CHOICES and column != "color":
            assert str(length) in error.allowed
            longest = longest | {column: "x" * length}
    with db.write("test") as write:
        assert write.insert(table, longest).items() >= longest.items()


@pytest.mark.parametrize(("table", "column"), CHOICES)
def test_choice(db: Database, valid: dict[str, Row], table: str, column: str) -> None:
    for number, choice in enumerate(CHOICES[table, column]):
        extra = {"field_name": f"f{number}"} if table == "custom_fields_schema" else {}
        with db.write("test") as write:
            write.insert(table, valid[table] | extra | {column: choice})
    for bad in ("film", "", "Movie"):
        error = refused(db, table, valid[table] | {column: bad})
        assert (error.field, error.value) == (column, bad)
        assert error.allowed == "one of " + ", ".join(repr(choice) for choice in CHOICES[table, column])


NUMBERS = [
    ("media", "tmdb_rating", 0, 10),
    ("media", "user_rating", 0, 10),
    ("media", "runtime", 0, None),
    ("media", "tmdb_vote_count", 0, None),
    ("media", "recommended_age_min", 0, None),
    ("media", "recommended_age_max", 0, None),
    ("media_genres", "weight", 0, 1),
    ("people", "overall_rating", 0, 10),
    ("media_credits", "order_position", 0, None),
    ("user_reviews", "rating", 0, 10),
    ("user_reviews", "rewatch_count", 0, None),
    ("calendar_events", "reminder_minutes", 0, None),
    ("watch_history", "watch_duration", 0, None),
    ("watch_history", "paused_count", 0, None),
    ("watch_history", "rewind_count", 0, None),
    ("mashups", "user_rating", 0, 10),
]


@pytest.mark.parametrize(("table", "column", "least", "most"), NUMBERS)
def test_range(
    db: Database, valid: dict[str, Row], table: str, column: str, least: int, most: int | None
) -> None:
    # 1000 and "nine" do not even fit DECIMAL(3,1); the refusal must say the same.
    too_much: list[Any] = [] if most is None else [most + 0.1, 1000, float("nan"), "nine"]
    for bad in [-1, *too_much]:
        error = refused(db, table, valid[table] | {column: bad})
        assert error.field == column
        assert error.allowed == (f"{least} or more" if most is None else f"from {least} to {most}")
    with db.write("test") as write:
        assert write.insert(table, valid[table] | {column: least})[column] == least


@pytest.mark.parametrize("most", [10, 10.0, "10", 0])
def test_ratings_at_the_ends_are_taken(db: Database, valid: dict[str, Row], most: object) -> None:
    with db.write("test") as write:
        assert write.insert("user_reviews", valid["user_reviews"] | {"rating": most})["rating"] == float(
            str(most)
        )


@pytest.mark.parametrize("table", TABLES)
def test_required(db: Database, valid: dict[str, Row], table: str) -> None:
    for column in [name for name, _, nullable, _ in TABLES[table] if not nullable]:
        error = refused(db, table, valid[table] | {column: None})
        assert (error.field, error.allowed) == (column, "given")


@pytest.mark.parametrize(
    ("table", "column", "bad", "allowed"),
    [
        ("media", "release_date", "2001-02-30", "a date"),
        ("media", "runtime", 2**40, "whole number"),
        ("media", "custom_fields", "{bad", "valid JSON"),
        ("media", "title", "\ud800", "text"),
        ("calendar_events", "event_date", "Friday", "a date"),
        ("calendar_events", "event_time", "8 o'clock", "a time"),
        ("calendar_events", "completed_at", "then", "a moment"),
        ("calendar_events", "completed", "perhaps", "true or false"),
        ("watch_history", "id", "one", "id of a row"),
    ],
)
def test_wrong_type_names_the_field(
    db: Database, valid: dict[str, Row], table: str, column: str, bad: object, allowed: str
) -> None:
    error = refused(db, table, valid[table] | {column: bad})
    assert error.field == column
    assert allowed in error.allowed


def test_an_update_is_checked_like_an_insert(db: Database, film: Row) -> None:
    with pytest.raises(Invalid) as caught, db.write("test") as write:
        write.update("media", film["id"], {"media_type": "film"})
    assert caught.value.field == "media_type"
    assert db.one("SELECT media_type FROM media") == {"media_type": "movie"}


def test_message_says_what_to_write(db: Database, valid: dict[str, Row]) -> None:
    error = refused(db, "user_reviews", valid["user_reviews"] | {"rating": 11})
    assert all(part in str(error).lower() for part in ("rating", "11", "from 0 to 10"))


def test_rule_1_tmdb_id_is_unique(db: Database, film: Row) -> None:
    with pytest.raises(Conflict, match="tmdb_id: 603"), db.write("test") as write:
        write.insert("media", {"title": "Matrix", "media_type": "movie", "tmdb_id": 603})


def test_rule_1_many_titles_may_have_none(db: Database, valid: dict[str, Row]) -> None:
    for _ in range(3):
        with db.write("test") as write:
            write.insert("media", valid["media"] | {"tmdb_id": None})
    assert db.one("SELECT count(*) AS n FROM media WHERE tmdb_id IS NULL") == {"n": 3}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("genres", "slug"),
        ("genres", "tmdb_genre_id"),
        ("people", "tmdb_person_id"),
        ("custom_fields_schema", "field_name"),
    ],
)
def test_unique(db: Database, valid: dict[str, Row], table: str, column: str) -> None:
    row = valid[table] | ({column: 7} if column.startswith("tmdb") else {})
    other = row | ({"slug": "other"} if column == "tmdb_genre_id" else {})
    with db.write("test") as write:
        write.insert(table, row)
    with pytest.raises(Conflict, match=f"{column}: {other[column]}"), db.write("test") as write:
        write.insert(table, other)


@pytest.mark.parametrize("table", ["media_genres", "media_credits"])
def test_one_row_per_pair(db: Database, valid: dict[str, Row], table: str) -> None:
    with db.write("test") as write:
        write.insert(table, valid[table])
    with pytest.raises(Conflict), db.write("test") as write:
        write.insert(table, valid[table])


def test_a_person_may_be_credited_in_two_departments(db: Database, valid: dict[str, Row]) -> None:
    with db.write("test") as write:
        write.insert("media_credits", valid["media_credits"] | {"department": "Directing"})
        write.insert("media_credits", valid["media_credits"] | {"department": "Writing"})


@pytest.mark.parametrize(
    ("today", "years", "earliest"),
    [
        (date(2025, 11, 26), 5, date(2020, 11, 26)),
        (date(2025, 12, 31), 5, date(2020, 12, 31)),
        (date(2024, 2, 29), 5, date(2019, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 28)),
        (date(2025, 11, 26), 0, date(2025, 11, 26)),
        (date(2025, 11, 26), 30, date(1995, 11, 26)),
    ],
)
def test_rule_3_events_lie_at_most_so_many_years_back(
    file: Path, today: date, years: int, earliest: date
) -> None:
    db = Database(file, event_past_years=years, clock=lambda: datetime(today.year, today.month, today.day, 12))
    too_early = date.fromordinal(earliest.toordinal() - 1)
    try:
        for form in (
            too_early,
            too_early.isoformat(),
            datetime(too_early.year, too_early.month, too_early.day),
        ):
            error = refused(db, "calendar_events", {"event_type": "watch", "event_date": form})
            assert (error.field, error.value) == ("event_date", too_early.isoformat())
            assert f"at most {years} years back" in error.allowed
            assert "XILFTEN_EVENT_PAST_YEARS" in error.allowed
        with db.write("test") as write:
            event = write.insert("calendar_events", {"event_type": "watch", "event_date": earliest})
        with pytest.raises(Invalid), db.write("test") as write:
            write.update("calendar_events", event["id"], {"event_date": too_early})
    finally:
        db.close()


def test_rule_3_can_be_switched_off_by_many_years(file: Path) -> None:
    db = Database(file, event_past_years=5000)
    with db.write("test") as write:
        write.insert("calendar_events", {"event_type": "custom", "event_date": date(1, 1, 1)})
    db.close()


@pytest.mark.parametrize("bad", ["{", "", "{'weight': 1}", "genre"])
def test_rule_4_criteria_are_json(db: Database, bad: str) -> None:
    error = refused(db, "recommendation_criteria", {"name": "x", "criteria_config": bad})
    assert (error.field, error.value, error.allowed) == ("criteria_config", bad, "valid JSON")


@pytest.mark.parametrize("bad", ["a b", "", "naïve", "a-b", "a\n", "a;DROP TABLE media"])
def test_rule_5_field_names(db: Database, valid: dict[str, Row], bad: str) -> None:
    error = refused(db, "custom_fields_schema", valid["custom_fields_schema"] | {"field_name": bad})
    assert error.field == "field_name"
    assert error.allowed == "letters, digits and underscores only"


@pytest.mark.parametrize("bad", ["red", "#12345", "#1234567", "123456", "#GGGGGG"])
def test_color(db: Database, valid: dict[str, Row], bad: str) -> None:
    error = refused(db, "calendar_events", valid["calendar_events"] | {"color": bad})
    assert error.field == "color"
    assert error.allowed == "a colour such as #1A2B3C"


@pytest.mark.parametrize("good", ["#1A2B3C", "#abcdef"])
def test_color_is_taken(db: Database, valid: dict[str, Row], good: str) -> None:
    with db.write("test") as write:
        assert write.insert("calendar_events", valid["calendar_events"] | {"color": good})["color"] == good


@pytest.mark.parametrize(
    ("table", "column", "parent"),
    [
        ("media_genres", "media_id", "media"),
        ("media_genres", "genre_id", "genres"),
        ("media_credits", "media_id", "media"),
        ("media_credits", "person_id", "people"),
        ("user_reviews", "media_id", "media"),
        ("calendar_events", "media_id", "media"),
        ("watch_history", "media_id", "media"),
        ("genres", "parent_genre_id", "genres"),
    ],
)
@pytest.mark.parametrize("stranger", [uuid4(), "no id at all"])
def test_references_must_exist(
    db: Database, valid: dict[str, Row], table: str, column: str, parent: str, stranger: object
) -> None:
    missing = f"{table} names a row of {parent} that does not exist"
    with pytest.raises(NotFound, match=missing), db.write("test") as write:
        write.insert(table, valid[table] | {column: stranger})


@pytest.mark.parametrize(
    "construct",
    [
        "CREATE TABLE t (i INTEGER, INDEX idx_i (i))",
        "CREATE TABLE t (i UUID REFERENCES media(id) ON DELETE CASCADE)",
        "CREATE TABLE t (i INTEGER PRIMARY KEY, j INTEGER, PRIMARY KEY (i, j))",
        "CREATE TABLE t (d DATE CHECK (d >= current_date - INTERVAL 5 YEAR))",
        "CREATE TABLE t (i INTEGER, y INTEGER) PARTITION BY (y)",
        "CREATE INDEX i ON media USING GIN (to_tsvector('english', title))",
        "CREATE TRIGGER t BEFORE UPDATE ON media FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE media ADD CHECK (title <> '')",
    ],
)
def test_what_the_engine_does_not_take(db: Database, construct: str) -> None:
    """If one of these begins to work, the migrations can follow the document more closely."""
    cursor = db.cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute(construct)
    cursor.close()
