#include "modules/push/arriving.hpp"

#include <algorithm>

#include "modules/messages/service.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/push/store.hpp"
#include "modules/push/sync.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::push {

namespace {

/// A receipt that may have to be written: what its order holds, and what of that is here.
struct Expected {
    PushReceipt receipt;
    std::vector<PushContent> contents;
};

/// What is asked for and has not come yet.
struct Awaited {
    PushRequest request;
    std::vector<resources::ContentPart> parts;
};

/// What a school had on the hub before this box was its own does not lie here: what it still needs is receipted anew.
bool was_hosted(PushReceipt const& receipt, PushTarget const& target, core::Instant now) {
    return receipt.way == PushWay::hosted && (!target.due_at || *target.due_at > now);
}

std::vector<Expected> expected_here(sql::Tx& tx, core::Instant now) {
    std::vector<OrderId> ids;
    for (auto const& one : store::orders(tx, {PushState::open, PushState::paused})) ids.push_back(one.id);
    auto const here = schools_here(tx);
    std::map<OrderId, std::vector<PushContent>> contents;
    for (auto& one : store::contents(tx, ids)) contents[one.order_id].push_back(std::move(one));
    std::vector<Expected> found;
    for (auto const& target : store::targets(tx, ids)) {
        if (!here.contains(target.school_id)) continue;
        Expected one;
        one.contents = contents[target.order_id];
        auto const id = receipt_id(target.order_id, target.school_id);
        if (auto const known = store::receipt(tx, id); known && !was_hosted(*known, target, now))
            one.receipt = *known;
        else
            one.receipt.id = id;
        one.receipt.order_id = target.order_id;
        one.receipt.school_id = target.school_id;
        auto const total = static_cast<std::int32_t>(one.contents.size());
        if (!one.receipt.whole_at || one.receipt.contents != total) found.push_back(std::move(one));
    }
    return found;
}

std::vector<Awaited> awaited_here(sql::Tx& tx) {
    std::vector<Awaited> found;
    for (auto const& request : store::waiting_requests(tx)) {
        auto parts = resources::contents_of(tx, {request.resource_id});
        found.push_back({request, std::move(parts)});
    }
    return found;
}

PushWay stronger(PushWay a, PushWay b) {
    if (a == PushWay::none) return b;
    return b == PushWay::none || a == PushWay::line ? a : b;
}

/// The receipt as it should be, by what is here.
PushReceipt counted(sql::Tx& tx, Expected const& one, std::set<std::string> const& here, core::Instant now) {
    auto receipt = one.receipt;
    std::vector<std::string> digests;
    receipt.contents = static_cast<std::int32_t>(one.contents.size());
    receipt.contents_here = 0;
    receipt.bytes = receipt.bytes_here = receipt.line_bytes = receipt.near_bytes = 0;
    for (auto const& content : one.contents) {
        receipt.bytes += content.size;
        if (!here.contains(content.sha256)) continue;
        ++receipt.contents_here;
        receipt.bytes_here += content.size;
        digests.push_back(content.sha256);
    }
    receipt.way = PushWay::none;
    for (auto const& [digest, arrival] : store::arrivals(tx, digests)) {
        receipt.way = stronger(receipt.way, arrival.way);
        receipt.line_bytes += arrival.line_bytes;
        receipt.near_bytes += arrival.near_bytes;
    }
    // What lay here before the order came was brought by the line once.
    if (receipt.contents_here > 0 && receipt.way == PushWay::none) receipt.way = PushWay::line;
    if (receipt.contents_here > 0 && !receipt.first_at) receipt.first_at = now;
    if (receipt.contents_here == receipt.contents && !receipt.whole_at) receipt.whole_at = receipt.checked_at = now;
    if (receipt.contents_here < receipt.contents) receipt.whole_at = receipt.checked_at = std::nullopt;
    return receipt;
}

/// Whoever asked for it is told that it is there.
void fulfil(sql::Tx& tx, PushRequest request, core::Instant now) {
    request.state = RequestState::here;
    request.arrived_at = now;
    keep_request(tx, request);
    messages::Notice notice;
    notice.kind = messages::MessageKind::resource_here;
    notice.about = "push.Request " + request.id.text();
    notice.href = "/resources/" + request.resource_id.text();
    messages::send(tx, now, notice, {request.person_id});
}

bool differs(PushReceipt const& a, PushReceipt const& b) {
    return a.contents != b.contents || a.contents_here != b.contents_here || a.way != b.way ||
           a.whole_at != b.whole_at || a.line_bytes != b.line_bytes || a.near_bytes != b.near_bytes;
}

}  // namespace

