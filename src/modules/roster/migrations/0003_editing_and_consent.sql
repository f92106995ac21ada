-- Two people may have the same page open: whoever saves says which version he had before him.
ALTER TABLE person ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE org ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Who made which version of a person or an organisation by hand, and which fields he touched; no values. A version
-- without a row came by an import.
CREATE TABLE roster_edit (
    district_id INTEGER NOT NULL,
    entity_id   {uuid}  NOT NULL,
    version     BIGINT  NOT NULL,
    at          BIGINT  NOT NULL,
    person_id   {uuid}  NOT NULL,
    fields      TEXT    NOT NULL,
    PRIMARY KEY (district_id, entity_id, version)
);

-- A file speaks only for the classes (of staff: the schools) that its rows name: `cover`. Of those, people whom the file
-- leaves out are ended only where its maker says so: `end_in`.
ALTER TABLE import_session DROP COLUMN absent;
ALTER TABLE import_session ADD COLUMN cover {json} NOT NULL DEFAULT '[]';
ALTER TABLE import_session ADD COLUMN end_in {json} NOT NULL DEFAULT '[]';
ALTER TABLE import_row ADD COLUMN place_id {uuid};

-- To which text a guardian agreed, and who took it back.
ALTER TABLE consent ADD COLUMN statement TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN withdrawn_by {uuid};
