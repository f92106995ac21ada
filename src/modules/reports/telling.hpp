#pragma once
// Who is told of a monthly report's way. May include: domain, lower modules.
#include "modules/reports/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports {

/// What others learn of a report: that it moved, not what stands in it.
struct ReportMoved {
    core::OrgId school_id;
    std::string month;
    std::int32_t version = 1;
    ReportState state = ReportState::open;
    std::string content_hash;
};
BOOST_DESCRIBE_STRUCT(ReportMoved, (), (school_id, month, version, state, content_hash))
ReportMoved moved(Report const& report);
/// Says it in the feed: the school's box hears of it, too.
void say_moved(sql::Tx& tx, Report const& report);

/// To the school's principal; where it has none, to that of the school above.
void tell_to_sign(sql::Tx& tx, core::Instant now, Report const& report);
/// It is back with a reason: to the same.
void tell_returned(sql::Tx& tx, core::Instant now, Report const& report);
/// It has been signed; `central` is to pass it on.
void tell_signed(sql::Tx& tx, core::Instant now, Report const& report, std::optional<core::OrgId> const& central);
/// It has gone on or back: nobody is asked any more.
void settle_report(sql::Tx& tx, core::Instant now, Report const& report);

}  // namespace santong::reports