std::set<core::OrgId> schools_here(sql::Tx& tx) {
    auto const elsewhere = nodes::served_elsewhere(tx);
    std::set<core::OrgId> here;
    for (auto const& school : roster::schools(tx)) {
        if (!elsewhere.contains(school.id)) here.insert(school.id);
    }
    return here;
}

void keep_receipt(sql::Tx& tx, PushReceipt const& receipt) {
    store::put_receipt(tx, receipt);
    feed::put(tx, {"push.Receipt", receipt.id.text(), receipt.school_id}, receipt);
}

void keep_request(sql::Tx& tx, PushRequest const& request) {
    store::put_request(tx, request);
    feed::put(tx, {"push.Request", request.id.text(), request.school_id}, request);
}

void say_order(sql::Tx& tx, PushOrder const& order) {
    feed::put(tx, {"push.Order", order.id.text(), {}}, order);
}

int receipt_for_hosted(sql::Tx& tx, PushOrder const& order, core::Instant now) {
    auto const boxes = nodes::served_below(tx);
    auto const sizes = store::sizes(tx, {order.id});
    auto const size = sizes.empty() ? store::OrderSize{} : sizes.begin()->second;
    int written = 0;
    for (auto const& target : store::targets(tx, {order.id})) {
        if (boxes.contains(target.school_id)) continue;
        auto const id = receipt_id(order.id, target.school_id);
        auto receipt = store::receipt(tx, id).value_or(PushReceipt{});
        if (receipt.whole_at && receipt.contents == size.contents) continue;
        receipt.id = id;
        receipt.order_id = order.id;
        receipt.school_id = target.school_id;
        receipt.contents = receipt.contents_here = size.contents;
        receipt.bytes = receipt.bytes_here = size.bytes;
        receipt.way = PushWay::hosted;
        receipt.first_at = receipt.whole_at = receipt.checked_at = receipt.updated_at = now;
        keep_receipt(tx, receipt);
        ++written;
    }
    return written;
}

int settle_hosted(sql::Database& db, core::DistrictId district, core::Instant now) {
    return db.transact(district, [&](sql::Tx& tx) {
        int settled = 0;
        for (auto const& order : store::orders(tx, {PushState::open, PushState::paused}))
            settled += receipt_for_hosted(tx, order, now);
        auto const boxes = nodes::served_below(tx);
        for (auto const& request : store::waiting_requests(tx)) {
            if (boxes.contains(request.school_id)) continue;
            fulfil(tx, request, now);
            ++settled;
        }
        return settled;
    });
}

void note_arrived(sql::Database& db, core::DistrictId district, Arrived const& arrived, core::Instant now) {
    auto const way = core::enum_parse<PushWay>(arrived.by).value_or(PushWay::line);
    db.transact(district, [&](sql::Tx& tx) {
        store::put_arrival(tx, {arrived.sha256, way, arrived.line_bytes, arrived.near_bytes, now});
    });
}

int look(sql::Database& db, core::DistrictId district, files::ContentStore& contents, core::Instant now) {
    std::vector<Expected> expected;
    std::vector<Awaited> awaited;
    db.read(district, [&](sql::Tx& tx) {
        expected = expected_here(tx, now);
        awaited = awaited_here(tx);
    });
    std::set<std::string> here;
    std::set<std::string> asked;
    auto const look_for = [&](std::string const& digest) {
        if (asked.insert(digest).second && contents.open(digest)) here.insert(digest);
    };
    for (auto const& one : expected) {
        for (auto const& content : one.contents) look_for(content.sha256);
    }
    for (auto const& one : awaited) {
        for (auto const& part : one.parts) look_for(part.sha256);
    }
    if (here.empty()) return 0;
    return db.transact(district, [&](sql::Tx& tx) {
        int changed = 0;
        for (auto const& one : expected) {
            auto receipt = counted(tx, one, here, now);
            if (!differs(receipt, one.receipt)) continue;
            receipt.updated_at = now;
            keep_receipt(tx, receipt);
            ++changed;
        }
        for (auto const& one : awaited) {
            auto const is_here = [&](resources::ContentPart const& part) { return here.contains(part.sha256); };
            if (one.parts.empty() || !std::ranges::all_of(one.parts, is_here)) continue;
            fulfil(tx, one.request, now);
            ++changed;
        }
        return changed;
    });
}

}  // namespace santong::push
