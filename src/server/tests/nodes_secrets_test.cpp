// Whoever can sign in at the hub can sign in at the box, and the other way round.
#include "core/base64.hpp"
#include "platform/auth/credentials.hpp"
#include "platform/auth/grants.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/store.hpp"
#include "platform/auth/totp.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;
using test::TwoPlaces;

namespace {

/// Whether a text is what this person can sign in with at a place; the place's keys must be in use.
bool proves_at(sql::Database& db, core::AccountId const& account, std::string const& text) {
    auto const credentials = db.read(test::district, [&](sql::Tx& tx) { return auth::load_credentials(tx, account); });
    return auth::proves(credentials, text, core::system_now()).value();
}

bool pin_fits(sql::Database& db, core::AccountId const& account, std::string const& pin) {
    auto const hash = db.read(test::district, [&](sql::Tx& tx) { return auth::store::find_pin(tx, account); });
    return auth::verify_pin(hash.value_or(""), account.text(), pin).value();
}

}  // namespace

TEST_CASE(
    "a pupil's PIN opens at the box as at the hub, one given at the box at the hub, and no key travels in clear") {
    TwoPlaces places;
    auto const pupil = places.account_of(places.world.db(), places.world.heba.pupils[0][0]);
    places.at_hub();
    auto const hash = auth::hash_pin(pupil.text(), "407291").value();
    CHECK(auth::verify_pin(hash, pupil.text(), "407291").value());
    CHECK(!auth::verify_pin(hash, pupil.text(), "407292").value());
    CHECK(!auth::verify_pin(hash, core::AccountId::make().text(), "407291").value());
    places.world.transact([&](sql::Tx& tx) { auth::set_pin_hash(tx, pupil, hash); });
    CHECK(places.pull().parked == 0);
    places.at_box();
    CHECK(pin_fits(*places.box, pupil, "407291"));
    CHECK(!pin_fits(*places.box, pupil, "111222"));
    // The sealed form of one place opens nothing at the other.
    CHECK(!auth::verify_pin(hash, pupil.text(), "407291").value());

    auto const other = auth::hash_pin(pupil.text(), "580316").value();
    places.box->transact(test::district, [&](sql::Tx& tx) { auth::set_pin_hash(tx, pupil, other); });
    CHECK(places.push().refused == 0);
    places.at_hub();
    CHECK(pin_fits(places.world.db(), pupil, "580316"));
    CHECK(!pin_fits(places.world.db(), pupil, "407291"));
}

TEST_CASE("a one-time code of the hub is good at the box; used there, it is used at the hub at the next contact") {
    TwoPlaces places;
    auto const pupil = places.account_of(places.world.db(), places.world.heba.pupils[0][1]);
    places.at_hub();
    auto const issued = places.world.transact([&](sql::Tx& tx) { return auth::reset_code(tx, pupil); });
    REQUIRE(issued.has_value());
    places.pull();
    places.at_box();
    CHECK(proves_at(*places.box, pupil, issued->code));
    CHECK(!proves_at(*places.box, pupil, "AAAAABBBBB"));
    auto const hash = auth::hash_password("a new one of his own").value();
    places.box->transact(test::district, [&](sql::Tx& tx) { auth::set_password_hash(tx, pupil, hash, false); });
    CHECK(places.push().refused == 0);
    places.at_hub();
    CHECK(!proves_at(places.world.db(), pupil, issued->code));
    CHECK(proves_at(places.world.db(), pupil, "a new one of his own"));
    CHECK(count_rows(places.world.db(), "auth_code") == 0);
}

TEST_CASE("a second factor enrolled at the hub is asked for at the box, and a step that was used is used at both") {
    TwoPlaces places;
    auto const teacher = places.account_of(places.world.db(), places.world.heba.teachers[0]);
    auto const secret = auth::totp::make_secret();
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) { auth::set_totp_secret(tx, teacher, secret); });
    auto const sent = places.world.transact(
        [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.below(), places.down); });
    CHECK(core::json::write(sent).find(core::base64(secret)) == std::string::npos);
    places.pull();
    places.at_box();
    auto const row = places.box->read(test::district, [&](sql::Tx& tx) { return auth::store::find_totp(tx, teacher); });
    REQUIRE(row.has_value());
    CHECK(row->confirmed);
    CHECK(auth::totp_secret(test::district, *row) == secret);
    places.box->transact(test::district, [&](sql::Tx& tx) {
        CHECK(auth::store::use_totp_step(tx, teacher, 77));
        auth::tell_second_factor(tx, teacher);
    });
    CHECK(places.push().refused == 0);
    places.world.transact([&](sql::Tx& tx) { CHECK(!auth::store::use_totp_step(tx, teacher, 77)); });
}

TEST_CASE("a box sets no password for somebody who has a role beyond its school") {
    TwoPlaces places;
    auto const teacher = places.world.heba.teachers[0];
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) {
        auth::store::insert_grants(tx, {{auth::GrantId::make(),
                                         teacher,
                                         auth::Role::researcher,
                                         places.world.county,
                                         "14",
                                         {2014, 9, 1},
                                         {},
                                         {},
                                         core::system_now()}});
    });
    places.pull();
    auto const before = places.hash_of(places.world.db(), teacher);
    places.at_box();
    places.set_password(*places.box, teacher, "taken over");
    CHECK(places.push().refused >= 1);
    CHECK(places.hash_of(places.world.db(), teacher) == before);
}

TEST_CASE("nobody else's secrets come to a box, and those of a pupil who left go") {
    TwoPlaces places;
    auto& world = places.world;
    places.at_hub();
    auto const mine = world.heba.pupils[0][0], other = world.jinpen.pupils[0][0];
    for (auto const& pupil : {mine, other}) {
        auto const account = places.account_of(world.db(), pupil);
        auto const hash = auth::hash_pin(account.text(), "407291").value();
        world.transact([&](sql::Tx& tx) { auth::set_pin_hash(tx, account, hash); });
    }
    places.pull();
    CHECK(count_rows(*places.box, "auth_pin") == 1);
    places.at_hub();
    world.transact([&](sql::Tx& tx) {
        auto rows = tx.rows<roster::Enrolment>(
            "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment WHERE district_id ="
            " $1 AND person_id = $2",
            tx.district(), mine);
        roster::BulkRoster bulk;
        for (auto& row : rows) row.to_date = world.today();
        bulk.enrolments = rows;
        return roster::write_bulk(tx, bulk, world.clock);
    });
    places.pull();
    CHECK(places.name_of(*places.box, mine).empty());
    CHECK(count_rows(*places.box, "auth_pin") == 0);
}
