#pragma once
// Door for writing many rows at once: the demo district, a restored node.
#include <vector>

#include "modules/resources/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// One day's openings of a resource in a class ("" = outside a class) or school.
struct UseCount {
    ResourceId resource_id;
    core::LocalDate date;
    core::OrgId school_id;
    std::string class_id;
    std::string role;
    std::int64_t uses = 0;
};
BOOST_DESCRIBE_STRUCT(UseCount, (), (resource_id, date, school_id, class_id, role, uses))

/// What a version's file is held by: `files.hold(tx, file, "resources.Resource", file_holder(id, number), school)`.
std::string file_holder(ResourceId const& id, int version);

/// Rows as they are; nothing is checked but by the database. Whoever calls holds the files too (`file_holder`), those
/// of thumbnails and previews included.
struct BulkResources {
    std::vector<Textbook> textbooks;
    std::vector<Chapter> chapters;
    std::vector<Resource> resources;
    std::vector<Version> versions;
    std::vector<UseCount> uses;
};
/// Writes and indexes them for search; says each resource in the feed.
void write_bulk(sql::Tx& tx, BulkResources const& bulk);

}  // namespace santong::resources
