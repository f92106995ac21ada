// The other version: a plan that was changed at the hub and at the box is shown to its owner side by side.
#include "modules/homework/store.hpp"
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
    nodes::OtherVersionList list(sql::Database& db, auth::Caller const& who, std::string const& language = "zh-CN") {
        at_hub();
        auto const found = nodes::other_versions(site(db), {who, language}, {"teaching.LessonPlan", id.text()});
        REQUIRE(found.has_value());
        return *found;
    }
    std::vector<nodes::OtherVersionThing> things(sql::Database& db, auth::Caller const& who) {
        auto const found = nodes::my_other_versions(site(db), {who});
        REQUIRE(found.has_value());
        return found->items;
    }
    /// A version that did not stay, with one column of it.
    struct OtherTitle {
        std::string type, table, entity, title;
        core::Instant at;
    };
    void keep(OtherTitle const& one) const {
        sync::Change change;
        change.type = one.type;
        change.id = one.entity;
        change.tables = {{one.table, {"id", "title"}, {{one.entity, one.title}}}};
        world.transact([&](sql::Tx& tx) {
            tx.execute(
                "INSERT INTO sync_other (district_id, id, type, entity_id, origin, version, change, at)"
                " VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
                tx.district(), core::Uuid::make(), one.type, one.entity, std::string(test::box_name),
                core::json::write(change), one.at);
        });
    }
    /// The parts of the plan as they are written at a place.
    void write_parts(sql::Database& db, std::vector<teaching::Section> parts) {
        auto content = plan(db)->content;
        content.sections = std::move(parts);
        teaching::SavePlan wish;
        wish.version = plan(db)->version;
        wish.content = content;
        REQUIRE(teaching::save_plan(db, world.math(), world.clock, id, wish).has_value());
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

TEST_CASE("every kind of thing with another version is told to its owner, each once, at both places") {
    TwoStaffRooms places;
    auto const owner = places.world.math();
    auto& hub = places.world.db();
    CHECK(places.things(hub, owner).empty());
    places.change_both();
    places.at_hub();
    auto const told = places.things(hub, owner);
    REQUIRE(told.size() == 1);
    CHECK(told[0].type == "teaching.LessonPlan");
    CHECK(told[0].entity_id == places.id.text());
    CHECK(told[0].title == "平行四边形的面积（修改）");
    CHECK(told[0].made_at_school);

    homework::Homework set;
    set.id = homework::HomeworkId::make();
    set.school_id = places.world.heba.id;
    set.teacher_id = owner.person;
    set.subject = "14";
    set.content.title = "练习二";
    set.set_on = set.content.due_on = places.world.today();
    set.made_at = set.updated_at = places.world.clock.now();
    places.world.transact([&](sql::Tx& tx) { homework::store::insert(tx, {set}); });
    auto const later = core::system_now().plus_days(1);
    places.keep({"homework.Homework", "homework", set.id.text(), "练习三", later});
    places.keep({"homework.Homework", "homework", set.id.text(), "练习四", core::system_now()});
    places.keep({"resources.Resource", "resource", places.world.draft.text(), "箱里的名字", {1}});
    auto const all = places.things(hub, owner);
    REQUIRE(all.size() == 3);
    CHECK(all[0].title == "练习二");  // the newest first
    CHECK(all[0].at == later);
    CHECK(all[1].type == "teaching.LessonPlan");
    CHECK(all[2].type == "resources.Resource");

    for (auto const& other : {places.world.chinese(), places.world.principal(places.world.heba),
                              places.world.teacher(places.world.jinpen), places.world.nobody()})
        CHECK(places.things(hub, other).empty());
    places.world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE homework SET withdrawn_at = 1 WHERE district_id = $1 AND id = $2", tx.district(), set.id);
    });
    CHECK(places.things(hub, owner).size() == 2);  // nothing can be done about what was withdrawn
    auto const version = places.list(hub, owner).items.at(0).id;
    CHECK(nodes::dismiss_version(places.site(hub), {owner}, version).has_value());
    CHECK(places.things(hub, owner).size() == 1);
    places.at_box();
    CHECK(places.things(*places.box, owner).size() == 1);
}

TEST_CASE("of two versions of a plan's parts only those that differ are shown, in words of what differs") {
    TwoStaffRooms places;
    auto& hub = places.world.db();
    auto const part = [](std::string const& key, std::string const& text) {
        teaching::Section one;
        one.key = key;
        one.minutes = 5;
        one.text = text;
        return one;
    };
    places.write_parts(hub,
                       {part("goals", "会算面积"), part("lead_in", "看图"), part("practise", ""), part("own", "")});
    places.pull();
    places.at_box();
    auto longer = part("lead_in", "看图");
    longer.minutes = 8;
    longer.resources = {{places.world.reviewed, 2, 3, true}};
    longer.questions = {{"哪个大？", {"甲", "乙"}, 1}};
    places.write_parts(*places.box, {longer, part("goals", "会用公式"), part("practise", ""), part("sum_up", ""),
                                     part("review", "想一想")});
    places.at_hub();
    places.write_parts(hub,
                       {part("goals", "会推公式"), part("lead_in", "看图"), part("practise", ""), part("own", "")});
    places.push();
    auto const shown = places.list(hub, places.world.math());
    REQUIRE(shown.items.size() == 1);
    REQUIRE(shown.items[0].fields.size() == 1);
    auto const& field = shown.items[0].fields[0];
    CHECK(field.field == "sections");
    CHECK(field.here.empty());
    REQUIRE(field.parts.size() == 4);
    CHECK(field.parts[0].name == "目标");
    CHECK(field.parts[0].here == "会推公式");
    CHECK(field.parts[0].other == "会用公式");
    CHECK(field.parts[1].name == "导入");
    CHECK(field.parts[1].here == "5 分钟");
    auto const title =
        places.world.read([&](sql::Tx& tx) { return resources::resource(tx, places.world.reviewed)->title; });
    CHECK(field.parts[1].other ==
          "8 分钟\n资源：" + title + "（第 2–3 页）（给学生看）\n举手提问：哪个大？\nA 甲\nB 乙 ✓");
    CHECK(field.parts[2].name == "回顾");
    CHECK(field.parts[2].here.empty());
    CHECK(field.parts[2].other == "5 分钟\n想一想");
    CHECK(field.parts[3].name == "环节顺序");
    CHECK(field.parts[3].here == "目标 → 导入 → 练习");
    CHECK(field.parts[3].other == "导入 → 目标 → 练习");
    CHECK(places.list(hub, places.world.math(), "en").items[0].fields[0].parts[0].name == "Goals");
    auto const id = shown.items[0].id;
    auto const left = nodes::take_version(places.site(hub), {places.world.math()}, id, {{"sections"}});
    REQUIRE(left.has_value());
    CHECK(left->items.empty());
    CHECK(places.plan(hub)->content.sections.at(4).text == "想一想");
}
