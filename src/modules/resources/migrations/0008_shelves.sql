-- Stars and collections follow their owner to each place where he works (DESIGN 4): a star has a name of its own, and
-- what is taken away is said, too. A place may hear of a star before it has the resource, or without ever having it.
CREATE TABLE resource_star_named (
    district_id INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    person_id   {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    starred     BOOLEAN NOT NULL,
    starred_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
INSERT INTO resource_star_named (district_id, id, person_id, resource_id, starred, starred_at)
    SELECT district_id, CAST(person_id AS TEXT) || '/' || CAST(resource_id AS TEXT), person_id, resource_id, TRUE, starred_at
    FROM resource_star;
DROP TABLE resource_star;
ALTER TABLE resource_star_named RENAME TO resource_star;
CREATE INDEX resource_star_of_person ON resource_star (district_id, person_id, resource_id);
CREATE INDEX resource_star_of_resource ON resource_star (district_id, resource_id);

CREATE TABLE resource_collection_item_free (
    district_id   INTEGER NOT NULL,
    collection_id {uuid}  NOT NULL,
    resource_id   {uuid}  NOT NULL,
    sort          INTEGER NOT NULL,
    note          TEXT    NOT NULL,
    PRIMARY KEY (district_id, collection_id, resource_id),
    FOREIGN KEY (district_id, collection_id) REFERENCES resource_collection (district_id, id)
);
INSERT INTO resource_collection_item_free (district_id, collection_id, resource_id, sort, note)
    SELECT district_id, collection_id, resource_id, sort, note FROM resource_collection_item;
DROP TABLE resource_collection_item;
ALTER TABLE resource_collection_item_free RENAME TO resource_collection_item;
ALTER TABLE resource_collection ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE;
