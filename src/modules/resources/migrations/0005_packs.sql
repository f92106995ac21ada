-- What a version of a pack (资源包) holds: other resources, each in its role, in order.
CREATE TABLE resource_pack_item (
    district_id INTEGER NOT NULL,
    pack_id     {uuid}  NOT NULL,
    version     INTEGER NOT NULL,
    sort        INTEGER NOT NULL,
    role        TEXT    NOT NULL,
    resource_id {uuid}  NOT NULL,
    note        TEXT    NOT NULL,
    PRIMARY KEY (district_id, pack_id, version, resource_id),
    FOREIGN KEY (district_id, pack_id) REFERENCES resource (district_id, id),
    FOREIGN KEY (district_id, resource_id) REFERENCES resource (district_id, id)
);
