-- What the office has done about a running lesson (代课, 停课) stands beside its screen: a sign of life need not read the
-- timetable. And which grade of several works with the teacher (复式), and at which part each of them is.
ALTER TABLE class_session_live ADD COLUMN handed_to {uuid};
ALTER TABLE class_session_live ADD COLUMN cancelled BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE class_session_live ADD COLUMN taught {uuid};
ALTER TABLE class_session_live ADD COLUMN work {json} NOT NULL DEFAULT '[]';

-- A question for one of the classes in the room; NULL = for all of them.
ALTER TABLE class_question ADD COLUMN class_id {uuid};

-- A version of a plan that its owner named; empty = one that was kept by itself.
ALTER TABLE lesson_plan_version ADD COLUMN name TEXT NOT NULL DEFAULT '';
