#include "modules/push/service_orders.hpp"

#include <algorithm>

#include "modules/push/arriving.hpp"
#include "modules/push/making.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/rows.hpp"
#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::push {

namespace {

/// A wish that holds together: the order as it would be, its things and schools.
struct Draft {
    PushOrder order;
    Things things;
    std::vector<PushTarget> targets;
};

/// What the things say of subject, grades and chapters, where the wish does not.
struct About {
    std::string title;
    std::string subject;
    std::int32_t grade_from = 12;
    std::int32_t grade_to = 1;
    std::vector<ChapterId> chapters;
    bool all = false;  ///< the caller may read each of them
};

/// Of what the caller could not find himself nothing is said.
About about(sql::Tx& tx, auth::Caller const& caller, std::vector<ResourceId> const& ids) {
    About found;
    std::map<ResourceId, resources::Resource> known;
    for (auto& one : resources::resources(tx, ids)) {
        if (resources::can_read(tx, caller, one)) known.emplace(one.id, std::move(one));
    }
    found.all = known.size() == std::set<ResourceId>(ids.begin(), ids.end()).size();
    for (auto const& id : ids) {
        auto const place = known.find(id);
        if (place == known.end()) continue;
        auto const& one = place->second;
        if (found.title.empty()) found.title = one.title;
        if (found.subject.empty()) found.subject = one.subject;
        found.grade_from = std::min(found.grade_from, one.grade_from);
        found.grade_to = std::max(found.grade_to, one.grade_to);
        if (one.chapter_id) found.chapters.push_back(*one.chapter_id);
    }
    return found;
}

core::Result<std::vector<core::OrgId>> chosen_schools(sql::Tx& tx, core::Instant now, PushWish const& wish,
                                                      PushOrder const& order, PushReach const& reach) {
    auto const today = roster::district(tx).zone().date_of(now);
    std::vector<core::OrgId> found;
    if (wish.schools.empty()) {
        PushAudience audience;
        audience.school_kinds = wish.school_kinds;
        audience.grade_from = order.grade_from;
        audience.grade_to = order.grade_to;
        for (auto const& one : schools_for(tx, today, audience)) {
            if (reach.covers(one.id)) found.push_back(one.id);
        }
    } else {
        std::set<core::OrgId> known;
        for (auto const& one : roster::schools(tx)) known.insert(one.id);
        for (auto const& id : std::set<core::OrgId>(wish.schools.begin(), wish.schools.end())) {
            if (!known.contains(id)) return core::invalid_at("/schools", "push.no_such_school");
            if (!reach.covers(id)) return core::forbidden("push.not_your_area");
            found.push_back(id);
        }
    }
    if (found.empty()) return core::invalid_at("/schools", "push.no_schools");
    return found;
}

std::vector<PushTarget> targets_of(sql::Tx& tx, core::Instant now, PushWish const& wish, PushOrder const& order,
                                   std::vector<core::OrgId> const& schools, std::vector<ChapterId> const& chapters) {
    constexpr int days = 14;  // so far the timetable knows lessons
    std::map<core::OrgId, Need> lessons;
    if (wish.due == PushDue::lesson)
        lessons = needs(tx, now, {schools, order.subject, order.grade_from, order.grade_to, chapters, days});
    std::vector<PushTarget> targets;
    for (auto const& school : schools) {
        auto& target = targets.emplace_back();
        target.order_id = order.id;
        target.school_id = school;
        if (wish.due == PushDue::weekday) target.due_at = wish.due_at;
        if (auto const need = lessons.find(school); need != lessons.end()) {
            target.due_at = need->second.at;
            target.due_period = need->second.period;
            target.due_class = need->second.class_id;
        }
    }
    return targets;
}

core::Result<Draft> draft(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, PushWish const& wish) {
    auto const now = desk.clock.now();
    if (!reach_of(tx, caller, "")) return core::forbidden("push.not_your_area");
    if (wish.resources.empty()) return core::invalid_at("/resources", "core.required");
    if (wish.due == PushDue::weekday && (!wish.due_at || *wish.due_at <= now))
        return core::invalid_at("/due_at", wish.due_at ? "push.due_is_over" : "core.required");
    auto const known = about(tx, caller, wish.resources);
    if (!known.all) return core::conflict("push.out_of_reach", {{"title", ""}});
    Draft made;
    auto& order = made.order;
    order.id = OrderId::make();
    order.title = wish.title.empty() ? known.title : wish.title;
    order.subject = known.subject;
    order.grade_from = wish.grade_from > 0 ? wish.grade_from : known.grade_from;
    order.grade_to = wish.grade_to > 0 ? wish.grade_to : known.grade_to;
    if (known.chapters.size() == 1) order.chapter_id = known.chapters.front();
    order.priority = wish.priority;
    order.show(wish.display.value_or(PushDisplay{}));
    order.made_by = caller.person;
    order.created_at = order.updated_at = now;
    order.rank = now.ms;
    auto const reach = reach_of(tx, caller, order.subject);
    if (!reach) return core::forbidden("push.not_your_subject");
    order.area_id = reach->area;
    if (order.grade_from > order.grade_to) return core::invalid_at("/grade_to", "push.grades_turned");
    auto const schools = TRY(chosen_schools(tx, now, wish, order, *reach));
    made.things = TRY(gather(tx, order.id, wish.resources, schools));
    TRY_VOID(check_title(order.title));
    made.targets = targets_of(tx, now, wish, order, schools, known.chapters);
    return made;
}

/// What of an order may stand on the public page: that is the district's, and not for what an area sends.
PushPortal portal_for(sql::Tx& tx, PushOrder const& order, std::vector<PushItem> const& items) {
    auto portal = portal_of(tx, items);
    if (!order.area_id || portal.allowed == 0) return portal;
    portal = {};
    for (auto const& one : resources::resources(tx, {items.front().resource_id}))
        portal.refused.push_back({one.id, one.title, "push.portal_area"});
    return portal;
}

/// What nobody may see there cannot be wanted there.
core::Result<void> check_portal(PushDisplay const& display, PushPortal const& portal) {
    if (display.portal && portal.allowed == 0) return core::invalid_at("/display/portal", "push.nothing_for_portal");
    return {};
}

core::Result<PushOrderView> view_of(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, OrderId const& id) {
    auto const order = store::order(tx, id);
    if (!order) return core::not_found("push.not_found");
    Overview const overview(tx, desk.clock.now(), {*order}, desk.seat());
    auto const seen = schools_seen(tx, caller);
    auto const row = order_row(overview, *order, desk.clock.now(), seen);
    if (!row) return core::not_found("push.not_found");
    PushOrderView view;
    view.order = *row;
    view.now = desk.clock.now();
    view.may_manage = !desk.box && may_change(tx, caller, order->subject, order->area_id);
    view.schools = school_rows(tx, overview, overview.of(id), seen);
    std::vector<ResourceId> ids;
    auto const items = store::items(tx, {id});
    view.portal = portal_for(tx, *order, items);
    for (auto const& one : items) ids.push_back(one.resource_id);
    std::map<ResourceId, resources::Resource> known;
    for (auto& one : resources::resources(tx, ids)) known.emplace(one.id, std::move(one));
    for (auto const& one : items) {
        auto const found = known.find(one.resource_id);
        bool const there = found != known.end();
        view.things.push_back({one.resource_id, there ? found->second.title : "", one.kind, one.pack_id, one.size,
                               !there || found->second.state != resources::State::published});
    }
    for (auto const& other : overview.orders()) {
        if (other.id == id || other.state != PushState::open) continue;
        auto const stands_before = [&](Delivery const& d) {
            return d.passage && std::ranges::any_of(overview.of(id), [&](Delivery const& own) {
                       return own.passage && own.target.school_id == d.target.school_id &&
                              seen.contains(d.target.school_id) && d.passage->before_bytes < own.passage->before_bytes;
                   });
        };
        if (std::ranges::any_of(overview.of(other.id), stands_before)) view.before.push_back(other.title);
    }
    return view;
}

/// The order, if the caller may change it and it still runs.
core::Result<PushOrder> changeable(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, OrderId const& id) {
    auto const order = store::order(tx, id);
    if (!order) return core::not_found("push.not_found");
    if (desk.box || !may_change(tx, caller, order->subject, order->area_id))
        return core::forbidden("push.not_your_subject");
    if (!order->runs()) return core::conflict("push.not_running");
    return *order;
}

core::Result<void> keep(Desk const& desk, sql::Tx& tx, PushOrder order, PushOrder const& before) {
    order.updated_at = std::max(desk.clock.now(), before.updated_at.plus_ms(1));
    if (!store::update_order(tx, order, before)) return core::conflict("push.changed");
    say_order(tx, order);
    return {};
}

void write_down(sql::Tx& tx, auth::Caller const& caller, char const* act, OrderId const& id) {
    auth::audit(tx, caller, {act, id.text()});
}

/// Just before another one: halfway to the one that goes before that.
std::int64_t rank_before(sql::Tx& tx, PushOrder const& order, PushOrder const& other) {
    constexpr std::int64_t step = 1000;
    auto last = other.rank - 2 * step;
    for (auto const& one : store::orders(tx, {PushState::open, PushState::paused})) {
        if (one.id != order.id && one.rank < other.rank) last = std::max(last, one.rank);
    }
    return last + (other.rank - last) / 2;
}

}  // namespace

