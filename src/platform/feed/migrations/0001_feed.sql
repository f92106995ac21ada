-- The one feed: what changed, numbered in commit order within a district.
CREATE TABLE feed_entry (
    district_id  INTEGER NOT NULL,
    seq          BIGINT  NOT NULL,
    origin       TEXT    NOT NULL,
    origin_seq   BIGINT  NOT NULL,
    kind         TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    entity_id    TEXT    NOT NULL,
    scope_org_id TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    at           BIGINT  NOT NULL,
    body         TEXT    NOT NULL,
    PRIMARY KEY (district_id, seq)
);
CREATE INDEX feed_entry_entity ON feed_entry (district_id, type, entity_id, seq);
--sqlite:CREATE TABLE feed_number (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), last BIGINT NOT NULL);
--sqlite:INSERT INTO feed_number (only_row, last) VALUES (1, 0);
--postgresql:CREATE SEQUENCE feed_number;

-- How far each consumer has read.
CREATE TABLE feed_cursor (
    district_id INTEGER NOT NULL,
    consumer    TEXT    NOT NULL,
    seq         BIGINT  NOT NULL,
    PRIMARY KEY (district_id, consumer)
);

-- Entries that a consumer could not apply; they never block the queue.
CREATE TABLE feed_parked (
    district_id INTEGER NOT NULL,
    consumer    TEXT    NOT NULL,
    seq         BIGINT  NOT NULL,
    reason      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, consumer, seq)
);
