#include "modules/roster/domain.hpp"

namespace santong::roster {

int Term::week_of(core::LocalDate date) const {
    int const days = date.day_number() - week_one_monday.day_number();
    return days >= 0 ? days / 7 + 1 : -((-days - 1) / 7);
}

bool may_stand_under(OrgKind kind, OrgKind parent) {
    bool const area = parent == OrgKind::province || parent == OrgKind::city || parent == OrgKind::county;
    bool const school = parent == OrgKind::school || parent == OrgKind::teaching_point;
    switch (kind) {
        case OrgKind::province: return false;
        case OrgKind::city: return parent == OrgKind::province;
        case OrgKind::county: return parent == OrgKind::province || parent == OrgKind::city;
        case OrgKind::township: return parent == OrgKind::county;
        case OrgKind::school:
        case OrgKind::teaching_point: return area || parent == OrgKind::township || parent == OrgKind::school;
        case OrgKind::grade: return school;
        case OrgKind::class_group: return school || parent == OrgKind::grade;
        case OrgKind::department: return area || school || parent == OrgKind::township;
        case OrgKind::alliance: return area;
    }
    return false;
}

int school_year_of(core::LocalDate date) {
    return date.month >= 8 ? date.year : date.year - 1;
}

bool under_fourteen(std::optional<core::LocalDate> const& birth, core::LocalDate on) {
    if (!birth) return true;
    int const years = on.year - birth->year;
    bool const had_birthday = on.month > birth->month || (on.month == birth->month && on.day >= birth->day);
    return (had_birthday ? years : years - 1) < 14;
}

}  // namespace santong::roster
