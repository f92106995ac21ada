#pragma once
// Rows of the screens, made of what an overview knows. Inner words of the module.
#include "modules/push/service_orders.hpp"

namespace santong::push {

/// Schools that the caller may see.
std::set<core::OrgId> schools_seen(sql::Tx& tx, auth::Caller const& caller);
/// The school for which the caller asks: that of his first post.
std::optional<core::OrgId> school_of_caller(sql::Tx& tx, auth::Caller const& caller);

/// For whom somebody may push (推送范围): for the whole district, or for the area of his central school (片区).
struct PushReach {
    std::optional<core::OrgId> area;     ///< absent = the district
    std::set<core::OrgId> area_schools;  ///< with `area`
    bool covers(core::OrgId const& school) const { return !area || area_schools.contains(school); }
};
/// Nothing where he may push for nobody. An empty subject is any.
std::optional<PushReach> reach_of(sql::Tx& tx, auth::Caller const& caller, std::string const& subject);
/// Name of the central school; empty for the district.
std::string area_name(sql::Tx& tx, std::optional<core::OrgId> const& area);
/// Schools of a central school's area.
std::set<core::OrgId> schools_of_area(sql::Tx& tx, core::OrgId const& area);
/// May he change an order or a rule of this subject that was made for this area?
bool may_change(sql::Tx& tx, auth::Caller const& caller, std::string const& subject,
                std::optional<core::OrgId> const& area);

/// Rows of these deliveries, problems first, then by need.
std::vector<PushSchoolRow> school_rows(sql::Tx& tx, Overview const& overview, std::vector<Delivery> const& deliveries,
                                       std::set<core::OrgId> const& seen);
/// Nothing where none of the order's schools may be seen.
std::optional<PushOrderRow> order_row(Overview const& overview, PushOrder const& order, core::Instant now,
                                      std::set<core::OrgId> const& seen);
/// Which of these may stand on the public page, and why the others may not.
PushPortal portal_of(sql::Tx& tx, std::vector<PushItem> const& items);
/// How many bad words a standing is: what needs somebody first.
int weight_of(PushStanding standing);

}  // namespace santong::push
