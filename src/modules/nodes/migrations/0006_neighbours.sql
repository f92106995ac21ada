-- Which box asks which other one on its local network for contents before it asks its parent (邻近的校园盒子), and the
-- keys by which the two know each other. Written at the hub; goes down to both.
CREATE TABLE node_neighbour (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    org_id       {uuid}  NOT NULL,
    giver_org_id {uuid}  NOT NULL,
    sort         INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    asker_node   {uuid}  NOT NULL,
    asker_key    TEXT    NOT NULL,
    giver_node   {uuid}  NOT NULL,
    giver_key    TEXT    NOT NULL,
    changed_at   BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX node_neighbour_of_org ON node_neighbour (district_id, org_id);
CREATE INDEX node_neighbour_of_giver ON node_neighbour (district_id, giver_org_id);
