-- Textbooks and their chapters: where a resource is filed, and where one is missing.
CREATE TABLE textbook (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    key         TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    grade       INTEGER NOT NULL,
    term        INTEGER NOT NULL,
    edition     TEXT    NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, key)
);
CREATE TABLE chapter (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    textbook_id {uuid}  NOT NULL,
    parent_id   {uuid},
    title       TEXT    NOT NULL,
    sort        INTEGER NOT NULL,
    hours       INTEGER NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, textbook_id) REFERENCES textbook (district_id, id)
);
CREATE INDEX chapter_of_textbook ON chapter (district_id, textbook_id, sort);

CREATE TABLE resource (
    district_id     INTEGER NOT NULL,
    id              {uuid}  NOT NULL,
    title           TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    grade_from      INTEGER NOT NULL,
    grade_to        INTEGER NOT NULL,
    stage           TEXT    NOT NULL,
    textbook_id     {uuid},
    chapter_id      {uuid},
    licence         TEXT    NOT NULL,
    source          TEXT    NOT NULL,
    source_note     TEXT    NOT NULL,
    attribution     TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    scope           TEXT    NOT NULL,
    wished_scope    TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    owner_person    {uuid}  NOT NULL,
    school_id       {uuid}  NOT NULL,
    current_version INTEGER NOT NULL,
    latest_version  INTEGER NOT NULL,
    in_review       BOOLEAN NOT NULL,
    published_at    BIGINT,
    recalled_reason TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, textbook_id) REFERENCES textbook (district_id, id),
    FOREIGN KEY (district_id, chapter_id) REFERENCES chapter (district_id, id)
);
CREATE INDEX resource_shelf ON resource (district_id, state, subject, grade_from, published_at, id);
CREATE INDEX resource_newest ON resource (district_id, state, published_at, id);
CREATE INDEX resource_of_chapter ON resource (district_id, chapter_id, kind);
CREATE INDEX resource_of_owner ON resource (district_id, owner_person, updated_at, id);

CREATE TABLE resource_version (
    district_id       INTEGER NOT NULL,
    resource_id       {uuid}  NOT NULL,
    number            INTEGER NOT NULL,
    file_id           {uuid},
    url               TEXT    NOT NULL,
    media_type        TEXT    NOT NULL,
    size              BIGINT  NOT NULL,
    sha256            TEXT    NOT NULL,
    pages             INTEGER NOT NULL,
    duration_seconds  INTEGER NOT NULL,
    opens             BOOLEAN NOT NULL,
    thumbnail_file_id {uuid},
    preview_file_id   {uuid},
    created_at        BIGINT  NOT NULL,
    note              TEXT    NOT NULL,
    PRIMARY KEY (district_id, resource_id, number),
    FOREIGN KEY (district_id, resource_id) REFERENCES resource (district_id, id)
);
CREATE INDEX resource_version_content ON resource_version (district_id, sha256);

-- Openings by day, school and class, counted from the feed; never by person.
CREATE TABLE resource_use (
    district_id INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    date        DATE    NOT NULL,
    school_id   {uuid}  NOT NULL,
    class_id    TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    uses        BIGINT  NOT NULL,
    PRIMARY KEY (district_id, resource_id, date, school_id, class_id, role)
);
CREATE INDEX resource_use_by_date ON resource_use (district_id, date);

-- Full text (platform/sql/full_text.hpp): the tokens of title, description, chapter and textbook.
--sqlite:CREATE TABLE resource_search (number INTEGER PRIMARY KEY, district_id INTEGER NOT NULL, key TEXT NOT NULL, UNIQUE (district_id, key));
--sqlite:CREATE VIRTUAL TABLE resource_search_words USING fts5(words, tokenize = 'unicode61');
--postgresql:CREATE TABLE resource_search (district_id INTEGER NOT NULL, key {uuid} NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (district_id, key));
--postgresql:CREATE INDEX resource_search_words ON resource_search USING GIN (words);
