#include <map>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "modules/roster/tree.hpp"
#include "platform/feed/feed.hpp"

namespace santong::roster {

namespace {

/// Gives each school that has none a short code that begins its pupils' logins.
std::vector<SchoolProfile> with_prefixes(sql::Tx& tx, std::vector<SchoolProfile> schools) {
    auto const known = store::login_prefixes(tx);
    std::set<std::string> taken(known.begin(), known.end());
    int number = static_cast<int>(taken.size());
    for (auto& school : schools) {
        if (!school.login_prefix.empty()) continue;
        do school.login_prefix = "s" + std::to_string(++number);
        while (!taken.insert(school.login_prefix).second);
    }
    return schools;
}

store::PersonRow row_of(PersonRecord const& record, core::Instant now) {
    store::PersonRow row;
    row.id = record.id;
    row.name = record.name;
    row.pinyin = record.pinyin;
    row.initials = record.initials;
    row.sex = record.sex;
    row.birth_date = record.birth_date;
    row.staff_number = record.staff_number;
    row.pupil_number = record.pupil_number;
    row.subject = record.subject;
    row.created_at = now;
    row.ended_at = record.ended_at;
    return row;
}

void write_people(sql::Tx& tx, std::vector<PersonRecord> const& people, core::Instant now) {
    std::vector<store::PersonRow> rows;
    rows.reserve(people.size());
    for (auto const& record : people) rows.push_back(row_of(record, now));
    store::put_people(tx, rows);
    for (auto const& row : rows) feed::put(tx, {"roster.Person", row.id.text(), {}}, row);
}

template <class Row>
void tell(sql::Tx& tx, std::string_view type, std::vector<Row> const& rows, OrgId Row::*scope) {
    for (auto const& row : rows) feed::put(tx, {type, row.id.text(), scope ? row.*scope : OrgId{}}, row);
}

}  // namespace

void write_bulk(sql::Tx& tx, BulkRoster const& bulk, core::Clock const& clock) {
    if (bulk.district) store::put_district(tx, *bulk.district);
    write_orgs(tx, bulk.orgs, today(tx, clock));
    tell(tx, "roster.Org", bulk.orgs, &Org::id);
    auto const schools = with_prefixes(tx, bulk.schools);
    store::put_schools(tx, schools);
    tell(tx, "roster.School", schools, &SchoolProfile::id);
    store::put_classes(tx, bulk.classes);
    tell(tx, "roster.ClassGroup", bulk.classes, &ClassProfile::school_id);
    store::put_rooms(tx, bulk.rooms);
    store::put_terms(tx, bulk.terms);
    tell(tx, "roster.Term", bulk.terms, static_cast<OrgId Term::*>(nullptr));
    write_people(tx, bulk.people, core::system_now());
    store::put_posts(tx, bulk.posts);
    tell(tx, "roster.Post", bulk.posts, &Post::org_id);
    store::put_enrolments(tx, bulk.enrolments);
    tell(tx, "roster.Enrolment", bulk.enrolments, &Enrolment::school_id);
    store::put_guardianships(tx, bulk.guardianships);
    tell(tx, "roster.Guardianship", bulk.guardianships, static_cast<OrgId Guardianship::*>(nullptr));
    store::put_consents(tx, bulk.consents);
}

}  // namespace santong::roster
