#include "modules/push/service_rules.hpp"

#include <algorithm>

#include "modules/push/arriving.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/rows.hpp"
#include "modules/push/rule_orders.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/log/log.hpp"

namespace santong::push {

namespace {

/// Orders end on their own this long after everything has come and been looked at.
constexpr int kept_days = unused_days + 7;

PushRuleTrial told(core::Instant now, RuleOrders const& made) {
    PushRuleTrial trial{now, made.schools, {}};
    for (auto const& one : made.orders) trial.orders.push_back(one.plan);
    return trial;
}

/// Answers for whom the rule may be.
core::Result<PushReach> check_content(sql::Tx& tx, auth::Caller const& caller, PushRuleContent const& content) {
    TRY_VOID(check_rule(content));
    auto reach = reach_of(tx, caller, content.subject);
    if (!reach) return core::forbidden("push.not_your_subject");
    if (reach->area && content.display && content.display->portal)
        return core::invalid_at("/display/portal", "push.portal_area");
    if (content.chapter_id && !resources::chapter(tx, *content.chapter_id))
        return core::invalid_at("/chapter_id", "push.no_such_chapter");
    return std::move(*reach);
}

PushRuleRow row_of(sql::Tx& tx, auth::Caller const& caller, PushRule const& rule,
                   std::vector<PushOrder> const& running) {
    auto const count = std::ranges::count(running, std::optional(rule.id), &PushOrder::rule_id);
    return {rule, chapter_title(tx, rule.chapter_id), static_cast<std::int32_t>(count),
            may_change(tx, caller, rule.subject, rule.area_id), area_name(tx, rule.area_id)};
}

core::Result<PushRule> own_rule(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, RuleId const& id) {
    if (desk.box) return core::conflict("push.made_above");
    auto const rule = store::rule(tx, id);
    if (!rule) return core::not_found("push.rule_not_found");
    if (!may_change(tx, caller, rule->subject, rule->area_id)) return core::forbidden("push.not_your_subject");
    return *rule;
}

/// Orders whose things came, were needed and looked at end by themselves.
int end_orders(sql::Tx& tx, core::Instant now) {
    auto const limit = now.plus_days(-kept_days);
    Overview const overview(tx, now);
    int ended = 0;
    for (auto const& order : overview.orders()) {
        if (order.created_at > limit) continue;
        auto const over = [&](Delivery const& d) {
            bool const whole = d.standing == PushStanding::hosted ||
                               (d.receipt && d.receipt->whole_at && *d.receipt->whole_at <= limit);
            return whole && (!d.target.due_at || *d.target.due_at <= limit);
        };
        if (!std::ranges::all_of(overview.of(order.id), over)) continue;
        auto next = order;
        next.state = PushState::ended;
        next.ended_at = now;
        next.updated_at = std::max(now, order.updated_at.plus_ms(1));
        if (!store::update_order(tx, next, order)) continue;
        say_order(tx, next);
        ++ended;
    }
    return ended;
}

}  // namespace

core::Result<PushRuleList> list_rules(Desk const& desk, auth::Caller const& caller) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleList> {
        PushRuleList list;
        list.may_manage = !desk.box && reach_of(tx, caller, "");
        auto const running = store::orders(tx, {PushState::open, PushState::paused});
        for (auto const& rule : store::rules(tx)) list.items.push_back(row_of(tx, caller, rule, running));
        return list;
    });
}

core::Result<PushRuleRow> add_rule(Desk const& desk, auth::Caller const& caller, PushRuleContent const& content) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleRow> {
        if (desk.box) return core::conflict("push.made_above");
        auto const reach = TRY(check_content(tx, caller, content));
        PushRule rule;
        static_cast<PushRuleContent&>(rule) = content;
        rule.area_id = reach.area;
        rule.id = RuleId::make();
        rule.made_by = caller.person;
        rule.created_at = rule.updated_at = desk.clock.now();
        store::insert_rule(tx, rule);
        auth::audit(tx, caller, {"push.rule", rule.id.text()});
        return row_of(tx, caller, rule, {});
    });
}

core::Result<PushRuleRow> save_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id,
                                    PushRuleSave const& save) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleRow> {
        auto rule = TRY(own_rule(desk, tx, caller, id));
        static_cast<void>(TRY(check_content(tx, caller, save.content)));
        static_cast<PushRuleContent&>(rule) = save.content;
        rule.updated_at = std::max(desk.clock.now(), save.updated_at.plus_ms(1));
        rule.last_run_on.reset();
        if (!store::update_rule(tx, rule, save.updated_at)) return core::conflict("push.changed");
        auth::audit(tx, caller, {"push.rule", id.text()});
        return row_of(tx, caller, rule, store::orders(tx, {PushState::open, PushState::paused}));
    });
}

core::Result<core::Nothing> remove_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY(own_rule(desk, tx, caller, id));
        store::delete_rule(tx, id);
        auth::audit(tx, caller, {"push.rule_removed", id.text()});
        return core::Nothing{};
    });
}

core::Result<PushRuleTrial> try_rule(Desk const& desk, auth::Caller const& caller, PushRuleWish const& wish) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleTrial> {
        auto const reach = TRY(check_content(tx, caller, wish.content));
        auto const known = wish.id ? store::rule(tx, *wish.id) : std::nullopt;
        PushRule rule;
        rule.area_id = known && !reach.area ? known->area_id : reach.area;
        static_cast<PushRuleContent&>(rule) = wish.content;
        rule.id = wish.id.value_or(RuleId{});
        return told(desk.clock.now(), wanted(tx, desk.clock.now(), rule));
    });
}

core::Result<PushRuleTrial> run_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleTrial> {
        auto const rule = TRY(own_rule(desk, tx, caller, id));
        auto const now = desk.clock.now();
        auto const made = wanted(tx, now, rule);
        carry_out(tx, now, made.orders);
        store::note_run(tx, id, roster::district(tx).zone().date_of(now));
        auth::audit(tx, caller, {"push.rule_run", id.text()});
        return told(now, made);
    });
}

int run_rules(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    auto const now = clock.now();
    auto const due = db.read(district, [&](sql::Tx& tx) {
        auto const today = roster::district(tx).zone().date_of(now);
        std::vector<PushRule> rules;
        for (auto& rule : store::rules(tx)) {
            if (rule.active && rule.last_run_on != today) rules.push_back(std::move(rule));
        }
        return rules;
    });
    int written = 0;
    for (auto const& rule : due) {
        // Each on its own: one that cannot run does not keep the others from it.
        try {
            written += db.transact(district, [&](sql::Tx& tx) {
                auto const made = carry_out(tx, now, wanted(tx, now, rule).orders);
                store::note_run(tx, rule.id, roster::district(tx).zone().date_of(now));
                return made;
            });
        } catch (std::exception const& error) {
            log::error("a push rule failed", {{"rule", rule.id.text()}, {"why", error.what()}});
        }
    }
    return written + db.transact(district, [&](sql::Tx& tx) { return end_orders(tx, now); });
}

}  // namespace santong::push
