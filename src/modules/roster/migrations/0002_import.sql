-- Rosters that came from elsewhere: rows of foreign rosters as they came, and the import of schools' own sheets.

-- A row of a foreign roster (OneRoster and its like): what it is called there, what it became here, and its columns as
-- they came. `content` of a row about a person (`person_id`) is sealed under that person's key.
CREATE TABLE roster_source (
    district_id INTEGER NOT NULL,
    system      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    sourced_id  TEXT    NOT NULL,
    entity_id   {uuid},
    person_id   {uuid},
    digest      TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    position    BIGINT  NOT NULL,
    imported_at BIGINT  NOT NULL,
    PRIMARY KEY (district_id, system, kind, sourced_id)
);
CREATE INDEX roster_source_entity ON roster_source (district_id, entity_id);

-- Columns of a foreign file in its own order; for the kind "manifest" its names and values.
CREATE TABLE roster_source_file (
    district_id INTEGER NOT NULL,
    system      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    header      TEXT    NOT NULL,
    imported_at BIGINT  NOT NULL,
    PRIMARY KEY (district_id, system, kind)
);

-- One sheet on its way into the roster.
CREATE TABLE import_session (
    district_id    INTEGER NOT NULL,
    id             {uuid}  NOT NULL,
    kind           TEXT    NOT NULL,
    file_id        {uuid}  NOT NULL,
    file_name      TEXT    NOT NULL,
    file_size      BIGINT  NOT NULL,
    format         TEXT    NOT NULL,
    encoding       TEXT    NOT NULL,
    sheet          TEXT    NOT NULL,
    header_row     INTEGER NOT NULL,
    first_data_row INTEGER NOT NULL,
    header_key     TEXT    NOT NULL,
    columns        {json}  NOT NULL,
    absent         TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    made_by        {uuid}  NOT NULL,
    made_by_name   TEXT    NOT NULL,
    places         {json}  NOT NULL,
    job_id         {uuid},
    totals         {json}  NOT NULL,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL,
    written_at     BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX import_session_recent ON import_session (district_id, created_at);

-- Rows of the sheet after the dry run. `cells` is sealed under a key of the session, which goes with the session.
CREATE TABLE import_row (
    district_id INTEGER NOT NULL,
    session_id  {uuid}  NOT NULL,
    number      INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    school_id   {uuid},
    school_name TEXT    NOT NULL,
    person_id   {uuid},
    name        TEXT    NOT NULL,
    cells       TEXT    NOT NULL,
    fixed       BOOLEAN NOT NULL,
    decision    TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    problems    {json}  NOT NULL,
    changes     {json}  NOT NULL,
    written     BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, session_id, number)
);
CREATE INDEX import_row_state ON import_row (district_id, session_id, state, number);

-- Which column holds what, for files with the same headings.
CREATE TABLE import_mapping (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    header_key  TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    columns     {json}  NOT NULL,
    made_by     {uuid}  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX import_mapping_headings ON import_mapping (district_id, kind, header_key);
