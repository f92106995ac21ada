#pragma once
#include "modules/resources/domain_bulk.hpp"
#include "modules/resources/domain_search.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/resources/sync.hpp"
#include "platform/sql/database.hpp"
#include "platform/sql/query.hpp"

namespace santong::resources::store {

// ---- who reads

/// A teaching group (教研组): those who teach a subject at a school.
struct Group {
    core::OrgId school_id;
    std::string subject;
    bool operator==(Group const&) const = default;
};

/// What somebody may find besides what is open to all of the district.
struct Reader {
    core::PersonId person;
    std::vector<core::OrgId> schools;
    std::vector<core::OrgId> area_schools;  ///< all schools of the areas in which his own lie
    std::vector<Group> groups;
    bool anybody = false;  ///< somebody who is not signed in: only what is public
};

/// Condition on `resource r`: what this reader may find at all, his own published things included.
std::string visible(sql::Query& q, Reader const& reader);

// ---- resources and versions (store.cpp)

std::optional<Resource> find(sql::Tx& tx, ResourceId const& id);
std::vector<Resource> find_all(sql::Tx& tx, std::vector<ResourceId> const& ids);
void insert(sql::Tx& tx, Resource const& resource);
/// False if it was changed since `before` was read.
bool update(sql::Tx& tx, Resource const& resource, Resource const& before);
void remove(sql::Tx& tx, ResourceId const& id);
void insert_version(sql::Tx& tx, Version const& version);
std::optional<Version> find_version(sql::Tx& tx, ResourceId const& id, int number);
std::vector<Version> versions(sql::Tx& tx, ResourceId const& id);

/// Another resource with the same bytes or the same link.
struct Twin {
    ResourceId id;
    std::string title;
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(Twin, (), (id, title, school_id))
std::vector<Twin> twins(sql::Tx& tx, Version const& version);

/// Rewrites the search words of a resource from its row, chapter and textbook.
void index(sql::Tx& tx, Resource const& resource, std::string const& subject_title);
void insert_all(sql::Tx& tx, BulkResources const& bulk);

// ---- textbooks (store_catalogue.cpp)

std::vector<Textbook> textbooks(sql::Tx& tx);
std::optional<Textbook> find_textbook(sql::Tx& tx, TextbookId const& id);
std::optional<TextbookId> find_textbook_key(sql::Tx& tx, std::string const& key);
void insert_textbook(sql::Tx& tx, Textbook const& textbook, std::vector<Chapter> const& chapters);
std::vector<Chapter> chapters(sql::Tx& tx, TextbookId const& id);
std::optional<Chapter> find_chapter(sql::Tx& tx, ChapterId const& id);
/// Chapters whose title may stand in a file's name.
struct NamedChapter {
    ChapterId id;
    TextbookId textbook_id;
    std::string title;
    std::string subject;
    int grade = 1;
    int term = 1;
};
BOOST_DESCRIBE_STRUCT(NamedChapter, (), (id, textbook_id, title, subject, grade, term))
std::vector<NamedChapter> named_chapters(sql::Tx& tx);

/// How many published resources of a kind a chapter has, as far as the reader sees.
struct ChapterKind {
    ChapterId chapter_id;
    TextbookId textbook_id;
    Kind kind = Kind::document;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ChapterKind, (), (chapter_id, textbook_id, kind, count))
std::vector<ChapterKind> chapter_kinds(sql::Tx& tx, Reader const& reader, std::optional<TextbookId> const& textbook);
std::vector<Chapter> leaf_chapters(sql::Tx& tx);

// ---- search (store_search.cpp)

/// Place in a list: the two sort values of the last row, and its id.
struct PlaceInList {
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::string id;
};

struct Hit {
    Resource resource;
    std::int64_t first = 0;
    std::int64_t second = 0;
};
std::vector<Hit> search(sql::Tx& tx, Reader const& reader, Search const& wish, std::optional<PlaceInList> const& after,
                        core::LocalDate used_since);
std::int64_t count(sql::Tx& tx, Reader const& reader, Search const& wish);
/// What facets ask of a hit.
struct FacetRow {
    std::string subject;
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 12;
    std::string kind;
    std::string scope;
    std::string state;
    std::string stage;
    std::string source;
    std::string licence;
    std::string intake;
    bool fine = false;
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(FacetRow, (),
                      (subject, grade_from, grade_to, kind, scope, state, stage, source, licence, intake, fine,
                       school_id))
/// All hits of a search; `but` names the facet whose own filter is left out.
std::vector<FacetRow> facet_rows(sql::Tx& tx, Reader const& reader, Search const& wish, std::string_view but = {});
/// Current or latest versions of many resources, by number.
std::vector<Version> versions_of(sql::Tx& tx, std::vector<Resource> const& resources);
std::vector<Chapter> chapters_of(sql::Tx& tx, std::vector<Resource> const& resources);

// ---- use (store_use.cpp)

struct UseTotal {
    ResourceId resource_id;
    std::int64_t uses = 0;
    std::int64_t schools = 0;
};
BOOST_DESCRIBE_STRUCT(UseTotal, (), (resource_id, uses, schools))
std::vector<UseTotal> uses_since(sql::Tx& tx, std::vector<ResourceId> const& ids, core::LocalDate since);
void add_use(sql::Tx& tx, UseCount const& use);
/// Uses by school of one resource since a day; schools, never persons.
struct SchoolUse {
    core::OrgId school_id;
    std::int64_t uses = 0;
    std::int64_t classes = 0;
};
BOOST_DESCRIBE_STRUCT(SchoolUse, (), (school_id, uses, classes))
std::vector<SchoolUse> use_by_school(sql::Tx& tx, ResourceId const& id, core::LocalDate since);

// ---- store_box.cpp: a school's box

/// Contents that a box should have, the most urgent first (sync.hpp); those that are here are among them.
std::vector<ContentDue> contents_due(sql::Tx& tx);
/// Contents that nothing of this place's own is made of (sync.hpp).
std::vector<std::string> contents_of_others(sql::Tx& tx);
/// Files of what was published for more than one school (sync.hpp).
std::vector<LibraryContent> contents_of_library(sql::Tx& tx, core::Instant since);
/// What stands behind the current versions of these, small things of each first (service_contents.hpp).
std::vector<ContentPart> content_parts(sql::Tx& tx, std::vector<ResourceId> const& ids);
std::vector<Resource> published_of_chapters(sql::Tx& tx, std::vector<ChapterId> const& chapters);
std::vector<Resource> published_since(sql::Tx& tx, std::string const& subject, core::Instant since);

}  // namespace santong::resources::store
