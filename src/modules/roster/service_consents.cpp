#include "modules/roster/service_consents.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/access.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"

namespace santong::roster {

namespace {

/// What the log tells of a consent.
struct ConsentDetail {
    ConsentMethod method = ConsentMethod::online;
    std::string statement;
    std::optional<auth::AccountStatus> account;  ///< afterwards
};
BOOST_DESCRIBE_STRUCT(ConsentDetail, (), (method, statement, account))

bool guards(sql::Tx& tx, auth::Caller const& caller, PersonId const& pupil, core::LocalDate on) {
    auto const children = pupils_of_guardian(tx, caller.person, on);
    return std::ranges::find(children, pupil) != children.end();
}

bool records(sql::Tx& tx, auth::Caller const& caller, PersonId const& pupil, core::LocalDate on) {
    return may_at_one(tx, caller, permissions::record_consent, places_of_person(tx, pupil, on));
}

std::optional<auth::AccountStatus> account_of(sql::Tx& tx, PersonId const& pupil) {
    auto const accounts = auth::accounts_of(tx, {pupil});
    return accounts.empty() ? std::nullopt : std::optional(accounts.front().status);
}

std::vector<ConsentView> history_of(sql::Tx& tx, PersonId const& pupil) {
    auto const rows = store::consents_of(tx, pupil, account_purpose);
    std::vector<PersonId> persons;
    for (auto const& row : rows) {
        persons.push_back(row.guardian_id);
        persons.push_back(row.recorded_by);
        if (row.withdrawn_by) persons.push_back(*row.withdrawn_by);
    }
    auto known = names(tx, persons);
    std::vector<ConsentView> history;
    for (auto const& row : rows) {
        history.push_back({row.method, row.given_at, known[row.guardian_id], known[row.recorded_by], row.statement,
                           row.withdrawn_at, row.withdrawn_by ? known[*row.withdrawn_by] : ""});
    }
    return history;
}

ConsentBook book_of(sql::Tx& tx, auth::Caller const& caller, Person const& pupil, core::LocalDate on) {
    bool const guardian = guards(tx, caller, pupil.id, on);
    ConsentBook book;
    book.pupil_id = pupil.id;
    book.name = pupil.name;
    book.under_fourteen = under_fourteen(pupil.birth_date, on);
    book.given = !store::consents_given(tx, {pupil.id}, account_purpose).empty();
    book.may_give = guardian && book.under_fourteen && !book.given;
    book.may_withdraw = book.given && (guardian || records(tx, caller, pupil.id, on));
    book.account = account_of(tx, pupil.id);
    book.history = history_of(tx, pupil.id);
    return book;
}

/// The pupil, for who may know of his consent.
core::Result<Person> pupil_for(sql::Tx& tx, auth::Caller const& caller, PersonId const& id, core::LocalDate on) {
    if (!sees_person(tx, caller, id, on)) return core::not_found("roster.person_not_found");
    if (!guards(tx, caller, id, on) && !records(tx, caller, id, on)) return core::forbidden();
    if (!pupil_class(tx, id, on)) return core::conflict("roster.not_enrolled");
    return person(tx, id);
}

}  // namespace

core::Result<ConsentBook> consent_book(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       PersonId const& pupil) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ConsentBook> {
        auto const on = today(tx, clock);
        return book_of(tx, caller, TRY(pupil_for(tx, caller, pupil, on)), on);
    });
}

core::Result<ConsentBook> give_consent(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       PersonId const& pupil, GivenConsent const& given) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ConsentBook> {
        auto const on = today(tx, clock);
        auto const child = TRY(pupil_for(tx, caller, pupil, on));
        if (!guards(tx, caller, pupil, on)) return core::forbidden("roster.consent_by_guardian");
        if (!under_fourteen(child.birth_date, on)) return core::conflict("roster.consent_not_needed");
        if (given.statement != consent_statement) return core::conflict("roster.consent_text_changed");
        Consent consent;
        consent.guardian_id = caller.person;
        consent.method = ConsentMethod::online;
        consent.given_at = clock.now();
        consent.recorded_by = caller.person;
        consent.statement = consent_statement;
        bool const is_new = !record_consents(tx, {pupil}, consent, *pupil_class(tx, pupil, on)).empty();
        renew_account_states(tx, {pupil}, on);
        ConsentDetail const detail{consent.method, consent.statement, account_of(tx, pupil)};
        if (is_new) auth::audit(tx, caller, {"roster.consent_given", pupil.text(), core::json::write(detail)});
        return book_of(tx, caller, child, on);
    });
}

core::Result<void> withdraw_consent(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    PersonId const& pupil) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const on = today(tx, clock);
        if (!sees_person(tx, caller, pupil, on)) return core::not_found("roster.person_not_found");
        bool const guardian = guards(tx, caller, pupil, on);
        if (!guardian && !records(tx, caller, pupil, on)) return core::forbidden();
        if (store::withdraw_consents(tx, pupil, account_purpose, {clock.now(), caller.person}) == 0) {
            return core::conflict("roster.no_consent");
        }
        renew_account_states(tx, {pupil}, on);
        ConsentDetail const detail{guardian ? ConsentMethod::online : ConsentMethod::paper, "", account_of(tx, pupil)};
        auth::audit(tx, caller, {"roster.consent_withdrawn", pupil.text(), core::json::write(detail)});
        return {};
    });
}

}  // namespace santong::roster
