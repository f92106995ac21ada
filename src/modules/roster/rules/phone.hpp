#pragma once
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::roster::rules {

enum class PhoneKind : int { mobile, landline };

struct Phone {
    std::string number;  ///< digits only; a landline with a hyphen behind its area code
    PhoneKind kind = PhoneKind::mobile;
};

/// Reads a mainland number with or without +86, blanks and hyphens. Refusals: "roster.phone_ruined" {value},
/// "roster.phone_length" {length}, "roster.phone_prefix" {prefix}, "roster.phone_characters" {value}.
core::Result<Phone> read_phone(std::string_view text);
/// As `read_phone`, mobiles only: a landline is refused with "roster.phone_not_mobile".
core::Result<Phone> read_mobile(std::string_view text);

/// 13800138000 becomes 138****8000.
std::string mask_phone(std::string_view number);

}  // namespace santong::roster::rules
