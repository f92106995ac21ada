// Files on their way between places: their rows; the bytes go by themselves (modules/nodes).
#include "modules/roster/sync.hpp"

namespace santong::roster {

namespace {

/// A child's file belongs to a place of its subtree, or is one that its people have just made.
void refuse_foreign_file(sql::Tx& tx, sync::Told const& told) {
    std::vector<sql::Param> const params{std::int64_t{tx.district()}, told.peer.root_org_id, told.change.id};
    std::int64_t own = 0;
    tx.run_text("SELECT COUNT(*) FROM file_object WHERE district_id = $1 AND id = $3 AND (scope_org_id IN (" +
                    subtree_held() +
                    ") OR (scope_org_id IS NULL AND created_by IN (SELECT id FROM auth_account WHERE district_id = $1"
                    " AND person_id IN (" +
                    persons_held() + "))))",
                params, [&](sql::Cells const& cells) { own = cells.integer(0); });
    if (own == 0) throw sync::Refused("file " + told.change.id + " is not of this school");
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
                .check = refuse_foreign_file,
                .outgoing = without_state});
    shapes.add({.type = files.module + ".FileLinks",
                .direction = Direction::both,
                // Who uses a file may know of it at one place only: what the other does not know stays.
                .tables = {{.name = "file_reference", .key = "file_id", .grows = true},
                           {.name = "file_derived", .key = "file_id", .grows = true}},
                .held = files.held,
                .writes = files.writes,
                .check = refuse_foreign_file});
}

}  // namespace santong::roster
