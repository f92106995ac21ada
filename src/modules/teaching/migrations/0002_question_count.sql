-- How many questions a class session asked: an act that makes a lesson with a screen out of a class view (口径 2).
ALTER TABLE class_session ADD COLUMN question_count INTEGER NOT NULL DEFAULT 0;
UPDATE class_session SET question_count = (SELECT COUNT(*) FROM class_question AS q
    WHERE q.district_id = class_session.district_id AND q.session_id = class_session.id);
