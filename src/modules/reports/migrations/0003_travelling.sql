-- Reports and their policy go down to the boxes of their schools (DESIGN 4): each row by one name.
ALTER TABLE school_report ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE school_report SET id = CAST(school_id AS TEXT) || '/' || month || '/' || CAST(version AS TEXT);
CREATE UNIQUE INDEX school_report_id ON school_report (district_id, id);
ALTER TABLE report_policy ADD COLUMN id TEXT NOT NULL DEFAULT 'policy';
