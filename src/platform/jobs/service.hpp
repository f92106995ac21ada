#pragma once
// The door of jobs: long work that survives the process and shows its progress.
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "platform/auth/caller.hpp"
#include "platform/files/service.hpp"
#include "platform/jobs/domain.hpp"

namespace santong::jobs {

/// The jobs of all districts of this node. Thread-safe after start.
class Jobs {
public:
    Jobs(sql::Database& db, files::Files& files, core::Clock const& clock) : db_(db), files_(files), clock_(clock) {}

    /// Puts work into the queue, in the transaction of the use case that wants it.
    core::JobId add(sql::Tx& tx, NewJob const& wish) const;

    /// The job, if it is the caller's or he oversees its organisation; not_found otherwise.
    core::Result<JobView> find(auth::Caller const& caller, core::JobId const& id) const;
    /// The caller's own, newest first.
    core::Page<JobView> list(auth::Caller const& caller, core::JobId const& before, int limit) const;
    /// A waiting job ends at once, a running one when its handler next looks. Refuses one that has ended
    /// ("jobs.ended").
    core::Result<JobView> cancel(auth::Caller const& caller, core::JobId const& id) const;

    /// How a job stands, for the module that added it; nothing if it has been removed.
    static std::optional<JobState> state(sql::Tx& tx, core::JobId const& id);

    /// Removes what ended more than `keep_ms` ago, with its result files; returns how many.
    std::int64_t remove_old(core::DistrictId district, std::int64_t keep_ms) const;

    /// Lets the owner of a job read its result file; to be registered with Files at start.
    static std::unique_ptr<files::FileAccess> file_access();

    /// Told after a commit that added work; set by the runner of this process while it runs.
    void on_added(std::function<void()> listener) {
        std::lock_guard const lock(mutex_);
        added_ = std::move(listener);
    }

    sql::Database& database() const { return db_; }
    files::Files& files() const { return files_; }
    core::Clock const& clock() const { return clock_; }

private:
    sql::Database& db_;
    files::Files& files_;
    core::Clock const& clock_;
    mutable std::mutex mutex_;
    std::function<void()> added_;
};

/// How far a job is.
JobProgress progress_of(Job const& job);
/// How a job looks to its owner (`mine`), or to somebody who oversees it.
JobView view_of(Job const& job, bool mine);

/// As FileReference says it.
inline constexpr char const* holder_type = "jobs.Job";

}  // namespace santong::jobs
