#include "modules/roster/service_classes.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "modules/roster/access.hpp"
#include "modules/roster/person_view.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/classroom.hpp"
#include "platform/auth/grants.hpp"

namespace santong::roster {

namespace {

constexpr int lesson_minutes = 45;

/// What one use case knows while it works.
struct Work {
    sql::Tx& tx;
    auth::Caller const& caller;
    core::LocalDate on;
};

/// Ids in the audit log's detail.
struct People {
    std::vector<PersonId> people;
};
BOOST_DESCRIBE_STRUCT(People, (), (people))

std::map<PersonId, auth::Account> accounts_by_person(sql::Tx& tx, std::vector<Pupil> const& pupils) {
    std::vector<PersonId> ids;
    for (auto const& pupil : pupils) ids.push_back(pupil.person_id);
    std::map<PersonId, auth::Account> found;
    for (auto& account : auth::accounts_of(tx, ids)) found.emplace(account.person_id, std::move(account));
    return found;
}

/// The whole page for those who look after the class.
std::vector<ClassPupil> pupils_with_states(Work const& work, std::vector<Pupil> const& pupils) {
    auto const accounts = accounts_by_person(work.tx, pupils);
    std::vector<PersonId> ids;
    std::vector<core::AccountId> account_ids;
    for (auto const& pupil : pupils) ids.push_back(pupil.person_id);
    for (auto const& [person, account] : accounts) account_ids.push_back(account.id);
    auto const with_pin = auth::accounts_with_pin(work.tx, account_ids);
    std::map<PersonId, core::Instant> consents;
    for (auto const& row : store::consents_given(work.tx, ids, account_purpose)) consents[row.pupil_id] = row.given_at;
    std::map<PersonId, std::optional<core::LocalDate>> births;
    for (auto const& one : people(work.tx, ids)) births[one.id] = one.birth_date;
    std::vector<ClassPupil> shown;
    for (auto const& pupil : pupils) {
        ClassPupil row{pupil.person_id, pupil.name, pupil.sex, pupil.pupil_number, {}, {}, {}, {}, {}};
        if (auto const account = accounts.find(pupil.person_id); account != accounts.end()) {
            row.account = account->second.status;
            row.has_password = account->second.password_hash.has_value();
            row.has_pin = std::ranges::find(with_pin, account->second.id) != with_pin.end();
        }
        auto const consent = consents.find(pupil.person_id);
        if (consent != consents.end()) row.consent_at = consent->second;
        row.consent_needed = !row.consent_at && under_fourteen(births[pupil.person_id], work.on);
        shown.push_back(std::move(row));
    }
    return shown;
}

/// As much of the list as the caller should know.
std::vector<ClassPupil> pupils_shown(Work const& work, OrgId const& class_id) {
    auto const pupils = pupils_of_class(work.tx, class_id, work.on);
    bool const looks_after = work.caller.may(work.tx, permissions::issue_codes, class_id) ||
                             work.caller.may(work.tx, permissions::record_consent, class_id);
    if (looks_after) return pupils_with_states(work, pupils);
    std::vector<ClassPupil> shown;
    bool const works_here = work.caller.may(work.tx, permissions::view_people, class_id);
    auto const children = pupils_of_guardian(work.tx, work.caller.person, work.on);
    for (auto const& pupil : pupils) {
        ClassPupil row{pupil.person_id, pupil.name, {}, {}, {}, {}, {}, {}, {}};
        if (works_here) {
            row.sex = pupil.sex;
            row.pupil_number = pupil.pupil_number;
        }
        bool const own =
            pupil.person_id == work.caller.person || std::ranges::find(children, pupil.person_id) != children.end();
        if (works_here || own) shown.push_back(std::move(row));
    }
    return shown;
}

/// The class, if the caller may do this in it.
core::Result<ClassGroup> class_for(Work const& work, auth::Permission permission, OrgId const& id) {
    if (!work.caller.may(work.tx, permissions::view_orgs, id)) return core::not_found("roster.class_not_found");
    auto const group = TRY(class_group(work.tx, id, work.on));
    TRY_VOID(work.caller.require(work.tx, permission, id));
    return group;
}

/// The pupils of a class that a request names; a pupil of another class is not found.
core::Result<std::vector<Pupil>> named_pupils(Work const& work, OrgId const& class_id,
                                              std::vector<PersonId> const& ids) {
    auto pupils = pupils_of_class(work.tx, class_id, work.on);
    if (ids.empty()) return pupils;
    std::set<PersonId> wanted(ids.begin(), ids.end());
    std::erase_if(pupils, [&](Pupil const& pupil) { return !wanted.contains(pupil.person_id); });
    if (pupils.size() != wanted.size()) return core::not_found("roster.person_not_found");
    return pupils;
}

/// Accounts that may have something printed, and the pupils who may not with the reason.
struct Sorted {
    std::vector<auth::Account> accounts;
    std::map<PersonId, std::string> names;
    std::vector<SkippedSlip> skipped;
};

enum class Passwords { refuse, allow };

Sorted sorted(Work const& work, std::vector<Pupil> const& pupils, Passwords passwords) {
    std::vector<PersonId> ids;
    for (auto const& pupil : pupils) ids.push_back(pupil.person_id);
    renew_account_states(work.tx, ids, work.on);  // somebody may have turned 14
    auto const accounts = accounts_by_person(work.tx, pupils);
    Sorted result;
    for (auto const& pupil : pupils) {
        result.names[pupil.person_id] = pupil.name;
        auto const found = accounts.find(pupil.person_id);
        auto skip = [&](SlipRefusal why) { result.skipped.push_back({pupil.person_id, pupil.name, why}); };
        if (found == accounts.end())
            skip(SlipRefusal::no_account);
        else if (found->second.status == auth::AccountStatus::dormant)
            skip(SlipRefusal::consent_needed);
        else if (found->second.status == auth::AccountStatus::disabled)
            skip(SlipRefusal::disabled);
        else if (found->second.password_hash && passwords == Passwords::refuse)
            skip(SlipRefusal::has_password);
        else
            result.accounts.push_back(found->second);
    }
    return result;
}

std::string school_name_of(sql::Tx& tx, OrgId const& school_id) {
    auto const found = org(tx, school_id);
    return found ? found->name : "";
}

std::string people_detail(std::vector<auth::Account> const& accounts) {
    People detail;
    for (auto const& account : accounts) detail.people.push_back(account.person_id);
    return core::json::write(detail);
}

/// Nobody takes over who stands above or beside him: every role of the other must be one that he may appoint.
core::Result<void> require_reset(Work const& work, PersonId const& id) {
    TRY_VOID(require_for(work.tx, work.caller, permissions::issue_codes, id, work.on));
    if (id == work.caller.person) return core::forbidden("auth.not_yourself");
    for (auto const& held : auth::grants_of(work.tx, id, work.on)) {
        if (held.role == auth::Role::pupil || held.role == auth::Role::guardian) continue;
        auto const above = self_and_ancestors(work.tx, held.org_id);
        bool const below_caller = std::ranges::any_of(work.caller.grants, [&](auth::Grant const& grant) {
            return may_appoint(grant.role, held.role) && std::ranges::find(above, grant.org_id) != above.end();
        });
        if (!below_caller) return core::forbidden("roster.may_not_reset");
    }
    return {};
}

}  // namespace

core::Result<ClassDetail> class_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       OrgId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ClassDetail> {
        Work const work{tx, caller, today(tx, clock)};
        auto const group = TRY(class_for(work, permissions::view_orgs, id));
        ClassDetail detail;
        detail.id = id;
        detail.name = group.name;
        detail.grade = group.grade;
        detail.number = group.number;
        detail.school_id = group.school_id;
        detail.school_name = school_name_of(tx, group.school_id);
        detail.room = group.room;
        detail.multigrade = group.multigrade;
        detail.teachers = teachers_of_class(tx, id, work.on);
        for (auto& teacher : detail.teachers) {
            if (!caller.may(tx, permissions::view_people, id)) teacher.staff_number.clear();
        }
        detail.pupils = pupils_shown(work, id);
        detail.may = permissions_at(tx, caller, {id});
        if (caller.may(tx, permissions::open_class, id)) detail.open_until = auth::window_closes_at(tx, id);
        return detail;
    });
}

