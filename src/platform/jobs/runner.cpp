#include "platform/jobs/runner.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "platform/jobs/store.hpp"
#include "platform/log/log.hpp"

namespace santong::jobs {

namespace {

constexpr std::int64_t first_pause_ms = 5'000;

}  // namespace

std::string topic_of(core::JobId const& id) {
    return topic_prefix + id.text();
}

JobRunner::JobRunner(Jobs& jobs, notify::Hub* hub, RunnerOptions options)
    : jobs_(jobs), hub_(hub), options_(std::move(options)) {}

JobRunner::~JobRunner() {
    stop();
}

void JobRunner::on(std::string kind, JobHandler handler) {
    kinds_.push_back(kind);
    SANTONG_ASSERT(handlers_.emplace(std::move(kind), std::move(handler)).second);
}

void JobRunner::start() {
    stopping_ = false;
    auto const now = jobs_.clock().now();
    for (auto const district : options_.districts)
        jobs_.database().transact(district, [&](sql::Tx& tx) { store::release_node(tx, options_.node, now); });
    jobs_.on_added([this] {
        std::lock_guard const lock(mutex_);
        ++added_;
        wake_.notify_all();
    });
    for (int i = 0; i < options_.workers; ++i) threads_.emplace_back([this](std::stop_token stop) { work(stop); });
    threads_.emplace_back([this](std::stop_token stop) { keep(stop); });
}

void JobRunner::stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();  // joins
    jobs_.on_added({});
}

void JobRunner::work(std::stop_token stop) {
    while (!stop.stop_requested()) {
        std::uint64_t seen = 0;
        {
            std::lock_guard const lock(mutex_);
            seen = added_;
        }
        try {
            while (!stop.stop_requested() && run_one()) {}
        } catch (std::exception const& error) {
            log::error("job worker", {{"reason", error.what()}});
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, std::chrono::milliseconds(options_.poll_ms), [&] { return added_ != seen; });
    }
}

bool JobRunner::run_one() {
    for (auto const district : options_.districts) {
        auto job = claim(district);
        if (!job) continue;
        run(district, std::move(*job));
        return true;
    }
    return false;
}

std::optional<Job> JobRunner::claim(core::DistrictId district) {
    auto const now = jobs_.clock().now();
    auto const due = jobs_.database().read(district, [&](sql::Tx& tx) { return store::next_due(tx, kinds_, now); });
    if (!due) return std::nullopt;
    store::Claim const mine{LeaseId::make(), options_.node, now, now.plus_ms(options_.lease_ms)};
    return jobs_.database().transact(district, [&](sql::Tx& tx) { return store::claim(tx, *due, mine); });
}

void JobRunner::run(core::DistrictId district, Job job) {
    JobContext context(*this, district, std::move(job));
    {
        std::lock_guard const lock(mutex_);
        leases_.insert_or_assign(context.job_.id, Lease{district, context.job_});
    }
    publish(district, context.job_);
    call_handler(context);
    std::lock_guard const lock(mutex_);
    leases_.erase(context.job_.id);
}

void JobRunner::call_handler(JobContext& context) {
    auto& job = context.job_;
    try {
        // A job that kills its process again and again is given up, not tried for ever.
        if (job.attempts > options_.attempts)
            context.fail({core::ErrorCode::unavailable, "jobs.gave_up"});
        else if (!job.cancel_wanted)
            handlers_.at(job.kind)(context);
        else
            context.cancelled_ = true;
        end(context);
    } catch (JobInterrupted const& interrupted) {
        if (interrupted.reason() == JobInterrupted::Reason::lease_lost) return;
        job.state = JobState::queued;
        job.attempts = std::max(0, job.attempts - 1);
        jobs_.database().transact(context.district_, [&](sql::Tx& tx) { store::release(tx, job); });
    } catch (std::exception const& error) {
        log::error("job broke off", {{"kind", job.kind}, {"job", job.id.text()}, {"reason", error.what()}});
        retry_later(job, jobs_.clock().now());
        jobs_.database().transact(context.district_, [&](sql::Tx& tx) { store::release(tx, job); });
        publish(context.district_, job);
    }
}

void JobRunner::retry_later(Job& job, core::Instant now) const {
    job.updated_at = now;
    if (job.attempts >= options_.attempts) {
        job.state = JobState::failed;
        job.error_key = "jobs.gave_up";
        job.finished_at = now;
        return;
    }
    job.state = JobState::queued;
    job.run_after = now.plus_ms(first_pause_ms << job.attempts);
}

void JobRunner::end(JobContext& context) {
    auto& job = context.job_;
    job.updated_at = jobs_.clock().now();
    job.finished_at = job.updated_at;
    job.state = JobState::done;
    if (context.cancelled_ && !context.finished_) job.state = JobState::cancelled;
    if (context.failed_) job.state = JobState::failed;
    if (job.state == JobState::done) job.done = job.total;
    bool const held = jobs_.database().transact(context.district_, [&](sql::Tx& tx) {
        if (!store::release(tx, job)) return false;
        if (job.result_file) (void)jobs_.files().hold(tx, *job.result_file, holder_type, job.id.text(), job.org_id);
        return true;
    });
    if (held) publish(context.district_, job);
}

void JobRunner::publish(core::DistrictId district, Job const& job) {
    if (!hub_) return;
    hub_->publish(district, topic_of(job.id), core::json::write(progress_of(job)));
    if (ended(job.state)) hub_->close_topic(district, topic_of(job.id));
}

void JobRunner::keep(std::stop_token stop) {
    auto renewed = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, std::chrono::milliseconds(options_.poll_ms), [] { return false; });
        }
        try {
            auto const now = std::chrono::steady_clock::now();
            if (now - renewed >= std::chrono::milliseconds(options_.lease_ms / 3)) {
                renewed = now;
                renew_leases();
            }
            if (hub_) tell_watchers();
        } catch (std::exception const& error) {
            log::error("job keeper", {{"reason", error.what()}});
        }
    }
}

void JobRunner::renew_leases() {
    std::vector<Lease> running;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, lease] : leases_) running.push_back(lease);
    }
    auto const until = jobs_.clock().now().plus_ms(options_.lease_ms);
    // One that is lost shows when its handler next writes.
    for (auto const& lease : running)
        jobs_.database().transact(lease.district, [&](sql::Tx& tx) { store::renew(tx, lease.job, until); });
}

/// Progress of watched jobs that other nodes do, read from their rows.
void JobRunner::tell_watchers() {
    std::map<core::JobId, core::Instant> still;
    for (auto const district : options_.districts) {
        for (auto const& topic : hub_->heard(district, topic_prefix)) {
            auto const id = core::JobId::parse(std::string_view(topic).substr(std::string_view(topic_prefix).size()));
            auto const job =
                id ? jobs_.database().read(district, [&](sql::Tx& tx) { return store::find(tx, *id); }) : std::nullopt;
            if (!job) {
                hub_->close_topic(district, topic);
                continue;
            }
            auto const told = told_.find(*id);
            if (told == told_.end() || told->second != job->updated_at) publish(district, *job);
            still.emplace(*id, job->updated_at);
        }
    }
    told_ = std::move(still);
}

}  // namespace santong::jobs
