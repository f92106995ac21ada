#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/doctor/checks.hpp"
#include "server/folder_lock.hpp"

namespace santong::server::doctor {

namespace {

/// An address and a port as sockets want them.
struct Endpoint {
    sockaddr_storage storage{};
    socklen_t size = 0;  ///< 0: not an address

    Endpoint(std::string const& address, int port) {
        auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
        auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
        if (::inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
            v4->sin_family = AF_INET;
            v4->sin_port = htons(static_cast<std::uint16_t>(port));
            size = sizeof(sockaddr_in);
        } else if (::inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
            v6->sin6_family = AF_INET6;
            v6->sin6_port = htons(static_cast<std::uint16_t>(port));
            size = sizeof(sockaddr_in6);
        }
    }
    sockaddr const* address() const { return reinterpret_cast<sockaddr const*>(&storage); }
    int socket() const { return ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0); }
};

/// Whether this machine lets us listen there now.
bool port_free(Endpoint const& at) {
    if (at.size == 0) return false;
    int const socket = at.socket();
    int const yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool const free = ::bind(socket, at.address(), at.size) == 0;
    ::close(socket);
    return free;
}

/// Whether somebody takes connections there.
bool answers(Endpoint const& at) {
    if (at.size == 0) return false;
    int const socket = at.socket();
    timeval const patience{2, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    bool const taken = ::connect(socket, at.address(), at.size) == 0;
    ::close(socket);
    return taken;
}

/// What a server that listens everywhere is reached by from this machine.
std::string reachable(std::string const& address) {
    return address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "::1" : address;
}

using Ports = std::pair<char const*, int>;

/// The folder is being served: its own server must answer where it says it does.
void look_at_server(ServedAt const& served, Findings& findings) {
    auto const process = " (process " + std::to_string(served.process) + ")";
    for (auto const& [check, port] : {Ports{"port", served.port}, Ports{"port.packages", served.package_port}}) {
        auto const text = served.address + ":" + std::to_string(port);
        if (answers({reachable(served.address), port}))
            ok(findings, check, text + ": this folder's own server answers there" + process);
        else
            fault(findings, check, text + ": this folder's own server" + process + " does not answer there",
                  "look into its log; start it again");
    }
}

/// Nobody serves the folder: the ports of the settings must be free for whoever will.
void look_at_free_ports(config::ServerSettings const& server, int http_port, Findings& findings) {
    int const second = server.package_port != 0 ? server.package_port : server.port + 1;
    for (auto const& [check, port] :
         {Ports{"port", server.port}, Ports{"port.packages", second}, Ports{"port.http", http_port}}) {
        if (port == 0) continue;
        auto const text = server.address + ":" + std::to_string(port);
        if (port_free({server.address, port}))
            ok(findings, check, text + " is free");
        else if (answers({reachable(server.address), port}))
            fault(findings, check, text + ": another program answers there, not this folder's server",
                  "end it, or serve with another --port / --package-port / --address");
        else
            fault(findings, check,
                  text + " cannot be used: it is not this machine's address, or is held by another program",
                  "serve with another --port / --package-port / --address");
    }
}

void look_at_ports(Patient const& patient, Findings& findings) {
    auto const& server = patient.settings.server;
    std::filesystem::path const lock = patient.place.data + "/serving.lock";
    if (auto const served = FolderLock::noted(lock))
        look_at_server(*served, findings);
    else if (FolderLock::held(lock))
        ok(findings, "port", "this folder's server is just starting");
    else
        look_at_free_ports(server, patient.settings.tls.http_port, findings);
    bool const local = server.address.starts_with("127.") || server.address == "::1";
    if (!local && !patient.settings.tls.on() && !server.behind_proxy) {
        fault(findings, "tls", "plain http is refused beyond this machine",
              "set [tls], or behind_proxy if a proxy in front ends TLS");
    }
}

}  // namespace

void look_at_network(Patient const& patient, Findings& findings) {
    look_at_ports(patient, findings);
}

}  // namespace santong::server::doctor
