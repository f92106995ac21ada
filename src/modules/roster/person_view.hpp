#pragma once
// Puts a person's page together. For the use cases about people.
#include "modules/roster/people_views.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

/// The person as this caller may see him; refuses with "roster.person_not_found".
core::Result<PersonDetail> view_person(sql::Tx& tx, auth::Caller const& caller, PersonId const& id, core::LocalDate on);

/// Items of a list for these people, in their order.
std::vector<PersonItem> person_items(sql::Tx& tx, std::vector<Person> const& people, core::LocalDate on);

/// Today's names of nodes, and of the school each lies in.
struct PlaceNames {
    std::map<OrgId, std::string> names;
    std::map<OrgId, std::string> schools;
};
PlaceNames place_names(sql::Tx& tx, std::vector<OrgId> const& orgs, core::LocalDate on);

}  // namespace santong::roster
