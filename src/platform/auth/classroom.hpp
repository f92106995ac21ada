#pragma once
// Signing in without a keyboard: pupils by PIN in a computer room, a classroom screen by its teacher's phone.
#include <string>
#include <vector>

#include "platform/auth/sessions.hpp"

namespace santong::auth {

// ---- the computer room

/// How long a class may sign in by PIN.
struct WindowRequest {
    int minutes = 10;  ///< 1 to 60
};
BOOST_DESCRIBE_STRUCT(WindowRequest, (), (minutes))

/// A class whose pupils may sign in just now.
struct OpenClass {
    core::OrgId id;
    std::string name;
    std::string school_name;
    core::Instant closes_at;
};
BOOST_DESCRIBE_STRUCT(OpenClass, (), (id, name, school_name, closes_at))

struct PupilSignInRequest {
    core::OrgId class_id;
    core::PersonId person_id;
    std::string pin;
};
BOOST_DESCRIBE_STRUCT(PupilSignInRequest, (), (class_id, person_id, pin))

/// A PIN as the homeroom teacher hands it out; only its hash is kept.
struct IssuedPin {
    core::AccountId account_id;
    core::PersonId person_id;
    std::string pin;
};
BOOST_DESCRIBE_STRUCT(IssuedPin, (), (account_id, person_id, pin))

/// Lets the pupils of a class sign in by PIN for some minutes.
core::Result<OpenClass> open_class_window(sql::Database& db, Gate& gate, Caller const& caller,
                                          core::OrgId const& class_id, WindowRequest const& request);
core::Result<void> close_class_window(sql::Database& db, Caller const& caller, core::OrgId const& class_id);
/// When a class's window closes; empty if it is closed.
std::optional<core::Instant> window_closes_at(sql::Tx& tx, core::OrgId const& class_id);
/// Classes whose window is open: names of classes only, for the sign-in page.
std::vector<OpenClass> open_classes(sql::Database& db, Gate& gate);
/// Names of a class's pupils; "auth.class_not_open" unless its window is open.
core::Result<std::vector<PupilChoice>> pupils_of_open_class(sql::Database& db, Gate& gate, core::OrgId const& class_id);
/// Signs a pupil in. Five wrong PINs lock him for 15 minutes; a class as a whole is throttled too.
core::Result<OpenedSession> sign_in_pupil(sql::Database& db, Gate& gate, PupilSignInRequest const& request,
                                          ClientFacts const& client);
/// New 4-figure PINs, hashed outside of any transaction. The caller (the roster) has checked who may.
core::Result<std::vector<IssuedPin>> issue_pins(sql::Database& db, core::DistrictId district,
                                                std::vector<Account> const& accounts);

// ---- the classroom screen

/// What a screen shows and keeps while it waits. The code goes on the screen and into its QR, the secret does not.
struct PairingTicket {
    std::string code;        ///< 6 figures
    std::string qr_url;      ///< the page on the phone that approves it
    std::string poll_token;  ///< the screen's secret
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PairingTicket, (), (code, qr_url, poll_token, expires_at))

struct PairingPoll {
    std::string poll_token;
};
BOOST_DESCRIBE_STRUCT(PairingPoll, (), (poll_token))

/// A new pairing of 90 seconds; at most 20 wait behind one address. `origin` is "https://hub.example".
core::Result<PairingTicket> begin_pairing(sql::Database& db, Gate& gate, std::string const& origin,
                                          ClientFacts const& client);
/// The teacher's phone says that the screen is his.
core::Result<void> approve_pairing(sql::Database& db, Gate& gate, Caller const& caller, std::string const& code);
/// Empty while nobody has approved; then, once, a classroom session of the teacher. "auth.pairing_over" afterwards.
core::Result<std::optional<OpenedSession>> poll_pairing(sql::Database& db, Gate& gate, PairingPoll const& poll,
                                                        ClientFacts const& client);

}  // namespace santong::auth
