#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "classroom.hpp"
#include "modules/teaching/service_records.hpp"

using namespace santong;
using teaching::ChapterState;
using teaching::Readiness;
using teaching::Sharing;
using test::Classroom;

namespace {

teaching::NewPlan wish_for(Classroom const& room) {
    teaching::NewPlan wish;
    wish.title = "平行四边形的面积";
    wish.chapter_id = room.first_chapter;
    return wish;
}

teaching::PlanView made(Classroom& room) {
    auto const plan = teaching::create_plan(room.db(), room.math(), room.clock, wish_for(room));
    REQUIRE(plan.has_value());
    return *plan;
}

std::string key_of(core::Error const& error) {
    return error.problems.empty() ? error.key : error.problems[0].key;
}

}  // namespace

TEST_CASE("a plan is made from a template for a chapter, and knows how far it is by itself") {
    Classroom room;
    auto plan = made(room);
    CHECK(plan.plan.subject == "14");
    CHECK(plan.plan.grade == 5);
    CHECK(plan.chapter_title == "平行四边形的面积");
    CHECK(plan.plan.readiness == Readiness::empty);
    CHECK(teaching::minutes_of(plan.plan.content) == 40);
    teaching::SavePlan save{1, plan.plan.content, Sharing::own};
    save.content.sections[0].text = "会用 S = ah 算面积。";
    auto const half = teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, save);
    CHECK(half->plan.readiness == Readiness::half);
    CHECK(room.plan_with_resource().plan.readiness == Readiness::ready);
}

TEST_CASE("what cannot be saved is refused with its place") {
    Classroom room;
    auto const plan = made(room);
    auto const refused = [&](auto change) {
        teaching::SavePlan save{1, plan.plan.content, Sharing::own};
        change(save.content);
        auto const outcome = teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, save);
        REQUIRE(outcome.has_error());
        return outcome.error().problems.at(0).pointer;
    };
    CHECK(refused([](auto& content) { content.title = " "; }) == "/content/title");
    CHECK(refused([](auto& content) { content.hours = 0; }) == "/content/hours");
    CHECK(refused([](auto& content) { content.sections[1].minutes = -1; }) == "/content/sections/1/minutes");
    CHECK(refused([](auto& content) { content.sections[1].questions.push_back({"变不变？", {"变"}, {}}); }) ==
          "/content/sections/1/questions/0/options");
    CHECK(refused([&](auto& content) { content.sections[2].resources.push_back({room.elsewhere, {}, {}, false}); }) ==
          "/content/sections/2/resources/0");
    CHECK(refused([](auto& content) { content.sections.resize(21); }) == "/content/sections");
    auto wish = wish_for(room);
    wish.title = "";
    CHECK(key_of(teaching::create_plan(room.db(), room.math(), room.clock, wish).error()) == "teaching.title_missing");
    wish = wish_for(room);
    wish.usual = "no.such";
    CHECK(teaching::create_plan(room.db(), room.math(), room.clock, wish).error().key == "teaching.template_not_found");
    wish = wish_for(room);
    wish.chapter_id = resources::ChapterId::make();
    CHECK(key_of(teaching::create_plan(room.db(), room.math(), room.clock, wish).error()) ==
          "teaching.chapter_not_found");
    wish = {"标题", "", 5, {}, {}, {}, {}};
    CHECK(key_of(teaching::create_plan(room.db(), room.math(), room.clock, wish).error()) ==
          "teaching.subject_missing");
    wish = {"标题", "14", 13, {}, {}, {}, {}};
    CHECK(key_of(teaching::create_plan(room.db(), room.math(), room.clock, wish).error()) ==
          "teaching.grade_out_of_range");
    wish = wish_for(room);
    wish.lesson_ids = {room.lesson(2, 3)};
    CHECK(teaching::create_plan(room.db(), room.math(), room.clock, wish).error().key == "teaching.lesson_not_found");
    CHECK(teaching::create_plan(room.db(), room.pupil(), room.clock, wish_for(room)).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("two windows that edit one plan: the second is told, both versions are there, nothing is lost") {
    Classroom room;
    auto const plan = made(room);
    teaching::SavePlan first{1, plan.plan.content, Sharing::own};
    first.content.homework = "课本第 90 页";
    auto second = first;
    second.content.homework = "画一个平行四边形";
    REQUIRE_FALSE(teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, first)->yours.has_value());
    auto const again = teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, first);
    CHECK_FALSE(again->yours.has_value());
    CHECK(again->plan.version == 2);
    auto const met = teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, second);
    REQUIRE(met.has_value());
    REQUIRE(met->yours.has_value());
    CHECK(met->plan.content.homework == "课本第 90 页");
    CHECK(met->yours->content.homework == "画一个平行四边形");
    auto settled = second;
    settled.version = met->plan.version;
    REQUIRE_FALSE(teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, settled)->yours.has_value());
    auto const both = teaching::plan_versions(room.db(), room.math(), plan.plan.id);
    CHECK(std::ranges::any_of(*both, [](auto const& one) { return one.content.homework == "课本第 90 页"; }));
    auto const history = teaching::plan_versions(room.db(), room.math(), plan.plan.id);
    auto const kept = std::ranges::find(*history, teaching::PlanVersionKind::unmerged, &teaching::PlanVersion::kind);
    REQUIRE(kept != history->end());
    CHECK(teaching::restore_version(room.db(), room.math(), room.clock, plan.plan.id, kept->id, {2}).error().key ==
          "teaching.plan_changed");
    auto const restored = teaching::restore_version(room.db(), room.math(), room.clock, plan.plan.id, kept->id, {3});
    REQUIRE(restored.has_value());
    CHECK(restored->plan.content.homework == "画一个平行四边形");
    CHECK(restored->plan.version == 4);
    CHECK(teaching::restore_version(room.db(), room.math(), room.clock, plan.plan.id, teaching::PlanVersionId::make(),
                                    {4})
              .error()
              .key == "teaching.version_not_found");
}

