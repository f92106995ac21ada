#pragma once
// What makes every signed request usable once: a ticket that the parent gives and takes back.
#include <map>
#include <mutex>
#include <string>

#include "modules/nodes/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::nodes {

/// Tickets of all children. One says itself for whom and when it was given, under the tokens' key; only used ones are
/// written down, until they are too old. On SQLite one process serves: it remembers them itself, and after a restart
/// each child asks for a new one. On PostgreSQL several may serve one district: there the list is a table. Thread-safe.
class Tickets {
public:
    Tickets(sql::Database& db, core::Clock const& clock);
    /// A new ticket, good for ten minutes.
    std::string give(NodeId const& node) const;
    /// Whether it was given to this child and is used for the first time.
    bool take(NodeId const& node, std::string const& ticket);

private:
    std::string seal(NodeId const& node, std::string const& words) const;
    bool first_use(std::string const& ticket, core::Instant now);

    sql::Database& db_;
    core::Clock const& clock_;
    std::string process_;  ///< what this process alone knows; nothing where several share the work
    std::mutex mutex_;
    std::map<std::string, core::Instant> used_;  ///< until when
    core::Instant swept_at_;
};

}  // namespace santong::nodes
