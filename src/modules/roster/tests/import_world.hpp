#pragma once
#include <filesystem>
#include <fstream>

#include "modules/roster/import_http.hpp"
#include "modules/roster/import_rows.hpp"
#include "modules/roster/service.hpp"
#include "platform/notify/hub.hpp"
#include "platform/text/xlsx_writer.hpp"
#include "world.hpp"

namespace santong::test {

/// Sheets of schools on their way into the small district.
struct ImportWorld : World {
    ImportWorld() { kept.register_access(roster::import_file_access()); }
    ~ImportWorld() { std::filesystem::remove_all(folder); }

    auth::Caller office() const { return caller(info_office); }

    core::FileId upload(auth::Caller const& who, std::string const& name, std::string const& bytes) {
        files::NewFile about;
        about.name = name;
        about.created_by = who.account;
        return kept.keep(district(), about, bytes).value().id;
    }
    /// A workbook with these rows; the first is the heading.
    std::string workbook(std::vector<std::vector<std::string>> const& rows) const {
        std::filesystem::create_directories(folder);
        auto const path = folder / "made.xlsx";
        {
            text::XlsxWriter writer(path);
            std::vector<text::XlsxColumn> columns;
            for (auto const& title : rows.at(0)) columns.push_back({title, text::ColumnKind::text, 14, {}, ""});
            writer.sheet("名册", columns);
            for (std::size_t i = 1; i < rows.size(); ++i) writer.row(rows[i]);
            writer.finish();
        }
        return read_file(path);
    }
    static std::string read_file(std::filesystem::path const& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    roster::ImportView begin(auth::Caller const& who, std::string const& name, std::string const& bytes,
                             roster::ImportKind kind = roster::ImportKind::pupils) {
        return roster::begin_import(place, who, {upload(who, name, bytes), kind}).value();
    }
    roster::ImportView begin_csv(auth::Caller const& who, std::string const& csv,
                                 roster::ImportKind kind = roster::ImportKind::pupils) {
        return begin(who, "名册.csv", csv, kind);
    }
    void run_jobs() {
        jobs::RunnerOptions options;
        options.districts = {district()};
        options.workers = 1;
        jobs::JobRunner runner(jobs, nullptr, options);
        roster::register_import_jobs(runner, place);
        while (runner.run_one()) {}
    }
    roster::ImportView try_out(auth::Caller const& who, roster::ImportId const& id) {
        roster::start_dry_run(place, who, id).value();
        run_jobs();
        return roster::find_import(place, who, id).value();
    }
    roster::ImportView write(auth::Caller const& who, roster::ImportId const& id,
                             std::vector<core::OrgId> const& end_in = {}) {
        roster::start_write(place, who, id, {end_in}).value();
        run_jobs();
        return roster::find_import(place, who, id).value();
    }
    /// Begins, tries and writes a sheet at once.
    roster::ImportTotals take(auth::Caller const& who, std::string const& csv,
                              roster::ImportKind kind = roster::ImportKind::pupils) {
        auto const view = begin_csv(who, csv, kind);
        try_out(who, view.id);
        return write(who, view.id).totals;
    }
    std::vector<roster::ImportRowView> rows(auth::Caller const& who, roster::ImportId const& id,
                                            std::string const& state) {
        return roster::list_import_rows(place, who, id, {state, "", "", "", 0, 200}).value().items;
    }
    /// Key of the first problem of the only row of a sheet.
    std::string refusal(std::string const& heading, std::string const& line) {
        auto const view = begin_csv(office(), heading + "\n" + line + "\n");
        try_out(office(), view.id);
        auto const refused = rows(office(), view.id, "refused");
        return refused.size() == 1 ? refused[0].problems.at(0).key : std::string("(good)");
    }

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("import-" + core::Uuid::make().text());
    core::FixedClock machine{core::Instant{1'700'000'000'000}};
    files::LocalContentStore contents{folder / "files"};
    files::Files kept{db(), contents, machine};
    jobs::Jobs jobs{db(), kept, machine};
    roster::ImportPlace place{db(), kept, jobs, clock};
};

}  // namespace santong::test
