// What travels between the district's hub and the box of one of its schools.
#include "modules/roster/sealing.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;
using test::TwoPlaces;
using test::World;

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
    CHECK(count_rows(*places.box, "org") == count_rows(places.world.db(), "org"));
    CHECK(count_rows(*places.box, "org_closure") == count_rows(places.world.db(), "org_closure"));
}

TEST_CASE("personal fields open at the box, and somebody is found there by his number") {
    TwoPlaces places;
    auto const pupil = places.world.heba.pupils[0][0];
    places.at_hub();
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
    CHECK(index(*places.box) != index(places.world.db()));
    CHECK(!index(*places.box).empty());
    places.at_box();
    CHECK(index(*places.box) == roster::phone_index("13800000001"));
    places.at_hub();
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
    auto const entries = count_rows(*places.box, "feed_entry");
    CHECK(places.name_of(*places.box, teacher) == "何新名");
    places.give_box(batch.changes);
    CHECK(count_rows(*places.box, "feed_entry") == entries);
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
    old_school.at_hub();
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
    CHECK(count_rows(*old_school.box, "person_key") == count_rows(*old_school.box, "person"));
    old_school.at_hub();
    auto const there = world.transact([&](sql::Tx& tx) {
        return sync::outgoing(tx, old_school.shapes, {"jinpen", world.jinpen.id.text(), old_school.key, false}, "");
    });
    CHECK(core::json::write(there).find(pupil.text()) != std::string::npos);
}

TEST_CASE("a password changed at the box is the one at the hub, and the other way round") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.at_box();
    places.set_password(*places.box, teacher, "made at the box");
    CHECK(places.push().parked == 0);
    CHECK(places.hash_of(places.world.db(), teacher) == "made at the box");
    places.at_hub();
    places.set_password(places.world.db(), teacher, "made at the hub");
    places.pull();
    CHECK(places.hash_of(*places.box, teacher) == "made at the hub");
    CHECK(places.push().applied == 0);  // what came from there does not go back
}

TEST_CASE("a disabled account does not take an unsent password away") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.at_box();
    places.set_password(*places.box, teacher, "made at the box");
    places.at_hub();
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

TEST_CASE("the box of a central school serves the village schools under it: their people sign in there") {
    TwoPlaces places;
    places.pull();
    auto const& village = places.world.mingxin;
    CHECK(places.name_of(*places.box, village.teachers[0]) != "");
    CHECK(places.name_of(*places.box, village.pupils[0][0]) != "");
    CHECK(places.name_of(*places.box, places.world.jinpen.pupils[0][0]) == "");
    CHECK(places.hash_of(*places.box, village.teachers[0]) == places.hash_of(places.world.db(), village.teachers[0]));
    places.at_box();
    places.set_password(*places.box, village.teachers[0], "made at the central school's box");
    auto const taken = places.push();
    CHECK(taken.refused == 0);
    CHECK(taken.parked == 0);
    CHECK(places.hash_of(places.world.db(), village.teachers[0]) == "made at the central school's box");
    auto const account = places.account_of(*places.box, village.pupils[0][0]);
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) { auth::set_status(tx, account, auth::AccountStatus::disabled); });
    places.pull();
    auto const status = places.box->read(test::district, [&](sql::Tx& tx) {
        return tx.value<std::string>("SELECT status FROM auth_account WHERE district_id = $1 AND id = $2",
                                     tx.district(), account);
    });
    CHECK(status == "disabled");
}
