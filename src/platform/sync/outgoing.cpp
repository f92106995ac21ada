#include "platform/sync/outgoing.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "platform/sync/records.hpp"

namespace santong::sync {

namespace {

constexpr int tail_entries = 400;
constexpr int snapshot_entities = 300;

/// Where a neighbour is: in the snapshot (which shape, after which id), or in the tail (after which number).
struct Cursor {
    bool snapshot = false;
    std::size_t shape = 0;
    std::int64_t seq = 0;
    std::string after;

    std::string text() const {
        if (!snapshot) return "t:" + std::to_string(seq);
        return "s:" + std::to_string(seq) + ":" + std::to_string(shape) + ":" + after;
    }
};

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    auto const [stopped, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || stopped != text.data() + text.size() || value < 0)
        throw std::invalid_argument("a cursor that cannot be read");
    return value;
}

Cursor read_cursor(sql::Tx& tx, Peer const& peer, std::string_view text) {
    Cursor cursor;
    if (text.empty()) {
        cursor.snapshot = !peer.parent;
        cursor.seq = peer.parent ? 0 : feed::last_seq(tx);
        return cursor;
    }
    auto const kind = text.substr(0, 2);
    text.remove_prefix(std::min<std::size_t>(2, text.size()));
    if (kind == "t:") {
        cursor.seq = number(text);
        return cursor;
    }
    auto const first = text.find(':');
    auto const second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (kind != "s:" || second == std::string_view::npos) throw std::invalid_argument("a cursor that cannot be read");
    cursor.snapshot = true;
    cursor.seq = number(text.substr(0, first));
    cursor.shape = static_cast<std::size_t>(number(text.substr(first + 1, second - first - 1)));
    cursor.after = text.substr(second + 1);
    return cursor;
}

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

std::set<std::string> sent_of(sql::Tx& tx, Peer const& peer, std::string const& type,
                              std::vector<std::string> const& ids) {
    auto const found = tx.column<std::string>(
        "SELECT entity_id FROM sync_sent WHERE district_id = $1 AND node = $2 AND type = $3 AND entity_id {in $4}",
        tx.district(), peer.node, type, ids);
    return {found.begin(), found.end()};
}

struct SentRow {
    std::string node;
    std::string type;
    std::string entity_id;
};
BOOST_DESCRIBE_STRUCT(SentRow, (), (node, type, entity_id))

/// Gathers the changes of one batch, each entity once, types in the order of the shapes.
class Gathering {
public:
    Gathering(sql::Tx& tx, Shapes const& shapes, Peer const& peer) : tx_(tx), shapes_(shapes), peer_(peer) {}

    void entity(std::string const& type, std::string const& id) { concerned_[type].insert(id); }
    void removed(ViaEntry const& entry) { removed_.push_back(entry); }
    void happened(ViaEntry const& entry) { events_.push_back(entry); }
    /// Sends these; what they bring comes along.
    void held(Shape const& shape, std::vector<std::string> const& ids) { give(shape, ids, true); }
    void withdrawn(Shape const& shape, std::vector<std::string> const& ids) {
        for (auto const& id : ids) withdrawn_.push_back({Deed::withdraw, shape.type, id, {}, {}, 0, 0, {}, {}, {}});
        forget(shape, ids);
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
        for (auto const& entry : events_) all.push_back(of(entry, Deed::event));
        for (auto const& entry : removed_) all.push_back(of(entry, Deed::remove));
        std::ranges::reverse(withdrawn_);
        for (auto& change : withdrawn_) all.push_back(std::move(change));
        return all;
    }

private:
    static Change of(feed::Entry const& entry, Deed deed) {
        return {deed,
                entry.type,
                entry.entity_id,
                entry.scope_org_id,
                entry.origin,
                entry.origin_seq,
                entry.version,
                entry.at,
                entry.body,
                {}};
    }

    /// Entities that changed: held ones are sent, those that moved away are withdrawn, others are none of the peer's.
    void sort_out(Shape const& shape, std::vector<std::string> const& ids) {
        auto const mine = held_of(tx_, shape, peer_.root_org_id, ids);
        give(shape, mine, false);
        if (peer_.parent || !shape.moves) return;
        std::set<std::string> const here(mine.begin(), mine.end());
        std::vector<std::string> gone;
        for (auto const& id : sent_of(tx_, peer_, shape.type, ids)) {
            if (!here.contains(id)) gone.push_back(id);
        }
        withdrawn(shape, gone);
        for (auto const& id : gone) follow(shape, id);
    }

    void give(Shape const& shape, std::vector<std::string> const& ids, bool all_known) {
        auto& given = given_[shape.type];
        std::vector<std::string> fresh;
        for (auto const& id : ids) {
            if (given.insert(id).second) fresh.push_back(id);
        }
        if (peer_.parent || fresh.empty()) return;
        if (shape.moves) remember(shape, fresh);
        if (all_known) return;  // in a snapshot whatever comes along is in it anyway
        for (auto const& id : fresh) follow(shape, id);
    }

    /// What an entity brings is looked at as if it had changed.
    void follow(Shape const& shape, std::string const& id) {
        for (auto const& along : shape.brings) {
            auto const* other = shapes_.find(along.type);
            if (other == nullptr || !goes(*other, peer_)) continue;
            std::vector<std::string> unseen;
            for (auto const& one : texts(tx_, along.ids, {std::int64_t{tx_.district()}, id})) {
                if (followed_.insert(along.type + ' ' + one).second) unseen.push_back(one);
            }
            if (unseen.empty()) continue;
            auto const known = other->moves ? sent_of(tx_, peer_, other->type, unseen) : std::set<std::string>{};
            auto const mine = held_of(tx_, *other, peer_.root_org_id, unseen);
            std::vector<std::string> fresh, gone;
            for (auto const& one : mine) {
                if (!known.contains(one)) fresh.push_back(one);
            }
            for (auto const& one : known) {
                if (std::ranges::find(mine, one) == mine.end()) gone.push_back(one);
            }
            give(*other, fresh, false);
            withdrawn(*other, gone);
        }
    }

