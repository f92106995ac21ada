#include "auth_world.hpp"

using namespace santong;
using auth::Role;
using test::AuthWorld;
using test::district;
using test::good_password;

namespace {

auth::ClientFacts const room{"127.0.0.20", "computer room", ""};

/// A class of two pupils with PINs and its teacher.
struct ComputerRoom : AuthWorld {
    ComputerRoom()
        : teacher(person("wang", Role::teacher, tree.class_3a)),
          ming(person("ming", Role::pupil, tree.class_3a)),
          hong(person("hong", Role::pupil, tree.class_3a)) {
        tree.class_3a_pupils = {{ming.person, "小明"}, {hong.person, "小红"}};
        auto const issued = auth::issue_pins(*db, district, {ming.account, hong.account});
        ming_pin = issued->at(0).pin;
        hong_pin = issued->at(1).pin;
    }
    auto open_window(int minutes = 10) {
        return auth::open_class_window(*db, gate, as(teacher, Role::teacher, tree.class_3a), tree.class_3a, {minutes});
    }
    std::string pick(test::Someone const& pupil, std::string const& pin) {
        auto const opened = auth::sign_in_pupil(*db, gate, {tree.class_3a, pupil.person, pin}, room);
        return opened ? "in" : opened.error().key;
    }
    std::string other_than(std::string const& pin) { return pin == "2580" ? "2581" : "2580"; }

    test::Someone teacher, ming, hong;
    std::string ming_pin, hong_pin;
};

}  // namespace

TEST_CASE("a pupil signs in by PIN only while the teacher has opened his class") {
    ComputerRoom world;
    CHECK(world.pick(world.ming, world.ming_pin) == "auth.class_not_open");
    CHECK(auth::open_classes(*world.db, world.gate).empty());
    CHECK(auth::pupils_of_open_class(*world.db, world.gate, world.tree.class_3a).error().key == "auth.class_not_open");
    REQUIRE(world.open_window());
    auto const classes = auth::open_classes(*world.db, world.gate);
    REQUIRE(classes.size() == 1);
    CHECK(classes[0].school_name == "河坝镇中学");
    CHECK(auth::pupils_of_open_class(*world.db, world.gate, world.tree.class_3a)->size() == 2);
    CHECK(world.pick(world.ming, world.ming_pin) == "in");
    world.pass(11 * 60);
    CHECK(world.pick(world.hong, world.hong_pin) == "auth.class_not_open");
    REQUIRE(world.open_window());
    REQUIRE(auth::close_class_window(*world.db, world.as(world.teacher, Role::teacher, world.tree.class_3a),
                                     world.tree.class_3a));
    CHECK(world.pick(world.hong, world.hong_pin) == "auth.class_not_open");
}

TEST_CASE("only pupils who can sign in by PIN are offered: not those without one, not those whose account sleeps") {
    ComputerRoom world;
    auto const new_one = world.person("gang", Role::pupil, world.tree.class_3a);
    world.tree.class_3a_pupils.push_back({new_one.person, "小刚"});
    world.tree.class_3a_pupils.push_back({core::PersonId::make(), "没有账号"});
    world.db->transact(district,
                       [&](sql::Tx& tx) { auth::set_status(tx, world.hong.account.id, auth::AccountStatus::dormant); });
    REQUIRE(world.open_window());
    auto const offered = auth::pupils_of_open_class(*world.db, world.gate, world.tree.class_3a);
    REQUIRE(offered->size() == 1);
    CHECK(offered->front().name == "小明");
    auto const issued = auth::issue_pins(*world.db, district, {new_one.account});
    CHECK(auth::pupils_of_open_class(*world.db, world.gate, world.tree.class_3a)->size() == 2);
    CHECK(world.pick(new_one, issued->at(0).pin) == "in");
}

TEST_CASE("only somebody who teaches there opens a class, and for an hour at most") {
    ComputerRoom world;
    auto const elsewhere = world.as(world.bare("li"), Role::teacher, world.tree.class_elsewhere);
    CHECK(auth::open_class_window(*world.db, world.gate, elsewhere, world.tree.class_3a, {10}).error().code ==
          core::ErrorCode::forbidden);
    CHECK(auth::close_class_window(*world.db, elsewhere, world.tree.class_3a).error().code ==
          core::ErrorCode::forbidden);
    auto const pupil = world.as(world.ming, Role::pupil, world.tree.class_3a);
    CHECK(auth::open_class_window(*world.db, world.gate, pupil, world.tree.class_3a, {10}).has_error());
    CHECK(world.open_window(0).has_error());
    CHECK(world.open_window(61).has_error());
}

TEST_CASE("five wrong PINs lock the pupil and not his neighbour") {
    ComputerRoom world;
    REQUIRE(world.open_window(60));
    for (int i = 0; i < 5; ++i) CHECK(world.pick(world.ming, world.other_than(world.ming_pin)) == "auth.wrong_pin");
    CHECK(world.pick(world.ming, world.ming_pin) == "auth.locked");
    CHECK(world.pick(world.hong, world.hong_pin) == "in");
    world.pass(15 * 60 + 1);
    CHECK(world.pick(world.ming, world.ming_pin) == "in");
}

TEST_CASE("guessing through a whole class is throttled") {
    ComputerRoom world;
    REQUIRE(world.open_window(60));
    std::vector<test::Someone> pupils;
    for (int i = 0; i < 20; ++i) {
        pupils.push_back(world.person("p" + std::to_string(i), Role::pupil, world.tree.class_3a));
        world.tree.class_3a_pupils.push_back({pupils.back().person, "同学"});
    }
    std::string last;
    int tries = 0;
    for (; tries < 80 && last != "auth.locked"; ++tries)
        last = world.pick(pupils[static_cast<std::size_t>(tries) % 20], "2580");
    CHECK(tries == 61);
    CHECK(world.pick(world.hong, world.hong_pin) == "auth.locked");
}

