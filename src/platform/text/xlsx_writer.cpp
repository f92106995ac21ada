#include "platform/text/xlsx_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>
#include <stdexcept>
#include <utility>

#include "platform/text/table.hpp"
#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr std::size_t longest_cell = 32'767;      // characters, by the format
constexpr std::size_t longest_choice_list = 255;  // characters of a list that stands in the rule itself
constexpr lxw_row_t last_checked_row = 20'000;

void must(lxw_error error) {
    if (error != LXW_NO_ERROR)
        throw std::runtime_error(std::string("a workbook cannot be written: ") + lxw_strerror(error));
}

std::string sheet_name(std::string_view wished, std::set<std::string>& taken) {
    std::string name;
    for (char c : wished) {
        if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) name += c;
    }
    name = truncate_characters(name, 28);
    if (name.empty()) name = "Sheet";
    std::string unique = name;
    for (int n = 2; !taken.insert(search_form(unique)).second; ++n) unique = name + "_" + std::to_string(n);
    return unique;
}

bool parse_number(std::string_view text, double& value) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

/// Control characters cannot stand in XML.
std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_character(text, at);
        bool kept = c >= 0x20 || c == '\n' || c == '\t';
        if (kept && c != 0xFFFE && c != 0xFFFF) append_character(out, c);
    }
    return std::string(truncate_characters(out, longest_cell));
}

/// A number as people wrote it. libxlsxwriter prints 16 digits, by which 66.6 becomes 66.59999999999999: another
/// number. Fifteen are what spreadsheets keep, and what every text of that length survives.
void append_shortened(std::string& out, std::string_view written) {
    double value = 0;
    if (!parse_number(written, value)) {
        out += written;
        return;
    }
    constexpr int kept_digits = 15;
    char buffer[40];
    auto const [end, error] =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, kept_digits);
    out.append(buffer, error == std::errc{} ? end : buffer);
}

/// Rows with their numbers shortened; what may be the beginning of a number at the end stays in `rows`.
std::string shortened(std::string& rows) {
    constexpr std::string_view open = "<v>", close = "</v>";
    std::string out;
    std::size_t at = 0;
    for (;;) {
        auto const from = rows.find(open, at);
        auto const to = from == rows.npos ? rows.npos : rows.find(close, from);
        if (to == rows.npos) {
            auto const safe = from != rows.npos ? from : std::max(at, rows.size() - std::min(rows.size(), open.size()));
            out.append(rows, at, safe - at);
            rows.erase(0, safe);
            return out;
        }
        out.append(rows, at, from + open.size() - at);
        append_shortened(out, std::string_view(rows).substr(from + open.size(), to - from - open.size()));
        at = to;
    }
}

/// The rows of a sheet wait in a file until the workbook is closed; texts stand there with `<` escaped.
void shorten_numbers(lxw_worksheet& sheet) {
    lxw_worksheet_write_single_row(&sheet);
    std::unique_ptr<FILE, int (*)(FILE*)> made(std::tmpfile(), &std::fclose);
    if (!made) throw std::runtime_error("a workbook cannot be written: no temporary file");
    if (std::fseek(sheet.optimize_tmpfile, 0, SEEK_SET) != 0)
        throw std::runtime_error("a workbook cannot be written: its rows cannot be read again");
    std::string rows;
    std::string piece(std::size_t{64} << 10, '\0');
    auto const write = [&made](std::string const& text) {
        if (std::fwrite(text.data(), 1, text.size(), made.get()) != text.size())
            throw std::runtime_error("a workbook cannot be written: the disk is full");
    };
    while (auto const got = std::fread(piece.data(), 1, piece.size(), sheet.optimize_tmpfile)) {
        rows.append(piece, 0, got);
        write(shortened(rows));
    }
    write(rows);
    std::fclose(std::exchange(sheet.optimize_tmpfile, made.release()));
}

}  // namespace

struct XlsxWriter::State {
    struct Close {
        void operator()(lxw_workbook* w) const { lxw_workbook_free(w); }
    };
    std::unique_ptr<lxw_workbook, Close> book;
    lxw_worksheet* sheet = nullptr;
    std::vector<lxw_worksheet*> numeric;  ///< sheets with columns of numbers
    std::vector<XlsxColumn> columns;
    std::set<std::string> names;
    std::vector<std::vector<std::string>> long_lists;  ///< choices that go to a hidden sheet
    lxw_row_t at = 0;
    lxw_format *header = nullptr, *text = nullptr, *number = nullptr, *date = nullptr, *note = nullptr;

