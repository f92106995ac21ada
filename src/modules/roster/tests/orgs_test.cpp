#include "modules/roster/service_orgs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/auth/sessions.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

roster::NewOrg new_class(core::OrgId school, int grade, int number) {
    roster::NewOrg body;
    body.parent_id = school;
    body.kind = roster::OrgKind::class_group;
    body.class_group = roster::NewClass{grade, number, {}, {}, {}};
    return body;
}

core::Result<roster::Org> open(World const& world, auth::Caller const& caller, roster::NewOrg const& body) {
    return roster::create_org(world.db(), world.clock, caller, body);
}

core::Result<roster::Org> change(World const& world, auth::Caller const& caller, core::OrgId id,
                                 roster::OrgChange const& body) {
    roster::OrgEdit edit{body, 0};
    auto const known = roster::org_detail(world.db(), world.clock, world.caller(world.info_office), id);
    if (known) edit.version = known->version;
    return roster::change_org(world.db(), world.clock, caller, id, edit);
}

roster::OrgTree tree(World const& world, core::PersonId who, int depth = 6) {
    return *roster::tree(world.db(), world.clock, world.caller(who), {"", depth});
}

}  // namespace

TEST_CASE("the information office sees the whole tree, a principal his school with the village school below it") {
    World world;
    auto const county = tree(world, world.info_office);
    REQUIRE(county.roots.size() == 1);
    CHECK(county.roots[0].name == "大通湖区");
    CHECK(county.roots[0].nodes.size() == 2);
    auto const heba = tree(world, world.heba.principal);
    REQUIRE(heba.roots.size() == 1);
    CHECK(heba.roots[0].id == world.heba.id);
    CHECK(heba.roots[0].nodes.size() == 3);
    auto const own_class = tree(world, world.heba.pupils[0][0]);
    REQUIRE(own_class.roots.size() == 1);
    CHECK(own_class.roots[0].name == "五(1)班");
}

TEST_CASE("a tree below another school's node is not found") {
    World world;
    auto const answer = roster::tree(world.db(), world.clock, world.principal(world.heba), {world.jinpen.id.text(), 1});
    CHECK(answer.error().code == core::ErrorCode::not_found);
    auto const detail = roster::org_detail(world.db(), world.clock, world.teacher(), world.jinpen.id);
    CHECK(detail.error().key == "roster.org_not_found");
    CHECK(roster::school_detail(world.db(), world.clock, world.pupil(), world.heba.id).has_error());
}

TEST_CASE("places are found by name and by the first letters of pinyin, within the caller's scope only") {
    World world;
    auto found = roster::search_orgs(world.db(), world.caller(world.leader), {"jpz", "", 20});
    REQUIRE(found.has_value());
    CHECK(found->items.size() == 2);
    found = roster::search_orgs(world.db(), world.caller(world.leader), {"铭新", "", 20});
    REQUIRE(found->items.size() == 1);
    CHECK(found->items[0].place == "大通湖区 / 河坝镇 / 河坝镇中心小学");
    CHECK(roster::search_orgs(world.db(), world.principal(world.heba), {"金盆", "", 20})->items.empty());
}

TEST_CASE("a school's page counts what it holds and names who works there") {
    World world;
    auto const page = roster::school_detail(world.db(), world.clock, world.principal(world.heba), world.heba.id);
    REQUIRE(page.has_value());
    CHECK(page->org.figures.pupils == 12);
    CHECK(page->org.figures.schools == 2);
    CHECK(page->org.figures.classes == 3);
    CHECK(page->org.posts.size() == 11);
    REQUIRE(page->classes.size() == 2);
    CHECK(page->classes[0].homeroom == "河坝镇中心小学教师1");
    auto const list = roster::list_schools(world.db(), world.clock, world.caller(world.leader));
    REQUIRE(list->items.size() == 3);
    CHECK(list->items[0].teachers == 6);
    CHECK(list->items[0].pupils == 8);
    CHECK(roster::list_schools(world.db(), world.clock, world.teacher(world.mingxin))->items.size() == 1);
}

TEST_CASE("the academic office opens a class once, within the grades of its school") {
    World world;
    auto const academic = world.academic(world.heba);
    auto const opened = open(world, academic, new_class(world.heba.id, 3, 1));
    REQUIRE(opened.has_value());
    CHECK(opened->name == "2012级1班");
    CHECK(open(world, academic, new_class(world.heba.id, 3, 1)).error().key == "roster.class_exists");
    CHECK(open(world, academic, new_class(world.heba.id, 7, 1)).error().problems.at(0).key ==
          "roster.grade_not_taught");
    CHECK(open(world, academic, new_class(world.jinpen.id, 8, 3)).error().code == core::ErrorCode::not_found);
    CHECK(open(world, world.teacher(), new_class(world.heba.id, 3, 2)).error().code == core::ErrorCode::forbidden);
    auto const page = roster::school_detail(world.db(), world.clock, academic, world.heba.id);
    CHECK(page->classes.front().name == "三(1)班");
}

