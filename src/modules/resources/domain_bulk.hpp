#pragma once
// Many rows at once. May include: core/ only.
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"
#include "modules/resources/domain_collection.hpp"
#include "modules/resources/domain_course.hpp"

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

/// Rows as they are; nothing is checked but by the database. Whoever calls holds the files too (`file_holder`), those
/// of thumbnails and previews included.
struct BulkResources {
    std::vector<Textbook> textbooks;
    std::vector<Chapter> chapters;
    std::vector<Resource> resources;
    std::vector<Version> versions;
    std::vector<UseCount> uses;
};

/// A star of one person (收藏).
struct Star {
    core::PersonId person_id;
    ResourceId resource_id;
    core::Instant starred_at;
};
BOOST_DESCRIBE_STRUCT(Star, (), (person_id, resource_id, starred_at))

/// What people have put together and learned, as rows; no course memory.
struct BulkShelves {
    std::vector<Collection> collections;
    std::vector<CollectionItem> items;
    std::vector<Star> stars;
    std::vector<CourseState> states;
};

}  // namespace santong::resources
