#pragma once
// Every SQL text of this module.
#include <optional>
#include <vector>

#include "modules/nodes/domain.hpp"

namespace santong::nodes::store {

/// A child as it lies in the database.
struct NodeRow {
    NodeId id;
    core::OrgId org_id;
    std::string open_key;
    std::string link_key_id;
    core::Bytes link_key;
    NodeState state = NodeState::active;
    core::Instant joined_at;
    std::optional<core::Instant> revoked_at;
    std::optional<core::Instant> last_contact_at;
    std::string version;
    std::string down_cursor;
    std::int64_t last_seq = 0;
    std::int64_t waiting_up = 0;
    std::int64_t parked_below = 0;
    std::int64_t clock_ahead_ms = 0;
    std::int64_t disk_free = 0;
};
BOOST_DESCRIBE_STRUCT(NodeRow, (),
                      (id, org_id, open_key, link_key_id, link_key, state, joined_at, revoked_at, last_contact_at,
                       version, down_cursor, last_seq, waiting_up, parked_below, clock_ahead_ms, disk_free))

/// A one-time code; `code` is its keyed hash.
struct InvitationRow {
    std::string code;
    core::DistrictId district_id = 0;
    core::OrgId org_id;
    core::Instant made_at;
    core::Instant expires_at;
    std::optional<core::PersonId> made_by;  ///< none: at the machine
    std::optional<core::Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (), (code, district_id, org_id, made_at, expires_at, made_by, withdrawn_at))

std::vector<NodeRow> nodes(sql::Tx& tx);
std::optional<NodeRow> node(sql::Tx& tx, NodeId const& id);
/// The place that stands for this org now.
std::optional<NodeRow> active_node_of(sql::Tx& tx, core::OrgId const& org);
/// Writes a place that joined; one of the same name is replaced.
void put_node(sql::Tx& tx, NodeRow const& row);
bool revoke(sql::Tx& tx, NodeId const& id, core::Instant at);
void note_contact(sql::Tx& tx, NodeId const& id, Report const& report, core::Instant now);
void note_pulled(sql::Tx& tx, NodeId const& id, std::string const& cursor);
void note_pushed(sql::Tx& tx, NodeId const& id, std::int64_t last_seq);

/// A new code; earlier ones of the same org are void, and what has expired goes.
void put_invitation(sql::Tx& tx, InvitationRow const& row);
/// Takes the code out of use and answers what it stood for; in any district.
std::optional<InvitationRow> take_invitation(sql::Tx& tx, std::string const& code, core::Instant now);

/// Codes of this district that still open, newest first.
std::vector<InvitationRow> open_invitations(sql::Tx& tx, core::Instant now);
/// False if no code of this org is open.
bool withdraw_invitation(sql::Tx& tx, core::OrgId const& org, core::Instant now);
/// Whether this code was withdrawn; in any district.
bool is_withdrawn(sql::Tx& tx, std::string const& code);

/// A content that travels up.
struct ContentRow {
    std::string sha256;
    std::int64_t size = 0;
    core::Instant told_at;
};
BOOST_DESCRIBE_STRUCT(ContentRow, (), (sha256, size, told_at))

void put_due(sql::Tx& tx, NodeId const& node, ContentRow const& row);
bool is_due(sql::Tx& tx, std::string const& sha256);
void forget_due(sql::Tx& tx, std::string const& sha256);
void put_told(sql::Tx& tx, ContentRow const& row);
bool is_told(sql::Tx& tx, std::string const& sha256);
void forget_told(sql::Tx& tx, std::string const& sha256);
/// Small ones first.
std::vector<ContentRow> told(sql::Tx& tx);
/// How much of it there is.
struct ContentsWaiting {
    std::int64_t number = 0;
    std::int64_t bytes = 0;
    std::optional<core::Instant> since;  ///< the oldest of them
};
BOOST_DESCRIBE_STRUCT(ContentsWaiting, (), (number, bytes, since))
ContentsWaiting contents_told(sql::Tx& tx);
ContentsWaiting contents_due_from(sql::Tx& tx, NodeId const& node);
/// What files say of a content's size.
std::optional<std::int64_t> size_of_content(sql::Tx& tx, std::string const& sha256);

/// False for a ticket that was used before.
bool use_ticket(sql::Tx& tx, std::string const& ticket, core::Instant until);
void forget_used_tickets(sql::Tx& tx, core::Instant now);

}  // namespace santong::nodes::store

namespace santong::nodes {
/// To what the sealed key of a child's link is bound.
std::string link_binding(NodeId const& node);
/// A child as the sync sees it.
sync::Peer child_peer(store::NodeRow const& row);
}  // namespace santong::nodes
