#include "modules/resources/store_course.hpp"

namespace santong::resources::store {

namespace {

#define COURSE_COLUMNS                                                                                 \
    "resource_id, person_id, sco, version, completion, success, score, seconds, begun_at, updated_at," \
    " completed_at"

}  // namespace

std::vector<CourseState> course_states(sql::Tx& tx, ResourceId const& id, std::vector<core::PersonId> const& people) {
    return tx.rows<CourseState>("SELECT " COURSE_COLUMNS
                                " FROM course_state WHERE district_id = $1 AND resource_id = $2 AND person_id {in $3}"
                                " ORDER BY person_id, sco",
                                tx.district(), id, people);
}

std::optional<CourseState> course_state(sql::Tx& tx, ResourceId const& id, core::PersonId const& person,
                                        std::string const& sco) {
    return tx.optional_row<CourseState>("SELECT " COURSE_COLUMNS
                                        " FROM course_state WHERE district_id = $1 AND resource_id = $2"
                                        " AND person_id = $3 AND sco = $4",
                                        tx.district(), id, person, sco);
}

auth::SealedText course_memory(sql::Tx& tx, CourseState const& state) {
    auto const found = tx.value<std::string>(
        "SELECT cmi FROM course_state WHERE district_id = $1 AND resource_id = $2 AND person_id = $3 AND sco = $4",
        tx.district(), state.resource_id, state.person_id, state.sco);
    return {found.value_or("")};
}

void put_course_state(sql::Tx& tx, CourseState const& s, auth::SealedText const& cmi) {
    tx.execute(
        "INSERT INTO course_state (district_id, resource_id, person_id, sco, version, completion, success, score,"
        " seconds, begun_at, updated_at, completed_at, cmi)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        " ON CONFLICT (district_id, resource_id, person_id, sco) DO UPDATE SET version = excluded.version,"
        " completion = excluded.completion, success = excluded.success, score = excluded.score,"
        " seconds = excluded.seconds, updated_at = excluded.updated_at, completed_at = excluded.completed_at,"
        " cmi = excluded.cmi",
        tx.district(), s.resource_id, s.person_id, s.sco, s.version, s.completion, s.success, s.score, s.seconds,
        s.begun_at, s.updated_at, s.completed_at, cmi.text());
}

void clear_course_memory(sql::Tx& tx, ResourceId const& id, core::PersonId const& person) {
    tx.execute("UPDATE course_state SET cmi = '' WHERE district_id = $1 AND resource_id = $2 AND person_id = $3",
               tx.district(), id, person);
}

void remove_course_states(sql::Tx& tx, ResourceId const& id) {
    tx.execute("DELETE FROM course_state WHERE district_id = $1 AND resource_id = $2", tx.district(), id);
}

}  // namespace santong::resources::store
