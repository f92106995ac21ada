#include "server/commands_roster.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>

#include "core/json.hpp"
#include "core/message.hpp"
#include "platform/sql/installation.hpp"
#include "server/parts.hpp"
#include "standards/oneroster/service.hpp"

namespace santong::server {

namespace {

constexpr int exit_incomplete = 2;
constexpr int exit_refused = 3;
constexpr std::size_t lines_on_terminal = 20;
constexpr char const* language = "en";

struct RosterArguments {
    Place place;
    std::string zip;
    core::DistrictId district = 0;
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
    if (refused) return arguments.accept_good ? "nothing to write" : "nothing was written; --accept-good takes the good rows";
    return "nothing to write: all of it is here already";
}

int import_oneroster(RosterArguments const& arguments) {
    Application application(arguments.place);
    auto& parts = application.parts();
    oneroster::ImportOptions options;
    options.zip = arguments.zip;
    if (arguments.district != 0) options.district = arguments.district;
    options.dry_run = arguments.dry_run;
    options.accept_good = arguments.accept_good;
    auto const outcome = oneroster::import_bundle(*parts.db, *parts.clock, options);
    if (!outcome) {
        std::fprintf(stderr, "santong: %s\n", core::message(outcome.error().key, outcome.error().params, language).c_str());
        return exit_incomplete;
    }
    auto const lines = oneroster::report_of(outcome->findings, language);
    if (!arguments.report.empty()) write_report(arguments.report, lines);
    print_findings(lines);
    if (outcome->district != 0) std::printf("district %d\n", outcome->district);
    print_counts(*outcome);
    std::printf("%s\n", ending(arguments, !lines.empty(), outcome->written));
    return lines.empty() ? 0 : exit_refused;
}

int export_oneroster(RosterArguments const& arguments) {
    Application application(arguments.place);
    auto& parts = application.parts();
    auto const districts = sql::districts(*parts.db);
    auto const district = arguments.district != 0 || districts.size() != 1 ? arguments.district : districts.front();
    if (std::find(districts.begin(), districts.end(), district) == districts.end()) {
        std::fprintf(stderr, "santong: %s\n", districts.empty() ? "there is no roster here yet" : "name the district with --district");
        return exit_incomplete;
    }
    auto const bundle = parts.db->read(district, [&](sql::Tx& tx) { return oneroster::export_bundle(tx, *parts.clock); });
    auto const unfinished = arguments.zip + ".part";
    oneroster::write_bundle(unfinished, bundle);
    std::filesystem::rename(unfinished, arguments.zip);
    for (auto const& [kind, table] : bundle.tables) {
        std::printf("%-18s %zu\n", std::string(core::enum_text(kind)).c_str(), table.rows.size());
    }
    return 0;
}

/// `import` and `export`: other commands of theirs may have been added before.
CLI::App* group(CLI::App& app, char const* name, char const* text) {
    for (auto* known : app.get_subcommands([&](CLI::App const* one) { return one->get_name() == name; })) return known;
    auto* added = app.add_subcommand(name, text);
    added->require_subcommand(1);
    return added;
}

CLI::App* add_command(CLI::App* parent, std::shared_ptr<RosterArguments> const& arguments, char const* text) {
    auto* command = parent->add_subcommand("oneroster", text);
    command->add_option("file", arguments->zip, "zip file")->required();
    command->add_option("--data", arguments->place.data, "folder of the data (made if missing)")->capture_default_str();
    command->add_option("--database", arguments->place.database, "postgresql://… instead of the embedded database");
    command->add_option("--district", arguments->district, "GB/T 2260 code of the district");
    return command;
}

}  // namespace

void register_roster_commands(CLI::App& app, int& code) {
    auto const in = std::make_shared<RosterArguments>();
    auto* import = add_command(group(app, "import", "take data in"), in, "a OneRoster 1.2 CSV bundle");
    import->add_flag("--dry-run", in->dry_run, "check only, write nothing");
    import->add_flag("--accept-good", in->accept_good, "write the good rows although others are refused");
    import->add_option("--report", in->report, "file for the refused rows, as JSON");
    import->callback([in, &code] { code = import_oneroster(*in); });
    auto const out = std::make_shared<RosterArguments>();
    auto* output = add_command(group(app, "export", "give data out"), out, "the roster as a OneRoster 1.2 CSV bundle");
    output->callback([out, &code] { code = export_oneroster(*out); });
}

}  // namespace santong::server
