#include "platform/sync/incoming.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "core/json.hpp"
#include "platform/sync/changes.hpp"
#include "platform/sync/cursor.hpp"
#include "platform/sync/guard.hpp"
#include "platform/sync/newest.hpp"
#include "platform/sync/outgoing.hpp"
#include "platform/sync/records.hpp"
#include "platform/sync/sent.hpp"
#include "platform/sync/uniting.hpp"
#include "platform/sync/versions.hpp"

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

feed::EntryKind kind_of(Deed deed) {
    if (deed == Deed::event) return feed::EntryKind::event;
    return deed == Deed::put ? feed::EntryKind::put : feed::EntryKind::remove;
}

void note(sql::Tx& tx, Peer const& peer, std::vector<Change> const& changes) {
    std::vector<feed::Entry> entries;
    for (auto const& change : changes) {
        if (change.origin.empty() || change.origin_seq == 0) continue;
        entries.push_back({0, change.origin, change.origin_seq, kind_of(change.deed), change.type, change.id,
                           change.scope_org_id, change.version, change.at, change.body});
    }
    if (!entries.empty()) feed::take_all(tx, entries, peer.node);
}

/// The rows as they stand here, as a change of their own.
Change as_here(sql::Tx& tx, Shape const& shape, Change const& change, Newest const& newest) {
    Change mine{Deed::put, shape.type, change.id, change.scope_org_id, newest.origin, newest.origin_seq, newest.version,
                newest.at, {},         {}};
    for (auto const& table : shape.tables) mine.tables.push_back(read_rows(tx, table, {change.id})[change.id]);
    return mine;
}

class Applying {
public:
    Applying(sql::Tx& tx, Shapes const& shapes, Peer const& peer, core::Instant now, std::string const& told)
        : tx_(tx),
          shapes_(shapes),
          peer_(peer),
          now_(now),
          told_(told.empty() ? std::numeric_limits<std::int64_t>::max() : read_cursor(tx, peer, told).seq),
          latest_(feed::version_at({now.ms + most_ahead_ms})) {}

    /// In their order; neighbours of one type go together.
    void apply(std::vector<Change> const& changes) {
        std::vector<Change> together;
        std::set<std::string> named;
        for (auto const& change : changes) {
            bool const joins = change.deed == Deed::put && (together.empty() || together.front().type == change.type) &&
                               together.size() < most_together && !named.contains(change.id);
            if (!joins) {
                put(together);
                named.clear();
            }
            if (change.deed != Deed::put) {
                happen(change);
                continue;
            }
            named.insert(change.id);
            together.push_back(change);
        }
        put(together);
    }

    /// Derived rows, once a type.
    void finish() {
        for (auto const& shape : shapes_.all()) {
            auto const found = written_.find(shape.type);
            if (found != written_.end() && shape.applied) shape.applied(tx_, found->second);
        }
    }

private:
    Shape const& shape_of(std::string const& type) const {
        auto const* shape = shapes_.find(type);
        if (shape == nullptr) throw std::invalid_argument("this node does not know " + type);
        return *shape;
    }

    /// Bounds what a change says of time; false for one of a child that says nothing new. Throws Refused.
    bool bounded(Shape const& shape, Change& change) {
        change.version = std::min(change.version, latest_);
        if (peer_.parent) return true;
        change.at.ms = std::min(change.at.ms, now_.ms + most_ahead_ms);
        return allowed(tx_, shapes_, peer_, shape, change);
    }

    /// An event, or an entity that is gone.
    void happen(Change change) {
        auto const& shape = shape_of(change.type);
        if (!bounded(shape, change)) return;
        if (change.deed != Deed::event) {
            for (auto table = shape.tables.rbegin(); table != shape.tables.rend(); ++table)
                drop_rows(tx_, *table, change.id);
        }
        note(tx_, peer_, {change});
    }

    /// Takes the changes and leaves the list empty.
    void put(std::vector<Change>& changes) {
        auto together = std::move(changes);
        changes.clear();
        if (together.empty()) return;
        auto const& shape = shape_of(together.front().type);
        std::erase_if(together, [&](Change& change) { return !bounded(shape, change); });
        if (shape.direction == Direction::both) leave_earlier(shape, together);
        if (together.empty()) return;
        bool const checked = !peer_.parent && shape.check;
        auto const before = checked ? standing(shape, ids_of(together)) : Standing{};
        write(shape, together);
        if (!peer_.parent && !shape.held_later) refuse_taken(shape, together);
        if (checked) {
            auto const after = standing(shape, ids_of(together));
            for (auto const& change : together)
                shape.check(tx_, {change, before.at(change.id), after.at(change.id), peer_, shapes_});
        }
        // What a child made it holds: it can be withdrawn as what was sent.
        if (!peer_.parent && shape.moves) remember_sent(tx_, peer_, shape, ids_of(together));
        note(tx_, peer_, together);
        tell_united(tx_, shape, together);
    }

    /// Rows of entities in all tables of their shape.
    using Standing = std::map<std::string, std::vector<Rows>>;
    Standing standing(Shape const& shape, std::vector<std::string> const& ids) {
        Standing found;
        for (auto const& table : shape.tables) {
            for (auto& [id, rows] : read_rows(tx_, table, ids)) found[id].push_back(std::move(rows));
        }
        return found;
    }

    /// What was written must lie in the child's subtree.
    void refuse_taken(Shape const& shape, std::vector<Change> const& changes) {
        auto const own = written_of(tx_, shape, peer_.root_org_id, ids_of(changes));
        std::set<std::string> const mine(own.begin(), own.end());
        for (auto const& change : changes) {
            if (!mine.contains(change.id))
                throw Refused(change.type + " " + change.id + " lies outside of its subtree");
        }
    }

