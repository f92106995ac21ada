#include "modules/nodes/store.hpp"

#define NODE_COLUMNS                                                                                        \
    "id, org_id, open_key, link_key_id, link_key, state, joined_at, revoked_at, last_contact_at, version, " \
    "down_cursor,"                                                                                          \
    " last_seq, waiting_up, parked_below, clock_ahead_ms, disk_free"

#define INVITATION_COLUMNS "code, district_id, org_id, made_at, expires_at, made_by, withdrawn_at"

namespace santong::nodes::store {

std::vector<NodeRow> nodes(sql::Tx& tx) {
    return tx.rows<NodeRow>("SELECT " NODE_COLUMNS " FROM node WHERE district_id = $1 ORDER BY joined_at, id",
                            tx.district());
}

std::optional<NodeRow> node(sql::Tx& tx, NodeId const& id) {
    return tx.optional_row<NodeRow>("SELECT " NODE_COLUMNS " FROM node WHERE district_id = $1 AND id = $2",
                                    tx.district(), id);
}

std::optional<NodeRow> active_node_of(sql::Tx& tx, core::OrgId const& org) {
    return tx.optional_row<NodeRow>("SELECT " NODE_COLUMNS
                                    " FROM node WHERE district_id = $1 AND org_id = $2 AND state = 'active'",
                                    tx.district(), org);
}

void put_node(sql::Tx& tx, NodeRow const& row) {
    tx.execute("DELETE FROM node WHERE district_id = $1 AND id = $2", tx.district(), row.id);
    tx.insert_one("node", row);
}

bool revoke(sql::Tx& tx, NodeId const& id, core::Instant at) {
    return tx.execute(
               "UPDATE node SET state = 'revoked', revoked_at = $3 WHERE district_id = $1 AND id = $2"
               " AND state = 'active'",
               tx.district(), id, at) == 1;
}

void note_contact(sql::Tx& tx, NodeId const& id, Report const& report, core::Instant now) {
    tx.execute(
        "UPDATE node SET last_contact_at = $3, version = $4, waiting_up = $5, parked_below = $6, clock_ahead_ms = $7,"
        " disk_free = $8 WHERE district_id = $1 AND id = $2",
        tx.district(), id, now, report.version, report.waiting_up, report.parked, report.now.ms - now.ms,
        report.disk_free);
}

void note_pulled(sql::Tx& tx, NodeId const& id, std::string const& cursor) {
    tx.execute("UPDATE node SET down_cursor = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, cursor);
}

void note_pushed(sql::Tx& tx, NodeId const& id, std::int64_t last_seq) {
    tx.execute("UPDATE node SET last_seq = $3 WHERE district_id = $1 AND id = $2 AND last_seq < $3", tx.district(), id,
               last_seq);
}

void put_invitation(sql::Tx& tx, InvitationRow const& row) {
    tx.execute("DELETE FROM node_invitation WHERE district_id = $1 AND (org_id = $2 OR expires_at <= $3)",
               tx.district(), row.org_id, row.made_at);
    tx.execute(
        "INSERT INTO node_invitation (code, district_id, org_id, made_at, expires_at, made_by)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        row.code, tx.district(), row.org_id, row.made_at, row.expires_at, row.made_by);
}

std::optional<InvitationRow> take_invitation(sql::Tx& tx, std::string const& code, core::Instant now) {
    return tx.optional_row<InvitationRow>(
        "DELETE FROM node_invitation WHERE code = $1 AND expires_at > $2 AND withdrawn_at IS NULL"
        " RETURNING " INVITATION_COLUMNS,
        code, now);
}

std::vector<InvitationRow> open_invitations(sql::Tx& tx, core::Instant now) {
    return tx.rows<InvitationRow>("SELECT " INVITATION_COLUMNS
                                  " FROM node_invitation WHERE district_id = $1 AND expires_at > $2"
                                  " AND withdrawn_at IS NULL ORDER BY made_at DESC, org_id",
                                  tx.district(), now);
}

bool withdraw_invitation(sql::Tx& tx, core::OrgId const& org, core::Instant now) {
    return tx.execute(
               "UPDATE node_invitation SET withdrawn_at = $3 WHERE district_id = $1 AND org_id = $2"
               " AND expires_at > $3 AND withdrawn_at IS NULL",
               tx.district(), org, now) > 0;
}

bool is_withdrawn(sql::Tx& tx, std::string const& code) {
    return tx.value<std::int64_t>("SELECT 1 FROM node_invitation WHERE code = $1 AND withdrawn_at IS NOT NULL", code)
        .has_value();
}

void put_due(sql::Tx& tx, NodeId const& node, ContentRow const& row) {
    tx.execute(
        "INSERT INTO node_content_due (district_id, sha256, node_id, size, told_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT DO NOTHING",
        tx.district(), row.sha256, node, row.size, row.told_at);
}

bool is_due(sql::Tx& tx, std::string const& sha256) {
    return tx
        .value<std::int64_t>("SELECT 1 FROM node_content_due WHERE district_id = $1 AND sha256 = $2", tx.district(),
                             sha256)
        .has_value();
}

void forget_due(sql::Tx& tx, std::string const& sha256) {
    tx.execute("DELETE FROM node_content_due WHERE district_id = $1 AND sha256 = $2", tx.district(), sha256);
}

void put_told(sql::Tx& tx, ContentRow const& row) {
    tx.insert_one("node_content_up", row, "ON CONFLICT DO NOTHING");
}

bool is_told(sql::Tx& tx, std::string const& sha256) {
    return tx
        .value<std::int64_t>("SELECT 1 FROM node_content_up WHERE district_id = $1 AND sha256 = $2", tx.district(),
                             sha256)
        .has_value();
}

void forget_told(sql::Tx& tx, std::string const& sha256) {
    tx.execute("DELETE FROM node_content_up WHERE district_id = $1 AND sha256 = $2", tx.district(), sha256);
}

std::vector<ContentRow> told(sql::Tx& tx) {
    return tx.rows<ContentRow>(
        "SELECT sha256, size, told_at FROM node_content_up WHERE district_id = $1 ORDER BY size, sha256 LIMIT 500",
        tx.district());
}

ContentsWaiting contents_told(sql::Tx& tx) {
    return tx
        .optional_row<ContentsWaiting>(
            "SELECT COUNT(*) AS number, COALESCE(CAST(SUM(size) AS BIGINT), 0) AS bytes, MIN(told_at) AS since"
            " FROM node_content_up WHERE district_id = $1",
            tx.district())
        .value();
}

ContentsWaiting contents_due_from(sql::Tx& tx, NodeId const& node) {
    return tx
        .optional_row<ContentsWaiting>(
            "SELECT COUNT(*) AS number, COALESCE(CAST(SUM(size) AS BIGINT), 0) AS bytes, MIN(told_at) AS since"
            " FROM node_content_due WHERE district_id = $1 AND node_id = $2",
            tx.district(), node)
        .value();
}

std::optional<std::int64_t> size_of_content(sql::Tx& tx, std::string const& sha256) {
    return tx.value<std::int64_t>("SELECT MAX(size) FROM file_object WHERE district_id = $1 AND sha256 = $2",
                                  tx.district(), sha256);
}

bool use_ticket(sql::Tx& tx, std::string const& ticket, core::Instant until) {
    return tx.execute("INSERT INTO node_ticket_used (ticket, until_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", ticket,
                      until) == 1;
}

void forget_used_tickets(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM node_ticket_used WHERE until_at < $1", now);
}

}  // namespace santong::nodes::store
