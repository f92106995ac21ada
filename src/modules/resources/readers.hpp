#pragma once
// Who reads: shared by the use cases of this module.
#include "modules/resources/service.hpp"
#include "modules/resources/service_bulk.hpp"
#include "modules/resources/store.hpp"
#include "platform/auth/caller.hpp"

namespace santong::resources {

/// Kind of a resource in workflow, and its holder type in files.
inline constexpr char const* review_kind = "resource";
inline constexpr char const* file_holder_type = "resources.Resource";

/// Schools at which, or in a class of which, the caller has a grant; his first post's school first.
std::vector<core::OrgId> schools_of(sql::Tx& tx, auth::Caller const& caller);
/// What the caller may find.
store::Reader reader_of(sql::Tx& tx, auth::Caller const& caller);
/// Whether a resource's scope reaches the caller, published or not.
bool is_in_audience(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// Whether the caller reviews it now or reviewed it before.
bool is_reviewer(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id);
/// The version that this caller gets: the latest for its author and reviewers, the current one for readers; 0 = none.
int version_for(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);

/// Rows of a list with the names they need. The attribution is left out where the caller must not know the author.
std::vector<Summary> summaries(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                               std::vector<Resource> const& resources);

/// What a reader may use, page by page; rows look as the caller sees them.
core::Result<SearchResult> search_as(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                     store::Reader const& reader, Search const& wish);

/// Says in the feed how a resource looks now.
void say(sql::Tx& tx, Resource const& resource);
/// Brings what a search finds of a resource up to date.
void reindex(sql::Tx& tx, Resource const& resource);
/// Whether a row may name this subject.
bool is_subject(std::string const& code);

}  // namespace santong::resources
