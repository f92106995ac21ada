#include "modules/resources/sync.hpp"

#include "modules/resources/domain_collection.hpp"
#include "modules/resources/readers.hpp"
#include "modules/roster/service_area.hpp"
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

/// SELECT of the files that a box may give to the neighbour that stands for $2: the current version of what is
/// published so far that readers there find it. Never a draft, never what was recalled.
std::string files_nearby() {
    std::string const passed =
        "resource_version v JOIN resource r ON r.district_id = v.district_id AND r.id = v.resource_id"
        " WHERE v.district_id = $1 AND v.number = r.current_version AND r.state = 'published'"
        " AND (r.scope IN ('district', 'public_', 'public') OR (r.scope = 'area' AND r.school_id IN (" +
        roster::area_held() + ")))";
    std::string files;
    for (std::string const column : {"v.file_id", "v.thumbnail_file_id", "v.preview_file_id"})
        files += "SELECT " + column + " AS id FROM " + passed + " AND " + column + " IS NOT NULL UNION ";
    return files +
           "SELECT d.derived_id FROM file_derived d WHERE d.district_id = $1 AND d.file_id IN (SELECT v.file_id FROM " +
           passed + ")";
}

bool stands_for_readers(std::string const& state) {
    return state == "published" || state == "ended";
}

/// A box publishes for its own school, as its school's reviewers decided. What reaches further was reviewed above: it
/// may neither be made there, nor come back after a recall, nor be another content than the one that was reviewed.
void refuse_unreviewed(sql::Tx& tx, sync::Told const& told) {
    using sync::cell;
    auto const id = ResourceId::parse(told.change.id);
    auto const after = id ? store::find(tx, *id) : std::nullopt;
    if (!after) return;
    auto const was = cell(told.before, "resource", "state");
    auto const before_scope = core::enum_parse<Scope>(cell(told.before, "resource", "scope"));
    bool const far_before = stands_for_readers(was) && before_scope && *before_scope > Scope::school;
    bool const stands = after->state == State::published || after->state == State::ended;
    if (was == "recalled" && stands) throw sync::Refused("a recall is not taken back from below");
    if (after->fine && cell(told.before, "resource", "fine") != "1")
        throw sync::Refused("the district's mark is not given from below");
    if (!far_before) {
        bool const own_area = after->scope == Scope::area &&
                              roster::in_subtree(tx, told.peer, roster::area_of(tx, after->school_id).text());
        if (stands && after->scope > Scope::school && !own_area)
            throw sync::Refused("published beyond its school without the review above");
        return;
    }
    if (stands && after->scope > *before_scope) throw sync::Refused("published further than it was");
    // The reviewed versions are as they were.
    auto const version = [&](std::vector<sync::Rows> const& rows, std::string const& column) {
        auto const current = cell(told.before, "resource", "current_version");
        for (std::size_t i = 0; !cell(rows, "resource_version", "number", i).empty(); ++i) {
            if (cell(rows, "resource_version", "number", i) == current)
                return cell(rows, "resource_version", column, i);
        }
        return std::string();
    };
    for (auto const* column : {"file_id", "url", "sha256", "preview_file_id"}) {
        if (stands && version(told.before, column) != version(told.after, column))
            throw sync::Refused("another content than the reviewed one");
    }
    if (stands && std::to_string(after->current_version) != cell(told.before, "resource", "current_version") &&
        after->scope > Scope::school)
        throw sync::Refused("another version than the reviewed one");
}

/// What readers have is described anew with a new version only.
bool may_describe(sql::Tx& tx, std::string const& text) {
    auto const id = ResourceId::parse(text);
    auto const resource = id ? store::find(tx, *id) : std::nullopt;
    return resource && (resource->state == State::draft || resource->state == State::returned);
}

void say_described(sql::Tx& tx, std::string const& text) {
    auto const id = ResourceId::parse(text);
    auto const resource = id ? store::find(tx, *id) : std::nullopt;
    if (!resource) return;
    reindex(tx, *resource);
    say(tx, *resource);
}

void index_all(sql::Tx& tx, std::vector<std::string> const& ids) {
    std::vector<ResourceId> resources;
    for (auto const& id : ids) {
        if (auto const resource = ResourceId::parse(id)) resources.push_back(*resource);
    }
    for (auto const& resource : store::find_all(tx, resources)) reindex(tx, resource);
}

