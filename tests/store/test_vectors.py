"""The vector index follows the database, lazily and through crashes, and keeps the document's metadata."""

import json
import shutil
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from store.database import Row
from store.embeddings import MiniLM
from store.errors import Invalid, Unavailable
from store.settings import Settings
from store.store import Store
from tools import Library

MEDIA_KEYS = {"media_id", "media_type", "title", "genres", "embedding_type", "embedding_model", "created_at"}
MASHUP_KEYS = {"mashup_id", "source_media_ids", "user_query", "generated_at", "model_used", "user_rating"}
STATIONMASTER = "A lonely stationmaster in the Alps raises bees and falls in love with a clockmaker."


def add_film(store: Store, title: str = "Bees", overview: str = STATIONMASTER) -> Row:
    with store.db.write("add_media") as write:
        return write.insert("media", {"title": title, "media_type": "movie", "overview": overview})


def add_mashup(store: Store, **values: object) -> Row:
    row = {
        "title": "Neon Bees",
        "logline": "A clockmaker hunts rogue bees in a rain-soaked city.",
        "plot_points": json.dumps(["The bees escape.", "The clock stops.", "It rains."]),
        "contributions": "[]",
        "source_media_ids": json.dumps(["a", "b"]),
    }
    with store.db.write("create_mashup") as write:
        return write.insert("mashups", row | values)


def raw(store: Store, collection: str) -> Any:
    return store.vectors._open(collection)._collection  # type: ignore[arg-type]


def indexed(store: Store, collection: str, item_id: UUID) -> dict[str, Any] | None:
    found = raw(store, collection).get(ids=[str(item_id)], include=["metadatas", "documents"])
    if not found["ids"]:
        return None
    return {"text": found["documents"][0], **found["metadatas"][0]}


def waiting(store: Store) -> int:
    return int(store.db.read("SELECT count(*) AS n FROM outbox")[0]["n"])


def crash(library: Library) -> None:
    """Let go of the files as a killed process would: nothing catches up."""
    library.vectors._stores.clear()
    if library.vectors._client is not None:
        library.vectors._client.close()
        library.vectors._client = None
    library.db.close()
    library._closed = True


class TestFollowing:
    def test_a_write_only_leaves_an_outbox_row(self, library: Library) -> None:
        film = add_film(library)
        assert waiting(library) == 1
        assert indexed(library, "media_embeddings", film["id"]) is None

    def test_the_next_search_applies_it(self, library: Library) -> None:
        film = add_film(library)
        assert library.vectors.search("media_embeddings", "beekeeper in the mountains", 3)[0][0] == film["id"]
        assert waiting(library) == 0

    def test_closing_leaves_a_little_to_the_next_search(self, settings: Settings) -> None:
        with Library(settings) as library:
            film = add_film(library)
        with Library(settings) as library:
            assert waiting(library) == 1
            found = library.vectors.search("media_embeddings", "beekeeper in the mountains", 3)
            assert found[0][0] == film["id"]

    @pytest.mark.parametrize("opened", [True, False])
    def test_closing_applies_much_or_what_costs_nothing_more(self, settings: Settings, opened: bool) -> None:
        with Library(settings) as library:
            if opened:
                library.vectors.search("media_embeddings", "anything", 1)
            for number in range(1 if opened else 6):
                add_film(library, f"Bees {number}")
        with Library(settings) as library:
            assert waiting(library) == 0

    def test_closing_applies_a_mashup(self, settings: Settings) -> None:
        with Library(settings) as library:
            mashup = add_mashup(library)
        with Library(settings) as library:
            assert waiting(library) == 0
            assert indexed(library, "mashup_concepts", mashup["id"]) is not None

    def test_a_changed_overview_is_embedded_anew(self, library: Library) -> None:
        film = add_film(library)
        library.vectors.catch_up()
        with library.db.write("update_media") as write:
            write.update("media", film["id"], {"overview": "Two submarines duel under the Arctic ice."})
        assert library.vectors.search("media_embeddings", "submarine duel under ice", 3)[0][0] == film["id"]
        entry = indexed(library, "media_embeddings", film["id"])
        assert entry and "submarines" in entry["text"] and "bees" not in entry["text"]

    def test_a_review_becomes_part_of_the_document(self, library: Library) -> None:
        film = add_film(library)
        with library.db.write("log_review") as write:
            write.insert(
                "user_reviews", {"media_id": film["id"], "rating": 9, "review_text": "Honey-slow, radiant."}
            )
        library.vectors.catch_up()
        entry = indexed(library, "media_embeddings", film["id"])
        assert entry and entry["text"].endswith("Honey-slow, radiant.")

    def test_deleting_removes_it(self, library: Library) -> None:
        film = add_film(library)
        library.vectors.catch_up()
        with library.db.write("delete_media") as write:
            write.delete("media", film["id"])
        found = library.vectors.search("media_embeddings", STATIONMASTER, 100)
        assert film["id"] not in [media_id for media_id, _ in found]
        assert len(found) == 100

    def test_what_came_and_went_in_between_is_no_trouble(self, library: Library) -> None:
        film = add_film(library)
        with library.db.write("delete_media") as write:
            write.delete("media", film["id"])
        assert library.vectors.catch_up() == 1
        assert library.vectors.drift() == []

    def test_a_write_that_failed_is_not_indexed(self, library: Library) -> None:
        with pytest.raises(RuntimeError), library.db.write("add_media") as write:
            write.insert("media", {"title": "Bees", "media_type": "movie", "overview": STATIONMASTER})
            library.vectors.search("media_embeddings", "bees", 1)  # asked in the middle of the write
            raise RuntimeError
        assert library.vectors.drift() == []

    def test_asking_for_more_than_there_is(self, library: Library) -> None:
        assert len(library.vectors.search("media_embeddings", "a film", 500)) == 100
        assert library.vectors.search("mashup_concepts", "a film", 500) == []


