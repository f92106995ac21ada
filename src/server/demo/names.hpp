#pragma once
#include <string>

#include "modules/roster/domain.hpp"
#include "server/demo/random.hpp"

namespace santong::server::demo {

/// A made-up name; `surname` empty = drawn by frequency.
std::string person_name(Random& random, roster::Sex sex, std::string const& surname = {});
/// A drawn surname, by how common it is in Hunan.
std::string surname(Random& random);
/// A made-up mobile number of the range 170, which reaches nobody here.
std::string phone(Random& random);
/// A made-up identity number with a right check digit, of Datong Lake's area.
std::string citizen_number(Random& random, core::LocalDate birth, roster::Sex sex);

}  // namespace santong::server::demo
