#pragma once
// Organisations, people and time of a district, and the pure rules about them.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"

namespace santong::roster {

using core::OrgId;
using core::PersonId;
using TermId = core::Id<struct TermTag>;
using PostId = core::Id<struct PostTag>;
using EnrolmentId = core::Id<struct EnrolmentTag>;
using GuardianshipId = core::Id<struct GuardianshipTag>;
using ConsentId = core::Id<struct ConsentTag>;
using RoomId = core::Id<struct RoomTag>;

/// What a node of the org tree is (省 市 区县 乡镇 学校 教学点 年级 班 部门 联盟). A central school (中心校) is a
/// school under a township; village schools and teaching points that it manages stand under it.
enum class OrgKind : int {
    province,
    city,
    county,
    township,
    school,
    teaching_point,
    grade,
    class_group,
    department,
    alliance
};
BOOST_DESCRIBE_ENUM(OrgKind, province, city, county, township, school, teaching_point, grade, class_group, department,
                    alliance)

/// Kind of a school (办学类型).
enum class SchoolKind : int {
    complete_secondary,
    junior,
    central_primary,
    village_primary,
    nine_year,
    teaching_point,
    senior,
    vocational,
    kindergarten,
    special,
    private_school
};
BOOST_DESCRIBE_ENUM(SchoolKind, complete_secondary, junior, central_primary, village_primary, nine_year, teaching_point,
                    senior, vocational, kindergarten, special, private_school)

enum class Sex : int { male, female, unknown };
BOOST_DESCRIBE_ENUM(Sex, male, female, unknown)

/// How an enrolment stands (学籍状态).
enum class EnrolmentStatus : int { active, left, graduated, transferred };
BOOST_DESCRIBE_ENUM(EnrolmentStatus, active, left, graduated, transferred)

enum class ConsentMethod : int { paper, online };
BOOST_DESCRIBE_ENUM(ConsentMethod, paper, online)

enum class RoomKind : int { classroom, computer_room, special };
BOOST_DESCRIBE_ENUM(RoomKind, classroom, computer_room, special)

/// The district that owns the rows: its root organisation, its name, its zone.
struct District {
    OrgId org_id;
    std::string name;
    std::int32_t zone_minutes = 480;

    core::Zone zone() const { return {zone_minutes}; }
};
BOOST_DESCRIBE_STRUCT(District, (), (org_id, name, zone_minutes))

/// One node of the org tree (机构).
struct Org {
    OrgId id;
    OrgKind kind = OrgKind::school;
    OrgId parent_id;  ///< none for the root
    std::string name;
    std::string short_name;
    std::string code;  ///< area code of a place, 学校标识码 of a school
    std::int32_t sort = 0;
    std::optional<double> map_x;  ///< place on the schematic map, 0..1
    std::optional<double> map_y;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;

    bool is_school() const { return kind == OrgKind::school || kind == OrgKind::teaching_point; }
};
BOOST_DESCRIBE_STRUCT(Org, (), (id, kind, parent_id, name, short_name, code, sort, map_x, map_y, from_date, to_date))

/// What a school has besides its node (学校), as it is kept.
struct SchoolProfile {
    OrgId id;
    SchoolKind kind = SchoolKind::village_primary;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::string school_code;       ///< 学校标识码, ten digits; empty if unknown
    std::string login_prefix;      ///< begins the logins of its pupils; unique in the district; made if empty
    std::int32_t last_number = 0;  ///< last pupil number given out
    bool central = false;          ///< 中心校以上: counts for the indicators that ask for it
    bool rural = true;
    std::string campus_mark;  ///< names a campus of a school with several
};
BOOST_DESCRIBE_STRUCT(SchoolProfile, (),
                      (id, kind, first_grade, last_grade, school_code, login_prefix, last_number, central, rural,
                       campus_mark))

/// A school as other modules see it.
struct School {
    OrgId id;
    std::string name;
    std::string short_name;
    OrgId township_id;  ///< none if it stands directly under the county
    std::string township_name;
    SchoolKind kind = SchoolKind::village_primary;
    bool central = false;
    bool rural = true;
    std::int32_t first_grade = 1;
    std::int32_t last_grade = 6;
    std::string school_code;
    std::optional<double> x;
    std::optional<double> y;
};
BOOST_DESCRIBE_STRUCT(School, (),
                      (id, name, short_name, township_id, township_name, kind, central, rural, first_grade, last_grade,
                       school_code, x, y))

/// What a class has besides its node (班), as it is kept. Its grade follows from the school year.
struct ClassProfile {
    OrgId id;
    OrgId school_id;
    std::int32_t entry_year = 0;  ///< school year in which it began with `entry_grade`
    std::int32_t entry_grade = 1;
    std::int32_t number = 1;  ///< the 2 of 五(2)班
    std::string name;         ///< its own name; empty = made from grade and number
    bool multigrade = false;  ///< 复式班
    std::string room;

    std::int32_t grade_in(int school_year) const { return school_year - entry_year + entry_grade; }
};
BOOST_DESCRIBE_STRUCT(ClassProfile, (), (id, school_id, entry_year, entry_grade, number, name, multigrade, room))

/// A class as other modules see it on some day.
struct ClassGroup {
    OrgId id;
    OrgId school_id;
    std::string name;        ///< 五(2)班
    std::int32_t grade = 1;  ///< 1–12 on that day; above the school's last grade = it has left, below 1 = not yet
    std::int32_t number = 1;
    std::int32_t pupils = 0;
    std::string room;
    bool multigrade = false;
    std::int32_t entry_year = 0;
};
BOOST_DESCRIBE_STRUCT(ClassGroup, (), (id, school_id, name, grade, number, pupils, room, multigrade, entry_year))

/// Half a school year (学期).
struct Term {
    TermId id;
    std::int32_t school_year = 0;  ///< 2014 for 2014/15
    std::int32_t number = 1;       ///< 1 autumn, 2 spring
    std::string name;
    core::LocalDate from_date;
    core::LocalDate to_date;
    core::LocalDate week_one_monday;

