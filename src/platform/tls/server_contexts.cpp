#include "platform/tls/server_contexts.hpp"

#include <openssl/err.h>
#include <sys/stat.h>

#include <array>
#include <stdexcept>

#include "platform/log/log.hpp"
#include "platform/tls/openssl.hpp"

namespace santong::tls {

namespace {

constexpr char const* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

int choose_http11(SSL*, unsigned char const** out, unsigned char* out_size, unsigned char const* in, unsigned in_size,
                  void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, in, in_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

std::shared_ptr<SSL_CTX> make_context(std::string const& certificate, std::string const& key) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) fail("TLS is not available");
    auto* raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(raw,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cipher_list(raw, ciphers);
    SSL_CTX_set_alpn_select_cb(raw, choose_http11, nullptr);
    SSL_CTX_set_default_passwd_cb(raw, [](char*, int, int, void*) { return -1; });  // or it asks at the terminal
    if (SSL_CTX_use_certificate_chain_file(raw, certificate.c_str()) != 1)
        fail("cannot use the certificate " + certificate);
    if (SSL_CTX_use_PrivateKey_file(raw, key.c_str(), SSL_FILETYPE_PEM) != 1) fail("cannot use the key " + key);
    if (SSL_CTX_check_private_key(raw) != 1) fail("key and certificate do not belong together");
    return context;
}

/// Which file lies there, and since when.
struct FileStamp {
    ino_t file = 0;
    off_t size = 0;
    std::int64_t changed_ns = 0;
    bool there = false;

    explicit FileStamp(std::string const& path) {
        struct stat facts{};
        if (::stat(path.c_str(), &facts) != 0) return;
        *this = FileStamp{facts};
    }
    explicit FileStamp(struct stat const& facts)
        : file(facts.st_ino),
          size(facts.st_size),
          changed_ns(facts.st_mtim.tv_sec * 1'000'000'000LL + facts.st_mtim.tv_nsec),
          there(true) {}
    bool operator==(FileStamp const&) const = default;
};

}  // namespace

struct ServerContexts::Stamp {
    FileStamp certificate;
    FileStamp key;
    bool operator==(Stamp const&) const = default;
};

ServerContexts::ServerContexts(std::string certificate, std::string key, Missing missing)
    : certificate_(std::move(certificate)), key_(std::move(key)) {
    Stamp const stamp{FileStamp(certificate_), FileStamp(key_)};
    if (missing == Missing::awaited && (!stamp.certificate.there || !stamp.key.there)) {
        log::warning("no certificate yet", {{"certificate", certificate_}});
        seen_ = std::make_unique<Stamp>(stamp);
        return;
    }
    load(stamp);
    warn();
}

ServerContexts::~ServerContexts() = default;

std::shared_ptr<SSL_CTX> ServerContexts::current() const {
    std::lock_guard lock(mutex_);
    return context_;
}

void ServerContexts::load(Stamp const& stamp) {
    seen_ = std::make_unique<Stamp>(stamp);
    auto context = make_context(certificate_, key_);
    auto facts = read_certificate_file(certificate_);
    if (context_ && facts.days_left(core::system_now()) < 0) throw std::runtime_error("the certificate has ended");
    context_ = std::move(context);
    facts_ = std::move(facts);
}

void ServerContexts::warn() {
    auto const now = core::system_now();
    int const left = facts_.days_left(now);
    if (!context_ || left >= warning_days || warned_at_.plus_days(1) > now) return;
    warned_at_ = now;
    log::warning(left < 0 ? "the certificate has ended" : "the certificate ends soon",
                 {{"certificate", certificate_}, {"days_left", left}});
}

bool ServerContexts::refresh() {
    std::lock_guard lock(mutex_);
    warn();
    Stamp const stamp{FileStamp(certificate_), FileStamp(key_)};
    if (*seen_ == stamp) return false;
    if (!context_ && (!stamp.certificate.there || !stamp.key.there)) return false;
    try {
        load(stamp);
    } catch (std::exception const& error) {
        refused_ = true;
        log::error("the new certificate is not used, the old one stays",
                   {{"certificate", certificate_}, {"why", error.what()}});
        return false;
    }
    refused_ = false;
    log::info("new certificate", {{"certificate", certificate_}, {"days_left", facts_.days_left(core::system_now())}});
    return true;
}

std::optional<CertificateFacts> ServerContexts::facts() const {
    std::lock_guard lock(mutex_);
    if (!context_) return std::nullopt;
    return facts_;
}

bool ServerContexts::refused() const {
    std::lock_guard lock(mutex_);
    return refused_;
}

}  // namespace santong::tls
