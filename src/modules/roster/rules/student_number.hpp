#pragma once
// 学籍号: G + citizen number; J + 6 region + 8 birth + 3 sequence + check, for pupils without one;
// L + 6 + 8 + 4, given for the time being.
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "modules/roster/rules/sex.hpp"

namespace santong::roster::rules {

enum class StudentNumberKind : int { citizen, without_citizen_number, temporary };

struct StudentNumber {
    std::string number;  ///< 19 characters, letters in upper case
    StudentNumberKind kind = StudentNumberKind::citizen;
    std::string region;
    core::LocalDate birth;
    std::optional<Sex> sex;  ///< said by G only

    /// The identity number inside a G number: personal data like the identity number itself.
    std::string_view citizen_number() const;
};

/// Refusals: "roster.student_number_length" {length}, "…_letter" {letter}, "…_characters" {place, character},
/// "…_check" {expected, found} and, for the rest of the number, the keys of `read_citizen_number`.
core::Result<StudentNumber> read_student_number(std::string_view text, core::LocalDate today);

/// Whether a person known by one number may be given the next: L and J become G when the citizen number is there, with
/// the same birthday. Refusals: "roster.student_number_birth_differs" {before, after}, "roster.student_number_kept".
core::Result<void> may_follow(StudentNumber const& before, StudentNumber const& after);

}  // namespace santong::roster::rules
