#pragma once
// What a certificate says.
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace santong::tls {

struct CertificateFacts {
    std::string subject;             ///< its common name; empty if it has none
    std::vector<std::string> names;  ///< DNS names and addresses it stands for
    std::string serial;              ///< hexadecimal, lower case
    core::Instant begins_at;
    core::Instant ends_at;
    std::string sha256;  ///< fingerprints as people compare them: "AB:CD:…"
    std::string sha1;    ///< what the certificate window of Windows shows

    /// Whole days until it ends, rounded down; negative once it has ended.
    int days_left(core::Instant now) const;
};

/// Days before the end at which an operator is warned: renewal has failed by then.
inline constexpr int warning_days = 30;

/// The first certificate of a PEM text. Throws std::runtime_error if there is none.
CertificateFacts read_certificate(std::string_view pem);
/// The same from a file.
CertificateFacts read_certificate_file(std::string const& path);
/// Whether the key is the one of the certificate. False as well if it cannot be read.
bool key_belongs(std::string const& certificate_path, std::string const& key_path);

}  // namespace santong::tls
