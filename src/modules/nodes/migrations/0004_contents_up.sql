-- Contents on their way up (DESIGN 4). At a box: what it has told of and its parent has not said to have yet; such a
-- content is never forgotten. At the parent: what a child has told of and whose bytes are not here yet.
CREATE TABLE node_content_up (
    district_id INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    told_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, sha256)
);
CREATE TABLE node_content_due (
    district_id INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    node_id     {uuid}  NOT NULL,
    size        BIGINT  NOT NULL,
    told_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, sha256)
);