core::Result<PushPreview> preview(Desk const& desk, auth::Caller const& caller, PushWish const& wish) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushPreview> {
        if (desk.box) return core::conflict("push.made_above");
        auto const made = TRY(draft(desk, tx, caller, wish));
        Overview const overview(tx, desk.clock.now());
        auto const deliveries = overview.with(made.order, made.things.contents, made.targets);
        PushPreview view;
        view.title = made.order.title;
        view.subject = made.order.subject;
        view.items = static_cast<std::int32_t>(made.things.items.size());
        view.bytes = made.things.bytes();
        view.left_out = made.things.left_out;
        view.portal = portal_for(tx, made.order, made.things.items);
        view.area = area_name(tx, made.order.area_id);
        view.schools = school_rows(tx, overview, deliveries, schools_seen(tx, caller));
        view.bytes_to_send = overview.to_travel(deliveries);
        for (auto const& d : deliveries) view.late += d.standing == PushStanding::will_miss ? 1 : 0;
        return view;
    });
}

core::Result<PushOrderView> make_order(Desk const& desk, auth::Caller const& caller, PushWish const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderView> {
        if (desk.box) return core::conflict("push.made_above");
        auto const made = TRY(draft(desk, tx, caller, wish));
        TRY_VOID(check_portal(made.order.display(), portal_for(tx, made.order, made.things.items)));
        write_order(tx, made.order, made.things, made.targets, desk.clock.now());
        write_down(tx, caller, "push.order", made.order.id);
        return view_of(desk, tx, caller, made.order.id);
    });
}

