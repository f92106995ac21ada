// Where an order shows what it sends: the public page, the pages of teachers and pupils, the screen in class.
#include <doctest/doctest.h>

#include "modules/push/service_display.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_author.hpp"
#include "modules/resources/service_open.hpp"
#include "modules/teaching/service.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

namespace {

/// A world with a film for everybody, and an order that shows it everywhere.
struct ShownWorld : PushWorld {
    explicit ShownWorld(PushDisplay const& where = {true, true, true}) {
        film = published(teacher(), "给大家的面积", resources::Scope::public_);
        made = order(film_wish(where));
    }
    PushWish film_wish(PushDisplay const& where) const {
        PushWish wish;
        wish.resources = {film};
        wish.schools = {heba.id};
        wish.display = where;
        return wish;
    }
    std::vector<ResourceId> on_portal() const {
        std::vector<ResourceId> ids;
        for (auto const& one : portal_things(desk, district())) ids.push_back(one.id);
        return ids;
    }
    std::vector<ResourceId> in_class(auth::Caller const& who, core::OrgId const& group,
                                     std::string const& subject = "14") const {
        std::vector<ResourceId> ids;
        for (auto const& one : class_things(desk, who, {group.text(), subject, ""}).value().items)
            ids.push_back(one.id);
        return ids;
    }
    std::size_t for_teacher() const { return my_arrivals(desk, teacher()).value().items.size(); }
    std::size_t for_pupil() const { return pupil_arrivals(desk, pupil()).value().items.size(); }
    /// Everywhere at once, or nowhere.
    void check_shown(bool shown) const {
        std::vector<ResourceId> const expected = shown ? std::vector{film} : std::vector<ResourceId>{};
        CHECK(on_portal() == expected);
        CHECK(in_class(teacher(), heba.classes[0]) == expected);
        CHECK(for_teacher() == expected.size());
        CHECK(for_pupil() == expected.size());
    }

    ResourceId film;
    PushOrderView made;
};

}  // namespace

TEST_CASE("one order reaches the public page, teachers, pupils and the screen in class") {
    ShownWorld world;
    world.check_shown(true);
    CHECK(world.made.order.display.portal);
    CHECK(world.made.portal.allowed == 1);
    auto const page = resources::open_items(world.library, world.district(), world.on_portal());
    REQUIRE(page.size() == 1);
    CHECK(page.front().title == "给大家的面积");
    auto const row = class_things(world.desk, world.teacher(), {world.heba.classes[0].text(), "14", ""}).value().items;
    CHECK(row.front().here);
    CHECK(row.front().title == "给大家的面积");
}

TEST_CASE("cancelled, an order is gone everywhere at once") {
    ShownWorld world;
    PushSeen const seen{world.made.order.updated_at};
    REQUIRE(act_on_order(world.desk, world.maths(), world.made.order.id, PushAct::cancel, seen).has_value());
    world.check_shown(false);
}

TEST_CASE("recalled, a thing is gone everywhere at once, before anybody has heard of it") {
    ShownWorld world;
    REQUIRE(
        resources::recall(world.library, world.caller(world.info_office), world.film, {"配乐没有授权"}).has_value());
    world.check_shown(false);
}

TEST_CASE("what its sender does not want somewhere is not there; he may change it, as he saw it") {
    ShownWorld world({false, false, false});
    world.check_shown(false);
    auto const set = [&](PushDisplay const& where, core::Instant seen) {
        return set_display(world.desk, world.maths(), world.made.order.id, {where, seen});
    };
    auto const view = set({true, true, true}, world.made.order.updated_at);
    REQUIRE(view.has_value());
    CHECK(view->order.display.portal);
    world.check_shown(true);
    CHECK(why(set({true, false, true}, world.made.order.updated_at)) == "push.changed");
    auto const changed = set({true, false, true}, view->order.updated_at).value();
    CHECK(world.for_teacher() == 0);
    CHECK(world.for_pupil() == 0);
    CHECK(world.on_portal().size() == 1);
    PushDisplayWish const wish{{}, changed.order.updated_at};
    CHECK(why(set_display(world.desk, world.principal(world.heba), world.made.order.id, wish)) ==
          "push.not_your_subject");
    CHECK(why(set_display(world.desk, world.maths(), OrderId::make(), wish)) == "push.not_found");
}

TEST_CASE("without a word an order shows on people's pages and in class, not on the public page") {
    PushWorld world;
    auto const made = world.order(world.wish());
    CHECK_FALSE(made.order.display.portal);
    CHECK(made.order.display.spaces);
    CHECK(made.order.display.classroom);
    CHECK(portal_things(world.desk, world.district()).empty());
}

