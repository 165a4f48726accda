DROP INDEX idx_criteria_usage;
DROP INDEX idx_calendar_date_range;
DROP INDEX idx_media_filter;
