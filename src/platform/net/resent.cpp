#include "platform/net/resent.hpp"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>

namespace santong::net {

std::string Resent::text() const {
    return std::to_string(again) + "/" + std::to_string(packets);
}

std::optional<Resent> Resent::parse(std::string_view text) {
    Resent read;
    auto const* const end = text.data() + text.size();
    auto const first = std::from_chars(text.data(), end, read.again);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '/') return std::nullopt;
    auto const second = std::from_chars(first.ptr + 1, end, read.packets);
    if (second.ec != std::errc() || second.ptr != end || read.again < 0 || read.packets < 0) return std::nullopt;
    return read;
}

std::optional<Resent> resent_on(int socket) {
    tcp_info known{};
    socklen_t size = sizeof known;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &known, &size) != 0) return std::nullopt;
    return Resent{known.tcpi_segs_out, known.tcpi_total_retrans};
}

}  // namespace santong::net
