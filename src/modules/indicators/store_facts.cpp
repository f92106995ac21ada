#include "modules/indicators/store.hpp"

#define SESSION_COLUMNS                                                                                           \
    "session_id, lesson_id, school_id, class_id, teacher_id, subject, date, monday, period, kind, minutes_band, " \
    "state,"                                                                                                      \
    " resource_count, reviewed_resource, acted"

namespace santong::indicators::store {

void put_taught(sql::Tx& tx, std::vector<TaughtFact> const& facts) {
    tx.insert("facts_taught", facts,
              "ON CONFLICT (district_id, lesson_id) DO UPDATE SET school_id = excluded.school_id,"
              " class_id = excluded.class_id, date = excluded.date, monday = excluded.monday, period = excluded.period,"
              " subject = excluded.subject, teacher_id = excluded.teacher_id, state = excluded.state");
}
void put_sessions(sql::Tx& tx, std::vector<SessionFact> const& facts) {
    tx.insert("facts_session", facts,
              "ON CONFLICT (district_id, session_id) DO UPDATE SET lesson_id = excluded.lesson_id,"
              " school_id = excluded.school_id, class_id = excluded.class_id, teacher_id = excluded.teacher_id,"
              " subject = excluded.subject, date = excluded.date, monday = excluded.monday, period = excluded.period,"
              " kind = excluded.kind, minutes_band = excluded.minutes_band, state = excluded.state,"
              " resource_count = excluded.resource_count, reviewed_resource = excluded.reviewed_resource,"
              " acted = excluded.acted");
}
void put_teachers(sql::Tx& tx, std::vector<TeacherFact> const& facts) {
    tx.insert("facts_teacher", facts,
              "ON CONFLICT (district_id, post_id) DO UPDATE SET person_id = excluded.person_id,"
              " school_id = excluded.school_id, from_date = excluded.from_date, to_date = excluded.to_date");
}
void put_pupils(sql::Tx& tx, std::vector<PupilFact> const& facts) {
    tx.insert("facts_pupil", facts,
              "ON CONFLICT (district_id, enrolment_id) DO UPDATE SET person_id = excluded.person_id,"
              " school_id = excluded.school_id, from_date = excluded.from_date, to_date = excluded.to_date");
}
void put_accounts(sql::Tx& tx, std::vector<AccountFact> const& facts) {
    tx.insert(
        "facts_account", facts,
        "ON CONFLICT (district_id, account_id) DO UPDATE SET person_id = excluded.person_id, active = excluded.active");
}
void put_learners(sql::Tx& tx, std::vector<LearnerFact> const& facts) {
    tx.insert("facts_learner", facts, "ON CONFLICT DO NOTHING");
}

void put_published(sql::Tx& tx, std::vector<PublishedFact> const& facts) {
    tx.insert("facts_published", facts,
              "ON CONFLICT (district_id, resource_id) DO UPDATE SET school_id = excluded.school_id,"
              " monday = excluded.monday");
}
void put_reviews(sql::Tx& tx, std::vector<ReviewFact> const& facts) {
    tx.insert("facts_review", facts, "ON CONFLICT (district_id, resource_id) DO UPDATE SET seconds = excluded.seconds");
}
void remove_published(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_published WHERE district_id = $1 AND resource_id {in $2}", tx.district(), ids);
}
std::vector<WeekCell> weeks_of_published(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<WeekCell>(
        "SELECT DISTINCT school_id, monday FROM facts_published WHERE district_id = $1 AND resource_id {in $2}",
        tx.district(), ids);
}
std::vector<std::int64_t> review_seconds(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.column<std::int64_t>(
        "SELECT r.seconds FROM facts_published AS p JOIN facts_review AS r ON r.district_id = p.district_id"
        " AND r.resource_id = p.resource_id WHERE p.district_id = $1 AND p.monday BETWEEN $2 AND $3 ORDER BY r.seconds",
        tx.district(), from, to);
}

void remove_taught(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_taught WHERE district_id = $1 AND lesson_id {in $2}", tx.district(), ids);
}
void remove_sessions(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_session WHERE district_id = $1 AND session_id {in $2}", tx.district(), ids);
}
void remove_teachers(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_teacher WHERE district_id = $1 AND post_id {in $2}", tx.district(), ids);
}
void remove_pupils(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_pupil WHERE district_id = $1 AND enrolment_id {in $2}", tx.district(), ids);
}
void remove_accounts(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (!ids.empty())
        tx.execute("DELETE FROM facts_account WHERE district_id = $1 AND account_id {in $2}", tx.district(), ids);
}

std::vector<WeekCell> weeks_of_taught(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<WeekCell>(
        "SELECT DISTINCT school_id, monday FROM facts_taught WHERE district_id = $1 AND lesson_id {in $2}",
        tx.district(), ids);
}
std::vector<WeekCell> weeks_of_sessions(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<WeekCell>(
        "SELECT DISTINCT school_id, monday FROM facts_session WHERE district_id = $1 AND session_id {in $2}",
        tx.district(), ids);
}
std::vector<core::OrgId> schools_of_posts(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.column<core::OrgId>(
        "SELECT DISTINCT school_id FROM facts_teacher WHERE district_id = $1 AND post_id {in $2}", tx.district(), ids);
}
std::vector<core::OrgId> schools_of_enrolments(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.column<core::OrgId>(
        "SELECT DISTINCT school_id FROM facts_pupil WHERE district_id = $1 AND enrolment_id {in $2}", tx.district(),
        ids);
}
std::vector<core::OrgId> schools_of_pupils(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    if (persons.empty()) return {};
    return tx.column<core::OrgId>(
        "SELECT DISTINCT school_id FROM facts_pupil WHERE district_id = $1 AND person_id {in $2}", tx.district(),
        persons);
}
std::vector<core::PersonId> persons_of_accounts(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
    if (ids.empty()) return {};
    return tx.column<core::PersonId>(
        "SELECT person_id FROM facts_account WHERE district_id = $1 AND account_id {in $2}", tx.district(), ids);
}

namespace {

struct PupilCount {
    std::int64_t pupils = 0;
    std::int64_t opened = 0;
};
BOOST_DESCRIBE_STRUCT(PupilCount, (), (pupils, opened))

struct PublishedCount {
    std::int64_t published = 0;
    std::int64_t approved = 0;
};
BOOST_DESCRIBE_STRUCT(PublishedCount, (), (published, approved))

}  // namespace

WeekFacts facts_of(sql::Tx& tx, WeekCell const& cell) {
    WeekFacts facts{cell.school_id, cell.monday, {}, sessions(tx, cell), {}, 0, 0, 0, 0, 0, {}};
    auto const sunday = cell.monday.plus_days(6);
    facts.taught = tx.rows<TaughtFact>(
        "SELECT lesson_id, school_id, class_id, date, monday, period, subject, teacher_id, state FROM facts_taught"
        " WHERE district_id = $1 AND school_id = $2 AND monday = $3",
        tx.district(), cell.school_id, cell.monday);
    facts.teachers = tx.column<core::PersonId>(
        "SELECT DISTINCT person_id FROM facts_teacher WHERE district_id = $1 AND school_id = $2 AND from_date <= $3"
        " AND (to_date IS NULL OR to_date >= $4)",
        tx.district(), cell.school_id, sunday, cell.monday);
    auto const count = tx.optional_row<PupilCount>(
        "SELECT COUNT(DISTINCT p.person_id) AS pupils, COUNT(DISTINCT a.person_id) AS opened FROM facts_pupil AS p"
        " LEFT JOIN facts_account AS a ON a.district_id = p.district_id AND a.person_id = p.person_id AND a.active"
        " WHERE p.district_id = $1 AND p.school_id = $2 AND p.from_date <= $3 AND (p.to_date IS NULL OR p.to_date >= "
        "$4)",
        tx.district(), cell.school_id, sunday, cell.monday);
    facts.pupils = count ? count->pupils : 0;
    facts.pupils_opened = count ? count->opened : 0;
    facts.learners =
        tx.value<std::int64_t>(
              "SELECT COUNT(*) FROM facts_learner WHERE district_id = $1 AND school_id = $2 AND monday = $3",
              tx.district(), cell.school_id, cell.monday)
            .value_or(0);
    auto const shelf = tx.optional_row<PublishedCount>(
        "SELECT COUNT(*) AS published, COUNT(r.resource_id) AS approved FROM facts_published AS p"
        " LEFT JOIN facts_review AS r ON r.district_id = p.district_id AND r.resource_id = p.resource_id"
        " WHERE p.district_id = $1 AND p.school_id = $2 AND p.monday = $3",
        tx.district(), cell.school_id, cell.monday);
    facts.published = shelf ? shelf->published : 0;
    facts.approved = shelf ? shelf->approved : 0;
    return facts;
}

std::vector<SessionFact> sessions(sql::Tx& tx, WeekCell const& cell) {
    return tx.rows<SessionFact>("SELECT " SESSION_COLUMNS
                                " FROM facts_session WHERE district_id = $1 AND school_id = $2"
                                " AND monday = $3 ORDER BY date, period, session_id",
                                tx.district(), cell.school_id, cell.monday);
}

std::vector<WeekCell> all_weeks(sql::Tx& tx) {
    return tx.rows<WeekCell>(
        "SELECT school_id, monday FROM facts_taught WHERE district_id = $1"
        " UNION SELECT school_id, monday FROM facts_session WHERE district_id = $1"
        " UNION SELECT school_id, monday FROM facts_learner WHERE district_id = $1"
        " UNION SELECT school_id, monday FROM facts_published WHERE district_id = $1"
        " UNION SELECT org_id AS school_id, monday FROM rollup WHERE district_id = $1",
        tx.district());
}

}  // namespace santong::indicators::store
