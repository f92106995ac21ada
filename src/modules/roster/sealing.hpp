#pragma once
// Guarded fields on their way into and out of the database.
#include "modules/roster/store.hpp"

namespace santong::roster {

/// Seals the fields that are not empty and fills in their keyed hashes. Nothing is sealed for somebody who was erased.
void seal_fields(sql::Tx& tx, PersonalFields const& clear, store::PersonRow& row);
/// The clear fields; refuses with "auth.person_erased".
core::Result<PersonalFields> open_fields(sql::Tx& tx, store::PersonRow const& row);

/// Keyed hashes under which somebody with this number is found.
std::string identity_index(std::string_view number);
std::string student_number_index(std::string_view number);
std::string phone_index(std::string_view phone);

}  // namespace santong::roster
