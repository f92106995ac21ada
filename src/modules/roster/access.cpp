#include "modules/roster/access.hpp"

#include <algorithm>
#include <map>

#include "modules/roster/service_write.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/grants.hpp"
#include "platform/feed/feed.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

/// What the roster knows of many people, read at once.
struct Places {
    std::multimap<PersonId, Post> posts;
    std::multimap<PersonId, Enrolment> enrolments;        ///< of the people themselves
    std::multimap<PersonId, Guardianship> guardianships;  ///< by guardian
    std::multimap<PersonId, Enrolment> child_enrolments;  ///< by child
};

Places places_of(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on) {
    Places places;
    for (auto& row : store::open_posts(tx, persons, on)) places.posts.emplace(row.person_id, std::move(row));
    for (auto const& row : store::open_enrolments(tx, persons, on)) places.enrolments.emplace(row.person_id, row);
    std::vector<PersonId> children;
    for (auto& row : store::guardianships_by(tx, persons, on)) {
        children.push_back(row.pupil_id);
        places.guardianships.emplace(row.guardian_id, std::move(row));
    }
    if (children.empty()) return places;
    for (auto const& row : store::open_enrolments(tx, children, on)) {
        places.child_enrolments.emplace(row.person_id, row);
    }
    return places;
}

template <class Row, class Visit>
void each_of(std::multimap<PersonId, Row> const& rows, PersonId const& person, Visit visit) {
    auto const [from, to] = rows.equal_range(person);
    for (auto at = from; at != to; ++at) visit(at->second);
}

std::optional<core::LocalDate> earlier(std::optional<core::LocalDate> const& a,
                                       std::optional<core::LocalDate> const& b) {
    if (!a) return b;
    if (!b) return a;
    return std::min(*a, *b);
}

/// The grants that a person's places give, one for each role, place and subject.
std::vector<auth::GrantRow> wanted_grants(Places const& places, PersonId const& person) {
    std::vector<auth::GrantRow> wanted;
    auto want = [&](auth::Role role, OrgId const& org, std::string const& subject, core::LocalDate from,
                    std::optional<core::LocalDate> const& to) {
        for (auto& row : wanted) {
            if (row.role != role || row.org_id != org || row.subject != subject) continue;
            row.from_date = std::min(row.from_date, from);
            row.to_date = row.to_date && to ? std::optional(std::max(*row.to_date, *to)) : std::nullopt;
            return;
        }
        auth::GrantRow row;
        row.person_id = person;
        row.role = role;
        row.org_id = org;
        row.subject = subject;
        row.from_date = from;
        row.to_date = to;
        wanted.push_back(std::move(row));
    };
    each_of(places.posts, person,
            [&](Post const& post) { want(post.kind, post.org_id, post.subject, post.from_date, post.to_date); });
    each_of(places.enrolments, person,
            [&](Enrolment const& row) { want(auth::Role::pupil, row.class_id, "", row.from_date, row.to_date); });
    each_of(places.guardianships, person, [&](Guardianship const& bond) {
        each_of(places.child_enrolments, bond.pupil_id, [&](Enrolment const& row) {
            want(auth::Role::guardian, row.class_id, "", std::max(bond.from_date, row.from_date),
                 earlier(bond.to_date, row.to_date));
        });
    });
    return wanted;
}

bool same_grant(auth::GrantRow const& a, auth::GrantRow const& b) {
    return a.role == b.role && a.org_id == b.org_id && a.subject == b.subject;
}

/// Ends what is held too long or without reason; removes from `wanted` what is held as it should be.
core::Result<void> settle_held(sql::Tx& tx, PersonId const& person, std::vector<auth::GrantRow>& wanted,
                               core::LocalDate on) {
    for (auto const& held : auth::grants_of(tx, person, on)) {
        if (held.granted_by) continue;
        auto const found =
            std::ranges::find_if(wanted, [&](auth::GrantRow const& row) { return same_grant(row, held); });
        if (found == wanted.end()) {
            TRY_VOID(auth::end_grant(tx, held.id, on.plus_days(-1)));
        } else if (found->to_date == held.to_date) {
            wanted.erase(found);
        } else if (found->to_date && (!held.to_date || *found->to_date < *held.to_date)) {
            TRY_VOID(auth::end_grant(tx, held.id, *found->to_date));
            wanted.erase(found);
        } else {
            TRY_VOID(auth::end_grant(tx, held.id, on.plus_days(-1)));
        }
    }
    return {};
}

/// Candidates for somebody's login, the best first.
struct LoginChoice {
    PersonId person_id;
    std::string base;
    enum class Kind { numbered, named, guardian } kind = Kind::numbered;
    int tries = 0;

    std::string login(core::DistrictId district) const {
        if (kind == Kind::guardian) {
            return base + static_cast<char>('p' + tries % 10) + (tries < 10 ? "" : std::to_string(tries / 10));
        }
        if (tries == 0) return base;
        if (kind == Kind::named) return base + std::to_string(tries + 1);
        return std::to_string(district) + "-" + base + (tries == 1 ? "" : "-" + std::to_string(tries));
    }
};

