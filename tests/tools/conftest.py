"""A furnished library, one good call of every tool, and the tables as they are."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tools import TOOLS, Library, NeedsConfirmation, Result, Settings, open_library

NOW = datetime(2025, 11, 26, 19, 30)
Rows = list[dict[str, Any]]
Tables = dict[str, list[str]]

CALLS: dict[str, dict[str, Any]] = {
    "add_media": {
        "title": "Solaris",
        "year": 1972,
        "genres": ["sci-fi"],
        "directors": ["Andrei Tarkovsky"],
        "cast": ["Natalya Bondarchuk as Hari"],
    },
    "get_media": {"title": "Alien"},
    "list_media": {"genre": "horror"},
    "update_media": {"title": "Alien", "genres": ["horror"], "directors": ["R. Scott"], "runtime": 116},
    "set_facts": {"title": "Alien", "facts": {"tmdb_rating": 8.2, "genres": {"horror": 1.0}, "tagline": None}},
    "delete_media": {"title": "Alien"},
    "list_genres": {},
    "move_genre": {"name": "heist", "parent": "thriller"},
    "delete_genre": {"name": "heist"},
    "delete_person": {"name": "Ridley Scott"},
    "log_review": {"title": "Arrival", "rating": 8, "watched": "last night", "tags": ["moving"]},
    "update_review": {"title": "Alien", "rating": 10, "watched": "2025-11-21"},
    "delete_review": {"title": "Alien"},
    "list_reviews": {},
    "log_viewing": {"title": "Heat", "watched": "yesterday"},
    "update_viewing": {"title": "Heat", "source": "Blu-ray"},
    "delete_viewing": {"title": "Heat"},
    "list_viewings": {},
    "query_diary": {"group_by": "director"},
    "schedule": {"title": "Up", "when": "Friday at 8pm", "reminder_minutes": 30},
    "list_events": {},
    "move_event": {"title": "The Matrix", "when": "Saturday"},
    "complete_event": {"title": "The Matrix"},
    "cancel_event": {"title": "The Matrix"},
    "recommend": {"genres": ["sci-fi"], "max_runtime": 120},
    "save_preset": {"name": "Short sci-fi", "max_runtime": 90, "is_default": True},
    "list_presets": {},
    "delete_preset": {"name": "Short sci-fi"},
    "search_titles": {"query": "blade"},
    "find_by_plot": {"description": "a creature hunts the crew of a ship"},
    "similar": {"title": "Alien"},
    "create_mashup": {
        "sources": ["Heat", "Up"],
        "title": "Balloon Heist",
        "logline": "An old thief floats away with the loot.",
        "plot_points": ["A plan", "A flight", "A landing"],
        "contributions": [{"title": "Heat", "takes": "the heist"}],
    },
    "list_mashups": {},
    "find_mashups": {"query": "an alien in a floating house"},
    "rate_mashup": {"rating": 8, "title": "House of the Xenomorph"},
    "delete_mashup": {"title": "House of the Xenomorph"},
    "define_field": {"label": "Scare level", "field_type": "number", "minimum": 0, "maximum": 10},
    "set_field": {"title": "Alien", "field": "Mood", "value": "bleak"},
    "filter_by_field": {"field": "Mood", "value": "cosy"},
    "list_fields": {},
    "delete_field": {"field": "Mood"},
    "statistics": {},
    "undo": {},
    "list_changes": {},
}
"""One call of every tool that works on the furnished library."""

_TABLES = (
    "media",
    "genres",
    "media_genres",
    "people",
    "media_credits",
    "user_reviews",
    "calendar_events",
    "recommendation_criteria",
    "custom_fields_schema",
    "watch_history",
    "mashups",
    "media_ranking",
)


def _furnish(library: Library) -> None:
    library.log_review(title="Alien", rating=9, watched="2025-11-20", text="Tense.")
    library.log_viewing(title="Heat", watched="2025-11-22", minutes=60, source="Netflix")
    library.schedule(title="The Matrix", when="2025-11-28 20:00", location="Home")
    library.save_preset(name="Short sci-fi", genres=["sci-fi"], max_runtime=100)
    library.define_field(label="Mood", field_type="select", options=["cosy", "bleak"])
    library.set_field(title="Up", field="Mood", value="cosy")
    library.create_mashup(
        sources=["Alien", "Up"],
        title="House of the Xenomorph",
        logline="A widower's floating house has a stowaway.",
        plot_points=["Lift-off", "Something in the attic", "Paradise Falls burns"],
        model_used="ollama/qwen2.5:3b",
        user_query="mash up Alien and Up",
    )


@pytest.fixture(scope="session")
def furnished_home(seeded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded library with one of everything a user may own; copy it, do not open it."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    shutil.copytree(seeded_home, home)
    with open_library(Settings(home=home), clock=lambda: NOW) as library:
        _furnish(library)
    return home


@pytest.fixture
def settings(seeded_home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a fresh copy of the seeded library, or of the furnished one where a test asks for that."""
    furnished = "furnished" in request.fixturenames
    home = tmp_path / "home"
    shutil.copytree(request.getfixturevalue("furnished_home") if furnished else seeded_home, home)
    return Settings(home=home)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An open library on Wednesday 26 November 2025, 19:30."""
    with open_library(settings, clock=lambda: NOW) as opened:
        yield opened
        # Nobody will ask this copy again: its index need not follow the last writes.
        with opened.db.write("forget", undoable=False) as write:
            write.execute("DELETE FROM outbox")


@pytest.fixture
def furnished(library: Library) -> Library:
    """The open library, furnished."""
    return library


@pytest.fixture
def calls() -> dict[str, dict[str, Any]]:
    """One call of every tool that works on the furnished library."""
    return CALLS


@pytest.fixture
def rows(library: Library) -> Callable[..., Rows]:
    """Rows of a query: ``rows("SELECT * FROM media WHERE title = ?", "Alien")``."""
    return lambda sql, *parameters: library.db.read(sql, list(parameters))


@pytest.fixture
def tables(library: Library) -> Callable[[], Tables]:
    """Every row of every table of the library, derived columns included, at the moment of the call."""
    return lambda: {
        table: sorted(str(row) for row in library.db.read(f"SELECT * FROM {table}")) for table in _TABLES
    }


@pytest.fixture
def confirmed(library: Library) -> Callable[..., Result]:
    """Runs a tool by name, saying yes where it asks."""

    def run(name: str, /, **args: Any) -> Result:
        try:
            return library.call(name, args)
        except NeedsConfirmation as question:
            return library.call(name, {**args, "confirm": question.token})

    return run


@pytest.fixture(params=list(CALLS))
def any_call(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A good call of each tool in turn."""
    return request.param, CALLS[request.param]


@pytest.fixture(params=[name for name in CALLS if TOOLS[name].kind != "read" and name != "undo"])
def write_call(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A good call of each tool that writes, ``undo`` left out."""
    return request.param, CALLS[request.param]


@pytest.fixture(params=[name for name in CALLS if TOOLS[name].kind == "destructive"])
def destructive_call(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A good call of each tool that destroys."""
    return request.param, CALLS[request.param]
