// Workbooks around an import: the refused rows with their reasons, and empty sheets to fill in.
#include <algorithm>

#include "core/message.hpp"
#include "modules/roster/import_rows.hpp"
#include "modules/roster/import_sheet.hpp"
#include "modules/roster/permissions.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::roster {

namespace {

constexpr int most_refused = 50'000;
constexpr double reason_width = 60;

struct RefusedRow {
    ImportCells cells;
    std::vector<ImportProblem> problems;
};

struct Refused {
    ImportSession session;
    std::vector<RefusedRow> rows;
};

std::string reasons(std::vector<ImportProblem> const& problems, std::vector<ImportColumn> const& columns,
                    std::string_view language) {
    std::string text;
    for (auto const& problem : problems) {
        auto const column = std::ranges::find(columns, problem.column, &ImportColumn::index);
        if (!text.empty()) text += "\n";
        if (column != columns.end()) text += column->header + (language == "en" ? ": " : "：");
        text += core::message(problem.key, problem.params, language);
        if (!problem.hint_key.empty()) {
            text += (language == "en" ? " " : "") + core::message(problem.hint_key, problem.params, language);
        }
    }
    return text;
}

core::Result<Refused> refused_of(ImportPlace const& at, auth::Caller const& caller, ImportId const& id) {
    TRY(find_import(at, caller, id));
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Refused> {
        Refused refused{*store::find_session(tx, id), {}};
        for (auto state : {"refused", "ask"}) {
            for (auto const& row : store::list_rows(tx, id, {state, "", "", ""}, 0, most_refused)) {
                refused.rows.push_back({open_cells(tx, row), view_of(row).problems});
            }
        }
        auth::audit(tx, caller,
                    {"roster.import_refused", id.text(), "{\"rows\":" + std::to_string(refused.rows.size()) + "}"});
        return refused;
    });
}

struct TemplateColumn {
    std::string_view key;
    std::string_view example;
};

constexpr TemplateColumn pupil_columns[] = {{"school", "河坝镇中心小学"},
                                            {"grade", "五年级"},
                                            {"class", "2班"},
                                            {"name", "张三"},
                                            {"sex", "男"},
                                            {"birth", "2004-03-12"},
                                            {"student_number", "G430981200403120000"},
                                            {"citizen_number", "430981200403120000"},
                                            {"entry", "2010-09"},
                                            {"guardian", "张大山"},
                                            {"relation", "父亲"},
                                            {"guardian_phone", "13800138000"}};
constexpr TemplateColumn staff_columns[] = {{"school", "河坝镇中心小学"}, {"staff_number", "2009015"},
                                            {"name", "李老师"},           {"sex", "女"},
                                            {"birth", "1985-06-01"},      {"citizen_number", "430981198506010000"},
                                            {"phone", "13800138000"},     {"subject", "语文"},
                                            {"title", "语文教研组长"},    {"work", "2009-08"}};

}  // namespace

core::Result<std::string> write_refused(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                        std::filesystem::path const& path, std::string_view language) {
    auto const refused = TRY(refused_of(at, caller, id));
    auto const columns = columns_of(refused.session);
    std::vector<text::XlsxColumn> titles;
    for (auto const& column : columns) titles.push_back({column.header, text::ColumnKind::text, 16, {}, ""});
    titles.push_back({reason_heading(language), text::ColumnKind::note, reason_width, {}, ""});
    text::XlsxWriter writer(path);
    writer.sheet(refused.session.sheet.empty() ? "Sheet1" : refused.session.sheet, titles);
    for (auto const& row : refused.rows) {
        std::vector<std::string> cells;
        for (auto const& column : columns) {
            auto const index = static_cast<std::size_t>(column.index);
            cells.push_back(index < row.cells.texts.size() ? row.cells.texts[index] : "");
        }
        cells.push_back(reasons(row.problems, columns, language));
        writer.row(cells);
    }
    writer.finish();
    auto stem = std::filesystem::path(refused.session.file_name).stem().string();
    return stem + "-" + reason_heading(language) + ".xlsx";
}

void write_template(ImportKind kind, std::filesystem::path const& path, std::string_view language) {
    std::vector<text::XlsxColumn> columns;
    auto add = [&](TemplateColumn const& one) {
        auto const title = core::message("roster.import_template_" + std::string(one.key), {}, language);
        std::vector<std::string> choices;
        if (one.key == "sex") choices = {"男", "女"};
        auto const hint =
            core::message("roster.import_template_hint", {{"example", std::string(one.example)}}, language);
        columns.push_back({title, text::ColumnKind::text, 18, choices, hint});
    };
    if (kind == ImportKind::pupils)
        std::ranges::for_each(pupil_columns, add);
    else
        std::ranges::for_each(staff_columns, add);
    text::XlsxWriter writer(path);
    writer.sheet(
        core::message(kind == ImportKind::pupils ? "roster.import_template_pupils" : "roster.import_template_staff", {},
                      language),
        columns);
    writer.finish();
}

namespace {

/// The file of an import is for its maker alone.
class ImportFileAccess final : public files::FileAccess {
public:
    std::string holder_type() const override { return import_holder; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const id = ImportId::parse(reference.holder_id);
        auto const session = id ? store::find_session(tx, *id) : std::nullopt;
        return session && session->made_by == caller.account;
    }
};

}  // namespace

std::unique_ptr<files::FileAccess> import_file_access() {
    return std::make_unique<ImportFileAccess>();
}

}  // namespace santong::roster
