-- Tickets that children used, until they are too old to be used again. Only where several processes serve one district
-- (PostgreSQL); a single one remembers them itself.
CREATE TABLE node_ticket_used (
    ticket   TEXT   NOT NULL PRIMARY KEY,
    until_at BIGINT NOT NULL
);
CREATE INDEX node_ticket_used_until ON node_ticket_used (until_at);
