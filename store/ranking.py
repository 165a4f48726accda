"""What recommending looks at, derived from the tables and kept in step inside the writing transaction."""

from collections.abc import Iterable
from uuid import UUID

import duckdb

_WORKS = """
SELECT person.id,
    round(avg(coalesce(media.user_rating, media.tmdb_rating)), 1) AS average,
    count(DISTINCT media.id) AS total
FROM people person
LEFT JOIN (SELECT DISTINCT person_id, media_id FROM media_credits) credit ON credit.person_id = person.id
LEFT JOIN media ON media.id = credit.media_id
WHERE {where}
GROUP BY person.id
"""

_THEIRS = """
person.id IN (
    SELECT unnest($people::UUID[])
    UNION SELECT person_id FROM media_credits WHERE media_id IN (SELECT unnest($media::UUID[]))
)
"""

_PEOPLE = f"""
UPDATE people SET overall_rating = works.average, total_works = works.total
FROM ({_WORKS.format(where=_THEIRS)}) works
WHERE people.id = works.id
RETURNING people.id
"""

_WRONG_PEOPLE = f"""
SELECT count(*) FROM people JOIN ({_WORKS.format(where="TRUE")}) works ON works.id = people.id
WHERE (people.overall_rating, people.total_works)
    IS DISTINCT FROM (works.average::DECIMAL(3, 1), works.total::INTEGER)
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

_DERIVED = """
WITH subject AS (SELECT * FROM media WHERE {where}),
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

_RANKING = f"INSERT INTO media_ranking {_DERIVED.format(where='id IN (SELECT unnest(?::UUID[]))')}"

_WRONG_RANKING = f"""
WITH derived AS ({_DERIVED.format(where="TRUE")})
SELECT count(DISTINCT media_id) FROM (
    (SELECT * FROM media_ranking EXCEPT ALL SELECT * FROM derived)
    UNION ALL (SELECT * FROM derived EXCEPT ALL SELECT * FROM media_ranking)
)
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


def count_wrong(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many people's averages and how many titles' ranking rows are other than what they derive from."""
    people, titles = (cursor.execute(sql).fetchone() or (0,) for sql in (_WRONG_PEOPLE, _WRONG_RANKING))
    return int(people[0]), int(titles[0])


def rebuild_ranking(cursor: duckdb.DuckDBPyConnection) -> None:
    """Derive everything anew, as after a migration."""
    cursor.execute("DELETE FROM media_ranking")
    refresh_people(cursor, (), [person for (person,) in cursor.execute("SELECT id FROM people").fetchall()])
    refresh_ranking(cursor, [title for (title,) in cursor.execute("SELECT id FROM media").fetchall()])
