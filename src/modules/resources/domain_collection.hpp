#pragma once
// Collections of resources. May include: core/ only.
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"

namespace santong::resources {

using CollectionId = core::Id<struct CollectionTag>;

/// The name of somebody's star (收藏) of a resource: the same wherever he gives it.
std::string star_name(core::PersonId const& person, ResourceId const& resource);

/// Who may look at a collection: its owner alone, or everybody of his school who has the address.
enum class CollectionAudience : int { self, school };
BOOST_DESCRIBE_ENUM(CollectionAudience, self, school)

/// A teacher's own list of resources (收藏夹).
struct Collection {
    CollectionId id;
    core::PersonId owner_person;
    core::OrgId school_id;
    std::string name;
    std::string note;
    CollectionAudience audience = CollectionAudience::self;
    core::Instant created_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Collection, (), (id, owner_person, school_id, name, note, audience, created_at, updated_at))

struct CollectionItem {
    CollectionId collection_id;
    ResourceId resource_id;
    int sort = 0;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(CollectionItem, (), (collection_id, resource_id, sort, note))

constexpr std::size_t most_collections = 200;
constexpr std::size_t most_collection_items = 200;

/// Refuses a nameless collection and texts that are too long, with the place.
core::Result<void> check_collection(Collection const& collection);
/// Refuses too many items, one that stands twice, and notes that are too long.
core::Result<void> check_items(std::vector<CollectionItem> const& items);

}  // namespace santong::resources
