#pragma once
// The bytes of files on their way up: what was made at a box comes to its parent (DESIGN 4), in blocks, each signed; a
// cut transfer goes on behind the last block that came whole.
#include <set>
#include <stop_token>

#include "modules/nodes/service.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

/// Bytes of one block; the last one of a content is shorter.
inline constexpr std::int64_t block_size = 256 << 10;

/// How far a content is at the parent.
struct PartSaid {
    std::int64_t received = 0;
    bool whole = false;
};
BOOST_DESCRIBE_STRUCT(PartSaid, (), (received, whole))

/// What a child sends of a content; no bytes only ask.
struct Part {
    std::string sha256;
    std::int64_t from = 0;
    std::string_view bytes;
};

// ---- the parent

/// Takes bytes if they follow on what is here, and answers how far it is. Whole, the digest decides. Refuses
/// "files.not_found" (the child has told of no such file), "nodes.bad_content" (other bytes than their name: all begins
/// anew), "nodes.disk_full".
core::Result<PartSaid> take_part(Site const& site, Child const& child, files::ContentStore& contents, Part const& part);
/// Writes down which contents come with these changes.
void note_due(sql::Tx& tx, NodeId const& child, std::vector<sync::Change> const& changes, core::Instant now);
/// Whether a child has told of this content and its bytes are still on their way.
bool is_due(sql::Tx& tx, std::string const& sha256);

// ---- the child

/// Writes down which contents the parent was told of.
void note_told(sql::Tx& tx, std::vector<sync::Change> const& changes, core::Instant now);
/// Whether the parent may not have this content yet: then it lies only here, and is not to be forgotten.
bool lies_only_here(sql::Tx& tx, std::string const& sha256);
/// Of these contents the ones that this place must not forget, whatever its parent says of them: those that lie only
/// here, and those of which a file is its own: made here, told of or not.
std::set<std::string> not_to_forget(Site const& site, Parent const& above, std::vector<std::string> const& contents);
/// Sends what the parent lacks, small things first; answers how many contents it has now that it had not. Ends early
/// where the line does not stand.
int send_contents(Site const& site, Parent const& above, files::ContentStore& contents, std::stop_token const& stop);

}  // namespace santong::nodes
