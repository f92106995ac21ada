#include <doctest/doctest.h>

#include <algorithm>

#include "modules/roster/service_audience.hpp"
#include "world.hpp"

using santong::test::World;
using namespace santong;
using roster::AudienceKind;

namespace {

long kind_count(std::vector<roster::AudienceMember> const& members, AudienceKind kind) {
    return std::ranges::count(members, kind, &roster::AudienceMember::kind);
}

}  // namespace

TEST_CASE("an audience is everybody of a school once: who works there, learns there, and answers for a pupil") {
    World const world;
    auto const of = [&](roster::AudienceWish const& wish) {
        return world.read([&](sql::Tx& tx) { return roster::audience(tx, wish, world.today()); });
    };
    auto const heba = of({{world.heba.id}});
    CHECK(kind_count(heba, AudienceKind::pupil) == 8);  // two classes of four; those of the village school are its own
    CHECK(kind_count(heba, AudienceKind::guardian) == 1);
    auto const staff = of({{world.heba.id}, true, false});
    CHECK(static_cast<long>(staff.size()) == kind_count(heba, AudienceKind::staff));
    auto const teacher = std::ranges::find(staff, world.heba.homeroom[0], &roster::AudienceMember::person_id);
    REQUIRE(teacher != staff.end());
    CHECK(teacher->school_id == world.heba.id);
    auto const families = of({{world.heba.id}, false, true});
    auto const guardian = std::ranges::find(families, world.guardian, &roster::AudienceMember::person_id);
    REQUIRE(guardian != families.end());
    CHECK(guardian->class_id == world.heba.classes[0]);
    auto const all = of({});
    CHECK(all.size() > heba.size() + of({{world.jinpen.id}}).size());
    auto const officer = std::ranges::find(all, world.info_office, &roster::AudienceMember::person_id);
    REQUIRE(officer != all.end());
    CHECK(officer->school_id.is_nil());
    CHECK(of({{world.county}}).empty());  // the county is no school
}
