#pragma once
// Use cases of the org tree: looking at it within one's scope, opening, changing, moving and closing nodes.
#include "core/result.hpp"
#include "modules/roster/org_views.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

core::Result<OrgTree> tree(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                           TreeQuery const& query);
core::Result<core::Page<OrgMatch>> search_orgs(sql::Database& db, auth::Caller const& caller,
                                               OrgSearchQuery const& query);
core::Result<OrgDetail> org_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                   OrgId const& id);
core::Result<core::Page<SchoolItem>> list_schools(sql::Database& db, core::Clock const& clock,
                                                  auth::Caller const& caller);
core::Result<SchoolDetail> school_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         OrgId const& id);

/// Opens a node. Refusals: "roster.kind_not_below" {kind, parent}, "roster.school_facts_needed",
/// "roster.class_facts_needed", "roster.class_exists" {name}, "roster.grade_not_taught" {first, last}.
core::Result<Org> create_org(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                             NewOrg const& body);
/// Changes, moves or closes a node. Refusals as above and "roster.org_in_use" (people or open nodes are still in it),
/// "roster.not_below_itself"; those of `begin_edit`.
core::Result<Org> change_org(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, OrgId const& id,
                             OrgEdit const& change);

}  // namespace santong::roster
