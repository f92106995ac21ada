#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/reports/content.hpp"
#include "modules/reports/permissions.hpp"
#include "modules/reports/reading.hpp"
#include "modules/reports/service.hpp"
#include "modules/reports/standing.hpp"
#include "modules/reports/store.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/crypto.hpp"

namespace santong::reports {

namespace {

std::string month_of(core::LocalDate day) {
    return day.text().substr(0, 7);
}

core::Result<SignedContent> frozen(Report const& report) {
    return core::json::read<SignedContent>(report.content->value);
}

/// Whether this version's figures are the caller's to see, and how much of them.
bool shows(Standing const& stand, Report const& report) {
    return stand.within || (stand.from_above && report.state == ReportState::arrived);
}

void name_people(sql::Tx& tx, Report const& report, ReportView& view) {
    std::vector<core::PersonId> ids;
    for (auto const* one : {&report.signed_by, &report.passed_by, &report.returned_by}) {
        if (*one) ids.push_back(**one);
    }
    auto names = roster::names(tx, ids);
    if (report.signed_by) view.signed_by = names[*report.signed_by];
    if (report.passed_by) view.passed_by = names[*report.passed_by];
    if (report.returned_by) view.returned_by = names[*report.returned_by];
    view.signed_at = report.signed_at;
    view.passed_at = report.passed_at;
    view.returned_at = report.returned_at;
    view.return_reason = report.return_reason;
}

void fill_rights(Standing const& stand, Report const& report, bool latest, ReportView& view) {
    if (!latest || view.preview || !view.above_url.empty()) return;
    view.may_explain = stand.explains && !report.frozen();
    view.may_sign = stand.signs && !report.frozen();
    view.may_pass_on = stand.passes_on && report.state == ReportState::signed_off;
    view.may_return = view.may_pass_on || (stand.receives && report.state == ReportState::arrived);
    view.may_correct = stand.signs && report.frozen();
}

void fill_versions(sql::Tx& tx, Report const& report, SignedContent const& shown, bool above, ReportView& view) {
    std::optional<Report> before;
    for (auto const& one : store::versions(tx, report.school_id, report.month)) {
        view.versions.push_back({one.version, one.state, one.signed_at});
        if (one.version < report.version && one.content) before = one;
    }
    if (!before) return;
    auto old = frozen(*before);
    if (old) view.changes = changes(above ? from_above(std::move(*old)) : *old, shown);
}

/// The report of a month that goes on: as it stands, for those within.
Report running(core::OrgId const& school, std::string const& month, int due_day) {
    Report one;
    one.school_id = school;
    one.month = month;
    one.due_on = due_of(month, due_day);
    return one;
}

/// A report as it is seen at this place.
struct Seen {
    Report const& report;
    std::string const& above_url;
};

core::Result<ReportView> view_of(sql::Tx& tx, core::Clock const& clock, Standing const& stand, Seen const& seen) {
    auto const& report = seen.report;
    auto const today = roster::today(tx, clock);
    ReportView view;
    view.school_id = report.school_id;
    view.school = TRY(roster::org(tx, report.school_id)).name;
    view.month = report.month;
    view.version = report.version;
    view.state = report.state;
    view.late = report.late(today);
    view.due_on = report.due_on;
    view.today = today;
    view.within = stand.within;
    view.above_url = seen.above_url;
    view.policy = store::policy(tx);
    if (stand.central) view.central_school = TRY(roster::org(tx, *stand.central)).name;
    auto const newest = store::find(tx, report.school_id, report.month);
    view.preview = !newest;
    name_people(tx, report, view);
    fill_rights(stand, report, newest && newest->version == report.version, view);
    if (!shows(stand, report)) {
        for (auto const& one : store::versions(tx, report.school_id, report.month))
            view.versions.push_back({one.version, one.state, one.signed_at});
        return view;
    }
    auto content = TRY(signed_content(tx, clock, report));
    view.content_hash = report.frozen() ? report.content_hash : hash_of(content);
    view.effort = effort(content.content, content.reasons.size(), view.policy);
    if (!stand.within) content = from_above(std::move(content));
    fill_versions(tx, report, content, !stand.within, view);
    view.content = std::move(content.content);
    view.reasons = std::move(content.reasons);
    return view;
}

}  // namespace

std::string hash_of(SignedContent const& content) {
    return core::hex(auth::crypto::sha256(core::json::write(content)));
}

core::Result<SignedContent> signed_content(sql::Tx& tx, core::Clock const& clock, Report const& report) {
    if (report.frozen() && report.content) return frozen(report);
    SignedContent whole{TRY(content_of(tx, clock, report.school_id, report.month)), {}};
    std::set<std::string> stands;
    for (auto const& line : whole.content.lines) stands.insert(line.line);
    for (auto& one : store::reasons(tx, report.school_id, report.month)) {
        if (stands.contains(one.line)) whole.reasons.push_back({std::move(one.line), std::move(one.reason)});
    }
    return whole;
}

core::Result<ReportView> report(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                ReportAt const& at) {
    auto above = nodes::address_above(db);
    if (!above.empty()) above += "/reports/" + at.school_id.text() + "/" + at.month;
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ReportView> {
        auto const today = roster::today(tx, clock);
        auto const stand = standing(tx, caller, at.school_id, today);
        if (!stand.sees() || !roster::school(tx, at.school_id)) return core::not_found("reports.not_found");
        auto found = store::find(tx, at.school_id, at.month, at.version);
        if (!found && stand.within && at.month == month_of(today))
            found = running(at.school_id, at.month, store::policy(tx).due_day);
        if (!found) return core::not_found("reports.not_found");
        return view_of(tx, clock, stand, {*found, above});
    });
}

}  // namespace santong::reports
