#include "modules/timetable/store.hpp"

#define LESSON_COLUMNS \
    "id, school_id, class_id, date, week, period, subject, teacher_id, room, state, source, start_at, end_at"

namespace santong::timetable::store {

std::optional<Lesson> lesson(sql::Tx& tx, LessonId const& id) {
    return tx.optional_row<Lesson>("SELECT " LESSON_COLUMNS " FROM taught_lesson WHERE district_id = $1 AND id = $2",
                                   tx.district(), id);
}

std::vector<Lesson> lessons_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                      core::LocalDate to) {
    return tx.rows<Lesson>("SELECT " LESSON_COLUMNS
                           " FROM taught_lesson WHERE district_id = $1 AND school_id = $2"
                           " AND date BETWEEN $3 AND $4 ORDER BY date, period, class_id",
                           tx.district(), school, from, to);
}

std::vector<Lesson> lessons_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                       core::LocalDate to) {
    return tx.rows<Lesson>("SELECT " LESSON_COLUMNS
                           " FROM taught_lesson WHERE district_id = $1 AND teacher_id = $2"
                           " AND date BETWEEN $3 AND $4 ORDER BY date, period, class_id",
                           tx.district(), teacher, from, to);
}

std::vector<Lesson> lessons_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                     core::LocalDate to) {
    return tx.rows<Lesson>("SELECT " LESSON_COLUMNS
                           " FROM taught_lesson WHERE district_id = $1 AND class_id = $2"
                           " AND date BETWEEN $3 AND $4 ORDER BY date, period",
                           tx.district(), class_id, from, to);
}

std::vector<Lesson> ended_lessons(sql::Tx& tx, core::Instant now, int limit) {
    return tx.rows<Lesson>("SELECT " LESSON_COLUMNS
                           " FROM taught_lesson WHERE district_id = $1 AND state = 'planned'"
                           " AND end_at <= $2 ORDER BY end_at LIMIT $3",
                           tx.district(), now, limit);
}

void put_lessons(sql::Tx& tx, std::vector<Lesson> const& lessons) {
    tx.insert(
        "taught_lesson", lessons,
        "ON CONFLICT (district_id, id) DO UPDATE SET subject = excluded.subject, teacher_id = excluded.teacher_id,"
        " room = excluded.room, state = excluded.state, source = excluded.source, start_at = excluded.start_at,"
        " end_at = excluded.end_at, week = excluded.week");
}

void delete_lessons(sql::Tx& tx, std::vector<LessonId> const& ids) {
    if (ids.empty()) return;
    tx.execute("DELETE FROM taught_lesson WHERE district_id = $1 AND id {in $2}", tx.district(), ids);
}

std::vector<SubjectCount> subject_counts(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                         core::LocalDate to) {
    return tx.rows<SubjectCount>(
        "SELECT class_id, subject, week, COUNT(CASE WHEN state = 'held' THEN 1 END) AS held, COUNT(*) AS planned"
        " FROM taught_lesson WHERE district_id = $1 AND school_id = $2 AND date BETWEEN $3 AND $4"
        " AND source <> 'unplanned' GROUP BY class_id, subject, week ORDER BY class_id, subject, week",
        tx.district(), school, from, to);
}

}  // namespace santong::timetable::store
