#pragma once
// One school: its profile, its principal's home, what it declares.
#include "modules/indicators/service.hpp"
#include "modules/indicators/service_cockpit.hpp"

namespace santong::indicators {

/// A declaration with its author, as it is shown beside a measured value.
struct DeclarationView {
    DeclarationId id;
    std::string indicator;
    std::string month;
    double value = 0;
    std::optional<double> measured;  ///< of the same month, so far
    std::string note;
    std::string declared_by;
    core::Instant declared_at;
};
BOOST_DESCRIBE_STRUCT(DeclarationView, (), (id, indicator, month, value, measured, note, declared_by, declared_at))

struct RoomView {
    std::string name;
    std::string kind;
    bool equipped = false;
};
BOOST_DESCRIBE_STRUCT(RoomView, (), (name, kind, equipped))

/// A subject that the course plan asks for in this school, and lessons held in the last whole week.
struct CourseView {
    std::string subject;
    std::string title;
    std::int64_t held = 0;
};
BOOST_DESCRIBE_STRUCT(CourseView, (), (subject, title, held))

/// 学校画像: what the district, or the school itself, sees of a school.
struct SchoolProfileView {
    core::OrgId id;
    std::string name;
    std::string short_name;
    std::string township;
    std::string kind;
    bool central = false;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::int32_t teachers = 0;
    std::int32_t pupils = 0;
    std::int32_t classes = 0;
    std::int64_t classrooms = 0;
    std::int64_t equipped = 0;
    TimeView time;
    WeekView courses_week;
    std::vector<Number> numbers;
    std::vector<Exception> exceptions;
    std::vector<ColumnView> columns;  ///< I21 by subject
    std::vector<CellView> cells;
    std::vector<CourseView> courses;
    std::vector<RoomView> rooms;
    std::vector<DeclarationView> declarations;
    bool own = false;  ///< the caller belongs to it
    bool may_declare = false;
};
BOOST_DESCRIBE_STRUCT(SchoolProfileView, (),
                      (id, name, short_name, township, kind, central, first_grade, last_grade, teachers, pupils,
                       classes, classrooms, equipped, time, courses_week, numbers, exceptions, columns, cells, courses,
                       rooms, declarations, own, may_declare))
core::Result<SchoolProfileView> school_profile(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& school, int week, std::string const& language);

enum class LessonTrouble : int { no_teacher, cancelled, not_taught };
BOOST_DESCRIBE_ENUM(LessonTrouble, no_teacher, cancelled, not_taught)
/// A lesson of today that somebody has to look after.
struct LessonException {
    LessonTrouble kind = LessonTrouble::no_teacher;
    core::OrgId class_id;
    std::string class_name;
    std::int32_t period = 0;
    std::string subject_title;
    core::Instant start_at;
    bool over = false;
    std::int32_t free_teachers = 0;  ///< of this school, without a lesson in that period
};
BOOST_DESCRIBE_STRUCT(LessonException, (),
                      (kind, class_id, class_name, period, subject_title, start_at, over, free_teachers))

/// 校长首页: what the principal must decide today.
struct PrincipalHome {
    core::OrgId school_id;
    std::string school;
    std::string topic;  ///< live: says when figures have moved
    TimeView time;
    core::Instant now;
    std::int32_t lessons = 0;  ///< of today
    std::int32_t running = 0;
    std::int32_t over = 0;
    std::vector<LessonException> today;
    std::vector<Exception> week;
    std::vector<Number> numbers;  ///< of the last whole week
    WeekView numbers_week;
    std::int64_t classrooms = 0;
    std::int64_t equipped = 0;
    std::optional<double> rooms_target;
    std::optional<Declared> rooms_declared;
    std::vector<RoomView> rooms;
};
BOOST_DESCRIBE_STRUCT(PrincipalHome, (),
                      (school_id, school, topic, time, now, lessons, running, over, today, week, numbers, numbers_week,
                       classrooms, equipped, rooms_target, rooms_declared, rooms))
/// The school is the first one at which the caller may see the school's figures; `org` picks another.
core::Result<PrincipalHome> principal_home(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           std::string const& org, std::string const& language);

struct NewDeclaration {
    std::string indicator;
    core::OrgId org_id;
    std::string month;  ///< "2014-10"; not in the future
    double value = 0;   ///< 0–100, or a number of rooms
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NewDeclaration, (), (indicator, org_id, month, value, note))
/// Refuses "indicators.not_found", "indicators.no_such_month", "indicators.no_such_value". The one before stays in the
/// table.
core::Result<DeclarationView> declare(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      NewDeclaration const& said);

}  // namespace santong::indicators
