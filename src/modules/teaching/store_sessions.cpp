#include <algorithm>

#include "modules/teaching/store.hpp"

#include "platform/feed/feed.hpp"

#define SESSION_COLUMNS                                                                                             \
    "id, lesson_id, school_id, class_id, teacher_id, subject, date, week, period, room, plan_id, started_at, "      \
    "ended_at, kind, minutes_band, state, released_at, correct_until, present, resource_count, reviewed_resource, " \
    "question_count, note"

/// `ClassSession::measured() && ClassSession::used()`.
#define USED                                                                                        \
    "kind <> 'declared' AND (kind <> 'class_view' OR minutes_band <> 'b0_10' OR resource_count > 0" \
    " OR question_count > 0 OR present IS NOT NULL)"

namespace santong::teaching::store {

std::optional<ClassSession> session(sql::Tx& tx, SessionId const& id) {
    return tx.optional_row<ClassSession>(
        "SELECT " SESSION_COLUMNS " FROM class_session WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<ClassSession> sessions_of_lesson(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate date,
                                             int period) {
    auto found = tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                       " FROM class_session WHERE district_id = $1 AND class_id = $2"
                                       " AND date = $3 AND period = $4 ORDER BY id",
                                       tx.district(), class_id, date, period);
    auto const first = session_id(class_id, date, period);
    std::ranges::stable_partition(found, [&](ClassSession const& one) { return one.id == first; });
    return found;
}

std::optional<ClassSession> own_session(sql::Tx& tx, timetable::Lesson const& lesson, core::PersonId const& teacher) {
    return tx.optional_row<ClassSession>("SELECT " SESSION_COLUMNS
                                         " FROM class_session WHERE district_id = $1 AND class_id = $2"
                                         " AND date = $3 AND period = $4 AND teacher_id = $5",
                                         tx.district(), lesson.class_id, lesson.date, lesson.period, teacher);
}

std::vector<ClassSession> sessions_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                              core::LocalDate to) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1 AND teacher_id = $2"
                                 " AND date BETWEEN $3 AND $4 ORDER BY date, period, id",
                                 tx.district(), teacher, from, to);
}

std::vector<ClassSession> sessions_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                             core::LocalDate to) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1 AND school_id = $2"
                                 " AND date BETWEEN $3 AND $4 ORDER BY date, period, id",
                                 tx.district(), school, from, to);
}

std::vector<ClassSession> sessions_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                            core::LocalDate to) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1 AND class_id = $2"
                                 " AND date BETWEEN $3 AND $4 ORDER BY date, period",
                                 tx.district(), class_id, from, to);
}

std::vector<ClassSession> sessions_after(sql::Tx& tx, SessionId const& after, int limit) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1 AND id > $2"
                                 " ORDER BY id LIMIT $3",
                                 tx.district(), after, limit);
}

std::vector<ClassSession> running_sessions(sql::Tx& tx, core::PersonId const& teacher) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1 AND teacher_id = $2"
                                 " AND ended_at IS NULL ORDER BY date DESC, period DESC",
                                 tx.district(), teacher);
}

std::vector<ResourceId> resources_running(sql::Tx& tx) {
    return tx.column<ResourceId>(
        "SELECT r.resource_id FROM class_session s JOIN class_session_resource r ON r.district_id = s.district_id"
        " AND r.session_id = s.id WHERE s.district_id = $1 AND s.ended_at IS NULL"
        " UNION SELECT l.resource_id FROM class_session_live l WHERE l.district_id = $1 AND l.resource_id IS NOT NULL",
        tx.district());
}

std::vector<PlanId> plans_running(sql::Tx& tx) {
    return tx.column<PlanId>(
        "SELECT DISTINCT plan_id FROM class_session WHERE district_id = $1 AND ended_at IS NULL AND plan_id IS NOT "
        "NULL",
        tx.district());
}

std::vector<ClassSession> due_sessions(sql::Tx& tx, core::Instant now, int limit) {
    return tx.rows<ClassSession>("SELECT " SESSION_COLUMNS
                                 " FROM class_session WHERE district_id = $1"
                                 " AND state IN ('provisional', 'released') AND correct_until <= $2"
                                 " AND ended_at IS NOT NULL ORDER BY correct_until LIMIT $3",
                                 tx.district(), now, limit);
}

