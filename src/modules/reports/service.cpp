#include "modules/reports/service.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/reports/content.hpp"
#include "modules/reports/permissions.hpp"
#include "modules/reports/reading.hpp"
#include "modules/reports/standing.hpp"
#include "modules/reports/store.hpp"
#include "modules/reports/telling.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::reports {

namespace {

void tell(sql::Tx& tx, auth::Caller const& caller, Report const& report, char const* act) {
    say_moved(tx, report);
    auth::audit(tx, caller, {act, report.school_id.text(), core::json::write(moved(report))});
}

/// A box knows its own figures only, and lacks what was done elsewhere: whoever explains or signs does it above.
core::Result<void> made_here(sql::Database& db) {
    auto const above = nodes::address_above(db);
    if (above.empty()) return {};
    return core::conflict("reports.above", {{"url", above}});
}

/// The latest version of a report that the caller may see at all.
core::Result<Report> latest(sql::Tx& tx, Standing const& stand, ReportAt const& at) {
    auto found = store::find(tx, at.school_id, at.month);
    if (!found || !stand.sees()) return core::not_found("reports.not_found");
    return std::move(*found);
}

/// A fresh version after a frozen one.
Report next_version(Report const& before, core::Instant now) {
    Report next;
    next.school_id = before.school_id;
    next.month = before.month;
    next.version = before.version + 1;
    next.due_on = before.due_on;
    next.made_at = now;
    return next;
}

core::Result<void> check_reason(std::string const& reason) {
    if (reason.size() < shortest_reason) return core::invalid_at("/reason", "reports.reason_short");
    if (reason.size() > longest_reason) return core::invalid_at("/reason", "reports.reason_long");
    return {};
}

}  // namespace

core::Result<ReportView> explain(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at, NewReason const& said) {
    if (!said.reason.empty()) TRY_VOID(check_reason(said.reason));
    TRY_VOID(made_here(db));
    auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const stand = standing(tx, caller, at.school_id, roster::today(tx, clock));
        auto const report = TRY(latest(tx, stand, at));
        if (!stand.explains) return core::forbidden();
        if (report.frozen()) return core::conflict("reports.frozen");
        if (said.reason.empty()) {
            store::remove_reason(tx, at.school_id, at.month, said.line);
            return {};
        }
        auto const content = TRY(content_of(tx, clock, at.school_id, at.month));
        if (std::ranges::find(content.lines, said.line, &ReportLine::line) == content.lines.end())
            return core::not_found("reports.no_such_line");
        store::put_reason(tx, {at.school_id, at.month, said.line, said.reason, caller.person, clock.now()});
        return {};
    });
    if (!done) return done.error();
    return report(db, caller, clock, at);
}

core::Result<ReportView> sign(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              ReportAt const& at, Signature const& signature) {
    TRY_VOID(made_here(db));
    auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const today = roster::today(tx, clock);
        auto const stand = standing(tx, caller, at.school_id, today);
        auto report = TRY(latest(tx, stand, at));
        if (!stand.signs) return core::forbidden();
        auto const was = report.state;
        if (report.frozen()) return core::conflict("reports.frozen");
        auto const content = TRY(signed_content(tx, clock, report));
        auto const left = unexplained(content);
        if (left > 0) return core::conflict("reports.unexplained", {{"count", std::to_string(left)}});
        report.content = core::RawJson{core::json::write(content)};
        report.content_hash = hash_of(content);
        if (report.content_hash != signature.content_hash) return core::conflict("reports.changed");
        report.state = stand.central ? ReportState::signed_off : ReportState::arrived;
        report.signed_by = caller.person;
        report.signed_at = clock.now();
        if (!store::update(tx, report, was)) return core::conflict("reports.frozen");
        tell(tx, caller, report, "reports.signed");
        tell_signed(tx, clock.now(), report, stand.central);
        return {};
    });
    if (!done) return done.error();
    return report(db, caller, clock, at);
}

core::Result<ReportView> pass_on(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at) {
    TRY_VOID(made_here(db));
    auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const stand = standing(tx, caller, at.school_id, roster::today(tx, clock));
        auto report = TRY(latest(tx, stand, at));
        if (!stand.passes_on) return core::forbidden();
        if (report.state != ReportState::signed_off) return core::conflict("reports.not_signed");
        report.state = ReportState::arrived;
        report.passed_by = caller.person;
        report.passed_at = clock.now();
        if (!store::update(tx, report, ReportState::signed_off)) return core::conflict("reports.not_signed");
        tell(tx, caller, report, "reports.passed_on");
        settle_report(tx, clock.now(), report);
        return {};
    });
    if (!done) return done.error();
    return report(db, caller, clock, at);
}

