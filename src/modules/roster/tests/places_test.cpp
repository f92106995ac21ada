#include <doctest/doctest.h>

#include <algorithm>

#include "modules/roster/service_people.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/grants.hpp"
#include "platform/auth/sessions.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

bool holds(World const& world, core::PersonId who, auth::Role role, core::OrgId org) {
    auto const grants = world.caller(who).grants;
    return std::ranges::any_of(grants, [&](auth::Grant const& one) { return one.role == role && one.org_id == org; });
}

roster::NewPost post(core::OrgId org, auth::Role kind, std::string subject = "") {
    return {org, kind, std::move(subject), {}, {}, {}};
}

core::Result<roster::PersonDetail> appoint(World const& world, auth::Caller const& caller, core::PersonId who,
                                           roster::NewPost const& body) {
    return roster::start_post(world.db(), world.clock, caller, who, body);
}

}  // namespace

TEST_CASE("a post gives the grant of its role, and its end takes it away") {
    World world;
    auto const who = world.heba.teachers[4];
    auto const principal = world.principal(world.heba);
    auto const made = appoint(world, principal, who, post(world.heba.id, auth::Role::research_head, "13"));
    REQUIRE(made.has_value());
    CHECK(holds(world, who, auth::Role::research_head, world.heba.id));
    auto const& posts = made->posts;
    auto const started = std::ranges::find(posts, auth::Role::research_head, &roster::PostView::kind);
    REQUIRE(started != posts.end());
    REQUIRE(roster::end_post(world.db(), world.clock, principal, who, started->id, {}).has_value());
    CHECK_FALSE(holds(world, who, auth::Role::research_head, world.heba.id));
    CHECK(holds(world, who, auth::Role::teacher, world.heba.id));
}

TEST_CASE("nobody appoints himself, above his own role, in another school, or to a bureau post") {
    World world;
    auto const who = world.heba.teachers[4];
    auto const academic = world.academic(world.heba);
    auto const principal = world.principal(world.heba);
    CHECK(appoint(world, principal, world.heba.principal, post(world.heba.id, auth::Role::teacher)).error().key ==
          "auth.not_yourself");
    CHECK(appoint(world, academic, who, post(world.heba.id, auth::Role::principal)).error().key ==
          "roster.may_not_appoint");
    CHECK(appoint(world, academic, who, post(world.heba.id, auth::Role::academic)).error().key ==
          "roster.may_not_appoint");
    CHECK(appoint(world, principal, who, post(world.jinpen.id, auth::Role::teacher)).error().code ==
          core::ErrorCode::not_found);
    CHECK(appoint(world, world.caller(world.info_office), who, post(world.county, auth::Role::sysadmin)).error().key ==
          "roster.may_not_appoint");
    CHECK(appoint(world, world.teacher(), who, post(world.heba.id, auth::Role::teacher)).error().code ==
          core::ErrorCode::forbidden);
    CHECK(appoint(world, academic, who, post(world.heba.id, auth::Role::homeroom)).error().problems.at(0).key ==
          "roster.post_place");
    CHECK(appoint(world, academic, who, post(world.heba.id, auth::Role::teacher, "98")).error().problems.at(0).key ==
          "roster.subject_unknown");
}

TEST_CASE("two posts with the same role at one school: the end of one leaves the right of the other") {
    World world;
    auto const who = world.heba.teachers[4];
    auto const academic = world.academic(world.heba);
    auto const second = appoint(world, academic, who, post(world.heba.id, auth::Role::teacher, "14"));
    REQUIRE(second.has_value());
    auto const before = world.caller(who).grants.size();
    auto const third = appoint(world, academic, who, post(world.heba.id, auth::Role::teacher, "14"));
    CHECK(world.caller(who).grants.size() == before);
    REQUIRE(roster::end_post(world.db(), world.clock, academic, who, third->posts.front().id, {}).has_value());
    CHECK(world.caller(who).grants.size() == before);
}

