#include "modules/roster/service_consents.hpp"

#include <doctest/doctest.h>

#include "modules/roster/service_classes.hpp"
#include "modules/roster/service_people.hpp"
#include "platform/auth/accounts.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

struct Family {
    World world;
    core::PersonId child = world.heba.pupils[0][0];
    auth::Caller guardian = world.caller(world.guardian);

    core::Result<roster::ConsentBook> book(auth::Caller const& caller) const {
        return roster::consent_book(world.db(), world.clock, caller, child);
    }
    core::Result<roster::ConsentBook> give(auth::Caller const& caller) const {
        return roster::give_consent(world.db(), world.clock, caller, child, {roster::consent_statement});
    }
    core::Result<void> withdraw(auth::Caller const& caller) const {
        return roster::withdraw_consent(world.db(), world.clock, caller, child);
    }
    auth::AccountStatus account() const {
        return world.read([&](sql::Tx& tx) { return auth::accounts_of(tx, {child}).at(0).status; });
    }
};

}  // namespace

TEST_CASE("a guardian agrees online and takes it back: the child's account wakes and goes to sleep again") {
    Family family;
    CHECK(family.account() == auth::AccountStatus::dormant);
    auto const before = family.book(family.guardian);
    REQUIRE(before.has_value());
    CHECK(before->under_fourteen);
    CHECK(before->may_give);
    CHECK(before->history.empty());
    auto const given = family.give(family.guardian);
    REQUIRE(given.has_value());
    CHECK(given->given);
    CHECK(given->account == auth::AccountStatus::active);
    REQUIRE(given->history.size() == 1);
    CHECK(given->history[0].method == roster::ConsentMethod::online);
    CHECK(given->history[0].given_by == family.guardian.name);
    CHECK(given->history[0].statement == roster::consent_statement);
    CHECK(family.give(family.guardian)->history.size() == 1);
    REQUIRE(family.withdraw(family.guardian).has_value());
    CHECK(family.account() == auth::AccountStatus::dormant);
    auto const after = family.book(family.guardian);
    CHECK_FALSE(after->given);
    CHECK(after->history[0].withdrawn_by == family.guardian.name);
    CHECK(family.withdraw(family.guardian).error().key == "roster.no_consent");
    CHECK(family.give(family.guardian)->history.size() == 2);
}

TEST_CASE("the homeroom teacher sees how a guardian has decided, but cannot decide online for him") {
    Family family;
    REQUIRE(family.give(family.guardian).has_value());
    auto const seen = family.book(family.world.homeroom());
    REQUIRE(seen.has_value());
    CHECK(seen->given);
    CHECK_FALSE(seen->may_give);
    CHECK(seen->may_withdraw);
    CHECK(family.give(family.world.homeroom()).error().key == "roster.consent_by_guardian");
    auto const page = roster::class_detail(family.world.db(), family.world.clock, family.world.homeroom(),
                                           family.world.heba.classes[0]);
    CHECK(page->pupils[0].consent_at.has_value());
}

TEST_CASE("guardians of other children, pupils and teachers decide nothing") {
    Family family;
    auto const& world = family.world;
    for (auto const& caller : {world.caller(world.other_guardian), world.caller(world.jinpen.homeroom[0])}) {
        CHECK(family.book(caller).error().code == core::ErrorCode::not_found);
        CHECK(family.give(caller).error().code == core::ErrorCode::not_found);
        CHECK(family.withdraw(caller).error().code == core::ErrorCode::not_found);
    }
    for (auto const& caller : {world.pupil(), world.teacher(world.heba, 3), world.caller(world.heba.homeroom[1])}) {
        CHECK(family.give(caller).error().code == core::ErrorCode::forbidden);
        CHECK(family.withdraw(caller).error().code == core::ErrorCode::forbidden);
        CHECK(family.book(caller).error().code == core::ErrorCode::forbidden);
    }
    CHECK(family.account() == auth::AccountStatus::dormant);
}

TEST_CASE("a guardian agrees only to the text of today") {
    Family family;
    auto const old =
        roster::give_consent(family.world.db(), family.world.clock, family.guardian, family.child, {"account-0"});
    CHECK(old.error().key == "roster.consent_text_changed");
    CHECK(family.account() == auth::AccountStatus::dormant);
}

TEST_CASE("who answers for a child is shown to those who look after it, and to no technician") {
    Family family;
    auto const& world = family.world;
    auto page = [&](auth::Caller const& caller, core::PersonId id) {
        return roster::person_detail(world.db(), world.clock, caller, id);
    };
    auto list = [&](auth::Caller const& caller, std::string const& kind) {
        return roster::list_people(world.db(), world.clock, caller, {"", kind, "", "", "", 50})->items.size();
    };
    auto const technician = world.caller(world.heba.technician);
    CHECK(page(technician, world.guardian).error().code == core::ErrorCode::not_found);
    CHECK(page(technician, family.child).error().code == core::ErrorCode::not_found);
    CHECK(list(technician, "") == 0);
    auto const subject_teacher = world.teacher(world.heba, 3);
    CHECK(page(subject_teacher, family.child)->guardians.empty());
    CHECK(page(subject_teacher, world.guardian).error().code == core::ErrorCode::not_found);
    CHECK(list(subject_teacher, "guardian") == 0);
    CHECK(list(subject_teacher, "pupil") > 0);
    for (auto const& caller : {world.homeroom(), world.academic(world.heba), world.caller(world.info_office)}) {
        CHECK(page(caller, family.child)->guardians.size() == 1);
        CHECK(page(caller, world.guardian)->children.size() == 1);
        CHECK(list(caller, "guardian") > 0);
    }
    CHECK(page(world.caller(world.heba.homeroom[1]), world.guardian).error().code == core::ErrorCode::not_found);
}
