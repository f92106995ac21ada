// The order in which things travel, and when they come.
#include <doctest/doctest.h>

#include "modules/push/queue.hpp"

using namespace santong;
using namespace santong::push;

namespace {

core::Instant moment(int day, int hour, int minute = 0) {
    return core::Zone{}.at({2014, 11, static_cast<std::int8_t>(day)}, hour * 60 + minute);
}

Load load(PushPriority priority, std::optional<core::Instant> due, std::int64_t bytes, std::int64_t rank = 0) {
    auto const id = OrderId::make();
    return {{priority, due, rank, moment(1, 0), id}, {{id.text(), bytes}}};
}

/// 1 Mbit/s from 22:00 to 06:00: 125,000 bytes a second.
nodes::LinkPlan village() {
    nodes::LinkPlan plan;
    plan.cap_kbit = 1000;
    plan.windows = {{22 * 60, 6 * 60}};
    return plan;
}

}  // namespace

TEST_CASE("urgent things go first, then what is needed first, then by priority; what nobody needs goes last") {
    auto const urgent = load(PushPriority::urgent, {}, 1);
    auto const monday = load(PushPriority::low, moment(24, 8), 1);
    auto const tuesday = load(PushPriority::high, moment(25, 8), 1);
    auto const also_tuesday = load(PushPriority::usual, moment(25, 8), 1, 2);
    auto const before_that = load(PushPriority::usual, moment(25, 8), 1, 1);
    auto const never = load(PushPriority::high, {}, 1);
    auto const found = passages(village(), moment(21, 12), {never, also_tuesday, tuesday, before_that, monday, urgent});
    std::vector<OrderId> ids;
    for (auto const& one : found) ids.push_back(one.order_id);
    CHECK(ids == std::vector{urgent.place.id, monday.place.id, tuesday.place.id, before_that.place.id,
                             also_tuesday.place.id, never.place.id});
}

TEST_CASE("what stands before something is part of its time, and nothing travels outside of the window") {
    constexpr std::int64_t hour = 125'000LL * 3600;
    auto const first = load(PushPriority::usual, moment(22, 8), hour);
    auto const second = load(PushPriority::usual, moment(23, 8), hour * 8);
    auto const found = passages(village(), moment(21, 12), {second, first});
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_at == moment(21, 22));
    CHECK(found[0].expected_at == moment(21, 23));
    CHECK(found[0].before_bytes == 0);
    CHECK(found[1].starts_at == moment(21, 23));
    CHECK(found[1].expected_at == moment(22, 23));  // seven hours of this night, one of the next
    CHECK(found[1].before_bytes == hour);
}

TEST_CASE("a content that stands in two orders travels once, with the one that goes first") {
    constexpr std::int64_t hour = 125'000LL * 3600;
    auto first = load(PushPriority::usual, moment(22, 8), hour);
    auto second = load(PushPriority::usual, moment(23, 8), hour);
    second.pieces.push_back(first.pieces.front());
    auto found = passages(village(), moment(21, 12), {second, first});
    CHECK(found[0].bytes == hour);
    CHECK(found[1].bytes == hour);
    CHECK(found[1].expected_at == moment(22, 0));
    second.pieces.erase(second.pieces.begin());  // nothing but what the first brings
    found = passages(village(), moment(21, 12), {second, first});
    CHECK(found[1].bytes == 0);
    CHECK(found[1].expected_at == found[0].expected_at);
    second.pieces.clear();  // all of it is there
    found = passages(village(), moment(21, 12), {second, first});
    CHECK(found[1].expected_at == moment(21, 12));
}

TEST_CASE("urgent things do not wait for the window; what takes longer than sixty days has no time") {
    auto const urgent = load(PushPriority::urgent, {}, 125'000 * 60);
    auto const huge = load(PushPriority::usual, {}, std::int64_t{1} << 50);
    auto const found = passages(village(), moment(21, 12), {huge, urgent});
    CHECK(found[0].starts_at == moment(21, 12));
    REQUIRE(found[0].expected_at.has_value());
    CHECK(*found[0].expected_at <= moment(21, 12, 1));
    CHECK_FALSE(found[1].expected_at.has_value());
}
