#include "modules/timetable/sync.hpp"

#include "modules/roster/sync.hpp"
#include "modules/timetable/domain_changes.hpp"

namespace santong::timetable {

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "timetable.CoursePlan",
                .tables = {{.name = "course_plan", .key = "school_year"}},
                .held = "SELECT DISTINCT CAST(school_year AS TEXT) AS id FROM course_plan WHERE district_id = $1"});
    // Days of the district and of each place above or in the school.
    shapes.add(
        {.type = "timetable.Calendar",
         .tables = {{.name = "calendar_day", .key = "org_id"}},
         .held = "SELECT org_id AS id FROM calendar_day WHERE district_id = $1 AND (org_id IN (" +
                 roster::subtree_held() +
                 ") OR org_id IN (SELECT ancestor_id FROM org_closure WHERE district_id = $1 AND org_id = $2))"});
    shapes.add({.type = "timetable.Bells",
                .tables = {{.name = "bell_schedule"}, {.name = "bell_period", .key = "schedule_id"}},
                .held = roster::held_in("bell_schedule")});
    shapes.add({.type = "timetable.Published",
                .tables = {{.name = "timetable"}, {.name = "timetable_entry", .key = "timetable_id"}},
                .held = roster::held_in("timetable") + " AND state <> 'draft'"});
    shapes.add({.type = "timetable.Substitution",
                .direction = Direction::both,
                .tables = {{.name = "substitution", .read_as = &core::type_of<Substitution>}},
                .held = roster::held_in("substitution")});
    // Asked for at home, answered and decided at school, or the other way round.
    shapes.add({.type = "timetable.ChangeRequest",
                .direction = Direction::both,
                .tables = {{.name = "change_request", .read_as = &core::type_of<ChangeRequest>}},
                .held = roster::held_in("change_request"),
                .joined_late = true});
    shapes.add({.type = "timetable.TaughtLesson",
                .direction = Direction::both,
                .tables = {{.name = "taught_lesson", .read_as = &core::type_of<Lesson>}},
                .held = roster::held_in("taught_lesson")});
    shapes.add({.type = "timetable.PatrolException",
                .direction = Direction::both,
                .tables = {{.name = "patrol_exception"}},
                .held = roster::held_in("patrol_exception")});
}

}  // namespace santong::timetable
