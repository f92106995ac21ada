#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<Person> people(sql::Tx& tx, std::vector<PersonId> const& ids) {
    return tx.rows<Person>(
        "SELECT id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject,"
        " ended_at FROM person WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

void put_people(sql::Tx& tx, std::vector<PersonRow> const& rows) {
    tx.insert(
        "person", rows,
        "ON CONFLICT (district_id, id) DO UPDATE SET name = excluded.name, pinyin = excluded.pinyin,"
        " initials = excluded.initials, sex = excluded.sex, birth_date = excluded.birth_date,"
        " staff_number = excluded.staff_number,"
        " pupil_number = COALESCE(excluded.pupil_number, person.pupil_number), subject = excluded.subject,"
        " identity_sealed = COALESCE(NULLIF(excluded.identity_sealed, ''), person.identity_sealed),"
        " identity_index = COALESCE(NULLIF(excluded.identity_index, ''), person.identity_index),"
        " student_number_sealed = COALESCE(NULLIF(excluded.student_number_sealed, ''), person.student_number_sealed),"
        " student_number_index = COALESCE(NULLIF(excluded.student_number_index, ''), person.student_number_index),"
        " phone_sealed = COALESCE(NULLIF(excluded.phone_sealed, ''), person.phone_sealed),"
        " phone_index = COALESCE(NULLIF(excluded.phone_index, ''), person.phone_index),"
        " ended_at = excluded.ended_at, version = person.version + 1");
}

std::vector<OrgId> last_places(sql::Tx& tx, PersonId const& person) {
    return tx.column<OrgId>(
        "SELECT org_id FROM (SELECT org_id, to_date, id FROM post WHERE district_id = $1 AND person_id = $2"
        " UNION ALL SELECT class_id AS org_id, to_date, id FROM enrolment"
        " WHERE district_id = $1 AND person_id = $2) places ORDER BY to_date DESC, id DESC LIMIT 1",
        tx.district(), person);
}

void set_pupil_number(sql::Tx& tx, PersonId const& person, std::string const& number) {
    tx.execute("UPDATE person SET pupil_number = $3 WHERE district_id = $1 AND id = $2", tx.district(), person, number);
}

std::vector<Teacher> teachers(sql::Tx& tx, OrgId const& school, core::LocalDate on) {
    return tx.rows<Teacher>(
        "SELECT p.id AS person_id, p.name, MIN(CASE WHEN t.subject <> '' THEN t.subject ELSE p.subject END) AS subject,"
        " COALESCE(p.staff_number, '') AS staff_number FROM post t"
        " JOIN person p ON p.district_id = t.district_id AND p.id = t.person_id"
        " WHERE t.district_id = $1 AND t.org_id = $2 AND t.kind = 'teacher'"
        " AND t.from_date <= $3 AND (t.to_date IS NULL OR t.to_date >= $3)"
        " GROUP BY p.id, p.name, p.pinyin, p.staff_number ORDER BY p.pinyin, p.id",
        tx.district(), school, on);
}

std::vector<OrgCount> teachers_by_school(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<OrgCount>(
        "SELECT t.org_id AS id, COUNT(DISTINCT t.person_id) AS count FROM post t"
        " JOIN school s ON s.district_id = t.district_id AND s.id = t.org_id"
        " WHERE t.district_id = $1 AND t.kind = 'teacher'"
        " AND t.from_date <= $2 AND (t.to_date IS NULL OR t.to_date >= $2) GROUP BY t.org_id",
        tx.district(), on);
}

std::vector<Teacher> posts_at_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on) {
    return tx.rows<Teacher>(
        "SELECT p.id AS person_id, p.name, CASE WHEN t.subject <> '' THEN t.subject ELSE p.subject END AS subject,"
        " COALESCE(p.staff_number, '') AS staff_number, t.kind = 'homeroom' AS homeroom FROM post t"
        " JOIN person p ON p.district_id = t.district_id AND p.id = t.person_id"
        " WHERE t.district_id = $1 AND t.org_id = $2 AND t.kind IN ('homeroom', 'teacher')"
        " AND t.from_date <= $3 AND (t.to_date IS NULL OR t.to_date >= $3)"
        " ORDER BY t.kind, p.pinyin, p.id",
        tx.district(), class_id, on);
}

std::vector<Post> posts_of(sql::Tx& tx, PersonId const& person, core::LocalDate on) {
    return tx.rows<Post>(
        "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
        " WHERE district_id = $1 AND person_id = $2 AND from_date <= $3"
        " AND (to_date IS NULL OR to_date >= $3) ORDER BY from_date, id",
        tx.district(), person, on);
}

std::vector<Post> open_posts(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on) {
    return tx.rows<Post>(
        "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
        " WHERE district_id = $1 AND person_id {in $2} AND (to_date IS NULL OR to_date >= $3)"
        " ORDER BY from_date, id",
        tx.district(), persons, on);
}

std::vector<PersonId> holders(sql::Tx& tx, auth::Role kind, OrgId const& org, std::string_view subject,
                              core::LocalDate on) {
    return tx.column<PersonId>(
        "SELECT DISTINCT person_id FROM post WHERE district_id = $1 AND org_id = $2 AND kind = $3"
        " AND (CAST($4 AS TEXT) = '' OR subject = '' OR subject = $4) AND from_date <= $5"
        " AND (to_date IS NULL OR to_date >= $5)",
        tx.district(), org, kind, subject, on);
}

