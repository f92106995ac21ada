-- A substitute who goes on with a lesson that another teacher has begun has a class session of her own (代课).
DROP INDEX class_session_place;
CREATE UNIQUE INDEX class_session_place ON class_session (district_id, class_id, date, period, teacher_id);
