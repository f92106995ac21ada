#pragma once
// The door of monthly reports: they make themselves, the principal mends and signs, the central school passes them on,
// the county reads.
#include "core/result.hpp"
#include "modules/reports/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports {

/// Reports that wait for the caller: to be signed, or to be passed on.
std::int64_t waiting(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

/// One school's line on the board.
struct ReportRow {
    core::OrgId school_id;
    std::string school;
    bool central = false;
    std::string month;
    std::int32_t version = 1;
    ReportState state = ReportState::open;
    bool late = false;
    core::LocalDate due_on;
    std::optional<core::Instant> signed_at;
    std::optional<core::Instant> passed_at;
    std::string return_reason;
    std::optional<std::int32_t> lines;  ///< exceptions; once it has arrived, or for the school itself once signed
    std::optional<std::int32_t> explained;
    std::vector<ReportNumber> numbers;  ///< of what may be seen
    std::int32_t classrooms = 0;
    std::int32_t equipped = 0;
    bool to_sign = false;
    bool to_pass_on = false;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
                      (school_id, school, central, month, version, state, late, due_on, signed_at, passed_at,
                       return_reason, lines, explained, numbers, classrooms, equipped, to_sign, to_pass_on))

/// What the rows together say: of reports whose figures the caller may see.
struct ReportSum {
    std::int32_t schools = 0;  ///< in the sum
    std::int32_t of = 0;
    std::int32_t signed_off = 0;
    std::int32_t arrived = 0;
    std::int32_t late = 0;
    std::int32_t returned = 0;
    std::int32_t classrooms = 0;
    std::int32_t equipped = 0;
    std::int32_t lines = 0;
    std::vector<ReportNumber> numbers;  ///< `above` false: a school's figure is kept back
};
BOOST_DESCRIBE_STRUCT(ReportSum, (),
                      (schools, of, signed_off, arrived, late, returned, classrooms, equipped, lines, numbers))

/// Arrivals of a month (info office), or one's own schools (principal).
struct ReportBoard {
    std::string month;
    std::vector<std::string> months;
    std::string running_month;  ///< of today: its report may be looked at as it stands
    core::LocalDate today;
    core::LocalDate due_on;
    std::string scope;  ///< district, central, school
    std::optional<core::OrgId> own_school;
    bool may_set = false;
    ReportPolicy policy;
    ReportSum sum;
    std::vector<ReportRow> rows;
    std::optional<core::JobId> making;  ///< the job that makes the last month's reports, while some are missing
};
BOOST_DESCRIBE_STRUCT(ReportBoard, (),
                      (month, months, running_month, today, due_on, scope, own_school, may_set, policy, sum, rows,
                       making))
/// `month` empty = the latest one. Refuses "reports.no_such_month".
core::Result<ReportBoard> board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                std::string const& month);

struct ReportVersion {
    std::int32_t version = 1;
    ReportState state = ReportState::open;
    std::optional<core::Instant> signed_at;
};
BOOST_DESCRIBE_STRUCT(ReportVersion, (), (version, state, signed_at))

/// One report. Without `content` it is not yet the caller's to see.
struct ReportView {
    core::OrgId school_id;
    std::string school;
    std::string month;
    std::int32_t version = 1;
    bool preview = false;  ///< of a month that is not over, or that has no report
    ReportState state = ReportState::open;
    bool late = false;
    core::LocalDate due_on;
    core::LocalDate today;
    std::optional<std::string> central_school;  ///< that passes it on
    bool within = false;                        ///< seen from within: grades, rooms, single lessons
    std::optional<ReportContent> content;
    std::vector<SignedReason> reasons;
    std::string content_hash;  ///< of what is shown; what `sign` names
    Effort effort;
    ReportPolicy policy;
    std::string signed_by;
    std::optional<core::Instant> signed_at;
    std::string passed_by;
    std::optional<core::Instant> passed_at;
    std::string return_reason;
    std::string returned_by;
    std::optional<core::Instant> returned_at;
    std::vector<ReportVersion> versions;
    std::vector<ReportChange> changes;  ///< since the version before
    bool may_explain = false;
    bool may_sign = false;
    bool may_pass_on = false;
    bool may_return = false;
    bool may_correct = false;
    std::string above_url;  ///< at a box: the page of this report above, where it is explained and signed; else empty
};
BOOST_DESCRIBE_STRUCT(ReportView, (),
                      (school_id, school, month, version, preview, state, late, due_on, today, central_school, within,
                       content, reasons, content_hash, effort, policy, signed_by, signed_at, passed_by, passed_at,
                       return_reason, returned_by, returned_at, versions, changes, may_explain, may_sign, may_pass_on,
                       may_return, may_correct, above_url))

/// Which report: of a school for "2014-10"; `version` 0 = the latest.
struct ReportAt {
    core::OrgId school_id;
    std::string month;
    std::int32_t version = 0;
};
/// Refuses "reports.not_found" also for a school that the caller may not see.
core::Result<ReportView> report(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                ReportAt const& at);

struct NewReason {
    std::string line;
    std::string reason;  ///< empty takes it back
};
BOOST_DESCRIBE_STRUCT(NewReason, (), (line, reason))
/// Refuses "reports.frozen", "reports.no_such_line", "reports.reason_short", "reports.reason_long". At a box this and
/// all that follows refuse "reports.above" {url}: a box has its own figures only.
core::Result<ReportView> explain(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at, NewReason const& said);

struct Signature {
    std::string content_hash;  ///< of what was read
};
BOOST_DESCRIBE_STRUCT(Signature, (), (content_hash))
/// Freezes what the principal has read. Refuses "reports.unexplained" {count}, "reports.changed" (figures moved since
/// he read it), "reports.not_yet" (the month is not over), "reports.frozen".
core::Result<ReportView> sign(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              ReportAt const& at, Signature const& signature);
/// The central school passes a signed report on. Refuses "reports.not_signed".
core::Result<ReportView> pass_on(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at);
struct ReturnWish {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReturnWish, (), (reason))
/// Back to the school; what was signed stays as a version. Refuses "reports.not_signed", "reports.reason_short".
core::Result<ReportView> send_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   ReportAt const& at, ReturnWish const& wish);
/// The principal begins a new version of a frozen report. Refuses "reports.not_signed".
core::Result<ReportView> correct(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 ReportAt const& at);
/// Refuses "reports.no_such_day", "reports.no_such_seconds".
core::Result<ReportPolicy> set_policy(sql::Database& db, auth::Caller const& caller, ReportPolicy const& policy);

/// The board of a month as a workbook; each export is recorded.
core::Result<void> export_board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                std::string const& month, std::string const& file, std::string const& language);

/// How a demo report came to stand.
struct DemoReport {
    core::OrgId school_id;
    std::string month;
    ReportState state = ReportState::arrived;
    core::PersonId principal;
    core::PersonId passed_by;
    core::PersonId officer;
    core::Instant signed_at;
    std::string reason;         ///< for every exception
    std::string return_reason;  ///< of a returned one
};
/// For the demo district; feed readers must have caught up.
void write_demo(sql::Tx& tx, core::Clock const& clock, std::vector<DemoReport> const& reports);

}  // namespace santong::reports
