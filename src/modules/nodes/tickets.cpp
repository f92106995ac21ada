#include "modules/nodes/tickets.hpp"

#include <charconv>

#include "modules/nodes/store.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"

namespace santong::nodes {

namespace {
constexpr std::size_t random_size = 12;
constexpr std::int64_t lives_ms = 600'000;
constexpr std::int64_t tolerated_ms = 60'000;  // clocks of two app nodes
constexpr std::int64_t sweep_every_ms = 60'000;

/// Another one after each start.
std::string const& process_word() {
    static std::string const word = auth::crypto::random_bytes(random_size);
    return word;
}

}  // namespace

Tickets::Tickets(sql::Database& db, core::Clock const& clock)
    : db_(db), clock_(clock), process_(db.dialect() == sql::Dialect::sqlite ? process_word() : std::string()) {}

std::string Tickets::seal(NodeId const& node, std::string const& words) const {
    return auth::crypto::base64url(
        auth::Keys::current().token_mac("node-ticket|" + process_ + "|" + node.text() + "|" + words));
}

std::string Tickets::give(NodeId const& node) const {
    auto const words =
        std::to_string(clock_.now().ms) + "." + auth::crypto::base64url(auth::crypto::random_bytes(random_size));
    return words + "." + seal(node, words);
}

bool Tickets::take(NodeId const& node, std::string const& ticket) {
    auto const end = ticket.rfind('.');
    if (end == std::string::npos) return false;
    auto const words = ticket.substr(0, end);
    if (!auth::crypto::equal(seal(node, words), ticket.substr(end + 1))) return false;
    std::int64_t given = 0;
    std::from_chars(words.data(), words.data() + words.size(), given);
    auto const now = clock_.now();
    if (now.ms - given > lives_ms || given - now.ms > tolerated_ms) return false;
    return first_use(ticket, now);
}

bool Tickets::first_use(std::string const& ticket, core::Instant now) {
    core::Instant const until{now.ms + lives_ms + tolerated_ms};
    bool sweep = false;
    {
        std::lock_guard const lock(mutex_);
        sweep = now.ms - swept_at_.ms > sweep_every_ms;
        if (sweep) swept_at_ = now;
        if (!process_.empty()) {
            if (sweep) std::erase_if(used_, [&](auto const& one) { return one.second < now; });
            return used_.emplace(ticket, until).second;
        }
    }
    return db_.transact(0, [&](sql::Tx& tx) {
        if (sweep) store::forget_used_tickets(tx, now);
        return store::use_ticket(tx, ticket, until);
    });
}

}  // namespace santong::nodes
