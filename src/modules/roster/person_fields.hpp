#pragma once
// Checks what is written of a person, field by field, by the rules of rules/.
#include <string>

#include "modules/roster/people_views.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

/// Where a change stands in the body, and on which day.
struct ChangeContext {
    core::LocalDate on;
    std::string prefix;  ///< JSON pointer of the object that holds the fields
};

/// Puts the fields of a change into a record; every broken one is named at its place. Numbers that somebody else of the
/// district has are refused as conflicts.
core::Result<void> apply_change(sql::Tx& tx, PersonChange const& change, PersonRecord& record,
                                ChangeContext const& context);

/// Names of the fields in which a record differs from what is kept; guarded fields that it leaves alone do not.
std::vector<std::string> changed_fields(store::PersonRow const& before, PersonRecord const& after);

}  // namespace santong::roster
