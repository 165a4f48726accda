"""Mashups: two or more titles fused into a new concept, kept, rated and found again by meaning."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from rapidfuzz import fuzz

from store.database import Row
from store.errors import Invalid, NotFound
from store.store import Store
from store.titles import normalise
from tools.confirmation import require_confirmation
from tools.films import and_list, numbered, rating_words
from tools.reviews import Rating
from tools.tool import Result, Words, tool


class Contribution(BaseModel):
    """What a mashup takes from one of its sources."""

    title: str
    takes: str


class Mashup(BaseModel):
    """A stored concept; ``sources`` are the labels of its titles."""

    id: UUID
    title: str
    logline: str
    tone: str | None
    plot_points: list[str]
    contributions: list[Contribution]
    source_media_ids: list[UUID]
    sources: list[str] = []
    user_query: str | None
    model_used: str | None
    user_rating: float | None
    generated_at: datetime


class MashupResult(Result):
    """One mashup."""

    mashup: Mashup


class MashupList(Result):
    """Mashups, newest or nearest first."""

    mashups: list[Mashup]


@tool("write", chat=False)
def create_mashup(
    store: Store,
    *,
    sources: Annotated[list[str], Field(min_length=2, max_length=5)],
    title: Annotated[Words, Field(max_length=200)],
    logline: Words,
    plot_points: Annotated[list[Words], Field(min_length=3)],
    contributions: list[Contribution] | None = None,
    tone: str | None = None,
    user_query: str | None = None,
    model_used: str | None = None,
) -> MashupResult:
    """Keep a finished mashup concept; in conversation ``mash_up`` writes one first.

    Args:
        store: the library.
        sources: the names of two to five titles.
        title: the new concept's title.
        logline: it in a sentence or two.
        plot_points: three or more.
        contributions: what comes from which source.
        tone: its mood.
        user_query: what the user asked for.
        model_used: who wrote it, such as ``ollama/qwen2.5:3b``.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
        Invalid: the same title twice, or too few sources or plot points.
    """
    media = [store.titles.resolve(source) for source in sources]
    if len({m.id for m in media}) < len(media):
        raise Invalid("sources", and_list(sources), "different titles")
    with store.db.write("create_mashup") as write:
        row = write.insert(
            "mashups",
            {
                "title": title,
                "logline": logline,
                "tone": tone,
                "plot_points": json.dumps(plot_points, ensure_ascii=False),
                "contributions": json.dumps([c.model_dump() for c in contributions or []], ensure_ascii=False),
                "source_media_ids": json.dumps([str(m.id) for m in media]),
                "user_query": user_query,
                "model_used": model_used,
            },
        )
        write.label = f"Saved the mashup {row['title']} of {and_list([m.label for m in media])}."
    return MashupResult(summary=write.label, mashup=_mashup(row, store))


@tool("read")
def list_mashups(
    store: Store,
    *,
    title: str | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 10,
) -> MashupList:
    """List the mashups made so far, newest first.

    Args:
        store: the library.
        title: only those made from this title.
        limit: how many at most, 1 to 100.

    Raises:
        NotFound, Ambiguous: see TitleIndex.resolve.
    """
    rows = store.db.read("SELECT * FROM mashups ORDER BY generated_at DESC, id")
    mashups = [_mashup(row, store) for row in rows]
    if title:
        media = store.titles.resolve(title)
        mashups = [m for m in mashups if media.id in m.source_media_ids]
        if not mashups:
            return MashupList(summary=f"No mashup is made from {media.label} yet.", mashups=[])
    return _listed(mashups[:limit])


@tool("read")
def find_mashups(
    store: Store,
    *,
    query: Words,
    limit: Annotated[int, Field(ge=1, le=20)] = 3,
) -> MashupList:
    """Find earlier mashups by what they are about.

    Args:
        store: the library.
        query: what it was about, in any words.
        limit: how many at most, 1 to 20.

    Raises:
        Invalid: the query is blank.
    """
    ids = [mashup_id for mashup_id, _ in store.vectors.search("mashup_concepts", query, limit)]
    rows = {
        row["id"]: row
        for row in store.db.read("SELECT * FROM mashups WHERE id IN (SELECT unnest(?::UUID[]))", [ids])
    }
    return _listed([_mashup(rows[i], store) for i in ids if i in rows])


@tool("write")
def rate_mashup(store: Store, *, rating: Rating, title: str | None = None) -> MashupResult:
    """Rate a mashup.

    Args:
        store: the library.
        rating: 0 to 10.
        title: the mashup's title; the newest one otherwise.

    Raises:
        NotFound: there is no such mashup.
        Invalid: the rating is outside 0 to 10.
    """
    with store.db.write("rate_mashup") as write:
        found = _find(store, title)
        row = write.update("mashups", found["id"], {"user_rating": round(rating, 1)})
        write.label = f"Rated the mashup {row['title']} {rating_words(float(row['user_rating']))}."
    return MashupResult(summary=write.label, mashup=_mashup(row, store))


@tool("destructive")
def delete_mashup(store: Store, *, title: str, confirm: str | None = None) -> Result:
    """Delete a mashup.

    Args:
        store: the library.
        title: the mashup's title.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound: there is no such mashup.
    """
    with store.db.write("delete_mashup") as write:
        found = _find(store, title)
        require_confirmation(
            confirm, f"Delete the mashup {found['title']}?", "delete_mashup", {"title": found["title"]}, [found]
        )
        write.delete("mashups", found["id"])
        write.label = f"Deleted the mashup {found['title']}."
    return Result(summary=write.label)


def takes_made(store: Store, media_ids: Sequence[UUID]) -> int:
    """How often these titles were mashed up with each other, in whatever order; undone ones count too."""
    wanted = {str(media_id) for media_id in media_ids}
    made = store.db.read("SELECT after FROM journal WHERE table_name = 'mashups' AND before IS NULL")
    return sum(set(json.loads(json.loads(row["after"])["source_media_ids"])) == wanted for row in made)


def newest_mashup(store: Store) -> Mashup | None:
    """The mashup made last, with its sources; None where there is none."""
    rows = store.db.read("SELECT * FROM mashups ORDER BY generated_at DESC LIMIT 1")
    return _mashup(rows[0], store) if rows else None


def _find(store: Store, title: str | None) -> Row:
    rows = store.db.read("SELECT * FROM mashups ORDER BY generated_at DESC")
    if not rows:
        raise NotFound("There are no mashups yet. Say “mash up” and two titles to make one.")
    if title is None:
        return rows[0]
    wanted = normalise(title)
    best = max(rows, key=lambda row: fuzz.WRatio(wanted, normalise(row["title"])))
    if fuzz.WRatio(wanted, normalise(best["title"])) < 80:
        names = [row["title"] for row in rows[:3]]
        raise NotFound(f"No mashup is called “{title}”. The newest: {', '.join(names)}.", names)
    return best


def _listed(mashups: list[Mashup]) -> MashupList:
    if not mashups:
        return MashupList(
            summary="There are no mashups yet. Say “mash up” and two titles to make one.", mashups=[]
        )
    lines = []
    for mashup in mashups:
        rated = f" ({rating_words(mashup.user_rating)})" if mashup.user_rating is not None else ""
        lines.append(f"{mashup.title}{rated}, from {and_list(mashup.sources)}: {mashup.logline}")
    return MashupList(summary=numbered(lines), mashups=mashups)


def _mashup(row: Row, store: Store) -> Mashup:
    ids = [UUID(media_id) for media_id in json.loads(row["source_media_ids"])]
    labels = {media.id: media.label for media in store.titles.all()}
    return Mashup(
        id=row["id"],
        title=row["title"],
        logline=row["logline"],
        tone=row["tone"],
        plot_points=json.loads(row["plot_points"]),
        contributions=[Contribution(**c) for c in json.loads(row["contributions"])],
        source_media_ids=ids,
        sources=[labels.get(media_id, "a title no longer here") for media_id in ids],
        user_query=row["user_query"],
        model_used=row["model_used"],
        user_rating=float(row["user_rating"]) if row["user_rating"] is not None else None,
        generated_at=row["generated_at"],
    )
