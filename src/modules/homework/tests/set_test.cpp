#include <doctest/doctest.h>

#include <algorithm>

#include "desk.hpp"
#include "modules/homework/permissions.hpp"
#include "platform/feed/feed.hpp"

using namespace santong;
using namespace santong::homework;
using test::Desk;

namespace {

std::string problem(core::Error const& error) {
    return error.problems.empty() ? error.key : error.problems.front().key;
}

}  // namespace

TEST_CASE("a teacher sets homework for his classes and finds it in his list") {
    Desk desk;
    auto wish = desk.content();
    wish.class_ids = {desk.first_class(), desk.second_class(), desk.first_class()};
    auto const made = desk.set(wish);
    CHECK(made.classes.size() == 2);
    CHECK(made.homework.set_on == desk.today());
    auto const list = my_homework(desk.db(), desk.math(), desk.clock, {});
    REQUIRE(list.has_value());
    REQUIRE(list->items.size() == 1);
    CHECK(list->items[0].pupils == 8);
    CHECK(my_homework(desk.db(), desk.math(), desk.clock, {{}, {}, "第 3", {}, {}})->items.size() == 1);
    CHECK(my_homework(desk.db(), desk.math(), desk.clock, {{}, {}, "作文", {}, {}})->items.empty());
    CHECK(my_homework(desk.db(), desk.math(), desk.clock, {desk.second_class(), "current", {}, {}, {}})->items.size() ==
          1);
    CHECK(my_homework(desk.db(), desk.math(), desk.clock, {{}, "past", {}, {}, {}})->items.empty());
    CHECK(my_homework(desk.db(), desk.chinese(), desk.clock, {})->items.empty());
}

TEST_CASE("the list of homework goes on page by page") {
    Desk desk;
    for (int i = 0; i < 3; ++i) desk.set();
    auto const first = my_homework(desk.db(), desk.math(), desk.clock, {{}, {}, {}, {}, 2});
    REQUIRE(first->next.has_value());
    auto const second = my_homework(desk.db(), desk.math(), desk.clock, {{}, {}, {}, *first->next, 2});
    CHECK(second->items.size() == 1);
    CHECK(problem(my_homework(desk.db(), desk.math(), desk.clock, {{}, {}, {}, "x", 2}).error()) ==
          "homework.bad_page_key");
}

TEST_CASE("homework is refused for classes and subjects that one does not teach") {
    Desk desk;
    auto const refused = [&](auth::Caller const& who, std::string subject, core::OrgId const& class_id) {
        auto wish = desk.content();
        wish.class_ids = {class_id};
        return problem(
            set_homework(desk.db(), desk.files, who, desk.clock, {std::move(subject), wish, {}, {}}).error());
    };
    CHECK(refused(desk.math(), "13", desk.first_class()) == "homework.not_taught");
    CHECK(refused(desk.chinese(), "13", desk.first_class()) == "homework.not_taught");
    CHECK(refused(desk.teacher(desk.jinpen), "14", desk.first_class()) == "roster.class_not_found");
    CHECK(refused(desk.math(), "14", desk.jinpen.classes[0]) == "roster.class_not_found");
}

TEST_CASE("homework that says nothing, is due before it is set, or names what is not there is refused at its place") {
    Desk desk;
    auto const refused = [&](auto change) {
        auto wish = desk.content();
        change(wish);
        return problem(set_homework(desk.db(), desk.files, desk.math(), desk.clock, {"14", wish, {}, {}}).error());
    };
    CHECK(refused([](auto& wish) { wish.title = "  "; }) == "core.required");
    CHECK(refused([](auto& wish) { wish.class_ids.clear(); }) == "homework.no_class_chosen");
    CHECK(refused([](auto& wish) { wish.due_on = {2014, 11, 19}; }) == "homework.due_before_set");
    CHECK(refused([](auto& wish) { wish.due_on = {2015, 11, 19}; }) == "homework.due_too_late");
    CHECK(refused([](auto& wish) { wish.minutes = 0; }) == "homework.minutes_wrong");
    CHECK(refused([](auto& wish) { wish.attachments.push_back({}); }) == "homework.attachment_wrong");
    CHECK(refused([&](auto& wish) { wish.attachments = {{desk.draft, {}, "", ""}}; }) ==
          "homework.resource_not_published");
    CHECK(refused([&](auto& wish) { wish.attachments = {{desk.elsewhere, {}, "", ""}}; }) == "resources.not_found");
    auto const foreign = desk.picture(desk.child(0));
    CHECK(refused([&](auto& wish) { wish.attachments = {{{}, foreign, "", ""}}; }) == "files.not_found");
}

