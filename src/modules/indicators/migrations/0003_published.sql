-- Resources that became public, and the reviews that let them (I33). No person stands in either.
CREATE TABLE facts_published (
    district_id INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    monday      DATE    NOT NULL,
    PRIMARY KEY (district_id, resource_id)
);
CREATE INDEX facts_published_week ON facts_published (district_id, school_id, monday);
CREATE TABLE facts_review (
    district_id INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    seconds     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, resource_id)
);
-- Courses and subjects (I22, I34, I35) are counted for the weeks that are there already.
INSERT INTO rollup_dirty (district_id, school_id, monday)
    SELECT DISTINCT district_id, org_id, monday FROM rollup WHERE TRUE ON CONFLICT DO NOTHING;
