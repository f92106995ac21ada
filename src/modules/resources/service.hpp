#pragma once
// The door of resources for higher modules (teaching, indicators, push, the demo district).
#include <memory>
#include <optional>
#include <vector>

#include "modules/resources/domain.hpp"
#include "modules/resources/domain_search.hpp"
#include "platform/auth/caller.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// Says which roles have resources.view, .contribute, .recall, .mark_fine, .manage_catalogue.
void register_permissions(auth::PermissionRegistry& registry);
/// Makes resources reviewable; at start, after which workflow may decide on them.
void register_review();
/// Counts openings by day, school and class (resource_use) from what the feed says.
std::unique_ptr<feed::Consumer> use_counter();

/// Any resource of the district, whoever may see it; `can_read` says who.
std::optional<Resource> resource(sql::Tx& tx, ResourceId const& id);
std::vector<Resource> resources(sql::Tx& tx, std::vector<ResourceId> const& ids);
std::optional<Version> version(sql::Tx& tx, ResourceId const& id, int number);

/// Whether the caller may see and open a resource: its owner; whom its scope reaches once it is published; the
/// reviewers of the step it is at and of those it has passed.
bool can_read(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// The resource, or not_found "resources.not_found"; gone "resources.recalled" with the reason for one that was
/// recalled, "resources.licence_ended" for one whose licence has run out.
core::Result<Resource> readable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id);

/// The resource, if the caller may use it in a lesson now: as `readable`, and refused to its author too once it is
/// gone.
core::Result<Resource> usable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id);

/// In which lesson a resource was opened.
struct ViewContext {
    std::optional<core::OrgId> class_id;
    std::optional<core::Uuid> class_session_id;
};
/// Says in the feed that the caller opened it. The school is that of the class, or else that of the caller's post.
void record_view(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, Resource const& resource,
                 ViewContext const& context = {});

/// What the caller may use, page by page; the facets stand on the first one.
core::Result<SearchResult> search(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                  Search const& wish);

/// Textbooks of the district, by subject, grade, term.
std::vector<Textbook> textbooks(sql::Tx& tx);
std::optional<Textbook> textbook(sql::Tx& tx, TextbookId const& id);
/// Chapters of a textbook, parents before children, in order.
std::vector<Chapter> chapters(sql::Tx& tx, TextbookId const& id);
std::optional<Chapter> chapter(sql::Tx& tx, ChapterId const& id);

}  // namespace santong::resources
