#pragma once
// The public door: what is public, for whoever comes, without signing in, and nothing else.
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// Filters of the public door.
struct OpenSearch {
    std::string q;
    std::string subject;
    int grade = 0;
    std::string kind;  ///< one or more kinds, separated by commas
    std::string stage;
    std::string licence;
    std::string school;
    bool fine = false;
    std::string sort;
    std::string after;
    int limit = 24;  ///< 1–60
};
BOOST_DESCRIBE_STRUCT(OpenSearch, (), (q, subject, grade, kind, stage, licence, school, fine, sort, after, limit))

/// A public resource as a stranger sees it; the author as he wants to be named.
struct OpenItem {
    ResourceId id;
    std::string title;
    Kind kind = Kind::document;
    std::string subject;
    std::string subject_title;
    int grade_from = 1;
    int grade_to = 12;
    std::string chapter_title;
    std::string school_name;
    std::string attribution;
    Licence licence = Licence::none;
    bool fine = false;
    std::int64_t size = 0;
    int pages = 0;
    int duration_seconds = 0;
    std::optional<core::Instant> published_at;
    std::optional<core::FileId> thumbnail_file_id;  ///< of use to http_open.cpp alone, which signs an address for it
    std::string thumbnail_url;
};
BOOST_DESCRIBE_STRUCT(OpenItem, (),
                      (id, title, kind, subject, subject_title, grade_from, grade_to, chapter_title, school_name,
                       attribution, licence, fine, size, pages, duration_seconds, published_at, thumbnail_url))

struct OpenFound {
    std::vector<OpenItem> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    std::map<std::string, std::vector<FacetValue>> facets;  ///< subject, grade, kind, stage, licence, school, fine
};
BOOST_DESCRIBE_STRUCT(OpenFound, (), (items, next, total, facets))

/// One public resource with the version that its readers get.
struct OpenOne {
    OpenItem item;
    Resource resource;
    Version version;
    std::string textbook_title;
    std::vector<OpenItem> things;  ///< of a pack: what of it is public too
};

/// Something that a higher module recommends to whoever comes (推荐资源), since when.
struct Recommended {
    ResourceId id;
    core::Instant at;
};
/// As far as they are public now, in the order in which they were given.
std::vector<OpenItem> open_items(Library const& library, core::DistrictId district, std::vector<ResourceId> const& ids);

core::Result<OpenFound> search_open(Library const& library, core::DistrictId district, OpenSearch const& wish);
/// not_found for everything that is not public now, whatever it is.
core::Result<OpenOne> open_one(Library const& library, core::DistrictId district, ResourceId const& id);
/// Whether a file belongs to the public version of a resource now.
bool is_open_file(Library const& library, core::DistrictId district, ResourceId const& id, core::FileId const& file);

}  // namespace santong::resources
