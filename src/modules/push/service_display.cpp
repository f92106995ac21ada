#include "modules/push/service_display.hpp"

#include <algorithm>

#include "modules/push/permissions.hpp"
#include "modules/push/rows.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"

namespace santong::push {

namespace {

constexpr int new_days = 14;     // so long something is new at a school
constexpr int portal_days = 60;  // and so long on the public page
constexpr std::size_t most_on_portal = 12;

std::vector<OrderId> order_ids(std::vector<PushOrder> const& orders) {
    std::vector<OrderId> ids;
    for (auto const& one : orders) ids.push_back(one.id);
    return ids;
}

/// Things of orders, in the order in which these were given, each once.
std::vector<PushItem> items_in_order(sql::Tx& tx, std::vector<PushOrder> const& orders) {
    std::map<OrderId, std::vector<PushItem>> of;
    for (auto const& one : store::items(tx, order_ids(orders))) of[one.order_id].push_back(one);
    std::set<ResourceId> known;
    std::vector<PushItem> found;
    for (auto const& order : orders) {
        for (auto const& one : of[order.id]) {
            if (known.insert(one.resource_id).second) found.push_back(one);
        }
    }
    return found;
}

std::map<ResourceId, resources::Resource> resources_of(sql::Tx& tx, std::vector<PushItem> const& items) {
    std::vector<ResourceId> ids;
    for (auto const& one : items) ids.push_back(one.resource_id);
    std::map<ResourceId, resources::Resource> found;
    for (auto& one : resources::resources(tx, ids)) found.emplace(one.id, std::move(one));
    return found;
}

/// Whether its bytes are at this place; above, all are.
bool is_here(Desk const& desk, sql::Tx& tx, ResourceId const& id) {
    if (!desk.box) return true;
    auto const parts = resources::contents_of(tx, {id});
    return std::ranges::all_of(
        parts, [&](resources::ContentPart const& part) { return desk.contents->open(part.sha256).has_value(); });
}

/// What came whole to a school lately, by orders that show it on people's pages.
class Arrivals {
public:
    Arrivals(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school, core::Instant now)
        : tx_(tx), caller_(caller) {
        std::vector<OrderId> ids;
        for (auto const& receipt : store::receipts_of_school(tx, school, now.plus_days(-new_days))) {
            came_.emplace(receipt.order_id, *receipt.whole_at);
            ids.push_back(receipt.order_id);
        }
        orders_ = store::orders(tx, ids);
        std::erase_if(orders_, [](PushOrder const& one) { return !one.spaces || one.state == PushState::cancelled; });
    }
    void for_grade(std::int32_t grade) {
        std::erase_if(orders_, [&](PushOrder const& one) { return !one.is_for_grade(grade); });
    }
    /// Those that fit, as far as the caller may use them, the newest first.
    template <class Fits>
    PushArrivalList list(Fits const& fits) {
        std::ranges::stable_sort(orders_, std::ranges::greater{},
                                 [&](PushOrder const& one) { return came_.at(one.id); });
        auto const items = items_in_order(tx_, orders_);
        auto const known = resources_of(tx_, items);
        PushArrivalList found;
        for (auto const& item : items) {
            auto const place = known.find(item.resource_id);
            if (place == known.end()) continue;
            auto const& one = place->second;
            if (resources::is_gone(one) || !fits(item, one) || !resources::can_read(tx_, caller_, one)) continue;
            found.items.push_back({one.id, one.title, one.kind, one.subject, came_.at(item.order_id)});
        }
        return found;
    }

private:
    sql::Tx& tx_;
    auth::Caller const& caller_;
    std::map<OrderId, core::Instant> came_;
    std::vector<PushOrder> orders_;
};

/// What came lately for the class of a pupil and fits its grade, as far as the caller may use it.
core::Result<PushArrivalList> arrivals_of_pupil(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& pupil,
                                                core::Instant now) {
    auto const today = roster::district(tx).zone().date_of(now);
    auto const class_id = roster::pupil_class(tx, pupil, today);
    if (!class_id) return PushArrivalList{};
    auto const group = TRY(roster::class_group(tx, *class_id, today));
    Arrivals arrivals(tx, caller, group.school_id, now);
    arrivals.for_grade(group.grade);
    return arrivals.list([&](PushItem const&, resources::Resource const& one) {
        return is_for_pupils(one.kind) && one.grade_from <= group.grade && group.grade <= one.grade_to;
    });
}

/// Running orders that bring something for a class in a subject.
std::vector<PushOrder> orders_for(sql::Tx& tx, roster::ClassGroup const& group, std::string const& subject) {
    auto orders = store::orders(tx, {PushState::open, PushState::paused});
    std::erase_if(orders, [&](PushOrder const& one) {
        return !one.classroom || one.subject != subject || !one.is_for_grade(group.grade);
    });
    std::set<OrderId> meant;
    for (auto const& target : store::targets(tx, order_ids(orders))) {
        if (target.school_id == group.school_id) meant.insert(target.order_id);
    }
    std::erase_if(orders, [&](PushOrder const& one) { return !meant.contains(one.id); });
    return orders;
}

std::optional<ChapterId> chapter_of_plan(sql::Tx& tx, std::string const& id) {
    auto const parsed = teaching::PlanId::parse(id);
    auto const plan = parsed ? teaching::plan(tx, *parsed) : std::nullopt;
    return plan ? plan->chapter_id : std::nullopt;
}

ClassPushRow class_row(sql::Tx& tx, resources::Resource const& one) {
    ClassPushRow row;
    row.id = one.id;
    row.title = one.title;
    row.kind = one.kind;
    row.scope = one.scope;
    if (auto const version = resources::version(tx, one.id, one.current_version)) {
        row.pages = version->pages;
        row.duration_seconds = version->duration_seconds;
        row.has_thumbnail = version->thumbnail_file_id.has_value();
    }
    return row;
}

/// When an order's things will be at a school.
std::optional<core::Instant> expected_at(Overview const& overview, OrderId const& order, core::OrgId const& school) {
    for (auto const& d : overview.of(order)) {
        if (d.target.school_id == school && d.passage) return d.passage->expected_at;
    }
    return std::nullopt;
}

}  // namespace

std::vector<resources::Recommended> portal_things(Desk const& desk, core::DistrictId district) {
    return desk.db.read(district, [&](sql::Tx& tx) {
        auto const since = desk.clock.now().plus_days(-portal_days);
        auto orders = store::orders(tx, {PushState::open, PushState::paused});
        std::erase_if(orders, [&](PushOrder const& one) { return !one.portal || one.created_at < since; });
        std::map<OrderId, core::Instant> sent;
        for (auto const& one : orders) sent[one.id] = one.created_at;
        auto const items = items_in_order(tx, orders);
        auto const known = resources_of(tx, items);
        auto const stands = [&](ResourceId const& id) {
            auto const found = known.find(id);
            return found != known.end() && portal_refusal(found->second) == nullptr;
        };
        std::vector<resources::Recommended> found;
        for (auto const& item : items) {
            if (found.size() == most_on_portal) break;
            if (!stands(item.resource_id) || (item.pack_id && stands(*item.pack_id))) continue;
            if (is_here(desk, tx, item.resource_id)) found.push_back({item.resource_id, sent.at(item.order_id)});
        }
        return found;
    });
}

core::Result<PushArrivalList> my_arrivals(Desk const& desk, auth::Caller const& caller) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushArrivalList> {
        auto const school = school_of_caller(tx, caller);
        if (!school) return PushArrivalList{};
        auto const now = desk.clock.now();
        std::set<std::string> subjects;
        for (auto const& post : roster::posts_of(tx, caller.person, roster::district(tx).zone().date_of(now))) {
            if (!post.subject.empty()) subjects.insert(post.subject);
        }
        return Arrivals(tx, caller, *school, now).list([&](PushItem const& item, resources::Resource const& one) {
            return !item.pack_id && (subjects.empty() || subjects.contains(one.subject));
        });
    });
}

