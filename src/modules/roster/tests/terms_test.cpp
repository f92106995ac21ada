#include "modules/roster/service_terms.hpp"

#include <doctest/doctest.h>

#include "world.hpp"

using santong::test::World;
namespace core = santong::core;
namespace roster = santong::roster;

TEST_CASE("terms are written by the information office, do not overlap, and their first week begins on a Monday") {
    World world;
    auto write = [&](core::PersonId who, roster::TermBody const& body) {
        return roster::write_term(world.db(), world.clock, world.caller(who), {}, body);
    };
    roster::TermBody const next{2015, 1, "2015—2016学年第一学期", {2015, 9, 1}, {2016, 1, 29}, {}};
    auto const made = write(world.info_office, next);
    REQUIRE(made.has_value());
    CHECK(made->week_one_monday.text() == "2015-08-31");
    CHECK(write(world.info_office, next).error().key == "roster.term_known");
    CHECK(write(world.heba.principal, next).error().code == core::ErrorCode::forbidden);
    auto overlapping = next;
    overlapping.number = 2;
    CHECK(write(world.info_office, overlapping).error().key == "roster.term_overlaps");
    overlapping.week_one_monday = core::LocalDate{2015, 9, 1};
    CHECK(write(world.info_office, overlapping).error().problems.at(0).key == "roster.not_a_monday");
    overlapping.to_date = overlapping.from_date;
    CHECK(write(world.info_office, overlapping).error().problems.at(0).key == "roster.term_order");
    auto elsewhere = next;
    elsewhere.school_year = 1800;
    CHECK(write(world.info_office, elsewhere).error().problems.at(0).key == "roster.term_year");
    auto const list = roster::list_terms(world.db(), world.clock, world.pupil());
    CHECK(list->items.size() == 3);
    CHECK(list->current == world.autumn);
    CHECK(list->week == 12);
}

TEST_CASE("a pupil's age counts by his birthday on the day of the district") {
    core::LocalDate const birth{2000, 11, 20};
    CHECK(roster::under_fourteen(birth, {2014, 11, 19}));
    CHECK_FALSE(roster::under_fourteen(birth, {2014, 11, 20}));
    CHECK(roster::under_fourteen({}, {2014, 11, 20}));
}
