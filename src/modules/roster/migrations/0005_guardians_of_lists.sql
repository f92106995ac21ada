-- Guardianships that a school's own list has made, so that a corrected list can be asked whether it still tells them.
CREATE TABLE guardianship_told (
    district_id     INTEGER NOT NULL,
    guardianship_id {uuid}  NOT NULL,
    school_id       {uuid}  NOT NULL,
    session_id      {uuid}  NOT NULL,
    told_at         BIGINT  NOT NULL,
    PRIMARY KEY (district_id, guardianship_id)
);

-- Those of them that a later list of the school leaves out, with what somebody has chosen: ends, or stays as it is.
CREATE TABLE import_guardian (
    district_id     INTEGER NOT NULL,
    session_id      {uuid}  NOT NULL,
    guardianship_id {uuid}  NOT NULL,
    pupil_id        {uuid}  NOT NULL,
    guardian_id     {uuid}  NOT NULL,
    school_id       {uuid}  NOT NULL,
    row_number      INTEGER NOT NULL,
    chosen          BOOLEAN NOT NULL,
    ended_at        BIGINT,
    PRIMARY KEY (district_id, session_id, guardianship_id)
);
