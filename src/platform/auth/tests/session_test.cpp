#include <algorithm>

#include "auth_world.hpp"
#include "platform/auth/session_view.hpp"

using namespace santong;
using test::AuthWorld;
using test::district;
using test::good_password;

namespace {

auth::ClientFacts const client{"127.0.0.9", "test", ""};

/// A second process on the same database: it hears of nothing but what it reads.
core::Result<auth::Caller> on_other_node(AuthWorld& world, auth::Gate& other, std::string const& token) {
    return auth::check_session(*world.db, other, token, client);
}

}  // namespace

TEST_CASE("a session begins under a new id at each sign-in") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    auto const first = world.try_sign_in("wang", good_password);
    auto const second = world.try_sign_in("wang", good_password);
    CHECK(first->token != second->token);
    CHECK(first->row.csrf != second->row.csrf);
    CHECK(first->token.size() > 43);
    CHECK(world.check(first->token)->person == world.check(second->token)->person);
}

TEST_CASE("the token of a session is not in the database") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const opened = world.try_sign_in("wang", good_password);
    auto const rows = world.db->read(
        district, [&](sql::Tx& tx) { return auth::store::sessions_of(tx, wang.account.id, world.clock.now()); });
    REQUIRE(rows.size() == 1);
    CHECK(core::json::write(rows[0]).find(opened->token) == std::string::npos);
}

TEST_CASE("a change of privilege ends the session, so that the next one has a new id") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const opened = world.try_sign_in("wang", good_password);
    world.db->transact(district, [&](sql::Tx& tx) {
        static_cast<void>(world.grant(tx, wang, auth::Role::teacher, world.tree.class_3a));
    });
    CHECK(world.check(opened->token)->grants.size() == 2);
    world.db->transact(district, [&](sql::Tx& tx) {
        static_cast<void>(world.grant(tx, wang, auth::Role::principal, world.tree.school));
    });
    CHECK(world.check(opened->token).has_error());
}

TEST_CASE("sign-out, password change, role removal and disabling end the sessions on every node within five seconds") {
    AuthWorld world;
    auth::Gate other({district, false, &world.clock, &world.clock, &world.tree, {}, {}});
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const with_session = [&](auto&& end) {
        auto const opened = world.try_sign_in("wang", good_password);
        auto const caller = *world.check(opened->token);
        REQUIRE(on_other_node(world, other, opened->token));
        end(caller);
        CHECK(world.check(opened->token).error().key == "auth.session_ended");
        world.pass(5);
        CHECK(on_other_node(world, other, opened->token).error().key == "auth.session_ended");
    };
    with_session([&](auth::Caller const& caller) { auth::sign_out(*world.db, caller); });
    with_session([&](auth::Caller const& caller) {
        auto const changed =
            auth::change_password(*world.db, world.gate, caller, {good_password, "green-lotus-7"}, client);
        REQUIRE(changed);
        CHECK(world.check(changed->token));
        auto const back = auth::change_password(*world.db, world.gate, *world.check(changed->token),
                                                {"green-lotus-7", good_password}, client);
        REQUIRE(back);
        CHECK(world.check(changed->token).has_error());
    });
    with_session([&](auth::Caller const&) {
        world.db->transact(district, [&](sql::Tx& tx) {
            for (auto const& row : auth::grants_of(tx, wang.person, world.gate.today())) {
                REQUIRE(auth::end_grant(tx, row.id, world.gate.today().plus_days(-1)));
            }
        });
    });
    with_session([&](auth::Caller const&) {
        world.db->transact(district,
                           [&](sql::Tx& tx) { auth::set_status(tx, wang.account.id, auth::AccountStatus::disabled); });
    });
}

TEST_CASE("a session ends after thirty idle minutes and after twelve hours") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    auto const idle = world.try_sign_in("wang", good_password);
    world.pass(29 * 60);
    CHECK(world.check(idle->token));
    world.pass(29 * 60);
    CHECK(world.check(idle->token));
    world.pass(30 * 60);
    CHECK(world.check(idle->token).error().key == "auth.session_ended");

    auto const busy = world.try_sign_in("wang", good_password);
    for (int i = 0; i < 47; ++i) {
        world.pass(15 * 60);
        REQUIRE(world.check(busy->token));
    }
    world.pass(15 * 60);
    CHECK(world.check(busy->token).has_error());
}

TEST_CASE("a token that is no token is refused") {
    AuthWorld world;
    for (auto const* token : {"", ".", "x", "430971.", "430971.abc", "99999999999.abc", "430971' OR 1=1 --.x"}) {
        CHECK(world.check(token).error().key == "auth.session_ended");
    }
    CHECK(world.check(std::string(100'000, 'x')).has_error());
}

TEST_CASE("an unsafe request carries the token of its own session") {
    AuthWorld world;
    auto const one = world.caller(world.person("wang", auth::Role::teacher, world.tree.school));
    auto const two = world.caller(world.person("li", auth::Role::teacher, world.tree.school));
    CHECK(auth::csrf_matches(one, one.csrf));
    CHECK_FALSE(auth::csrf_matches(one, two.csrf));
    CHECK_FALSE(auth::csrf_matches(one, ""));
    CHECK_FALSE(auth::csrf_matches(auth::Caller{}, ""));
}

TEST_CASE("somebody sees and ends his own sessions only") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const li = world.caller(world.person("li", auth::Role::teacher, world.tree.school));
    auto const lost = world.try_sign_in("wang", good_password);
    auto const caller = world.caller(wang);
    auto const mine = auth::own_sessions(*world.db, world.gate, caller);
    REQUIRE(mine.size() == 2);
    CHECK(mine[0].current != mine[1].current);
    CHECK(auth::end_own_session(*world.db, li, lost->row.id).error().code == core::ErrorCode::not_found);
    CHECK(auth::end_own_session(*world.db, caller, lost->row.id));
    CHECK(world.check(lost->token).has_error());
    CHECK(auth::own_sessions(*world.db, world.gate, caller).size() == 1);
}

TEST_CASE("the session view names roles, places and permissions") {
    AuthWorld world;
    auto const view = auth::view_session(*world.db, world.gate,
                                         world.caller(world.person("wang", auth::Role::teacher, world.tree.class_3a)));
    REQUIRE(view);
    CHECK(view->name == "某wang");
    CHECK(view->home == "teacher");
    CHECK(view->zone == "+08:00");
    REQUIRE(view->roles.size() == 1);
    CHECK(view->roles[0].org_name == "三（1）班");
    CHECK(view->roles[0].org_path.size() == 3);
    CHECK(std::ranges::find(view->permissions, "auth.approve_screen") != view->permissions.end());
    CHECK_FALSE(view->totp_required);
}

TEST_CASE("what is over is swept away and what holds stays") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    world.try_sign_in("wang", good_password);
    world.door("wang", "wrong-password");
    world.pass(3600);
    auto const opened = world.try_sign_in("wang", good_password);
    auth::sweep(*world.db, world.gate, district);
    CHECK(world.check(opened->token));
    CHECK(auth::own_sessions(*world.db, world.gate, *world.check(opened->token)).size() == 1);
}

TEST_CASE("a browser is named as far as it says what it is") {
    CHECK(auth::device_name("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36") ==
          "Chrome · Windows");
    CHECK(auth::device_name("Mozilla/5.0 (Linux; Android 10) Chrome/100 MicroMessenger/8.0") == "微信 · Android");
    CHECK(auth::device_name("something") == "");
}
