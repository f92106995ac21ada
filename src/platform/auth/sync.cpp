#include "platform/auth/sync.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/base64.hpp"
#include "platform/auth/bindings.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/own_key.hpp"

namespace santong::auth {

namespace {

constexpr char const* in_transit = "transit";

std::size_t column_of(sync::Rows const& rows, std::string_view name) {
    auto const found = std::ranges::find(rows.columns, name);
    if (found == rows.columns.end()) throw std::invalid_argument(rows.table + " came without " + std::string(name));
    return static_cast<std::size_t>(found - rows.columns.begin());
}

/// Calls recode(binding, key id, wrapped key) for each person whose key was not destroyed.
template <class Recode>
void each_key(sql::Tx& tx, sync::Rows& rows, Recode recode) {
    auto const person = column_of(rows, "person_id"), id = column_of(rows, "key_id"),
               wrapped = column_of(rows, "wrapped");
    for (auto& row : rows.rows) {
        if (row.size() != rows.columns.size() || !row[person] || !row[id])
            throw std::invalid_argument("a person's key without its person");
        if (!row[wrapped]) continue;
        auto const owner = core::PersonId::parse(*row[person]);
        auto const bytes = core::base64_decode(*row[wrapped]);
        if (!owner || !bytes) throw std::invalid_argument("a person's key that cannot be read");
        auto const sealed = recode(person_binding(tx.district(), *owner, "key"), *row[id], *bytes);
        row[id] = sealed.key_id;
        row[wrapped] = core::base64(sealed.bytes);
    }
}

/// Codes and PINs with their own keys under the link's; what was keyed under this node's keys alone stays here.
void own_keys_out(sync::Rows& rows, std::string_view column, std::string const& kind, std::string_view peer_key) {
    auto const account = column_of(rows, "account_id"), text = column_of(rows, column);
    std::erase_if(rows.rows, [&](auto& row) {
        auto const sealed = own_key::out(row[text].value_or(""), kind + row[account].value_or(""), peer_key);
        if (sealed) row[text] = *sealed;
        return !sealed;
    });
}

void own_keys_in(sync::Rows& rows, std::string_view column, std::string const& kind, std::string_view peer_key) {
    auto const account = column_of(rows, "account_id"), text = column_of(rows, column);
    for (auto& row : rows.rows) {
        if (row.size() != rows.columns.size() || !row[account] || !row[text])
            throw std::invalid_argument(rows.table + " without its account");
        row[text] = own_key::in(*row[text], kind + *row[account], peer_key);
    }
}

/// Calls recode(binding, key id, sealed secret) for each second factor.
template <class Recode>
void each_factor(sql::Tx& tx, sync::Rows& rows, Recode recode) {
    auto const account = column_of(rows, "account_id"), id = column_of(rows, "key_id"), at = column_of(rows, "sealed");
    for (auto& row : rows.rows) {
        auto const owner =
            row.size() == rows.columns.size() && row[account] ? core::AccountId::parse(*row[account]) : std::nullopt;
        auto const bytes = owner && row[at] ? core::base64_decode(*row[at]) : std::nullopt;
        if (!owner || !bytes || !row[id]) throw std::invalid_argument("a second factor that cannot be read");
        Sealed const sealed = recode(totp_binding(tx.district(), *owner), *row[id], *bytes);
        row[id] = sealed.key_id;
        row[at] = core::base64(sealed.bytes);
    }
}

void factors_out(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    each_factor(tx, rows, [&](std::string const& bound, std::string const& id, std::string const& bytes) {
        auto secret = Keys::current().open(KeyPurpose::second_factor, {id, bytes}, bound);
        if (!secret) throw std::runtime_error("a second factor does not open: is the right keys folder in place?");
        Sealed sealed{in_transit, crypto::seal(peer_key, *secret, bound)};
        crypto::wipe(*secret);
        return sealed;
    });
}

void factors_in(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    each_factor(tx, rows, [&](std::string const& bound, std::string const&, std::string const& bytes) {
        auto secret = crypto::open(peer_key, bytes, bound);
        if (!secret) throw std::invalid_argument("a second factor that was not sealed for this node");
        auto sealed = Keys::current().seal(KeyPurpose::second_factor, *secret, bound);
        crypto::wipe(*secret);
        return sealed;
    });
}

/// SELECT of the accounts of people who have no role outside of the subtree.
std::string at_home_only(HeldBy const& held) {
    return "SELECT id FROM auth_account WHERE district_id = $1 AND person_id IN (" + held.persons +
           ") AND person_id NOT IN (SELECT person_id FROM auth_grant WHERE district_id = $1 AND (to_date IS NULL OR"
           " to_date >= CURRENT_DATE) AND org_id NOT IN (" +
           held.orgs + "))";
}

/// A secret of accounts: those that have one, and those of which it is known that they had.
sync::Shape secret(HeldBy const& held, std::string const& type, std::string const& table) {
    return {.type = type,
            .direction = sync::Direction::both,
            .tables = {{.name = table, .key = "account_id"}},
            .held = "SELECT id FROM auth_account WHERE district_id = $1 AND person_id IN (" + held.persons +
                    ") AND (id IN (SELECT account_id FROM " + table +
                    " WHERE district_id = $1) OR CAST(id AS TEXT) IN (SELECT entity_id FROM feed_entry WHERE"
                    " district_id = $1 AND type = '" +
                    type + "'))",
            .writes = at_home_only(held),
            .moves = true};
}

void add_secrets(sync::Shapes& shapes, HeldBy const& held) {
    auto code = secret(held, "auth.Code", "auth_code");
    code.outgoing = [](sql::Tx&, sync::Rows& rows, std::string_view key) { own_keys_out(rows, "mac", "code|", key); };
    code.incoming = [](sql::Tx&, sync::Rows& rows, std::string_view key) { own_keys_in(rows, "mac", "code|", key); };
    shapes.add(std::move(code));
    auto pin = secret(held, "auth.Pin", "auth_pin");
    pin.outgoing = [](sql::Tx&, sync::Rows& rows, std::string_view key) {
        own_keys_out(rows, "pin_hash", "pin|", key);
    };
    pin.incoming = [](sql::Tx&, sync::Rows& rows, std::string_view key) { own_keys_in(rows, "pin_hash", "pin|", key); };
    shapes.add(std::move(pin));
    auto factor = secret(held, "auth.SecondFactor", "auth_totp");
    factor.outgoing = factors_out;
    factor.incoming = factors_in;
    shapes.add(std::move(factor));
}

}  // namespace

void person_keys_out(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    each_key(tx, rows, [&](std::string const& bound, std::string const& id, std::string const& wrapped) {
        auto key = Keys::current().open(KeyPurpose::person_keys, {id, wrapped}, bound);
        if (!key) throw std::runtime_error("a person's key does not open: is the right keys folder in place?");
        Sealed const sealed{in_transit, crypto::seal(peer_key, *key, bound)};
        crypto::wipe(*key);
        return sealed;
    });
}

void person_keys_in(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    each_key(tx, rows, [&](std::string const& bound, std::string const&, std::string const& wrapped) {
        auto key = crypto::open(peer_key, wrapped, bound);
        if (!key) throw std::invalid_argument("a person's key that was not sealed for this node");
        auto sealed = Keys::current().seal(KeyPurpose::person_keys, *key, bound);
        crypto::wipe(*key);
        return sealed;
    });
}

void add_shapes(sync::Shapes& shapes, HeldBy const& held) {
    std::string const accounts =
        "SELECT id FROM auth_account WHERE district_id = $1 AND person_id IN (" + held.persons + ")";
    shapes.add({.type = "auth.Account",
                .direction = sync::Direction::down,
                .tables = {{.name = "auth_account",
                            .stay = {"last_sign_in_at"},
                            .once = {"password_hash", "must_change", "password_changed_at"}},
                           {.name = "auth_login", .key = "account_id"}},
                .held = accounts,
                .moves = true});
    shapes.add({.type = "auth.Password",
                .direction = sync::Direction::both,
                .tables = {{.name = "auth_account", .group = {"password_hash", "must_change", "password_changed_at"}}},
                .held = accounts,
                .writes = at_home_only(held)});
    add_secrets(shapes, held);
    shapes.add({.type = "auth.Grant",
                .direction = sync::Direction::down,
                .tables = {{.name = "auth_grant"}},
                .held = "SELECT id FROM auth_grant WHERE district_id = $1 AND org_id IN (" + held.orgs + ")",
                .moves = true});
}

}  // namespace santong::auth
