#pragma once
// What new connections speak TLS with; made anew when the operator's files change, without a restart.
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "platform/tls/certificate.hpp"

struct ssl_ctx_st;

namespace santong::tls {

/// TLS 1.2 and 1.3 with forward-secret, authenticated ciphers only; HTTP/1.1; no renegotiation, no compression.
class ServerContexts {
public:
    /// Whether the files may still be missing: an ACME program gets the first certificate through the server itself.
    enum class Missing { refused, awaited };

    /// PEM files: certificate with its chain, private key. Throws std::runtime_error if they cannot be used.
    ServerContexts(std::string certificate, std::string key, Missing missing = Missing::refused);
    ~ServerContexts();

    /// For a new connection; null while a first certificate is awaited. Thread-safe, as the others are.
    std::shared_ptr<ssl_ctx_st> current() const;
    /// Takes files that have changed since the last look. Files that cannot be used, or hold a certificate that has
    /// ended, change nothing and are named in the log, as is, once a day, a certificate that ends soon. True if new
    /// connections get a new certificate.
    bool refresh();
    /// What the certificate in use says; empty while one is awaited.
    std::optional<CertificateFacts> facts() const;
    /// Whether the files on disk were refused: what is in use is older.
    bool refused() const;

private:
    struct Stamp;
    void load(Stamp const& stamp);
    void warn();

    std::string certificate_;
    std::string key_;
    mutable std::mutex mutex_;
    std::unique_ptr<Stamp> seen_;  ///< of the files that were looked at last, good or not
    std::shared_ptr<ssl_ctx_st> context_;
    CertificateFacts facts_;
    bool refused_ = false;
    core::Instant warned_at_;
};

}  // namespace santong::tls
