-- Who has helped in a lesson and left it stands in its record all the same (助教).
ALTER TABLE class_session_assistant ADD COLUMN left_at BIGINT;
