-- What a child node was sent of entities that may leave its school: so that it can be taken back.
CREATE TABLE sync_sent (
    district_id INTEGER NOT NULL,
    node        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    entity_id   TEXT    NOT NULL,
    PRIMARY KEY (district_id, node, type, entity_id)
);

-- Changes that could not be applied; they never block the queue.
CREATE TABLE sync_parked (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    node        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    entity_id   TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    change      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX sync_parked_node ON sync_parked (district_id, node, at);

-- Of two versions made apart the one that did not stay; its owner can look at it.
CREATE TABLE sync_other (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    type        TEXT    NOT NULL,
    entity_id   TEXT    NOT NULL,
    origin      TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    change      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX sync_other_entity ON sync_other (district_id, type, entity_id, at);
