-- Templates of lesson plans (教案模板): of a school or, without one, of the district; of a subject or of all.
CREATE TABLE lesson_template (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    name        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    school_id   {uuid},
    sections    {json}  NOT NULL,
    made_by     {uuid}  NOT NULL,
    made_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);

-- Lesson plans (教案). `version` rises by one with each save; a save from an older one is refused.
CREATE TABLE lesson_plan (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    owner_person {uuid}  NOT NULL,
    school_id    {uuid}  NOT NULL,
    subject      TEXT    NOT NULL,
    grade        INTEGER NOT NULL,
    textbook_id  {uuid},
    chapter_id   {uuid},
    title        TEXT    NOT NULL,
    hours        INTEGER NOT NULL,
    sections     {json}  NOT NULL,
    homework     TEXT    NOT NULL,
    sharing      TEXT    NOT NULL,
    readiness    TEXT    NOT NULL,
    version      BIGINT  NOT NULL,
    made_at      BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    removed_at   BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX lesson_plan_owner ON lesson_plan (district_id, owner_person, updated_at);
CREATE INDEX lesson_plan_school ON lesson_plan (district_id, school_id, sharing, subject);
CREATE INDEX lesson_plan_chapter ON lesson_plan (district_id, chapter_id);

-- What a plan was: one row a span of work, and every save that met a newer version (`unmerged`), so that nothing is lost.
CREATE TABLE lesson_plan_version (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    plan_id     {uuid}  NOT NULL,
    version     BIGINT  NOT NULL,
    kind        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    hours       INTEGER NOT NULL,
    sections    {json}  NOT NULL,
    homework    TEXT    NOT NULL,
    saved_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX lesson_plan_version_plan ON lesson_plan_version (district_id, plan_id, saved_at);

-- The lessons a plan is for; a lesson has one plan at most.
CREATE TABLE lesson_plan_lesson (
    district_id INTEGER NOT NULL,
    lesson_id   {uuid}  NOT NULL,
    plan_id     {uuid}  NOT NULL,
    PRIMARY KEY (district_id, lesson_id)
);
CREATE INDEX lesson_plan_lesson_plan ON lesson_plan_lesson (district_id, plan_id);

-- Class sessions (使用证据): one for a class, a day and a period. Its times are those of the bell; minutes stand as a band.
CREATE TABLE class_session (
    district_id       INTEGER NOT NULL,
    id                {uuid}  NOT NULL,
    lesson_id         {uuid}  NOT NULL,
    school_id         {uuid}  NOT NULL,
    class_id          {uuid}  NOT NULL,
    teacher_id        {uuid}  NOT NULL,
    subject           TEXT    NOT NULL,
    date              DATE    NOT NULL,
    week              INTEGER NOT NULL,
    period            INTEGER NOT NULL,
    room              TEXT    NOT NULL,
    plan_id           {uuid},
    started_at        BIGINT  NOT NULL,
    ended_at          BIGINT,
    kind              TEXT    NOT NULL,
    minutes_band      TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    released_at       BIGINT,
    correct_until     BIGINT  NOT NULL,
    present           INTEGER,
    resource_count    INTEGER NOT NULL,
    reviewed_resource BOOLEAN NOT NULL,
    note              TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX class_session_place ON class_session (district_id, class_id, date, period);
CREATE INDEX class_session_teacher ON class_session (district_id, teacher_id, date);
CREATE INDEX class_session_school ON class_session (district_id, school_id, date);
CREATE INDEX class_session_open ON class_session (district_id, ended_at);
CREATE INDEX class_session_due ON class_session (district_id, state, correct_until);

-- What was opened in a session, in the order of first opening.
CREATE TABLE class_session_resource (
    district_id  INTEGER NOT NULL,
    session_id   {uuid}  NOT NULL,
    resource_id  {uuid}  NOT NULL,
    number       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    reviewed     BOOLEAN NOT NULL,
    minutes_band TEXT    NOT NULL,
    removed      BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, session_id, resource_id)
);
CREATE INDEX class_session_resource_resource ON class_session_resource (district_id, resource_id);

-- What stands on the screen of a running session: where it goes on after a crash. Raw; gone when the session ends.
CREATE TABLE class_session_live (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    seen_at     BIGINT  NOT NULL,
    bell_at     BIGINT  NOT NULL,
    resource_id {uuid},
    page        INTEGER NOT NULL,
    question_id {uuid},
    PRIMARY KEY (district_id, session_id)
);
CREATE INDEX class_session_live_bell ON class_session_live (district_id, bell_at);

-- Raw traces, erased at the end of the term: time shown in milliseconds (resource_id = session_id: all of it) …
CREATE TABLE class_session_trace (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    shown_ms    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, session_id, resource_id)
);
-- … and what happened when.
CREATE TABLE class_session_event (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    resource_id {uuid},
    page        INTEGER NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX class_session_event_session ON class_session_event (district_id, session_id, at);

-- Questions answered by raised hands: numbers of the whole class, never who.
CREATE TABLE class_question (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    number      INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    options     {json}  NOT NULL,
    answer      INTEGER,
    present     INTEGER NOT NULL,
    counts      {json}  NOT NULL,
    done        BOOLEAN NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX class_question_session ON class_question (district_id, session_id, number);

-- What an owner changed in his record, and why.
CREATE TABLE class_session_correction (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    by_person   {uuid}  NOT NULL,
    at          BIGINT  NOT NULL,
    before      {json}  NOT NULL,
    after       {json}  NOT NULL,
    reason      TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX class_session_correction_session ON class_session_correction (district_id, session_id, at);

-- Who above the school looked at a named lesson, and why; its teacher sees this.
CREATE TABLE lesson_look (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    by_person   {uuid}  NOT NULL,
    reason      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX lesson_look_session ON lesson_look (district_id, session_id, at);
