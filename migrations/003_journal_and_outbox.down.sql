DROP TABLE outbox;
DROP SEQUENCE outbox_seq;
DROP TABLE journal;
DROP SEQUENCE journal_seq;
