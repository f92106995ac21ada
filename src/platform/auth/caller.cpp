#include "platform/auth/caller.hpp"

#include <algorithm>
#include <set>

namespace santong::auth {

namespace {

std::uint32_t bit(Role role) {
    return std::uint32_t{1} << static_cast<unsigned>(role);
}

}  // namespace

void PermissionRegistry::allow(Permission permission, std::initializer_list<Role> roles) {
    auto& mask = roles_of_[permission.name];
    for (Role role : roles) mask |= bit(role);
}

bool PermissionRegistry::has(Role role, Permission permission) const {
    auto const found = roles_of_.find(std::string_view(permission.name));
    return found != roles_of_.end() && (found->second & bit(role)) != 0;
}

std::vector<std::string> PermissionRegistry::names_for(std::vector<Grant> const& grants) const {
    std::uint32_t held = 0;
    for (auto const& grant : grants) held |= bit(grant.role);
    std::vector<std::string> names;
    for (auto const& [name, mask] : roles_of_) {
        if ((mask & held) != 0) names.push_back(name);
    }
    return names;
}

PermissionRegistry& PermissionRegistry::instance() {
    static PermissionRegistry registry;
    return registry;
}

OrgScopes*& PermissionRegistry::scopes() {
    static OrgScopes* source = nullptr;
    return source;
}

bool Caller::has_role(Role role) const {
    return std::ranges::any_of(grants, [&](Grant const& grant) { return grant.role == role; });
}

bool Caller::may(sql::Tx& tx, Permission permission, core::OrgId const& at) const {
    if (!may_anywhere(permission)) return false;
    SANTONG_ASSERT(PermissionRegistry::scopes() != nullptr);
    auto const above = PermissionRegistry::scopes()->self_and_ancestors(tx, at);
    return std::ranges::any_of(grants, [&](Grant const& grant) {
        return PermissionRegistry::instance().has(grant.role, permission) &&
               std::ranges::find(above, grant.org_id) != above.end();
    });
}

core::Result<void> Caller::require(sql::Tx& tx, Permission permission, core::OrgId const& at) const {
    if (!signed_in()) return core::unauthenticated("auth.sign_in_required");
    if (!may(tx, permission, at)) return core::forbidden();
    return {};
}

bool Caller::may_anywhere(Permission permission) const {
    return std::ranges::any_of(
        grants, [&](Grant const& grant) { return PermissionRegistry::instance().has(grant.role, permission); });
}

std::vector<core::OrgId> Caller::scope(Permission permission) const {
    std::set<core::OrgId> nodes;
    for (auto const& grant : grants) {
        if (PermissionRegistry::instance().has(grant.role, permission)) nodes.insert(grant.org_id);
    }
    return {nodes.begin(), nodes.end()};
}

std::vector<std::string> Caller::subjects(Permission permission) const {
    std::set<std::string> subjects;
    for (auto const& grant : grants) {
        if (!PermissionRegistry::instance().has(grant.role, permission)) continue;
        if (grant.subject.empty()) return {};
        subjects.insert(grant.subject);
    }
    return {subjects.begin(), subjects.end()};
}

}  // namespace santong::auth
