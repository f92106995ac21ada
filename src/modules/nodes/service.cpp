#include "modules/nodes/service.hpp"

#include <algorithm>

#include "core/base64.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/neighbours.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/service_invitations.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/upgrade.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::nodes {

namespace {

/// A child asks every two seconds: while there is nothing for it, its contact is written down now and then only.
bool nothing_new(Site const& site, Child const& child, PullRequest const& request, core::Instant now) {
    constexpr std::int64_t contact_lives_ms = 10'000;
    return site.db.read(child.district, [&](sql::Tx& tx) {
        if (request.cursor != sync::cursor_here(tx)) return false;
        auto const row = store::node(tx, child.id);
        return row && row->down_cursor == request.cursor && row->last_contact_at &&
               now.ms - row->last_contact_at->ms < contact_lives_ms && row->waiting_up == request.report.waiting_up &&
               row->parked_below == request.report.parked;
    });
}

core::Result<core::Nothing> district_right(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission) {
    TRY_VOID(caller.require(tx, permission, roster::district(tx).org_id));
    return core::Nothing{};
}

}  // namespace

std::string link_binding(NodeId const& node) {
    return "node|" + node.text();
}

sync::Peer child_peer(store::NodeRow const& row) {
    auto const key = auth::Keys::current().open(auth::KeyPurpose::node_links, {row.link_key_id, row.link_key.value},
                                                link_binding(row.id));
    if (!key) throw std::runtime_error("the key of a node does not open: is the right keys folder in place?");
    return {row.id.text(), row.org_id.text(), *key, false};
}

core::Result<JoinAnswer> join(Site const& site, JoinWish const& wish) {
    auto const open_key = core::base64_decode(wish.open_key);
    auto const exchange = core::base64_decode(wish.exchange_key);
    if (!open_key || open_key->size() != 32 || !exchange || wish.node.is_nil()) return core::invalid("nodes.bad_key");
    auto const mine = exchange_pair();
    auto const link = agree(mine.secret, *exchange);
    if (link.empty()) return core::invalid("nodes.bad_key");
    auto const now = site.machine.now();
    auto const known = TRY(use_invitation(site, wish.code));
    auto const own = own_pair(site.keys_folder);
    return site.db.transact(known.district_id, [&](sql::Tx& tx) -> core::Result<JoinAnswer> {
        auto const org = TRY(roster::org(tx, known.org_id));
        auto const before = store::active_node_of(tx, org.id);
        NodeId const id = before ? before->id : wish.node;
        auto const sealed = auth::Keys::current().seal(auth::KeyPurpose::node_links, link, link_binding(id));
        store::NodeRow row;
        row.id = id;
        row.org_id = org.id;
        row.open_key = wish.open_key;
        row.link_key_id = sealed.key_id;
        row.link_key = {sealed.bytes};
        row.joined_at = now;
        row.version = wish.version;
        row.last_seq = before ? before->last_seq : 0;
        store::put_node(tx, row);
        renew_neighbours(tx, org.id, now);
        auth::audit(tx, auth::terminal_caller(tx.district()), {before ? "nodes.replace" : "nodes.join", id.text()});
        auto const district = roster::district(tx);
        JoinAnswer answer;
        answer.node = id;
        answer.parent = feed::origin();
        answer.open_key = core::base64(own.open);
        answer.exchange_key = core::base64(mine.open);
        answer.district = tx.district();
        answer.district_name = district.name;
        answer.district_org_id = district.org_id;
        answer.org_id = org.id;
        answer.org_name = org.name;
        answer.zone_minutes = district.zone_minutes;
        answer.last_seq = row.last_seq;
        if (site.demo) answer.showed = site.teaching.now();
        return answer;
    });
}

core::Result<Child> child(Site const& site, core::DistrictId district, NodeId const& id) {
    return site.db.read(district, [&](sql::Tx& tx) -> core::Result<Child> {
        auto const row = store::node(tx, id);
        if (!row) return core::unauthenticated("nodes.unknown");
        if (row->state == NodeState::revoked) return core::forbidden("nodes.revoked");
        return Child{row->id, district, child_peer(*row), core::base64_decode(row->open_key).value_or("")};
    });
}

core::Result<PullAnswer> pull(Site const& site, Child const& child, PullRequest const& request) {
    auto const now = site.machine.now();
    if (nothing_new(site, child, request, now)) return PullAnswer{{request.cursor, false, {}}, now, {}};
    try {
        return site.db.transact(child.district, [&](sql::Tx& tx) -> core::Result<PullAnswer> {
            store::note_contact(tx, child.id, request.report, now);
            PullAnswer answer{sync::outgoing(tx, site.shapes, child.peer, request.cursor), now,
                              boxed_within(tx, child.peer)};
            // What it asks after it has applied: that far it is.
            store::note_pulled(tx, child.id, request.cursor);
            return answer;
        });
    } catch (std::invalid_argument const&) {
        return core::invalid_at("/cursor", "nodes.bad_cursor");
    }
}

