-- Which steps a thing of a kind passes for a wished scope.
CREATE TABLE workflow_path (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    subject_kind TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, subject_kind, scope, version)
);
CREATE TABLE workflow_step_def (
    district_id   INTEGER NOT NULL,
    path_id       {uuid}  NOT NULL,
    number        INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    pool_role     TEXT    NOT NULL,
    pool_level    TEXT    NOT NULL,
    needs_subject BOOLEAN NOT NULL,
    days          INTEGER NOT NULL,
    PRIMARY KEY (district_id, path_id, number),
    FOREIGN KEY (district_id, path_id) REFERENCES workflow_path (district_id, id)
);

-- Something under review. The pool of its current step stands in the row, so that a queue is one index range.
CREATE TABLE workflow_item (
    district_id      INTEGER NOT NULL,
    id               {uuid}  NOT NULL,
    subject_kind     TEXT    NOT NULL,
    subject_id       TEXT    NOT NULL,
    title            TEXT    NOT NULL,
    path_id          {uuid}  NOT NULL,
    scope            TEXT    NOT NULL,
    submitter_person {uuid}  NOT NULL,
    origin_school_id {uuid}  NOT NULL,
    subject_code     TEXT    NOT NULL,
    facts            {json}  NOT NULL,
    state            TEXT    NOT NULL,
    step_number      INTEGER NOT NULL,
    round            INTEGER NOT NULL,
    pool_role        TEXT    NOT NULL,
    pool_org_id      {uuid}  NOT NULL,
    pool_subject     TEXT    NOT NULL,
    deputy_person    {uuid},
    due_at           BIGINT  NOT NULL,
    step_since       BIGINT  NOT NULL,
    opened_at        BIGINT  NOT NULL,
    closed_at        BIGINT,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, path_id) REFERENCES workflow_path (district_id, id)
);
CREATE INDEX workflow_item_queue ON workflow_item (district_id, state, pool_role, pool_org_id, due_at, id);
CREATE INDEX workflow_item_subject ON workflow_item (district_id, subject_kind, subject_id, opened_at);
-- A thing is under review once at a time.
CREATE UNIQUE INDEX workflow_item_open ON workflow_item (district_id, subject_kind, subject_id) WHERE state = 'open';

-- The steps of one round with the pool found for each.
CREATE TABLE workflow_step (
    district_id  INTEGER NOT NULL,
    item_id      {uuid}  NOT NULL,
    round        INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    pool_role    TEXT    NOT NULL,
    pool_org_id  {uuid}  NOT NULL,
    pool_subject TEXT    NOT NULL,
    days         INTEGER NOT NULL,
    fell_back    BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, item_id, round, number),
    FOREIGN KEY (district_id, item_id) REFERENCES workflow_item (district_id, id)
);

-- What was decided, by whom and why; append only.
CREATE TABLE workflow_decision (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    item_id     {uuid}  NOT NULL,
    round       INTEGER NOT NULL,
    step_number INTEGER NOT NULL,
    person_id   {uuid}  NOT NULL,
    decision    TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    checklist   {json}  NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, item_id) REFERENCES workflow_item (district_id, id)
);
CREATE INDEX workflow_decision_item ON workflow_decision (district_id, item_id, at);
CREATE INDEX workflow_decision_person ON workflow_decision (district_id, person_id, at);

-- What a reviewer has ticked so far, before he decides.
CREATE TABLE workflow_checklist (
    district_id INTEGER NOT NULL,
    item_id     {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    round       INTEGER NOT NULL,
    ticked      {json}  NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, item_id, person_id, round),
    FOREIGN KEY (district_id, item_id) REFERENCES workflow_item (district_id, id)
);
