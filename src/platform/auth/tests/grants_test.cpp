#include "auth_world.hpp"

using namespace santong;
using auth::Role;
using test::AuthWorld;
using test::district;

namespace {

constexpr auth::Permission book{"test.book"};

std::string give(AuthWorld& world, auth::Caller const& caller, test::Someone const& to, Role role,
                 core::OrgId const& at) {
    auto const given = auth::grant_role(*world.db, world.gate, caller, {to.person, role, at, {}, {}, {}});
    return given ? "given" : given.error().key;
}

}  // namespace

TEST_CASE("a grant covers its node and the subtree, and nothing beside or above it") {
    AuthWorld world;
    auth::PermissionRegistry::instance().allow(book, {Role::academic});
    auto const caller = world.as(world.bare("wang"), Role::academic, world.tree.school);
    world.db->read(district, [&](sql::Tx& tx) {
        CHECK(caller.may(tx, book, world.tree.school));
        CHECK(caller.may(tx, book, world.tree.class_3a));
        CHECK_FALSE(caller.may(tx, book, world.tree.district_org));
        CHECK(caller.require(tx, book, world.tree.class_elsewhere).error().code == core::ErrorCode::forbidden);
        CHECK_FALSE(caller.may(tx, book, core::OrgId::make()));
        CHECK(auth::Caller{}.require(tx, book, world.tree.school).error().code == core::ErrorCode::unauthenticated);
    });
    CHECK(caller.scope(book) == std::vector{world.tree.school});
    CHECK(caller.may_anywhere(book));
}

TEST_CASE("what nobody declared is denied to everybody") {
    AuthWorld world;
    constexpr auth::Permission undeclared{"test.undeclared"};
    for (int role = 0; role <= static_cast<int>(Role::auditor); ++role) {
        auto const caller = world.as({}, static_cast<Role>(role), world.tree.district_org);
        CHECK_FALSE(caller.may_anywhere(undeclared));
        CHECK(caller.scope(undeclared).empty());
    }
}

TEST_CASE("a researcher answers for his subject, a grant without subject for all") {
    AuthWorld world;
    constexpr auth::Permission review{"test.review"};
    auth::PermissionRegistry::instance().allow(review, {Role::researcher});
    auth::Caller caller;
    caller.grants = {{Role::researcher, world.tree.district_org, "math"}, {Role::teacher, world.tree.school, ""}};
    CHECK(caller.subjects(review) == std::vector<std::string>{"math"});
    caller.grants.push_back({Role::researcher, world.tree.district_org, ""});
    CHECK(caller.subjects(review).empty());
}

TEST_CASE("a grant holds from its first to its last day") {
    AuthWorld world;
    auto const wang = world.bare("wang");
    auto const today = world.gate.today();
    auto const held_on = [&](core::LocalDate day) {
        return world.db->read(district,
                              [&](sql::Tx& tx) { return auth::store::grants_of(tx, wang.person, day).size(); });
    };
    world.db->transact(district, [&](sql::Tx& tx) {
        auth::GrantRow row;
        row.person_id = wang.person;
        row.role = Role::teacher;
        row.org_id = world.tree.school;
        row.from_date = today;
        row.to_date = today.plus_days(10);
        REQUIRE(auth::add_grants(tx, {row}));
    });
    CHECK(held_on(today.plus_days(-1)) == 0);
    CHECK(held_on(today) == 1);
    CHECK(held_on(today.plus_days(10)) == 1);
    CHECK(held_on(today.plus_days(11)) == 0);
}

TEST_CASE("nobody gives himself a role") {
    AuthWorld world;
    auto const chief = world.bare("chief");
    auto const caller = world.as(chief, Role::secadmin, world.tree.district_org);
    CHECK(give(world, caller, chief, Role::leader, world.tree.district_org) == "auth.not_yourself");
    auto const head = world.bare("head");
    CHECK(give(world, world.as(head, Role::principal, world.tree.school), head, Role::academic, world.tree.school) ==
          "auth.not_yourself");
}

