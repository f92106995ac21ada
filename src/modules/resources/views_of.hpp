#pragma once
// How a resource looks to a caller; shared by the use cases of this module.
#include "modules/resources/readers.hpp"
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// What a review queue shows of a resource; stands in the workflow item.
struct ReviewFacts {
    Kind kind = Kind::document;
    std::string media_type;
    int pages = 0;
    int duration_seconds = 0;
    int grade_from = 1;
    int grade_to = 12;
    int version = 1;
    std::string chapter_title;
};
BOOST_DESCRIBE_STRUCT(ReviewFacts, (),
                      (kind, media_type, pages, duration_seconds, grade_from, grade_to, version, chapter_title))

/// Said in the feed when a resource can be used from now on, and when it cannot any more.
struct Published {
    ResourceId resource_id;
    int version = 1;
    Scope scope = Scope::school;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Published, (), (resource_id, version, scope, at))
struct Recalled {
    ResourceId resource_id;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Recalled, (), (resource_id, reason, at))

/// Which school a new resource belongs to: the one asked for, if the caller contributes there, or else his first.
core::Result<core::OrgId> home_of(sql::Tx& tx, auth::Caller const& caller, std::optional<core::OrgId> const& wish);
/// Writes a changed row, its search words and its feed entry ("resources.changed_meanwhile").
core::Result<void> save(Library const& library, sql::Tx& tx, Resource& resource, Resource const& before);
/// Puts something published or ended where its terms say that it is on a day. False if that is where it was.
bool settle_licence(Resource& resource, core::LocalDate on);
/// Before its publication the author; afterwards those who may recall at its school, in their subject.
bool may_set_terms(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// The author, or who may recall at its school (a researcher in his own subject).
bool may_recall(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// The page of a resource that the caller may read.
ResourceView view_in(Library const& library, sql::Tx& tx, auth::Caller const& caller, Resource const& resource);

}  // namespace santong::resources
