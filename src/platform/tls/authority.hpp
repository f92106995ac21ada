#pragma once
// The district's own certificate authority (DESIGN 2): what the command line, the server and its page ask of it.
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "platform/sql/database.hpp"
#include "platform/tls/domain.hpp"
#include "platform/tls/site_name.hpp"

namespace santong::tls {

/// Where an authority is at home: its records, and the folder of the keys.
struct AuthorityPlace {
    sql::Database& db;
    std::string keys;
    core::DistrictId district = 0;  ///< in whose audit log it is written; 0 = there is none yet
};

/// How an authority begins.
struct NewAuthorityRequest {
    std::string name;                  ///< as it stands in the list of trusted authorities, at most 60 letters
    std::vector<std::string> permits;  ///< domains, addresses and ranges; at least one
    bool replace = false;              ///< the one before it signs nothing more, its key is deleted
};

/// A certificate with its key; wipe the key after use.
struct IssuedPair {
    IssuedCertificate record;
    std::string chain;  ///< PEM: the server's certificate, then the issuer's
    std::string key;    ///< PEM
};

/// What the browsers' makers allow a server's certificate.
inline constexpr int longest_days = 397;
inline constexpr int authority_days = 3'650;

/// Refuses with "tls.authority_exists", "tls.bad_name", "tls.no_names", "tls.bad_authority_name".
core::Result<Authority> create_authority(AuthorityPlace const& place, NewAuthorityRequest const& request);
std::optional<Authority> current_authority(sql::Database& db);
/// The same in a database whose schema may be from before the first authority.
std::optional<Authority> known_authority(sql::Tx& tx);

/// A certificate for DNS names and addresses. Refuses with "tls.no_authority", "tls.no_names", "tls.bad_name",
/// "tls.not_permitted", "tls.too_long".
core::Result<IssuedPair> issue_certificate(AuthorityPlace const& place, std::vector<std::string> const& names,
                                           int days);

/// By serial number, or by a name: then all certificates of that name that still hold. Answers what was revoked;
/// refuses with "tls.unknown_certificate".
core::Result<std::vector<IssuedCertificate>> revoke_certificate(AuthorityPlace const& place, std::string const& which);
std::vector<IssuedCertificate> issued_certificates(sql::Database& db);
bool is_revoked(sql::Database& db, std::string const& serial);

/// The signed list of revoked certificates (DER), good for thirty days. "tls.no_authority".
core::Result<std::string> revocation_list(AuthorityPlace const& place);

/// "authority-<id>.key" in the folder of the keys: sealed under a master key, for its owner only.
std::string authority_key_file(AuthorityId const& id);

}  // namespace santong::tls
