-- Codes that a district has added to a code table (自设代码): retired, never deleted, since records name them.
CREATE TABLE own_code (
    district_id INTEGER NOT NULL,
    table_name  TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    title_en    TEXT    NOT NULL,
    added_at    BIGINT  NOT NULL,
    retired_at  BIGINT,
    PRIMARY KEY (district_id, table_name, code)
);
