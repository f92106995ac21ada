#pragma once
// Rows of the screens, made of what an overview knows. Inner words of the module.
#include "modules/push/service_orders.hpp"

namespace santong::push {

/// Schools that the caller may see.
std::set<core::OrgId> schools_seen(sql::Tx& tx, auth::Caller const& caller);
/// The school for which the caller asks: that of his first post.
std::optional<core::OrgId> school_of_caller(sql::Tx& tx, auth::Caller const& caller);
bool may_manage(sql::Tx& tx, auth::Caller const& caller, std::string const& subject);

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
