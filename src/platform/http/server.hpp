#pragma once
// The HTTP server (DESIGN 7): asynchronous at the edge, handlers on a bounded pool of workers.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/embedded.hpp"
#include "platform/http/metrics.hpp"
#include "platform/http/rate_limit.hpp"
#include "platform/http/router.hpp"

namespace santong::http {

class AnswerCache;

/// What the authentication hook found out besides `call.caller`.
struct Identity {
    bool cookie_session = false;  ///< the browser sent the proof by itself, so unsafe methods need the CSRF header
    std::string csrf_token;       ///< what `X-CSRF-Token` must be
};

/// Fills `call.caller`, on a worker. No proof at all is an Identity without a caller; a wrong proof is a refusal,
/// which routes open to everybody ignore.
using Authenticate = std::function<core::Result<Identity>(Call&)>;

/// The same without waiting for anything, on the I/O thread: an Identity if the caller is known from a moment ago,
/// nothing if `Authenticate` has to look.
using Recall = std::function<std::optional<Identity>(Call&)>;

/// Remembers answers of requests that carry an `Idempotency-Key`, so that a retry never does the work twice.
class IdempotencyStore {
public:
    virtual ~IdempotencyStore() = default;
    /// Answers from memory, or runs `handler` with the key claimed in its first transaction.
    virtual Response run(Call& call, Route const& route, std::string const& key, RawHandler const& handler) = 0;
};

/// Certificate chain and private key, both PEM files.
struct Tls {
    std::string certificate;
    std::string key;
    bool awaited = false;  ///< they may still be missing: an ACME program fetches them through the plain door
};

struct Timeouts {
    std::chrono::milliseconds header{10'000};  ///< from the first byte to the end of the header
    std::chrono::milliseconds idle{60'000};    ///< between requests of one connection
    std::chrono::milliseconds stall{30'000};   ///< without any progress of a body or an answer
    std::int64_t bytes_per_second = 512;       ///< slower than this over the whole body or answer is cut
};

struct Options {
    std::string address = "127.0.0.1";
    int port = 8080;  ///< 0 = any free one
    std::optional<Tls> tls;
    bool behind_proxy = false;  ///< a proxy in front ends TLS and says who asks (X-Forwarded-For, -Proto)
    int io_threads = 1;
    int workers = 0;       ///< 0 = max(4, 2 × cores)
    int slow_workers = 2;  ///< for routes that are `slow`
    int queue = 1'024;     ///< requests waiting for a worker; one more is answered 503
    int max_connections = 20'000;
    int max_connections_per_address = 2'000;
    std::int64_t body_memory = 256 << 20;  ///< bytes of bodies held in memory at once
    std::string temp_dir = "/tmp";         ///< where streamed bodies go; on the file system of the content store
    Timeouts timeouts;
    RateLimits limits;
    std::string public_origin;         ///< "https://hub.example"; empty = made from address and port
    AnswerCache* answers = nullptr;    ///< of hot lists; null = every answer is made anew
    Recall recall;                     ///< with it, kept answers need no worker
    Router const* packages = nullptr;  ///< routes of the second origin; null = there is none
    int package_port = 0;
    /// Routes of the plain door beside TLS, which sends everything else to https; null = there is none.
    Router const* door = nullptr;
    int door_port = 0;                           ///< 0 = any free one
    std::vector<std::string> door_pages;         ///< paths of screens that are shown there
    std::string package_origin;                  ///< as `public_origin`
    bool metrics_for_all = false;                ///< otherwise /metrics answers clients on this machine only
    std::span<core::EmbeddedFile const> assets;  ///< the screens, served below /
};

/// Serves the routes of a Router until it is stopped. Ignores SIGPIPE for the process.
class Server {
public:
    /// `idempotency` may be null: the header is ignored then. All references must outlive the server.
    Server(Options options, Router const& router, Authenticate authenticate, IdempotencyStore* idempotency = nullptr);
    ~Server();

    /// Binds and starts the threads. Throws std::runtime_error where the options or the machine do not allow it:
    /// plain http beyond loopback needs TLS or a proxy in front.
    void start();
    /// Takes no more connections and lets running requests finish for `grace`. False if some did not: their threads
    /// still run, and the destructor waits for them.
    bool stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

    int port() const;
    int package_port() const;
    int door_port() const;
    /// Takes certificate files that have changed, for new connections. True if there is a new certificate.
    bool refresh_certificate();
    /// Origins as browsers see them.
    std::string public_origin() const;
    std::string package_origin() const;
    Metrics& metrics();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::http
