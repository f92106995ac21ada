#include <doctest/doctest.h>

#include <algorithm>

#include "classroom.hpp"

using namespace santong;
using teaching::Sharing;
using test::Classroom;

TEST_CASE("a named version stands apart from what is saved by itself, and its owner gets back to it") {
    Classroom room;
    auto plan = room.plan_with_resource().plan;
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
