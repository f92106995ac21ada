#include "modules/reports/telling.hpp"

#include "modules/messages/service.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::reports {

namespace {

using messages::MessageKind;

messages::Notice notice_of(MessageKind kind, Report const& report) {
    messages::Notice notice;
    notice.kind = kind;
    notice.about = "report/" + report.school_id.text() + "/" + report.month;
    notice.href = "/reports/" + report.school_id.text() + "/" + report.month;
    notice.place = report.school_id;
    notice.month = report.month;
    notice.who = report.returned_by;
    return notice;
}

std::vector<core::PersonId> principals(sql::Tx& tx, core::Instant now, core::OrgId const& school) {
    auto const today = roster::district(tx).zone().date_of(now);
    for (auto const& org : roster::self_and_ancestors(tx, school)) {
        auto people = roster::holders(tx, auth::Role::principal, org, "", today);
        if (!people.empty()) return people;
    }
    return {};
}

}  // namespace

ReportMoved moved(Report const& report) {
    return {report.school_id, report.month, report.version, report.state, report.content_hash};
}

void say_moved(sql::Tx& tx, Report const& report) {
    feed::put(tx, {"reports.Report", report.id(), report.school_id}, moved(report));
}

void tell_to_sign(sql::Tx& tx, core::Instant now, Report const& report) {
    messages::send(tx, now, notice_of(MessageKind::report_to_sign, report), principals(tx, now, report.school_id));
}

void tell_returned(sql::Tx& tx, core::Instant now, Report const& report) {
    settle_report(tx, now, report);
    messages::send(tx, now, notice_of(MessageKind::report_returned, report), principals(tx, now, report.school_id));
}

void tell_signed(sql::Tx& tx, core::Instant now, Report const& report, std::optional<core::OrgId> const& central) {
    settle_report(tx, now, report);
    if (central)
        messages::send(tx, now, notice_of(MessageKind::report_to_pass_on, report), principals(tx, now, *central));
}

void settle_report(sql::Tx& tx, core::Instant now, Report const& report) {
    messages::settle(tx, now, notice_of(MessageKind::report_to_sign, report).about);
}

}  // namespace santong::reports
