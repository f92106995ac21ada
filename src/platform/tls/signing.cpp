#include "platform/tls/signing.hpp"

#include <openssl/rand.h>

#include <ctime>
#include <tuple>

namespace santong::tls {

namespace {

constexpr long version_3 = 2;

using NameHandle = Owned<X509_NAME, X509_NAME_free>;
using NumberHandle = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using TimeHandle = Owned<ASN1_TIME, ASN1_TIME_free>;
using NamesHandle = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using LimitsHandle = Owned<NAME_CONSTRAINTS, NAME_CONSTRAINTS_free>;

TimeHandle time_of(core::Instant at) {
    return TimeHandle(made(ASN1_TIME_set(nullptr, static_cast<std::time_t>(at.ms / 1'000)), "out of memory"));
}

/// 127 random bits: nobody can guess the next one, and it is never negative.
NumberHandle new_serial() {
    unsigned char bytes[16];
    must(RAND_bytes(bytes, sizeof bytes), "no random numbers");
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40);
    Owned<BIGNUM, BN_free> const number(made(BN_bin2bn(bytes, sizeof bytes, nullptr), "out of memory"));
    return NumberHandle(made(BN_to_ASN1_INTEGER(number.get(), nullptr), "out of memory"));
}

NumberHandle serial_of(std::string const& hex) {
    BIGNUM* number = nullptr;
    must(BN_hex2bn(&number, hex.c_str()), "a serial number is damaged");
    Owned<BIGNUM, BN_free> const owner(number);
    return NumberHandle(made(BN_to_ASN1_INTEGER(number, nullptr), "out of memory"));
}

/// A subject with one common name, or none: then the alternative names alone say who it is.
NameHandle subject(std::string const& common_name) {
    NameHandle name(made(X509_NAME_new(), "out of memory"));
    auto const add = [&](char const* field, std::string const& text) {
        must(X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8,
                                        reinterpret_cast<unsigned char const*>(text.data()),
                                        static_cast<int>(text.size()), -1, 0),
             "a name does not fit into a certificate");
    };
    add("O", "Santong");
    if (!common_name.empty()) add("CN", common_name);
    return name;
}

/// An extension written as in OpenSSL's configuration; only fixed texts, never input.
void extend(X509* certificate, X509* issuer, int kind, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    Owned<X509_EXTENSION, X509_EXTENSION_free> const extension(
        made(X509V3_EXT_conf_nid(nullptr, &context, kind, value), "an extension cannot be made"));
    must(X509_add_ext(certificate, extension.get(), -1), "out of memory");
}

ASN1_OCTET_STRING* octets(std::string const& bytes) {
    Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> text(made(ASN1_OCTET_STRING_new(), "out of memory"));
    must(ASN1_OCTET_STRING_set(text.get(), reinterpret_cast<unsigned char const*>(bytes.data()),
                               static_cast<int>(bytes.size())),
         "out of memory");
    return text.release();
}

ASN1_IA5STRING* ascii(std::string const& text) {
    Owned<ASN1_IA5STRING, ASN1_IA5STRING_free> out(made(ASN1_IA5STRING_new(), "out of memory"));
    must(ASN1_STRING_set(out.get(), text.data(), static_cast<int>(text.size())), "out of memory");
    return out.release();
}

GENERAL_NAME* dns_name(std::string const& text) {
    auto* name = made(GENERAL_NAME_new(), "out of memory");
    GENERAL_NAME_set0_value(name, GEN_DNS, ascii(text));
    return name;
}

GENERAL_NAME* address_name(std::string const& bytes) {
    auto* name = made(GENERAL_NAME_new(), "out of memory");
    GENERAL_NAME_set0_value(name, GEN_IPADD, octets(bytes));
    return name;
}

void add_names(X509* certificate, std::vector<SiteName> const& names) {
    NamesHandle const all(made(sk_GENERAL_NAME_new_null(), "out of memory"));
    for (auto const& name : names)
        must(sk_GENERAL_NAME_push(all.get(), name.is_address() ? address_name(name.address) : dns_name(name.dns)),
             "out of memory");
    must(X509_add1_ext_i2d(certificate, NID_subject_alt_name, all.get(), 0, X509V3_ADD_DEFAULT), "out of memory");
}

void add_subtree(STACK_OF(GENERAL_SUBTREE) * &list, GENERAL_NAME* base) {
    if (!list) list = made(sk_GENERAL_SUBTREE_new_null(), "out of memory");
    auto* subtree = made(GENERAL_SUBTREE_new(), "out of memory");
    GENERAL_NAME_free(subtree->base);
    subtree->base = base;
    must(sk_GENERAL_SUBTREE_push(list, subtree), "out of memory");
}

/// What may be signed for. A limit of one kind says nothing of the other, so a kind without any permission is shut
/// out whole, in the way of the CA/Browser Forum (Baseline Requirements, 7.1.2.5.2).
void add_limits(X509* certificate, std::vector<PermittedName> const& permitted) {
    LimitsHandle const limits(made(NAME_CONSTRAINTS_new(), "out of memory"));
    bool dns = false, address = false;
    for (auto const& one : permitted) {
        bool const range = one.base.is_address();
        add_subtree(limits->permittedSubtrees,
                    range ? address_name(one.base.address + one.mask) : dns_name(one.base.dns));
        (range ? address : dns) = true;
    }
    if (!dns) add_subtree(limits->excludedSubtrees, dns_name(""));
    if (!address) {
        add_subtree(limits->excludedSubtrees, address_name(std::string(8, '\0')));
        add_subtree(limits->excludedSubtrees, address_name(std::string(32, '\0')));
    }
    must(X509_add1_ext_i2d(certificate, NID_name_constraints, limits.get(), 1, X509V3_ADD_DEFAULT), "out of memory");
}

/// A certificate with everything but its extensions and its signature.
X509Handle blank(X509_NAME* name, X509_NAME* issuer, EVP_PKEY* key, Validity const& validity) {
    X509Handle certificate(made(X509_new(), "out of memory"));
    auto* raw = certificate.get();
    must(X509_set_version(raw, version_3), "out of memory");
    must(X509_set_serialNumber(raw, new_serial().get()), "out of memory");
    must(X509_set1_notBefore(raw, time_of(validity.from).get()), "out of memory");
    must(X509_set1_notAfter(raw, time_of(validity.until).get()), "out of memory");
    must(X509_set_subject_name(raw, name), "out of memory");
    must(X509_set_issuer_name(raw, issuer), "out of memory");
    must(X509_set_pubkey(raw, key), "out of memory");
    return certificate;
}

/// Signs an authority's certificate; `signer` without a certificate means that it signs itself.
X509Handle sign_authority(std::string const& name, EVP_PKEY* key, Signer const& signer,
                          std::vector<PermittedName> const& permitted, Validity const& validity) {
    auto const own = subject(name);
    auto* above = signer.certificate ? X509_get_subject_name(signer.certificate) : own.get();
    auto certificate = blank(own.get(), above, key, validity);
    auto* raw = certificate.get();
    auto* issuer = signer.certificate ? signer.certificate : raw;
    extend(raw, issuer, NID_basic_constraints, signer.certificate ? "critical,CA:TRUE,pathlen:0" : "critical,CA:TRUE");
    extend(raw, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(raw, issuer, NID_ext_key_usage, "serverAuth");
    extend(raw, issuer, NID_subject_key_identifier, "hash");
    if (signer.certificate) extend(raw, issuer, NID_authority_key_identifier, "keyid:always");
    add_limits(raw, permitted);
    must(X509_sign(raw, signer.key, EVP_sha256()), "cannot be signed");
    return certificate;
}

}  // namespace

KeyHandle new_key() {
    return KeyHandle(made(EVP_EC_gen("P-256"), "no key can be made"));
}

NewAuthority make_authority(std::string const& name, std::vector<PermittedName> const& permitted, core::Instant now,
                            int days) {
    Validity const validity{now.plus_seconds(-3'600), now.plus_days(days)};
    auto const root_key = new_key();
    NewAuthority made_one;
    made_one.issuer_key = new_key();
    made_one.root = sign_authority(name, root_key.get(), {nullptr, root_key.get()}, permitted, validity);
    made_one.issuer = sign_authority(name + " 1", made_one.issuer_key.get(), {made_one.root.get(), root_key.get()},
                                     permitted, validity);
    return made_one;
}

X509Handle sign_server(Signer const& signer, EVP_PKEY* key, std::vector<SiteName> const& names,
                       Validity const& validity) {
    constexpr std::size_t longest_common_name = 64;
    std::string common_name;  // a DNS name or nothing: some verifiers hold it against the limits for DNS names
    for (auto const& name : names)
        if (common_name.empty() && name.dns.size() <= longest_common_name) common_name = name.dns;
    auto const own = subject(common_name);
    auto certificate = blank(own.get(), X509_get_subject_name(signer.certificate), key, validity);
    auto* raw = certificate.get();
    extend(raw, signer.certificate, NID_basic_constraints, "critical,CA:FALSE");
    extend(raw, signer.certificate, NID_key_usage, "critical,digitalSignature");
    extend(raw, signer.certificate, NID_ext_key_usage, "serverAuth");
    extend(raw, signer.certificate, NID_subject_key_identifier, "hash");
    extend(raw, signer.certificate, NID_authority_key_identifier, "keyid:always");
    add_names(raw, names);
    must(X509_sign(raw, signer.key, EVP_sha256()), "cannot be signed");
    return certificate;
}

CrlHandle sign_revocations(Signer const& signer, std::vector<RevokedSerial> const& revoked, Validity const& validity) {
    CrlHandle list(made(X509_CRL_new(), "out of memory"));
    auto* raw = list.get();
    must(X509_CRL_set_version(raw, 1), "out of memory");
    must(X509_CRL_set_issuer_name(raw, X509_get_subject_name(signer.certificate)), "out of memory");
    must(X509_CRL_set1_lastUpdate(raw, time_of(validity.from).get()), "out of memory");
    must(X509_CRL_set1_nextUpdate(raw, time_of(validity.until).get()), "out of memory");
    for (auto const& one : revoked) {
        Owned<X509_REVOKED, X509_REVOKED_free> entry(made(X509_REVOKED_new(), "out of memory"));
        must(X509_REVOKED_set_serialNumber(entry.get(), serial_of(one.serial).get()), "out of memory");
        must(X509_REVOKED_set_revocationDate(entry.get(), time_of(one.at).get()), "out of memory");
        must(X509_CRL_add0_revoked(raw, entry.get()), "out of memory");
        std::ignore = entry.release();
    }
    NumberHandle const number(made(ASN1_INTEGER_new(), "out of memory"));
    must(ASN1_INTEGER_set_int64(number.get(), validity.from.ms), "out of memory");
    must(X509_CRL_add1_ext_i2d(raw, NID_crl_number, number.get(), 0, 0), "out of memory");
    X509V3_CTX context;
    X509V3_set_ctx(&context, signer.certificate, nullptr, nullptr, raw, 0);
    Owned<X509_EXTENSION, X509_EXTENSION_free> const which(
        made(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"), "out of memory"));
    must(X509_CRL_add_ext(raw, which.get(), -1), "out of memory");
    must(X509_CRL_sort(raw), "out of memory");
    must(X509_CRL_sign(raw, signer.key, EVP_sha256()), "cannot be signed");
    return list;
}

}  // namespace santong::tls