TEST_CASE("the public page takes what is public under a licence for everybody, and the sender reads why not") {
    ShownWorld world;
    auto wish = world.wish();
    auto const view = preview(world.desk, world.maths(), wish).value();
    CHECK(view.portal.allowed == 0);
    REQUIRE(view.portal.refused.size() == 3);
    CHECK(view.portal.refused.front().why == "push.portal_not_public");
    CHECK(view.portal.refused.front().title == "平行四边形的面积 资源包");
    wish.display = PushDisplay{true, true, true};
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/display/portal push.nothing_for_portal");
    wish.resources.push_back(world.film);
    auto const mixed = world.order(wish);  // one of them may
    CHECK(mixed.portal.allowed == 1);
    CHECK(world.on_portal() == std::vector{world.film});
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET licence = 'bought' WHERE district_id = $1 AND id = $2", tx.district(),
                   world.film);
    });
    CHECK(world.on_portal().empty());
    CHECK(order_view(world.desk, world.maths(), mixed.order.id).value().portal.refused.back().why ==
          "push.portal_licence");
    auto const plain = world.order(world.wish());
    CHECK(why(set_display(world.desk, world.maths(), plain.order.id, {{true, true, true}, plain.order.updated_at})) ==
          "/display/portal push.nothing_for_portal");
}

TEST_CASE("a pack on the public page stands for what is in it; without it its public parts stand there") {
    PushWorld world;
    auto const pack = world.pack(resources::Scope::public_);
    auto wish = world.wish();
    wish.resources = {pack};
    wish.display = PushDisplay{true, true, true};
    world.order(wish);
    auto const ids = [&] {
        std::vector<ResourceId> found;
        for (auto const& one : portal_things(world.desk, world.district())) found.push_back(one.id);
        return found;
    };
    CHECK(ids() == world.parts);  // a pack is its maker's arrangement, for this region
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET licence = 'cc_by' WHERE district_id = $1 AND id = $2", tx.district(), pack);
    });
    CHECK(ids() == std::vector{pack});
    world.clock.set(world.clock.now().plus_days(61));
    CHECK(ids().empty());
}

TEST_CASE("on the screen of a class stands what is for its grade, subject and school, and nothing of another school") {
    ShownWorld world;
    CHECK(world.in_class(world.teacher(), world.heba.classes[1]).size() == 1);
    CHECK(world.in_class(world.teacher(), world.heba.classes[0], "13").empty());
    CHECK(world.in_class(world.teacher(world.mingxin), world.mingxin.classes[0]).empty());  // grade 3
    auto const query = [&](core::OrgId const& group) { return ClassPushQuery{group.text(), "14", ""}; };
    CHECK(why(class_things(world.desk, world.teacher(world.jinpen), query(world.heba.classes[0]))) == "core.forbidden");
    CHECK(why(class_things(world.desk, world.teacher(), query(core::OrgId::make()))) == "roster.class_not_found");
    CHECK(why(class_things(world.desk, world.teacher(), {"nonsense", "14", ""})) == "roster.class_not_found");
    world.order(world.wish());  // the pack is shown by what is in it
    CHECK(world.in_class(world.teacher(), world.heba.classes[0]).size() == 3);
}

TEST_CASE("things of the chapter that the plan is for stand first on the screen") {
    ShownWorld world;
    world.order(world.wish());
    auto const chapter = world.book.chapters.at(1).id;
    teaching::LessonPlan plan;
    plan.id = teaching::PlanId::make();
    plan.owner_person = world.heba.teachers[0];
    plan.school_id = world.heba.id;
    plan.subject = "14";
    plan.grade = 5;
    plan.chapter_id = chapter;
    plan.made_at = plan.updated_at = world.clock.now();
    world.transact([&](sql::Tx& tx) {
        teaching::write_plans(tx, {{plan}, {}, {}});
        tx.execute("UPDATE resource SET chapter_id = $3 WHERE district_id = $1 AND id = $2", tx.district(),
                   world.parts.at(1), chapter);
        tx.execute("UPDATE resource SET chapter_id = NULL WHERE district_id = $1 AND id = $2", tx.district(),
                   world.film);
    });
    auto const first = [&](std::string const& by) {
        ClassPushQuery const query{world.heba.classes[0].text(), "14", by};
        return class_things(world.desk, world.teacher(), query).value().items.front().id;
    };
    CHECK(first(plan.id.text()) == world.parts.at(1));
    CHECK(first("") != world.parts.at(1));
}

