#pragma once
// What the library held at a moment, for indicators (I29, I30): numbers of things, schools and people, never whose.
#include <map>
#include <set>

#include "core/time.hpp"
#include "modules/resources/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// A resource for the district or the public, reviewed and with a licence.
struct Shelved {
    ResourceId id;
    Kind kind = Kind::document;
};
BOOST_DESCRIBE_STRUCT(Shelved, (), (id, kind))

struct ShelfState {
    std::vector<Shelved> resources;
    std::int64_t schools = 0;  ///< that gave one of them
    std::int64_t people = 0;   ///< who gave one of them
    /// Leaves of the textbooks by what of `chapter_needs` they have; all four = complete.
    std::map<std::set<Kind>, std::int64_t> chapters;
};
/// Of what stands on the shelf now and was there before `before`. What was taken away since is not known any more.
/// Checks no permission.
ShelfState shelf_state(sql::Tx& tx, core::Instant before);
/// Those that anybody of another school than their own has opened on the days from..to.
std::set<ResourceId> opened_elsewhere(sql::Tx& tx, core::LocalDate from, core::LocalDate to);

/// Says in the feed that a teacher saved a resource of another school (resources.Saved). No person.
struct Saved {
    ResourceId resource_id;
    core::OrgId school_id;  ///< the teacher's
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Saved, (), (resource_id, school_id, at))

}  // namespace santong::resources