TEST_CASE("saves of ten minutes are one entry of the history") {
    Classroom room;
    auto plan = made(room).plan;
    for (int i = 0; i < 5; ++i) {
        room.clock.set(room.clock.now().plus_seconds(20));
        plan.content.homework += "。";
        plan =
            teaching::save_plan(room.db(), room.math(), room.clock, plan.id, {plan.version, plan.content, Sharing::own})
                ->plan;
    }
    CHECK(teaching::plan_versions(room.db(), room.math(), plan.id)->size() == 1);
    room.go_to(20, 10, 11);
    plan.content.homework += "！";
    REQUIRE(teaching::save_plan(room.db(), room.math(), room.clock, plan.id, {plan.version, plan.content, Sharing::own})
                .has_value());
    CHECK(teaching::plan_versions(room.db(), room.math(), plan.id)->size() == 2);
}

TEST_CASE("a named version stands apart from what is saved by itself, and its owner gets back to it") {
    Classroom room;
    auto plan = made(room).plan;
    auto const save = [&](char const* homework) {
        room.clock.set(room.clock.now().plus_seconds(20));
        plan.content.homework = homework;
        plan =
            teaching::save_plan(room.db(), room.math(), room.clock, plan.id, {plan.version, plan.content, Sharing::own})
                ->plan;
    };
    auto const name = [&](auth::Caller const& who, char const* text, std::int64_t version) {
        return teaching::name_version(room.db(), who, room.clock, plan.id, {version, text});
    };
    auto const all = [&] { return *teaching::plan_versions(room.db(), room.math(), plan.id); };
    save("第 1 题");
    auto const first = name(room.math(), " 公开课第一稿 ", plan.version);
    REQUIRE(first.has_value());
    CHECK(first->name == "公开课第一稿");
    CHECK(all().size() == 1);
    save("第 2 题");
    save("第 3 题");
    CHECK(all().size() == 2);  // folded among themselves, not into the named one
    auto const second = name(room.math(), "公开课第二稿", plan.version);
    CHECK(name(room.math(), "给县里的", plan.version)->content.homework == "第 3 题");
    CHECK(all().size() == 3);
    CHECK(name(room.math(), "  ", plan.version).error().problems.at(0).key == "teaching.version_name_missing");
    CHECK(name(room.math(), std::string(200, 'x').c_str(), plan.version).error().problems.at(0).key ==
          "teaching.text_too_long");
    CHECK(name(room.math(), "旧的", 1).error().key == "teaching.plan_changed");
    CHECK(name(room.chinese(), "同事的", plan.version).error().key == "teaching.plan_not_found");
    CHECK(name(room.teacher(room.jinpen, 0), "外校的", plan.version).error().key == "teaching.plan_not_found");

    auto const back = teaching::restore_version(room.db(), room.math(), room.clock, plan.id, first->id, {plan.version});
    REQUIRE(back.has_value());
    CHECK(back->plan.content.homework == "第 1 题");
    auto const rename = [&](auth::Caller const& who, teaching::PlanVersionId const& id, char const* text) {
        return teaching::rename_version(room.db(), who, plan.id, id, {text});
    };
    CHECK(rename(room.math(), second->id, "").value().name.empty());
    CHECK(rename(room.math(), second->id, "第二稿").value().name == "第二稿");
    CHECK(rename(room.math(), teaching::PlanVersionId::make(), "无").error().key == "teaching.version_not_found");
    CHECK(rename(room.chinese(), second->id, "同事的").error().key == "teaching.plan_not_found");
    CHECK(std::ranges::count_if(all(), [](auto const& one) { return !one.name.empty(); }) == 3);
}

