#include "modules/push/overview.hpp"

#include <algorithm>

#include "modules/nodes/links.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

namespace {

QueuePlace place_of(PushOrder const& order, PushTarget const& target) {
    return {order.priority, target.due_at, order.rank, order.created_at, order.id};
}

}  // namespace

Punctual punctual(Delivery const& delivery, core::Instant now) {
    if (!delivery.target.due_at || delivery.standing == PushStanding::hosted) return Punctual::not_counted;
    auto const due = *delivery.target.due_at;
    auto const whole = delivery.receipt ? delivery.receipt->whole_at : std::nullopt;
    if (whole) return *whole <= due ? Punctual::on_time : Punctual::late;
    return due <= now ? Punctual::late : Punctual::pending;
}

Lying lying(Delivery const& delivery, core::Instant now) {
    auto const& receipt = delivery.receipt;
    if (!receipt || !receipt->whole_at || receipt->way == PushWay::hosted) return Lying::not_counted;
    if (*receipt->whole_at > now.plus_days(-unused_days)) return Lying::not_counted;
    return receipt->used_at ? Lying::used : Lying::unused;
}

Overview::Overview(sql::Tx& tx, core::Instant now, std::vector<PushOrder> const& besides, Seat seat) : now_(now) {
    orders_ = store::orders(tx, {PushState::open, PushState::paused});
    std::vector<OrderId> ids;
    for (auto const& one : orders_) ids.push_back(one.id);
    for (auto& one : store::contents(tx, ids)) contents_[one.order_id].push_back(std::move(one));
    for (auto const& one : besides) {
        if (std::ranges::find(orders_, one.id, &PushOrder::id) != orders_.end()) continue;
        orders_.push_back(one);
        ids.push_back(one.id);
    }
    read_boxes(tx, seat);
    read_deliveries(tx, ids);
    for (auto const& [school, box] : boxes_) count_out(school);
    for (auto const& order : orders_) {
        for (auto& one : deliveries_[order.id]) one.standing = standing(order, one);
    }
}

void Overview::read_deliveries(sql::Tx& tx, std::vector<OrderId> const& ids) {
    sizes_ = store::sizes(tx, ids);
    std::map<ReceiptId, PushReceipt> receipts;
    for (auto& one : store::receipts(tx, ids)) receipts.emplace(one.id, one);
    for (auto const& target : store::targets(tx, ids)) {
        Delivery made;
        made.target = target;
        made.bytes = made.left = sizes_[target.order_id].bytes;
        if (auto const found = receipts.find(receipt_id(target.order_id, target.school_id)); found != receipts.end()) {
            made.receipt = found->second;
            made.left = std::max<std::int64_t>(0, made.bytes - made.receipt->bytes_here);
        }
        deliveries_[target.order_id].push_back(made);
    }
}

Delivery& Overview::delivery(OrderId const& order, core::OrgId const& school) {
    auto& all = deliveries_[order];
    return *std::ranges::find(all, school, [](Delivery const& d) { return d.target.school_id; });
}

void Overview::count_out(core::OrgId const& school) {
    auto loads = queue_of(school);
    std::set<std::string> coming;
    for (auto const& load : loads) {
        for (auto const& piece : load.pieces) coming.insert(piece.sha256);
    }
    for (auto const& one : passages(line(school), now_, std::move(loads))) {
        auto& d = delivery(one.order_id, school);
        d.left = one.bytes;
        d.passage = one;
    }
    for (auto const& order : orders_) {
        if (order.state != PushState::paused) continue;
        for (auto& d : deliveries_[order.id]) {
            if (d.target.school_id != school) continue;
            auto const pieces = missing(d);
            d.left = 0;
            for (auto const& piece : pieces) d.left += coming.insert(piece.sha256).second ? piece.size : 0;
        }
    }
}

void Overview::read_boxes(sql::Tx& tx, Seat seat) {
    boxes_ = nodes::served_below(tx);
    if (seat == Seat::box) {
        for (auto const& school : roster::schools(tx)) boxes_.emplace(school.id, nodes::ServedBy{});
    }
    for (auto const& [school, box] : boxes_) {
        lines_.emplace(school, nodes::link_plan(tx, school));
        known_.emplace(school, store::whole_at(tx, school));
    }
}