void insert_sessions(sql::Tx& tx, std::vector<ClassSession> const& rows) {
    tx.insert("class_session", rows);
}

bool insert_session(sql::Tx& tx, ClassSession const& row) {
    return tx.insert_one("class_session", row, "ON CONFLICT DO NOTHING") == 1;
}

void update_session(sql::Tx& tx, ClassSession const& row) {
    tx.execute(
        "UPDATE class_session SET teacher_id = $3, plan_id = $4, ended_at = $5, kind = $6, minutes_band = $7,"
        " state = $8, released_at = $9, present = $10, resource_count = $11, reviewed_resource = $12, note = $13,"
        " subject = $14, question_count = $15 WHERE district_id = $1 AND id = $2",
        tx.district(), row.id, row.teacher_id, row.plan_id, row.ended_at, row.kind, row.minutes_band, row.state,
        row.released_at, row.present, row.resource_count, row.reviewed_resource, row.note, row.subject,
        row.question_count);
}

std::vector<SessionTotal> totals(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to) {
    return tx.rows<SessionTotal>("SELECT school_id, subject, week, COUNT(DISTINCT CASE WHEN " USED
                                 " THEN lesson_id END) AS measured,"
                                 " COUNT(DISTINCT CASE WHEN kind = 'declared' THEN lesson_id END) AS declared,"
                                 " COUNT(DISTINCT CASE WHEN " USED
                                 " THEN teacher_id END) AS teachers"
                                 " FROM class_session WHERE district_id = $1 AND school_id = $2 AND date BETWEEN $3 "
                                 "AND $4 AND state <> 'discarded'"
                                 " GROUP BY school_id, subject, week ORDER BY week, subject",
                                 tx.district(), school, from, to);
}

std::vector<SessionResource> resources_of(sql::Tx& tx, std::vector<SessionId> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<SessionResource>(
        "SELECT session_id, resource_id, number, version, reviewed, minutes_band, removed"
        " FROM class_session_resource WHERE district_id = $1 AND session_id {in $2}"
        " ORDER BY session_id, number",
        tx.district(), ids);
}

void insert_resources(sql::Tx& tx, std::vector<SessionResource> const& rows) {
    tx.insert("class_session_resource", rows);
}

bool insert_resource(sql::Tx& tx, SessionResource const& row) {
    return tx.insert_one("class_session_resource", row, "ON CONFLICT DO NOTHING") == 1;
}

void set_resource_band(sql::Tx& tx, SessionId const& session, ResourceId const& resource, MinutesBand band) {
    tx.execute(
        "UPDATE class_session_resource SET minutes_band = $4 WHERE district_id = $1 AND session_id = $2"
        " AND resource_id = $3",
        tx.district(), session, resource, band);
}

void set_resource_removed(sql::Tx& tx, SessionId const& session, ResourceId const& resource, bool removed) {
    tx.execute(
        "UPDATE class_session_resource SET removed = $4 WHERE district_id = $1 AND session_id = $2"
        " AND resource_id = $3",
        tx.district(), session, resource, removed);
}

std::vector<Correction> corrections(sql::Tx& tx, std::vector<SessionId> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<Correction>(
        "SELECT id, session_id, kind, by_person, at, before, after, reason"
        " FROM class_session_correction WHERE district_id = $1 AND session_id {in $2}"
        " ORDER BY at, id",
        tx.district(), ids);
}

void append_correction(sql::Tx& tx, Correction const& row) {
    tx.insert_one("class_session_correction", row);
}

std::vector<LessonLook> looks(sql::Tx& tx, std::vector<SessionId> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<LessonLook>(
        "SELECT id, session_id, by_person, reason, at FROM lesson_look WHERE district_id = $1"
        " AND session_id {in $2} ORDER BY at, id",
        tx.district(), ids);
}

void append_look(sql::Tx& tx, LessonLook const& row) {
    tx.insert_one("lesson_look", row);
    feed::put(tx, {"teaching.Look", row.id.text(), {}}, core::Nothing{});
}

}  // namespace santong::teaching::store
