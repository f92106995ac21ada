#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/access.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "modules/roster/tree.hpp"
#include "platform/feed/feed.hpp"
#include "platform/text/pinyin.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_prefix = 6;
constexpr int number_digits = 4;

/// Letters that begin the logins of a school's pupils: its name's pinyin initials, longer if another school has them.
/// Never digits, which would run into the number.
std::string free_prefix(std::string const& name, std::set<std::string>& taken) {
    std::string prefix;
    for (char letter : text::pinyin_of_text(name).initials) {
        if (letter >= 'a' && letter <= 'z' && prefix.size() < longest_prefix) prefix += letter;
    }
    if (prefix.empty()) prefix = "x";
    std::string candidate = prefix;
    for (int n = 0; !taken.insert(candidate).second; ++n) {
        candidate = prefix + std::string(static_cast<std::size_t>(n / 25), 'z') + static_cast<char>('b' + n % 25);
    }
    return candidate;
}

/// Fills in what a school lacks.
std::vector<SchoolProfile> completed(sql::Tx& tx, BulkRoster const& bulk) {
    auto schools = bulk.schools;
    auto const known = store::login_prefixes(tx);
    std::set<std::string> taken(known.begin(), known.end());
    for (auto const& school : schools) taken.insert(school.login_prefix);
    std::map<OrgId, std::string> names;
    for (auto const& node : bulk.orgs) names[node.id] = node.short_name.empty() ? node.name : node.short_name;
    for (auto& school : schools) {
        if (school.login_prefix.empty()) school.login_prefix = free_prefix(names[school.id], taken);
    }
    return schools;
}

store::PersonRow row_of(sql::Tx& tx, PersonRecord const& record, core::Instant now) {
    store::PersonRow row;
    row.id = record.id;
    row.name = record.name;
    row.pinyin = record.pinyin;
    row.initials = record.initials;
    if (row.pinyin.empty() || row.initials.empty()) {
        auto sound = text::pinyin_of_name(record.name);
        row.pinyin = std::move(sound.syllables);
        row.initials = std::move(sound.initials);
    }
    row.sex = record.sex;
    row.birth_date = record.birth_date;
    row.staff_number = record.staff_number;
    row.pupil_number = record.pupil_number;
    row.subject = record.subject;
    row.created_at = now;
    row.ended_at = record.ended_at;
    seal_fields(tx, {record.identity_number, record.student_number, record.phone}, row);
    return row;
}

/// Where each person of the piece has his first place, so that his entry in the feed goes there.
std::map<PersonId, OrgId> scopes_of(sql::Tx& tx, BulkRoster const& bulk, core::LocalDate on) {
    std::map<PersonId, OrgId> scopes;
    for (auto const& row : bulk.enrolments) scopes.emplace(row.person_id, row.school_id);
    for (auto const& row : bulk.posts) scopes.emplace(row.person_id, row.org_id);
    for (auto const& row : bulk.guardianships) {
        auto const child = scopes.find(row.pupil_id);
        if (child != scopes.end()) scopes.emplace(row.guardian_id, child->second);
    }
    std::vector<PersonId> elsewhere;
    for (auto const& record : bulk.people) {
        if (!scopes.contains(record.id)) elsewhere.push_back(record.id);
    }
    if (elsewhere.empty()) return scopes;
    for (auto const& row : store::open_enrolments(tx, elsewhere, on)) scopes.emplace(row.person_id, row.school_id);
    for (auto const& row : store::open_posts(tx, elsewhere, on)) scopes.emplace(row.person_id, row.org_id);
    return scopes;
}

std::string pupil_number(std::string const& prefix, int number) {
    auto digits = std::to_string(number);
    if (digits.size() < number_digits) digits.insert(0, number_digits - digits.size(), '0');
    return prefix + digits;
}

