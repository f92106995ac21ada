-- Who is still to be told of a must-read notice (通知必读), in batches by person; it stays where the notice was passed.
CREATE TABLE news_telling (
    district_id INTEGER NOT NULL,
    article_id  {uuid}  NOT NULL,
    version     INTEGER NOT NULL,
    told_up_to  {uuid}  NOT NULL,
    PRIMARY KEY (district_id, article_id)
);

-- A name by which a receipt travels between nodes; those that were made before stay where they are.
ALTER TABLE news_receipt ADD COLUMN id {uuid};
CREATE INDEX news_receipt_id ON news_receipt (district_id, id);
