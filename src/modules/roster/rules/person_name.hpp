#pragma once
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::roster::rules {

/// A person's name as it is kept: 张　三 loses its blank, every middle dot becomes ·, letters keep their blanks.
/// Refusals: "roster.name_missing", "roster.name_too_long" {max}, "roster.name_lost_character" {name} (a rare character
/// became ? or a private code on its way here), "roster.name_characters" {character}.
core::Result<std::string> read_person_name(std::string_view text);

}  // namespace santong::roster::rules
