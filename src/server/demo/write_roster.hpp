#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/plan.hpp"

namespace santong::server::demo {

/// One account that somebody who tries the demo signs in with; one for each role.
struct RoleAccount {
    std::string role;
    PersonPlan person;
    std::string login;
    std::string password;
    std::string home;         ///< path of the role's home page
    std::string totp_secret;  ///< base32; empty where the role has no second factor
};

/// The roster: organisations, people, posts, enrolments, guardians, consents, rooms, accounts.
void write_roster(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock, Random random);
/// Where a school stands: village schools under the central primary (or nine-year) school of their township, which
/// manages them (中心校); others under the township.
OrgId parent_of(DistrictPlan const& plan, SchoolPlan const& school);
/// Course plan, calendar, bells, published timetables.
void write_timetables(sql::Database& db, DistrictPlan const& plan);
/// Who signs in as what; the same for the same seed.
std::vector<RoleAccount> role_accounts(DistrictPlan const& plan);
/// Gives these accounts their passwords and second factors, and keeps the list in the folder for `--accounts`.
void write_accounts(sql::Database& db, std::vector<RoleAccount> const& accounts);

}  // namespace santong::server::demo
