// The board as files: a workbook, and either of its lists as CSV.
#include <cstdio>

#include "core/message.hpp"
#include "modules/push/service_board.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/csv.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::push {

namespace {

using text::ColumnKind;
using text::XlsxColumn;

/// Texts and times of one workbook.
class Page {
public:
    Page(std::string language, core::Zone zone) : language_(std::move(language)), zone_(zone) {}
    std::string word(std::string const& key) const { return core::message("push.sheet." + key, {}, language_); }
    std::string standing(PushStanding one) const { return named("standing", core::enum_text(one)); }
    std::string named(std::string const& group, std::string_view value) const {
        return word(group + '.' + std::string(value));
    }
    std::string time(std::optional<core::Instant> const& at) const {
        if (!at) return "";
        char text[32];
        auto const minute = zone_.minute_of_day(*at);
        std::snprintf(text, sizeof text, " %02d:%02d", minute / 60, minute % 60);
        return zone_.date_of(*at).text() + text;
    }
    XlsxColumn column(std::string const& key, ColumnKind kind = ColumnKind::text, double width = 18) const {
        XlsxColumn made;
        made.title = word(key);
        made.kind = kind;
        made.width = width;
        return made;
    }

private:
    std::string language_;
    core::Zone zone_;
};

std::string megabytes(std::int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", static_cast<double>(bytes) / 1'000'000);
    return text;
}

using Cells = std::vector<std::string>;

/// A list with its headings.
struct Table {
    std::vector<XlsxColumn> columns;
    std::vector<Cells> rows;
};

Table orders_table(Page const& page, PushBoard const& board) {
    using enum ColumnKind;
    Table table;
    table.columns = {page.column("title", text, 36), page.column("state"),         page.column("megabytes", number),
                     page.column("schools", number), page.column("whole", number), page.column("hosted", number),
                     page.column("late", number),    page.column("used", number),  page.column("due"),
                     page.column("expected")};
    for (auto const& one : board.orders) {
        table.rows.push_back({one.title, page.named("state", core::enum_text(one.state)), megabytes(one.bytes),
                              std::to_string(one.schools), std::to_string(one.whole), std::to_string(one.hosted),
                              std::to_string(one.late), std::to_string(one.used), page.time(one.due_at),
                              page.time(one.expected_at)});
    }
    return table;
}

Table receipts_table(Page const& page, PushReceiptList const& list) {
    using enum ColumnKind;
    Table table;
    table.columns = {page.column("title", text, 36),
                     page.column("school", text, 28),
                     page.column("standing"),
                     page.column("due"),
                     page.column("expected"),
                     page.column("here"),
                     page.column("way"),
                     page.column("megabytes", number),
                     page.column("uses", number),
                     page.column("first_used")};
    for (auto const& [order, title, school] : list.items) {
        table.rows.push_back({title, school.name, page.standing(school.standing), page.time(school.due_at),
                              page.time(school.expected_at), page.time(school.whole_at),
                              page.named("way", core::enum_text(school.way)), megabytes(school.bytes),
                              std::to_string(school.uses), page.time(school.used_at)});
    }
    return table;
}

/// Both lists of a week as the caller sees them, in his language; that they leave is audited.
struct Lists {
    Table orders;
    Table receipts;
};
core::Result<Lists> lists_of(Desk const& desk, auth::Caller const& caller, PushWeekQuery const& query,
                             std::string const& language) {
    auto const shown = TRY(board(desk, caller, query));
    auto const receipts = TRY(list_receipts(desk, caller, {"", shown.week}));
    auto const zone = desk.db.transact(caller.district, [&](sql::Tx& tx) {
        auth::audit(tx, caller, {"push.export", "week " + std::to_string(shown.week)});
        return roster::district(tx).zone();
    });
    Page const page(language, zone);
    return Lists{orders_table(page, shown), receipts_table(page, receipts)};
}

void write_sheet(text::XlsxWriter& writer, std::string const& name, Table const& table) {
    writer.sheet(name, table.columns);
    for (auto const& row : table.rows) writer.row(row);
}

}  // namespace

core::Result<void> write_workbook(Desk const& desk, auth::Caller const& caller, PushWeekQuery const& query,
                                  std::string const& path, std::string const& language) {
    auto const lists = TRY(lists_of(desk, caller, query, language));
    text::XlsxWriter writer(path);
    write_sheet(writer, core::message("push.sheet.orders", {}, language), lists.orders);
    write_sheet(writer, core::message("push.sheet.receipts", {}, language), lists.receipts);
    writer.finish();
    return {};
}

core::Result<std::string> csv_of(Desk const& desk, auth::Caller const& caller, PushFileQuery const& query,
                                 std::string const& language) {
    bool const receipts = query.part == "receipts";
    if (!receipts && !query.part.empty() && query.part != "orders")
        return core::invalid_at("part", "core.unknown_choice");
    auto const lists = TRY(lists_of(desk, caller, {query.week}, language));
    auto const& table = receipts ? lists.receipts : lists.orders;
    std::string file;
    text::CsvWriter writer([&](std::string_view line) { file += line; }, text::ByteOrderMark::utf8,
                           text::Formulas::neutralise);
    Cells headings;
    for (auto const& column : table.columns) headings.push_back(column.title);
    writer.row(headings);
    for (auto const& row : table.rows) writer.row(row);
    return file;
}

}  // namespace santong::push
