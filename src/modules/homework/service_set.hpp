#pragma once
// Use cases of a teacher who sets homework, and of the load of a class's days.
#include "modules/homework/service.hpp"

namespace santong::homework {

/// A class that the caller teaches, for choices.
struct TaughtClass {
    core::OrgId id;
    std::string name;
    std::int32_t grade = 1;
    std::int32_t pupils = 0;
    std::vector<std::string> subjects;
};
BOOST_DESCRIBE_STRUCT(TaughtClass, (), (id, name, grade, pupils, subjects))

/// What a new homework begins with: from nothing, from a lesson plan, or from a lesson.
struct HomeworkDraft {
    core::LocalDate today;
    core::LocalDate due_on;  ///< the next school day
    std::vector<TaughtClass> classes;
    std::string subject;
    std::string title;
    std::string text;
    std::vector<core::OrgId> class_ids;
    std::optional<PlanId> plan_id;
    std::optional<LessonId> lesson_id;
    std::vector<HomeworkAttachment> attachments;  ///< what the plan gives to the pupils
};
BOOST_DESCRIBE_STRUCT(HomeworkDraft, (),
                      (today, due_on, classes, subject, title, text, class_ids, plan_id, lesson_id, attachments))
struct DraftQuery {
    std::optional<PlanId> plan;
    std::optional<LessonId> lesson;
};
BOOST_DESCRIBE_STRUCT(DraftQuery, (), (plan, lesson))
core::Result<HomeworkDraft> homework_draft(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           DraftQuery const& query);

struct NewHomework {
    std::string subject;
    HomeworkContent content;
    std::optional<PlanId> plan_id;
    std::optional<LessonId> lesson_id;
};
BOOST_DESCRIBE_STRUCT(NewHomework, (), (subject, content, plan_id, lesson_id))
struct ChangeHomework {
    std::int64_t version = 1;
    HomeworkContent content;
};
BOOST_DESCRIBE_STRUCT(ChangeHomework, (), (version, content))

/// A homework with the names of its classes and how many works stand where.
struct HomeworkClass {
    core::OrgId id;
    std::string name;
    std::int32_t pupils = 0;
};
BOOST_DESCRIBE_STRUCT(HomeworkClass, (), (id, name, pupils))
struct HomeworkView {
    Homework homework;
    std::vector<HomeworkClass> classes;
    bool mine = false;
    bool past = false;
    std::int32_t pupils = 0;
    std::int64_t handed_in = 0;
    std::int64_t to_mark = 0;
    std::int64_t marked = 0;
    std::int64_t late = 0;
    std::string teacher_name;  ///< of a colleague's
};
BOOST_DESCRIBE_STRUCT(HomeworkView, (),
                      (homework, classes, mine, past, pupils, handed_in, to_mark, marked, late, teacher_name))

struct HomeworkQuery {
    std::optional<core::OrgId> class_id;
    std::optional<std::string> state;  ///< current, past, withdrawn
    std::optional<std::string> q;
    std::optional<std::string> after;
    std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(HomeworkQuery, (), (class_id, state, q, after, limit))
/// The caller's own, and what colleagues have set for classes that he teaches the same subject; newest first.
core::Result<core::Page<HomeworkView>> my_homework(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, HomeworkQuery const& query);
core::Result<HomeworkView> homework_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         HomeworkId const& id);
/// Refuses classes and subjects that the caller does not teach with "homework.not_taught".
core::Result<HomeworkView> set_homework(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                        core::Clock const& clock, NewHomework const& wish);
/// Refuses "homework.changed_meanwhile", and "homework.class_has_works" when a class is taken out that handed in.
core::Result<HomeworkView> change_homework(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                           core::Clock const& clock, HomeworkId const& id,
                                           ChangeHomework const& change);
/// Nobody sees a withdrawn one but its teacher; works that came stay with it.
core::Result<HomeworkView> withdraw_homework(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             HomeworkId const& id);
core::Result<HomeworkView> restore_homework(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            HomeworkId const& id);

// ---- load

/// One homework in a day of a class.
struct LoadItem {
    HomeworkId id;
    std::string subject;
    std::string title;
    std::string teacher_name;
    std::int32_t minutes = 0;
    bool written = true;
    bool mine = false;
};
BOOST_DESCRIBE_STRUCT(LoadItem, (), (id, subject, title, teacher_name, minutes, written, mine))
struct LoadDay {
    core::LocalDate date;
    std::int32_t written = 0;  ///< minutes
    std::int32_t other = 0;    ///< minutes of reading, doing, moving
    std::vector<LoadItem> items;
};
BOOST_DESCRIBE_STRUCT(LoadDay, (), (date, written, other, items))
struct ClassLoad {
    core::OrgId class_id;
    std::string class_name;
    std::int32_t grade = 1;
    std::optional<std::int32_t> limit;  ///< minutes of written homework a day; none = no limit for this grade
    std::vector<LoadDay> days;          ///< Monday to Sunday
};
BOOST_DESCRIBE_STRUCT(ClassLoad, (), (class_id, class_name, grade, limit, days))
struct WeekLoad {
    core::LocalDate today;
    core::LocalDate monday;
    core::LocalDate term_from;
    core::LocalDate term_to;
    bool may_change_limits = false;
    core::OrgId school_id;
    std::vector<DailyLimit> limits;
    std::vector<ClassLoad> classes;
    std::string limits_of;  ///< whose they are; empty = the usual ones of 双减
};
BOOST_DESCRIBE_STRUCT(WeekLoad, (),
                      (today, monday, term_from, term_to, may_change_limits, school_id, limits, classes, limits_of))
struct LoadQuery {
    std::optional<core::LocalDate> day;  ///< any day of the week; today if absent
};
BOOST_DESCRIBE_STRUCT(LoadQuery, (), (day))
/// The classes that the caller teaches or answers for, the whole school for its office: minutes by due day.
core::Result<WeekLoad> week_load(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 LoadQuery const& query);

struct LimitsView {
    core::OrgId org_id;
    bool own = false;  ///< set here; otherwise they come from above
    std::vector<DailyLimit> limits;
    std::string of;  ///< name of the node whose limits these are; empty = the usual ones of 双减
};
BOOST_DESCRIBE_STRUCT(LimitsView, (), (org_id, own, limits, of))

/// Which limits hold at each school of the county, for its office.
struct SchoolLimits {
    core::OrgId school_id;
    std::string school;
    LimitsView limits;
};
BOOST_DESCRIBE_STRUCT(SchoolLimits, (), (school_id, school, limits))
struct CountyLimits {
    LimitsView county;
    std::vector<SchoolLimits> own;  ///< schools that have set their own
    std::int32_t schools = 0;
};
BOOST_DESCRIBE_STRUCT(CountyLimits, (), (county, own, schools))
core::Result<CountyLimits> county_limits(sql::Database& db, auth::Caller const& caller);

/// No rows = what holds above.
struct PutLimits {
    std::vector<DailyLimit> limits;
};
BOOST_DESCRIBE_STRUCT(PutLimits, (), (limits))
core::Result<LimitsView> homework_limits(sql::Database& db, auth::Caller const& caller, core::OrgId const& org);
core::Result<LimitsView> put_homework_limits(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             core::OrgId const& org, PutLimits const& wish);

}  // namespace santong::homework
