// Whom a notice reaches.
#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<SchoolPlace> school_places(sql::Tx& tx) {
    return tx.rows<SchoolPlace>(
        "SELECT c.org_id, c.ancestor_id AS school_id FROM org_closure c"
        " JOIN org o ON o.district_id = c.district_id AND o.id = c.ancestor_id"
        " WHERE c.district_id = $1 AND o.kind IN ('school', 'teaching_point') ORDER BY c.org_id, c.depth",
        tx.district());
}

std::vector<PersonAt> staff_on(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<PersonAt>(
        "SELECT person_id, org_id FROM post WHERE district_id = $1 AND from_date <= $2"
        " AND (to_date IS NULL OR to_date >= $2) ORDER BY person_id, from_date, id",
        tx.district(), on);
}

std::vector<PersonAt> guardians_on(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<PersonAt>(
        "SELECT g.guardian_id AS person_id, e.class_id AS org_id FROM guardianship g"
        " JOIN enrolment e ON e.district_id = g.district_id AND e.person_id = g.pupil_id"
        " WHERE g.district_id = $1 AND g.from_date <= $2 AND (g.to_date IS NULL OR g.to_date >= $2)"
        " AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date >= $2) ORDER BY g.guardian_id, g.from_date, g.id",
        tx.district(), on);
}

std::vector<PersonAt> pupils_on(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<PersonAt>(
        "SELECT person_id, class_id AS org_id FROM enrolment WHERE district_id = $1 AND from_date <= $2"
        " AND (to_date IS NULL OR to_date >= $2) ORDER BY person_id, from_date, id",
        tx.district(), on);
}

}  // namespace santong::roster::store
