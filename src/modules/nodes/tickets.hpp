#pragma once
// What makes every signed request usable once: a ticket that the parent gives and takes back.
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "modules/nodes/domain.hpp"

namespace santong::nodes {

/// Tickets of all children, in this process only: after a restart each asks for a new one. Thread-safe.
class Tickets {
public:
    /// A new ticket; of a child the newest few are good.
    std::string give(NodeId const& node);
    /// Whether it was given to this child and is used for the first time.
    bool take(NodeId const& node, std::string const& ticket);

private:
    std::mutex mutex_;
    std::map<NodeId, std::deque<std::string>> open_;
};

}  // namespace santong::nodes