TEST_CASE("somebody who is not in the class does not get in by its window") {
    ComputerRoom world;
    REQUIRE(world.open_window());
    auto const other = world.person("other", Role::pupil, world.tree.class_elsewhere);
    auto const pins = auth::issue_pins(*world.db, district, {other.account, world.teacher.account});
    CHECK(world.pick(other, pins->at(0).pin) == "auth.wrong_pin");
    CHECK(world.pick(world.teacher, pins->at(1).pin) == "auth.wrong_pin");
}

TEST_CASE("a session by PIN is a pupil's only, and a dormant pupil gets none") {
    ComputerRoom world;
    REQUIRE(world.open_window());
    auto const opened =
        auth::sign_in_pupil(*world.db, world.gate, {world.tree.class_3a, world.ming.person, world.ming_pin}, room);
    auto const caller = *world.check(opened->token);
    CHECK(caller.session_kind == auth::SessionKind::pupil_pin);
    CHECK(caller.has_role(Role::pupil));
    CHECK(auth::change_password(*world.db, world.gate, caller, {good_password, "green-lotus-7"}, room).error().key ==
          "auth.not_in_this_session");
    world.db->transact(district,
                       [&](sql::Tx& tx) { auth::set_status(tx, world.hong.account.id, auth::AccountStatus::dormant); });
    CHECK(world.pick(world.hong, world.hong_pin) == "auth.consent_needed");
}

TEST_CASE("a PIN is four to six figures and not the first that one would try") {
    for (auto const* easy : {"1111", "1234", "4321", "123456", "12", "1234567", "12a4", ""})
        CHECK(auth::check_pin(easy).has_error());
    for (auto const* fine : {"2580", "13579", "902814"}) CHECK(auth::check_pin(fine).has_value());
}

TEST_CASE("a classroom screen is signed in by the teacher's phone, once and for four hours") {
    AuthWorld world;
    auto const wang = world.person("wang", Role::teacher, world.tree.school);
    world.db->transact(
        district, [&](sql::Tx& tx) { static_cast<void>(world.grant(tx, wang, Role::principal, world.tree.school)); });
    auto const phone = world.caller(wang);
    auto const ticket = auth::begin_pairing(*world.db, world.gate, "http://127.0.0.1", room);
    REQUIRE(ticket);
    CHECK(ticket->code.size() == 6);
    CHECK(ticket->qr_url == "http://127.0.0.1/pair/" + ticket->code);
    CHECK_FALSE(auth::poll_pairing(*world.db, world.gate, {ticket->poll_token}, room)->has_value());
    REQUIRE(auth::approve_pairing(*world.db, world.gate, phone, ticket->code));
    CHECK(auth::approve_pairing(*world.db, world.gate, phone, ticket->code).error().key == "auth.pairing_unknown");
    CHECK(auth::poll_pairing(*world.db, world.gate, {ticket->code}, room).error().key == "auth.pairing_over");
    auto const opened = auth::poll_pairing(*world.db, world.gate, {ticket->poll_token}, room);
    REQUIRE(opened->has_value());
    CHECK(auth::poll_pairing(*world.db, world.gate, {ticket->poll_token}, room).error().key == "auth.pairing_over");

    auto const screen = *world.check((*opened)->token);
    CHECK(screen.session_kind == auth::SessionKind::classroom);
    CHECK(screen.has_role(Role::teacher));
    CHECK_FALSE(screen.has_role(Role::principal));
    CHECK(auth::begin_totp(*world.db, world.gate, screen).error().key == "auth.not_in_this_session");
    CHECK(auth::approve_pairing(*world.db, world.gate, screen, "123456").has_error());
    world.pass(3 * 3600);
    CHECK(world.check((*opened)->token));
    world.pass(3600);
    CHECK(world.check((*opened)->token).has_error());
}

TEST_CASE("a pairing is over after ninety seconds, and a pupil approves none") {
    AuthWorld world;
    auto const wang = world.caller(world.person("wang", Role::teacher, world.tree.school));
    auto const pupil = world.caller(world.person("ming", Role::pupil, world.tree.class_3a));
    auto const ticket = auth::begin_pairing(*world.db, world.gate, "http://127.0.0.1", room);
    CHECK(auth::approve_pairing(*world.db, world.gate, pupil, ticket->code).error().code == core::ErrorCode::forbidden);
    world.pass(91);
    CHECK(auth::approve_pairing(*world.db, world.gate, wang, ticket->code).error().key == "auth.pairing_unknown");
    CHECK(auth::poll_pairing(*world.db, world.gate, {ticket->poll_token}, room).error().key == "auth.pairing_over");
}

TEST_CASE("screens behind one address and codes that are guessed are throttled") {
    AuthWorld world;
    for (int i = 0; i < 500; ++i) REQUIRE(auth::begin_pairing(*world.db, world.gate, "http://127.0.0.1", room));
    CHECK(auth::begin_pairing(*world.db, world.gate, "http://127.0.0.1", room).error().code ==
          core::ErrorCode::rate_limited);
    CHECK(auth::begin_pairing(*world.db, world.gate, "", {"127.0.0.21", "", ""}));
    auto const wang = world.caller(world.person("wang", Role::teacher, world.tree.school));
    for (int i = 0; i < 20; ++i) {
        CHECK(auth::approve_pairing(*world.db, world.gate, wang, "x").error().key == "auth.pairing_unknown");
    }
    CHECK(auth::approve_pairing(*world.db, world.gate, wang, "x").error().key == "auth.locked");
}
