-- A blank board (白板) in front of the class; 0 = none.
ALTER TABLE class_session_live ADD COLUMN board INTEGER NOT NULL DEFAULT 0;

-- Code cards (码卡) being read for a question: which numbers have been read, never what they showed. Raw; gone when the
-- question or the session is over.
CREATE TABLE class_card_reading (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    question_id {uuid}  NOT NULL,
    seen        {json}  NOT NULL,
    read_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, session_id)
);

-- Ink over what was shown (批注), a row a stroke, so that a crash loses none. Raw; erased at the end of the term.
CREATE TABLE class_ink (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    id          {uuid}  NOT NULL,
    number      BIGINT  NOT NULL,
    sheet       TEXT    NOT NULL,
    tool        TEXT    NOT NULL,
    color       INTEGER NOT NULL,
    points      {json}  NOT NULL,
    PRIMARY KEY (district_id, session_id, id)
);

-- Further classes of a joint lesson (合班): each has a session of its own that follows the first one's.
CREATE TABLE class_session_joined (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    main_id     {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    PRIMARY KEY (district_id, session_id)
);
CREATE INDEX class_session_joined_main ON class_session_joined (district_id, main_id);

-- Assistant teachers (助教) of a session, asked in by its teacher.
CREATE TABLE class_session_assistant (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    asked_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, session_id, person_id)
);
CREATE INDEX class_session_assistant_person ON class_session_assistant (district_id, person_id);

-- Why a lesson without a place in the timetable was taken (临时课).
CREATE TABLE class_unplanned (
    district_id INTEGER NOT NULL,
    lesson_id   {uuid}  NOT NULL,
    reason      TEXT    NOT NULL,
    taken_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, lesson_id)
);

-- How a school's classroom screens may call a pupil (随机点名); without a row by number and surname.
CREATE TABLE classroom_rule (
    district_id INTEGER NOT NULL,
    school_id   {uuid}  NOT NULL,
    calling     TEXT    NOT NULL,
    PRIMARY KEY (district_id, school_id)
);
