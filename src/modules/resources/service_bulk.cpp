#include "modules/resources/service_bulk.hpp"

#include "modules/resources/readers.hpp"
#include "modules/resources/store.hpp"

namespace santong::resources {

std::string file_holder(ResourceId const& id, int version) { return id.text() + "/" + std::to_string(version); }

void write_bulk(sql::Tx& tx, BulkResources const& bulk) {
    store::insert_all(tx, bulk);
    std::map<std::string, std::string> titles;
    for (auto const& resource : bulk.resources) {
        auto const [title, fresh] = titles.try_emplace(resource.subject);
        if (fresh) title->second = subject_title(tx, resource.subject);
        store::index(tx, resource, title->second);
        say(tx, resource);
    }
}

}  // namespace santong::resources
