// Carries TCP connections from one place to an address of another one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "link.hpp"
#include "place.hpp"

namespace santong::linkem {

/// An IPv4 address with its port.
struct Address {
    std::string host = "127.0.0.1";
    int port = 0;
};

/// What one listener does with its connections.
struct Forward {
    Place* from = nullptr;
    Address listen;  ///< port 0: any
    Place* to = nullptr;
    Address target;
    bool shaped = false;     ///< the bytes themselves are slowed and delayed (no packets, so none is lost)
    bool box_end = false;    ///< refuses while the line is unplugged
    std::string congestion;  ///< of the connection that it makes; empty: the machine's
};

/// All forwards of a line in one thread.
class Forwarder {
public:
    explicit Forwarder(Line& line);
    ~Forwarder();
    Forwarder(Forwarder const&) = delete;
    Forwarder& operator=(Forwarder const&) = delete;

    /// Listens; the port, or throws std::runtime_error.
    int add(Forward const& forward);
    /// Until it is asked to stop.
    void run(std::stop_token const& stop);

private:
    struct Listener;
    struct Connection;

    void accept_from(Listener& listener);
    void close_unplugged();

    Line& line_;
    Pacer pacers_[2];
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::vector<std::unique_ptr<Connection>> connections_;
};

}  // namespace santong::linkem
