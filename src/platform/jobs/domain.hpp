#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/described.hpp"
#include "core/error.hpp"

namespace santong::jobs {

using LeaseId = core::Id<struct LeaseTag>;

enum class JobState : int { queued, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, failed, cancelled)

inline bool ended(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

/// A piece of long work, as it stands in its row.
struct Job {
    core::JobId id;
    std::string kind;  ///< "roster.import"; says which handler does it
    JobState state = JobState::queued;
    core::AccountId owner;
    std::optional<core::OrgId> org_id;  ///< whose administrators may see and cancel it
    core::RawJson input;
    core::RawJson checkpoint;  ///< null until the handler has saved one
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0 = not known
    std::string step_key;    ///< i18n key of what is being done
    core::RawJson step_params{"{}"};
    std::optional<std::int64_t> seconds_left;
    core::RawJson result;
    std::optional<core::FileId> result_file;
    std::string error_key;
    core::RawJson error_params{"{}"};
    std::int32_t attempts = 0;  ///< since the last checkpoint
    bool cancel_wanted = false;
    core::Instant created_at;
    std::optional<core::Instant> started_at;
    std::optional<core::Instant> finished_at;
    core::Instant updated_at;
    core::Instant run_after;
    std::string node;              ///< app node that works or worked on it
    std::optional<LeaseId> lease;  ///< who holds it may write; everybody else has lost it
    core::Instant lease_until;
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (id, kind, state, owner, org_id, input, checkpoint, done, total, step_key, step_params,
                       seconds_left, result, result_file, error_key, error_params, attempts, cancel_wanted, created_at,
                       started_at, finished_at, updated_at, run_after, node, lease, lease_until))

/// How far a job is: what everybody hears who may see it.
struct JobProgress {
    core::JobId id;
    std::string kind;
    JobState state = JobState::queued;
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string step_key;
    core::RawJson step_params{"{}"};
    std::optional<std::int64_t> seconds_left;
    bool cancel_wanted = false;
    std::string error_key;
    core::RawJson error_params{"{}"};
    core::Instant created_at;
    std::optional<core::Instant> started_at;
    std::optional<core::Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobProgress, (),
                      (id, kind, state, done, total, step_key, step_params, seconds_left, cancel_wanted, error_key,
                       error_params, created_at, started_at, finished_at))

/// A job as its owner sees it. An administrator who looks sees no result: it may hold names and marks.
struct JobView : JobProgress {
    bool mine = true;
    core::RawJson result;
    std::optional<core::FileId> result_file;
};
BOOST_DESCRIBE_STRUCT(JobView, (JobProgress), (mine, result, result_file))

/// What a module says of new work.
struct NewJob {
    std::string kind;
    core::AccountId owner;
    std::optional<core::OrgId> org_id;
    std::string input = "null";  ///< JSON for the handler
};

}  // namespace santong::jobs
