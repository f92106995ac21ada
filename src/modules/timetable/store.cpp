#include "modules/timetable/store.hpp"

#define TIMETABLE_COLUMNS "id, school_id, term_id, version, state, from_date, to_date, made_by, published_at"
#define SUBSTITUTION_COLUMNS                                                                                   \
    "id, school_id, class_id, date, period, kind, subject, teacher_id, reason, created_by, created_at, room, " \
    "act_id"
#define ENTRY_COLUMNS "id, timetable_id, class_id, weekday, period, subject, teacher_id, room, week_parity"

namespace santong::timetable::store {

std::vector<CoursePlanRow> course_plan(sql::Tx& tx, int school_year) {
    return tx.rows<CoursePlanRow>(
        "SELECT school_year, grade, subject, weekly_periods FROM course_plan WHERE district_id = $1 AND school_year = "
        "$2"
        " ORDER BY grade, subject",
        tx.district(), school_year);
}

void replace_course_plan(sql::Tx& tx, int school_year, std::vector<CoursePlanRow> const& rows) {
    tx.execute("DELETE FROM course_plan WHERE district_id = $1 AND school_year = $2", tx.district(), school_year);
    tx.insert("course_plan", rows);
}

std::vector<BellPeriod> bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate date) {
    return tx.rows<BellPeriod>(
        "SELECT p.number, p.name, p.start_minute, p.end_minute FROM bell_schedule s"
        " JOIN bell_period p ON p.district_id = s.district_id AND p.schedule_id = s.id"
        " WHERE s.district_id = $1 AND s.school_id = $2 AND s.from_date <= $3 AND (s.to_date IS NULL OR s.to_date >= "
        "$3)"
        " ORDER BY p.start_minute",
        tx.district(), school, date);
}

std::optional<core::LocalDate> next_bell_day(sql::Tx& tx, core::OrgId const& school, core::LocalDate date) {
    auto const days = tx.column<core::LocalDate>(
        "SELECT from_date FROM bell_schedule WHERE district_id = $1 AND school_id = $2 AND from_date > $3"
        " ORDER BY from_date",
        tx.district(), school, date);
    return days.empty() ? std::nullopt : std::optional(days.front());
}

void replace_bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::string const& name,
                  std::vector<BellPeriod> const& periods) {
    tx.execute(
        "DELETE FROM bell_period WHERE district_id = $1 AND schedule_id IN"
        " (SELECT id FROM bell_schedule WHERE district_id = $1 AND school_id = $2 AND from_date >= $3)",
        tx.district(), school, from);
    tx.execute("DELETE FROM bell_schedule WHERE district_id = $1 AND school_id = $2 AND from_date >= $3", tx.district(),
               school, from);
    tx.execute(
        "UPDATE bell_schedule SET to_date = $3 WHERE district_id = $1 AND school_id = $2 AND"
        " (to_date IS NULL OR to_date > $3)",
        tx.district(), school, from.plus_days(-1));
    auto const id = BellScheduleId::make();
    tx.execute(
        "INSERT INTO bell_schedule (district_id, id, school_id, name, from_date, to_date)"
        " VALUES ($1, $2, $3, $4, $5, NULL)",
        tx.district(), id, school, name, from);
    for (auto const& period : periods) {
        tx.execute(
            "INSERT INTO bell_period (district_id, schedule_id, number, name, start_minute, end_minute)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            tx.district(), id, period.number, period.name, period.start_minute, period.end_minute);
    }
}

std::vector<core::Uuid> bell_schedules(sql::Tx& tx, core::OrgId const& school) {
    return tx.column<core::Uuid>(
        "SELECT id FROM bell_schedule WHERE district_id = $1 AND school_id = $2 ORDER BY from_date", tx.district(),
        school);
}

std::optional<Timetable> timetable(sql::Tx& tx, TimetableId const& id) {
    return tx.optional_row<Timetable>("SELECT " TIMETABLE_COLUMNS " FROM timetable WHERE district_id = $1 AND id = $2",
                                      tx.district(), id);
}

bool has_timetable(sql::Tx& tx, roster::TermId const& term) {
    auto const found = tx.column<TimetableId>(
        "SELECT id FROM timetable WHERE district_id = $1 AND term_id = $2 LIMIT 1", tx.district(), term);
    return !found.empty();
}

std::optional<Timetable> timetable_on(sql::Tx& tx, core::OrgId const& school, core::LocalDate date) {
    return tx.optional_row<Timetable>(
        "SELECT " TIMETABLE_COLUMNS
        " FROM timetable WHERE district_id = $1 AND school_id = $2 AND state <> 'draft'"
        " AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3) ORDER BY version DESC LIMIT 1",
        tx.district(), school, date);
}

std::vector<Timetable> timetables(sql::Tx& tx, core::OrgId const& school, TermId const& term) {
    return tx.rows<Timetable>(
        "SELECT " TIMETABLE_COLUMNS
        " FROM timetable WHERE district_id = $1 AND school_id = $2 AND term_id = $3 ORDER BY version DESC",
        tx.district(), school, term);
}

void insert_timetable(sql::Tx& tx, Timetable const& timetable) {
    tx.insert_one("timetable", timetable);
}

void publish(sql::Tx& tx, Timetable const& timetable, core::LocalDate from, core::Instant at) {
    tx.execute(
        "UPDATE timetable SET state = 'replaced', to_date = $4 WHERE district_id = $1 AND school_id = $2"
        " AND term_id = $3 AND state = 'published'",
        tx.district(), timetable.school_id, timetable.term_id, from.plus_days(-1));
    tx.execute(
        "UPDATE timetable SET state = 'published', from_date = $3, published_at = $4"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), timetable.id, from, at);
}

