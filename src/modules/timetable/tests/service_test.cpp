#include <doctest/doctest.h>

#include "core/json.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_office.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/feed/feed.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::World;

namespace {

/// The world with a published timetable: the first class of heba has mathematics (teacher 0) in periods 1 and 2 of
/// every weekday, its second class Chinese (teacher 1).
struct SchoolDay {
    SchoolDay() {
        world.transact([&](sql::Tx& tx) {
            write_bell(tx, world.heba.id, {2014, 9, 1}, {{1, "", 500, 540}, {2, "", 550, 590}, {3, "", 640, 680}});
            Timetable const table{TimetableId::make(),       world.heba.id, world.autumn, 1,
                                  TimetableState::published, {2014, 9, 1},  {},           world.heba.academic,
                                  core::Instant{1}};
            std::vector<Entry> entries;
            for (int weekday = 1; weekday <= 5; ++weekday) {
                for (int period = 1; period <= 3; ++period) {
                    entries.push_back({EntryId::make(), table.id, world.heba.classes[0], weekday, period, "14",
                                       world.heba.teachers[0], "501", WeekParity::all});
                    entries.push_back({EntryId::make(), table.id, world.heba.classes[1], weekday, period, "13",
                                       world.heba.teachers[1], "502", WeekParity::all});
                }
            }
            write_timetable(tx, table, entries);
            materialise(tx, world.heba.id, world.today(), world.today().plus_days(1), world.clock.now());
        });
    }
    Lesson lesson(int period, std::size_t class_index = 0) {
        return *world.read([&](sql::Tx& tx) {
            return timetable::lesson(tx, lesson_id(world.heba.classes[class_index], world.today(), period));
        });
    }
    NewSubstitution cancelled(int period) const {
        return {world.heba.classes[0], world.today(), period, SubstitutionKind::cancelled, {}, {}, "老师开会"};
    }
    World world;
};

}  // namespace

TEST_CASE("a teacher sees his week, a pupil his class's, and nobody another school's") {
    SchoolDay day;
    auto& world = day.world;
    auto const mine = week(world.db(), world.teacher(), world.clock, WeekOf::teacher, world.heba.teachers[0].value, 0);
    REQUIRE(mine.has_value());
    CHECK(mine->week == 12);
    CHECK(mine->lessons.size() == 6);
    CHECK(mine->lessons[0].class_name.size() > 0);
    CHECK(
        week(world.db(), world.pupil(), world.clock, WeekOf::class_group, world.heba.classes[0].value, 0).has_value());
    auto const other_class =
        week(world.db(), world.pupil(), world.clock, WeekOf::class_group, world.heba.classes[1].value, 0);
    CHECK(other_class.error().code == core::ErrorCode::not_found);
    auto const foreign =
        week(world.db(), world.teacher(world.jinpen), world.clock, WeekOf::school, world.heba.id.value, 0);
    CHECK(foreign.error().code == core::ErrorCode::not_found);
    CHECK(
        week(world.db(), world.teacher(), world.clock, WeekOf::teacher, world.heba.teachers[0].value, 60).has_error());
}

TEST_CASE("a substitution changes the day's lesson, and taking it back restores it") {
    SchoolDay day;
    auto& world = day.world;
    auto const caller = world.academic(world.heba);
    auto const made = add_substitution(world.db(), caller, world.clock, day.cancelled(3));
    REQUIRE(made.has_value());
    CHECK(day.lesson(3).state == LessonState::cancelled);
    CHECK(add_substitution(world.db(), caller, world.clock, day.cancelled(3)).error().key ==
          "timetable.already_substituted");
    REQUIRE(remove_substitution(world.db(), caller, world.clock, made->id).has_value());
    CHECK(day.lesson(3).state == LessonState::planned);
}

TEST_CASE("a substitute who teaches elsewhere at that time is refused") {
    SchoolDay day;
    auto& world = day.world;
    auto wish = day.cancelled(3);
    wish.kind = SubstitutionKind::substitute;
    wish.teacher_id = world.heba.teachers[1];
    auto const refused = add_substitution(world.db(), world.academic(world.heba), world.clock, wish);
    CHECK(refused.error().key == "timetable.teacher_not_free");
    wish.teacher_id = world.heba.teachers[2];
    CHECK(add_substitution(world.db(), world.academic(world.heba), world.clock, wish).has_value());
    CHECK(day.lesson(3).teacher_id == world.heba.teachers[2]);
}

