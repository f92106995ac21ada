#include "modules/timetable/http.hpp"

#include "modules/timetable/http_office.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"

namespace santong::timetable {

namespace {

using http::Access;
using http::Call;

/// Whose week: exactly one of class, teacher and school; none = the caller himself.
struct WeekQuery {
    std::optional<core::OrgId> class_id;
    std::optional<core::PersonId> teacher_id;
    std::optional<core::OrgId> school_id;
    std::optional<std::int32_t> week;
};
BOOST_DESCRIBE_STRUCT(WeekQuery, (), (class_id, teacher_id, school_id, week))

struct DayQuery {
    std::optional<core::LocalDate> date;
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (date))

struct SchoolQuery {
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(SchoolQuery, (), (school_id))

struct BellRequest {
    core::LocalDate from;
    std::vector<BellPeriod> periods;
};
BOOST_DESCRIBE_STRUCT(BellRequest, (), (from, periods))

struct CoursePlanRequest {
    std::int32_t school_year = 0;
    std::vector<CoursePlanRow> rows;
    std::optional<std::string> seen;  ///< version of the plan that was changed; absent = whatever stands there
};
BOOST_DESCRIBE_STRUCT(CoursePlanRequest, (), (school_year, rows, seen))

struct PublishRequest {
    core::LocalDate from;
};
BOOST_DESCRIBE_STRUCT(PublishRequest, (), (from))

struct CalendarQuery {
    core::OrgId org_id;
    core::LocalDate date;
};
BOOST_DESCRIBE_STRUCT(CalendarQuery, (), (org_id, date))

/// A list that comes whole: a day's lessons, a bell.
struct DayLessons {
    std::vector<WeekLesson> items;
};
BOOST_DESCRIBE_STRUCT(DayLessons, (), (items))
struct BellAnswer {
    std::vector<BellPeriod> periods;
};
BOOST_DESCRIBE_STRUCT(BellAnswer, (), (periods))
struct CoursePlanAnswer {
    std::vector<CoursePlanRow> rows;
    std::string version;
};
BOOST_DESCRIBE_STRUCT(CoursePlanAnswer, (), (rows, version))

core::Result<CoursePlanAnswer> answer_of(core::Result<std::vector<CoursePlanRow>> plan) {
    auto rows = TRY(std::move(plan));
    auto version = version_of(rows);
    return CoursePlanAnswer{std::move(rows), std::move(version)};
}
struct CourseCheckAnswer {
    std::vector<CourseCheckRow> items;
};
BOOST_DESCRIBE_STRUCT(CourseCheckAnswer, (), (items))

/// Where the routes find what they need.
struct Site {
    sql::Database& db;
    core::Clock const& clock;
};

core::Result<TimetableWeek> week_of(Site const& site, Call const& call, WeekQuery const& query) {
    int const number = query.week.value_or(0);
    if (query.class_id)
        return week(site.db, call.caller, site.clock, WeekOf::class_group, query.class_id->value, number);
    if (query.school_id) return week(site.db, call.caller, site.clock, WeekOf::school, query.school_id->value, number);
    auto const person = query.teacher_id.value_or(call.caller.person);
    return week(site.db, call.caller, site.clock, WeekOf::teacher, person.value, number);
}

void register_reading(http::Router& router, Site site) {
    router
        .list<WeekQuery, TimetableWeek>(
            "/api/v1/timetable/week", Access::signed_in(),
            [site](Call const& call, WeekQuery const& query) { return week_of(site, call, query); })
        .says("A week of a class, a teacher or a school; without any of them the caller's own.");
    router
        .list<DayQuery, DayLessons>(
            "/api/v1/lessons/mine", Access::signed_in(),
            [site](Call const& call, DayQuery const& query) -> core::Result<DayLessons> {
                return DayLessons{TRY(my_lessons(site.db, call.caller, site.clock, query.date))};
            })
        .says("The caller's own lessons of a day.");
    router
        .list<SchoolQuery, CourseCheckAnswer>(
            "/api/v1/course-check", Access::with(permissions::view),
            [site](Call const& call, SchoolQuery const& query) -> core::Result<CourseCheckAnswer> {
                return CourseCheckAnswer{TRY(course_check(site.db, call.caller, site.clock, query.school_id))};
            })
        .says("Required, scheduled and taught periods of each class and subject.");
    router
        .get<SchoolBell>("/api/v1/bells/{school_id}", Access::with(permissions::view),
                         [site](Call const& call) {
                             return school_bell(site.db, call.caller, site.clock, call.id<core::OrgId>("school_id"));
                         })
        .says("The bell of a school that rings today, and the next one.");
    router
        .get<CoursePlanAnswer>("/api/v1/course-plan", Access::with(permissions::view),
                               [site](Call const& call) -> core::Result<CoursePlanAnswer> {
                                   return answer_of(course_plan_now(site.db, call.caller, site.clock));
                               })
        .says("The course plan of the running school year.");
}

void register_changes(http::Router& router, Site site) {
    router
        .post<NewSubstitution, Substitution>("/api/v1/substitutions", Access::with(permissions::substitute),
                                             [site](Call const& call, NewSubstitution const& body) {
                                                 return add_substitution(site.db, call.caller, site.clock, body);
                                             })
        .says("Records a substitution; the day's lessons follow.");
    router
        .del<core::Nothing>("/api/v1/substitutions/{substitution_id}", Access::with(permissions::substitute),
                            [site](Call const& call) {
                                return remove_substitution(site.db, call.caller, site.clock,
                                                           call.id<SubstitutionId>("substitution_id"));
                            })
        .says("Takes a substitution back, and what was written in one act with it.");
    router
        .post<NewPatrolException, PatrolException>("/api/v1/patrol-exceptions", Access::with(permissions::patrol),
                                                   [site](Call const& call, NewPatrolException const& body) {
                                                       return add_patrol_exception(site.db, call.caller, site.clock,
                                                                                   body);
                                                   })
        .says("Records a lesson that a patrol found otherwise than planned.");
    router
        .del<core::Nothing>("/api/v1/patrol-exceptions/{exception_id}", Access::with(permissions::patrol),
                            [site](Call const& call) {
                                return remove_patrol_exception(site.db, call.caller, site.clock,
                                                               call.id<PatrolExceptionId>("exception_id"));
                            })
        .says("Takes a patrol exception back.");
}

void register_settings(http::Router& router, Site site) {
    router
        .put<BellRequest, BellAnswer>(
            "/api/v1/bells/{school_id}", Access::with(permissions::edit),
            [site](Call const& call, BellRequest const& body) -> core::Result<BellAnswer> {
                return BellAnswer{TRY(set_bell(site.db, call.caller, site.clock, call.id<core::OrgId>("school_id"),
                                               body.from, body.periods))};
            })
        .says("Sets a school's bell from a day on.");
    router
        .put<CoursePlanRequest, CoursePlanAnswer>(
            "/api/v1/course-plan", Access::with(permissions::edit_plan),
            [site](Call const& call, CoursePlanRequest const& body) -> core::Result<CoursePlanAnswer> {
                return answer_of(set_course_plan(site.db, call.caller, body.school_year, body.rows, body.seen));
            })
        .says("Replaces the course plan of a school year; refused if somebody has changed the one that was seen.");
    router
        .put<CalendarDay, CalendarDay>("/api/v1/calendar", Access::signed_in(),
                                       [site](Call const& call, CalendarDay const& body) {
                                           return set_calendar_day(site.db, call.caller, site.clock, body);
                                       })
        .says("Sets a holiday, exam day or moved workday for the district or one school.");
    auto& clear =
        router.raw(http::Method::del, "/api/v1/calendar", Access::signed_in(), "application/json", [site](Call& call) {
            CalendarQuery query{};
            auto const read = http::read_query(call, core::type_of<CalendarQuery>(), &query);
            if (!read) return http::Response::problem(read.error(), call.trace_id);
            auto const done = clear_calendar_day(site.db, call.caller, site.clock, query.org_id, query.date);
            if (!done) return http::Response::problem(done.error(), call.trace_id);
            return http::Response::json("{}");
        });
    clear.query = &core::type_of<CalendarQuery>();
    clear.says("Makes a day an ordinary one again.");
    router
        .act<PublishRequest, Timetable>("/api/v1/timetables/{timetable_id}/publish", Access::with(permissions::edit),
                                        [site](Call const& call, PublishRequest const& body) {
                                            return publish(site.db, call.caller, site.clock,
                                                           call.id<TimetableId>("timetable_id"), body.from);
                                        })
        .says("Publishes a draft from a day on.");
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    Site const site{db, clock};
    register_reading(router, site);
    register_changes(router, site);
    register_settings(router, site);
    register_office_routes(router, db, clock);
}

}  // namespace santong::timetable
