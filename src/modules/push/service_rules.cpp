#include "modules/push/service_rules.hpp"

#include <algorithm>

#include "modules/push/arriving.hpp"
#include "modules/push/making.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/rows.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/log/log.hpp"

namespace santong::push {

namespace {

constexpr int newest_days = 7;  // so far back a rule for what is new looks
/// Orders end on their own this long after everything has come and been looked at.
constexpr int kept_days = unused_days + 7;

/// An order as a rule wants it now.
struct RuleOrder {
    PushRulePlan plan;
    PushOrder order;
    Things things;
    std::vector<PushTarget> targets;
};

/// What a rule sends, in one order each: by chapter, or by week.
struct Bundle {
    std::string key;
    std::string title;
    std::vector<ResourceId> resources;
    std::vector<ChapterId> chapters;
};

std::string chapter_title(sql::Tx& tx, std::optional<ChapterId> const& id) {
    auto const chapter = id ? resources::chapter(tx, *id) : std::nullopt;
    return chapter ? chapter->title : "";
}

std::vector<Bundle> bundles(sql::Tx& tx, core::Instant now, PushRuleContent const& rule, NeedWish const& lessons) {
    auto const fits = [&](resources::Resource const& one) {
        // Schools have their own things already; what goes to many must be for all of them.
        if (one.scope < resources::Scope::district || one.subject != rule.subject || one.grade_to < rule.grade_from ||
            one.grade_from > rule.grade_to)
            return false;
        return rule.what != PushWhat::packs || one.kind == resources::Kind::pack;
    };
    auto const taken = [&](std::vector<resources::Resource> const& all) {
        std::vector<ResourceId> ids;
        for (auto const& one : all) {
            if (fits(one)) ids.push_back(one.id);
        }
        return ids;
    };
    std::vector<Bundle> found;
    if (rule.what == PushWhat::newest) {
        auto const term = roster::term_at(tx, roster::district(tx).zone().date_of(now));
        auto const week = term ? term->week_of(roster::district(tx).zone().date_of(now)) : 0;
        auto const key = term ? term->id.text() + '/' + std::to_string(week) : std::to_string(week);
        found.push_back({"new " + key,
                         rule.title,
                         taken(resources::published_since(tx, rule.subject, now.plus_days(-newest_days))),
                         {}});
        return found;
    }
    auto const chapters = rule.chapter_id ? std::vector{*rule.chapter_id} : planned_chapters(tx, now, lessons);
    for (auto const& chapter : chapters) {
        auto const parts = resources::with_parts(tx, chapter);
        found.push_back({"chapter " + chapter.text(), chapter_title(tx, chapter),
                         taken(resources::published_for(tx, parts)), parts});
    }
    return found;
}

std::vector<PushTarget> rule_targets(sql::Tx& tx, core::Instant now, PushRuleContent const& rule, NeedWish const& wish,
                                     OrderId const& order, std::vector<PushTarget> const& before) {
    std::map<core::OrgId, Need> lessons;
    if (rule.due == PushDue::lesson) lessons = needs(tx, now, wish);
    auto const weekly = next_weekday(roster::district(tx).zone(), now, rule.weekday, rule.minute);
    std::vector<PushTarget> targets;
    for (auto const& school : wish.schools) {
        auto const known = std::ranges::find(before, school, &PushTarget::school_id);
        // What was moved by hand stays; a need that is over stays too, so that it counts as it was.
        if (known != before.end() && (known->moved || (known->due_at && *known->due_at <= now))) {
            targets.push_back(*known);
            continue;
        }
        auto& target = targets.emplace_back();
        target.order_id = order;
        target.school_id = school;
        if (rule.due == PushDue::weekday) target.due_at = known != before.end() ? known->due_at : std::optional(weekly);
        if (auto const need = lessons.find(school); need != lessons.end()) {
            target.due_at = need->second.at;
            target.due_period = need->second.period;
            target.due_class = need->second.class_id;
        }
    }
    return targets;
}

bool same_targets(std::vector<PushTarget> a, std::vector<PushTarget> b) {
    auto const key = [](PushTarget const& one) { return one.school_id; };
    std::ranges::sort(a, {}, key);
    std::ranges::sort(b, {}, key);
    return std::ranges::equal(a, b, [](PushTarget const& x, PushTarget const& y) {
        return x.school_id == y.school_id && x.due_at == y.due_at && x.due_period == y.due_period;
    });
}

bool same_contents(std::vector<PushContent> const& a, std::vector<PushContent> const& b) {
    std::set<std::string> first, second;
    for (auto const& one : a) first.insert(one.sha256);
    for (auto const& one : b) second.insert(one.sha256);
    return first == second;
}

/// Orders as the rule wants them now, each with what stands already.
std::vector<RuleOrder> wanted(sql::Tx& tx, core::Instant now, PushRule const& rule, std::int32_t& audience) {
    auto const today = roster::district(tx).zone().date_of(now);
    NeedWish wish;
    for (auto const& school : schools_for(tx, today, rule)) wish.schools.push_back(school.id);
    audience = static_cast<std::int32_t>(wish.schools.size());
    wish.subject = rule.subject;
    wish.grade_from = rule.grade_from;
    wish.grade_to = rule.grade_to;
    wish.days = rule.days_ahead;
    Overview const overview(tx, now);
    std::vector<RuleOrder> found;
    for (auto const& bundle : bundles(tx, now, rule, wish)) {
        auto& one = found.emplace_back();
        auto const there = store::order_of_rule(tx, rule.id, bundle.key);
        auto& order = one.order;
        if (there) {
            order = *there;
        } else {
            order.id = OrderId::make();
            order.rule_id = rule.id;
            order.rule_key = bundle.key;
            order.title = bundle.title;
            order.subject = rule.subject;
            order.grade_from = rule.grade_from;
            order.grade_to = rule.grade_to;
            if (!bundle.chapters.empty()) order.chapter_id = bundle.chapters.front();
            order.priority = rule.priority;
            order.rank = now.ms;
            order.made_by = rule.made_by;
            order.created_at = order.updated_at = now;
        }
        one.plan.key = bundle.key;
        one.plan.title = order.title;
        if (there) one.plan.order_id = there->id;
        if (there && !there->runs()) one.plan.why_not = "push.order_is_over";
        if (wish.schools.empty()) one.plan.why_not = "push.no_schools";
        if (bundle.resources.empty()) one.plan.why_not = "push.nothing_published";
        one.plan.changes = one.plan.why_not.empty();
        if (!one.plan.changes) continue;
        auto things = gather(tx, order.id, bundle.resources, wish.schools);
        if (!things) {
            one.plan.why_not = things.error().problems.empty() ? things.error().key : things.error().problems[0].key;
            one.plan.changes = false;
            continue;
        }
        one.things = std::move(*things);
        auto const before = there ? store::targets(tx, {order.id}) : std::vector<PushTarget>{};
        auto lessons = wish;
        lessons.chapters = bundle.chapters;
        one.targets = rule_targets(tx, now, rule, lessons, order.id, before);
        if (there)
            one.plan.changes = !same_targets(before, one.targets) ||
                               !same_contents(store::contents(tx, {order.id}), one.things.contents);
        one.plan.items = static_cast<std::int32_t>(one.things.items.size());
        one.plan.bytes = one.things.bytes();
        one.plan.schools = static_cast<std::int32_t>(one.targets.size());
        for (auto const& target : one.targets) {
            if (target.due_at && (!one.plan.due_at || *target.due_at < *one.plan.due_at))
                one.plan.due_at = target.due_at;
        }
        for (auto const& d : overview.with(order, one.things.contents, one.targets))
            one.plan.late += d.standing == PushStanding::will_miss ? 1 : 0;
    }
    return found;
}

int carry_out(sql::Tx& tx, core::Instant now, std::vector<RuleOrder> const& orders) {
    int written = 0;
    for (auto const& one : orders) {
        if (!one.plan.changes) continue;
        auto order = one.order;
        if (one.plan.order_id) {
            auto const before = order;
            order.updated_at = std::max(now, before.updated_at.plus_ms(1));
            store::update_order(tx, order, before);
        }
        write_order(tx, order, one.things, one.targets, now);
        ++written;
    }
    return written;
}

PushRuleTrial told(core::Instant now, std::int32_t schools, std::vector<RuleOrder> const& orders) {
    PushRuleTrial trial{now, schools, {}};
    for (auto const& one : orders) trial.orders.push_back(one.plan);
    return trial;
}

core::Result<void> check_content(sql::Tx& tx, auth::Caller const& caller, PushRuleContent const& content) {
    TRY_VOID(check_rule(content));
    if (!may_manage(tx, caller, content.subject)) return core::forbidden("push.not_your_subject");
    if (content.chapter_id && !resources::chapter(tx, *content.chapter_id))
        return core::invalid_at("/chapter_id", "push.no_such_chapter");
    return {};
}

PushRuleRow row_of(sql::Tx& tx, auth::Caller const& caller, PushRule const& rule,
                   std::vector<PushOrder> const& running) {
    auto const count = std::ranges::count(running, std::optional(rule.id), &PushOrder::rule_id);
    return {rule, chapter_title(tx, rule.chapter_id), static_cast<std::int32_t>(count),
            may_manage(tx, caller, rule.subject)};
}

core::Result<PushRule> own_rule(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, RuleId const& id) {
    if (desk.box) return core::conflict("push.made_above");
    auto const rule = store::rule(tx, id);
    if (!rule) return core::not_found("push.rule_not_found");
    if (!may_manage(tx, caller, rule->subject)) return core::forbidden("push.not_your_subject");
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
        list.may_manage = !desk.box && may_manage(tx, caller, "");
        auto const running = store::orders(tx, {PushState::open, PushState::paused});
        for (auto const& rule : store::rules(tx)) list.items.push_back(row_of(tx, caller, rule, running));
        return list;
    });
}

