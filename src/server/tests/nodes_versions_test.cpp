// The other version: a plan that was changed at the hub and at the box is shown to its owner side by side.
#include "modules/nodes/service_versions.hpp"
#include "modules/teaching/service_plans.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

struct TwoStaffRooms : test::TwoPlacesOf<test::Classroom> {
    core::FixedClock machine{core::system_now()};
    teaching::PlanId id;

    nodes::Site site(sql::Database& db) {
        return {db, machine, world.clock, shapes, world.World::folder() + "/keys", "0.2.0", false};
    }
    /// A plan of the hub that both places have.
    TwoStaffRooms() {
        at_hub();
        teaching::NewPlan wish;
        wish.subject = "14";
        wish.grade = 5;
        wish.title = "平行四边形的面积";
        id = teaching::create_plan(world.db(), world.math(), world.clock, wish).value().plan.id;
        pull();
    }
    std::optional<teaching::LessonPlan> plan(sql::Database& db) {
        return db.read(test::district, [&](sql::Tx& tx) { return teaching::plan(tx, id); });
    }
    void save(sql::Database& db, std::string const& title, std::string const& homework) {
        auto content = plan(db)->content;
        content.title = title;
        content.homework = homework;
        teaching::SavePlan wish;
        wish.version = plan(db)->version;
        wish.content = content;
        REQUIRE(teaching::save_plan(db, world.math(), world.clock, id, wish).has_value());
    }
    /// First at the box, then at the hub: the hub's stays.
    void change_both() {
        at_box();
        save(*box, "平行四边形的面积", "箱里布置的作业");
        at_hub();
        save(world.db(), "平行四边形的面积（修改）", "在家布置的作业");
        push();
        pull();
    }
    nodes::OtherVersionList list(sql::Database& db, auth::Caller const& who) {
        at_hub();
        auto const found = nodes::other_versions(site(db), {who}, {"teaching.LessonPlan", id.text()});
        REQUIRE(found.has_value());
        return *found;
    }
};

}  // namespace

TEST_CASE("a plan changed at both places is shown to its owner field by field, and what he misses is taken over") {
    TwoStaffRooms places;
    places.change_both();
    auto const owner = places.world.math();
    auto& hub = places.world.db();
    auto const shown = places.list(hub, owner);
    REQUIRE(shown.items.size() == 1);
    CHECK(shown.items[0].made_at_school);
    CHECK(shown.items[0].may_take);
    REQUIRE(shown.items[0].fields.size() == 2);
    CHECK(shown.items[0].fields[0].field == "title");
    CHECK(shown.items[0].fields[1].here == "在家布置的作业");
    CHECK(shown.items[0].fields[1].other == "箱里布置的作业");
    CHECK(count_rows(*places.box, "sync_other") == 1);

    places.at_hub();
    auto const id = shown.items[0].id;
    auto const before = places.plan(hub)->version;
    auto const left = nodes::take_version(places.site(hub), {owner}, id, {{"homework"}});
    REQUIRE(left.has_value());
    CHECK(places.plan(hub)->content.homework == "箱里布置的作业");
    CHECK(places.plan(hub)->content.title == "平行四边形的面积（修改）");
    CHECK(places.plan(hub)->version == before + 1);
    REQUIRE(left->items.size() == 1);
    CHECK(left->items[0].fields.size() == 1);
    places.pull();
    CHECK(places.plan(*places.box)->content.homework == "箱里布置的作业");
    places.at_hub();
    CHECK(nodes::dismiss_version(places.site(hub), {owner}, id)->items.empty());
    CHECK(count_rows(hub, "sync_other") == 0);
}

TEST_CASE("what was changed at the box with the line cut, hours before the hub's version, is shown at both places") {
    TwoStaffRooms places;
    constexpr std::int64_t hours = 3 * 3'600'000;
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "箱里布置的作业");
    places.at_hub();
    feed::set_clock_correction(hours);
    places.save(places.world.db(), "平行四边形的面积", "在家布置的作业");
    feed::set_clock_correction(0);
    places.pull();
    CHECK(places.push().refused == 0);
    CHECK(places.plan(*places.box)->content.homework == "在家布置的作业");
    CHECK(count_rows(*places.box, "sync_other") == 1);
    auto const shown = places.list(places.world.db(), places.world.math());
    REQUIRE(shown.items.size() == 1);
    CHECK(shown.items[0].made_at_school);
    REQUIRE(shown.items[0].fields.size() == 1);
    CHECK(shown.items[0].fields[0].other == "箱里布置的作业");
    places.up = "t:0";  // told again, it stands there once
    places.push();
    CHECK(count_rows(places.world.db(), "sync_other") == 1);
}

TEST_CASE("the other version is for its owner only, and only what differs is taken over") {
    TwoStaffRooms places;
    places.change_both();
    auto& hub = places.world.db();
    auto const owner = places.world.math();
    auto const id = places.list(hub, owner).items.at(0).id;
    for (auto const& other :
         {places.world.chinese(), places.world.principal(places.world.heba), places.world.teacher(places.world.jinpen),
          places.world.caller(places.world.sysadmin), places.world.nobody()}) {
        CHECK(places.list(hub, other).items.empty());
        CHECK(nodes::take_version(places.site(hub), {other}, id, {{"title"}}).error().key == "nodes.version_unknown");
        CHECK(nodes::dismiss_version(places.site(hub), {other}, id).error().key == "nodes.version_unknown");
    }
    auto const take = [&](nodes::TakeOver const& wish) {
        return nodes::take_version(places.site(hub), {owner}, id, wish);
    };
    CHECK(take({}).error().key == "core.invalid_input");
    CHECK(take({{"owner_person"}}).error().key == "core.invalid_input");
    CHECK(take({{"hours"}}).error().key == "core.invalid_input");
    CHECK(nodes::take_version(places.site(hub), {owner}, core::Uuid::make(), {{"title"}}).error().key ==
          "nodes.version_unknown");
    CHECK(nodes::other_versions(places.site(hub), {owner}, {"auth.Password", owner.account.text()})->items.empty());
    CHECK(nodes::other_versions(places.site(hub), {owner}, {"no.Such", "x"})->items.empty());
}

TEST_CASE("what is not there any more takes nothing over") {
    TwoStaffRooms places;
    places.change_both();
    auto const owner = places.world.math();
    auto& hub = places.world.db();
    places.at_hub();
    auto const id = places.list(hub, owner).items.at(0).id;
    REQUIRE(teaching::remove_plan(hub, owner, places.world.clock, places.id).has_value());
    CHECK(nodes::take_version(places.site(hub), {owner}, id, {{"title"}}).error().key == "nodes.version_closed");
}
