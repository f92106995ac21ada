#include "platform/auth/sign_in.hpp"

#include <algorithm>

#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/credentials.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/throttle.hpp"
#include "platform/auth/totp.hpp"

namespace santong::auth {

namespace {

constexpr std::size_t longest_login = 64;
constexpr std::size_t longest_password = 256;

/// One try at the door: what it is checked against and under which keys it is counted.
struct Attempt {
    core::DistrictId district = 0;
    Credentials credentials;
    std::string login_key;
    std::string address_key;
};

core::Error invalid_credentials() {
    return core::unauthenticated("auth.invalid_credentials");
}

core::Result<Attempt> begin(sql::Database& db, Gate& gate, std::string const& login, ClientFacts const& client) {
    auto const place = db.read(gate.options().district, [&](sql::Tx& tx) { return store::find_login(tx, login); });
    auto const district = place ? place->district_id : gate.options().district;
    return db.transact(district, [&](sql::Tx& tx) -> core::Result<Attempt> {
        std::optional<core::AccountId> account;
        if (place) account = place->account_id;
        Attempt attempt;
        attempt.district = district;
        attempt.login_key = throttle::key(throttle::per_login, login);
        attempt.address_key = throttle::key(throttle::per_address, client.address);
        TRY_VOID(throttle::count(tx, gate.now(), throttle::per_login, attempt.login_key));
        TRY_VOID(throttle::count_address(tx, gate.now(), client.address, account));
        attempt.credentials = load_credentials(tx, account);
        return attempt;
    });
}

/// Records a failed try; what was typed as login is not kept, it may be a password in the wrong field.
core::Error refuse(sql::Database& db, Attempt const& attempt, ClientFacts const& client, core::Error error) {
    auto const& account = attempt.credentials.account;
    db.transact(attempt.district, [&](sql::Tx& tx) {
        audit(tx, acting(attempt.district, account ? &*account : nullptr, client),
              {"session.sign_in_failed", account ? account->id.text() : "", R"({"reason":")" + error.key + R"("})"});
    });
    return error;
}

/// A refusal that comes after a right password is not a wrong try.
core::Error refuse_without_count(sql::Database& db, Attempt const& attempt, ClientFacts const& client,
                                 core::Error error) {
    db.transact(attempt.district, [&](sql::Tx& tx) {
        store::take_back_try(tx, attempt.login_key);
        store::take_back_try(tx, attempt.address_key);
    });
    return refuse(db, attempt, client, std::move(error));
}

bool is_administrator_today(sql::Tx& tx, Gate const& gate, core::PersonId const& person) {
    return std::ranges::any_of(current_grants(tx, person, gate.today()),
                               [](Grant const& grant) { return is_administrator(grant.role); });
}

/// The time step of a right second factor; none if the account has no second factor (or the demo lets it go).
core::Result<std::optional<std::int64_t>> second_factor(Gate const& gate, Attempt const& attempt,
                                                        std::optional<std::string> const& code) {
    auto const& row = attempt.credentials.totp;
    if (!row || !row->confirmed) return std::optional<std::int64_t>();
    if (!code || code->empty()) {
        if (gate.options().demo) return std::optional<std::int64_t>();
        return core::unauthenticated("auth.totp_required");
    }
    auto const step = totp::matching_step(totp_secret(attempt.district, *row), *code, gate.now(), row->last_step);
    if (!step) return core::unauthenticated("auth.totp_invalid");
    return step;
}

core::Result<OpenedSession> finish(sql::Tx& tx, Gate& gate, Attempt const& attempt,
                                   std::optional<std::int64_t> const& step, ClientFacts const& client) {
    auto const account = store::find_account(tx, attempt.credentials.account->id);
    if (!account || account->status != AccountStatus::active) return invalid_credentials();
    if (step && !store::use_totp_step(tx, account->id, *step)) return core::unauthenticated("auth.totp_invalid");
    if (step) tell_second_factor(tx, account->id);
    store::forget_tries(tx, attempt.login_key);
    store::take_back_try(tx, attempt.address_key);
    store::note_sign_in(tx, account->id, gate.now());
    store::note_client(tx, account->id, client.address, gate.now());
    auto opened = open_session(tx, gate, account->id, SessionKind::personal, client);
    audit(tx, acting(attempt.district, &*account, client), {"session.sign_in", account->id.text()});
    return opened;
}

/// Ends every session of the account and opens a new one for the browser that asked (check 9).
OpenedSession renewed(sql::Tx& tx, Gate& gate, Caller const& caller, ClientFacts const& client) {
    end_sessions(tx, caller.account);
    return open_session(tx, gate, caller.account, SessionKind::personal, client);
}

core::Result<void> personal_only(Caller const& caller) {
    if (!caller.signed_in()) return core::unauthenticated("auth.sign_in_required");
    if (caller.session_kind != SessionKind::personal) return core::forbidden("auth.not_in_this_session");
    return {};
}

}  // namespace

core::Result<OpenedSession> sign_in(sql::Database& db, Gate& gate, SignInRequest const& request,
                                    ClientFacts const& client) {
    std::string const login = normalized_login(request.login);
    if (login.empty() || login.size() > longest_login || request.password.size() > longest_password) {
        return invalid_credentials();
    }
    auto const attempt = TRY(begin(db, gate, login, client));
    bool const right = TRY(proves(attempt.credentials, request.password, gate.now()));
    if (!right || !attempt.credentials.account) return refuse(db, attempt, client, invalid_credentials());
    auto const step = second_factor(gate, attempt, request.totp);
    if (!step) {
        if (step.error().key == "auth.totp_required") return refuse_without_count(db, attempt, client, step.error());
        return refuse(db, attempt, client, step.error());
    }
    switch (attempt.credentials.account->status) {
        case AccountStatus::active: break;
        case AccountStatus::dormant:
            return refuse_without_count(db, attempt, client, core::forbidden("auth.consent_needed"));
        case AccountStatus::disabled:
            return refuse_without_count(db, attempt, client, core::forbidden("auth.account_disabled"));
    }
    return db.transact(attempt.district, [&](sql::Tx& tx) { return finish(tx, gate, attempt, *step, client); });
}

core::Result<OpenedSession> change_password(sql::Database& db, Gate& gate, Caller const& caller,
                                            ChangePasswordRequest const& request, ClientFacts const& client) {
    TRY_VOID(personal_only(caller));
    PasswordOwner owner;
    std::string login_key;
    auto const loaded = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Credentials> {
        auto found = load_credentials(tx, caller.account);
        if (!found.account) return core::not_found();
        owner = {found.account->login, caller.name, is_administrator_today(tx, gate, caller.person)};
        login_key = throttle::key(throttle::per_login, found.account->login);
        TRY_VOID(throttle::count(tx, gate.now(), throttle::per_login, login_key));
        return found;
    });
    auto const credentials = TRY(loaded);
    bool const asked = caller.restriction == Restriction::change_password && request.current.value_or("").empty();
    if (!asked && !TRY(proves(credentials, request.current.value_or(""), gate.now()))) {
        return core::invalid_at("/current", "auth.wrong_current_password");
    }
    db.transact(caller.district, [&](sql::Tx& tx) { store::forget_tries(tx, login_key); });
    TRY_VOID(check_password(request.next, owner));
    if (TRY(proves(credentials, request.next, gate.now()))) {
        return core::invalid_at("/next", "auth.password_same");
    }
    std::string const hash = TRY(hash_password(request.next));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<OpenedSession> {
        store::set_password(tx, caller.account, hash, false, gate.now());
        tell_password(tx, caller.account);
        if (store::remove_code(tx, caller.account)) tell_code(tx, caller.account);
        audit(tx, caller, {"account.password_changed", caller.account.text()});
        return renewed(tx, gate, caller, client);
    });
}

