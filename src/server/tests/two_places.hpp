#pragma once
// Two places in one process: the district's hub (World) and the box of one of its schools, each with its own keys.
#include <doctest/doctest.h>

#include "core/json.hpp"
#include "modules/roster/service_write.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/keys.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sync/incoming.hpp"
#include "platform/sync/outgoing.hpp"
#include "server/modules.hpp"
#include "world.hpp"

namespace santong::test {

inline constexpr char const* hub_name = "01900000-0000-7000-8000-00000000000a";
inline constexpr char const* box_name = "01900000-0000-7000-8000-00000000000b";

/// What a table of a place holds.
inline std::int64_t count_rows(sql::Database& db, char const* table) {
    return db.read(test::district, [&](sql::Tx& tx) {
        std::int64_t rows = 0;
        tx.run_text(std::string("SELECT COUNT(*) FROM ") + table + " WHERE district_id = $1",
                    {std::int64_t{test::district}}, [&](sql::Cells const& cells) { rows = cells.integer(0); });
        return rows;
    });
}

/// A district and the box of one school. Who writes says so by `at_hub` or `at_box`.
template <class W>
struct TwoPlacesOf {
    /// What the world writes is the hub's.
    struct HubSpeaks {
        HubSpeaks() { feed::set_origin(hub_name); }
    } hub_speaks;
    W world;
    test::TestDatabase box;
    sync::Shapes shapes = server::all_shapes();
    core::OrgId school = world.heba.id;
    std::string const key = std::string(32, 'k');
    std::string down, up;
    std::string reached;  ///< how far the hub was told before all was told again
    std::shared_ptr<auth::Keys> hub_keys = auth::Keys::open(static_cast<World const&>(world).folder() + "/keys");
    std::shared_ptr<auth::Keys> box_keys = auth::Keys::in_memory();

    /// As a box that has joined: it knows the district's name before anything comes.
    TwoPlacesOf() {
        auto const known = world.read([](sql::Tx& tx) { return roster::district(tx); });
        box->transact(test::district, [&](sql::Tx& tx) { roster::set_district(tx, known); });
    }

    sync::Peer below() const { return {box_name, school.text(), key, false}; }
    sync::Peer above() const { return {hub_name, school.text(), key, true}; }
    /// Each place has master keys of its own.
    void at_hub() const {
        feed::set_origin(hub_name);
        auth::Keys::use(hub_keys);
    }
    void at_box() const {
        feed::set_origin(box_name);
        auth::Keys::use(box_keys);
    }

    /// One batch from the hub as it would travel.
    sync::Batch batch_down() {
        at_hub();
        return world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, below(), down); });
    }
    /// As it comes out of a packed text.
    static std::vector<sync::Change> as_sent(std::vector<sync::Change> const& changes) {
        return core::json::read<std::vector<sync::Change>>(core::json::write(changes)).value();
    }
    sync::Taken give_box(std::vector<sync::Change> const& changes, core::Instant now = core::system_now()) {
        at_box();
        return sync::take(*box, test::district, shapes, above(), as_sent(changes),
                          {now, sync::further(up, reached), {}, {}});
    }
    sync::Taken give_hub(std::vector<sync::Change> const& changes, core::Instant now = core::system_now()) {
        at_hub();
        return sync::take(world.db(), test::district, shapes, below(), changes, {now, down, {}, {}});
    }
    /// Everything that waits, down and up.
    sync::Taken pull() {
        sync::Taken all;
        for (bool more = true; more;) {
            auto const batch = batch_down();
            auto const taken = give_box(batch.changes);
            all.applied += taken.applied;
            all.parked += taken.parked;
            more = batch.more;
            down = batch.cursor;
        }
        if (up.empty()) up = box->read(test::district, [](sql::Tx& tx) { return sync::cursor_here(tx); });
        return all;
    }
    sync::Taken push() {
        sync::Taken all;
        for (bool more = true; more;) {
            at_box();
            auto const batch =
                box->read(test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, shapes, above(), up); });
            auto const taken = give_hub(as_sent(batch.changes));
            all.applied += taken.applied;
            all.parked += taken.parked;
            all.refused += taken.refused;
            more = batch.more;
            up = batch.cursor;
        }
        return all;
    }

    std::string name_of(sql::Database& db, core::PersonId const& person) {
        return db.read(test::district, [&](sql::Tx& tx) {
            return tx
                .value<std::string>("SELECT name FROM person WHERE district_id = $1 AND id = $2", tx.district(), person)
                .value_or("");
        });
    }
    std::string hash_of(sql::Database& db, core::PersonId const& person) {
        return db.read(test::district, [&](sql::Tx& tx) {
            return tx
                .value<std::string>("SELECT password_hash FROM auth_account WHERE district_id = $1 AND person_id = $2",
                                    tx.district(), person)
                .value_or("");
        });
    }
    void rename_at_hub(core::PersonId const& person, std::string const& name) {
        at_hub();
        world.transact([&](sql::Tx& tx) {
            roster::BulkRoster bulk;
            roster::PersonRecord record;
            record.id = person;
            record.name = name;
            bulk.people.push_back(record);
            return roster::write_bulk(tx, bulk, world.clock);
        });
    }
    core::AccountId account_of(sql::Database& db, core::PersonId const& person) {
        return db.read(test::district, [&](sql::Tx& tx) { return auth::accounts_of(tx, {person}).front().id; });
    }
    void set_password(sql::Database& db, core::PersonId const& person, std::string const& hash) {
        auto const account = account_of(db, person);
        db.transact(test::district, [&](sql::Tx& tx) { auth::set_password_hash(tx, account, hash, false); });
    }
};
using TwoPlaces = TwoPlacesOf<World>;

inline sync::Change change_of(std::vector<sync::Change> const& all, std::string const& type) {
    for (auto const& one : all) {
        if (one.type == type) return one;
    }
    FAIL("no change of " << type);
    return {};
}

}  // namespace santong::test
