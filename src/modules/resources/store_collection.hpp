#pragma once
#include "modules/resources/domain_collection.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

// Each write says itself in the feed: a shelf follows its owner (sync.cpp).
void star(sql::Tx& tx, core::PersonId const& person, ResourceId const& id, core::Instant at);
void unstar(sql::Tx& tx, core::PersonId const& person, ResourceId const& id);
/// Those of `ids` that a person has starred.
std::vector<ResourceId> starred(sql::Tx& tx, core::PersonId const& person, std::vector<ResourceId> const& ids);

std::optional<Collection> find_collection(sql::Tx& tx, CollectionId const& id);
/// Somebody's own, latest first.
std::vector<Collection> collections_of(sql::Tx& tx, core::PersonId const& owner);
/// What others of these schools show there, latest first.
std::vector<Collection> collections_shown(sql::Tx& tx, std::vector<core::OrgId> const& schools,
                                          core::PersonId const& not_of);
void insert_collection(sql::Tx& tx, Collection const& collection);
/// False if it was changed since `before` was read.
bool update_collection(sql::Tx& tx, Collection const& collection, core::Instant before);
/// What is left says only that it is gone.
void remove_collection(sql::Tx& tx, Collection const& collection, core::Instant now);
/// Items of these collections, by collection and place.
std::vector<CollectionItem> collection_items(sql::Tx& tx, std::vector<CollectionId> const& ids);
void replace_items(sql::Tx& tx, CollectionId const& id, std::vector<CollectionItem> const& items);
/// Takes a resource that is removed for good out of stars and collections.
void forget_resource(sql::Tx& tx, ResourceId const& id);

}  // namespace santong::resources::store