core::Result<TotpEnrolment> begin_totp(sql::Database& db, Gate& gate, Caller const& caller) {
    TRY_VOID(personal_only(caller));
    std::string const secret = totp::make_secret();
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<TotpEnrolment> {
        auto const account = store::find_account(tx, caller.account);
        if (!account) return core::not_found();
        auto const existing = store::find_totp(tx, caller.account);
        if (existing && existing->confirmed) return core::conflict("auth.totp_exists");
        store::put_totp(tx, sealed_totp(caller.district, caller.account, secret));
        std::string issuer = "Santong";
        if (auto* details = gate.options().details) issuer = details->district(tx).name;
        return TotpEnrolment{crypto::base32(secret), totp::address(secret, issuer, account->login)};
    });
}

core::Result<OpenedSession> confirm_totp(sql::Database& db, Gate& gate, Caller const& caller, TotpCode const& code,
                                         ClientFacts const& client) {
    TRY_VOID(personal_only(caller));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<OpenedSession> {
        auto const row = store::find_totp(tx, caller.account);
        if (!row || row->confirmed) return core::conflict("auth.totp_not_begun");
        auto const step =
            totp::matching_step(totp_secret(caller.district, *row), code.code, gate.now(), row->last_step);
        if (!step) return core::invalid_at("/code", "auth.totp_invalid");
        store::use_totp_step(tx, caller.account, *step);
        tell_second_factor(tx, caller.account);
        audit(tx, caller, {"account.second_factor_enrolled", caller.account.text()});
        return renewed(tx, gate, caller, client);
    });
}

}  // namespace santong::auth
