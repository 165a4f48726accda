"""The text by which a title or a mashup is found: what BM25 counts and the vectors are made of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from store.database import Database

_MEDIA = """
SELECT media.id, media.title, original_title, media_type, overview, tagline, genre.names AS genres,
    genre.descriptions AS themes, review.texts AS reviews, credit.names AS people
FROM media
LEFT JOIN (
    SELECT media_id, list(name ORDER BY weight DESC, name) AS names,
        list(name ORDER BY weight DESC, name) FILTER (parent_genre_id IS NOT NULL) AS descriptions
    FROM media_genres JOIN genres ON genres.id = genre_id GROUP BY media_id
) genre ON genre.media_id = media.id
LEFT JOIN (
    SELECT media_id, list(review_text ORDER BY created_at) AS texts FROM user_reviews
    WHERE review_text IS NOT NULL GROUP BY media_id
) review ON review.media_id = media.id
LEFT JOIN (
    SELECT media_id, list(DISTINCT person.name) AS names FROM media_credits
    JOIN people person ON person.id = person_id GROUP BY media_id
) credit ON credit.media_id = media.id
WHERE {where}
"""


@dataclass(frozen=True)
class Document:
    """A text with the metadata that its collection keeps."""

    id: UUID
    text: str
    keywords: str
    metadata: dict[str, Any]


def media_documents(database: Database, ids: Sequence[UUID] | None = None) -> list[Document]:
    """Overview, plot, themes and the user's reviews of these titles, or of all.

    The ``keywords`` add names that help exact words but would blur an embedding: title and people.
    """
    where = "TRUE" if ids is None else "media.id IN (SELECT unnest(?::UUID[]))"
    rows = database.read(_MEDIA.format(where=where), [] if ids is None else [list(ids)])
    return [_media_document(row) for row in rows]


def _media_document(row: dict[str, Any]) -> Document:
    genres = row["genres"] or []
    parts = [row["overview"], row["tagline"]]
    if genres:
        parts.append(f"Genres and themes: {', '.join(genres)}.")
    parts += row["reviews"] or []
    text = "\n".join(part for part in parts if part) or row["title"]
    metadata: dict[str, Any] = {
        "media_id": str(row["id"]),
        "media_type": row["media_type"],
        "title": row["title"],
        "embedding_type": "combined",
    }
    if genres:  # Chroma refuses an empty list
        metadata["genres"] = genres
    names = [row["title"], row["original_title"], *(row["people"] or [])]
    return Document(row["id"], text, "\n".join([text, *(name for name in names if name)]), metadata)


def mashup_documents(database: Database, ids: Sequence[UUID] | None = None) -> list[Document]:
    """The high concept and plot points of these mashups, or of all."""
    where = "TRUE" if ids is None else "id IN (SELECT unnest(?::UUID[]))"
    rows = database.read(f"SELECT * FROM mashups WHERE {where}", [] if ids is None else [list(ids)])
    documents = []
    for row in rows:
        text = "\n".join([row["title"], row["logline"], row["tone"] or "", *json.loads(row["plot_points"])])
        metadata: dict[str, Any] = {
            "mashup_id": str(row["id"]),
            "user_query": row["user_query"] or "",
            "generated_at": f"{row['generated_at'].isoformat(timespec='seconds')}Z",
            "model_used": row["model_used"] or "",
            # Chroma keeps no None; -1 stands for "not rated yet" so that the key is always there.
            "user_rating": float(row["user_rating"]) if row["user_rating"] is not None else -1.0,
        }
        if sources := json.loads(row["source_media_ids"]):  # Chroma refuses an empty list
            metadata["source_media_ids"] = sources
        documents.append(Document(row["id"], text, text, metadata))
    return documents
