#include "helper/line.hpp"

#include <charconv>

namespace santong::helper {

namespace {

bool own_machine(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-[]:").find(c) != std::string_view::npos;
}

}  // namespace

std::string Site::origin() const {
    return (tls ? "https://" : "http://") + host + ':' + std::to_string(port);
}

std::optional<Site> site_of(std::string const& url) {
    std::string_view rest = url;
    Site site;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
        site.tls = false;
        site.port = 80;
    } else {
        return std::nullopt;
    }
    if (rest.ends_with('/')) rest.remove_suffix(1);
    auto const closing = rest.rfind(']');
    auto const colon = rest.find(':', closing == std::string_view::npos ? 0 : closing);
    site.host = rest.substr(0, colon);
    if (colon != std::string_view::npos) {
        auto const digits = rest.substr(colon + 1);
        auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), site.port);
        if (wrong != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    }
    for (char c : site.host) {
        if (!host_character(c)) return std::nullopt;
    }
    if (site.host.empty() || site.port < 1 || site.port > 65535) return std::nullopt;
    if (!site.tls && !own_machine(site.host)) return std::nullopt;
    return site;
}

}  // namespace santong::helper
