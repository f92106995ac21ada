-- Two places may ask for the same lesson while they do not hear of each other: both requests stand, and the office
-- decides. Within a place there is still one at a time (store_changes.cpp).
DROP INDEX change_request_lesson;
CREATE INDEX change_request_lesson ON change_request (district_id, class_id, date, period);
