-- Which job makes a month's reports: its progress is shown until all are there.
CREATE TABLE report_making (
    district_id INTEGER NOT NULL,
    month       TEXT    NOT NULL,
    job_id      {uuid}  NOT NULL,
    queued_at   BIGINT  NOT NULL,
    PRIMARY KEY (district_id, month)
);
