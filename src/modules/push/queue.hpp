#pragma once
// When things come to a school: one after the other, inside window and cap. No I/O.
#include <vector>

#include "modules/nodes/link_plan.hpp"
#include "modules/push/domain.hpp"

namespace santong::push {

/// What of an order has not come to a school yet.
struct Load {
    QueuePlace place;
    std::int64_t bytes = 0;
};

/// When it travels.
struct Passage {
    OrderId order_id;
    std::int64_t before_bytes = 0;  ///< what stands before it in the queue
    core::Instant starts_at;
    std::optional<core::Instant> expected_at;  ///< none: not within 60 days
};

/// The loads of one school in the order in which they go, each with its time.
std::vector<Passage> passages(nodes::LinkPlan const& plan, core::Instant now, std::vector<Load> loads);

}  // namespace santong::push