/// The next numbers of a school.
std::vector<std::string> next_numbers(sql::Tx& tx, OrgId const& school, int count) {
    auto const prefix = store::school_profiles(tx, {school}).at(0).login_prefix;
    int number = store::take_numbers(tx, school, count) - count;
    std::vector<std::string> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(pupil_number(prefix, ++number));
    return numbers;
}

/// Gives numbers to those of the rows who come to a school with the piece and have none.
void number_rows(sql::Tx& tx, BulkRoster const& bulk, std::set<PersonId> const& fresh,
                 std::vector<store::PersonRow>& rows) {
    std::map<PersonId, OrgId> schools;
    for (auto const& row : bulk.enrolments) {
        if (fresh.contains(row.person_id) && !row.to_date) schools.emplace(row.person_id, row.school_id);
    }
    std::map<OrgId, std::vector<store::PersonRow*>> lacking;
    for (auto& row : rows) {
        auto const school = schools.find(row.id);
        if (!row.pupil_number && school != schools.end()) lacking[school->second].push_back(&row);
    }
    for (auto const& [school, pupils] : lacking) {
        auto const numbers = next_numbers(tx, school, static_cast<int>(pupils.size()));
        for (std::size_t i = 0; i < pupils.size(); ++i) pupils[i]->pupil_number = numbers[i];
    }
}

void write_people(sql::Tx& tx, BulkRoster const& bulk, std::set<PersonId> const& fresh, core::LocalDate on) {
    std::vector<PersonId> ids;
    for (auto const& record : bulk.people) ids.push_back(record.id);
    auth::prepare_keys(tx, ids);
    auto const now = core::system_now();
    std::vector<store::PersonRow> rows;
    rows.reserve(bulk.people.size());
    for (auto const& record : bulk.people) rows.push_back(row_of(tx, record, now));
    number_rows(tx, bulk, fresh, rows);
    store::put_people(tx, rows);
    auto const scopes = scopes_of(tx, bulk, on);
    for (auto const& row : rows) {
        auto const scope = scopes.find(row.id);
        feed::put(tx, {"roster.Person", row.id.text(), scope == scopes.end() ? OrgId{} : scope->second}, row);
    }
}

template <class Row>
void tell(sql::Tx& tx, std::string_view type, std::vector<Row> const& rows, OrgId Row::* scope) {
    for (auto const& row : rows) feed::put(tx, {type, row.id.text(), scope ? row.*scope : OrgId{}}, row);
}

void write_bonds(sql::Tx& tx, BulkRoster const& bulk, core::LocalDate on) {
    store::put_posts(tx, bulk.posts);
    tell(tx, "roster.Post", bulk.posts, &Post::org_id);
    store::put_enrolments(tx, bulk.enrolments);
    tell(tx, "roster.Enrolment", bulk.enrolments, &Enrolment::school_id);
    store::put_guardianships(tx, bulk.guardianships);
    auto const scopes = scopes_of(tx, bulk, on);
    for (auto const& row : bulk.guardianships) {
        auto const scope = scopes.find(row.pupil_id);
        feed::put(tx, {"roster.Guardianship", row.id.text(), scope == scopes.end() ? OrgId{} : scope->second}, row);
    }
    store::put_consents(tx, bulk.consents);
    for (auto const& row : bulk.consents) {
        auto const scope = scopes.find(row.pupil_id);
        feed::put(tx, {"roster.Consent", row.id.text(), scope == scopes.end() ? OrgId{} : scope->second}, row);
    }
}

void write_places(sql::Tx& tx, BulkRoster const& bulk, core::LocalDate on) {
    write_orgs(tx, bulk.orgs, on);
    tell(tx, "roster.Org", bulk.orgs, &Org::id);
    auto const schools = completed(tx, bulk);
    store::put_schools(tx, schools);
    tell(tx, "roster.School", schools, &SchoolProfile::id);
    store::put_classes(tx, bulk.classes);
    tell(tx, "roster.ClassGroup", bulk.classes, &ClassProfile::school_id);
    store::put_rooms(tx, bulk.rooms);
    tell(tx, "roster.Room", bulk.rooms, &Room::school_id);
    store::put_terms(tx, bulk.terms);
    tell(tx, "roster.Term", bulk.terms, static_cast<OrgId Term::*>(nullptr));
}

