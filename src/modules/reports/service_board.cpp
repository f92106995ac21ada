#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/reports/permissions.hpp"
#include "modules/reports/reading.hpp"
#include "modules/reports/service.hpp"
#include "modules/reports/standing.hpp"
#include "modules/reports/store.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::reports {

namespace {

/// Schools whose reports a caller sees: all of the district, or his own with those below.
std::vector<roster::School> schools_of(sql::Tx& tx, auth::Caller const& caller, bool district) {
    auto all = roster::schools(tx);
    if (!district) std::erase_if(all, [&](auto const& one) { return !caller.may(tx, permissions::explain, one.id); });
    return all;
}

ReportRow row_of(sql::Tx& tx, core::Clock const& clock, Standing const& stand, roster::School const& school,
                 Report const& report) {
    ReportRow row;
    row.school_id = school.id;
    row.school = school.name;
    row.central = school.central;
    row.month = report.month;
    row.version = report.version;
    row.state = report.state;
    row.late = report.late(roster::today(tx, clock));
    row.due_on = report.due_on;
    row.signed_at = report.signed_at;
    row.passed_at = report.passed_at;
    row.return_reason = report.return_reason;
    row.to_sign = stand.signs && !report.frozen();
    row.to_pass_on = stand.passes_on && report.state == ReportState::signed_off;
    bool const shown = report.state == ReportState::arrived || (stand.within && report.frozen());
    if (!shown) return row;
    auto content = signed_content(tx, clock, report);
    if (!content) return row;
    if (!stand.within) *content = from_above(std::move(*content));
    row.lines = static_cast<std::int32_t>(content->content.lines.size());
    row.explained = *row.lines - static_cast<std::int32_t>(unexplained(*content));
    row.numbers = std::move(content->content.numbers);
    row.classrooms = content->content.classrooms;
    row.equipped = content->content.equipped;
    return row;
}

ReportSum sum_of(std::vector<ReportRow> const& rows) {
    ReportSum sum;
    for (auto const& row : rows) {
        ++sum.of;
        sum.signed_off += row.state == ReportState::signed_off ? 1 : 0;
        sum.arrived += row.state == ReportState::arrived ? 1 : 0;
        sum.returned += row.state == ReportState::returned ? 1 : 0;
        // One that was passed on or given back counts as that: every school is in one figure.
        sum.late += row.late && row.state == ReportState::open ? 1 : 0;
        if (!row.lines) continue;
        ++sum.schools;
        sum.classrooms += row.classrooms;
        sum.equipped += row.equipped;
        sum.lines += *row.lines;
        for (auto const& one : row.numbers) {
            auto at = std::ranges::find(sum.numbers, one.indicator, &ReportNumber::indicator);
            if (at == sum.numbers.end()) at = sum.numbers.insert(at, {one.indicator, 0, 0, true});
            at->numerator += one.numerator;
            at->denominator += one.denominator;
            at->above = at->above && one.above;
        }
    }
    return sum;
}

core::Result<ReportBoard> board_of(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                   std::string const& wanted) {
    auto const today = roster::today(tx, clock);
    bool const district = caller.may(tx, permissions::view, roster::district(tx).org_id);
    auto const schools = schools_of(tx, caller, district);
    if (schools.empty()) return core::forbidden();
    ReportBoard board;
    board.months = store::months(tx);
    board.running_month = today.text().substr(0, 7);
    board.today = today;
    board.policy = store::policy(tx);
    board.may_set = caller.may(tx, permissions::receive, roster::district(tx).org_id);
    board.scope = district ? "district" : schools.size() > 1 ? "central" : "school";
    board.month = !wanted.empty() ? wanted : board.months.empty() ? month_before(today) : board.months.front();
    if (!core::LocalDate::parse(board.month + "-01")) return core::invalid("reports.no_such_month");
    board.due_on = due_of(board.month, board.policy.due_day);
    auto const reports = store::of_month(tx, board.month);
    for (auto const& school : schools) {
        auto const stand = standing(tx, caller, school.id, today);
        if (!district && stand.signs && !board.own_school) board.own_school = school.id;
        auto const at = std::ranges::find(reports, school.id, &Report::school_id);
        if (at != reports.end()) board.rows.push_back(row_of(tx, clock, stand, school, *at));
    }
    if (!district && !board.own_school) board.own_school = schools.front().id;
    board.sum = sum_of(board.rows);
    auto const latest = month_before(today);
    bool const begun = std::ranges::find(board.months, latest) != board.months.end();
    bool const missing = begun ? board.month == latest && reports.size() < schools.size() : !schools.empty();
    if (district && missing) {
        if (auto const job = store::making(tx, latest)) board.making = job->job_id;
    }
    return board;
}

std::string cell(ReportNumber const& one, std::string const& hidden) {
    if (!one.above) return hidden;
    if (one.denominator == 0) return "";
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f",
                  100.0 * static_cast<double>(one.numerator) / static_cast<double>(one.denominator));
    return buffer;
}

}  // namespace