    lxw_format* make_format(char const* number_format) {
        auto* format = workbook_add_format(book.get());
        format_set_num_format(format, number_format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        return format;
    }
    void make_formats() {
        header = make_format("@");
        format_set_bold(header);
        format_set_bg_color(header, 0xE8EEF7);
        format_set_bottom(header, LXW_BORDER_THIN);
        format_set_text_wrap(header);
        text = make_format("@");
        number = make_format("General");
        date = make_format("yyyy-mm-dd");
        note = make_format("@");
        format_set_font_color(note, 0xB3261E);
        format_set_text_wrap(note);
    }
    lxw_format* format_of(ColumnKind kind) const {
        switch (kind) {
            case ColumnKind::text: return text;
            case ColumnKind::number: return number;
            case ColumnKind::date: return date;
            case ColumnKind::note: return note;
        }
        return text;
    }

    void write(std::size_t column, std::string const& cell) {
        auto index = static_cast<lxw_col_t>(column);
        auto kind = column < columns.size() ? columns[column].kind : ColumnKind::text;
        double value = 0;
        if (cell.empty()) return;
        if (kind == ColumnKind::number && parse_number(cell, value)) {
            return must(worksheet_write_number(sheet, at, index, value, number));
        }
        if (auto day = kind == ColumnKind::date ? core::LocalDate::parse(cell) : std::nullopt) {
            lxw_datetime at_midnight{day->year, day->month, day->day, 0, 0, 0};
            return must(worksheet_write_datetime(sheet, at, index, &at_midnight, date));
        }
        must(worksheet_write_string(sheet, at, index, printable(cell).c_str(), format_of(kind)));
    }

    void add_rule(std::size_t column) {
        auto& wanted = columns[column];
        if (wanted.choices.empty() && wanted.hint.empty()) return;
        lxw_data_validation rule{};
        rule.validate = LXW_VALIDATION_TYPE_ANY;
        std::vector<char*> list;
        for (auto& choice : wanted.choices) list.push_back(choice.data());
        list.push_back(nullptr);
        auto formula = list_formula(wanted.choices);
        if (!formula.empty()) {
            rule.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;  // until make_last_rule_a_list
            rule.value_formula = formula.data();
        } else if (!wanted.choices.empty()) {
            rule.validate = LXW_VALIDATION_TYPE_LIST;
            rule.value_list = list.data();
        }
        auto title = std::string(truncate_characters(wanted.title, 32));
        auto hint = std::string(truncate_characters(wanted.hint, 255));
        if (!hint.empty()) {
            rule.input_title = title.data();
            rule.input_message = hint.data();
        }
        auto index = static_cast<lxw_col_t>(column);
        must(worksheet_data_validation_range(sheet, 1, index, last_checked_row, index, &rule));
        if (!formula.empty()) make_last_rule_a_list();
    }

    /// libxlsxwriter 1.1.4 loses memory when a list is given by formula; a custom formula is stored alike and freed.
    void make_last_rule_a_list() {
        lxw_data_val_obj *rule = nullptr, *last = nullptr;
        STAILQ_FOREACH(rule, sheet->data_validations, list_pointers) last = rule;
        last->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    }

    /// A list that is too long for the rule itself, or whose items have commas, goes to a hidden sheet.
    std::string list_formula(std::vector<std::string> const& choices) {
        std::size_t length = 0;
        bool comma = false;
        for (auto const& choice : choices) {
            length += count_characters(choice) + 1;
            comma = comma || choice.find(',') != choice.npos;
        }
        if (length <= longest_choice_list && !comma) return {};
        auto letters = column_letters(long_lists.size());
        long_lists.push_back(choices);
        return "=_lists!$" + letters + "$1:$" + letters + "$" + std::to_string(choices.size());
    }

    void write_long_lists() {
        if (long_lists.empty()) return;
        auto* lists = workbook_add_worksheet(book.get(), "_lists");
        worksheet_hide(lists);
        std::size_t longest = 0;
        for (auto const& list : long_lists) longest = std::max(longest, list.size());
        for (std::size_t i = 0; i < longest; ++i) {
            for (std::size_t column = 0; column < long_lists.size(); ++column) {
                if (i >= long_lists[column].size()) continue;
                auto cell = printable(long_lists[column][i]);
                must(worksheet_write_string(lists, static_cast<lxw_row_t>(i), static_cast<lxw_col_t>(column),
                                            cell.c_str(), text));
            }
        }
    }
};

XlsxWriter::XlsxWriter(std::filesystem::path const& path) : state_(std::make_unique<State>()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    state_->book.reset(workbook_new_opt(path.c_str(), &options));
    if (!state_->book) throw std::runtime_error("a workbook cannot be made");
    state_->make_formats();
}
XlsxWriter::XlsxWriter(XlsxWriter&&) noexcept = default;
XlsxWriter& XlsxWriter::operator=(XlsxWriter&&) noexcept = default;
XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::sheet(std::string_view name, std::vector<XlsxColumn> columns) {
    auto& state = *state_;
    state.columns = std::move(columns);
    state.sheet = workbook_add_worksheet(state.book.get(), sheet_name(name, state.names).c_str());
    if (state.sheet == nullptr) throw std::runtime_error("a workbook takes no further sheet");
    if (std::ranges::find(state.columns, ColumnKind::number, &XlsxColumn::kind) != state.columns.end())
        state.numeric.push_back(state.sheet);
    state.at = 0;
    for (std::size_t i = 0; i < state.columns.size(); ++i) {
        auto index = static_cast<lxw_col_t>(i);
        must(worksheet_set_column(state.sheet, index, index, state.columns[i].width,
                                  state.format_of(state.columns[i].kind)));
        must(worksheet_write_string(state.sheet, 0, index, printable(state.columns[i].title).c_str(), state.header));
        state.add_rule(i);
    }
    worksheet_freeze_panes(state.sheet, 1, 0);
    state.at = 1;
}

void XlsxWriter::row(std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) state_->write(i, cells[i]);
    ++state_->at;
}

void XlsxWriter::finish() {
    state_->write_long_lists();
    for (auto* sheet : state_->numeric) shorten_numbers(*sheet);
    must(workbook_close(state_->book.release()));
}

}  // namespace santong::text
