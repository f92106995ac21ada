// Files on their way between places: their rows; the bytes go by themselves (modules/nodes).
#include "modules/roster/sync.hpp"

#include <algorithm>

namespace santong::roster {

namespace {

/// Whether an account is one of the subtree's people.
bool own_account(sql::Tx& tx, sync::Peer const& peer, std::string const& account) {
    std::int64_t own = 0;
    tx.run_text(
        "SELECT COUNT(*) FROM auth_account WHERE district_id = $1 AND CAST(id AS TEXT) = $3 AND person_id IN (" +
            persons_held() + ")",
        {std::int64_t{tx.district()}, peer.root_org_id, account},
        [&](sql::Cells const& cells) { own = cells.integer(0); });
    return own > 0;
}

/// A file is of a school if it belongs to a place of its subtree, or is one that its people have just made.
bool own_file(sql::Tx& tx, sync::Peer const& peer, std::string const& scope, std::string const& maker) {
    return scope.empty() ? own_account(tx, peer, maker) : in_subtree(tx, peer, scope);
}

/// What a child had from here and brings back as it stands takes nothing from anybody: a thing of its school may hold a
/// file that somebody elsewhere made, or somebody who has left.
bool stands_as_it_was(sync::Told const& told) {
    return std::ranges::equal(told.before, told.after, {}, &sync::Rows::rows, &sync::Rows::rows) &&
           !told.before.front().rows.empty();
}

/// A child brings its own school's files, and takes nobody else's.
void refuse_foreign_file(sql::Tx& tx, sync::Told const& told) {
    if (stands_as_it_was(told)) return;
    for (auto const* rows : {&told.before, &told.after}) {
        if (sync::cell(*rows, "file_object", "id").empty()) continue;
        if (!own_file(tx, told.peer, sync::cell(*rows, "file_object", "scope_org_id"),
                      sync::cell(*rows, "file_object", "created_by")))
            throw sync::Refused("file " + told.change.id + " is not of this school");
    }
}

struct FilePlace {
    std::optional<core::Uuid> scope_org_id;
    core::Uuid created_by;
};
BOOST_DESCRIBE_STRUCT(FilePlace, (), (scope_org_id, created_by))

/// The same of who uses a file and what was made from it.
void refuse_foreign_links(sql::Tx& tx, sync::Told const& told) {
    if (stands_as_it_was(told)) return;
    auto const file = tx.optional_row<FilePlace>(
        "SELECT scope_org_id, created_by FROM file_object WHERE district_id = $1 AND CAST(id AS TEXT) = $2",
        tx.district(), told.change.id);
    if (!file ||
        !own_file(tx, told.peer, file->scope_org_id ? file->scope_org_id->text() : "", file->created_by.text()))
        throw sync::Refused("file " + told.change.id + " is not of this school");
}

/// Whether the bytes of a file are whole is known where they lie.
void without_state(sql::Tx&, sync::Rows& rows, std::string_view) {
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        if (rows.columns[i] != "state") continue;
        for (auto& row : rows.rows) row[i] = "ready";
    }
}

}  // namespace

bool in_subtree(sql::Tx& tx, sync::Peer const& peer, std::string const& org) {
    if (org.empty()) return false;
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM org_closure WHERE district_id = $1 AND ancestor_id = $2 AND org_id = $3",
                 tx.district(), peer.root_org_id, org)
               .value_or(0) > 0;
}

std::string files_of_holders(std::string const& holder_type, std::string const& which) {
    return "SELECT file_id AS id FROM file_reference WHERE district_id = $1 AND holder_type = '" + holder_type +
           "' AND holder_id " + which;
}

void add_file_shapes(sync::Shapes& shapes, FilesHeld const& files) {
    using sync::Direction;
    shapes.add({.type = files.module + ".File",
                .direction = Direction::both,
                .tables = {{.name = "file_object", .once = {"state"}}},
                .held = files.held,
                .writes = files.writes,
                .nearby = files.nearby,
                .held_later = true,
                .check = refuse_foreign_file,
                .outgoing = without_state});
    shapes.add({.type = files.module + ".FileLinks",
                .direction = Direction::both,
                // Who uses a file may know of it at one place only: what the other does not know stays.
                .tables = {{.name = "file_reference", .key = "file_id", .grows = true},
                           {.name = "file_derived", .key = "file_id", .grows = true}},
                .held = files.held,
                .writes = files.writes,
                .held_later = true,
                .check = refuse_foreign_links});
}

}  // namespace santong::roster
