#pragma once
// Threads that do the jobs.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/json.hpp"
#include "platform/jobs/service.hpp"
#include "platform/notify/hub.hpp"

namespace santong::jobs {

/// Thrown through a handler when its work must stop here: the process ends, or another node has taken the job over.
/// Handlers let it pass.
class JobInterrupted : public std::runtime_error {
public:
    enum class Reason { stopping, lease_lost };
    explicit JobInterrupted(Reason reason) : runtime_error("job interrupted"), reason_(reason) {}
    Reason reason() const { return reason_; }

private:
    Reason reason_;
};

class JobRunner;

/// What a handler works with. A handler runs at least once: after a crash it runs again from its checkpoint, so what it
/// wrote after that must not be doubled by writing it again.
class JobContext {
public:
    Job const& job() const { return job_; }
    core::DistrictId district() const { return district_; }
    template <class T>
    core::Result<T> input() const {
        return core::json::read<T>(job_.input.value);
    }
    /// What the last `checkpoint` saved; empty at the first start.
    template <class T>
    core::Result<std::optional<T>> saved() const {
        if (job_.checkpoint.value == "null") return std::optional<T>();
        return std::optional<T>(TRY(core::json::read<T>(job_.checkpoint.value)));
    }

    /// Shows how far the work is; written at most twice a second. `total` 0 = not known.
    void progress(std::int64_t done, std::int64_t total, std::string const& step_key,
                  core::ErrorParams const& params = {});
    /// Somebody wants the job to stop: tidy up and return.
    bool cancelled();
    /// Saves where to go on from. Throws JobInterrupted if the process is stopping.
    void checkpoint(std::string json);

    /// The end: what came out, a file (held for the owner), or a refusal that trying again would not change.
    void finish(std::string result_json) {
        job_.result.value = std::move(result_json);
        finished_ = true;
    }
    void finish_with_file(core::FileId const& file) {
        job_.result_file = file;
        finished_ = true;
    }
    void fail(core::Error const& error);

private:
    friend class JobRunner;
    JobContext(JobRunner& runner, core::DistrictId district, Job job);
    void save(bool (*write)(sql::Tx&, Job const&));
    std::int64_t seconds_left(std::int64_t done, std::int64_t total) const;

    JobRunner& runner_;
    core::DistrictId district_;
    Job job_;
    std::int64_t first_done_ = 0;
    std::chrono::steady_clock::time_point began_, written_, looked_;
    bool finished_ = false;
    bool failed_ = false;
    bool cancelled_ = false;
};

using JobHandler = std::function<void(JobContext&)>;

struct RunnerOptions {
    std::vector<core::DistrictId> districts;
    std::string node = "local";  ///< the same after a restart: its own jobs go on at once
    int workers = 2;
    std::int64_t lease_ms = 60'000;  ///< how long a dead worker's job waits on another node
    std::int64_t poll_ms = 1'000;    ///< how often idle workers look for work of other nodes
    int attempts = 5;                ///< broken ones without a checkpoint in between before the job has failed
};

/// Does the jobs of all kinds it has handlers for.
class JobRunner {
public:
    /// `hub` may be null: then progress is only in the rows.
    JobRunner(Jobs& jobs, notify::Hub* hub, RunnerOptions options);
    ~JobRunner();
    JobRunner(JobRunner const&) = delete;
    JobRunner& operator=(JobRunner const&) = delete;

    /// Before `start` only.
    void on(std::string kind, JobHandler handler);
    /// Starts the threads; jobs that this node's former process left go on.
    void start();
    /// Asks running handlers to save and stop, waits for them; their jobs go back into the queue.
    void stop();
    /// Does one due job on this thread; false if there is none.
    bool run_one();

private:
    friend class JobContext;
    struct Lease {
        core::DistrictId district = 0;
        Job job;  ///< as it was claimed; only its id and lease matter
    };
    void work(std::stop_token stop);
    void keep(std::stop_token stop);
    void renew_leases();
    void tell_watchers();
    std::optional<Job> claim(core::DistrictId district);
    void run(core::DistrictId district, Job job);
    void call_handler(JobContext& context);
    void end(JobContext& context);
    void retry_later(Job& job, core::Instant now) const;
    void publish(core::DistrictId district, Job const& job);

    Jobs& jobs_;
    notify::Hub* hub_;
    RunnerOptions options_;
    std::map<std::string, JobHandler> handlers_;
    std::vector<std::string> kinds_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::uint64_t added_ = 0;
    std::map<core::JobId, Lease> leases_;
    std::map<core::JobId, core::Instant> told_;  ///< of jobs that other nodes do; the keeper's alone
    std::vector<std::jthread> threads_;
};

/// What all topics of jobs begin with.
inline constexpr char const* topic_prefix = "job:";
/// The topic that a job's progress is published under.
std::string topic_of(core::JobId const& id);

}  // namespace santong::jobs
