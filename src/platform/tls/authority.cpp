#include "platform/tls/authority.hpp"

#include <algorithm>
#include <filesystem>

#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/sql/migrate.hpp"
#include "platform/text/utf8.hpp"
#include "platform/tls/certificate.hpp"
#include "platform/tls/pem.hpp"
#include "platform/tls/signing.hpp"
#include "platform/tls/store.hpp"

namespace santong::tls {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longest_name = 60;
constexpr int revocation_list_days = 30;

fs::path key_path(AuthorityPlace const& place, AuthorityId const& id) {
    return fs::path(place.keys) / authority_key_file(id);
}

/// The key is bound to its authority: under another name it does not open.
void keep_key(AuthorityPlace const& place, AuthorityId const& id, EVP_PKEY* key) {
    auto clear = der_of(key);
    auto const sealed = auth::Keys::current().seal(auth::KeyPurpose::certificate_authority, clear, id.text());
    auth::crypto::wipe(clear);
    auth::write_private_file(key_path(place, id), sealed.key_id + "\n" + sealed.bytes);
}

KeyHandle open_key(AuthorityPlace const& place, AuthorityId const& id) {
    auto const text = auth::read_private_file(key_path(place, id));
    auto const line = std::min(text.find('\n'), text.size());
    auth::Sealed const sealed{text.substr(0, line), text.substr(std::min(line + 1, text.size()))};
    auto clear = auth::Keys::current().open(auth::KeyPurpose::certificate_authority, sealed, id.text());
    if (!clear)
        throw std::runtime_error("the authority's key does not open: its master key is missing, or it was altered");
    auto key = key_from_der(*clear);
    auth::crypto::wipe(*clear);
    return key;
}

void audit(sql::Tx& tx, std::string action, std::string subject) {
    if (tx.district() == 0) return;
    auth::Caller terminal;
    terminal.district = tx.district();
    terminal.client = "terminal";
    auth::audit(tx, terminal, {std::move(action), std::move(subject), "{}"});
}

template <class Name>
core::Result<std::vector<Name>> parsed(std::vector<std::string> const& texts) {
    std::vector<Name> names;
    for (auto const& text : texts) {
        auto name = Name::parse(text);
        if (!name) return core::invalid("tls.bad_name", {{"name", text}});
        names.push_back(std::move(*name));
    }
    if (names.empty()) return core::invalid("tls.no_names");
    return names;
}

template <class Name>
std::string text_of(std::vector<Name> const& names) {
    std::vector<std::string> texts;
    for (auto const& name : names) texts.push_back(name.text());
    return joined(texts);
}

core::Result<void> check_permitted(Authority const& authority, std::vector<SiteName> const& names) {
    for (auto const& name : names) {
        auto const all = words(authority.permitted);
        bool const allowed = std::any_of(all.begin(), all.end(), [&](std::string const& text) {
            auto const permitted = PermittedName::parse(text);
            return permitted && permitted->covers(name);
        });
        if (!allowed)
            return core::invalid("tls.not_permitted", {{"name", name.text()}, {"permitted", authority.permitted}});
    }
    return {};
}

/// What stands under names or serial numbers of people at a terminal.
std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

std::string authority_key_file(AuthorityId const& id) {
    return "authority-" + id.text() + ".key";
}

core::Result<Authority> create_authority(AuthorityPlace const& place, NewAuthorityRequest const& request) {
    auto const permitted = TRY(parsed<PermittedName>(request.permits));
    bool const odd = text::has_control_characters(request.name, text::LineBreaks::refuse);
    if (odd || request.name.empty() || text::count_characters(request.name) > longest_name)
        return core::invalid("tls.bad_authority_name");
    auto const before = current_authority(place.db);
    if (before && !request.replace) return core::conflict("tls.authority_exists", {{"name", before->name}});
    auto const now = core::system_now();
    auto const fresh = make_authority(request.name, permitted, now, authority_days);
    Authority authority{
        AuthorityId::make(),        request.name, text_of(permitted),           pem_of(fresh.root.get()),
        pem_of(fresh.issuer.get()), now,          now.plus_days(authority_days)};
    keep_key(place, authority.id, fresh.issuer_key.get());
    place.db.transact(place.district, [&](sql::Tx& tx) {
        store::insert_authority(tx, authority);
        audit(tx, "authority.create", authority.id.text());
    });
    if (before) fs::remove(key_path(place, before->id));
    return authority;
}

std::optional<Authority> current_authority(sql::Database& db) {
    return db.read(0, [](sql::Tx& tx) { return store::current_authority(tx); });
}

std::optional<Authority> known_authority(sql::Tx& tx) {
    auto const applied = sql::applied_migrations(tx);
    bool const known = std::any_of(applied.begin(), applied.end(), [](auto const& one) { return one.module == "tls"; });
    return known ? store::current_authority(tx) : std::nullopt;
}

core::Result<IssuedPair> issue_certificate(AuthorityPlace const& place, std::vector<std::string> const& wanted,
                                           int days) {
    auto const authority = current_authority(place.db);
    if (!authority) return core::not_found("tls.no_authority");
    auto const names = TRY(parsed<SiteName>(wanted));
    TRY_VOID(check_permitted(*authority, names));
    if (days < 1 || days > longest_days) return core::invalid("tls.too_long", {{"days", std::to_string(longest_days)}});
    auto const now = core::system_now();
    // It begins an hour ago, for clocks that are slow, and that hour is part of its days.
    Validity const validity{now.plus_seconds(-3'600),
                            std::min(now.plus_seconds(-3'600).plus_days(days), authority->expires_at)};
    auto const issuer = certificate_from_pem(authority->issuer);
    auto const signing_key = open_key(place, authority->id);
    auto const key = new_key();
    auto const certificate = sign_server({issuer.get(), signing_key.get()}, key.get(), names, validity);
    IssuedPair pair;
    pair.record = {serial_text(certificate.get()), authority->id, text_of(names), now, validity.until, std::nullopt};
    pair.chain = pem_of(certificate.get()) + authority->issuer;
    pair.key = pem_of(key.get());
    place.db.transact(place.district, [&](sql::Tx& tx) {
        store::insert_certificate(tx, pair.record);
        audit(tx, "authority.issue", pair.record.names);
    });
    return pair;
}

core::Result<std::vector<IssuedCertificate>> revoke_certificate(AuthorityPlace const& place, std::string const& which) {
    auto const now = core::system_now();
    auto const wanted = lower(which);
    return place.db.transact(place.district, [&](sql::Tx& tx) -> core::Result<std::vector<IssuedCertificate>> {
        std::vector<IssuedCertificate> done;
        for (auto one : store::certificates(tx)) {
            auto const names = words(one.names);
            bool const meant = one.serial == wanted || std::find(names.begin(), names.end(), wanted) != names.end();
            if (!meant || one.expires_at <= now || !store::revoke(tx, one.serial, now)) continue;
            one.revoked_at = now;
            audit(tx, "authority.revoke", one.serial);
            done.push_back(std::move(one));
        }
        if (done.empty()) return core::Error(core::ErrorCode::not_found, "tls.unknown_certificate", {{"which", which}});
        return done;
    });
}

std::vector<IssuedCertificate> issued_certificates(sql::Database& db) {
    return db.read(0, [](sql::Tx& tx) { return store::certificates(tx); });
}

bool is_revoked(sql::Database& db, std::string const& serial) {
    auto const found = db.read(0, [&](sql::Tx& tx) { return store::find_certificate(tx, serial); });
    return found && found->revoked_at;
}

core::Result<std::string> revocation_list(AuthorityPlace const& place) {
    auto const authority = current_authority(place.db);
    if (!authority) return core::not_found("tls.no_authority");
    auto const now = core::system_now();
    std::vector<RevokedSerial> serials;
    for (auto const& one : place.db.read(0, [&](sql::Tx& tx) { return store::revoked(tx, authority->id, now); }))
        serials.push_back({one.serial, *one.revoked_at});
    auto const issuer = certificate_from_pem(authority->issuer);
    auto const key = open_key(place, authority->id);
    auto const list = sign_revocations({issuer.get(), key.get()}, serials,
                                       {now.plus_seconds(-3'600), now.plus_days(revocation_list_days)});
    return der_of(list.get());
}

}  // namespace santong::tls