TEST_CASE("a substitute works at the school: neither a teacher of elsewhere nor a pupil can be put before a class") {
    SchoolDay day;
    auto& world = day.world;
    auto wish = day.cancelled(3);
    wish.kind = SubstitutionKind::substitute;
    for (auto const& person : {world.jinpen.teachers[0], world.heba.pupils[0][0], core::PersonId::make()}) {
        wish.teacher_id = person;
        auto const refused = add_substitution(world.db(), world.academic(world.heba), world.clock, wish);
        REQUIRE(refused.has_error());
        CHECK(refused.error().problems.at(0).key == "timetable.not_of_this_school");
    }
    CHECK(day.lesson(3).teacher_id == world.heba.teachers[0]);
}

TEST_CASE("a substitution needs a reason, a period of the bell, a day of the term and a substitute") {
    SchoolDay day;
    auto& world = day.world;
    auto const caller = world.academic(world.heba);
    auto const pointer = [&](NewSubstitution const& wish) {
        auto const refused = add_substitution(world.db(), caller, world.clock, wish);
        return refused.has_error() && !refused.error().problems.empty() ? refused.error().problems[0].pointer
                                                                        : std::string();
    };
    auto wish = day.cancelled(3);
    wish.reason = "";
    CHECK(pointer(wish) == "/reason");
    wish = day.cancelled(9);
    CHECK(pointer(wish) == "/period");
    wish = day.cancelled(3);
    wish.date = {2016, 1, 1};
    CHECK(pointer(wish) == "/date");
    wish = day.cancelled(3);
    wish.kind = SubstitutionKind::substitute;
    CHECK(pointer(wish) == "/teacher_id");
}

TEST_CASE("neither a teacher nor another school's office may record a substitution") {
    SchoolDay day;
    auto& world = day.world;
    CHECK(add_substitution(world.db(), world.teacher(), world.clock, day.cancelled(3)).error().code ==
          core::ErrorCode::forbidden);
    CHECK(add_substitution(world.db(), world.academic(world.jinpen), world.clock, day.cancelled(3)).error().code ==
          core::ErrorCode::not_found);
    CHECK(day.lesson(3).state == LessonState::planned);
}

