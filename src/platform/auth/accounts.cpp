#include "platform/auth/accounts.hpp"

#include <algorithm>

#include "platform/auth/audit.hpp"
#include "platform/auth/credentials.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/throttle.hpp"
#include "platform/feed/feed.hpp"

namespace santong::auth {

namespace {

constexpr std::size_t code_length = 10;
constexpr int code_days = 90;
constexpr int largest_page = 200;

/// What the feed tells of an account: never a hash.
struct AccountState {
    core::AccountId id;
    core::PersonId person_id;
    std::string login;
    AccountStatus status = AccountStatus::active;
};
BOOST_DESCRIBE_STRUCT(AccountState, (), (id, person_id, login, status))

/// What the feed tells of a password, a code, a PIN or a second factor: whose it is.
struct PasswordState {
    core::AccountId id;
};
BOOST_DESCRIBE_STRUCT(PasswordState, (), (id))

void publish(sql::Tx& tx, Account const& account) {
    feed::put(tx, {"auth.Account", account.id.text(), {}},
              AccountState{account.id, account.person_id, account.login, account.status});
}

void publish(sql::Tx& tx, core::AccountId const& id) {
    if (auto const account = store::find_account(tx, id)) publish(tx, *account);
}

core::Result<void> require_district(sql::Tx& tx, Gate const& gate, Caller const& caller, Permission permission) {
    SANTONG_ASSERT(gate.options().details != nullptr);
    return caller.require(tx, permission, gate.options().details->district(tx).id);
}

/// The account, if this caller may look after it.
core::Result<Account> managed(sql::Tx& tx, Gate const& gate, Caller const& caller, core::AccountId const& id) {
    TRY_VOID(require_district(tx, gate, caller, permissions::manage_accounts));
    auto account = store::find_account(tx, id);
    if (!account) return core::not_found();
    if (account->person_id == caller.person) return core::forbidden("auth.not_yourself");
    auto const grants = store::open_grants_of(tx, account->person_id, gate.today());
    bool const separated = std::ranges::any_of(grants, [](GrantRow const& row) { return is_separated(row.role); });
    bool const bureau =
        std::ranges::any_of(grants, [](GrantRow const& row) { return may_give(Role::secadmin, row.role); });
    // The office may not take over who stands above or beside it; the system administrator not the other two.
    bool const allowed = separated ? caller.has_role(Role::secadmin)
                         : bureau  ? caller.has_role(Role::sysadmin)
                                   : caller.has_role(Role::sysadmin) || caller.has_role(Role::info_office);
    if (!allowed) return core::forbidden("auth.not_above_your_own");
    return std::move(*account);
}

template <class Act>
core::Result<void> manage(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id, Act act) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const account = TRY(managed(tx, gate, caller, id));
        return act(tx, account);
    });
}

void remove_second_factor(sql::Tx& tx, core::AccountId const& account) {
    store::remove_totp(tx, account);
    tell_second_factor(tx, account);
}

CodeRow code_row(core::AccountId const& account, std::string const& code) {
    auto const now = gate_now();
    return {account, code_mac(account, code), now, now.plus_days(code_days)};
}

}  // namespace

core::Result<std::vector<Account>> create_accounts(sql::Tx& tx, std::vector<NewAccount> const& wanted) {
    std::vector<Account> accounts;
    std::vector<store::LoginRow> logins;
    for (auto const& one : wanted) {
        Account account;
        account.id = core::AccountId::make();
        account.person_id = one.person_id;
        account.login = normalized_login(one.login);
        account.status = one.status;
        account.made_at = gate_now();
        if (account.login.empty()) return core::invalid_at("/login", "core.required");
        logins.push_back({account.login, tx.district(), account.id});
        accounts.push_back(std::move(account));
    }
    if (auto const taken = store::logins_taken(tx, logins); !taken.empty()) {
        return core::conflict("auth.login_taken", {{"login", taken.front()}});
    }
    store::insert_accounts(tx, accounts);
    for (auto const& account : accounts) publish(tx, account);
    return accounts;
}

std::vector<Account> accounts_of(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    return store::accounts_of(tx, persons);
}

std::vector<std::string> logins_in_use(sql::Tx& tx, std::vector<std::string> const& logins) {
    std::vector<store::LoginRow> rows;
    for (auto const& login : logins) rows.push_back({normalized_login(login), tx.district(), {}});
    return store::logins_taken(tx, rows);
}