core::Result<ReportView> send_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   ReportAt const& at, ReturnWish const& wish) {
    TRY_VOID(check_reason(wish.reason));
    TRY_VOID(made_here(db));
    auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const stand = standing(tx, caller, at.school_id, roster::today(tx, clock));
        auto const report = TRY(latest(tx, stand, at));
        bool const central = stand.passes_on && report.state == ReportState::signed_off;
        bool const county = stand.receives && report.state == ReportState::arrived;
        if (!stand.passes_on && !stand.receives) return core::forbidden();
        if (!central && !county) return core::conflict("reports.not_signed");
        auto next = next_version(report, clock.now());
        next.state = ReportState::returned;
        next.returned_by = caller.person;
        next.returned_at = clock.now();
        next.return_reason = wish.reason;
        store::add(tx, {next});
        tell(tx, caller, next, "reports.returned");
        tell_returned(tx, clock.now(), next);
        return {};
    });
    if (!done) return done.error();
    return report(db, caller, clock, at);
}

core::Result<ReportView> correct(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at) {
    TRY_VOID(made_here(db));
    auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const stand = standing(tx, caller, at.school_id, roster::today(tx, clock));
        auto const report = TRY(latest(tx, stand, at));
        if (!stand.signs) return core::forbidden();
        if (!report.frozen()) return core::conflict("reports.not_signed");
        auto const next = next_version(report, clock.now());
        store::add(tx, {next});
        tell(tx, caller, next, "reports.corrected");
        return {};
    });
    if (!done) return done.error();
    return report(db, caller, clock, at);
}

core::Result<ReportPolicy> set_policy(sql::Database& db, auth::Caller const& caller, ReportPolicy const& policy) {
    constexpr int latest_day = 28, most_seconds = 600;
    if (policy.due_day < 1 || policy.due_day > latest_day) return core::invalid_at("/due_day", "reports.no_such_day");
    if (policy.seconds_per_field < 1 || policy.seconds_per_field > most_seconds)
        return core::invalid_at("/seconds_per_field", "reports.no_such_seconds");
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ReportPolicy> {
        TRY_VOID(caller.require(tx, permissions::receive, roster::district(tx).org_id));
        store::put_policy(tx, policy);
        feed::put(tx, {"reports.Policy", "policy", {}}, policy);
        auth::audit(tx, caller, {"reports.policy_set", "", core::json::write(policy)});
        return policy;
    });
}

void write_demo(sql::Tx& tx, core::Clock const& clock, std::vector<DemoReport> const& reports) {
    auto const due_day = store::policy(tx).due_day;
    for (auto const& wish : reports) {
        Report one;
        one.school_id = wish.school_id;
        one.month = wish.month;
        one.due_on = due_of(wish.month, due_day);
        one.made_at = core::Zone{}.at(core::LocalDate{one.due_on.year, one.due_on.month, 1}, 5);
        one.state = wish.state == ReportState::returned ? ReportState::arrived : wish.state;
        if (one.frozen()) {
            auto content = content_of(tx, clock, wish.school_id, wish.month);
            if (!content) throw std::runtime_error(content.error().key);
            SignedContent whole{std::move(*content), {}};
            for (auto const& line : whole.content.lines) whole.reasons.push_back({line.line, wish.reason});
            one.content = core::RawJson{core::json::write(whole)};
            one.content_hash = hash_of(whole);
            one.signed_by = wish.principal;
            one.signed_at = wish.signed_at;
        }
        if (one.state == ReportState::arrived && !wish.passed_by.is_nil()) {
            one.passed_by = wish.passed_by;
            one.passed_at = wish.signed_at.plus_days(1);
        }
        store::add(tx, {one});
        say_moved(tx, one);
        if (one.state == ReportState::open) tell_to_sign(tx, one.made_at, one);
        if (one.state == ReportState::signed_off) tell_signed(tx, wish.signed_at, one, central_of(tx, one.school_id));
        if (wish.state != ReportState::returned) continue;
        auto next = next_version(one, wish.signed_at.plus_days(2));
        next.state = ReportState::returned;
        next.returned_by = wish.officer;
        next.returned_at = next.made_at;
        next.return_reason = wish.return_reason;
        store::add(tx, {next});
        say_moved(tx, next);
        tell_returned(tx, next.made_at, next);
    }
}

}  // namespace santong::reports
