#include "platform/jobs/runner.hpp"
#include "platform/jobs/store.hpp"

namespace santong::jobs {

namespace {

constexpr auto write_interval = std::chrono::milliseconds(500);

}  // namespace

JobContext::JobContext(JobRunner& runner, core::DistrictId district, Job job)
    : runner_(runner),
      district_(district),
      job_(std::move(job)),
      first_done_(job_.done),
      began_(std::chrono::steady_clock::now()),
      written_(began_ - write_interval),
      looked_(began_ - write_interval) {}

/// Writes while the lease is held; who has lost it must not write any more.
void JobContext::save(bool (*write)(sql::Tx&, Job const&)) {
    job_.updated_at = runner_.jobs_.clock().now();
    bool const held = runner_.jobs_.database().transact(district_, [&](sql::Tx& tx) { return write(tx, job_); });
    if (!held) throw JobInterrupted(JobInterrupted::Reason::lease_lost);
    runner_.publish(district_, job_);
}

std::int64_t JobContext::seconds_left(std::int64_t done, std::int64_t total) const {
    auto const elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    auto const share = static_cast<double>(total - done) / static_cast<double>(done - first_done_);
    return static_cast<std::int64_t>(elapsed * share + 0.5);
}

void JobContext::progress(std::int64_t done, std::int64_t total, std::string const& step_key,
                          core::ErrorParams const& params) {
    auto const now = std::chrono::steady_clock::now();
    bool const new_step = step_key != job_.step_key;
    job_.done = done;
    job_.total = total;
    job_.step_key = step_key;
    job_.step_params.value = core::json::write(params);
    job_.seconds_left.reset();
    if (total > 0 && done > first_done_ && done <= total) job_.seconds_left = seconds_left(done, total);
    if (!new_step && now - written_ < write_interval) return;
    written_ = now;
    save(store::save_progress);
}

bool JobContext::cancelled() {
    auto const now = std::chrono::steady_clock::now();
    if (cancelled_ || now - looked_ < write_interval) return cancelled_;
    looked_ = now;
    auto const wanted =
        runner_.jobs_.database().read(district_, [&](sql::Tx& tx) { return store::cancel_wanted(tx, job_); });
    if (!wanted) throw JobInterrupted(JobInterrupted::Reason::lease_lost);
    return cancelled_ = *wanted;
}

void JobContext::checkpoint(std::string json) {
    job_.checkpoint.value = std::move(json);
    job_.attempts = 0;
    save(store::save_checkpoint);
    if (runner_.stopping_) throw JobInterrupted(JobInterrupted::Reason::stopping);
}

void JobContext::fail(core::Error const& error) {
    failed_ = true;
    job_.error_key = error.key;
    job_.error_params.value = core::json::write(error.params);
}

}  // namespace santong::jobs