TEST_CASE("a transfer moves a pupil's rights and his guardian's to the new class") {
    World world;
    auto const pupil = world.heba.pupils[0][0];
    auto const office = world.caller(world.info_office);
    auto const to = world.mingxin.classes[0];
    auto const made = roster::enrol(world.db(), world.clock, office, pupil, {to, {}});
    REQUIRE(made.has_value());
    REQUIRE(made->enrolments.size() == 2);
    CHECK(made->enrolments[0].school_name == "河坝镇铭新小学");
    CHECK(made->enrolments[1].status == roster::EnrolmentStatus::transferred);
    CHECK(made->enrolments[1].to_date->text() == "2014-11-19");
    CHECK(holds(world, pupil, auth::Role::pupil, to));
    CHECK_FALSE(holds(world, pupil, auth::Role::pupil, world.heba.classes[0]));
    CHECK(holds(world, world.guardian, auth::Role::guardian, to));
    CHECK_FALSE(holds(world, world.guardian, auth::Role::guardian, world.heba.classes[0]));
    auto const old_homeroom =
        roster::person_detail(world.db(), world.clock, world.caller(world.heba.homeroom[1]), pupil);
    CHECK(roster::enrol(world.db(), world.clock, office, pupil, {to, {}}).error().key == "roster.enrolled_there");
    CHECK(roster::enrol(world.db(), world.clock, world.academic(world.jinpen), pupil, {world.jinpen.classes[0], {}})
              .error()
              .code == core::ErrorCode::not_found);
}

TEST_CASE("a pupil who leaves loses his rights and his sessions, and his past stays") {
    World world;
    auto const pupil = world.jinpen.pupils[0][0];
    auto const account = world.caller(pupil).account;
    auth::Gate gate({.district = world.district(), .clock = &world.clock});
    auto const opened = world.transact([&](sql::Tx& tx) {
        return auth::open_session(tx, gate, account, auth::SessionKind::personal, {"127.0.0.1", "", "test"});
    });
    REQUIRE(auth::check_session(world.db(), gate, opened.token, {"127.0.0.1", "", "test"}).has_value());
    auto const academic = world.academic(world.jinpen);
    auto const left = roster::leave(world.db(), world.clock, academic, pupil, {{}, roster::EnrolmentStatus::left});
    REQUIRE(left.has_value());
    CHECK(left->enrolments.front().status == roster::EnrolmentStatus::left);
    CHECK(world.caller(pupil).grants.empty());
    auth::Gate other_node({.district = world.district(), .clock = &world.clock});
    CHECK(auth::check_session(world.db(), other_node, opened.token, {"127.0.0.1", "", "test"}).has_error());
    CHECK(roster::leave(world.db(), world.clock, academic, pupil, {}).error().key == "roster.not_enrolled");
    // He is still found where he was last.
    CHECK(roster::person_detail(world.db(), world.clock, academic, pupil).has_value());
    CHECK(roster::person_detail(world.db(), world.clock, world.academic(world.heba), pupil).has_error());
}

TEST_CASE("a guardian added to a pupil gets an account under the child's number and sees the child") {
    World world;
    auto const pupil = world.heba.pupils[0][1];
    auto const clerk = world.caller(world.heba.registry_clerk);
    roster::NewGuardian body;
    body.name = "王秀英";
    body.phone = "13812345678";
    body.relation = "母亲";
    auto const made = roster::add_guardian(world.db(), world.clock, clerk, pupil, body);
    REQUIRE(made.has_value());
    REQUIRE(made->guardians.size() == 1);
    auto const guardian = made->guardians[0].person_id;
    auto const login = world.read([&](sql::Tx& tx) { return auth::accounts_of(tx, {guardian}).at(0).login; });
    CHECK(login == *made->pupil_number + "p");
    CHECK(roster::person_detail(world.db(), world.clock, world.caller(guardian), pupil).has_value());
    REQUIRE(roster::end_guardianship(world.db(), world.clock, clerk, pupil, made->guardians[0].id).has_value());
    CHECK(world.caller(guardian).grants.empty());
    CHECK(roster::add_guardian(world.db(), world.clock, world.homeroom(), pupil, body).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("somebody who has left can be erased by the district: his key is gone and nothing names him") {
    World world;
    auto const pupil = world.jinpen.pupils[0][1];
    auto const office = world.caller(world.info_office);
    auto erase = [&](auth::Caller const& caller) {
        return roster::erase_person(world.db(), world.clock, caller, pupil, {"家长要求删除"});
    };
    CHECK(erase(office).error().key == "roster.still_here");
    REQUIRE(roster::leave(world.db(), world.clock, office, pupil, {}).has_value());
    CHECK(erase(world.academic(world.jinpen)).error().code == core::ErrorCode::forbidden);
    REQUIRE(erase(office).has_value());
    world.read([&](sql::Tx& tx) {
        auto const left = roster::person(tx, pupil);
        CHECK(left->name == "（已注销）");
        CHECK(left->ended_at.has_value());
        CHECK(auth::accounts_of(tx, {pupil}).at(0).status == auth::AccountStatus::disabled);
    });
    CHECK(roster::look_at_personal(world.db(), world.clock, office, pupil, {"再看一看"}).has_value());
}
