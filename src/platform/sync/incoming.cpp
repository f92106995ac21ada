#include "platform/sync/incoming.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "platform/sync/guard.hpp"
#include "platform/sync/records.hpp"

namespace santong::sync {

namespace {

constexpr std::int64_t most_ahead_ms = 60'000;

struct ParkedRow {
    core::Uuid id;
    std::string node;
    std::string type;
    std::string entity_id;
    std::string reason;
    std::string change;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(ParkedRow, (), (id, node, type, entity_id, reason, change, at))

struct OtherRow {
    core::Uuid id;
    std::string type;
    std::string entity_id;
    std::string origin;
    std::int64_t version = 0;
    std::string change;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(OtherRow, (), (id, type, entity_id, origin, version, change, at))

/// The newest that this node knows of an entity.
struct Newest {
    std::int64_t version = 0;
    std::string origin;
    std::string via;
};
BOOST_DESCRIBE_STRUCT(Newest, (), (version, origin, via))

std::optional<Newest> newest_of(sql::Tx& tx, Change const& change) {
    return tx.optional_row<Newest>(
        "SELECT version, origin, via FROM feed_entry WHERE district_id = $1 AND type = $2 AND entity_id = $3"
        " AND kind <> 'event' ORDER BY seq DESC LIMIT 1",
        tx.district(), change.type, change.id);
}

feed::EntryKind kind_of(Deed deed) {
    if (deed == Deed::event) return feed::EntryKind::event;
    return deed == Deed::put ? feed::EntryKind::put : feed::EntryKind::remove;
}

void note(sql::Tx& tx, Peer const& peer, Change const& change) {
    if (change.origin.empty() || change.origin_seq == 0) return;
    feed::take(tx,
               {0, change.origin, change.origin_seq, kind_of(change.deed), change.type, change.id, change.scope_org_id,
                change.version, change.at, change.body},
               peer.node);
}

/// What was made apart from ours and did not stay is kept for its owner.
void keep_other(sql::Tx& tx, Change const& change) {
    tx.insert_one("sync_other", OtherRow{core::Uuid::make(), change.type, change.id, change.origin, change.version,
                                         core::json::write(change), change.at});
}

/// The rows as they stand here, as a change of their own.
Change as_here(sql::Tx& tx, Shape const& shape, Change const& change, Newest const& newest) {
    Change mine{Deed::put, shape.type, change.id, change.scope_org_id, newest.origin, 0, newest.version,
                change.at, {},         {}};
    for (auto const& table : shape.tables) mine.tables.push_back(read_rows(tx, table, {change.id})[change.id]);
    return mine;
}

class Applying {
public:
    Applying(sql::Tx& tx, Shapes const& shapes, Peer const& peer, core::Instant now)
        : tx_(tx), shapes_(shapes), peer_(peer), now_(now), latest_(feed::version_at({now.ms + most_ahead_ms})) {}

    void apply(Change change) {
        auto const* shape = shapes_.find(change.type);
        if (shape == nullptr) throw std::invalid_argument("this node does not know " + change.type);
        change.version = std::min(change.version, latest_);
        if (!peer_.parent) {
            change.at.ms = std::min(change.at.ms, now_.ms + most_ahead_ms);
            if (!allowed(tx_, shapes_, peer_, *shape, change)) return;
        }
        if (change.deed == Deed::event) return note(tx_, peer_, change);
        if (change.deed != Deed::put) {
            for (auto const& table : shape->tables) drop_rows(tx_, table, change.id);
            return note(tx_, peer_, change);
        }
        if (shape->direction == Direction::both && !comes_later(*shape, change)) return;
        write(*shape, change);
        if (!peer_.parent && writable_of(tx_, *shape, peer_, {change.id}).empty())
            throw Refused(change.type + " " + change.id + " lies outside of its subtree");
        note(tx_, peer_, change);
    }

    /// Derived rows, once a type.
    void finish() {
        for (auto const& shape : shapes_.all()) {
            auto const found = written_.find(shape.type);
            if (found != written_.end() && shape.applied) shape.applied(tx_, found->second);
        }
    }

private:
    bool comes_later(Shape const& shape, Change const& change) {
        auto const newest = newest_of(tx_, change);
        if (!newest || newest->origin == change.origin) return true;
        auto const known = std::min(newest->version, latest_);
        if (change.version <= known) {
            if (change.version < known) keep_other(tx_, change);
            return false;
        }
        // Made here and not yet told: whoever wrote it can look at it.
        if (newest->via.empty() && known + (most_ahead_ms << 16) > change.version)
            keep_other(tx_, as_here(tx_, shape, change, *newest));
        return true;
    }