    /// 1 for the first week; 0 or less before it, more than `weeks()` after the term.
    int week_of(core::LocalDate date) const;
    core::LocalDate monday_of_week(int week) const { return week_one_monday.plus_days(7 * (week - 1)); }
    int weeks() const { return week_of(to_date); }
    bool contains(core::LocalDate date) const { return from_date <= date && date <= to_date; }
};
BOOST_DESCRIBE_STRUCT(Term, (), (id, school_year, number, name, from_date, to_date, week_one_monday))

/// Somebody of the district without his personal fields.
struct Person {
    PersonId id;
    std::string name;
    std::string pinyin;    ///< zhang hao lin: what lists of names are sorted by
    std::string initials;  ///< zhl
    Sex sex = Sex::unknown;
    std::optional<core::LocalDate> birth_date;
    std::optional<std::string> staff_number;
    std::optional<std::string> pupil_number;  ///< school's short code + running number; also his login
    std::string subject;
    std::optional<core::Instant> ended_at;  ///< left the district, or was erased
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject, ended_at))

/// The guarded fields in clear (identity number, 学籍号, phone); exists only while a use case needs it.
struct PersonalFields {
    std::string identity_number;
    std::string student_number;
    std::string phone;
};
BOOST_DESCRIBE_STRUCT(PersonalFields, (), (identity_number, student_number, phone))

/// A teacher of a school on some day.
struct Teacher {
    PersonId person_id;
    std::string name;
    std::string subject;
    std::string staff_number;
    bool homeroom = false;  ///< answered by `teachers_of_class` only
};
BOOST_DESCRIBE_STRUCT(Teacher, (), (person_id, name, subject, staff_number, homeroom))

/// A pupil of a class on some day.
struct Pupil {
    PersonId person_id;
    std::string name;
    Sex sex = Sex::unknown;
    std::string pupil_number;
};
BOOST_DESCRIBE_STRUCT(Pupil, (), (person_id, name, sex, pupil_number))

/// A pupil's place in a school (学籍).
struct Enrolment {
    EnrolmentId id;
    PersonId person_id;
    OrgId school_id;
    OrgId class_id;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
    EnrolmentStatus status = EnrolmentStatus::active;
};
BOOST_DESCRIBE_STRUCT(Enrolment, (), (id, person_id, school_id, class_id, from_date, to_date, status))

/// Who answers for a pupil (监护关系).
struct Guardianship {
    GuardianshipId id;
    PersonId guardian_id;
    PersonId pupil_id;
    std::string relation;  ///< code of table GX or the word itself
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(Guardianship, (), (id, guardian_id, pupil_id, relation, from_date, to_date))

/// A guardian's consent for a pupil under 14 (PIPL 31).
struct Consent {
    ConsentId id;
    PersonId pupil_id;
    PersonId guardian_id;  ///< none if the paper names nobody known
    std::string purpose = "account";
    ConsentMethod method = ConsentMethod::paper;
    core::Instant given_at;
    PersonId recorded_by;
    std::optional<core::Instant> withdrawn_at;
    std::string statement;  ///< the text agreed to; empty for paper
    std::optional<PersonId> withdrawn_by;
};
BOOST_DESCRIBE_STRUCT(Consent, (),
                      (id, pupil_id, guardian_id, purpose, method, given_at, recorded_by, withdrawn_at, statement,
                       withdrawn_by))

struct Room {
    RoomId id;
    OrgId school_id;
    std::string name;
    RoomKind kind = RoomKind::classroom;
    bool equipped = false;  ///< 班班通 equipment stands in it
};
BOOST_DESCRIBE_STRUCT(Room, (), (id, school_id, name, kind, equipped))

/// Stands as the version of what the district has added itself.
inline constexpr char own_version[] = "own";

/// A subject (学科) by the code tables.
struct Subject {
    std::string code;
    std::string title;
    std::string title_en;
    std::string version;  ///< "2012", "2022", or `own_version`
};
BOOST_DESCRIBE_STRUCT(Subject, (), (code, title, title_en, version))

/// One entry of a code table (代码表).
struct CodeItem {
    std::string version;
    std::string code;
    std::string title;
    std::string title_en;
    std::int32_t sort = 0;
    std::optional<core::LocalDate> valid_from;
    std::optional<core::LocalDate> valid_to;
};
BOOST_DESCRIBE_STRUCT(CodeItem, (), (version, code, title, title_en, sort, valid_from, valid_to))

/// A code that the district has added to a table (自设代码). It is retired, never deleted: records name it.
struct OwnCode {
    std::string table_name;
    std::string code;
    std::string title;
    std::string title_en;
    core::Instant added_at;
    std::optional<core::Instant> retired_at;
};
BOOST_DESCRIBE_STRUCT(OwnCode, (), (table_name, code, title, title_en, added_at, retired_at))

/// Whether a node of one kind may stand directly under one of another.
bool may_stand_under(OrgKind kind, OrgKind parent);
/// The school year a day belongs to; it begins on 1 August.
int school_year_of(core::LocalDate date);
/// Whether somebody born on `birth` is under 14 on `on`; an unknown birthday counts as under 14.
bool under_fourteen(std::optional<core::LocalDate> const& birth, core::LocalDate on);

}  // namespace santong::roster
