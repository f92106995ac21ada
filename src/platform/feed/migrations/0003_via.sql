-- From which neighbour an entry came; empty = made here. What a node sent is not sent back to it.
ALTER TABLE feed_entry ADD COLUMN via TEXT NOT NULL DEFAULT '';
CREATE INDEX feed_entry_origin ON feed_entry (district_id, origin, origin_seq);