core::Result<ReportBoard> board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                std::string const& month) {
    return db.read(caller.district, [&](sql::Tx& tx) { return board_of(tx, caller, clock, month); });
}

std::int64_t waiting(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) {
        auto const today = roster::today(tx, clock);
        std::int64_t count = 0;
        std::vector<core::OrgId> own;
        for (auto const& school : roster::schools(tx)) {
            if (caller.may(tx, permissions::sign, school.id)) own.push_back(school.id);
        }
        for (auto const& one : store::of_schools(tx, own)) {
            auto const stand = standing(tx, caller, one.school_id, today);
            if ((stand.signs && !one.frozen()) || (stand.passes_on && one.state == ReportState::signed_off)) ++count;
        }
        return count;
    });
}

core::Result<void> export_board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                std::string const& month, std::string const& file, std::string const& language) {
    auto const page = TRY(board(db, caller, clock, month));
    db.transact(caller.district, [&](sql::Tx& tx) { auth::audit(tx, caller, {"reports.exported", page.month}); });
    auto const word = [&](std::string const& key) { return core::message("reports.sheet." + key, {}, language); };
    auto const column = [&](std::string const& key, text::ColumnKind kind, double width) {
        return text::XlsxColumn{word(key), kind, width, {}, ""};
    };
    using enum text::ColumnKind;
    constexpr double wide = 28, middle = 18, narrow = 12;
    std::vector<text::XlsxColumn> columns{column("school", text, wide),       column("state", text, middle),
                                          column("signed", date, narrow),     column("classrooms", number, narrow),
                                          column("equipped", number, narrow), column("lines", number, narrow)};
    for (auto const& one : page.sum.numbers) columns.push_back(column(one.indicator, number, middle));
    text::XlsxWriter writer(file);
    writer.sheet(word("title") + " " + page.month, std::move(columns));
    auto const write = [&](std::vector<std::string> cells, std::vector<ReportNumber> const& numbers) {
        for (auto const& one : numbers) cells.push_back(cell(one, word("hidden")));
        writer.row(cells);
    };
    for (auto const& row : page.rows) {
        bool const late = row.late && row.state == ReportState::open;
        auto const state = late ? "late" : std::string(core::enum_text(row.state));
        auto const signed_on = row.signed_at ? core::Zone{}.date_of(*row.signed_at).text() : "";
        bool const shown = row.lines.has_value();
        write({row.school, word("state." + state), signed_on, shown ? std::to_string(row.classrooms) : "",
               shown ? std::to_string(row.equipped) : "", shown ? std::to_string(*row.lines) : ""},
              row.numbers);
    }
    write({word("sum"), std::to_string(page.sum.schools) + "/" + std::to_string(page.sum.of), "",
           std::to_string(page.sum.classrooms), std::to_string(page.sum.equipped), std::to_string(page.sum.lines)},
          page.sum.numbers);
    writer.finish();
    return {};
}

}  // namespace santong::reports
