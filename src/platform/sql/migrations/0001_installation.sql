-- What this data folder is: its district, its node, whether it is the demo.
CREATE TABLE installation (
    district_id INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    PRIMARY KEY (district_id, name)
);
