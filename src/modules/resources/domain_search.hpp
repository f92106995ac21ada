#pragma once
// What a search asks and finds. May include: core/ only.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"

namespace santong::resources {

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
    bool starred = false;  ///< among the caller's favourites
    bool fine = false;     ///< marked at the district's review
    Acquisition intake = Acquisition::made;
    std::optional<core::LocalDate> valid_until;
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
                       state, in_review, mine, starred, fine, intake, valid_until, licence, school_id, school_name,
                       attribution, version, media_type, size, pages, duration_seconds, thumbnail_file_id, uses,
                       schools, published_at, updated_at))

/// Filters of a search; all empty = everything the caller may see.
struct Search {
    std::string q;
    std::string subject;
    int grade = 0;
    std::string kind;     ///< one or more kinds, separated by commas
    std::string chapter;  ///< id of a chapter; with its sub-chapters
    std::string textbook;
    std::string scope;
    std::string stage;
    std::string source;   ///< as `kind`
    std::string licence;  ///< as `kind`
    std::string intake;   ///< as `kind`
    bool fine = false;    ///< only what the district has marked
    std::string school;
    bool starred = false;  ///< the caller's favourites only
    bool mine = false;
    std::string state;  ///< only with `mine`
    std::string sort;   ///< "best" (default with q), "newest", "used"
    std::string after;
    int limit = 20;  ///< 1–100
};
BOOST_DESCRIBE_STRUCT(Search, (),
                      (q, subject, grade, kind, chapter, textbook, scope, stage, source, licence, intake, fine, school,
                       starred, mine, state, sort, after, limit))

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
    std::map<std::string, std::vector<FacetValue>>
        facets;  ///< subject, grade, kind, scope, stage, source, licence, intake, fine, school, state (mine)
};
BOOST_DESCRIBE_STRUCT(SearchResult, (), (items, next, total, facets))

}  // namespace santong::resources
