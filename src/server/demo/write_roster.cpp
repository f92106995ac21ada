#include "server/demo/write_roster.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/timetable/service.hpp"
#include "server/demo/names.hpp"

namespace santong::server::demo {

namespace {

using roster::BulkRoster;
using roster::OrgKind;

constexpr core::LocalDate since{2014, 3, 1};

roster::Org node(OrgId const& id, OrgKind kind, OrgId const& parent, std::string name, std::string short_name = {}) {
    roster::Org org;
    org.id = id;
    org.kind = kind;
    org.parent_id = parent;
    org.short_name = short_name.empty() ? name : std::move(short_name);
    org.name = std::move(name);
    org.from_date = since;
    return org;
}

roster::PersonRecord record_of(PersonPlan const& plan, bool staff) {
    roster::PersonRecord record;
    record.id = plan.id;
    record.name = plan.name;
    record.sex = plan.sex;
    record.birth_date = plan.birth;
    if (!plan.number.empty()) (staff ? record.staff_number : record.pupil_number) = plan.number;
    record.subject = plan.subject;
    record.phone = plan.phone;
    return record;
}

roster::Post post(PersonId const& person, OrgId const& org, auth::Role kind, std::string subject = {},
                  std::string title = {}) {
    return {roster::PostId::make(), person, org, kind, std::move(subject), std::move(title), since, std::nullopt};
}

}  // namespace

OrgId parent_of(DistrictPlan const& plan, SchoolPlan const& school) {
    using roster::SchoolKind;
    bool const managed =
        school.row.kind == SchoolKind::village_primary || school.row.kind == SchoolKind::teaching_point;
    for (auto const& other : plan.schools) {
        bool const manages = other.row.kind == SchoolKind::central_primary ||
                             (other.row.kind == SchoolKind::nine_year && other.row.central);
        if (managed && manages && other.row.township == school.row.township) return other.id;
    }
    return plan.townships.at(school.row.township);
}

namespace {

void add_district(BulkRoster& bulk, DistrictPlan const& plan) {
    bulk.district = roster::District{plan.county, "大通湖区", 480};
    auto county = node(plan.county, OrgKind::county, {}, "大通湖区");
    county.code = std::to_string(datonghu);
    bulk.orgs.push_back(county);
    std::vector<std::string> written;  // in the order in which the district's list of schools names them
    for (auto const& school : plan.schools) {
        auto const& name = school.row.township;
        if (std::ranges::find(written, name) != written.end()) continue;
        written.push_back(name);
        auto township = node(plan.townships.at(name), OrgKind::township, plan.county, name);
        township.sort = static_cast<int>(written.size());
        bulk.orgs.push_back(township);
    }
    bulk.terms.push_back({plan.term, school_year, 1, "2014学年第一学期", term_start, term_end, term_start});
    for (auto const& [role, person] : plan.officers) {
        bulk.people.push_back(record_of(person, true));
        bulk.posts.push_back(post(person.id, plan.county, *core::enum_parse<auth::Role>(role)));
    }
    for (auto const& person : plan.researchers) {
        bulk.people.push_back(record_of(person, true));
        bulk.posts.push_back(post(person.id, plan.county, auth::Role::researcher, person.subject));
    }
}

/// The first teacher leads the school, the second its academic office; the best loaded of each subject its research
/// group.
void add_posts(BulkRoster& bulk, SchoolPlan const& school) {
    for (auto const& teacher : school.teachers) {
        bulk.people.push_back(record_of(teacher, true));
        bulk.posts.push_back(post(teacher.id, school.id, auth::Role::teacher, teacher.subject));
    }
    auto const last = school.teachers.size() - 1;
    bulk.posts.push_back(post(school.teachers[0].id, school.id, auth::Role::principal, "", "校长"));
    bulk.posts.push_back(post(school.teachers[1].id, school.id, auth::Role::academic, "", "教务主任"));
    bulk.posts.push_back(post(school.teachers[2].id, school.id, auth::Role::registry_clerk));
    bulk.posts.push_back(post(school.teachers[last].id, school.id, auth::Role::technician));
    std::map<std::string, PersonId> heads;
    for (std::size_t i = 3; i < school.teachers.size(); ++i)
        heads.try_emplace(school.teachers[i].subject, school.teachers[i].id);
    for (auto const& [subject, head] : heads)
        bulk.posts.push_back(post(head, school.id, auth::Role::research_head, subject));
    for (auto const& group : school.classes) {
        bulk.posts.push_back(post(school.teachers[group.homeroom].id, group.id, auth::Role::homeroom));
    }
}

void add_class(BulkRoster& bulk, SchoolPlan const& school, ClassPlan const& group, Random& random) {
    int const entry_grade = group.grade >= 10 ? 10 : group.grade >= 7 ? 7 : 1;
    int const entry_year = school_year - (group.grade - entry_grade);
    auto org = node(group.id, OrgKind::class_group, school.id,
                    std::to_string(entry_year) + "级" + std::to_string(group.number) + "班");
    org.sort = group.grade * 100 + group.number;
    org.from_date = {static_cast<std::int16_t>(entry_year), 9, 1};
    bulk.orgs.push_back(org);
    bulk.classes.push_back({group.id, school.id, entry_year, entry_grade, group.number, "", false, group.room});
    for (std::size_t i = 0; i < group.pupils.size(); ++i) {
        auto const &pupil = group.pupils[i], &guardian = group.guardians[i];
        auto record = record_of(pupil, false);
        record.phone.clear();
        record.identity_number = citizen_number(random, pupil.birth, pupil.sex);
        record.student_number = "G" + record.identity_number;
        bulk.people.push_back(std::move(record));
        bulk.people.push_back(record_of(guardian, false));
        bulk.enrolments.push_back(
            {roster::EnrolmentId::make(), pupil.id, school.id, group.id, since, std::nullopt, {}});
        bulk.guardianships.push_back({roster::GuardianshipId::make(), guardian.id, pupil.id,
                                      guardian.sex == roster::Sex::male ? "父亲" : "母亲", since, std::nullopt});
        // Where consent is missing the account stays dormant: 开通 and 应用 are different numbers.
        if (!random.chance(school.row.central ? 0.93 : 0.78)) continue;
        bulk.consents.push_back({roster::ConsentId::make(), pupil.id, guardian.id, "account",
                                 roster::ConsentMethod::paper, core::Zone{}.at({2014, 9, 10}, 600),
                                 school.teachers[group.homeroom].id, std::nullopt, "", std::nullopt});
    }
}

void add_school(BulkRoster& bulk, DistrictPlan const& plan, SchoolPlan const& school, int sort, Random& random) {
    auto const& row = school.row;
    bool const point = row.kind == roster::SchoolKind::teaching_point;
    auto org = node(school.id, point ? OrgKind::teaching_point : OrgKind::school, parent_of(plan, school), row.name,
                    row.short_name);
    org.sort = sort;
    org.map_x = row.x;
    org.map_y = row.y;
    bulk.orgs.push_back(org);
    bulk.schools.push_back({school.id, row.kind, row.first_grade, row.last_grade, "", row.prefix, row.pupils,
                            row.central, row.township != "河坝镇" || !row.central, ""});
    add_posts(bulk, school);
    // T1 of the demo: the roll-out has reached 130 of 200 rooms, the equipped schools of the baseline first.
    int equipped =
        std::min<int>(row.classes, row.equipped_rooms + (row.central ? row.classes * 3 / 4 : row.classes / 4));
    for (auto const& group : school.classes) {
        add_class(bulk, school, group, random);
        bulk.rooms.push_back(
            {roster::RoomId::make(), school.id, group.room, roster::RoomKind::classroom, equipped-- > 0});
    }
    bulk.rooms.push_back({roster::RoomId::make(), school.id, "微机室", roster::RoomKind::computer_room, true});
}

}  // namespace

void write_roster(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock, Random random) {
    auto const write = [&](BulkRoster const& bulk) {
        auto const done = db.transact(datonghu, [&](sql::Tx& tx) { return roster::write_bulk(tx, bulk, clock); });
        SANTONG_ASSERT(done.has_value());
    };
    BulkRoster district;
    add_district(district, plan);
    write(district);
    int sort = 0;
    // Schools that manage others come first: a parent must be known.
    for (bool const managing : {true, false}) {
        for (auto const& school : plan.schools) {
            bool const is_child = parent_of(plan, school) != plan.townships.at(school.row.township);
            if (is_child == managing) continue;
            BulkRoster bulk;
            add_school(bulk, plan, school, ++sort, random);
            write(bulk);
        }
    }
}

void write_timetables(sql::Database& db, DistrictPlan const& plan) {
    db.transact(datonghu, [&](sql::Tx& tx) {
        std::vector<timetable::CoursePlanRow> rows;
        for (int grade = 1; grade <= 12; ++grade) {
            for (auto const& [subject, hours] : course_of(grade)) rows.push_back({school_year, grade, subject, hours});
        }
        timetable::write_course_plan(tx, school_year, rows);
        timetable::write_calendar(tx, calendar(plan.county));
    });
    for (auto const& school : plan.schools) {
        db.transact(datonghu, [&](sql::Tx& tx) {
            timetable::write_bell(tx, school.id, term_start, bell_of(school.row.first_grade));
            timetable::Timetable const table{school.timetable_id,
                                             school.id,
                                             plan.term,
                                             1,
                                             timetable::TimetableState::published,
                                             term_start,
                                             std::nullopt,
                                             school.teachers[1].id,
                                             core::Zone{}.at({2014, 8, 29}, 600)};
            timetable::write_timetable(tx, table, school.entries);
        });
    }
}

}  // namespace santong::server::demo
