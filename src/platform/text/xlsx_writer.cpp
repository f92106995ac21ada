#include "platform/text/xlsx_writer.hpp"

#include <xlsxwriter.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <stdexcept>

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

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// With the 15 digits that spreadsheets keep; libxlsxwriter prints 16, by which 66.6 stands as 66.59999999999999.
std::string number_text(double value) {
    std::array<char, 40> buffer{};
    auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 15);
    return {buffer.data(), end};
}

/// Copies the rows of a sheet with every number written anew.
void copy_rows(std::FILE* from, std::FILE* to) {
    constexpr std::string_view end_of_value = "</v>";
    char* piece = nullptr;
    std::size_t room = 0;
    for (ssize_t size = 0; (size = ::getdelim(&piece, &room, '>', from)) > 0;) {  // in texts the sign is "&gt;"
        std::string_view const read(piece, static_cast<std::size_t>(size));
        double value = 0;
        bool const number =
            read.ends_with(end_of_value) && parse_number(read.substr(0, read.size() - end_of_value.size()), value);
        std::string const written = number ? number_text(value) + std::string(end_of_value) : std::string(read);
        std::fwrite(written.data(), 1, written.size(), to);
    }
    std::free(piece);
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

}  // namespace

struct XlsxWriter::State {
    struct Close {
        void operator()(lxw_workbook* w) const { lxw_workbook_free(w); }
    };
    std::unique_ptr<lxw_workbook, Close> book;
    lxw_worksheet* sheet = nullptr;
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

    /// Until the workbook is closed the rows of a sheet lie in a file of their own.
    void write_numbers_anew() {
        if (sheet == nullptr) return;
        lxw_worksheet_write_single_row(sheet);  // the last row is still in memory
        std::unique_ptr<std::FILE, CloseFile> made(std::tmpfile());
        if (!made) throw std::runtime_error("a workbook cannot be written: no room for its rows");
        std::rewind(sheet->optimize_tmpfile);
        copy_rows(sheet->optimize_tmpfile, made.get());
        if (std::ferror(sheet->optimize_tmpfile) != 0 || std::fflush(made.get()) != 0)
            throw std::runtime_error("a workbook cannot be written: the disk refuses its rows");
        std::fclose(sheet->optimize_tmpfile);
        sheet->optimize_tmpfile = sheet->file = made.release();
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
    state.write_numbers_anew();
    state.columns = std::move(columns);
    state.sheet = workbook_add_worksheet(state.book.get(), sheet_name(name, state.names).c_str());
    if (state.sheet == nullptr) throw std::runtime_error("a workbook takes no further sheet");
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
    state_->write_numbers_anew();
    state_->write_long_lists();
    must(workbook_close(state_->book.release()));
}

}  // namespace santong::text
