-- Where an order shows what it sends (展示位置), and where the orders of a rule do; a rule that says nothing shows as usual.
ALTER TABLE push_order ADD COLUMN portal BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE push_order ADD COLUMN spaces BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE push_order ADD COLUMN classroom BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE push_rule ADD COLUMN display {json};

-- Schools that were told of what lies unused there (未使用提醒): of each order once. It stays where it was told.
CREATE TABLE push_unused_told (
    district_id INTEGER NOT NULL,
    order_id    {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    told_at     BIGINT  NOT NULL,
    PRIMARY KEY (district_id, order_id, school_id)
);
