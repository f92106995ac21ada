#include "modules/nodes/upgrade.hpp"

#include "modules/nodes/parent.hpp"
#include "modules/nodes/store.hpp"
#include "modules/roster/service.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sync/unsaid.hpp"

namespace santong::nodes {

namespace {

constexpr char const* retried_name = "node_schema_retried";

/// Migrations run before a process serves: their number is counted once.
std::string const& migrations_here(sql::Database& db) {
    static std::string const count = db.read(0, [](sql::Tx& tx) {
        return std::to_string(tx.value<std::int64_t>("SELECT COUNT(*) FROM schema_migration").value_or(0));
    });
    return count;
}

}  // namespace

std::string schema_word(Site const& site) {
    return migrations_here(site.db) + "." + site.shapes.mark();
}

sync::Peer peer_called(Site const& site, core::DistrictId district, std::string const& node) {
    if (auto const above = parent(site.db); above && node == above->parent) return parent_peer(*above);
    auto const row =
        site.db.read(district, [&](sql::Tx& tx) { return store::node(tx, NodeId::parse(node).value_or(NodeId{})); });
    if (!row) throw std::invalid_argument("the place that sent it is not known any more");
    return child_peer(*row);
}

void retry_after_upgrade(Site const& site, core::DistrictId district) {
    auto const word = schema_word(site);
    auto const before = site.db.read(district, [](sql::Tx& tx) { return sql::installation_value(tx, retried_name); });
    if (before == word) return;
    auto const peer = [&](std::string const& node) { return peer_called(site, district, node); };
    auto const stand = sync::retry_all(site.db, district, site.shapes, peer);
    if (stand > 0) log::info("parked changes stand now", {{"count", stand}});
    bool const topmost = !parent(site.db);
    site.db.transact(district, [&](sql::Tx& tx) {
        // A child that was upgraded first has had its snapshot from an older program. A child says its own as it asks.
        if (topmost) sync::say_unsaid(tx, site.shapes, roster::district(tx).org_id.text());
        sql::set_installation_value(tx, retried_name, word);
    });
}

}  // namespace santong::nodes
