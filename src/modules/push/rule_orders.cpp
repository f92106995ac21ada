#include "modules/push/rule_orders.hpp"

#include <algorithm>

#include "modules/push/arriving.hpp"
#include "modules/push/needs.hpp"
#include "modules/push/rows.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

std::string chapter_title(sql::Tx& tx, std::optional<ChapterId> const& id) {
    auto const chapter = id ? resources::chapter(tx, *id) : std::nullopt;
    return chapter ? chapter->title : "";
}

namespace {

constexpr int newest_days = 7;  // so far back a rule for what is new looks

/// What a rule sends, in one order each: by chapter, or by week.
struct Bundle {
    std::string key;
    std::string title;
    std::vector<ResourceId> resources;
    std::vector<ChapterId> chapters;
};

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

/// The rule's order for a bundle: the one that is there, or a new one.
PushOrder order_for(PushRule const& rule, Bundle const& bundle, std::optional<PushOrder> const& there,
                    core::Instant now) {
    if (there) return *there;
    PushOrder order;
    order.id = OrderId::make();
    order.rule_id = rule.id;
    order.rule_key = bundle.key;
    order.title = bundle.title;
    order.subject = rule.subject;
    order.grade_from = rule.grade_from;
    order.grade_to = rule.grade_to;
    if (!bundle.chapters.empty()) order.chapter_id = bundle.chapters.front();
    order.priority = rule.priority;
    order.show(rule.display.value_or(PushDisplay{}));
    order.rank = now.ms;
    order.made_by = rule.made_by;
    order.area_id = rule.area_id;
    order.created_at = order.updated_at = now;
    return order;
}

/// Why nothing is made of a bundle, as an i18n key; empty: something is.
std::string why_not(Bundle const& bundle, std::optional<PushOrder> const& there, NeedWish const& wish) {
    if (bundle.resources.empty()) return "push.nothing_published";
    if (wish.schools.empty()) return "push.no_schools";
    if (there && !there->runs()) return "push.order_is_over";
    return "";
}

void sum_up(PushRulePlan& plan, Overview const& overview, RuleOrder const& made) {
    plan.items = static_cast<std::int32_t>(made.things.items.size());
    plan.bytes = made.things.bytes();
    plan.schools = static_cast<std::int32_t>(made.targets.size());
    for (auto const& target : made.targets) {
        if (target.due_at && (!plan.due_at || *target.due_at < *plan.due_at)) plan.due_at = target.due_at;
    }
    for (auto const& d : overview.with(made.order, made.things.contents, made.targets))
        plan.late += d.standing == PushStanding::will_miss ? 1 : 0;
}

/// Whatever a bundle becomes: an order with its things and schools, or why there is none.
RuleOrder rule_order(sql::Tx& tx, Overview const& overview, PushRule const& rule, Bundle const& bundle,
                     NeedWish const& wish) {
    auto const now = overview.now();
    auto const there = store::order_of_rule(tx, rule.id, bundle.key);
    RuleOrder one;
    one.order = order_for(rule, bundle, there, now);
    one.plan.key = bundle.key;
    one.plan.title = one.order.title;
    if (there) one.plan.order_id = there->id;
    one.plan.why_not = why_not(bundle, there, wish);
    one.plan.changes = one.plan.why_not.empty();
    if (!one.plan.changes) return one;
    auto things = gather(tx, one.order.id, bundle.resources, wish.schools);
    if (!things) {
        one.plan.why_not = things.error().problems.empty() ? things.error().key : things.error().problems[0].key;
        one.plan.changes = false;
        return one;
    }
    one.things = std::move(*things);
    auto const before = there ? store::targets(tx, {there->id}) : std::vector<PushTarget>{};
    auto lessons = wish;
    lessons.chapters = bundle.chapters;
    one.targets = rule_targets(tx, now, rule, lessons, one.order.id, before);
    if (there)
        one.plan.changes =
            !same_targets(before, one.targets) || !same_contents(store::contents(tx, {there->id}), one.things.contents);
    sum_up(one.plan, overview, one);
    return one;
}

}  // namespace

RuleOrders wanted(sql::Tx& tx, core::Instant now, PushRule const& rule) {
    NeedWish wish;
    PushReach const reach{rule.area_id, rule.area_id ? schools_of_area(tx, *rule.area_id) : std::set<core::OrgId>{}};
    for (auto const& school : schools_for(tx, roster::district(tx).zone().date_of(now), rule)) {
        if (reach.covers(school.id)) wish.schools.push_back(school.id);
    }
    wish.subject = rule.subject;
    wish.grade_from = rule.grade_from;
    wish.grade_to = rule.grade_to;
    wish.days = rule.days_ahead;
    Overview const overview(tx, now);
    RuleOrders found{static_cast<std::int32_t>(wish.schools.size()), {}};
    constexpr std::int64_t apart = 1000;  // so that one of them can be put before another by hand
    for (auto const& bundle : bundles(tx, now, rule, wish)) {
        auto one = rule_order(tx, overview, rule, bundle, wish);
        if (!one.plan.order_id) one.order.rank += apart * static_cast<std::int64_t>(found.orders.size());
        found.orders.push_back(std::move(one));
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

}  // namespace santong::push
