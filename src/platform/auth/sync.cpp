#include "platform/auth/sync.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/base64.hpp"
#include "platform/auth/bindings.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"

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
    // Whoever has rights beyond the subtree keeps the password that he chose above.
    std::string const elsewhere =
        "SELECT 1 FROM auth_grant g WHERE g.district_id = $1 AND g.person_id = auth_account.person_id"
        " AND g.to_date IS NULL AND g.org_id NOT IN (" +
        held.orgs + ")";
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
                .writable = accounts + " AND NOT EXISTS (" + elsewhere + ")"});
    shapes.add({.type = "auth.Grant",
                .direction = sync::Direction::down,
                .tables = {{.name = "auth_grant"}},
                .held = "SELECT id FROM auth_grant WHERE district_id = $1 AND org_id IN (" + held.orgs + ")",
                .moves = true});
}

}  // namespace santong::auth
