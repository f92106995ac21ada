// Two places in one process: the district's hub (World) and the box of one of its schools.
#include <doctest/doctest.h>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service.hpp"
#include "modules/nodes/tickets.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/teaching/service_plans.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sync/incoming.hpp"
#include "platform/sync/outgoing.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using test::World;

namespace {

constexpr char const* hub_name = "01900000-0000-7000-8000-00000000000a";
constexpr char const* box_name = "01900000-0000-7000-8000-00000000000b";

/// What a table of a place holds.
std::int64_t count(sql::Database& db, char const* table) {
    return db.read(test::district, [&](sql::Tx& tx) {
        std::int64_t rows = 0;
        tx.run_text(std::string("SELECT COUNT(*) FROM ") + table + " WHERE district_id = $1",
                    {std::int64_t{test::district}}, [&](sql::Cells const& cells) { rows = cells.integer(0); });
        return rows;
    });
}

/// A district and the box of one school. Who writes says so by `at_hub` or `at_box`.
struct TwoPlaces {
    World world;
    test::TestDatabase box;
    sync::Shapes shapes = server::all_shapes();
    core::OrgId const school = world.heba.id;
    std::string const key = std::string(32, 'k');
    std::string down, up;

    sync::Peer below() const { return {box_name, school.text(), key, false}; }
    sync::Peer above() const { return {hub_name, school.text(), key, true}; }
    static void at_hub() { feed::set_origin(hub_name); }
    static void at_box() { feed::set_origin(box_name); }

    /// One batch from the hub as it would travel.
    sync::Batch batch_down() {
        return world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, below(), down); });
    }
    sync::Taken give_box(std::vector<sync::Change> const& changes, core::Instant now = core::system_now()) {
        at_box();
        auto const text = core::json::write(changes);
        return sync::take(*box, test::district, shapes, above(), *core::json::read<std::vector<sync::Change>>(text),
                          {now, {}, {}});
    }
    sync::Taken give_hub(std::vector<sync::Change> const& changes, core::Instant now = core::system_now()) {
        at_hub();
        return sync::take(world.db(), test::district, shapes, below(), changes, {now, {}, {}});
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
            auto const batch =
                box->read(test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, shapes, above(), up); });
            auto const taken = give_hub(batch.changes);
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

sync::Change change_of(std::vector<sync::Change> const& all, std::string const& type) {
    for (auto const& one : all) {
        if (one.type == type) return one;
    }
    FAIL("no change of " << type);
    return {};
}

}  // namespace

TEST_CASE("a new box receives its own school's people, and nobody else's") {
    TwoPlaces places;
    auto const taken = places.pull();
    CHECK(taken.parked == 0);
    CHECK(taken.applied > 0);
    auto const& heba = places.world.heba;
    CHECK(places.name_of(*places.box, heba.teachers[0]) == places.name_of(places.world.db(), heba.teachers[0]));
    CHECK(places.name_of(*places.box, heba.pupils[0][0]) != "");
    CHECK(places.name_of(*places.box, places.world.guardian) != "");
    CHECK(places.name_of(*places.box, places.world.jinpen.teachers[0]) == "");
    CHECK(places.name_of(*places.box, places.world.jinpen.pupils[0][0]) == "");
    CHECK(places.name_of(*places.box, places.world.leader) == "");
    CHECK(count(*places.box, "org") == count(places.world.db(), "org"));
    CHECK(count(*places.box, "org_closure") == count(places.world.db(), "org_closure"));
}

TEST_CASE("personal fields open at the box, and somebody is found there by his number") {
    TwoPlaces places;
    auto const pupil = places.world.heba.pupils[0][0];
    TwoPlaces::at_hub();
    places.world.transact([&](sql::Tx& tx) {
        roster::BulkRoster bulk;
        roster::PersonRecord record;
        record.id = pupil;
        record.name = "蒋小满";
        record.phone = "13800000001";
        bulk.people.push_back(record);
        return roster::write_bulk(tx, bulk, places.world.clock);
    });
    places.pull();
    auto const index = [&](sql::Database& db) {
        return db.read(test::district, [&](sql::Tx& tx) {
            return *tx.value<std::string>("SELECT phone_index FROM person WHERE district_id = $1 AND id = $2",
                                          tx.district(), pupil);
        });
    };
    CHECK(index(*places.box) == index(places.world.db()));  // both places of this test have one set of keys
    CHECK(!index(*places.box).empty());
    auto const travelling = places.world.transact([&](sql::Tx& tx) {
        return sync::outgoing(tx, places.shapes, {"another", places.school.text(), std::string(32, 'x'), false}, "");
    });
    auto const text = core::json::write(travelling);
    CHECK(text.find(index(places.world.db())) == std::string::npos);
    CHECK(text.find("13800000001") == std::string::npos);
}

