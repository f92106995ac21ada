-- What was known of lines and boxes in a week (I01–I06, I09, I65): one row a school or county. A frozen week is not
-- counted again.
CREATE TABLE line_week (
    district_id INTEGER NOT NULL,
    indicator   TEXT    NOT NULL,
    monday      DATE    NOT NULL,
    org_id      {uuid}  NOT NULL,
    known       BOOLEAN NOT NULL,
    total       BIGINT  NOT NULL,
    counted     BIGINT  NOT NULL,
    unseen      BIGINT  NOT NULL,
    frozen      BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, indicator, monday, org_id)
);
