#pragma once
// A guardian's consent that a child uses a learning account (PIPL 31): given on paper to the homeroom teacher or online
// by the guardian himself, and taken back by either.
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/domain.hpp"
#include "platform/auth/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// The text that guardians agree to on the screen. A new wording gets a new name; those who agreed to the old one keep
/// it.
inline constexpr char const* consent_statement = "account-1";

/// One consent of the past or of today.
struct ConsentView {
    ConsentMethod method = ConsentMethod::paper;
    core::Instant given_at;
    std::string given_by;     ///< the guardian; empty if the paper names nobody known
    std::string recorded_by;  ///< who wrote it down
    std::string statement;    ///< empty for paper
    std::optional<core::Instant> withdrawn_at;
    std::string withdrawn_by;
};
BOOST_DESCRIBE_STRUCT(ConsentView, (), (method, given_at, given_by, recorded_by, statement, withdrawn_at, withdrawn_by))

/// How it stands with one pupil.
struct ConsentBook {
    PersonId pupil_id;
    std::string name;
    bool under_fourteen = false;
    bool given = false;
    bool may_give = false;  ///< the caller is a guardian, and it is wanted
    bool may_withdraw = false;
    std::optional<auth::AccountStatus> account;  ///< absent if there is none
    std::string statement = consent_statement;
    std::vector<ConsentView> history;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(ConsentBook, (),
                      (pupil_id, name, under_fourteen, given, may_give, may_withdraw, account, statement, history))

/// What a guardian agrees to; refused if it is not the text of today.
struct GivenConsent {
    std::string statement;
};
BOOST_DESCRIBE_STRUCT(GivenConsent, (), (statement))

/// For the pupil's guardians and for those who record consents of his class. Anybody else does not find the pupil.
core::Result<ConsentBook> consent_book(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       PersonId const& pupil);

/// A guardian agrees online: the account of a pupil under 14 wakes. Refusals: "roster.consent_by_guardian" (the caller
/// is none of his), "roster.consent_not_needed" (14 or older), "roster.consent_text_changed"; twice is once.
core::Result<ConsentBook> give_consent(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       PersonId const& pupil, GivenConsent const& given);

/// A guardian, or who records consents, takes it back: the account of a pupil under 14 goes to sleep and his sessions
/// end. Refuses with "roster.no_consent".
core::Result<void> withdraw_consent(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    PersonId const& pupil);

}  // namespace santong::roster