/// A login for each choice that nobody has, in the order of the list.
std::vector<auth::NewAccount> choose_logins(sql::Tx& tx, std::vector<LoginChoice> pending) {
    std::vector<auth::NewAccount> chosen;
    std::set<std::string> taken;
    while (!pending.empty()) {
        std::vector<std::string> logins;
        for (auto const& one : pending) logins.push_back(auth::normalized_login(one.login(tx.district())));
        std::vector<std::string> unique = logins;
        std::ranges::sort(unique);
        unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
        for (auto& login : auth::logins_in_use(tx, unique)) taken.insert(std::move(login));
        std::vector<LoginChoice> again;
        for (std::size_t i = 0; i < pending.size(); ++i) {
            if (taken.insert(logins[i]).second)
                chosen.push_back({pending[i].person_id, logins[i]});
            else
                again.push_back(pending[i]), ++again.back().tries;
        }
        pending = std::move(again);
    }
    return chosen;
}

std::optional<LoginChoice> login_choice(Person const& person, Places const& places,
                                        std::map<PersonId, std::string> const& child_numbers) {
    if (person.pupil_number && places.enrolments.contains(person.id))
        return LoginChoice{person.id, *person.pupil_number};
    if (places.posts.contains(person.id)) {
        if (person.staff_number) return LoginChoice{person.id, *person.staff_number};
        auto const login = text::without_blanks(person.pinyin);
        return LoginChoice{person.id, login.empty() ? "user" : login, LoginChoice::Kind::named};
    }
    std::optional<LoginChoice> choice;
    each_of(places.guardianships, person.id, [&](Guardianship const& bond) {
        auto const number = child_numbers.find(bond.pupil_id);
        if (!choice && number != child_numbers.end()) {
            choice = LoginChoice{person.id, number->second, LoginChoice::Kind::guardian};
        }
    });
    return choice;
}

std::vector<PersonId> without_account(sql::Tx& tx, std::vector<PersonId> const& persons) {
    std::set<PersonId> has;
    for (auto const& account : auth::accounts_of(tx, persons)) has.insert(account.person_id);
    std::vector<PersonId> rest;
    for (auto const& person : persons) {
        if (!has.contains(person)) rest.push_back(person);
    }
    return rest;
}

/// Pupils of the list who are under 14 and lack consent.
std::set<PersonId> awaiting_consent(sql::Tx& tx, std::vector<Person> const& people, Places const& places,
                                    core::LocalDate on) {
    std::vector<PersonId> young;
    for (auto const& one : people) {
        bool const pupil = places.enrolments.contains(one.id) && !places.posts.contains(one.id);
        if (pupil && under_fourteen(one.birth_date, on)) young.push_back(one.id);
    }
    std::set<PersonId> waiting(young.begin(), young.end());
    for (auto const& row : store::consents_given(tx, young, account_purpose)) waiting.erase(row.pupil_id);
    return waiting;
}

}  // namespace

core::Result<void> renew_grants(sql::Tx& tx, std::vector<PersonId> const& persons, std::set<PersonId> const& fresh,
                                core::LocalDate on) {
    auto const places = places_of(tx, persons, on);
    std::vector<auth::GrantRow> missing;
    for (auto const& person : persons) {
        auto wanted = wanted_grants(places, person);
        if (!fresh.contains(person)) TRY_VOID(settle_held(tx, person, wanted, on));
        missing.insert(missing.end(), wanted.begin(), wanted.end());
    }
    return auth::add_grants(tx, std::move(missing));
}

core::Result<void> open_accounts(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on) {
    auto const people = store::people(tx, without_account(tx, persons));
    std::vector<PersonId> ids, children;
    for (auto const& one : people) ids.push_back(one.id);
    auto const places = places_of(tx, ids, on);
    for (auto const& [guardian, bond] : places.guardianships) children.push_back(bond.pupil_id);
    std::map<PersonId, std::string> child_numbers;
    for (auto const& child : store::people(tx, children)) {
        if (child.pupil_number) child_numbers[child.id] = *child.pupil_number;
    }
    std::vector<LoginChoice> choices;
    for (auto const& one : people) {
        if (auto choice = login_choice(one, places, child_numbers)) choices.push_back(std::move(*choice));
    }
    auto accounts = choose_logins(tx, std::move(choices));
    auto const waiting = awaiting_consent(tx, people, places, on);
    for (auto& account : accounts) {
        if (waiting.contains(account.person_id)) account.status = auth::AccountStatus::dormant;
    }
    TRY(auth::create_accounts(tx, accounts));
    return {};
}

int renew_account_states(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on) {
    int woken = 0;
    auto const places = places_of(tx, persons, on);
    auto const waiting = awaiting_consent(tx, store::people(tx, persons), places, on);
    for (auto const& account : auth::accounts_of(tx, persons)) {
        if (account.status == auth::AccountStatus::disabled) continue;
        auto const due =
            waiting.contains(account.person_id) ? auth::AccountStatus::dormant : auth::AccountStatus::active;
        if (account.status == due) continue;
        auth::set_status(tx, account.id, due);
        if (due == auth::AccountStatus::active) ++woken;
    }
    return woken;
}

std::vector<PersonId> record_consents(sql::Tx& tx, std::vector<PersonId> const& pupils, Consent const& pattern,
                                      OrgId const& scope) {
    std::set<PersonId> lacking(pupils.begin(), pupils.end());
    for (auto const& row : store::consents_given(tx, pupils, pattern.purpose)) lacking.erase(row.pupil_id);
    std::vector<Consent> rows;
    for (auto const& pupil : lacking) {
        rows.push_back(pattern);
        rows.back().id = ConsentId::make();
        rows.back().pupil_id = pupil;
    }
    store::put_consents(tx, rows);
    for (auto const& row : rows) feed::put(tx, {"roster.Consent", row.id.text(), scope}, row);
    return {lacking.begin(), lacking.end()};
}

}  // namespace santong::roster
