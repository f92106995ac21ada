-- Open join codes (接入码) are listed: who made one, and whether it was withdrawn (作废) before somebody used it.
ALTER TABLE node_invitation ADD COLUMN made_by {uuid};
ALTER TABLE node_invitation ADD COLUMN withdrawn_at BIGINT;
