// The disk of a school's box: what may go from it, and when.
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/quota.hpp"
#include "modules/push/sync.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/resources/sync.hpp"
#include "modules/teaching/service_shown.hpp"
#include "platform/log/log.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace {

/// Contents that are the district's or another school's, that its hub has, that no order wants any more and no running
/// lesson shows.
std::set<std::string> replaceable_contents(sql::Tx& tx, core::Instant now) {
    auto const others = resources::contents_of_others(tx);
    std::set<std::string> may_go(others.begin(), others.end());
    for (auto const& wanted : push::contents_due(tx, now)) may_go.erase(wanted.sha256);
    for (auto const& part : resources::contents_of(tx, teaching::resources_of_running(tx))) may_go.erase(part.sha256);
    std::erase_if(may_go, [&](std::string const& one) { return nodes::lies_only_here(tx, one); });
    return may_go;
}

}  // namespace

void Application::Parts::keep_quota() {
    auto const quota = std::int64_t{serving.files.quota_mb} * 1'000'000;
    auto const above = nodes::parent(*db);
    if (!above || quota <= 0) return;
    auto const may_go = db->read(above->district, [&](sql::Tx& tx) { return replaceable_contents(tx, clock->now()); });
    auto const stock = nodes::take_stock(contents, may_go);
    auto const gone = nodes::evict(node_site(), *above, contents, nodes::surplus(stock, quota));
    evicted += gone.contents;
    room = quota - stock.bytes + gone.bytes;
    if (room.load() < 0)
        log::warning("the files take more than their quota", {{"quota_mb", serving.files.quota_mb},
                                                              {"bytes", stock.bytes - gone.bytes},
                                                              {"parent_away", gone.parent_away}});
}

void Application::Parts::add_transfer_gauges() {
    auto& metrics = server->metrics();
    metrics.gauge("santong_contents_evicted", "Contents that went for the quota since the start",
                  [this] { return static_cast<double>(evicted.load()); });
    metrics.gauge("santong_fetch_bytes_due", "Bytes of contents that are due here",
                  [this] { return static_cast<double>(fetcher->progress().bytes_total); });
    metrics.gauge("santong_fetch_bytes_here", "Bytes of them that are here",
                  [this] { return static_cast<double>(fetcher->progress().bytes_done); });
}

}  // namespace santong::server
