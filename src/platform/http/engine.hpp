#pragma once
// What all connections of a server share.
#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "platform/http/answer.hpp"
#include "platform/http/async.hpp"
#include "platform/http/pipeline.hpp"
#include "platform/http/program_file.hpp"
#include "platform/http/static_assets.hpp"
#include "platform/http/transport.hpp"
#include "platform/tls/server_contexts.hpp"

namespace santong::http {

class Connection;

/// One origin: its routes and what its answers carry.
struct Site {
    Router const* router = nullptr;
    StaticAssets const* assets = nullptr;  ///< null on the second origin
    SiteHeaders headers;
    bool tls = false;
    /// The plain door beside TLS: its routes, its pages and their files; everything else is sent to `secure_origin`
    /// (or, if that is empty, to the name that was asked for, at `secure_port`).
    bool door = false;
    std::string secure_origin;
    int secure_port = 0;
};

/// A pool of workers with a bounded queue.
struct Workers {
    Workers(int threads, int most_waiting_) : pool(static_cast<std::size_t>(threads)), most_waiting(most_waiting_) {}
    asio::thread_pool pool;
    std::atomic<int> waiting{0};
    int const most_waiting;
};

/// Counts open connections per client address. Thread-safe.
class AddressCounts {
public:
    bool enter(std::string const& address, int most);
    void leave(std::string const& address);

private:
    std::mutex mutex_;
    std::unordered_map<std::string, int> counts_;
};

/// One thread that does I/O, with the connections that belong to it.
struct IoLoop {
    std::set<Connection*> connections;  // before `io`, whose end destroys them
    asio::io_context io{1};
};

struct Engine {
    Engine(Options options_, Authenticate authenticate, IdempotencyStore* idempotency);

    Options options;
    Pipeline pipeline;
    Metrics metrics;
    RateLimiter addresses;
    AddressCounts connections_by_address;
    Workers workers;
    Workers slow_workers;
    ProgramFile program;
    asio::thread_pool disk{1};    ///< writes streamed bodies, so that a slow disk does not hold up the I/O threads
    asio::thread_pool makers{1};  ///< makes bodies that are sent while they are made
    std::unique_ptr<tls::ServerContexts> tls;  ///< null = plain http
    std::atomic<int> running{0};               ///< requests between their header and their answer
    std::atomic<bool> stopping{false};
};

}  // namespace santong::http
