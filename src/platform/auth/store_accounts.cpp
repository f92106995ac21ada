#include <map>

#include "platform/auth/store.hpp"

#define ACCOUNT_COLUMNS                                                                                  \
    "id, person_id, login, status, password_hash, must_change, language, made_at, password_changed_at, " \
    "last_sign_in_at"

namespace santong::auth::store {

namespace {

/// An account as it is inserted.
struct NewRow {
    core::AccountId id;
    core::PersonId person_id;
    std::string login;
    AccountStatus status = AccountStatus::active;
    std::string status_before;
    std::optional<std::string> password_hash;
    bool must_change = false;
    std::string language;
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(NewRow, (),
                      (id, person_id, login, status, status_before, password_hash, must_change, language, made_at))

/// A login as it is inserted; the district is added.
struct NewLogin {
    std::string login;
    core::AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(NewLogin, (), (login, account_id))

constexpr std::size_t chunk = 500;  // items of one list parameter

template <class T>
std::vector<T> part_of(std::vector<T> const& all, std::size_t from) {
    auto const to = std::min(all.size(), from + chunk);
    return {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

std::optional<LoginRow> find_login(sql::Tx& tx, std::string const& login) {
    return tx.optional_row<LoginRow>("SELECT login, district_id, account_id FROM auth_login WHERE login = $1", login);
}

std::vector<std::string> logins_taken(sql::Tx& tx, std::vector<LoginRow> const& rows) {
    std::vector<std::string> names;
    std::map<std::string, core::AccountId> owner;
    std::vector<std::string> taken;
    for (auto const& row : rows) {
        names.push_back(row.login);
        if (!owner.emplace(row.login, row.account_id).second) taken.push_back(row.login);
    }
    for (std::size_t from = 0; from < names.size(); from += chunk) {
        for (auto const& found : tx.rows<LoginRow>(
                 "SELECT login, district_id, account_id FROM auth_login WHERE login {in $1}", part_of(names, from))) {
            if (owner[found.login] != found.account_id) taken.push_back(found.login);
        }
    }
    return taken;
}

void insert_accounts(sql::Tx& tx, std::vector<Account> const& accounts) {
    std::vector<NewRow> rows;
    std::vector<NewLogin> logins;
    for (auto const& account : accounts) {
        rows.push_back({account.id, account.person_id, account.login, account.status,
                        std::string(core::enum_text(account.status)), account.password_hash, account.must_change,
                        account.language, account.made_at});
        logins.push_back({account.login, account.id});
    }
    tx.insert("auth_login", logins);
    tx.insert("auth_account", rows);
}

std::optional<Account> find_account(sql::Tx& tx, core::AccountId const& id) {
    return tx.optional_row<Account>("SELECT " ACCOUNT_COLUMNS " FROM auth_account WHERE district_id = $1 AND id = $2",
                                    tx.district(), id);
}

std::vector<Account> accounts_of(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    return tx.rows<Account>("SELECT " ACCOUNT_COLUMNS
                            " FROM auth_account"
                            " WHERE district_id = $1 AND person_id {in $2} ORDER BY id",
                            tx.district(), persons);
}

std::vector<Account> accounts_by_id(sql::Tx& tx, std::vector<core::AccountId> const& ids) {
    return tx.rows<Account>("SELECT " ACCOUNT_COLUMNS
                            " FROM auth_account"
                            " WHERE district_id = $1 AND id {in $2} ORDER BY id",
                            tx.district(), ids);
}

std::vector<Account> list_accounts(sql::Tx& tx, AccountFilter const& filter) {
    return tx.rows<Account>("SELECT " ACCOUNT_COLUMNS
                            " FROM auth_account"
                            " WHERE district_id = $1 AND login > $2 AND ($3 = '' OR status = $3)"
                            " AND ($4 = '' OR SUBSTR(login, 1, LENGTH($4)) = $4)"
                            " ORDER BY login LIMIT $5",
                            tx.district(), filter.after, filter.status, filter.login_from, filter.limit);
}

std::vector<StatusRow> count_accounts(sql::Tx& tx, std::string const& login_from) {
    return tx.rows<StatusRow>(
        "SELECT status AS value, COUNT(*) AS count FROM auth_account WHERE district_id = $1"
        " AND ($2 = '' OR SUBSTR(login, 1, LENGTH($2)) = $2) GROUP BY status ORDER BY status",
        tx.district(), login_from);
}

void set_status(sql::Tx& tx, core::AccountId const& id, AccountStatus status) {
    if (status == AccountStatus::disabled) {
        tx.execute(
            "UPDATE auth_account SET status_before = status, status = 'disabled'"
            " WHERE district_id = $1 AND id = $2 AND status <> 'disabled'",
            tx.district(), id);
        return;
    }
    tx.execute(
        "UPDATE auth_account SET status_before = $3,"
        " status = CASE WHEN status = 'disabled' THEN status ELSE $3 END WHERE district_id = $1 AND id = $2",
        tx.district(), id, status);
}

bool enable(sql::Tx& tx, core::AccountId const& id) {
    return tx.execute(
               "UPDATE auth_account SET status = status_before"
               " WHERE district_id = $1 AND id = $2 AND status = 'disabled'",
               tx.district(), id) == 1;
}

void set_password(sql::Tx& tx, core::AccountId const& id, std::optional<std::string> const& hash, bool must_change,
                  core::Instant at) {
    tx.execute(
        "UPDATE auth_account SET password_hash = $3, must_change = $4, password_changed_at = $5"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id, hash, must_change, at);
}

void require_change(sql::Tx& tx, std::vector<core::AccountId> const& ids) {
    for (std::size_t from = 0; from < ids.size(); from += chunk) {
        tx.execute("UPDATE auth_account SET must_change = TRUE WHERE district_id = $1 AND id {in $2}", tx.district(),
                   part_of(ids, from));
    }
}

void set_language(sql::Tx& tx, core::AccountId const& id, std::string const& language) {
    tx.execute("UPDATE auth_account SET language = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, language);
}

void note_sign_in(sql::Tx& tx, core::AccountId const& id, core::Instant at) {
    tx.execute("UPDATE auth_account SET last_sign_in_at = $3 WHERE district_id = $1 AND id = $2", tx.district(), id,
               at);
}

void put_past(sql::Tx& tx, core::AccountId const& id, core::Instant made_at,
              std::optional<core::Instant> signed_in_at) {
    tx.execute(
        "UPDATE auth_account SET made_at = $3, last_sign_in_at = $4,"
        " password_changed_at = CASE WHEN password_changed_at IS NULL THEN NULL ELSE made_at END"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id, made_at, signed_in_at);
}

void set_first_password(sql::Tx& tx, core::AccountId const& id, std::string const& hash, core::Instant at) {
    tx.execute(
        "UPDATE auth_account SET password_hash = $3, password_changed_at = $4"
        " WHERE district_id = $1 AND id = $2 AND password_hash IS NULL",
        tx.district(), id, hash, at);
}

void erase_account(sql::Tx& tx, Account const& account) {
    auto const district = tx.district();
    tx.execute("DELETE FROM auth_login WHERE login = $1", account.login);
    tx.execute("DELETE FROM auth_code WHERE district_id = $1 AND account_id = $2", district, account.id);
    tx.execute("DELETE FROM auth_pin WHERE district_id = $1 AND account_id = $2", district, account.id);
    tx.execute("DELETE FROM auth_totp WHERE district_id = $1 AND account_id = $2", district, account.id);
    tx.execute("DELETE FROM auth_session WHERE district_id = $1 AND account_id = $2", district, account.id);
    tx.execute("DELETE FROM auth_known_client WHERE district_id = $1 AND account_id = $2", district, account.id);
    tx.execute("DELETE FROM auth_account WHERE district_id = $1 AND id = $2", district, account.id);
}

void put_codes(sql::Tx& tx, std::vector<CodeRow> const& rows) {
    tx.insert("auth_code", rows,
              "ON CONFLICT (district_id, account_id) DO UPDATE SET mac = excluded.mac, made_at = excluded.made_at,"
              " expires_at = excluded.expires_at");
}

std::optional<CodeRow> find_code(sql::Tx& tx, core::AccountId const& id) {
    return tx.optional_row<CodeRow>(
        "SELECT account_id, mac, made_at, expires_at FROM auth_code"
        " WHERE district_id = $1 AND account_id = $2",
        tx.district(), id);
}

bool remove_code(sql::Tx& tx, core::AccountId const& id) {
    return tx.execute("DELETE FROM auth_code WHERE district_id = $1 AND account_id = $2", tx.district(), id) > 0;
}

void sweep_codes(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM auth_code WHERE district_id = $1 AND expires_at <= $2", tx.district(), now);
}

void put_pin(sql::Tx& tx, core::AccountId const& id, std::string const& hash, core::Instant at) {
    tx.execute(
        "INSERT INTO auth_pin (district_id, account_id, pin_hash, made_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (district_id, account_id) DO UPDATE SET pin_hash = $3, made_at = $4",
        tx.district(), id, hash, at);
}

std::optional<std::string> find_pin(sql::Tx& tx, core::AccountId const& id) {
    return tx.value<std::string>("SELECT pin_hash FROM auth_pin WHERE district_id = $1 AND account_id = $2",
                                 tx.district(), id);
}

std::vector<core::AccountId> accounts_with_pin(sql::Tx& tx, std::vector<core::AccountId> const& ids) {
    return tx.column<core::AccountId>("SELECT account_id FROM auth_pin WHERE district_id = $1 AND account_id {in $2}",
                                      tx.district(), ids);
}

std::optional<TotpRow> find_totp(sql::Tx& tx, core::AccountId const& id) {
    return tx.optional_row<TotpRow>(
        "SELECT account_id, key_id, sealed, confirmed, last_step, made_at FROM auth_totp"
        " WHERE district_id = $1 AND account_id = $2",
        tx.district(), id);
}

void put_totp(sql::Tx& tx, TotpRow const& row) {
    tx.insert_one("auth_totp", row,
                  "ON CONFLICT (district_id, account_id) DO UPDATE SET key_id = excluded.key_id,"
                  " sealed = excluded.sealed, confirmed = excluded.confirmed, last_step = excluded.last_step,"
                  " made_at = excluded.made_at");
}

void remove_totp(sql::Tx& tx, core::AccountId const& id) {
    tx.execute("DELETE FROM auth_totp WHERE district_id = $1 AND account_id = $2", tx.district(), id);
}

bool use_totp_step(sql::Tx& tx, core::AccountId const& id, std::int64_t step) {
    return tx.execute(
               "UPDATE auth_totp SET last_step = $3, confirmed = TRUE"
               " WHERE district_id = $1 AND account_id = $2 AND last_step < $3",
               tx.district(), id, step) == 1;
}

std::vector<core::AccountId> accounts_with_totp(sql::Tx& tx, std::vector<core::AccountId> const& ids) {
    return tx.column<core::AccountId>(
        "SELECT account_id FROM auth_totp WHERE district_id = $1 AND account_id {in $2} AND confirmed", tx.district(),
        ids);
}

}  // namespace santong::auth::store