core::Result<PushAnswer> push(Site const& site, Child const& child, PushRequest const& request) {
    auto const now = site.machine.now();
    sync::Taking taking;
    taking.now = now;
    taking.done = [&](sql::Tx& tx) {
        store::note_contact(tx, child.id, request.report, now);
        store::note_pushed(tx, child.id, request.last_seq);
        note_due(tx, child.id, request.changes, now);
    };
    taking.refused = [&](sql::Tx& tx, sync::Change const& change, std::string const&) {
        auto caller = auth::terminal_caller(tx.district());
        caller.client = "node " + child.id.text();
        auth::audit(tx, caller, {"nodes.refused", change.type + " " + change.id});
    };
    auto peer = child.peer;
    peer.others = site.db.read(child.district, [&](sql::Tx& tx) {
        std::vector<std::string> names;
        for (auto const& row : store::nodes(tx)) {
            if (row.id != child.id)
                names.push_back(row.id.text());
            else
                taking.told = row.down_cursor;
        }
        return names;
    });
    return PushAnswer{sync::take(site.db, child.district, site.shapes, peer, request.changes, taking), now};
}

std::vector<NodeStatus> status(Site const& site, core::DistrictId district) {
    auto const now = site.machine.now();
    return site.db.read(district, [&](sql::Tx& tx) {
        std::vector<NodeStatus> all;
        for (auto const& row : store::nodes(tx)) {
            NodeStatus one;
            one.id = row.id;
            one.org_id = row.org_id;
            if (auto const org = roster::org(tx, row.org_id)) one.name = org->name;
            one.state = row.state;
            one.joined_at = row.joined_at;
            one.last_contact = row.last_contact_at;
            one.version = row.version;
            one.lag = row.last_contact_at ? std::max<std::int64_t>(0, (now.ms - row.last_contact_at->ms) / 1000) : -1;
            one.waiting_up = row.waiting_up;
            sync::Peer const peer{row.id.text(), row.org_id.text(), {}, false};
            one.waiting_down = sync::waiting(tx, site.shapes, peer, row.down_cursor);
            one.parked = row.parked_below + sync::parked_of(tx, row.id.text());
            one.clock_ahead_ms = row.clock_ahead_ms;
            one.disk_free = row.disk_free;
            all.push_back(std::move(one));
        }
        return all;
    });
}

core::Result<NodeList> list_nodes(Site const& site, auth::Caller const& caller) {
    auto const allowed =
        site.db.read(caller.district, [&](sql::Tx& tx) { return district_right(tx, caller, permissions::view); });
    if (!allowed) return allowed.error();
    NodeList list{status(site, caller.district), std::nullopt};
    if (auto const above = parent(site.db)) list.parent = above->url;
    return list;
}

core::Result<core::Nothing> revoke(Site const& site, auth::Caller const& caller, NodeId const& id) {
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(district_right(tx, caller, permissions::manage));
        auto const known = store::node(tx, id);
        if (!known || !store::revoke(tx, id, site.machine.now())) return core::not_found("nodes.unknown");
        renew_neighbours(tx, known->org_id, site.machine.now());
        auth::audit(tx, caller, {"nodes.revoke", id.text()});
        return core::Nothing{};
    });
}

core::Result<ParkedList> list_parked(Site const& site, auth::Caller const& caller) {
    constexpr int most = 200;
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ParkedList> {
        TRY_VOID(district_right(tx, caller, permissions::manage));
        return ParkedList{sync::parked(tx, most)};
    });
}

core::Result<core::Nothing> retry_parked(Site const& site, auth::Caller const& caller, core::Uuid const& id) {
    auto const allowed =
        site.db.read(caller.district, [&](sql::Tx& tx) { return district_right(tx, caller, permissions::manage); });
    if (!allowed) return allowed.error();
    auto const peer = [&](std::string const& node) { return peer_called(site, caller.district, node); };
    auto const why = sync::retry(site.db, caller.district, site.shapes, peer, id);
    if (why) return core::Error(core::ErrorCode::conflict, "nodes.still_parked", {{"reason", *why}});
    return core::Nothing{};
}

core::Result<core::Nothing> discard_parked(Site const& site, auth::Caller const& caller, core::Uuid const& id) {
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(district_right(tx, caller, permissions::manage));
        sync::discard(tx, id);
        auth::audit(tx, caller, {"nodes.discard_parked", id.text()});
        return core::Nothing{};
    });
}

}  // namespace santong::nodes
