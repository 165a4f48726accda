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
    WHERE person.id IN (SELECT unnest(?::UUID[]))
    GROUP BY person.id
) works
WHERE people.id = works.id
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
    people = set(people_ids)
    media = list(media_ids)
    if media:
        found = cursor.execute(
            "SELECT DISTINCT person_id FROM media_credits WHERE media_id IN (SELECT unnest(?::UUID[]))", [media]
        ).fetchall()
        people.update(person for (person,) in found)
    if people:
        cursor.execute(_PEOPLE, [list(people)])
    return list(people)


def refresh_ranking(
    cursor: duckdb.DuckDBPyConnection, media_ids: Iterable[UUID], people_ids: Iterable[UUID]
) -> None:
    """Rewrite the ranking rows of these titles and of all that these people directed or wrote."""
    media = set(media_ids)
    people = list(people_ids)
    if people:
        found = cursor.execute(
            "SELECT DISTINCT media_id FROM media_credits "
            "WHERE person_id IN (SELECT unnest(?::UUID[])) AND credit_type = 'crew'",
            [people],
        ).fetchall()
        media.update(title for (title,) in found)
    if media:
        ids = list(media)
        cursor.execute("DELETE FROM media_ranking WHERE media_id IN (SELECT unnest(?::UUID[]))", [ids])
        cursor.execute(_RANKING, [ids])


def rebuild_ranking(cursor: duckdb.DuckDBPyConnection) -> None:
    """Derive everything anew, as after a migration."""
    people = [person for (person,) in cursor.execute("SELECT id FROM people").fetchall()]
    media = [title for (title,) in cursor.execute("SELECT id FROM media").fetchall()]
    refresh_people(cursor, (), people)
    refresh_ranking(cursor, media, ())
