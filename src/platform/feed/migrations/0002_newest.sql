-- The newest entry of a type: whether an answer made of such entities still holds.
CREATE INDEX feed_entry_newest ON feed_entry (district_id, type, seq);