std::vector<Entry> entries(sql::Tx& tx, TimetableId const& id) {
    return tx.rows<Entry>(
        "SELECT " ENTRY_COLUMNS
        " FROM timetable_entry WHERE district_id = $1 AND timetable_id = $2 ORDER BY class_id, weekday, period",
        tx.district(), id);
}

std::vector<Entry> entries_at(sql::Tx& tx, TimetableId const& id, core::OrgId const& class_id, Place const& place) {
    return tx.rows<Entry>(
        "SELECT " ENTRY_COLUMNS
        " FROM timetable_entry WHERE district_id = $1 AND timetable_id = $2 AND class_id = $3 AND weekday = $4"
        " AND period = $5",
        tx.district(), id, class_id, place.weekday, place.period);
}

void insert_entries(sql::Tx& tx, std::vector<Entry> const& entries) {
    tx.insert("timetable_entry", entries);
}

void delete_draft(sql::Tx& tx, TimetableId const& id) {
    tx.execute("DELETE FROM timetable_entry WHERE district_id = $1 AND timetable_id = $2", tx.district(), id);
    tx.execute("DELETE FROM timetable WHERE district_id = $1 AND id = $2 AND state = 'draft'", tx.district(), id);
}

std::vector<CalendarDay> calendar(sql::Tx& tx, std::vector<core::OrgId> const& orgs, core::LocalDate from,
                                  core::LocalDate to) {
    return tx.rows<CalendarDay>(
        "SELECT org_id, date, kind, name, as_weekday FROM calendar_day WHERE district_id = $1 AND org_id {in $2}"
        " AND date BETWEEN $3 AND $4 ORDER BY date",
        tx.district(), orgs, from, to);
}

void put_calendar_day(sql::Tx& tx, CalendarDay const& day) {
    tx.insert_one("calendar_day", day,
                  "ON CONFLICT (district_id, org_id, date) DO UPDATE SET kind = excluded.kind, name = excluded.name,"
                  " as_weekday = excluded.as_weekday");
}

bool delete_calendar_day(sql::Tx& tx, core::OrgId const& org, core::LocalDate date) {
    return tx.execute("DELETE FROM calendar_day WHERE district_id = $1 AND org_id = $2 AND date = $3", tx.district(),
                      org, date) == 1;
}

std::vector<Substitution> substitutions(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                        core::LocalDate to) {
    return tx.rows<Substitution>(
        "SELECT " SUBSTITUTION_COLUMNS
        " FROM substitution WHERE district_id = $1 AND school_id = $2 AND date BETWEEN $3 AND $4 ORDER BY date, period",
        tx.district(), school, from, to);
}

std::optional<Substitution> substitution(sql::Tx& tx, SubstitutionId const& id) {
    return tx.optional_row<Substitution>(
        "SELECT " SUBSTITUTION_COLUMNS " FROM substitution WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<Substitution> substitutions_of_act(sql::Tx& tx, ActId const& act) {
    return tx.rows<Substitution>("SELECT " SUBSTITUTION_COLUMNS
                                 " FROM substitution WHERE district_id = $1 AND act_id = $2 ORDER BY date, period",
                                 tx.district(), act);
}

bool insert_substitution(sql::Tx& tx, Substitution const& change) {
    return tx.insert_one("substitution", change, "ON CONFLICT DO NOTHING") == 1;
}

void delete_substitution(sql::Tx& tx, SubstitutionId const& id) {
    tx.execute("DELETE FROM substitution WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<PatrolException> patrol(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to) {
    return tx.rows<PatrolException>(
        "SELECT id, school_id, class_id, date, period, kind, subject, note, recorded_by, recorded_at"
        " FROM patrol_exception WHERE district_id = $1 AND school_id = $2 AND date BETWEEN $3 AND $4 ORDER BY date, "
        "period",
        tx.district(), school, from, to);
}

std::optional<PatrolException> patrol_exception(sql::Tx& tx, PatrolExceptionId const& id) {
    return tx.optional_row<PatrolException>(
        "SELECT id, school_id, class_id, date, period, kind, subject, note, recorded_by, recorded_at"
        " FROM patrol_exception WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

bool insert_patrol(sql::Tx& tx, PatrolException const& found) {
    return tx.insert_one("patrol_exception", found, "ON CONFLICT DO NOTHING") == 1;
}

void delete_patrol(sql::Tx& tx, PatrolExceptionId const& id) {
    tx.execute("DELETE FROM patrol_exception WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::timetable::store
