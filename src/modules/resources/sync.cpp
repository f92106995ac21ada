#include "modules/resources/sync.hpp"

#include "modules/resources/readers.hpp"
#include "modules/roster/sync.hpp"

namespace santong::resources {

namespace {

/// SELECT of the resources that somebody of the subtree may find, and of all that was made there.
std::string resources_held() {
    std::string const mine = roster::subtree_held();
    return "SELECT id FROM resource WHERE district_id = $1 AND (school_id IN (" + mine +
           ") OR (state IN ('published', 'recalled', 'ended') AND (scope IN ('district', 'public_', 'public') OR"
           " (scope = 'area' AND school_id IN (" +
           roster::area_held() + ")))))";
}

/// SELECT of the files of resources and of what was made from them; `which` compares a resource's id.
std::string files_of(std::string const& which) {
    std::string files;
    for (std::string const column : {"file_id", "thumbnail_file_id", "preview_file_id"}) {
        files += "SELECT " + column + " AS id FROM resource_version WHERE district_id = $1 AND " + column +
                 " IS NOT NULL AND resource_id " + which + " UNION ";
    }
    return files + "SELECT d.derived_id FROM file_derived d JOIN resource_version v ON v.district_id = d.district_id" +
           " AND v.file_id = d.file_id WHERE d.district_id = $1 AND v.resource_id " + which;
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
    auto const files = files_of("IN (" + resources_held() + ")");
    auto const brought = files_of("= $2");
    shapes.add({.type = "resources.File", .tables = {{.name = "file_object"}}, .held = files});
    shapes.add({.type = "resources.FileLinks",
                .tables = {{.name = "file_reference", .key = "file_id"}, {.name = "file_derived", .key = "file_id"}},
                .held = files});
    shapes.add(
        {.type = "resources.Resource",
         .tables = {{.name = "resource"}, {.name = "resource_version", .key = "resource_id"}},
         .held = resources_held(),
         .brings = {{"resources.File", brought},
                    {"resources.FileLinks", brought},
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

std::vector<LibraryContent> contents_of_library(sql::Tx& tx, core::Instant since) {
    return store::contents_of_library(tx, since);
}

std::vector<ContentDue> contents_due(sql::Tx& tx) {
    return store::contents_due(tx);
}

}  // namespace santong::resources