TEST_CASE("nobody gives a role above his own or outside his scope") {
    AuthWorld world;
    auto const wang = world.bare("wang");
    auto const giver = world.bare("giver");
    auto const& tree = world.tree;
    auto const as = [&](Role role, core::OrgId const& at) { return world.as(giver, role, at); };
    CHECK(give(world, as(Role::teacher, tree.school), wang, Role::teacher, tree.school) == "core.forbidden");
    CHECK(give(world, as(Role::academic, tree.school), wang, Role::principal, tree.school) ==
          "auth.not_above_your_own");
    CHECK(give(world, as(Role::academic, tree.school), wang, Role::academic, tree.school) == "auth.not_above_your_own");
    CHECK(give(world, as(Role::principal, tree.school), wang, Role::leader, tree.school) == "auth.not_above_your_own");
    CHECK(give(world, as(Role::principal, tree.school), wang, Role::teacher, tree.other_school) == "core.forbidden");
    CHECK(give(world, as(Role::principal, tree.school), wang, Role::principal, tree.school) ==
          "auth.not_above_your_own");
    CHECK(give(world, as(Role::info_office, tree.district_org), wang, Role::sysadmin, tree.district_org) ==
          "auth.not_above_your_own");
    CHECK(give(world, as(Role::sysadmin, tree.district_org), wang, Role::teacher, tree.school) == "core.forbidden");
    CHECK(give(world, as(Role::secadmin, tree.district_org), wang, Role::pupil, tree.class_3a) ==
          "auth.not_above_your_own");

    auto const everywhere = auth::grant_role(*world.db, world.gate, as(Role::info_office, tree.district_org),
                                             {wang.person, Role::principal, tree.district_org, {}, {}, {}});
    REQUIRE(everywhere.error().problems.size() == 1);
    CHECK(everywhere.error().problems[0].key == "auth.school_expected");
    CHECK(give(world, as(Role::secadmin, tree.district_org), wang, Role::researcher, tree.district_org) == "given");
    CHECK(give(world, as(Role::info_office, tree.district_org), wang, Role::principal, tree.school) == "given");
    CHECK(give(world, as(Role::principal, tree.school), wang, Role::academic, tree.school) == "given");
    CHECK(give(world, as(Role::academic, tree.school), wang, Role::homeroom, tree.class_3a) == "given");
}

TEST_CASE("nobody gives a role to somebody of elsewhere, however well he knows the number") {
    AuthWorld world;
    auto const& tree = world.tree;
    auto const stranger = world.person("stranger", Role::teacher, tree.other_school);
    auto const nowhere = world.bare("nowhere");
    auto const principal = world.as(world.bare("head"), Role::principal, tree.school);
    auto const security = world.as(world.bare("security"), Role::secadmin, tree.district_org);
    CHECK(give(world, principal, stranger, Role::technician, tree.school) == "auth.person_without_account");
    CHECK(give(world, principal, nowhere, Role::technician, tree.school) == "auth.person_without_account");
    CHECK(give(world, security, nowhere, Role::researcher, tree.district_org) == "given");
}

TEST_CASE("two grants do not add up: the role of one and the place of another are not enough") {
    AuthWorld world;
    auto const wang = world.person("wang", Role::teacher, world.tree.school);
    auto caller = world.as(world.bare("giver"), Role::academic, world.tree.other_school);
    caller.grants.push_back({Role::principal, world.tree.school, ""});
    CHECK(give(world, caller, wang, Role::academic, world.tree.other_school) == "auth.not_above_your_own");
    CHECK(give(world, caller, wang, Role::academic, world.tree.school) == "given");
}

TEST_CASE("system, security and audit administrators are three persons") {
    AuthWorld world;
    auto const caller = world.as(world.bare("giver"), Role::secadmin, world.tree.district_org);
    auto const wang = world.bare("wang");
    auto const& top = world.tree.district_org;
    CHECK(give(world, caller, wang, Role::sysadmin, top) == "given");
    CHECK(give(world, caller, wang, Role::secadmin, top) == "auth.administrators_apart");
    CHECK(give(world, caller, wang, Role::auditor, top) == "auth.administrators_apart");
    CHECK(give(world, caller, wang, Role::sysadmin, top) == "given");
    auto const both = world.db->transact(district, [&](sql::Tx& tx) {
        auto const li = core::PersonId::make();
        auth::GrantRow one, two;
        one.person_id = two.person_id = li;
        one.role = Role::auditor;
        two.role = Role::sysadmin;
        return auth::add_grants(tx, {one, two});
    });
    CHECK(both.error().key == "auth.administrators_apart");
}

TEST_CASE("a role that is taken away ends at once and only by somebody who may give it") {
    AuthWorld world;
    auto const wang = world.person("wang", Role::teacher, world.tree.school);
    auto const principal = world.as(world.bare("head"), Role::principal, world.tree.school);
    auto const elsewhere = world.as(world.bare("other"), Role::principal, world.tree.other_school);
    auto const academic = world.as(world.bare("aca"), Role::academic, world.tree.school);
    auto const given = auth::grant_role(*world.db, world.gate, principal,
                                        {wang.person, Role::academic, world.tree.school, {}, {}, {}});
    REQUIRE(given);
    CHECK(auth::withdraw_role(*world.db, world.gate, elsewhere, given->id).error().code == core::ErrorCode::not_found);
    CHECK(auth::withdraw_role(*world.db, world.gate, academic, given->id).error().key == "auth.not_above_your_own");
    CHECK(auth::withdraw_role(*world.db, world.gate, world.as(wang, Role::principal, world.tree.school), given->id)
              .error()
              .key == "auth.not_yourself");
    CHECK(auth::withdraw_role(*world.db, world.gate, principal, given->id));
    CHECK(world.db
              ->read(district, [&](sql::Tx& tx) { return auth::store::grants_of(tx, wang.person, world.gate.today()); })
              .size() == 1);
    CHECK(auth::withdraw_role(*world.db, world.gate, principal, given->id).error().code == core::ErrorCode::not_found);
}

