#pragma once
// The world of tests with push: a published pack, lessons that need it, schools with boxes.
#include "../../resources/tests/library_world.hpp"
#include "modules/push/service_orders.hpp"

namespace santong::test {

/// Thursday 20 November 2014, 10:00. Heba's class 五(1) has mathematics on Fridays in periods 1 and 3, 五(2) on
/// Tuesdays in period 2.
struct PushWorld : LibraryWorld {
    PushWorld();

    /// The school works on a box of its own from now on.
    void give_box(core::OrgId const& school);
    /// It is shut out for good.
    void take_box(core::OrgId const& school);
    /// A published mathematics pack for grade 5 with two files.
    resources::ResourceId pack(resources::Scope scope = resources::Scope::district);
    /// A wish for the pack to heba, by its next lesson.
    push::PushWish wish(std::vector<core::OrgId> const& schools = {});
    push::PushOrderView order(push::PushWish const& wish);
    /// What the order's receipt at a school says.
    push::PushReceipt receipt(push::OrderId const& order, core::OrgId const& school) const;
    void write_receipt(push::OrderId const& order, core::OrgId const& school, std::optional<core::Instant> whole_at,
                       push::PushWay way = push::PushWay::line);
    std::int64_t rows(char const* table) const;
    auth::Caller maths() const { return caller(researcher); }
    static core::Instant at(int day, int hour, int minute = 0) {
        return core::Zone{}.at({2014, 11, static_cast<std::int8_t>(day)}, hour * 60 + minute);
    }

    push::Desk desk;
    resources::ResourceId pack_id;
    std::vector<resources::ResourceId> parts;
};

/// The key of a refusal, with the place where it has one.
template <class T>
std::string why(core::Result<T> const& answer) {
    if (answer) return "done";
    if (answer.error().problems.empty()) return answer.error().key;
    return answer.error().problems.front().pointer + " " + answer.error().problems.front().key;
}

}  // namespace santong::test
