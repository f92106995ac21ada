#pragma once
// What the screens of the timetable ask beside the week: choices, recorded changes, the calendar, who is free.
#include "core/time.hpp"
#include "modules/timetable/domain.hpp"
#include "platform/auth/caller.hpp"

namespace santong::timetable {

struct SchoolChoice {
    core::OrgId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(SchoolChoice, (), (id, name))
struct ClassOption {
    core::OrgId id;
    std::string name;
    std::int32_t grade = 0;
};
BOOST_DESCRIBE_STRUCT(ClassOption, (), (id, name, grade))
struct TeacherChoice {
    core::PersonId id;
    std::string name;
    std::string subject;  ///< code of ZXXKC; may be empty
};
BOOST_DESCRIBE_STRUCT(TeacherChoice, (), (id, name, subject))

/// Whose timetables the caller may open, and the term they are of. Pupils and guardians get `own_classes` only.
struct Choices {
    core::LocalDate today;
    core::LocalDate week_one_monday;
    core::LocalDate term_to;
    std::string term_name;
    std::optional<core::OrgId> school_id;  ///< the school that `classes` and `teachers` belong to
    core::OrgId district_id;
    std::vector<SchoolChoice> schools;
    std::vector<ClassOption> classes;
    std::vector<TeacherChoice> teachers;
    std::vector<ClassOption> own_classes;  ///< of a pupil, or of a guardian's children
    bool teaches = false;                  ///< the caller is one of the teachers
};
BOOST_DESCRIBE_STRUCT(Choices, (),
                      (today, week_one_monday, term_to, term_name, school_id, district_id, schools, classes, teachers,
                       own_classes, teaches))
/// Without a school: the caller's own, else the first that he may see.
core::Result<Choices> choices(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              std::optional<core::OrgId> school);

/// A recorded change beside what the timetable says; `planned_*` is empty where nothing was planned.
struct SubstitutionView {
    Substitution change;
    std::string class_name;
    std::string teacher_name;
    std::string planned_subject;
    std::optional<core::PersonId> planned_teacher_id;
    std::string planned_teacher_name;
    std::optional<core::PersonId> asked_by;  ///< whose request it follows; absent where the office entered it
    std::string asked_by_name;
    bool gone = false;  ///< the day has no such lesson any more: a holiday, another timetable
};
BOOST_DESCRIBE_STRUCT(SubstitutionView, (),
                      (change, class_name, teacher_name, planned_subject, planned_teacher_id, planned_teacher_name,
                       asked_by, asked_by_name, gone))
struct PatrolView {
    PatrolException found;
    std::string class_name;
    std::string planned_subject;
    std::string planned_teacher_name;
};
BOOST_DESCRIBE_STRUCT(PatrolView, (), (found, class_name, planned_subject, planned_teacher_name))

/// For those who record them: reasons may be private. At most 62 days.
core::Result<std::vector<SubstitutionView>> substitutions_of(sql::Database& db, auth::Caller const& caller,
                                                             core::OrgId const& school, core::LocalDate from,
                                                             core::LocalDate to);
core::Result<std::vector<PatrolView>> patrol_of(sql::Database& db, auth::Caller const& caller,
                                                core::OrgId const& school, core::LocalDate from, core::LocalDate to);
/// Lessons that were called off in [from, to], with the reasons that the office gave; empty where a teacher's request
/// keeps it. For the school's own report: checks no permission.
std::vector<Substitution> cancellations(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                        core::LocalDate to);
/// Days of a school (or the district) that differ from the week's pattern, in the running term.
core::Result<std::vector<CalendarDay>> calendar_of(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& org);

/// A teacher of the school and whether he could take a lesson over.
struct Candidate {
    core::PersonId id;
    std::string name;
    std::string subject;
    bool same_subject = false;
    bool same_class = false;  ///< teaches the class already
    std::int32_t lessons_that_day = 0;
    std::string busy_with;  ///< the class he teaches in that period; empty = free
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (id, name, subject, same_subject, same_class, lessons_that_day, busy_with))
/// Free ones first: those of the subject who teach the class, of the subject, of the class, all others; within these by
/// name. For the office, and for the lesson's own teacher.
core::Result<std::vector<Candidate>> candidates(sql::Database& db, auth::Caller const& caller,
                                                core::OrgId const& class_id, core::LocalDate date, int period);

/// All versions of the running term's timetable, newest first.
core::Result<std::vector<Timetable>> versions(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                              core::OrgId const& school);

/// Takes back a term that has not begun and has no timetable. Refuses "timetable.term_in_use" {name} and as
/// `roster::remove_term` does.
core::Result<core::Nothing> remove_term(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        roster::TermId const& id);

}  // namespace santong::timetable
