-- Whether something was asked or counted in a class session: from the second version of the formulas on, a class view that
-- was opened and closed at once is no evidence. Weeks that were counted before are counted again.
ALTER TABLE facts_session ADD COLUMN acted BOOLEAN NOT NULL DEFAULT FALSE;
INSERT INTO rollup_dirty (district_id, school_id, monday)
    SELECT DISTINCT district_id, org_id, monday FROM rollup WHERE TRUE ON CONFLICT DO NOTHING;
