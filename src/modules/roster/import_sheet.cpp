#include "modules/roster/import_sheet.hpp"

#include <algorithm>

#include "core/message.hpp"
#include "platform/text/table.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t rows_to_look_at = 40;
constexpr std::size_t samples_shown = 3;
constexpr std::size_t most_rows = 50'000;

std::string key_of(std::vector<ImportColumn> const& columns) {
    std::string headings;
    for (auto const& column : columns) headings.append(text::search_form(column.header)).append("\n");
    return core::Uuid::named("import.headings|" + headings).text();
}

bool taken_by(ImportKind kind, RosterField field) {
    return std::ranges::any_of(import_fields(kind), [&](ImportField const& one) { return one.field == field; });
}

std::string masked_sample(ImportColumn const& column, std::string const& text) {
    auto const short_text = std::string(text::truncate_characters(text, 24));
    return column.personal ? masked_cell(column.field.value_or(RosterField::citizen_number), text) : short_text;
}

/// Columns that are not imported may hold anything: long numbers in them are masked as well.
bool looks_personal(std::string const& text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >= 11;
}

void add_samples(std::vector<ImportColumn>& columns, std::vector<text::TableRow> const& rows, std::int32_t first_row) {
    for (auto& column : columns) {
        for (auto const& row : rows) {
            auto const index = static_cast<std::size_t>(column.index);
            if (static_cast<std::int32_t>(row.number) < first_row || index >= row.cells.size()) continue;
            auto const& text = row.cells[index].text;
            if (text.empty() || column.samples.size() >= samples_shown) continue;
            if (!column.field && looks_personal(text)) column.personal = true;
            column.samples.push_back(masked_sample(column, text));
        }
    }
}

std::string format_name(text::FileFormat format) {
    switch (format) {
        case text::FileFormat::xlsx: return "xlsx";
        case text::FileFormat::xls: return "xls";
        case text::FileFormat::web_page: return "web_page";
        case text::FileFormat::delimited_text: return "csv";
        case text::FileFormat::encrypted_office:
        case text::FileFormat::spreadsheet_xml:
        case text::FileFormat::open_document:
        case text::FileFormat::word:
        case text::FileFormat::pdf:
        case text::FileFormat::picture:
        case text::FileFormat::archive:
        case text::FileFormat::empty:
        case text::FileFormat::unknown: break;
    }
    return "";
}

}  // namespace

std::string reason_heading(std::string_view language) {
    return core::message("roster.import_reason_heading", {}, language);
}

core::Result<SheetLook> look_at_sheet(std::filesystem::path const& path, ImportKind kind) {
    auto reader = TRY(text::open_table(path));
    std::vector<text::TableRow> rows;
    text::TableRow row;
    while (rows.size() < rows_to_look_at && TRY(reader->next(row))) rows.push_back(row);
    if (rows.empty()) return core::invalid("roster.import_no_rows");
    auto const guess = rules::guess_columns(rows);
    SheetLook look;
    look.format = format_name(reader->format());
    look.encoding = reader->encoding();
    if (!reader->sheets().empty()) look.sheet = reader->sheets().front().name;
    look.header_row = guess.header_row;
    look.first_data_row = guess.first_data_row;
    look.kind = guess.kind;
    for (auto const& one : guess.columns) {
        ImportColumn column{one.column, one.header, {}, one.confidence, is_personal_field(one.field), {}};
        if (taken_by(kind, one.field)) column.field = one.field;
        look.columns.push_back(std::move(column));
    }
    for (auto const& one : guess.unknown) {
        if (one.header == reason_heading("zh-CN") || one.header == reason_heading("en")) continue;
        look.columns.push_back({one.column, one.header, {}, 1, false, {}});
    }
    std::ranges::sort(look.columns, {}, &ImportColumn::index);
    look.header_key = key_of(look.columns);
    add_samples(look.columns, rows, look.first_data_row);
    look.has_rows = std::ranges::any_of(rows, [&](text::TableRow const& one) {
        bool const written = std::ranges::any_of(one.cells, [](auto const& cell) { return !cell.text.empty(); });
        return written && static_cast<std::int32_t>(one.number) >= look.first_data_row;
    });
    return look;
}

core::Result<std::vector<SheetRow>> read_sheet(std::filesystem::path const& path, std::int32_t first_row) {
    auto reader = TRY(text::open_table(path));
    std::vector<SheetRow> rows;
    text::TableRow row;
    while (TRY(reader->next(row))) {
        if (static_cast<std::int32_t>(row.number) < first_row) continue;
        if (rows.size() >= most_rows) {
            return core::too_large("roster.import_too_many_rows", {{"limit", std::to_string(most_rows)}});
        }
        SheetRow one{static_cast<std::int32_t>(row.number), {}};
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].ruined) one.cells.ruined.push_back(static_cast<std::int32_t>(i));
            one.cells.texts.push_back(std::move(row.cells[i].text));
        }
        rows.push_back(std::move(one));
    }
    return rows;
}

}  // namespace santong::roster
