"""The library as scripts and doors use it: the store with every tool as a method."""

from datetime import datetime
from types import TracebackType
from typing import Any

from seeds.load import load_seeds
from store.database import Clock
from store.errors import NotFound
from store.settings import Settings
from store.store import Progress, Store
from tools import (
    calendar,
    catalogue,
    diary,
    facts,
    fields,
    genres,
    history,
    mashups,
    presets,
    reviews,
    search,
    viewings,
)
from tools import recommend as recommending
from tools import statistics as figures
from tools.tool import DEFINED, Result, Tool


class Library(Store):
    """An open library. Use it as a context manager, or close it.

    Every tool is a method that takes keyword arguments; ``help(Library.log_review)`` explains one. The order of
    the methods is the order of the tools wherever they are listed, the prompt among them.
    """

    schedule = calendar.schedule
    list_events = calendar.list_events
    move_event = calendar.move_event
    complete_event = calendar.complete_event
    cancel_event = calendar.cancel_event
    list_genres = genres.list_genres
    move_genre = genres.move_genre
    delete_genre = genres.delete_genre
    add_media = catalogue.add_media
    get_media = catalogue.get_media
    list_media = catalogue.list_media
    update_media = catalogue.update_media
    delete_media = catalogue.delete_media
    delete_person = catalogue.delete_person
    set_facts = facts.set_facts
    define_field = fields.define_field
    set_field = fields.set_field
    filter_by_field = fields.filter_by_field
    list_fields = fields.list_fields
    delete_field = fields.delete_field
    undo = history.undo
    list_changes = history.list_changes
    log_viewing = viewings.log_viewing
    update_viewing = viewings.update_viewing
    delete_viewing = viewings.delete_viewing
    list_viewings = viewings.list_viewings
    query_diary = diary.query_diary
    log_review = reviews.log_review
    update_review = reviews.update_review
    delete_review = reviews.delete_review
    list_reviews = reviews.list_reviews
    create_mashup = mashups.create_mashup
    list_mashups = mashups.list_mashups
    find_mashups = mashups.find_mashups
    rate_mashup = mashups.rate_mashup
    delete_mashup = mashups.delete_mashup
    save_preset = presets.save_preset
    list_presets = presets.list_presets
    delete_preset = presets.delete_preset
    search_titles = search.search_titles
    find_by_plot = search.find_by_plot
    similar = search.similar
    recommend = recommending.recommend
    statistics = figures.statistics

    def call(self, name: str, args: dict[str, Any]) -> Result:
        """Run a tool by name, as the doors do.

        Raises:
            NotFound: there is no such tool.
            XilftenError: whatever the tool raises.
        """
        if name not in TOOLS:
            raise NotFound(f"There is no tool called {name}.", list(TOOLS))
        result: Result = TOOLS[name].function(self, **args)
        return result

    def _faults(self) -> list[str]:
        """Also those that only tools can read: criteria of presets, values of the user's own fields."""
        return [*super()._faults(), *presets.preset_faults(self), *fields.field_faults(self)]

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


TOOLS: dict[str, Tool] = {name: DEFINED[name] for name in vars(Library) if name in DEFINED}
"""Every tool by name, in the order of the library's methods, whatever was imported first."""


def open_library(
    settings: Settings | None = None,
    *,
    clock: Clock = datetime.now,
    progress: Progress | None = None,
) -> Library:
    """Open the library of the settings; a missing one is made, migrated and seeded.

    Args:
        settings: where it is; by default from the environment (XILFTEN_HOME).
        clock: tells the user's local time.
        progress: told of long steps.

    Raises:
        Unavailable: another process holds it; the message names the process.
        Conflict: it was written by a newer program.
    """
    library = Library(settings, clock=clock, progress=progress)
    try:
        if library.db.one("SELECT 1 FROM genres LIMIT 1") is None:
            if progress:
                progress("Loading the genre taxonomy and 100 titles", None)
            load_seeds(library)
    except BaseException:
        library.close()
        raise
    return library
