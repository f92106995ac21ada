#include "modules/indicators/permissions.hpp"

namespace santong::indicators::permissions {

void declare_roles(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(view_district, {leader, info_office, researcher, supervisor});
    registry.allow(view_school, {principal, academic});
    registry.allow(declare, {principal, academic});
    registry.allow(hear, {leader, info_office, researcher, supervisor, principal, academic});
}

}  // namespace santong::indicators::permissions
