// Records of lessons: held at one place, seen at all that are above the class.
#include "modules/teaching/tests/classroom.hpp"
#include "modules/timetable/service.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

constexpr char const* point_name = "01900000-0000-7000-8000-00000000000c";

struct TwoTimes : test::TwoPlacesOf<test::Classroom> {
    TwoTimes() {
        world.go_to(20, 10, 25);
        pull();
    }

    /// At the hub; `from` is the place that told the hub of it, none: the hub itself.
    teaching::SessionId teach(std::string const& from) {
        at_hub();
        auto const id = world.open().session.id;
        world.transact([&](sql::Tx& tx) {
            tx.execute("UPDATE feed_entry SET via = $2 WHERE district_id = $1 AND type LIKE 'teaching.%'",
                       tx.district(), from);
        });
        return id;
    }
    bool has(teaching::SessionId const& id) {
        return box->read(test::district, [&](sql::Tx& tx) {
            return tx.value<std::int64_t>("SELECT COUNT(*) FROM class_session WHERE district_id = $1 AND id = $2",
                                          tx.district(), id) == 1;
        });
    }
};

}  // namespace

TEST_CASE("a lesson recorded at the hub comes to the school's box") {
    TwoTimes places;
    auto const id = places.teach("");
    CHECK_FALSE(places.has(id));
    CHECK(places.pull().parked == 0);
    CHECK(places.has(id));
}

TEST_CASE("a lesson recorded at the box of a point comes to the box of its central school") {
    TwoTimes places;
    auto const id = places.teach(point_name);
    CHECK(places.pull().parked == 0);
    CHECK(places.has(id));
}

TEST_CASE("a box is not told what it told itself") {
    TwoTimes places;
    auto const id = places.teach(test::box_name);
    CHECK(places.pull().parked == 0);
    CHECK_FALSE(places.has(id));
}

TEST_CASE(
    "a lesson begun at the box with the line cut is known to run as soon as the line is back, and to have ended") {
    TwoTimes places;
    auto& world = places.world;
    auto& hub = world.db();
    places.at_box();
    teaching::OpenRequest wish;
    wish.lesson_id = world.lesson(1, 3);
    auto const opened = teaching::open_class(*places.box, world.math(), world.clock, wish);
    REQUIRE(opened.has_value());
    auto const at_home = [&] { return teaching::current_class(hub, world.math(), world.clock).value(); };
    CHECK_FALSE(at_home().begun);
    CHECK(places.push().parked == 0);
    places.at_hub();
    CHECK(at_home().begun);
    CHECK(at_home().elsewhere);
    CHECK_FALSE(at_home().running.has_value());
    CHECK(teaching::teacher_today(hub, world.math(), world.clock)->running == opened->session.id);
    auto const here = teaching::current_class(*places.box, world.math(), world.clock).value();
    CHECK(here.running.has_value());
    CHECK_FALSE(here.elsewhere);
    places.at_box();
    REQUIRE(teaching::end_class(*places.box, world.math(), world.clock, opened->session.id).has_value());
    places.push();
    places.at_hub();
    CHECK(at_home().begun);
    CHECK_FALSE(at_home().elsewhere);
    CHECK_FALSE(teaching::teacher_today(hub, world.math(), world.clock)->running.has_value());
}

TEST_CASE("what a patrol found is said at the hub and taken back at the box") {
    TwoTimes places;
    auto& world = places.world;
    auto const caller = world.academic(world.heba);
    places.at_hub();
    auto const made = timetable::add_patrol_exception(
        world.db(), caller, world.clock,
        {world.heba.classes[1], world.today(), 1, timetable::PatrolFinding::no_teacher, {}, ""});
    REQUIRE(made.has_value());
    CHECK(places.pull().parked == 0);
    CHECK(count_rows(*places.box, "patrol_exception") == 1);
    places.at_box();
    REQUIRE(timetable::remove_patrol_exception(*places.box, caller, world.clock, made->id).has_value());
    CHECK(places.push().parked == 0);
    CHECK(count_rows(world.db(), "patrol_exception") == 0);
}
