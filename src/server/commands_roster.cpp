#include "server/commands_roster.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "core/json.hpp"
#include "core/message.hpp"
#include "platform/auth/audit.hpp"
#include "platform/sql/installation.hpp"
#include "server/cannot_begin.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"
#include "server/subcommand.hpp"
#include "standards/oneroster/service.hpp"

namespace santong::server {

namespace {

namespace fs = std::filesystem;

constexpr int exit_refused = 3;
constexpr char const* exit_codes =
    "Exit codes: 0 done, nothing refused; 1 the machine or the data folder is broken; 2 the file is missing or "
    "cannot be read, or the district is not the right one: nothing was written; 3 rows are refused (nothing was"
    " written unless --accept-good).";
constexpr std::size_t lines_on_terminal = 20;
constexpr char const* language = "en";

struct RosterArguments {
    PlaceOptions options;
    Place place;
    std::string zip;
    core::DistrictId district = 0;
    bool add_district = false;
    bool dry_run = false;
    bool accept_good = false;
    std::string report;
};

void write_report(std::string const& path, std::vector<oneroster::ReportLine> const& lines) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << core::json::write(lines) << '\n';
    file.close();
    if (!file) throw std::runtime_error("the report cannot be written: " + path);
}

void print_findings(std::vector<oneroster::ReportLine> const& lines) {
    for (std::size_t i = 0; i < lines.size() && i < lines_on_terminal; ++i) {
        auto const& line = lines[i];
        std::fprintf(stderr, "%s:%lld %s: %s %s\n", line.file.c_str(), static_cast<long long>(line.row),
                     line.column.c_str(), line.reason.c_str(), line.hint.c_str());
    }
    if (lines.size() > lines_on_terminal) {
        std::fprintf(stderr, "… and %zu more; --report FILE writes them all\n", lines.size() - lines_on_terminal);
    }
}

void print_counts(oneroster::ImportOutcome const& outcome) {
    auto print = [](char const* name, oneroster::Counts const& counts) {
        std::printf("%-18s added %lld, changed %lld, ended %lld, same %lld, refused %lld\n", name,
                    static_cast<long long>(counts.added), static_cast<long long>(counts.changed),
                    static_cast<long long>(counts.ended), static_cast<long long>(counts.same),
                    static_cast<long long>(counts.refused));
    };
    for (auto const& [kind, counts] : outcome.by_file) print(std::string(core::enum_text(kind)).c_str(), counts);
    print("total", outcome.counts);
}

char const* ending(RosterArguments const& arguments, bool refused, bool written) {
    if (arguments.dry_run) return "dry run: nothing was written";
    if (written) return refused ? "the good rows were written" : "written";
    if (refused)
        return arguments.accept_good ? "nothing to write" : "nothing was written; --accept-good takes the good rows";
    return "nothing to write: all of it is here already";
}

/// A data folder that nobody has used yet is left as it was unless something is written.
class FreshFolder {
public:
    explicit FreshFolder(Place const& place)
        : data_(place.data),
          existed_(fs::exists(data_)),
          fresh_(place.database.empty() && (!existed_ || fs::is_empty(data_))) {}
    ~FreshFolder() {
        if (!fresh_ || kept_) return;
        std::error_code ignored;
        for (auto const& entry : fs::directory_iterator(data_, ignored)) fs::remove_all(entry.path(), ignored);
        if (!existed_) fs::remove(data_, ignored);
    }
    FreshFolder(FreshFolder const&) = delete;
    FreshFolder& operator=(FreshFolder const&) = delete;
    void keep() { kept_ = true; }

private:
    fs::path data_;
    bool existed_;
    bool fresh_;
    bool kept_ = false;
};

void say(char const* what, core::Error const& error) {
    std::fprintf(stderr, "%s: %s\n", what, core::message(error.key, error.params, language).c_str());
}

/// Why nothing can be taken of a file; the report holds it too. What has no place in a table is no bundle at all.
int unreadable(RosterArguments const& arguments, oneroster::Bundle const& bundle) {
    auto const lines = oneroster::report_of(bundle.findings, language);
    if (!arguments.report.empty()) write_report(arguments.report, lines);
    if (!bundle.manifest.empty()) {
        print_findings(lines);
        std::fprintf(stderr, "nothing was written: the bundle breaks the format\n");
        return exit_refused;
    }
    for (auto const& line : lines) {
        std::fprintf(stderr, "santong: %s: %s\n", line.file.empty() ? arguments.zip.c_str() : line.file.c_str(),
                     line.reason.c_str());
    }
    std::fprintf(stderr, "santong: %s cannot be imported; nothing was written\n", arguments.zip.c_str());
    return exit_cannot_begin;
}

int import_oneroster(RosterArguments const& arguments) {
    if (!fs::is_regular_file(arguments.zip)) {
        std::fprintf(stderr, "santong: there is no file %s\n", arguments.zip.c_str());
        return exit_cannot_begin;
    }
    auto bundle = oneroster::read_bundle(arguments.zip);
    if (!bundle.readable) return unreadable(arguments, bundle);
    FreshFolder folder(arguments.place);
    Application application(arguments.place);
    auto& parts = application.parts();
    oneroster::ImportOptions options;
    options.zip = arguments.zip;
    if (arguments.district != 0) options.district = arguments.district;
    options.add_district = arguments.add_district;
    options.dry_run = arguments.dry_run;
    options.accept_good = arguments.accept_good;
    auto const outcome = oneroster::import_bundle(*parts.db, *parts.clock, std::move(bundle), options);
    if (!outcome) {
        say("santong", outcome.error());
        return exit_cannot_begin;
    }
    if (outcome->written) folder.keep();
    for (auto const& warning : outcome->warnings) say("warning", warning);
    if (outcome->written) parts.db->refresh_statistics();
    auto const lines = oneroster::report_of(outcome->findings, language);
    if (!arguments.report.empty()) write_report(arguments.report, lines);
    print_findings(lines);
    if (outcome->district != 0) std::printf("district %d\n", outcome->district);
    print_counts(*outcome);
    std::printf("%s\n", ending(arguments, !lines.empty(), outcome->written));
    return lines.empty() ? 0 : exit_refused;
}

/// What to say where `--district` names none of those that stand here.
std::string no_such_district(std::vector<core::DistrictId> const& here, core::DistrictId wanted) {
    if (here.empty()) return "there is no roster here yet";
    std::string known;
    for (auto const one : here) known += (known.empty() ? "" : ", ") + std::to_string(one);
    if (wanted == 0) return "name one of the districts here with --district: " + known;
    return "there is no district " + std::to_string(wanted) + " here; there is " + known;
}

int export_oneroster(RosterArguments const& arguments) {
    expect_database(arguments.place);
    Application application(arguments.place);
    auto& parts = application.parts();
    auto const districts = sql::districts(*parts.db);
    auto const district = arguments.district != 0 || districts.size() != 1 ? arguments.district : districts.front();
    if (std::find(districts.begin(), districts.end(), district) == districts.end()) {
        std::fprintf(stderr, "santong: %s\n", no_such_district(districts, arguments.district).c_str());
        return exit_cannot_begin;
    }
    auto const bundle =
        parts.db->read(district, [&](sql::Tx& tx) { return oneroster::export_bundle(tx, *parts.clock); });
    auto const unfinished = arguments.zip + ".part";
    oneroster::write_bundle(unfinished, bundle);
    parts.db->transact(district, [&](sql::Tx& tx) {
        auth::audit(tx, auth::terminal_caller(district), {"roster.export_oneroster", std::to_string(district), "{}"});
    });
    std::filesystem::rename(unfinished, arguments.zip);
    for (auto const& [kind, table] : bundle.tables) {
        std::printf("%-18s %zu\n", std::string(core::enum_text(kind)).c_str(), table.rows.size());
    }
    return 0;
}

/// `import` and `export`: other commands of theirs may have been added before.
CLI::App* group(CLI::App& app, char const* name, char const* text) {
    if (auto* known = subcommand(app, name)) return known;
    auto* added = app.add_subcommand(name, text);
    added->require_subcommand(1);
    return added;
}

CLI::App* add_command(CLI::App* parent, std::shared_ptr<RosterArguments> const& arguments, char const* text) {
    auto* command = parent->add_subcommand("oneroster", text);
    command->add_option("file", arguments->zip, "zip file")->required();
    arguments->options.add_to(*command);
    command->add_option("--district", arguments->district, "GB/T 2260 code of the district");
    return command;
}

}  // namespace

void register_roster_commands(CLI::App& app, int& code) {
    auto const in = std::make_shared<RosterArguments>();
    auto* import = add_command(group(app, "import", "take data in"), in, "a OneRoster 1.2 CSV bundle");
    import->footer(exit_codes);
    import->add_flag("--add-district", in->add_district, "open --district beside the districts that stand there");
    import->add_flag("--dry-run", in->dry_run, "check only, write nothing");
    import->add_flag("--accept-good", in->accept_good, "write the good rows although others are refused");
    import->add_option("--report", in->report, "file for the refused rows, as JSON");
    import->callback([in, &code] {
        in->place = in->options.place();
        code = import_oneroster(*in);
    });
    auto const out = std::make_shared<RosterArguments>();
    auto* output = add_command(group(app, "export", "give data out"), out, "the roster as a OneRoster 1.2 CSV bundle");
    output->callback([out, &code] {
        out->place = out->options.place();
        code = export_oneroster(*out);
    });
}

}  // namespace santong::server
