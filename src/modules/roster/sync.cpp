#include "modules/roster/sync.hpp"

#include "core/json.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service_codes.hpp"
#include "platform/auth/sync.hpp"

namespace santong::roster {

namespace {

std::string everywhere(std::string const& table) {
    return "SELECT id FROM " + table + " WHERE district_id = $1";
}

/// SELECT of the pupils of a subtree.
std::string pupils_held() {
    return "SELECT person_id FROM enrolment WHERE district_id = $1 AND to_date IS NULL AND school_id IN (" +
           subtree_held() + ")";
}

void recode_out(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    if (rows.table == "person_key") return auth::person_keys_out(tx, rows, peer_key);
    // Keyed hashes are of one node: the other makes its own.
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        if (!rows.columns[i].ends_with("_index")) continue;
        for (auto& row : rows.rows) row[i] = "";
    }
}
/// Somebody's row as an entry's body, without keyed hashes.
std::string without_hashes(std::string const& body) {
    auto row = core::json::read<store::PersonRow>(body, core::json::UnknownFields::ignore);
    if (!row) return "null";
    row->identity_index = row->student_number_index = row->phone_index = "";
    return core::json::write(*row);
}

void recode_in(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key) {
    if (rows.table == "person_key") auth::person_keys_in(tx, rows, peer_key);
}

void index_people(sql::Tx& tx, std::vector<std::string> const& ids) {
    std::vector<PersonId> persons;
    for (auto const& id : ids) {
        if (auto const person = PersonId::parse(id)) persons.push_back(*person);
    }
    auth::load_keys(tx, persons);
    for (auto& row : store::person_rows(tx, persons)) {
        auto const clear = open_fields(tx, row);
        if (!clear) continue;
        row.identity_index = identity_index(clear->identity_number);
        row.student_number_index = student_number_index(clear->student_number);
        row.phone_index = phone_index(clear->phone);
        store::set_indexes(tx, row);
    }
}

}  // namespace

std::string subtree_held() {
    return "SELECT org_id FROM org_closure WHERE district_id = $1 AND ancestor_id = $2";
}

std::string held_in(std::string const& table, std::string const& column) {
    return "SELECT id FROM " + table + " WHERE district_id = $1 AND " + column + " IN (" + subtree_held() + ")";
}

std::string area_held() {
    return "SELECT c.org_id FROM org o JOIN org_closure c ON c.district_id = o.district_id AND c.ancestor_id ="
           " o.parent_id WHERE o.district_id = $1 AND o.id = $2";
}

std::string persons_held() {
    return "SELECT person_id AS id FROM post WHERE district_id = $1 AND to_date IS NULL AND org_id IN (" +
           subtree_held() + ") UNION " + pupils_held() +
           " UNION SELECT guardian_id FROM guardianship WHERE district_id = $1 AND to_date IS NULL AND pupil_id IN (" +
           pupils_held() + ")";
}

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.places_of_subtree("SELECT org_id AS id FROM org_closure WHERE district_id = $1 AND ancestor_id = $2");
    shapes.add({.type = "roster.Org",
                .tables = {{.name = "org"},
                           {.name = "org_closure", .key = "org_id"},
                           {.name = "org_history", .key = "org_id"}},
                .held = everywhere("org")});
    // A table's own codes go together; none is ever deleted.
    shapes.add({.type = "roster.OwnCodes",
                .tables = {{.name = "own_code", .key = "table_name"}},
                .held = "SELECT DISTINCT table_name AS id FROM own_code WHERE district_id = $1",
                .applied = [](sql::Tx& tx, std::vector<std::string> const&) { use_own_subjects_after(tx); }});
    shapes.add({.type = "roster.School", .tables = {{.name = "school"}}, .held = held_in("school", "id")});
    shapes.add({.type = "roster.Term", .tables = {{.name = "term"}}, .held = everywhere("term")});
    shapes.add({.type = "roster.ClassGroup",
                .tables = {{.name = "class_group"}},
                .held = held_in("class_group", "school_id"),
                .named_by = "class_id"});
    shapes.add({.type = "roster.Room", .tables = {{.name = "room"}}, .held = held_in("room", "school_id")});
    std::string const accounts = "SELECT id FROM auth_account WHERE district_id = $1 AND person_id = $2";
    shapes.add({.type = "roster.Person",
                .tables = {{.name = "person_key", .key = "person_id"}, {.name = "person"}},
                .held = persons_held(),
                .brings = {{"auth.Account", accounts},
                           {"auth.Code", accounts},
                           {"auth.Pin", accounts},
                           {"auth.SecondFactor", accounts}},
                .moves = true,
                .outgoing = recode_out,
                .outgoing_body = without_hashes,
                .incoming = recode_in,
                .applied = index_people});
    shapes.add({.type = "roster.Post",
                .tables = {{.name = "post"}},
                .held = held_in("post", "org_id"),
                .brings = {{"roster.Person", "SELECT person_id FROM post WHERE district_id = $1 AND id = $2"}},
                .moves = true});
    shapes.add({.type = "roster.Enrolment",
                .tables = {{.name = "enrolment"}},
                .held = held_in("enrolment", "school_id"),
                .brings = {{"roster.Person", "SELECT person_id FROM enrolment WHERE district_id = $1 AND id = $2"},
                           {"roster.Guardianship",
                            "SELECT g.id FROM guardianship g JOIN enrolment e ON e.district_id = g.district_id"
                            " AND e.person_id = g.pupil_id WHERE e.district_id = $1 AND e.id = $2"},
                           {"roster.Consent",
                            "SELECT c.id FROM consent c JOIN enrolment e ON e.district_id = c.district_id"
                            " AND e.person_id = c.pupil_id WHERE e.district_id = $1 AND e.id = $2"}},
                .moves = true});
    shapes.add(
        {.type = "roster.Guardianship",
         .tables = {{.name = "guardianship"}},
         .held = "SELECT id FROM guardianship WHERE district_id = $1 AND pupil_id IN (" + pupils_held() + ")",
         .brings = {{"roster.Person", "SELECT guardian_id FROM guardianship WHERE district_id = $1 AND id = $2"}},
         .moves = true});
    shapes.add({.type = "roster.Consent",
                .tables = {{.name = "consent"}},
                .held = "SELECT id FROM consent WHERE district_id = $1 AND pupil_id IN (" + pupils_held() + ")",
                .moves = true});
    auth::add_shapes(shapes, {persons_held(), subtree_held()});
}

}  // namespace santong::roster
