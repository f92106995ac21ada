#pragma once
// Who holds which role where, with dates (QUALITY checks 9, 10, 18, 19).
#include <optional>
#include <string>
#include <vector>

#include "platform/auth/gate.hpp"

namespace santong::auth {

/// A role that is to be given.
struct GrantRequest {
    core::PersonId person_id;
    Role role = Role::teacher;
    core::OrgId org_id;
    std::optional<std::string> subject;
    std::optional<core::LocalDate> from_date;  ///< today if absent
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(GrantRequest, (), (person_id, role, org_id, subject, from_date, to_date))

/// What the list of grants asks for; empty fields mean any.
struct GrantQuery {
    std::string person_id;
    std::string org_id;
    std::string role;
    std::string q;  ///< part of a name
    std::string after;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(GrantQuery, (), (person_id, org_id, role, q, after, limit))

/// A grant with the names of its person and place.
struct GrantItem {
    GrantId id;
    core::PersonId person_id;
    std::string person_name;
    Role role = Role::teacher;
    core::OrgId org_id;
    std::string org_name;
    std::string subject;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(GrantItem, (), (id, person_id, person_name, role, org_id, org_name, subject, from_date, to_date))

// ---- for the roster and the installation: no caller, the three administrators still apart

/// Adds grants that follow from posts, enrolments and guardianships, or the first administrators.
/// Refuses with "auth.administrators_apart". Ids and times that are missing are filled in.
core::Result<void> add_grants(sql::Tx& tx, std::vector<GrantRow> grants);
/// Ends a grant with `last_day`. Sessions of the person end if he loses the role or privilege by it.
core::Result<void> end_grant(sql::Tx& tx, GrantId const& id, core::LocalDate last_day);
/// All grants of a person that are open on that day or later.
std::vector<GrantRow> grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on);

// ---- for callers

/// Gives a role. Nobody gives one to himself ("auth.not_yourself"), above his own ("auth.not_above_your_own") or
/// outside his scope. Who may give what: `may_give`.
core::Result<GrantRow> grant_role(sql::Database& db, Gate& gate, Caller const& caller, GrantRequest const& request);
/// Takes a role away, under the same rules; it ends at once.
core::Result<void> withdraw_role(sql::Database& db, Gate& gate, Caller const& caller, GrantId const& id);
/// Grants at places within the caller's scope.
core::Result<core::Page<GrantItem>> list_grants(sql::Database& db, Gate& gate, Caller const& caller,
                                                GrantQuery const& query);

}  // namespace santong::auth
