#pragma once
// Names that a certificate stands for, and what an authority may sign for.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace santong::tls {

/// A DNS name, or an address.
struct SiteName {
    std::string dns;      ///< lower case; empty if it is an address
    std::string address;  ///< 4 or 16 bytes as they go over the wire

    bool is_address() const { return dns.empty(); }
    std::string text() const;
    /// "hub.example.cn", "10.8.0.1", "fd00::1". Empty for anything else: a star, a port, a letter that is not ASCII.
    static std::optional<SiteName> parse(std::string_view text);
};

/// What an authority may sign for: a domain with all below it, or a range of addresses.
struct PermittedName {
    SiteName base;
    std::string mask;  ///< of a range: as many bytes as the address

    std::string text() const;
    bool covers(SiteName const& name) const;
    /// "datonghu.example.cn", "10.8.0.0/16", "10.8.0.1" (that address only).
    static std::optional<PermittedName> parse(std::string_view text);
};

/// Address bytes as people write them.
std::string address_text(std::string const& bytes);
/// The words between blanks and commas.
std::vector<std::string> words(std::string_view text);
/// The words with a blank between.
std::string joined(std::vector<std::string> const& texts);

}  // namespace santong::tls
