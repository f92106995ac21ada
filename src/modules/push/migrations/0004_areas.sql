-- Orders and rules of a central school reach its own area (片区) only; absent: they are the district's.
ALTER TABLE push_order ADD COLUMN area_id {uuid};
ALTER TABLE push_rule ADD COLUMN area_id {uuid};
