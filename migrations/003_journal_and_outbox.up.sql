-- What every act changed, row by row, so that it can be undone after a restart too.
CREATE SEQUENCE journal_seq;
CREATE TABLE journal (
    seq BIGINT PRIMARY KEY DEFAULT nextval('journal_seq'),
    act UUID NOT NULL,
    acted_at TIMESTAMP NOT NULL,
    tool VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    before JSON,
    after JSON,
    undone_at TIMESTAMP
);

-- What must still follow a write: the vectors in Chroma, and the scores of people whose titles' ratings changed.
CREATE SEQUENCE outbox_seq;
CREATE TABLE outbox (
    seq BIGINT PRIMARY KEY DEFAULT nextval('outbox_seq'),
    collection VARCHAR NOT NULL CHECK (collection IN ('media_embeddings', 'mashup_concepts', 'people_scores')),
    item_id UUID NOT NULL
);