    void write(Shape const& shape, Change& change) {
        for (auto const& table : shape.tables) {
            auto const found = std::ranges::find(change.tables, table.name, &Rows::table);
            if (found == change.tables.end()) continue;
            if (shape.incoming) shape.incoming(tx_, *found, peer_.key);
            write_rows(tx_, table, change.id, *found);
        }
        written_[shape.type].push_back(change.id);
    }

    sql::Tx& tx_;
    Shapes const& shapes_;
    Peer const& peer_;
    core::Instant now_;
    std::int64_t latest_;
    std::map<std::string, std::vector<std::string>> written_;
};

void apply_one(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Change const& change, core::Instant now) {
    Applying applying(tx, shapes, peer, now);
    applying.apply(change);
    applying.finish();
}

void park(sql::Tx& tx, Peer const& peer, Change const& change, std::string const& reason) {
    tx.execute(
        "DELETE FROM sync_parked WHERE district_id = $1 AND node = $2 AND type = $3 AND entity_id = $4"
        " AND change = $5",
        tx.district(), peer.node, change.type, change.id, core::json::write(change));
    tx.insert_one("sync_parked", ParkedRow{core::Uuid::make(), peer.node, change.type, change.id, reason,
                                           core::json::write(change), core::system_now()});
}

/// One change in a transaction of its own.
void take_singly(sql::Database& db, core::DistrictId district, Shapes const& shapes, Peer const& peer,
                 Change const& change, Taking const& taking, Taken& taken) {
    try {
        db.transact(district, [&](sql::Tx& tx) { apply_one(tx, shapes, peer, change, taking.now); });
        ++taken.applied;
    } catch (sql::RetryableError const&) {
        throw;
    } catch (Refused const& refusal) {
        ++taken.refused;
        ++taken.parked;
        db.transact(district, [&](sql::Tx& tx) {
            park(tx, peer, change, refusal.what());
            if (taking.refused) taking.refused(tx, change, refusal.what());
        });
    } catch (sql::DatabaseError const& error) {
        if (error.disk_full()) throw;
        ++taken.parked;
        db.transact(district, [&](sql::Tx& tx) { park(tx, peer, change, error.what()); });
    } catch (std::exception const& error) {
        ++taken.parked;
        db.transact(district, [&](sql::Tx& tx) { park(tx, peer, change, error.what()); });
    }
}

}  // namespace

Taken take(sql::Database& db, core::DistrictId district, Shapes const& shapes, Peer const& peer,
           std::vector<Change> changes, Taking const& taking) {
    Taken taken;
    try {
        db.transact(district, [&](sql::Tx& tx) {
            Applying applying(tx, shapes, peer, taking.now);
            for (auto const& change : changes) applying.apply(change);
            applying.finish();
            if (taking.done) taking.done(tx);
        });
        taken.applied = static_cast<int>(changes.size());
        return taken;
    } catch (sql::RetryableError const&) {
        throw;
    } catch (sql::DatabaseError const& error) {
        if (error.disk_full()) throw;
    } catch (std::exception const&) {  // one of them is to blame: which, shows below
    }
    for (auto const& change : changes) take_singly(db, district, shapes, peer, change, taking, taken);
    db.transact(district, [&](sql::Tx& tx) {
        if (taking.done) taking.done(tx);
    });
    return taken;
}

std::vector<Parked> parked(sql::Tx& tx, int limit) {
    return tx.rows<Parked>(
        "SELECT id, node, type, entity_id, reason, at FROM sync_parked WHERE district_id = $1 ORDER BY at, id LIMIT $2",
        tx.district(), limit);
}

std::int64_t parked_of(sql::Tx& tx, std::string const& node) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM sync_parked WHERE district_id = $1 AND node = $2", tx.district(),
                             node)
        .value_or(0);
}

std::optional<std::string> retry(sql::Database& db, core::DistrictId district, Shapes const& shapes,
                                 std::function<Peer(std::string const& node)> const& peer_of, core::Uuid const& id) {
    try {
        db.transact(district, [&](sql::Tx& tx) {
            auto const row = tx.optional_row<ParkedRow>(
                "SELECT id, node, type, entity_id, reason, change, at FROM sync_parked WHERE district_id = $1 AND id = "
                "$2",
                tx.district(), id);
            if (!row) return;
            auto const change = core::json::read<Change>(row->change);
            if (!change) throw std::invalid_argument("the change cannot be read");
            apply_one(tx, shapes, peer_of(row->node), *change, core::system_now());
            discard(tx, id);
        });
        return std::nullopt;
    } catch (sql::RetryableError const&) {
        throw;
    } catch (std::exception const& error) {
        return error.what();
    }
}

void discard(sql::Tx& tx, core::Uuid const& id) {
    tx.execute("DELETE FROM sync_parked WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::sync
