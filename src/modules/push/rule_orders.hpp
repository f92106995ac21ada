#pragma once
// Orders as a rule wants them now. Inner words of the module.
#include "modules/push/making.hpp"
#include "modules/push/service_rules.hpp"

namespace santong::push {

/// An order as a rule wants it now.
struct RuleOrder {
    PushRulePlan plan;
    PushOrder order;
    Things things;
    std::vector<PushTarget> targets;
};
/// All of a rule, and how many schools are in its audience.
struct RuleOrders {
    std::int32_t schools = 0;
    std::vector<RuleOrder> orders;
};
/// Each with what stands already; nothing is written.
RuleOrders wanted(sql::Tx& tx, core::Instant now, PushRule const& rule);
/// Writes those that change something; returns how many.
int carry_out(sql::Tx& tx, core::Instant now, std::vector<RuleOrder> const& orders);

/// Empty where there is no chapter.
std::string chapter_title(sql::Tx& tx, std::optional<ChapterId> const& id);

}  // namespace santong::push
