#include "platform/auth/classroom.hpp"

#include <algorithm>
#include <map>

#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/credentials.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/throttle.hpp"

namespace santong::auth {

namespace {

constexpr int longest_window_minutes = 60;
constexpr std::int64_t pairing_seconds = 90;
constexpr int most_waiting_screens = 500;  // several schools may stand behind one address
constexpr std::size_t pin_length = 4;
constexpr throttle::Rule approvals{"approve", 20, 15 * 60, 15 * 60};

OpenClass described(sql::Tx& tx, Gate& gate, store::ClassWindow const& window) {
    OpenClass open{window.class_id, {}, {}, window.closes_at};
    if (auto* details = gate.options().details) {
        auto const place = details->places(tx, {window.class_id})[window.class_id];
        open.name = place.name;
        if (place.path.size() > 1) open.school_name = place.path[place.path.size() - 2].name;
    }
    return open;
}

bool is_in_class(sql::Tx& tx, Gate& gate, PupilSignInRequest const& request) {
    auto* details = gate.options().details;
    if (!details) return false;
    return std::ranges::any_of(details->pupils(tx, request.class_id),
                               [&](PupilChoice const& one) { return one.id == request.person_id; });
}

/// Those who can sign in by PIN: an account that is in use, and a PIN. Nobody else is offered.
std::vector<PupilChoice> with_pin(sql::Tx& tx, std::vector<PupilChoice> pupils) {
    std::vector<core::PersonId> persons;
    for (auto const& one : pupils) persons.push_back(one.id);
    std::map<core::PersonId, core::AccountId> active;
    std::vector<core::AccountId> accounts;
    for (auto const& account : store::accounts_of(tx, persons)) {
        if (account.status != AccountStatus::active) continue;
        active.emplace(account.person_id, account.id);
        accounts.push_back(account.id);
    }
    auto const ready = store::accounts_with_pin(tx, accounts);
    std::erase_if(pupils, [&](PupilChoice const& one) {
        auto const account = active.find(one.id);
        return account == active.end() || std::ranges::find(ready, account->second) == ready.end();
    });
    return pupils;
}

/// What a PIN is checked against.
struct PinAttempt {
    std::optional<Account> account;
    std::string pin_hash;
    std::string pupil_key;
    std::string class_key;
};

core::Result<PinAttempt> begin_pin(sql::Tx& tx, Gate& gate, PupilSignInRequest const& request) {
    if (!store::find_window(tx, request.class_id, gate.now())) return core::forbidden("auth.class_not_open");
    if (!is_in_class(tx, gate, request)) return core::unauthenticated("auth.wrong_pin");
    PinAttempt attempt;
    attempt.pupil_key = throttle::key(throttle::per_pupil_pin, request.person_id.text());
    attempt.class_key = throttle::key(throttle::per_class_pins, request.class_id.text());
    TRY_VOID(throttle::count(tx, gate.now(), throttle::per_pupil_pin, attempt.pupil_key));
    TRY_VOID(throttle::count(tx, gate.now(), throttle::per_class_pins, attempt.class_key));
    auto const accounts = store::accounts_of(tx, {request.person_id});
    if (accounts.empty()) return attempt;
    attempt.account = accounts.front();
    attempt.pin_hash = store::find_pin(tx, attempt.account->id).value_or("");
    return attempt;
}

/// A code that nobody waits with. A hundred thousand screens do not wait at once, so a few tries are enough.
core::Result<PairingTicket> new_ticket(sql::Tx& tx, Gate& gate, std::string const& secret, std::string const& address) {
    auto const now = gate.now();
    PairingTicket ticket{{}, {}, secret, now.plus_seconds(pairing_seconds)};
    for (int attempt = 0; attempt < 10; ++attempt) {
        ticket.code = crypto::digits(6);
        if (store::insert_pairing(
                tx, {ticket.code, crypto::hex(crypto::sha256(secret)), address, now, ticket.expires_at, {}, {}})) {
            return ticket;
        }
    }
    return core::unavailable("auth.busy");
}

}  // namespace

core::Result<OpenClass> open_class_window(sql::Database& db, Gate& gate, Caller const& caller,
                                          core::OrgId const& class_id, WindowRequest const& request) {
    if (request.minutes < 1 || request.minutes > longest_window_minutes) {
        return core::invalid_at("/minutes", "auth.window_minutes", {{"max", std::to_string(longest_window_minutes)}});
    }
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<OpenClass> {
        TRY_VOID(caller.require(tx, permissions::open_class_window, class_id));
        auto const now = gate.now();
        store::ClassWindow const window{class_id, caller.person, now, now.plus_seconds(60 * request.minutes)};
        store::put_window(tx, window);
        audit(tx, caller, {"class_window.opened", class_id.text()});
        return described(tx, gate, window);
    });
}

core::Result<void> close_class_window(sql::Database& db, Caller const& caller, core::OrgId const& class_id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        TRY_VOID(caller.require(tx, permissions::open_class_window, class_id));
        store::close_window(tx, class_id);
        audit(tx, caller, {"class_window.closed", class_id.text()});
        return {};
    });
}

std::optional<core::Instant> window_closes_at(sql::Tx& tx, core::OrgId const& class_id) {
    auto const window = store::find_window(tx, class_id, gate_now());
    if (!window) return std::nullopt;
    return window->closes_at;
}

std::vector<OpenClass> open_classes(sql::Database& db, Gate& gate) {
    return db.read(gate.options().district, [&](sql::Tx& tx) {
        std::vector<OpenClass> classes;
        for (auto const& window : store::open_windows(tx, gate.now())) classes.push_back(described(tx, gate, window));
        return classes;
    });
}

