#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::jobs::store {

void insert(sql::Tx& tx, Job const& job);
std::optional<Job> find(sql::Tx& tx, core::JobId const& id);
/// Newest first, from before `before` on (nil = from the newest).
std::vector<Job> of_owner(sql::Tx& tx, core::AccountId const& owner, core::JobId const& before, int limit);

/// The next job of these kinds that waits or whose worker has gone; nothing if there is none.
std::optional<core::JobId> next_due(sql::Tx& tx, std::vector<std::string> const& kinds, core::Instant now);
/// Who works on a job, and until when nobody else may.
struct Claim {
    LeaseId lease;
    std::string node;
    core::Instant now;
    core::Instant until;
};
/// Takes a due job; nothing if somebody else was faster.
std::optional<Job> claim(sql::Tx& tx, core::JobId const& id, Claim const& claim);
/// Ends the leases of a node that has started again: its former process cannot be working any more.
long release_node(sql::Tx& tx, std::string const& node, core::Instant now);

// Each of the following writes only while `job.lease` is held, and answers false if it is lost.
bool renew(sql::Tx& tx, Job const& job, core::Instant until);
bool save_progress(sql::Tx& tx, Job const& job);
bool save_checkpoint(sql::Tx& tx, Job const& job);
/// Writes the end of a job, or puts it back into the queue (`state`, `run_after`, `attempts`).
bool release(sql::Tx& tx, Job const& job);

std::optional<bool> cancel_wanted(sql::Tx& tx, Job const& job);
/// Asks a running job to stop, ends a waiting one. False if it has ended already.
bool want_cancel(sql::Tx& tx, core::JobId const& id, core::Instant now);
std::vector<Job> ended_before(sql::Tx& tx, core::Instant before, int limit);
void remove(sql::Tx& tx, core::JobId const& id);

}  // namespace santong::jobs::store
