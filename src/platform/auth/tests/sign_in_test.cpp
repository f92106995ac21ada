#include "auth_world.hpp"

using namespace santong;
using test::AuthWorld;
using test::district;
using test::good_password;

TEST_CASE("ten wrong passwords lock the account for fifteen minutes and nobody else") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    world.person("li", auth::Role::teacher, world.tree.school);
    for (int i = 0; i < 10; ++i) CHECK(world.door("wang", "wrong-password") == "auth.invalid_credentials");
    CHECK(world.door("wang", good_password) == "auth.locked");
    CHECK(world.try_sign_in("wang", good_password).error().retry_after_seconds > 0);
    CHECK(world.door("li", good_password) == "in");
    world.pass(15 * 60 + 1);
    CHECK(world.door("wang", good_password) == "in");
}

TEST_CASE("the tenth try is still checked and a right password forgives the wrong ones") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    for (int i = 0; i < 9; ++i) world.door("wang", "wrong-password");
    CHECK(world.door("wang", good_password) == "in");
    for (int i = 0; i < 9; ++i) world.door("wang", "wrong-password");
    CHECK(world.door("wang", good_password) == "in");
}

TEST_CASE("password spraying from one address is throttled but known accounts there are let in") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    world.person("li", auth::Role::teacher, world.tree.school);
    REQUIRE(world.door("wang", good_password) == "in");
    world.pass(20 * 60);
    std::string last;
    int refused_after = 0;
    for (int i = 0; i < 60 && last != "auth.address_throttled"; ++i, ++refused_after) {
        last = world.door("pupil" + std::to_string(i), "spring-2014");
    }
    CHECK(last == "auth.address_throttled");
    CHECK(refused_after == 51);
    CHECK(world.door("wang", good_password) == "in");
    CHECK(world.door("nobody", "spring-2014") == "auth.invalid_credentials");  // one more for the one who is in
    CHECK(world.door("li", good_password) == "auth.address_throttled");
    CHECK(world.door("li", good_password, {}, "127.0.0.10") == "in");
    world.pass(16 * 60);
    CHECK(world.door("nobody", "spring-2014") == "auth.invalid_credentials");
}

TEST_CASE("a school of five hundred behind one address is not locked out") {
    AuthWorld world;
    std::vector<auth::NewAccount> pupils;
    for (int i = 0; i < 500; ++i) pupils.push_back({core::PersonId::make(), "p" + std::to_string(i)});
    auto const codes = world.db->transact(
        district, [&](sql::Tx& tx) { return auth::issue_codes(tx, *auth::create_accounts(tx, pupils)); });
    int in = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (i % 5 == 0) world.door(codes[i].login, "mistyped");
        if (world.door(codes[i].login, codes[i].code) == "in") ++in;
    }
    CHECK(in == 500);
}

TEST_CASE("an unknown login is answered as a wrong password is, also when it is locked") {
    AuthWorld world;
    world.person("wang", auth::Role::teacher, world.tree.school);
    for (int i = 0; i < 12; ++i) {
        auto const known = world.try_sign_in("wang", "wrong-password");
        auto const unknown = world.try_sign_in("nobody", "wrong-password");
        CHECK(known.error().code == unknown.error().code);
        CHECK(known.error().key == unknown.error().key);
        CHECK(known.error().params == unknown.error().params);
        CHECK(known.error().retry_after_seconds == unknown.error().retry_after_seconds);
    }
}

TEST_CASE("a login without a password costs the same hash as one with it") {
    auth::Keys::use(auth::Keys::in_memory());
    auto const hash = *auth::hash_password(good_password);
    CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(*auth::verify_password(hash, good_password));
    CHECK_FALSE(*auth::verify_password(hash, "another"));
    CHECK_FALSE(*auth::verify_password("", good_password));
}

