#include "modules/indicators/permissions.hpp"

namespace santong::indicators::permissions {

void declare_roles(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(view_district, {leader, info_office, researcher, supervisor});
    registry.allow(view_school, {principal, academic});
    registry.allow(declare, {principal, academic});
    registry.allow(set_targets, {info_office});
    registry.allow(view_evaluations, {leader, info_office, supervisor});
    registry.allow(evaluate, {info_office, supervisor});
    registry.allow(hear, {leader, info_office, researcher, supervisor, principal, academic});
}

}  // namespace santong::indicators::permissions
