#include "platform/jobs/service.hpp"

#include "platform/jobs/permissions.hpp"
#include "platform/jobs/store.hpp"

namespace santong::jobs {

namespace {

constexpr int batch = 200;

class ResultAccess final : public files::FileAccess {
public:
    std::string holder_type() const override { return jobs::holder_type; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const id = core::JobId::parse(reference.holder_id);
        if (!id || !caller.signed_in()) return false;
        auto const job = store::find(tx, *id);
        return job && job->owner == caller.account;
    }
};

/// The job if this caller may see it.
core::Result<Job> visible(sql::Tx& tx, auth::Caller const& caller, core::JobId const& id) {
    auto job = store::find(tx, id);
    if (!job || !caller.signed_in()) return core::not_found("jobs.not_found");
    bool const overseen = job->org_id && caller.may(tx, permissions::oversee, *job->org_id);
    if (job->owner != caller.account && !overseen) return core::not_found("jobs.not_found");
    return std::move(*job);
}

}  // namespace

JobProgress progress_of(Job const& job) {
    return {job.id,           job.kind,        job.state,        job.done,          job.total,
            job.step_key,     job.step_params, job.seconds_left, job.cancel_wanted, job.error_key,
            job.error_params, job.created_at,  job.started_at,   job.finished_at};
}

JobView view_of(Job const& job, bool mine) {
    JobView view{progress_of(job), mine, {}, {}};
    if (!mine) return view;
    view.result = job.result;
    view.result_file = job.result_file;
    return view;
}

std::unique_ptr<files::FileAccess> Jobs::file_access() {
    return std::make_unique<ResultAccess>();
}

core::JobId Jobs::add(sql::Tx& tx, NewJob const& wish) const {
    Job job;
    job.id = core::JobId::make();
    job.kind = wish.kind;
    job.owner = wish.owner;
    job.org_id = wish.org_id;
    job.input.value = wish.input;
    job.created_at = job.updated_at = job.run_after = clock_.now();
    store::insert(tx, job);
    tx.after_commit([this] {
        std::lock_guard const lock(mutex_);
        if (added_) added_();
    });
    return job.id;
}

core::Result<JobView> Jobs::find(auth::Caller const& caller, core::JobId const& id) const {
    return db_.read(caller.district, [&](sql::Tx& tx) -> core::Result<JobView> {
        auto const job = TRY(visible(tx, caller, id));
        return view_of(job, job.owner == caller.account);
    });
}

core::Page<JobView> Jobs::list(auth::Caller const& caller, core::JobId const& before, int limit) const {
    auto const rows =
        db_.read(caller.district, [&](sql::Tx& tx) { return store::of_owner(tx, caller.account, before, limit + 1); });
    core::Page<JobView> page;
    for (auto const& job : rows) {
        if (page.items.size() == static_cast<std::size_t>(limit)) {
            page.next = page.items.back().id.text();
            break;
        }
        page.items.push_back(view_of(job, true));
    }
    return page;
}

core::Result<JobView> Jobs::cancel(auth::Caller const& caller, core::JobId const& id) const {
    return db_.transact(caller.district, [&](sql::Tx& tx) -> core::Result<JobView> {
        auto const job = TRY(visible(tx, caller, id));
        if (!store::want_cancel(tx, id, clock_.now())) return core::conflict("jobs.ended");
        return view_of(store::find(tx, id).value(), job.owner == caller.account);
    });
}

std::optional<JobState> Jobs::state(sql::Tx& tx, core::JobId const& id) {
    auto const job = store::find(tx, id);
    return job ? std::optional(job->state) : std::nullopt;
}

std::int64_t Jobs::remove_old(core::DistrictId district, std::int64_t keep_ms) const {
    core::Instant const before{clock_.now().ms - keep_ms};
    for (std::int64_t removed = 0;;) {
        auto const count = db_.transact(district, [&](sql::Tx& tx) {
            auto const old = store::ended_before(tx, before, batch);
            for (auto const& job : old) {
                if (job.result_file) files_.release(tx, *job.result_file, holder_type, job.id.text());
                store::remove(tx, job.id);
            }
            return old.size();
        });
        removed += static_cast<std::int64_t>(count);
        if (count < batch) return removed;
    }
}

}  // namespace santong::jobs
