#pragma once
// Every SQL text of the module.
#include <map>
#include <set>

#include "modules/push/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::push::store {

// ---- orders (store.cpp)

std::optional<PushOrder> order(sql::Tx& tx, OrderId const& id);
std::optional<PushOrder> order_of_rule(sql::Tx& tx, RuleId const& rule, std::string const& key);
/// Those in one of these states; newest first.
std::vector<PushOrder> orders(sql::Tx& tx, std::vector<PushState> const& states);
std::vector<PushOrder> orders(sql::Tx& tx, std::vector<OrderId> const& ids);
/// Those with a target in [from, until), whatever their state but cancelled.
std::vector<PushOrder> orders_due(sql::Tx& tx, core::Instant from, core::Instant until);
void insert_order(sql::Tx& tx, PushOrder const& order);
/// False if somebody else has changed it since `before`.
bool update_order(sql::Tx& tx, PushOrder const& order, PushOrder const& before);

std::vector<PushItem> items(sql::Tx& tx, std::vector<OrderId> const& orders);
std::vector<PushContent> contents(sql::Tx& tx, std::vector<OrderId> const& orders);
std::vector<PushTarget> targets(sql::Tx& tx, std::vector<OrderId> const& orders);
void replace_items(sql::Tx& tx, OrderId const& order, std::vector<PushItem> const& items,
                   std::vector<PushContent> const& contents);
void replace_targets(sql::Tx& tx, OrderId const& order, std::vector<PushTarget> const& targets);
/// Orders that were not cancelled in which a resource stands.
std::vector<PushOrder> orders_with(sql::Tx& tx, ResourceId const& resource);
/// Bytes of the contents of each order.
struct OrderSize {
    OrderId order_id;
    std::int64_t bytes = 0;
    std::int32_t contents = 0;
};
BOOST_DESCRIBE_STRUCT(OrderSize, (), (order_id, bytes, contents))
std::map<OrderId, OrderSize> sizes(sql::Tx& tx, std::vector<OrderId> const& orders);

// ---- receipts and what is here (store_receipts.cpp)

std::optional<PushReceipt> receipt(sql::Tx& tx, ReceiptId const& id);
std::vector<PushReceipt> receipts(sql::Tx& tx, std::vector<OrderId> const& orders);
std::vector<PushReceipt> receipts_of_school(sql::Tx& tx, core::OrgId const& school, core::Instant since);
void put_receipt(sql::Tx& tx, PushReceipt const& receipt);
/// Digests of orders that are whole on a school's box; what it had while it worked on the hub is not.
std::set<std::string> whole_at(sql::Tx& tx, core::OrgId const& school);

struct PushArrival {
    std::string sha256;
    PushWay way = PushWay::line;
    std::int64_t line_bytes = 0;
    std::int64_t near_bytes = 0;
    core::Instant arrived_at;
};
BOOST_DESCRIBE_STRUCT(PushArrival, (), (sha256, way, line_bytes, near_bytes, arrived_at))
/// The first word about a content counts.
void put_arrival(sql::Tx& tx, PushArrival const& arrival);
std::map<std::string, PushArrival> arrivals(sql::Tx& tx, std::vector<std::string> const& digests);

/// Schools that have been told of what lies unused, by order.
using ToldSchools = std::set<std::pair<OrderId, core::OrgId>>;
ToldSchools unused_told(sql::Tx& tx, std::vector<OrderId> const& orders);
void note_unused_told(sql::Tx& tx, OrderId const& order, core::OrgId const& school, core::Instant now);

// ---- requests (store_requests.cpp)

std::optional<PushRequest> request(sql::Tx& tx, RequestId const& id);
std::vector<PushRequest> requests_of(sql::Tx& tx, core::PersonId const& person, core::Instant since);
std::vector<PushRequest> waiting_requests(sql::Tx& tx);
/// Those for a resource that wait, and those that were answered since then.
std::vector<PushRequest> requests_for(sql::Tx& tx, ResourceId const& resource, core::Instant since);
void put_request(sql::Tx& tx, PushRequest const& request);

// ---- recalls (store_requests.cpp)

std::optional<PushRecall> recall(sql::Tx& tx, RecallId const& id);
std::vector<PushRecall> recalls(sql::Tx& tx, ResourceId const& resource);
void put_recall(sql::Tx& tx, PushRecall const& recall);

// ---- rules (store_rules.cpp)

std::vector<PushRule> rules(sql::Tx& tx);
std::optional<PushRule> rule(sql::Tx& tx, RuleId const& id);
void insert_rule(sql::Tx& tx, PushRule const& rule);
bool update_rule(sql::Tx& tx, PushRule const& rule, core::Instant seen);
void note_run(sql::Tx& tx, RuleId const& id, core::LocalDate on);
void delete_rule(sql::Tx& tx, RuleId const& id);

}  // namespace santong::push::store
