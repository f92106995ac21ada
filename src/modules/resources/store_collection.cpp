#include "modules/resources/store_collection.hpp"

namespace santong::resources::store {

namespace {

#define COLLECTION_COLUMNS "id, owner_person, school_id, name, note, audience, created_at, updated_at"

constexpr int most_shown = 100;

struct Starred {
    ResourceId resource_id;
};
BOOST_DESCRIBE_STRUCT(Starred, (), (resource_id))

}  // namespace

void star(sql::Tx& tx, core::PersonId const& person, ResourceId const& id, core::Instant at) {
    tx.execute(
        "INSERT INTO resource_star (district_id, person_id, resource_id, starred_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING",
        tx.district(), person, id, at);
}

void unstar(sql::Tx& tx, core::PersonId const& person, ResourceId const& id) {
    tx.execute("DELETE FROM resource_star WHERE district_id = $1 AND person_id = $2 AND resource_id = $3",
               tx.district(), person, id);
}

std::vector<ResourceId> starred(sql::Tx& tx, core::PersonId const& person, std::vector<ResourceId> const& ids) {
    std::vector<ResourceId> found;
    for (auto const& row : tx.rows<Starred>("SELECT resource_id FROM resource_star WHERE district_id = $1"
                                            " AND person_id = $2 AND resource_id {in $3}",
                                            tx.district(), person, ids))
        found.push_back(row.resource_id);
    return found;
}

std::optional<Collection> find_collection(sql::Tx& tx, CollectionId const& id) {
    return tx.optional_row<Collection>(
        "SELECT " COLLECTION_COLUMNS " FROM resource_collection WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<Collection> collections_of(sql::Tx& tx, core::PersonId const& owner) {
    return tx.rows<Collection>("SELECT " COLLECTION_COLUMNS
                               " FROM resource_collection WHERE district_id = $1 AND owner_person = $2"
                               " ORDER BY updated_at DESC, id",
                               tx.district(), owner);
}

std::vector<Collection> collections_shown(sql::Tx& tx, std::vector<core::OrgId> const& schools,
                                          core::PersonId const& not_of) {
    return tx.rows<Collection>("SELECT " COLLECTION_COLUMNS
                               " FROM resource_collection WHERE district_id = $1 AND audience = 'school'"
                               " AND school_id {in $2} AND owner_person <> $3 ORDER BY updated_at DESC, id LIMIT $4",
                               tx.district(), schools, not_of, most_shown);
}

void insert_collection(sql::Tx& tx, Collection const& collection) {
    tx.insert_one("resource_collection", collection);
}

bool update_collection(sql::Tx& tx, Collection const& c, core::Instant before) {
    return tx.execute(
               "UPDATE resource_collection SET name = $3, note = $4, audience = $5, updated_at = $6"
               " WHERE district_id = $1 AND id = $2 AND updated_at = $7",
               tx.district(), c.id, c.name, c.note, c.audience, c.updated_at, before) == 1;
}

void remove_collection(sql::Tx& tx, CollectionId const& id) {
    tx.execute("DELETE FROM resource_collection_item WHERE district_id = $1 AND collection_id = $2", tx.district(), id);
    tx.execute("DELETE FROM resource_collection WHERE district_id = $1 AND id = $2", tx.district(), id);
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
    tx.execute("DELETE FROM resource_star WHERE district_id = $1 AND resource_id = $2", tx.district(), id);
    tx.execute("DELETE FROM resource_collection_item WHERE district_id = $1 AND resource_id = $2", tx.district(), id);
}

}  // namespace santong::resources::store
