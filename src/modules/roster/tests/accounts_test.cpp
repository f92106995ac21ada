#include <doctest/doctest.h>

#include <algorithm>

#include "modules/roster/service_classes.hpp"
#include "modules/roster/service_consents.hpp"
#include "modules/roster/service_people.hpp"
#include "modules/roster/service_session.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/classroom.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/sign_in.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

auth::Account account(World const& world, core::PersonId who) {
    return world.read([&](sql::Tx& tx) { return auth::accounts_of(tx, {who}).at(0); });
}

core::Result<roster::ConsentAnswer> consent(World const& world, auth::Caller const& caller,
                                            std::vector<core::PersonId> pupils) {
    return roster::record_class_consents(world.db(), world.clock, caller, world.heba.classes[0],
                                         {std::move(pupils), roster::ConsentMethod::paper});
}

core::Result<roster::CodeSlips> slips(World const& world, auth::Caller const& caller, core::OrgId class_id) {
    return roster::issue_slips(world.db(), world.clock, caller, class_id, {});
}

}  // namespace

TEST_CASE("accounts open with the roster: staff numbers, school code with number, a letter for guardians") {
    World world;
    CHECK(account(world, world.heba.teachers[0]).login.size() == 5);
    CHECK(account(world, world.heba.teachers[0]).status == auth::AccountStatus::active);
    CHECK(account(world, world.heba.pupils[0][0]).login == "hb0001");
    CHECK(account(world, world.jinpen.pupils[0][0]).login == "jp0001");
    CHECK(account(world, world.guardian).login == "hb0001p");
}

TEST_CASE("pupils under 14 sleep until a consent is recorded, older ones do not") {
    World world;
    CHECK(account(world, world.heba.pupils[0][0]).status == auth::AccountStatus::dormant);
    CHECK(account(world, world.jinpen.pupils[0][0]).status == auth::AccountStatus::active);
    auto const answer = consent(world, world.homeroom(), {world.heba.pupils[0][0], world.heba.pupils[0][1]});
    REQUIRE(answer.has_value());
    CHECK(answer->recorded == 2);
    CHECK(answer->activated == 2);
    CHECK(account(world, world.heba.pupils[0][0]).status == auth::AccountStatus::active);
    CHECK(account(world, world.heba.pupils[0][2]).status == auth::AccountStatus::dormant);
    CHECK(consent(world, world.homeroom(), {world.heba.pupils[0][0]})->recorded == 0);
}

TEST_CASE("consents are recorded by the class's own homeroom teacher or the office, and for its own pupils") {
    World world;
    auto const pupil = world.heba.pupils[0][0];
    CHECK(consent(world, world.caller(world.heba.homeroom[1]), {pupil}).error().code == core::ErrorCode::forbidden);
    CHECK(consent(world, world.teacher(world.heba, 3), {pupil}).error().code == core::ErrorCode::forbidden);
    CHECK(consent(world, world.caller(world.jinpen.homeroom[0]), {pupil}).error().code == core::ErrorCode::not_found);
    CHECK(consent(world, world.homeroom(), {world.heba.pupils[1][0]}).error().code == core::ErrorCode::not_found);
    CHECK(consent(world, world.caller(world.guardian), {pupil}).error().code == core::ErrorCode::forbidden);
    CHECK(consent(world, world.homeroom(), {}).error().code == core::ErrorCode::invalid);
    CHECK(consent(world, world.academic(world.heba), {pupil}).has_value());
}

TEST_CASE("a withdrawn consent puts the account of a young pupil to sleep") {
    World world;
    auto const pupil = world.heba.pupils[0][0];
    REQUIRE(consent(world, world.homeroom(), {pupil}).has_value());
    REQUIRE(roster::withdraw_consent(world.db(), world.clock, world.homeroom(), pupil).has_value());
    CHECK(account(world, pupil).status == auth::AccountStatus::dormant);
    CHECK(roster::withdraw_consent(world.db(), world.clock, world.homeroom(), pupil).error().key ==
          "roster.no_consent");
}