TEST_CASE("no place has a name that a spreadsheet would calculate") {
    World world;
    auto body = new_class(world.heba.id, 6, 7);
    body.class_group->name = "=HYPERLINK(1)";
    CHECK(open(world, world.academic(world.heba), body).error().problems.at(0).key == "roster.name_formula");
    body.class_group->name = "";
    body.class_group->room = "+1+1";
    CHECK(open(world, world.academic(world.heba), body).error().problems.at(0).key == "roster.name_formula");
    roster::OrgChange renamed;
    renamed.name = "@SUM(1)";
    CHECK(change(world, world.caller(world.info_office), world.heba.id, renamed).error().problems.at(0).key ==
          "roster.name_formula");
}

TEST_CASE("schools are opened by the district, not by a school, and stand where they may") {
    World world;
    roster::NewOrg body;
    body.parent_id = world.heba.id;
    body.kind = roster::OrgKind::teaching_point;
    body.name = "新河教学点";
    body.school = roster::NewSchool{roster::SchoolKind::teaching_point, 1, 3, {}, false, true};
    CHECK(open(world, world.academic(world.heba), body).error().code == core::ErrorCode::forbidden);
    auto const office = world.caller(world.info_office);
    auto const opened = open(world, office, body);
    REQUIRE(opened.has_value());
    CHECK(roster::school_detail(world.db(), world.clock, office, opened->id)->org.school->login_prefix == "xhjxd");
    body.school->school_code = "2143001234";
    body.kind = roster::OrgKind::school;
    body.parent_id = world.heba.classes[0];
    CHECK(open(world, office, body).error().problems.at(0).key == "roster.kind_not_below");
    body.parent_id = world.county;
    body.school->first_grade = 9;
    body.school->last_grade = 7;
    CHECK(open(world, office, body).error().problems.at(0).key == "roster.grade_span");
}

TEST_CASE("no two schools of a district and no two places side by side have one name") {
    World world;
    auto const office = world.caller(world.info_office);
    auto const taken = [](auto const& done) { return done ? std::string() : done.error().problems.at(0).key; };
    roster::NewOrg school;
    school.parent_id = world.jinpen_town;
    school.kind = roster::OrgKind::school;
    school.name = world.heba.name;
    school.school = roster::NewSchool{roster::SchoolKind::central_primary, 1, 6, {}, true, true};
    CHECK(taken(open(world, office, school)) == "roster.org_name_taken");
    roster::NewOrg town;
    town.parent_id = world.county;
    town.kind = roster::OrgKind::township;
    town.name = "金盆镇";
    CHECK(taken(open(world, office, town)) == "roster.org_name_taken");
    roster::OrgChange same;
    same.name = world.heba.name;
    CHECK(taken(change(world, office, world.mingxin.id, same)) == "roster.org_name_taken");
    CHECK(change(world, office, world.heba.id, same).has_value());
    school.name = "金盆镇第二小学";
    CHECK(open(world, office, school).has_value());
}

TEST_CASE("a class that moves to another school takes its pupils and its past stays") {
    World world;
    auto const office = world.caller(world.info_office);
    auto const moving = world.mingxin.classes[0];
    roster::OrgChange body;
    body.parent_id = world.heba.id;
    REQUIRE(change(world, office, moving, body).has_value());
    world.read([&](sql::Tx& tx) {
        CHECK(*roster::school_of(tx, moving) == world.heba.id);
        CHECK(roster::classes(tx, world.heba.id, world.today()).size() == 3);
        CHECK(roster::pupil_counts(tx, world.today()).at(world.heba.id) == 12);
        CHECK(roster::pupils_of_class(tx, moving, world.today()).size() == 4);
    });
    auto const detail = roster::org_detail(world.db(), world.clock, office, moving);
    REQUIRE(detail->history.size() == 2);
    CHECK(detail->history[0].parent_name == "河坝镇中心小学");
    CHECK(detail->history[1].parent_name == "河坝镇铭新小学");
    CHECK(detail->history[1].to_date->text() == "2014-11-19");
    // The village school's own staff have lost it from sight at once.
    CHECK(roster::org_detail(world.db(), world.clock, world.academic(world.mingxin), moving).has_error());
}

TEST_CASE("a place cannot move below itself and cannot be closed while people are in it") {
    World world;
    auto const office = world.caller(world.info_office);
    roster::OrgChange body;
    body.parent_id = world.mingxin.id;
    CHECK(change(world, office, world.heba.id, body).error().problems.at(0).key == "roster.not_below_itself");
    roster::OrgChange closing;
    closing.to_date = world.today();
    CHECK(change(world, office, world.heba.classes[0], closing).error().key == "roster.org_in_use");
    auto const empty = open(world, office, new_class(world.heba.id, 1, 1));
    CHECK(change(world, office, empty->id, closing).has_value());
    CHECK(change(world, world.caller(world.auditor), world.heba.id, closing).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("a renamed school keeps its old name in its history") {
    World world;
    roster::OrgChange body;
    body.name = "河坝镇第一小学";
    auto const office = world.caller(world.info_office);
    REQUIRE(change(world, office, world.heba.id, body).has_value());
    auto const detail = roster::org_detail(world.db(), world.clock, office, world.heba.id);
    CHECK(detail->name == "河坝镇第一小学");
    CHECK(detail->history.at(1).name == "河坝镇中心小学");
    body.name = "  ";
    CHECK(change(world, office, world.heba.id, body).error().problems.at(0).pointer == "/name");
}
