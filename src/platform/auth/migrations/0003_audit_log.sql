-- Hash-chained audit log (等保 2.0: kept for six months at least; the program deletes nothing from it).
CREATE TABLE audit_log (
    district_id INTEGER NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    client TEXT NOT NULL,
    trace_id TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (district_id, number)
);
CREATE INDEX audit_log_account ON audit_log (district_id, account_id, number);
CREATE INDEX audit_log_action ON audit_log (district_id, action, number);

-- The last number and hash, signed by a key that is not in the database: a cut tail shows.
CREATE TABLE audit_head (
    district_id INTEGER NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL
);
