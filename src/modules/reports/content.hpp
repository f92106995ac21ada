#pragma once
// Computes what the system knows of a school's month.
#include "core/result.hpp"
#include "modules/reports/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports {

/// Refuses "roster.org_not_found", "roster.no_term". Checks no permission.
core::Result<ReportContent> content_of(sql::Tx& tx, core::Clock const& clock, core::OrgId const& school,
                                       std::string const& month);

}  // namespace santong::reports
