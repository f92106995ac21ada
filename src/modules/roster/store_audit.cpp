#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<core::Uuid> belonging_to(sql::Tx& tx, OrgId const& org) {
    return tx.column<core::Uuid>(
        "SELECT c.org_id AS id FROM org_closure c WHERE c.district_id = $1 AND c.ancestor_id = $2"
        " UNION SELECT t.person_id AS id FROM post t JOIN org_closure c ON c.district_id = t.district_id"
        " AND c.org_id = t.org_id WHERE t.district_id = $1 AND c.ancestor_id = $2"
        " UNION SELECT e.person_id AS id FROM enrolment e JOIN org_closure c ON c.district_id = e.district_id"
        " AND c.org_id = e.class_id WHERE e.district_id = $1 AND c.ancestor_id = $2",
        tx.district(), org);
}

std::vector<PersonId> ever_staff(sql::Tx& tx, std::vector<PersonId> const& persons) {
    return tx.column<PersonId>("SELECT DISTINCT person_id FROM post WHERE district_id = $1 AND person_id {in $2}",
                               tx.district(), persons);
}

std::vector<NamedThing> named_things(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    return tx.rows<NamedThing>(
        "SELECT id, name FROM term WHERE district_id = $1 AND id {in $2}"
        " UNION ALL SELECT id, file_name AS name FROM import_session WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

}  // namespace santong::roster::store