std::vector<Load> Overview::queue_of(core::OrgId const& school) const {
    std::vector<Load> loads;
    for (auto const& order : orders_) {
        if (order.state != PushState::open) continue;
        for (auto const& one : of(order.id)) {
            if (one.target.school_id != school || (one.receipt && one.receipt->whole_at)) continue;
            loads.push_back({place_of(order, one.target), missing(one)});
        }
    }
    return loads;
}

/// What was told as whole is known by its digest; of the rest, what is there came first.
std::vector<Piece> Overview::missing(Delivery const& delivery) const {
    std::vector<Piece> pieces;
    auto const contents = contents_.find(delivery.target.order_id);
    if (contents == contents_.end()) return pieces;
    auto const known = known_.find(delivery.target.school_id);
    std::int64_t sum = 0;
    for (auto const& one : contents->second) {
        if (known != known_.end() && known->second.contains(one.sha256)) continue;
        pieces.push_back({one.sha256, one.size});
        sum += one.size;
    }
    auto const here = delivery.receipt ? delivery.receipt->bytes_here : 0;
    auto first = pieces.begin();
    for (; first != pieces.end() && sum > delivery.bytes - here; ++first) sum -= first->size;
    pieces.erase(pieces.begin(), first);
    return pieces;
}

PushStanding Overview::standing(PushOrder const& order, Delivery const& d) const {
    using enum PushStanding;
    auto const& receipt = d.receipt;
    if (receipt && receipt->way == PushWay::hosted) return hosted;
    if (receipt && receipt->whole_at)
        return d.target.due_at && *receipt->whole_at > *d.target.due_at ? here_late : here;
    if (!boxed(d.target.school_id)) return hosted;
    if (d.target.due_at && *d.target.due_at <= now_) return missed;
    if (order.state != PushState::open) return paused;
    auto const expected = d.passage ? d.passage->expected_at : std::nullopt;
    if (!expected || (d.target.due_at && *expected > *d.target.due_at)) return will_miss;
    return receipt && receipt->bytes_here > 0 ? travelling : waiting;
}

std::vector<Delivery> const& Overview::of(OrderId const& order) const {
    static std::vector<Delivery> const none;
    auto const found = deliveries_.find(order);
    return found == deliveries_.end() ? none : found->second;
}

store::OrderSize Overview::size(OrderId const& order) const {
    auto const found = sizes_.find(order);
    return found == sizes_.end() ? store::OrderSize{order, 0, 0} : found->second;
}

nodes::ServedBy Overview::box(core::OrgId const& school) const {
    auto const found = boxes_.find(school);
    return found == boxes_.end() ? nodes::ServedBy{} : found->second;
}

nodes::LinkPlan const& Overview::line(core::OrgId const& school) const {
    static nodes::LinkPlan const usual;
    auto const found = lines_.find(school);
    return found == lines_.end() ? usual : found->second;
}

std::vector<core::OrgId> Overview::boxed_schools() const {
    std::vector<core::OrgId> schools;
    for (auto const& [school, box] : boxes_) schools.push_back(school);
    return schools;
}

std::vector<Delivery> Overview::with(PushOrder const& order, std::vector<PushContent> const& contents,
                                     std::vector<PushTarget> const& targets) const {
    std::vector<Delivery> found;
    for (auto const& target : targets) {
        Delivery made;
        made.target = target;
        auto const known = known_.find(target.school_id);
        Load load{place_of(order, target), {}};
        for (auto const& content : contents) {
            made.bytes += content.size;
            if (known == known_.end() || !known->second.contains(content.sha256))
                load.pieces.push_back({content.sha256, content.size});
        }
        made.left = made.bytes;
        if (boxed(target.school_id)) {
            auto loads = queue_of(target.school_id);
            // A rule's order may run already: it stands in the queue as it would be.
            std::erase_if(loads, [&](Load const& one) { return one.place.id == order.id; });
            loads.push_back(std::move(load));
            for (auto const& one : passages(line(target.school_id), now_, std::move(loads))) {
                if (one.order_id == order.id) made.passage = one;
            }
            if (made.passage) made.left = made.passage->bytes;
        }
        made.standing = standing(order, made);
        found.push_back(made);
    }
    return found;
}

}  // namespace santong::push
