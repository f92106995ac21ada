-- What browsers can show of a content: made once, whoever has it.
CREATE TABLE resource_preview (
    district_id       INTEGER NOT NULL,
    sha256            TEXT    NOT NULL,
    media_type        TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    reason            TEXT    NOT NULL,
    package           TEXT    NOT NULL,
    tries             INTEGER NOT NULL,
    preview_file_id   {uuid},
    thumbnail_file_id {uuid},
    asked_by          {uuid}  NOT NULL,
    updated_at        BIGINT  NOT NULL,
    PRIMARY KEY (district_id, sha256)
);
CREATE INDEX resource_preview_waiting ON resource_preview (district_id, state, updated_at);

-- A folder or disc that somebody gives to the library as a whole (D-25), and each file of it.
CREATE TABLE resource_intake (
    district_id     INTEGER NOT NULL,
    id              {uuid}  NOT NULL,
    owner_person    {uuid}  NOT NULL,
    owner_account   {uuid}  NOT NULL,
    school_id       {uuid}  NOT NULL,
    name            TEXT    NOT NULL,
    archive_file_id {uuid},
    state           TEXT    NOT NULL,
    unpacked        BOOLEAN NOT NULL,
    job_id          {uuid},
    error_key       TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX resource_intake_of_owner ON resource_intake (district_id, owner_person, created_at);
CREATE TABLE resource_intake_row (
    district_id      INTEGER NOT NULL,
    intake_id        {uuid}  NOT NULL,
    number           INTEGER NOT NULL,
    path             TEXT    NOT NULL,
    size             BIGINT  NOT NULL,
    sha256           TEXT    NOT NULL,
    file_id          {uuid},
    media_type       TEXT    NOT NULL,
    pages            INTEGER NOT NULL,
    duration_seconds INTEGER NOT NULL,
    verdict          TEXT    NOT NULL,
    reason           TEXT    NOT NULL,
    doubt            TEXT    NOT NULL,
    twin_number      INTEGER NOT NULL,
    twin_id          {uuid},
    title            TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    subject          TEXT    NOT NULL,
    grade_from       INTEGER NOT NULL,
    grade_to         INTEGER NOT NULL,
    textbook_id      {uuid},
    chapter_id       {uuid},
    resource_id      {uuid},
    PRIMARY KEY (district_id, intake_id, number),
    FOREIGN KEY (district_id, intake_id) REFERENCES resource_intake (district_id, id)
);
CREATE INDEX resource_intake_row_by_verdict ON resource_intake_row (district_id, intake_id, verdict, number);
CREATE INDEX resource_intake_row_by_content ON resource_intake_row (district_id, intake_id, sha256);