TEST_CASE("one press sets the homework of a plan or of a lesson") {
    Desk desk;
    auto const plan = desk.plan_with_resource({desk.lesson(1, 3)}).plan;
    auto const from_lesson = homework_draft(desk.db(), desk.math(), desk.clock, {{}, desk.lesson(1, 3)});
    REQUIRE(from_lesson.has_value());
    CHECK(from_lesson->title == plan.content.title);
    CHECK(from_lesson->class_ids == std::vector{desk.first_class()});
    CHECK(from_lesson->due_on == core::LocalDate{2014, 11, 21});
    REQUIRE(from_lesson->attachments.size() == 1);
    auto wish = desk.content();
    wish.attachments = from_lesson->attachments;
    auto const made =
        set_homework(desk.db(), desk.files, desk.math(), desk.clock, {"14", wish, plan.id, desk.lesson(1, 3)});
    REQUIRE(made.has_value());
    CHECK(made->homework.plan_id == plan.id);
    CHECK(made->homework.content.attachments[0].name == "数方格");
    auto const from_plan = homework_draft(desk.db(), desk.math(), desk.clock, {plan.id, {}});
    REQUIRE(from_plan.has_value());
    CHECK(from_plan->subject == plan.subject);
    CHECK(homework_draft(desk.db(), desk.chinese(), desk.clock, {plan.id, {}}).error().key ==
          "homework.plan_not_found");
    CHECK(homework_draft(desk.db(), desk.chinese(), desk.clock, {{}, desk.lesson(1, 3)}).error().key ==
          "homework.lesson_not_found");
}

TEST_CASE("a homework is changed, withdrawn and brought back by its teacher alone") {
    Desk desk;
    auto const made = desk.set();
    auto const id = made.homework.id;
    auto next = desk.content();
    next.title = "练习第 3 题";
    auto const changed = change_homework(desk.db(), desk.files, desk.math(), desk.clock, id, {1, next});
    REQUIRE(changed.has_value());
    CHECK(changed->homework.version == 2);
    CHECK(change_homework(desk.db(), desk.files, desk.math(), desk.clock, id, {1, next}).error().key ==
          "homework.changed_meanwhile");
    CHECK(change_homework(desk.db(), desk.files, desk.chinese(), desk.clock, id, {2, next}).error().key ==
          "homework.not_found");
    CHECK(withdraw_homework(desk.db(), desk.teacher(desk.jinpen), desk.clock, id).error().key == "homework.not_found");
    REQUIRE(withdraw_homework(desk.db(), desk.math(), desk.clock, id).has_value());
    CHECK(pupil_homework_view(desk.db(), desk.child(0), desk.clock, id).error().key == "homework.not_found");
    CHECK(change_homework(desk.db(), desk.files, desk.math(), desk.clock, id, {3, next}).error().key ==
          "homework.withdrawn");
    CHECK(my_homework(desk.db(), desk.math(), desk.clock, {{}, "withdrawn", {}, {}, {}})->items.size() == 1);
    REQUIRE(restore_homework(desk.db(), desk.math(), desk.clock, id).has_value());
    CHECK(pupil_homework_view(desk.db(), desk.child(0), desk.clock, id).has_value());
    CHECK(restore_homework(desk.db(), desk.chinese(), desk.clock, id).error().key == "homework.not_found");
}

TEST_CASE("a class that has handed in stays in its homework") {
    Desk desk;
    auto wish = desk.content();
    wish.class_ids = {desk.first_class(), desk.second_class()};
    auto const made = desk.set(wish);
    REQUIRE(desk.hand_in(made, 0, "写好了").has_value());
    wish.class_ids = {desk.second_class()};
    CHECK(change_homework(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, {1, wish}).error().key ==
          "homework.class_has_works");
    wish.class_ids = {desk.first_class()};
    CHECK(change_homework(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, {1, wish}).has_value());
}