TEST_CASE("a change arrives, and told again it changes nothing") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.rename_at_hub(teacher, "何新名");
    auto const batch = places.batch_down();
    places.give_box(batch.changes);
    auto const entries = count(*places.box, "feed_entry");
    CHECK(places.name_of(*places.box, teacher) == "何新名");
    places.give_box(batch.changes);
    CHECK(count(*places.box, "feed_entry") == entries);
    CHECK(places.name_of(*places.box, teacher) == "何新名");
}

TEST_CASE("what one school changes is not told to another") {
    TwoPlaces places;
    places.pull();
    places.rename_at_hub(places.world.jinpen.teachers[0], "外校老师");
    CHECK(places.batch_down().changes.empty());
}

TEST_CASE("a pupil who moves to another school is withdrawn from the old box and arrives at the new one") {
    TwoPlaces old_school;
    auto& world = old_school.world;
    auto const pupil = world.heba.pupils[0][0];
    old_school.pull();
    REQUIRE(old_school.name_of(*old_school.box, pupil) != "");
    TwoPlaces::at_hub();
    auto const moved = world.transact([&](sql::Tx& tx) {
        auto rows = tx.rows<roster::Enrolment>(
            "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment WHERE district_id = "
            "$1"
            " AND person_id = $2",
            tx.district(), pupil);
        roster::BulkRoster bulk;
        for (auto& row : rows) row.to_date = world.today();
        bulk.enrolments = rows;
        auto fresh = rows.front();
        fresh.id = decltype(fresh.id)::make();
        fresh.school_id = world.jinpen.id;
        fresh.class_id = world.jinpen.classes[0];
        fresh.to_date.reset();
        bulk.enrolments.push_back(fresh);
        return roster::write_bulk(tx, bulk, world.clock);
    });
    REQUIRE(moved.has_value());
    old_school.pull();
    CHECK(old_school.name_of(*old_school.box, pupil) == "");
    CHECK(old_school.name_of(*old_school.box, world.heba.pupils[0][1]) != "");
    CHECK(count(*old_school.box, "person_key") == count(*old_school.box, "person"));
    auto const there = world.transact([&](sql::Tx& tx) {
        return sync::outgoing(tx, old_school.shapes, {"jinpen", world.jinpen.id.text(), old_school.key, false}, "");
    });
    CHECK(core::json::write(there).find(pupil.text()) != std::string::npos);
}

TEST_CASE("a password changed at the box is the one at the hub, and the other way round") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    TwoPlaces::at_box();
    places.set_password(*places.box, teacher, "made at the box");
    CHECK(places.push().parked == 0);
    CHECK(places.hash_of(places.world.db(), teacher) == "made at the box");
    TwoPlaces::at_hub();
    places.set_password(places.world.db(), teacher, "made at the hub");
    places.pull();
    CHECK(places.hash_of(*places.box, teacher) == "made at the hub");
    CHECK(places.push().applied == 0);  // what came from there does not go back
}

TEST_CASE("a disabled account does not take an unsent password away") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    TwoPlaces::at_box();
    places.set_password(*places.box, teacher, "made at the box");
    TwoPlaces::at_hub();
    auto const account = places.account_of(places.world.db(), teacher);
    places.world.transact([&](sql::Tx& tx) { auth::set_status(tx, account, auth::AccountStatus::disabled); });
    places.pull();
    CHECK(places.hash_of(*places.box, teacher) == "made at the box");
    auto const status = places.box->read(test::district, [&](sql::Tx& tx) {
        return *tx.value<std::string>("SELECT status FROM auth_account WHERE district_id = $1 AND id = $2",
                                      tx.district(), account);
    });
    CHECK(status == "disabled");
}

TEST_CASE("of two versions made apart the later one stays and the other can be looked at") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    TwoPlaces::at_box();
    places.set_password(*places.box, teacher, "earlier, at the box");
    TwoPlaces::at_hub();
    places.set_password(places.world.db(), teacher, "later, at the hub");
    places.push();
    CHECK(places.hash_of(places.world.db(), teacher) == "later, at the hub");
    CHECK(count(places.world.db(), "sync_other") == 1);
    places.pull();
    CHECK(places.hash_of(*places.box, teacher) == "later, at the hub");
    CHECK(count(*places.box, "sync_other") == 1);
}

