#include "modules/resources/service_bulk.hpp"

#include <map>

#include "modules/resources/readers.hpp"
#include "modules/resources/store.hpp"
#include "modules/resources/store_collection.hpp"
#include "modules/resources/store_course.hpp"

namespace santong::resources {

std::string file_holder(ResourceId const& id, int version) {
    return id.text() + "/" + std::to_string(version);
}

void write_bulk(sql::Tx& tx, BulkResources const& bulk) {
    store::insert_all(tx, bulk);
    for (auto const& resource : bulk.resources) {
        reindex(tx, resource);
        say(tx, resource);
    }
}

void write_shelves(sql::Tx& tx, BulkShelves const& bulk) {
    for (auto const& collection : bulk.collections) store::insert_collection(tx, collection);
    std::map<CollectionId, std::vector<CollectionItem>> items;
    for (auto const& item : bulk.items) items[item.collection_id].push_back(item);
    for (auto const& [id, list] : items) store::replace_items(tx, id, list);
    for (auto const& one : bulk.stars) store::star(tx, one.person_id, one.resource_id, one.starred_at);
    for (auto const& state : bulk.states) store::put_course_state(tx, state, {});
}

}  // namespace santong::resources
