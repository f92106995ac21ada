#include "server/demo/plan.hpp"

#include <cstdlib>

#include "core/assert.hpp"
#include "core/embedded.hpp"
#include "server/demo/names.hpp"

namespace santong::server::demo {

namespace {

std::vector<std::string> cells_of(std::string const& line) {
    std::vector<std::string> cells(1);
    for (char const c : line) {
        if (c == ',')
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    return cells;
}

SchoolRow row_of(std::vector<std::string> const& c) {
    SchoolRow row;
    row.name = c[0];
    row.short_name = c[1];
    row.township = c[2];
    row.kind = *core::enum_parse<roster::SchoolKind>(c[3]);
    row.central = c[4] == "yes";
    row.first_grade = std::atoi(c[5].c_str());
    row.last_grade = std::atoi(c[6].c_str());
    row.classes = std::atoi(c[7].c_str());
    row.pupils = std::atoi(c[8].c_str());
    row.teachers = std::atoi(c[9].c_str());
    row.link_mbit = std::atoi(c[10].c_str());
    row.equipped_rooms = std::atoi(c[11].c_str());
    row.prefix = c[12];
    row.x = std::strtod(c[13].c_str(), nullptr);
    row.y = std::strtod(c[14].c_str(), nullptr);
    return row;
}

std::string padded(int value, std::size_t width) {
    auto text = std::to_string(value);
    while (text.size() < width) text.insert(text.begin(), '0');
    return text;
}

core::LocalDate birthday(Random& random, int year_from, int year_to) {
    return core::LocalDate{static_cast<std::int16_t>(random.between(year_from, year_to)), 1, 1}.plus_days(
        random.between(0, 364));
}

PersonPlan draw_person(Random& random, core::LocalDate birth, std::string number, std::string const& family = {}) {
    PersonPlan person;
    person.id = PersonId::make();
    person.sex = random.chance(0.5) ? roster::Sex::male : roster::Sex::female;
    person.name = person_name(random, person.sex, family);
    person.birth = birth;
    person.number = std::move(number);
    person.phone = phone(random);
    return person;
}

void draw_classes(SchoolPlan& school, Random& random) {
    auto const& row = school.row;
    int const grades = row.last_grade - row.first_grade + 1;
    std::vector<int> of_grade(static_cast<std::size_t>(grades), row.classes / grades);
    for (int i = 0; i < row.classes % grades; ++i) ++of_grade[static_cast<std::size_t>(i)];
    int pupils_left = row.pupils, classes_left = row.classes, pupil_number = 0, room = 0;
    for (int grade = row.first_grade; grade <= row.last_grade; ++grade) {
        for (int number = 1; number <= of_grade[static_cast<std::size_t>(grade - row.first_grade)]; ++number) {
            ClassPlan group;
            group.id = OrgId::make();
            group.grade = grade;
            group.number = number;
            group.room = std::to_string(100 * (1 + room / 6) + 1 + room % 6);
            ++room;
            int const size = pupils_left / classes_left;
            for (int i = 0; i < size; ++i) {
                // A pupil of grade g is g+5 at the start of the school year.
                auto const birth = birthday(random, school_year - grade - 6, school_year - grade - 6);
                auto const family = surname(random);
                group.pupils.push_back(draw_person(random, birth, row.prefix + padded(++pupil_number, 4), family));
                group.guardians.push_back(draw_person(random, birthday(random, 1972, 1986), "", family));
            }
            pupils_left -= size;
            --classes_left;
            school.classes.push_back(std::move(group));
        }
    }
    SANTONG_ASSERT(pupils_left == 0 && classes_left == 0);
}

SchoolPlan draw_school(SchoolRow const& row, Random random) {
    SchoolPlan school;
    school.row = row;
    school.id = OrgId::make();
    for (int i = 1; i <= row.teachers; ++i) {
        school.teachers.push_back(draw_person(random, birthday(random, 1956, 1991), row.prefix + padded(i, 3)));
    }
    draw_classes(school, random);
    return school;
}

}  // namespace

std::vector<SchoolRow> read_schools() {
    for (auto const& file : embedded::demo_content()) {
        if (file.path != "schools.csv") continue;
        std::vector<SchoolRow> rows;
        std::string line;
        for (char const c : std::string(file.bytes) + "\n") {
            if (c != '\n') {
                line += c;
                continue;
            }
            if (auto const cells = cells_of(line); cells.size() == 15 && cells[0] != "name")
                rows.push_back(row_of(cells));
            line.clear();
        }
        return rows;
    }
    SANTONG_ASSERT(false);
}

DistrictPlan draw_district(Random const& random) {
    DistrictPlan plan;
    plan.city = OrgId::make();
    plan.county = OrgId::make();
    plan.term = roster::TermId::make();
    auto people = random.part("officers");
    for (auto const* role : {"leader", "info_office", "supervisor", "finance", "sysadmin", "secadmin", "auditor"}) {
        plan.officers[role] = draw_person(people, birthday(people, 1964, 1984), std::string("DTH-") + role);
    }
    int number = 0;
    for (auto const* subject : {"13", "14", "41", "15", "16", "17", "18", "20", "21", "22", "24", "25", "61", "E1"}) {
        auto& researcher = plan.researchers.emplace_back(
            draw_person(people, birthday(people, 1964, 1982), "JY" + padded(++number, 3)));
        researcher.subject = subject;
    }
    for (auto const& row : read_schools()) {
        plan.townships.try_emplace(row.township, OrgId::make());
        plan.schools.push_back(draw_school(row, random.part(row.name)));
    }
    return plan;
}

std::vector<timetable::CalendarDay> calendar(OrgId const& county) {
    using timetable::DayKind;
    std::vector<timetable::CalendarDay> days{{county, {2014, 9, 8}, DayKind::holiday, "中秋节", {}}};
    for (std::int8_t day = 1; day <= 7; ++day)
        days.push_back({county, {2014, 10, day}, DayKind::holiday, "国庆节", {}});
    days.push_back({county, {2014, 9, 28}, DayKind::workday, "补国庆节", 2});
    days.push_back({county, {2014, 10, 11}, DayKind::workday, "补国庆节", 5});
    days.push_back({county, {2015, 1, 1}, DayKind::holiday, "元旦", {}});
    return days;
}

}  // namespace santong::server::demo
