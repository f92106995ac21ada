#include "platform/tls/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>
#include <fstream>
#include <iterator>

#include "platform/tls/openssl.hpp"
#include "platform/tls/pem.hpp"
#include "platform/tls/site_name.hpp"

namespace santong::tls {

namespace {

core::Instant instant_of(ASN1_TIME const* time) {
    std::tm parts{};
    must(ASN1_TIME_to_tm(time, &parts), "a time in a certificate cannot be read");
    return {static_cast<std::int64_t>(timegm(&parts)) * 1'000};
}

std::string fingerprint(X509* certificate, EVP_MD const* digest) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    must(X509_digest(certificate, digest, bytes, &size), "a certificate cannot be digested");
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        if (i > 0) text += ':';
        text += hex[bytes[i] >> 4];
        text += hex[bytes[i] & 15];
    }
    return text;
}

std::string common_name(X509* certificate) {
    auto* subject = X509_get_subject_name(certificate);
    int const at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    unsigned char* text = nullptr;
    int const size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size < 0) return {};
    std::string out(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return out;
}

std::vector<std::string> names_of(X509* certificate) {
    Owned<GENERAL_NAMES, GENERAL_NAMES_free> const all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> out;
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        auto const* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
        auto const* value = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
        std::string const bytes(reinterpret_cast<char const*>(ASN1_STRING_get0_data(value)),
                                static_cast<std::size_t>(ASN1_STRING_length(value)));
        out.push_back(name->type == GEN_DNS ? bytes : address_text(bytes));
    }
    return out;
}

}  // namespace

int CertificateFacts::days_left(core::Instant now) const {
    constexpr std::int64_t day = 86'400'000;
    auto const left = ends_at.ms - now.ms;
    return static_cast<int>(left >= 0 ? left / day : (left - day + 1) / day);
}

CertificateFacts read_certificate(std::string_view pem) {
    auto const certificate = certificate_from_pem(pem);
    CertificateFacts facts;
    facts.subject = common_name(certificate.get());
    facts.names = names_of(certificate.get());
    facts.serial = serial_text(certificate.get());
    facts.begins_at = instant_of(X509_get0_notBefore(certificate.get()));
    facts.ends_at = instant_of(X509_get0_notAfter(certificate.get()));
    facts.sha256 = fingerprint(certificate.get(), EVP_sha256());
    facts.sha1 = fingerprint(certificate.get(), EVP_sha1());
    return facts;
}

CertificateFacts read_certificate_file(std::string const& path) {
    return read_certificate(read_text(path));
}

bool key_belongs(std::string const& certificate_path, std::string const& key_path) {
    try {
        auto const certificate = certificate_from_pem(read_text(certificate_path));
        auto const key = key_from_pem(read_text(key_path));
        bool const same = X509_check_private_key(certificate.get(), key.get()) == 1;
        ERR_clear_error();
        return same;
    } catch (std::runtime_error const&) {
        return false;
    }
}

}  // namespace santong::tls