core::Result<PushRuleRow> add_rule(Desk const& desk, auth::Caller const& caller, PushRuleContent const& content) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleRow> {
        if (desk.box) return core::conflict("push.made_above");
        TRY_VOID(check_content(tx, caller, content));
        PushRule rule;
        static_cast<PushRuleContent&>(rule) = content;
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
        TRY_VOID(check_content(tx, caller, save.content));
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
        TRY_VOID(check_content(tx, caller, wish.content));
        PushRule rule;
        static_cast<PushRuleContent&>(rule) = wish.content;
        rule.id = wish.id.value_or(RuleId{});
        std::int32_t schools = 0;
        auto const orders = wanted(tx, desk.clock.now(), rule, schools);
        return told(desk.clock.now(), schools, orders);
    });
}

core::Result<PushRuleTrial> run_rule(Desk const& desk, auth::Caller const& caller, RuleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRuleTrial> {
        auto const rule = TRY(own_rule(desk, tx, caller, id));
        auto const now = desk.clock.now();
        std::int32_t schools = 0;
        auto const orders = wanted(tx, now, rule, schools);
        carry_out(tx, now, orders);
        store::note_run(tx, id, roster::district(tx).zone().date_of(now));
        auth::audit(tx, caller, {"push.rule_run", id.text()});
        return told(now, schools, orders);
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
                std::int32_t schools = 0;
                auto const made = carry_out(tx, now, wanted(tx, now, rule, schools));
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
