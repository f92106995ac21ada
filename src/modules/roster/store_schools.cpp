#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<School> schools(sql::Tx& tx, std::vector<OrgId> const& only) {
    return tx.rows<School>(
        "SELECT o.id, o.name, o.short_name, t.id AS township_id, t.name AS township_name, s.kind, s.central, s.rural,"
        " s.first_grade, s.last_grade, s.school_code, o.map_x AS x, o.map_y AS y"
        " FROM school s JOIN org o ON o.district_id = s.district_id AND o.id = s.id"
        " LEFT JOIN (SELECT c.district_id, c.org_id, a.id, a.name FROM org_closure c"
        "   JOIN org a ON a.district_id = c.district_id AND a.id = c.ancestor_id AND a.kind = 'township') t"
        "   ON t.district_id = s.district_id AND t.org_id = s.id"
        " WHERE s.district_id = $1 AND (CAST($3 AS BOOLEAN) OR s.id {in $2}) AND (o.to_date IS NULL OR NOT CAST($3 AS "
        "BOOLEAN))"
        " ORDER BY o.sort, o.name, o.id",
        tx.district(), only, only.empty());
}

std::vector<SchoolProfile> school_profiles(sql::Tx& tx, std::vector<OrgId> const& ids) {
    return tx.rows<SchoolProfile>(
        "SELECT id, kind, first_grade, last_grade, school_code, login_prefix, last_number,"
        " central, rural, campus_mark FROM school WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

void put_schools(sql::Tx& tx, std::vector<SchoolProfile> const& rows) {
    tx.insert("school", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET kind = excluded.kind, first_grade = excluded.first_grade,"
              " last_grade = excluded.last_grade, school_code = excluded.school_code, central = excluded.central,"
              " rural = excluded.rural, campus_mark = excluded.campus_mark");
}

std::vector<std::string> login_prefixes(sql::Tx& tx) {
    return tx.column<std::string>("SELECT login_prefix FROM school WHERE district_id = $1", tx.district());
}

int take_numbers(sql::Tx& tx, OrgId const& school, int count) {
    return tx
        .value<std::int32_t>(
            "UPDATE school SET last_number = last_number + $3 WHERE district_id = $1 AND id = $2"
            " RETURNING last_number",
            tx.district(), school, count)
        .value_or(0);
}

std::vector<ClassProfile> classes_of_school(sql::Tx& tx, OrgId const& school, core::LocalDate on) {
    return tx.rows<ClassProfile>(
        "SELECT g.id, g.school_id, g.entry_year, g.entry_grade, g.number, g.name, g.multigrade, g.room FROM "
        "class_group g"
        " JOIN org o ON o.district_id = g.district_id AND o.id = g.id"
        " WHERE g.district_id = $1 AND g.school_id = $2 AND o.from_date <= $3 AND (o.to_date IS NULL OR o.to_date >= "
        "$3)"
        " ORDER BY g.entry_grade - g.entry_year, g.number, g.id",
        tx.district(), school, on);
}

std::vector<ClassProfile> class_profiles(sql::Tx& tx, std::vector<OrgId> const& ids) {
    return tx.rows<ClassProfile>(
        "SELECT id, school_id, entry_year, entry_grade, number, name, multigrade, room"
        " FROM class_group WHERE district_id = $1 AND id {in $2}"
        " ORDER BY entry_grade - entry_year, number, id",
        tx.district(), ids);
}

std::vector<OrgCount> pupils_by_class(sql::Tx& tx, std::vector<OrgId> const& classes, core::LocalDate on) {
    return tx.rows<OrgCount>(
        "SELECT class_id AS id, COUNT(*) AS count FROM enrolment WHERE district_id = $1"
        " AND class_id {in $2} AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3)"
        " GROUP BY class_id",
        tx.district(), classes, on);
}

std::vector<OrgCount> pupils_by_school(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<OrgCount>(
        "SELECT school_id AS id, COUNT(*) AS count FROM enrolment WHERE district_id = $1"
        " AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2) GROUP BY school_id",
        tx.district(), on);
}

void put_classes(sql::Tx& tx, std::vector<ClassProfile> const& rows) {
    tx.insert("class_group", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET school_id = excluded.school_id,"
              " entry_year = excluded.entry_year, entry_grade = excluded.entry_grade, number = excluded.number,"
              " name = excluded.name, multigrade = excluded.multigrade, room = excluded.room");
}

std::vector<Room> rooms(sql::Tx& tx, OrgId const& school) {
    return tx.rows<Room>(
        "SELECT id, school_id, name, kind, equipped FROM room WHERE district_id = $1 AND school_id = $2"
        " ORDER BY name, id",
        tx.district(), school);
}

void put_rooms(sql::Tx& tx, std::vector<Room> const& rows) {
    tx.insert("room", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET school_id = excluded.school_id, name = excluded.name,"
              " kind = excluded.kind, equipped = excluded.equipped");
}

}  // namespace santong::roster::store
