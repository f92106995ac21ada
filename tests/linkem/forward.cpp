#include "forward.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <vector>

namespace santong::linkem {

namespace {

constexpr std::size_t piece = 4096;
/// What a connection may hold for one direction: little, so that a sender feels the line.
constexpr std::size_t most_held = 64 * 1024;

sockaddr_in socket_address(Address const& address) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(static_cast<std::uint16_t>(address.port));
    inet_pton(AF_INET, address.host.c_str(), &in.sin_addr);
    return in;
}

/// A socket that does not block and does not wait for more to send.
int make_socket(Place& place) {
    int made = -1;
    place.run([&] { made = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); });
    return made;
}

void prepare(int one) {
    int const yes = 1;
    int const buffer = 64 * 1024;
    setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(one, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
}

/// Closed so that the other end hears of it at once.
void reset(int one) {
    linger const none{1, 0};
    setsockopt(one, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close(one);
}

/// Bytes on their way from one end of a connection to the other.
struct Stream {
    int from = -1;
    int to = -1;
    Line::Way way = Line::Way::up;
    struct Piece {
        double due = 0;
        std::string bytes;
    };
    std::deque<Piece> held;
    std::size_t size = 0;
    bool ended = false;  ///< nothing more comes
    bool shut = false;   ///< and the other end was told

    bool wants_more() const { return !ended && size < most_held; }
    bool due(double now) const { return !held.empty() && held.front().due <= now; }
};

}  // namespace

struct Forwarder::Listener {
    Forward forward;
    int socket = -1;
};

struct Forwarder::Connection {
    Forward const* forward = nullptr;
    int near = -1;
    int far = -1;
    bool connected = false;
    bool dead = false;
    std::array<Stream, 2> streams;
    pollfd* near_poll = nullptr;
    pollfd* far_poll = nullptr;

    ~Connection() {
        dead ? reset(near) : void(close(near));
        dead ? reset(far) : void(close(far));
    }

    bool over() const { return dead || (streams[0].shut && streams[1].shut); }

    /// One direction: takes what is there, gives what is due.
    void move(Stream& s, Line& line, Pacer& pacer, bool readable) {
        auto const [shape, state] = line.setting(s.way);
        if (forward->shaped && state != Line::State::whole) return;
        std::array<char, piece> buffer;
        while (readable && s.wants_more()) {
            auto const got = recv(s.from, buffer.data(), buffer.size(), 0);
            if (got < 0 && errno != EAGAIN) dead = true;
            if (got < 0) break;
            s.ended = got == 0;
            auto const now = seconds_now();
            auto const bytes = static_cast<std::size_t>(got);
            double const due = forward->shaped ? pacer.leave(now, bytes, shape) + shape.delay_ms / 1000 : now;
            s.held.push_back({due, {buffer.data(), bytes}});
            s.size += bytes;
            if (forward->shaped) line.count(s.way, {1, bytes, 0, 0, 0, 0});
        }
        while (connected && !dead && s.due(seconds_now())) {
            auto& front = s.held.front();
            if (front.bytes.empty()) {  // the end stands in line, too
                shutdown(s.to, SHUT_WR);
                s.shut = true;
            } else {
                auto const sent = send(s.to, front.bytes.data(), front.bytes.size(), MSG_NOSIGNAL);
                if (sent < 0 && errno != EAGAIN) dead = true;
                if (sent < 0) break;
                s.size -= static_cast<std::size_t>(sent);
                if (forward->shaped) line.count(s.way, {0, 0, 0, 0, 0, static_cast<std::uint64_t>(sent)});
                front.bytes.erase(0, static_cast<std::size_t>(sent));
                if (!front.bytes.empty()) break;
            }
            s.held.pop_front();
        }
    }
};

Forwarder::Forwarder(Line& line) : line_(line) {}

Forwarder::~Forwarder() {
    for (auto const& one : listeners_) close(one->socket);
}

int Forwarder::add(Forward const& forward) {
    auto listener = std::make_unique<Listener>(Listener{forward, make_socket(*forward.from)});
    int const yes = 1;
    setsockopt(listener->socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto at = socket_address(forward.listen);
    socklen_t size = sizeof at;
    auto* const generic = reinterpret_cast<sockaddr*>(&at);
    if (bind(listener->socket, generic, sizeof at) != 0 || listen(listener->socket, 64) != 0)
        throw std::runtime_error(forward.listen.host + ":" + std::to_string(forward.listen.port) + ": " +
                                 std::strerror(errno));
    getsockname(listener->socket, generic, &size);
    listeners_.push_back(std::move(listener));
    return ntohs(at.sin_port);
}

void Forwarder::accept_from(Listener& listener) {
    int const near = accept4(listener.socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (near < 0) return;
    auto const& forward = listener.forward;
    if (forward.box_end && line_.state() == Line::State::unplugged) return reset(near);
    auto connection = std::make_unique<Connection>();
    connection->forward = &forward;
    connection->near = near;
    connection->far = make_socket(*forward.to);
    prepare(near);
    prepare(connection->far);
    if (!forward.congestion.empty()) {
        for (int one : {near, connection->far})
            setsockopt(one, IPPROTO_TCP, TCP_CONGESTION, forward.congestion.data(),
                       static_cast<socklen_t>(forward.congestion.size()));
    }
    auto at = socket_address(forward.target);
    if (connect(connection->far, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 && errno != EINPROGRESS)
        connection->dead = true;
    connection->streams[0] = {near, connection->far, Line::Way::up, {}, 0, false, false};
    connection->streams[1] = {connection->far, near, Line::Way::down, {}, 0, false, false};
    connections_.push_back(std::move(connection));
}

void Forwarder::close_unplugged() {
    if (line_.state() != Line::State::unplugged) return;
    for (auto const& one : connections_) one->dead = one->dead || one->forward->box_end;
}

void Forwarder::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> polls;
        polls.reserve(listeners_.size() + connections_.size() * 2);
        for (auto const& one : listeners_) polls.push_back({one->socket, POLLIN, 0});
        double wait = 0.1;
        bool const whole = line_.state() == Line::State::whole;
        for (auto const& one : connections_) {
            auto const ask = [&](Stream const& in, Stream const& out) {
                auto const now = seconds_now();
                short events = 0;
                if (whole || !one->forward->shaped) {
                    if (in.wants_more()) events |= POLLIN;
                    if (out.due(now)) events |= POLLOUT;
                    if (!out.held.empty() && !out.due(now)) wait = std::min(wait, out.held.front().due - now);
                }
                polls.push_back({events ? in.from : -1, events, 0});
            };
            ask(one->streams[0], one->streams[1]);
            ask(one->streams[1], one->streams[0]);
            if (!one->connected) polls.back() = {one->far, POLLOUT, 0};
        }
        timespec const most{0, static_cast<long>(std::max(wait, 1e-6) * 1e9)};
        ppoll(polls.data(), polls.size(), &most, nullptr);
        auto at = polls.begin() + static_cast<std::ptrdiff_t>(listeners_.size());
        for (auto const& one : connections_) {
            auto const near = *at++;
            auto const far = *at++;
            if (!one->connected && (far.revents & (POLLOUT | POLLERR | POLLHUP)) != 0) {
                int problem = 0;
                socklen_t size = sizeof problem;
                getsockopt(one->far, SOL_SOCKET, SO_ERROR, &problem, &size);
                one->connected = problem == 0;
                one->dead = one->dead || problem != 0;
            }
            one->move(one->streams[0], line_, pacers_[0], (near.revents & (POLLIN | POLLHUP | POLLERR)) != 0);
            one->move(one->streams[1], line_, pacers_[1],
                      one->connected && (far.revents & (POLLIN | POLLHUP | POLLERR)) != 0);
        }
        for (std::size_t i = 0; i < listeners_.size(); ++i)
            if ((polls[i].revents & POLLIN) != 0) accept_from(*listeners_[i]);
        close_unplugged();
        std::erase_if(connections_, [](auto const& one) { return one->over(); });
    }
}

}  // namespace santong::linkem
