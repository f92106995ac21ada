-- News and notices (新闻公告). Readers have `current_version`; the latest may still be a draft or under review.
CREATE TABLE news_article (
    district_id      INTEGER NOT NULL,
    id               {uuid}  NOT NULL,
    org_id           {uuid}  NOT NULL,
    owner_person     {uuid}  NOT NULL,
    state            TEXT    NOT NULL,
    change           TEXT    NOT NULL,
    current_version  INTEGER NOT NULL,
    latest_version   INTEGER NOT NULL,
    published_at     BIGINT,
    withdrawn_reason TEXT    NOT NULL,
    created_at       BIGINT  NOT NULL,
    updated_at       BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX news_article_shown ON news_article (district_id, state, published_at, id);
CREATE INDEX news_article_of_owner ON news_article (district_id, owner_person, updated_at);
CREATE TABLE news_version (
    district_id   INTEGER NOT NULL,
    article_id    {uuid}  NOT NULL,
    number        INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    summary       TEXT    NOT NULL,
    byline        TEXT    NOT NULL,
    body          {json}  NOT NULL,
    cover_file_id {uuid},
    cover_text    TEXT    NOT NULL,
    scope         TEXT    NOT NULL,
    audience      TEXT    NOT NULL,
    from_day      DATE,
    until_day     DATE,
    must_read     BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, article_id, number),
    FOREIGN KEY (district_id, article_id) REFERENCES news_article (district_id, id)
);

-- Who has read which version of a notice (回执); counted, and gone 90 days after the notice.
CREATE TABLE news_receipt (
    district_id  INTEGER NOT NULL,
    article_id   {uuid}  NOT NULL,
    person_id    {uuid}  NOT NULL,
    reader       TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    read_at      BIGINT  NOT NULL,
    confirmed_at BIGINT,
    PRIMARY KEY (district_id, article_id, person_id),
    FOREIGN KEY (district_id, article_id) REFERENCES news_article (district_id, id)
);
CREATE INDEX news_receipt_of_person ON news_receipt (district_id, person_id);

--sqlite:CREATE TABLE news_search (number INTEGER PRIMARY KEY, district_id INTEGER NOT NULL, key TEXT NOT NULL, UNIQUE (district_id, key));
--sqlite:CREATE VIRTUAL TABLE news_search_words USING fts5(words, tokenize = 'unicode61');
--postgresql:CREATE TABLE news_search (district_id INTEGER NOT NULL, key {uuid} NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (district_id, key));
--postgresql:CREATE INDEX news_search_words ON news_search USING GIN (words);