TEST_CASE("a pupil finds what is for his class and fit for pupils, whole, of his own school") {
    ShownWorld world;
    world.order(world.wish());
    CHECK(world.for_pupil() == 3);  // the film and both parts, not the pack
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET kind = 'exercise' WHERE district_id = $1 AND id = $2", tx.district(),
                   world.parts.at(1));
        tx.execute("UPDATE resource SET kind = 'plan' WHERE district_id = $1 AND id = $2", tx.district(),
                   world.parts.at(0));
    });
    CHECK(world.for_pupil() == 1);
    auto const stranger = world.caller(world.jinpen.pupils[0][0]);
    CHECK(pupil_arrivals(world.desk, stranger).value().items.empty());
    CHECK(pupil_arrivals(world.desk, world.teacher()).value().items.empty());  // is in no class
    world.clock.set(world.clock.now().plus_days(15));
    CHECK(world.for_pupil() == 0);
}

TEST_CASE("who answers for a child finds what the child finds, and nothing of anybody else's child") {
    ShownWorld world;
    world.order(world.wish());
    auto const child = world.heba.pupils[0][0];
    auto const mother = world.caller(world.guardian);
    auto const of = [&](auth::Caller const& who, core::PersonId const& whose) {
        return child_arrivals(world.desk, who, whose);
    };
    auto const own = pupil_arrivals(world.desk, world.pupil()).value().items;
    auto const seen = of(mother, child).value().items;
    REQUIRE(seen.size() == 3);
    for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i].resource_id == own.at(i).resource_id);
    CHECK(why(of(mother, world.heba.pupils[0][1])) == "roster.person_not_found");
    CHECK(why(of(mother, world.jinpen.pupils[0][0])) == "roster.person_not_found");
    CHECK(why(of(mother, core::PersonId::make())) == "roster.person_not_found");
    for (auto const& other : {world.caller(world.other_guardian), world.teacher(), world.pupil(), world.nobody()})
        CHECK(why(of(other, child)) == "roster.person_not_found");
    world.clock.set(world.clock.now().plus_days(15));
    CHECK(of(mother, child).value().items.empty());
}

TEST_CASE("at a box what has not come stands in class with the time when it will, and not on the public page") {
    ShownWorld world;
    files::LocalContentStore here(world.folder + "/box");
    world.desk.box = true;
    world.desk.contents = &here;
    world.transact([&](sql::Tx& tx) { tx.execute("DELETE FROM push_receipt WHERE district_id = $1", tx.district()); });
    auto const list = [&] {
        return class_things(world.desk, world.teacher(), {world.heba.classes[0].text(), "14", ""}).value().items;
    };
    REQUIRE(list().size() == 1);
    CHECK_FALSE(list().front().here);
    CHECK(list().front().expected_at.has_value());
    CHECK(world.on_portal().empty());
    CHECK(world.for_pupil() == 0);
    auto const digest = world.read([&](sql::Tx& tx) { return resources::version(tx, world.film, 1)->sha256; });
    here.adopt(*world.contents.open(digest));
    CHECK(list().front().here);
    CHECK(world.on_portal().size() == 1);
}

TEST_CASE("two things with one file: what is left of an order keeps it when the other is recalled") {
    PushWorld world;
    world.give_box(world.heba.id);
    world.transact([&](sql::Tx& tx) {
        auto const file = *resources::version(tx, world.parts.at(0), 1)->file_id;
        tx.execute("UPDATE resource_version SET file_id = $3 WHERE district_id = $1 AND resource_id = $2",
                   tx.district(), world.parts.at(1), file);
    });
    auto const made = world.order(world.wish());
    CHECK(world.rows("push_content") == 1);
    CHECK(made.order.bytes == made.schools.front().bytes_left);
    REQUIRE(resources::recall(world.library, world.caller(world.info_office), world.parts.at(0), {"两件用了同一个文件"})
                .has_value());
    auto const listener = push_listener({{}, &world.contents, &world.clock});
    feed::run_consumer(world.db(), world.district(), *listener);
    CHECK(world.rows("push_content") == 1);
    CHECK(order_view(world.desk, world.maths(), made.order.id).value().order.state == PushState::open);
}

TEST_CASE("what an earlier order brings to a school is not counted again") {
    PushWorld world;
    world.give_box(world.heba.id);
    world.order(world.wish());
    auto wish = world.wish();
    wish.resources = {world.parts.at(0)};
    auto const view = preview(world.desk, world.maths(), wish).value();
    CHECK(view.bytes > 0);
    CHECK(view.bytes_to_send == 0);
    auto const second = world.order(wish);
    CHECK(second.schools.front().bytes_left == 0);
    CHECK(second.schools.front().bytes == second.order.bytes);
    CHECK(second.schools.front().expected_at.has_value());
}