std::vector<IssuedCode> issue_codes(sql::Tx& tx, std::vector<Account> const& accounts) {
    std::vector<IssuedCode> issued;
    std::vector<CodeRow> rows;
    std::vector<core::AccountId> ids;
    for (auto const& account : accounts) {
        ids.push_back(account.id);
        std::string code = crypto::readable_code(code_length);
        rows.push_back(code_row(account.id, code));
        issued.push_back({account.id, account.person_id, account.login, std::move(code)});
    }
    store::put_codes(tx, rows);
    store::require_change(tx, ids);
    for (auto const& id : ids) {
        tell_code(tx, id);
        tell_password(tx, id);
    }
    return issued;
}

core::Result<IssuedCode> reset_code(sql::Tx& tx, core::AccountId const& id) {
    auto const account = store::find_account(tx, id);
    if (!account) return core::not_found();
    std::string code = crypto::readable_code(code_length);
    store::put_codes(tx, {code_row(id, code)});
    store::set_password(tx, id, std::nullopt, true, gate_now());
    tell_code(tx, id);
    tell_password(tx, id);
    store::forget_tries(tx, throttle::key(throttle::per_login, account->login));
    end_sessions(tx, id);
    return IssuedCode{id, account->person_id, account->login, std::move(code)};
}

core::Result<IssuedCode> code_for_login(sql::Database& db, std::string const& login, ResetRequest const& request) {
    auto const row = db.read(0, [&](sql::Tx& tx) { return store::find_login(tx, normalized_login(login)); });
    if (!row) return core::not_found();
    return db.transact(row->district_id, [&](sql::Tx& tx) -> core::Result<IssuedCode> {
        bool const second_factor = request.second_factor.value_or(false);
        if (second_factor) remove_second_factor(tx, row->account_id);
        audit(tx, terminal_caller(row->district_id),
              {"account.reset", row->account_id.text(), second_factor ? R"({"second_factor":true})" : "{}"});
        return reset_code(tx, row->account_id);
    });
}

std::optional<LoginOwner> owner_of_login(sql::Database& db, std::string const& login) {
    auto const row = db.read(0, [&](sql::Tx& tx) { return store::find_login(tx, normalized_login(login)); });
    if (!row) return std::nullopt;
    return db.read(row->district_id, [&](sql::Tx& tx) -> std::optional<LoginOwner> {
        auto const account = store::find_account(tx, row->account_id);
        if (!account) return std::nullopt;
        return LoginOwner{row->district_id, account->id, account->person_id, account->status};
    });
}

void set_status(sql::Tx& tx, core::AccountId const& account, AccountStatus status) {
    store::set_status(tx, account, status);
    if (status != AccountStatus::active) end_sessions(tx, account);
    publish(tx, account);
}

void erase_accounts(sql::Tx& tx, core::PersonId const& person) {
    for (auto const& account : store::accounts_of(tx, {person})) {
        store::erase_account(tx, account);
        forget_after_commit(tx, account.id);
        feed::remove(tx, {"auth.Account", account.id.text(), {}});
    }
    for (auto const& grant : store::all_grants_of(tx, person)) {
        feed::remove(tx, {"auth.Grant", grant.id.text(), grant.org_id});
    }
    store::erase_grants(tx, person);
}

void set_password_hash(sql::Tx& tx, core::AccountId const& account, std::string const& hash, bool must_change) {
    store::set_password(tx, account, hash, must_change, gate_now());
    tell_password(tx, account);
    if (store::remove_code(tx, account)) tell_code(tx, account);
    end_sessions(tx, account);
}

void tell_password(sql::Tx& tx, core::AccountId const& account) {
    feed::put(tx, {"auth.Password", account.text(), {}}, PasswordState{account});
}

void tell_code(sql::Tx& tx, core::AccountId const& account) {
    feed::put(tx, {"auth.Code", account.text(), {}}, PasswordState{account});
}

void tell_second_factor(sql::Tx& tx, core::AccountId const& account) {
    feed::put(tx, {"auth.SecondFactor", account.text(), {}}, PasswordState{account});
}