class TestCrash:
    def test_between_commit_and_index(self, settings: Settings) -> None:
        library = Library(settings)
        film = add_film(library)
        mashup = add_mashup(library)
        crash(library)
        with Library(settings) as again:
            assert waiting(again) == 2
            assert again.vectors.search("media_embeddings", "beekeeper in the mountains", 3)[0][0] == film["id"]
            assert again.vectors.search("mashup_concepts", "rogue bees", 3)[0][0] == mashup["id"]

    def test_between_index_and_emptying_the_outbox(self, settings: Settings) -> None:
        library = Library(settings)
        film = add_film(library)
        library.vectors._write("media_embeddings", [film["id"]])
        crash(library)
        with Library(settings) as again:
            assert again.vectors.catch_up() == 1
            assert again.vectors.drift() == []

    def test_while_the_index_is_being_built(self, settings: Settings) -> None:
        def stop_half_way(message: str, fraction: float | None) -> None:
            if fraction and fraction < 1:
                raise KeyboardInterrupt

        shutil.rmtree(settings.chroma)
        library = Library(settings, progress=stop_half_way)
        with pytest.raises(KeyboardInterrupt):
            library.vectors.search("media_embeddings", "bees", 1)
        crash(library)
        with Library(settings) as again:
            assert again.vectors.drift() == []
            assert len(again.vectors.search("media_embeddings", "bees", 500)) == 100

    def test_a_failed_build_is_begun_again_in_the_same_process(self, settings: Settings) -> None:
        failing = True

        def fail_half_way(message: str, fraction: float | None) -> None:
            if failing and fraction and fraction < 1:
                raise RuntimeError

        shutil.rmtree(settings.chroma)
        with Library(settings, progress=fail_half_way) as library:
            with pytest.raises(RuntimeError):
                library.vectors.search("media_embeddings", "bees", 1)
            failing = False
            assert len(library.vectors.search("media_embeddings", "bees", 500)) == 100


class TestModel:
    def test_the_collections_name_it(self, library: Library) -> None:
        for collection in ("media_embeddings", "mashup_concepts"):
            assert raw(library, collection).metadata == {"embedding_model": MiniLM.name}

    def test_another_model_means_a_rebuild(self, settings: Settings) -> None:
        """A collection left by another model, with vectors of another size, as `ollama:…` would leave it."""
        with Library(settings) as library:
            library.vectors._connect()
            client = library.vectors._client
            client.delete_collection("media_embeddings")
            other = client.create_collection("media_embeddings", metadata={"embedding_model": "ollama/other"})
            other.add(ids=["x"], embeddings=[[1.0, 0.0]], documents=["x"])
        said: list[str] = []
        with Library(settings, progress=lambda message, fraction: said.append(message)) as library:
            found = library.vectors.search("media_embeddings", "a man lives the same day again and again", 3)
            assert len(found) == 3
            assert raw(library, "media_embeddings").count() == 100
            assert raw(library, "media_embeddings").metadata == {"embedding_model": MiniLM.name}
        assert any(MiniLM.name in message for message in said)

    def test_an_ollama_that_does_not_answer_is_unavailable_and_costs_no_write(self, settings: Settings) -> None:
        nobody = {"embedding": "ollama:nomic-embed-text", "ollama_url": "http://127.0.0.1:9"}
        with Library(settings.model_copy(update=nobody)) as library:
            film = add_film(library)
            with pytest.raises(Unavailable, match="ollama pull nomic-embed-text"):
                library.vectors.search("media_embeddings", "bees", 1)
        with Library(settings) as library:
            assert library.vectors.search("media_embeddings", "beekeeper", 3)[0][0] == film["id"]

    def test_an_unknown_model_is_refused(self, settings: Settings) -> None:
        magic = settings.model_copy(update={"embedding": "magic"})
        with Library(magic) as library, pytest.raises(Invalid, match="minilm or ollama:"):
            library.vectors.search("media_embeddings", "bees", 1)

    def test_vectors_are_unit_length_and_mean_something(self, library: Library) -> None:
        import numpy as np

        dog, puppy, tax = np.array(
            library.vectors.embed(["a dog barks", "a puppy yelps", "the tax form is due"])
        )
        assert np.allclose([dog @ dog, puppy @ puppy, tax @ tax], 1, atol=1e-5)
        assert dog.shape == (384,)
        assert dog @ puppy > dog @ tax + 0.3