/// Everybody whose rights the piece may touch, guardians of its pupils included.
std::vector<PersonId> concerned(sql::Tx& tx, BulkRoster const& bulk, core::LocalDate on) {
    std::set<PersonId> persons;
    std::vector<PersonId> pupils;
    for (auto const& row : bulk.people) persons.insert(row.id);
    for (auto const& row : bulk.posts) persons.insert(row.person_id);
    for (auto const& row : bulk.enrolments) {
        persons.insert(row.person_id);
        pupils.push_back(row.person_id);
    }
    for (auto const& row : bulk.guardianships) persons.insert(row.guardian_id);
    for (auto const& row : bulk.consents) persons.insert(row.pupil_id);
    for (auto const& row : store::guardianships_of(tx, pupils, on)) persons.insert(row.guardian_id);
    return {persons.begin(), persons.end()};
}

}  // namespace

void number_pupils(sql::Tx& tx, std::vector<PersonId> const& pupils, core::LocalDate on) {
    std::set<PersonId> lacking;
    for (auto const& one : store::people(tx, pupils)) {
        if (!one.pupil_number) lacking.insert(one.id);
    }
    std::map<OrgId, std::vector<PersonId>> by_school;
    for (auto const& row : store::open_enrolments(tx, {lacking.begin(), lacking.end()}, on)) {
        if (lacking.erase(row.person_id) == 1) by_school[row.school_id].push_back(row.person_id);
    }
    for (auto const& [school, persons] : by_school) {
        auto const numbers = next_numbers(tx, school, static_cast<int>(persons.size()));
        for (std::size_t i = 0; i < persons.size(); ++i) store::set_pupil_number(tx, persons[i], numbers[i]);
    }
}

core::Result<void> write_bulk(sql::Tx& tx, BulkRoster const& bulk, core::Clock const& clock) {
    if (bulk.district) store::put_district(tx, *bulk.district);
    auto const on = today(tx, clock);
    std::vector<PersonId> ids;
    for (auto const& record : bulk.people) ids.push_back(record.id);
    std::set<PersonId> fresh(ids.begin(), ids.end());
    for (auto const& known : store::people(tx, ids)) fresh.erase(known.id);
    write_places(tx, bulk, on);
    write_people(tx, bulk, fresh, on);
    write_bonds(tx, bulk, on);
    auto const persons = concerned(tx, bulk, on);
    number_pupils(tx, persons, on);
    TRY_VOID(renew_grants(tx, persons, fresh, on));
    TRY_VOID(open_accounts(tx, persons, on));
    std::vector<PersonId> known;
    std::ranges::copy_if(persons, std::back_inserter(known), [&](PersonId const& id) { return !fresh.contains(id); });
    if (!known.empty()) renew_account_states(tx, known, on);
    return {};
}

void set_district(sql::Tx& tx, District const& district) {
    store::put_district(tx, district);
}

void spell_names(sql::Database& db, std::vector<core::DistrictId> const& districts) {
    constexpr int batch = 1000;
    for (auto const district : districts) {
        // Nearly every start finds nothing to do: no write is begun for that.
        if (db.read(district, [](sql::Tx& tx) { return store::unspelled_names(tx, 1).empty(); })) continue;
        auto const some = [&](sql::Tx& tx) {
            auto const found = store::unspelled_names(tx, batch);
            for (auto const& one : found) {
                auto const spelled = text::pinyin_of_name(one.name).syllables;
                store::spell_name(tx, one.id, spelled.empty() ? "-" : spelled);
            }
            return found.size() == batch;
        };
        while (db.transact(district, some)) {}
    }
}

}  // namespace santong::roster