/// A star bears the name of whose it is and of what.
void refuse_misnamed_star(sql::Tx&, sync::Told const& told) {
    auto const of = [&](char const* column) { return sync::cell(told.after, "resource_star", column); };
    if (of("id") != of("person_id") + '/' + of("resource_id")) throw sync::Refused("a star of another name");
}

/// A child shows its people's collections at its own schools.
void refuse_foreign_school(sql::Tx& tx, sync::Told const& told) {
    auto const of = [](std::vector<sync::Rows> const& rows) {
        return sync::cell(rows, "resource_collection", "school_id");
    };
    if (of(told.after) != of(told.before) && !roster::in_subtree(tx, told.peer, of(told.after)))
        throw sync::Refused("a collection for another school");
}

/// Stars and collections (收藏) follow their owner; what a school is shown stays there when he leaves.
void add_shelves(sync::Shapes& shapes) {
    auto const of_people = [](std::string const& table, std::string const& column) {
        return "SELECT id FROM " + table + " WHERE district_id = $1 AND " + column + " IN (" + roster::persons_held() +
               ")";
    };
    auto const of_person = [](std::string const& table, std::string const& column) {
        return "SELECT id FROM " + table + " WHERE district_id = $1 AND " + column + " = $2";
    };
    auto const own = of_people("resource_collection", "owner_person");
    shapes.add({.type = "resources.Star",
                .direction = sync::Direction::both,
                .tables = {{.name = "resource_star"}},
                .held = of_people("resource_star", "person_id"),
                .moves = true,
                .joined_late = true,
                .check = refuse_misnamed_star});
    shapes.add({.type = "resources.Collection",
                .direction = sync::Direction::both,
                .tables = {{.name = "resource_collection", .read_as = &core::type_of<Collection>},
                           {.name = "resource_collection_item", .key = "collection_id"}},
                .held = own + " UNION " + roster::held_in("resource_collection") + " AND audience = 'school'",
                .writes = own,
                .moves = true,
                .joined_late = true,
                .check = refuse_foreign_school});
    shapes.bring("roster.Person", {"resources.Star", of_person("resource_star", "person_id")});
    shapes.bring("roster.Person", {"resources.Collection", of_person("resource_collection", "owner_person")});
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    shapes.add({.type = "resources.Textbook",
                .tables = {{.name = "textbook"}, {.name = "chapter", .key = "textbook_id"}},
                .held = "SELECT id FROM textbook WHERE district_id = $1"});
    using sync::Direction;
    auto const own = roster::held_in("resource");
    auto const brought = files_of("= $2");
    roster::add_file_shapes(
        shapes, {"resources", files_of("IN (" + resources_held() + ")"), files_of("IN (" + own + ")"), files_nearby()});
    shapes.add(
        {.type = "resources.Resource",
         .direction = Direction::both,
         .tables = {{.name = "resource", .read_as = &core::type_of<Resource>},
                    {.name = "resource_version", .key = "resource_id"}},
         .held = resources_held(),
         .writes = own,
         .brings = {{"resources.File", brought},
                    {"resources.FileLinks", brought},
                    {"resources.PackItems",
                     "SELECT DISTINCT pack_id AS id FROM resource_pack_item WHERE district_id = $1 AND pack_id = $2"}},
         .moves = true,
         .check = refuse_unreviewed,
         .compared = {.owner = "owner_person",
                      .fields = {{"title"}, {"description"}, {"source_note"}, {"attribution"}},
                      .open = may_describe,
                      .changed = say_described},
         .applied = index_all});
    shapes.add(
        {.type = "resources.PackItems",
         .direction = Direction::both,
         .tables = {{.name = "resource_pack_item", .key = "pack_id"}},
         .held = "SELECT DISTINCT pack_id AS id FROM resource_pack_item WHERE district_id = $1 AND pack_id IN (" +
                 resources_held() + ")",
         .writes = own});
    add_shelves(shapes);
    // What was used at the box counts at the hub; what its school published there, too.
    for (auto const* event : {"resources.Viewed", "resources.Saved", "resources.Published"})
        shapes.add({.type = event, .direction = Direction::up});
}

std::vector<std::string> contents_of_others(sql::Tx& tx) {
    return store::contents_of_others(tx);
}

std::vector<LibraryContent> contents_of_library(sql::Tx& tx, core::Instant since) {
    return store::contents_of_library(tx, since);
}

std::vector<ContentDue> contents_due(sql::Tx& tx) {
    return store::contents_due(tx);
}

}  // namespace santong::resources
