#pragma once
// The district's mark (精品) on something published, set and taken away by those who review for the district (S-41).
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// Set or taken away, and why.
struct FineMarkRequest {
    bool fine = false;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(FineMarkRequest, (), (fine, reason))

/// One change of the mark, as it is kept.
struct Mark {
    core::Uuid id;
    ResourceId resource_id;
    bool fine = false;
    std::string reason;
    core::PersonId by_person;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (id, resource_id, fine, reason, by_person, at))

namespace store {

void insert_mark(sql::Tx& tx, Mark const& mark);
std::vector<Mark> marks(sql::Tx& tx, ResourceId const& id);

}  // namespace store

/// Tells the author. Refuses whoever does not review for the district in the subject, one's own resource
/// ("resources.mark_of_own"), what is not published ("resources.not_published"), what is so already
/// ("resources.marked_already"), and a reason that says nothing.
core::Result<ResourceView> set_mark(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                    FineMarkRequest const& wish);
/// Whether the caller may do so with this resource now.
bool may_mark(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// All changes, oldest first.
std::vector<Mark> marks(sql::Tx& tx, ResourceId const& id);

}  // namespace santong::resources
