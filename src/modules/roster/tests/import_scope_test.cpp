#include <doctest/doctest.h>

#include "import_world.hpp"

using namespace santong;
using namespace santong::roster;
using santong::test::ImportWorld;

TEST_CASE("a school's own sheet neither tells of people of other schools nor takes them over") {
    ImportWorld world;
    auto const office = world.office();
    auto const clerk = world.caller(world.heba.registry_clerk);
    world.take(office, "单位,工号,姓名,出生日期\n金盆镇中学,2009099,周外校,1985-06-01\n", ImportKind::staff);
    world.take(office, "学校,班级,姓名,出生日期\n金盆镇中学,八(1)班,吴外校,2001-04-05\n");
    std::string const heading = "单位,工号,姓名,出生日期\n";
    for (auto const* line :
         {"河坝镇中心小学,2009099,试一试,1985-06-01\n", "河坝镇中心小学,2009099,周外校,1985-06-01\n"}) {
        auto const view = world.begin_csv(clerk, heading + line, ImportKind::staff);
        world.try_out(clerk, view.id);
        auto const refused = world.rows(clerk, view.id, "refused");
        REQUIRE(refused.size() == 1);
        CHECK(refused[0].problems.at(0).key == "roster.import_of_another_school");
        CHECK(refused[0].problems.at(0).params.empty());
    }
    auto const staff = world.begin_csv(clerk, heading + "河坝镇中心小学,,周外校,1985-06-01\n", ImportKind::staff);
    world.try_out(clerk, staff.id);
    auto const asked = world.rows(clerk, staff.id, "ask");
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].problems.at(0).key == "roster.import_same_elsewhere");
    CHECK(asked[0].problems.at(0).params.empty());
    RowFix same;
    same.decision = ImportDecision::same;
    CHECK(fix_row(world.place, clerk, staff.id, asked[0].number, same)->state == ImportRowState::refused);
    RowFix different;
    different.decision = ImportDecision::different;
    CHECK(fix_row(world.place, clerk, staff.id, asked[0].number, different)->state == ImportRowState::added);
    auto const pupils = world.begin_csv(clerk, "学校,班级,姓名,出生日期\n河坝镇中心小学,五(1)班,吴外校,2001-04-05\n");
    world.try_out(clerk, pupils.id);
    CHECK(world.rows(clerk, pupils.id, "ask").at(0).problems.at(0).key == "roster.import_same_elsewhere");
}

TEST_CASE("what a school says of its headings is remembered for itself, what the district says for everybody") {
    ImportWorld world;
    auto const clerk = world.caller(world.heba.registry_clerk);
    auto const other = world.caller(world.jinpen.registry_clerk);
    std::string const strange = "甲,乙,丙\n河坝镇中心小学,五(1)班,张三丰\n河坝镇中心小学,五(1)班,李四\n";
    MappingRequest request;
    request.columns = {{0, RosterField::name}, {1, RosterField::class_name}, {2, RosterField::school}};
    REQUIRE(map_columns(world.place, clerk, world.begin_csv(clerk, strange).id, request).has_value());
    CHECK(world.begin_csv(clerk, strange).columns[0].field == RosterField::name);
    CHECK_FALSE(world.begin_csv(other, strange).known_headings);
    CHECK_FALSE(world.begin_csv(world.office(), strange).known_headings);
    CHECK(list_mappings(world.place, clerk)->items.size() == 1);
    CHECK(list_mappings(world.place, other)->items.empty());
    request.columns = {{0, RosterField::school}, {1, RosterField::class_name}, {2, RosterField::name}};
    REQUIRE(map_columns(world.place, world.office(), world.begin_csv(world.office(), strange).id, request).has_value());
    CHECK(world.begin_csv(other, strange).columns[0].field == RosterField::school);
    CHECK(world.begin_csv(clerk, strange).columns[0].field == RosterField::name);
}
