#include "auth_world.hpp"

using namespace santong;
using test::AuthWorld;
using test::district;
using test::good_password;

TEST_CASE("the second factor gives the codes of RFC 6238") {
    std::string const secret = "12345678901234567890";
    CHECK(auth::totp::code_at(secret, 59 / 30) == "287082");
    CHECK(auth::totp::code_at(secret, 1111111109 / 30) == "081804");
    CHECK(auth::totp::code_at(secret, 2000000000 / 30) == "279037");
}

TEST_CASE("an administrator without a second factor has no grants until he has enrolled one") {
    AuthWorld world;
    for (auto role : {auth::Role::sysadmin, auth::Role::secadmin, auth::Role::auditor, auth::Role::info_office}) {
        std::string const login(core::enum_text(role));
        world.person(login, role, world.tree.district_org);
        auto const opened = world.try_sign_in(login, good_password);
        REQUIRE(opened);
        auto const caller = *world.check(opened->token);
        CHECK(caller.restriction == auth::Restriction::enrol_totp);
        CHECK(caller.grants.empty());
        CHECK(auth::admit(caller, "/api/v1/accounts").error().key == "auth.totp_enrolment_required");
        CHECK(auth::admit(caller, "/api/v1/me/totp"));

        auto const enrolment = auth::begin_totp(*world.db, world.gate, caller);
        REQUIRE(enrolment);
        CHECK(enrolment->uri.starts_with("otpauth://totp/"));
        auto const secret = world.db->read(district, [&](sql::Tx& tx) {
            auto const row = *auth::store::find_totp(tx, caller.account);
            CHECK(row.sealed.value.find(enrolment->secret) == std::string::npos);
            return *auth::Keys::current().open(auth::KeyPurpose::second_factor, {row.key_id, row.sealed.value},
                                               std::to_string(district) + "|" + caller.account.text() + "|totp");
        });
        auth::ClientFacts const client{"127.0.0.9", "test", ""};
        CHECK(auth::confirm_totp(*world.db, world.gate, caller, {"000000"}, client).has_error());
        auto const confirmed = auth::confirm_totp(*world.db, world.gate, caller, {world.code_now(secret)}, client);
        REQUIRE(confirmed);
        CHECK(world.check(confirmed->token)->has_role(role));
        CHECK(world.check(opened->token).has_error());
    }
}

TEST_CASE("a teacher needs no second factor, but one that he enrolled is asked for") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    CHECK(world.check(world.try_sign_in("wang", good_password)->token)->restriction == auth::Restriction::none);
    auto const secret = world.second_factor(wang);
    CHECK(world.door("wang", good_password) == "auth.totp_required");
    CHECK(world.door("wang", "wrong-password", world.code_now(secret)) == "auth.invalid_credentials");
    CHECK(world.door("wang", good_password, "000000") == "auth.totp_invalid");
    CHECK(world.door("wang", good_password, world.code_now(secret)) == "in");
}

TEST_CASE("a code of the second factor works once, and one step early or late") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const secret = world.second_factor(wang);
    auto const code = world.code_now(secret);
    world.pass(30);
    CHECK(world.door("wang", good_password, code) == "in");
    CHECK(world.door("wang", good_password, code) == "auth.totp_invalid");
    auto const next = world.code_now(secret);
    world.pass(90);
    CHECK(world.door("wang", good_password, next) == "auth.totp_invalid");
}

TEST_CASE("two who use one code at the same moment are not both let in") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    world.second_factor(wang);
    auto const step = auth::totp::step_of(world.clock.now());
    auto const use = [&] {
        return world.db->transact(district,
                                  [&](sql::Tx& tx) { return auth::store::use_totp_step(tx, wang.account.id, step); });
    };
    CHECK(use());
    CHECK_FALSE(use());
}

TEST_CASE("guessing the second factor locks the account as wrong passwords do") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const secret = world.second_factor(wang);
    for (int i = 0; i < 10; ++i) CHECK(world.door("wang", good_password, "000000") == "auth.totp_invalid");
    CHECK(world.door("wang", good_password, world.code_now(secret)) == "auth.locked");
}

TEST_CASE("in a demo folder administrators may sign in without a second factor, but a wrong one is refused") {
    AuthWorld world(true);
    auto const chief = world.person("sysadmin", auth::Role::sysadmin, world.tree.district_org);
    world.second_factor(chief);
    CHECK(world.check(world.try_sign_in("sysadmin", good_password)->token)->has_role(auth::Role::sysadmin));
    CHECK(world.door("sysadmin", good_password, "000000") == "auth.totp_invalid");
}

TEST_CASE("a confirmed second factor is not replaced by whoever holds the session") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const caller = world.caller(wang);
    world.second_factor(wang);
    CHECK(auth::begin_totp(*world.db, world.gate, caller).error().key == "auth.totp_exists");
}

TEST_CASE("whoever holds the machine gives an account a one-time code, and that is audited") {
    AuthWorld world;
    auto const office = world.person("office", auth::Role::info_office, world.tree.district_org);
    auto const issued = auth::code_for_login(*world.db, " OFFICE ", {});
    REQUIRE(issued);
    CHECK(issued->login == "office");
    CHECK(issued->code.size() == 10);
    CHECK(world.try_sign_in("office", good_password).has_error());
    auto const opened = world.try_sign_in("office", issued->code);
    REQUIRE(opened);
    CHECK(world.check(opened->token)->restriction == auth::Restriction::change_password);
    CHECK(auth::code_for_login(*world.db, "nobody", {}).error().key == "core.not_found");
}
