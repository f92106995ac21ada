// The other version: a plan that was changed at the hub and at the box is shown to its owner side by side.
#include <algorithm>

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
    void change_both(std::string const& at_school = "箱里布置的作业", std::string const& at_home = "在家布置的作业") {
        at_box();
        save(*box, "平行四边形的面积", at_school);
        at_hub();
        save(world.db(), "平行四边形的面积（修改）", at_home);
        push();
        pull();
    }
    void at(sql::Database const& db) {
        if (&db == &*box)
            at_box();
        else
            at_hub();
    }
    /// How many other versions the plan's owner is shown at the box and at the hub.
    std::pair<std::size_t, std::size_t> shown() {
        return {list(*box, world.math()).items.size(), list(world.db(), world.math()).items.size()};
    }
    void dismiss(sql::Database& db) {
        auto const shown = list(db, world.math());
        REQUIRE(shown.items.size() == 1);
        at(db);
        REQUIRE(nodes::dismiss_version(site(db), {world.math()}, shown.items[0].id).has_value());
    }
    nodes::OtherVersionList list(sql::Database& db, auth::Caller const& who) {
        at(db);
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

using Shown = std::pair<std::size_t, std::size_t>;

TEST_CASE("the other version that was let go at the box with the line cut goes at the hub with the line back") {
    TwoStaffRooms places;
    places.change_both();
    CHECK(places.shown() == Shown{1, 1});
    places.dismiss(*places.box);
    CHECK(places.shown() == Shown{0, 1});
    CHECK(places.push().refused == 0);
    CHECK(places.shown() == Shown{0, 0});
    places.pull();
    places.up = "t:0";  // told again, it comes back at neither place
    places.push();
    places.pull();
    CHECK(places.shown() == Shown{0, 0});
    CHECK(count_rows(places.world.db(), "sync_other") == 0);
    CHECK(count_rows(*places.box, "sync_other") == 0);
}

TEST_CASE("the other version that was let go before the hub had heard of it is not shown there") {
    TwoStaffRooms places;
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "箱里布置的作业");
    places.at_hub();
    places.save(places.world.db(), "平行四边形的面积", "在家布置的作业");
    places.pull();
    CHECK(places.shown() == Shown{1, 0});
    places.dismiss(*places.box);
    CHECK(places.push().refused == 0);
    CHECK(places.shown() == Shown{0, 0});
    CHECK(count_rows(places.world.db(), "sync_other") == 0);
}

TEST_CASE("the other version that was let go at the hub goes at the box") {
    TwoStaffRooms places;
    places.change_both();
    places.dismiss(places.world.db());
    CHECK(places.shown() == Shown{1, 0});
    CHECK(places.pull().parked == 0);
    CHECK(places.shown() == Shown{0, 0});
    places.push();
    CHECK(places.shown() == Shown{0, 0});
}

TEST_CASE("the other version that was let go at both places is gone at both, and nobody made anything apart") {
    TwoStaffRooms places;
    places.change_both();
    places.dismiss(*places.box);
    places.dismiss(places.world.db());
    CHECK(places.push().parked == 0);
    CHECK(places.pull().parked == 0);
    CHECK(places.shown() == Shown{0, 0});
    for (auto* db : {&*places.box, &places.world.db()}) {
        CHECK(count_rows(*db, "sync_settled") == 1);
        CHECK(count_rows(*db, "sync_other") == 0);
    }
}

TEST_CASE("another version made after one was let go is shown") {
    TwoStaffRooms places;
    places.change_both();
    places.dismiss(places.world.db());
    places.change_both("箱里又布置的作业", "在家又布置的作业");
    CHECK(places.shown() == Shown{1, 1});
    for (auto* db : {&*places.box, &places.world.db()}) {
        auto const left = places.list(*db, places.world.math());
        REQUIRE(left.items.size() == 1);
        REQUIRE(left.items[0].fields.size() == 2);
        CHECK(left.items[0].fields[1].other == "箱里又布置的作业");
    }
}

TEST_CASE("what was taken over at the box stands at the hub, and the other version goes there, too") {
    TwoStaffRooms places;
    places.change_both();
    auto const owner = places.world.math();
    auto const id = places.list(*places.box, owner).items.at(0).id;
    places.at_box();
    feed::set_clock_correction(3 * 3'600'000);  // hours later
    auto const left = nodes::take_version(places.site(*places.box), {owner}, id, {{"title", "homework"}});
    REQUIRE(left.has_value());
    CHECK(left->items.empty());
    feed::set_clock_correction(0);
    places.at_hub();
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), places.up); });
    CHECK(places.give_hub(test::TwoPlaces::as_sent(batch.changes), {core::system_now().ms + 4 * 3'600'000}).parked ==
          0);
    feed::set_clock_correction(0);
    CHECK(places.plan(places.world.db())->content.homework == "箱里布置的作业");
    CHECK(places.shown() == Shown{0, 0});
}

