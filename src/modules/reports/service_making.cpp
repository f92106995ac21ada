#include "modules/reports/service_making.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "modules/reports/store.hpp"
#include "modules/reports/telling.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/accounts.hpp"

namespace santong::reports {

namespace {

constexpr char job_kind[] = "reports.make";
/// A job that has not made all in this time has ended without it: the next look queues another one.
constexpr std::int64_t patience_ms = 2 * 3'600'000;

struct MakingInput {
    std::string month;
};
BOOST_DESCRIBE_STRUCT(MakingInput, (), (month))

/// Last month's reports that are not there yet.
std::vector<Report> missing(sql::Tx& tx, core::Clock const& clock) {
    auto const today = roster::today(tx, clock);
    auto const month = month_before(today);
    auto const first = core::LocalDate::parse(month + "-01").value_or(core::LocalDate{});
    bool const taught = std::ranges::any_of(roster::terms(tx), [&](roster::Term const& term) {
        return term.from_date <= today && term.from_date.text().substr(0, 7) <= month && term.to_date >= first;
    });
    std::vector<Report> reports;
    if (!taught) return reports;
    std::set<core::OrgId> known;
    for (auto const& one : store::of_month(tx, month)) known.insert(one.school_id);
    auto const due_on = due_of(month, store::policy(tx).due_day);
    for (auto const& school : roster::schools(tx)) {
        if (known.contains(school.id)) continue;
        Report one;
        one.school_id = school.id;
        one.month = month;
        one.due_on = due_on;
        one.made_at = clock.now();
        reports.push_back(std::move(one));
    }
    return reports;
}

/// Whose job it is: he sees it among his own. Nobody if the district has neither of the two.
core::AccountId keeper(sql::Tx& tx, core::LocalDate today) {
    auto const root = roster::district(tx).org_id;
    for (auto const role : {auth::Role::info_office, auth::Role::sysadmin}) {
        auto const accounts = auth::accounts_of(tx, roster::holders(tx, role, root, "", today));
        if (!accounts.empty()) return accounts.front().id;
    }
    return {};
}

}  // namespace

void make_due(sql::Database& db, core::DistrictId district, core::Clock const& clock, Making const& tell) {
    auto const wanted = db.read(district, [&](sql::Tx& tx) { return missing(tx, clock); });
    std::int64_t done = 0;
    for (auto const& report : wanted) {
        if (tell && !tell(done, static_cast<std::int64_t>(wanted.size()))) return;
        db.transact(district, [&](sql::Tx& tx) {
            if (store::add(tx, {report}) != 1) return;
            say_moved(tx, report);
            tell_to_sign(tx, clock.now(), report);
        });
        ++done;
    }
}

void queue_due(MakingPlace const& at, core::DistrictId district) {
    auto const wanted = at.db.read(district, [&](sql::Tx& tx) { return missing(tx, at.clock); });
    if (wanted.empty()) return;
    at.db.transact(district, [&](sql::Tx& tx) {
        auto const& month = wanted.front().month;
        auto const known = store::making(tx, month);
        if (known && at.clock.now().ms - known->queued_at.ms < patience_ms) return;
        auto const owner = keeper(tx, roster::today(tx, at.clock));
        auto const job =
            at.jobs.add(tx, {job_kind, owner, roster::district(tx).org_id, core::json::write(MakingInput{month})});
        store::put_making(tx, {month, job, at.clock.now()});
    });
}

void register_making(jobs::JobRunner& runner, MakingPlace const& at) {
    runner.on(job_kind, [at](jobs::JobContext& context) {
        // Every report that is there stays, so the work goes on where it was cut off by beginning anew.
        make_due(at.db, context.district(), at.clock, [&](std::int64_t done, std::int64_t of) {
            context.progress(done, of, "reports.making");
            return !context.cancelled();
        });
        context.finish("{}");
    });
}

}  // namespace santong::reports
