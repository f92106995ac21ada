-- What boxes of the same local network gave (来自邻近盒子), beside what the line carried.
ALTER TABLE push_arrival ADD COLUMN near_bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE push_receipt ADD COLUMN near_bytes BIGINT NOT NULL DEFAULT 0;
