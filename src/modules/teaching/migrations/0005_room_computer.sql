-- Computers of classrooms (班级电脑) on which the school's own program runs.
CREATE TABLE room_computer (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    room        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    system      TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    enrolled_by {uuid}  NOT NULL,
    enrolled_at BIGINT  NOT NULL,
    seen_at     BIGINT  NOT NULL,
    revoked_at  BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX room_computer_school ON room_computer (district_id, school_id);

-- Directory: to whom a computer's token belongs, in the whole system. Only the hash of the token is kept.
CREATE TABLE room_computer_key (
    token_hash  TEXT    NOT NULL PRIMARY KEY,
    district_id INTEGER NOT NULL,
    computer_id {uuid}  NOT NULL
);

-- Codes that wait to be approved; of no district until then.
CREATE TABLE room_computer_enrolment (
    code        TEXT   NOT NULL PRIMARY KEY,
    secret_hash TEXT   NOT NULL,
    client      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    system      TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX room_computer_enrolment_secret ON room_computer_enrolment (secret_hash);

-- Originals that the computer of a running lesson's room may fetch: written under the rights of the lesson's teacher. Raw.
CREATE TABLE room_computer_original (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    file_id     {uuid}  NOT NULL,
    name        TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    sha256      TEXT    NOT NULL,
    PRIMARY KEY (district_id, session_id, resource_id)
);

-- What a teacher tapped to be opened on the computer of his room, and what became of it. Raw.
CREATE TABLE room_computer_order (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    computer_id {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    asked_at    BIGINT  NOT NULL,
    outcome     TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX room_computer_order_computer ON room_computer_order (district_id, computer_id, asked_at);

-- Minutes of each kind of material in bands of five minutes, as the computer told them; beside a lesson or (NULL) none.
-- Raw; erased at the end of the term.
CREATE TABLE room_computer_use (
    district_id INTEGER NOT NULL,
    computer_id {uuid}  NOT NULL,
    band_at     BIGINT  NOT NULL,
    kind        TEXT    NOT NULL,
    minutes     INTEGER NOT NULL,
    date        DATE    NOT NULL,
    lesson_id   {uuid},
    struck      BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, computer_id, band_at, kind)
);
CREATE INDEX room_computer_use_lesson ON room_computer_use (district_id, lesson_id);
CREATE INDEX room_computer_use_date ON room_computer_use (district_id, date);
