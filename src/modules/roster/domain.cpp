#include "modules/roster/domain.hpp"

#include <array>

namespace santong::roster {

namespace {

constexpr std::array<char const*, 9> grade_numbers = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::array<char const*, 3> senior_grades = {"高一", "高二", "高三"};

/// The part of a class's name before its number: 五, 高一.
std::string grade_stem(int grade) {
    if (grade >= 1 && grade <= 9) return grade_numbers[static_cast<std::size_t>(grade - 1)];
    if (grade >= 10 && grade <= 12) return senior_grades[static_cast<std::size_t>(grade - 10)];
    return std::to_string(grade);
}

}  // namespace

int Term::week_of(core::LocalDate date) const {
    int const days = date.day_number() - week_one_monday.day_number();
    return days >= 0 ? days / 7 + 1 : -((-days - 1) / 7);
}

int school_year_of(core::LocalDate date) { return date.month >= 8 ? date.year : date.year - 1; }

std::string grade_title(int grade) { return grade >= 10 && grade <= 12 ? grade_stem(grade) : grade_stem(grade) + "年级"; }

std::string class_title(int grade, int number) { return grade_stem(grade) + "(" + std::to_string(number) + ")班"; }

bool under_fourteen(std::optional<core::LocalDate> const& birth, core::LocalDate on) {
    if (!birth) return true;
    int const years = on.year - birth->year;
    bool const had_birthday = on.month > birth->month || (on.month == birth->month && on.day >= birth->day);
    return (had_birthday ? years : years - 1) < 14;
}

}  // namespace santong::roster
