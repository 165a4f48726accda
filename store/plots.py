"""Finding a title from a half-remembered plot: BM25 and vectors, fused."""

import threading
from typing import Any
from uuid import UUID

from store.database import Database
from store.documents import media_documents
from store.vectors import Vectors

_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""


class PlotIndex:
    """Full-text and semantic search over overviews, themes and reviews."""

    def __init__(self, database: Database, vectors: Vectors) -> None:
        self._database = database
        self._vectors = vectors
        self._lock = threading.Lock()
        self._version = -1
        self._ids: list[UUID] = []
        self._bm25: Any = None

    def search(self, text: str, limit: int = 50) -> list[tuple[UUID, float]]:
        """Titles whose documents answer to a description, best first.

        Args:
            text: the description, any length.
            limit: how many candidates each of the two methods contributes.

        Returns:
            Pairs of media id and fused score: the sum of 1 / (60 + rank) over both rankings.
        """
        by_words = [media_id for media_id, _ in self._by_words(text, limit)]
        by_meaning = [media_id for media_id, _ in self._vectors.search("media_embeddings", text, limit)]
        fused: dict[UUID, float] = {}
        for ranking in (by_words, by_meaning):
            for rank, media_id in enumerate(ranking, start=1):
                fused[media_id] = fused.get(media_id, 0.0) + 1 / (_K + rank)
        return sorted(fused.items(), key=lambda pair: -pair[1])

    def _by_words(self, text: str, limit: int) -> list[tuple[UUID, float]]:
        import bm25s

        with self._lock:
            self._refresh()
            if not self._ids:
                return []
            tokens = bm25s.tokenize([text], stopwords="en", stemmer=_stemmer(), show_progress=False)
            ids = self._ids
            found, scores = self._bm25.retrieve(tokens, k=min(limit, len(ids)), show_progress=False)
        return [
            (ids[index], float(score)) for index, score in zip(found[0], scores[0], strict=True) if score > 0
        ]

    def _refresh(self) -> None:
        if self._version == self._database.version:
            return
        import bm25s

        version = self._database.version
        documents = media_documents(self._database)
        self._ids = [document.id for document in documents]
        if documents:
            tokens = bm25s.tokenize(
                [document.keywords for document in documents],
                stopwords="en",
                stemmer=_stemmer(),
                show_progress=False,
            )
            self._bm25 = bm25s.BM25()
            self._bm25.index(tokens, show_progress=False)
        self._version = version


def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
