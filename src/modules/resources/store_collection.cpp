#include "modules/resources/store_collection.hpp"

#include "platform/feed/feed.hpp"

namespace santong::resources::store {

namespace {

#define COLLECTION_COLUMNS "id, owner_person, school_id, name, note, audience, created_at, updated_at"

constexpr int most_shown = 100;

/// Nothing of a shelf stands in the feed but that it is another one now.
void say_star(sql::Tx& tx, std::string const& name) {
    feed::put(tx, {"resources.Star", name, {}}, core::Nothing{});
}
void say_collection(sql::Tx& tx, CollectionId const& id, core::OrgId const& school) {
    feed::put(tx, {"resources.Collection", id.text(), school}, core::Nothing{});
}

struct Starred {
    ResourceId resource_id;
};
BOOST_DESCRIBE_STRUCT(Starred, (), (resource_id))

}  // namespace

void star(sql::Tx& tx, core::PersonId const& person, ResourceId const& id, core::Instant at) {
    auto const name = star_name(person, id);
    auto const fresh = tx.execute(
        "INSERT INTO resource_star (district_id, id, person_id, resource_id, starred, starred_at)"
        " VALUES ($1, $2, $3, $4, TRUE, $5) ON CONFLICT (district_id, id) DO UPDATE SET starred = TRUE,"
        " starred_at = excluded.starred_at WHERE resource_star.starred = FALSE",
        tx.district(), name, person, id, at);
    if (fresh == 1) say_star(tx, name);
}

void unstar(sql::Tx& tx, core::PersonId const& person, ResourceId const& id) {
    auto const name = star_name(person, id);
    auto const gone =
        tx.execute("UPDATE resource_star SET starred = FALSE WHERE district_id = $1 AND id = $2 AND starred = TRUE",
                   tx.district(), name);
    if (gone == 1) say_star(tx, name);
}

std::vector<ResourceId> starred(sql::Tx& tx, core::PersonId const& person, std::vector<ResourceId> const& ids) {
    std::vector<ResourceId> found;
    for (auto const& row : tx.rows<Starred>("SELECT resource_id FROM resource_star WHERE district_id = $1"
                                            " AND person_id = $2 AND resource_id {in $3} AND starred = TRUE",
                                            tx.district(), person, ids))
        found.push_back(row.resource_id);
    return found;
}

std::optional<Collection> find_collection(sql::Tx& tx, CollectionId const& id) {
    return tx.optional_row<Collection>(
        "SELECT " COLLECTION_COLUMNS " FROM resource_collection WHERE district_id = $1 AND id = $2 AND removed = FALSE",
        tx.district(), id);
}

std::vector<Collection> collections_of(sql::Tx& tx, core::PersonId const& owner) {
    return tx.rows<Collection>(
        "SELECT " COLLECTION_COLUMNS
        " FROM resource_collection WHERE district_id = $1 AND owner_person = $2 AND removed = FALSE"
        " ORDER BY updated_at DESC, id",
        tx.district(), owner);
}

std::vector<Collection> collections_shown(sql::Tx& tx, std::vector<core::OrgId> const& schools,
                                          core::PersonId const& not_of) {
    return tx.rows<Collection>(
        "SELECT " COLLECTION_COLUMNS
        " FROM resource_collection WHERE district_id = $1 AND audience = 'school'"
        " AND removed = FALSE AND school_id {in $2} AND owner_person <> $3 ORDER BY updated_at DESC, id LIMIT $4",
        tx.district(), schools, not_of, most_shown);
}

void insert_collection(sql::Tx& tx, Collection const& collection) {
    tx.insert_one("resource_collection", collection);
    say_collection(tx, collection.id, collection.school_id);
}

bool update_collection(sql::Tx& tx, Collection const& c, core::Instant before) {
    auto const changed = tx.execute(
        "UPDATE resource_collection SET name = $3, note = $4, audience = $5, updated_at = $6"
        " WHERE district_id = $1 AND id = $2 AND updated_at = $7",
        tx.district(), c.id, c.name, c.note, c.audience, c.updated_at, before);
    if (changed == 1) say_collection(tx, c.id, c.school_id);
    return changed == 1;
}

void remove_collection(sql::Tx& tx, Collection const& c, core::Instant now) {
    tx.execute("DELETE FROM resource_collection_item WHERE district_id = $1 AND collection_id = $2", tx.district(),
               c.id);
    tx.execute(
        "UPDATE resource_collection SET removed = TRUE, name = '', note = '', audience = 'self', updated_at = $3"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), c.id, now);
    say_collection(tx, c.id, c.school_id);
}

std::vector<CollectionItem> collection_items(sql::Tx& tx, std::vector<CollectionId> const& ids) {
    return tx.rows<CollectionItem>(
        "SELECT collection_id, resource_id, sort, note FROM resource_collection_item WHERE district_id = $1"
        " AND collection_id {in $2} ORDER BY collection_id, sort, resource_id",
        tx.district(), ids);
}

void replace_items(sql::Tx& tx, CollectionId const& id, std::vector<CollectionItem> const& items) {
    tx.execute("DELETE FROM resource_collection_item WHERE district_id = $1 AND collection_id = $2", tx.district(), id);
    tx.insert("resource_collection_item", items);
}

void forget_resource(sql::Tx& tx, ResourceId const& id) {
    for (auto const& name : tx.column<std::string>(
             "SELECT id FROM resource_star WHERE district_id = $1 AND resource_id = $2 AND starred = TRUE",
             tx.district(), id)) {
        tx.execute("UPDATE resource_star SET starred = FALSE WHERE district_id = $1 AND id = $2", tx.district(), name);
        say_star(tx, name);
    }
    for (auto const& one : tx.rows<Collection>(
             "SELECT " COLLECTION_COLUMNS " FROM resource_collection WHERE district_id = $1 AND id IN"
             " (SELECT collection_id FROM resource_collection_item WHERE district_id = $1 AND resource_id = $2)",
             tx.district(), id))
        say_collection(tx, one.id, one.school_id);
    tx.execute("DELETE FROM resource_collection_item WHERE district_id = $1 AND resource_id = $2", tx.district(), id);
}

}  // namespace santong::resources::store
