#include "modules/resources/service_bulk.hpp"

#include "modules/resources/readers.hpp"
#include "modules/resources/store.hpp"

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

}  // namespace santong::resources
