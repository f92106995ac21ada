#include "modules/push/queue.hpp"

#include <algorithm>
#include <set>

namespace santong::push {

namespace {

/// Urgent things do not wait for a window.
nodes::LinkPlan plan_for(nodes::LinkPlan plan, PushPriority priority) {
    if (priority == PushPriority::urgent) plan.windows.clear();
    return plan;
}

core::Instant begin_after(nodes::LinkPlan const& plan, core::Instant now, std::int64_t before) {
    auto const free = before > 0 ? nodes::arrival(plan, now, before).value_or(now) : now;
    auto const opening = nodes::opening(plan, free);
    return opening.open ? free : opening.changes_at;
}

}  // namespace

std::vector<Passage> passages(nodes::LinkPlan const& plan, core::Instant now, std::vector<Load> loads) {
    std::ranges::sort(loads, [](Load const& a, Load const& b) { return goes_before(a.place, b.place); });
    std::vector<Passage> found;
    std::set<std::string> coming;
    std::int64_t before = 0;
    for (auto const& load : loads) {
        std::int64_t bytes = 0;
        for (auto const& piece : load.pieces) {
            if (coming.insert(piece.sha256).second) bytes += piece.size;
        }
        if (load.pieces.empty()) {  // all of it lies there: the next look receipts it
            found.push_back({load.place.id, 0, 0, now, now});
            continue;
        }
        auto const own = plan_for(plan, load.place.priority);
        found.push_back(
            {load.place.id, bytes, before, begin_after(own, now, before), nodes::arrival(own, now, before + bytes)});
        before += bytes;
    }
    return found;
}

}  // namespace santong::push
