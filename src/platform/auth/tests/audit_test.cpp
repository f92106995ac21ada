#include "platform/auth/audit.hpp"
#include "auth_world.hpp"

using namespace santong;
using auth::AuditFault;
using auth::Role;
using test::AuthWorld;
using test::district;
using test::good_password;

namespace {

/// A world whose log holds five acts.
struct Logged : AuthWorld {
    Logged() {
        auto const wang = bare("wang");
        db->transact(district, [&](sql::Tx& tx) {
            for (int i = 1; i <= 5; ++i) {
                auth::audit(tx, as(wang, Role::teacher, tree.school), {"test.act", std::to_string(i), R"({"n":1})"});
            }
        });
        build_audit_log();
    }
    void tamper(char const* statement) {
        db->transact(district, [&](sql::Tx& tx) { tx.run_text(statement, {}, nullptr); });
    }
};

std::vector<std::string> actions(AuthWorld& world) {
    world.build_audit_log();
    return world.db->read(district, [](sql::Tx& tx) {
        return tx.column<std::string>("SELECT action FROM audit_log WHERE district_id = $1 ORDER BY number", district);
    });
}

}  // namespace

TEST_CASE("a chain that nobody touched is whole") {
    Logged world;
    auto const verdict = world.verify();
    CHECK(verdict.fault == AuditFault::none);
    CHECK(verdict.rows == 5);
}

TEST_CASE("a changed row is named") {
    Logged world;
    world.tamper("UPDATE audit_log SET subject = '9' WHERE number = 3");
    CHECK(world.verify().fault == AuditFault::changed);
    CHECK(world.verify().number == 3);
}

TEST_CASE("a deleted row is named") {
    Logged world;
    world.tamper("DELETE FROM audit_log WHERE number = 2");
    CHECK(world.verify().fault == AuditFault::missing);
    CHECK(world.verify().number == 2);
}

TEST_CASE("two rows that changed places are named") {
    Logged world;
    world.tamper("UPDATE audit_log SET number = 100 WHERE number = 2");
    world.tamper("UPDATE audit_log SET number = 2 WHERE number = 3");
    world.tamper("UPDATE audit_log SET number = 3 WHERE number = 100");
    CHECK(world.verify().fault != AuditFault::none);
    CHECK(world.verify().number == 2);
}

TEST_CASE("a log that was cut off at its end is named, also when the head was set back") {
    Logged world;
    world.tamper("DELETE FROM audit_log WHERE number > 3");
    CHECK(world.verify().fault == AuditFault::truncated);
    CHECK(world.verify().number == 4);
    world.tamper("UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_log WHERE number = 3)");
    CHECK(world.verify().fault == AuditFault::head_forged);
    world.tamper("DELETE FROM audit_head");
    CHECK(world.verify().fault == AuditFault::head_forged);
}

TEST_CASE("a chain that was computed anew after a change is named") {
    Logged world;
    world.tamper("DELETE FROM audit_log WHERE number = 5");
    world.tamper(
        "INSERT INTO audit_log SELECT district_id, 5, at, account_id, person_id, action, 'x', detail, client,"
        " trace_id, previous_hash, hash FROM audit_log WHERE number = 4");
    CHECK(world.verify().fault == AuditFault::changed);
    CHECK(world.verify().number == 5);
}

TEST_CASE("the log goes on after a verified stretch and batches do not break it") {
    Logged world;
    for (int round = 0; round < 3; ++round) {
        world.db->transact(district, [&](sql::Tx& tx) {
            for (int i = 0; i < 400; ++i) auth::audit(tx, {}, {"test.more", "", "{}"});
        });
        world.build_audit_log();
    }
    CHECK(world.verify().fault == AuditFault::none);
    CHECK(world.verify().rows == 1205);
}

TEST_CASE("sign-in, failure, role and account changes stand in the log") {
    AuthWorld world;
    auto const wang = world.person("wang", Role::teacher, world.tree.school);
    world.door("wang", "wrong-password");
    world.door("a-password-in-the-wrong-field", "wrong-password");
    auth::sign_out(*world.db, world.caller(wang));
    auto const secadmin = world.as(world.bare("sec"), Role::secadmin, world.tree.district_org);
    auto const given = auth::grant_role(*world.db, world.gate, secadmin,
                                        {wang.person, Role::finance, world.tree.district_org, {}, {}, {}});
    REQUIRE(given);
    REQUIRE(auth::withdraw_role(*world.db, world.gate, secadmin, given->id));
    auto const sysadmin = world.as(world.bare("sys"), Role::sysadmin, world.tree.district_org);
    REQUIRE(auth::disable_account(*world.db, world.gate, sysadmin, wang.account.id));
    REQUIRE(auth::enable_account(*world.db, world.gate, sysadmin, wang.account.id));
    REQUIRE(auth::reset_account(*world.db, world.gate, sysadmin, wang.account.id, {}));
    CHECK(actions(world) == std::vector<std::string>{"session.sign_in_failed", "session.sign_in_failed",
                                                     "session.sign_in", "session.sign_out", "grant.given",
                                                     "grant.withdrawn", "account.disabled", "account.enabled",
                                                     "account.reset"});
    auto const text = world.db->read(district, [](sql::Tx& tx) {
        return tx.column<std::string>("SELECT subject || detail FROM audit_log WHERE district_id = $1", district);
    });
    for (auto const& row : text) CHECK(row.find("wrong-field") == std::string::npos);
}

TEST_CASE("an act that is rolled back leaves no row") {
    AuthWorld world;
    auto const refused = world.db->transact(district, [&](sql::Tx& tx) -> core::Result<void> {
        auth::audit(tx, {}, {"test.act", "", "{}"});
        return core::conflict("test.refused");
    });
    CHECK(refused.has_error());
    CHECK(actions(world).empty());
}

TEST_CASE("only the auditor reads and checks the log, newest first, page by page") {
    Logged world;
    auto const& top = world.tree.district_org;
    auto const auditor = world.as(world.bare("aud"), Role::auditor, top);
    for (auto role : {Role::sysadmin, Role::secadmin, Role::info_office, Role::leader, Role::principal}) {
        auto const caller = world.as(world.bare(std::string(core::enum_text(role))), role, top);
        CHECK(auth::list_audit(*world.db, world.gate, caller, {}, "zh-CN").error().code == core::ErrorCode::forbidden);
        CHECK(auth::verify_audit(*world.db, world.gate, caller).error().code == core::ErrorCode::forbidden);
    }
    auth::AuditQuery query;
    query.action = "test.";
    query.limit = 2;
    std::vector<std::string> subjects;
    for (;;) {
        auto const page = auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN");
        REQUIRE(page);
        for (auto const& item : page->items) {
            subjects.push_back(item.subject);
            CHECK(item.person_name == "某wang");
        }
        if (!page->next) break;
        query.after = *page->next;
    }
    CHECK(subjects == std::vector<std::string>{"5", "4", "3", "2", "1"});
    query = {};
    query.subject = "4";
    CHECK(auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN")->items.size() == 1);
    query = {};
    query.action = "session.";
    CHECK(auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN")->items.empty());
    query.after = "x";
    CHECK(auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN").has_error());
    CHECK(auth::verify_audit(*world.db, world.gate, auditor)->fault == AuditFault::none);
}
