"""What recommending looks at, derived from the tables and kept in step inside the writing transaction."""

from collections.abc import Iterable
from uuid import UUID

import duckdb

_PEOPLE = """
UPDATE people SET overall_rating = works.average, total_works = works.total
FROM (
    SELECT person.id,
        round(avg(coalesce(media.user_rating, media.tmdb_rating)), 1) AS average,
        count(DISTINCT media.id) AS total
    FROM people person
    LEFT JOIN (SELECT DISTINCT person_id, media_id FROM media_credits) credit ON credit.person_id = person.id
    LEFT JOIN media ON media.id = credit.media_id
    WHERE person.id IN (
        SELECT unnest($people::UUID[])
        UNION SELECT person_id FROM media_credits WHERE media_id IN (SELECT unnest($media::UUID[]))
    )
    GROUP BY person.id
) works
WHERE people.id = works.id
RETURNING people.id
"""

_SEEN = """
UPDATE media_ranking SET seen =
    EXISTS (SELECT 1 FROM watch_history WHERE media_id = media_ranking.media_id AND completed)
    OR EXISTS (SELECT 1 FROM user_reviews WHERE media_id = media_ranking.media_id)
WHERE media_id IN (SELECT unnest(?::UUID[]))
"""

_SCORES = """
UPDATE media_ranking SET director_score = score.director, screenwriter_score = score.screenwriter
FROM (
    SELECT credit.media_id,
        avg(person.overall_rating) FILTER (credit.department = 'Directing')::DOUBLE AS director,
        avg(person.overall_rating) FILTER (credit.department = 'Writing')::DOUBLE AS screenwriter
    FROM media_credits credit JOIN people person ON person.id = credit.person_id
    WHERE credit.credit_type = 'crew' AND credit.media_id IN (
        SELECT media_id FROM media_credits
        WHERE credit_type = 'crew' AND person_id IN (SELECT unnest(?::UUID[]))
    )
    GROUP BY credit.media_id
) score
WHERE score.media_id = media_ranking.media_id
"""

_RANKING = """
INSERT INTO media_ranking
WITH subject AS (SELECT * FROM media WHERE id IN (SELECT unnest(?::UUID[]))),
genre AS (
    SELECT media_id, list(slug ORDER BY weight DESC, slug) AS slugs,
        list(weight::DOUBLE ORDER BY weight DESC, slug) AS weights
    FROM media_genres JOIN genres ON genres.id = genre_id
    WHERE media_id IN (SELECT id FROM subject) AND is_active
    GROUP BY media_id
),
score AS (
    SELECT credit.media_id,
        avg(person.overall_rating) FILTER (credit.department = 'Directing')::DOUBLE AS director,
        avg(person.overall_rating) FILTER (credit.department = 'Writing')::DOUBLE AS screenwriter
    FROM media_credits credit JOIN people person ON person.id = credit.person_id
    WHERE credit.media_id IN (SELECT id FROM subject) AND credit.credit_type = 'crew'
    GROUP BY credit.media_id
)
SELECT subject.id, coalesce(genre.slugs, []), coalesce(genre.weights, []), score.director, score.screenwriter,
    EXISTS (SELECT 1 FROM watch_history WHERE media_id = subject.id AND completed)
        OR EXISTS (SELECT 1 FROM user_reviews WHERE media_id = subject.id)
FROM subject LEFT JOIN genre ON genre.media_id = subject.id LEFT JOIN score ON score.media_id = subject.id
"""


def refresh_people(
    cursor: duckdb.DuckDBPyConnection, media_ids: Iterable[UUID], people_ids: Iterable[UUID]
) -> list[UUID]:
    """Recompute ``overall_rating`` (mean over the works, the user's rating or TMDB's) and ``total_works``.

    Args:
        cursor: inside the writing transaction.
        media_ids: titles whose rating changed; everybody credited there is recomputed.
        people_ids: people whose credits changed.

    Returns:
        The people recomputed.
    """
    media, people = list(media_ids), list(people_ids)
    if not media and not people:
        return []
    return [row[0] for row in cursor.execute(_PEOPLE, {"media": media, "people": people}).fetchall()]


def refresh_ranking(cursor: duckdb.DuckDBPyConnection, media_ids: Iterable[UUID]) -> None:
    """Rewrite the whole ranking rows of these titles; titles that are gone lose theirs."""
    media = list(media_ids)
    if media:
        cursor.execute("DELETE FROM media_ranking WHERE media_id IN (SELECT unnest(?::UUID[]))", [media])
        cursor.execute(_RANKING, [media])


def refresh_scores(cursor: duckdb.DuckDBPyConnection, people_ids: Iterable[UUID]) -> None:
    """Rewrite the director's and screenwriter's score of all titles that these people directed or wrote."""
    people = list(people_ids)
    if people:
        cursor.execute(_SCORES, [people])


def refresh_seen(cursor: duckdb.DuckDBPyConnection, media_ids: Iterable[UUID]) -> None:
    """Rewrite whether these titles were seen."""
    media = list(media_ids)
    if media:
        cursor.execute(_SEEN, [media])


def mark_seen(cursor: duckdb.DuckDBPyConnection, media_ids: Iterable[UUID]) -> None:
    """The short way for titles that certainly were seen: a review or a whole viewing was added."""
    for media_id in media_ids:
        cursor.execute("UPDATE media_ranking SET seen = TRUE WHERE media_id = ? AND NOT seen", [media_id])


def rebuild_ranking(cursor: duckdb.DuckDBPyConnection) -> None:
    """Derive everything anew, as after a migration."""
    refresh_people(cursor, (), [person for (person,) in cursor.execute("SELECT id FROM people").fetchall()])
    refresh_ranking(cursor, [title for (title,) in cursor.execute("SELECT id FROM media").fetchall()])
