-- Frozen evaluation runs (评估冻结): who made what, its results, and the sealed file. Nothing in them is changed.
CREATE TABLE evaluation_run (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    title       TEXT    NOT NULL,
    from_monday DATE    NOT NULL,
    to_monday   DATE    NOT NULL,
    indicators  {json}  NOT NULL,
    schools     {json}  NOT NULL,
    state       TEXT    NOT NULL,
    made_by     {uuid}  NOT NULL,
    made_at     BIGINT  NOT NULL,
    frozen_at   BIGINT,
    job_id      {uuid}  NOT NULL,
    facts       BIGINT  NOT NULL,
    hidden      BIGINT  NOT NULL,
    sha256      TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    results     {json}  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE TABLE evaluation_file (
    district_id INTEGER NOT NULL,
    run_id      {uuid}  NOT NULL,
    content     {bytes} NOT NULL,
    PRIMARY KEY (district_id, run_id)
);
-- The district's key for them; its secret is sealed under a master key.
CREATE TABLE evaluation_key (
    district_id INTEGER NOT NULL,
    open_key    {bytes} NOT NULL,
    sealed      {bytes} NOT NULL,
    sealed_by   TEXT    NOT NULL,
    PRIMARY KEY (district_id)
);
