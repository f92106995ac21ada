// What became of each file of a batch, in words: for the terminal and its report.
#include <algorithm>

#include "core/message.hpp"
#include "modules/resources/service_intake_local.hpp"
#include "platform/text/csv.hpp"

namespace santong::resources {

namespace {

std::string line_reason(IntakeRow const& row, std::string const& language) {
    if (!row.reason.empty()) return core::message(row.reason, {}, language);
    if (row.twin_number > 0)
        return core::message("resources.intake.twin_in_batch", {{"number", std::to_string(row.twin_number)}}, language);
    if (row.twin_id) return core::message("resources.intake.twin_in_library", {}, language);
    std::string text;
    for (std::size_t at = 0; at < row.doubt.size();) {
        auto const end = std::min(row.doubt.find(',', at), row.doubt.size());
        if (!text.empty()) text += ", ";
        text += core::message("resources.intake.doubt_" + row.doubt.substr(at, end - at), {}, language);
        at = end + 1;
    }
    return text;
}

}  // namespace

std::vector<IntakeLine> lines_of(std::vector<IntakeRow> const& rows, std::string const& language) {
    std::vector<IntakeLine> lines;
    for (auto const& row : rows) {
        bool const to_do =
            row.verdict == Verdict::refused || row.verdict == Verdict::unsure || row.verdict == Verdict::expected;
        auto const hint = "resources.intake.hint_" + std::string(core::enum_text(row.verdict));
        lines.push_back({row.path, row.verdict, line_reason(row, language),
                         to_do ? core::message(hint, {}, language) : std::string()});
    }
    return lines;
}

std::string lines_table(std::vector<IntakeLine> const& lines, std::string const& language) {
    std::string table;
    text::CsvWriter writer([&table](std::string_view line) { table += line; }, text::ByteOrderMark::utf8,
                           text::Formulas::neutralise);
    std::vector<std::string> head;
    for (char const* name : {"path", "verdict", "reason", "hint"})
        head.push_back(core::message(std::string("resources.intake.column_") + name, {}, language));
    writer.row(head);
    for (auto const& line : lines) {
        auto const verdict = "resources.intake.verdict_" + std::string(core::enum_text(line.verdict));
        writer.row({line.path, core::message(verdict, {}, language), line.reason, line.hint});
    }
    return table;
}

}  // namespace santong::resources