class TestMetadata:
    def test_media_keys_are_the_documents(self, library: Library) -> None:
        found = raw(library, "media_embeddings").get(include=["metadatas", "documents"])
        assert all(set(metadata) == MEDIA_KEYS for metadata in found["metadatas"])
        matrix = next(m for m in found["metadatas"] if m["title"] == "The Matrix")
        assert matrix["media_type"] == "movie"
        assert {"Science Fiction", "Cyberpunk"} <= set(matrix["genres"])
        assert matrix["embedding_type"] == "combined"
        assert matrix["embedding_model"] == MiniLM.name
        assert datetime.strptime(matrix["created_at"], "%Y-%m-%dT%H:%M:%SZ")
        assert UUID(matrix["media_id"]) == library.titles.resolve("The Matrix").id

    def test_ids_are_the_rows(self, library: Library) -> None:
        rows = library.db.read("SELECT id FROM media")
        assert set(raw(library, "media_embeddings").get(include=[])["ids"]) == {str(row["id"]) for row in rows}

    def test_a_title_without_genres_and_overview_is_indexed_by_its_name(self, library: Library) -> None:
        with library.db.write("add_media") as write:
            film = write.insert("media", {"title": "Submarine Bees", "media_type": "tv"})
        library.vectors.catch_up()
        entry = indexed(library, "media_embeddings", film["id"])
        assert entry and entry.pop("text") == "Submarine Bees"
        assert set(entry) == MEDIA_KEYS - {"genres"}  # Chroma refuses an empty list

    def test_mashup_keys_are_the_documents(self, library: Library) -> None:
        sources = [str(library.titles.resolve(title).id) for title in ("Blade Runner", "The Matrix")]
        query = {"user_query": "mash them up", "model_used": "ollama/qwen2.5:3b"}
        mashup = add_mashup(library, source_media_ids=json.dumps(sources), **query)
        library.vectors.catch_up()
        entry = indexed(library, "mashup_concepts", mashup["id"])
        assert entry and "rogue bees" in entry["text"] and "It rains." in entry["text"]
        del entry["text"]
        assert set(entry) == MASHUP_KEYS
        assert datetime.strptime(entry.pop("generated_at"), "%Y-%m-%dT%H:%M:%SZ")
        assert entry == query | {
            "mashup_id": str(mashup["id"]),
            "source_media_ids": sources,
            "user_rating": -1.0,  # not rated yet; Chroma keeps no None
        }

    def test_a_rating_reaches_the_index(self, library: Library) -> None:
        mashup = add_mashup(library)
        with library.db.write("rate_mashup") as write:
            write.update("mashups", mashup["id"], {"user_rating": 7.5})
        library.vectors.catch_up()
        entry = indexed(library, "mashup_concepts", mashup["id"])
        assert entry and entry["user_rating"] == 7.5

    def test_a_mashup_of_nothing_does_not_block_the_index(self, library: Library) -> None:
        mashup = add_mashup(library, source_media_ids="[]")
        library.vectors.catch_up()
        entry = indexed(library, "mashup_concepts", mashup["id"])
        assert entry and set(entry) - {"text"} == MASHUP_KEYS - {"source_media_ids"}


class TestThreads:
    def test_writing_and_searching_at_once_neither_fails_nor_hangs(self, library: Library) -> None:
        failures: list[BaseException] = []

        def search() -> None:
            try:
                for _ in range(8):
                    library.vectors.search("media_embeddings", "bees", 3)
            except BaseException as error:
                failures.append(error)

        def write_and_search() -> None:
            try:
                for number in range(8):
                    with library.db.write("add_media") as write:
                        write.insert("media", {"title": f"Bees {number}", "media_type": "movie"})
                        library.vectors.search("media_embeddings", "bees", 3)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=run, daemon=True) for run in (search, search, write_and_search)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "deadlock"
        assert failures == []
        assert library.vectors.drift() == []


def test_a_library_may_be_closed_twice(settings: Settings) -> None:
    library = Library(settings)
    library.close()
    library.close()


def test_neighbours_leave_the_title_itself_out(library: Library) -> None:
    blade_runner = library.titles.resolve("Blade Runner").id
    found = [media_id for media_id, _ in library.vectors.neighbours(blade_runner, 5)]
    assert len(found) == 5 and blade_runner not in found
    assert library.titles.resolve("Blade Runner 2049").id in found


def test_scores_are_cosines_best_first(library: Library) -> None:
    scores = [score for _, score in library.vectors.search("media_embeddings", "robots who think", 100)]
    assert scores == sorted(scores, reverse=True)
    assert 0.2 < scores[0] <= 1 and scores[-1] >= -1


def test_chroma_stays_in_the_library(settings: Settings, library: Library) -> None:
    library.vectors.search("media_embeddings", "bees", 1)
    assert Path(settings.chroma, "chroma.sqlite3").exists()
