"""One open library: database, titles, plots and vectors under one roof."""

from collections.abc import Callable
from datetime import datetime

from store.database import Clock, Database
from store.findings import find_faults
from store.integrity import check_integrity
from store.migrations import migrate
from store.plots import PlotIndex
from store.ranking import count_wrong, rebuild_ranking
from store.settings import Settings
from store.titles import TitleIndex
from store.vectors import Vectors

Progress = Callable[[str, float | None], None]


class Store:
    """Everything a library keeps. Open one per file and process, and close it.

    Args:
        settings: where the library is and how it behaves.
        clock: tells the user's local time; tests give a fixed one.
        progress: told of long steps in a sentence, with the share done from 0 to 1 or None.

    Raises:
        Unavailable: another process holds the file.
        Conflict: the file is newer than the program or its migrations were changed.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Clock = datetime.now,
        progress: Progress | None = None,
    ) -> None:
        self._closed = False
        self.settings = settings or Settings()
        self.clock = clock
        migrate(self.settings.database)
        self.db = Database(self.settings.database, self.settings.event_past_years, clock)
        self._rank_if_stale()
        self.titles = TitleIndex(self.db)
        self.vectors = Vectors(self.settings, self.db, progress)
        self.plots = PlotIndex(self.db, self.vectors)

    def close(self) -> None:
        """Bring the vector index up to date and release the files; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self.vectors.close()
        finally:
            self.db.close()

    def verify(self, *, repair: bool = True) -> list[str]:
        """Look for orphans, broken rules, wrong derived data and drift between database and vector index.

        Args:
            repair: rebuild what is derived (people's averages, ranking, index) where it is wrong.

        Returns:
            What was found, one sentence each, with what was done about it or what to do.
        """
        self.db.derive_scores()
        with self.db.write("verify", undoable=False) as write:
            problems = [
                f"{found}: restore a backup or correct them" for found in check_integrity(write._cursor)
            ]
            problems += self._faults()
            people, titles = count_wrong(write._cursor)
            if repair and (people or titles):
                rebuild_ranking(write._cursor)
        done = "; they were derived anew" if repair else ""
        if people:
            problems.append(f"the averages of {people} people were wrong{done}")
        if titles:
            problems.append(f"the ranking of {titles} titles was out of step{done}")
        drift = self.vectors.drift()
        if drift and repair:
            self.vectors.rebuild()
            drift = [f"{found}; the index was rebuilt" for found in drift]
        return problems + drift

    def _faults(self) -> list[str]:
        return find_faults(self.db)

    def _rank_if_stale(self) -> None:
        """Derive the ranking of a file that was just migrated; only counted, for this is done at each start."""
        counts = self.db.read(
            "SELECT (SELECT count(*) FROM media) AS media, (SELECT count(*) FROM media_ranking) AS ranked, "
            "(SELECT count(*) FROM media_ranking ranking WHERE NOT EXISTS "
            "(SELECT 1 FROM media WHERE media.id = ranking.media_id)) AS strangers"
        )[0]
        if counts["media"] != counts["ranked"] or counts["strangers"]:
            with self.db.write("rank", undoable=False) as write:
                rebuild_ranking(write._cursor)
