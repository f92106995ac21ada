-- How a resource came here, who holds its rights, until when it may be used (S-42), and the district's mark (S-41).
ALTER TABLE resource ADD COLUMN intake TEXT NOT NULL DEFAULT 'made';
ALTER TABLE resource ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN terms TEXT NOT NULL DEFAULT '';
ALTER TABLE resource ADD COLUMN valid_from DATE;
ALTER TABLE resource ADD COLUMN valid_until DATE;
ALTER TABLE resource ADD COLUMN fine BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX resource_ending ON resource (district_id, valid_until);
