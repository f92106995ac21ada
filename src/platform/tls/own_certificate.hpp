#pragma once
#include "platform/tls/authority.hpp"

namespace santong::tls {

/// The two files of this node's own certificate.
struct OwnFiles {
    std::string certificate;  ///< PEM chain
    std::string key;          ///< PEM, for its owner only
};

/// How long a node's own certificate holds, and how many days before its end a new one is made.
inline constexpr int own_days = 180;
inline constexpr int renew_days = 60;

/// Issues this node's certificate if there is none yet, if it ends soon, was revoked, is of another authority or stands
/// for other names. True if there is a new one. Refuses as `issue_certificate` does.
core::Result<bool> keep_own_certificate(AuthorityPlace const& place, std::vector<std::string> const& names,
                                        OwnFiles const& files);

}  // namespace santong::tls
