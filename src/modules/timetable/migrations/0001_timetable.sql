-- What must be taught: periods a week for a grade and a subject (开齐开足).
CREATE TABLE course_plan (
    district_id    INTEGER NOT NULL,
    school_year    INTEGER NOT NULL,
    grade          INTEGER NOT NULL,
    subject        TEXT    NOT NULL,
    weekly_periods INTEGER NOT NULL,
    PRIMARY KEY (district_id, school_year, grade, subject)
);

-- Bell times of a school (作息时间).
CREATE TABLE bell_schedule (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    name        TEXT    NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX bell_schedule_school ON bell_schedule (district_id, school_id, from_date);
CREATE TABLE bell_period (
    district_id  INTEGER NOT NULL,
    schedule_id  {uuid}  NOT NULL,
    number       INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    start_minute INTEGER NOT NULL,
    end_minute   INTEGER NOT NULL,
    PRIMARY KEY (district_id, schedule_id, number)
);

-- A school's week timetable for a term; publishing makes a new version.
CREATE TABLE timetable (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    school_id    {uuid}  NOT NULL,
    term_id      {uuid}  NOT NULL,
    version      INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    from_date    DATE    NOT NULL,
    to_date      DATE,
    made_by      {uuid}  NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, school_id, term_id, version)
);
CREATE TABLE timetable_entry (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    timetable_id {uuid}  NOT NULL,
    class_id     {uuid}  NOT NULL,
    weekday      INTEGER NOT NULL,
    period       INTEGER NOT NULL,
    subject      TEXT    NOT NULL,
    teacher_id   {uuid},
    room         TEXT    NOT NULL,
    week_parity  TEXT    NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, timetable_id, class_id, weekday, period, week_parity)
);
CREATE INDEX timetable_entry_teacher ON timetable_entry (district_id, teacher_id, timetable_id);

-- Days that differ from the week's pattern: holidays, exams, a workday that follows another weekday.
CREATE TABLE calendar_day (
    district_id INTEGER NOT NULL,
    org_id      {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    as_weekday  INTEGER,
    PRIMARY KEY (district_id, org_id, date)
);

-- 调代课: what differed from the timetable in one period of one class.
CREATE TABLE substitution (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    period      INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    teacher_id  {uuid},
    reason      TEXT    NOT NULL,
    created_by  {uuid}  NOT NULL,
    created_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, class_id, date, period)
);

-- 巡课: what a patrol found otherwise than planned.
CREATE TABLE patrol_exception (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    period      INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    recorded_by {uuid}  NOT NULL,
    recorded_at BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, class_id, date, period)
);

-- 已上: the timetable of one day, corrected by substitutions and patrol exceptions. `id` follows from class, date, period.
CREATE TABLE taught_lesson (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    week        INTEGER NOT NULL,
    period      INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    teacher_id  {uuid},
    room        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    start_at    BIGINT  NOT NULL,
    end_at      BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX taught_lesson_place ON taught_lesson (district_id, class_id, date, period);
CREATE INDEX taught_lesson_teacher ON taught_lesson (district_id, teacher_id, date);
CREATE INDEX taught_lesson_school ON taught_lesson (district_id, school_id, date);
CREATE INDEX taught_lesson_due ON taught_lesson (district_id, state, end_at);