TEST_CASE("a box lets versions of its own school's things go only") {
    TwoStaffRooms places;
    places.change_both();
    places.dismiss(*places.box);
    places.at_box();
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), places.up); });
    auto const told = test::change_of(batch.changes, "sync.Settled");
    auto const with = [&](std::string const& column, std::string const& value) {
        auto change = told;
        change.id = core::Uuid::make().text();
        change.body.value = "{}";
        change.origin_seq += 1'000;
        auto& rows = change.tables.front();
        for (std::size_t i = 0; i < rows.columns.size(); ++i) {
            if (rows.columns[i] == "id") rows.rows.front()[i] = change.id;
            if (rows.columns[i] == column) rows.rows.front()[i] = value;
        }
        return change;
    };
    places.at_hub();
    teaching::NewPlan wish;
    wish.subject = "14";
    wish.grade = 5;
    wish.title = "另一所学校的教案";
    auto const foreign =
        teaching::create_plan(places.world.db(), places.world.math(), places.world.clock, wish).value().plan.id;
    places.world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE lesson_plan SET school_id = $3 WHERE district_id = $1 AND id = $2", tx.district(), foreign,
                   places.world.jinpen.id);
    });
    CHECK(places.give_hub({with("entity_id", foreign.text())}).refused == 1);
    CHECK(places.give_hub({with("type", "auth.Password")}).refused == 1);
    CHECK(places.give_hub({with("entity_id", "no id")}).refused == 1);
    CHECK(places.give_hub({with("school_id", places.world.jinpen.id.text())}).refused == 1);
    CHECK(count_rows(places.world.db(), "sync_settled") == 0);
    CHECK(places.shown().second == 1);
    // Of a plan that is gone meanwhile nothing is left to look at: nobody is suspected for it.
    CHECK(places.give_hub({with("entity_id", core::Uuid::make().text())}).parked == 0);
}

TEST_CASE("while all is told again after an upgrade, what the hub knew is not shown as another version") {
    TwoStaffRooms places;
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "箱里布置的作业");
    places.push();
    places.reached = places.up;
    places.up = "t:0";
    places.at_hub();
    feed::set_clock_correction(3 * 3'600'000);
    places.save(places.world.db(), "平行四边形的面积", "看过之后在家改的作业");
    feed::set_clock_correction(0);
    auto const batch = places.batch_down();
    CHECK(places.give_box(batch.changes, {core::system_now().ms + 4 * 3'600'000}).parked == 0);
    feed::set_clock_correction(0);
    CHECK(places.plan(*places.box)->content.homework == "看过之后在家改的作业");
    CHECK(places.shown() == Shown{0, 0});
    places.down = batch.cursor;
    places.push();
    CHECK(places.shown() == Shown{0, 0});
}

TEST_CASE("a plan as it was before the feed began is no other version, nor one that says the same") {
    TwoStaffRooms places;
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "箱里布置的作业");
    places.at_hub();
    auto batch =
        places.world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.below(), ""); });
    auto before = *std::ranges::find(batch.changes, places.id.text(), &sync::Change::id);
    before.origin.clear();
    before.origin_seq = before.version = 0;
    CHECK(places.give_box({before}).parked == 0);
    CHECK(places.plan(*places.box)->content.homework == "箱里布置的作业");
    places.at_hub();
    places.save(places.world.db(), "平行四边形的面积", "箱里布置的作业");
    places.push();
    places.pull();
    CHECK(count_rows(*places.box, "sync_other") == 0);
    CHECK(count_rows(places.world.db(), "sync_other") == 0);
}

TEST_CASE("whoever goes on at the other place within the minute has made no other version") {
    TwoStaffRooms places;
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "在学校写的");
    places.push();
    places.at_hub();
    places.save(places.world.db(), "平行四边形的面积", "在家接着写的");
    places.pull();
    CHECK(places.plan(*places.box)->content.homework == "在家接着写的");
    CHECK(places.shown() == Shown{0, 0});
    places.at_box();
    places.save(*places.box, "平行四边形的面积", "又在学校写的");
    places.push();
    CHECK(places.plan(places.world.db())->content.homework == "又在学校写的");
    CHECK(places.shown() == Shown{0, 0});
}

TEST_CASE("a box that replaces a dead one shows the other version, too, and what was let go does not come back") {
    TwoStaffRooms places;
    places.change_both();
    test::TestDatabase fresh;
    auto const known = places.world.read([](sql::Tx& tx) { return roster::district(tx); });
    fresh->transact(test::district, [&](sql::Tx& tx) { roster::set_district(tx, known); });
    auto const snapshot_to = [&](sql::Database& db) {
        std::string cursor;
        for (bool more = true; more;) {
            places.at_hub();
            auto const batch = places.world.transact(
                [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.below(), cursor); });
            places.at_box();
            auto const taken = sync::take(db, test::district, places.shapes, places.above(),
                                          places.as_sent(batch.changes), {core::system_now(), {}, {}, {}});
            CHECK(taken.parked == 0);
            cursor = batch.cursor;
            more = batch.more;
        }
    };
    snapshot_to(*fresh);
    CHECK(count_rows(*fresh, "sync_other") == 1);
    places.dismiss(*places.box);
    snapshot_to(*places.box);  // asked for after an upgrade, before the hub has heard
    CHECK(count_rows(*places.box, "sync_other") == 0);
    places.push();
    snapshot_to(*fresh);
    CHECK(count_rows(*fresh, "sync_other") == 0);
}
