#include "platform/jobs/store.hpp"

#define SANTONG_JOB_COLUMNS                                                                                        \
    "id, kind, state, owner, org_id, input, checkpoint, done, total, step_key, step_params, seconds_left, result," \
    " result_file, error_key, error_params, attempts, cancel_wanted, created_at, started_at, finished_at,"         \
    " updated_at, run_after, node, lease, lease_until"

namespace santong::jobs::store {

void insert(sql::Tx& tx, Job const& job) {
    tx.insert_one("job", job);
}

std::optional<Job> find(sql::Tx& tx, core::JobId const& id) {
    return tx.optional_row<Job>("SELECT " SANTONG_JOB_COLUMNS " FROM job WHERE district_id = $1 AND id = $2",
                                tx.district(), id);
}

std::vector<Job> of_owner(sql::Tx& tx, core::AccountId const& owner, core::JobId const& before, int limit) {
    if (before.is_nil())
        return tx.rows<Job>("SELECT " SANTONG_JOB_COLUMNS
                            " FROM job WHERE district_id = $1 AND owner = $2 ORDER BY id DESC LIMIT $3",
                            tx.district(), owner, limit);
    return tx.rows<Job>("SELECT " SANTONG_JOB_COLUMNS
                        " FROM job WHERE district_id = $1 AND owner = $2 AND id < $3 ORDER BY id DESC LIMIT $4",
                        tx.district(), owner, before, limit);
}

std::optional<core::JobId> next_due(sql::Tx& tx, std::vector<std::string> const& kinds, core::Instant now) {
    return tx.value<core::JobId>(
        "SELECT id FROM job WHERE district_id = $1 AND kind {in $3} AND ((state = 'queued' AND run_after <= $2)"
        " OR (state = 'running' AND lease_until <= $2)) ORDER BY run_after, id LIMIT 1",
        tx.district(), now, kinds);
}

std::optional<Job> claim(sql::Tx& tx, core::JobId const& id, Claim const& claim) {
    return tx.optional_row<Job>(
        "UPDATE job SET state = 'running', lease = $3, node = $4, lease_until = $6, attempts = attempts + 1,"
        " started_at = COALESCE(started_at, $5), updated_at = $5"
        " WHERE district_id = $1 AND id = $2 AND ((state = 'queued' AND run_after <= $5)"
        " OR (state = 'running' AND lease_until <= $5)) RETURNING " SANTONG_JOB_COLUMNS,
        tx.district(), id, claim.lease, claim.node, claim.now, claim.until);
}

long release_node(sql::Tx& tx, std::string const& node, core::Instant now) {
    return tx.execute(
        "UPDATE job SET lease_until = $3 WHERE district_id = $1 AND node = $2 AND state = 'running'"
        " AND lease_until > $3",
        tx.district(), node, now);
}

bool renew(sql::Tx& tx, Job const& job, core::Instant until) {
    return tx.execute("UPDATE job SET lease_until = $4 WHERE district_id = $1 AND id = $2 AND lease = $3",
                      tx.district(), job.id, job.lease, until) == 1;
}

bool save_progress(sql::Tx& tx, Job const& job) {
    return tx.execute(
               "UPDATE job SET done = $4, total = $5, step_key = $6, step_params = $7, seconds_left = $8,"
               " updated_at = $9 WHERE district_id = $1 AND id = $2 AND lease = $3",
               tx.district(), job.id, job.lease, job.done, job.total, job.step_key, job.step_params, job.seconds_left,
               job.updated_at) == 1;
}

bool save_checkpoint(sql::Tx& tx, Job const& job) {
    return tx.execute(
               "UPDATE job SET checkpoint = $4, attempts = 0, updated_at = $5"
               " WHERE district_id = $1 AND id = $2 AND lease = $3",
               tx.district(), job.id, job.lease, job.checkpoint, job.updated_at) == 1;
}

bool release(sql::Tx& tx, Job const& job) {
    return tx.execute(
               "UPDATE job SET state = $4, done = $5, total = $6, seconds_left = NULL, result = $7, result_file = $8,"
               " error_key = $9, error_params = $10, attempts = $11, finished_at = $12, updated_at = $13,"
               " run_after = $14, lease = NULL, lease_until = 0"
               " WHERE district_id = $1 AND id = $2 AND lease = $3",
               tx.district(), job.id, job.lease, job.state, job.done, job.total, job.result, job.result_file,
               job.error_key, job.error_params, job.attempts, job.finished_at, job.updated_at, job.run_after) == 1;
}

std::optional<bool> cancel_wanted(sql::Tx& tx, Job const& job) {
    return tx.value<bool>("SELECT cancel_wanted FROM job WHERE district_id = $1 AND id = $2 AND lease = $3",
                          tx.district(), job.id, job.lease);
}

bool want_cancel(sql::Tx& tx, core::JobId const& id, core::Instant now) {
    return tx.execute(
               "UPDATE job SET cancel_wanted = TRUE, updated_at = $3,"
               " finished_at = CASE WHEN state = 'queued' THEN $3 ELSE finished_at END,"
               " state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END"
               " WHERE district_id = $1 AND id = $2 AND (state = 'queued' OR state = 'running')",
               tx.district(), id, now) == 1;
}

std::vector<Job> ended_before(sql::Tx& tx, core::Instant before, int limit) {
    return tx.rows<Job>("SELECT " SANTONG_JOB_COLUMNS
                        " FROM job WHERE district_id = $1 AND finished_at < $2 ORDER BY finished_at LIMIT $3",
                        tx.district(), before, limit);
}

void remove(sql::Tx& tx, core::JobId const& id) {
    tx.execute("DELETE FROM job WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::jobs::store

#undef SANTONG_JOB_COLUMNS
