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

// Sets of people by where they are, not questions about each person: one pass however many rows a count looks at.
std::string nodes_below(std::string const& scope) {
    return "(SELECT c.org_id FROM org_closure c WHERE c.district_id = $1 AND c.ancestor_id {in " + scope + "})";
}
std::string nodes_in_scope() {
    return nodes_below("$3");
}

std::string running(char const* table) {
    std::string const name = table;
    return " AND " + name + ".from_date <= $2 AND (" + name + ".to_date IS NULL OR " + name + ".to_date >= $2)";
}

std::string staff_in_scope(Clause& clause, std::string const& role) {
    std::string text = "SELECT t.person_id AS id FROM post t WHERE t.district_id = $1" + running("t") +
                       " AND t.org_id IN " + nodes_in_scope();
    if (!role.empty()) text += " AND t.kind = " + clause.add(role);
    return text;
}

std::string pupils_in_scope() {
    return "SELECT e.person_id AS id FROM enrolment e WHERE e.district_id = $1" + running("e") + " AND e.class_id IN " +
           nodes_in_scope();
}

std::string guardians_in_scope(Clause& clause, PeopleFilter const& filter) {
    auto const scope = clause.add(sql::to_param(filter.guardian_scope));
    return "SELECT g.guardian_id AS id FROM guardianship g JOIN enrolment e ON e.district_id = g.district_id"
           " AND e.person_id = g.pupil_id WHERE g.district_id = $1" +
           running("g") + running("e") + " AND e.class_id IN " + nodes_in_scope() + " AND e.class_id IN " +
           nodes_below(scope);
}

/// Everybody of a kind who lies in the scope, some of them more than once.
std::string kind_in_scope(Clause& clause, PeopleFilter const& filter, std::string const& kind) {
    if (kind == "pupil") return pupils_in_scope();
    if (kind == "guardian") return guardians_in_scope(clause, filter);
    if (kind == "staff" || !filter.role.empty()) return staff_in_scope(clause, filter.role);
    return staff_in_scope(clause, "") + " UNION ALL " + pupils_in_scope() + " UNION ALL " +
           guardians_in_scope(clause, filter);
}

// The same as questions about one person p. The closure is asked for the one node, so that no database thinks of
// beginning with all nodes of the scope.

std::string lies_in_scope(char const* node, std::string const& scope = "$3") {
    return std::string(" AND EXISTS (SELECT 1 FROM org_closure c WHERE c.district_id = $1 AND c.org_id = ") + node +
           " AND c.ancestor_id {in " + scope + "})";
}

std::string is_staff(Clause& clause, std::string const& role) {
    std::string text = "EXISTS (SELECT 1 FROM post t WHERE t.district_id = $1 AND t.person_id = p.id" + running("t") +
                       lies_in_scope("t.org_id");
    if (!role.empty()) text += " AND t.kind = " + clause.add(role);
    return text + ")";
}

std::string is_pupil() {
    return "EXISTS (SELECT 1 FROM enrolment e WHERE e.district_id = $1 AND e.person_id = p.id" + running("e") +
           lies_in_scope("e.class_id") + ")";
}

std::string is_guardian(Clause& clause, PeopleFilter const& filter) {
    auto const scope = clause.add(sql::to_param(filter.guardian_scope));
    return "EXISTS (SELECT 1 FROM guardianship g JOIN enrolment e ON e.district_id = g.district_id"
           " AND e.person_id = g.pupil_id WHERE g.district_id = $1 AND g.guardian_id = p.id" +
           running("g") + running("e") + lies_in_scope("e.class_id") + lies_in_scope("e.class_id", scope) + ")";
}

