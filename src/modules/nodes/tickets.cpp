#include "modules/nodes/tickets.hpp"

#include <algorithm>

#include "platform/auth/crypto.hpp"

namespace santong::nodes {

namespace {
constexpr std::size_t ticket_size = 18;
constexpr std::size_t most_open = 8;
}  // namespace

std::string Tickets::give(NodeId const& node) {
    auto ticket = auth::crypto::base64url(auth::crypto::random_bytes(ticket_size));
    std::lock_guard const lock(mutex_);
    auto& open = open_[node];
    open.push_back(ticket);
    if (open.size() > most_open) open.pop_front();
    return ticket;
}

bool Tickets::take(NodeId const& node, std::string const& ticket) {
    std::lock_guard const lock(mutex_);
    auto& open = open_[node];
    auto const found = std::ranges::find(open, ticket);
    if (found == open.end()) return false;
    open.erase(found);
    return true;
}

}  // namespace santong::nodes
