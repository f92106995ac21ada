-- Long work with progress. A row outlives the process that works on it: who holds the lease works, and when the lease
-- runs out somebody else goes on from the checkpoint.
CREATE TABLE job (
    district_id INTEGER NOT NULL,
    id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    owner {uuid} NOT NULL,
    org_id {uuid},
    input {json} NOT NULL,
    checkpoint {json} NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    step_key TEXT NOT NULL,
    step_params {json} NOT NULL,
    seconds_left BIGINT,
    result {json} NOT NULL,
    result_file {uuid},
    error_key TEXT NOT NULL,
    error_params {json} NOT NULL,
    attempts INTEGER NOT NULL,
    cancel_wanted BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    updated_at BIGINT NOT NULL,
    run_after BIGINT NOT NULL,
    node TEXT NOT NULL,
    lease {uuid},
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX job_by_owner ON job (district_id, owner, id);
CREATE INDEX job_by_state ON job (district_id, state, run_after);
