#include "modules/push/overview.hpp"

#include <algorithm>

#include "modules/nodes/links.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

namespace {

QueuePlace place_of(PushOrder const& order) {
    return {order.priority, std::nullopt, order.rank, order.created_at, order.id};
}

/// A box takes an order once, for the first of its schools that needs it.
void need(QueuePlace& place, PushTarget const& target) {
    if (target.due_at && (!place.due_at || *target.due_at < *place.due_at)) place.due_at = target.due_at;
}

/// Above, a box stands for its school; at a box, it is that of the school above all others there.
core::OrgId school_of_this_box(sql::Tx& tx, std::vector<roster::School> const& schools) {
    for (auto const& one : schools) {
        auto const above = roster::self_and_ancestors(tx, one.id);
        auto const under = [&](roster::School const& other) {
            return other.id != one.id && std::ranges::find(above, other.id) != above.end();
        };
        if (std::ranges::none_of(schools, under)) return one.id;
    }
    return {};
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
    for (auto const& [box, line] : lines_) count_out(box);
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

bool Overview::on(core::OrgId const& box, Delivery const& d) const {
    auto const found = boxes_.find(d.target.school_id);
    return found != boxes_.end() && found->second.org_id == box;
}

std::vector<Delivery*> Overview::waiting_at(OrderId const& order, core::OrgId const& box) {
    std::vector<Delivery*> found;
    for (auto& d : deliveries_[order]) {
        if (on(box, d) && !(d.receipt && d.receipt->whole_at)) found.push_back(&d);
    }
    return found;
}

void Overview::count_out(core::OrgId const& box) {
    auto loads = queue_of(box);
    std::set<std::string> coming;
    for (auto const& load : loads) {
        for (auto const& piece : load.pieces) coming.insert(piece.sha256);
    }
    for (auto const& one : passages(lines_.at(box), now_, std::move(loads))) {
        for (auto* d : waiting_at(one.order_id, box)) {
            d->left = one.bytes;
            d->passage = one;
        }
    }
    for (auto const& order : orders_) {
        if (order.state != PushState::paused) continue;
        auto const waiting = waiting_at(order.id, box);
        std::int64_t left = 0;
        for (auto const& piece : load_of(order, box).pieces)
            left += coming.insert(piece.sha256).second ? piece.size : 0;
        for (auto* d : waiting) d->left = left;
    }
}

void Overview::read_boxes(sql::Tx& tx, Seat seat) {
    boxes_ = nodes::served_below(tx);
    if (seat == Seat::box) {
        auto const schools = roster::schools(tx);
        auto const own = school_of_this_box(tx, schools);
        auto const elsewhere = nodes::served_elsewhere(tx);
        for (auto const& school : schools)
            boxes_.emplace(school.id, nodes::ServedBy{{}, elsewhere.contains(school.id) ? school.id : own, {}});
    }
    for (auto const& [school, box] : boxes_) {
        if (!lines_.contains(box.org_id)) lines_.emplace(box.org_id, nodes::link_plan(tx, box.org_id));
        known_[box.org_id].merge(store::whole_at(tx, school));
    }
}

/// What of an order its schools on one box lack: the least that one of them is known to lack lies there for all.
Load Overview::load_of(PushOrder const& order, core::OrgId const& box) const {
    Load load{place_of(order), {}};
    bool first = true;
    for (auto const& d : of(order.id)) {
        if (!on(box, d) || (d.receipt && d.receipt->whole_at)) continue;
        need(load.place, d.target);
        auto pieces = missing(d);
        if (first || pieces.size() < load.pieces.size()) load.pieces = std::move(pieces);
        first = false;
    }
    return load;
}

std::vector<Load> Overview::queue_of(core::OrgId const& box) const {
    std::vector<Load> loads;
    for (auto const& order : orders_) {
        if (order.state != PushState::open) continue;
        auto const waits = [&](Delivery const& d) { return on(box, d) && !(d.receipt && d.receipt->whole_at); };
        if (std::ranges::any_of(of(order.id), waits)) loads.push_back(load_of(order, box));
    }
    return loads;
}

/// What was told as whole is known by its digest; of the rest, what is there came first.
std::vector<Piece> Overview::missing(Delivery const& delivery) const {
    std::vector<Piece> pieces;
    auto const contents = contents_.find(delivery.target.order_id);
    if (contents == contents_.end()) return pieces;
    auto const box = boxes_.find(delivery.target.school_id);
    auto const known = box == boxes_.end() ? known_.end() : known_.find(box->second.org_id);
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
    auto const found = boxes_.find(school);
    return found == boxes_.end() ? usual : lines_.at(found->second.org_id);
}

std::set<std::string> Overview::known(core::OrgId const& school) const {
    auto const found = known_.find(box(school).org_id);
    return found == known_.end() ? std::set<std::string>{} : found->second;
}

std::vector<core::OrgId> Overview::boxed_schools() const {
    std::vector<core::OrgId> schools;
    for (auto const& [school, box] : boxes_) schools.push_back(school);
    return schools;
}

std::int64_t Overview::to_travel(std::vector<Delivery> const& deliveries) const {
    std::int64_t bytes = 0;
    std::set<std::pair<OrderId, core::OrgId>> counted;
    for (auto const& d : deliveries) {
        auto const box = boxes_.find(d.target.school_id);
        if (box != boxes_.end() && counted.emplace(d.target.order_id, box->second.org_id).second) bytes += d.left;
    }
    return bytes;
}

std::optional<Passage> Overview::passage_of(Load load, core::OrgId const& box) const {
    auto const id = load.place.id;
    auto loads = queue_of(box);
    // A rule's order may run already: it stands in the queue as it would be.
    std::erase_if(loads, [&](Load const& one) { return one.place.id == id; });
    loads.push_back(std::move(load));
    for (auto const& one : passages(lines_.at(box), now_, std::move(loads))) {
        if (one.order_id == id) return one;
    }
    return std::nullopt;
}

std::vector<Delivery> Overview::with(PushOrder const& order, std::vector<PushContent> const& contents,
                                     std::vector<PushTarget> const& targets) const {
    std::map<core::OrgId, Load> loads;  // by box
    std::int64_t bytes = 0;
    for (auto const& content : contents) bytes += content.size;
    for (auto const& target : targets) {
        auto const box = boxes_.find(target.school_id);
        if (box == boxes_.end()) continue;
        auto const [load, added] = loads.try_emplace(box->second.org_id, Load{place_of(order), {}});
        need(load->second.place, target);
        auto const known = known_.find(box->second.org_id);
        for (auto const& content : contents) {
            if (added && (known == known_.end() || !known->second.contains(content.sha256)))
                load->second.pieces.push_back({content.sha256, content.size});
        }
    }
    std::map<core::OrgId, std::optional<Passage>> travels;
    for (auto& [box, load] : loads) travels.emplace(box, passage_of(std::move(load), box));
    std::vector<Delivery> found;
    for (auto const& target : targets) {
        Delivery made;
        made.target = target;
        made.bytes = made.left = bytes;
        if (boxed(target.school_id)) made.passage = travels[box(target.school_id).org_id];
        if (made.passage) made.left = made.passage->bytes;
        made.standing = standing(order, made);
        found.push_back(made);
    }
    return found;
}

}  // namespace santong::push
