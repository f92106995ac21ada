#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/described.hpp"
#include "core/id.hpp"
#include "core/time.hpp"

namespace santong::tls {

using AuthorityId = core::Id<struct AuthorityTag>;

/// District certificate authority (区域证书机构): signs for the boxes of its district, and for nobody else.
struct Authority {
    AuthorityId id;
    std::string name;
    std::string permitted;  ///< names and ranges it may sign for, with blanks between
    std::string root;       ///< PEM: what machines trust
    std::string issuer;     ///< PEM: what signs
    core::Instant created_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Authority, (), (id, name, permitted, root, issuer, created_at, expires_at))

/// A certificate that it has issued.
struct IssuedCertificate {
    std::string serial;  ///< hexadecimal, lower case
    AuthorityId authority_id;
    std::string names;  ///< with blanks between
    core::Instant issued_at;
    core::Instant expires_at;
    std::optional<core::Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(IssuedCertificate, (), (serial, authority_id, names, issued_at, expires_at, revoked_at))

}  // namespace santong::tls