TEST_CASE("a principal sees the grants of his school page by page and no others") {
    AuthWorld world;
    for (int i = 0; i < 7; ++i) {
        auto const one = world.bare("t" + std::to_string(i));
        world.db->transact(district, [&](sql::Tx& tx) {
            static_cast<void>(
                world.grant(tx, one, Role::teacher, i % 2 ? world.tree.other_school : world.tree.class_3a));
        });
    }
    auto const principal = world.as(world.bare("head"), Role::principal, world.tree.school);
    std::size_t seen = 0;
    auth::GrantQuery query;
    query.limit = 2;
    for (;;) {
        auto const page = auth::list_grants(*world.db, world.gate, principal, query);
        REQUIRE(page);
        for (auto const& item : page->items) CHECK(item.org_id == world.tree.class_3a);
        seen += page->items.size();
        if (!page->next) break;
        query.after = *page->next;
    }
    CHECK(seen == 4);
    auto const teacher = world.as(world.bare("tea"), Role::teacher, world.tree.school);
    CHECK(auth::list_grants(*world.db, world.gate, teacher, {}).error().code == core::ErrorCode::forbidden);
    query.after = "nonsense";
    CHECK(auth::list_grants(*world.db, world.gate, principal, query).has_error());
}

TEST_CASE("accounts are listed and looked after by the district's administrators, not above their own") {
    AuthWorld world;
    auto const& top = world.tree.district_org;
    auto const wang = world.person("wang", Role::teacher, world.tree.school);
    auto const security = world.person("security", Role::secadmin, top);
    auto const office = world.person("office", Role::info_office, top);
    auto const as = [&](Role role, core::OrgId const& at) {
        return world.as(world.bare("x" + core::Uuid::make().text()), role, at);
    };
    auto const reset = [&](auth::Caller const& caller, test::Someone const& whom) {
        auto const done = auth::reset_account(*world.db, world.gate, caller, whom.account.id, {});
        return done ? "done" : done.error().key;
    };
    CHECK(auth::list_accounts(*world.db, world.gate, as(Role::sysadmin, top), {})->items.size() >= 3);
    CHECK(auth::list_accounts(*world.db, world.gate, as(Role::info_office, world.tree.school), {}).has_error());
    CHECK(auth::list_accounts(*world.db, world.gate, as(Role::principal, world.tree.school), {}).has_error());
    CHECK(reset(as(Role::principal, world.tree.school), wang) == "core.forbidden");
    CHECK(reset(as(Role::info_office, top), wang) == "done");
    CHECK(reset(as(Role::info_office, top), office) == "auth.not_above_your_own");
    for (auto const role : {Role::leader, Role::supervisor, Role::researcher, Role::finance}) {
        auto const one = world.person(std::string(core::enum_text(role)), role, top);
        CHECK(reset(as(Role::info_office, top), one) == "auth.not_above_your_own");
        CHECK(reset(as(Role::sysadmin, top), one) == "done");
    }
    CHECK(reset(as(Role::sysadmin, top), office) == "done");
    CHECK(reset(as(Role::sysadmin, top), security) == "auth.not_above_your_own");
    CHECK(reset(as(Role::secadmin, top), security) == "done");
    CHECK(reset(world.as(security, Role::secadmin, top), security) == "auth.not_yourself");
}

TEST_CASE("the list of accounts goes on where the page before ended") {
    AuthWorld world;
    for (auto const* login : {"a1", "a2", "a3", "b1", "100%"}) world.bare(login);
    auto const caller = world.as(world.bare("boss"), Role::sysadmin, world.tree.district_org);
    auth::AccountQuery query;
    query.q = "A";
    query.limit = 2;
    auto const first = auth::list_accounts(*world.db, world.gate, caller, query);
    REQUIRE(first->items.size() == 2);
    REQUIRE(first->next);
    CHECK(first->total == 3);
    REQUIRE(first->facets.at("status").size() == 1);
    CHECK(first->facets.at("status")[0].value == "active");
    CHECK(first->facets.at("status")[0].count == 3);
    query.after = *first->next;
    auto const second = auth::list_accounts(*world.db, world.gate, caller, query);
    CHECK(second->items.size() == 1);
    CHECK(second->items[0].login == "a3");
    CHECK_FALSE(second->next);
    CHECK_FALSE(second->total);
}
