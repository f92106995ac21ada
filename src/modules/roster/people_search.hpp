#pragma once
#include <string>

#include "modules/roster/store.hpp"

namespace santong::roster {

/// Characters of a search that count.
inline constexpr std::size_t longest_search = 40;

/// Reads what somebody types to find a person: part of a name, pinyin, its first letters, or the beginning of a number.
void read_search(std::string const& q, store::PeopleFilter& filter);

}  // namespace santong::roster
