#include "platform/tls/authority.hpp"

#include <doctest/doctest.h>
#include <openssl/x509_vfy.h>

#include <filesystem>
#include <fstream>

#include "platform/auth/keys.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/tls/certificate.hpp"
#include "platform/tls/own_certificate.hpp"
#include "platform/tls/pem.hpp"
#include "platform/tls/signing.hpp"
#include "platform/tls/store.hpp"
#include "test_database.hpp"

using namespace santong;
using namespace santong::tls;
namespace fs = std::filesystem;

namespace {

/// An authority for example.cn and 10.8.0.0/16.
struct Office {
    test::TestDatabase database;
    std::string keys = database.folder() + "/keys";
    AuthorityPlace place{*database, keys, test::district};
    Authority authority;

    Office() {
        fs::create_directories(keys);
        auth::Keys::use(auth::Keys::in_memory());
        authority = *create_authority(place, {"大通湖区教育局", {"example.cn", "10.8.0.0/16"}});
    }
    std::string refusal(std::vector<std::string> const& names, int days = 30) const {
        auto const answer = issue_certificate(place, names, days);
        return answer ? "issued" : answer.error().key;
    }
    fs::path key() const { return fs::path(keys) / authority_key_file(authority.id); }
};

/// What a verifier that knows nothing but the root says of a chain; `revoked` is a list that it has to look at.
int verdict(X509* root, X509* issuer, X509* certificate, std::string const& revoked = {}) {
    Owned<X509_STORE, X509_STORE_free> const store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), root);
    if (!revoked.empty()) {
        auto const* bytes = reinterpret_cast<unsigned char const*>(revoked.data());
        CrlHandle const list(d2i_X509_CRL(nullptr, &bytes, static_cast<long>(revoked.size())));
        REQUIRE(list != nullptr);
        X509_STORE_add_crl(store.get(), list.get());
        X509_STORE_set_flags(store.get(), X509_V_FLAG_CRL_CHECK);
    }
    STACK_OF(X509)* between = sk_X509_new_null();
    sk_X509_push(between, issuer);
    Owned<X509_STORE_CTX, X509_STORE_CTX_free> const context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), certificate, between);
    X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
    X509_verify_cert(context.get());
    sk_X509_free(between);
    return X509_STORE_CTX_get_error(context.get());
}

int verdict(Authority const& authority, std::string const& chain, std::string const& revoked = {}) {
    return verdict(certificate_from_pem(authority.root).get(), certificate_from_pem(authority.issuer).get(),
                   certificate_from_pem(chain).get(), revoked);
}

}  // namespace

TEST_CASE("a machine that trusts the authority accepts a box under its names only") {
    Office office;
    auto const pair = *issue_certificate(office.place, {"box1.example.cn", "10.8.3.4"}, longest_days);
    CHECK(verdict(office.authority, pair.chain) == X509_V_OK);
    auto const certificate = certificate_from_pem(pair.chain);
    CHECK(X509_check_host(certificate.get(), "box1.example.cn", 0, 0, nullptr) == 1);
    CHECK(X509_check_ip_asc(certificate.get(), "10.8.3.4", 0) == 1);
    CHECK(X509_check_host(certificate.get(), "box2.example.cn", 0, 0, nullptr) == 0);
    auto const facts = read_certificate(pair.chain);
    CHECK(facts.names == std::vector<std::string>{"box1.example.cn", "10.8.3.4"});
    CHECK((facts.ends_at.ms - facts.begins_at.ms) / 86'400'000 == longest_days);
    CHECK(facts.serial == pair.record.serial);
    CHECK(EVP_PKEY_get_id(X509_get0_pubkey(certificate.get())) == EVP_PKEY_EC);
    auto const address = *issue_certificate(office.place, {"10.8.0.1"}, 10);
    CHECK(verdict(office.authority, address.chain) == X509_V_OK);
    Office stranger;
    CHECK(verdict(stranger.authority, pair.chain) != X509_V_OK);
}

