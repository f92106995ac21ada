#pragma once
// Everything that runs, counted out once for a screen: orders, their schools, what has come and when the rest will.
#include <map>

#include "modules/nodes/service_served.hpp"
#include "modules/push/queue.hpp"
#include "modules/push/store.hpp"

namespace santong::push {

/// How an order stands at a school (状态): at a hosted school; here before the need, or after it; on its way; waiting
/// for its turn; will come too late; was not here when the lesson began; held back with its order.
enum class PushStanding : int { hosted, here, here_late, travelling, waiting, will_miss, missed, paused };
BOOST_DESCRIBE_ENUM(PushStanding, hosted, here, here_late, travelling, waiting, will_miss, missed, paused)

/// An order at a school.
struct Delivery {
    PushTarget target;
    std::optional<PushReceipt> receipt;
    std::int64_t bytes = 0;  ///< of the order
    std::int64_t left = 0;   ///< that have to come for it: a content that comes with another order does not count again
    std::optional<Passage> passage;
    PushStanding standing = PushStanding::waiting;
};

/// Whether it is there in time, will be, or not; nothing of what nobody needs by a day and of hosted schools (I31).
enum class Punctual : int { not_counted, on_time, pending, late };
Punctual punctual(Delivery const& delivery, core::Instant now);

/// What lies at a school for `unused_days`: it was used since, or not; nothing of hosted schools, and of what came
/// later.
enum class Lying : int { not_counted, used, unused };
Lying lying(Delivery const& delivery, core::Instant now);

/// Where it is looked from: above, or at a box, whose own schools all work on it.
enum class Seat : int { hub, box };

/// Orders with all that is known of them.
class Overview {
public:
    /// What runs, and besides it these.
    Overview(sql::Tx& tx, core::Instant now, std::vector<PushOrder> const& besides = {}, Seat seat = Seat::hub);

    core::Instant now() const { return now_; }
    std::vector<PushOrder> const& orders() const { return orders_; }
    std::vector<Delivery> const& of(OrderId const& order) const;
    store::OrderSize size(OrderId const& order) const;
    bool boxed(core::OrgId const& school) const { return boxes_.contains(school); }
    nodes::ServedBy box(core::OrgId const& school) const;
    /// The line of the box that serves the school.
    nodes::LinkPlan const& line(core::OrgId const& school) const;
    /// Digests that are known to lie on the box that serves the school.
    std::set<std::string> known(core::OrgId const& school) const;
    /// Bytes that these have to travel: what one box takes for several schools travels once.
    std::int64_t to_travel(std::vector<Delivery> const& deliveries) const;
    /// Schools that have a box.
    std::vector<core::OrgId> boxed_schools() const;
    /// An order that is not written yet, as it would stand in the queues.
    std::vector<Delivery> with(PushOrder const& order, std::vector<PushContent> const& contents,
                               std::vector<PushTarget> const& targets) const;

private:
    void read_boxes(sql::Tx& tx, Seat seat);
    void read_deliveries(sql::Tx& tx, std::vector<OrderId> const& ids);
    void count_out(core::OrgId const& box);
    std::vector<Delivery*> waiting_at(OrderId const& order, core::OrgId const& box);
    std::vector<Load> queue_of(core::OrgId const& box) const;
    std::vector<Piece> missing(Delivery const& delivery) const;
    bool on(core::OrgId const& box, Delivery const& delivery) const;
    Load load_of(PushOrder const& order, core::OrgId const& box) const;
    std::optional<Passage> passage_of(Load load, core::OrgId const& box) const;
    PushStanding standing(PushOrder const& order, Delivery const& delivery) const;

    core::Instant now_;
    std::vector<PushOrder> orders_;
    std::map<OrderId, std::vector<Delivery>> deliveries_;
    std::map<OrderId, store::OrderSize> sizes_;
    std::map<OrderId, std::vector<PushContent>> contents_;  ///< of what runs
    std::map<core::OrgId, nodes::ServedBy> boxes_;
    // By the org of the box: one box has one line and one disk, however many schools it serves.
    std::map<core::OrgId, nodes::LinkPlan> lines_;
    std::map<core::OrgId, std::set<std::string>> known_;  ///< digests that are on the box
};

}  // namespace santong::push
