#include "modules/push/sync.hpp"

#include <algorithm>

#include "modules/push/arriving.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/sync.hpp"

namespace santong::push {

namespace {

/// Contents without those that came before, in order.
class WantedList {
public:
    void add(std::string const& sha256, std::int64_t size, nodes::Urgency urgency) {
        if (known_.insert(sha256).second) all_.push_back({sha256, size, urgency});
    }
    std::vector<nodes::Wanted> take() { return std::move(all_); }

private:
    std::set<std::string> known_;
    std::vector<nodes::Wanted> all_;
};

nodes::Urgency urgency_of(QueuePlace const& place) {
    switch (place.priority) {
        case PushPriority::urgent: return nodes::Urgency::now;
        case PushPriority::high:
        case PushPriority::usual: return nodes::Urgency::soon;
        case PushPriority::low: return place.due_at ? nodes::Urgency::soon : nodes::Urgency::later;
    }
    return nodes::Urgency::soon;
}

/// Open orders for schools of this place: each with the earliest need, in the order in which they travel.
std::vector<QueuePlace> queue_here(sql::Tx& tx) {
    auto const here = schools_here(tx);
    auto const open = store::orders(tx, {PushState::open});
    std::vector<OrderId> ids;
    for (auto const& one : open) ids.push_back(one.id);
    std::map<OrderId, std::optional<core::Instant>> dues;
    for (auto const& target : store::targets(tx, ids)) {
        if (!here.contains(target.school_id)) continue;
        auto& due = dues[target.order_id];
        if (target.due_at && (!due || *target.due_at < *due)) due = target.due_at;
    }
    std::vector<QueuePlace> queue;
    for (auto const& one : open) {
        if (auto const due = dues.find(one.id); due != dues.end())
            queue.push_back({one.priority, due->second, one.rank, one.created_at, one.id});
    }
    std::ranges::sort(queue, goes_before);
    return queue;
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "push.Order",
                .tables = {{.name = "push_order"},
                           {.name = "push_item", .key = "order_id"},
                           {.name = "push_content", .key = "order_id"},
                           {.name = "push_target", .key = "order_id"}},
                .held = "SELECT DISTINCT order_id AS id FROM push_target WHERE district_id = $1 AND school_id IN (" +
                        roster::subtree_held() + ")",
                .moves = true});
    // Both ways: a central school sees on its board how far the points under it with boxes of their own are.
    shapes.add({.type = "push.Receipt",
                .direction = Direction::both,
                .tables = {{.name = "push_receipt"}},
                .held = roster::held_in("push_receipt")});
    shapes.add({.type = "push.Request",
                .direction = Direction::both,
                .tables = {{.name = "push_request"}},
                .held = roster::held_in("push_request")});
    shapes.add({.type = "push.Recall",
                .direction = Direction::up,
                .tables = {{.name = "push_recall"}},
                .held = roster::held_in("push_recall")});
}

std::vector<nodes::Wanted> contents_due(sql::Tx& tx, core::Instant) {
    WantedList list;
    std::vector<ResourceId> at_once;
    std::vector<ResourceId> tonight;
    for (auto const& request : store::waiting_requests(tx))
        (request.speed == RequestSpeed::now ? at_once : tonight).push_back(request.resource_id);
    for (auto const& part : resources::contents_of(tx, at_once))
        list.add(part.sha256, part.size, nodes::Urgency::waited_for);
    std::vector<OrderId> ids;
    auto const queue = queue_here(tx);
    for (auto const& place : queue) ids.push_back(place.id);
    std::map<OrderId, std::vector<PushContent>> contents;
    for (auto& one : store::contents(tx, ids)) contents[one.order_id].push_back(std::move(one));
    for (auto const& place : queue) {
        for (auto const& one : contents[place.id]) list.add(one.sha256, one.size, urgency_of(place));
    }
    for (auto const& part : resources::contents_of(tx, tonight)) list.add(part.sha256, part.size, nodes::Urgency::soon);
    return list.take();
}

std::vector<nodes::Wanted> contents_of_order(sql::Tx& tx, core::Uuid const& order) {
    WantedList list;
    for (auto const& one : store::contents(tx, {OrderId{order}})) list.add(one.sha256, one.size, nodes::Urgency::soon);
    return list.take();
}

}  // namespace santong::push