core::Result<CodeSlips> issue_slips(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    OrgId const& class_id, SlipRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CodeSlips> {
        Work const work{tx, caller, today(tx, clock)};
        auto const group = TRY(class_for(work, permissions::issue_codes, class_id));
        auto const pupils = TRY(named_pupils(work, class_id, request.pupils));
        auto sheet = sorted(work, pupils, Passwords::refuse);
        CodeSlips slips{
            school_name_of(tx, group.school_id), group.name, auth::gate_now(), {}, std::move(sheet.skipped)};
        for (auto& issued : auth::issue_codes(tx, sheet.accounts)) {
            slips.slips.push_back({issued.person_id, sheet.names[issued.person_id], issued.login, issued.code});
        }
        auth::audit(tx, caller, {"roster.codes_issued", class_id.text(), people_detail(sheet.accounts)});
        return slips;
    });
}

core::Result<PinSlips> issue_class_pins(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        OrgId const& class_id, SlipRequest const& request) {
    PinSlips slips;
    std::map<PersonId, std::string> pupil_names;
    auto const begun = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<auth::Account>> {
        Work const work{tx, caller, today(tx, clock)};
        auto const group = TRY(class_for(work, permissions::issue_codes, class_id));
        auto const pupils = TRY(named_pupils(work, class_id, request.pupils));
        auto sheet = sorted(work, pupils, Passwords::allow);
        slips = {school_name_of(tx, group.school_id), group.name, auth::gate_now(), {}, std::move(sheet.skipped)};
        pupil_names = std::move(sheet.names);
        auth::audit(tx, caller, {"roster.pins_issued", class_id.text(), people_detail(sheet.accounts)});
        return std::move(sheet.accounts);
    });
    auto const accounts = TRY(begun);
    for (auto& issued : TRY(auth::issue_pins(db, caller.district, accounts))) {
        slips.slips.push_back({issued.person_id, pupil_names[issued.person_id], issued.pin});
    }
    return slips;
}

