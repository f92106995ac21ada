-- The district's mark on a resource, set and taken away outside a review, with its reason: never changed.
CREATE TABLE resource_mark (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    fine        BOOLEAN NOT NULL,
    reason      TEXT    NOT NULL,
    by_person   {uuid}  NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX resource_mark_of ON resource_mark (district_id, resource_id, at);
