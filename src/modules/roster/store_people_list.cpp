#include "modules/roster/store.hpp"

namespace santong::roster::store {

namespace {

/// Text and parameters of a WHERE clause while it grows. $1 is the district, $2 the day, $3 the scope.
struct Clause {
    std::string text;
    std::vector<sql::Param> params;

    std::string add(sql::Param param) {
        params.push_back(std::move(param));
        return "$" + std::to_string(params.size());
    }
};

constexpr char const* scope_staff =
    "EXISTS (SELECT 1 FROM post t JOIN org_closure c ON c.district_id = t.district_id AND c.org_id = t.org_id"
    " WHERE t.district_id = p.district_id AND t.person_id = p.id AND t.from_date <= $2"
    " AND (t.to_date IS NULL OR t.to_date >= $2) AND c.ancestor_id {in $3}";
constexpr char const* scope_pupil =
    "EXISTS (SELECT 1 FROM enrolment e JOIN org_closure c ON c.district_id = e.district_id AND c.org_id = e.class_id"
    " WHERE e.district_id = p.district_id AND e.person_id = p.id AND e.from_date <= $2"
    " AND (e.to_date IS NULL OR e.to_date >= $2) AND c.ancestor_id {in $3})";
constexpr char const* scope_guardian =
    "EXISTS (SELECT 1 FROM guardianship g JOIN enrolment e ON e.district_id = g.district_id AND e.person_id = "
    "g.pupil_id"
    " JOIN org_closure c ON c.district_id = e.district_id AND c.org_id = e.class_id"
    " WHERE g.district_id = p.district_id AND g.guardian_id = p.id AND g.from_date <= $2"
    " AND (g.to_date IS NULL OR g.to_date >= $2) AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date >= $2)"
    " AND c.ancestor_id {in $3})";

/// Somebody's kind and whether he lies in the scope.
std::string kind_condition(Clause& clause, PeopleFilter const& filter, std::string const& kind) {
    std::string staff = scope_staff;
    staff += filter.role.empty() ? ")" : " AND t.kind = " + clause.add(filter.role) + ")";
    if (kind == "staff") return staff;
    if (kind == "pupil") return scope_pupil;
    if (kind == "guardian") return scope_guardian;
    if (!filter.role.empty()) return staff;
    return "(" + staff + " OR " + scope_pupil + " OR " + scope_guardian + ")";
}

/// A beginning or part as LIKE wants it, its own signs taken literally.
std::string literal(std::string const& text) {
    std::string out;
    for (char sign : text) {
        if (sign == '!' || sign == '%' || sign == '_') out += '!';
        out += sign;
    }
    return out;
}

void search(Clause& clause, PeopleFilter const& filter) {
    if (filter.name_part.empty()) return;
    clause.text += " AND (LOWER(p.name) LIKE " + clause.add("%" + literal(filter.name_part) + "%") + " ESCAPE '!'";
    if (!filter.letters.empty()) {
        auto const letters = clause.add(literal(filter.letters) + "%");
        auto const initials = clause.add(literal(filter.initials) + "%");
        for (auto const* column : {"p.pinyin", "LOWER(p.staff_number)", "p.pupil_number"}) {
            clause.text += std::string(" OR ") + column + " LIKE " + letters + " ESCAPE '!'";
        }
        clause.text += " OR p.initials LIKE " + letters + " ESCAPE '!' OR p.initials LIKE " + initials + " ESCAPE '!'";
    }
    clause.text += ")";
}

Clause clause_of(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, std::string const& kind) {
    Clause clause;
    clause.params = {sql::to_param(tx.district()), sql::to_param(on), sql::to_param(filter.scope)};
    clause.text = " FROM person p WHERE p.district_id = $1 AND " + kind_condition(clause, filter, kind);
    search(clause, filter);
    return clause;
}

}  // namespace

std::vector<Person> list_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, int limit) {
    auto clause = clause_of(tx, filter, on, filter.kind);
    if (!filter.after_id.empty()) {
        auto const pinyin = clause.add(filter.after_pinyin);
        clause.text += " AND (p.pinyin > " + pinyin + " OR (p.pinyin = " + pinyin + " AND p.id > " +
                       clause.add(filter.after_id) + "))";
    }
    clause.text += " ORDER BY p.pinyin, p.id LIMIT " + clause.add(static_cast<std::int64_t>(limit));
    return tx.rows_text<Person>(
        "SELECT p.id, p.name, p.pinyin, p.initials, p.sex, p.birth_date, p.staff_number,"
        " p.pupil_number, p.subject, p.ended_at" +
            clause.text,
        clause.params);
}

std::int64_t count_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, std::string const& kind) {
    auto const clause = clause_of(tx, filter, on, kind);
    std::int64_t count = 0;
    tx.run_text("SELECT COUNT(*)" + clause.text, clause.params,
                [&](sql::Cells const& cells) { count = cells.integer(0); });
    return count;
}

std::vector<PersonRow> person_rows(sql::Tx& tx, std::vector<PersonId> const& ids) {
    return tx.rows<PersonRow>(
        "SELECT id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject,"
        " identity_sealed, identity_index, student_number_sealed, student_number_index,"
        " phone_sealed, phone_index, created_at, ended_at FROM person"
        " WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

std::vector<PersonId> people_by_index(sql::Tx& tx, std::string const& identity, std::string const& student_number,
                                      std::string const& phone) {
    return tx.column<PersonId>(
        "SELECT id FROM person WHERE district_id = $1"
        " AND ((CAST($2 AS TEXT) <> '' AND identity_index = $2)"
        " OR (CAST($3 AS TEXT) <> '' AND student_number_index = $3)"
        " OR (CAST($4 AS TEXT) <> '' AND phone_index = $4)) ORDER BY id",
        tx.district(), identity, student_number, phone);
}

std::vector<PersonId> people_by_staff_number(sql::Tx& tx, std::string const& number) {
    return tx.column<PersonId>("SELECT id FROM person WHERE district_id = $1 AND staff_number = $2", tx.district(),
                               number);
}

std::vector<Post> all_posts(sql::Tx& tx, PersonId const& person) {
    return tx.rows<Post>(
        "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
        " WHERE district_id = $1 AND person_id = $2 ORDER BY from_date DESC, id DESC",
        tx.district(), person);
}

std::optional<Guardianship> find_guardianship(sql::Tx& tx, GuardianshipId const& id) {
    return tx.optional_row<Guardianship>(
        "SELECT id, guardian_id, pupil_id, relation, from_date, to_date FROM guardianship"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

void erase_person(sql::Tx& tx, PersonId const& id, std::string const& name, core::Instant at) {
    tx.execute(
        "UPDATE person SET name = $3, pinyin = '', initials = '', sex = 'unknown', birth_date = NULL,"
        " staff_number = NULL, pupil_number = NULL, identity_sealed = '', identity_index = '',"
        " student_number_sealed = '', student_number_index = '', phone_sealed = '', phone_index = '', ended_at = $4"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id, name, at);
}

}  // namespace santong::roster::store
