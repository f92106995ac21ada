#pragma once
// A master key on paper: groups that a person copies by hand, each with a sign that proves it at its place.
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::auth {

/// Sixteen of the key, and one of all of them together.
inline constexpr std::size_t sheet_groups = 17;

/// "1A2BQ 33F0X …": four hexadecimal digits and their sign each.
std::string sheet_of(std::string const& secret);

/// The key of a sheet as somebody types it: in any case, on any number of lines, with the groups' numbers or without.
/// Refuses with "keys.sheet_group" {number, group}, the first that is wrong or not at its place, "keys.sheet_length"
/// {count, wanted}, "keys.sheet_whole".
core::Result<std::string> secret_of_sheet(std::string_view text);

/// "AB12 CD34 …" of SHA-256, half of it: enough to tell two keys apart and to read aloud.
std::string fingerprint_of(std::string const& secret);

}  // namespace santong::auth
