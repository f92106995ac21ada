#pragma once
// Numbers of a person in users.csv: `userIds` as "{type:value},{type:value}", and `identifier`.
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace santong::oneroster {

/// What the roster keeps of the numbers somebody has; empty where there is none.
struct PersonNumbers {
    std::string citizen_number;
    std::string student_number;
    std::string staff_number;
};

/// Reads `userIds`. Types that mean a number of ours (身份证件号, 学籍号, 工号 and their English names) must hold a
/// right one; other types are not looked at. Refuses with "oneroster.user_ids" if the cell is not built as the standard
/// says, else as the rules of the number do.
core::Result<PersonNumbers> read_user_ids(std::string_view cell, core::LocalDate today);

/// Adds what `identifier` is: a 学籍号 or an identity number if it is a right one, else the staff number of staff.
void add_identifier(PersonNumbers& numbers, std::string_view identifier, bool staff, core::LocalDate today);

/// As `read_user_ids` reads it.
std::string write_user_ids(PersonNumbers const& numbers);

}  // namespace santong::oneroster
