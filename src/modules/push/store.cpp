#include "modules/push/store.hpp"

namespace santong::push::store {

namespace {

#define ORDER_COLUMNS                                                                                              \
    "o.id, o.title, o.rule_id, o.rule_key, o.subject, o.grade_from, o.grade_to, o.chapter_id, o.priority, o.rank," \
    " o.state, o.made_by, o.created_at, o.updated_at, o.ended_at, o.portal, o.spaces, o.classroom,"                \
    " o.area_id"

std::vector<std::string> names(std::vector<PushState> const& states) {
    std::vector<std::string> out;
    for (auto const state : states) out.emplace_back(core::enum_text(state));
    return out;
}

}  // namespace

std::optional<PushOrder> order(sql::Tx& tx, OrderId const& id) {
    return tx.optional_row<PushOrder>(
        "SELECT " ORDER_COLUMNS " FROM push_order o WHERE o.district_id = $1 AND o.id = $2", tx.district(), id);
}

std::optional<PushOrder> order_of_rule(sql::Tx& tx, RuleId const& rule, std::string const& key) {
    return tx.optional_row<PushOrder>("SELECT " ORDER_COLUMNS
                                      " FROM push_order o WHERE o.district_id = $1 AND o.rule_id = $2"
                                      " AND o.rule_key = $3",
                                      tx.district(), rule, key);
}

std::vector<PushOrder> orders(sql::Tx& tx, std::vector<PushState> const& states) {
    return tx.rows<PushOrder>("SELECT " ORDER_COLUMNS
                              " FROM push_order o WHERE o.district_id = $1 AND o.state {in $2}"
                              " ORDER BY o.created_at DESC, o.id DESC",
                              tx.district(), names(states));
}

std::vector<PushOrder> orders(sql::Tx& tx, std::vector<OrderId> const& ids) {
    return tx.rows<PushOrder>("SELECT " ORDER_COLUMNS
                              " FROM push_order o WHERE o.district_id = $1 AND o.id {in $2}"
                              " ORDER BY o.created_at DESC, o.id DESC",
                              tx.district(), ids);
}

std::vector<PushOrder> orders_due(sql::Tx& tx, core::Instant from, core::Instant until) {
    return tx.rows<PushOrder>("SELECT " ORDER_COLUMNS
                              " FROM push_order o WHERE o.district_id = $1 AND o.state <> 'cancelled'"
                              " AND EXISTS (SELECT 1 FROM push_target t WHERE t.district_id = o.district_id"
                              " AND t.order_id = o.id AND t.due_at >= $2 AND t.due_at < $3)"
                              " ORDER BY o.created_at DESC, o.id DESC",
                              tx.district(), from, until);
}

void insert_order(sql::Tx& tx, PushOrder const& order) {
    tx.insert_one("push_order", order);
}

bool update_order(sql::Tx& tx, PushOrder const& o, PushOrder const& before) {
    return tx.execute(
               "UPDATE push_order SET title = $3, priority = $4, rank = $5, state = $6, updated_at = $7,"
               " ended_at = $8, portal = $9, spaces = $10, classroom = $11"
               " WHERE district_id = $1 AND id = $2 AND updated_at = $12 AND state = $13",
               tx.district(), o.id, o.title, o.priority, o.rank, o.state, o.updated_at, o.ended_at, o.portal, o.spaces,
               o.classroom, before.updated_at, before.state) == 1;
}

std::vector<PushItem> items(sql::Tx& tx, std::vector<OrderId> const& orders) {
    return tx.rows<PushItem>(
        "SELECT order_id, sort, resource_id, version, kind, pack_id, size FROM push_item WHERE district_id = $1"
        " AND order_id {in $2} ORDER BY order_id, sort",
        tx.district(), orders);
}

std::vector<PushContent> contents(sql::Tx& tx, std::vector<OrderId> const& orders) {
    return tx.rows<PushContent>(
        "SELECT order_id, sort, resource_id, sha256, size FROM push_content WHERE district_id = $1"
        " AND order_id {in $2} ORDER BY order_id, sort, sha256",
        tx.district(), orders);
}

std::vector<PushTarget> targets(sql::Tx& tx, std::vector<OrderId> const& orders) {
    return tx.rows<PushTarget>(
        "SELECT order_id, school_id, due_at, due_period, due_class, moved FROM push_target WHERE district_id = $1"
        " AND order_id {in $2} ORDER BY order_id, school_id",
        tx.district(), orders);
}

void replace_items(sql::Tx& tx, OrderId const& order, std::vector<PushItem> const& items,
                   std::vector<PushContent> const& contents) {
    tx.execute("DELETE FROM push_item WHERE district_id = $1 AND order_id = $2", tx.district(), order);
    tx.execute("DELETE FROM push_content WHERE district_id = $1 AND order_id = $2", tx.district(), order);
    tx.insert("push_item", items);
    tx.insert("push_content", contents);
}

void replace_targets(sql::Tx& tx, OrderId const& order, std::vector<PushTarget> const& targets) {
    tx.execute("DELETE FROM push_target WHERE district_id = $1 AND order_id = $2", tx.district(), order);
    tx.insert("push_target", targets);
}

std::vector<PushOrder> orders_with(sql::Tx& tx, ResourceId const& resource) {
    return tx.rows<PushOrder>("SELECT " ORDER_COLUMNS
                              " FROM push_order o WHERE o.district_id = $1 AND o.state <> 'cancelled'"
                              " AND (EXISTS (SELECT 1 FROM push_item i WHERE i.district_id = o.district_id"
                              " AND i.order_id = o.id AND (i.resource_id = $2 OR i.pack_id = $2)))"
                              " ORDER BY o.created_at DESC, o.id DESC",
                              tx.district(), resource);
}

std::map<OrderId, OrderSize> sizes(sql::Tx& tx, std::vector<OrderId> const& orders) {
    std::map<OrderId, OrderSize> found;
    for (auto const& one :
         tx.rows<OrderSize>("SELECT order_id, CAST(SUM(size) AS BIGINT) AS bytes, CAST(COUNT(*) AS INTEGER) AS contents"
                            " FROM push_content WHERE district_id = $1 AND order_id {in $2} GROUP BY order_id",
                            tx.district(), orders))
        found[one.order_id] = one;
    return found;
}

}  // namespace santong::push::store
