-- Organisations, people and time of a district. Dates are whole days: the first and the last day; no last day = still.

-- The district itself: its root organisation and its zone.
CREATE TABLE roster_district (
    district_id  INTEGER NOT NULL PRIMARY KEY,
    org_id       {uuid}  NOT NULL,
    name         TEXT    NOT NULL,
    zone_minutes INTEGER NOT NULL
);

CREATE TABLE org (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    parent_id   {uuid},
    name        TEXT    NOT NULL,
    short_name  TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    sort        INTEGER NOT NULL,
    map_x       DOUBLE PRECISION,
    map_y       DOUBLE PRECISION,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX org_parent ON org (district_id, parent_id);
CREATE INDEX org_kind ON org (district_id, kind, sort);

-- Each organisation with itself (depth 0) and all above it, as they stand now.
CREATE TABLE org_closure (
    district_id INTEGER NOT NULL,
    org_id      {uuid}  NOT NULL,
    ancestor_id {uuid}  NOT NULL,
    depth       INTEGER NOT NULL,
    PRIMARY KEY (district_id, org_id, ancestor_id)
);
CREATE INDEX org_closure_below ON org_closure (district_id, ancestor_id, org_id);

-- Where an organisation stood in the tree, and under which name, from when to when.
CREATE TABLE org_history (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    org_id      {uuid}  NOT NULL,
    parent_id   {uuid},
    name        TEXT    NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX org_history_org ON org_history (district_id, org_id, from_date);

CREATE TABLE school (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    kind          TEXT    NOT NULL,
    first_grade   INTEGER NOT NULL,
    last_grade    INTEGER NOT NULL,
    school_code   TEXT    NOT NULL,
    login_prefix  TEXT    NOT NULL,
    last_number   INTEGER NOT NULL,
    central       BOOLEAN NOT NULL,
    rural         BOOLEAN NOT NULL,
    campus_mark   TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX school_login_prefix ON school (district_id, login_prefix);

CREATE TABLE class_group (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    entry_year  INTEGER NOT NULL,
    entry_grade INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    multigrade  BOOLEAN NOT NULL,
    room        TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX class_group_school ON class_group (district_id, school_id);

CREATE TABLE term (
    district_id     INTEGER NOT NULL,
    id              {uuid}  NOT NULL,
    school_year     INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    from_date       DATE    NOT NULL,
    to_date         DATE    NOT NULL,
    week_one_monday DATE    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX term_number ON term (district_id, school_year, number);

-- `…_sealed` holds a personal field under the person's own key, `…_index` its keyed hash for looking it up.
CREATE TABLE person (
    district_id           INTEGER NOT NULL,
    id                    {uuid}  NOT NULL,
    name                  TEXT    NOT NULL,
    pinyin                TEXT    NOT NULL,
    initials              TEXT    NOT NULL,
    sex                   TEXT    NOT NULL,
    birth_date            DATE,
    staff_number          TEXT,
    pupil_number          TEXT,
    subject               TEXT    NOT NULL,
    identity_sealed       TEXT    NOT NULL,
    identity_index        TEXT    NOT NULL,
    student_number_sealed TEXT    NOT NULL,
    student_number_index  TEXT    NOT NULL,
    phone_sealed          TEXT    NOT NULL,
    phone_index           TEXT    NOT NULL,
    created_at            BIGINT  NOT NULL,
    ended_at              BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX person_pinyin ON person (district_id, pinyin, id);
CREATE INDEX person_initials ON person (district_id, initials);
CREATE INDEX person_name ON person (district_id, name);
CREATE INDEX person_staff_number ON person (district_id, staff_number);
CREATE INDEX person_pupil_number ON person (district_id, pupil_number);
CREATE INDEX person_identity ON person (district_id, identity_index);
CREATE INDEX person_student_number ON person (district_id, student_number_index);
CREATE INDEX person_phone ON person (district_id, phone_index);

CREATE TABLE post (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    org_id      {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX post_person ON post (district_id, person_id);
CREATE INDEX post_org ON post (district_id, org_id, kind);

CREATE TABLE enrolment (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    status      TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX enrolment_person ON enrolment (district_id, person_id);
CREATE INDEX enrolment_class ON enrolment (district_id, class_id, status);
CREATE INDEX enrolment_school ON enrolment (district_id, school_id, status);

CREATE TABLE guardianship (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    guardian_id {uuid}  NOT NULL,
    pupil_id    {uuid}  NOT NULL,
    relation    TEXT    NOT NULL,
    from_date   DATE    NOT NULL,
    to_date     DATE,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX guardianship_guardian ON guardianship (district_id, guardian_id);
CREATE INDEX guardianship_pupil ON guardianship (district_id, pupil_id);

-- A guardian's consent (PIPL, under 14): never changed but for its withdrawal.
CREATE TABLE consent (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    pupil_id     {uuid}  NOT NULL,
    guardian_id  {uuid},
    purpose      TEXT    NOT NULL,
    method       TEXT    NOT NULL,
    given_at     BIGINT  NOT NULL,
    recorded_by  {uuid}  NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX consent_pupil ON consent (district_id, pupil_id, purpose);

CREATE TABLE room (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    equipped    BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX room_school ON room (district_id, school_id);

-- National code tables (JY/T 1001 and others): the same for every district, versions side by side, nothing deleted.
CREATE TABLE code_table (
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (name, version)
);
CREATE TABLE code_item (
    table_name TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    title_en   TEXT    NOT NULL,
    sort       INTEGER NOT NULL,
    valid_from DATE,
    valid_to   DATE,
    PRIMARY KEY (table_name, version, code)
);
