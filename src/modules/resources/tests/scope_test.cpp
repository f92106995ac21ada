// Sharing with a research group and with a central school's area.
#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/roster/service_area.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

namespace {

bool finds(LibraryWorld const& world, auth::Caller const& caller, ResourceId const& id) {
    auto const result = search(world.library, caller, {}).value();
    return std::ranges::any_of(result.items, [&](Summary const& row) { return row.id == id; });
}

/// By every way there is: the list, the page, the opening, the file.
void check_reach(LibraryWorld const& world, auth::Caller const& caller, ResourceId const& id, bool reached) {
    CAPTURE(caller.name);
    CHECK(finds(world, caller, id) == reached);
    CHECK(view(world.library, caller, id).has_value() == reached);
    CHECK(open(world.library, caller, id, 0).has_value() == reached);
    auto const file = world.read([&](sql::Tx& tx) { return *version(tx, id, 1)->file_id; });
    CHECK(world.files.readable(caller, file).has_value() == reached);
}

std::int64_t counted(LibraryWorld const& world, auth::Caller const& caller, char const* scope) {
    auto const result = search(world.library, caller, {}).value();
    for (auto const& value : result.facets.at("scope"))
        if (value.value == scope) return value.count;
    return 0;
}

}  // namespace

TEST_CASE("what is for the research group reaches those who teach the subject at that school and nobody else") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "组内试用", Scope::group);
    CHECK(world.queue(world.academic(world.heba)).empty());
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    CHECK(world.row(id).state == State::published);
    CHECK(world.row(id).scope == Scope::group);
    CHECK_FALSE(is_reviewed(world.row(id)));
    check_reach(world, world.teacher(world.heba, 3), id, true);
    check_reach(world, world.research_head(world.heba), id, true);
    for (auto const& outside :
         {world.teacher(world.heba, 1), world.teacher(world.mingxin), world.teacher(world.jinpen), world.pupil(),
          world.caller(world.researcher), world.caller(world.leader), world.academic(world.heba)})
        check_reach(world, outside, id, false);
    CHECK(counted(world, world.teacher(world.heba, 3), "group") == 1);
    CHECK(counted(world, world.teacher(world.heba, 1), "group") == 0);
}

TEST_CASE("what a village school gives to its area is decided at the central school and reaches all schools under it") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(world.mingxin), "片区共用", Scope::area);
    while (world.row(id).state != State::published) {
        bool moved = false;
        for (auto const& reviewer : {world.mingxin.research_head, world.mingxin.academic, world.heba.research_head,
                                     world.heba.academic, world.heba.principal})
            moved = moved || world.approve(world.caller(reviewer), id).has_value();
        REQUIRE(moved);
    }
    auto const steps = world.read([&](sql::Tx& tx) { return workflow::steps(tx, world.item(id)); });
    CHECK(steps.back().pool_org_id == world.heba.id);
    CHECK(is_reviewed(world.row(id)));
    for (auto const& inside : {world.teacher(world.heba, 1), world.teacher(world.mingxin, 1), world.pupil()})
        check_reach(world, inside, id, true);
    for (auto const& outside : {world.teacher(world.jinpen), world.caller(world.leader), world.nobody()})
        CHECK_FALSE(view(world.library, outside, id).has_value());
    check_reach(world, world.teacher(world.jinpen), id, false);
    CHECK(counted(world, world.teacher(world.heba, 1), "area") == 1);
    CHECK(counted(world, world.teacher(world.jinpen), "area") == 0);
}

TEST_CASE("a school without an area cannot give to one, and a central school is decided on once") {
    LibraryWorld world;
    auto const alone = world.draft(world.teacher(world.jinpen), "没有片区");
    CHECK(submit(world.library, world.teacher(world.jinpen), alone, {Scope::area}).error().problems.at(0).key ==
          "resources.no_area");
    auto const id = world.in_review(world.teacher(), "中心校的", Scope::area);
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(world.row(id).state == State::published);
}

TEST_CASE("sharing grows from the group to the area through a new review and never shrinks") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const id = world.published(teacher, "越来越广", Scope::group);
    CHECK(submit(world.library, teacher, id, {Scope::group}).error().key == "resources.nothing_new");
    REQUIRE(submit(world.library, teacher, id, {Scope::area}).has_value());
    check_reach(world, world.teacher(world.heba, 3), id, true);  // its group keeps it meanwhile
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(world.row(id).scope == Scope::area);
    CHECK(submit(world.library, teacher, id, {Scope::school}).error().problems.at(0).key == "resources.scope_narrower");
}

TEST_CASE("the area of a school is that of the uppermost school above it") {
    LibraryWorld world;
    world.read([&](sql::Tx& tx) {
        CHECK(roster::area_of(tx, world.mingxin.id) == world.heba.id);
        CHECK(roster::area_of(tx, world.heba.id) == world.heba.id);
        CHECK(roster::area_schools(tx, world.mingxin.id) == std::vector<core::OrgId>{world.heba.id, world.mingxin.id});
        CHECK(roster::area_schools(tx, world.jinpen.id) == std::vector<core::OrgId>{world.jinpen.id});
    });
}

TEST_CASE("the district's reviewer may mark something as excellent; a school's cannot, and nobody has to") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "精品微课", Scope::district);
    auto sheet = test::full_sheet();
    sheet.emplace_back("resources.check.fine");
    auto const lines = workflow::review(world.db(), world.research_head(world.heba), world.item(id)).value().sheet;
    CHECK(std::ranges::none_of(lines, [](auto const& line) { return line.mark; }));
    auto const decide = [&](auth::Caller const& caller, std::vector<std::string> const& ticked) {
        return workflow::decide(world.db(), world.clock, caller, world.item(id),
                                {workflow::DecisionKind::approve, "", ticked});
    };
    REQUIRE(decide(world.research_head(world.heba), sheet).has_value());
    REQUIRE(decide(world.academic(world.heba), sheet).has_value());
    CHECK_FALSE(world.row(id).fine);
    REQUIRE(decide(world.caller(world.researcher), sheet).has_value());
    CHECK(world.row(id).fine);
    auto const plain = world.published(world.teacher(), "普通微课", Scope::district);
    CHECK_FALSE(world.row(plain).fine);
    Search wish;
    wish.fine = true;
    CHECK(world.found(world.teacher(world.jinpen), wish) == std::vector<std::string>{"精品微课"});
    CHECK(search(world.library, world.teacher(world.jinpen), {}).value().facets.at("fine").at(0).count == 1);
    auto const school = world.in_review(world.teacher(), "本校的", Scope::school);
    REQUIRE(workflow::decide(world.db(), world.clock, world.research_head(world.heba), world.item(school),
                             {workflow::DecisionKind::approve, "", sheet})
                .has_value());
    REQUIRE(workflow::decide(world.db(), world.clock, world.academic(world.heba), world.item(school),
                             {workflow::DecisionKind::approve, "", sheet})
                .has_value());
    CHECK_FALSE(world.row(school).fine);
}
