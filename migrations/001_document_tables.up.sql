-- The ten tables of the schema document. DuckDB does not enforce VARCHAR(n), so lengths are CHECKs; it cannot
-- cascade, so references are kept by the write path (docs/schema.md says how and why).

CREATE TABLE media (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tmdb_id INTEGER UNIQUE,
    imdb_id VARCHAR(20) CHECK (length(imdb_id) <= 20),
    title VARCHAR(500) NOT NULL CHECK (length(title) <= 500),
    original_title VARCHAR(500) CHECK (length(original_title) <= 500),
    media_type VARCHAR(50) NOT NULL CHECK (media_type IN ('movie', 'tv', 'anime', 'documentary')),
    release_date DATE,
    runtime INTEGER CHECK (runtime >= 0),
    overview TEXT,
    tagline VARCHAR(500) CHECK (length(tagline) <= 500),
    tmdb_rating DECIMAL(3, 1) CHECK (tmdb_rating BETWEEN 0 AND 10),
    tmdb_vote_count INTEGER CHECK (tmdb_vote_count >= 0),
    user_rating DECIMAL(3, 1) CHECK (user_rating BETWEEN 0 AND 10),
    popularity_score DECIMAL(10, 2),
    maturity_rating VARCHAR(20) CHECK (length(maturity_rating) <= 20),
    recommended_age_min INTEGER CHECK (recommended_age_min >= 0),
    recommended_age_max INTEGER CHECK (recommended_age_max >= 0),
    original_language VARCHAR(10) CHECK (length(original_language) <= 10),
    production_countries JSON,
    spoken_languages JSON,
    poster_path VARCHAR(500) CHECK (length(poster_path) <= 500),
    backdrop_path VARCHAR(500) CHECK (length(backdrop_path) <= 500),
    trailer_url VARCHAR(500) CHECK (length(trailer_url) <= 500),
    status VARCHAR(50) CHECK (length(status) <= 50),
    custom_fields JSON,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    last_synced_tmdb TIMESTAMP
);

CREATE TABLE genres (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tmdb_genre_id INTEGER UNIQUE,
    name VARCHAR(100) NOT NULL CHECK (length(name) <= 100),
    slug VARCHAR(100) NOT NULL UNIQUE CHECK (length(slug) <= 100),
    parent_genre_id UUID,
    genre_category VARCHAR(100) CHECK (length(genre_category) <= 100),
    description TEXT,
    is_active BOOLEAN DEFAULT TRUE,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

CREATE TABLE media_genres (
    media_id UUID NOT NULL,
    genre_id UUID NOT NULL,
    weight DECIMAL(3, 2) DEFAULT 1.0 CHECK (weight BETWEEN 0 AND 1),
    PRIMARY KEY (media_id, genre_id)
);

CREATE TABLE people (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    tmdb_person_id INTEGER UNIQUE,
    imdb_id VARCHAR(20) CHECK (length(imdb_id) <= 20),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    biography TEXT,
    birthday DATE,
    deathday DATE,
    known_for_department VARCHAR(100) CHECK (length(known_for_department) <= 100),
    profile_path VARCHAR(500) CHECK (length(profile_path) <= 500),
    overall_rating DECIMAL(3, 1) CHECK (overall_rating BETWEEN 0 AND 10),
    total_works INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

-- The document declares two primary keys here; the composite one is a UNIQUE constraint, and department is never
-- NULL, or duplicates would slip through it.
CREATE TABLE media_credits (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    media_id UUID NOT NULL,
    person_id UUID NOT NULL,
    credit_type VARCHAR(50) NOT NULL CHECK (credit_type IN ('cast', 'crew')),
    department VARCHAR(100) NOT NULL DEFAULT '' CHECK (length(department) <= 100),
    job VARCHAR(100) CHECK (length(job) <= 100),
    character_name VARCHAR(200) CHECK (length(character_name) <= 200),
    order_position INTEGER CHECK (order_position >= 0),
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    UNIQUE (media_id, person_id, credit_type, department)
);

CREATE TABLE user_reviews (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    media_id UUID NOT NULL,
    rating DECIMAL(3, 1) NOT NULL CHECK (rating BETWEEN 0 AND 10),
    review_text TEXT,
    watched_date DATE,
    rewatch_count INTEGER DEFAULT 0 CHECK (rewatch_count >= 0),
    tags JSON,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

-- A custom event may belong to no title, so media_id is nullable here alone.
CREATE TABLE calendar_events (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    media_id UUID,
    event_type VARCHAR(50) NOT NULL CHECK (event_type IN ('watch', 'release', 'review', 'custom')),
    event_date DATE NOT NULL,
    event_time TIME,
    title VARCHAR(200) CHECK (length(title) <= 200),
    description TEXT,
    location VARCHAR(200) CHECK (length(location) <= 200),
    icon VARCHAR(50) CHECK (length(icon) <= 50),
    color VARCHAR(7) CHECK (regexp_full_match(color, '#[0-9A-Fa-f]{6}')),
    reminder_enabled BOOLEAN DEFAULT FALSE,
    reminder_minutes INTEGER CHECK (reminder_minutes >= 0),
    completed BOOLEAN DEFAULT FALSE,
    completed_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

CREATE TABLE recommendation_criteria (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name VARCHAR(200) NOT NULL CHECK (length(name) <= 200),
    description TEXT,
    criteria_config JSON NOT NULL,
    is_default BOOLEAN DEFAULT FALSE,
    use_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

CREATE TABLE custom_fields_schema (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    field_name VARCHAR(100) NOT NULL UNIQUE
        CHECK (length(field_name) <= 100) CHECK (regexp_full_match(field_name, '[A-Za-z0-9_]+')),
    field_label VARCHAR(200) NOT NULL CHECK (length(field_label) <= 200),
    field_type VARCHAR(50) NOT NULL
        CHECK (field_type IN ('text', 'number', 'boolean', 'select', 'multi-select', 'date')),
    field_options JSON,
    field_default_value VARCHAR(500) CHECK (length(field_default_value) <= 500),
    is_required BOOLEAN DEFAULT FALSE,
    validation_rules JSON,
    description TEXT,
    help_text VARCHAR(500) CHECK (length(help_text) <= 500),
    is_active BOOLEAN DEFAULT TRUE,
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC'),
    updated_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);

-- watched_at is the wall clock of the user: a diary entry must not move to another day when they travel.
CREATE TABLE watch_history (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    media_id UUID NOT NULL,
    watched_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    watch_duration INTEGER CHECK (watch_duration >= 0),
    completed BOOLEAN DEFAULT TRUE,
    watch_source VARCHAR(100) CHECK (length(watch_source) <= 100),
    watch_context VARCHAR(100) CHECK (length(watch_context) <= 100),
    paused_count INTEGER DEFAULT 0 CHECK (paused_count >= 0),
    rewind_count INTEGER DEFAULT 0 CHECK (rewind_count >= 0),
    created_at TIMESTAMP DEFAULT (now() AT TIME ZONE 'UTC')
);