core::Result<PushOrderList> list_orders(Desk const& desk, auth::Caller const& caller, PushOrderQuery const& query) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderList> {
        auto const now = desk.clock.now();
        std::vector<PushOrder> chosen;
        auto const state = core::enum_parse<PushState>(query.state);
        if (!query.state.empty() && !state) return core::invalid_at("state", "core.unknown_choice");
        auto const resource = ResourceId::parse(query.resource);
        if (resource)
            chosen = store::orders_with(tx, *resource);
        else
            chosen = store::orders(tx, state ? std::vector{*state} : std::vector{PushState::open, PushState::paused});
        Overview const overview(tx, now, chosen, desk.seat());
        auto const seen = schools_seen(tx, caller);
        PushOrderList list;
        list.now = now;
        list.may_manage = !desk.box && reach_of(tx, caller, "");
        for (auto const& order : chosen) {
            if (!query.subject.empty() && order.subject != query.subject) continue;
            if (auto row = order_row(overview, order, now, seen)) list.items.push_back(std::move(*row));
        }
        std::ranges::stable_sort(list.items, [](PushOrderRow const& a, PushOrderRow const& b) {
            return goes_before({a.priority, a.due_at, a.rank, a.created_at, a.id},
                               {b.priority, b.due_at, b.rank, b.created_at, b.id});
        });
        return list;
    });
}