TEST_CASE("a colleague reads and copies a shared plan, never changes it; another school sees nothing") {
    Classroom room;
    auto plan = room.plan_with_resource().plan;
    CHECK(teaching::plan_view(room.db(), room.chinese(), room.clock, plan.id).error().key == "teaching.plan_not_found");
    REQUIRE(
        teaching::save_plan(room.db(), room.math(), room.clock, plan.id, {plan.version, plan.content, Sharing::school})
            .has_value());
    auto const seen = teaching::plan_view(room.db(), room.chinese(), room.clock, plan.id);
    REQUIRE(seen.has_value());
    CHECK_FALSE(seen->mine);
    CHECK(teaching::save_plan(room.db(), room.chinese(), room.clock, plan.id,
                              {plan.version + 1, plan.content, Sharing::own})
              .error()
              .key == "teaching.plan_not_found");
    CHECK(teaching::plan_versions(room.db(), room.chinese(), plan.id).error().key == "teaching.plan_not_found");
    CHECK(teaching::remove_plan(room.db(), room.chinese(), room.clock, plan.id).error().key ==
          "teaching.plan_not_found");
    auto const copy = teaching::copy_plan(room.db(), room.chinese(), room.clock, plan.id, {{room.lesson(2, 3)}});
    REQUIRE(copy.has_value());
    CHECK(copy->mine);
    CHECK(copy->lessons.size() == 1);
    CHECK(copy->resources.size() == 1);
    auto const elsewhere = room.teacher(room.jinpen);
    CHECK(teaching::plan_view(room.db(), elsewhere, room.clock, plan.id).error().key == "teaching.plan_not_found");
    CHECK(teaching::copy_plan(room.db(), elsewhere, room.clock, plan.id, {}).error().key == "teaching.plan_not_found");
    CHECK(teaching::plans(room.db(), room.chinese(), {true, {}, {}, {}, {}, {}, {}})->items.size() == 2);
    CHECK(teaching::plans(room.db(), room.chinese(), {})->items.size() == 1);
    teaching::PlanQuery colleagues;
    colleagues.colleagues = true;
    auto const shared = teaching::plans(room.db(), room.chinese(), colleagues)->items;
    REQUIRE(shared.size() == 1);
    CHECK(shared[0].id == plan.id);
    CHECK_FALSE(shared[0].mine);
    CHECK(teaching::plans(room.db(), room.math(), colleagues)->items.empty());
    CHECK(teaching::plans(room.db(), elsewhere, colleagues)->items.empty());
    CHECK(teaching::plans(room.db(), elsewhere, {true, {}, {}, {}, {}, {}, {}})->items.empty());
}

TEST_CASE("a plan is linked to lessons, a lesson has one plan, and a removed plan frees them") {
    Classroom room;
    auto const first = room.plan_with_resource({room.lesson(1, 3), room.lesson(2, 4)});
    CHECK(first.lessons.size() == 2);
    auto const second = room.plan_with_resource({room.lesson(1, 3)});
    auto const upcoming = teaching::lessons_to_prepare(room.db(), room.math(), room.clock);
    REQUIRE(upcoming.has_value());
    for (auto const& one : *upcoming) {
        if (one.lesson.id == room.lesson(1, 3)) CHECK(one.plan_id == second.plan.id);
        if (one.lesson.id == room.lesson(2, 4)) CHECK(one.plan_id == first.plan.id);
    }
    CHECK(
        teaching::link_lessons(room.db(), room.math(), room.clock, second.plan.id, {{room.lesson(2, 3)}}).error().key ==
        "teaching.lesson_not_found");
    CHECK(teaching::link_lessons(room.db(), room.math(), room.clock, second.plan.id, {})->lessons.empty());
    REQUIRE(teaching::remove_plan(room.db(), room.math(), room.clock, first.plan.id).has_value());
    CHECK(teaching::plan_view(room.db(), room.math(), room.clock, first.plan.id).error().key ==
          "teaching.plan_not_found");
}

