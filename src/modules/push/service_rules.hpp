#pragma once
// Rules (推送规则): what goes to whom by itself, tried without writing, and run once a day.
#include "modules/push/service_orders.hpp"

namespace santong::push {

/// A rule in the list.
struct PushRuleRow {
    PushRule rule;
    std::string chapter_title;
    std::int32_t running = 0;  ///< its orders that run
    bool may_change = false;
    std::string area;  ///< the central school for whose area it is; empty = the district
};
BOOST_DESCRIBE_STRUCT(PushRuleRow, (), (rule, chapter_title, running, may_change, area))
struct PushRuleList {
    std::vector<PushRuleRow> items;
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(PushRuleList, (), (items, may_manage))
core::Result<PushRuleList> list_rules(Desk const& desk, auth::Caller const& caller);

/// What a rule that is saved again was when it was read.
struct PushRuleSave {
    PushRuleContent content;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PushRuleSave, (), (content, updated_at))
/// Refuses what `check_rule` refuses, "push.no_such_chapter", "push.not_your_subject", "push.made_above".
core::Result<PushRuleRow> add_rule(Desk const& desk, auth::Caller const& caller, PushRuleContent const& content);
/// Refuses "push.rule_not_found" and "push.changed" too.
core::Result<PushRuleRow> save_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id,
                                    PushRuleSave const& save);
/// Its orders stay.
core::Result<core::Nothing> remove_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id);

/// An order that a rule would make, or has made already.
struct PushRulePlan {
    std::string key;  ///< of its rule
    std::string title;
    std::optional<OrderId> order_id;  ///< it is there
    bool changes = true;              ///< something would be written
    std::int32_t items = 0;
    std::int64_t bytes = 0;
    std::int32_t schools = 0;
    std::int32_t late = 0;
    std::optional<core::Instant> due_at;  ///< the earliest need
    std::string why_not;                  ///< i18n key; nothing is made of it
};
BOOST_DESCRIBE_STRUCT(PushRulePlan, (), (key, title, order_id, changes, items, bytes, schools, late, due_at, why_not))
struct PushRuleTrial {
    core::Instant now;
    std::int32_t schools = 0;  ///< in the audience
    std::vector<PushRulePlan> orders;
};
BOOST_DESCRIBE_STRUCT(PushRuleTrial, (), (now, schools, orders))
/// What a rule would do now (试跑); nothing is written. With `id` of a rule that is there, its orders are known.
struct PushRuleWish {
    PushRuleContent content;
    std::optional<RuleId> id;
};
BOOST_DESCRIBE_STRUCT(PushRuleWish, (), (content, id))
core::Result<PushRuleTrial> try_rule(Desk const& desk, auth::Caller const& caller, PushRuleWish const& wish);
/// Runs a rule now.
core::Result<PushRuleTrial> run_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id);

/// Runs every active rule that has not run today, and ends orders that are done: for the server's timer, at the hub.
/// Returns how many orders were made or changed. Told again, it writes nothing.
int run_rules(sql::Database& db, core::DistrictId district, core::Clock const& clock);

}  // namespace santong::push
