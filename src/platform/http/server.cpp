#include "platform/http/server.hpp"

#include <arpa/inet.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cmath>
#include <csignal>
#include <thread>

#include "platform/http/connection.hpp"
#include "platform/http/site_headers.hpp"
#include "platform/log/log.hpp"

namespace santong::http {

namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Guard = asio::executor_work_guard<Executor>;

int worker_count(Options const& options) {
    if (options.workers > 0) return options.workers;
    return std::max(4, static_cast<int>(std::thread::hardware_concurrency()) * 2);
}

std::string origin(std::string const& address, int port, bool secure) {
    bool const v6 = address.find(':') != std::string::npos;
    return (secure ? "https://" : "http://") + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

/// Runs until the loop is stopped. What fails in between (out of memory for one connection) must not end the rest.
void run_loop(asio::io_context& io) {
    for (;;) {
        try {
            io.run();
            return;
        } catch (std::exception const& error) {
            log::error("I/O thread", {{"reason", error.what()}});
        }
    }
}

/// A page on this machine may have been opened by either name.
std::string with_localhost(std::string const& address, std::string const& public_origin, int port, bool secure) {
    return address == "127.0.0.1" ? public_origin + " " + origin("localhost", port, secure) : public_origin;
}

}  // namespace

bool AddressCounts::enter(std::string const& address, int most) {
    std::lock_guard lock(mutex_);
    auto& count = counts_[address];
    if (count >= most) return false;
    ++count;
    return true;
}

void AddressCounts::leave(std::string const& address) {
    std::lock_guard lock(mutex_);
    auto const found = counts_.find(address);
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

Engine::Engine(Options options_, Authenticate authenticate, IdempotencyStore* idempotency)
    : options(std::move(options_)),
      pipeline(std::move(authenticate), options.recall, idempotency, options.answers, options.limits),
      addresses(options.limits.address),
      workers(worker_count(options), options.queue),
      slow_workers(std::max(1, options.slow_workers), std::max(1, options.queue / 4)) {}

struct Server::State {
    State(Options options, Router const& router, Authenticate authenticate, IdempotencyStore* idempotency)
        : engine(std::move(options), std::move(authenticate), idempotency), assets(engine.options.assets) {
        main.router = &router;
        main.assets = &assets;
        packages.router = engine.options.packages;
        door.router = engine.options.door;
        door.assets = &assets;
        door.door = true;
        for (int i = 0; i < std::max(1, engine.options.io_threads); ++i) loops.push_back(std::make_unique<IoLoop>());
    }
    ~State() { finish(); }

    void prepare_tls();
    /// `option` is what the operator changes when the port cannot be had. Returns the port that was bound.
    int listen(Site const& site, int port, std::string_view option);
    void open_door();
    Task<> accept(Acceptor& acceptor, Site const& site);
    void admit(Socket socket, IoLoop& loop, Site const& site);
    Task<> sweep(IoLoop& loop);
    void finish();

    Engine engine;
    StaticAssets assets;
    Site main;
    Site packages;
    Site door;
    std::vector<std::unique_ptr<IoLoop>> loops;
    std::vector<std::unique_ptr<Acceptor>> acceptors;
    std::vector<Guard> guards;
    std::vector<std::thread> threads;
    std::size_t next_loop = 0;
    std::string asked_origin;  ///< what the operator calls this site; empty if he says nothing
    int port = 0;
    int package_port = 0;
    int door_port = 0;
};

/// What somebody at a terminal can do something about.
static std::string cannot_listen(std::string const& address, int port, std::string_view option,
                                 boost::system::error_code const& error) {
    auto const place = "port " + std::to_string(port) + " of " + address;
    if (error == asio::error::address_in_use)
        return place + " is taken by another program; choose another one with " + std::string(option);
    if (error == asio::error::access_denied)
        return place + " may be opened by root only; choose one from 1024 up, with a proxy in front";
    return place + " cannot be opened: " + error.message();
}

void Server::State::prepare_tls() {
    if (!engine.options.tls) return;
    using Missing = tls::ServerContexts::Missing;
    auto const& files = *engine.options.tls;
    engine.tls = std::make_unique<tls::ServerContexts>(files.certificate, files.key,
                                                       files.awaited ? Missing::awaited : Missing::refused);
    main.tls = packages.tls = true;
    engine.metrics.gauge("santong_certificate_days_left", "Days until the certificate ends", [this] {
        auto const facts = engine.tls->facts();
        return facts ? facts->days_left(core::system_now()) : std::nan("");
    });
    engine.metrics.gauge("santong_certificate_refused", "1 while certificate files lie there that cannot be used",
                         [this] { return engine.tls->refused() ? 1.0 : 0.0; });
}

void Server::State::open_door() {
    auto const& options = engine.options;
    door_port = listen(door, options.door_port, "--http-port");
    door.secure_origin = asked_origin;
    door.secure_port = port;
    door.headers = main_site_headers(options.package_origin, false);
}

int Server::State::listen(Site const& site, int wanted, std::string_view option) {
    auto& io = loops.front()->io;
    auto const address = asio::ip::make_address(engine.options.address);
    auto acceptor = std::make_unique<Acceptor>(io);
    asio::ip::tcp::endpoint const endpoint(address, static_cast<unsigned short>(wanted));
    acceptor->open(endpoint.protocol());
    acceptor->set_option(asio::socket_base::reuse_address(true));
    boost::system::error_code error;
    acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(4'096, error);
    if (error) throw std::runtime_error(cannot_listen(address.to_string(), wanted, option, error));
    int const bound = acceptor->local_endpoint().port();
    asio::co_spawn(io, accept(*acceptor, site), [](std::exception_ptr const&) {});
    acceptors.push_back(std::move(acceptor));
    return bound;
}

Task<> Server::State::accept(Acceptor& acceptor, Site const& site) {
    while (acceptor.is_open()) {
        auto& loop = *loops[next_loop++ % loops.size()];
        Socket socket(loop.io);
        boost::system::error_code error;
        co_await acceptor.async_accept(socket, asio::redirect_error(await_it, error));
        if (!error) {
            auto shared = std::make_shared<Socket>(std::move(socket));
            asio::post(loop.io, [this, shared, &loop, &site] { admit(std::move(*shared), loop, site); });
        } else if (acceptor.is_open()) {  // out of descriptors: wait for some to be closed
            Timer pause(loops.front()->io, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(await_it, error));
        }
    }
}

void Server::State::admit(Socket socket, IoLoop& loop, Site const& site) {
    boost::system::error_code error;
    auto const remote = socket.remote_endpoint(error);
    if (error || engine.stopping.load() || engine.metrics.connections.load() >= engine.options.max_connections) return;
    auto address = remote.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    auto const tls = site.tls ? engine.tls->current() : nullptr;
    if (site.tls && !tls) return;  // no certificate yet
    Peer peer{address.to_string(), address.is_loopback(), site.tls, engine.options.behind_proxy};
    if (!peer.behind_proxy &&
        !engine.connections_by_address.enter(peer.address, engine.options.max_connections_per_address))
        return;
    std::make_shared<Connection>(engine, loop, site, std::move(socket), std::move(peer), tls.get())->start();
}

Task<> Server::State::sweep(IoLoop& loop) {
    auto const& timeouts = engine.options.timeouts;
    auto const shortest = std::min({timeouts.header, timeouts.idle, timeouts.stall});
    auto const every =
        std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds(10), std::chrono::seconds(1));
    Timer timer(loop.io);
    for (;;) {
        timer.expires_after(every);
        co_await timer.async_wait(await_it);
        auto const now = std::chrono::steady_clock::now();
        for (auto* connection : loop.connections) connection->sweep(now);
    }
}

void Server::State::finish() {
    engine.workers.pool.join();
    engine.slow_workers.pool.join();
    engine.disk.join();
    engine.makers.join();
    guards.clear();
    for (auto& loop : loops) loop->io.stop();
    for (auto& thread : threads) thread.join();
    threads.clear();
}

Server::Server(Options options, Router const& router, Authenticate authenticate, IdempotencyStore* idempotency)
    : state_(std::make_unique<State>(std::move(options), router, std::move(authenticate), idempotency)) {}

Server::~Server() {
    stop(std::chrono::milliseconds(0));
}

void Server::start() {
    auto& state = *state_;
    auto& options = state.engine.options;
    std::signal(SIGPIPE, SIG_IGN);
    bool const local = asio::ip::make_address(options.address).is_loopback();
    if (!local && !options.tls && !options.behind_proxy)
        throw std::runtime_error("plain http is for this machine only: configure TLS, or a proxy in front");
    state.prepare_tls();
    bool const secure = options.tls.has_value() || (options.behind_proxy && !local);
    state.port = state.listen(state.main, options.port, "--port");
    if (options.packages) state.package_port = state.listen(state.packages, options.package_port, "--package-port");
    state.asked_origin = options.public_origin;
    if (options.public_origin.empty()) options.public_origin = origin(options.address, state.port, secure);
    if (options.packages && options.package_origin.empty())
        options.package_origin = origin(options.address, state.package_port, secure);
    auto const framed_by = with_localhost(options.address, options.public_origin, state.port, secure);
    state.main.headers = main_site_headers(options.package_origin, secure);
    state.packages.headers = package_site_headers(framed_by, secure);
    if (options.door) state.open_door();
    for (auto& loop : state.loops) {
        state.guards.emplace_back(loop->io.get_executor());
        asio::co_spawn(loop->io, state.sweep(*loop), [](std::exception_ptr const&) {});
        state.threads.emplace_back([&io = loop->io] { run_loop(io); });
    }
    log::info("listening", {{"address", options.address}, {"port", state.port}, {"tls", options.tls.has_value()}});
}

bool Server::stop(std::chrono::milliseconds grace) {
    auto& engine = state_->engine;
    if (engine.stopping.exchange(true)) return true;
    auto& first = *state_->loops.front();
    asio::post(first.io, [state = state_.get()] {
        boost::system::error_code ignored;
        for (auto& acceptor : state->acceptors) acceptor->close(ignored);
    });
    for (auto& loop : state_->loops) {
        asio::post(loop->io, [&loop = *loop] {
            for (auto* connection : std::set(loop.connections)) connection->drain();
        });
    }
    auto const until = std::chrono::steady_clock::now() + grace;
    auto const busy = [&] { return engine.running.load() > 0 || engine.metrics.connections.load() > 0; };
    while (busy() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return engine.running.load() == 0;
}

int Server::port() const {
    return state_->port;
}
int Server::package_port() const {
    return state_->package_port;
}
int Server::door_port() const {
    return state_->door_port;
}
bool Server::refresh_certificate() {
    return state_->engine.tls && state_->engine.tls->refresh();
}
std::string Server::public_origin() const {
    return state_->engine.options.public_origin;
}
std::string Server::package_origin() const {
    return state_->engine.options.package_origin;
}
Metrics& Server::metrics() {
    return state_->engine.metrics;
}

}  // namespace santong::http
