-- Monthly reports of schools (装备与应用月报). A signed one is frozen; a correction is a new version.
CREATE TABLE school_report (
    district_id   INTEGER NOT NULL,
    school_id     {uuid}  NOT NULL,
    month         TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    due_on        DATE    NOT NULL,
    made_at       BIGINT  NOT NULL,
    content       {json},
    content_hash  TEXT    NOT NULL,
    signed_by     {uuid},
    signed_at     BIGINT,
    passed_by     {uuid},
    passed_at     BIGINT,
    returned_by   {uuid},
    returned_at   BIGINT,
    return_reason TEXT    NOT NULL,
    PRIMARY KEY (district_id, school_id, month, version)
);
CREATE INDEX school_report_month ON school_report (district_id, month);
-- Why an exception stands, one line each, in somebody's own words.
CREATE TABLE report_reason (
    district_id INTEGER NOT NULL,
    school_id   {uuid}  NOT NULL,
    month       TEXT    NOT NULL,
    line        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    written_by  {uuid}  NOT NULL,
    written_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, school_id, month, line)
);
CREATE TABLE report_policy (
    district_id       INTEGER NOT NULL,
    due_day           INTEGER NOT NULL,
    seconds_per_field INTEGER NOT NULL,
    PRIMARY KEY (district_id)
);
