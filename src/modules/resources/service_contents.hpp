#pragma once
// What of the library is sent to schools: which things, and the bytes behind each. The door for push.
#include <string>
#include <vector>

#include "modules/resources/domain_pack.hpp"
#include "modules/resources/service.hpp"

namespace santong::resources {

/// Bytes of a resource's current version, the ones that are shown first: its small picture and its preview, then the
/// file itself.
struct ContentPart {
    ResourceId resource_id;
    std::string sha256;
    std::int64_t size = 0;
    std::int32_t part = 0;  ///< 0 small picture, 1 preview, 2 the file
};
BOOST_DESCRIBE_STRUCT(ContentPart, (), (resource_id, sha256, size, part))

/// Contents of these resources' current versions; a link and a pack have none of their own.
std::vector<ContentPart> contents_of(sql::Tx& tx, std::vector<ResourceId> const& ids);

/// What a published pack holds for its readers, in order.
std::vector<PackItem> items_of(sql::Tx& tx, Resource const& pack);

/// Whether the teachers of a school may find it: published, and its scope reaches them.
bool reaches(sql::Tx& tx, Resource const& resource, core::OrgId const& school);

/// Published things of these chapters, packs too, the oldest first.
std::vector<Resource> published_for(sql::Tx& tx, std::vector<ChapterId> const& chapters);
/// What became public since then for a subject.
std::vector<Resource> published_since(sql::Tx& tx, std::string const& subject, core::Instant since);
/// A chapter and all below it.
std::vector<ChapterId> with_parts(sql::Tx& tx, ChapterId const& chapter);

}  // namespace santong::resources