    void remember(Shape const& shape, std::vector<std::string> const& ids) {
        std::vector<SentRow> rows;
        rows.reserve(ids.size());
        for (auto const& id : ids) rows.push_back({peer_.node, shape.type, id});
        tx_.insert("sync_sent", rows, "ON CONFLICT DO NOTHING");
    }
    void forget(Shape const& shape, std::vector<std::string> const& ids) {
        if (ids.empty()) return;
        tx_.execute("DELETE FROM sync_sent WHERE district_id = $1 AND node = $2 AND type = $3 AND entity_id {in $4}",
                    tx_.district(), peer_.node, shape.type, ids);
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
            if (known == newest.end())
                changes[id] = {Deed::put, shape.type, id, {}, {}, 0, 0, {}, {}, {}};
            else
                changes[id] = of(*known->second, Deed::put);
            if (shape.outgoing_body) changes[id].body.value = shape.outgoing_body(changes[id].body.value);
        }
        for (auto const& table : shape.tables) {
            for (auto& [id, rows] : read_rows(tx_, table, ids)) {
                if (shape.outgoing) shape.outgoing(tx_, rows, peer_.key);
                changes[id].tables.push_back(std::move(rows));
            }
        }
        std::vector<Change> all;
        all.reserve(changes.size());
        for (auto& [id, change] : changes) all.push_back(std::move(change));
        return all;
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
    Cursor const next{false, 0, entries.empty() ? after : entries.back().seq, {}};
    return {next.text(), entries.size() == tail_entries, gathering.done()};
}

/// Entities that the snapshot has not come to yet.
std::int64_t left_of_snapshot(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Cursor const& cursor) {
    std::int64_t left = 0;
    for (auto number = cursor.shape; number < shapes.all().size(); ++number) {
        auto const& shape = shapes.all()[number];
        if (shape.tables.empty()) continue;
        auto params = held_params(tx, peer.root_org_id);
        std::string text = "SELECT COUNT(DISTINCT held.id) FROM (" + shape.held + ") AS held";
        if (number == cursor.shape && !cursor.after.empty()) {
            params.emplace_back(cursor.after);
            text += " WHERE held.id > $3";
        }
        tx.run_text(text, params, [&](sql::Cells const& cells) { left += cells.integer(0); });
    }
    return left;
}

Batch snapshot(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Cursor cursor) {
    Gathering gathering(tx, shapes, peer);
    auto room = snapshot_entities;
    for (; cursor.shape < shapes.all().size() && room > 0; ++cursor.shape) {
        auto const& shape = shapes.all()[cursor.shape];
        if (shape.tables.empty()) continue;
        auto params = held_params(tx, peer.root_org_id);
        params.emplace_back(std::int64_t{room});
        std::string text = "SELECT CAST(held.id AS TEXT) AS entity FROM (" + shape.held + ") AS held";
        if (!cursor.after.empty()) {
            params.emplace_back(cursor.after);
            text += " WHERE held.id > $4";
        }
        auto const ids = texts(tx, text + " GROUP BY held.id ORDER BY held.id LIMIT $3", params);
        gathering.held(shape, ids);
        room -= static_cast<int>(ids.size());
        if (room <= 0) {
            cursor.after = ids.back();
            break;
        }
        cursor.after.clear();
        if (!shape.moves) continue;
        auto left = held_params(tx, peer.root_org_id);
        left.emplace_back(peer.node);
        left.emplace_back(shape.type);
        gathering.withdrawn(shape, texts(tx,
                                         "SELECT entity_id FROM sync_sent WHERE district_id = $1 AND node = $3 AND type"
                                         " = $4 AND entity_id NOT IN (SELECT CAST(id AS TEXT) FROM (" +
                                             shape.held + ") AS held)",
                                         left));
    }
    if (cursor.shape >= shapes.all().size()) cursor = {false, 0, cursor.seq, {}};
    return {cursor.text(), true, gathering.done()};
}

}  // namespace

bool covers(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& org) {
    if (org.empty() || org == peer.root_org_id) return true;
    auto const* schools = shapes.find("roster.School");
    return schools != nullptr && !held_of(tx, *schools, peer.root_org_id, {org}).empty();
}

std::vector<std::string> held_of(sql::Tx& tx, Shape const& shape, std::string const& root,
                                 std::vector<std::string> const& ids) {
    if (ids.empty()) return {};
    auto params = held_params(tx, root);
    params.push_back(sql::to_param(ids));
    return texts(tx,
                 "SELECT CAST(held.id AS TEXT) AS entity FROM (" + shape.held +
                     ") AS held WHERE held.id {in $3} GROUP BY held.id",
                 params);
}

Batch outgoing(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor) {
    auto const at = read_cursor(tx, peer, cursor);
    return at.snapshot ? snapshot(tx, shapes, peer, at) : tail(tx, shapes, peer, at.seq);
}

std::string cursor_here(sql::Tx& tx) {
    return Cursor{false, 0, feed::last_seq(tx), {}}.text();
}

std::int64_t waiting(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor) {
    auto const at = read_cursor(tx, peer, cursor);
    if (at.snapshot) return left_of_snapshot(tx, shapes, peer, at);
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
