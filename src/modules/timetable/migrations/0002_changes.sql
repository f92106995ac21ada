-- 调课 writes both lessons in one act and is taken back in one; a lesson that moves takes its room along.
ALTER TABLE substitution ADD COLUMN room TEXT;
ALTER TABLE substitution ADD COLUMN act_id {uuid};
CREATE INDEX substitution_act ON substitution (district_id, act_id);
CREATE INDEX substitution_day ON substitution (district_id, school_id, date);

-- 调代课申请: one lesson that its teacher asks to be changed; lessons asked for together share batch_id.
CREATE TABLE change_request (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    batch_id      {uuid}  NOT NULL,
    school_id     {uuid}  NOT NULL,
    class_id      {uuid}  NOT NULL,
    date          DATE    NOT NULL,
    period        INTEGER NOT NULL,
    subject       TEXT    NOT NULL,
    asked_by      {uuid}  NOT NULL,
    cause         TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    way           TEXT    NOT NULL,
    colleague_id  {uuid},
    other_subject TEXT    NOT NULL,
    swap_date     DATE,
    swap_period   INTEGER,
    swap_subject  TEXT    NOT NULL,
    declined      BOOLEAN NOT NULL,
    word          TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    decided_by    {uuid},
    decided_at    BIGINT,
    act_id        {uuid},
    created_at    BIGINT  NOT NULL,
    version       INTEGER NOT NULL,
    PRIMARY KEY (district_id, id)
);
-- One request a lesson at a time.
CREATE UNIQUE INDEX change_request_lesson ON change_request (district_id, class_id, date, period)
    WHERE state IN ('open', 'asked', 'ready');
CREATE INDEX change_request_school ON change_request (district_id, school_id, date);
CREATE INDEX change_request_asker ON change_request (district_id, asked_by, date);
CREATE INDEX change_request_colleague ON change_request (district_id, colleague_id, date);
CREATE INDEX change_request_act ON change_request (district_id, act_id);
