#pragma once
// What has come: receipts as they are written and said.
#include <set>

#include "modules/push/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::push {

/// Writes a receipt and says it in the feed.
void keep_receipt(sql::Tx& tx, PushReceipt const& receipt);
/// Writes a request and says it in the feed.
void keep_request(sql::Tx& tx, PushRequest const& request);
/// Says in the feed how an order looks now.
void say_order(sql::Tx& tx, PushOrder const& order);

/// The schools and points that work at this place: not those whose own boxes bring them everything.
std::set<core::OrgId> schools_here(sql::Tx& tx);

/// Schools without a box have everything of a running order at once: their receipts are written here and marked so.
/// Told again, it writes nothing. Returns how many were written.
int receipt_for_hosted(sql::Tx& tx, PushOrder const& order, core::Instant now);

/// Schools whose box was taken away for good work on the hub from then on: what they wait for is there. Above only;
/// told again, it writes nothing. Returns how many receipts and requests were settled.
int settle_hosted(sql::Database& db, core::DistrictId district, core::Instant now);

}  // namespace santong::push
