// The program listens on IPv6 as well as on IPv4.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "site.hpp"

using namespace santong;

namespace {

/// Status line of a GET over [::1]; empty where this machine has no IPv6.
std::string asked_over_v6(int port) {
    int const line = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (line < 0) return {};
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_addr = in6addr_loopback;
    to.sin6_port = htons(static_cast<std::uint16_t>(port));
    std::string answer;
    if (::connect(line, reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0) {
        std::string const request = "GET /healthz HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n";
        if (::write(line, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
            char some[4096];
            for (ssize_t got = 0; (got = ::read(line, some, sizeof some)) > 0;)
                answer.append(some, static_cast<std::size_t>(got));
        }
    }
    ::close(line);
    return answer.substr(0, answer.find('\r'));
}

bool machine_has_v6() {
    int const line = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (line < 0) return false;
    sockaddr_in6 here{};
    here.sin6_family = AF_INET6;
    here.sin6_addr = in6addr_loopback;
    bool const bound = ::bind(line, reinterpret_cast<sockaddr const*>(&here), sizeof here) == 0;
    ::close(line);
    return bound;
}

}  // namespace

TEST_CASE("a server on [::1] answers over IPv6 and names itself with brackets") {
    if (!machine_has_v6()) {
        MESSAGE("this machine has no IPv6");
        return;
    }
    http::test::Site site;
    site.options.address = "::1";
    site.start();
    CHECK(asked_over_v6(site.server->port()) == "HTTP/1.1 200 OK");
    CHECK(site.server->public_origin() == "http://[::1]:" + std::to_string(site.server->port()));
}
