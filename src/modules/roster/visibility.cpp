#include "modules/roster/visibility.hpp"

#include <algorithm>
#include <array>

#include "modules/roster/service.hpp"
#include "modules/roster/store.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t shortest_reason = 4;
constexpr std::size_t longest_reason = 200;

constexpr std::array all_permissions = {
    permissions::view_orgs,      permissions::view_people,    permissions::view_personal_fields,
    permissions::edit_orgs,      permissions::view_guardians, permissions::edit_people,
    permissions::import,         permissions::export_people,  permissions::issue_codes,
    permissions::record_consent, permissions::open_class,     permissions::manage_terms};

}  // namespace

core::Result<void> require_at(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission, OrgId const& org) {
    if (!caller.may(tx, permissions::view_orgs, org)) return core::not_found("roster.org_not_found");
    return caller.require(tx, permission, org);
}

namespace {

/// Where somebody works or learns, or did last.
std::vector<OrgId> own_places(sql::Tx& tx, PersonId const& person, core::LocalDate on) {
    std::vector<OrgId> places;
    for (auto const& post : store::open_posts(tx, {person}, on)) places.push_back(post.org_id);
    for (auto const& row : store::open_enrolments(tx, {person}, on)) places.push_back(row.class_id);
    return places.empty() ? store::last_places(tx, person) : places;
}

}  // namespace

std::vector<OrgId> places_of_guardian(sql::Tx& tx, PersonId const& person, core::LocalDate on) {
    std::vector<OrgId> places;
    for (auto const& child : pupils_of_guardian(tx, person, on)) {
        for (auto const& row : store::open_enrolments(tx, {child}, on)) places.push_back(row.class_id);
    }
    return places;
}

std::vector<OrgId> places_of_person(sql::Tx& tx, PersonId const& person, core::LocalDate on) {
    auto places = own_places(tx, person, on);
    for (auto const& place : places_of_guardian(tx, person, on)) places.push_back(place);
    // Somebody who never had a place, or a guardian whose children have left: the district's office still sees him.
    if (places.empty()) places.push_back(district(tx).org_id);
    return places;
}

bool may_at_one(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission, std::vector<OrgId> const& orgs) {
    return std::ranges::any_of(orgs, [&](OrgId const& org) { return caller.may(tx, permission, org); });
}

bool sees_person(sql::Tx& tx, auth::Caller const& caller, PersonId const& person, core::LocalDate on) {
    if (!caller.signed_in()) return false;
    if (person == caller.person) return true;
    if (caller.has_role(auth::Role::guardian)) {
        auto const children = pupils_of_guardian(tx, caller.person, on);
        if (std::ranges::find(children, person) != children.end()) return true;
    }
    if (!caller.may_anywhere(permissions::view_people)) return false;
    if (may_at_one(tx, caller, permissions::view_people, own_places(tx, person, on))) return true;
    if (!caller.may_anywhere(permissions::view_guardians)) return false;
    return may_at_one(tx, caller, permissions::view_guardians, places_of_person(tx, person, on));
}

core::Result<void> require_for(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                               PersonId const& person, core::LocalDate on) {
    if (!sees_person(tx, caller, person, on)) return core::not_found("roster.person_not_found");
    if (!may_at_one(tx, caller, permission, places_of_person(tx, person, on))) return core::forbidden();
    return {};
}

std::vector<std::string> permissions_at(sql::Tx& tx, auth::Caller const& caller, std::vector<OrgId> const& orgs) {
    std::vector<std::string> names;
    for (auto const& permission : all_permissions) {
        if (may_at_one(tx, caller, permission, orgs)) names.emplace_back(permission.name);
    }
    return names;
}

core::Result<std::string> written_reason(std::string const& reason, char const* pointer) {
    std::string const cleaned = text::clean(reason);
    auto const length = text::count_characters(cleaned);
    if (length < shortest_reason) {
        return core::invalid_at(pointer, "roster.reason_too_short", {{"min", std::to_string(shortest_reason)}});
    }
    if (length > longest_reason) {
        return core::invalid_at(pointer, "core.too_long", {{"max", std::to_string(longest_reason)}});
    }
    return cleaned;
}

}  // namespace santong::roster
