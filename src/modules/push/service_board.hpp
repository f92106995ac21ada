#pragma once
// The board (推送看板): a week's needs, what comes when, what has not been used, and what needs somebody.
#include "modules/push/service_orders.hpp"

namespace santong::push {

/// On-time arrival (准时到达率, I31) of some weeks: schools × orders whose lesson has begun, or that are there already.
struct PushRate {
    std::int32_t on_time = 0;
    std::int32_t counted = 0;  ///< on time or late
    std::int32_t pending = 0;  ///< the lesson is still to come
    std::int32_t hosted = 0;   ///< schools without a box: not counted
    std::optional<double> percent;
    std::optional<double> before;  ///< of the week before
    double target = 95;
};
BOOST_DESCRIBE_STRUCT(PushRate, (), (on_time, counted, pending, hosted, percent, before, target))

/// How lines may be used now (时段与上限), over the schools with a box.
struct PushLines {
    std::int32_t schools = 0;
    std::vector<nodes::Window> windows;  ///< of most of them
    std::int64_t cap_kbit = 0;           ///< of most of them; 0 = the whole line
    std::int32_t day_percent = 0;        ///< of most of them
    std::int32_t otherwise = 0;          ///< schools with another plan
    std::vector<std::int64_t> rates;     ///< kbit/s that occur, the slowest first
};
BOOST_DESCRIBE_STRUCT(PushLines, (), (schools, windows, cap_kbit, day_percent, otherwise, rates))

/// Delivered and not used (已送达未使用): whole for fourteen days. Schools, never persons.
struct PushUnusedRow {
    OrderId order_id;
    std::string title;
    core::OrgId school_id;
    std::string school;
    core::Instant whole_at;
};
BOOST_DESCRIBE_STRUCT(PushUnusedRow, (), (order_id, title, school_id, school, whole_at))
struct PushUnused {
    std::int32_t delivered = 0;  ///< for fourteen days and more, in this term
    std::int32_t unused = 0;
    std::optional<double> used_percent;
    double target = 60;
    std::vector<PushUnusedRow> items;  ///< the longest first
};
BOOST_DESCRIBE_STRUCT(PushUnused, (), (delivered, unused, used_percent, target, items))

/// A school that will not have something in time, or has not had it.
struct PushTrouble {
    OrderId order_id;
    std::string title;
    PushSchoolRow school;
};
BOOST_DESCRIBE_STRUCT(PushTrouble, (), (order_id, title, school))

/// What travels next, over all lines.
struct PushTonight {
    std::int64_t bytes = 0;
    std::int32_t schools = 0;
    std::optional<core::Instant> expected_at;   ///< when the last has come
    std::optional<core::Instant> window_until;  ///< of the window in which that lies
};
BOOST_DESCRIBE_STRUCT(PushTonight, (), (bytes, schools, expected_at, window_until))

struct PushBoard {
    core::Instant now;
    std::int32_t week = 0;
    std::int32_t weeks = 0;
    core::LocalDate monday;
    PushRate rate;
    PushLines lines;
    PushUnused unused;
    PushTonight tonight;
    std::vector<PushTrouble> troubles;  ///< the earliest need first
    std::vector<PushOrderRow> orders;   ///< needed in this week, or still running; needed first stands first
    std::int32_t all = 0;               ///< orders of any state
    std::int32_t requests = 0;          ///< that wait at the schools
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(PushBoard, (),
                      (now, week, weeks, monday, rate, lines, unused, tonight, troubles, orders, all, requests,
                       may_manage))

struct PushWeekQuery {
    std::int32_t week = 0;  ///< 0 = the running one
};
BOOST_DESCRIBE_STRUCT(PushWeekQuery, (), (week))
core::Result<PushBoard> board(Desk const& desk, auth::Caller const& caller, PushWeekQuery const& query);

struct PushReceiptQuery {
    std::string school;
    std::int32_t week = 0;  ///< 0 = the running one; by the day on which it came, or was needed
};
BOOST_DESCRIBE_STRUCT(PushReceiptQuery, (), (school, week))
struct PushReceiptRow {
    OrderId order_id;
    std::string title;
    PushSchoolRow school;
};
BOOST_DESCRIBE_STRUCT(PushReceiptRow, (), (order_id, title, school))
struct PushReceiptList {
    core::Instant now;
    std::int32_t week = 0;
    std::int32_t weeks = 0;
    std::vector<PushReceiptRow> items;
};
BOOST_DESCRIBE_STRUCT(PushReceiptList, (), (now, week, weeks, items))
/// Receipts of a week, and what should have come and has not.
core::Result<PushReceiptList> list_receipts(Desk const& desk, auth::Caller const& caller,
                                            PushReceiptQuery const& query);
/// The same as a workbook: orders, then receipts. Audited.
core::Result<void> write_workbook(Desk const& desk, auth::Caller const& caller, PushWeekQuery const& query,
                                  std::string const& path, std::string const& language);

struct PushFileQuery {
    std::int32_t week = 0;  ///< 0 = the running one
    std::string part;       ///< "orders" (also when empty) or "receipts"
};
BOOST_DESCRIBE_STRUCT(PushFileQuery, (), (week, part))
/// One of the lists as CSV that spreadsheets open. Audited.
core::Result<std::string> csv_of(Desk const& desk, auth::Caller const& caller, PushFileQuery const& query,
                                 std::string const& language);

/// On-time arrival of the needs of some weeks that follow each other, by the school, for the indicators.
struct SchoolRate {
    core::OrgId school_id;
    PushRate rate;
};
/// The weeks begin on these Mondays; each has an entry, with the schools that had a need in it.
std::map<core::LocalDate, std::vector<SchoolRate>> rates_of(sql::Tx& tx, core::Instant now,
                                                            std::vector<core::LocalDate> const& mondays);

}  // namespace santong::push
