#include "standards/oneroster/check.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/dates.hpp"
#include "modules/roster/rules/person_name.hpp"
#include "modules/roster/rules/student_number.hpp"
#include "platform/text/utf8.hpp"
#include "standards/oneroster/check_relations.hpp"
#include "standards/oneroster/user_ids.hpp"

namespace santong::oneroster {

namespace {

constexpr std::size_t longest_cell = 4'000;

bool is_choice(ColumnSpec const& column, std::string_view value) {
    if (column.extensible && value.starts_with("ext:")) return true;
    std::string_view rest = column.choices;
    while (!rest.empty()) {
        auto const bar = rest.find('|');
        if (rest.substr(0, bar) == value) return true;
        if (bar == std::string_view::npos) break;
        rest.remove_prefix(bar + 1);
    }
    return false;
}

/// The spelling among the choices that a value means if only its case is wrong.
std::string right_spelling(std::string_view choices, std::string_view value) {
    auto const form = text::search_form(value);
    while (!choices.empty()) {
        auto const bar = choices.find('|');
        if (text::search_form(choices.substr(0, bar)) == form) return std::string(choices.substr(0, bar));
        if (bar == std::string_view::npos) break;
        choices.remove_prefix(bar + 1);
    }
    return {};
}

/// 2014-09-01T08:00:00Z, with or without fractions and offset; or a day alone.
bool is_moment(std::string_view value) {
    if (!core::LocalDate::parse(value.substr(0, 10))) return false;
    if (value.size() == 10) return true;
    if (value.size() < 16 || (value[10] != 'T' && value[10] != ' ')) return false;
    return std::ranges::all_of(value.substr(11), [](char c) {
        return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == 'Z' || c == '+' || c == '-';
    });
}

bool is_year(std::string_view value) {
    return value.size() == 4 && value >= "1900" && value <= "2200" &&
           std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

/// The cells of one table, one after the other.
class CellCheck {
public:
    CellCheck(Table& table, Bundle& bundle, core::LocalDate today)
        : table_(table), bundle_(bundle), spec_(spec_of(table.kind)), file_(spec_.file_name()), today_(today) {
        for (auto const& name : table.header) columns_.push_back(spec_.find(name));
    }

    void run() {
        for (auto& row : table_.rows) check_row(row);
    }

private:
    void refuse(Row& row, std::string const& column, std::string_view value, std::string key,
                core::ErrorParams params = {}) {
        row.sound = false;
        auto shown =
            is_personal(table_.kind, column) ? masked(value) : std::string(text::truncate_characters(value, 60));
        if (!params.contains("value")) params["value"] = shown;
        bundle_.findings.push_back({file_, row.number, column, std::move(shown), std::move(key), std::move(params), 0});
    }

    void check_row(Row& row) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            auto const& value = row.cells[i];
            auto const& name = table_.header[i];
            if (value.size() > longest_cell)
                refuse(row, name, "", "oneroster.cell_too_long");
            else if (text::has_control_characters(value, text::LineBreaks::allow))
                refuse(row, name, "", "oneroster.control_character");
            else if (columns_[i])
                check_cell(row, *columns_[i], value);
        }
        if (table_.mode == Mode::delta) check_delta(row);
        if (table_.kind == FileKind::users) check_person(row);
        if (table_.kind == FileKind::demographics) check_birth(row);
    }

    void check_cell(Row& row, ColumnSpec const& column, std::string const& value) {
        if (text::trim(value).empty()) {
            if (column.required) refuse(row, column.name, "", "oneroster.required", {{"column", column.name}});
            return;
        }
        switch (column.type) {
            case ColumnType::choice: check_choice(row, column, value); break;
            case ColumnType::date: check_date(row, column.name, value); break;
            case ColumnType::moment:
                if (!is_moment(value)) refuse(row, column.name, value, "oneroster.moment");
                break;
            case ColumnType::boolean:
                if (value != "true" && value != "false") {
                    refuse(row, column.name, value, "oneroster.boolean");
                }
                break;
            case ColumnType::year:
                if (!is_year(value)) refuse(row, column.name, value, "oneroster.year");
                break;
            case ColumnType::grades:
                for (auto const& one : list_of(value)) {
                    if (!is_grade(one)) refuse(row, column.name, one, "oneroster.grade");
                }
                break;
            case ColumnType::text:
            case ColumnType::id:
            case ColumnType::reference:
            case ColumnType::references: break;
        }
    }

    void check_choice(Row& row, ColumnSpec const& column, std::string const& value) {
        if (is_choice(column, value)) return;
        std::string choices = column.choices;
        std::ranges::replace(choices, '|', ' ');
        auto const meant = right_spelling(column.choices, value);
        core::ErrorParams params{{"choices", choices}, {"suggestion", meant}};
        refuse(row, column.name, value, meant.empty() ? "oneroster.choice" : "oneroster.choice_spelling", params);
    }

    void check_date(Row& row, char const* column, std::string const& value) {
        if (core::LocalDate::parse(value)) return;
        auto const read = roster::rules::read_date(value);
        if (read)
            refuse(row, column, value, "oneroster.date_form", {{"suggestion", read->text()}});
        else
            refuse(row, column, value, read.error().key, read.error().params);
    }

    void check_delta(Row& row) {
        for (char const* name : {"status", "dateLastModified"}) {
            if (Table::cell(row, table_.column(name)).empty()) refuse(row, name, "", "oneroster.delta_required");
        }
    }

    void check_person(Row& row) {
        for (char const* name : {"familyName", "givenName"}) {
            auto const& value = Table::cell(row, table_.column(name));
            if (text::trim(value).empty()) continue;
            auto const read = roster::rules::read_person_name(value);
            if (!read) refuse(row, name, value, read.error().key, read.error().params);
        }
        auto const& ids = Table::cell(row, table_.column("userIds"));
        auto const read = read_user_ids(ids, today_);
        if (!read) refuse(row, "userIds", ids, read.error().key, read.error().params);
    }

    void check_birth(Row& row) {
        auto const& value = Table::cell(row, table_.column("birthDate"));
        auto const birth = core::LocalDate::parse(value);
        if (!birth) return;
        auto const right = roster::rules::check_birth_date(*birth, today_);
        if (!right) refuse(row, "birthDate", value, right.error().key, right.error().params);
    }

    Table& table_;
    Bundle& bundle_;
    FileSpec const& spec_;
    std::string file_;
    core::LocalDate today_;
    std::vector<ColumnSpec const*> columns_;
};

}  // namespace

void check_bundle(Bundle& bundle, KnownRow const& known, core::LocalDate today) {
    for (auto& [kind, table] : bundle.tables) CellCheck(table, bundle, today).run();
    check_relations(bundle, known);
    std::ranges::stable_sort(bundle.findings, [](Finding const& a, Finding const& b) {
        return a.file != b.file ? a.file < b.file : a.row < b.row;
    });
}

}  // namespace santong::oneroster
