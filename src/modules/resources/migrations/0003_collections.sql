-- Favourites (收藏): a star is nobody else's business.
CREATE TABLE resource_star (
    district_id INTEGER NOT NULL,
    person_id   {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    starred_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, person_id, resource_id),
    FOREIGN KEY (district_id, resource_id) REFERENCES resource (district_id, id)
);

-- Collections (收藏夹): a teacher's own lists, kept to himself or shown to his school.
CREATE TABLE resource_collection (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    owner_person {uuid}  NOT NULL,
    school_id    {uuid}  NOT NULL,
    name         TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    audience     TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX resource_collection_of_owner ON resource_collection (district_id, owner_person, updated_at);
CREATE INDEX resource_collection_of_school ON resource_collection (district_id, school_id, audience);
CREATE TABLE resource_collection_item (
    district_id   INTEGER NOT NULL,
    collection_id {uuid}  NOT NULL,
    resource_id   {uuid}  NOT NULL,
    sort          INTEGER NOT NULL,
    note          TEXT    NOT NULL,
    PRIMARY KEY (district_id, collection_id, resource_id),
    FOREIGN KEY (district_id, collection_id) REFERENCES resource_collection (district_id, id),
    FOREIGN KEY (district_id, resource_id) REFERENCES resource (district_id, id)
);
