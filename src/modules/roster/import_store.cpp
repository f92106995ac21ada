#include "modules/roster/import_store.hpp"

namespace santong::roster::store {

std::vector<KnownSource> known_sources(sql::Tx& tx) {
    return tx.rows<KnownSource>(
        "SELECT system, kind, sourced_id, entity_id, person_id, digest FROM roster_source"
        " WHERE district_id = $1",
        tx.district());
}

std::vector<SourceRow> source_rows(sql::Tx& tx) {
    return tx.rows<SourceRow>(
        "SELECT system, kind, sourced_id, entity_id, person_id, digest, content, position,"
        " imported_at FROM roster_source WHERE district_id = $1"
        " ORDER BY system, kind, position, sourced_id",
        tx.district());
}

void put_sources(sql::Tx& tx, std::vector<SourceRow> const& rows) {
    tx.insert("roster_source", rows,
              "ON CONFLICT (district_id, system, kind, sourced_id) DO UPDATE SET entity_id = excluded.entity_id,"
              " person_id = excluded.person_id, digest = excluded.digest, content = excluded.content,"
              " position = excluded.position, imported_at = excluded.imported_at");
}

void drop_sources(sql::Tx& tx, std::string const& system, std::string const& kind,
                  std::vector<std::string> const& sourced_ids) {
    tx.execute("DELETE FROM roster_source WHERE district_id = $1 AND system = $2 AND kind = $3 AND sourced_id {in $4}",
               tx.district(), system, kind, sourced_ids);
}

std::vector<SourceFile> source_files(sql::Tx& tx) {
    return tx.rows<SourceFile>(
        "SELECT system, kind, header, imported_at FROM roster_source_file"
        " WHERE district_id = $1 ORDER BY imported_at, system, kind",
        tx.district());
}

void put_source_files(sql::Tx& tx, std::vector<SourceFile> const& files) {
    tx.insert("roster_source_file", files,
              "ON CONFLICT (district_id, system, kind) DO UPDATE SET header = excluded.header,"
              " imported_at = excluded.imported_at");
}

std::vector<Org> all_orgs(sql::Tx& tx) {
    return tx.rows<Org>(
        "SELECT id, kind, parent_id, name, short_name, code, sort, map_x, map_y, from_date, to_date"
        " FROM org WHERE district_id = $1 ORDER BY sort, id",
        tx.district());
}

std::vector<SchoolProfile> all_schools(sql::Tx& tx) {
    return tx.rows<SchoolProfile>(
        "SELECT id, kind, first_grade, last_grade, school_code, login_prefix, last_number,"
        " central, rural, campus_mark FROM school WHERE district_id = $1",
        tx.district());
}

std::vector<ClassProfile> all_classes(sql::Tx& tx) {
    return tx.rows<ClassProfile>(
        "SELECT id, school_id, entry_year, entry_grade, number, name, multigrade, room"
        " FROM class_group WHERE district_id = $1 ORDER BY school_id, entry_year DESC, number",
        tx.district());
}

std::vector<PersonRow> all_people(sql::Tx& tx) {
    return tx.rows<PersonRow>(
        "SELECT id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject,"
        " identity_sealed, identity_index, student_number_sealed, student_number_index,"
        " phone_sealed, phone_index, created_at, ended_at FROM person WHERE district_id = $1"
        " ORDER BY id",
        tx.district());
}

std::vector<Post> all_posts(sql::Tx& tx) {
    return tx.rows<Post>(
        "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
        " WHERE district_id = $1 ORDER BY from_date, id",
        tx.district());
}

std::vector<Enrolment> all_enrolments(sql::Tx& tx) {
    return tx.rows<Enrolment>(
        "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment"
        " WHERE district_id = $1 ORDER BY from_date, id",
        tx.district());
}

std::vector<Guardianship> all_guardianships(sql::Tx& tx) {
    return tx.rows<Guardianship>(
        "SELECT id, guardian_id, pupil_id, relation, from_date, to_date FROM guardianship"
        " WHERE district_id = $1 ORDER BY from_date, id",
        tx.district());
}

std::vector<PersonTraits> person_traits(sql::Tx& tx) {
    return tx.rows<PersonTraits>(
        "SELECT id, identity_index, student_number_index,"
        " COALESCE(staff_number, '') AS staff_number FROM person WHERE district_id = $1"
        " AND ended_at IS NULL",
        tx.district());
}

}  // namespace santong::roster::store
