#include "modules/nodes/neighbour.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace santong::nodes {

namespace {

constexpr std::size_t longest_host = 253;

bool is_port(std::string_view text) {
    int port = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    return fault == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

/// Addresses that routers pass on to nobody else.
bool is_local_v4(std::array<unsigned char, 4> const& a) {
    return a[0] == 10 || a[0] == 127 || (a[0] == 172 && a[1] >= 16 && a[1] < 32) || (a[0] == 192 && a[1] == 168) ||
           (a[0] == 169 && a[1] == 254) || (a[0] == 100 && a[1] >= 64 && a[1] < 128);
}
bool is_local_v6(std::array<unsigned char, 16> const& a) {
    bool const loopback = a[15] == 1 && std::all_of(a.begin(), a.end() - 1, [](unsigned char one) { return one == 0; });
    return loopback || (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

bool is_local_host(std::string const& host) {
    std::array<unsigned char, 4> v4{};
    std::array<unsigned char, 16> v6{};
    if (host.starts_with('[')) {
        auto const bare = host.substr(1, host.size() - 2);
        return ::inet_pton(AF_INET6, bare.c_str(), v6.data()) == 1 && is_local_v6(v6);
    }
    if (::inet_pton(AF_INET, host.c_str(), v4.data()) == 1) return is_local_v4(v4);
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    // Digits and points alone are an address that is none.
    bool const named = std::ranges::any_of(host, [](char c) { return c >= 'a' && c <= 'z'; });
    return named && host.size() <= longest_host && std::ranges::all_of(host, fits) && host.front() != '-' &&
           host.front() != '.';
}

}  // namespace

NeighbourId neighbour_id(core::OrgId const& org, core::OrgId const& giver) {
    return NeighbourId{core::Uuid::named("neighbour|" + org.text() + "|" + giver.text())};
}

std::optional<std::string> local_address(std::string_view typed) {
    std::string text(typed);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (text.ends_with('/')) text.pop_back();
    std::string const scheme = text.starts_with("https://") ? "https://" : "http://";
    if (!text.starts_with(scheme)) return std::nullopt;
    auto const place = text.substr(scheme.size());
    auto const bracket = place.find(']');
    auto const host_end = place.find(':', place.starts_with('[') && bracket != std::string::npos ? bracket : 0);
    auto const host = place.substr(0, host_end);
    bool const port_fits = host_end == std::string::npos || is_port(std::string_view(place).substr(host_end + 1));
    if (host.empty() || (host.starts_with('[') && !host.ends_with(']')) || !port_fits || !is_local_host(host))
        return std::nullopt;
    return text;
}

}  // namespace santong::nodes