core::Result<CodeSlip> reset_person_code(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CodeSlip> {
        Work const work{tx, caller, today(tx, clock)};
        TRY_VOID(require_reset(work, id));
        renew_account_states(tx, {id}, work.on);
        auto const accounts = auth::accounts_of(tx, {id});
        if (accounts.empty()) return core::conflict("roster.no_account");
        if (accounts.front().status == auth::AccountStatus::dormant) return core::conflict("auth.consent_needed");
        if (accounts.front().status == auth::AccountStatus::disabled) return core::conflict("auth.account_disabled");
        auto issued = TRY(auth::reset_code(tx, accounts.front().id));
        auth::audit(tx, caller, {"roster.code_reset", id.text()});
        return CodeSlip{id, names(tx, {id})[id], std::move(issued.login), std::move(issued.code)};
    });
}

core::Result<ConsentAnswer> record_class_consents(sql::Database& db, core::Clock const& clock,
                                                  auth::Caller const& caller, OrgId const& class_id,
                                                  ConsentBatch const& batch) {
    if (batch.pupils.empty()) return core::invalid_at("/pupils", "core.required");
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ConsentAnswer> {
        Work const work{tx, caller, today(tx, clock)};
        TRY(class_for(work, permissions::record_consent, class_id));
        auto const pupils = TRY(named_pupils(work, class_id, batch.pupils));
        std::vector<PersonId> ids;
        for (auto const& pupil : pupils) ids.push_back(pupil.person_id);
        ConsentAnswer answer;
        Consent pattern;
        pattern.method = batch.method.value_or(ConsentMethod::paper);
        pattern.given_at = clock.now();
        pattern.recorded_by = caller.person;
        for (auto const& id : record_consents(tx, ids, pattern, class_id)) {
            ++answer.recorded;
            auth::audit(tx, caller, {"roster.consent_recorded", id.text()});
        }
        answer.activated = renew_account_states(tx, ids, work.on);
        return answer;
    });
}

core::Result<OpenClassAnswer> open_class(sql::Database& db, core::Clock const& clock, auth::Gate& gate,
                                         auth::Caller const& caller, OrgId const& class_id,
                                         OpenClassRequest const& request) {
    auto const without_pin = db.read(caller.district, [&](sql::Tx& tx) -> core::Result<int> {
        Work const work{tx, caller, today(tx, clock)};
        TRY(class_for(work, permissions::open_class, class_id));
        std::vector<core::AccountId> accounts;
        for (auto const& [person, account] : accounts_by_person(tx, pupils_of_class(tx, class_id, work.on))) {
            if (account.status == auth::AccountStatus::active) accounts.push_back(account.id);
        }
        return static_cast<int>(accounts.size() - auth::accounts_with_pin(tx, accounts).size());
    });
    int const missing = TRY(without_pin);
    auto const opened =
        TRY(auth::open_class_window(db, gate, caller, class_id, {request.minutes.value_or(lesson_minutes)}));
    return OpenClassAnswer{opened.closes_at, missing};
}

core::Result<void> close_class(sql::Database& db, auth::Caller const& caller, OrgId const& class_id) {
    auto seen = db.read(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        if (!caller.may(tx, permissions::view_orgs, class_id)) return core::not_found("roster.class_not_found");
        return caller.require(tx, permissions::open_class, class_id);
    });
    TRY_VOID(std::move(seen));
    return auth::close_class_window(db, caller, class_id);
}

}  // namespace santong::roster
