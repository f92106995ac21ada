-- Homework (作业). `version` rises with each change; a withdrawn one stays and can be brought back.
CREATE TABLE homework (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    school_id    {uuid}  NOT NULL,
    teacher_id   {uuid}  NOT NULL,
    subject      TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    form         TEXT    NOT NULL,
    written      BOOLEAN NOT NULL,
    set_on       DATE    NOT NULL,
    due_on       DATE    NOT NULL,
    minutes      INTEGER NOT NULL,
    attachments  {json}  NOT NULL,
    plan_id      {uuid},
    lesson_id    {uuid},
    version      BIGINT  NOT NULL,
    made_at      BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX homework_teacher ON homework (district_id, teacher_id, made_at);
CREATE INDEX homework_due ON homework (district_id, due_on);

-- The classes a homework is for.
CREATE TABLE homework_class (
    district_id INTEGER NOT NULL,
    homework_id {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    PRIMARY KEY (district_id, homework_id, class_id)
);
CREATE INDEX homework_class_class ON homework_class (district_id, class_id);

-- How one pupil stands with one homework; a row comes with the first hand-in, tick or reminder.
CREATE TABLE homework_submission (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    homework_id {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    pupil_id    {uuid}  NOT NULL,
    state       TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    reminded_at BIGINT,
    updated_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX homework_submission_pupil ON homework_submission (district_id, homework_id, pupil_id);
CREATE INDEX homework_submission_of ON homework_submission (district_id, pupil_id);

-- One round of handing in, with what the teacher said to it. A correction (订正) is the next round.
CREATE TABLE homework_work (
    district_id   INTEGER NOT NULL,
    submission_id {uuid}  NOT NULL,
    round         INTEGER NOT NULL,
    how           TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    files         {json}  NOT NULL,
    handed_in_at  BIGINT  NOT NULL,
    late          BOOLEAN NOT NULL,
    result        TEXT    NOT NULL,
    comment       TEXT    NOT NULL,
    mark_version  BIGINT  NOT NULL,
    marked_by     {uuid},
    marked_at     BIGINT,
    returned_at   BIGINT,
    correction    BOOLEAN NOT NULL,
    files_erased  BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, submission_id, round)
);

-- The pen's strokes over one sheet of a round; the sheet itself is never changed.
CREATE TABLE homework_ink (
    district_id   INTEGER NOT NULL,
    submission_id {uuid}  NOT NULL,
    round         INTEGER NOT NULL,
    sheet         INTEGER NOT NULL,
    strokes       {json}  NOT NULL,
    PRIMARY KEY (district_id, submission_id, round, sheet)
);

-- A teacher's own comments that he uses again.
CREATE TABLE homework_phrase (
    district_id INTEGER NOT NULL,
    teacher_id  {uuid}  NOT NULL,
    number      INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    PRIMARY KEY (district_id, teacher_id, number)
);

-- Minutes of written homework a day by grade, of a node of the org tree; the nearest one above a class holds.
CREATE TABLE homework_limits (
    district_id INTEGER NOT NULL,
    org_id      {uuid}  NOT NULL,
    limits      {json}  NOT NULL,
    changed_by  {uuid}  NOT NULL,
    changed_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, org_id)
);
