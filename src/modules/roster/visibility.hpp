#pragma once
// Who may see what: a thing outside the caller's scope is not found (404); one that he sees but may not change is
// forbidden (403).
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/domain.hpp"
#include "modules/roster/permissions.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// Refuses with "roster.org_not_found" where the caller does not see the node, with "core.forbidden" where he may not.
core::Result<void> require_at(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission, OrgId const& org);

/// Nodes where somebody has his place on that day: posts and class, of a guardian the classes of his children. Somebody
/// who has left is still where he was last.
std::vector<OrgId> places_of_person(sql::Tx& tx, PersonId const& person, core::LocalDate on);

/// Of those the places that somebody has through his children alone.
std::vector<OrgId> places_of_guardian(sql::Tx& tx, PersonId const& person, core::LocalDate on);

/// Whether the caller has the permission at one of the nodes.
bool may_at_one(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission, std::vector<OrgId> const& orgs);

/// Whether the caller sees the person: himself, his children, or people of his scope; who is known only as a guardian
/// needs `view_guardians`.
bool sees_person(sql::Tx& tx, auth::Caller const& caller, PersonId const& person, core::LocalDate on);

/// Refuses with "roster.person_not_found" where the caller does not see the person, with "core.forbidden" where he may
/// not.
core::Result<void> require_for(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                               PersonId const& person, core::LocalDate on);

/// Names of the roster's permissions that the caller has at one of the nodes: what a page offers there.
std::vector<std::string> permissions_at(sql::Tx& tx, auth::Caller const& caller, std::vector<OrgId> const& orgs);

/// A written reason, as a look at personal fields and an export need it; refused at `pointer` if it says nothing.
core::Result<std::string> written_reason(std::string const& reason, char const* pointer);

}  // namespace santong::roster
