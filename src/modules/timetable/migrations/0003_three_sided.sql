-- A change of three lessons in a ring (三方调课): its third lesson, and which of the two colleagues has agreed first.
ALTER TABLE change_request ADD COLUMN third_id {uuid};
ALTER TABLE change_request ADD COLUMN third_date DATE;
ALTER TABLE change_request ADD COLUMN third_period INTEGER;
ALTER TABLE change_request ADD COLUMN third_subject TEXT NOT NULL DEFAULT '';
ALTER TABLE change_request ADD COLUMN agreed_by {uuid};
CREATE INDEX change_request_third ON change_request (district_id, third_id, date);
