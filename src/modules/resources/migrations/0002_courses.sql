-- How far a person has come in each page of a course (SCORM). `cmi` is what the page wants to find again, sealed under
-- the person's key.
CREATE TABLE course_state (
    district_id  INTEGER NOT NULL,
    resource_id  {uuid}  NOT NULL,
    person_id    {uuid}  NOT NULL,
    sco          TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    completion   TEXT    NOT NULL,
    success      TEXT    NOT NULL,
    score        INTEGER,
    seconds      INTEGER NOT NULL,
    begun_at     BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    completed_at BIGINT,
    cmi          TEXT    NOT NULL,
    PRIMARY KEY (district_id, resource_id, person_id, sco),
    FOREIGN KEY (district_id, resource_id) REFERENCES resource (district_id, id)
);
CREATE INDEX course_state_of_person ON course_state (district_id, person_id, updated_at);