std::string is_of_kind(Clause& clause, PeopleFilter const& filter, std::string const& kind) {
    if (kind == "pupil") return is_pupil();
    if (kind == "guardian") return is_guardian(clause, filter);
    if (kind == "staff" || !filter.role.empty()) return is_staff(clause, filter.role);
    return "(" + is_staff(clause, "") + " OR " + is_pupil() + " OR " + is_guardian(clause, filter) + ")";
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
        for (auto const* column : {"REPLACE(p.pinyin, ' ', '')", "LOWER(p.staff_number)", "p.pupil_number"}) {
            clause.text += std::string(" OR ") + column + " LIKE " + letters + " ESCAPE '!'";
        }
        clause.text += " OR p.initials LIKE " + letters + " ESCAPE '!' OR p.initials LIKE " + initials + " ESCAPE '!'";
    }
    clause.text += ")";
}

Clause clause_of(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, std::string const& kind, Way way) {
    Clause clause;
    clause.params = {sql::to_param(tx.district()), sql::to_param(on), sql::to_param(filter.scope)};
    auto const chosen =
        way == Way::walk ? is_of_kind(clause, filter, kind) : "p.id IN (" + kind_in_scope(clause, filter, kind) + ")";
    clause.text = " FROM person p WHERE p.district_id = $1 AND " + chosen;
    search(clause, filter);
    return clause;
}

}  // namespace

std::vector<Person> list_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, int limit, Way way) {
    auto clause = clause_of(tx, filter, on, filter.kind, way);
    if (!filter.after_id.empty()) {
        auto const pinyin = clause.add(filter.after_pinyin);
        clause.text += " AND (p.pinyin, p.id) > (" + pinyin + ", " + clause.add(filter.after_id) + ")";
    }
    clause.text += " ORDER BY p.pinyin, p.id LIMIT " + clause.add(static_cast<std::int64_t>(limit));
    return tx.rows_text<Person>(
        "SELECT p.id, p.name, p.pinyin, p.initials, p.sex, p.birth_date, p.staff_number,"
        " p.pupil_number, p.subject, p.ended_at" +
            clause.text,
        clause.params);
}

std::int64_t count_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, std::string const& kind) {
    Clause clause;
    if (filter.name_part.empty()) {  // who they are does not matter: the people need not be read
        clause.params = {sql::to_param(tx.district()), sql::to_param(on), sql::to_param(filter.scope)};
        clause.text = "(DISTINCT id) FROM (" + kind_in_scope(clause, filter, kind) + ") found";
    } else {
        clause = clause_of(tx, filter, on, kind, Way::gather);
        clause.text = "(*)" + clause.text;
    }
    std::int64_t count = 0;
    tx.run_text("SELECT COUNT" + clause.text, clause.params,
                [&](sql::Cells const& cells) { count = cells.integer(0); });
    return count;
}

std::vector<PersonId> people_called(sql::Tx& tx, PeopleFilter const& search_words) {
    constexpr std::int64_t most = 20'000;
    Clause clause{"SELECT p.id FROM person p WHERE p.district_id = $1", {sql::to_param(tx.district())}};
    search(clause, search_words);
    clause.text += " ORDER BY p.id LIMIT " + clause.add(most);
    std::vector<PersonId> found;
    tx.run_text(clause.text, clause.params, [&](sql::Cells const& cells) {
        if (auto const id = PersonId::parse(cells.text(0))) found.push_back(*id);
    });
    return found;
}

std::int64_t count_persons(sql::Tx& tx) {
    return tx.value<std::int64_t>("SELECT COUNT(*) FROM person WHERE district_id = $1", tx.district()).value_or(0);
}

std::vector<PersonRow> person_rows(sql::Tx& tx, std::vector<PersonId> const& ids) {
    return tx.rows<PersonRow>(
        "SELECT id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject,"
        " identity_sealed, identity_index, student_number_sealed, student_number_index,"
        " phone_sealed, phone_index, created_at, ended_at FROM person"
        " WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

void set_indexes(sql::Tx& tx, PersonRow const& row) {
    tx.execute(
        "UPDATE person SET identity_index = $3, student_number_index = $4, phone_index = $5"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), row.id, row.identity_index, row.student_number_index, row.phone_index);
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