void put_posts(sql::Tx& tx, std::vector<Post> const& rows) {
    tx.insert("post", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET org_id = excluded.org_id, kind = excluded.kind,"
              " subject = excluded.subject, title = excluded.title, from_date = excluded.from_date,"
              " to_date = excluded.to_date");
}

std::vector<Pupil> pupils_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on) {
    return tx.rows<Pupil>(
        "SELECT p.id AS person_id, p.name, p.sex, COALESCE(p.pupil_number, '') AS pupil_number"
        " FROM enrolment e JOIN person p ON p.district_id = e.district_id AND p.id = e.person_id"
        " WHERE e.district_id = $1 AND e.class_id = $2 AND e.from_date <= $3"
        " AND (e.to_date IS NULL OR e.to_date >= $3) ORDER BY p.pinyin, p.id",
        tx.district(), class_id, on);
}

std::vector<Enrolment> enrolments_of(sql::Tx& tx, PersonId const& person) {
    return tx.rows<Enrolment>(
        "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment"
        " WHERE district_id = $1 AND person_id = $2 ORDER BY from_date DESC, id DESC",
        tx.district(), person);
}

std::vector<Enrolment> open_enrolments(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on) {
    return tx.rows<Enrolment>(
        "SELECT id, person_id, school_id, class_id, from_date, to_date, status FROM enrolment"
        " WHERE district_id = $1 AND person_id {in $2} AND (to_date IS NULL OR to_date >= $3)"
        " ORDER BY from_date, id",
        tx.district(), persons, on);
}

void put_enrolments(sql::Tx& tx, std::vector<Enrolment> const& rows) {
    tx.insert(
        "enrolment", rows,
        "ON CONFLICT (district_id, id) DO UPDATE SET school_id = excluded.school_id, class_id = excluded.class_id,"
        " from_date = excluded.from_date, to_date = excluded.to_date, status = excluded.status");
}

std::vector<Guardianship> guardianships_by(sql::Tx& tx, std::vector<PersonId> const& guardians, core::LocalDate on) {
    return tx.rows<Guardianship>(
        "SELECT id, guardian_id, pupil_id, relation, from_date, to_date FROM guardianship"
        " WHERE district_id = $1 AND guardian_id {in $2} AND (to_date IS NULL OR to_date >= $3)"
        " ORDER BY from_date, id",
        tx.district(), guardians, on);
}

std::vector<Guardianship> guardianships_of(sql::Tx& tx, std::vector<PersonId> const& pupils, core::LocalDate on) {
    return tx.rows<Guardianship>(
        "SELECT id, guardian_id, pupil_id, relation, from_date, to_date FROM guardianship"
        " WHERE district_id = $1 AND pupil_id {in $2} AND (to_date IS NULL OR to_date >= $3)"
        " ORDER BY from_date, id",
        tx.district(), pupils, on);
}

void put_guardianships(sql::Tx& tx, std::vector<Guardianship> const& rows) {
    tx.insert(
        "guardianship", rows,
        "ON CONFLICT (district_id, id) DO UPDATE SET relation = excluded.relation, from_date = excluded.from_date,"
        " to_date = excluded.to_date");
}

void put_consents(sql::Tx& tx, std::vector<Consent> const& rows) {
    tx.insert("consent", rows, "ON CONFLICT (district_id, id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at");
}

long withdraw_consents(sql::Tx& tx, PersonId const& pupil, std::string_view purpose, Withdrawal const& withdrawal) {
    return tx.execute(
        "UPDATE consent SET withdrawn_at = $4, withdrawn_by = $5 WHERE district_id = $1 AND pupil_id = $2"
        " AND purpose = $3 AND withdrawn_at IS NULL",
        tx.district(), pupil, purpose, withdrawal.at, withdrawal.by);
}

std::vector<Consent> consents_of(sql::Tx& tx, PersonId const& pupil, std::string_view purpose) {
    return tx.rows<Consent>(
        "SELECT id, pupil_id, guardian_id, purpose, method, given_at, recorded_by, withdrawn_at, statement,"
        " withdrawn_by FROM consent WHERE district_id = $1 AND pupil_id = $2 AND purpose = $3"
        " ORDER BY given_at DESC, id DESC",
        tx.district(), pupil, purpose);
}

std::vector<ConsentState> consents_given(sql::Tx& tx, std::vector<PersonId> const& pupils, std::string_view purpose) {
    return tx.rows<ConsentState>(
        "SELECT pupil_id, MAX(given_at) AS given_at FROM consent WHERE district_id = $1"
        " AND pupil_id {in $2} AND purpose = $3 AND withdrawn_at IS NULL GROUP BY pupil_id",
        tx.district(), pupils, purpose);
}

std::vector<UnspelledName> unspelled_names(sql::Tx& tx, int limit) {
    return tx.rows<UnspelledName>(
        "SELECT id, name FROM person WHERE district_id = $1 AND pinyin = '' AND initials <> '' ORDER BY id LIMIT $2",
        tx.district(), limit);
}

void spell_name(sql::Tx& tx, PersonId const& id, std::string const& pinyin) {
    tx.execute("UPDATE person SET pinyin = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, pinyin);
}

}  // namespace santong::roster::store
