#include "modules/nodes/refusals.hpp"

#include "modules/nodes/parent.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_neighbours.hpp"
#include "platform/auth/audit.hpp"

namespace santong::nodes {

void Refusals::note(Site const& site, core::DistrictId district, NodeId const& id, core::Error const& why,
                    std::string const& from) {
    if (district == 0) return;
    auto const here = parent(site.db);
    bool const known = site.db.read(district, [&](sql::Tx& tx) {
        return store::node(tx, id) || (here && store::neighbour_asking(tx, id, here->node));
    });
    if (!known) return;
    if (!due(id, why.key, site.machine.now())) return;
    site.db.transact(district, [&](sql::Tx& tx) {
        auto caller = auth::terminal_caller(district);
        caller.client = "node " + id.text() + " " + from;
        auth::audit(tx, caller, {"nodes.refused_request", id.text(), R"({"reason":")" + why.key + "\"}"});
    });
}

bool Refusals::due(NodeId const& id, std::string const& key, core::Instant now) {
    constexpr std::int64_t quiet_ms = 60 * 60'000;
    std::lock_guard const lock(mutex_);
    auto const [found, fresh] = noted_.try_emplace({id, key}, now);
    if (!fresh && now.ms - found->second.ms < quiet_ms) return false;
    found->second = now;
    return true;
}

}  // namespace santong::nodes
