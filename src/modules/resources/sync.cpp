#include "modules/resources/sync.hpp"

#include "modules/resources/readers.hpp"
#include "modules/roster/sync.hpp"

namespace santong::resources {

namespace {

/// SELECT of the resources that somebody of the subtree may find, and of all that was made there.
std::string resources_held() {
    std::string const mine = roster::subtree_held();
    // An area is what lies under the nearest place above the school.
    std::string const area =
        "SELECT c.org_id FROM org o JOIN org_closure c ON c.district_id = o.district_id AND c.ancestor_id = o.parent_id"
        " WHERE o.district_id = $1 AND o.id = $2";
    return "SELECT id FROM resource WHERE district_id = $1 AND (school_id IN (" + mine +
           ") OR (state IN ('published', 'recalled', 'ended') AND (scope IN ('district', 'public_', 'public') OR"
           " (scope = 'area' AND school_id IN (" +
           area + ")))))";
}

std::string versions_of(std::string const& column) {
    return "SELECT " + column + " AS id FROM resource_version WHERE district_id = $1 AND " + column + " IS NOT NULL";
}

void index_all(sql::Tx& tx, std::vector<std::string> const& ids) {
    std::vector<ResourceId> resources;
    for (auto const& id : ids) {
        if (auto const resource = ResourceId::parse(id)) resources.push_back(*resource);
    }
    for (auto const& resource : store::find_all(tx, resources)) reindex(tx, resource);
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    shapes.add({.type = "resources.Textbook",
                .tables = {{.name = "textbook"}, {.name = "chapter", .key = "textbook_id"}},
                .held = "SELECT id FROM textbook WHERE district_id = $1"});
    std::string files;
    for (auto const* column : {"file_id", "thumbnail_file_id", "preview_file_id"}) {
        files +=
            (files.empty() ? "" : " UNION ") + versions_of(column) + " AND resource_id IN (" + resources_held() + ")";
    }
    shapes.add({.type = "resources.File", .tables = {{.name = "file_object"}}, .held = files});
    std::string brought;
    for (auto const* column : {"file_id", "thumbnail_file_id", "preview_file_id"})
        brought += (brought.empty() ? "" : " UNION ") + versions_of(column) + " AND resource_id = $2";
    shapes.add(
        {.type = "resources.Resource",
         .tables = {{.name = "resource"}, {.name = "resource_version", .key = "resource_id"}},
         .held = resources_held(),
         .brings = {{"resources.File", brought},
                    {"resources.PackItems",
                     "SELECT DISTINCT pack_id AS id FROM resource_pack_item WHERE district_id = $1 AND pack_id = $2"}},
         .moves = true,
         .applied = index_all});
    shapes.add(
        {.type = "resources.PackItems",
         .tables = {{.name = "resource_pack_item", .key = "pack_id"}},
         .held = "SELECT DISTINCT pack_id AS id FROM resource_pack_item WHERE district_id = $1 AND pack_id IN (" +
                 resources_held() + ")"});
}

}  // namespace santong::resources