TEST_CASE("a box whose clock stands in 2040 wins nothing") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    auto const twenty_forty = core::Instant{2'208'988'800'000};
    TwoPlaces::at_box();
    feed::set_clock_correction(twenty_forty.ms - core::system_now().ms);
    places.set_password(*places.box, teacher, "from the future");
    feed::set_clock_correction(0);
    places.push();
    CHECK(places.hash_of(places.world.db(), teacher) == "from the future");
    auto const newest = places.world.read([&](sql::Tx& tx) {
        return *tx.value<std::int64_t>(
            "SELECT MAX(version) FROM feed_entry WHERE district_id = $1 AND type = 'auth.Password'", tx.district());
    });
    CHECK(newest < feed::version_at({core::system_now().ms + 120'000}));
    // An hour later the hub changes it: that stays, here and there.
    auto const later = places.world.transact([&](sql::Tx& tx) {
        auto change = change_of(sync::outgoing(tx, places.shapes, places.below(), "").changes, "auth.Password");
        change.id = places.account_of(places.world.db(), teacher).text();
        return change;
    });
    CHECK(later.version < feed::version_at(twenty_forty));
}

TEST_CASE("a poisoned change is parked with its reason and blocks nothing behind it") {
    TwoPlaces places;
    places.pull();
    auto const first = places.world.heba.teachers[0], second = places.world.heba.teachers[1];
    places.rename_at_hub(first, "毒条目");
    places.rename_at_hub(second, "好条目");
    auto batch = places.batch_down();
    for (auto& change : batch.changes) {
        if (change.id != first.text()) continue;
        for (auto& rows : change.tables) {
            if (rows.table == "person") rows.rows.front().pop_back();
        }
    }
    auto const taken = places.give_box(batch.changes);
    CHECK(taken.parked == 1);
    CHECK(places.name_of(*places.box, second) == "好条目");
    CHECK(places.name_of(*places.box, first) != "毒条目");
    auto const parked = places.box->read(test::district, [](sql::Tx& tx) { return sync::parked(tx, 10); });
    REQUIRE(parked.size() == 1);
    CHECK(parked.front().entity_id == first.text());
    CHECK(parked.front().reason.find("person") != std::string::npos);
    auto const peer = [&](std::string const&) { return places.above(); };
    CHECK(sync::retry(*places.box, test::district, places.shapes, peer, parked.front().id).has_value());
    places.box->transact(test::district, [&](sql::Tx& tx) { sync::discard(tx, parked.front().id); });
    CHECK(count(*places.box, "sync_parked") == 0);
}

TEST_CASE("a box cannot write what belongs to another school, nor what only comes from above") {
    TwoPlaces places;
    places.pull();
    auto const stranger = places.world.jinpen.teachers[0];
    auto const account = places.account_of(places.world.db(), stranger);
    sync::Change forged;
    forged.type = "auth.Password";
    forged.id = account.text();
    forged.origin = box_name;
    forged.origin_seq = 900'001;
    forged.version = feed::version_at(core::system_now());
    forged.body.value = "{}";
    forged.tables = {{"auth_account", {"id", "password_hash", "must_change"}, {{account.text(), "forged", "0"}}}};
    int told = 0;
    auto const attempt = [&](sync::Change const& change) {
        TwoPlaces::at_hub();
        return sync::take(places.world.db(), test::district, places.shapes, places.below(), {change},
                          {core::system_now(), {}, [&](sql::Tx&, sync::Change const&, std::string const&) { ++told; }});
    };
    auto const before = places.hash_of(places.world.db(), stranger);
    CHECK(attempt(forged).refused == 1);
    CHECK(places.hash_of(places.world.db(), stranger) == before);

    sync::Change person = forged;
    person.type = "roster.Person";
    person.id = places.world.heba.teachers[0].text();
    person.tables = {{"person", {"id", "name"}, {{person.id, "改名"}}}};
    CHECK(attempt(person).refused == 1);

    sync::Change moved = forged;
    moved.type = "timetable.TaughtLesson";
    moved.id = core::Uuid::make().text();
    moved.tables = {{"taught_lesson",
                     {"id", "school_id", "class_id", "date", "week", "period", "subject", "room", "state", "source",
                      "start_at", "end_at"},
                     {{moved.id, places.world.jinpen.id.text(), places.world.jinpen.classes[0].text(), "2014-11-20",
                       "12", "7", "14", "", "held", "timetable", "0", "1"}}}};
    CHECK(attempt(moved).refused == 1);
    moved.tables.front().rows.front()[1] = places.school.text();
    moved.tables.front().rows.front()[2] = places.world.heba.classes[0].text();
    CHECK(attempt(moved).applied == 1);

    sync::Change withdrawn = forged;
    withdrawn.deed = sync::Deed::withdraw;
    withdrawn.id = places.account_of(places.world.db(), places.world.heba.teachers[0]).text();
    withdrawn.tables.clear();
    CHECK(attempt(withdrawn).refused == 1);
    CHECK(told == 4);
    CHECK(count(places.world.db(), "sync_parked") == 4);
}

TEST_CASE("a node's signed request opens once, with its own key and ticket only") {
    nodes::Tickets tickets;
    auto const box = nodes::NodeId::make(), other = nodes::NodeId::make();
    auto const ticket = tickets.give(box);
    CHECK(!tickets.take(other, ticket));
    CHECK(tickets.take(box, ticket));
    CHECK(!tickets.take(box, ticket));
    auto const pair = auth::ed25519::make_pair();
    auto const text = nodes::request_text("POST", "/api/v1/node/pull", ticket, "body");
    auto const signature = auth::ed25519::sign(pair.secret, text);
    CHECK(auth::ed25519::verify(pair.open, text, signature));
    CHECK(
        !auth::ed25519::verify(pair.open, nodes::request_text("POST", "/api/v1/node/push", ticket, "body"), signature));
    CHECK(
        !auth::ed25519::verify(pair.open, nodes::request_text("POST", "/api/v1/node/pull", ticket, "bod"), signature));
    auto const a = nodes::exchange_pair(), b = nodes::exchange_pair();
    CHECK(nodes::agree(a.secret, b.open) == nodes::agree(b.secret, a.open));
    CHECK(nodes::agree(a.secret, "short").empty());
    CHECK(nodes::unpack(nodes::pack("一二三")) == "一二三");
    CHECK(!nodes::unpack("no frame"));
    CHECK(!nodes::unpack(nodes::pack(std::string(1000, 'a')), 999));
}

TEST_CASE("a join code is good once and for seven days, and a new box takes the part of a dead one") {
    World world;
    auto const shapes = server::all_shapes();
    core::FixedClock machine(core::system_now());
    nodes::Site const site{world.db(), machine, world.clock, shapes, world.application().parts().place.keys_folder(),
                           "0.2.0",    false};
    auto const office = world.caller(world.info_office);
    auto const wish = [](std::string const& code) {
        auto const pair = auth::ed25519::make_pair();
        return nodes::JoinWish{code, nodes::NodeId::make(), core::base64(pair.open),
                               core::base64(nodes::exchange_pair().open), "0.2.0"};
    };
    auto const made = nodes::invite(site, office, world.heba.id);
    REQUIRE(made.has_value());
    CHECK(nodes::invite(site, world.principal(world.heba), world.heba.id).error().code == core::ErrorCode::forbidden);
    CHECK(nodes::invite(site, office, world.county).error().key == "nodes.not_a_school");
    CHECK(nodes::join(site, wish("AAAA-BBBB-CCCC")).error().key == "nodes.code_unknown");
    auto const joined = nodes::join(site, wish(made->code));
    REQUIRE(joined.has_value());
    CHECK(joined->org_id == world.heba.id);
    CHECK(nodes::join(site, wish(made->code)).error().key == "nodes.code_unknown");
    CHECK(nodes::child(site, world.district(), joined->node).has_value());
    CHECK(nodes::child(site, world.district(), nodes::NodeId::make()).error().key == "nodes.unknown");

    auto const second = nodes::invite_at_machine(site, world.district(), world.heba.name);
    REQUIRE(second.has_value());
    machine.set({machine.now().ms + 8LL * 24 * 3'600'000});
    CHECK(nodes::join(site, wish(second->code)).error().key == "nodes.code_unknown");
    auto const third = nodes::invite_at_machine(site, world.district(), world.heba.name);
    auto const replaced = nodes::join(site, wish(third->code));
    REQUIRE(replaced.has_value());
    CHECK(replaced->node == joined->node);
    CHECK(nodes::status(site, world.district()).size() == 1);

    CHECK(nodes::revoke(site, world.principal(world.heba), joined->node).error().code == core::ErrorCode::forbidden);
    CHECK(nodes::revoke(site, office, joined->node).has_value());
    CHECK(nodes::child(site, world.district(), joined->node).error().key == "nodes.revoked");
    CHECK(nodes::list_nodes(site, world.teacher()).error().code == core::ErrorCode::forbidden);
}
