-- One row per title with all that recommending looks at, kept in step by the write path: joining the normalised
-- tables at every question is three times slower at a million titles.
CREATE TABLE media_ranking (
    media_id UUID NOT NULL,
    genre_slugs VARCHAR[] NOT NULL,
    genre_weights DOUBLE[] NOT NULL,
    director_score DOUBLE,
    screenwriter_score DOUBLE,
    seen BOOLEAN NOT NULL
);
