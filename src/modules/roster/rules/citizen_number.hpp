#pragma once
// 公民身份号码 (GB 11643-1999): 6 region + 8 birth + 3 sequence (odd is male) + check character.
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "modules/roster/rules/sex.hpp"

namespace santong::roster::rules {

struct CitizenNumber {
    std::string number;  ///< 18 characters, X in upper case; an old number of 15 digits is given its modern form
    std::string region;  ///< the first six digits: where it was given out, a GB/T 2260 code of that time
    core::LocalDate birth;
    Sex sex = Sex::unknown;
    bool old_form = false;  ///< 15 digits, given out until 1999
};

/// The check character of the first 17 digits.
char citizen_check_character(std::string_view seventeen_digits);

/// True if the province of a region code exists; codes of districts come and go, so they are no proof.
bool is_plausible_region(std::string_view region);

/// Reads an identity number; `today` bounds the birthday. Refusals: "roster.citizen_number_ruined" (a spreadsheet made
/// a rounded number of it), "…_characters" {place, character}, "…_length" {length}, "…_region" {region},
/// "…_birth" {birth}, "roster.birth_future", "roster.birth_too_early", "…_check" {expected, found}.
core::Result<CitizenNumber> read_citizen_number(std::string_view text, core::LocalDate today);

/// 430901********0012 with the middle hidden.
std::string mask_citizen_number(std::string_view number);

}  // namespace santong::roster::rules
