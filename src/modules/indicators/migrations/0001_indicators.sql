-- Facts: what the feed told, one row a thing. They hold teacher ids and are read only by the recomputation and by the
-- school's own list of lessons. `monday` names the week.
CREATE TABLE facts_taught (
    district_id INTEGER NOT NULL,
    lesson_id   {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    monday      DATE    NOT NULL,
    period      INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    teacher_id  {uuid},
    state       TEXT    NOT NULL,
    PRIMARY KEY (district_id, lesson_id)
);
CREATE INDEX facts_taught_week ON facts_taught (district_id, school_id, monday);
CREATE TABLE facts_session (
    district_id       INTEGER NOT NULL,
    session_id        {uuid}  NOT NULL,
    lesson_id         {uuid}  NOT NULL,
    school_id         {uuid}  NOT NULL,
    class_id          {uuid}  NOT NULL,
    teacher_id        {uuid}  NOT NULL,
    subject           TEXT    NOT NULL,
    date              DATE    NOT NULL,
    monday            DATE    NOT NULL,
    period            INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    minutes_band      TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    resource_count    INTEGER NOT NULL,
    reviewed_resource BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, session_id)
);
CREATE INDEX facts_session_week ON facts_session (district_id, school_id, monday);
CREATE TABLE facts_teacher (
    district_id INTEGER NOT NULL,
    post_id     {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, post_id)
);
CREATE INDEX facts_teacher_school ON facts_teacher (district_id, school_id);
CREATE TABLE facts_pupil (
    district_id  INTEGER NOT NULL,
    enrolment_id {uuid}  NOT NULL,
    person_id    {uuid}  NOT NULL,
    school_id    {uuid}  NOT NULL,
    from_date    DATE    NOT NULL,
    to_date      DATE,
    PRIMARY KEY (district_id, enrolment_id)
);
CREATE INDEX facts_pupil_school ON facts_pupil (district_id, school_id);
CREATE INDEX facts_pupil_person ON facts_pupil (district_id, person_id);
CREATE TABLE facts_account (
    district_id INTEGER NOT NULL,
    account_id  {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    active      BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, account_id)
);
CREATE INDEX facts_account_person ON facts_account (district_id, person_id);
-- One pupil who learned something in a week, under a mark that holds for that week only: he cannot be followed.
CREATE TABLE facts_learner (
    district_id INTEGER NOT NULL,
    school_id   {uuid}  NOT NULL,
    monday      DATE    NOT NULL,
    learner     TEXT    NOT NULL,
    PRIMARY KEY (district_id, school_id, monday, learner)
);

-- Counts only: indicator × week × school × subject. `subject` is '' for all, a code, or a group of subjects ("g.art").
CREATE TABLE rollup (
    district_id INTEGER NOT NULL,
    indicator   TEXT    NOT NULL,
    monday      DATE    NOT NULL,
    org_id      {uuid}  NOT NULL,
    subject     TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    numerator   BIGINT  NOT NULL,
    denominator BIGINT  NOT NULL,
    heads       BIGINT  NOT NULL,
    PRIMARY KEY (district_id, monday, org_id, indicator, subject)
);
CREATE INDEX rollup_indicator ON rollup (district_id, indicator, subject, monday);
CREATE INDEX rollup_org ON rollup (district_id, org_id, monday);
-- Cells whose facts changed since they were computed; empty whenever the feed's reader has caught up.
CREATE TABLE rollup_dirty (
    district_id INTEGER NOT NULL,
    school_id   {uuid}  NOT NULL,
    monday      DATE    NOT NULL,
    PRIMARY KEY (district_id, school_id, monday)
);
-- Rises with each recomputation: answers that were made from an older state are made again.
CREATE TABLE rollup_state (
    district_id INTEGER NOT NULL,
    version     BIGINT  NOT NULL,
    computed_at BIGINT  NOT NULL,
    PRIMARY KEY (district_id)
);

-- What a school says of itself for a month; shown beside the measured value, never mixed into it. The last one counts.
CREATE TABLE declaration (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    indicator   TEXT    NOT NULL,
    org_id      {uuid}  NOT NULL,
    month       TEXT    NOT NULL,
    value       DOUBLE PRECISION NOT NULL,
    note        TEXT    NOT NULL,
    declared_by {uuid}  NOT NULL,
    declared_at BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX declaration_month ON declaration (district_id, indicator, month, org_id, declared_at);

-- What is to be reached by a date, by a district or by one school.
CREATE TABLE indicator_target (
    district_id INTEGER NOT NULL,
    indicator   TEXT    NOT NULL,
    org_id      {uuid}  NOT NULL,
    due         DATE    NOT NULL,
    value       DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (district_id, indicator, org_id, due)
);