TEST_CASE("the authority refuses names that are not its own, long lives and nonsense") {
    Office office;
    CHECK(office.refusal({"box.example.cn", "bank.com"}) == "tls.not_permitted");
    CHECK(office.refusal({"10.9.0.1"}) == "tls.not_permitted");
    CHECK(office.refusal({"fd00::1"}) == "tls.not_permitted");
    CHECK(office.refusal({"*.example.cn"}) == "tls.bad_name");
    CHECK(office.refusal({}) == "tls.no_names");
    CHECK(office.refusal({"box.example.cn"}, longest_days + 1) == "tls.too_long");
    CHECK(office.refusal({"box.example.cn"}, 0) == "tls.too_long");
    CHECK(issued_certificates(*office.database).empty());
    auto const again = create_authority(office.place, {"x", {"example.cn"}});
    CHECK(again.error().key == "tls.authority_exists");
    CHECK(create_authority(office.place, {"x", {}, true}).error().key == "tls.no_names");
    CHECK(create_authority(office.place, {"x", {"*"}, true}).error().key == "tls.bad_name");
    CHECK(create_authority(office.place, {"", {"example.cn"}, true}).error().key == "tls.bad_authority_name");
    test::TestDatabase empty;
    AuthorityPlace const nowhere{*empty, office.keys, 0};
    CHECK(issue_certificate(nowhere, {"box.example.cn"}, 10).error().key == "tls.no_authority");
    CHECK(revocation_list(nowhere).error().key == "tls.no_authority");
}

TEST_CASE("who steals the authority's key cannot sign for other names") {
    auto const now = core::system_now();
    auto const signed_for = [&](std::vector<std::string> const& permits, char const* name) {
        std::vector<PermittedName> permitted;
        for (auto const& text : permits) permitted.push_back(*PermittedName::parse(text));
        auto const authority = make_authority("x", permitted, now, 100);
        auto const key = new_key();
        auto const certificate = sign_server({authority.issuer.get(), authority.issuer_key.get()}, key.get(),
                                             {*SiteName::parse(name)}, {now, now.plus_days(10)});
        return verdict(authority.root.get(), authority.issuer.get(), certificate.get());
    };
    CHECK(signed_for({"example.cn"}, "hub.example.cn") == X509_V_OK);
    CHECK(signed_for({"example.cn"}, "bank.com") == X509_V_ERR_PERMITTED_VIOLATION);
    CHECK(signed_for({"example.cn"}, "10.8.0.1") == X509_V_ERR_EXCLUDED_VIOLATION);
    CHECK(signed_for({"example.cn"}, "fd00::1") == X509_V_ERR_EXCLUDED_VIOLATION);
    CHECK(signed_for({"10.8.0.0/16"}, "10.8.7.1") == X509_V_OK);
    CHECK(signed_for({"10.8.0.0/16"}, "10.9.7.1") == X509_V_ERR_PERMITTED_VIOLATION);
    CHECK(signed_for({"10.8.0.0/16"}, "fd00::1") == X509_V_ERR_PERMITTED_VIOLATION);
    CHECK(signed_for({"10.8.0.0/16"}, "bank.com") == X509_V_ERR_EXCLUDED_VIOLATION);
    CHECK(signed_for({"example.cn", "10.8.0.0/16", "fd00::/8"}, "fd00::1") == X509_V_OK);
}

TEST_CASE("who steals the authority's key cannot make another authority, nor sign programs") {
    auto const now = core::system_now();
    auto const authority = make_authority("x", {*PermittedName::parse("example.cn")}, now, 100);
    CHECK(X509_get_pathlen(authority.issuer.get()) == 0);
    CHECK((X509_get_extended_key_usage(authority.issuer.get()) & XKU_CODE_SIGN) == 0);
    CHECK((X509_get_extended_key_usage(authority.issuer.get()) & XKU_SSL_SERVER) != 0);
    // The root's own key is in nobody's hands: what it signed once is all that it ever signs.
    auto const root_key = X509_get0_pubkey(authority.root.get());
    CHECK(EVP_PKEY_eq(root_key, authority.issuer_key.get()) == 0);
}

TEST_CASE("a revoked certificate stands on the signed list until it ends") {
    Office office;
    auto const one = *issue_certificate(office.place, {"box1.example.cn"}, 30);
    auto const two = *issue_certificate(office.place, {"box2.example.cn", "10.8.0.2"}, 30);
    CHECK(verdict(office.authority, one.chain, *revocation_list(office.place)) == X509_V_OK);
    auto const done = *revoke_certificate(office.place, one.record.serial);
    REQUIRE(done.size() == 1);
    CHECK(done[0].names == "box1.example.cn");
    auto const list = *revocation_list(office.place);
    CHECK(verdict(office.authority, one.chain, list) == X509_V_ERR_CERT_REVOKED);
    CHECK(verdict(office.authority, two.chain, list) == X509_V_OK);
    CHECK(is_revoked(*office.database, one.record.serial));
    CHECK(revoke_certificate(office.place, one.record.serial).error().key == "tls.unknown_certificate");
    CHECK(revoke_certificate(office.place, "box3.example.cn").error().key == "tls.unknown_certificate");
    CHECK(revoke_certificate(office.place, "BOX2.example.cn").has_value());
    CHECK(verdict(office.authority, two.chain, *revocation_list(office.place)) == X509_V_ERR_CERT_REVOKED);
}