TEST_CASE("the chapter tree says what is taught, ready, half or missing, and where resources are missing") {
    Classroom room;
    auto const plan = room.plan_with_resource({room.lesson(1, 3)});
    auto const tree = teaching::prepare_tree(room.db(), room.math(), room.clock, {});
    REQUIRE(tree.has_value());
    CHECK(tree->textbook_id == room.book);
    REQUIRE(tree->chapters.size() == 3);
    CHECK_FALSE(tree->chapters[0].leaf);
    CHECK(tree->chapters[0].done == 1);
    CHECK(tree->chapters[0].total == 2);
    CHECK(tree->chapters[1].state == ChapterState::ready);
    CHECK(tree->chapters[1].plan_id == plan.plan.id);
    CHECK_FALSE(tree->chapters[1].missing_resources);
    CHECK(tree->chapters[2].state == ChapterState::none);
    CHECK(tree->chapters[2].missing_resources);
    CHECK(tree->hours == 3);
    CHECK(tree->prepared_hours == 1);
    room.go_to(20, 11, 1);
    room.transact([&](sql::Tx& tx) { timetable::close_lessons(tx, room.clock.now()); });
    CHECK(teaching::prepare_tree(room.db(), room.math(), room.clock, room.book)->chapters[1].state ==
          ChapterState::taught);
    CHECK(teaching::prepare_tree(room.db(), room.math(), room.clock, resources::TextbookId::make()).error().key ==
          "teaching.textbook_not_found");
}

TEST_CASE("the school's templates are made by its research head and used by its teachers") {
    Classroom room;
    auto plan = room.plan_with_resource().plan;
    CHECK(teaching::add_template(room.db(), room.math(), room.clock, {"本校新授课", plan.id, false}).error().code ==
          core::ErrorCode::forbidden);
    REQUIRE(
        teaching::save_plan(room.db(), room.math(), room.clock, plan.id, {plan.version, plan.content, Sharing::school})
            .has_value());
    auto const head = room.research_head(room.heba);
    CHECK(key_of(teaching::add_template(room.db(), head, room.clock, {" ", plan.id, false}).error()) ==
          "teaching.title_missing");
    auto const made = teaching::add_template(room.db(), head, room.clock, {"本校新授课", plan.id, false});
    REQUIRE(made.has_value());
    CHECK(made->sections.at(1).text.empty());
    CHECK(made->sections.at(1).resources.empty());
    CHECK(teaching::templates(room.db(), room.math(), "14")->own.size() == 1);
    CHECK(teaching::templates(room.db(), room.math(), "13")->own.empty());
    CHECK(teaching::templates(room.db(), room.teacher(room.jinpen), "14")->own.empty());
    auto wish = wish_for(room);
    wish.template_id = made->id;
    CHECK(teaching::create_plan(room.db(), room.math(), room.clock, wish)->plan.content.sections.size() ==
          made->sections.size());
    CHECK(teaching::create_plan(room.db(), room.teacher(room.jinpen), room.clock, wish).error().key ==
          "teaching.template_not_found");
    CHECK(teaching::remove_template(room.db(), room.math(), made->id).error().key == "teaching.template_not_found");
    CHECK(teaching::remove_template(room.db(), head, made->id).has_value());
}

TEST_CASE("a teacher's day has his lessons, their plans, and what waits for him") {
    Classroom room;
    room.plan_with_resource({room.lesson(1, 3)});
    auto const day = teaching::teacher_today(room.db(), room.math(), room.clock);
    REQUIRE(day.has_value());
    CHECK(day->week == 12);
    REQUIRE(day->lessons.size() == 3);
    CHECK(day->next == room.lesson(1, 3));
    REQUIRE(day->lessons[1].plan.has_value());
    CHECK(day->lessons[1].plan->readiness == Readiness::ready);
    CHECK_FALSE(day->running.has_value());
    REQUIRE(day->tasks.size() == 1);
    CHECK(day->tasks[0].kind == teaching::TaskKind::plan_missing);
    CHECK(day->tasks[0].id == room.lesson(2, 4).text());
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    CHECK(teaching::teacher_today(room.db(), room.math(), room.clock)->running == id);
    room.go_to(27, 8, 0);
    auto const later = teaching::teacher_today(room.db(), room.math(), room.clock);
    auto const due = std::ranges::find(later->tasks, teaching::TaskKind::records_due, &teaching::Task::kind);
    REQUIRE(due != later->tasks.end());
    CHECK(due->week == 12);
}

