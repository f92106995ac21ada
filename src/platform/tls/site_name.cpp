#include "platform/tls/site_name.hpp"

#include <arpa/inet.h>

#include <charconv>

namespace santong::tls {

namespace {

constexpr std::size_t longest_dns = 253, longest_label = 63;

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool good_label(std::string_view label) {
    if (label.empty() || label.size() > longest_label || label.front() == '-' || label.back() == '-') return false;
    for (char const c : label)
        if (!letter_or_digit(c) && c != '-') return false;
    return true;
}

bool good_dns(std::string_view text) {
    if (text.empty() || text.size() > longest_dns) return false;
    bool numeric = true;  // a last label of digits only is a mistyped address
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('.', at), text.size());
        auto const label = text.substr(at, end - at);
        if (!good_label(label)) return false;
        numeric = label.find_first_not_of("0123456789") == std::string_view::npos;
        at = end + 1;
    }
    return !numeric;
}

std::optional<std::string> address_bytes(std::string const& text) {
    std::string bytes(16, '\0');
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) != 1) return std::nullopt;
    bytes.resize(4);
    return bytes;
}

std::string mask_of(std::size_t size, int bits) {
    std::string mask(size, '\0');
    for (int i = 0; i < bits; ++i) mask[static_cast<std::size_t>(i) / 8] |= static_cast<char>(0x80 >> (i % 8));
    return mask;
}

int bits_of(std::string const& mask) {
    int bits = 0;
    for (unsigned char const byte : mask) bits += __builtin_popcount(byte);
    return bits;
}

}  // namespace

std::string SiteName::text() const {
    return is_address() ? address_text(address) : dns;
}

std::optional<SiteName> SiteName::parse(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (auto bytes = address_bytes(lower)) return SiteName{{}, std::move(*bytes)};
    if (!good_dns(lower)) return std::nullopt;
    return SiteName{std::move(lower), {}};
}

std::string PermittedName::text() const {
    if (!base.is_address()) return base.dns;
    auto const bits = static_cast<std::size_t>(bits_of(mask));
    return base.text() + (bits == mask.size() * 8 ? "" : "/" + std::to_string(bits));
}

bool PermittedName::covers(SiteName const& name) const {
    if (base.is_address() != name.is_address()) return false;
    if (!base.is_address()) return name.dns == base.dns || name.dns.ends_with("." + base.dns);
    if (name.address.size() != base.address.size()) return false;
    for (std::size_t i = 0; i < mask.size(); ++i)
        if ((name.address[i] & mask[i]) != base.address[i]) return false;
    return true;
}

std::optional<PermittedName> PermittedName::parse(std::string_view text) {
    auto const slash = text.find('/');
    auto name = SiteName::parse(text.substr(0, slash));
    if (!name) return std::nullopt;
    if (slash != std::string_view::npos && !name->is_address()) return std::nullopt;
    if (!name->is_address()) return PermittedName{std::move(*name), {}};
    int const most = static_cast<int>(name->address.size()) * 8;
    int bits = most;
    if (slash != std::string_view::npos) {
        auto const digits = text.substr(slash + 1);
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || bits > most)
            return std::nullopt;
    }
    PermittedName permitted{std::move(*name), mask_of(static_cast<std::size_t>(most) / 8, bits)};
    for (std::size_t i = 0; i < permitted.mask.size(); ++i) permitted.base.address[i] &= permitted.mask[i];
    return permitted;
}

std::string address_text(std::string const& bytes) {
    char text[INET6_ADDRSTRLEN] = "";
    if (bytes.size() == 4 || bytes.size() == 16)
        ::inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof text);
    return text;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    constexpr std::string_view blanks = " ,\t\n";
    while (true) {
        auto const from = text.find_first_not_of(blanks);
        if (from == std::string_view::npos) return out;
        text.remove_prefix(from);
        auto const end = std::min(text.find_first_of(blanks), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::string joined(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) out.append(out.empty() ? "" : " ").append(text);
    return out;
}

}  // namespace santong::tls
