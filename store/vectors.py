"""The vector index: two Chroma collections that follow DuckDB and can be rebuilt from it."""

import threading
from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from langchain_core.embeddings import Embeddings

from store.database import Database, utc_now
from store.documents import Document, mashup_documents, media_documents
from store.embeddings import open_embeddings
from store.errors import Unavailable
from store.settings import Settings

Collection = Literal["media_embeddings", "mashup_concepts"]
Progress = Callable[[str, float | None], None]

_SOURCES: dict[Collection, Callable[..., list[Document]]] = {
    "media_embeddings": media_documents,
    "mashup_concepts": mashup_documents,
}
_BATCH = 64
_OURS = "collection IN ('media_embeddings', 'mashup_concepts')"
# Loading Chroma and the model takes a second: a few reviews may wait in the outbox for the next search.
_WORTH_OPENING = f"""
SELECT 1 FROM outbox WHERE {_OURS} HAVING count(*) > 5 OR count(*) FILTER (collection = 'mashup_concepts') > 0
"""
_WAITING = f"SELECT max(seq) AS last, count(*) AS n FROM outbox WHERE {_OURS}"
_UNFINISHED = "unfinished"
_STAMPS = {"embedding_model", "created_at"}
"""What an entry's metadata hold besides the document's own."""


class Vectors:
    """Semantic search over the library's documents.

    Writers only leave a row in the outbox; the index catches up before it is asked, at start and at close, so a
    write never waits for an embedding and a crash loses nothing.
    """

    def __init__(self, settings: Settings, database: Database, progress: Progress | None = None) -> None:
        self._settings = settings
        self._database = database
        self._progress = progress or (lambda message, fraction: None)
        self._lock = threading.RLock()
        self._client: Any = None
        self._stores: dict[Collection, Any] = {}
        self._builds = 0
        self._embeddings: Embeddings
        self.model = ""

    def search(self, collection: Collection, text: str, limit: int) -> list[tuple[UUID, float]]:
        """The nearest items with their cosine similarity, best first."""
        self.catch_up()
        with self._lock:
            found = self._open(collection).similarity_search_with_score(text, k=limit)
        key = "media_id" if collection == "media_embeddings" else "mashup_id"
        return [(UUID(document.metadata[key]), 1.0 - distance) for document, distance in found]

    def neighbours(self, media_id: UUID, limit: int) -> list[tuple[UUID, float]]:
        """The titles nearest to a title, itself left out."""
        self.catch_up()
        with self._lock:
            raw = self._open("media_embeddings")._collection
            own = raw.get(ids=[str(media_id)], include=["embeddings"])["embeddings"]
            if own is None or not len(own):
                return []
            found = raw.query(query_embeddings=[own[0]], n_results=limit + 1, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(UUID(i), 1.0 - d) for i, d in pairs if i != str(media_id)][:limit]

    def embed(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of texts, for comparing them with each other."""
        self._connect()
        return self._embeddings.embed_documents(texts)

    def catch_up(self) -> int:
        """Apply the outbox; inside a write there is nothing to apply yet.

        Returns:
            How many items were written or removed.
        """
        if self._database.writing:
            return 0
        with self._lock:
            waiting = self._database.read(_WAITING)[0]
            if not waiting["n"]:
                return 0
            total = 0
            for collection in _SOURCES:
                items = self._database.read(
                    "SELECT DISTINCT item_id FROM outbox WHERE collection = ? AND seq <= ?",
                    [collection, waiting["last"]],
                )
                total += self._write(collection, [row["item_id"] for row in items])
        # Never wait for the writer with the index locked: a write may be waiting for the index.
        with self._database.write("index", undoable=False) as write:
            write.execute(f"DELETE FROM outbox WHERE seq <= ? AND {_OURS}", [waiting["last"]])
        return total

    def drift(self) -> list[str]:
        """Where index and database disagree, one sentence each, after catching up."""
        self.catch_up()
        problems = []
        for collection, source in _SOURCES.items():
            with self._lock:
                found = self._open(collection)._collection.get(include=["documents", "metadatas"])
            indexed = {
                item: (text, {key: value for key, value in (metadata or {}).items() if key not in _STAMPS})
                for item, text, metadata in zip(
                    found["ids"], found["documents"], found["metadatas"], strict=True
                )
            }
            stored = {str(d.id): (d.text, d.metadata) for d in source(self._database)}
            lacks, extra = len(stored.keys() - indexed.keys()), len(indexed.keys() - stored.keys())
            stale = sum(stored[item] != indexed[item] for item in stored.keys() & indexed.keys())
            if lacks or extra or stale:
                problems.append(f"{collection} lacks {lacks}, has {extra} too many and {stale} out of date")
        return problems

    def rebuild(self) -> None:
        """Write both collections anew from the database."""
        with self._lock:
            self._connect()
            for collection in _SOURCES:
                self._client.delete_collection(collection) if self._exists(collection) else None
                self._stores.pop(collection, None)
                self._open(collection)

    def close(self) -> None:
        """Apply what waits and let go of the files."""
        try:
            if self._client is not None or self._database.one(_WORTH_OPENING):
                self.catch_up()
        except Unavailable:
            pass  # what waits stays in the outbox; the next search says what is missing
        finally:
            with self._lock:
                self._stores.clear()
                if self._client is not None:
                    self._client.close()
                    self._client = None

    def _connect(self) -> None:
        with self._lock:
            if self._client is not None:
                return
            import chromadb
            from chromadb.config import Settings as ChromaSettings

            self._embeddings, self.model = open_embeddings(self._settings)
            self._client = chromadb.PersistentClient(
                path=str(self._settings.chroma), settings=ChromaSettings(anonymized_telemetry=False)
            )

    def _exists(self, collection: Collection) -> bool:
        return collection in {found.name for found in self._client.list_collections()}

    def _open(self, collection: Collection) -> Any:
        self._connect()
        if collection in self._stores:
            return self._stores[collection]
        from langchain_chroma import Chroma

        fresh = not self._exists(collection)
        if not fresh:
            recorded = (self._client.get_collection(collection).metadata or {}).get("embedding_model")
            if recorded != self.model:
                if recorded != _UNFINISHED:
                    self._progress(f"The embedding model is now {self.model}: rebuilding {collection}", None)
                self._embeddings.embed_query("Does the new model answer?")  # or the old index stays
                self._client.delete_collection(collection)
                fresh = True
        store = Chroma(
            client=self._client,
            collection_name=collection,
            embedding_function=self._embeddings,
            collection_metadata={"embedding_model": _UNFINISHED if fresh else self.model},
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        if fresh:
            self._fill(store, collection, _SOURCES[collection](self._database))
            # Named only now: a crash on the way leaves a collection that the next start builds anew.
            store._collection.modify(metadata={"embedding_model": self.model})
            self._builds += 1
        self._stores[collection] = store
        return store

    def _write(self, collection: Collection, ids: list[UUID]) -> int:
        if not ids:
            return 0
        builds = self._builds
        store = self._open(collection)
        if self._builds != builds:
            return len(ids)  # built just now, so these are in it
        documents = _SOURCES[collection](self._database, ids)
        gone = {str(item) for item in ids} - {str(document.id) for document in documents}
        if gone:
            store.delete(ids=sorted(gone))
        self._fill(store, collection, documents)
        return len(ids)

    def _fill(self, store: Any, collection: Collection, documents: list[Document]) -> None:
        now = f"{utc_now().isoformat(timespec='seconds')}Z"
        extra = {"embedding_model": self.model, "created_at": now}
        for start in range(0, len(documents), _BATCH):
            batch = documents[start : start + _BATCH]
            # add_texts upserts; Chroma's own add() would silently ignore an id it knows.
            store.add_texts(
                texts=[document.text for document in batch],
                metadatas=[
                    document.metadata | (extra if collection == "media_embeddings" else {})
                    for document in batch
                ],
                ids=[str(document.id) for document in batch],
            )
            if len(documents) > _BATCH:
                self._progress("Indexing titles for search by meaning", (start + len(batch)) / len(documents))
