#include "modules/roster/domain.hpp"

namespace santong::roster {

int Term::week_of(core::LocalDate date) const {
    int const days = date.day_number() - week_one_monday.day_number();
    return days >= 0 ? days / 7 + 1 : -((-days - 1) / 7);
}

int school_year_of(core::LocalDate date) { return date.month >= 8 ? date.year : date.year - 1; }

bool under_fourteen(std::optional<core::LocalDate> const& birth, core::LocalDate on) {
    if (!birth) return true;
    int const years = on.year - birth->year;
    bool const had_birthday = on.month > birth->month || (on.month == birth->month && on.day >= birth->day);
    return (had_birthday ? years : years - 1) < 14;
}

}  // namespace santong::roster
