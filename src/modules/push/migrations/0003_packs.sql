-- Packs (资源包) on disks (U 盘): made here for a school, or brought here. They stay at their place; a made one's file lies in
-- the folder "packs" until it expires.
CREATE TABLE push_pack (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    way           TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    school_id     {uuid}  NOT NULL,
    what          TEXT    NOT NULL,
    job_id        {uuid}  NOT NULL,
    name          TEXT    NOT NULL,
    contents      BIGINT  NOT NULL,
    bytes         BIGINT  NOT NULL,
    size          BIGINT  NOT NULL,
    came          BIGINT  NOT NULL,
    here_already  BIGINT  NOT NULL,
    not_for_here  BIGINT  NOT NULL,
    lost          BIGINT  NOT NULL,
    cut           BOOLEAN NOT NULL,
    for_other     BOOLEAN NOT NULL,
    made_for      TEXT    NOT NULL,
    missing       {json}  NOT NULL,
    missing_count BIGINT  NOT NULL,
    problem       TEXT    NOT NULL,
    made_at       BIGINT  NOT NULL,
    ended_at      BIGINT,
    expires_at    BIGINT,
    orders        {json}  NOT NULL,
    file_id       {uuid},
    made_by       {uuid}  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX push_pack_by_age ON push_pack (district_id, made_at);
