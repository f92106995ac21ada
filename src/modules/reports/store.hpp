#pragma once
#include "modules/reports/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports::store {

/// Those that are there already stay as they are; returns how many were written.
long add(sql::Tx& tx, std::vector<Report> const& reports);
/// The latest version; `version` picks another one.
std::optional<Report> find(sql::Tx& tx, core::OrgId const& school, std::string const& month, int version = 0);
/// The latest version of every school for a month.
std::vector<Report> of_month(sql::Tx& tx, std::string const& month);
/// The latest versions of these schools, newest month first.
std::vector<Report> of_schools(sql::Tx& tx, std::vector<core::OrgId> const& schools);
std::vector<Report> versions(sql::Tx& tx, core::OrgId const& school, std::string const& month);
std::vector<std::string> months(sql::Tx& tx);
/// False if the version is no longer in that state.
bool update(sql::Tx& tx, Report const& report, ReportState was);

void put_reason(sql::Tx& tx, ReportReason const& reason);
void remove_reason(sql::Tx& tx, core::OrgId const& school, std::string const& month, std::string const& line);
std::vector<ReportReason> reasons(sql::Tx& tx, core::OrgId const& school, std::string const& month);

ReportPolicy policy(sql::Tx& tx);
void put_policy(sql::Tx& tx, ReportPolicy const& policy);

/// The job that makes a month's reports.
struct MakingRow {
    std::string month;
    core::JobId job_id;
    core::Instant queued_at;
};
BOOST_DESCRIBE_STRUCT(MakingRow, (), (month, job_id, queued_at))
std::optional<MakingRow> making(sql::Tx& tx, std::string const& month);
void put_making(sql::Tx& tx, MakingRow const& row);

}  // namespace santong::reports::store
