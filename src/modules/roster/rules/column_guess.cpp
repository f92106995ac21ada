#include "modules/roster/rules/column_guess.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/rules/column_content.hpp"
#include "modules/roster/rules/column_names.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::size_t rows_for_headings = 15;
constexpr double least_headings = 2;     // fewer named columns make no heading row
constexpr double sure_by_content = 0.8;  // share of cells that must look alike where no heading helps

/// "★ 姓名（必填）：" becomes "姓名".
std::string bare(std::string_view header) {
    std::string out;
    int depth = 0;
    auto folded = text::search_form(header);
    for (std::size_t at = 0; at < folded.size();) {
        char32_t c = text::next_character(folded, at);
        constexpr std::u32string_view signs = U"*★☆:：#_-.、/\"'“”";
        if (c == '(' || c == U'（' || c == '[' || c == U'【')
            ++depth;
        else if (c == ')' || c == U'）' || c == ']' || c == U'】')
            depth = std::max(0, depth - 1);
        else if (depth == 0 && !text::is_blank(c) && signs.find(c) == signs.npos)
            text::append_character(out, c);
    }
    return out;
}

std::map<std::string, RosterField, std::less<>> const& fields_by_name() {
    static auto const fields = [] {
        std::map<std::string, RosterField, std::less<>> made;
        for (auto const& column : column_names()) {
            for (std::string_view rest = column.names; !rest.empty();) {
                auto end = std::min(rest.find('|'), rest.size());
                made.emplace(rest.substr(0, end), column.field);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        return made;
    }();
    return fields;
}

std::string const& text_of(text::TableRow const& row, std::size_t column) {
    static std::string const none;
    return column < row.cells.size() ? row.cells[column].text : none;
}

std::size_t width_of(std::span<text::TableRow const> rows) {
    std::size_t width = 0;
    for (auto const& row : rows) width = std::max(width, row.cells.size());
    return width;
}

/// Headings of one row, or of two: 监护人 over 姓名 reads 监护人姓名.
std::vector<std::string> headings(std::span<text::TableRow const> rows, std::size_t from, std::size_t count,
                                  std::size_t width) {
    std::vector<std::string> out(width);
    for (std::size_t column = 0; column < width; ++column) {
        out[column] = text_of(rows[from], column);
        auto const* below = count == 2 ? &text_of(rows[from + 1], column) : nullptr;
        if (below != nullptr && !below->empty() && *below != out[column]) out[column] += *below;
    }
    return out;
}

/// How many different fields a row of headings names.
double score_of(std::vector<std::string> const& row) {
    std::map<RosterField, double> best;
    for (auto const& header : row) {
        RosterField field{};
        double score = field_of_header(header, field);
        if (score > 0) best[field] = std::max(best[field], score);
    }
    double sum = 0;
    for (auto const& [field, score] : best) sum += score;
    return sum;
}

struct HeadingPlace {
    std::size_t from = 0;
    std::size_t count = 0;  ///< rows of headings; 0 if there are none
    double score = 0;
};

HeadingPlace find_headings(std::span<text::TableRow const> rows, std::size_t width) {
    HeadingPlace best;
    for (std::size_t from = 0; from < std::min(rows.size(), rows_for_headings); ++from) {
        for (std::size_t count = 1; count <= 2 && from + count <= rows.size(); ++count) {
            double score = score_of(headings(rows, from, count, width));
            // Two rows must name more than either alone, or the second is data or the first a title.
            if (count == 2 && score <= score_of(headings(rows, from + 1, 1, width)) + 0.5) continue;
            if (score > best.score + (count == 2 ? 0.5 : 0)) best = {from, count, score};
        }
    }
    return best.score >= least_headings ? best : HeadingPlace{};
}

std::vector<text::Cell> cells_of(std::span<text::TableRow const> rows, std::size_t column) {
    std::vector<text::Cell> cells;
    for (auto const& row : rows) {
        if (column < row.cells.size()) cells.push_back(row.cells[column]);
    }
    return cells;
}

std::vector<ColumnGuess> candidates_of(std::string const& header, std::vector<text::Cell> const& cells, int column) {
    RosterField named{};
    double by_header = field_of_header(header, named);
    if (by_header > 0) {
        auto content = content_score(cells, named);
        double confidence = !content ? by_header * 0.95 : by_header * (0.5 + 0.5 * *content);
        return {{column, named, confidence, header}};
    }
    std::vector<ColumnGuess> found;
    for (auto field : recognisable_fields()) {
        auto content = content_score(cells, field);
        if (content.value_or(0) >= sure_by_content && cells.size() > 1)
            found.push_back({column, field, 0.55 * *content, header});
    }
    return found;
}

SheetKind kind_of(std::vector<ColumnGuess> const& columns) {
    std::set<RosterField> has;
    for (auto const& guess : columns) has.insert(guess.field);
    using enum RosterField;
    auto any = [&has](auto... fields) { return (has.contains(fields) || ...); };
    if (any(student_number, guardian_name, guardian_phone, entry_month, school_pupil_number)) return SheetKind::pupils;
    if (any(staff_number, subject, title, entry_into_work)) return SheetKind::staff;
    if (!any(name, given_name) && any(school, school_code)) return SheetKind::schools;
    if (any(post)) return SheetKind::staff;
    return any(name) && any(class_name, grade) ? SheetKind::pupils : SheetKind::unknown;
}

}  // namespace

double field_of_header(std::string_view header, RosterField& field) {
    auto wanted = bare(header);
    if (wanted.empty()) return 0;
    auto const& fields = fields_by_name();
    if (auto found = fields.find(wanted); found != fields.end()) {
        field = found->second;
        return 1;
    }
    if (text::count_characters(wanted) > 16) return 0;  // a sentence, not a heading
    std::size_t longest = 0;
    for (auto const& [name, candidate] : fields) {
        bool telling = text::count_characters(name) >= 2 && static_cast<unsigned char>(name[0]) >= 0x80;
        // The end of a Chinese heading says what it is: 学生监护人姓名 is a name, 姓名代码 is not.
        if (!telling || !std::string_view(wanted).ends_with(name) || name.size() <= longest) continue;
        longest = name.size();
        field = candidate;
    }
    return longest == 0 ? 0 : 0.8;
}

SheetGuess guess_columns(std::span<text::TableRow const> rows) {
    SheetGuess guess;
    if (rows.empty()) return guess;
    auto width = width_of(rows);
    auto place = find_headings(rows, width);
    auto data = rows.subspan(place.from + place.count);
    auto names = place.count > 0 ? headings(rows, place.from, place.count, width) : std::vector<std::string>(width);
    if (place.count > 0) guess.header_row = static_cast<int>(rows[place.from].number);
    guess.first_data_row = place.count > 0 ? static_cast<int>(rows[place.from + place.count - 1].number) + 1
                                           : static_cast<int>(rows.front().number);
    std::vector<ColumnGuess> candidates;
    for (std::size_t column = 0; column < width; ++column) {
        auto found = candidates_of(names[column], cells_of(data, column), static_cast<int>(column));
        candidates.insert(candidates.end(), found.begin(), found.end());
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](ColumnGuess const& a, ColumnGuess const& b) { return a.confidence > b.confidence; });
    std::set<int> used_columns;
    std::set<RosterField> used_fields;
    for (auto& candidate : candidates) {
        if (used_columns.contains(candidate.column) || used_fields.contains(candidate.field)) continue;
        used_columns.insert(candidate.column);
        used_fields.insert(candidate.field);
        guess.columns.push_back(std::move(candidate));
    }
    std::sort(guess.columns.begin(), guess.columns.end(),
              [](ColumnGuess const& a, ColumnGuess const& b) { return a.column < b.column; });
    for (std::size_t column = 0; column < width; ++column) {
        if (!used_columns.contains(static_cast<int>(column)))
            guess.unknown.push_back({static_cast<int>(column), names[column]});
    }
    guess.kind = kind_of(guess.columns);
    return guess;
}

}  // namespace santong::roster::rules
