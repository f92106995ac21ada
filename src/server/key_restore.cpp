#include "server/key_restore.hpp"

#include <filesystem>
#include <stdexcept>

#include "platform/auth/key_proof.hpp"
#include "platform/auth/key_sheet.hpp"
#include "platform/auth/private_file.hpp"
#include "server/cannot_begin.hpp"

namespace santong::server {

namespace fs = std::filesystem;

namespace {

/// The key in a file, whatever state that is in.
bool works(sql::Database& db, std::string const& id, fs::path const& file) {
    try {
        return auth::key_fits(db, {id, auth::read_private_file(file)});
    } catch (std::runtime_error const&) {
        return false;  // others may read it, or it is no file: not a key that serves
    }
}

/// Moves away what stands in the place of the key; nothing of it is lost.
std::string set_aside(fs::path const& file) {
    auto const aside = file.string() + ".damaged";
    fs::rename(file, aside);
    return aside;
}

}  // namespace

RestoredKey restore_key(Place const& place, std::string const& secret) {
    auto const db = open_existing_database(place);
    auto const folder = fs::path(place.keys_folder());
    for (auto const& id : auth::master_keys_needed(*db)) {
        if (!auth::key_fits(*db, {id, secret})) continue;
        auto const file = folder / auth::master_key_file(id);
        RestoredKey restored{id, auth::fingerprint_of(secret), {}};
        if (fs::exists(file)) {
            if (works(*db, id, file)) throw CannotBegin("master key " + id + " is in its place and works");
            restored.set_aside = set_aside(file);
        }
        fs::create_directories(folder);
        fs::permissions(folder, fs::perms::owner_all);
        auth::write_master_key(folder.string(), {id, secret});
        return restored;
    }
    throw CannotBegin("the sheet reads well, but nothing here opens with its key (fingerprint " +
                      auth::fingerprint_of(secret) + "): it is of another place, or of a key that nothing needs");
}

}  // namespace santong::server
