-- The document's recommended indexes. GIN full text does not exist in DuckDB: the trigram index of store/titles.py
-- and BM25 of store/plots.py do its work.
CREATE INDEX idx_media_filter ON media (media_type, maturity_rating, release_date DESC);
CREATE INDEX idx_calendar_date_range ON calendar_events (event_date, event_type);
CREATE INDEX idx_criteria_usage ON recommendation_criteria (use_count DESC, created_at DESC);
