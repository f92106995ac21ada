#include "modules/nodes/audit_anchors.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/store_anchors.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/audit_log.hpp"

namespace santong::nodes {

namespace {

/// Anchors are kept one an hour.
constexpr std::int64_t apart_ms = 3'600'000;
constexpr std::size_t newest_asked = 8, older_asked = 8;

/// Of what was said before the newest rows, and some of the older ones, other ones each hour.
std::vector<Anchor> chosen(std::vector<store::AnchorRow> const& known, core::Instant now) {
    std::vector<Anchor> some;
    auto const newest = std::min(newest_asked, known.size());
    for (std::size_t i = 0; i < newest; ++i) some.push_back({known[i].number, known[i].hash});
    auto const older = known.size() - newest;
    auto const step = std::max<std::size_t>(1, older / older_asked);
    auto const first = older == 0 ? 0 : static_cast<std::size_t>(now.ms / apart_ms) % step;
    for (std::size_t i = first; i < older; i += step)
        some.push_back({known[newest + i].number, known[newest + i].hash});
    return some;
}

std::optional<AnchorFinding> compare(Child const& child, AnchorsTold const& told, std::vector<Anchor> const& wanted,
                                     core::Instant now) {
    for (auto const& anchor : wanted) {
        if (told.head.number < anchor.number) return AnchorFinding{child.id, anchor.number, AnchorFault::cut, now};
        auto const again = std::ranges::find(told.earlier, anchor.number, &Anchor::number);
        if (again == told.earlier.end() || again->hash != anchor.hash)
            return AnchorFinding{child.id, anchor.number, AnchorFault::changed, now};
    }
    return std::nullopt;
}

void keep_fault(sql::Tx& tx, Child const& child, AnchorFinding const& finding) {
    if (!store::put_fault(tx, finding)) return;
    auto caller = auth::terminal_caller(tx.district());
    caller.client = "node " + child.id.text();
    auth::audit(tx, caller, {"nodes.audit_broken", child.id.text()});
}

}  // namespace

core::Result<AnchorsAsked> take_anchors(Site const& site, Child const& child, AnchorsTold const& told) {
    if (told.head.number < 1 || told.head.hash.size() != 64) return core::invalid("nodes.bad_body");
    auto const now = site.machine.now();
    return site.db.transact(child.district, [&](sql::Tx& tx) -> core::Result<AnchorsAsked> {
        auto const known = store::anchors(tx, child.id);
        auto const wanted = chosen(known, now);
        if (!wanted.empty() && told.earlier.empty() && told.head.number >= wanted.front().number) {
            AnchorsAsked asked;
            for (auto const& one : wanted) asked.numbers.push_back(one.number);
            return asked;
        }
        if (auto const finding = compare(child, told, wanted, now)) {
            keep_fault(tx, child, *finding);
            return AnchorsAsked{{}, true};
        }
        if (known.size() > 1 && known[0].at.ms - known[1].at.ms < apart_ms)
            store::remove_anchor(tx, child.id, known[0].number);
        store::put_anchor(tx, {child.id, told.head.number, told.head.hash, now});
        return AnchorsAsked{};
    });
}

std::vector<AnchorState> anchor_states(sql::Tx& tx) {
    std::vector<AnchorState> states;
    for (auto const& node : store::nodes(tx)) {
        auto const known = store::anchors(tx, node.id);
        states.push_back({node.id, static_cast<std::int64_t>(known.size()), known.empty() ? 0 : known.front().number,
                          store::first_fault(tx, node.id)});
    }
    return states;
}

std::int64_t tell_anchor(Site const& site, Parent const& above, std::int64_t last) {
    AnchorsTold told;
    for (int turn = 0; turn < 2; ++turn) {
        auto const head = site.db.read(above.district, [](sql::Tx& tx) { return auth::audit_anchor(tx); });
        if (!head || head->number == last) return last;
        told.head = {head->number, head->hash};
        auto const answer = ask(site, above, "/api/v1/node/audit-anchor", core::json::write(told));
        if (answer.status != 200) return last;  // the line is down, or the parent is older than this
        auto const asked = core::json::read<AnchorsAsked>(answer.body, core::json::UnknownFields::ignore);
        if (!asked || asked->broken) return last;
        if (asked->numbers.empty()) return head->number;
        site.db.read(above.district, [&](sql::Tx& tx) {
            told.earlier.clear();
            for (auto const number : asked->numbers) {
                auto const row = auth::audit_row_hash(tx, number);
                told.earlier.push_back({number, row.value_or("")});
            }
        });
    }
    return last;
}

}  // namespace santong::nodes
