#include "server/commands_keys.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <sstream>

#include "core/message.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/key_sheet.hpp"
#include "server/cannot_begin.hpp"
#include "server/key_restore.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"

namespace santong::server {

namespace {

constexpr std::size_t groups_on_line = 4;

/// Every district here learns of it: the keys are of all of them.
void note(Application& application, char const* action, std::string const& key_id) {
    auto& parts = application.parts();
    for (auto const district : parts.districts) {
        parts.db->transact(
            district, [&](sql::Tx& tx) { auth::audit(tx, auth::terminal_caller(district), {action, key_id, "{}"}); });
    }
}

void print_groups(std::string sheet) {
    std::istringstream groups(sheet);
    std::string group;
    for (std::size_t number = 1; groups >> group; ++number) {
        bool const last = number % groups_on_line == 0 || number == auth::sheet_groups;
        std::printf("%4zu  %s%s", number, group.c_str(), last ? "\n" : "");
    }
    auth::crypto::wipe(group);
    auth::crypto::wipe(sheet);
}

int print_sheet(Place const& place) {
    expect_database(place);
    Application application(place);
    auto keys = auth::read_master_keys(place.keys_folder());
    for (auto& key : keys) {
        std::printf("master key   %s\nfingerprint  %s\n", key.id.c_str(), auth::fingerprint_of(key.secret).c_str());
        print_groups(auth::sheet_of(key.secret));
        auth::crypto::wipe(key.secret);
        note(application, "key.sheet_printed", key.id);
    }
    return 0;
}

/// Up to the last group, or to the end of what is given.
std::string typed_sheet() {
    if (::isatty(STDIN_FILENO) == 1)
        std::fprintf(stderr, "Type the %zu groups of the recovery sheet, then an empty line.\n", auth::sheet_groups);
    std::string sheet, line;
    while (std::getline(std::cin, line) && !(line.empty() && !sheet.empty())) sheet += line + "\n";
    auth::crypto::wipe(line);
    return sheet;
}

int restore_from_sheet(Place const& place) {
    expect_database(place);
    auto sheet = typed_sheet();
    auto secret = auth::secret_of_sheet(sheet);
    auth::crypto::wipe(sheet);
    if (!secret) throw CannotBegin(core::message(secret.error().key, secret.error().params, "en"));
    auto const restored = restore_key(place, *secret);
    auth::crypto::wipe(*secret);
    Application application(place);
    note(application, "key.restored", restored.id);
    std::printf("master key %s is back in %s\nfingerprint %s\n", restored.id.c_str(), place.keys_folder().c_str(),
                restored.fingerprint.c_str());
    if (!restored.set_aside.empty()) std::printf("the damaged file lies in %s\n", restored.set_aside.c_str());
    return 0;
}

}  // namespace

void register_key_commands(CLI::App& app, int& code) {
    auto const place = std::make_shared<PlaceOptions>();
    auto* group = app.add_subcommand("key", "master keys and their recovery sheet");
    group->require_subcommand(1);
    auto* sheet = group->add_subcommand("sheet", "print the recovery sheet: whoever reads it can open everything");
    place->add_to(*sheet);
    sheet->callback([place, &code] { code = print_sheet(place->place()); });
    auto* restoring = group->add_subcommand("restore", "put a lost master key back; reads the sheet's groups");
    place->add_to(*restoring);
    restoring->callback([place, &code] { code = restore_from_sheet(place->place()); });
}

}  // namespace santong::server
