-- Keys of requests that were carried out, with their answers, so that a retry does nothing twice.
CREATE TABLE http_idempotency (
    district_id    INTEGER NOT NULL,
    account_id     {uuid}  NOT NULL,
    route          TEXT    NOT NULL,
    key            TEXT    NOT NULL,
    request_digest TEXT    NOT NULL,
    status         INTEGER NOT NULL,
    body           TEXT    NOT NULL,
    at             BIGINT  NOT NULL,
    PRIMARY KEY (district_id, account_id, route, key)
);
CREATE INDEX http_idempotency_at ON http_idempotency (district_id, at);
