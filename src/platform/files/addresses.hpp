#pragma once
// Signed addresses: for players, which ask for one file many times, and for the second origin, which has no session.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/auth/caller.hpp"
#include "platform/files/domain.hpp"

namespace santong::files {

/// Makes 32 bytes that only this system can make of a text (HMAC under a key of platform/auth).
using Signer = std::function<std::string(std::string_view)>;
/// Whether a session is still open; asked for each file of a package, so it must be quick.
using SessionOpen = std::function<bool(core::DistrictId district, std::string const& session_key)>;

/// What a package address stands for.
struct PackageTicket {
    core::DistrictId district = 0;
    std::string sha256;
    core::Instant expires_at;
    std::string session_key;
    core::Uuid thing;   ///< of the public door instead of a session: good as long as this thing is public …
    core::FileId file;  ///< … with this file
    bool of_door() const { return session_key.empty(); }
};

/// What an address of the public door stands for: a file of a thing that is public.
struct OpenTicket {
    core::DistrictId district = 0;
    core::Uuid thing;
    core::FileId file;
    core::Instant expires_at;
};

/// Makes and reads signed addresses.
class Addresses {
public:
    Addresses(Signer signer, core::Clock const& clock) : signer_(std::move(signer)), clock_(clock) {}

    /// Token for "/f/{token}/name": good for this file, for the caller's session alone, until `expires_at`.
    std::string sign(core::FileId const& file, auth::Caller const& caller, core::Instant expires_at) const;
    /// The file that a token stands for in this caller's session; empty if altered, expired, or another's.
    std::optional<core::FileId> file_of(std::string_view token, auth::Caller const& caller) const;

    /// Token for "/p/{token}/…" on the second origin: good for the files of one package while the session is open, or,
    /// for one of the public door, while the thing is public. Whoever serves it asks which.
    std::string sign(PackageTicket const& ticket) const;
    std::optional<PackageTicket> package_of(std::string_view token) const;

    /// Token for an address of the public door, good for whoever has it; whoever serves it asks again whether the thing
    /// is public.
    std::string sign(OpenTicket const& ticket) const;
    std::optional<OpenTicket> open_of(std::string_view token) const;

    core::Instant now() const { return clock_.now(); }

private:
    std::optional<PackageTicket> open_package_of(std::string_view token) const;
    std::string seal(std::string_view purpose, std::string const& text, std::string_view bound) const;
    std::optional<std::string> open(std::string_view purpose, std::string_view token, std::string_view bound) const;

    Signer signer_;
    core::Clock const& clock_;
};

}  // namespace santong::files