TEST_CASE("a stored password is argon2id at OWASP strength and nothing else of it is in the database") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const stored =
        world.db->read(district, [&](sql::Tx& tx) { return auth::store::find_account(tx, wang.account.id); });
    REQUIRE(stored->password_hash);
    CHECK(stored->password_hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST_CASE(
    "a password needs eight characters, an administrator's twelve, and may not be common, the login or the name") {
    auto const key = [](std::string const& password, auth::PasswordOwner const& owner) -> std::string {
        auto const answer = auth::check_password(password, owner);
        return answer ? "fine" : answer.error().problems.at(0).key;
    };
    auth::PasswordOwner const teacher{"wangfang88", "王芳王芳王芳王芳", false};
    auth::PasswordOwner const administrator{"sys", "系统管理员", true};
    CHECK(key("kite-77", teacher) == "auth.password_too_short");
    CHECK(key("kite-777", teacher) == "fine");
    CHECK(key("荷叶罗裙一色裁芙", teacher) == "fine");
    CHECK(key("kite-777-kit", administrator) == "fine");
    CHECK(key("kite-777-ki", administrator) == "auth.password_too_short");
    CHECK(key(std::string(200, 'k'), teacher) == "auth.password_too_long");
    for (auto const* common :
         {"12345678", "datonghu2014", "Aa123456", "password", "1qaz2wsx", "88888888", "Qwerty123"}) {
        CHECK(key(common, teacher) == "auth.password_common");
    }
    CHECK(key("WangFang88", teacher) == "auth.password_is_name");
    CHECK(key("王芳王芳王芳王芳", teacher) == "auth.password_is_name");
}

TEST_CASE("an issued code opens only the change of password and is void afterwards") {
    AuthWorld world;
    auto const pupil = world.bare("pupil");
    auto const code = world.db->transact(district, [&](sql::Tx& tx) {
        static_cast<void>(world.grant(tx, pupil, auth::Role::pupil, world.tree.class_3a));
        return auth::issue_codes(tx, {pupil.account}).front().code;
    });
    CHECK(code.size() == 10);
    auto const opened = world.try_sign_in("pupil", code);
    REQUIRE(opened);
    auto const caller = *world.check(opened->token);
    CHECK(caller.restriction == auth::Restriction::change_password);
    CHECK(caller.grants.empty());
    CHECK(auth::admit(caller, "/api/v1/people").error().key == "auth.password_change_required");
    CHECK(auth::admit(caller, "/api/v1/session/password"));

    auth::ClientFacts const client{"127.0.0.9", "test", ""};
    CHECK(auth::change_password(*world.db, world.gate, caller, {code, "12345678"}, client).has_error());
    CHECK(auth::change_password(*world.db, world.gate, caller, {code, code}, client).has_error());
    auto const changed = auth::change_password(*world.db, world.gate, caller, {code, "green-lotus-7"}, client);
    REQUIRE(changed);
    CHECK(world.check(changed->token)->restriction == auth::Restriction::none);
    CHECK(world.check(changed->token)->has_role(auth::Role::pupil));
    CHECK(world.door("pupil", code) == "auth.invalid_credentials");
    CHECK(world.door("pupil", "green-lotus-7") == "in");
}

TEST_CASE("the code of a slip is not in the database and is read without regard to case and spaces") {
    AuthWorld world;
    auto const pupil = world.bare("pupil");
    auto code = world.db->transact(district, [&](sql::Tx& tx) {
        auto const issued = auth::issue_codes(tx, {pupil.account}).front().code;
        CHECK(auth::store::find_code(tx, pupil.account.id)->mac.find(issued) == std::string::npos);
        return issued;
    });
    for (char& letter : code) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    CHECK(world.door("PUPIL ", code.substr(0, 5) + " " + code.substr(5)) == "in");
}

TEST_CASE("a code is void when a new one is issued and after ninety days") {
    AuthWorld world;
    auto const pupil = world.bare("pupil");
    auto const issue = [&] {
        return world.db->transact(district,
                                  [&](sql::Tx& tx) { return auth::issue_codes(tx, {pupil.account}).front().code; });
    };
    auto const first = issue();
    auto const second = issue();
    CHECK(world.door("pupil", first) == "auth.invalid_credentials");
    world.pass(91 * 86'400);
    CHECK(world.door("pupil", second) == "auth.invalid_credentials");
}

TEST_CASE("a reset ends the old password and all sessions and lifts a lock") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    auto const before = world.try_sign_in("wang", good_password);
    for (int i = 0; i < 10; ++i) world.door("wang", "wrong-password");
    auto const code =
        world.db->transact(district, [&](sql::Tx& tx) { return auth::reset_code(tx, wang.account.id)->code; });
    CHECK(world.check(before->token).has_error());
    CHECK(world.door("wang", good_password) == "auth.invalid_credentials");
    CHECK(world.door("wang", code) == "in");
}

TEST_CASE("a pupil without consent learns so only after the right code") {
    AuthWorld world;
    world.person("small", auth::Role::pupil, world.tree.class_3a, auth::AccountStatus::dormant);
    CHECK(world.door("small", "wrong-password") == "auth.invalid_credentials");
    CHECK(world.door("small", good_password) == "auth.consent_needed");
}

TEST_CASE("a disabled account learns so only after the right password") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    world.db->transact(district,
                       [&](sql::Tx& tx) { auth::set_status(tx, wang.account.id, auth::AccountStatus::disabled); });
    CHECK(world.door("wang", "wrong-password") == "auth.invalid_credentials");
    CHECK(world.door("wang", good_password) == "auth.account_disabled");
}