TEST_CASE("a patrol record marks a held lesson as not taught, and cannot be made for tomorrow") {
    SchoolDay day;
    auto& world = day.world;
    auto const caller = world.principal(world.heba);
    NewPatrolException wish{world.heba.classes[0], world.today(), 1, PatrolFinding::not_taught, {}, "自习"};
    auto const made = add_patrol_exception(world.db(), caller, world.clock, wish);
    REQUIRE(made.has_value());
    CHECK(day.lesson(1).state == LessonState::not_taught);
    CHECK(add_patrol_exception(world.db(), caller, world.clock, wish).error().key == "timetable.already_patrolled");
    REQUIRE(remove_patrol_exception(world.db(), caller, world.clock, made->id).has_value());
    CHECK(day.lesson(1).state == LessonState::held);
    wish.date = world.today().plus_days(1);
    CHECK(add_patrol_exception(world.db(), caller, world.clock, wish).has_error());
    CHECK(add_patrol_exception(world.db(), world.teacher(), world.clock, wish).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("lessons that are over are said once in the feed, however often they are computed") {
    SchoolDay day;
    auto& world = day.world;
    auto const said = [&] {
        return world.read([&](sql::Tx& tx) {
            int count = 0;
            for (auto const& entry : feed::read(tx, 0, 100'000))
                count += entry.type == "timetable.TaughtLesson" ? 1 : 0;
            return count;
        });
    };
    auto const before = said();
    world.transact(
        [&](sql::Tx& tx) { materialise(tx, world.heba.id, world.today(), world.today(), world.clock.now()); });
    CHECK(said() == before);
    world.clock.set(core::Zone{}.at(world.today(), 700));
    world.transact([&](sql::Tx& tx) { CHECK(close_lessons(tx, world.clock.now()) == 2); });
    CHECK(said() == before + 2);
}

TEST_CASE("a holiday of one school leaves the other schools' lessons alone, and only its own office may set it") {
    SchoolDay day;
    auto& world = day.world;
    CalendarDay const holiday{world.heba.id, world.today().plus_days(1), DayKind::holiday, "运动会", {}};
    CHECK(set_calendar_day(world.db(), world.academic(world.jinpen), world.clock, holiday).has_error());
    REQUIRE(set_calendar_day(world.db(), world.academic(world.heba), world.clock, holiday).has_value());
    auto const tomorrow =
        world.read([&](sql::Tx& tx) { return lessons_of_school(tx, world.heba.id, holiday.date, holiday.date); });
    CHECK(tomorrow.empty());
    CalendarDay const whole{world.county, world.today().plus_days(2), DayKind::holiday, "停课", {}};
    CHECK(set_calendar_day(world.db(), world.academic(world.heba), world.clock, whole).has_error());
    CHECK(set_calendar_day(world.db(), world.caller(world.info_office), world.clock, whole).has_value());
}

TEST_CASE("the course check sets required, scheduled and taught periods side by side") {
    SchoolDay day;
    auto& world = day.world;
    world.transact([&](sql::Tx& tx) { write_course_plan(tx, 2014, {{2014, 5, "14", 5}, {2014, 5, "24", 2}}); });
    auto const rows = course_check(world.db(), world.principal(world.heba), world.clock, world.heba.id);
    REQUIRE(rows.has_value());
    int music = 0;
    for (auto const& row : *rows) {
        if (row.subject == "24") {
            ++music;
            CHECK(row.scheduled == 0);
        }
        if (row.subject == "14" && row.class_id == world.heba.classes[0]) {
            CHECK(row.scheduled == 15);
        }
    }
    CHECK(music == 2);
    CHECK(course_check(world.db(), world.principal(world.jinpen), world.clock, world.heba.id).error().code ==
          core::ErrorCode::not_found);
}

namespace {

/// Acts in the log with this beginning, newest last.
std::vector<auth::AuditRecord> acts_of(World& world, std::string const& beginning) {
    return world.read([&](sql::Tx& tx) {
        std::vector<auth::AuditRecord> acts;
        for (auto const& entry : feed::read(tx, 0, 10'000)) {
            if (entry.type != auth::audit_event_type) continue;
            auto act = core::json::read<auth::AuditRecord>(entry.body.value, core::json::UnknownFields::ignore);
            if (act->action.starts_with(beginning)) acts.push_back(std::move(*act));
        }
        return acts;
    });
}

}  // namespace

TEST_CASE("the log tells which lesson a substitution changes, and when it is taken back; not why") {
    SchoolDay day;
    auto& world = day.world;
    auto const caller = world.academic(world.heba);
    auto const made = add_substitution(world.db(), caller, world.clock, day.cancelled(3));
    REQUIRE(made.has_value());
    REQUIRE(remove_substitution(world.db(), caller, world.clock, made->id).has_value());
    auto const acts = acts_of(world, "timetable.substitution");
    REQUIRE(acts.size() == 2);
    CHECK(acts[0].action == "timetable.substitution_recorded");
    CHECK(acts[1].action == "timetable.substitution_taken_back");
    CHECK(acts[0].subject == world.heba.classes[0].text());
    CHECK(acts[0].detail.find("\"period\":3") != std::string::npos);
    CHECK(acts[0].detail.find("cancelled") != std::string::npos);
    CHECK(acts[0].detail.find("老师开会") == std::string::npos);
}

TEST_CASE("bell times that begin later are told beside those of today, until they are taken back") {
    SchoolDay day;
    auto& world = day.world;
    auto const caller = world.academic(world.heba);
    auto const now = school_bell(world.db(), caller, world.clock, world.heba.id);
    REQUIRE(now.has_value());
    CHECK_FALSE(now->later.has_value());
    auto later = now->periods;
    later[0].end_minute = 545;
    core::LocalDate const monday{2014, 11, 24};
    REQUIRE(set_bell(world.db(), caller, world.clock, world.heba.id, monday, later).has_value());
    auto const told = school_bell(world.db(), caller, world.clock, world.heba.id);
    CHECK(told->periods[0].end_minute == 540);
    REQUIRE(told->later.has_value());
    CHECK(told->later->from == monday);
    CHECK(told->later->periods[0].end_minute == 545);
    REQUIRE(set_bell(world.db(), caller, world.clock, world.heba.id, monday, now->periods).has_value());
    CHECK_FALSE(school_bell(world.db(), caller, world.clock, world.heba.id)->later.has_value());
    CHECK(school_bell(world.db(), world.academic(world.jinpen), world.clock, world.heba.id).has_error());
}

TEST_CASE("a term that has not begun goes while nothing uses it") {
    SchoolDay day;
    auto& world = day.world;
    auto remove = [&](core::PersonId who, roster::TermId term) {
        return remove_term(world.db(), world.clock, world.caller(who), term);
    };
    CHECK(remove(world.heba.principal, world.spring).error().code == core::ErrorCode::forbidden);
    CHECK(remove(world.info_office, world.autumn).error().key == "timetable.term_in_use");
    CHECK(remove(world.info_office, roster::TermId::make()).error().key == "roster.no_term");
    CHECK(remove(world.info_office, world.spring).has_value());
    world.read([&](sql::Tx& tx) { CHECK(roster::terms(tx).size() == 1); });
    CHECK(acts_of(world, "roster.term_removed").size() == 1);
}
