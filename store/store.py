"""One open library: database, titles, plots and vectors under one roof."""

from collections.abc import Callable
from datetime import datetime

from store.database import Clock, Database
from store.errors import NotFound
from store.integrity import check_integrity
from store.migrations import migrate
from store.plots import PlotIndex
from store.ranking import rebuild_ranking
from store.settings import Settings
from store.titles import TitleIndex
from store.vectors import Vectors

# The rows of an act are written in one statement, so they are numbered without gaps and undone together.
_JOURNAL_GAPS = """
SELECT count(*) AS acts FROM (
    SELECT act FROM journal GROUP BY act
    HAVING max(seq) - min(seq) + 1 <> count(*) OR count(undone_at) NOT IN (0, count(*))
        OR bool_or(before IS NULL AND after IS NULL)
)
"""

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
        """Look for orphans, broken rules, a stale ranking and drift between database and vector index.

        Args:
            repair: rebuild what is derived (ranking, index) where it is wrong.

        Returns:
            What was found, one sentence each, with what was done about it.
        """
        with self.db.write("verify", undoable=False) as write:
            problems = check_integrity(write._cursor)
            gaps = write.read(_JOURNAL_GAPS)[0]["acts"]
        if gaps:
            problems.append(f"{gaps} acts of the journal are not whole, so they cannot be undone")
        if self._rank_if_stale(repair):
            problems.append(f"the ranking was out of step{' and was rebuilt' if repair else ''}")
        drift = self.vectors.drift()
        if drift and repair:
            self.vectors.rebuild()
            drift = [f"{found}; the index was rebuilt" for found in drift]
        return problems + drift

    def _rank_if_stale(self, repair: bool = True) -> bool:
        counts = self.db.read(
            "SELECT (SELECT count(*) FROM media) AS media, (SELECT count(*) FROM media_ranking) AS ranked, "
            "(SELECT count(*) FROM media_ranking ranking WHERE NOT EXISTS "
            "(SELECT 1 FROM media WHERE media.id = ranking.media_id)) AS strangers"
        )[0]
        stale = bool(counts["media"] != counts["ranked"] or counts["strangers"])
        if stale and repair:
            with self.db.write("rank", undoable=False) as write:
                write.execute("DELETE FROM media_ranking")
                rebuild_ranking(write._cursor)
        return stale


__all__ = ["NotFound", "Store"]
