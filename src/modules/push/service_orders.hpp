#pragma once
// Orders: made, looked at, held back, moved.
#include <functional>

#include "modules/nodes/contents.hpp"
#include "modules/push/views.hpp"
#include "platform/auth/caller.hpp"

namespace santong::push {

/// What the use cases work with.
struct Desk {
    sql::Database& db;
    core::Clock const& clock;
    files::ContentStore* contents = nullptr;  ///< of this place
    bool box = false;                         ///< this place is a school's box
    Seat seat() const { return box ? Seat::box : Seat::hub; }
    std::function<void(nodes::Wanted const& wanted)> ask{};  ///< at a box: somebody waits for it
};

/// What an order would do; nothing is written.
core::Result<PushPreview> preview(Desk const& desk, auth::Caller const& caller, PushWish const& wish);
/// Makes it. Refuses what `gather` refuses, "push.no_schools", "push.due_is_over", "push.no_such_school"; a researcher
/// orders for his own subjects only. "push.nothing_for_portal" for the public page, where nothing of it may stand
/// there.
core::Result<PushOrderView> make_order(Desk const& desk, auth::Caller const& caller, PushWish const& wish);

/// Orders that concern the schools the caller may see.
core::Result<PushOrderList> list_orders(Desk const& desk, auth::Caller const& caller, PushOrderQuery const& query);
/// One order with its schools. Refuses "push.not_found" too where none of its schools may be seen.
core::Result<PushOrderView> order_view(Desk const& desk, auth::Caller const& caller, OrderId const& id);

enum class PushAct : int { pause, resume, cancel };
/// Refuses "push.not_running", "push.changed".
core::Result<PushOrderView> act_on_order(Desk const& desk, auth::Caller const& caller, OrderId const& id, PushAct act,
                                         PushSeen const& seen);
core::Result<PushOrderView> set_priority(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                         PushPriorityWish const& wish);
/// Refuses "push.nothing_for_portal" too.
core::Result<PushOrderView> set_display(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                        PushDisplayWish const& wish);
/// Refuses "push.no_such_school", "push.due_is_over", "push.need_is_over".
core::Result<PushOrderView> move_need(Desk const& desk, auth::Caller const& caller, OrderId const& id,
                                      PushNeedWish const& wish);

}  // namespace santong::push
