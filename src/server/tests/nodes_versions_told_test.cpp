// What the owner of things changed at both places is told: which they are, and of a plan's parts those that differ.
#include "modules/homework/store.hpp"
#include "modules/nodes/service_versions.hpp"
#include "modules/teaching/service_plans.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "two_places.hpp"

using namespace santong;

namespace {

struct TwoDesks : test::TwoPlacesOf<test::Classroom> {
    core::FixedClock machine{core::system_now()};
    teaching::PlanId id;

    nodes::Site site(sql::Database& db) {
        return {db, machine, world.clock, shapes, world.World::folder() + "/keys", "0.2.0", false};
    }
    /// A plan of the hub that both places have.
    TwoDesks() {
        at_hub();
        teaching::NewPlan wish;
        wish.subject = "14";
        wish.grade = 5;
        wish.title = "平行四边形的面积";
        id = teaching::create_plan(world.db(), world.math(), world.clock, wish).value().plan.id;
        pull();
    }
    template <class Change>
    void save(sql::Database& db, Change const& change) {
        auto const plan = db.read(test::district, [&](sql::Tx& tx) { return teaching::plan(tx, id); });
        teaching::SavePlan wish;
        wish.version = plan->version;
        wish.content = plan->content;
        change(wish.content);
        REQUIRE(teaching::save_plan(db, world.math(), world.clock, id, wish).has_value());
    }
    void write_parts(sql::Database& db, std::vector<teaching::Section> const& parts) {
        save(db, [&](teaching::PlanContent& content) { content.sections = parts; });
    }
    /// First at the box, then at the hub: the hub's stays.
    void change_both() {
        at_box();
        save(*box, [](teaching::PlanContent& content) { content.homework = "箱里布置的作业"; });
        at_hub();
        save(world.db(), [](teaching::PlanContent& content) { content.title = "平行四边形的面积（修改）"; });
        push();
        pull();
    }
    nodes::OtherVersionList list(std::string const& language = "zh-CN") {
        at_hub();
        auto const found =
            nodes::other_versions(site(world.db()), {world.math(), language}, {"teaching.LessonPlan", id.text()});
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
};

}  // namespace

TEST_CASE("every kind of thing with another version is told to its owner, each once, at both places") {
    TwoDesks places;
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
    auto const version = places.list().items.at(0).id;
    CHECK(nodes::dismiss_version(places.site(hub), {owner}, version).has_value());
    CHECK(places.things(hub, owner).size() == 1);
    places.at_box();
    CHECK(places.things(*places.box, owner).size() == 1);
}

TEST_CASE("of two versions of a plan's parts only those that differ are shown, in words of what differs") {
    TwoDesks places;
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
    auto const shown = places.list();
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
    CHECK(places.list("en").items[0].fields[0].parts[0].name == "Goals");
    auto const id = shown.items[0].id;
    auto const left = nodes::take_version(places.site(hub), {places.world.math()}, id, {{"sections"}});
    REQUIRE(left.has_value());
    CHECK(left->items.empty());
    auto const plan = places.world.read([&](sql::Tx& tx) { return teaching::plan(tx, places.id); });
    CHECK(plan->content.sections.at(4).text == "想一想");
}