TEST_CASE("the load of a class sums up what all its teachers set, and warns by the limit of its grade") {
    Desk desk;
    desk.set();
    auto reading = desk.content();
    reading.written = false;
    reading.minutes = 10;
    reading.class_ids = {desk.second_class()};
    REQUIRE(set_homework(desk.db(), desk.files, desk.chinese(), desk.clock, {"13", reading, {}, {}}).has_value());
    reading.written = true;
    desk.set(reading);
    auto const load = week_load(desk.db(), desk.math(), desk.clock, {});
    REQUIRE(load.has_value());
    REQUIRE(load->classes.size() == 2);
    CHECK(load->monday == core::LocalDate{2014, 11, 17});
    CHECK(load->classes[0].limit == 60);
    CHECK(load->classes[0].days[4].written == 20);
    CHECK(load->classes[1].days[4].written == 10);
    CHECK(load->classes[1].days[4].other == 10);
    CHECK(load->classes[1].days[4].items.size() == 2);
    CHECK_FALSE(load->may_change_limits);
    // a teacher sees the classes that he teaches or is homeroom teacher of, the office sees all, another school none
    CHECK(week_load(desk.db(), desk.principal(desk.heba), desk.clock, {})->classes.size() == 2);
    auto const elsewhere = week_load(desk.db(), desk.principal(desk.jinpen), desk.clock, {});
    for (auto const& one : elsewhere->classes) CHECK(one.days[4].items.empty());
    CHECK(week_load(desk.db(), desk.teacher(desk.jinpen, 5), desk.clock, {})->classes.size() <= 1);
}

TEST_CASE("a school sets its own limits, and none of its own brings back those from above") {
    Desk desk;
    auto const school = desk.heba.id;
    auto const office = desk.academic(desk.heba);
    auto const put = [&](auth::Caller const& who, core::OrgId const& org, std::vector<DailyLimit> limits) {
        return put_homework_limits(desk.db(), who, desk.clock, org, {std::move(limits)});
    };
    CHECK_FALSE(homework_limits(desk.db(), office, school)->own);
    REQUIRE(put(desk.caller(desk.info_office), desk.county, {{1, 9, 50}}).has_value());
    CHECK(homework_limits(desk.db(), office, school)->limits[0].minutes == 50);
    CHECK(homework_limits(desk.db(), office, school)->of == "大通湖区");
    CHECK(week_load(desk.db(), office, desk.clock, {})->limits_of == "大通湖区");
    CHECK(county_limits(desk.db(), desk.caller(desk.info_office))->own.empty());
    CHECK(county_limits(desk.db(), office).error().code == core::ErrorCode::not_found);
    REQUIRE(put(office, school, {{1, 2, 0}, {3, 6, 40}}).has_value());
    auto const county = county_limits(desk.db(), desk.caller(desk.info_office));
    REQUIRE(county->own.size() == 1);
    CHECK(county->own[0].school == desk.heba.name);
    CHECK(county->county.own);
    CHECK(county->schools == 3);
    CHECK(week_load(desk.db(), office, desk.clock, {})->classes[0].limit == 40);
    CHECK(problem(put(office, school, {{1, 4, 0}, {3, 6, 40}}).error()) == "homework.grades_twice");
    CHECK(problem(put(office, school, {{4, 2, 0}}).error()) == "homework.grades_wrong");
    CHECK(problem(put(office, school, {{1, 2, 900}}).error()) == "homework.minutes_wrong");
    CHECK(put(desk.academic(desk.jinpen), school, {{1, 6, 1}}).error().key == "roster.org_not_found");
    CHECK(homework_limits(desk.db(), desk.academic(desk.jinpen), school).error().key == "roster.org_not_found");
    CHECK(put(office, desk.first_class(), {{1, 6, 1}}).error().key == "roster.org_not_found");
    REQUIRE(put(office, school, {}).has_value());
    CHECK(homework_limits(desk.db(), office, school)->limits[0].minutes == 50);
}

TEST_CASE("the feed says that homework was set, and none of its words") {
    Desk desk;
    auto const made = desk.set();
    REQUIRE(desk.hand_in(made, 0, "我的答案").has_value());
    auto const entries = desk.read([](sql::Tx& tx) { return feed::read(tx, 0, 100'000); });
    int homework = 0, works = 0;
    for (auto const& entry : entries) {
        if (entry.type == "homework.Homework") ++homework;
        if (entry.type == "homework.Submission") ++works;
        if (!entry.type.starts_with("homework.")) continue;
        CHECK(entry.body.value.find("练习") == std::string::npos);
        CHECK(entry.body.value.find("我的答案") == std::string::npos);
    }
    CHECK(homework == 1);
    CHECK(works == 1);
}
