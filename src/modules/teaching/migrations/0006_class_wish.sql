-- A teacher wants to take a class along whose lesson is a colleague's (合班): the colleague says yes or no.
CREATE TABLE class_wish (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    session_id  {uuid}  NOT NULL,
    lesson_id   {uuid}  NOT NULL,
    class_id    {uuid}  NOT NULL,
    asked_of    {uuid}  NOT NULL,
    asked_at    BIGINT  NOT NULL,
    state       TEXT    NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX class_wish_place ON class_wish (district_id, session_id, lesson_id);
CREATE INDEX class_wish_asked ON class_wish (district_id, asked_of, state);
