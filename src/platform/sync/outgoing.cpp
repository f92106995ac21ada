#include "platform/sync/outgoing.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "platform/sync/cursor.hpp"
#include "platform/sync/records.hpp"
#include "platform/sync/sent.hpp"
#include "platform/sync/versions.hpp"

namespace santong::sync {

namespace {

constexpr int tail_entries = 400;
/// A batch of a snapshot ends behind the entity that makes it larger than this: packed it is a quarter, so that a thin
/// line carries it within a second and a cut one loses little.
constexpr std::size_t snapshot_bytes = 2 << 20;
constexpr std::size_t snapshot_entities = 4'000;
constexpr std::size_t read_together = 250;

/// The feed's entry with the neighbour it came from.
struct ViaEntry : feed::Entry {
    std::string via;
};
BOOST_DESCRIBE_STRUCT(ViaEntry, (feed::Entry), (via))

bool goes(Shape const& shape, Peer const& peer) {
    return shape.direction == Direction::both || (shape.direction == Direction::up) == peer.parent;
}

std::vector<sql::Param> held_params(sql::Tx const& tx, std::string const& root) {
    return {std::int64_t{tx.district()}, root};
}

std::vector<std::string> texts(sql::Tx& tx, std::string const& text, std::vector<sql::Param> const& params) {
    std::vector<std::string> found;
    tx.run_text(text, params, [&](sql::Cells const& cells) { found.emplace_back(cells.text(0)); });
    return found;
}

/// Of these ids those that a SELECT names.
std::vector<std::string> among(sql::Tx& tx, std::string const& select, std::string const& root,
                               std::vector<std::string> const& ids) {
    if (ids.empty()) return {};
    auto params = held_params(tx, root);
    params.push_back(sql::to_param(ids));
    return texts(
        tx,
        "SELECT CAST(held.id AS TEXT) AS entity FROM (" + select + ") AS held WHERE held.id {in $3} GROUP BY held.id",
        params);
}

/// Gathers the changes of one batch, each entity once, types in the order of the shapes.
class Gathering {
public:
    Gathering(sql::Tx& tx, Shapes const& shapes, Peer const& peer) : tx_(tx), shapes_(shapes), peer_(peer) {}

    void entity(std::string const& type, std::string const& id) { concerned_[type].insert(id); }
    void removed(ViaEntry const& entry) { removed_.push_back(entry); }
    void happened(ViaEntry const& entry) { events_.push_back(entry); }
    /// What was made here and did not stay beside what the peer told: its owner finds it there, too.
    void made_apart(ViaEntry const& entry) { apart_.push_back(entry); }
    /// Entities as they are now, in the order of their ids, and the versions of them that did not stay; in a snapshot
    /// what comes along is in it anyway.
    std::vector<Change> snapshot_of(Shape const& shape, std::vector<std::string> const& ids) {
        if (shape.moves && !ids.empty()) remember_sent(tx_, peer_, shape, ids);
        auto all = made(shape, ids);
        if (shape.compared.owner.empty()) return all;
        for (auto& lost : kept_versions(tx_, shape.type, ids)) all.push_back(recoded(shape, std::move(lost)));
        return all;
    }
    void withdrawn(Shape const& shape, std::vector<std::string> const& ids) {
        for (auto const& id : ids) withdrawn_.push_back({Deed::withdraw, shape.type, id, {}, {}, 0, 0, {}, {}, {}});
        forget_sent(tx_, peer_, shape, ids);
    }

    std::vector<Change> done() {
        for (auto const& shape : shapes_.all()) {
            if (auto const found = concerned_.find(shape.type); found != concerned_.end())
                sort_out(shape, {found->second.begin(), found->second.end()});
        }
        std::vector<Change> all;
        for (auto const& shape : shapes_.all()) {
            auto const found = given_.find(shape.type);
            if (found == given_.end()) continue;
            for (auto& change : made(shape, {found->second.begin(), found->second.end()}))
                all.push_back(std::move(change));
        }
        for (auto const& entry : apart_) {
            if (auto lost = not_stayed(entry)) all.push_back(std::move(*lost));
        }
        for (auto const& entry : events_) all.push_back(of(entry, Deed::event));
        for (auto const& entry : removed_) all.push_back(of(entry, Deed::remove));
        std::ranges::reverse(withdrawn_);
        for (auto& change : withdrawn_) all.push_back(std::move(change));
        return all;
    }

private:
    static Change of(feed::Entry const& one, Deed deed) {
        return {deed,           one.type,    one.entity_id, one.scope_org_id, one.origin,
                one.origin_seq, one.version, one.at,        one.body,         {}};
    }

