#pragma once
// The door of resources for higher modules (teaching, indicators, push, the demo district).
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// Says which roles have resources.view, .contribute, .recall, .manage_catalogue.
void register_permissions(auth::PermissionRegistry& registry);
/// Makes resources reviewable; at start, after which workflow may decide on them.
void register_review();

/// Any resource of the district, whoever may see it; `can_read` says who.
std::optional<Resource> resource(sql::Tx& tx, ResourceId const& id);
std::vector<Resource> resources(sql::Tx& tx, std::vector<ResourceId> const& ids);
std::optional<Version> version(sql::Tx& tx, ResourceId const& id, int number);

/// Whether the caller may see and open a resource: its owner; its school's people or the district once published; the
/// reviewers of the step it is at and of those it has passed.
bool can_read(sql::Tx& tx, auth::Caller const& caller, Resource const& resource);
/// The resource, or not_found "resources.not_found"; gone "resources.recalled" with the reason for one that was
/// recalled.
core::Result<Resource> readable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id);

/// In which lesson a resource was opened.
struct ViewContext {
    std::optional<core::OrgId> class_id;
    std::optional<core::Uuid> class_session_id;
};
/// Says in the feed that the caller opened it. The school is that of the class, or else that of the caller's post.
void record_view(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, Resource const& resource,
                 ViewContext const& context = {});

/// What a list shows of a resource.
struct Summary {
    ResourceId id;
    std::string title;
    Kind kind = Kind::document;
    std::string subject;
    int grade_from = 1;
    int grade_to = 12;
    std::optional<ChapterId> chapter_id;
    std::string chapter_title;
    Scope scope = Scope::self;
    Scope wished_scope = Scope::self;
    State state = State::draft;
    bool in_review = false;
    bool mine = false;
    Licence licence = Licence::none;
    core::OrgId school_id;
    std::string school_name;
    std::string attribution;
    int version = 0;
    std::string media_type;
    std::int64_t size = 0;
    int pages = 0;
    int duration_seconds = 0;
    std::optional<core::FileId> thumbnail_file_id;
    std::int64_t uses = 0;     ///< times opened in the last 30 days
    std::int64_t schools = 0;  ///< schools that opened it in the last 30 days
    std::optional<core::Instant> published_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Summary, (),
                      (id, title, kind, subject, grade_from, grade_to, chapter_id, chapter_title, scope, wished_scope,
                       state, in_review, mine, licence, school_id, school_name, attribution, version, media_type, size,
                       pages, duration_seconds, thumbnail_file_id, uses, schools, published_at, updated_at))

/// Filters of a search; all empty = everything the caller may see.
struct Search {
    std::string q;
    std::string subject;
    int grade = 0;
    std::string kind;     ///< one or more kinds, separated by commas
    std::string chapter;  ///< id of a chapter; with its sub-chapters
    std::string textbook;
    std::string scope;
    std::string school;
    bool mine = false;
    std::string state;  ///< only with `mine`
    std::string sort;   ///< "best" (default with q), "newest", "used"
    std::string after;
    int limit = 20;  ///< 1–100
};
BOOST_DESCRIBE_STRUCT(Search, (),
                      (q, subject, grade, kind, chapter, textbook, scope, school, mine, state, sort, after, limit))

/// How many results a value of a facet would leave.
struct FacetValue {
    std::string value;
    std::string title;  ///< name of a subject or school; empty where the value is an enumerator
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FacetValue, (), (value, title, count))

struct SearchResult {
    std::vector<Summary> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    std::map<std::string, std::vector<FacetValue>> facets;  ///< subject, grade, kind, scope, state (mine)
};
BOOST_DESCRIBE_STRUCT(SearchResult, (), (items, next, total, facets))

core::Result<SearchResult> search(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                  Search const& wish);

/// Textbooks of the district, by subject, grade, term.
std::vector<Textbook> textbooks(sql::Tx& tx);
std::optional<Textbook> textbook(sql::Tx& tx, TextbookId const& id);
/// Chapters of a textbook, parents before children, in order.
std::vector<Chapter> chapters(sql::Tx& tx, TextbookId const& id);
std::optional<Chapter> chapter(sql::Tx& tx, ChapterId const& id);

}  // namespace santong::resources
