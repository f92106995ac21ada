#pragma once
// Requests that a known place sent and that were not believed (check 41).
#include <map>
#include <mutex>
#include <string>

#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// Writes them into the audit log: once in an hour for a place and a reason, so that nobody fills the log.
class Refusals {
public:
    /// `id`: whose name stood over the request. A place that is not known, as a child or as one that asks here as its
    /// neighbour, leaves no trace.
    void note(Site const& site, core::DistrictId district, NodeId const& id, core::Error const& why,
              std::string const& from);

private:
    bool due(NodeId const& id, std::string const& key, core::Instant now);

    std::mutex mutex_;
    std::map<std::pair<NodeId, std::string>, core::Instant> noted_;
};

}  // namespace santong::nodes
