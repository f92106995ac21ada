-- Resources put to use at another school than their own (I29), by week and what they were used in. No person.
CREATE TABLE facts_reuse (
    district_id INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    how         TEXT    NOT NULL,
    source_id   {uuid}  NOT NULL,
    monday      DATE    NOT NULL,
    school_id   {uuid}  NOT NULL,
    PRIMARY KEY (district_id, resource_id, how, source_id, monday)
);
CREATE INDEX facts_reuse_week ON facts_reuse (district_id, monday, resource_id);
CREATE INDEX facts_reuse_source ON facts_reuse (district_id, how, source_id);
-- What the library held at the end of a week (I29, I30); a frozen week is not computed again.
CREATE TABLE shelf_week (
    district_id INTEGER NOT NULL,
    indicator   TEXT    NOT NULL,
    monday      DATE    NOT NULL,
    version     INTEGER NOT NULL,
    part        TEXT    NOT NULL,
    total       BIGINT  NOT NULL,
    counted     BIGINT  NOT NULL,
    frozen      BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, indicator, monday, part)
);
