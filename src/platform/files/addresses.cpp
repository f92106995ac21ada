#include "platform/files/addresses.hpp"

#include <openssl/crypto.h>

#include <array>
#include <charconv>

#include "core/base64.hpp"

namespace santong::files {

namespace {

std::string base64url(std::string_view bytes) {
    auto text = core::base64(bytes);
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

std::optional<std::string> base64url_decode(std::string_view url) {
    std::string text(url);
    for (char& c : text) {
        if (c == '+' || c == '/' || c == '=') return std::nullopt;
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    text.append((4 - text.size() % 4) % 4, '=');
    return core::base64_decode(text);
}

/// The parts of a text between dots; empty unless there are exactly as many.
template <std::size_t count>
std::optional<std::array<std::string_view, count>> parts_of(std::string_view text) {
    std::array<std::string_view, count> parts;
    for (std::size_t i = 0; i < count; ++i) {
        auto const dot = text.find('.');
        if ((dot == std::string_view::npos) != (i + 1 == count)) return std::nullopt;
        parts[i] = text.substr(0, dot);
        if (dot != std::string_view::npos) text.remove_prefix(dot + 1);
    }
    return parts;
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::string Addresses::seal(std::string_view purpose, std::string const& text, std::string_view bound) const {
    auto const mac = signer_(std::string(purpose) + '\n' + text + '\n' + std::string(bound));
    return base64url(text) + '.' + base64url(mac);
}

std::optional<std::string> Addresses::open(std::string_view purpose, std::string_view token,
                                           std::string_view bound) const {
    auto const dot = token.find('.');
    if (token.size() > 1024 || dot == std::string_view::npos) return std::nullopt;
    auto text = base64url_decode(token.substr(0, dot));
    auto const given = base64url_decode(token.substr(dot + 1));
    if (!text || !given) return std::nullopt;
    auto const mac = signer_(std::string(purpose) + '\n' + *text + '\n' + std::string(bound));
    if (given->size() != mac.size() || CRYPTO_memcmp(given->data(), mac.data(), mac.size()) != 0) return std::nullopt;
    return text;
}

std::string Addresses::sign(core::FileId const& file, auth::Caller const& caller, core::Instant expires_at) const {
    auto const text = std::to_string(caller.district) + '.' + file.text() + '.' + std::to_string(expires_at.ms);
    return seal("file", text, caller.session_key);
}

std::optional<core::FileId> Addresses::file_of(std::string_view token, auth::Caller const& caller) const {
    if (!caller.signed_in() || caller.session_key.empty()) return std::nullopt;
    auto const text = open("file", token, caller.session_key);
    if (!text) return std::nullopt;
    auto const parts = parts_of<3>(*text);
    if (!parts || number((*parts)[0]) != caller.district || number((*parts)[2]) < clock_.now().ms) return std::nullopt;
    return core::FileId::parse((*parts)[1]);
}

std::string Addresses::sign(PackageTicket const& ticket) const {
    if (ticket.of_door()) {
        auto const text = std::to_string(ticket.district) + '.' + ticket.sha256 + '.' +
                          std::to_string(ticket.expires_at.ms) + '.' + ticket.thing.text() + '.' + ticket.file.text();
        return seal("open package", text, {});
    }
    auto const text = std::to_string(ticket.district) + '.' + ticket.sha256 + '.' +
                      std::to_string(ticket.expires_at.ms) + '.' + base64url(ticket.session_key);
    return seal("package", text, {});
}

std::optional<PackageTicket> Addresses::package_of(std::string_view token) const {
    auto const text = open("package", token, {});
    if (!text) return open_package_of(token);
    auto const parts = parts_of<4>(*text);
    if (!parts) return std::nullopt;
    PackageTicket ticket;
    ticket.district = static_cast<core::DistrictId>(number((*parts)[0]));
    ticket.sha256 = (*parts)[1];
    ticket.expires_at = {number((*parts)[2])};
    auto const session = base64url_decode((*parts)[3]);
    if (!session || session->empty() || ticket.expires_at < clock_.now()) return std::nullopt;
    ticket.session_key = *session;
    return ticket;
}

std::optional<PackageTicket> Addresses::open_package_of(std::string_view token) const {
    auto const text = open("open package", token, {});
    auto const parts = text ? parts_of<5>(*text) : std::nullopt;
    if (!parts) return std::nullopt;
    auto const thing = core::Uuid::parse((*parts)[3]);
    auto const file = core::FileId::parse((*parts)[4]);
    core::Instant const expires{number((*parts)[2])};
    if (!thing || !file || expires < clock_.now()) return std::nullopt;
    auto const district = static_cast<core::DistrictId>(number((*parts)[0]));
    return PackageTicket{district, std::string((*parts)[1]), expires, {}, *thing, *file};
}

std::string Addresses::sign(OpenTicket const& ticket) const {
    auto const text = std::to_string(ticket.district) + '.' + ticket.thing.text() + '.' + ticket.file.text() + '.' +
                      std::to_string(ticket.expires_at.ms);
    return seal("open", text, {});
}

std::optional<OpenTicket> Addresses::open_of(std::string_view token) const {
    auto const text = open("open", token, {});
    if (!text) return std::nullopt;
    auto const parts = parts_of<4>(*text);
    if (!parts) return std::nullopt;
    auto const thing = core::Uuid::parse((*parts)[1]);
    auto const file = core::FileId::parse((*parts)[2]);
    core::Instant const expires{number((*parts)[3])};
    if (!thing || !file || expires < clock_.now()) return std::nullopt;
    return OpenTicket{static_cast<core::DistrictId>(number((*parts)[0])), *thing, *file, expires};
}

}  // namespace santong::files
