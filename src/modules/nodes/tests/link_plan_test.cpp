// What a line may carry and when: DESIGN 5, windows and caps.
#include "modules/nodes/link_plan.hpp"

#include <doctest/doctest.h>

using namespace santong;
using nodes::LinkPlan;
using nodes::Window;

namespace {

constexpr std::int64_t mb = 1'000'000;

core::Instant china(std::int8_t day, int hour, int minute = 0) {
    return core::Zone{480}.at({2026, 11, day}, hour * 60 + minute);
}

/// A village school: 4 Mbit/s, at night 1.0 Mbit/s of it, by day a tenth.
LinkPlan village() {
    LinkPlan plan;
    plan.rate_kbit = 4000;
    plan.cap_kbit = 1000;
    plan.windows = {Window{22 * 60, 6 * 60}};
    return plan;
}

}  // namespace

TEST_CASE("a window goes over midnight") {
    auto const plan = village();
    auto const noon = nodes::opening(plan, china(23, 12));
    CHECK_FALSE(noon.open);
    CHECK(noon.changes_at == china(23, 22));
    auto const late = nodes::opening(plan, china(23, 23, 59));
    CHECK(late.open);
    CHECK(late.changes_at == china(24, 6));
    CHECK(nodes::opening(plan, china(24, 3)).changes_at == china(24, 6));
    // At the edge itself the new time has begun, and half a minute is not lost.
    CHECK(nodes::opening(plan, china(23, 22)).open);
    CHECK_FALSE(nodes::opening(plan, china(24, 6)).open);
    CHECK(nodes::opening(plan, china(23, 21, 59).plus_seconds(30)).changes_at == china(23, 22));
}

TEST_CASE("windows that touch or overlap are one") {
    auto plan = village();
    plan.windows = {{22 * 60, 2 * 60}, {2 * 60, 5 * 60}, {4 * 60, 6 * 60}};
    CHECK(nodes::opening(plan, china(23, 23)).changes_at == china(24, 6));
    plan.windows = {{12 * 60, 13 * 60}, {22 * 60, 6 * 60}};
    CHECK(nodes::opening(plan, china(23, 12, 30)).changes_at == china(23, 13));
    CHECK(nodes::opening(plan, china(23, 13)).changes_at == china(23, 22));
}

TEST_CASE("without windows it is always open, and so with one of a whole day") {
    auto plan = village();
    plan.windows.clear();
    CHECK(nodes::opening(plan, china(23, 12)).open);
    CHECK(nodes::opening(plan, china(23, 12)).changes_at == china(23, 12).plus_days(60));
    plan.windows = {{8 * 60, 8 * 60}};
    CHECK(nodes::opening(plan, china(23, 7, 59)).open);
    CHECK(nodes::opening(plan, china(23, 8)).open);
}

TEST_CASE("a plan counts in its own zone") {
    auto plan = village();
    plan.zone_minutes = 360;  // Ürümqi's clock
    CHECK_FALSE(nodes::opening(plan, china(23, 23)).open);
    CHECK(nodes::opening(plan, china(23, 23)).changes_at == china(24, 0));
}

TEST_CASE("at night the cap, by day a share, never more than the line") {
    auto plan = village();
    CHECK(nodes::allowance(plan, china(23, 23)) == 125'000);  // 1.0 Mbit/s
    CHECK(nodes::allowance(plan, china(23, 12)) == 50'000);   // a tenth of 4
    plan.cap_kbit = 0;
    CHECK(nodes::allowance(plan, china(23, 23)) == 500'000);
    plan.cap_kbit = 9000;
    CHECK(nodes::allowance(plan, china(23, 23)) == 500'000);
    plan.day_percent = 0;
    CHECK(nodes::allowance(plan, china(23, 12)) == 0);
    plan.cap_kbit = 200;
    plan.day_percent = 50;
    CHECK(nodes::allowance(plan, china(23, 12)) == 25'000);
    plan.rate_kbit = 0;
    CHECK(nodes::allowance(plan, china(23, 23)) == 0);
}

TEST_CASE("something big begins at the cap by night, at its share by day, and not at all where neither is given") {
    auto plan = village();
    CHECK(nodes::pace(plan, china(23, 23)) == 125'000);
    CHECK(nodes::pace(plan, china(23, 12)) == 50'000);
    plan.day_percent = 0;
    CHECK_FALSE(nodes::pace(plan, china(23, 12)).has_value());
    plan.cap_kbit = 0;
    CHECK(nodes::pace(plan, china(23, 23)) == 0);  // the whole line, whatever was measured of it
}

TEST_CASE("an arrival counts the hours in which a window is open") {
    auto const plan = village();  // 450 MB an hour of the window, 3.6 GB a night
    CHECK(nodes::arrival(plan, china(23, 12), 450 * mb) == china(23, 23));
    CHECK(nodes::arrival(plan, china(23, 23), 450 * mb) == china(24, 0));
    CHECK(nodes::arrival(plan, china(23, 12), 3600 * mb) == china(24, 6));
    CHECK(nodes::arrival(plan, china(23, 12), 3600 * mb + 125'000) == china(24, 22).plus_seconds(1));
    CHECK(nodes::arrival(plan, china(23, 12), 2 * 3600 * mb) == china(25, 6));
    CHECK(nodes::arrival(plan, china(23, 12), 0) == china(23, 12));
}

TEST_CASE("what takes more than sixty days has no arrival") {
    auto plan = village();
    CHECK(nodes::arrival(plan, china(1, 12), 59 * 3600 * mb));
    CHECK_FALSE(nodes::arrival(plan, china(1, 12), 61 * 3600 * mb));
    plan.windows.clear();
    CHECK_FALSE(nodes::arrival(plan, china(1, 12), 61 * 24 * 450 * mb));
    plan.rate_kbit = 0;
    CHECK_FALSE(nodes::arrival(plan, china(1, 12), 1));
}