void set_totp_secret(sql::Tx& tx, core::AccountId const& account, std::string const& secret) {
    auto row = sealed_totp(tx.district(), account, secret);
    row.confirmed = true;
    store::put_totp(tx, row);
    tell_second_factor(tx, account);
    end_sessions(tx, account);
}

void write_past(sql::Tx& tx, std::vector<AccountPast> const& accounts, std::string const& unknown_hash) {
    for (auto const& one : accounts) {
        store::put_past(tx, one.id, one.made_at, one.last_sign_in_at);
        if (one.last_sign_in_at) store::set_first_password(tx, one.id, unknown_hash, *one.last_sign_in_at);
    }
}

std::vector<core::AccountId> accounts_with_pin(sql::Tx& tx, std::vector<core::AccountId> const& accounts) {
    return store::accounts_with_pin(tx, accounts);
}

void set_pin_hash(sql::Tx& tx, core::AccountId const& account, std::string const& hash) {
    store::put_pin(tx, account, hash, gate_now());
    feed::put(tx, {"auth.Pin", account.text(), {}}, PasswordState{account});
}

namespace {

void count_statuses(sql::Tx& tx, AccountQuery const& query, AccountPage& page) {
    auto& counts = page.facets["status"];
    page.total = 0;
    for (auto const& row : store::count_accounts(tx, normalized_login(query.q))) {
        counts.push_back({row.value, row.count});
        if (query.status.empty() || query.status == row.value) *page.total += row.count;
    }
}

}  // namespace

core::Result<AccountPage> list_accounts(sql::Database& db, Gate& gate, Caller const& caller,
                                        AccountQuery const& query) {
    int const limit = std::clamp(query.limit, 1, largest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<AccountPage> {
        TRY_VOID(require_district(tx, gate, caller, permissions::view_accounts));
        auto rows = store::list_accounts(tx, {normalized_login(query.q), query.status, query.after, limit + 1});
        AccountPage page;
        if (query.after.empty()) count_statuses(tx, query, page);
        if (static_cast<int>(rows.size()) > limit) {
            rows.pop_back();
            page.next = rows.back().login;
        }
        std::vector<core::AccountId> ids;
        std::vector<core::PersonId> persons;
        for (auto const& row : rows) {
            ids.push_back(row.id);
            persons.push_back(row.person_id);
        }
        auto const names = gate.options().details->person_names(tx, persons);
        auto const enrolled = store::accounts_with_totp(tx, ids);
        for (auto const& row : rows) {
            auto const name = names.find(row.person_id);
            page.items.push_back({row.id, row.person_id, name == names.end() ? "" : name->second, row.login, row.status,
                                  row.password_hash.has_value(), std::ranges::find(enrolled, row.id) != enrolled.end(),
                                  row.last_sign_in_at});
        }
        return page;
    });
}

core::Result<void> disable_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id) {
    return manage(db, gate, caller, id, [&](sql::Tx& tx, Account const& account) -> core::Result<void> {
        set_status(tx, account.id, AccountStatus::disabled);
        audit(tx, caller, {"account.disabled", account.id.text()});
        return {};
    });
}

core::Result<void> enable_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id) {
    return manage(db, gate, caller, id, [&](sql::Tx& tx, Account const& account) -> core::Result<void> {
        if (!store::enable(tx, account.id)) return core::conflict("auth.account_not_disabled");
        publish(tx, account.id);
        audit(tx, caller, {"account.enabled", account.id.text()});
        return {};
    });
}

core::Result<IssuedCode> reset_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id,
                                       ResetRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<IssuedCode> {
        auto const account = TRY(managed(tx, gate, caller, id));
        bool const second_factor = request.second_factor.value_or(false);
        if (second_factor) remove_second_factor(tx, account.id);
        audit(tx, caller, {"account.reset", account.id.text(), second_factor ? R"({"second_factor":true})" : "{}"});
        return reset_code(tx, account.id);
    });
}

core::Result<void> set_language(sql::Database& db, Caller const& caller, std::string const& language) {
    if (language != "zh-CN" && language != "en") return core::invalid_at("/language", "core.unknown_choice");
    db.transact(caller.district, [&](sql::Tx& tx) {
        store::set_language(tx, caller.account, language);
        forget_after_commit(tx, caller.account);
    });
    return {};
}

}  // namespace santong::auth