TEST_CASE("a pupil finds the day's lessons and what his teachers gave, once the lesson has begun") {
    Classroom room;
    room.plan_with_resource({room.lesson(1, 3)});
    auto const before = teaching::pupil_today(room.db(), room.pupil(), room.clock);
    REQUIRE(before.has_value());
    CHECK(before->class_name == "五(1)班");
    CHECK(before->lessons.size() == 2);
    CHECK(before->resources.empty());
    room.go_to(20, 10, 21);
    auto const during = teaching::pupil_today(room.db(), room.pupil(), room.clock);
    REQUIRE(during->resources.size() == 1);
    CHECK(during->resources[0].resource.title == "数方格");
    CHECK(teaching::pupil_today(room.db(), room.caller(room.heba.pupils[1][0]), room.clock)->resources.empty());
    CHECK(teaching::pupil_today(room.db(), room.math(), room.clock).error().key == "teaching.no_class");
}

TEST_CASE("a pupil finds again what stood on the class's screen, but no draft and nothing of a discarded record") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.draft);
    room.show(id, room.reviewed);
    auto const shown = [&](core::PersonId const& pupil) {
        return teaching::pupil_today(room.db(), room.caller(pupil), room.clock)->shown;
    };
    auto const mine = shown(room.heba.pupils[0][0]);
    REQUIRE(mine.size() == 1);
    CHECK(mine[0].resource.id == room.reviewed);
    CHECK(mine[0].subject == "14");
    CHECK(mine[0].date == room.today());
    CHECK(shown(room.heba.pupils[1][0]).empty());
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    REQUIRE(teaching::discard(room.db(), room.math(), room.clock, id, {""}).has_value());
    CHECK(shown(room.heba.pupils[0][0]).empty());
}

TEST_CASE("what the teacher gave stands once on a pupil's page, though the class has seen it too") {
    Classroom room;
    room.plan_with_resource({room.lesson(1, 3)});
    room.go_to(20, 10, 20);
    room.show(room.open().session.id, room.reviewed);
    auto const day = teaching::pupil_today(room.db(), room.pupil(), room.clock);
    CHECK(day->resources.size() == 1);
    CHECK(day->shown.empty());
}

TEST_CASE("plans that were saved in one moment are each on one page") {
    Classroom room;
    std::set<std::string> made_ids, seen;
    for (int n = 0; n < 7; ++n) made_ids.insert(made(room).plan.id.text());
    teaching::PlanQuery query;
    query.limit = 3;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        auto const page = teaching::plans(room.db(), room.math(), query);
        REQUIRE(page.has_value());
        for (auto const& brief : page->items) CHECK(seen.insert(brief.id.text()).second);
        more = page->next.has_value();
        query.after = page->next;
    }
    CHECK(pages >= 3);
    CHECK(std::includes(seen.begin(), seen.end(), made_ids.begin(), made_ids.end()));
    query.after = "somewhere";
    CHECK(teaching::plans(room.db(), room.math(), query).error().problems.at(0).key == "teaching.bad_page_key");
}

TEST_CASE(
    "a resource that was recalled stays in the plan as a gap with its name and the reason, for those it was for") {
    Classroom room;
    auto const plan = room.plan_with_resource();
    room.transact([&](sql::Tx& tx) {
        return tx.execute(
            "UPDATE resource SET state = 'recalled', recalled_reason = '图片没有授权'"
            " WHERE district_id = $1 AND id = $2",
            tx.district(), room.reviewed);
    });
    auto const seen = teaching::plan_view(room.db(), room.math(), room.clock, plan.plan.id);
    REQUIRE(seen.has_value());
    REQUIRE(seen->resources.size() == 1);
    CHECK_FALSE(seen->resources[0].readable);
    CHECK(seen->resources[0].title == "数方格");
    CHECK(seen->resources[0].recalled_reason == "图片没有授权");
    room.read([&](sql::Tx& tx) {
        auto const strange = teaching::resource_briefs(tx, room.teacher(room.jinpen, 0), {room.reviewed});
        CHECK(strange[0].title.empty());
        CHECK(strange[0].recalled_reason.empty());
    });
}