    /// Entities that changed: held ones are sent, those that moved away are withdrawn, others are none of the peer's.
    void sort_out(Shape const& shape, std::vector<std::string> const& ids) {
        auto const mine = held_of(tx_, shape, peer_.root_org_id, ids);
        give(shape, mine);
        if (peer_.parent || !shape.moves) return;
        std::set<std::string> const here(mine.begin(), mine.end());
        std::vector<std::string> gone;
        for (auto const& id : sent_of(tx_, peer_, shape.type, ids)) {
            if (!here.contains(id)) gone.push_back(id);
        }
        withdrawn(shape, gone);
        for (auto const& id : gone) follow(shape, id);
    }

    void give(Shape const& shape, std::vector<std::string> const& ids) {
        auto& given = given_[shape.type];
        std::vector<std::string> fresh;
        for (auto const& id : ids) {
            if (given.insert(id).second) fresh.push_back(id);
        }
        if (fresh.empty()) return;
        if (shape.moves && !peer_.parent) remember_sent(tx_, peer_, shape, fresh);
        for (auto const& id : fresh) follow(shape, id);
    }

    /// What an entity brings is looked at as if it had changed. Towards the parent: what was made here.
    void follow(Shape const& shape, std::string const& id) {
        for (auto const& along : shape.brings) {
            auto const* other = shapes_.find(along.type);
            if (other == nullptr || !goes(*other, peer_)) continue;
            std::vector<std::string> unseen;
            for (auto const& one : texts(tx_, along.ids, {std::int64_t{tx_.district()}, id})) {
                if (followed_.insert(along.type + ' ' + one).second) unseen.push_back(one);
            }
            if (unseen.empty()) continue;
            bool const counted = other->moves && !peer_.parent;
            auto const known = counted ? sent_of(tx_, peer_, other->type, unseen) : std::set<std::string>{};
            auto const mine = held_of(tx_, *other, peer_.root_org_id, unseen);
            std::vector<std::string> fresh, gone;
            for (auto const& one : mine) {
                if (!known.contains(one)) fresh.push_back(one);
            }
            for (auto const& one : known) {
                if (std::ranges::find(mine, one) == mine.end()) gone.push_back(one);
            }
            give(*other, fresh);
            withdrawn(*other, gone);
            for (auto const& one : gone) follow(*other, one);
        }
    }

    std::vector<Change> made(Shape const& shape, std::vector<std::string> const& ids) {
        auto const entries = tx_.rows<ViaEntry>(
            "SELECT f.seq, f.origin, f.origin_seq, f.kind, f.type, f.entity_id, f.scope_org_id, f.version, f.at, "
            "f.body,"
            " f.via FROM feed_entry f JOIN (SELECT entity_id, MAX(seq) AS seq FROM feed_entry WHERE district_id = $1"
            " AND type = $2 AND entity_id {in $3} GROUP BY entity_id) newest ON newest.seq = f.seq"
            " WHERE f.district_id = $1",
            tx_.district(), shape.type, ids);
        std::map<std::string, ViaEntry const*> newest;
        for (auto const& entry : entries) newest[entry.entity_id] = &entry;
        std::map<std::string, Change> changes;
        for (auto const& id : ids) {
            auto const known = newest.find(id);
            // What the parent told last is not told to it again.
            if (peer_.parent && known != newest.end() && known->second->via == peer_.node) continue;
            if (known == newest.end())
                changes[id] = {Deed::put, shape.type, id, {}, {}, 0, 0, {}, {}, {}};
            else
                changes[id] = of(*known->second, Deed::put);
            if (shape.outgoing_body) changes[id].body.value = shape.outgoing_body(changes[id].body.value);
        }
        std::vector<std::string> told;
        for (auto const& [id, change] : changes) told.push_back(id);
        if (!shape.compared.owner.empty()) {
            for (auto const& [id, version] : versions_from(tx_, peer_.node, shape.type, told))
                changes[id].made_from = version;
        }
        for (auto const& table : shape.tables) {
            for (auto& [id, rows] : read_rows(tx_, table, told)) {
                if (shape.outgoing) shape.outgoing(tx_, rows, peer_.key);
                changes[id].tables.push_back(std::move(rows));
            }
        }
        std::vector<Change> all;
        all.reserve(changes.size());
        for (auto& [id, change] : changes) all.push_back(std::move(change));
        return all;
    }

