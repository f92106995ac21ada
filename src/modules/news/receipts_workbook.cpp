// Receipts of a notice as a workbook: how many, where, and for an office who of its own.
#include "core/message.hpp"
#include "modules/news/service_receipts.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::news {

namespace {

using text::ColumnKind;
using text::XlsxColumn;

std::string said(std::string const& key, std::string const& language) {
    return core::message("news.sheet." + key, {}, language);
}

XlsxColumn headed(std::string const& key, std::string const& language, ColumnKind kind, double width) {
    XlsxColumn column;
    column.title = said(key, language);
    column.kind = kind;
    column.width = width;
    return column;
}

/// The counts of one place, a row for each kind of reader.
void count_rows(text::XlsxWriter& writer, std::string const& place, std::vector<AudienceFigure> const& figures,
                std::string const& language) {
    for (auto const& one : figures) {
        writer.row({place, said("reader." + std::string(core::enum_text(one.reader)), language), std::to_string(one.of),
                    std::to_string(one.read), std::to_string(one.confirmed)});
    }
}

void counts_sheet(text::XlsxWriter& writer, ReceiptSheets const& sheets, std::string const& language) {
    using enum ColumnKind;
    writer.sheet(said("counts", language), {headed("place", language, text, 28), headed("reader", language, text, 14),
                                            headed("of", language, number, 12), headed("read", language, number, 12),
                                            headed("confirmed", language, number, 12)});
    count_rows(writer, said("all", language), sheets.counts.figures, language);
    for (auto const& one : sheets.counts.schools) count_rows(writer, one.name, one.figures, language);
    for (auto const& one : sheets.counts.classes) count_rows(writer, one.name, one.figures, language);
}

void waiting_sheet(text::XlsxWriter& writer, ReceiptSheets const& sheets, std::string const& language) {
    using enum ColumnKind;
    writer.sheet(said("waiting", language), {headed("name", language, text, 14), headed("school", language, text, 28),
                                             headed("opened", language, date, 14)});
    for (auto const& one : sheets.waiting->items)
        writer.row({one.name, one.org_name, one.read_at ? sheets.zone.date_of(*one.read_at).text() : ""});
}

}  // namespace

core::Result<void> write_receipts(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                  std::string const& path, std::string const& language) {
    auto const sheets = TRY(receipt_sheets(desk, caller, id));
    text::XlsxWriter writer(path);
    counts_sheet(writer, sheets, language);
    if (sheets.waiting) waiting_sheet(writer, sheets, language);
    writer.finish();
    return {};
}

}  // namespace santong::news
