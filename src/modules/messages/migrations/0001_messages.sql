-- A person's messages (消息): a kind and its blanks, no sentence and no name. Kept for 90 days.
CREATE TABLE message (
    district_id INTEGER NOT NULL,
    person_id   {uuid}  NOT NULL,
    id          {uuid}  NOT NULL,
    kind        TEXT    NOT NULL,
    about       TEXT    NOT NULL,
    href        TEXT    NOT NULL,
    who         {uuid},
    place       {uuid},
    date        DATE,
    period      INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    month       TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    read_at     BIGINT,
    PRIMARY KEY (district_id, person_id, id)
);
CREATE INDEX message_unread ON message (district_id, person_id) WHERE read_at IS NULL;
CREATE INDEX message_about ON message (district_id, about) WHERE read_at IS NULL;
CREATE INDEX message_age ON message (district_id, at);
