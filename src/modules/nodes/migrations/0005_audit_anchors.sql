-- Where a box's audit log stood (DESIGN 8): number and hash of a row, as it said itself. A log that was cut or changed
-- cannot say them again.
CREATE TABLE node_audit_anchor (
    district_id INTEGER NOT NULL,
    node_id     {uuid}  NOT NULL,
    number      BIGINT  NOT NULL,
    hash        TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, node_id, number)
);
CREATE TABLE node_audit_fault (
    district_id INTEGER NOT NULL,
    node_id     {uuid}  NOT NULL,
    number      BIGINT  NOT NULL,
    fault       TEXT    NOT NULL,
    seen_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, node_id, number)
);