    /// The version that an entry told of, where it was kept as the other one (versions.hpp).
    std::optional<Change> not_stayed(ViaEntry const& entry) {
        auto const& shape = *shapes_.find(entry.type);
        if (!peer_.parent && held_of(tx_, shape, peer_.root_org_id, {entry.entity_id}).empty()) return std::nullopt;
        auto const kept = tx_.value<std::string>(
            "SELECT change FROM sync_other WHERE district_id = $1 AND type = $2 AND entity_id = $3"
            " AND origin = $4 AND version = $5 LIMIT 1",
            tx_.district(), entry.type, entry.entity_id, entry.origin, entry.version);
        if (!kept) return std::nullopt;
        auto change = core::json::read<Change>(*kept, core::json::UnknownFields::ignore);
        if (!change) return std::nullopt;
        change->origin_seq = entry.origin_seq;
        return recoded(shape, std::move(*change));
    }
    Change recoded(Shape const& shape, Change change) {
        for (auto& rows : change.tables) {
            if (shape.outgoing) shape.outgoing(tx_, rows, peer_.key);
        }
        return change;
    }

    sql::Tx& tx_;
    Shapes const& shapes_;
    Peer const& peer_;
    std::map<std::string, std::set<std::string>> concerned_;
    std::map<std::string, std::set<std::string>> given_;
    std::set<std::string> followed_;
    std::vector<Change> withdrawn_;
    std::vector<ViaEntry> removed_;
    std::vector<ViaEntry> events_;
    std::vector<ViaEntry> apart_;
};

std::vector<ViaEntry> tail_after(sql::Tx& tx, std::int64_t seq) {
    return tx.rows<ViaEntry>(
        "SELECT seq, origin, origin_seq, kind, type, entity_id, scope_org_id, version, at, body, via FROM feed_entry"
        " WHERE district_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        tx.district(), seq, tail_entries);
}

Batch tail(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::int64_t after) {
    auto const entries = tail_after(tx, after);
    Gathering gathering(tx, shapes, peer);
    std::map<std::pair<std::string, std::string>, ViaEntry const*> newest;
    for (auto const& entry : entries) {
        auto const* shape = shapes.find(entry.type);
        if (shape == nullptr || !goes(*shape, peer)) continue;
        if (entry.kind == feed::EntryKind::event) {
            if (entry.via != peer.node && (peer.parent || covers(tx, shapes, peer, entry.scope_org_id)))
                gathering.happened(entry);
        } else {
            newest[{entry.type, entry.entity_id}] = &entry;
            if (entry.via.empty() && !shape->compared.owner.empty()) gathering.made_apart(entry);
        }
    }
    for (auto const& [key, entry] : newest) {
        if (entry->via == peer.node) continue;
        if (entry->kind == feed::EntryKind::remove) {
            if (peer.parent || covers(tx, shapes, peer, entry->scope_org_id)) gathering.removed(*entry);
        } else {
            gathering.entity(key.first, key.second);
        }
    }
    Cursor const next{false, 0, entries.empty() ? after : entries.back().seq, 0, {}};
    return {next.text(), entries.size() == tail_entries, gathering.done()};
}

/// Entities that a child holds.
std::int64_t held_count(sql::Tx& tx, Shapes const& shapes, Peer const& peer) {
    std::int64_t count = 0;
    for (auto const& shape : shapes.all()) {
        if (shape.tables.empty()) continue;
        tx.run_text("SELECT COUNT(DISTINCT held.id) FROM (" + shape.held + ") AS held",
                    held_params(tx, peer.root_org_id), [&](sql::Cells const& cells) { count += cells.integer(0); });
    }
    return count;
}

/// Ids of the next entities of a shape.
std::vector<std::string> next_held(sql::Tx& tx, Shape const& shape, Peer const& peer, Cursor const& cursor,
                                   std::size_t room) {
    auto params = held_params(tx, peer.root_org_id);
    params.emplace_back(static_cast<std::int64_t>(room));
    std::string text = "SELECT CAST(held.id AS TEXT) AS entity FROM (" + shape.held + ") AS held";
    if (!cursor.after.empty()) {
        params.emplace_back(cursor.after);
        text += " WHERE held.id > $4";
    }
    return texts(tx, text + " GROUP BY held.id ORDER BY held.id LIMIT $3", params);
}

/// What was sent of a type that moves and is not held any more.
std::vector<std::string> held_no_more(sql::Tx& tx, Shape const& shape, Peer const& peer) {
    auto params = held_params(tx, peer.root_org_id);
    params.emplace_back(peer.node);
    params.emplace_back(shape.type);
    return texts(tx,
                 "SELECT entity_id FROM sync_sent WHERE district_id = $1 AND node = $3 AND type = $4 AND entity_id NOT"
                 " IN (SELECT CAST(id AS TEXT) FROM (" +
                     shape.held + ") AS held)",
                 params);
}

std::size_t weight_of(Change const& change) {
    constexpr std::size_t around = 200;
    auto weight = around + change.body.value.size();
    for (auto const& table : change.tables) {
        for (auto const& row : table.rows) {
            for (auto const& cell : row) weight += cell ? cell->size() + 3 : 5;
        }
    }
    return weight;
}

Batch snapshot(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Cursor cursor, bool begins) {
    if (begins) cursor.left = held_count(tx, shapes, peer);
    Gathering gathering(tx, shapes, peer);
    std::vector<Change> all;
    std::size_t weight = 0;
    auto const room = [&] { return snapshot_entities - std::min(snapshot_entities, all.size()); };
    for (; cursor.shape < shapes.all().size(); ++cursor.shape) {
        auto const& shape = shapes.all()[cursor.shape];
        if (shape.tables.empty()) continue;
        auto const wanted = room();
        auto const ids = wanted == 0 ? std::vector<std::string>{} : next_held(tx, shape, peer, cursor, wanted);
        std::size_t sent = 0;
        while (sent < ids.size() && weight < snapshot_bytes) {
            auto const first = ids.begin() + static_cast<std::ptrdiff_t>(sent);
            auto const count = std::min(read_together, ids.size() - sent);
            for (auto& change : gathering.snapshot_of(shape, {first, first + static_cast<std::ptrdiff_t>(count)})) {
                weight += weight_of(change);
                all.push_back(std::move(change));
            }
            sent += count;
            cursor.after = ids[sent - 1];
        }
        cursor.left -= std::min(cursor.left, static_cast<std::int64_t>(sent));
        if (sent < ids.size() || room() == 0 || wanted == 0) break;
        cursor.after.clear();
        if (shape.moves) gathering.withdrawn(shape, held_no_more(tx, shape, peer));
    }
    if (cursor.shape >= shapes.all().size()) cursor = {false, 0, cursor.seq, 0, {}};
    for (auto& change : gathering.done()) all.push_back(std::move(change));
    return {cursor.text(), true, std::move(all)};
}

}  // namespace

bool covers(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& org) {
    if (org.empty() || org == peer.root_org_id) return true;
    if (shapes.places().empty()) return false;
    return !among(tx, shapes.places(), peer.root_org_id, {org}).empty();
}

std::vector<std::string> held_of(sql::Tx& tx, Shape const& shape, std::string const& root,
                                 std::vector<std::string> const& ids) {
    return among(tx, shape.held, root, ids);
}

std::vector<std::string> written_of(sql::Tx& tx, Shape const& shape, std::string const& root,
                                    std::vector<std::string> const& ids) {
    return among(tx, shape.writes.empty() ? shape.held : shape.writes, root, ids);
}

std::vector<std::string> nearby_of(sql::Tx& tx, Shape const& shape, std::string const& org,
                                   std::vector<std::string> const& ids) {
    if (shape.nearby.empty()) return {};
    return among(tx, shape.nearby, org, ids);
}

Batch outgoing(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor) {
    auto const at = read_cursor(tx, peer, cursor);
    return at.snapshot ? snapshot(tx, shapes, peer, at, cursor.empty()) : tail(tx, shapes, peer, at.seq);
}

std::string cursor_here(sql::Tx& tx) {
    return Cursor{false, 0, feed::last_seq(tx), 0, {}}.text();
}

std::int64_t waiting(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor) {
    auto const at = read_cursor(tx, peer, cursor);
    if (at.snapshot) return cursor.empty() ? held_count(tx, shapes, peer) : at.left;
    std::vector<std::string> types;
    for (auto const& shape : shapes.all()) {
        if (goes(shape, peer)) types.push_back(shape.type);
    }
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM feed_entry WHERE district_id = $1 AND seq > $2 AND via <> $3 AND type {in $4}",
            tx.district(), at.seq, peer.node, types)
        .value_or(0);
}

}  // namespace santong::sync
