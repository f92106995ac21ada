#pragma once
// Door for writing many rows at once: the demo district, a restored node.
#include <string>

#include "modules/resources/domain_bulk.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// What a version's file is held by: `files.hold(tx, file, "resources.Resource", file_holder(id, number), school)`.
std::string file_holder(ResourceId const& id, int version);

/// Writes and indexes them for search; says each resource in the feed.
void write_bulk(sql::Tx& tx, BulkResources const& bulk);
void write_shelves(sql::Tx& tx, BulkShelves const& bulk);

}  // namespace santong::resources
