#pragma once
// Places that run the program (节点) and what they say to each other.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "platform/chunks/manifest.hpp"
#include "platform/sync/change.hpp"
#include "platform/sync/incoming.hpp"

namespace santong::nodes {

using NodeId = core::Id<struct NodeTag>;

/// `revoked`: its key opens nothing any more.
enum class NodeState : int { active, revoked };
BOOST_DESCRIBE_ENUM(NodeState, active, revoked)

/// What a place that wants to join sends. Keys are base64.
struct JoinWish {
    std::string code;
    NodeId node;
    std::string open_key;      ///< Ed25519, 32 bytes
    std::string exchange_key;  ///< X25519, 32 bytes: both ends make the link's key from it
    std::string version;
};
BOOST_DESCRIBE_STRUCT(JoinWish, (), (code, node, open_key, exchange_key, version))

/// What it is told.
struct JoinAnswer {
    NodeId node;  ///< its name: its own, or that of the dead place whose part it takes
    std::string parent;
    std::string open_key;
    std::string exchange_key;
    core::DistrictId district = 0;
    std::string district_name;
    core::OrgId district_org_id;
    core::OrgId org_id;
    std::string org_name;
    std::int32_t zone_minutes = 480;
    std::int64_t last_seq = 0;            ///< number after which it goes on
    std::optional<core::Instant> showed;  ///< of a demo: what its clock shows now
};
BOOST_DESCRIBE_STRUCT(JoinAnswer, (),
                      (node, parent, open_key, exchange_key, district, district_name, district_org_id, org_id, org_name,
                       zone_minutes, last_seq, showed))

/// What a child tells of itself with every request.
struct Report {
    std::string version;
    core::Instant now;
    std::int64_t waiting_up = 0;
    std::int64_t parked = 0;
    std::int64_t disk_free = 0;  ///< bytes
};
BOOST_DESCRIBE_STRUCT(Report, (), (version, now, waiting_up, parked, disk_free))

struct PullRequest {
    std::string cursor;
    Report report;
};
BOOST_DESCRIBE_STRUCT(PullRequest, (), (cursor, report))

struct PullAnswer {
    sync::Batch batch;
    core::Instant now;
    /// Schools and points of the child's subtree that work on boxes of their own; absent where nothing is new, and from
    /// an older parent. It goes in a header (`elsewhere_header`), which older children pass over.
    std::optional<std::vector<core::OrgId>> elsewhere;
};
BOOST_DESCRIBE_STRUCT(PullAnswer, (), (batch, now))
/// Ids with commas between them; "none" if there are none.
inline constexpr char const* elsewhere_header = "santong-elsewhere";

struct PushRequest {
    std::vector<sync::Change> changes;
    std::int64_t last_seq = 0;  ///< highest number that the child has given so far
    Report report;
};
BOOST_DESCRIBE_STRUCT(PushRequest, (), (changes, last_seq, report))

struct PushAnswer {
    sync::Taken taken;
    core::Instant now;
};
BOOST_DESCRIBE_STRUCT(PushAnswer, (), (taken, now))

/// How much a content presses (紧急程度): somebody waits for it; an order of the highest priority; due; the rest.
enum class Urgency : int { waited_for, now, soon, later };
BOOST_DESCRIBE_ENUM(Urgency, waited_for, now, soon, later)

/// A content that a child should have.
struct Wanted {
    std::string sha256;
    std::int64_t size = 0;  ///< bytes
    Urgency urgency = Urgency::later;
};
BOOST_DESCRIBE_STRUCT(Wanted, (), (sha256, size, urgency))

/// A child asks for the manifests of many contents at once. `only_whether`: just which of them it could have.
struct ManifestsRequest {
    std::vector<std::string> contents;
    bool only_whether = false;
};
BOOST_DESCRIBE_STRUCT(ManifestsRequest, (), (contents, only_whether))

/// `later`: it is being cut; ask again.
enum class Giving : int { given, later, refused };
BOOST_DESCRIBE_ENUM(Giving, given, later, refused)

struct ManifestGiven {
    std::string sha256;
    Giving state = Giving::refused;
    std::optional<chunks::SignedManifest> manifest;  ///< none for a content that is one chunk
};
BOOST_DESCRIBE_STRUCT(ManifestGiven, (), (sha256, state, manifest))

struct ManifestsAnswer {
    std::vector<ManifestGiven> items;
    std::vector<std::string> can;  ///< what this parent understands beyond the first version: `can_bases`
};
BOOST_DESCRIBE_STRUCT(ManifestsAnswer, (), (items, can))

/// It gives chunks over bases; only such a parent is told of any.
inline constexpr char const* can_bases = "bases";

/// What of a content is wanted: offset, length, offset, length …
struct ChunksWanted {
    std::string sha256;
    std::vector<std::int64_t> spans;
};
BOOST_DESCRIBE_STRUCT(ChunksWanted, (), (sha256, spans))

/// What a child has that is likely to resemble a span that it lacks (增量基准): bytes of another content.
struct BaseNamed {
    std::int64_t content = 0;  ///< which of `ChunksRequest::contents`
    std::int64_t span = 0;     ///< which of its spans
    std::string sha256;
    std::int64_t from = 0;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(BaseNamed, (), (content, span, sha256, from, size))

/// The answer is one zstd stream of these bytes, one after the other. Its header `bases_header` says of each base, in
/// their order, whether the span goes over it (1) or without (0): one that is not at the parent, or not for this child.
struct ChunksRequest {
    std::vector<ChunksWanted> contents;
    std::int64_t bytes_per_second = 0;  ///< at most; 0 = as fast as the line
    std::vector<BaseNamed> bases{};     ///< in the order of the spans, at most one for each
};
BOOST_DESCRIBE_STRUCT(ChunksRequest, (), (contents, bytes_per_second, bases))

inline constexpr char const* bases_header = "santong-bases";
inline constexpr std::size_t most_bases = 1'000;

/// A child as its parent sees it.
struct NodeStatus {
    NodeId id;
    core::OrgId org_id;
    std::string name;
    NodeState state = NodeState::active;
    core::Instant joined_at;
    std::optional<core::Instant> last_contact;
    std::string version;
    std::int64_t lag = 0;           ///< seconds since the last contact; −1 = none yet
    std::int64_t waiting_up = 0;    ///< entries there that have not come yet, as it said last
    std::int64_t waiting_down = 0;  ///< entries here that it has not asked for yet
    std::int64_t parked = 0;        ///< here and there
    std::int64_t clock_ahead_ms = 0;
    std::int64_t disk_free = 0;
};
BOOST_DESCRIBE_STRUCT(NodeStatus, (),
                      (id, org_id, name, state, joined_at, last_contact, version, lag, waiting_up, waiting_down, parked,
                       clock_ahead_ms, disk_free))

/// This place's own parent, as it was told when it joined.
struct Parent {
    std::string url;
    NodeId node;  ///< this place
    std::string parent;
    std::string open_key;  ///< base64
    core::DistrictId district = 0;
    core::OrgId org_id;
    std::string link_key_id;
    core::Bytes link_key;
};
BOOST_DESCRIBE_STRUCT(Parent, (), (url, node, parent, open_key, district, org_id, link_key_id, link_key))

}  // namespace santong::nodes
