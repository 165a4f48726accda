-- The mashups themselves; the Chroma collection mashup_concepts is rebuilt from here.
CREATE TABLE mashups (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title VARCHAR NOT NULL CHECK (length(title) <= 200),
    logline VARCHAR NOT NULL,
    tone VARCHAR,
    plot_points JSON NOT NULL,
    contributions JSON NOT NULL,
    source_media_ids JSON NOT NULL,
    user_query VARCHAR,
    model_used VARCHAR,
    user_rating DECIMAL(3, 1) CHECK (user_rating BETWEEN 0 AND 10),
    generated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);