TEST_CASE("somebody who has turned 14 wakes up when slips are printed") {
    World world;
    auto const pupil = world.heba.pupils[0][0];
    world.clock.set(core::Zone{}.at({2017, 11, 20}, 600));
    auto const printed = slips(world, world.homeroom(), world.heba.classes[0]);
    REQUIRE(printed.has_value());
    CHECK(printed->slips.size() == 4);
    CHECK(account(world, pupil).status == auth::AccountStatus::active);
}

TEST_CASE("slips carry a code for each pupil who may sign in, and say why the others have none") {
    World world;
    REQUIRE(consent(world, world.homeroom(), {world.heba.pupils[0][0]}).has_value());
    auto const printed = slips(world, world.homeroom(), world.heba.classes[0]);
    REQUIRE(printed.has_value());
    CHECK(printed->school_name == "河坝镇中心小学");
    CHECK(printed->class_name == "五(1)班");
    REQUIRE(printed->slips.size() == 1);
    CHECK(printed->slips[0].login == "hb0001");
    CHECK(printed->slips[0].code.size() == 10);
    REQUIRE(printed->skipped.size() == 3);
    CHECK(printed->skipped[0].why == roster::SlipRefusal::consent_needed);
}

TEST_CASE("only the homeroom teacher of that class, the academic office and the information office print slips") {
    World world;
    auto const class_id = world.heba.classes[0];
    for (auto const& who :
         {world.heba.principal, world.heba.teachers[3], world.heba.homeroom[1], world.heba.registry_clerk,
          world.heba.technician, world.leader, world.sysadmin, world.heba.pupils[0][0], world.guardian}) {
        CAPTURE(world.caller(who).name);
        CHECK(slips(world, world.caller(who), class_id).error().code == core::ErrorCode::forbidden);
    }
    CHECK(slips(world, world.academic(world.jinpen), class_id).error().code == core::ErrorCode::not_found);
    CHECK(slips(world, world.academic(world.heba), class_id).has_value());
    CHECK(slips(world, world.caller(world.info_office), class_id).has_value());
}

TEST_CASE("a code from a slip signs in once and must be replaced by a password") {
    World world;
    auto const details = roster::session_details(world.clock);
    auth::Gate gate({.district = world.district(), .clock = &world.clock, .details = details.get()});
    auto const printed = slips(world, world.caller(world.jinpen.homeroom[0]), world.jinpen.classes[0]);
    REQUIRE(printed->slips.size() == 4);
    auto const& slip = printed->slips[0];
    auto const opened = auth::sign_in(world.db(), gate, {slip.login, slip.code, {}}, {"127.0.0.1", "", "test"});
    REQUIRE(opened.has_value());
    auto const caller = auth::check_session(world.db(), gate, opened->token, {"127.0.0.1", "", "test"});
    CHECK(caller->restriction == auth::Restriction::change_password);
    REQUIRE(
        auth::change_password(world.db(), gate, *caller, {"", "lotus-lake-77"}, {"127.0.0.1", "", "test"}).has_value());
    CHECK(slips(world, world.caller(world.jinpen.homeroom[0]), world.jinpen.classes[0])->skipped.at(0).why ==
          roster::SlipRefusal::has_password);
}

TEST_CASE("a homeroom teacher resets the codes of his own pupils, nobody the code of somebody above him") {
    World world;
    auto reset = [&](auth::Caller const& caller, core::PersonId who) {
        return roster::reset_person_code(world.db(), world.clock, caller, who);
    };
    auto const pupil = world.jinpen.pupils[0][0];
    CHECK(reset(world.caller(world.jinpen.homeroom[0]), pupil).has_value());
    CHECK(reset(world.caller(world.jinpen.homeroom[1]), pupil).error().code == core::ErrorCode::forbidden);
    CHECK(reset(world.caller(world.heba.homeroom[0]), pupil).error().code == core::ErrorCode::not_found);
    CHECK(reset(world.homeroom(), world.heba.pupils[0][0]).error().key == "auth.consent_needed");
    CHECK(reset(world.academic(world.heba), world.heba.teachers[3]).has_value());
    CHECK(reset(world.academic(world.heba), world.heba.principal).error().key == "roster.may_not_reset");
    CHECK(reset(world.academic(world.heba), world.heba.academic).error().key == "auth.not_yourself");
    CHECK(reset(world.caller(world.info_office), world.heba.principal).has_value());
    CHECK(reset(world.caller(world.info_office), world.leader).error().key == "roster.may_not_reset");
    CHECK(reset(world.caller(world.info_office), world.secadmin).error().key == "roster.may_not_reset");
}