core::Result<std::vector<PupilChoice>> pupils_of_open_class(sql::Database& db, Gate& gate,
                                                            core::OrgId const& class_id) {
    return db.read(gate.options().district, [&](sql::Tx& tx) -> core::Result<std::vector<PupilChoice>> {
        if (!store::find_window(tx, class_id, gate.now())) return core::forbidden("auth.class_not_open");
        if (!gate.options().details) return std::vector<PupilChoice>();
        return with_pin(tx, gate.options().details->pupils(tx, class_id));
    });
}

core::Result<OpenedSession> sign_in_pupil(sql::Database& db, Gate& gate, PupilSignInRequest const& request,
                                          ClientFacts const& client) {
    auto const district = gate.options().district;
    auto const begun = db.transact(district, [&](sql::Tx& tx) { return begin_pin(tx, gate, request); });
    auto const attempt = TRY(begun);
    auto const account = attempt.account.value_or(Account{});
    bool const right = TRY(verify_pin(attempt.pin_hash, account.id.text(), request.pin));
    if (!right) {
        db.transact(district, [&](sql::Tx& tx) {
            audit(tx, acting(district, attempt.account ? &account : nullptr, client),
                  {"session.sign_in_failed", account.id.text(), R"({"reason":"auth.wrong_pin"})"});
        });
        return core::unauthenticated("auth.wrong_pin");
    }
    return db.transact(district, [&](sql::Tx& tx) -> core::Result<OpenedSession> {
        store::forget_tries(tx, attempt.pupil_key);
        store::take_back_try(tx, attempt.class_key);
        auto const now_there = store::find_account(tx, account.id);
        if (!now_there || now_there->status == AccountStatus::disabled) return core::forbidden("auth.account_disabled");
        if (now_there->status == AccountStatus::dormant) return core::forbidden("auth.consent_needed");
        store::note_sign_in(tx, account.id, gate.now());
        auto opened = open_session(tx, gate, account.id, SessionKind::pupil_pin, client);
        audit(tx, acting(district, &account, client),
              {"session.sign_in", account.id.text(), R"({"kind":"pupil_pin"})"});
        return opened;
    });
}

core::Result<std::vector<IssuedPin>> issue_pins(sql::Database& db, core::DistrictId district,
                                                std::vector<Account> const& accounts) {
    std::vector<IssuedPin> issued;
    std::vector<std::string> hashes;
    for (auto const& account : accounts) {
        std::string pin;
        do pin = crypto::digits(pin_length);
        while (!check_pin(pin));
        hashes.push_back(TRY(hash_pin(account.id.text(), pin)));
        issued.push_back({account.id, account.person_id, pin});
    }
    db.transact(district, [&](sql::Tx& tx) {
        for (std::size_t i = 0; i < issued.size(); ++i) {
            set_pin_hash(tx, issued[i].account_id, hashes[i]);
            store::forget_tries(tx, throttle::key(throttle::per_pupil_pin, issued[i].person_id.text()));
        }
    });
    return issued;
}

core::Result<PairingTicket> begin_pairing(sql::Database& db, Gate& gate, std::string const& origin,
                                          ClientFacts const& client) {
    std::string const secret = crypto::base64url(crypto::random_bytes(32));
    return db.transact(gate.options().district, [&](sql::Tx& tx) -> core::Result<PairingTicket> {
        store::sweep_pairings(tx, gate.now());
        if (store::pairings_from(tx, client.address, gate.now()) >= most_waiting_screens) {
            return core::rate_limited("auth.too_many_screens", pairing_seconds);
        }
        auto ticket = TRY(new_ticket(tx, gate, secret, client.address));
        ticket.qr_url = origin + "/pair/" + ticket.code;
        return ticket;
    });
}

core::Result<void> approve_pairing(sql::Database& db, Gate& gate, Caller const& caller, std::string const& code) {
    if (!caller.may_anywhere(permissions::approve_screen) || caller.session_kind != SessionKind::personal) {
        return core::forbidden();
    }
    // Counted in a transaction of its own: a refusal below must not take the count back.
    auto const key = throttle::key(approvals, caller.account.text());
    TRY_VOID(
        db.transact(caller.district, [&](sql::Tx& tx) { return throttle::count(tx, gate.now(), approvals, key); }));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        if (!store::approve_pairing(tx, code, caller.account, gate.now()))
            return core::not_found("auth.pairing_unknown");
        store::forget_tries(tx, key);
        audit(tx, caller, {"classroom.screen_approved", caller.account.text()});
        return {};
    });
}

core::Result<std::optional<OpenedSession>> poll_pairing(sql::Database& db, Gate& gate, PairingPoll const& poll,
                                                        ClientFacts const& client) {
    using Answer = core::Result<std::optional<OpenedSession>>;
    std::string const hash = crypto::hex(crypto::sha256(poll.poll_token));
    auto const pairing =
        db.read(gate.options().district, [&](sql::Tx& tx) { return store::find_pairing(tx, hash, gate.now()); });
    if (!pairing) return core::gone("auth.pairing_over");
    if (!pairing->account_id || !pairing->district_id) return std::optional<OpenedSession>();
    return db.transact(*pairing->district_id, [&](sql::Tx& tx) -> Answer {
        auto const account = store::find_account(tx, *pairing->account_id);
        if (!store::take_pairing(tx, pairing->code) || !account || account->status != AccountStatus::active) {
            return core::gone("auth.pairing_over");
        }
        auto opened = open_session(tx, gate, account->id, SessionKind::classroom, client);
        audit(tx, acting(tx.district(), &*account, client),
              {"session.sign_in", account->id.text(), R"({"kind":"classroom"})"});
        return std::optional<OpenedSession>(std::move(opened));
    });
}

}  // namespace santong::auth
