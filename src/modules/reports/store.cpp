#include "modules/reports/store.hpp"

#define REPORT_COLUMNS                                                                                           \
    "school_id, month, version, state, due_on, made_at, content, content_hash, signed_by, signed_at, passed_by," \
    " passed_at, returned_by, returned_at, return_reason"
#define LATEST                     \
    "FROM (SELECT " REPORT_COLUMNS \
    ", ROW_NUMBER() OVER (PARTITION BY school_id, month ORDER BY version DESC) AS place FROM school_report WHERE "

namespace santong::reports::store {

namespace {

struct NamedReport : Report {
    std::string id;
};
BOOST_DESCRIBE_STRUCT(NamedReport, (Report), (id))

}  // namespace

long add(sql::Tx& tx, std::vector<Report> const& reports) {
    std::vector<NamedReport> rows;
    for (auto const& one : reports) rows.push_back({one, one.id()});
    return tx.insert("school_report", rows, "ON CONFLICT DO NOTHING");
}

std::optional<Report> find(sql::Tx& tx, core::OrgId const& school, std::string const& month, int version) {
    return tx.optional_row<Report>("SELECT " REPORT_COLUMNS
                                   " FROM school_report WHERE district_id = $1 AND school_id = $2 AND month = $3"
                                   " AND (version = $4 OR $4 = 0) ORDER BY version DESC LIMIT 1",
                                   tx.district(), school, month, static_cast<std::int64_t>(version));
}

std::vector<Report> of_month(sql::Tx& tx, std::string const& month) {
    return tx.rows<Report>("SELECT " REPORT_COLUMNS " " LATEST
                           "district_id = $1 AND month = $2) AS ranked WHERE place = 1",
                           tx.district(), month);
}

std::vector<Report> of_schools(sql::Tx& tx, std::vector<core::OrgId> const& schools) {
    if (schools.empty()) return {};
    return tx.rows<Report>("SELECT " REPORT_COLUMNS " " LATEST
                           "district_id = $1 AND school_id {in $2}) AS ranked WHERE place = 1 ORDER BY month DESC",
                           tx.district(), schools);
}

std::vector<Report> versions(sql::Tx& tx, core::OrgId const& school, std::string const& month) {
    return tx.rows<Report>("SELECT " REPORT_COLUMNS
                           " FROM school_report WHERE district_id = $1 AND school_id = $2 AND month = $3"
                           " ORDER BY version",
                           tx.district(), school, month);
}

std::vector<std::string> months(sql::Tx& tx) {
    return tx.column<std::string>("SELECT DISTINCT month FROM school_report WHERE district_id = $1 ORDER BY month DESC",
                                  tx.district());
}

bool update(sql::Tx& tx, Report const& report, ReportState was) {
    return tx.execute(
               "UPDATE school_report SET state = $5, content = $6, content_hash = $7, signed_by = $8, signed_at = $9,"
               " passed_by = $10, passed_at = $11, returned_by = $12, returned_at = $13, return_reason = $14"
               " WHERE district_id = $1 AND school_id = $2 AND month = $3 AND version = $4 AND state = $15",
               tx.district(), report.school_id, report.month, report.version,
               std::string(core::enum_text(report.state)), report.content, report.content_hash, report.signed_by,
               report.signed_at, report.passed_by, report.passed_at, report.returned_by, report.returned_at,
               report.return_reason, std::string(core::enum_text(was))) == 1;
}

void put_reason(sql::Tx& tx, ReportReason const& reason) {
    tx.insert("report_reason", std::vector<ReportReason>{reason},
              "ON CONFLICT (district_id, school_id, month, line) DO UPDATE SET reason = excluded.reason,"
              " written_by = excluded.written_by, written_at = excluded.written_at");
}

void remove_reason(sql::Tx& tx, core::OrgId const& school, std::string const& month, std::string const& line) {
    tx.execute("DELETE FROM report_reason WHERE district_id = $1 AND school_id = $2 AND month = $3 AND line = $4",
               tx.district(), school, month, line);
}

std::vector<ReportReason> reasons(sql::Tx& tx, core::OrgId const& school, std::string const& month) {
    return tx.rows<ReportReason>(
        "SELECT school_id, month, line, reason, written_by, written_at FROM report_reason"
        " WHERE district_id = $1 AND school_id = $2 AND month = $3 ORDER BY line",
        tx.district(), school, month);
}

ReportPolicy policy(sql::Tx& tx) {
    return tx
        .optional_row<ReportPolicy>("SELECT due_day, seconds_per_field FROM report_policy WHERE district_id = $1",
                                    tx.district())
        .value_or(ReportPolicy{});
}

void put_policy(sql::Tx& tx, ReportPolicy const& policy) {
    tx.insert("report_policy", std::vector<ReportPolicy>{policy},
              "ON CONFLICT (district_id) DO UPDATE SET due_day = excluded.due_day,"
              " seconds_per_field = excluded.seconds_per_field");
}

std::optional<MakingRow> making(sql::Tx& tx, std::string const& month) {
    return tx.optional_row<MakingRow>(
        "SELECT month, job_id, queued_at FROM report_making WHERE district_id = $1 AND month = $2", tx.district(),
        month);
}

void put_making(sql::Tx& tx, MakingRow const& row) {
    tx.insert_one("report_making", row,
                  "ON CONFLICT (district_id, month) DO UPDATE SET job_id = excluded.job_id,"
                  " queued_at = excluded.queued_at");
}

}  // namespace santong::reports::store
