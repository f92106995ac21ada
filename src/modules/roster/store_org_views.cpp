#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<Org> subtree_to(sql::Tx& tx, OrgId const& root, int depth) {
    return tx.rows<Org>(
        "SELECT o.id, o.kind, o.parent_id, o.name, o.short_name, o.code, o.sort, o.map_x, o.map_y,"
        " o.from_date, o.to_date FROM org_closure c"
        " JOIN org o ON o.district_id = c.district_id AND o.id = c.org_id"
        " WHERE c.district_id = $1 AND c.ancestor_id = $2 AND c.depth <= $3 AND o.to_date IS NULL"
        " ORDER BY c.depth, o.sort, o.name, o.id",
        tx.district(), root, depth);
}

std::vector<OrgCount> child_counts(sql::Tx& tx, std::vector<OrgId> const& parents) {
    return tx.rows<OrgCount>(
        "SELECT parent_id AS id, COUNT(*) AS count FROM org WHERE district_id = $1"
        " AND parent_id {in $2} AND to_date IS NULL GROUP BY parent_id",
        tx.district(), parents);
}

std::vector<Org> orgs_below(sql::Tx& tx, std::vector<OrgId> const& roots) {
    return tx.rows<Org>(
        "SELECT o.id, o.kind, o.parent_id, o.name, o.short_name, o.code, o.sort, o.map_x, o.map_y,"
        " o.from_date, o.to_date FROM org o WHERE o.district_id = $1 AND o.to_date IS NULL"
        " AND o.kind <> 'class_group' AND o.id IN (SELECT c.org_id FROM org_closure c"
        "   WHERE c.district_id = $1 AND c.ancestor_id {in $2}) ORDER BY o.sort, o.name, o.id",
        tx.district(), roots);
}

std::vector<OrgId> schools_below(sql::Tx& tx, std::vector<OrgId> const& roots) {
    return tx.column<OrgId>(
        "SELECT DISTINCT s.id FROM school s"
        " JOIN org o ON o.district_id = s.district_id AND o.id = s.id AND o.to_date IS NULL"
        " JOIN org_closure c ON c.district_id = s.district_id AND c.org_id = s.id"
        " WHERE s.district_id = $1 AND c.ancestor_id {in $2}",
        tx.district(), roots);
}

int count_classes_below(sql::Tx& tx, OrgId const& root, core::LocalDate on) {
    return tx
        .value<std::int32_t>(
            "SELECT COUNT(*) FROM org_closure c JOIN class_group g ON g.district_id = c.district_id AND g.id = c.org_id"
            " JOIN school s ON s.district_id = g.district_id AND s.id = g.school_id"
            " JOIN org o ON o.district_id = g.district_id AND o.id = g.id"
            " WHERE c.district_id = $1 AND c.ancestor_id = $2 AND CAST($3 AS INTEGER) - g.entry_year + g.entry_grade "
            "<= s.last_grade"
            " AND o.from_date <= $4 AND (o.to_date IS NULL OR o.to_date >= $4)",
            tx.district(), root, school_year_of(on), on)
        .value_or(0);
}

int count_pupils_below(sql::Tx& tx, OrgId const& root, core::LocalDate on) {
    return tx
        .value<std::int32_t>(
            "SELECT COUNT(*) FROM org_closure c JOIN enrolment e ON e.district_id = c.district_id AND e.class_id = "
            "c.org_id"
            " WHERE c.district_id = $1 AND c.ancestor_id = $2 AND e.from_date <= $3 AND (e.to_date IS NULL OR "
            "e.to_date >= $3)",
            tx.district(), root, on)
        .value_or(0);
}

int count_staff_below(sql::Tx& tx, OrgId const& root, core::LocalDate on) {
    return tx
        .value<std::int32_t>(
            "SELECT COUNT(DISTINCT t.person_id) FROM org_closure c"
            " JOIN post t ON t.district_id = c.district_id AND t.org_id = c.org_id"
            " WHERE c.district_id = $1 AND c.ancestor_id = $2 AND t.from_date <= $3 AND (t.to_date IS NULL OR "
            "t.to_date >= $3)",
            tx.district(), root, on)
        .value_or(0);
}

std::vector<OrgPlace> places_over_time(sql::Tx& tx, OrgId const& org) {
    return tx.rows<OrgPlace>(
        "SELECT id, org_id, parent_id, name, from_date, to_date FROM org_history"
        " WHERE district_id = $1 AND org_id = $2 ORDER BY from_date DESC, id DESC",
        tx.district(), org);
}

std::vector<Post> posts_at(sql::Tx& tx, std::vector<OrgId> const& orgs, core::LocalDate on) {
    return tx.rows<Post>(
        "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
        " WHERE district_id = $1 AND org_id {in $2} AND from_date <= $3"
        " AND (to_date IS NULL OR to_date >= $3) ORDER BY kind, from_date, id",
        tx.district(), orgs, on);
}

std::vector<Enrolment> enrolments_in_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on) {
    return tx.rows<Enrolment>(
        "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment"
        " WHERE district_id = $1 AND class_id = $2 AND from_date <= $3"
        " AND (to_date IS NULL OR to_date >= $3) ORDER BY id",
        tx.district(), class_id, on);
}

int people_after(sql::Tx& tx, OrgId const& org, core::LocalDate day) {
    return tx
        .value<std::int32_t>(
            "SELECT (SELECT COUNT(*) FROM post WHERE district_id = $1 AND org_id = $2 AND (to_date IS NULL OR to_date "
            "> $3))"
            " + (SELECT COUNT(*) FROM enrolment WHERE district_id = $1 AND (class_id = $2 OR school_id = $2)"
            "   AND (to_date IS NULL OR to_date > $3))",
            tx.district(), org, day)
        .value_or(0);
}

std::vector<OrgCount> classes_by_school(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<OrgCount>(
        "SELECT g.school_id AS id, COUNT(*) AS count FROM class_group g"
        " JOIN school s ON s.district_id = g.district_id AND s.id = g.school_id"
        " JOIN org o ON o.district_id = g.district_id AND o.id = g.id"
        " WHERE g.district_id = $1 AND CAST($2 AS INTEGER) - g.entry_year + g.entry_grade <= s.last_grade"
        " AND o.from_date <= $3 AND (o.to_date IS NULL OR o.to_date >= $3) GROUP BY g.school_id",
        tx.district(), school_year_of(on), on);
}

}  // namespace santong::roster::store
