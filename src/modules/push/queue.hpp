#pragma once
// When things come to a school: one after the other, inside window and cap. No I/O.
#include <vector>

#include "modules/nodes/link_plan.hpp"
#include "modules/push/domain.hpp"

namespace santong::push {

/// A content that travels, by its digest.
struct Piece {
    std::string sha256;
    std::int64_t size = 0;
};

/// What of an order has not come to a school yet.
struct Load {
    QueuePlace place;
    std::vector<Piece> pieces;
};

/// When it travels.
struct Passage {
    OrderId order_id;
    std::int64_t bytes = 0;         ///< that travel for it: without what comes with orders before it
    std::int64_t before_bytes = 0;  ///< what stands before it in the queue
    core::Instant starts_at;
    std::optional<core::Instant> expected_at;  ///< none: not within 60 days
};

/// The loads of one school in the order in which they go, each with its time. A content travels once.
std::vector<Passage> passages(nodes::LinkPlan const& plan, core::Instant now, std::vector<Load> loads);

}  // namespace santong::push