TEST_CASE("the authority's key is sealed under a master key and for its owner only") {
    Office office;
    CHECK((fs::status(office.key()).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    auto const text = auth::read_private_file(office.key());
    CHECK(text.find("PRIVATE") == std::string::npos);
    CHECK_THROWS(key_from_der(text.substr(text.find('\n') + 1)));
    auto const changed = text.substr(0, text.size() - 1) + static_cast<char>(text.back() ^ 1);
    auth::write_private_file(office.key(), changed);
    CHECK_THROWS(issue_certificate(office.place, {"box.example.cn"}, 10));
    auth::write_private_file(office.key(), text);
    CHECK(office.refusal({"box.example.cn"}) == "issued");
    fs::permissions(office.key(), fs::perms::others_read, fs::perm_options::add);
    CHECK_THROWS(issue_certificate(office.place, {"box.example.cn"}, 10));
    auth::write_private_file(office.key(), text);
    auth::Keys::use(auth::Keys::in_memory());
    CHECK_THROWS(issue_certificate(office.place, {"box.example.cn"}, 10));  // its master key is gone
}

TEST_CASE("an authority that takes another's place signs alone, and the old key is gone") {
    Office office;
    auto const old_key = office.key();
    auto const before = *issue_certificate(office.place, {"box.example.cn"}, 30);
    auto const next = *create_authority(office.place, {"新机构", {"example.cn"}, true});
    CHECK_FALSE(fs::exists(old_key));
    CHECK(current_authority(*office.database)->id == next.id);
    auto const after = *issue_certificate(office.place, {"box.example.cn"}, 30);
    CHECK(verdict(next, after.chain) == X509_V_OK);
    CHECK(verdict(next, before.chain) != X509_V_OK);
    CHECK(issued_certificates(*office.database).size() == 2);
}

TEST_CASE("a node keeps its own certificate: new when it is missing, ends soon, is revoked or stands for other names") {
    Office office;
    OwnFiles const files{office.database.folder() + "/tls/certificate.pem", office.keys + "/tls.key"};
    std::vector<std::string> names{"hub.example.cn", "10.8.0.1"};
    auto const renewed = [&] { return *keep_own_certificate(office.place, names, files); };
    CHECK(renewed());
    CHECK_FALSE(renewed());
    CHECK(key_belongs(files.certificate, files.key));
    CHECK(verdict(office.authority, read_text(files.certificate)) == X509_V_OK);
    CHECK(read_certificate_file(files.certificate).days_left(core::system_now()) == own_days - 1);
    CHECK((fs::status(files.key).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);

    names = {"10.8.0.1", "HUB.example.cn"};
    CHECK_FALSE(renewed());
    names = {"hub.example.cn"};
    CHECK(renewed());
    CHECK(revoke_certificate(office.place, "hub.example.cn").has_value());
    CHECK(renewed());
    CHECK_FALSE(renewed());
    std::ofstream(files.key, std::ios::trunc) << "half a ke";
    CHECK(renewed());
    std::ofstream(files.certificate, std::ios::trunc) << "-----BEGIN";
    CHECK(renewed());
    auto const short_one = *issue_certificate(office.place, names, renew_days);
    auth::write_private_file(files.key, short_one.key);
    auth::write_private_file(files.certificate, short_one.chain);
    CHECK(renewed());
    CHECK(read_certificate_file(files.certificate).days_left(core::system_now()) == own_days - 1);
    office.authority = *create_authority(office.place, {"新机构", {"example.cn"}, true});
    CHECK(renewed());
    CHECK(verdict(office.authority, read_text(files.certificate)) == X509_V_OK);
    names = {"bank.com"};
    CHECK(keep_own_certificate(office.place, names, files).error().key == "tls.not_permitted");
    CHECK(key_belongs(files.certificate, files.key));
}
