#include "modules/push/http_rules.hpp"

#include "modules/push/permissions.hpp"
#include "modules/push/service_rules.hpp"

namespace santong::push {

namespace {

RuleId rule_id(http::Call const& call) {
    return call.id<RuleId>("rule_id");
}

}  // namespace

void register_rule_routes(http::Router& router, Desk const& desk) {
    using http::Access;
    using http::Call;
    auto const view = Access::with(permissions::view);
    auto const manage = Access::with(permissions::manage);
    router
        .get<PushRuleList>("/api/v1/push/rules", view,
                           [desk](Call const& call) { return list_rules(desk, call.caller); })
        .says("Rules by which things are sent to schools.");
    router
        .post<PushRuleContent, PushRuleRow>(
            "/api/v1/push/rules", manage,
            [desk](Call const& call, PushRuleContent const& wish) { return add_rule(desk, call.caller, wish); })
        .says("A new rule.");
    router
        .put<PushRuleSave, PushRuleRow>("/api/v1/push/rules/{rule_id}", manage,
                                        [desk](Call const& call, PushRuleSave const& save) {
                                            return save_rule(desk, call.caller, rule_id(call), save);
                                        })
        .says("Changes a rule.");
    router
        .del<core::Nothing>("/api/v1/push/rules/{rule_id}", manage,
                            [desk](Call const& call) { return remove_rule(desk, call.caller, rule_id(call)); })
        .says("Removes a rule; its orders stay.");
    router
        .act<PushRuleWish, PushRuleTrial>(
            "/api/v1/push/rule-trial", manage,
            [desk](Call const& call, PushRuleWish const& wish) { return try_rule(desk, call.caller, wish); })
        .says("What a rule would do now; nothing is written.");
    router
        .act<core::Nothing, PushRuleTrial>(
            "/api/v1/push/rules/{rule_id}/run", manage,
            [desk](Call const& call, core::Nothing const&) { return run_rule(desk, call.caller, rule_id(call)); })
        .says("Runs a rule now.");
}

}  // namespace santong::push