TEST_CASE("consent does not wake an account that an administrator disabled") {
    AuthWorld world;
    auto const small = world.person("small", auth::Role::pupil, world.tree.class_3a, auth::AccountStatus::dormant);
    auto const boss = world.person("office", auth::Role::info_office, world.tree.district_org);
    auto const office = world.as(boss, auth::Role::info_office, world.tree.district_org);
    REQUIRE(auth::disable_account(*world.db, world.gate, office, small.account.id));
    world.db->transact(district,
                       [&](sql::Tx& tx) { auth::set_status(tx, small.account.id, auth::AccountStatus::active); });
    CHECK(world.door("small", good_password) == "auth.account_disabled");
    REQUIRE(auth::enable_account(*world.db, world.gate, office, small.account.id));
    CHECK(world.door("small", good_password) == "in");
}

TEST_CASE("after installation there is no account") {
    AuthWorld world;
    CHECK(world.db->read(district, [](sql::Tx& tx) { return auth::store::list_accounts(tx, {}); }).empty());
    for (auto const* login : {"admin", "root", "sysadmin"})
        CHECK(world.door(login, "admin") == "auth.invalid_credentials");
}

TEST_CASE("nothing of an erased person's account is left but the numbers in the audit log") {
    AuthWorld world;
    auto const wang = world.person("wang", auth::Role::teacher, world.tree.school);
    world.second_factor(wang);
    auto const li = world.person("li", auth::Role::teacher, world.tree.school);
    auto const opened = world.try_sign_in("li", good_password);
    world.db->transact(district, [&](sql::Tx& tx) { auth::erase_accounts(tx, li.person); });
    CHECK(world.check(opened->token).has_error());
    CHECK(world.door("li", good_password) == "auth.invalid_credentials");
    for (auto const* table : {"auth_account", "auth_grant", "auth_known_client", "auth_session", "auth_login"}) {
        auto const left = world.db->read(district, [&](sql::Tx& tx) {
            std::int64_t count = 0;
            tx.run_text(std::string("SELECT COUNT(*) FROM ") + table, {},
                        [&](sql::Cells const& cells) { count = cells.integer(0); });
            return count;
        });
        CHECK(left <= 1);
    }
    CHECK(world.db->transact(district,
                             [&](sql::Tx& tx) { return auth::create_accounts(tx, {{li.person, "li"}}).has_value(); }));
}

TEST_CASE("a login belongs to one account in the whole system") {
    AuthWorld world;
    world.bare("wang");
    auto const again = world.db->transact(
        430972, [&](sql::Tx& tx) { return auth::create_accounts(tx, {{core::PersonId::make(), " WANG"}}); });
    REQUIRE(again.has_error());
    CHECK(again.error().key == "auth.login_taken");
    CHECK(again.error().params.at("login") == "wang");
}