    /// Of versions made apart the later stays: takes those out of the list that are not.
    void leave_earlier(Shape const& shape, std::vector<Change>& changes) {
        feed::write_down(tx_);  // the same entity may have come in this batch before
        auto const newest = newest_of(tx_, shape.type, ids_of(changes));
        std::vector<Change> earlier;
        std::erase_if(changes, [&](Change const& change) {
            auto const known = newest.find(change.id);
            if (known == newest.end() || comes_later(shape, change, known->second)) return false;
            if (!feed::knows(tx_, change.origin, change.origin_seq)) earlier.push_back(change);
            return true;
        });
        if (earlier.empty() || !has_history(shape)) return;
        if (!peer_.parent && !shape.held_later) refuse_taken(shape, earlier);
        add_missing(tx_, shape, earlier);
    }

    bool comes_later(Shape const& shape, Change const& change, Newest const& newest) {
        if (newest.origin == change.origin) return change.origin_seq >= newest.origin_seq;
        auto const known = std::min(newest.version, latest_);
        if (change.version <= known) {
            // One that is told again (after an upgrade all are) was looked at the first time.
            if (change.version < known && !only_follows(change.version) &&
                !feed::knows(tx_, change.origin, change.origin_seq))
                keep_version(tx_, shape, change, as_here(tx_, shape, change, newest));
            return false;
        }
        // Made here and not yet told, or told while the other was being made: whoever wrote it can look at it.
        bool const crossed = known + (most_ahead_ms << 16) > change.version && made_from(change) < known;
        auto const made = last_made(tx_, shape.type, newest);
        if (made.via.empty() && (made.seq > told_ || crossed))
            keep_version(tx_, shape, as_here(tx_, shape, change, made), change);
        return true;
    }

    void write(Shape const& shape, std::vector<Change>& changes) {
        for (auto const& table : shape.tables) {
            std::vector<EntityRows> entities;
            for (auto& change : changes) {
                auto const found = std::ranges::find(change.tables, table.name, &Rows::table);
                if (found == change.tables.end()) continue;
                if (shape.incoming) shape.incoming(tx_, *found, peer_.key);
                entities.push_back({&change.id, &*found});
            }
            write_all(tx_, table, entities);
        }
        auto& written = written_[shape.type];
        for (auto const& change : changes) written.push_back(change.id);
    }

    static constexpr std::size_t most_together = 1'000;

    sql::Tx& tx_;
    Shapes const& shapes_;
    Peer const& peer_;
    core::Instant now_;
    std::int64_t told_;
    std::int64_t latest_;
    std::map<std::string, std::vector<std::string>> written_;
};

void apply_one(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Change const& change, core::Instant now,
               std::string const& told) {
    Applying applying(tx, shapes, peer, now, told);
    applying.apply({change});
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
        db.transact(district, [&](sql::Tx& tx) { apply_one(tx, shapes, peer, change, taking.now, taking.told); });
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
            Applying applying(tx, shapes, peer, taking.now, taking.told);
            applying.apply(changes);
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

std::vector<Parked> parked_from(sql::Tx& tx, std::string const& node, int limit) {
    return tx.rows<Parked>(
        "SELECT id, node, type, entity_id, reason, at FROM sync_parked WHERE district_id = $1 AND node = $2"
        " ORDER BY at, id LIMIT $3",
        tx.district(), node, limit);
}

std::int64_t parked_of(sql::Tx& tx, std::string const& node) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM sync_parked WHERE district_id = $1 AND node = $2", tx.district(),
                             node)
        .value_or(0);
}

namespace {

/// Whether something newer of the same entity has come since: then the change has nothing to say any more.
bool outdated(sql::Tx& tx, Change const& change) {
    if (change.deed == Deed::event || change.version == 0) return false;
    auto const newest = newest_of(tx, change.type, {change.id});
    return !newest.empty() && newest.begin()->second.version > change.version;
}

}  // namespace

std::optional<std::string> retry(sql::Database& db, core::DistrictId district, Shapes const& shapes,
                                 std::function<Peer(std::string const& node)> const& peer_of, core::Uuid const& id) {
    try {
        db.transact(district, [&](sql::Tx& tx) {
            auto const row = tx.optional_row<ParkedRow>(
                "SELECT id, node, type, entity_id, reason, change, at FROM sync_parked WHERE district_id = $1 AND id = "
                "$2",
                tx.district(), id);
            if (!row) return;
            auto const change = core::json::read<Change>(row->change, core::json::UnknownFields::ignore);
            if (!change) throw std::invalid_argument("the change cannot be read");
            if (!outdated(tx, *change)) apply_one(tx, shapes, peer_of(row->node), *change, core::system_now(), {});
            discard(tx, id);
        });
        return std::nullopt;
    } catch (sql::RetryableError const&) {
        throw;
    } catch (std::exception const& error) {
        return error.what();
    }
}

int retry_all(sql::Database& db, core::DistrictId district, Shapes const& shapes,
              std::function<Peer(std::string const& node)> const& peer_of) {
    constexpr int most = 10'000;
    int stand = 0;
    for (auto const& one : db.read(district, [](sql::Tx& tx) { return parked(tx, most); })) {
        if (!retry(db, district, shapes, peer_of, one.id)) ++stand;
    }
    return stand;
}

void discard(sql::Tx& tx, core::Uuid const& id) {
    tx.execute("DELETE FROM sync_parked WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::sync