core::Result<PushArrivalList> pupil_arrivals(Desk const& desk, auth::Caller const& caller) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushArrivalList> {
        return arrivals_of_pupil(tx, caller, caller.person, desk.clock.now());
    });
}

core::Result<PushArrivalList> child_arrivals(Desk const& desk, auth::Caller const& caller,
                                             core::PersonId const& child) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushArrivalList> {
        auto const children = roster::pupils_of_guardian(tx, caller.person, roster::today(tx, desk.clock));
        if (std::ranges::find(children, child) == children.end()) return core::not_found("roster.person_not_found");
        return arrivals_of_pupil(tx, caller, child, desk.clock.now());
    });
}

core::Result<ClassPushList> class_things(Desk const& desk, auth::Caller const& caller, ClassPushQuery const& query) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ClassPushList> {
        auto const class_id = core::OrgId::parse(query.class_id);
        if (!class_id) return core::not_found("roster.class_not_found");
        auto const now = desk.clock.now();
        auto const group = TRY(roster::class_group(tx, *class_id, roster::district(tx).zone().date_of(now)));
        TRY_VOID(caller.require(tx, permissions::request, *class_id));
        auto items = items_in_order(tx, orders_for(tx, group, query.subject));
        auto const known = resources_of(tx, items);
        auto const chapter = chapter_of_plan(tx, query.plan);
        std::ranges::stable_sort(items, {}, [&](PushItem const& item) {
            auto const found = known.find(item.resource_id);
            return !chapter || found == known.end() || found->second.chapter_id != chapter;
        });
        std::optional<Overview> overview;
        ClassPushList list;
        for (auto const& item : items) {
            auto const place = known.find(item.resource_id);
            if (place == known.end() || resources::is_gone(place->second)) continue;
            auto const& one = place->second;
            // A pack is shown by what is in it, a lesson plan is its teacher's.
            if (one.kind == resources::Kind::pack || one.kind == resources::Kind::plan) continue;
            if (!resources::can_read(tx, caller, one)) continue;
            auto& row = list.items.emplace_back(class_row(tx, one));
            row.here = is_here(desk, tx, one.id);
            if (row.here) continue;
            if (!overview) overview.emplace(tx, now, std::vector<PushOrder>{}, desk.seat());
            row.expected_at = expected_at(*overview, item.order_id, group.school_id);
        }
        return list;
    });
}

}  // namespace santong::push
