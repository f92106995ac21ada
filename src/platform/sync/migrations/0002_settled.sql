-- Other versions that their owner took over or let go: shown nowhere any more, at whichever place he did it and whenever
-- the other hears of the version.
CREATE TABLE sync_settled (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    type        TEXT    NOT NULL,
    entity_id   TEXT    NOT NULL,
    origin      TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX sync_settled_entity ON sync_settled (district_id, type, entity_id);
CREATE INDEX sync_settled_school ON sync_settled (district_id, school_id);
