#pragma once
// The demo district as it is drawn, before anything is written: schools, people, timetables.
#include <map>
#include <string>
#include <vector>

#include "modules/roster/domain.hpp"
#include "modules/timetable/domain.hpp"
#include "server/demo/random.hpp"

namespace santong::server::demo {

using core::OrgId;
using core::PersonId;

/// A row of schools.csv: what plan 002 and its annex say of each school.
struct SchoolRow {
    std::string name, short_name, township, prefix;
    roster::SchoolKind kind = roster::SchoolKind::village_primary;
    bool central = false;
    int first_grade = 1, last_grade = 6, classes = 0, pupils = 0, teachers = 0, link_mbit = 0, equipped_rooms = 0;
    double x = 0, y = 0;
};

/// Somebody of the demo with what the roster needs of him.
struct PersonPlan {
    PersonId id;
    std::string name;
    roster::Sex sex = roster::Sex::unknown;
    core::LocalDate birth;
    std::string number;   ///< staff number or pupil number; also the login
    std::string subject;  ///< main subject of a teacher
    std::string phone;
};

struct ClassPlan {
    OrgId id;
    int grade = 1;
    int number = 1;
    std::string room;
    std::size_t homeroom = 0;  ///< index of a teacher of the school
    std::vector<PersonPlan> pupils;
    std::vector<PersonPlan> guardians;  ///< one per pupil
};

struct SchoolPlan {
    SchoolRow row;
    OrgId id;
    std::vector<PersonPlan> teachers;
    std::vector<ClassPlan> classes;
    timetable::TimetableId timetable_id;
    std::vector<timetable::Entry> entries;
};

struct DistrictPlan {
    OrgId city, county;
    std::map<std::string, OrgId> townships;
    std::vector<SchoolPlan> schools;
    std::map<std::string, PersonPlan> officers;  ///< by role name: leader, info_office, …
    std::vector<PersonPlan> researchers;         ///< one a main subject
    roster::TermId term;
};

/// Days and clock of the demo: the autumn term of 2014, "today" Thursday of week 12, 09:03.
inline constexpr core::LocalDate term_start{2014, 9, 1};
inline constexpr core::LocalDate term_end{2015, 1, 23};
inline constexpr core::LocalDate demo_today{2014, 11, 20};
inline constexpr int demo_minute = 9 * 60 + 3;
inline constexpr int school_year = 2014;
inline constexpr core::DistrictId datonghu = 430971;

std::vector<SchoolRow> read_schools();
/// Periods a week of each subject in a grade: 课程计划 of the demo.
std::vector<std::pair<std::string, int>> const& course_of(int grade);
/// The bell of a school by its first grade: primary or secondary.
std::vector<timetable::BellPeriod> bell_of(int first_grade);
/// Draws schools, classes, people.
DistrictPlan draw_district(Random const& random);
/// Draws who teaches what to whom and when: no teacher and no class twice at a time.
void draw_timetables(DistrictPlan& plan, Random const& random);
/// Days without lessons, and workdays that follow another weekday.
std::vector<timetable::CalendarDay> calendar(OrgId const& county);

}  // namespace santong::server::demo
