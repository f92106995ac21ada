#pragma once
// Grants and account states that follow from posts, enrolments, guardianships and consents.
#include <set>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

/// Brings the grants of these people in line with the roster: missing ones begin, superfluous ones end yesterday.
/// Grants that an administrator gave stay. `fresh` are people of the list who were not in the roster before.
core::Result<void> renew_grants(sql::Tx& tx, std::vector<PersonId> const& persons, std::set<PersonId> const& fresh,
                                core::LocalDate on);

/// Brings accounts in line with age and consent: dormant under 14 without one, else active. Disabled ones stay so.
/// Answers how many woke up.
int renew_account_states(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on);

/// Gives pupils who are enrolled and have no number yet the next ones of their school.
void number_pupils(sql::Tx& tx, std::vector<PersonId> const& pupils, core::LocalDate on);

/// Records a consent like `pattern` for each pupil who has none for its purpose; answers those. `scope` is the school
/// or class whose people may learn of it.
std::vector<PersonId> record_consents(sql::Tx& tx, std::vector<PersonId> const& pupils, Consent const& pattern,
                                      OrgId const& scope);

/// The purpose of the consent that a pupil's account needs.
inline constexpr std::string_view account_purpose = "account";

}  // namespace santong::roster