TEST_CASE("in a computer room a pupil picks his name and types his PIN while the class is open") {
    World world;
    auto const details = roster::session_details(world.clock);
    auth::Gate gate({.district = world.district(), .clock = &world.clock, .details = details.get()});
    auth::Gate::use(&gate);
    auto const class_id = world.jinpen.classes[0];
    auto const pins = roster::issue_class_pins(world.db(), world.clock, world.caller(world.jinpen.homeroom[0]),
                                               class_id, {{world.jinpen.pupils[0][0]}});
    REQUIRE(pins.has_value());
    REQUIRE(pins->slips.size() == 1);
    auth::PupilSignInRequest const request{class_id, pins->slips[0].person_id, pins->slips[0].pin};
    CHECK(auth::sign_in_pupil(world.db(), gate, request, {"127.0.0.1", "", "test"}).has_error());
    CHECK(roster::open_class(world.db(), world.clock, gate, world.teacher(world.heba), class_id, {45}).error().code ==
          core::ErrorCode::not_found);
    CHECK(roster::open_class(world.db(), world.clock, gate, world.caller(world.leader), class_id, {45}).error().code ==
          core::ErrorCode::forbidden);
    auto const opened = roster::open_class(world.db(), world.clock, gate, world.teacher(world.jinpen), class_id, {45});
    REQUIRE(opened.has_value());
    CHECK(opened->without_pin == 3);
    CHECK(auth::sign_in_pupil(world.db(), gate, request, {"127.0.0.1", "", "test"}).has_value());
    auto const page = roster::class_detail(world.db(), world.clock, world.caller(world.jinpen.homeroom[0]), class_id);
    CHECK(page->open_until == opened->closes_at);
    CHECK(page->pupils[0].has_pin == true);
    REQUIRE(roster::close_class(world.db(), world.teacher(world.jinpen), class_id).has_value());
    CHECK(auth::sign_in_pupil(world.db(), gate, request, {"127.0.0.1", "", "test"}).has_error());
    auth::Gate::use(nullptr);
}

TEST_CASE("a class's page shows each caller as much of its pupils as he should know") {
    World world;
    auto page = [&](core::PersonId who) {
        return roster::class_detail(world.db(), world.clock, world.caller(who), world.heba.classes[0]);
    };
    auto const homeroom = page(world.heba.homeroom[0]);
    REQUIRE(homeroom->pupils.size() == 4);
    CHECK(homeroom->pupils[0].account == auth::AccountStatus::dormant);
    CHECK(homeroom->pupils[0].consent_needed == true);
    auto const teacher = page(world.heba.teachers[3]);
    CHECK(teacher->pupils.size() == 4);
    CHECK_FALSE(teacher->pupils[0].account.has_value());
    CHECK(teacher->pupils[0].pupil_number == "hb0001");
    auto const pupil = page(world.heba.pupils[0][2]);
    REQUIRE(pupil->pupils.size() == 1);
    CHECK(pupil->pupils[0].person_id == world.heba.pupils[0][2]);
    CHECK_FALSE(pupil->pupils[0].pupil_number.has_value());
    CHECK(pupil->teachers[0].staff_number.empty());
    auto const guardian = page(world.guardian);
    REQUIRE(guardian->pupils.size() == 1);
    CHECK(guardian->pupils[0].person_id == world.heba.pupils[0][0]);
    CHECK(page(world.leader)->pupils.empty());
    CHECK(page(world.jinpen.principal).error().code == core::ErrorCode::not_found);
    CHECK(page(world.heba.pupils[1][0]).error().code == core::ErrorCode::not_found);
}