core::Result<PushOrderView> order_view(Desk const& desk, auth::Caller const& caller, OrderId const& id) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) { return view_of(desk, tx, caller, id); });
}

core::Result<PushOrderView> act_on_order(Desk const& desk, auth::Caller const& caller, OrderId const& id, PushAct act,
                                         PushSeen const& seen) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderView> {
        auto const before = TRY(changeable(desk, tx, caller, id));
        if (before.updated_at != seen.updated_at) return core::conflict("push.changed");
        auto order = before;
        switch (act) {
            case PushAct::pause: order.state = PushState::paused; break;
            case PushAct::resume: order.state = PushState::open; break;
            case PushAct::cancel:
                order.state = PushState::cancelled;
                order.ended_at = desk.clock.now();
                break;
        }
        TRY_VOID(keep(desk, tx, order, before));
        write_down(tx, caller,
                   act == PushAct::pause    ? "push.pause"
                   : act == PushAct::resume ? "push.resume"
                                            : "push.cancel",
                   id);
        return view_of(desk, tx, caller, id);
    });
}

core::Result<PushOrderView> set_priority(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                         PushPriorityWish const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderView> {
        auto const before = TRY(changeable(desk, tx, caller, id));
        if (before.updated_at != wish.updated_at) return core::conflict("push.changed");
        auto order = before;
        order.priority = wish.priority;
        if (wish.before) {
            auto const other = store::order(tx, *wish.before);
            if (!other) return core::invalid_at("/before", "push.not_found");
            // An area's orders go before its own only.
            if (!may_change(tx, caller, other->subject, other->area_id)) return core::forbidden("push.not_your_area");
            order.rank = rank_before(tx, order, *other);
        }
        TRY_VOID(keep(desk, tx, order, before));
        write_down(tx, caller, "push.priority", id);
        return view_of(desk, tx, caller, id);
    });
}

core::Result<PushOrderView> set_display(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                        PushDisplayWish const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderView> {
        auto const before = TRY(changeable(desk, tx, caller, id));
        if (before.updated_at != wish.updated_at) return core::conflict("push.changed");
        if (!before.portal) TRY_VOID(check_portal(wish.display, portal_for(tx, before, store::items(tx, {id}))));
        auto order = before;
        order.show(wish.display);
        TRY_VOID(keep(desk, tx, order, before));
        write_down(tx, caller, "push.display", id);
        return view_of(desk, tx, caller, id);
    });
}

core::Result<PushOrderView> move_need(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                      PushNeedWish const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushOrderView> {
        auto const before = TRY(changeable(desk, tx, caller, id));
        if (!wish.due_at) return core::invalid_at("/due_at", "core.required");
        if (*wish.due_at <= desk.clock.now()) return core::invalid_at("/due_at", "push.due_is_over");
        auto targets = store::targets(tx, {id});
        auto const target = std::ranges::find(targets, wish.school_id, &PushTarget::school_id);
        if (target == targets.end()) return core::invalid_at("/school_id", "push.no_such_school");
        // A need that was missed stays missed: the rate of what came in time is made of these (I31).
        if (target->due_at && *target->due_at <= desk.clock.now()) return core::conflict("push.need_is_over");
        target->due_at = wish.due_at;
        target->due_period = 0;
        target->due_class.reset();
        target->moved = true;
        store::replace_targets(tx, id, targets);
        TRY_VOID(keep(desk, tx, before, before));
        write_down(tx, caller, "push.need", id);
        return view_of(desk, tx, caller, id);
    });
}

}  // namespace santong::push
