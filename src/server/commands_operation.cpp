#include "server/commands_operation.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>

#include "core/json.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/passphrase.hpp"
#include "server/doctor/doctor.hpp"
#include "server/place_options.hpp"

namespace santong::server {

namespace {

constexpr int exit_fault = 5;

struct OperationArguments {
    PlaceOptions place;
    std::string file;
    std::string passphrase_file;
    bool check_only = false;
    bool json = false;
    bool deep = false;
};

/// Long work shows that it goes on: a line every two seconds.
backup::Tell progress_lines() {
    auto next = std::make_shared<std::chrono::steady_clock::time_point>(std::chrono::steady_clock::now());
    return [next](std::string const& what, std::int64_t done, std::int64_t of) {
        auto const now = std::chrono::steady_clock::now();
        if (now < *next) return;
        *next = now + std::chrono::seconds(2);
        std::fprintf(stderr, "%s: %d %%\n", what.c_str(), of > 0 ? static_cast<int>(100 * done / of) : 0);
    };
}

void print_counts(char const* what, backup::Counts const& counts, std::string const& file) {
    std::printf("%s %s: %lld tables, %lld rows, %lld files, %lld master keys, %.1f MB\n", what, file.c_str(),
                static_cast<long long>(counts.tables), static_cast<long long>(counts.rows),
                static_cast<long long>(counts.contents), static_cast<long long>(counts.keys),
                static_cast<double>(counts.bytes) / 1e6);
    for (auto const& warning : counts.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
}

int make_backup(OperationArguments const& arguments) {
    auto const place = arguments.place.place();
    auto const passphrase = backup::new_passphrase(arguments.passphrase_file);
    print_counts("saved", backup::make_backup(place, arguments.file, passphrase, progress_lines()), arguments.file);
    return 0;
}

int restore(OperationArguments const& arguments) {
    auto const place = arguments.place.place();
    auto const passphrase = backup::known_passphrase(arguments.passphrase_file);
    if (arguments.check_only) {
        auto const manifest = backup::check_backup(arguments.file, passphrase, progress_lines());
        std::printf("%s is whole: made %s by version %s, %lld files\n", arguments.file.c_str(),
                    core::Zone{}.date_of(manifest.made_at).text().c_str(), manifest.program.c_str(),
                    static_cast<long long>(manifest.contents));
        return 0;
    }
    print_counts("restored", backup::restore(place, arguments.file, passphrase, progress_lines()), arguments.file);
    return 0;
}

int examine(OperationArguments const& arguments) {
    auto const findings = doctor::examine(arguments.place.settings(), arguments.deep);
    if (arguments.json)
        std::printf("%s\n", core::json::write(findings).c_str());
    else
        doctor::print(findings);
    return doctor::worst(findings) == doctor::Health::fault ? exit_fault : 0;
}

void add_passphrase(CLI::App& command, OperationArguments& arguments) {
    command.add_option("file", arguments.file, "the backup file")->required();
    command.add_option(
        "--passphrase-file", arguments.passphrase_file,
        "file whose first line is the passphrase (chmod 600); else SANTONG_BACKUP_PASSPHRASE, else asked");
}

}  // namespace

void register_operation_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<OperationArguments>();
    auto* saving =
        app.add_subcommand("backup", "save records, files and keys in one encrypted file, also while serving");
    arguments->place.add_to(*saving);
    add_passphrase(*saving, *arguments);
    saving->callback([arguments, &code] { code = make_backup(*arguments); });

    auto* restoring = app.add_subcommand("restore", "make a data folder from a backup");
    arguments->place.add_to(*restoring);
    add_passphrase(*restoring, *arguments);
    restoring->add_flag("--check", arguments->check_only, "read the whole backup and write nothing");
    restoring->callback([arguments, &code] { code = restore(*arguments); });

    auto* doctoring = app.add_subcommand("doctor", "look for what is wrong; exit 5 when a fault stands");
    arguments->place.add_to(*doctoring);
    arguments->place.add_server_options_to(*doctoring);
    doctoring->add_flag("--json", arguments->json, "print a JSON array");
    doctoring->add_flag("--deep", arguments->deep, "read every stored file again, not a sample");
    doctoring->callback([arguments, &code] { code = examine(*arguments); });
}

}  // namespace santong::server
