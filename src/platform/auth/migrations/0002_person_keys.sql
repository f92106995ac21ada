-- One data key a person, wrapped by a master key. Erasing a person empties `wrapped`.
CREATE TABLE person_key (
    district_id INTEGER NOT NULL,
    person_id {uuid} NOT NULL,
    key_id TEXT NOT NULL,
    wrapped {bytes},
    made_at BIGINT NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (district_id, person_id)
);
CREATE INDEX person_key_master ON person_key (district_id, key_id);
